//! Undo and redo across everything: one stack, as the author sees it. Always true: undo followed by redo gives an equal report; a new
//! edit after an undo forgets the undone ones. Deliberately absent: clocks. The caller says when an edit happened.

use crate::edit::{Change, Edit, Refusal};
use crate::place::Place;
use crate::report::Report;

/// Edits of one field or text closer together than this are one step.
const PAUSE_MS: u64 = 1_000;
/// How many steps can be taken back.
const DEPTH: usize = 500;

/// A report with the way back.
#[derive(Clone, Debug)]
pub struct History {
    report: Report,
    undo: Vec<Step>,
    redo: Vec<Step>,
}

#[derive(Clone, Debug)]
struct Step {
    edit: Edit,
    at_ms: u64,
    /// Whether nothing of it can be seen yet: a picture's bytes taken in for a figure that the next edit puts into the text.
    unseen: bool,
}

impl History {
    /// A report with nothing to take back.
    pub fn of(report: Report) -> Self {
        Self { report, undo: Vec::new(), redo: Vec::new() }
    }

    /// The report as it is.
    pub fn report(&self) -> &Report {
        &self.report
    }

    /// Whether there is something to take back, and to do again.
    pub fn ways(&self) -> (bool, bool) {
        (!self.undo.is_empty(), !self.redo.is_empty())
    }

    /// Applies an edit made at `at_ms` (any steady clock). Typing on in one place is one step.
    ///
    /// # Errors
    /// The edit's [`Refusal`]; nothing has changed.
    pub fn edit(&mut self, edit: &Edit, at_ms: u64) -> Result<(), Refusal> {
        let applied = self.report.apply(edit)?;
        self.report = applied.report;
        self.redo.clear();
        match self.undo.last_mut() {
            Some(last) if edit.continues(&last.edit) && at_ms.saturating_sub(last.at_ms) < PAUSE_MS => last.at_ms = at_ms,
            Some(last) if last.unseen => {
                let edits = vec![applied.inverse, last.edit.clone()];
                *last = Step { edit: Edit::Together { edits }, at_ms, unseen: false };
            }
            _ => self.undo.push(Step { edit: applied.inverse, at_ms, unseen: is_unseen(edit) }),
        }
        if self.undo.len() > DEPTH {
            self.undo.remove(0);
        }
        Ok(())
    }

    /// Takes the last step back and says where; none when there is none.
    pub fn undo(&mut self) -> Option<Place> {
        let step = self.undo.pop()?;
        let (place, inverse) = self.step(&step.edit)?;
        self.redo.push(Step { edit: inverse, at_ms: 0, unseen: false });
        Some(place)
    }

    /// Does the last step taken back again and says where; none when there is none.
    pub fn redo(&mut self) -> Option<Place> {
        let step = self.redo.pop()?;
        let (place, inverse) = self.step(&step.edit)?;
        self.undo.push(Step { edit: inverse, at_ms: 0, unseen: false });
        Some(place)
    }

    fn step(&mut self, edit: &Edit) -> Option<(Place, Edit)> {
        // An inverse always fits the report it was made for, and the stack keeps them in order.
        let applied = self.report.apply(edit).ok()?;
        self.report = applied.report;
        Some((edit.place(), applied.inverse))
    }
}

