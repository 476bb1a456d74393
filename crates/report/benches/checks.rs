//! How long the findings of a long report take after an edit: thirty pages of text and three hundred rows. `cargo bench -p report`.
//! The aim is 50 ms.

use report::ids::{CountedIds, RowId};
use report::rich::{Block, RichText};
use report::timeline::{Row, Time};
use report::{Edit, Report};
use std::time::Instant;

/// Words on thirty printed pages.
const PARAGRAPHS: usize = 180;
const ROWS: usize = 300;
const RUNS: u32 = 20;

fn main() {
    let report = long();
    let words: usize = report::texts::texts(&report).map(|written| written.text.split_whitespace().count()).sum();
    let section = report.sections[0].id;
    let mut body = report.sections[0].body.clone();
    body.0.push(Block::plain("One more sentence, at 10:15 on 14 October 2025."));
    let edit = Edit::Body { section, body };
    let found = report::check(&report).len();
    let started = Instant::now();
    for _ in 0..RUNS {
        let edited = report.apply(&edit).expect("the edit fits").report;
        std::hint::black_box(report::check(&edited));
    }
    let each = started.elapsed() / RUNS;
    println!("{words} words, {ROWS} rows, {found} findings: an edit and its findings in {each:.1?}");
}

fn long() -> Report {
    let mut report = report::catalogue::sample("sec-h9-summary").expect("a shipped sample");
    let prose: Vec<Block> = report.sections.iter().flat_map(|section| section.body.0.clone()).collect();
    for section in &mut report.sections {
        if !section.body.is_blank() {
            section.body = RichText(prose.iter().cycle().take(PARAGRAPHS / 5).cloned().collect());
        }
    }
    let events: Vec<_> = report.events().cloned().collect();
    let start = events[0].start().expect("the sample's rows are dated");
    let mut ids = CountedIds(10_000);
    report.impact.clear();
    report.timeline = (0..ROWS)
        .map(|n| {
            let mut event = events[n % events.len()].clone();
            let at = start + chrono::Duration::minutes(n as i64);
            (event.id, event.date, event.time, event.milestone) = (RowId::new(&mut ids), Some(at.date()), Time::At { at: at.time() }, None);
            Row::Event(event)
        })
        .collect();
    report
}
