//! The moments of an incident's life: in the header and not in the account (L10), stated twice and differently (L15), noticed before
//! they began (L19).

use super::reading::{Line, Reading, moment_words};
use crate::answer::Answer;
use crate::edit::Edit;
use crate::finding::{Finding, Level, Source};
use crate::mentions::pattern;
use crate::place::Place;
use crate::report::Report;
use crate::template::{Field, FieldType};
use crate::timeline::{Event, Role, Time};
use crate::when::DateOrder;
use crate::zones::{Stated, minutes_between};
use chrono::{Duration, NaiveDateTime};
use regex::Regex;
use std::sync::LazyLock;

/// An account that tells fewer times than this need not tell the header's.
const FEWEST_TIMES: usize = 3;
/// "About" leaves so many minutes of room.
const ROOM_OF_ABOUT: i64 = 30;
/// In minutes.
const DAY: i64 = 1440;

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
    for line in reading.prose() {
        findings.extend(told_otherwise(reading, line));
    }
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
    if all.iter().any(|(event, _)| tells(reading, event, key)) {
        return None;
    }
    let (event, other) = all.first()?;
    let (own, zone) = (reading.report.answer(key).stated().and_then(|(_, zone)| zone), event.zone.as_deref());
    let said = |at: NaiveDateTime, named: Option<&str>| in_its_zone(reading, at, named, own != zone);
    let message = format!("“{}” is {} in the header and {} in the timeline.", role.words(), said(at, own), said(*other, zone));
    Some(Finding::new("L15", Level::Answer, message, vec![reading.field(key), reading.row(event)]))
}

/// A moment, with its zone where two are held against each other.
fn in_its_zone(reading: &Reading, at: NaiveDateTime, zone: Option<&str>, told: bool) -> String {
    let report_s = || reading.report.zone.as_deref().and_then(|name| crate::when::zone_words(name, at)).map(|(word, _)| word);
    match zone.map(str::to_owned).or_else(report_s).filter(|_| told) {
        Some(zone) => format!("{} {zone}", moment_words(at)),
        None => moment_words(at),
    }
}

/// Whether a row begins or ends at a field's moment, each in its own zone; about it, where the row says "about".
fn tells(reading: &Reading, event: &Event, key: &str) -> bool {
    let (Some(stated), Some(start)) = (reading.report.answer(key).stated(), event.start()) else { return false };
    let room = if matches!(event.time, Time::About { .. }) { ROOM_OF_ABOUT } else { 0 };
    let end = match event.time {
        Time::Range { from, to } => Some(start.date().and_time(to) + Duration::days(i64::from(to < from))),
        _ => None,
    };
    let near = |at: NaiveDateTime| {
        let zone = event.zone.as_deref();
        // In one zone the clocks on the wall say it.
        let gap = if zone == stated.1 {
            (at - stated.0).num_minutes()
        } else {
            minutes_between(stated, (at, zone), reading.report.zone.as_deref())
        };
        gap.abs() <= room
    };
    near(start) || end.is_some_and(near)
}

/// L10: the account names many times, but not the one on which the header's length rests.
fn not_told(reading: &Reading, key: &str, role: Role, at: NaiveDateTime) -> Option<Finding> {
    if !matches!(role, Role::ImpactStart | Role::Restored) {
        return None;
    }
    let report = reading.report;
    let rows: Vec<&Event> = report.events().filter(|event| event.time.start().is_some()).collect();
    let told = || reading.told().flat_map(|line| &line.times);
    let in_rows = || rows.iter().any(|event| tells(reading, event, key) || (event.date.is_none() && event.time.start() == Some(at.time())));
    let in_words = || {
        told().any(|time| time.time == at.time())
            || told().filter(|time| time.zone.is_some()).any(|time| {
                let said = (at.date().and_time(time.time), time.zone.as_deref());
                report.answer(key).stated().is_some_and(|stated| minutes_between(stated, said, report.zone.as_deref()) % DAY == 0)
            })
    };
    if rows.len() + told().count() < FEWEST_TIMES || in_rows() || in_words() {
        return None;
    }
    let where_ = if rows.is_empty() { "no sentence of the report" } else { "no row of the timeline" };
    let message = format!("The header says {}, but {where_} says what happened then.", moment_words(at));
    let place = if rows.is_empty() { Place::Report } else { Place::Timeline { index: None } };
    Some(Finding::new("L10", Level::Answer, message, vec![reading.field(key), Source::at(reading.report, place, "")]))
}