/// Taking in a file that is no evidence shows nothing; the author sees the figure.
fn is_unseen(edit: &Edit) -> bool {
    matches!(edit, Edit::Attachments { change: Change::Insert { item, .. } } if !item.evidence)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::answer::Answer;
    use crate::catalogue;
    use crate::ids::{AttachmentId, CountedIds, RowId};
    use crate::papers::Attachment;
    use crate::timeline::{Row, read_line};
    use crate::when::DateOrder;

    fn blank() -> History {
        History::of(Report::begin(catalogue::find("sec-h9-summary").expect("a shipped template"), &mut CountedIds(0)))
    }

    fn answer(raw: &str) -> Edit {
        Edit::Answer { key: "incident_reference".into(), answer: Some(Answer { raw: raw.into(), ..Answer::default() }) }
    }

    #[test]
    fn typing_on_is_one_step_and_a_pause_begins_another() {
        let mut history = blank();
        let before = history.report().clone();
        for (raw, at) in [("I", 0), ("IN", 300), ("INC", 600)] {
            history.edit(&answer(raw), at).expect("it applies");
        }
        history.edit(&answer("INC000000731204"), 5_000).expect("it applies");
        assert_eq!(history.undo(), Some(Place::Field { key: "incident_reference".into() }));
        assert_eq!(history.report().answer("incident_reference").raw, "INC");
        history.undo();
        assert_eq!(history.report(), &before);
        assert_eq!(history.ways(), (false, true));
        history.redo();
        history.redo();
        assert_eq!(history.report().answer("incident_reference").raw, "INC000000731204");
    }

    #[test]
    fn a_figure_and_the_bytes_of_its_picture_are_one_step() {
        let mut history = blank();
        let before = history.report().clone();
        let picture = Attachment {
            id: AttachmentId::new(&mut CountedIds(7)),
            name: "rack.png".into(),
            media_type: "image/png".into(),
            size: 3,
            sha256: "0".repeat(64),
            caption: String::new(),
            evidence: false,
        };
        history.edit(&Edit::Attachments { change: Change::Insert { at: 0, item: picture } }, 0).expect("it applies");
        history.edit(&answer("as if a figure"), 5_000).expect("it applies");
        let after = history.report().clone();
        assert_eq!(history.undo(), Some(Place::Field { key: "incident_reference".into() }));
        assert_eq!((history.report(), history.ways()), (&before, (false, true)));
        history.redo();
        assert_eq!(history.report(), &after);
    }

    #[test]
    fn every_kind_of_change_comes_back_exactly() {
        let mut history = blank();
        let start = history.report().clone();
        let mut ids = CountedIds(100);
        let row = |line: &str, ids: &mut CountedIds| Row::Event(read_line(line, RowId::new(ids), DateOrder::DayMonth, None, None));
        let edits = [
            Edit::Timeline { change: Change::Insert { at: 0, item: row("1655 one", &mut ids) } },
            Edit::Timeline { change: Change::Insert { at: 1, item: row("1701 two", &mut ids) } },
            Edit::Timeline { change: Change::Move { from: 0, to: 1 } },
            Edit::Timeline { change: Change::Replace { at: 0, item: row("1702 two", &mut ids) } },
            Edit::Timeline { change: Change::Remove { at: 1 } },
            Edit::Together { edits: vec![Edit::Title { title: "A".into() }, answer("INC1"), Edit::Title { title: "B".into() }] },
        ];
        for (n, edit) in edits.iter().enumerate() {
            history.edit(edit, n as u64 * 10_000).expect("it applies");
        }
        let end = history.report().clone();
        while history.undo().is_some() {}
        assert_eq!(history.report(), &start);
        while history.redo().is_some() {}
        assert_eq!(history.report(), &end);
    }

    #[test]
    fn what_due_times_count_from_comes_back_exactly_and_is_read_from_its_words() {
        use crate::clock::{Filing, Moment};
        use crate::template::Audience;
        let mut history = blank();
        let start = history.report().clone();
        let moment = |raw: &str| Moment { raw: raw.into(), at: None, zone: None };
        let filing = Filing {
            id: crate::ids::FilingId::new(&mut CountedIds(3)),
            clock: "summary_report".into(),
            moment: moment("16/10/2025 09:30 BST"),
            file: "summary.pdf".into(),
            sha256: "0".repeat(64),
            reasons: String::new(),
        };
        for (n, edit) in [
            Edit::ClockEvent { event: "restoration".into(), moment: Some(moment("15/10/2025 02:41")) },
            Edit::Filings { change: Change::Insert { at: 0, item: filing } },
            Edit::Audience { audience: Some(Audience::Public) },
        ]
        .iter()
        .enumerate()
        {
            history.edit(edit, n as u64 * 10_000).expect("it applies");
        }
        let report = history.report();
        assert_eq!(report.clock_events["restoration"].at.map(|at| at.to_string()).as_deref(), Some("2025-10-15 02:41:00"));
        assert_eq!(report.filings[0].moment.zone.as_deref(), Some("BST"));
        assert_eq!(report.audience(), Audience::Public);
        while history.undo().is_some() {}
        assert_eq!(history.report(), &start);
        for refused in
            [Edit::ClockEvent { event: "full_moon".into(), moment: None }, Edit::Circumstance { key: "large".into(), holds: Some(true) }]
        {
            assert!(history.edit(&refused, 0).is_err(), "{refused:?}");
        }
    }

    #[test]
    fn a_nonsensical_edit_is_refused_and_changes_nothing() {
        let mut history = blank();
        let before = history.report().clone();
        let section = before.sections[0].id;
        for edit in [
            Edit::Answer { key: "colour".into(), answer: None },
            Edit::Timeline { change: Change::Remove { at: 0 } },
            Edit::Heading { section, heading: "Mine".into() },
            Edit::Zone { zone: Some("Mars/Olympus".into()) },
            Edit::Together { edits: vec![Edit::Title { title: "half".into() }, Edit::Timeline { change: Change::Remove { at: 9 } }] },
        ] {
            assert!(history.edit(&edit, 0).is_err(), "{edit:?}");
            assert_eq!(history.report(), &before);
        }
        assert_eq!(history.ways(), (false, false));
    }
}
