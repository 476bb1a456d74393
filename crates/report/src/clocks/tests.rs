use super::*;
use crate::clock::{Filing, Moment};
use crate::ids::{CountedIds, FilingId};
use crate::template::Template;

const HEAD: &str = r#"id = "t"
version = "1"
title = "T"
short_title = "T"
authority = "A"
zone = "Europe/Berlin"
"#;

/// The rules of the EU's regulation on reporting incidents in finance, as data: two limbs, a chain, relief with exclusions.
const CHAINED: &str = r#"
[[event]]
key = "aware"
label = "Became aware"
[[event]]
key = "classified"
label = "Classified as major"
[[event]]
key = "initial_sent"
label = "Initial notification submitted"
filing = "initial"
[[clock]]
key = "initial"
due = "Initial notification"
clause = "Art. 5(1)(a)"
source = "S"
verified = true
reasons = "the reasons"
limit = { kind = "earlier_of", of = [{ kind = "hours", from = "classified", hours = 4 }, { kind = "hours", from = "aware", hours = 24, lapses_without = "classified" }] }
relief = { calendar = "target", clause = "Art. 5(4)", unless = [{ key = "bank", label = "We are a credit institution" }] }
[[clock]]
key = "intermediate"
due = "Intermediate report"
clause = "Art. 5(1)(b)"
source = "S"
verified = true
limit = { kind = "hours", from = "initial_sent", hours = 72 }
[[clock]]
key = "final"
due = "Final report"
clause = "Art. 5(1)(c)"
source = "S"
verified = true
limit = { kind = "months", from = "initial_sent", months = 1 }
"#;

fn report(rules: &str, events: &[(&str, &str)]) -> Report {
    let template = Template::from_toml(&format!("{HEAD}{rules}")).expect("the rules read");
    let mut report = Report::begin(&template, &mut CountedIds(0));
    for (key, raw) in events {
        report.clock_events.insert((*key).to_owned(), Moment::given(raw, template.date_order));
    }
    report
}

fn file(report: &mut Report, clock: &str, raw: &str) {
    let moment = Moment::given(raw, report.template.date_order);
    let id = FilingId::new(&mut CountedIds(report.filings.len() as u64));
    report.filings.push(Filing { id, clock: clock.into(), moment, file: String::new(), sha256: String::new(), reasons: String::new() });
}

fn at(text: &str) -> Option<DateTime<Utc>> {
    Some(text.parse().expect("a moment"))
}

fn one(report: &Report, now: &str) -> DueTime {
    due_times(report, at(now)).remove(0)
}

fn plain(words: &str) -> String {
    words.replace('\u{a0}', " ")
}

#[test]
fn nothing_runs_before_its_event_is_recorded() {
    let blank = report(CHAINED, &[]);
    let due = one(&blank, "2026-10-14T10:00:00Z");
    assert_eq!(due.state, ClockState::NotStarted { missing: vec!["Classified as major".into(), "Became aware".into()] });
    assert_eq!((due.at, due.words.as_str()), (None, ""));
}

#[test]
fn the_earlier_of_two_limbs_binds() {
    let known = report(CHAINED, &[("aware", "14/10/2026 08:00"), ("classified", "14/10/2026 15:30")]);
    let due = one(&known, "2026-10-14T14:00:00Z");
    assert_eq!(plain(&due.words), "by 14 October 2026, 19:30 CEST (17:30 UTC)");
    assert_eq!(due.state, ClockState::Running);
    assert_eq!(one(&known, "2026-10-14T16:31:00Z").state, ClockState::DueSoon);
    assert_eq!(one(&known, "2026-10-14T17:45:00Z").state, ClockState::Late { minutes: 15 });

    let slow = report(CHAINED, &[("aware", "14/10/2026 08:00"), ("classified", "15/10/2026 07:00")]);
    assert_eq!(
        plain(&one(&slow, "2026-10-15T05:30:00Z").words),
        "by 15 October 2026, 08:00 CEST (06:00 UTC)",
        "24 hours of awareness come first"
    );
}

#[test]
fn a_limb_that_ran_out_unclassified_gives_way_to_the_classification() {
    let open = report(CHAINED, &[("aware", "14/10/2026 08:00")]);
    let due = one(&open, "2026-10-14T10:00:00Z");
    assert_eq!((due.state, due.waits_for), (ClockState::Running, vec!["Classified as major".to_owned()]));
    let lapsed = one(&open, "2026-10-15T10:00:00Z");
    assert!(matches!(lapsed.state, ClockState::NotStarted { .. }), "{:?}", lapsed.state);
    let late = report(CHAINED, &[("aware", "14/10/2026 08:00"), ("classified", "16/10/2026 09:00")]);
    assert_eq!(plain(&one(&late, "2026-10-16T08:00:00Z").words), "by 16 October 2026, 13:00 CEST (11:00 UTC)");
}

