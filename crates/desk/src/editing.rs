//! Writing: opening a report, editing it, taking edits back. Always true: an edit names the sitting it was made in, and reaches the text of
//! that sitting or none; what was signed is not edited. Deliberately absent: the disk (`saving`), the steps between versions (`versions`).

use crate::because;
use crate::desk::Desk;
use crate::fault::{Fault, FaultCode};
use crate::session::{Beside, Named, Session, Sitting, Text};
use crate::view::{Edited, Opened, View};
use chrono::{DateTime, SecondsFormat, Utc};
use report::ids::{CountedIds, Ids, ReportId, RowId};
use report::papers::Person;
use report::timeline::{Row, read_line};
use report::{Change, Edit, History, Place, Report};
use store::{Reason, State};

impl Desk {
    /// Begins a blank report in a form, signed by the person the settings name.
    ///
    /// # Errors
    /// An unknown form, or those of writing the library.
    pub fn begin(&self, template: &str) -> Result<Opened, Fault> {
        let mut report = Report::begin(&self.template(template)?, &mut self.world.ids());
        let settings = self.settings()?;
        if let Some(first) = report.signatories.first_mut() {
            first.person = Person { id: None, name: settings.name, role: settings.role, organisation: settings.organisation };
        }
        self.take_in(report, Reason::Opened, false)
    }

    /// Lays a copy of the finished sample on the desk, with its files.
    ///
    /// # Errors
    /// Those of writing the library.
    pub fn begin_sample(&self) -> Result<Opened, Fault> {
        let mut report = report::catalogue::sample("sec-h9-summary")
            .ok_or_else(|| Fault::new(FaultCode::NoSuchTemplate, "the sample is not built in"))?;
        for file in &report.attachments {
            if let Some(bytes) = report::catalogue::sample_file(&file.sha256, &report) {
                self.library().put_blob(bytes, &file.media_type).map_err(|fault| because::of_saving(&fault))?;
            }
        }
        report.id = ReportId::new(&mut self.world.ids());
        report.title = format!("Sample: {}", report.title);
        self.take_in(report, Reason::Imported, true)
    }

    /// Takes a report into the library and opens it.
    pub(crate) fn take_in(&self, report: Report, reason: Reason, sample: bool) -> Result<Opened, Fault> {
        let by = self.provenance();
        let mut library = self.library();
        let taken = if sample { library.create_sample(&report, &by) } else { library.create(&report, reason, &by) };
        taken.map_err(|fault| because::of_saving(&fault))?;
        drop(library);
        self.open_report(report.id)
    }

    /// Opens a report. One that is open already is shown as it is, unsaved edits included.
    ///
    /// # Errors
    /// Those of reading the library.
    pub fn open_report(&self, id: ReportId) -> Result<Opened, Fault> {
        if self.id_of(id).is_err() {
            let working = self.library().load(id).map_err(|fault| because::of_reading(&fault))?;
            let blank = says_nothing(&working.report);
            let text = Text {
                history: History::of(working.report),
                seq: working.seq,
                head: working.head,
                saved_at: words(working.changed),
                state: working.state,
            };
            let session = Session {
                sitting: Sitting(self.world.ids().next()),
                text,
                number: 0,
                autosave: crate::autosave::Autosave::default(),
                checkpoint_ms: self.world.clock.steady_ms(),
                beside: Beside::Nothing,
                blank,
            };
            let mut sessions = self.sessions();
            // Another thread may have opened it meanwhile; then that is the sitting.
            if !sessions.iter().any(|other| other.id() == id) {
                sessions.push(session);
            }
        }
        self.opened(id)
    }

    /// Goes on with a sitting, whatever report it is by now; with the report `id` where that sitting has ended.
    ///
    /// # Errors
    /// As [`Desk::open_report`].
    pub fn rejoin(&self, sitting: Sitting, id: ReportId) -> Result<Opened, Fault> {
        match self.opened(sitting) {
            Err(fault) if fault.code == FaultCode::NoSuchReport => self.open_report(id),
            opened => opened,
        }
    }

