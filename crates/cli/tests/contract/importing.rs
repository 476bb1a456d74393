//! `import` and `diff`: texts written elsewhere become reports, and nothing they say is lost on the way.

use crate::program::{Bench, Ran};
use intake::words::{Multiset, multiset};
use std::fs;
use std::io::{Cursor, Write};
use std::path::PathBuf;
use std::process::Stdio;

/// The texts with the traps of real ones, and the form each is read as.
const TEXTS: [(&str, &str); 7] = [
    ("summary-form.txt", "sec-h9-summary"),
    ("outage-letter.txt", "rfo"),
    ("forum-post.txt", "rca-public"),
    ("broker-analysis.txt", "rca-public"),
    ("compared-page.txt", "post-incident-review"),
    ("public-note.txt", "public-note"),
    ("booking-note.txt", "public-note"),
];

fn fixture(name: &str) -> Vec<u8> {
    let path = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../tests/fixtures").join(name);
    fs::read(&path).unwrap_or_else(|fault| panic!("{}: {fault}", path.display()))
}

/// A folder with one of the texts in it.
fn with_text(name: &str) -> Bench {
    let bench = Bench::new();
    bench.write(name, fixture(&format!("intake/{name}")));
    bench
}

/// The words of all pieces and of everything left out, as `import --json` lists them.
fn listed(published: &serde_json::Value) -> Multiset {
    let of = |list: &str, key: &str| -> Vec<String> {
        let all = published[list].as_array().unwrap_or_else(|| panic!("{list} is a list")).iter();
        all.map(|one| one[key].as_str().expect("words").to_owned()).collect()
    };
    let all = [of("placements", "said"), of("dropped", "text")].concat();
    multiset(all.iter().map(String::as_str))
}

#[test]
fn each_text_becomes_a_report_in_its_form_with_every_word_and_prints_as_a_draft() {
    for (name, form) in TEXTS {
        let bench = with_text(name);
        let ran = bench.done(&format!("import {name} -o report.json --json --force"));
        let published = ran.json();
        let source = String::from_utf8(fixture(&format!("intake/{name}"))).expect("UTF-8");
        assert_eq!(listed(&published), multiset([source.as_str()]), "{name}: the words listed are those of the text");
        let count = |key: &str| published["counts"][key].as_u64().expect("a number");
        assert_eq!(count("words"), count("placed") + count("waiting") + count("dropped"), "{name}");

        let report = bench.report("report.json");
        assert_eq!(report.template.id, form, "{name}");
        assert_eq!(published["fits"][0]["template"], form, "{name}");
        let kept = report.attachments.iter().find(|file| file.name == name).expect("the text is kept");
        assert_eq!(bench.read(&format!("attachments/{name}")), source.as_bytes(), "byte for byte");
        assert_eq!(kept.sha256, desk::printing::sha256(source.as_bytes()));
        bench.done("export report.json -o draft.pdf --draft");
        bench.done("extract draft.pdf -o back.json");
        assert_eq!(bench.report("back.json"), report, "{name}");
    }
}

#[test]
fn what_was_found_assumed_and_left_open_is_said_on_standard_error() {
    let bench = with_text("public-note.txt");
    let ran = bench.done("import public-note.txt -o report.json");
    assert_eq!(ran.out, "");
    for said in [
        "Read as Public note",
        "words: ",
        "open     12/08",
        "assumed  The times are in Europe/Helsinki",
        "waits    on",
        "left out Back (navigation)",
        "P02",
    ] {
        assert!(ran.err.contains(said), "“{said}” is not in:\n{}", ran.err);
    }
    let answered = bench.done("import public-note.txt -o report.json --dates month-day --year 2026 --zone Europe/Vienna --force");
    assert!(!answered.err.contains("open     ") && answered.err.contains("Europe/Vienna, as you said"), "{}", answered.err);
    assert_eq!(bench.report("report.json").zone.as_deref(), Some("Europe/Vienna"));
}

