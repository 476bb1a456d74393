//! Getting what was written onto the disk, in time. Always true: what was acknowledged as saved is in the library; where another window or
//! process was there first, this sitting's text is kept as a report of its own and the sitting goes on in it: what the window shows, what the
//! desk holds and what is on disk are one text before the next key is taken. Deliberately absent: when (`autosave`).

use crate::because;
use crate::desk::Desk;
use crate::editing::words;
use crate::fault::{Fault, FaultCode};
use crate::session::{Beside, Named, Session, Sitting, Text};
use crate::view::{KeptApart, SaveNews};
use chrono::{DateTime, Utc};
use report::Report;
use report::ids::ReportId;
use std::mem;
use std::sync::PoisonError;
use store::{KeptCopy, Reason, RevisionId, SaveError, Seq, State};

/// A revision is made of a report at most this often while it is edited.
const CHECKPOINT_MS: u64 = 5 * 60 * 1_000;

impl Desk {
    /// The sittings whose edits are due to be saved at `now`, and when the next one is.
    pub fn due(&self, now: u64) -> (Vec<Sitting>, Option<u64>) {
        let sessions = self.sessions();
        let due = |session: &Session| session.autosave.due();
        let ready = sessions.iter().filter(|session| due(session).is_some_and(|at| at <= now)).map(|session| session.sitting).collect();
        let next = sessions.iter().filter_map(due).filter(|at| *at > now).min();
        (ready, next)
    }

    /// What the clock that [`Desk::due`] counts by says now.
    pub fn steady_ms(&self) -> u64 {
        self.world.clock.steady_ms()
    }

    /// Saves an open report now and says what became of it. A text that another window or process was faster with is kept as a report of its
    /// own, and the sitting goes on in that.
    ///
    /// # Errors
    /// Those of writing the library; the edits stay in memory and are tried again.
    pub fn save(&self, which: impl Into<Named>) -> Result<SaveNews, Fault> {
        let which = which.into();
        let _turn = self.turn();
        self.save_in_turn(which)
    }

    pub(crate) fn save_in_turn(&self, which: Named) -> Result<SaveNews, Fault> {
        let (sitting, number, waiting) = self.with_session(which, |session| {
            let Text { history, seq, state, saved_at, .. } = &session.text;
            let waiting = if session.autosave.waits() { Ok((history.report().clone(), *seq, *state)) } else { Err(saved_at.clone()) };
            Ok((session.sitting, session.number, waiting))
        })?;
        let (report, seq, state) = match waiting {
            Ok(waiting) => waiting,
            Err(at) => return Ok(SaveNews::Saved { sitting, number, at }),
        };
        let at = self.world.clock.now();
        let saved = match state {
            State::Draft => self.library().save(&report, seq, at),
            State::Signed | State::Filed => self.library().save_filing(&report, seq, state, at),
        };
        let news = match saved {
            Ok(seq) => {
                let news = self.with_session(sitting, |session| Ok(session.on_disk(seq, number, at)))?;
                self.checkpoint_now_and_then(sitting);
                Ok(news)
            }
            Err(SaveError::Conflict { .. }) => self.keep_apart(sitting, KeptApart::Overtaken),
            Err(SaveError::Gone { .. }) => self.take_in_again(sitting, &report, number, at),
            Err(SaveError::Signed { .. }) => self.keep_apart(sitting, KeptApart::Signed),
            Err(SaveError::InBin { .. }) => self.keep_apart(sitting, KeptApart::Removed),
            Err(fault) => Err(because::of_saving(&fault)),
        };
        if news.is_err() {
            let now = self.world.clock.steady_ms();
            self.with_session(sitting, |session| {
                session.autosave.failed(now);
                Ok(())
            })?;
        }
        news
    }

    /// Saves what is unsaved, keeps a revision, and lets go of the report. A report that is not open is let go of already; one that was begun
    /// and left without a word leaves no trace.
    ///
    /// # Errors
    /// Those of writing the library; the report then stays open with its edits.
    pub fn close(&self, which: impl Into<Named>) -> Result<(), Fault> {
        if let Some((id, true)) = self.let_go(which)? {
            self.library().withdraw(id).map_err(|fault| because::of_saving(&fault))?;
        }
        Ok(())
    }

    /// As [`Desk::close`], but a report that says nothing stays. Gives the report that the text was in at last, and whether nothing was
    /// ever said in it, where it was open.
    pub(crate) fn let_go(&self, which: impl Into<Named>) -> Result<Option<(ReportId, bool)>, Fault> {
        let _turn = self.turn();
        let Ok(sitting) = self.with_session(which, |session| Ok(session.sitting)) else { return Ok(None) };
        loop {
            self.save_in_turn(sitting.into())?;
            // Where another window has saved on top of this text, it is in their history; where it has deleted the report, nothing is to keep.
            match self.checkpoint(sitting, Reason::Checkpoint) {
                Err(fault) if fault.code != FaultCode::NoSuchReport => return Err(fault),
                _ => {}
            }
            let left = self.with_session(sitting, |session| Ok((session.id(), session.blank)))?;
            let mut sessions = self.sessions();
            // An edit that came in meanwhile is saved before the report is let go of.
            if sessions.iter().any(|session| session.sitting == sitting && session.autosave.waits()) {
                continue;
            }
            sessions.retain(|session| session.sitting != sitting);
            return Ok(Some(left));
        }
    }

