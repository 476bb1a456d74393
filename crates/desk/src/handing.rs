//! Handing a report over in a format that its form prescribes besides the PDF. Always true: a file is written whole or not at all, and never
//! while something is missing. Deliberately absent: sending it; portals are the reporter's own business.

use crate::because;
use crate::desk::Desk;
use crate::fault::Fault;
use crate::ports::World;
use crate::session::Named;
use report::Report;
use report::outgoing::{Missing, Outgoing, Unkept};
use std::path::Path;

/// Writes the report in that format. Gives what of the report has no place in the format, or what is missing: then nothing was written.
///
/// # Errors
/// Those of the disk.
pub fn hand_over(world: &World, report: &Report, format: Outgoing, path: &Path) -> Result<Result<Vec<Unkept>, Vec<Missing>>, Fault> {
    match format.write(report) {
        Ok(text) => {
            world.files.write_whole(path, text.as_bytes()).map_err(|fault| because::of_writing(path, &fault))?;
            Ok(Ok(format.unkept(report, &text)))
        }
        Err(missing) => Ok(Err(missing)),
    }
}

impl Desk {
    /// Writes an open report in that format, unsaved edits included. Gives what is missing; then nothing was written.
    ///
    /// # Errors
    /// A report that is not open, [`crate::FaultCode::VersionTaken`], and those of the disk.
    pub fn hand_over(&self, which: impl Into<Named>, format: Outgoing, path: &Path) -> Result<Vec<Missing>, Fault> {
        let report = self.report_of(which)?;
        self.see_number_free(&report)?;
        Ok(hand_over(&self.world, &report, format, path)?.err().unwrap_or_default())
    }
}
