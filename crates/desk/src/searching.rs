//! Words found in every text of an open report, and others put in their place.
//! Always true: what is replaced is one edit like any other: it is refused, saved and taken back as they are.

use crate::desk::Desk;
use crate::fault::Fault;
use crate::session::Named;
use crate::view::Edited;
use report::find::{Found, Hit, Search};

impl Desk {
    /// Every place of an open report where the words stand.
    ///
    /// # Errors
    /// When the report is not open.
    pub fn find(&self, which: impl Into<Named>, search: &Search) -> Result<Found, Fault> {
        let report = self.report_of(which)?;
        Ok(report.find(search))
    }

    /// Puts `with` in the place of every hit, or of the one given; none where there was nothing to replace.
    ///
    /// # Errors
    /// As [`Desk::edit`].
    pub fn replace(&self, which: impl Into<Named>, search: &Search, with: &str, only: Option<&Hit>) -> Result<Option<Edited>, Fault> {
        let which = which.into();
        let edit = self.with_session(which, |session| Ok(session.text.history.report().replacing(search, with, only)))?;
        edit.map(|edit| self.edit(which, &edit, true)).transpose()
    }
}
