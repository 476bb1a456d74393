//! The moments of an incident's life: in the header and not in the account (L10), stated twice and differently (L15), noticed before
//! they began (L19).

use super::reading::{Reading, moment_words};
use crate::answer::Answer;
use crate::edit::Edit;
use crate::finding::{Finding, Level, Source};
use crate::mentions::pattern;
use crate::place::Place;
use crate::template::FieldType;
use crate::timeline::{Event, Role};
use crate::when::DateOrder;
use chrono::NaiveDateTime;
use regex::Regex;
use std::sync::LazyLock;

/// An account that tells fewer times than this need not tell the header's.
const FEWEST_TIMES: usize = 3;

pub(super) fn check(reading: &Reading, findings: &mut Vec<Finding>) {
    for (key, role, at) in reading.stated() {
        match marked(reading, role) {
            Some(_) => findings.extend(stated_twice(reading, key, role, at)),
            None => findings.extend(not_told(reading, key, role, at)),
        }
        findings.extend(stands_for_another(reading, key, role, at));
    }
    findings.extend(not_in_header(reading));
    findings.extend(marked_twice(reading));
    findings.extend(noticed_before(reading));
    findings.extend(alert_numbered_before(reading));
}

fn marked<'a>(reading: &Reading<'a>, role: Role) -> Option<(&'a Event, NaiveDateTime)> {
    let event = reading.report.moment_of(role)?;
    Some((event, event.start()?))
}

fn is(event: &Event, role: Role) -> bool {
    event.milestone.as_ref().is_some_and(|m| m.role == role)
}

/// L15: header and timeline give one moment two values.
fn stated_twice(reading: &Reading, key: &str, role: Role, at: NaiveDateTime) -> Option<Finding> {
    let all: Vec<_> = reading.report.events().filter(|event| is(event, role)).filter_map(|event| Some((event, event.start()?))).collect();
    if all.iter().any(|(_, other)| *other == at) {
        return None;
    }
    let (event, other) = all.first()?;
    let message = format!("“{}” is {} in the header and {} in the timeline.", role.words(), moment_words(at), moment_words(*other));
    Some(Finding::new("L15", Level::Answer, message, vec![reading.field(key), reading.row(event)]))
}

/// L10: the account names many times, but not the one on which the header's length rests.
fn not_told(reading: &Reading, key: &str, role: Role, at: NaiveDateTime) -> Option<Finding> {
    if !matches!(role, Role::ImpactStart | Role::Restored) {
        return None;
    }
    let rows: Vec<&Event> = reading.report.events().filter(|event| event.time.start().is_some()).collect();
    let told = || reading.told().flat_map(|line| &line.times);
    let in_rows = rows.iter().any(|event| event.time.start() == Some(at.time()) && event.date.is_none_or(|day| day == at.date()));
    let in_words = told().any(|time| time.time == at.time());
    if in_rows || in_words || rows.len() + told().count() < FEWEST_TIMES {
        return None;
    }
    let where_ = if rows.is_empty() { "no sentence of the report" } else { "no row of the timeline" };
    let message = format!("The header says {}; {where_} tells what happened then.", moment_words(at));
    let place = if rows.is_empty() { Place::Report } else { Place::Timeline { index: None } };
    Some(Finding::new("L10", Level::Answer, message, vec![reading.field(key), Source::at(reading.report, place, "")]))
}

