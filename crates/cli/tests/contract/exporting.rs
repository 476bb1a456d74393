//! `export` and `extract`, there and back.

use crate::program::Bench;
use desk::printing::sha256;
use std::fs;

#[test]
fn a_blank_report_is_refused_with_every_reason_and_nothing_is_written() {
    for template in report::catalogue::all() {
        let bench = Bench::new();
        bench.done(&format!("new {} -o report.json", template.id));
        let findings = bench.run("check report.json --json").json();
        let before = bench.everything();
        let ran = bench.run("export report.json -o report.pdf");
        assert_eq!((ran.code, ran.out.as_str()), (1, ""));
        let blocking = findings.as_array().expect("a list").iter().filter(|finding| finding["level"] == "blocks");
        for message in blocking.map(|finding| finding["message"].as_str().expect("a message")) {
            assert!(ran.err.contains(message), "“{message}” is not in:\n{}", ran.err);
        }
        assert!(ran.err.lines().last().expect("a last line").contains("nothing was written"), "{}", ran.err);
        assert_eq!(bench.everything(), before);
    }
}

#[test]
fn a_half_filled_report_is_refused_for_what_is_still_missing_only() {
    let bench = Bench::new();
    let mut report = bench.sample("sec-h9-summary");
    let cause = report.sections.iter_mut().find(|section| section.key.as_deref() == Some("root_cause")).expect("it is there");
    cause.body.0.clear();
    let heading = cause.heading.clone();
    bench.write("report.json", report::format::write(&report));
    let before = bench.everything();
    let ran = bench.run("export report.json -o report.pdf");
    assert!(ran.code == 1 && ran.err.contains(&heading) && ran.err.contains("1 to mend"), "{ran:?}");
    assert!(!ran.err.contains("Region / Location impacted"), "what is filled is not named: {}", ran.err);
    assert_eq!(bench.everything(), before);
}

#[test]
fn a_refused_export_leaves_the_earlier_file_as_it_was() {
    let bench = Bench::new();
    bench.done("new rfo -o report.json");
    bench.write("report.pdf", "last week's");
    assert_eq!(bench.run("export report.json -o report.pdf").code, 1);
    assert_eq!(bench.read("report.pdf"), b"last week's");
}

#[test]
fn a_draft_is_made_whatever_blocks_and_is_never_signed() {
    let bench = Bench::new();
    bench.done("new sec-h9-summary -o report.json");
    bench.done("export report.json -o draft.pdf --draft");
    let verified = bench.run("verify draft.pdf --json");
    assert_eq!(verified.code, 1);
    assert_eq!(verified.json()["bottom_line"], "not_signed");
    let sign = bench.identity("Ada");
    let both = bench.run(&format!("export report.json -o signed.pdf --draft {sign}"));
    assert!(both.code == 2 && !bench.path("signed.pdf").exists(), "{both:?}");
}

#[test]
fn export_prints_the_path_the_pages_and_the_digest_of_what_it_wrote() {
    let bench = Bench::new();
    bench.sample("rfo");
    let out = bench.done("export report.json -o report.pdf").out;
    let digest = sha256(&bench.read("report.pdf"));
    assert_eq!(out, format!("report.pdf: {} pages, SHA-256 {digest}\n", pages(&bench, "report.pdf")));
    let letter = bench.done("export report.json -o letter.pdf --paper letter").out;
    assert!(letter.starts_with("letter.pdf: ") && bench.read("letter.pdf") != bench.read("report.pdf"));
}

#[test]
fn the_same_report_exports_to_the_same_bytes() {
    for id in ["sec-h9-summary", "rfo"] {
        let bench = Bench::new();
        bench.sample(id);
        for name in ["one.pdf", "two.pdf"] {
            assert_eq!(bench.run_stopped(&format!("export report.json -o {name}")).code, 0);
        }
        assert!(bench.read("one.pdf") == bench.read("two.pdf"), "{id} differs");
    }
}

