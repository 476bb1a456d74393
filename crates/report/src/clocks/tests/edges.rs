//! The last minute of a limit, the years that no calendar covers, and filings in an order that cannot be.

use super::*;
use crate::clocks::{early_or_coming, out_of_turn};

/// Regulation (EEC, Euratom) 1182/71, Art. 3(2)(c): a period of months ends with the expiry of the last hour of its day.
#[test]
fn midnight_after_the_last_day_is_late_and_the_hour_of_an_hour_is_not() {
    let late = |clock: &str, raw: &str| {
        let mut report = report(CHAINED, &[]);
        file(&mut report, "initial", "10/03/2026 09:00");
        file(&mut report, clock, raw);
        let due = due_times(&report, None).into_iter().find(|due| due.key == clock).expect("it is due");
        due.state
    };
    assert_eq!(late("final", "10/04/2026 23:59"), ClockState::Filed { late: None });
    assert_eq!(late("final", "11/04/2026 00:00"), ClockState::Filed { late: Some(1) });
    assert_eq!(late("final", "11/04/2026"), ClockState::Filed { late: Some(1) });
    assert_eq!(late("final", "10/04/2026"), ClockState::Filed { late: None });
    assert_eq!(late("intermediate", "13/03/2026 09:00"), ClockState::Filed { late: None });
    assert_eq!(late("intermediate", "13/03/2026 09:01"), ClockState::Filed { late: Some(1) });
}

/// Saturdays and Sundays are days off in every year; only the holidays after 2040 are not known.
#[test]
fn a_weekend_moves_a_limit_beyond_the_calendar_too() {
    let mut report = report(CHAINED, &[("aware", "09/03/2041 05:00"), ("classified", "10/03/2041 05:00")]);
    report.circumstances.insert("bank".to_owned(), false);
    let due = due_times(&report, None).remove(0);
    // 10 March 2041 is a Sunday; noon of Monday in Berlin is 11:00 UTC.
    assert_eq!(due.at, at("2041-03-11T11:00:00Z"));
    assert!(due.calendar.contains("covers 2002 to 2040 only; after that only Saturdays and Sundays"), "{}", due.calendar);
}

#[test]
fn a_later_stage_before_an_earlier_one_is_questioned() {
    let mut report = report(CHAINED, &[("aware", "09/03/2026 05:00")]);
    file(&mut report, "initial", "10/03/2026 09:00");
    file(&mut report, "intermediate", "10/03/2026 08:00");
    let told = out_of_turn(&report, None);
    assert_eq!(told.len(), 1);
    let words = "“Intermediate report” was filed 10\u{a0}March 2026, 08:00\u{a0}CET (07:00\u{a0}UTC), before “Initial notification”, ";
    assert!(told[0].1.starts_with(words), "{}", told[0].1);
    report.filings[1].moment = Moment::given("10/03/2026", report.template.date_order);
    assert!(out_of_turn(&report, None).is_empty(), "a day without a time may be after it");
    report.filings[1].moment = Moment::given("09/03/2026", report.template.date_order);
    assert_eq!(out_of_turn(&report, None).len(), 1, "the day before is not");
}

#[test]
fn a_day_alone_can_lie_before_awareness() {
    let early = |aware: &str, classified: &str| {
        early_or_coming(&report(CHAINED, &[("aware", aware), ("classified", classified)]), None).into_iter().map(|(_, why)| why).next()
    };
    for (aware, classified) in [("09/03/2026 05:00", "08/03/2026"), ("09/03/2026", "08/03/2026 23:59"), ("09/03/2026", "08/03/2026")] {
        let why = early(aware, classified).unwrap_or_else(|| panic!("{classified} lies before {aware}"));
        assert!(why.contains("lies before “Became aware”, 9\u{a0}March 2026"), "{why}");
    }
    for (aware, classified) in [("09/03/2026 05:00", "09/03/2026"), ("09/03/2026", "09/03/2026 00:00"), ("09/03/2026", "09/03/2026")] {
        assert_eq!(early(aware, classified), None, "{aware}, {classified}");
    }
}