    /// What the window shows of an open report.
    pub(crate) fn opened(&self, which: impl Into<Named>) -> Result<Opened, Fault> {
        let which = which.into();
        let elsewhere = !self.library().first_opener();
        let now = self.world.clock.now();
        let mut opened = self.with_session(which, |session| {
            let report = session.text.history.report();
            Ok(Opened {
                sitting: session.sitting,
                report: report.clone(),
                view: View::of(report, now, session.ways()),
                saved_at: session.text.saved_at.clone(),
                elsewhere,
                state: session.text.state.into(),
                next_version: None,
            })
        })?;
        if opened.state == crate::library::ReportState::Signed {
            opened.next_version = Some(self.next_number(&opened.report)?);
        }
        Ok(opened)
    }

    /// Applies an edit that is a step of undo by itself. `whole` asks for the report back.
    ///
    /// # Errors
    /// Those of [`Desk::typed`].
    pub fn edit(&self, which: impl Into<Named>, edit: &Edit, whole: bool) -> Result<Edited, Fault> {
        self.typed(which, edit, whole, None)
    }

    /// Applies an edit that belongs to a run of typing: edits of one place with the same `run`, one after the other, are one step of undo.
    /// `whole` asks for the report back. What is accepted is recorded with who and when, and gives the report back.
    ///
    /// # Errors
    /// [`FaultCode::Refused`] for one that makes no sense here, [`FaultCode::Signed`] for one of a signed report that adds more than what was
    /// filed of it; nothing has changed.
    pub fn typed(&self, which: impl Into<Named>, edit: &Edit, whole: bool, run: Option<u64>) -> Result<Edited, Fault> {
        let now = self.world.clock.steady_ms();
        let at = self.world.clock.now();
        let (edit, named) = self.who_accepts(edit)?;
        self.with_session(which, |session| {
            if !session.text.admits(&edit) {
                return Err(signed(session.text.history.report()));
            }
            session
                .text
                .history
                .edit(&edit, run)
                .map_err(|refusal| Fault::new(FaultCode::Refused, refusal.to_string()).with("reason", refusal))?;
            if matches!(session.beside, Beside::Next(_)) {
                session.beside = Beside::Nothing;
            }
            Ok(session.edited(edit.place(), whole || named, now, at))
        })
    }

    /// Takes the last step back; none when there is none. The step that began a next version leads back to what was signed.
    ///
    /// # Errors
    /// When the report is not open, and those of writing the library.
    pub fn undo(&self, which: impl Into<Named>) -> Result<Option<Edited>, Fault> {
        let which = which.into();
        let edited = self.step(which, History::undo)?;
        Ok(self.back_to_signed(which, edited.as_ref())?.or(edited))
    }

    /// Does the last step taken back again; none when there is none.
    ///
    /// # Errors
    /// As [`Desk::undo`].
    pub fn redo(&self, which: impl Into<Named>) -> Result<Option<Edited>, Fault> {
        let which = which.into();
        let forward = self.forward_again(which)?;
        Ok(self.step(which, History::redo)?.or(forward))
    }

    fn step(&self, which: Named, step: fn(&mut History) -> Option<Place>) -> Result<Option<Edited>, Fault> {
        let (now, at) = (self.world.clock.steady_ms(), self.world.clock.now());
        self.with_session(which, |session| {
            if !session.text.may_step(step) {
                return Ok(None);
            }
            Ok(step(&mut session.text.history).map(|place| session.edited(place, true, now, at)))
        })
    }

