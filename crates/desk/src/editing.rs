//! Writing: opening a report, editing it, taking edits back, and getting it onto the disk.
//! Always true: what was acknowledged as saved is in the library; a save that another window or process overtook keeps both texts.

use crate::because;
use crate::desk::Desk;
use crate::fault::{Fault, FaultCode};
use crate::session::Session;
use crate::view::{Edited, Opened, SaveNews, View};
use chrono::{DateTime, SecondsFormat, Utc};
use report::ids::{ReportId, RowId};
use report::papers::Person;
use report::timeline::{Row, read_line};
use report::{Change, Edit, History, Place, Report};
use std::sync::PoisonError;
use store::{KeptCopy, Reason, SaveError};

/// A revision is made of a report at most this often while it is edited.
const CHECKPOINT_MS: u64 = 5 * 60 * 1_000;

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
        let elsewhere = !self.library().first_opener();
        if !self.sessions().contains_key(&id) {
            let working = self.library().load(id).map_err(|fault| because::of_reading(&fault))?;
            let changed = self.changed_at(id)?;
            let session = Session {
                blank: says_nothing(&working.report),
                history: History::of(working.report),
                number: 0,
                seq: working.seq,
                autosave: crate::autosave::Autosave::default(),
                saved_at: changed,
                state: working.state,
                checkpoint_ms: self.world.clock.steady_ms(),
            };
            self.sessions().entry(id).or_insert(session);
        }
        let now = self.world.clock.now();
        self.with_session(id, |session| {
            Ok(Opened {
                report: session.history.report().clone(),
                view: View::of(session.history.report(), now, session.history.ways()),
                saved_at: session.saved_at.clone(),
                elsewhere,
                state: session.state.into(),
            })
        })
    }

    /// Saves what is unsaved, keeps a revision, and lets go of the report. A report that is not open is let go of already; one that was begun
    /// and left without a word leaves no trace.
    ///
    /// # Errors
    /// Those of writing the library; the report then stays open with its edits.
    pub fn close(&self, id: ReportId) -> Result<(), Fault> {
        let blank = self.sessions().get(&id).is_some_and(|session| session.blank);
        self.let_go(id)?;
        if blank {
            self.library().withdraw(id).map_err(|fault| because::of_saving(&fault))?;
        }
        Ok(())
    }

    /// As [`Desk::close`], but a report that says nothing stays.
    pub(crate) fn let_go(&self, id: ReportId) -> Result<(), Fault> {
        if !self.sessions().contains_key(&id) {
            return Ok(());
        }
        self.save(id)?;
        self.checkpoint(id, Reason::Checkpoint)?;
        self.sessions().remove(&id);
        Ok(())
    }

    /// Applies an edit that is a step of undo by itself. `whole` asks for the report back.
    ///
    /// # Errors
    /// Those of [`Desk::typed`].
    pub fn edit(&self, id: ReportId, edit: &Edit, whole: bool) -> Result<Edited, Fault> {
        self.typed(id, edit, whole, None)
    }

    /// Applies an edit that belongs to a run of typing: edits of one place with the same `run`, one after the other, are one step of undo.
    /// `whole` asks for the report back. What is accepted is recorded with who and when, and gives the report back.
    ///
    /// # Errors
    /// [`FaultCode::Refused`] for one that makes no sense here; nothing has changed.
    pub fn typed(&self, id: ReportId, edit: &Edit, whole: bool, run: Option<u64>) -> Result<Edited, Fault> {
        let now = self.world.clock.steady_ms();
        let at = self.world.clock.now();
        let (edit, named) = self.who_accepts(edit)?;
        self.with_session(id, |session| {
            session
                .history
                .edit(&edit, run)
                .map_err(|refusal| Fault::new(FaultCode::Refused, refusal.to_string()).with("reason", refusal))?;
            Ok(session.edited(edit.place(), whole || named, now, at))
        })
    }

    /// Takes the last step back; none when there is none.
    ///
    /// # Errors
    /// When the report is not open.
    pub fn undo(&self, id: ReportId) -> Result<Option<Edited>, Fault> {
        self.step(id, History::undo)
    }

    /// Does the last step taken back again; none when there is none.
    ///
    /// # Errors
    /// When the report is not open.
    pub fn redo(&self, id: ReportId) -> Result<Option<Edited>, Fault> {
        self.step(id, History::redo)
    }

    fn step(&self, id: ReportId, step: fn(&mut History) -> Option<Place>) -> Result<Option<Edited>, Fault> {
        let (now, at) = (self.world.clock.steady_ms(), self.world.clock.now());
        self.with_session(id, |session| Ok(step(&mut session.history).map(|place| session.edited(place, true, now, at))))
    }

    /// Reads typed lines as timeline rows and puts them before row `at`, or last. However many, they are one edit: pasted in one
    /// go, taken back in one go.
    ///
    /// # Errors
    /// [`FaultCode::Refused`] where there is nothing on any line.
    pub fn jot(&self, id: ReportId, lines: &[String], at: Option<usize>) -> Result<Edited, Fault> {
        let lines: Vec<&str> = lines.iter().map(|line| line.trim()).filter(|line| !line.is_empty()).collect();
        if lines.is_empty() {
            return Err(Fault::new(FaultCode::Refused, "there is nothing on the line").with("reason", "there is nothing on the line"));
        }
        let rows: Vec<RowId> = lines.iter().map(|_| RowId::new(&mut self.world.ids())).collect();
        let edit = self.with_session(id, |session| {
            let report = session.history.report();
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
        self.edit(id, &edit, true)
    }

    /// The reports whose edits are due to be saved at `now`, and when the next one is.
    pub fn due(&self, now: u64) -> (Vec<ReportId>, Option<u64>) {
        let sessions = self.sessions();
        let due = |session: &Session| session.autosave.due();
        let ready = sessions.iter().filter(|(_, session)| due(session).is_some_and(|at| at <= now)).map(|(id, _)| *id).collect();
        let next = sessions.values().filter_map(due).filter(|at| *at > now).min();
        (ready, next)
    }

    /// What the clock that [`Desk::due`] counts by says now.
    pub fn steady_ms(&self) -> u64 {
        self.world.clock.steady_ms()
    }

    /// Saves an open report now and says what became of it. A text that another window or process overtook is kept as a report of its own.
    ///
    /// # Errors
    /// Those of writing the library; the edits stay in memory and are tried again.
    pub fn save(&self, id: ReportId) -> Result<SaveNews, Fault> {
        let _turn = self.saving.lock().unwrap_or_else(PoisonError::into_inner);
        let (report, seq, number, waits) =
            self.with_session(id, |session| Ok((session.history.report().clone(), session.seq, session.number, session.autosave.waits())))?;
        let at = self.world.clock.now();
        if !waits {
            return self.with_session(id, |session| Ok(SaveNews::Saved { report: id, number, at: session.saved_at.clone() }));
        }
        let saved = self.library().save(&report, seq, at);
        let news = match saved {
            Ok(seq) => {
                let news = self.with_session(id, |session| Ok(session.on_disk(id, seq, number, at)))?;
                self.checkpoint_now_and_then(id);
                Ok(news)
            }
            Err(SaveError::Conflict { .. }) => self.keep_both(id, at),
            Err(SaveError::Gone { .. }) => self.take_in_again(id, &report, number, at),
            Err(fault) => Err(because::of_saving(&fault)),
        };
        if news.is_err() {
            let now = self.world.clock.steady_ms();
            self.with_session(id, |session| {
                session.autosave.failed(now);
                Ok(())
            })?;
        }
        news
    }

    /// Saves every open report, as the window closes.
    ///
    /// # Errors
    /// The first that could not be saved; the others are saved all the same.
    pub fn close_all(&self) -> Result<(), Fault> {
        let open: Vec<ReportId> = self.sessions().keys().copied().collect();
        let mut first = Ok(());
        for id in open {
            // One that cannot be saved must not keep the others from it.
            first = first.and(self.close(id));
        }
        first
    }

    fn keep_both(&self, id: ReportId, at: DateTime<Utc>) -> Result<SaveNews, Fault> {
        let copy = KeptCopy { id: ReportId::new(&mut self.world.ids()), clock: chrono::Local::now().time(), parent: None };
        let by = self.provenance();
        // The session stays locked until their text is in it: what is typed in between would be in neither.
        self.with_session(id, |session| {
            let mut library = self.library();
            let kept = library.keep_both(session.history.report(), copy, &by).map_err(|fault| because::of_saving(&fault))?;
            let theirs = library.load(id).map_err(|fault| because::of_reading(&fault))?;
            session.history = History::of(theirs.report);
            session.number += 1;
            session.seq = theirs.seq;
            session.state = theirs.state;
            session.autosave.saved();
            session.saved_at = words(at);
            Ok(SaveNews::KeptBoth { report: id, copy: kept.id })
        })
    }

    /// Another window deleted the report for good, or left it blank, while it was written in here: what is written here is a report again.
    fn take_in_again(&self, id: ReportId, report: &Report, number: u64, at: DateTime<Utc>) -> Result<SaveNews, Fault> {
        let by = self.provenance(); // asks the library too, and so comes first
        let seq = self.library().create(report, Reason::Recovered, &by).map_err(|fault| because::of_saving(&fault))?;
        self.with_session(id, |session| Ok(session.on_disk(id, seq, number, at)))
    }

    /// The text is saved already: a revision that cannot be kept now is tried again after the next save.
    fn checkpoint_now_and_then(&self, id: ReportId) {
        let now = self.world.clock.steady_ms();
        let due = self.with_session(id, |session| Ok(now.saturating_sub(session.checkpoint_ms) >= CHECKPOINT_MS));
        let kept = due.and_then(|due| if due { self.checkpoint(id, Reason::Checkpoint).map(drop) } else { Ok(()) });
        if let Err(fault) = kept {
            tracing::warn!(code = ?fault.code, "a saved report was not kept as a revision");
        }
    }

    /// Keeps what is saved of an open report as a revision.
    pub(crate) fn checkpoint(&self, id: ReportId, reason: Reason) -> Result<store::RevisionId, Fault> {
        let by = self.provenance();
        let revision = self.library().checkpoint(id, reason, &by).map_err(|fault| because::of_saving(&fault))?;
        let now = self.world.clock.steady_ms();
        self.with_session(id, |session| {
            session.checkpoint_ms = now;
            Ok(())
        })?;
        Ok(revision)
    }

    fn changed_at(&self, id: ReportId) -> Result<String, Fault> {
        let rows = self.library().list(&store::Filter::default()).map_err(|fault| because::of_reading(&fault))?;
        Ok(rows.iter().find(|row| row.id == id).map_or_else(String::new, |row| words(row.changed)))
    }
}

impl Session {
    fn edited(&mut self, place: Place, whole: bool, now: u64, at: DateTime<Utc>) -> Edited {
        self.number += 1;
        self.autosave.edited(now);
        self.state = store::State::Draft;
        let report = self.history.report();
        Edited { number: self.number, report: whole.then(|| report.clone()), place, view: View::of(report, at, self.history.ways()) }
    }

    /// Edits made while the save was under way go on waiting.
    fn on_disk(&mut self, id: ReportId, seq: store::Seq, number: u64, at: DateTime<Utc>) -> SaveNews {
        self.seq = seq;
        self.saved_at = words(at);
        if self.number == number {
            self.autosave.saved();
        }
        SaveNews::Saved { report: id, number, at: self.saved_at.clone() }
    }
}

/// Whether a report has nothing but what its form begins with.
fn says_nothing(report: &Report) -> bool {
    let Report { title, earlier, sections, timeline, attachments, unplaced, impact, actions, .. } = report;
    title.trim().is_empty()
        && earlier.is_none()
        && sections.iter().all(|section| section.body.is_blank())
        && (timeline.is_empty() && attachments.is_empty() && unplaced.is_empty() && impact.is_empty() && actions.is_empty())
}

fn words(at: DateTime<Utc>) -> String {
    at.to_rfc3339_opts(SecondsFormat::Millis, true)
}