#[test]
fn a_stage_counts_from_the_last_submission_of_the_one_before() {
    let mut sent = report(CHAINED, &[("aware", "28/10/2026 08:00"), ("classified", "28/10/2026 09:00")]);
    let state = |report: &Report, n: usize| due_times(report, at("2026-10-29T00:00:00Z"))[n].clone();
    assert!(matches!(state(&sent, 1).state, ClockState::NotStarted { .. }));
    file(&mut sent, "initial", "28/10/2026 12:00");
    assert_eq!(state(&sent, 0).state, ClockState::Filed { late: None });
    assert_eq!(plain(&state(&sent, 1).words), "by 31 October 2026, 12:00 CET (11:00 UTC)");
    file(&mut sent, "initial", "31/10/2026 12:00");
    // There is no 31 November.
    assert_eq!(plain(&state(&sent, 2).words), "by the end of 30 November 2026");
}

#[test]
fn clocks_that_change_in_between_are_counted_in_hours_that_pass() {
    // The night of 25 October 2026 has 25 hours in Berlin.
    let night = report(CHAINED, &[("aware", "24/10/2026 20:00")]);
    assert_eq!(plain(&one(&night, "2026-10-24T20:00:00Z").words), "by 25 October 2026, 19:00 CET (18:00 UTC)");
}

#[test]
fn relief_waits_for_its_questions_and_moves_to_noon() {
    // Sunday.
    let mut sunday = report(CHAINED, &[("aware", "17/10/2026 20:00"), ("classified", "18/10/2026 10:00")]);
    let due = one(&sunday, "2026-10-18T09:00:00Z");
    assert_eq!((plain(&due.words).as_str(), due.asks.len()), ("by 18 October 2026, 14:00 CEST (12:00 UTC)", 1));
    sunday.circumstances.insert("bank".into(), false);
    let due = one(&sunday, "2026-10-18T09:00:00Z");
    assert_eq!((plain(&due.words).as_str(), due.asks.len()), ("by 19 October 2026, 12:00 CEST (10:00 UTC)", 0));
    assert!(due.how.contains("Art. 5(4)") && due.calendar.contains("TARGET"), "{due:?}");
    sunday.circumstances.insert("bank".into(), true);
    let due = one(&sunday, "2026-10-18T09:00:00Z");
    assert_eq!(plain(&due.words), "by 18 October 2026, 14:00 CEST (12:00 UTC)");
    assert_eq!((due.asks.len(), due.circumstances.len()), (0, 1), "what was answered can be answered otherwise");
}

#[test]
fn working_days_are_those_of_their_calendar_and_never_guessed() {
    const RULES: &str = r#"
[[event]]
key = "found"
label = "Found material"
[[clock]]
key = "report"
due = "Report"
clause = "C"
source = "S"
verified = true
limit = { kind = "working_days", from = "found", days = 4, calendar = "us_federal" }
"#;
    // Saturday in New York: Monday is the first of the four days.
    let due = |raw: &str| one(&report(RULES, &[("found", raw)]), "2026-01-01T00:00:00Z");
    assert_eq!(plain(&due("17/10/2026").words), "by the end of 22 October 2026");
    assert_eq!(due("17/10/2026").at, at("2026-10-23T04:00:00Z"), "the day ends at midnight in New York");
    // Early on Tuesday in Berlin it is still Monday in New York.
    assert_eq!(plain(&due("20/10/2026 02:00").words), "by the end of 23 October 2026");
    assert!(matches!(due("17/10/2050").state, ClockState::NotCounted { why } if why.contains("covers 2021 to 2035")));
    assert!(matches!(due("soon").state, ClockState::NotCounted { .. }));
}

#[test]
fn a_rule_that_was_not_verified_says_how_late_and_one_without_a_number_is_never_late() {
    let sample = crate::catalogue::sample("sec-h9-summary").expect("a shipped sample");
    let due = one(&sample, "2025-10-18T00:00:00Z");
    assert_eq!((due.state, plain(&due.words).as_str()), (ClockState::Unverified { late: Some(60) }, "by the end of 17 October 2025"));
    assert_eq!(one(&sample, "2025-10-17T12:00:00Z").state, ClockState::Unverified { late: None });
    const PROMPTLY: &str = r#"
[[event]]
key = "found"
label = "Found"
[[clock]]
key = "tell"
due = "Tell"
clause = "C"
source = "S"
verified = true
limit = { kind = "promptly", from = "found" }
"#;
    assert_eq!(one(&report(PROMPTLY, &[("found", "17/10/2026 10:00")]), "2030-01-01T00:00:00Z").state, ClockState::Promptly);
}

#[test]
fn what_was_filed_late_says_by_how_much() {
    let mut sent = report(CHAINED, &[("aware", "14/10/2026 08:00"), ("classified", "14/10/2026 09:00")]);
    file(&mut sent, "initial", "14/10/2026 13:30");
    assert_eq!(one(&sent, "2026-10-20T00:00:00Z").state, ClockState::Filed { late: Some(30) });
}
