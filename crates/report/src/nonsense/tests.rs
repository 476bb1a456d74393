use crate::format::{self, ReadError};
use crate::{Report, catalogue, checks};
use serde_json::{Value, json};

const NOWHERE: &str = "0199e8f5-0000-7000-8000-00000000dead";

fn sample() -> Value {
    let mut report = catalogue::sample("rca-public").expect("a shipped sample");
    let drawn = catalogue::sample("sec-h9-summary").expect("a shipped sample");
    report.attachments = drawn.attachments;
    serde_json::to_value(report).expect("a report has string keys only")
}

fn refusal(change: impl FnOnce(&mut Value)) -> String {
    let mut json = sample();
    change(&mut json);
    let fault = format::read(&json.to_string()).expect_err("it is nonsense");
    assert!(matches!(fault, ReadError::Nonsense { .. }), "{fault}");
    let kept = format::read_kept(&json.to_string()).expect("a library opens it");
    let told: Vec<_> = checks::check(&kept).into_iter().filter(|finding| finding.check == "P06").collect();
    assert!(told.iter().all(|finding| finding.stops_filing() && !finding.rule.is_empty()), "{told:#?}");
    assert!(told.iter().any(|finding| finding.message.to_lowercase() == format!("{fault}.").to_lowercase()), "{fault}: {told:#?}");
    mends(&kept);
    fault.to_string()
}

/// What is offered takes it away.
fn mends(report: &Report) {
    let count = |report: &Report| super::of(report).len();
    for fix in super::of(report).into_iter().filter_map(|nonsense| nonsense.fix) {
        let mended = report.apply(&fix.edit).expect("what is offered fits").report;
        assert!(count(&mended) < count(report), "{}", fix.label);
    }
}

#[test]
fn every_sample_and_every_blank_report_makes_sense() {
    let mut ids = crate::ids::CountedIds(0);
    for form in catalogue::all() {
        let sample = catalogue::sample(&form.id).expect("every shipped form has a sample");
        for report in [sample, Report::begin(form, &mut ids)] {
            let words: Vec<_> = super::of(&report).into_iter().map(|nonsense| nonsense.words).collect();
            assert_eq!(words, Vec::<String>::new(), "{}", form.id);
        }
    }
}

#[test]
fn names_that_are_none_are_refused() {
    for language in ["", "English", "en_GB", "q", "en-GB-"] {
        assert!(refusal(|json| json["language"] = language.into()).contains("no language tag"), "{language}");
    }
    assert_eq!(
        refusal(|json| json["zone"] = "Atlantis/Port".into()),
        "there is no time zone “Atlantis/Port”; zones are named like Europe/London"
    );
    assert_eq!(
        refusal(|json| json["title"] = "t".repeat(1_001).into()),
        "the title has 1001 characters; 1000 are the most that it may have"
    );
    let told = refusal(|json| json["version"] = "a\u{7}b".into());
    assert_eq!(told, "the version holds a control character (U+0007); it stands in the names of files: write it like 1.0");
    assert!(refusal(|json| json["version"] = "1.".repeat(60).into()).starts_with("the version has 120 characters"));
    assert!(refusal(|json| json["fields"]["incident_reference"]["raw"] = "7".repeat(501).into()).starts_with("the reference has"));
}

#[test]
fn titles_and_versions_of_which_nothing_can_be_made_are_refused() {
    for title in ["   ", "\n\t", "\u{202e}\u{200f}", "\u{feff}", "\u{7}"] {
        assert!(refusal(|json| json["title"] = title.into()).starts_with("nothing of the title shows"), "{title:?}");
    }
    for version in ["../x", "1/2", "1\\2", "1\n2", "1\u{202e}2"] {
        let told = refusal(|json| json["version"] = version.into());
        assert!(told.starts_with("the version holds ") && told.ends_with("write it like 1.0"), "{told}");
    }
    let mut json = sample();
    json["title"] = "two\nlines of \u{202e}it".into();
    let report = format::read(&json.to_string()).expect("it is asked about, not refused");
    assert!(super::of(&report)[0].words.contains("turns the order of letters round (U+202E)"));
    mends(&report);
}

