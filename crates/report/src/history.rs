//! Undo and redo across everything: one stack, as the author sees it. Always true: undo followed by redo gives an equal report; a new
//! edit after an undo forgets the undone ones. Deliberately absent: clocks. How long the machine took says nothing about what the author
//! meant as one; whoever sees the keys does, by naming the run of typing that an edit belongs to.

use crate::edit::{Change, Edit, Refusal};
use crate::ids::ReportId;
use crate::place::Place;
use crate::report::Report;

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
    /// The run of typing it goes on with; none for what was done in one go or has been taken back.
    run: Option<u64>,
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

    /// The report goes on under another identity, title and version. That is no step: what was done before can still be taken back.
    pub fn go_on_as(&mut self, id: ReportId, title: &str, version: &str) {
        self.report.id = id;
        title.clone_into(&mut self.report.title);
        version.clone_into(&mut self.report.version);
    }

    /// Whether there is something to take back, and to do again.
    pub fn ways(&self) -> (bool, bool) {
        (!self.undo.is_empty(), !self.redo.is_empty())
    }

    /// Applies an edit. Edits of one place that bear the same `run`, one after the other, are one step; one without a run is a step by itself.
    ///
    /// # Errors
    /// The edit's [`Refusal`]; nothing has changed.
    pub fn edit(&mut self, edit: &Edit, run: Option<u64>) -> Result<(), Refusal> {
        let applied = self.report.apply(edit)?;
        self.report = applied.report;
        self.redo.clear();
        match self.undo.last_mut() {
            Some(last) if run.is_some() && run == last.run && edit.continues(&last.edit) => {}
            Some(last) if last.unseen => {
                let edits = vec![applied.inverse, last.edit.clone()];
                *last = Step { edit: Edit::Together { edits }, run, unseen: false };
            }
            _ => self.undo.push(Step { edit: applied.inverse, run, unseen: is_unseen(edit) }),
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
        self.redo.push(Step { edit: inverse, run: None, unseen: false });
        Some(place)
    }

    /// Does the last step taken back again and says where; none when there is none.
    pub fn redo(&mut self) -> Option<Place> {
        let step = self.redo.pop()?;
        let (place, inverse) = self.step(&step.edit)?;
        self.undo.push(Step { edit: inverse, run: None, unseen: false });
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
    fn a_run_of_typing_is_one_step_and_the_next_run_another() {
        let mut history = blank();
        let before = history.report().clone();
        for (raw, run) in [("I", 1), ("IN", 1), ("INC", 1), ("INC0", 2), ("INC000000731204", 2)] {
            history.edit(&answer(raw), Some(run)).expect("it applies");
        }
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
    fn edits_without_a_run_and_edits_of_another_place_are_steps_by_themselves() {
        let mut history = blank();
        let title = Edit::Title { title: "Refused".into() };
        for (edit, run) in
            [(answer("I"), None), (answer("IN"), None), (answer("INC"), Some(1)), (title, Some(1)), (answer("INC1"), Some(1))]
        {
            history.edit(&edit, run).expect("it applies");
        }
        let mut said = Vec::new();
        while history.undo().is_some() {
            said.push((history.report().answer("incident_reference").raw.clone(), history.report().title.clone()));
        }
        let said: Vec<_> = said.iter().map(|(raw, title)| (raw.as_str(), title.as_str())).collect();
        assert_eq!(said, [("INC", "Refused"), ("INC", ""), ("IN", ""), ("I", ""), ("", "")]);
    }

    #[test]
    fn what_was_taken_back_is_not_typed_on() {
        let mut history = blank();
        history.edit(&answer("A"), Some(1)).expect("it applies");
        history.undo();
        history.redo();
        history.edit(&answer("AB"), Some(1)).expect("it applies");
        history.undo();
        assert_eq!(history.report().answer("incident_reference").raw, "A");
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
        history.edit(&Edit::Attachments { change: Change::Insert { at: 0, item: picture } }, None).expect("it applies");
        history.edit(&answer("as if a figure"), None).expect("it applies");
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
        for edit in &edits {
            history.edit(edit, None).expect("it applies");
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
        for edit in &[
            Edit::ClockEvent { event: "restoration".into(), moment: Some(moment("15/10/2025 02:41")) },
            Edit::Filings { change: Change::Insert { at: 0, item: filing } },
            Edit::Audience { audience: Some(Audience::Public) },
        ] {
            history.edit(edit, None).expect("it applies");
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
            assert!(history.edit(&refused, None).is_err(), "{refused:?}");
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
            assert!(history.edit(&edit, None).is_err(), "{edit:?}");
            assert_eq!(history.report(), &before);
        }
        assert_eq!(history.ways(), (false, false));
    }
}