    /// Reads typed lines as timeline rows and puts them before row `at`, or last. However many, they are one edit: pasted in one
    /// go, taken back in one go.
    ///
    /// # Errors
    /// [`FaultCode::Refused`] where there is nothing on any line.
    pub fn jot(&self, which: impl Into<Named>, lines: &[String], at: Option<usize>) -> Result<Edited, Fault> {
        let which = which.into();
        let lines: Vec<&str> = lines.iter().map(|line| line.trim()).filter(|line| !line.is_empty()).collect();
        if lines.is_empty() {
            return Err(Fault::new(FaultCode::Refused, "there is nothing on the line").with("reason", "there is nothing on the line"));
        }
        let rows: Vec<RowId> = lines.iter().map(|_| RowId::new(&mut self.world.ids())).collect();
        let edit = self.with_session(which, |session| {
            let report = session.text.history.report();
            let at = at.unwrap_or(report.timeline.len()).min(report.timeline.len());
            let first_day = report.first_moment().map(|moment| moment.date());
            let mut previous = report.timeline[..at].iter().rev().find_map(Row::event).cloned();
            let mut edits = Vec::with_capacity(lines.len());
            for (nth, (line, row)) in lines.iter().zip(rows).enumerate() {
                let event = read_line(line, row, report.template.date_order, previous.as_ref(), first_day);
                previous = Some(event.clone());
                edits.push(Edit::Timeline { change: Change::Insert { at: at + nth, item: Row::Event(event) } });
            }
            Ok(match <[Edit; 1]>::try_from(edits) {
                Ok([only]) => only,
                Err(edits) => Edit::Together { edits },
            })
        })?;
        self.edit(which, &edit, true)
    }
}

impl Text {
    /// To a signed text only what was filed of it is added.
    fn admits(&self, edit: &Edit) -> bool {
        self.state == State::Draft || matches!(edit, Edit::Filings { .. })
    }

    /// Whether a step of the history may be made: of a signed text only what was filed of it is taken back.
    fn may_step(&self, step: fn(&mut History) -> Option<Place>) -> bool {
        if self.state == State::Draft {
            return true;
        }
        let (mut tried, before) = (self.history.clone(), self.history.report());
        step(&mut tried).is_some() && same_but_filings(tried.report(), before)
    }
}

impl Session {
    /// Whether there is something to take back, and to do again: the steps between versions are steps like others.
    pub(crate) fn ways(&self) -> (bool, bool) {
        let (undo, redo) = self.text.history.ways();
        let undo = undo && self.text.may_step(History::undo);
        let redo = redo && self.text.may_step(History::redo);
        (undo || matches!(self.beside, Beside::Signed(_)), redo || matches!(self.beside, Beside::Next(_)))
    }

    pub(crate) fn edited(&mut self, place: Place, whole: bool, now: u64, at: DateTime<Utc>) -> Edited {
        self.number += 1;
        self.autosave.edited(now);
        if self.text.state != State::Draft {
            self.text.state = if self.text.history.report().filings.is_empty() { State::Signed } else { State::Filed };
        }
        self.shown(place, whole, at)
    }

    /// The answer to an act, as the text is now.
    pub(crate) fn shown(&self, place: Place, whole: bool, at: DateTime<Utc>) -> Edited {
        let report = self.text.history.report();
        Edited {
            number: self.number,
            report: whole.then(|| report.clone()),
            place,
            view: View::of(report, at, self.ways()),
            state: self.text.state.into(),
        }
    }
}

/// Whether a report has nothing but what its form begins with: no answer, no word, no row, nothing chosen. Who signs is put in by the
/// settings, and so counts for nothing.
fn says_nothing(report: &Report) -> bool {
    let bare = |report: &Report| {
        let report = Report { signatories: Vec::new(), ..report.clone() };
        serde_json::to_value(report).map(without_ids).ok()
    };
    let begun = Report::begin(&report.template, &mut CountedIds(0));
    bare(&begun).is_some_and(|begun| bare(report) == Some(begun))
}

fn without_ids(value: serde_json::Value) -> serde_json::Value {
    use serde_json::Value;
    match value {
        Value::Object(map) => {
            Value::Object(map.into_iter().filter(|(name, _)| name != "id").map(|(name, inner)| (name, without_ids(inner))).collect())
        }
        Value::Array(items) => Value::Array(items.into_iter().map(without_ids).collect()),
        other => other,
    }
}

/// Whether two reports say the same but for their identity and what was filed of them.
pub(crate) fn same_but_filings(one: &Report, other: &Report) -> bool {
    Report { id: other.id, filings: other.filings.clone(), ..one.clone() } == *other
}

fn signed(report: &Report) -> Fault {
    let words = format!("version {} is signed, and what was signed is not changed; begin its next version", report.version);
    Fault::new(FaultCode::Signed, words).with("version", &report.version)
}

pub(crate) fn words(at: DateTime<Utc>) -> String {
    at.to_rfc3339_opts(SecondsFormat::Millis, true)
}
