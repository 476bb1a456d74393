//! Times that cannot be: resolved before start (L01), a typed duration that disagrees with its own times (L02).

use super::reading::moment_words;
use crate::answer::Value;
use crate::edit::Edit;
use crate::finding::{Finding, Level, Source};
use crate::mentions;
use crate::papers::Bound;
use crate::place::Place;
use crate::report::Report;
use crate::template::{Field, Span};
use crate::timeline::{Event, Role};
use crate::when::length_words;
use crate::zones::{Stated, minutes_between, second_round};

/// Rounding to whole minutes may differ by one.
const TOLERANCE_MINUTES: i64 = 1;

pub(super) fn check(report: &Report, findings: &mut Vec<Finding>) {
    for field in &report.template.fields {
        let Some(computed) = &field.computed else { continue };
        let Some(minutes) = report.computed_minutes(&field.key) else { continue };
        if minutes < 0 {
            findings.push(before_start(report, &computed.from, &computed.to));
        } else {
            findings.extend(typed_length(report, &field.key, minutes));
        }
    }
    findings.extend(report.template.fields.iter().filter_map(|field| out_of_bounds(report, field)));
    findings.extend(ended_first(report));
    findings.extend(restored_first(report));
    findings.extend(report.impact.iter().enumerate().filter_map(|(row, window)| {
        let (from, to) = (bound(report, window.from)?, bound(report, window.to?)?);
        let ends = [from, to].map(|(at, _)| Source::at(report, Place::Impact, moment_words(at)).in_row(row));
        minutes_between(from, to, report.zone.as_deref()).is_negative().then(|| {
            Finding::new("L01", Level::Blocks, format!("The impact on “{}” ends before it begins.", window.service), ends.to_vec())
        })
    }));
}

/// A window's end with the zone of its row.
fn bound(report: &Report, bound: Bound) -> Option<Stated<'_>> {
    match bound {
        Bound::Moment { at } => Some((at, None)),
        Bound::Event { row } => stated(report.events().find(|event| event.id == row)?),
    }
}

fn stated(event: &Event) -> Option<Stated<'_>> {
    Some((event.start()?, event.zone.as_deref()))
}

/// Both ends stand in the header of a form that reckons no length from them.
fn ended_first(report: &Report) -> Option<Finding> {
    let of = |role: Role| report.template.fields.iter().find(|field| field.role == Some(role)).map(|field| field.key.as_str());
    let (from, to) = (of(Role::ImpactStart)?, of(Role::Restored)?);
    let reckoned =
        report.template.fields.iter().filter_map(|field| field.computed.as_ref()).any(|length| length.from == from && length.to == to);
    let known = |key: &str| report.answer(key).standing.is_known();
    if reckoned || !known(from) || !known(to) {
        return None;
    }
    let minutes = minutes_between(report.answer(from).stated()?, report.answer(to).stated()?, report.zone.as_deref());
    minutes.is_negative().then(|| before_start(report, from, to))
}

fn before_start(report: &Report, from: &str, to: &str) -> Finding {
    let label = |key: &str| report.template.field(key).map_or_else(String::new, |field| field.label.clone());
    let sources = [from, to].map(|key| Source::at(report, Place::Field { key: key.to_owned() }, report.answer(key).raw.clone()));
    let message = format!("“{}” is before “{}”.", label(to), label(from));
    Finding::new("L01", Level::Blocks, message, sources.to_vec())
}

fn restored_first(report: &Report) -> Option<Finding> {
    let (start, end) = (report.moment_of(Role::ImpactStart)?, report.moment_of(Role::Restored)?);
    let (from, to) = (stated(start)?, stated(end)?);
    let source = |event: &Event, (at, _): Stated| {
        let index = report.timeline.iter().position(|row| row.id() == event.id);
        Source::at(report, Place::Timeline { index }, moment_words(at))
    };
    let sources = vec![source(start, from), source(end, to)];
    minutes_between(from, to, report.zone.as_deref())
        .is_negative()
        .then(|| Finding::new("L01", Level::Blocks, "The timeline restores the service before the impact starts.", sources))
}