#[test]
fn a_report_comes_out_of_its_pdf_equal_and_exports_again_to_the_same_file() {
    for id in ["sec-h9-summary", "rfo"] {
        let bench = Bench::new();
        let report = bench.sample(id);
        assert_eq!(bench.run_stopped("export report.json -o first.pdf").code, 0);
        fs::create_dir(bench.path("out")).expect("a folder");
        let out = bench.done("extract first.pdf -o out/report.json --attachments out/attachments").out;
        assert_eq!(bench.report("out/report.json"), report);
        assert_eq!(out.lines().count(), 1 + report.attachments.len(), "each file written is named");
        for file in &report.attachments {
            assert_eq!(sha256(&bench.read(&format!("out/attachments/{}", file.name))), file.sha256);
        }
        assert_eq!(bench.run_stopped("export out/report.json -o second.pdf").code, 0);
        assert!(bench.read("first.pdf") == bench.read("second.pdf"), "{id} differs");
    }
}

/// A log says the same over and over: it packs to a hundredth, and must come out of the file as it went in.
#[test]
fn a_log_that_packs_to_little_travels_and_comes_back() {
    let bench = Bench::new();
    let mut report = bench.sample("sec-h9-summary");
    let log = "10:05:00 gateway refused connection from node-2\n".repeat(1_200_000);
    let file = report.attachments.iter_mut().find(|file| file.name.ends_with(".log")).expect("the sample has a log");
    (file.size, file.sha256) = (log.len() as u64, sha256(log.as_bytes()));
    bench.write(&format!("attachments/{}", file.name), &log);
    let name = file.name.clone();
    bench.write("report.json", report::format::write(&report));
    let sign = bench.identity("Ada");
    for (made, how) in [("draft.pdf", "--draft".to_owned()), ("signed.pdf", sign)] {
        bench.done(&format!("export report.json -o {made} {how}"));
        bench.run(&format!("extract {made} -o back/report.json --attachments back --force"));
        assert!(bench.read(&format!("back/{name}")) == log.as_bytes(), "{made}: the log came back as something else");
    }
    assert_eq!(bench.run("verify signed.pdf --json").json()["bottom_line"], "sound");
}

#[test]
fn a_file_called_like_the_report_s_own_data_travels_in_a_draft() {
    let bench = Bench::new();
    let mut report = bench.sample("sec-h9-summary");
    let file = report.attachments.iter_mut().find(|file| file.name.ends_with(".log")).expect("the sample has a log");
    bench.write("attachments/report.json", bench.read(&format!("attachments/{}", file.name)));
    "report.json".clone_into(&mut file.name);
    bench.write("report.json", report::format::write(&report));
    bench.done("export report.json -o draft.pdf --draft");
    bench.run("extract draft.pdf -o back/report.json --attachments back/attachments --force");
    assert_eq!(bench.report("back/report.json"), report);
    assert_eq!(bench.read("back/attachments/report (2).json"), bench.read("attachments/report.json"));
}

#[test]
fn extract_without_attachments_takes_the_report_alone() {
    let bench = Bench::new();
    bench.sample("sec-h9-summary");
    bench.done("export report.json -o report.pdf");
    assert_eq!(bench.done("extract report.pdf -o back.json").out, "back.json\n");
    assert_eq!(bench.read("back.json"), bench.read("report.json"));
}

#[test]
fn a_file_that_is_missing_or_altered_stops_the_export() {
    let bench = Bench::new();
    let report = bench.sample("sec-h9-summary");
    let name = &report.attachments[0].name;
    let path = bench.path("attachments").join(name);
    fs::write(&path, "another log").expect("it is written");
    bench.run("export report.json -o report.pdf").refused(1, name);
    fs::remove_file(&path).expect("it is removed");
    bench.run("export report.json -o report.pdf").refused(1, name);
    bench.run("export report.json -o report.pdf --draft").refused(1, name);
    assert!(!bench.path("report.pdf").exists());
}

fn pages(bench: &Bench, name: &str) -> usize {
    paper::read::contents(&bench.read(name)).expect("it reads").pages
}