/// L10, the other way: the timeline marks a moment that the header asks for and does not have.
fn not_in_header(reading: &Reading) -> Vec<Finding> {
    let report = reading.report;
    let blank = report.template.fields.iter().filter(|field| {
        let answer = report.answer(&field.key);
        field.kind == FieldType::DateTime && answer.is_blank() && answer.standing.is_known()
    });
    let open = blank.filter_map(|field| {
        let (event, at) = marked(reading, field.role?)?;
        let raw = at.format(match report.template.date_order {
            DateOrder::DayMonth => "%d/%m/%Y %H:%M",
            DateOrder::MonthDay => "%m/%d/%Y %H:%M",
        });
        let message = format!("The timeline says {}; “{}” is still open.", moment_words(at), field.label);
        let answer = Answer { raw: raw.to_string(), ..report.answer(&field.key).clone() };
        let edit = Edit::Answer { key: field.key.clone(), answer: Some(answer) };
        let finding = Finding::new("L10", Level::Note, message, vec![reading.row(event), reading.field(&field.key)]);
        Some(finding.with_fix(format!("Take {} from the timeline", moment_words(at)), edit))
    });
    open.collect()
}

/// L15: a label asks for one moment, the answer says that it holds another, and the one asked for stands only in the text.
fn stands_for_another(reading: &Reading, key: &str, role: Role, at: NaiveDateTime) -> Option<Finding> {
    static TOLD: LazyLock<Regex> =
        LazyLock::new(|| pattern(r"(?i)\b(?:report(?:ed|s)|advis(?:ed|ing)|e-?mail(?:ed)?|telephone[ds]?|rang|called|ticket|raised)\b"));
    let field = reading.report.template.field(key)?;
    let qualifier = reading.report.answer(key).qualifier.as_deref()?.to_lowercase();
    let other = role == Role::ImpactStart && qualifier.contains("start") && field.label.to_lowercase().contains("reported");
    let recorded = reading.report.events().any(|event| is(event, Role::Reported) || is(event, Role::Logged));
    if !other || recorded {
        return None;
    }
    let (line, time) = reading.told().find_map(|line| {
        let time = line.times.iter().find(|time| time.time != at.time() && TOLD.is_match(line.sentence(time.span.start)))?;
        Some((line, time))
    })?;
    let said = crate::when::time_words(time.time);
    let message = format!("“{}” holds the start of impact; when it was reported ({said}?) is recorded nowhere.", field.label);
    Some(Finding::new("L15", Level::Answer, message, vec![reading.field(key), reading.source(line, line.sentence(time.span.start))]))
}

/// L15: a moment that comes once is marked at two times.
fn marked_twice(reading: &Reading) -> Vec<Finding> {
    let mut out = Vec::new();
    for role in [Role::Declared, Role::CauseFound, Role::Closed] {
        let marked: Vec<&Event> = reading.report.events().filter(|event| is(event, role)).collect();
        if let [first, second, ..] = marked[..]
            && first.start() != second.start()
            && first.milestone == second.milestone
        {
            let message = format!("“{}” is marked at two different times.", role.words());
            out.push(Finding::new("L15", Level::Answer, message, vec![reading.row(first), reading.row(second)]));
        }
    }
    // Several outages begin and end in turn; two beginnings without an end between them are one too many.
    let ends = |event: &&Event| is(event, Role::ImpactStart) || is(event, Role::Restored);
    let ends: Vec<&Event> = reading.report.events().filter(ends).collect();
    for pair in ends.windows(2) {
        if pair[0].milestone == pair[1].milestone && pair[0].start() != pair[1].start() {
            let words = pair[0].milestone.as_ref().map_or("", |m| m.words());
            let message = format!("“{words}” is marked twice, with nothing of the other kind between.");
            out.push(Finding::new("L15", Level::Answer, message, vec![reading.row(pair[0]), reading.row(pair[1])]));
        }
    }
    out
}

/// L19: people report what they feel, so a report before the impact is a slip; a machine may well warn before.
fn noticed_before(reading: &Reading) -> Option<Finding> {
    let (start, began) = marked(reading, Role::ImpactStart)?;
    for role in [Role::Detected, Role::Reported] {
        let Some((event, at)) = marked(reading, role) else { continue };
        if event.automated || event.id == start.id {
            continue;
        }
        let sources = || vec![reading.row(event), reading.row(start)];
        if at < began {
            let message = format!("“{}” lies before the impact starts.", role.words());
            return Some(Finding::new("L19", Level::Answer, message, sources()));
        }
        if at == began && role == Role::Detected {
            let message = "It was detected in the minute it began; check that the start is not the time somebody noticed.";
            return Some(Finding::new("L19", Level::Note, message, sources()));
        }
    }
    None
}

