//! What a table of ours brings from the report that it was made of: ids. Always true: what is taken in names nothing that is not there, and
//! has no id twice, so that it can be opened again; what was let go of is said. Deliberately absent: words, none of which is touched.

use report::Report;
use report::ids::{ActionId, Ids, RowId};
use report::papers::Assumption;
use report::timeline::Row;
use std::collections::BTreeSet;

/// What the assumption is about.
const ABOUT: &str = "references";

pub(crate) fn settle(report: &mut Report, ids: &mut dyn Ids) {
    rows_of_their_own(report, ids);
    let causes: BTreeSet<_> = report.causes.iter().map(|cause| cause.id).collect();
    let files: BTreeSet<_> = report.attachments.iter().map(|file| file.id).collect();
    let mut aimed = Vec::new();
    for (at, action) in report.actions.iter_mut().enumerate() {
        aimed.extend(let_go(&mut action.causes, |cause| causes.contains(cause)).then_some(at + 1));
    }
    let mut shown = Vec::new();
    for (at, row) in report.timeline.iter_mut().enumerate() {
        if let Row::Event(event) = row {
            shown.extend(let_go(&mut event.evidence, |file| files.contains(file)).then_some(at + 1));
        }
    }
    say(report, "actions", &aimed, "causes", "a table of actions does not carry them");
    say(report, "timeline", &shown, "evidence", "a table of events does not carry its files");
}

/// A row that was copied in a spreadsheet has the id of the one it was copied from.
fn rows_of_their_own(report: &mut Report, ids: &mut dyn Ids) {
    let mut seen = BTreeSet::new();
    for action in &mut report.actions {
        if action.id.0.is_nil() || !seen.insert(action.id.0) {
            action.id = ActionId::new(ids);
        }
    }
    for row in &mut report.timeline {
        if row.id().0.is_nil() || !seen.insert(row.id().0) {
            let id = RowId::new(ids);
            match row {
                Row::Event(event) => event.id = id,
                Row::Phase(phase) => phase.id = id,
            }
        }
    }
}

fn let_go<T>(named: &mut Vec<T>, is_there: impl Fn(&T) -> bool) -> bool {
    let before = named.len();
    named.retain(is_there);
    named.len() < before
}

fn say(report: &mut Report, list: &str, rows: &[usize], what: &str, why: &str) {
    let Some((first, more)) = rows.split_first() else { return };
    let numbers = more.iter().fold(first.to_string(), |numbers, row| format!("{numbers}, {row}"));
    let words = format!("Rows of the {list} named {what} of the report that they come from ({numbers}); {why}.");
    report.assumptions.push(Assumption { about: ABOUT.to_owned(), words });
}
