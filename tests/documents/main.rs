//! What a reader gets: each sample printed, and its words, structure, pages and description held against a text that a person can review.
//! Read by poppler, which is not ours. After a wanted change: UPDATE_EXPECT=1 cargo test -p journeys --test documents

use chrono::{DateTime, Utc};
use desk::documents::sample_bytes;
use desk::export::{Order, export};
use desk::ports::{Clock, World};
use expect_test::expect_file;
use paper::{Paper, Press};
use report::Report;
use std::ops::ControlFlow;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::Arc;

struct Noon;

impl Clock for Noon {
    fn now(&self) -> DateTime<Utc> {
        DateTime::from_timestamp(1_778_587_200, 0).expect("a moment")
    }

    fn steady_ms(&self) -> u64 {
        0
    }
}

fn print(folder: &Path, report: &Report, paper: Paper, draft: Option<u32>) -> PathBuf {
    let world = World { clock: Arc::new(Noon), ..World::real() };
    let path = folder.join("report.pdf");
    let files = sample_bytes(report).expect("the sample's files");
    let order = Order { report, files: &files, paper, draft, signers: &[], authorities: &[], reach: None };
    export(&world, &mut Press::default(), &order, &path, &mut |_| ControlFlow::Continue(())).expect("the sample is ready to file");
    path
}

/// What poppler says; none, with the reason printed, where it is not installed.
fn poppler(program: &str, arguments: &[&str], pdf: &Path) -> Option<String> {
    let out = if program == "pdftotext" { Some("-") } else { None };
    let output = match Command::new(program).args(arguments).arg(pdf).args(out).env("TZ", "UTC").env("LC_ALL", "C.UTF-8").output() {
        Ok(output) => output,
        Err(fault) => {
            println!("not tested here: {program} does not run ({fault}); poppler-utils has it");
            return None;
        }
    };
    assert!(output.status.success(), "{program}: {}", String::from_utf8_lossy(&output.stderr));
    Some(String::from_utf8(output.stdout).expect("UTF-8"))
}

/// Columns stand two blanks apart whatever poppler's version measures; one empty line is as good as several.
fn settled(text: &str) -> String {
    let mut out = String::new();
    let mut empty = true;
    for line in text.replace('\u{c}', "\n").lines() {
        let mut columns = line.split("  ").map(str::trim).filter(|column| !column.is_empty()).peekable();
        if columns.peek().is_some() {
            out.push_str(&columns.collect::<Vec<_>>().join("  "));
            out.push('\n');
            empty = false;
        } else if !empty {
            out.push('\n');
            empty = true;
        }
    }
    out
}

/// The lines of `pdfinfo` that describe the document.
fn described(info: &str) -> String {
    const KEPT: [&str; 9] = ["Title", "Subject", "Author", "Creator", "Producer", "Tagged", "Form", "Pages", "Page size"];
    let kept = info.lines().filter_map(|line| line.split_once(':')).filter(|(key, _)| KEPT.contains(key));
    kept.map(|(key, value)| format!("{key}: {}\n", value.trim())).collect()
}

/// The structure tree as poppler walks it, an element a line with its attributes, without the words, which stand above it, and without
/// numbers of objects.
fn outline_of(structure: &str) -> String {
    let mut out = String::new();
    for line in structure.lines().filter(|line| !line.trim_start().starts_with(['"', 'O'])) {
        let attribute = line.trim_start().starts_with('/');
        out.push_str(if attribute || out.is_empty() { "" } else { "\n" });
        out.push_str(&if attribute {
            format!(" {}", line.trim())
        } else {
            line.trim_end().replace(" (block)", "").replace(" (inline)", "")
        });
    }
    out.push('\n');
    out
}

fn review(id: &str) -> Option<String> {
    let folder = tempfile::tempdir().expect("a folder");
    let report = report::catalogue::sample(id).expect("a shipped sample");
    let pdf = print(folder.path(), &report, Paper::A4, None);
    let info = described(&poppler("pdfinfo", &[], &pdf)?);
    let text = settled(&poppler("pdftotext", &["-layout"], &pdf)?);
    let structure = outline_of(&poppler("pdfinfo", &["-struct"], &pdf)?);
    Some(format!("{info}\n── pages ──\n\n{text}\n── structure ──\n\n{structure}"))
}

#[test]
fn every_sample_reads_as_reviewed() {
    for template in report::catalogue::all() {
        let Some(found) = review(&template.id) else { return };
        expect_file![format!("golden/{}.txt", template.id)].assert_eq(&found);
    }
}

/// One golden a form: its sample as a reader gets it.
#[test]
fn the_forms_of_the_regimes_read_as_reviewed() {
    const IDS: [&str; 9] = [
        "dora-initial",
        "dora-intermediate",
        "dora-final",
        "nis2-early-warning",
        "nis2-notification",
        "nis2-final",
        "gdpr-33",
        "sec-8k-105",
        "ccadb-3.2",
    ];
    for id in IDS {
        let Some(found) = review(id) else { return };
        let golden = format!("{}/documents/golden/{id}.txt", env!("CARGO_MANIFEST_DIR"));
        expect_file![golden].assert_eq(&found);
    }
}

#[test]
fn two_exports_at_one_moment_are_one_file() {
    let folder = tempfile::tempdir().expect("a folder");
    for id in report::catalogue::all().iter().map(|template| &template.id) {
        let report = report::catalogue::sample(id).expect("a shipped sample");
        for (paper, draft) in [(Paper::A4, None), (Paper::Letter, None), (Paper::A4, Some(2))] {
            let once = std::fs::read(print(folder.path(), &report, paper, draft)).expect("it is there");
            let twice = std::fs::read(print(folder.path(), &report, paper, draft)).expect("it is there");
            assert!(once == twice, "{id} differs");
        }
    }
}

#[test]
fn a_draft_says_on_every_page_and_in_its_description_that_it_is_one() {
    let folder = tempfile::tempdir().expect("a folder");
    let report = report::catalogue::sample("sec-h9-summary").expect("a shipped sample");
    let pdf = print(folder.path(), &report, Paper::A4, Some(3));
    let Some(info) = poppler("pdfinfo", &[], &pdf) else { return };
    assert!(info.lines().any(|line| line.starts_with("Subject:") && line.contains("Draft 3") && line.contains("Not issued")), "{info}");
    let text = poppler("pdftotext", &["-layout"], &pdf).expect("poppler is here");
    let pages: Vec<&str> = text.split('\u{c}').filter(|page| !page.trim().is_empty()).collect();
    assert!(pages.len() > 1);
    for (number, page) in (1..).zip(&pages) {
        assert!(page.to_lowercase().contains("draft"), "page {number} does not say so:\n{page}");
    }
    let issued = print(folder.path(), &report, Paper::A4, None);
    let text = poppler("pdftotext", &["-layout"], &issued).expect("poppler is here");
    assert!(!text.to_lowercase().contains("draft"), "what is filed is no draft");
}

#[test]
fn letter_paper_is_letter_paper() {
    let folder = tempfile::tempdir().expect("a folder");
    let report = report::catalogue::sample("rfo").expect("a shipped sample");
    for (paper, size) in [(Paper::Letter, "612 x 792"), (Paper::A4, "595.28 x 841.89")] {
        let Some(info) = poppler("pdfinfo", &[], &print(folder.path(), &report, paper, None)) else { return };
        let line = info.lines().find(|line| line.starts_with("Page size")).expect("a size");
        assert!(line.contains(size) || size.starts_with("595") && line.contains("A4"), "{line}");
    }
}