#[test]
fn of_two_versions_the_one_asked_for_is_kept_and_the_other_waits() {
    let bench = with_text("compared-page.txt");
    let waiting = |keep: &str| {
        bench.done(&format!("import compared-page.txt -o report.json --keep {keep} --force"));
        let report = bench.report("report.json");
        (report.unplaced.len(), report.sections.iter().filter(|section| section.heading == "Trigger").count())
    };
    let (both, earlier, later) = (waiting("both"), waiting("earlier"), waiting("later"));
    assert_eq!((both.1, earlier.1, later.1), (2, 1, 1));
    assert!(earlier.0 > both.0 && later.0 > both.0, "{both:?} {earlier:?} {later:?}");
}

#[test]
fn a_form_can_be_named_a_shipped_one_or_a_file_of_one_s_own() {
    let bench = with_text("forum-post.txt");
    bench.done("import forum-post.txt -o report.json --template sre-postmortem");
    assert_eq!(bench.report("report.json").template.id, "sre-postmortem");

    let shipped = concat!(env!("CARGO_MANIFEST_DIR"), "/../report/templates/rca-public.toml");
    let own = fs::read_to_string(shipped).expect("a shipped template").replacen("id = \"rca-public\"", "id = \"our-analysis\"", 1);
    bench.write("own.toml", own);
    bench.done("import forum-post.txt -o report.json --template own.toml --force");
    let report = bench.report("report.json");
    assert_eq!((report.template.id.as_str(), report.actions.len()), ("our-analysis", 3));

    let before = bench.everything();
    bench.run("import forum-post.txt -o new.json --template nonesuch").refused(2, "nonesuch");
    bench.run("import forum-post.txt -o new.json --zone Europe/Nowhere").refused(2, "Europe/Nowhere");
    assert_eq!(bench.everything(), before);
}

#[test]
fn a_text_may_come_by_standard_input() {
    let bench = Bench::new();
    let mut child =
        bench.command(&["import", "-", "-o", "report.json"]).stdin(Stdio::piped()).stderr(Stdio::null()).spawn().expect("it runs");
    child.stdin.take().expect("a pipe").write_all(&fixture("intake/outage-letter.txt")).expect("it is read");
    assert!(child.wait().expect("it ends").success());
    let report = bench.report("report.json");
    assert_eq!((report.template.id.as_str(), report.attachments.len()), ("rfo", 1));
}

#[test]
fn two_texts_of_one_name_keep_their_own_files_in_one_folder() {
    let bench = with_text("outage-letter.txt");
    bench.done("import outage-letter.txt -o first.json");
    let first = bench.read("outage-letter.txt");
    let second = String::from_utf8(first.clone()).expect("UTF-8").replace("Turku", "Oulu");
    bench.write("outage-letter.txt", &second);
    bench.done("import outage-letter.txt -o second.json");
    assert_eq!(bench.read("attachments/outage-letter.txt"), first, "the first text is as it was");
    assert_eq!(bench.read("attachments/outage-letter (2).txt"), second.as_bytes());
    for name in ["first", "second"] {
        bench.done(&format!("export {name}.json -o {name}.pdf --draft"));
    }
    bench.done("import outage-letter.txt -o second.json --force");
    assert!(!bench.path("attachments/outage-letter (3).txt").exists(), "the same text again is the same file");
}

#[test]
fn a_report_of_ours_comes_out_whole_instead_of_being_split() {
    let bench = Bench::new();
    let report = bench.sample("rfo");
    bench.done("export report.json -o report.pdf");
    bench.done("export report.json -o given.md --as markdown");
    for name in ["report.pdf", "given.md"] {
        let ran = bench.done(&format!("import {name} -o again.json --force"));
        assert!(ran.err.contains("taken out whole"), "{ran:?}");
        assert_eq!(bench.report("again.json"), report, "{name}");
    }
}

#[test]
fn an_encoding_can_be_named_where_the_bytes_leave_it_open() {
    let bench = Bench::new();
    // In ISO 8859-5 these bytes are Cyrillic; as windows-1252 they would be accented Latin letters.
    bench.write("note.txt", [b"Summary\n\n".as_slice(), &[0xBD, 0xD0, 0xE1, 0xDE, 0xE1], b" 09:40\n"].concat());
    bench.done("import note.txt -o report.json --encoding iso-8859-5");
    assert!(String::from_utf8(bench.read("report.json")).expect("UTF-8").contains("Насос"));
    bench.run("import note.txt -o report.json --encoding utf-8").refused(2, "utf-8");
    bench.run("import note.txt -o report.json --encoding klingon").refused(2, "klingon");
}