#[test]
fn levels_and_sizes_that_there_are_not_are_refused() {
    let heading = json!([{ "type": "blockquote", "content": [{ "type": "heading", "attrs": { "level": 99 }, "content": [] }] }]);
    let told = refusal(|json| json["sections"][0]["body"] = heading);
    assert!(told.ends_with("is of level 99; in a text they are of level 3 or 4"), "{told}");
    let told = refusal(|json| json["attachments"][0]["size"] = json!(900_000_000_000_000_000_u64));
    assert!(told.contains("has 900000000000000000 bytes; 268435456 are the most"), "{told}");
}

#[test]
fn what_is_recorded_is_of_a_due_time_of_the_form() {
    let refused = |change: fn(&mut Value)| {
        let mut json = serde_json::to_value(catalogue::sample("dora-final").expect("a sample")).expect("it writes");
        change(&mut json);
        let kept = format::read_kept(&json.to_string()).expect("a library opens it");
        mends(&kept);
        format::read(&json.to_string()).expect_err("it is refused").to_string()
    };
    assert_eq!(
        refused(|json| json["filings"][0]["clock"] = "first".into()),
        "row 1 of the filings is for “first”, which is no due time of the form"
    );
    assert_eq!(
        refused(|json| json["clock_events"]["dawn"] = json!({ "raw": "12/03/2026 08:00 UTC" })),
        "the form’s due times know no event “dawn”, of which something is recorded"
    );
    assert_eq!(
        refused(|json| json["circumstances"]["rich"] = true.into()),
        "the form’s due times know no circumstance “rich”, of which something is recorded"
    );
    // A later stage takes along what its form knows, and leaves the rest where it was.
    let early = catalogue::sample("nis2-early-warning").expect("a sample");
    let next = Report::begin_from(&early, catalogue::find("gdpr-33").expect("a form"), &mut crate::ids::CountedIds(0));
    assert!(super::of(&next).is_empty(), "{:?}", super::of(&next));
}

#[test]
fn years_and_digests_that_cannot_be_are_refused() {
    assert_eq!(
        refusal(|json| json["timeline"][2]["date"] = "0026-06-09".into()),
        "row 3 of the timeline lies in the year 26; years run from 1900 to 2199"
    );
    let far = json!({ "kind": "moment", "at": "9999-06-09T06:41:00" });
    assert!(refusal(|json| json["impact"][0]["to"] = far).starts_with("row 1 of the impact lies in the year 9999"));
    assert!(refusal(|json| json["attachments"][0]["sha256"] = "ABC".into()).contains("has no SHA-256"));
}

#[test]
fn ids_stand_for_one_thing_each() {
    let nil = "00000000-0000-0000-0000-000000000000";
    assert_eq!(refusal(|json| json["id"] = nil.into()), "the report’s id is nil");
    assert!(refusal(|json| json["sections"][1]["id"] = nil.into()).starts_with("row 2 of the headings has the nil id"));
    for list in ["timeline", "sections", "impact", "actions", "causes", "targets", "attachments"] {
        let words = refusal(|json| json[list][1]["id"] = json[list][0]["id"].clone());
        assert!(words.contains("has the id of a row above it"), "{words}");
    }
}

#[test]
fn references_that_lead_nowhere_are_refused() {
    for (list, member, words) in [
        ("timeline", "evidence", "row 1 of the timeline names a file that the report does not have"),
        ("actions", "causes", "row 1 of the actions is aimed at a cause that the report does not have"),
    ] {
        assert!(refusal(|json| json[list][0][member] = json!([NOWHERE])).starts_with(words), "{list}");
    }
    let gone = json!({ "kind": "event", "row": NOWHERE });
    assert!(refusal(|json| json["impact"][0]["from"] = gone).starts_with("row 1 of the impact begins with an event"));
    let figure = json!([{ "type": "figure", "attrs": { "attachment": NOWHERE, "alt": "A graph" } }]);
    assert!(refusal(|json| json["sections"][0]["body"] = figure).contains("shows a file that the report does not have"));
    assert!(refusal(|json| json["sections"][0]["key"] = "no_such".into()).contains("which the form does not have"));
    assert!(refusal(|json| json["fields"]["no_such"] = json!({ "raw": "words" })).starts_with("the form has no field “no_such”"));
    let drawing =
        json!([{ "id": NOWHERE, "nodes": [{ "id": "a", "label": "A", "column": 0, "row": 0 }], "edges": [{ "from": "a", "to": "b" }] }]);
    assert!(refusal(|json| json["diagrams"] = drawing).starts_with("an arrow of drawing 1 leads to “b”"));
}
