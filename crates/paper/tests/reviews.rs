//! Reviews under strain: many headings, crowded drawings, long chains, and answers still to come.

mod judge;

use std::{collections::BTreeMap, ops::ControlFlow};

use chrono::{DateTime, NaiveDate};
use paper::{Draft, Issue, Paper, Press, Printed};
use report::{
    Report, Section, Standing, catalogue,
    ids::{CauseId, CountedIds, DiagramId, LessonId, SectionId, TargetId},
    papers::{Cause, Diagram, Edge, Lesson, LessonKind, Node, Target},
    rich::RichText,
};

fn print(report: &Report, draft: bool) -> Printed {
    let issued_at = DateTime::from_timestamp(1_778_587_200, 0).expect("a moment");
    let date = NaiveDate::from_ymd_opt(2026, 5, 12).expect("a day");
    let draft = draft.then_some(Draft { number: 1, date });
    let issue =
        Issue { paper: Paper::A4, draft, issued_at, files: &BTreeMap::new(), findings: &[], producer: "Rapporteur 0.1.0", signers: 0 };
    let printed = Press::default().print(report, &issue, &mut |_| ControlFlow::Continue(())).expect("it prints");
    assert_eq!(judge::faults(&printed.pdf), Vec::<String>::new());
    printed
}

fn review() -> Report {
    catalogue::sample("post-incident-review").expect("a shipped sample")
}

fn node(id: usize, column: i32, row: i32) -> Node {
    let label = format!("Part number {id} with a long name that takes lines");
    Node { id: id.to_string(), label, column, row, failed: id.is_multiple_of(3), note: "no power, then no network".into() }
}

fn drawing(nodes: Vec<Node>) -> Diagram {
    let names: Vec<String> = nodes.iter().map(|node| node.id.clone()).chain(["nowhere".into()]).collect();
    let pairs = names.iter().flat_map(|from| names.iter().map(move |to| (from.clone(), to.clone())));
    let edges = pairs.map(|(from, to)| Edge { from, to, label: "calls".into(), broken: false }).collect();
    Diagram { id: DiagramId::new(&mut CountedIds(70_000)), caption: "All with all".into(), nodes, edges }
}

#[test]
fn drawings_that_are_crowded_far_apart_piled_up_or_empty_print_soundly() {
    let grid =
        |columns: i32, rows: i32| (0..columns * rows).map(move |n| node(usize::try_from(n).expect("small"), n % columns, n / columns));
    for nodes in [
        grid(4, 3).collect(),
        grid(6, 2).collect(),
        grid(9, 9).collect(),
        vec![node(1, i32::MIN, i32::MAX), node(2, i32::MAX, i32::MIN)],
        vec![node(1, 0, 0), node(2, 0, 0)],
        Vec::new(),
    ] {
        let mut report = review();
        report.diagrams = vec![drawing(nodes)];
        print(&report, false);
    }
}

#[test]
fn three_hundred_headings_are_all_in_the_list_of_contents() {
    let mut report = review();
    let mut ids = CountedIds(80_000);
    let usual = report::Section::clone(&report.sections[1]);
    for number in 0..300 {
        let heading = format!("A heading of the author's own, number {number}, long enough to take two lines of the list");
        let body = RichText::from_plain("One paragraph.");
        report.sections.push(Section { id: SectionId::new(&mut ids), key: None, heading, body, standing: usual.standing.clone() });
    }
    let pages = print(&report, false).pages;
    assert!(pages > 30, "{pages} pages");
}

#[test]
fn a_chain_of_a_hundred_long_whys_and_lessons_runs_over_pages() {
    let mut report = review();
    let mut ids = CountedIds(80_000);
    let long = "Because one thing led to another. ".repeat(40);
    let cause =
        |n: usize| Cause { id: CauseId::new(&mut ids), why: format!("Why, number {n}?"), text: long.clone(), parts: BTreeMap::new() };
    report.causes = (0..100).map(cause).collect();
    let mut ids = CountedIds(90_000);
    let mut lesson = |kind| Lesson { id: LessonId::new(&mut ids), kind, text: long.clone() };
    report.lessons = (0..30).flat_map(|_| [lesson(LessonKind::Bad), lesson(LessonKind::Lucky)]).collect();
    print(&report, false);
}

#[test]
fn a_draft_whose_answers_are_still_to_come_prints_what_is_promised() {
    let mut report = review();
    let waiting = Standing::NotYetKnown { owner: "Lea Winter".into(), due: "26 May 2026".into() };
    for key in ["reach", "restored_at", "status", "lost"] {
        report.fields.entry(key.to_owned()).or_default().standing = waiting.clone();
    }
    report.causes.clear();
    report.title.clear();
    print(&report, true);
}

#[test]
fn targets_that_cannot_be_compared_leave_out_the_outcome() {
    let mut report = catalogue::sample("rca-public").expect("a shipped sample");
    let target = |n: u64, target: &str, actual: &str| Target {
        id: TargetId::new(&mut CountedIds(60_000 + n)),
        measure: "Availability in the month".into(),
        target: target.into(),
        actual: actual.into(),
    };
    report.targets = vec![target(1, "99.9 %", "99.3 %"), target(2, "", "")];
    print(&report, false);
}

#[test]
fn the_record_of_the_checks_prints_soundly() {
    let mut report = review();
    report.title = "Review of 3 May 2030".into();
    let findings = report::check(&report);
    report.accepted = findings
        .iter()
        .map(|finding| report::papers::Accepted {
            finding: finding.key.clone(),
            reason: "The day of the review, not of the incident. ".repeat(20),
            by: String::new(),
            at: "not a moment".into(),
        })
        .collect();
    assert!(!report.accepted.is_empty(), "the title names another day");
    let issued_at = DateTime::from_timestamp(1_778_587_200, 0).expect("a moment");
    let pages = [&findings[..], &[]].map(|findings| {
        let files = BTreeMap::new();
        let issue = Issue { paper: Paper::A4, draft: None, issued_at, files: &files, findings, producer: "Rapporteur 0.1.0", signers: 0 };
        let printed = Press::default().print(&report, &issue, &mut |_| ControlFlow::Continue(())).expect("it prints");
        assert_eq!(judge::faults(&printed.pdf), Vec::<String>::new());
        printed.pdf
    });
    assert!(pages[0].len() > pages[1].len(), "only what stands as it was accepted is on it");
}