/// A Word document whose body is `body`.
fn document(body: &[u8]) -> Vec<u8> {
    let main = r#"<Relationships><Relationship Id="r0" Type="http://x/officeDocument" Target="word/document.xml"/></Relationships>"#;
    let mut zip = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for (name, bytes) in [("_rels/.rels", main.as_bytes()), ("word/document.xml", body)] {
        zip.start_file(name, zip::write::SimpleFileOptions::default()).expect("a part begins");
        zip.write_all(bytes).expect("a part is written");
    }
    zip.finish().expect("the file ends").into_inner()
}

#[test]
fn hostile_and_hopeless_files_are_refused_with_a_sentence_and_write_nothing() {
    let bench = Bench::new();
    let swollen = [b"<?xml version=\"1.0\"?><w:document><w:body>".as_slice(), &b" ".repeat(300 << 20), b"</w:body></w:document>"].concat();
    bench.write("bomb.docx", document(&swollen));
    let entities = "<?xml version=\"1.0\"?><!DOCTYPE w [<!ENTITY a \"ha\"><!ENTITY b \"&a;&a;\">]><w:document><w:body><w:p><w:r><w:t>&b;</w:t></w:r></w:p></w:body></w:document>";
    bench.write("entities.docx", document(entities.as_bytes()));
    bench.write("deep.html", format!("<html><body>{}words{}</body></html>", "<div>".repeat(100_000), "</div>".repeat(100_000)));
    bench.write("deep.json", format!("{}1{}", "[".repeat(100_000), "]".repeat(100_000)));
    bench.write("lying.html", fixture("intake-formats/lying.html"));
    bench.write("large.txt", b"09:40 one line of many\n".repeat(2_300_000));
    bench.write("zeros.txt", [0_u8; 64]);
    bench.write("blank.txt", " \n\t\n");
    bench.write("foreign.pdf", b"%PDF-1.4\n%%EOF\n");
    fs::create_dir(bench.path("folder")).expect("a folder");
    let before = bench.everything();
    for (name, clue) in [
        ("bomb.docx", "unpacked"),
        ("entities.docx", "entities"),
        ("deep.html", "deep"),
        ("lying.html", "encoding"),
        ("large.txt", "50000000"),
        ("zeros.txt", "not text"),
        ("blank.txt", "nothing in this file"),
        ("foreign.pdf", "foreign.pdf"),
        ("gone.txt", "no such file"),
        ("folder", "folder"),
    ] {
        let ran = bench.run(&format!("import {name} -o report.json"));
        ran.refused(2, clue);
        assert!(ran.err.contains(name), "the file is named: {}", ran.err);
    }
    assert_eq!(bench.everything(), before);
    // What nests too deep to be JSON is still text, and its words are kept.
    let ran: Ran = bench.run("import deep.json -o deep-report.json");
    assert!(ran.code == 0 || ran.err.contains("deep"), "{ran:?}");
}

#[test]
fn diff_says_what_differs_place_by_place_and_ends_with_one() {
    let bench = Bench::new();
    let mut report = bench.sample("sec-h9-summary");
    let same = bench.done("diff report.json report.json");
    assert_eq!((same.out.as_str(), same.err.as_str()), ("", ""));
    bench.done("export report.json -o report.pdf");
    bench.done("diff report.json report.pdf");

    report.title = "Another title".into();
    let cause = report.sections.iter_mut().find(|section| section.key.as_deref() == Some("root_cause")).expect("it is there");
    cause.body = report::RichText::from_plain("Weed in the strainer.");
    bench.write("later.json", report::format::write(&report));
    let ran = bench.run("diff report.json later.json");
    assert_eq!((ran.code, ran.err.as_str()), (1, ""));
    for line in ["Title", "+ Another title", "Root Cause, if known", "+ Weed in the strainer."] {
        assert!(ran.out.lines().any(|said| said == line), "“{line}” is not in:\n{}", ran.out);
    }
    assert!(!ran.out.contains("Region / Location impacted"), "what is equal is not named: {}", ran.out);
    let back = bench.run("diff later.json report.json");
    assert!(back.out.lines().any(|said| said == "- Another title"), "{}", back.out);
    bench.run("diff report.json gone.json").refused(2, "gone.json");
}
