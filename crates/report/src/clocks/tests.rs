mod edges;

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
fn a_stage_counts_from_the_first_submission_of_the_one_before() {
    let mut sent = report(CHAINED, &[("aware", "28/10/2026 08:00"), ("classified", "28/10/2026 09:00")]);
    let state = |report: &Report, n: usize| due_times(report, at("2026-10-29T00:00:00Z"))[n].clone();
    assert!(matches!(state(&sent, 1).state, ClockState::NotStarted { .. }));
    file(&mut sent, "initial", "28/10/2026 12:00");
    assert_eq!(state(&sent, 0).state, ClockState::Filed { late: None });
    assert_eq!(plain(&state(&sent, 1).words), "by 31 October 2026, 12:00 CET (11:00 UTC)");
    // An update restarts nothing, wherever it stands in the list.
    file(&mut sent, "initial", "31/10/2026 12:00");
    assert_eq!(plain(&state(&sent, 1).words), "by 31 October 2026, 12:00 CET (11:00 UTC)");
    sent.filings.reverse();
    assert_eq!(plain(&state(&sent, 2).words), "by the end of 28 November 2026");
}

#[test]
fn a_clause_that_names_the_latest_counts_from_the_latest_by_its_moment() {
    let latest = CHAINED.replace("filing = \"initial\"", "filing = \"initial\"\nwhich = \"latest\"");
    let mut sent = report(&latest, &[("aware", "28/10/2026 08:00"), ("classified", "28/10/2026 09:00")]);
    file(&mut sent, "initial", "31/10/2026 12:00");
    file(&mut sent, "initial", "28/10/2026 12:00");
    let due = due_times(&sent, at("2026-11-01T00:00:00Z"));
    // There is no 31 November.
    assert_eq!(plain(&due[2].words), "by the end of 30 November 2026");
    assert_eq!(due[0].state, ClockState::Filed { late: None }, "the first of them met it");
}

#[test]
fn a_fuller_report_meets_the_lighter_ones_clock() {
    let met = CHAINED.replace("due = \"Initial notification\"", "due = \"Initial notification\"\nmet_by = [\"intermediate\"]");
    let mut sent = report(&met, &[("aware", "28/10/2026 08:00"), ("classified", "28/10/2026 09:00")]);
    file(&mut sent, "intermediate", "28/10/2026 12:30");
    let due = due_times(&sent, at("2026-10-28T12:00:00Z"));
    assert_eq!((&due[0].state, &due[1].state), (&ClockState::Filed { late: None }, &ClockState::Filed { late: None }));
    assert_eq!(plain(&due[1].words), "by 31 October 2026, 12:30 CET (11:30 UTC)", "and the chain counts from it");
}

#[test]
fn what_was_filed_at_no_moment_that_can_be_counts_as_nothing() {
    let unclear = |raw: &str| {
        let mut sent = report(CHAINED, &[("aware", "14/10/2026 08:00"), ("classified", "14/10/2026 09:00")]);
        file(&mut sent, "initial", raw);
        match one(&sent, "2026-10-20T00:00:00Z").state {
            ClockState::FiledUnclear { why } => plain(&why),
            state => format!("{state:?}"),
        }
    };
    for (raw, why) in [
        ("14/10/2026 12:30 BST", "“BST” is not one time zone"),
        ("soon", "“soon” is not a date and time we can read"),
        ("14/10/2027 12:30", "14 October 2027, 12:30 CEST (10:30 UTC) lies in the future"),
        ("13/10/2026 12:30", "13 October 2026, 12:30 CEST (10:30 UTC) lies before “Became aware”, 14 October 2026, 08:00 CEST (06:00 UTC)"),
        ("14/10/2026", "it has a day but no time, and the limit ends within that day"),
        ("16/10/2026", "Filed { late: Some(2100) }"),
    ] {
        assert_eq!(unclear(raw), why, "{raw}");
    }
    let mut sent = report(CHAINED, &[("aware", "14/10/2026 08:00"), ("classified", "14/10/2026 09:00")]);
    file(&mut sent, "initial", "14/10/2026 12:30 BST");
    file(&mut sent, "initial", "14/10/2026 12:40");
    assert_eq!(one(&sent, "2026-10-20T00:00:00Z").state, ClockState::Filed { late: None }, "a sound one counts all the same");
}

#[test]
fn a_wall_time_that_comes_twice_or_never_is_asked() {
    for (raw, why) in [
        ("25/10/2026 02:30", "“Became aware”: 02:30 comes twice on 25 October 2026 in Europe/Berlin; write CEST or CET behind it"),
        ("29/03/2026 02:30", "“Became aware”: there is no 02:30 on 29 March 2026 in Europe/Berlin: the clocks skip it"),
    ] {
        let due = one(&report(CHAINED, &[("aware", raw)]), "2026-01-01T00:00:00Z");
        assert!(matches!(&due.state, ClockState::NotCounted { why: said } if plain(said) == why), "{:?}", due.state);
    }
    // The letters behind it, and those we print, say which round is meant.
    let due = |raw: &str| plain(&one(&report(CHAINED, &[("aware", raw)]), "2026-01-01T00:00:00Z").words);
    assert_eq!(due("25/10/2026 02:30 CET"), "by 26 October 2026, 02:30 CET (01:30 UTC)");
    assert_eq!(due("25/10/2026 02:30 CEST"), "by 26 October 2026, 01:30 CET (00:30 UTC)");
    assert_eq!(due("24/10/2026 03:30"), "by 25 October 2026, 02:30 CET (01:30 UTC)", "24 hours later it is the second round");
    assert_eq!(due("24/10/2026 02:30"), "by 25 October 2026, 02:30 CEST (00:30 UTC)");
}

