//! Actions that can be followed up: who, by when, not already past (L41); something to every cause and everything that went badly (L42).

use super::reading::Reading;
use crate::finding::{Finding, Level, Source};
use crate::mentions::{self, pattern};
use crate::papers::{Action, ActionState, LessonKind};
use crate::place::Place;
use crate::template::{Audience, SectionKind};
use crate::when::date_words;
use chrono::NaiveDate;
use regex::Regex;
use std::sync::LazyLock;

pub(super) fn check(reading: &Reading, findings: &mut Vec<Finding>) {
    let report = reading.report;
    for action in report.actions.iter().filter(|action| action.state != ActionState::Done && !action.text.trim().is_empty()) {
        findings.extend(unowned(reading, action).or_else(|| past(reading, action)));
    }
    findings.extend(as_text(reading));
    findings.extend(without_action(reading));
}

fn unowned(reading: &Reading, action: &Action) -> Option<Finding> {
    // Customers and the public read what will be done, not by whom.
    let asks_owner = matches!(reading.report.audience(), Audience::Regulator | Audience::Internal);
    let owner = action.owner.trim().is_empty() && asks_owner;
    let lacks = match (owner, action.due.trim().is_empty()) {
        (true, true) => "no owner and no date",
        (true, false) => "no owner",
        (false, true) => "no date",
        (false, false) if !has_date(&action.due) => "no date that can be read",
        (false, false) => return None,
    };
    let message = format!("The action “{}” has {lacks}.", shortened(&action.text));
    let sources = vec![Source::at(reading.report, Place::Actions, action.text.clone()), Source::at(reading.report, Place::Form, "")];
    Some(Finding::new("L41", Level::Answer, message, sources))
}

/// A day, a month of a year, a quarter.
fn has_date(due: &str) -> bool {
    static MONTH: LazyLock<Regex> = LazyLock::new(|| {
        pattern(
            r"(?i)\b(?:january|february|march|april|may|june|july|august|september|october|november|december|jan|feb|mar|apr|jun|jul|aug|sept?|oct|nov|dec|Q[1-4]|week \d{1,2}|\d{1,2}/)\.?[\s/]*(?:19|20)\d\d\b|\b20\d\d[-/](?:\d\d|Q[1-4])\b",
        )
    });
    crate::when::date(due, Default::default()).is_some()
        || crate::when::date(due, crate::when::DateOrder::MonthDay).is_some()
        || !mentions::days(due).is_empty()
        || MONTH.is_match(due)
}

/// Past when the incident itself was still going on: then it was past when the report was written.
fn past(reading: &Reading, action: &Action) -> Option<Finding> {
    let report = reading.report;
    let due = crate::when::date(&action.due, report.template.date_order)?;
    let dateline = crate::when::date(&report.letter.date, report.template.date_order);
    let last: NaiveDate = report.events().filter_map(|event| event.date).chain(dateline).max()?;
    if due >= last {
        return None;
    }
    let message = format!("The action “{}” was due on {} and is not done.", shortened(&action.text), date_words(due));
    let sources = vec![Source::at(report, Place::Actions, action.due.clone()), Source::at(report, Place::Report, date_words(last))];
    Some(Finding::new("L41", Level::Answer, message, sources))
}

/// Actions written as text under their heading, with no day among them.
fn as_text(reading: &Reading) -> Vec<Finding> {
    let report = reading.report;
    let sections = report.sections.iter().filter(|section| {
        let heading = section.heading.to_lowercase();
        let planned =
            heading.contains("action") && (heading.contains("required") || heading.contains("planned") || heading.trim() == "actions");
        report.kind_of(section) == SectionKind::Actions || planned
    });
    let open = sections.filter(|section| {
        let text = section.body.plain();
        let text = text.trim();
        !(text.is_empty() || text.len() < 12 || text.lines().any(has_date))
    });
    open.filter(|_| report.actions.is_empty())
        .map(|section| {
            let first = section.body.lines().into_iter().find(|line| !line.trim().is_empty()).unwrap_or_default();
            let place = Place::Section { section: section.id, line: None };
            let sources = vec![Source::at(report, place, first), Source::at(report, Place::Actions, "")];
            let message = format!("Under “{}” no action has an owner or a date.", report.printed_heading(section));
            Finding::new("L41", Level::Answer, message, sources)
        })
        .collect()
}

