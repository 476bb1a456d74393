//! Answers that cannot be read, and values that say something else than the words beside them: neither is taken for an answer.

use crate::program::Bench;

/// The sample of a form with another text in a field, and with whatever value the sample had beside it.
fn with(bench: &Bench, form: &str, key: &str, raw: &str) {
    bench.sample(form);
    let mut json: serde_json::Value = serde_json::from_slice(&bench.read("report.json")).expect("JSON");
    json["fields"][key]["raw"] = raw.into();
    bench.write("report.json", json.to_string());
}

#[test]
fn what_cannot_be_read_stops_check_export_and_signing() {
    let bench = Bench::new();
    let sign = bench.identity("Ada");
    for (form, key, raw) in [
        ("sec-h9-summary", "incident_date", "32/13/2026"),
        ("sec-h9-summary", "incident_date", "yesterday"),
        ("sec-h9-summary", "reported_at", "25:99"),
        ("sec-h9-summary", "within_sla", "Partly"),
        ("dora-final", "gross_costs", "a fortune"),
        ("dora-final", "clients_number", "many"),
        ("dora-final", "downtime", "overnight"),
        ("dora-final", "parent_lei", "00000NORRFJORDHULD09"),
        ("dora-final", "discovery", "the postman"),
        ("dora-final", "contact_email", "ask Elin"),
    ] {
        with(&bench, form, key, raw);
        let checked = bench.run("check report.json");
        assert_eq!(checked.code, 1, "{key} “{raw}”: {checked:?}");
        assert!(checked.out.contains(raw), "{key} “{raw}”: {}", checked.out);
        let refused = bench.run(&format!("export report.json -o report.pdf {sign}"));
        assert_eq!((refused.code, bench.path("report.pdf").exists()), (1, false), "{key} “{raw}”: {refused:?}");
    }
}

#[test]
fn what_a_person_reasonably_writes_is_read() {
    let bench = Bench::new();
    for raw in ["14/10/25 9:52pm", "21:52 14/10/2025", "2025-10-14T21:52:00+01:00", "14 Oct 2025, 9.52 pm"] {
        with(&bench, "sec-h9-summary", "reported_at", raw);
        assert_eq!(bench.run("check report.json").code, 0, "{raw}");
    }
}

/// A program, or a hand, wrote another value beside the words: what is handed in is what is printed.
#[test]
fn the_words_rule_whatever_stands_beside_them() {
    let bench = Bench::new();
    let sample = bench.sample("dora-final");
    let mut json: serde_json::Value = serde_json::from_slice(&bench.read("report.json")).expect("JSON");
    json["fields"]["gross_costs"]["value"]["number"] = "999".into();
    json["fields"]["relevant_clients"]["value"]["yes"] = true.into();
    json["fields"]["occurred_at"]["value"]["at"] = "2020-01-01T00:00:00".into();
    json["clock_events"]["awareness"]["at"] = "2020-01-01T00:00:00".into();
    bench.write("report.json", json.to_string());
    bench.done("export report.json --as ir-1.2 -o handed-in.json");
    let handed: serde_json::Value = serde_json::from_slice(&bench.read("handed-in.json")).expect("JSON");
    assert_eq!(handed["incident"]["grossAmountIndirectDirectCosts"], 870);
    assert_eq!(handed["incident"]["incidentOccurrenceDateTime"], "2026-03-10T04:48:00Z");
    assert_eq!(handed["impactAssessment"]["hasImpactOnRelevantClients"], false);
    bench.done("export report.json -o report.pdf");
    bench.done("extract report.pdf -o out.json");
    assert_eq!(bench.report("out.json"), sample);
}

#[test]
fn a_value_without_words_is_refused_and_named() {
    let bench = Bench::new();
    bench.sample("dora-final");
    let mut json: serde_json::Value = serde_json::from_slice(&bench.read("report.json")).expect("JSON");
    json["fields"]["gross_costs"]["raw"] = "".into();
    bench.write("report.json", json.to_string());
    bench.run("check report.json").refused(2, "what was typed is missing");
}

/// A text from elsewhere puts nonsense into a field of the form: it goes in with its finding, and is no answer.
#[test]
fn what_an_imported_text_says_in_a_field_is_held_to_the_same() {
    let bench = Bench::new();
    let text = |day: &str| {
        format!(
            "DCC Major Incident Summary Report\n\nDate of Incident: {day}\nDCC Incident Reference Number: INC000000731204\n\
             Date/ Time Incident reported: 21:52 14/10/2025\nResolution within SLA (Y/N): N\n\nNature of the Major Incident / Short Description\n\
             Top-ups failed in the North Region.\n"
        )
    };
    for (day, blocks) in [("32/13/2025", true), ("yesterday", true), ("14/10/25", false)] {
        bench.write("notes.txt", text(day));
        bench.done("import notes.txt --template sec-h9-summary -o report.json --force");
        let report = bench.report("report.json");
        let waits = report.unplaced.iter().any(|words| words.text.contains(day));
        let said = bench.run("check report.json --json").json();
        let found = said
            .as_array()
            .expect("a list")
            .iter()
            .any(|finding| finding["check"] == "L65" && finding["level"] == "blocks" && finding["sources"].to_string().contains(day));
        assert_eq!(found || waits, blocks, "{day}: {said}");
        assert!(blocks || report.answer("incident_date").date().is_some(), "{day}");
        assert!(report.answer("reported_at").moment().is_some(), "the time first");
    }
}
