//! A report's logical tree as text a reviewer can read: what a screen reader would meet, in its order, and on which page.

use std::{collections::BTreeMap, sync::Arc};

use report::{Finding, Report, catalogue, ids::AttachmentId, papers::Accepted};

use crate::{
    compose::{self, Job},
    composer::Composer,
    display::{Item, Owner, Page},
    flow,
    measure::Paper,
    paragraph::Typesetter,
    tree::{Child, ContentId, NodeId, Role, Tree},
};

fn readable(report: &Report) -> String {
    readable_with(report, &[])
}

fn readable_with(report: &Report, findings: &[Finding]) -> String {
    let files: BTreeMap<AttachmentId, Arc<[u8]>> = BTreeMap::new();
    let depth = Paper::A4.depth();
    let mut setter = Typesetter::default();
    setter.speak(&report.language);
    let mut c = Composer::new(&mut setter);
    let mut job = Job::new(report, &files, false, depth);
    job.findings = findings;
    let strips = compose::compose(&mut c, &mut job);
    let mut filled = flow::pour(strips, &c.notes, depth);
    job.contents.number(&mut c, &mut filled);
    let mut words: BTreeMap<ContentId, (usize, String)> = BTreeMap::new();
    for (number, page) in filled.pages.iter().enumerate() {
        collect(page, number + 1, &mut words);
    }
    let mut out = String::new();
    describe(&c.tree, Tree::ROOT, 0, &words, &mut out);
    out
}

fn collect(page: &Page, number: usize, words: &mut BTreeMap<ContentId, (usize, String)>) {
    for marked in &page.marks {
        let Owner::Content(content) = marked.owner else { continue };
        let entry = words.entry(content).or_insert((number, String::new()));
        for item in &marked.items {
            if let Item::Text(run) = item {
                entry.1.extend(run.glyphs.iter().map(|glyph| &run.text[glyph.text.clone()]));
            }
        }
    }
}

fn describe(tree: &Tree, id: NodeId, depth: usize, words: &BTreeMap<ContentId, (usize, String)>, out: &mut String) {
    let node = tree.node(id);
    let mut name = node.role.name().to_owned();
    match &node.role {
        Role::TH { rows, columns, .. } | Role::TD { rows, columns } if *rows > 1 || *columns > 1 => {
            name.push_str(&format!(" {rows}×{columns}"));
        }
        Role::Figure { alt } => name.push_str(&format!(" ({alt})")),
        _ => {}
    }
    out.push_str(&format!("{}{name}", "  ".repeat(depth)));
    let mut page = None;
    let mut open = false;
    for child in &node.children {
        match child {
            Child::Content(content) => {
                let Some((number, words)) = words.get(content).filter(|(_, words)| !words.is_empty()) else { continue };
                if !open {
                    out.push_str(if page.is_none() && !out.ends_with('\n') { ": " } else { "" });
                    if out.ends_with('\n') {
                        out.push_str(&format!("{}… ", "  ".repeat(depth)));
                    }
                    open = true;
                }
                if page.is_some_and(|page| page != *number) {
                    out.push_str(&format!("[page {number}] "));
                }
                page = Some(*number);
                out.push_str(&words.replace('\u{a0}', "~"));
            }
            Child::Node(inner) => {
                if !out.ends_with('\n') {
                    out.push('\n');
                }
                open = false;
                describe(tree, *inner, depth + 1, words, out);
            }
        }
    }
    if !out.ends_with('\n') {
        out.push('\n');
    }
}

fn check(id: &str, golden: expect_test::ExpectFile) {
    golden.assert_eq(&readable(&catalogue::sample(id).expect("a shipped sample")));
}

#[test]
fn the_form_reads_as_written() {
    check("sec-h9-summary", expect_test::expect_file!["../tests/golden/sec-h9-summary.txt"]);
}

#[test]
fn the_letter_reads_as_written() {
    check("rfo", expect_test::expect_file!["../tests/golden/rfo.txt"]);
}

#[test]
fn the_review_reads_as_written() {
    check("post-incident-review", expect_test::expect_file!["../tests/golden/post-incident-review.txt"]);
}

#[test]
fn the_record_tells_what_was_let_stand_why_and_by_whom_and_nothing_that_is_open_again() {
    let mut report = catalogue::sample("post-incident-review").expect("a shipped sample");
    report.title = "Review of 3 May 2030".into();
    let findings = report::check(&report);
    let finding = findings.first().expect("the title names another day").clone();
    let accept = |finding: &str| Accepted {
        finding: finding.to_owned(),
        reason: "The day of the review, not of the incident".into(),
        by: "Ada Ferrer".into(),
        at: "2026-05-12T12:00:00Z".into(),
    };
    report.accepted = vec![accept(&finding.key), accept("L02|an older text=3 h")];
    let said = readable_with(&report, &findings).replace('~', " ");
    for words in
        ["Record of the checks", finding.check.as_str(), "Accepted by", "The day of the review", "Ada Ferrer", "12 May 2026, 13:00"]
    {
        assert!(said.contains(words), "“{words}” is not in:\n{said}");
    }
    assert!(!said.contains("L02"), "its sources have changed");
    assert!(!readable(&report).contains("Record of the checks"), "nothing stands");
}
