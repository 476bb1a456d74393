//! From one version to the next. Always true: a signed text is never changed, its next version is a report of its own that stands on the
//! signed revision; a number is given once in a lineage, and no two texts are signed under one.

use crate::because;
use crate::desk::Desk;
use crate::editing::{same_but_filings, words};
use crate::fault::{Fault, FaultCode};
use crate::session::{Beside, Named, Text};
use crate::view::{Edited, Opened};
use report::ids::ReportId;
use report::{History, Place, Report};
use std::collections::BTreeSet;
use std::mem;
use store::{Reason, Seq, State};

impl Desk {
    /// Begins the next version of a signed report: a report of its own, in which the sitting goes on. A draft is shown as it is.
    ///
    /// # Errors
    /// Those of reading and writing the library; the sitting is then as it was.
    pub fn begin_version(&self, which: impl Into<Named>) -> Result<Opened, Fault> {
        let which = which.into();
        let _turn = self.turn();
        self.save_in_turn(which)?;
        let (sitting, state, signed) =
            self.with_session(which, |session| Ok((session.sitting, session.text.state, session.text.history.report().clone())))?;
        if state == State::Draft || self.forward(sitting.into())? {
            return self.opened(sitting);
        }
        let parent = match self.checkpoint(sitting, Reason::Signed)? {
            Some(revision) => revision,
            // Another window recorded a filing meanwhile.
            None => self.library().load(signed.id).map_err(|fault| because::of_reading(&fault))?.head,
        };
        let next = Report { id: ReportId::new(&mut self.world.ids()), version: self.next_number(&signed)?, ..signed };
        let by = self.provenance();
        self.library().create_from(&next, parent, Reason::Opened, &by).map_err(|fault| because::of_saving(&fault))?;
        self.with_session(sitting, |session| {
            let text = Text { history: History::of(next), seq: Seq(1), head: by.revision, saved_at: words(by.at), state: State::Draft };
            session.beside = Beside::Signed(Box::new(mem::replace(&mut session.text, text)));
            session.number += 1;
            session.autosave.saved();
            Ok(())
        })?;
        self.opened(sitting)
    }

    /// Leads a sitting that has taken everything back from a next version to what was signed; what was begun goes to the bin, and redo
    /// brings it back. None where there is something left, or nothing signed to go back to.
    pub(crate) fn back_to_signed(&self, which: Named, edited: Option<&Edited>) -> Result<Option<Edited>, Fault> {
        let at_its_beginning =
            |session: &mut crate::session::Session| Ok(matches!(session.beside, Beside::Signed(_)) && !session.text.history.ways().0);
        if !self.with_session(which, at_its_beginning)? {
            return Ok(None);
        }
        let _turn = self.turn();
        let at = self.world.clock.now();
        self.with_session(which, |session| {
            // An edit may have come in before it was our turn.
            if !at_its_beginning(session)? {
                return Ok(None);
            }
            let on_disk = self.library().load(session.id()).map_err(|fault| because::of_reading(&fault))?;
            // What another window has written into it meanwhile is not thrown away.
            if on_disk.seq == session.text.seq {
                self.library().remove(session.id(), at).map_err(|fault| because::of_saving(&fault))?;
            }
            let Beside::Signed(signed) = mem::take(&mut session.beside) else { return Ok(None) };
            session.beside = Beside::Next(Box::new(mem::replace(&mut session.text, *signed)));
            session.number += 1;
            session.autosave.saved();
            Ok(Some(session.shown(edited.map_or(Place::Report, |edited| edited.place.clone()), true, at)))
        })
    }

    /// Leads a sitting forward again to the next version that was taken back; none where none was.
    pub(crate) fn forward_again(&self, which: Named) -> Result<Option<Edited>, Fault> {
        if !self.with_session(which, |session| Ok(matches!(session.beside, Beside::Next(_))))? {
            return Ok(None);
        }
        let _turn = self.turn();
        if !self.forward(which)? {
            return Ok(None);
        }
        let at = self.world.clock.now();
        self.with_session(which, |session| Ok(Some(session.shown(Place::Report, true, at))))
    }

    fn forward(&self, which: Named) -> Result<bool, Fault> {
        let now = self.world.clock.steady_ms();
        self.with_session(which, |session| {
            let Beside::Next(next) = &session.beside else { return Ok(false) };
            self.library().restore(next.id()).map_err(|fault| because::of_saving(&fault))?;
            if let Beside::Next(next) = mem::take(&mut session.beside) {
                session.beside = Beside::Signed(Box::new(mem::replace(&mut session.text, *next)));
            }
            session.number += 1;
            // What lies on disk may be what was taken back since.
            session.autosave.edited(now);
            Ok(true)
        })
    }

    /// The number of the next version: one that no text of the lineage has.
    pub(crate) fn next_number(&self, report: &Report) -> Result<String, Fault> {
        self.number_after(&report.version, report.id)
    }

    /// The number after `version` that no text in the lineage of `kin` has.
    pub(crate) fn number_after(&self, version: &str, kin: ReportId) -> Result<String, Fault> {
        let kin = self.library().lineage(kin).map_err(|fault| because::of_reading(&fault))?;
        let used: BTreeSet<&str> = kin.iter().map(|one| one.text.version.trim()).collect();
        let mut next = next_version(version);
        while used.contains(next.as_str()) {
            next = next_version(&next);
        }
        Ok(next)
    }

    /// # Errors
    /// [`FaultCode::VersionTaken`] where another text of the lineage was signed under this report's number.
    pub(crate) fn see_number_free(&self, report: &Report) -> Result<(), Fault> {
        let kin = self.library().lineage(report.id).map_err(|fault| because::of_reading(&fault))?;
        let number = report.version.trim();
        let taken = |text: &Report| text.version.trim() == number && !same_but_filings(text, report);
        if !kin.iter().any(|one| one.signed.is_some() && taken(&one.text)) {
            return Ok(());
        }
        let next = self.next_number(report)?;
        let words = format!("another text was signed as version {number} already; number this one {next}");
        Err(Fault::new(FaultCode::VersionTaken, words).with("version", number).with("next", next))
    }
}

/// The last number in it counts on: "1.0" is followed by "1.1", "3" by "4"; a version without one gets one: "final 2".
pub(crate) fn next_version(version: &str) -> String {
    let version = version.trim();
    let digits = version.chars().rev().take_while(char::is_ascii_digit).count();
    let (words, number) = version.split_at(version.len() - digits);
    match number.parse::<u64>().ok().and_then(|number| number.checked_add(1)) {
        Some(next) => format!("{words}{next:0digits$}"),
        None if version.is_empty() => "2".to_owned(),
        None => format!("{version} 2"),
    }
}

#[cfg(test)]
mod tests {
    #[test]
    fn versions_count_on() {
        for (version, next) in [
            ("1.0", "1.1"),
            ("3", "4"),
            ("1.9", "1.10"),
            ("v09", "v10"),
            ("2.7", "2.8"),
            ("final", "final 2"),
            ("final 2", "final 3"),
            ("", "2"),
            ("18446744073709551615", "18446744073709551615 2"),
        ] {
            assert_eq!(super::next_version(version), next);
        }
    }
}