#[test]
fn the_day_of_utc_is_printed_where_it_differs() {
    let mut far = report(CHAINED, &[("aware", "11/03/2026 08:00")]);
    far.zone = Some("asia/tokyo".into());
    assert_eq!(plain(&one(&far, "2026-03-11T00:00:00Z").words), "by 12 March 2026, 08:00 JST (11 March 2026, 23:00 UTC)");
    far.zone = Some("UTC+9".into());
    assert_eq!(plain(&one(&far, "2026-03-11T00:00:00Z").words), "by 12 March 2026, 08:00 UTC+9 (11 March 2026, 23:00 UTC)");
}

#[test]
fn the_stricter_limit_stands_until_somebody_says_for_whom_it_is() {
    let rules = CHAINED.replace(
        "[[clock]]\nkey = \"intermediate\"",
        "[[clock.instead]]\ncircumstance = { key = \"small\", label = \"We are small\" }\nlimit = { kind = \"hours\", from = \"aware\", hours = 2 }\nclause = \"Art. 6\"\n[[clock]]\nkey = \"intermediate\"",
    );
    let mut asked = report(&rules, &[("aware", "14/10/2026 08:00")]);
    let due = one(&asked, "2026-10-14T05:00:00Z");
    assert_eq!((plain(&due.words).as_str(), due.asks.len()), ("by 14 October 2026, 10:00 CEST (08:00 UTC)", 1));
    assert!(due.how.contains("We are small (Art. 6)") && due.rule.contains("2 hours"), "{due:?}");
    asked.circumstances.insert("small".into(), false);
    let due = one(&asked, "2026-10-14T05:00:00Z");
    assert_eq!((plain(&due.words).as_str(), due.asks.len(), due.circumstances.len()), ("by 15 October 2026, 08:00 CEST (06:00 UTC)", 0, 1));
    asked.circumstances.insert("small".into(), true);
    assert_eq!(plain(&one(&asked, "2026-10-14T05:00:00Z").words), "by 14 October 2026, 10:00 CEST (08:00 UTC)");
    file(&mut asked, "initial", "14/10/2026 12:00");
    assert_eq!(one(&asked, "2026-10-14T11:00:00Z").state, ClockState::Filed { late: Some(120) });
    asked.circumstances.clear();
    assert_eq!(
        one(&asked, "2026-10-14T11:00:00Z").state,
        ClockState::Filed { late: None },
        "nobody is late by a limit that may not be theirs"
    );
}

#[test]
fn weekends_are_days_off_everywhere_and_holidays_where_they_are_kept() {
    let rules = CHAINED.replace(
        "unless = [{ key = \"bank\", label = \"We are a credit institution\" }]",
        "holidays_unless = { key = \"elsewhere\", label = \"TARGET days may be working days\" }",
    );
    let due = |aware: &str, elsewhere: Option<bool>| {
        let mut report = report(&rules, &[("aware", aware)]);
        report.circumstances.extend(elsewhere.map(|said| ("elsewhere".to_owned(), said)));
        let due = one(&report, "2026-01-01T00:00:00Z");
        (plain(&due.words), due.asks.len())
    };
    // A Saturday: nothing is asked.
    let monday = || ("by 19 October 2026, 12:00 CEST (10:00 UTC)".to_owned(), 0);
    assert_eq!(due("16/10/2026 09:00", None), monday());
    assert_eq!(due("16/10/2026 09:00", Some(true)), monday());
    // Good Friday 2026, then a weekend, then Easter Monday.
    assert_eq!(due("02/04/2026 09:00", None), ("by 3 April 2026, 09:00 CEST (07:00 UTC)".to_owned(), 1), "the stricter time stands");
    assert_eq!(due("02/04/2026 09:00", Some(true)), ("by 3 April 2026, 09:00 CEST (07:00 UTC)".to_owned(), 0));
    assert_eq!(due("02/04/2026 09:00", Some(false)), ("by 7 April 2026, 12:00 CEST (10:00 UTC)".to_owned(), 0));
    assert_eq!(due("03/04/2026 09:00", None), ("by 6 April 2026, 12:00 CEST (10:00 UTC)".to_owned(), 1));
    // Past the end of the calendar that is said.
    let mut far = report(&rules, &[("aware", "02/03/2041 09:00")]);
    far.circumstances.insert("elsewhere".into(), false);
    assert!(one(&far, "2041-03-02T00:00:00Z").unknown_days.contains("covers 2002 to 2040 only"));
}

