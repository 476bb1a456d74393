//! What happens to the words: a reader that goes away, a disk that is full behind standard output, and `demo`.

use crate::program::Bench;
use std::fs::File;
use std::process::Stdio;

#[test]
fn a_reader_that_goes_away_is_no_panic() {
    let bench = Bench::new();
    bench.signed();
    for line in
        ["templates", "templates --json", "schema", "check report.json --json", "verify signed.pdf", "verify signed.pdf --json", "--help"]
    {
        let (reader, writer) = std::io::pipe().expect("a pipe");
        drop(reader);
        let words: Vec<&str> = line.split_whitespace().collect();
        let ran = bench.command(&words).stdout(writer).stderr(Stdio::piped()).output().expect("it runs");
        assert_eq!(String::from_utf8_lossy(&ran.stderr), "", "{line}");
        assert_eq!(ran.status.code(), Some(0), "{line}");
    }
}

#[test]
fn a_verdict_that_nobody_reads_is_still_in_the_exit_code() {
    let bench = Bench::new();
    bench.sample("rfo");
    bench.done("export report.json -o unsigned.pdf");
    bench.done("new rfo -o blank.json");
    for line in ["verify unsigned.pdf", "check blank.json"] {
        let (reader, writer) = std::io::pipe().expect("a pipe");
        drop(reader);
        let words: Vec<&str> = line.split_whitespace().collect();
        let ran = bench.command(&words).stdout(writer).stderr(Stdio::piped()).output().expect("it runs");
        assert_eq!((ran.status.code(), String::from_utf8_lossy(&ran.stderr).as_ref()), (Some(1), ""), "{line}");
    }
}

#[cfg(target_os = "linux")]
#[test]
fn words_that_find_no_room_are_a_fault() {
    let bench = Bench::new();
    let full = File::options().write(true).open("/dev/full").expect("Linux has one");
    let ran = bench.command(&["schema"]).stdout(full).stderr(Stdio::piped()).output().expect("it runs");
    let words = String::from_utf8_lossy(&ran.stderr).into_owned();
    assert!(ran.status.code() == Some(2) && words.starts_with("rapporteur: standard output"), "{ran:?}");
}

#[test]
fn a_clock_that_cannot_be_stopped_there_is_said_and_so_is_one_far_away() {
    let bench = Bench::new();
    bench.sample("gdpr-33");
    for stopped in ["abc", "1.5", "99999999999999", ""] {
        let ran = bench.command(&["clocks", "report.json"]).env("SOURCE_DATE_EPOCH", stopped).output().expect("it runs");
        assert!(ran.status.code() == Some(2) && String::from_utf8_lossy(&ran.stderr).contains("SOURCE_DATE_EPOCH"), "{stopped}");
    }
    for (stopped, year) in [("0", "1970"), ("4291747200", "2106")] {
        let ran = bench.command(&["clocks", "report.json", "--json"]).env("SOURCE_DATE_EPOCH", stopped).output().expect("it runs");
        let said = String::from_utf8_lossy(&ran.stderr).into_owned();
        assert!(said.contains("clock says") && said.contains(year), "{said}");
    }
}

#[test]
fn demo_fills_checks_signs_and_verifies_and_ends_with_the_path() {
    let bench = Bench::new();
    let out = bench.done("demo").out;
    let path = std::path::Path::new("rapporteur-demo").join("report.pdf");
    assert_eq!(out.lines().last(), path.to_str());
    assert!(out.contains("no finding") && out.contains("This file is sound."), "{out}");
    bench.done("check rapporteur-demo/report.json");
    bench.done("verify rapporteur-demo/report.pdf");
    bench.done("export rapporteur-demo/report.json -o again.pdf");
    bench.done("demo rapporteur-demo");
    bench.done("demo elsewhere/deep");
    assert!(bench.path("elsewhere/deep/report.pdf").is_file());
}
