//! `clocks`: what is due until when.

use crate::program::Bench;

#[test]
fn clocks_says_what_is_due_and_by_which_clause() {
    let bench = Bench::new();
    bench.sample("dora-initial");
    let said = bench.done("clocks report.json").out.replace('\u{a0}', " ");
    for words in [
        "event        Became aware of the incident: 10/03/2026 05:58",
        "late         Initial notification: by 10 March 2026,",
        "UTC), ",
        "the earlier of 4 hours after “Classified as major”",
        "Art. 5(1)(a)",
        "Whoever is late gives",
        "not started  Intermediate report: waits for “Initial notification submitted”",
    ] {
        assert!(said.contains(words), "“{words}” is not in:\n{said}");
    }
    bench.sample("rfo");
    assert_eq!(bench.done("clocks report.json").out, "This form knows no due times.\n");
}

#[test]
fn clocks_prints_json_and_writes_a_calendar_file() {
    let bench = Bench::new();
    bench.sample("nis2-final");
    let json = bench.done("clocks report.json --json --ics due.ics").json();
    assert_eq!(json["zone"], "Europe/Copenhagen");
    let due = json["due"].as_array().expect("a list");
    assert_eq!(due.iter().map(|one| one["state"]["is"].as_str().expect("a state")).collect::<Vec<_>>(), ["filed", "filed", "late"]);
    assert_eq!(due[0]["filing"]["moment"]["raw"], "17/02/2026 15:20");
    let file = String::from_utf8(bench.read("due.ics")).expect("UTF-8");
    assert!(file.starts_with("BEGIN:VCALENDAR\r\n") && file.matches("BEGIN:VEVENT").count() == 1, "{file}");
    bench.run("clocks report.json --ics gone/due.ics").refused(2, "gone");
    bench.run("clocks none.json").refused(2, "none.json");
}