/// L19: an alert is linked whose number is lower than the report's own, so a machine saw it before the ticket; and nothing says when.
fn alert_numbered_before(reading: &Reading) -> Option<Finding> {
    let report = reading.report;
    let number = |text: &str| {
        let (prefix, digits) = crate::answer::reference(text.trim())?;
        Some((prefix, digits.parse::<u64>().ok()?))
    };
    let (prefix, own) = number(report.reference()?)?;
    let began = marked(reading, Role::ImpactStart).map(|(_, at)| at);
    let before = |event: &Event| event.start().zip(began).is_some_and(|(at, began)| at < began);
    let told = report.events().any(|event| is(event, Role::Detected) || event.automated || before(event));
    let (row, link) = report.linked.iter().enumerate().find(|(_, link)| {
        let alert = link.nature.to_lowercase();
        (alert.contains("alert") || alert.contains("alarm")) && number(&link.linked).is_some_and(|(p, n)| p == prefix && n < own)
    })?;
    if told {
        return None;
    }
    let message =
        format!("The alert {} has a lower number than the report's own ticket; when it was seen is not told.", link.linked.trim());
    let sources = vec![
        Source::at(report, Place::Linked, format!("{}: {}", link.linked, link.nature)).in_row(row),
        reading.field(report.template.reference_field.as_deref()?),
    ];
    Some(Finding::new("L19", Level::Note, message, sources))
}

#[cfg(test)]
mod tests {
    use super::super::support::{fires, sample, with_rows};
    use crate::report::Report;
    use crate::timeline::{Milestone, Role, Row};

    fn with_roles(rows: &[(&str, Option<Role>)]) -> Report {
        let mut report = with_rows(&rows.iter().map(|(line, _)| *line).collect::<Vec<_>>());
        for (row, (_, role)) in report.timeline.iter_mut().zip(rows) {
            if let Row::Event(event) = row {
                event.milestone = role.map(|role| Milestone { role, label: None });
            }
        }
        report
    }

    #[test]
    fn header_and_timeline_agree_on_a_moment() {
        use Role::{Closed, Declared, ImpactStart, Restored};
        for rows in [
            &[("21:50 a", Some(ImpactStart))][..],
            &[("16:48 a", Some(Declared)), ("16:59 b", Some(Declared))],
            &[("21:52 a", Some(ImpactStart)), ("22:00 b", Some(ImpactStart))],
            &[("22:00 a", Some(Closed)), ("22:30 b", Some(Closed))],
        ] {
            assert!(fires(&with_roles(rows), "L15"), "{rows:?}");
        }
        for rows in [
            &[("21:52 a", Some(ImpactStart)), ("22:10 b", Some(Role::Reported)), ("02:41 c", Some(Restored))][..],
            &[
                ("21:52 a", Some(ImpactStart)),
                ("22:30 b", Some(Restored)),
                ("23:00 c", Some(ImpactStart)),
                ("02:41 d", Some(Restored)),
                ("03:00 e", Some(Role::Reported)),
            ],
            &[("22:31 a", Some(Role::Classified)), ("23:20 b", Some(Role::Classified)), ("23:30 c", Some(Role::Logged))],
        ] {
            assert!(!fires(&with_roles(rows), "L15"), "{rows:?}");
        }
    }

    #[test]
    fn what_was_asked_and_what_was_answered_are_told_apart() {
        let mut report = sample();
        assert!(!fires(&report, "L15"), "the timeline says when it was reported");
        for row in &mut report.timeline {
            if let Row::Event(event) = row
                && event.milestone.as_ref().is_some_and(|m| m.role == Role::Reported)
            {
                event.milestone = None;
            }
        }
        assert!(fires(&report, "L15"), "only the text does");
    }

