//! The record of the checks: every finding that was let stand, with the reason, who gave it, and when.
//! Always true: an acceptance whose sources have changed since is not on it; its finding is open again.

use chrono::{DateTime, Utc};
use report::{Finding, Report, papers::Accepted};

use super::Job;
use crate::{
    composer::Composer,
    measure::mm,
    strip::Strip,
    table::{self, Cell, CellText, Heads, Row, Table, Under},
    text::{Text, house},
    tree::NodeId,
};

/// Whether there is anything to print.
pub fn has_any(job: &Job<'_>) -> bool {
    standing(job).next().is_some()
}

/// The table of what was let stand.
pub fn list(c: &mut Composer<'_>, job: &Job<'_>, node: NodeId) -> Vec<Strip> {
    let all: Vec<_> = standing(job).collect();
    let facts = report::facts::facts(job.report);
    // A fact stands in a source as its key; on paper it is its value.
    let told = |text: &str| facts.iter().fold(text.to_owned(), |text, fact| text.replace(&format!("{{{}}}", fact.key), &fact.value));
    let row = |(number, (finding, accepted)): (usize, &(&Finding, &Accepted))| {
        let mut found = Cell::words(1, finding.message.trim());
        found.paragraphs.extend(finding.sources.iter().filter(|source| !source.text.trim().is_empty()).map(|source| {
            let words = format!("{}: {}", source.where_, shortened(&told(&source.text)));
            CellText { before: 2.0, ..CellText::new(Text::new(words, house::CELL.0.quiet(), house::CELL.1)) }
        }));
        let mut by = Cell::words(3, if accepted.by.trim().is_empty() { "Not named" } else { accepted.by.trim() });
        if let Some(when) = when(job.report, &accepted.at) {
            by.paragraphs.push(CellText { before: 2.0, ..CellText::new(Text::new(when, house::CELL.0.quiet(), house::CELL.1)) });
        }
        let cells = vec![Cell::words(0, finding.check.as_str()), found, Cell::words(2, accepted.reason.trim()), by];
        Row { cells, under: if number + 1 == all.len() { Under::Hair } else { Under::Faint(0) } }
    };
    let rows = all.iter().enumerate().map(row).collect();
    let heads = ["Check", "What was found", "Why it stands", "Accepted by"].map(str::to_owned).to_vec();
    let columns = table::columns(0.0, &[14.0, 72.0, 46.0, 34.0].map(mm));
    table::table(c, node, Table { columns, heads: Heads::Words(heads), rows, padding: (2.6, 2.9), depth: job.depth })
}

/// Findings that are accepted as they are now, in the order they were found.
fn standing<'a>(job: &Job<'a>) -> impl Iterator<Item = (&'a Finding, &'a Accepted)> {
    let report = job.report;
    job.findings.iter().filter_map(|finding| Some((finding, report.accepted.iter().find(|accepted| accepted.finding == finding.key)?)))
}

/// "12 May 2026, 13:00 BST".
fn when(report: &Report, at: &str) -> Option<String> {
    let at: DateTime<Utc> = at.parse().ok()?;
    let words = report::clocks::moment_words(report, at);
    Some(words.split(" (").next().unwrap_or(&words).to_owned())
}

fn shortened(text: &str) -> String {
    const LONGEST: usize = 120;
    let line = text.split_whitespace().collect::<Vec<_>>().join(" ");
    if line.chars().count() <= LONGEST { line } else { line.chars().take(LONGEST - 1).chain(['…']).collect() }
}