/// L10, the other way: the timeline marks a moment that the header asks for and does not have.
fn not_in_header(reading: &Reading) -> Vec<Finding> {
    let report = reading.report;
    let blank = report.template.fields.iter().filter(|field| {
        let answer = report.answer(&field.key);
        // One that must be answered says so itself, and offers the same.
        field.kind == FieldType::DateTime && answer.is_blank() && answer.standing.is_known() && !report.asks(field)
    });
    let open = blank.filter_map(|field| {
        let (event, at) = marked(reading, field.role?)?;
        let message = format!("The timeline says {}; “{}” is still open.", moment_words(at), field.label);
        let finding = Finding::new("L10", Level::Note, message, vec![reading.row(event), reading.field(&field.key)]);
        let (label, edit) = from_timeline(report, field)?;
        Some(finding.with_fix(label, edit))
    });
    open.collect()
}

/// What the timeline has for a blank field of the header: how the offer reads, and the edit.
pub(super) fn from_timeline(report: &Report, field: &Field) -> Option<(String, Edit)> {
    let at = report.moment_of(field.role.filter(|_| field.kind == FieldType::DateTime)?)?.start()?;
    let raw = at.format(match report.template.date_order {
        DateOrder::DayMonth => "%d/%m/%Y %H:%M",
        DateOrder::MonthDay => "%m/%d/%Y %H:%M",
    });
    let answer = Answer { raw: raw.to_string(), ..report.answer(&field.key).clone() };
    Some((format!("Take {} from the timeline", moment_words(at)), Edit::Answer { key: field.key.clone(), answer: Some(answer) }))
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
    let sentence = line.sentence_range(time.span.start);
    let told = reading.said(line, &sentence, &time.span);
    // The form itself says beside its field that the start is meant: the author did as asked, and only a row is missing.
    if field.qualifier.as_deref().is_some_and(|own| own.to_lowercase() == qualifier) {
        let message = format!("When it was reported ({said}?) is told, and no row of the timeline is marked “Reported”.");
        return Some(Finding::new("L15", Level::Note, message, vec![told, reading.field(key)]));
    }
    let message = format!("“{}” gives the start of impact; the time it was reported ({said}?) is not recorded.", field.label);
    Some(Finding::new("L15", Level::Answer, message, vec![reading.field(key), told]))
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
            let message = format!("“{words}” is marked twice, without its opposite in between.");
            out.push(Finding::new("L15", Level::Answer, message, vec![reading.row(pair[0]), reading.row(pair[1])]));
        }
    }
    out
}

/// L15: the text names one time for what comes once, and the timeline another.
fn told_otherwise(reading: &Reading, line: &Line) -> Option<Finding> {
    static SAID: LazyLock<Regex> = LazyLock::new(|| {
        pattern(
            r"(?i)(?:(?:^|[.;:,]\s+|\b(?:the|this|our|an?|when|major)\s+)(?:incident|emergency)\s+(?:was\s+|had been\s+)?(?:formally\s+|finally\s+)?(?P<what>declared|closed)|\bwe\s+declared\s+an?\s+(?:major\s+)?(?:incident|emergency))\s+(?:on\s+\d{1,2}\s+[A-Z]\w+\s+)?at\s+$",
        )
    });
    let report = reading.report;
    line.times.iter().find_map(|time| {
        // The words before it, no further back than a clause is long.
        let before = line.text[..time.span.start].char_indices().rev().nth(80).map_or(0, |(at, _)| at);
        let said = SAID.captures(&line.text[before..time.span.start])?;
        let closed = said.name("what").is_some_and(|what| what.as_str().eq_ignore_ascii_case("closed"));
        let role = if closed { Role::Closed } else { Role::Declared };
        let marked: Vec<&Event> = report.events().filter(|event| is(event, role) && event.start().is_some()).collect();
        let (first, at) = marked.first().and_then(|event| Some((*event, event.start()?)))?;
        let gap = |event: &Event| {
            let said = (at.date().and_time(time.time), time.zone.as_deref());
            Some(minutes_between(said, (event.start()?, event.zone.as_deref()), report.zone.as_deref()) % DAY)
        };
        if marked.iter().any(|event| gap(event) == Some(0)) {
            return None;
        }
        let words = crate::when::time_words(time.time);
        let message = format!("“{}” is {words} in the text and {} in the timeline.", role.words(), first.time.words());
        Some(Finding::new("L15", Level::Answer, message, vec![reading.meant(line, time.span.clone()), reading.row(first)]))
    })
}