/// L42: what went badly, and every cause, leads to an action.
fn without_action(reading: &Reading) -> Vec<Finding> {
    let report = reading.report;
    let nothing = || Source::at(report, Place::Actions, "");
    let mut out = Vec::new();
    let bad = report.lessons.iter().find(|lesson| lesson.kind == LessonKind::Bad && !lesson.text.trim().is_empty());
    let written = report.sections.iter().any(|section| report.kind_of(section) == SectionKind::Actions && !section.body.is_blank());
    let has_actions = !report.actions.is_empty() || written;
    if let Some(lesson) = bad.filter(|_| !has_actions) {
        let sources = vec![Source::at(report, Place::Lessons, lesson.text.clone()), nothing()];
        out.push(Finding::new("L42", Level::Answer, "Something did not go well, and no action follows from it.", sources));
    }
    let linked = report.actions.iter().any(|action| !action.causes.is_empty());
    for cause in report.causes.iter().filter(|cause| !cause.text.trim().is_empty()) {
        let answered = if linked { report.actions.iter().any(|action| action.causes.contains(&cause.id)) } else { has_actions };
        // A chain of whys is answered at its end.
        let leads_on =
            report.causes.last().is_some_and(|last| last.id != cause.id) && report.causes.iter().any(|cause| !cause.why.trim().is_empty());
        if !answered && !leads_on {
            let message = format!("No action answers the cause “{}”.", shortened(&cause.text));
            out.push(Finding::new("L42", Level::Answer, message, vec![Source::at(report, Place::Lessons, cause.text.clone()), nothing()]));
        }
    }
    out
}

fn shortened(text: &str) -> String {
    const LONGEST: usize = 60;
    let text = text.trim();
    if text.chars().count() <= LONGEST {
        text.trim_end_matches('.').to_owned()
    } else {
        text.chars().take(LONGEST - 1).chain(['…']).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::super::support::{fires, sample};
    use crate::ids::{CauseId, CountedIds, LessonId};
    use crate::papers::{ActionState, Cause, Lesson, LessonKind};
    use crate::template::Audience;

    #[test]
    fn an_action_has_an_owner_and_a_day_to_come() {
        let with = |owner: &str, due: &str| {
            let mut report = sample();
            let action = &mut report.actions[1];
            (action.owner, action.due) = (owner.into(), due.into());
            report
        };
        for (owner, due) in
            [("", "31/10/2025"), ("Owen Lister", ""), ("", ""), ("Owen Lister", "next few weeks"), ("Owen Lister", "01/10/2025")]
        {
            assert!(fires(&with(owner, due), "L41"), "{owner} {due}");
        }
        for (owner, due) in
            [("Owen Lister", "31/10/2025"), ("Gateway team", "end of November 2025"), ("Owen Lister", "Q1 2026"), ("O. L.", "2026-03")]
        {
            assert!(!fires(&with(owner, due), "L41"), "{owner} {due}");
        }
        let mut done = with("", "");
        done.actions[1].state = ActionState::Done;
        assert!(!fires(&done, "L41"));
        let mut letter = with("", "31/10/2025");
        letter.audience = Some(Audience::Customers);
        assert!(!fires(&letter, "L41"), "customers need not know who");
    }

    #[test]
    fn actions_written_as_text_are_questioned() {
        let with = |heading: &str, text: &str| {
            let mut report = sample();
            report.actions.clear();
            report.sections[0].heading = heading.into();
            report.sections[0].body = crate::rich::RichText::from_plain(text);
            report
        };
        assert!(fires(&with("Further Planned\\Required Action", "Rebuild node 16 over the next few weeks"), "L41"));
        assert!(fires(&with("Actions", "Keep everything more up to date"), "L41"));
        assert!(fires(&with("Planned actions", "Move storage\nLook into the alarm"), "L41"));
        assert!(!fires(&with("Actions", "Rebuild node 16 by 30 November 2025"), "L41"));
        assert!(!fires(&with("Actions", "None."), "L41"));
        assert!(!fires(&with("Resolving actions taken", "The node was restarted twice."), "L41"));
    }

    #[test]
    fn causes_and_bad_lessons_lead_to_actions() {
        let mut ids = CountedIds(700);
        let mut report = sample();
        report.lessons.push(Lesson { id: LessonId::new(&mut ids), kind: LessonKind::Bad, text: "The alarm was off.".into() });
        let cause = |text: &str, ids: &mut CountedIds| Cause {
            id: CauseId::new(ids),
            why: String::new(),
            text: text.into(),
            parts: Default::default(),
        };
        report.causes = vec![cause("An expired certificate", &mut ids), cause("An alarm on the wrong address", &mut ids)];
        assert!(!fires(&report, "L42"), "there are actions, none of them tied to a cause");
        report.actions[0].causes = vec![report.causes[0].id];
        assert!(fires(&report, "L42"), "the second cause has none");
        report.actions[1].causes = vec![report.causes[1].id];
        assert!(!fires(&report, "L42"));
        report.actions.clear();
        assert!(fires(&report, "L42"), "neither cause nor lesson has one");
        report.causes.clear();
        assert!(fires(&report, "L42"), "the lesson has none");
        report.lessons[0].kind = LessonKind::Good;
        assert!(!fires(&report, "L42"), "what went well needs none");
    }
}
