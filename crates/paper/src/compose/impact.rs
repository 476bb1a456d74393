//! The table of impact windows, and what they add up to.

use chrono::NaiveDateTime;
use report::{
    Place, Report,
    papers::{ImpactState, ImpactWindow},
    when,
};

use super::{Job, facts};
use crate::{
    composer::{Composer, Side},
    measure::{AXIS, mm},
    strip::Strip,
    table::{self, Cell, Heads, Row, Table, Under},
    text::{Text, house},
    tree::NodeId,
};

/// Windows by service, then the totals under a rule.
pub fn windows(c: &mut Composer<'_>, job: &Job<'_>, node: NodeId) -> Vec<Strip> {
    c.place = Place::Impact;
    let report = job.report;
    let totals = totals(report);
    let mut rows: Vec<Row> = Vec::new();
    for (service, group) in services(report) {
        for (number, window) in group.iter().enumerate() {
            let (from, to) = (report.bound(window.from), window.to.and_then(|to| report.bound(to)));
            let state = if window.state == ImpactState::Down { "Down" } else { "Degraded" };
            let end = if window.to.is_none() { "lasting".to_owned() } else { moment(to) };
            let words = [state.to_owned(), moment(from), end, length(report, from, to)];
            let mut cells: Vec<Cell> = words.into_iter().enumerate().map(|(n, words)| Cell::words(n + 1, words)).collect();
            if number == 0 {
                cells.insert(0, Cell::words(0, service.as_str()).over_rows(group.len()));
            }
            rows.push(Row { cells, under: if number + 1 == group.len() { Under::Hair } else { Under::Faint(1) } });
        }
    }
    if let (Some(last), false) = (rows.last_mut(), totals.is_empty()) {
        last.under = Under::Ink;
    }
    let count = totals.len();
    rows.extend(totals.into_iter().enumerate().map(|(number, total)| total.row(number + 1 == count)));
    let heads = ["Service", "State", "From", "To", "Length"].map(str::to_owned).to_vec();
    let mut columns = table::columns(0.0, &[AXIS, mm(28.0), mm(34.0), mm(34.0), mm(22.0)]);
    if let Some(last) = columns.last_mut() {
        last.side = Side::Right;
    }
    table::table(c, node, Table { columns, heads: Heads::Words(heads), rows, padding: (2.6, 2.9), depth: job.depth })
}

struct Total {
    name: &'static str,
    clock: String,
    from: NaiveDateTime,
    to: NaiveDateTime,
    minutes: i64,
}

impl Total {
    fn row(self, last: bool) -> Row {
        let (style, leading) = (house::CELL.0.strong(), house::CELL.1);
        let mut name = Text::new(self.name, style, leading);
        if !self.clock.is_empty() {
            name = name.with(format!(" (clock: {})", self.clock), house::CELL.0);
        }
        let mut cells = vec![Cell::new(0, name).over_columns(2)];
        let words = [moment(Some(self.from)), moment(Some(self.to)), table_length(self.minutes)];
        cells.extend(words.into_iter().enumerate().map(|(n, words)| Cell::new(n + 2, Text::new(words, style, leading))));
        Row { cells, under: if last { Under::Hair } else { Under::Faint(0) } }
    }
}

fn totals(report: &Report) -> Vec<Total> {
    let mut totals = Vec::new();
    let down: Vec<(NaiveDateTime, NaiveDateTime)> = report
        .impact
        .iter()
        .filter(|window| window.state == ImpactState::Down)
        .filter_map(|window| Some((report.bound(window.from)?, report.bound(window.to?)?)))
        .collect();
    if let (Some(from), Some(to)) = (down.iter().map(|w| w.0).min(), down.iter().map(|w| w.1).max()) {
        totals.push(Total { name: "Any service down", clock: String::new(), from, to, minutes: facts::minutes_down(report) });
    }
    let computed = report.template.fields.iter().find_map(|field| Some((field, field.computed.as_ref()?)));
    if let Some((field, computed)) = computed
        && let (Some(from), Some(to)) = (report.answer(&computed.from).moment(), report.answer(&computed.to).moment())
        && let Some(minutes) = report.computed_minutes(&field.key)
    {
        totals.push(Total { name: "Time to restore", clock: computed.clock.clone(), from, to, minutes });
    }
    totals
}

/// Windows grouped by service, services in the order they first appear.
fn services(report: &Report) -> Vec<(String, Vec<&ImpactWindow>)> {
    let mut groups: Vec<(String, Vec<&ImpactWindow>)> = Vec::new();
    for window in &report.impact {
        let name = window.service.trim();
        match groups.iter_mut().find(|(other, _)| other == name) {
            Some((_, group)) => group.push(window),
            None => groups.push((name.to_owned(), vec![window])),
        }
    }
    groups
}

fn moment(at: Option<NaiveDateTime>) -> String {
    at.map_or_else(|| "not known".to_owned(), |at| format!("{}, {}", facts::short_date(at.date()), when::time_words(at.time())))
}

fn length(report: &Report, from: Option<NaiveDateTime>, to: Option<NaiveDateTime>) -> String {
    match (from, to) {
        (Some(from), Some(to)) => table_length(facts::minute(report, to) - facts::minute(report, from)),
        _ => "–".to_owned(),
    }
}

/// Minutes always with two digits, so that lengths align at the right edge.
fn table_length(minutes: i64) -> String {
    if minutes < 60 { when::length_words(minutes) } else { format!("{}\u{a0}h\u{a0}{:02}\u{a0}min", minutes / 60, minutes % 60) }
}
