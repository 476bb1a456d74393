//! The bin: what was deleted lies in it until a person takes it back or deletes it for good. Always true: nothing leaves it by itself.

use crate::because;
use crate::desk::Desk;
use crate::fault::Fault;
use crate::library::{ReportState, day_of};
use report::ids::ReportId;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// What lies in the bin.
#[derive(Clone, Debug, Default, Serialize, Deserialize, TS)]
#[ts(export)]
pub struct Bin {
    /// The reports, the last deleted first.
    pub reports: Vec<BinRow>,
    /// The organisation's own forms that were taken out of the list.
    pub forms: Vec<BinForm>,
}

/// A report in the bin.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
#[ts(export)]
pub struct BinRow {
    /// Its identity.
    pub id: ReportId,
    /// What it is called.
    pub title: String,
    /// Its reference.
    pub reference: String,
    /// The form's short title.
    pub template: String,
    /// Its state when it was deleted.
    pub state: ReportState,
    /// When it was last changed, RFC 3339 in UTC.
    pub changed_at: String,
    /// When it was deleted, RFC 3339 in UTC.
    pub removed_at: String,
}

/// A form in the bin.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
#[ts(export)]
pub struct BinForm {
    /// Its name in commands.
    pub id: String,
    /// Its short name.
    pub short_title: String,
}

impl Desk {
    /// What lies in the bin.
    ///
    /// # Errors
    /// Those of reading the library.
    pub fn bin(&self) -> Result<Bin, Fault> {
        let filter = store::Filter { bin: true, ..store::Filter::default() };
        let mut rows = self.library().list(&filter).map_err(|fault| because::of_reading(&fault))?;
        rows.sort_by_key(|row| std::cmp::Reverse(row.removed));
        let reports = rows.iter().map(|row| BinRow {
            id: row.id,
            title: row.title.clone(),
            reference: row.reference.clone().unwrap_or_default(),
            template: row.template_title.clone(),
            state: row.state.into(),
            changed_at: day_of(row.changed),
            removed_at: row.removed.map(day_of).unwrap_or_default(),
        });
        Ok(Bin { reports: reports.collect(), forms: self.forms_in_bin()? })
    }

    /// Puts a report in the bin. Where it is open, what is unsaved is saved first.
    ///
    /// # Errors
    /// Those of writing the library.
    pub fn remove(&self, report: ReportId) -> Result<(), Fault> {
        self.let_go(report)?;
        let at = self.world.clock.now();
        self.library().remove(report, at).map_err(|fault| because::of_saving(&fault))
    }

    /// Takes a report back from the bin.
    ///
    /// # Errors
    /// Those of writing the library.
    pub fn restore(&self, report: ReportId) -> Result<(), Fault> {
        self.library().restore(report).map_err(|fault| because::of_saving(&fault))
    }

    /// Deletes reports of the bin for good, all or none; gives how many files went with them.
    ///
    /// # Errors
    /// [`crate::FaultCode::GoesOn`] where a report that stays goes on from one of them, and those of writing the library.
    pub fn erase(&self, reports: &[ReportId]) -> Result<usize, Fault> {
        let erased = self.library().erase(reports);
        erased.map(|erased| erased.files).map_err(|fault| match fault {
            store::SaveError::GoesOn { report, by } => {
                because::of_saving(&fault).with("name", self.called(report)).with("by", self.called(by))
            }
            _ => because::of_saving(&fault),
        })
    }

    /// Takes back that a report was made: one that was not written in since goes without a trace, any other into the bin.
    ///
    /// # Errors
    /// Those of writing the library.
    pub fn withdraw(&self, report: ReportId) -> Result<(), Fault> {
        self.let_go(report)?;
        let gone = self.library().withdraw(report).map_err(|fault| because::of_saving(&fault))?;
        if gone { Ok(()) } else { self.remove(report) }
    }

    fn called(&self, report: ReportId) -> String {
        self.library().load(report).map(|working| working.report.name().to_owned()).unwrap_or_default()
    }
}
