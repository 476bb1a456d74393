//! Due times as the window shows them: those of one report, those of the whole library, what was filed for them.
//! Always true: what is late is said by the desk's clock, and nothing starts by itself; recording is an edit like any other, taken back
//! like any other; a rule that was not verified says so. Deliberately absent: counting (`report::clocks`), calendar files (`agenda`).

use crate::agenda;
use crate::because;
use crate::desk::Desk;
use crate::fault::{Fault, FaultCode};
use crate::session::Named;
use crate::view::Edited;
use chrono::{DateTime, SecondsFormat, Utc};
use report::clock::{Filing, Moment};
use report::clocks::{ClockState, DueTime, EventStanding, due_times, events};
use report::ids::{FilingId, ReportId};
use report::{Change, Edit, Report};
use serde::{Deserialize, Serialize};
use std::path::Path;
use store::ExportKind;
use ts_rs::TS;

/// The due times of one report with the events they count from.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
#[ts(export)]
pub struct ClockPanel {
    /// The zone the times are told in, beside UTC (IANA); none where the report does not say.
    pub zone: Option<String>,
    /// The events of the form, in order. `Edit::ClockEvent` records one, or takes its record away.
    pub events: Vec<EventStanding>,
    /// The due times, in the order of the form. `Edit::Circumstance` answers what one of them asks.
    pub due: Vec<DueTime>,
    /// The signed file made last, which a filing can name.
    pub last_file: Option<SignedFile>,
}

/// A signed file that was made of a report.
#[derive(Clone, Debug, Eq, PartialEq, Serialize, Deserialize, TS)]
#[ts(export)]
pub struct SignedFile {
    /// Its name, without folders.
    pub name: String,
    /// Its SHA-256, 64 lower-case hexadecimal digits.
    pub sha256: String,
    /// When it was made, RFC 3339 in UTC.
    pub at: String,
}

/// That something was filed.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
#[ts(export)]
pub struct FilingRequest {
    /// The due time it answers.
    pub clock: String,
    /// When it was submitted, as typed.
    pub moment: String,
    /// Why it was late, where it was.
    #[serde(default)]
    pub reasons: String,
    /// Whether what was submitted is the signed file made last; its name and hash are then recorded.
    #[serde(default)]
    pub last_file: bool,
}

/// A due time of one report of the library.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
#[ts(export)]
pub struct LibraryDue {
    /// The report.
    pub report: ReportId,
    /// What the library calls it.
    pub name: String,
    /// The form's short title.
    pub template: String,
    /// The due time.
    pub due: DueTime,
}

/// The due times of a report at a moment; `last_file` is none for a report outside the library.
pub fn panel(report: &Report, now: DateTime<Utc>, last_file: Option<SignedFile>) -> ClockPanel {
    ClockPanel { zone: report.zone.clone(), events: events(report, Some(now)), due: due_times(report, Some(now)), last_file }
}

/// The due times of a report as rows of a library have them.
pub fn rows(report: &Report, now: DateTime<Utc>) -> Vec<LibraryDue> {
    let row = |due| LibraryDue { report: report.id, name: report.name().to_owned(), template: report.template.short_title.clone(), due };
    due_times(report, Some(now)).into_iter().map(row).collect()
}

impl Desk {
    /// The due times of an open report.
    ///
    /// # Errors
    /// [`FaultCode::NoSuchReport`] where it is not open, and those of reading the library.
    pub fn clocks(&self, which: impl Into<Named>) -> Result<ClockPanel, Fault> {
        let which = which.into();
        let last_file = self.last_file(self.id_of(which)?)?;
        let now = self.world.clock.now();
        self.with_session(which, |session| Ok(panel(session.text.history.report(), now, last_file)))
    }

    /// Records that something was filed. Only what was filed is added: a signed report stays signed, and counts as handed over.
    ///
    /// # Errors
    /// [`FaultCode::Refused`] for a due time the form does not have, a moment that cannot be read (fact `field`: `moment`), or a file that
    /// was never signed.
    pub fn record_filing(&self, which: impl Into<Named>, request: &FilingRequest) -> Result<Edited, Fault> {
        let which = which.into();
        let file = if request.last_file {
            self.last_file(self.id_of(which)?)?
                .ok_or_else(|| refused("no signed file was made of this report yet; sign one, or record it without a file"))?
        } else {
            SignedFile { name: String::new(), sha256: String::new(), at: String::new() }
        };
        let filing_id = FilingId::new(&mut self.world.ids());
        let edit = self.with_session(which, |session| {
            let report = session.text.history.report();
            let moment = Moment::given(&request.moment, report.template.date_order);
            if moment.at.is_none() && report::when::date(&request.moment, report.template.date_order).is_none() {
                let why = format!("“{}” is not a date and time we can read", request.moment.trim());
                return Err(refused(&why).with("field", "moment"));
            }
            let item = Filing {
                id: filing_id,
                clock: request.clock.clone(),
                moment,
                file: file.name,
                sha256: file.sha256,
                reasons: request.reasons.trim().to_owned(),
            };
            Ok(Edit::Filings { change: Change::Insert { at: report.filings.len(), item } })
        })?;
        self.edit(which, &edit, true)
    }

    /// Every due time of the library, unsaved edits of open reports included: the soonest first, what has no day after them, what was filed
    /// last. The sample has none.
    ///
    /// # Errors
    /// Those of reading the library.
    pub fn all_due(&self) -> Result<Vec<LibraryDue>, Fault> {
        let now = self.world.clock.now();
        let shelf = self.library().list(&store::Filter::default()).map_err(|fault| because::of_reading(&fault))?;
        // What went on in a next version is due there.
        let gone_on = self.library().gone_on().map_err(|fault| because::of_reading(&fault))?;
        let mut out = Vec::new();
        for row in shelf.iter().filter(|row| !row.sample && !gone_on.contains(&row.id)) {
            let report = match self.report_of(row.id) {
                Ok(report) => report,
                Err(_) => self.library().load(row.id).map_err(|fault| because::of_reading(&fault))?.report,
            };
            out.extend(rows(&report, now));
        }
        out.sort_by_key(|row| (matches!(row.due.state, ClockState::Filed { .. }), row.due.at.is_none(), row.due.at));
        Ok(out)
    }

    /// Writes the due times of an open report, or of the whole library, as a calendar file; gives how many are in it.
    ///
    /// # Errors
    /// Those of reading the library and of the disk; the file is as it was.
    pub fn export_calendar(&self, which: Option<Named>, path: &Path) -> Result<usize, Fault> {
        let now = self.world.clock.now();
        let due = match which {
            Some(which) => rows(&self.report_of(which)?, now),
            None => self.all_due()?,
        };
        agenda::write(&self.world, &due, path)
    }

    fn last_file(&self, id: ReportId) -> Result<Option<SignedFile>, Fault> {
        let made = self.library().exports(id).map_err(|fault| because::of_reading(&fault))?;
        let last = made.into_iter().find(|export| export.kind == ExportKind::Signed);
        Ok(last.map(|export| SignedFile {
            name: Path::new(&export.path).file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default(),
            sha256: export.sha256.to_string(),
            at: export.at.to_rfc3339_opts(SecondsFormat::Secs, true),
        }))
    }
}

fn refused(reason: &str) -> Fault {
    Fault::new(FaultCode::Refused, reason).with("reason", reason)
}
