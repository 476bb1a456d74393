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
    assert_eq!(refusal(|json| json["version"] = "a\u{7}b".into()), "the version holds a control character (U+0007)");
    assert!(refusal(|json| json["version"] = "1.".repeat(60).into()).starts_with("the version has 120 characters"));
    assert!(refusal(|json| json["fields"]["incident_reference"]["raw"] = "7".repeat(501).into()).starts_with("the reference has"));
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
