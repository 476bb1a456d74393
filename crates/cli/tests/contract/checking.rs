//! `templates`, `new`, `check`, `schema` and the help.

use crate::program::Bench;
use report::catalogue;
use std::collections::BTreeSet;

#[test]
fn templates_lists_every_form_with_title_and_authority() {
    let bench = Bench::new();
    let list = bench.done("templates").out;
    for template in catalogue::all() {
        for words in [&template.id, &template.title, &template.authority] {
            assert!(list.contains(words.as_str()), "{words}");
        }
    }
    let json = bench.done("templates --json").json();
    let ids: Vec<&str> = json.as_array().expect("a list").iter().map(|form| form["id"].as_str().expect("an id")).collect();
    assert_eq!(ids, catalogue::all().iter().map(|template| template.id.as_str()).collect::<Vec<_>>());
    for form in json.as_array().expect("a list") {
        assert!(form["title"].is_string() && form["authority"].is_string(), "{form}");
    }
}

#[test]
fn new_begins_a_blank_report_that_check_finds_unfinished() {
    for template in catalogue::all() {
        let bench = Bench::new();
        bench.done(&format!("new {} -o report.json", template.id));
        assert_eq!(bench.report("report.json").template, **template);
        let checked = bench.run("check report.json");
        assert_eq!((checked.code, checked.err.as_str()), (1, ""));
        // Under a heading that holds fields alone it is the fields that are asked for.
        let own =
            |rule: &&report::template::SectionRule| rule.required && !rule.silent && rule.kind != report::template::SectionKind::Fields;
        for section in template.sections.iter().filter(own) {
            let heading = section.heading.replace(" ({zone})", "");
            assert!(checked.out.contains(&heading), "“{heading}” is not named in:\n{}", checked.out);
        }
        let blank = bench.report("report.json");
        let open = |field: &&report::template::Field| blank.asks(field) && blank.answer(&field.key).is_blank() && field.computed.is_none();
        for field in template.fields.iter().filter(open) {
            assert!(checked.out.contains(&field.label), "“{}” is not named in:\n{}", field.label, checked.out);
        }
        assert!(checked.out.lines().last().expect("a sum").contains("to mend before filing"), "{}", checked.out);
    }
}

#[test]
fn new_refuses_an_unknown_form_and_names_the_known_ones() {
    let bench = Bench::new();
    bench.run("new tax-return -o report.json").refused(2, "sec-h9-summary");
    bench.run("new rfo -o gone/report.json").refused(2, "no such file or folder");
    assert!(bench.everything().is_empty(), "nothing was written");
}

#[test]
fn check_prints_findings_as_published() {
    let bench = Bench::new();
    bench.done("new sec-h9-summary -o report.json");
    let checked = bench.run("check report.json --json");
    assert_eq!(checked.code, 1);
    let findings = checked.json();
    let levels: BTreeSet<&str> = findings.as_array().expect("a list").iter().map(finding_is_published).collect();
    assert!(levels.contains("blocks"));

    bench.sample("sec-h9-summary");
    let checked = bench.done("check report.json --json");
    assert_eq!(checked.json(), serde_json::json!([]));
    let said = bench.done("check report.json").out;
    assert!(
        said.starts_with("Checked against “DCC Major Incident Summary Report”, version 1") && said.ends_with("\nNothing blocks filing.\n"),
        "{said}"
    );
}

#[test]
fn check_offers_the_fix_where_there_is_one() {
    let bench = Bench::new();
    let mut report = bench.sample("sec-h9-summary");
    report.fields.get_mut("incident_reference").expect("answered").raw = "INC731204".to_owned();
    report.fields.get_mut("incident_reference").expect("answered").value = None;
    bench.write("report.json", report::format::write(&report));
    let findings = bench.run("check report.json --json").json();
    let all = findings.as_array().expect("a list");
    assert!(!all.is_empty());
    all.iter().for_each(|finding| {
        finding_is_published(finding);
    });
    assert!(all.iter().any(|finding| finding["fix"].is_string()), "no fix is offered in {findings}");
}

/// `{check, level, message, sources: [{text, where}], fix?}`; gives the level.
fn finding_is_published(finding: &serde_json::Value) -> &str {
    let keys: BTreeSet<&str> = finding.as_object().expect("an object").keys().map(String::as_str).collect();
    assert!(keys.is_superset(&BTreeSet::from(["check", "level", "message", "sources"])), "{finding}");
    assert!(keys.is_subset(&BTreeSet::from(["check", "level", "message", "sources", "fix", "rule", "accepted"])), "{finding}");
    let check = finding["check"].as_str().expect("a check");
    assert!(check.len() == 3 && check[1..].bytes().all(|b| b.is_ascii_digit()), "{check}");
    assert!(!finding["message"].as_str().expect("a message").is_empty());
    for source in finding["sources"].as_array().expect("sources") {
        assert_eq!(source.as_object().expect("an object").len(), 2, "{source}");
        assert!(source["text"].is_string() && source["where"].is_string(), "{source}");
    }
    let level = finding["level"].as_str().expect("a level");
    assert!(["blocks", "answer", "note"].contains(&level), "{level}");
    level
}

#[test]
fn check_reads_the_report_inside_a_pdf_too() {
    let bench = Bench::new();
    bench.sample("rfo");
    bench.done("export report.json -o report.pdf");
    assert!(bench.done("check report.pdf").out.ends_with("\nNothing blocks filing.\n"));
}

#[test]
fn the_schema_describes_every_field_of_a_report() {
    let bench = Bench::new();
    bench.sample("sec-h9-summary");
    let schema = bench.done("schema").json();
    assert!(schema["$schema"].as_str().expect("a dialect").contains("2020-12"));
    let properties = schema["properties"].as_object().expect("properties");
    let report: serde_json::Value = serde_json::from_slice(&bench.read("report.json")).expect("JSON");
    for key in report.as_object().expect("an object").keys() {
        assert!(properties.contains_key(key), "{key} is not in the schema");
    }
    assert_eq!(schema["additionalProperties"], serde_json::json!(false));
}

#[test]
fn the_help_names_every_command_and_the_exit_codes() {
    let bench = Bench::new();
    let help = bench.done("--help").out;
    for command in ["templates", "new", "check", "clocks", "export", "verify", "extract", "identity", "demo", "schema"] {
        assert!(help.contains(&format!("\n  {command}")), "{command} is not in:\n{help}");
        assert!(bench.done(&format!("{command} --help")).out.len() > 150, "{command} --help says little");
    }
    assert!(help.contains("Exit status"), "{help}");
    assert!(bench.done("--version").out.starts_with("rapporteur "));
}

#[test]
fn a_line_that_is_not_understood_ends_with_two() {
    let bench = Bench::new();
    for line in [
        "",
        "exprot report.json",
        "export report.json",
        "verify",
        "check --jason report.json",
        "identity",
        "export a.json -o b.pdf --timestamp http://x",
    ] {
        let ran = bench.run(line);
        assert!(ran.code == 2 && ran.out.is_empty() && !ran.err.is_empty(), "“{line}”: {ran:?}");
    }
}

/// As they lie in the repository, their files beside them.
#[test]
fn shipped_samples_are_reports_as_they_lie_there() {
    let bench = Bench::new();
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../report/templates");
    for form in report::catalogue::all() {
        let path = folder.join(format!("{}.sample.json", form.id));
        let ran = bench.command(&[std::ffi::OsStr::new("check"), path.as_os_str()]).output().expect("the program runs");
        assert!(ran.status.success(), "{}: {ran:?}", form.id);
    }
}
