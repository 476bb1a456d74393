//! The table of targets held against what was reached.
//! Always true: an outcome is printed only where both sides are lengths of time that can be compared.

use report::{Place, papers::Target, template::SectionRule, when};

use super::Job;
use crate::{
    composer::Composer,
    measure::mm,
    strip::Strip,
    table::{self, Cell, Heads, Row, Table, Under},
    text::{Text, house},
    tree::NodeId,
};

/// The table. `rule` may word the heads of its columns.
pub fn targets(c: &mut Composer<'_>, job: &Job<'_>, node: NodeId, rule: Option<&SectionRule>) -> Vec<Strip> {
    c.place = Place::Targets;
    let all = &job.report.targets;
    let judged = all.iter().any(|target| target.over_by().is_some());
    let row = |(number, target): (usize, &Target)| {
        let words = [&target.measure, &target.target, &target.actual];
        let mut cells: Vec<Cell> = words.into_iter().enumerate().map(|(column, words)| Cell::words(column, words.trim())).collect();
        if judged {
            cells.push(outcome(target));
        }
        Row { cells, under: if number + 1 == all.len() { Under::Hair } else { Under::Faint(0) } }
    };
    let rows = all.iter().enumerate().map(row).collect();
    let own = rule.map(|rule| rule.columns.as_slice()).unwrap_or_default();
    let head = |(column, usual): (usize, &str)| own.get(column).cloned().unwrap_or_else(|| usual.to_owned());
    let mut heads: Vec<String> = ["Target", "Promised", "Reached", "Outcome"].into_iter().enumerate().map(head).collect();
    let widths: &[f32] = if judged { &[68.0, 34.0, 34.0, 30.0] } else { &[94.0, 36.0, 36.0] };
    heads.truncate(widths.len());
    let columns = table::columns(0.0, &widths.iter().map(|width| mm(*width)).collect::<Vec<f32>>());
    table::table(c, node, Table { columns, heads: Heads::Words(heads), rows, padding: (2.6, 2.9), depth: job.depth })
}

/// "met", or "missed by 7 min" in semibold.
fn outcome(target: &Target) -> Cell {
    match target.over_by() {
        None => Cell::words(3, "–"),
        Some(over) if over <= 0 => Cell::words(3, "met"),
        Some(over) => {
            let words = format!("missed by {}", when::length_words(over));
            Cell::new(3, Text::new(words, house::CELL.0.strong(), house::CELL.1))
        }
    }
}