    /// Saves every open report, as the window closes.
    ///
    /// # Errors
    /// The first that could not be saved; the others are saved all the same.
    pub fn close_all(&self) -> Result<(), Fault> {
        let open: Vec<Sitting> = self.sessions().iter().map(|session| session.sitting).collect();
        let mut first = Ok(());
        for sitting in open {
            // One that cannot be saved must not keep the others from it.
            first = first.and(self.close(sitting));
        }
        first
    }

    /// Keeps the text of a sitting as a report of its own; the sitting goes on in it.
    pub(crate) fn keep_apart(&self, sitting: Sitting, why: KeptApart) -> Result<SaveNews, Fault> {
        let (copy, by) = (ReportId::new(&mut self.world.ids()), self.provenance());
        // The session stays locked until it is the copy: what is typed in between is typed into that.
        let news = self.with_session(sitting, |session| {
            let (losing, stood_on) = (session.text.history.report().clone(), session.text.head);
            let kept = self.kept(&losing, copy, stood_on, why, &by)?;
            session.text.history.go_on_as(copy, &kept.title, &kept.version);
            session.text.seq = Seq(1);
            session.text.head = by.revision;
            session.text.state = State::Draft;
            session.text.saved_at = words(by.at);
            session.beside = Beside::Nothing;
            // It has words now, whatever it was opened with.
            session.blank = false;
            session.number += 1;
            session.autosave.saved();
            Ok(SaveNews::KeptBoth {
                sitting,
                report: losing.id,
                copy,
                why,
                name: kept.name().to_owned(),
                version: kept.version.clone(),
                number: session.number,
                at: session.text.saved_at.clone(),
            })
        })?;
        self.untold.lock().unwrap_or_else(PoisonError::into_inner).push(news.clone());
        Ok(news)
    }

    /// What was kept apart since this was last asked, whichever act found it out. The window hears of each.
    pub fn untold(&self) -> Vec<SaveNews> {
        mem::take(&mut *self.untold.lock().unwrap_or_else(PoisonError::into_inner))
    }

    fn kept(&self, losing: &Report, copy: ReportId, stood_on: RevisionId, why: KeptApart, by: &store::Provenance) -> Result<Report, Fault> {
        let saving = |fault: SaveError| because::of_saving(&fault);
        let mut kept = Report { id: copy, ..losing.clone() };
        let mut parent = stood_on;
        match why {
            KeptApart::Overtaken => {
                let clock = by.at.with_timezone(&chrono::Local).time();
                return self.library().keep_both(losing, KeptCopy { id: copy, clock, parent }, by).map_err(saving);
            }
            KeptApart::Signed => {
                kept.version = self.next_number(losing)?;
                parent = self.library().load(losing.id).map_err(|fault| because::of_reading(&fault))?.head;
            }
            KeptApart::Removed => {}
        }
        self.library().create_from(&kept, parent, Reason::Conflict, by).map_err(saving)?;
        Ok(kept)
    }

    /// Another window deleted the report for good, or left it blank, while it was written in here: what is written here is a report again.
    fn take_in_again(&self, sitting: Sitting, report: &Report, number: u64, at: DateTime<Utc>) -> Result<SaveNews, Fault> {
        let by = self.provenance(); // asks the library too, and so comes first
        let seq = self.library().create(report, Reason::Recovered, &by).map_err(|fault| because::of_saving(&fault))?;
        self.with_session(sitting, |session| {
            session.text.head = by.revision;
            session.blank = false;
            Ok(session.on_disk(seq, number, at))
        })
    }

    /// The text is saved already: a revision that cannot be kept now is tried again after the next save.
    fn checkpoint_now_and_then(&self, sitting: Sitting) {
        let now = self.world.clock.steady_ms();
        let due = self.with_session(sitting, |session| Ok(now.saturating_sub(session.checkpoint_ms) >= CHECKPOINT_MS));
        let kept = due.and_then(|due| if due { self.checkpoint(sitting, Reason::Checkpoint).map(drop) } else { Ok(()) });
        if let Err(fault) = kept {
            tracing::warn!(code = ?fault.code, "a saved report was not kept as a revision");
        }
    }

    /// Keeps what is saved of a sitting as a revision; none where another window has saved another text since.
    pub(crate) fn checkpoint(&self, sitting: Sitting, reason: Reason) -> Result<Option<RevisionId>, Fault> {
        let by = self.provenance();
        let (id, seq) = self.with_session(sitting, |session| Ok((session.id(), session.text.seq)))?;
        let revision = match self.library().checkpoint(id, seq, reason, &by) {
            Ok(revision) => revision,
            Err(SaveError::Conflict { .. }) => return Ok(None),
            Err(fault) => return Err(because::of_saving(&fault)),
        };
        let now = self.world.clock.steady_ms();
        self.with_session(sitting, |session| {
            session.checkpoint_ms = now;
            session.text.head = revision;
            Ok(())
        })?;
        Ok(Some(revision))
    }
}

impl Session {
    /// Edits made while the save was under way go on waiting.
    fn on_disk(&mut self, seq: Seq, number: u64, at: DateTime<Utc>) -> SaveNews {
        self.text.seq = seq;
        self.text.saved_at = words(at);
        if self.number == number {
            self.autosave.saved();
        }
        SaveNews::Saved { sitting: self.sitting, number, at: self.text.saved_at.clone() }
    }
}

/// Whether a fault says that the sitting has ended: whoever was about to save it is too late, and nothing is lost.
pub fn has_ended(fault: &Fault) -> bool {
    fault.code == FaultCode::NoSuchReport
}
