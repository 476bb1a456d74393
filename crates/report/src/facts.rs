//! Facts that a report gives by itself: lengths between its key moments, downtime, counts. Always true: a fact says what it was computed
//! from; one that cannot be computed is not there. A fact in prose is a token that prints its present value.

use crate::report::Report;
use crate::timeline::{Event, Role};
use crate::when::length_words;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// One fact.
#[derive(Clone, Debug, Eq, PartialEq, Serialize, Deserialize, TS)]
#[ts(export)]
pub struct Fact {
    /// Its key, as a token in prose names it.
    pub key: String,
    /// What it is ("Time to restore").
    pub label: String,
    /// Its value as printed.
    pub value: String,
    /// What it was computed from ("21:52 to 02:41, clock: impact start").
    pub from: String,
}

/// Every fact that can be computed now, in the order of an incident's life.
pub fn facts(report: &Report) -> Vec<Fact> {
    let mut out: Vec<Fact> = report.template.fields.iter().filter_map(|field| computed(report, &field.key)).collect();
    out.extend(downtime(report));
    for (key, label, from, to) in [
        ("time_to_detect", "Time to detect", Role::ImpactStart, Role::Detected),
        ("time_to_respond", "Time to respond", Role::Detected, Role::Bridge),
        ("time_to_restore", "Time to restore", Role::ImpactStart, Role::Restored),
    ] {
        out.extend(between(report, key, label, from, to));
    }
    out.extend(span(report));
    let counts = [
        ("event_count", "Rows of the timeline", report.events().count()),
        ("action_count", "Actions", report.actions.len()),
        ("linked_count", "Linked incidents", report.linked.len()),
    ];
    let counts = counts.into_iter().filter(|(.., count)| *count > 0);
    out.extend(counts.map(|(key, label, count)| fact(key, label, count.to_string(), "counted".to_owned())));
    out
}

/// The fact of that key, where it can be computed.
pub fn find(report: &Report, key: &str) -> Option<Fact> {
    facts(report).into_iter().find(|fact| fact.key == key)
}

fn fact(key: &str, label: &str, value: String, from: String) -> Fact {
    Fact { key: key.to_owned(), label: label.to_owned(), value, from }
}

fn computed(report: &Report, key: &str) -> Option<Fact> {
    let field = report.template.field(key)?;
    let computed = field.computed.as_ref()?;
    let minutes = report.computed_minutes(key).filter(|minutes| *minutes >= 0)?;
    let from = format!("{} to {}, clock: {}", report.answer(&computed.from).raw, report.answer(&computed.to).raw, computed.clock);
    Some(fact(key, &field.label, length_words(minutes), from))
}

fn downtime(report: &Report) -> Option<Fact> {
    let minutes = report.downtime_minutes()?;
    let windows = report.impact.iter().filter(|window| window.state == crate::papers::ImpactState::Down && window.to.is_some()).count();
    let from = match windows {
        1 => "one window".to_owned(),
        n => format!("{n} windows, overlaps counted once"),
    };
    Some(fact("downtime", "Downtime", length_words(minutes), from))
}

/// A warning before the impact is no negative time to detect; it is none.
fn between(report: &Report, key: &str, label: &str, from: Role, to: Role) -> Option<Fact> {
    let (start, end) = (report.moment_of(from)?, report.moment_of(to)?);
    let minutes = (report.instant(end.start()?) - report.instant(start.start()?)).num_minutes();
    let words = format!("{} to {}, clock: {}", start.time.words(), end.time.words(), from.words().to_lowercase());
    (minutes >= 0).then(|| fact(key, label, length_words(minutes), words))
}

fn span(report: &Report) -> Option<Fact> {
    let moments: Vec<_> = report.events().filter_map(Event::start).collect();
    let (first, last) = (*moments.iter().min()?, *moments.iter().max()?);
    let minutes = (report.instant(last) - report.instant(first)).num_minutes();
    let words = format!("{} to {}", crate::when::time_words(first.time()), crate::when::time_words(last.time()));
    (minutes > 0).then(|| fact("timeline_span", "Span of the timeline", length_words(minutes), words))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_finished_report_gives_its_facts_with_where_they_come_from() {
        let report = crate::catalogue::sample("sec-h9-summary").expect("a shipped sample");
        let of = |key: &str| find(&report, key).map(|fact| fact.value.replace('\u{a0}', " "));
        for (key, value) in [
            ("restore_time", "4 h 49 min"),
            ("downtime", "4 h 18 min"),
            ("time_to_detect", "3 min"),
            ("time_to_restore", "4 h 49 min"),
            ("timeline_span", "5 h 23 min"),
            ("linked_count", "4"),
        ] {
            assert_eq!(of(key).as_deref(), Some(value), "{key}");
        }
        assert_eq!(find(&report, "downtime").map(|fact| fact.from).as_deref(), Some("2 windows, overlaps counted once"));
    }

    #[test]
    fn what_cannot_be_computed_is_not_there() {
        let letter = crate::catalogue::sample("rfo").expect("a shipped sample");
        assert_eq!(find(&letter, "time_to_detect"), None, "the pump warned before customers felt anything");
        assert_eq!(find(&letter, "downtime"), None, "the letter has no impact windows");
    }
}
