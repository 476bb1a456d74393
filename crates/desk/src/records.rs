//! What was exported and filed: from which text, by whom, when, for whom, and the fingerprint of the file.
//! Always true: an export is told as it was made, whatever became of its report since; a filing as it was recorded.
//! Deliberately absent: where a file is now.

use crate::because;
use crate::desk::Desk;
use crate::fault::{Fault, FaultCode};
use chrono::SecondsFormat;
use report::Report;
use report::ids::ReportId;
use report::template::Audience;
use serde::{Deserialize, Serialize};
use std::collections::btree_map::Entry;
use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use store::{ExportKind, RevisionId};
use ts_rs::TS;

/// One file that was made, or one filing.
#[derive(Clone, Debug, Eq, PartialEq, Serialize, Deserialize, TS)]
#[ts(export)]
pub struct Record {
    /// What was done.
    pub what: Recorded,
    /// When, RFC 3339 in UTC; empty for a filing of which only the day was typed.
    pub at: String,
    /// When something was filed, as it was typed; empty for an export.
    pub moment: String,
    /// The report.
    pub report: ReportId,
    /// What it was called.
    pub title: String,
    /// Its reference.
    pub reference: String,
    /// Its version.
    pub version: String,
    /// The form's short title.
    pub form: String,
    /// For whom it was written.
    pub audience: Audience,
    /// Who signed; empty where nobody did.
    pub signer: String,
    /// The due time that was answered; empty for an export.
    pub due: String,
    /// The file, with its folder where that is known; empty for a filing without one.
    pub file: String,
    /// The SHA-256 of the file in hexadecimal; empty where there is none.
    pub sha256: String,
    /// The size of the file in bytes; none where it is not known.
    pub bytes: Option<u64>,
}

/// What was done.
#[derive(Clone, Copy, Debug, Eq, PartialEq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
#[ts(export)]
pub enum Recorded {
    /// A file that nobody signed was made.
    Exported,
    /// A signed file was made.
    Signed,
    /// Something was handed over.
    Filed,
}

impl Desk {
    /// What was exported and filed, the newest first: of every report of the library but the sample, or of one with its other versions.
    ///
    /// # Errors
    /// Those of reading the library.
    pub fn records(&self, of: Option<ReportId>) -> Result<Vec<Record>, Fault> {
        let mut all = Vec::new();
        for id in self.recorded(of)? {
            let current = self.library().load(id).map_err(|fault| because::of_reading(&fault))?.report;
            let mut printed: BTreeMap<RevisionId, Report> = BTreeMap::new();
            // The library is let go of before the texts are read.
            let exports = self.library().exports(id).map_err(|fault| because::of_reading(&fault))?;
            for export in exports {
                let text = match printed.entry(export.revision) {
                    Entry::Occupied(known) => known.into_mut(),
                    Entry::Vacant(unknown) => {
                        unknown.insert(self.library().revision(export.revision).map_err(|fault| because::of_reading(&fault))?)
                    }
                };
                all.push(Record {
                    what: if export.kind == ExportKind::Signed { Recorded::Signed } else { Recorded::Exported },
                    at: export.at.to_rfc3339_opts(SecondsFormat::Secs, true),
                    signer: export.signer.unwrap_or_default(),
                    file: export.path,
                    sha256: export.sha256.to_string(),
                    bytes: Some(export.size),
                    ..Record::of(id, text, Recorded::Exported)
                });
            }
            all.extend(filings(id, &current));
        }
        all.sort_by(|a, b| b.at.cmp(&a.at));
        Ok(all)
    }

    /// The reports whose records are told.
    fn recorded(&self, of: Option<ReportId>) -> Result<BTreeSet<ReportId>, Fault> {
        let library = self.library();
        if let Some(id) = of {
            return library.kin(id).map_err(|fault| because::of_reading(&fault));
        }
        let rows = library.list(&store::Filter::default()).map_err(|fault| because::of_reading(&fault))?;
        Ok(rows.iter().filter(|row| !row.sample).map(|row| row.id).collect())
    }

    /// Writes those records as JSON, and gives how many there are.
    ///
    /// # Errors
    /// Those of reading the library and of the disk; the file is as it was.
    pub fn export_records(&self, of: Option<ReportId>, path: &Path) -> Result<usize, Fault> {
        let records = self.records(of)?;
        let mut text = serde_json::to_string_pretty(&records).map_err(|fault| Fault::new(FaultCode::Internal, fault.to_string()))?;
        text.push('\n');
        self.world.files.write_whole(path, text.as_bytes()).map_err(|fault| because::of_writing(path, &fault))?;
        Ok(records.len())
    }
}

impl Record {
    fn of(id: ReportId, text: &Report, what: Recorded) -> Self {
        Self {
            what,
            at: String::new(),
            moment: String::new(),
            report: id,
            title: text.name().to_owned(),
            reference: text.reference().unwrap_or_default().to_owned(),
            version: text.version.clone(),
            form: text.template.short_title.clone(),
            audience: text.audience(),
            signer: String::new(),
            due: String::new(),
            file: String::new(),
            sha256: String::new(),
            bytes: None,
        }
    }
}

fn filings(id: ReportId, report: &Report) -> impl Iterator<Item = Record> {
    report.filings.iter().map(move |filing| {
        let due = report.template.clocks.iter().find(|clock| clock.key == filing.clock);
        let zone = filing.moment.zone.as_deref().or(report.zone.as_deref());
        let at = filing.moment.at.and_then(|at| report::zones::instant(at, zone, report.zone.as_deref()));
        Record {
            at: at.map_or_else(String::new, |at| at.to_rfc3339_opts(SecondsFormat::Secs, true)),
            moment: filing.moment.raw.trim().to_owned(),
            due: due.map_or_else(|| filing.clock.clone(), |clock| clock.due.clone()),
            file: filing.file.clone(),
            sha256: filing.sha256.clone(),
            ..Record::of(id, report, Recorded::Filed)
        }
    })
}
