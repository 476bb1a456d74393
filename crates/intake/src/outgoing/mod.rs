//! A report as a text for other programs: Markdown and HTML of the whole, CSV of the timeline and of the actions. Always true: what is
//! visible is what the report says, in plain Markdown, HTML or CSV that stands in a wiki or a spreadsheet by itself; what such a text cannot
//! show (ids, roles, the form) is carried in one place at its end, readable and unseen; and reading it back gives an equal report. Where
//! the visible words were changed since, they win. In Markdown cells, rows and bodies may be changed, added and taken away: each change is
//! taken, or the line is named with the reason. A page of HTML changed beyond its words is one of another hand and is imported as such. Equal means: `report::format::write` gives the same bytes. Deliberately absent: the files of a report, which travel in its PDF.

mod carried;
pub mod csv;
pub mod html;
pub mod markdown;
mod page;
mod rows;

use report::Report;

/// Why an export that was changed is not taken back.
#[derive(Clone, Debug, Eq, PartialEq, thiserror::Error)]
#[error("line {line}: {reason}")]
pub struct Untaken {
    /// The line, from 1.
    pub line: usize,
    /// What stands against it, in one sentence without its full stop.
    pub reason: String,
}

/// The report that `text` is an export of, in Markdown or HTML; none where it is a text of another hand.
///
/// # Errors
/// Names the first line of a changed Markdown that cannot be taken back.
pub fn reopen(text: &str) -> Option<Result<Report, Untaken>> {
    match html::reopen(text) {
        Some(report) => Some(Ok(report)),
        None if text.trim_start().get(..9).is_some_and(|head| head.eq_ignore_ascii_case("<!doctype")) => None,
        None => markdown::reopen(text),
    }
}

/// Whether a text is a page of ours that cannot be read back any more.
pub fn is_changed_page(text: &str) -> bool {
    let head = text.trim_start().get(..9);
    head.is_some_and(|head| head.eq_ignore_ascii_case("<!doctype")) && text.contains(CARRIED) && reopen(text).is_none()
}

/// How the text that carries what is unseen begins; it ends with the end of its comment or element.
const CARRIED: &str = "rapporteur carries unseen:";

#[cfg(test)]
mod tests;
