//! Reports that cannot be meant so are refused at the door, by every act, with where and what.

use crate::program::Bench;
use serde_json::{Value, json};

type Bending = fn(&mut Value);

#[test]
fn nonsense_is_refused_by_every_act() {
    let bends: [(&str, Bending); 7] = [
        ("no language tag (BCP 47)", |json| json["language"] = "British".into()),
        ("no time zone “Mare/Nostrum”", |json| json["zone"] = "Mare/Nostrum".into()),
        ("the title has 2400 characters", |json| json["title"] = "a long story".repeat(200).into()),
        ("the version holds a control character (U+001B)", |json| json["version"] = "1\u{1b}[2J".into()),
        ("the nil id", |json| json["sections"][0]["id"] = "00000000-0000-0000-0000-000000000000".into()),
        ("row 2 of the timeline has the id of a row above it", |json| json["timeline"][1]["id"] = json["timeline"][0]["id"].clone()),
        ("names a file that the report does not have", |json| {
            json["timeline"][0]["evidence"] = json!(["0199e8f5-0000-7000-8000-00000000dead"]);
        }),
    ];
    let bench = Bench::new();
    bench.sample("rfo");
    let sample: Value = serde_json::from_slice(&bench.read("report.json")).expect("it is JSON");
    for (clue, bend) in bends {
        let mut json = sample.clone();
        bend(&mut json);
        bench.write("bent.json", json.to_string());
        for line in ["check bent.json", "export bent.json -o out.pdf --draft", "diff report.json bent.json", "clocks bent.json"] {
            bench.run(line).refused(2, clue);
        }
        assert!(!bench.path("out.pdf").exists());
    }
}

/// A name of more than 127 bytes in the file's own information made poppler rebuild the cross-reference table, and complain.
#[test]
fn a_long_reference_is_printed_into_a_file_without_gaps() {
    let bench = Bench::new();
    let report = bench.sample("sec-h9-summary");
    let key = report.template.reference_field.clone().expect("the form has a reference");
    let mut json: Value = serde_json::from_slice(&bench.read("report.json")).expect("it is JSON");
    json["fields"][&key]["raw"] = "INC 42 and some more words ".repeat(5).trim_end().into();
    bench.write("long.json", json.to_string());
    bench.done("export long.json -o long.pdf --draft");
    let pdf = bench.read("long.pdf");
    let last = pdf.windows(9).rposition(|window| window == b"startxref").expect("its end");
    let offset: usize =
        String::from_utf8_lossy(&pdf[last + 9..]).split_whitespace().next().and_then(|at| at.parse().ok()).expect("a number");
    let table = String::from_utf8_lossy(&pdf[offset..last]);
    let sections = table.lines().skip(1).take_while(|line| *line != "trailer").filter(|line| line.split_whitespace().count() == 2);
    assert_eq!(sections.count(), 1, "one section of cross-references, without gaps");
}

/// What we make of a text is what we read.
#[test]
fn a_report_made_of_a_text_is_none_of_it() {
    let bench = Bench::new();
    bench.write("coloured.txt", "Outage \u{1b}[31mreport\u{1b}[0m of 3 March\u{7}\n\nOn 3 March 2026 at 10:00 UTC the service failed.\n");
    bench.write("long.txt", format!("{}\n\nOn 3 March 2026 at 10:00 UTC the service failed.\n", "Outage report ".repeat(200)));
    for name in ["coloured.txt", "long.txt"] {
        bench.done(&format!("import {name} -o {name}.json"));
        let ran = bench.run(&format!("check {name}.json"));
        assert!(ran.code != 2, "{ran:?}");
    }
}