#[test]
fn what_is_filed_after_hours_is_late() {
    let mut report = Report::begin(crate::catalogue::find("sec-8k-105").expect("a shipped form"), &mut CountedIds(0));
    report.zone = Some("America/Los_Angeles".into());
    let field = report.template.field("determined_on").expect("a field").clone();
    let answer = crate::Answer { raw: "05/12/2026".into(), ..Default::default() }.read(&field, report.template.date_order);
    report.fields.insert("determined_on".into(), answer);
    let due = one(&report, "2026-05-13T00:00:00Z");
    assert_eq!(plain(&due.words), "by 18 May 2026, 17:30 EDT (21:30 UTC)");
    assert!(due.how.contains("17 CFR 232.13(a)(2)") && due.verified, "{due:?}");
    assert_eq!(one(&report, "2026-05-18T21:40:00Z").state, ClockState::Late { minutes: 10 });
    file(&mut report, "report", "05/18/2026 14:45");
    assert_eq!(
        one(&report, "2026-05-20T00:00:00Z").state,
        ClockState::Filed { late: Some(15) },
        "14:45 in Los Angeles is 17:45 in New York"
    );
}

#[test]
fn the_earliest_of_several_rows_counts() {
    let mut report = Report::begin(crate::catalogue::find("dora-initial").expect("a shipped form"), &mut CountedIds(0));
    report.zone = Some("Europe/Berlin".into());
    for (n, line) in ["2026-03-10 11:40 Classified again", "2026-03-10 08:40 Classified as major"].iter().enumerate() {
        let id = crate::ids::RowId::new(&mut CountedIds(50 + n as u64));
        let mut event = crate::timeline::read_line(line, id, report.template.date_order, None, None);
        event.milestone = Some(crate::timeline::Milestone { role: crate::timeline::Role::Classified, label: None });
        report.timeline.push(crate::timeline::Row::Event(event));
    }
    assert_eq!(plain(&one(&report, "2026-03-10T08:00:00Z").words), "by 10 March 2026, 12:40 CET (11:40 UTC)");
}

/// Law that was read wrong is mended in the form that ships, and so for reports that carry the old reading.
#[test]
fn a_report_begun_with_an_older_reading_of_its_form_is_held_to_the_law() {
    let mut old = Report::begin(crate::catalogue::find("nis2-notification").expect("a shipped form"), &mut CountedIds(0));
    old.zone = Some("Europe/Berlin".into());
    old.clock_events.insert("awareness".into(), Moment::given("2026-03-10 08:00", old.template.date_order));
    let due = due_times(&old, None);
    for clock in &mut old.template.clocks {
        clock.instead.clear();
        clock.verified = false;
    }
    assert_eq!(due_times(&old, None), due);
    old.template.version = "0".into();
    assert_ne!(due_times(&old, None), due, "another version of the form is another law");
}

#[test]
fn a_machine_whose_clock_cannot_be_right_is_told() {
    let report = report(CHAINED, &[("aware", "14/10/2026 08:00"), ("classified", "15/10/2026 08:00")]);
    let doubt = |now: &str| clock_doubt(&report, now.parse().expect("a moment")).map(|why| plain(&why));
    let said = doubt("1970-01-01T00:00:10Z").expect("it cannot be 1970");
    assert!(said.contains("says 1 January 1970") && said.contains("tells of 14 October 2026 to 15 October 2026"), "{said}");
    assert!(doubt("2106-02-07T00:00:00Z").is_some());
    for fine in ["2026-10-14T00:00:00Z", "2025-12-01T00:00:00Z", "2027-09-01T00:00:00Z", "2034-10-14T00:00:00Z"] {
        assert_eq!(doubt(fine), None, "{fine}");
    }
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
    assert_eq!(plain(&due("17/10/2026").words), "by the end of 22 October 2026 EDT (23 October 2026, 04:00 UTC)");
    assert_eq!(due("17/10/2026").at, at("2026-10-23T04:00:00Z"), "the day ends at midnight in New York");
    // Early on Tuesday in Berlin it is still Monday in New York.
    assert_eq!(plain(&due("20/10/2026 02:00").words), "by the end of 23 October 2026 EDT (24 October 2026, 04:00 UTC)");
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

#[test]
fn a_filing_that_meets_nothing_starts_nothing() {
    let aware = [("aware", "14/10/2026 08:00"), ("classified", "14/10/2026 09:00")];
    let due = |report: &Report, now: &str| {
        let all = due_times(report, at(now));
        plain(&all.iter().find(|due| due.key == "intermediate").expect("a due time").words)
    };
    let mut sent = report(CHAINED, &aware);
    file(&mut sent, "initial", "14/10/2026 10:00");
    let counted = due(&sent, "2026-10-20T00:00:00Z");
    file(&mut sent, "initial", "13/10/2026 10:00");
    assert_eq!(due(&sent, "2026-10-20T00:00:00Z"), counted, "one from before anybody knew");
    let mut coming = report(CHAINED, &aware);
    file(&mut coming, "initial", "14/10/2027 10:00");
    assert_eq!(due(&coming, "2026-10-20T00:00:00Z"), "", "one that lies in the future");
}