/// A told length that the form's own moments contradict.
fn out_of_bounds(report: &Report, field: &Field) -> Option<Finding> {
    let bounds = field.bounds.as_ref()?;
    let answer = report.answer(&field.key);
    let (Some(Value::Duration { minutes: typed }), true) = (&answer.value, answer.standing.is_known()) else { return None };
    let between = |span: &Span| {
        let (from, to) = (report.answer(&span.from).stated()?, report.answer(&span.to).stated()?);
        let minutes = minutes_between(from, to, report.zone.as_deref());
        (minutes >= 0).then_some((span.clone(), minutes))
    };
    let least = bounds.least.as_ref().and_then(between);
    let most = bounds.most.as_ref().and_then(between);
    let (said, label) = (length_words(*typed), &field.label);
    let (message, span) = match (least, most) {
        (Some((span, least)), _) if *typed < least - TOLERANCE_MINUTES => {
            (format!("“{label}” says {said}, but its own times give {} at least.", length_words(least)), Some((span, least)))
        }
        (_, Some((span, most))) if *typed > most + TOLERANCE_MINUTES => {
            (format!("“{label}” says {said}, but its own times give {} at most.", length_words(most)), Some((span, most)))
        }
        (least, most) if *typed == 0 => {
            (format!("“{label}” says {said}, which is no length of time. Say how long it was, or leave it empty."), least.or(most))
        }
        _ => return None,
    };
    let beside = span.map(|(span, minutes)| {
        let times =
            format!("{} to {}: {}", report.answer(&span.from).raw.trim(), report.answer(&span.to).raw.trim(), length_words(minutes));
        Source::at(report, Place::Field { key: span.from }, times)
    });
    let here = Source::at(report, Place::Field { key: field.key.clone() }, answer.raw.clone());
    let other = beside.unwrap_or_else(|| Source::at(report, Place::Form, label.clone()));
    Some(Finding::new("L02", Level::Answer, message, vec![here, other]))
}

fn typed_length(report: &Report, key: &str, minutes: i64) -> Option<Finding> {
    let field = report.template.field(key)?;
    let computed = field.computed.as_ref()?;
    let answer = report.answer(key);
    if answer.raw.trim().is_empty() || !answer.standing.is_known() {
        return None;
    }
    // What holds no length at all is `unread`'s.
    let typed = match &answer.value {
        Some(Value::Duration { minutes }) => *minutes,
        _ => one_length(&answer.raw)?,
    };
    let near = |minutes: i64| (typed - minutes).abs() <= TOLERANCE_MINUTES;
    // Either end may lie in the second round of the hour that comes twice when clocks go back.
    let twice = |key: &str| report.answer(key).moment().is_some_and(|at| second_round(at, report.zone.as_deref()).is_some());
    if near(minutes) || (twice(&computed.to) && near(minutes + 60)) || (twice(&computed.from) && near(minutes - 60)) {
        return None;
    }
    let words = length_words(minutes);
    let times = format!("{} to {}: {words}", report.answer(&computed.from).raw.trim(), report.answer(&computed.to).raw.trim());
    let sources = vec![
        Source::at(report, Place::Field { key: key.to_owned() }, answer.raw.clone()),
        Source::at(report, Place::Field { key: computed.from.clone() }, times),
    ];
    let message = format!("“{}” says {}, but its own times give {words}.", field.label, length_words(typed));
    let edit = Edit::Answer { key: key.to_owned(), answer: None };
    Some(Finding::new("L02", Level::Answer, message, sources).with_fix(format!("Use {words}"), edit))
}

/// "4 hours 49 minutes (from impact start)": the one length among other words.
fn one_length(raw: &str) -> Option<i64> {
    match &mentions::lengths(raw)[..] {
        [length] => Some(length.minutes),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::super::support::sample;
    use super::*;
    use crate::answer::Answer;

    fn with(key: &str, raw: &str) -> Report {
        let answer = Answer { raw: raw.into(), ..Answer::default() };
        sample().apply(&Edit::Answer { key: key.into(), answer: Some(answer) }).expect("it applies").report
    }

    #[test]
    fn a_clock_change_in_between_is_counted() {
        let mut report = with("reported_at", "26/10/2025 00:30");
        report = report
            .apply(&Edit::Answer {
                key: "resolved_at".into(),
                answer: Some(Answer { raw: "26/10/2025 03:30".into(), ..Answer::default() }),
            })
            .expect("it applies")
            .report;
        assert_eq!(report.computed_minutes("restore_time"), Some(240), "the hour from one to two came twice that night in London");
    }

    #[test]
    fn a_zone_that_no_clock_read_gives_no_length() {
        // In October the clocks of the west coast read PDT.
        assert_eq!(with("reported_at", "14/10/2025 21:52 PST").computed_minutes("restore_time"), None);
        assert_eq!(with("reported_at", "14/10/2025 21:52 XYZ").computed_minutes("restore_time"), None);
        assert!(with("reported_at", "14/10/2025 13:52 PDT").computed_minutes("restore_time").is_some());
        assert_eq!(
            with("reported_at", "14/10/2025 20:52Z").computed_minutes("restore_time"),
            with("reported_at", "14/10/2025 21:52").computed_minutes("restore_time")
        );
    }
}