/// A moment of the incident's life: the row that is marked, else what the header says.
struct Noted<'a> {
    at: Stated<'a>,
    row: Option<&'a Event>,
    source: Source,
}

fn noted<'a>(reading: &Reading<'a>, role: Role) -> Option<Noted<'a>> {
    let report = reading.report;
    if let Some((event, at)) = marked(reading, role) {
        return Some(Noted { at: (at, event.zone.as_deref()), row: Some(event), source: reading.row(event) });
    }
    let field = report.template.fields.iter().find(|field| field.role == Some(role))?;
    let answer = report.answer(&field.key);
    let at = answer.stated().filter(|_| answer.standing.is_known())?;
    Some(Noted { at, row: None, source: reading.field(&field.key) })
}

/// L19: people report what they feel, so a report before the impact is a slip; a machine may well warn before, and only a row says that
/// it was one.
fn noticed_before(reading: &Reading) -> Option<Finding> {
    let start = noted(reading, Role::ImpactStart)?;
    for role in [Role::Detected, Role::Reported] {
        let Some(noticed) = noted(reading, role) else { continue };
        if noticed.row.is_some_and(|event| event.automated || start.row.is_some_and(|start| start.id == event.id)) {
            continue;
        }
        let gap = minutes_between(start.at, noticed.at, reading.report.zone.as_deref());
        let sources = vec![noticed.source, start.source.clone()];
        if gap < 0 {
            let level = if noticed.row.is_some() { Level::Answer } else { Level::Note };
            let message = format!("“{}” is before the start of impact.", role.words());
            return Some(Finding::new("L19", level, message, sources));
        }
        if gap == 0 && role == Role::Detected {
            let message = "It was detected in the minute it began; check that the start is not the time it was noticed.";
            return Some(Finding::new("L19", Level::Note, message, sources));
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
        format!("Alert {} has a lower number than the report's own ticket; the report does not say when it was seen.", link.linked.trim());
    let sources = vec![
        Source::at(report, Place::Linked, format!("{}: {}", link.linked, link.nature)).in_row(row),
        reading.field(report.template.reference_field.as_deref()?),
    ];
    Some(Finding::new("L19", Level::Note, message, sources))
}

#[cfg(test)]
mod tests {
    use super::super::support::{fires, with_rows};
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
    fn what_the_timeline_marks_is_offered_to_the_header() {
        use Role::{ImpactStart, Reported, Restored};
        let rows = [("21:52 a", Some(ImpactStart)), ("22:10 b", Some(Reported)), ("23:41 c", Some(Restored))];
        for key in ["reported_at", "resolved_at"] {
            let mut report = with_roles(&rows);
            report.fields.remove(key);
            let finding = super::super::check(&report).into_iter().find(|f| f.check == "L33").unwrap_or_else(|| panic!("{key}"));
            let mended = report.apply(&finding.fix.expect("it is offered").edit).expect("it fits").report;
            assert!(!fires(&mended, "L33") && mended.answer(key).moment().is_some(), "{key}");
            report.timeline.clear();
            let open = super::super::check(&report).into_iter().find(|f| f.check == "L33").expect("it must be answered");
            assert!(open.fix.is_none(), "nothing is marked: {key}");
        }
        assert!(!fires(&with_roles(&[("21:52 a", Some(ImpactStart)), ("22:10 b", None), ("02:41 c", Some(Restored))]), "L10"));
    }
}
