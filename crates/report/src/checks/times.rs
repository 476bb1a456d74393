//! Times that cannot be: resolved before start (L01), a typed duration that disagrees with its own times (L02).

use super::reading::moment_words;
use crate::answer::Value;
use crate::edit::Edit;
use crate::finding::{Finding, Level, Source};
use crate::place::Place;
use crate::report::Report;
use crate::timeline::{Event, Role};
use crate::when::length_words;

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
    findings.extend(restored_first(report));
    findings.extend(report.impact.iter().enumerate().filter_map(|(row, window)| {
        let (from, to) = (report.bound(window.from)?, report.bound(window.to?)?);
        let ends = [from, to].map(|at| Source::at(report, Place::Impact, moment_words(at)).in_row(row));
        (to < from).then(|| {
            Finding::new("L01", Level::Blocks, format!("The impact on “{}” ends before it begins.", window.service), ends.to_vec())
        })
    }));
}

fn before_start(report: &Report, from: &str, to: &str) -> Finding {
    let label = |key: &str| report.template.field(key).map_or_else(String::new, |field| field.label.clone());
    let sources = [from, to].map(|key| Source::at(report, Place::Field { key: key.to_owned() }, report.answer(key).raw.clone()));
    let message = format!("“{}” lies before “{}”.", label(to), label(from));
    Finding::new("L01", Level::Blocks, message, sources.to_vec())
}

fn restored_first(report: &Report) -> Option<Finding> {
    let (start, end) = (report.moment_of(Role::ImpactStart)?, report.moment_of(Role::Restored)?);
    let (from, to) = (start.start()?, end.start()?);
    let source = |event: &Event, at| {
        let index = report.timeline.iter().position(|row| row.id() == event.id);
        Source::at(report, Place::Timeline { index }, moment_words(at))
    };
    let sources = vec![source(start, from), source(end, to)];
    (to < from).then(|| Finding::new("L01", Level::Blocks, "The timeline restores the service before the impact starts.", sources))
}

fn typed_length(report: &Report, key: &str, minutes: i64) -> Option<Finding> {
    let field = report.template.field(key)?;
    let computed = field.computed.as_ref()?;
    let answer = report.answer(key);
    if answer.raw.trim().is_empty() || !answer.standing.is_known() {
        return None;
    }
    let typed = match &answer.value {
        Some(Value::Duration { minutes }) => Some(*minutes),
        _ => None,
    };
    if typed.is_some_and(|typed| (typed - minutes).abs() <= TOLERANCE_MINUTES) {
        return None;
    }
    let words = length_words(minutes);
    let times = format!("{} to {}: {words}", report.answer(&computed.from).raw.trim(), report.answer(&computed.to).raw.trim());
    let sources = vec![
        Source::at(report, Place::Field { key: key.to_owned() }, answer.raw.clone()),
        Source::at(report, Place::Field { key: computed.from.clone() }, times),
    ];
    let message = match typed {
        Some(typed) => format!("“{}” says {}, but its own times give {words}.", field.label, length_words(typed)),
        None => format!("“{}” is not a length of time we can read; its times give {words}.", field.label),
    };
    let edit = Edit::Answer { key: key.to_owned(), answer: None };
    Some(Finding::new("L02", Level::Answer, message, sources).with_fix(format!("Use {words}"), edit))
}

#[cfg(test)]
mod tests {
    use super::super::support::{fires, lines, sample};
    use super::*;
    use crate::answer::Answer;

    fn with(key: &str, raw: &str) -> Report {
        let answer = Answer { raw: raw.into(), ..Answer::default() };
        sample().apply(&Edit::Answer { key: key.into(), answer: Some(answer) }).expect("it applies").report
    }

    #[test]
    fn resolved_before_reported_blocks() {
        for raw in ["14/10/2025 21:51", "13/10/2025 23:00", "2025-10-14 09:00"] {
            let report = with("resolved_at", raw);
            assert!(
                lines(&report)
                    .iter()
                    .any(|l| l == "L01 Blocks: “Date &time incident resolved” lies before “Date/ Time Incident reported”."),
                "{raw}"
            );
        }
        for raw in ["14/10/2025 21:52", "15/10/2025 02:41", "16/10/2025 00:00"] {
            assert!(!fires(&with("resolved_at", raw), "L01"), "{raw}");
        }
    }

    #[test]
    fn a_typed_length_is_held_against_the_times() {
        for raw in ["4 hours 11 minutes", "3 h", "about four hours"] {
            assert!(fires(&with("restore_time", raw), "L02"), "{raw}");
        }
        for raw in ["4 hours 49 minutes", "4:49", "4 h 50 min", "289 min", ""] {
            assert!(!fires(&with("restore_time", raw), "L02"), "{raw}");
        }
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
    fn a_service_restored_before_it_failed_blocks() {
        let mut report = sample();
        let restored = report.moment_of(Role::Restored).expect("it is there").id;
        for row in &mut report.timeline {
            if let crate::timeline::Row::Event(event) = row
                && event.id == restored
            {
                event.date = event.date.and_then(|day| day.pred_opt()).and_then(|day| day.pred_opt());
            }
        }
        assert!(fires(&report, "L01"));
    }
}