#[test]
fn a_report_is_given_away_as_text_finished_or_not() {
    let bench = Bench::new();
    let report = bench.sample("rfo");
    for (format, name) in [("markdown", "out.md"), ("html", "out.html"), ("csv-timeline", "timeline.csv"), ("csv-actions", "actions.csv")] {
        let out = bench.done(&format!("export report.json --as {format} -o {name}")).out;
        let text = String::from_utf8(bench.read(name)).expect("it is text");
        assert_eq!(out, format!("{name}: {} bytes\n", text.len()));
    }
    let markdown = String::from_utf8(bench.read("out.md")).expect("it is text");
    assert!(markdown.contains(&format!("# {}", report.title)) && markdown.contains("## Conclusions"), "{markdown}");
    for (format, name) in [("markdown", "out.md"), ("html", "out.html")] {
        bench.done(&format!("export {name} --as {format} -o again-{name}"));
        assert_eq!(bench.read(&format!("again-{name}")), bench.read(name), "what was given away is read back");
    }
    assert!(bench.read("timeline.csv").starts_with(b"Date,Time,"));
    bench.done("new rfo -o blank.json");
    bench.done("export blank.json --as markdown -o blank.md");
    let both = bench.run("export report.json --as markdown --draft -o draft.md");
    assert!(both.code == 2 && !bench.path("draft.md").exists(), "{both:?}");
}

#[test]
fn words_that_wait_stop_a_filing_until_somebody_answers_for_them() {
    let bench = Bench::new();
    let mut report = bench.sample("rfo");
    let id = report::ids::UnplacedId::new(&mut report::ids::CountedIds(9_000));
    report.unplaced.push(report::papers::Unplaced { id, text: "Seen by two of us".into(), source: "under “Background”".into() });
    bench.write("report.json", report::format::write(&report));
    let before = bench.everything();
    let sign = bench.identity("Ada");
    for options in ["", &sign] {
        let ran = bench.run(&format!("export report.json -o report.pdf {options}"));
        assert!(ran.code == 1 && ran.err.contains("P02  5 words are still in the tray") && ran.err.contains("1 to mend"), "{ran:?}");
        assert!(!bench.path("report.pdf").exists());
    }
    assert!(bench.everything().len() == before.len() + 2, "the identity and its passphrase only");
    let checked = bench.run("check report.json");
    assert!(checked.code == 1 && checked.out.ends_with("1 to mend before filing; 0 to answer.\n"), "{checked:?}");
    bench.done("export report.json -o draft.pdf --draft");

    let finding = report::check(&report).into_iter().find(|finding| finding.check == "P02").expect("it is found");
    let accepted = report::papers::Accepted { finding: finding.key, reason: "Hearsay".into(), by: "Ada".into(), at: String::new() };
    report.accepted.push(accepted);
    bench.write("report.json", report::format::write(&report));
    bench.done("export report.json -o report.pdf");
}

/// What the CCADB's Markdown has room for comes back equal, and the rest was named when it was written.
#[test]
fn the_text_of_the_ccadb_is_read_like_a_report() {
    let bench = Bench::new();
    bench.sample("ccadb-3.2");
    let written = bench.done("export report.json --as ccadb-markdown -o out.md");
    for told in ["not in it Title: the format has no place for it", "Vestmark Trust: Unverified", "not in it Actions: there is no column"] {
        assert!(written.err.contains(told), "{told}: {}", written.err);
    }
    let told = bench.done("import out.md -o back.json").err;
    assert!(told.contains("read line by line") && told.contains("owners of actions"), "{told}");
    let back = bench.report("back.json");
    assert_eq!((back.template.id.as_str(), back.causes.len(), back.lessons.len(), back.linked.len()), ("ccadb-3.2", 2, 4, 2));
    assert_eq!(bench.done("diff back.json out.md").out, "");
    let places: Vec<String> =
        bench.run("diff report.json out.md --json").json().as_array().expect("a list").iter().map(|one| one["place"].to_string()).collect();
    assert!(places.iter().all(|place| written.err.contains(&place.replace('"', "")) || place == "\"Appendix\""), "{places:?}");
    assert_eq!(bench.run("check out.md").code, 0);
}

#[test]
fn tables_come_back_through_import() {
    let bench = Bench::new();
    let report = bench.sample("ccadb-3.2");
    bench.done("export report.json --as csv-timeline -o timeline.csv");
    bench.done("export report.json --as csv-actions -o actions.csv");
    bench.done("import timeline.csv --template ccadb-3.2 -o timeline.json");
    assert_eq!(bench.report("timeline.json").timeline, report.timeline);
    let told = bench.done("import actions.csv --template ccadb-3.2 -o actions.json").err;
    assert!(told.contains("Rows of the actions named causes of the report that they come from (1, 2, 3)"), "{told}");
    let mut expected = report.actions.clone();
    expected.iter_mut().for_each(|action| action.causes.clear());
    assert_eq!(bench.report("actions.json").actions, expected, "and it opens again");
}
