//! Giving a report away as a text for another program. Always true: it is written whole or not at all; an unfinished report may be given
//! away so, because such a text files nothing. Deliberately absent: the PDF, which is `export`.

use crate::because;
use crate::fault::Fault;
use crate::ports::World;
use intake::outgoing::{csv, html, markdown};
use report::Report;
use std::path::Path;

/// The text a report becomes.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Outgoing {
    /// The whole report, for a wiki or a repository; it can be read back.
    Markdown,
    /// The whole report as a page; it can be read back.
    Html,
    /// The timeline, for a spreadsheet.
    CsvTimeline,
    /// The actions, for a spreadsheet.
    CsvActions,
}

/// The report as that text.
pub fn text(report: &Report, outgoing: Outgoing) -> String {
    match outgoing {
        Outgoing::Markdown => markdown::write(report),
        Outgoing::Html => html::write(report),
        Outgoing::CsvTimeline => csv::timeline(&report.timeline),
        Outgoing::CsvActions => csv::actions(&report.actions),
    }
}

/// Writes the report as that text to `path`; gives its length in bytes.
///
/// # Errors
/// The file could not be written; it is as it was.
pub fn export(world: &World, report: &Report, outgoing: Outgoing, path: &Path) -> Result<usize, Fault> {
    let text = text(report, outgoing);
    world.files.write_whole(path, text.as_bytes()).map_err(|fault| because::of_writing(path, &fault))?;
    Ok(text.len())
}