    #[test]
    fn the_header_s_times_are_told() {
        let only = |lines: &[&str]| {
            let mut report = with_rows(lines);
            report.sections.clear();
            report
        };
        assert!(fires(&only(&["21:55 a", "22:10 b", "02:41 c"]), "L10"), "no row at 21:52");
        assert!(fires(&only(&["21:52 a", "22:10 b", "02:30 c"]), "L10"), "no row at 02:41");
        let mut prose = super::super::support::with_text("At 22:05, 22:10 and 02:41 calls came.");
        (prose.timeline, prose.impact) = (Vec::new(), Vec::new());
        prose.sections.truncate(1);
        assert!(fires(&prose, "L10"));

        assert!(!fires(&only(&["21:52 a", "22:10 b", "02:41 c"]), "L10"));
        assert!(!fires(&only(&["22:10 a"]), "L10"), "too little is told to miss anything");
        assert!(!fires(&sample(), "L10"));
    }

    #[test]
    fn what_the_timeline_marks_is_offered_to_the_header() {
        use Role::{ImpactStart, Reported, Restored};
        let rows = [("21:52 a", Some(ImpactStart)), ("22:10 b", Some(Reported)), ("23:41 c", Some(Restored))];
        for key in ["reported_at", "resolved_at"] {
            let mut report = with_roles(&rows);
            report.fields.remove(key);
            let finding = super::super::check(&report).into_iter().find(|f| f.check == "L10").unwrap_or_else(|| panic!("{key}"));
            let mended = report.apply(&finding.fix.expect("it is offered").edit).expect("it fits").report;
            assert!(!fires(&mended, "L10") && mended.answer(key).moment().is_some(), "{key}");
            report.timeline.clear();
            assert!(!fires(&report, "L10"), "nothing is marked: {key}");
        }
        assert!(!fires(&with_roles(&[("21:52 a", Some(ImpactStart)), ("22:10 b", None), ("02:41 c", Some(Restored))]), "L10"));
    }

    #[test]
    fn an_alert_with_a_lower_number_was_there_before() {
        let with = |nature: &str, linked: &str, rows: &[(&str, Option<Role>)]| {
            let mut report = with_roles(rows);
            report.linked.truncate(1);
            (report.linked[0].nature, report.linked[0].linked) = (nature.into(), linked.into());
            fires(&report, "L19")
        };
        let rows = [("22:10 a", Some(Role::Reported))];
        for nature in ["System Generated Alert", "Monitoring alarm", "alert"] {
            assert!(with(nature, "INC000000731190", &rows), "{nature}");
        }
        assert!(!with("System Generated Alert", "INC000000731299", &rows), "it came after");
        assert!(!with("Related", "INC000000731190", &rows) && !with("System Generated Alert", "PBI000000000001", &rows));
        assert!(!with("System Generated Alert", "INC000000731190", &[("21:55 (Automated) a", Some(Role::Detected))]), "it is told");
    }

    #[test]
    fn nobody_reports_what_has_not_begun() {
        use Role::{Detected, ImpactStart, Reported};
        for rows in [
            [("21:40 a", Some(Reported)), ("21:52 b", Some(ImpactStart))],
            [("21:40 a", Some(Detected)), ("21:52 b", Some(ImpactStart))],
            [("21:52 a", Some(ImpactStart)), ("21:52 b", Some(Detected))],
        ] {
            assert!(fires(&with_roles(&rows), "L19"), "{rows:?}");
        }
        for rows in [
            [("21:40 (Automated) a", Some(Detected)), ("21:52 b", Some(ImpactStart))],
            [("21:52 a", Some(ImpactStart)), ("21:54 b", Some(Detected))],
            [("21:40 a", None), ("21:52 b", Some(ImpactStart))],
        ] {
            assert!(!fires(&with_roles(&rows), "L19"), "{rows:?}");
        }
    }
}
