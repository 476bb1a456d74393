//! The timeline and the actions as CSV (RFC 4180), and back. Always true: every member of a row has a column, so reading gives equal rows;
//! no cell begins as a formula does, because spreadsheets would run it. Deliberately absent: the rest of the report.

use chrono::{NaiveDate, NaiveTime};
use report::ids::{ActionId, AttachmentId, CauseId, RowId};
use report::papers::Action;
use report::timeline::{Event, Milestone, Phase, Row, Time};
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::Value;

const TIMELINE: [&str; 13] =
    ["Date", "Time", "Until", "Precision", "Zone", "Event", "Automated", "Key moment", "Called", "As written", "Evidence", "Row", "Id"];
const ACTIONS: [&str; 8] = ["Action", "For", "Owner", "Due", "State", "Success", "Causes", "Id"];

/// Which of the tables written here one is.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(crate) enum Own {
    Timeline,
    Actions,
}

impl Own {
    /// By its head; none of any other table.
    pub(crate) fn of(head: &[String]) -> Option<Self> {
        let is = |known: &[&str]| head.iter().map(String::as_str).eq(known.iter().copied());
        if is(&TIMELINE) { Some(Own::Timeline) } else { is(&ACTIONS).then_some(Own::Actions) }
    }
}

/// The row that the cells of our own table of events give back.
pub(crate) fn own_row(cells: &[String]) -> Option<Row> {
    (cells.len() == TIMELINE.len()).then(|| read_row(&cells.iter().map(|cell| fused(cell)).collect::<Vec<_>>()))?
}

/// The action that the cells of our own table of actions give back.
pub(crate) fn own_action(cells: &[String]) -> Option<Action> {
    (cells.len() == ACTIONS.len()).then(|| read_action(&cells.iter().map(|cell| fused(cell)).collect::<Vec<_>>()))?
}

/// The timeline as CSV.
pub fn timeline(rows: &[Row]) -> String {
    table(
        &TIMELINE,
        rows.iter().map(|row| match row {
            Row::Event(event) => event_cells(event),
            Row::Phase(phase) => {
                let mut cells = vec![String::new(); TIMELINE.len()];
                cells[5] = phase.name.clone().unwrap_or_default();
                cells[11] = if phase.name.is_some() { "named phase" } else { "phase" }.to_owned();
                cells[12] = phase.id.to_string();
                cells
            }
        }),
    )
}

/// The actions as CSV.
pub fn actions(actions: &[Action]) -> String {
    table(
        &ACTIONS,
        actions.iter().map(|action| {
            vec![
                action.text.clone(),
                name(&action.kind),
                action.owner.clone(),
                action.due.clone(),
                name(&action.state),
                action.criteria.clone(),
                action.causes.iter().map(CauseId::to_string).collect::<Vec<_>>().join(" "),
                action.id.to_string(),
            ]
        }),
    )
}

/// The timeline of a CSV written here; none of any other.
pub fn read_timeline(text: &str) -> Option<Vec<Row>> {
    records(text, &TIMELINE)?.iter().map(|cells| read_row(cells)).collect()
}

/// The actions of a CSV written here; none of any other.
pub fn read_actions(text: &str) -> Option<Vec<Action>> {
    records(text, &ACTIONS)?.iter().map(|cells| read_action(cells)).collect()
}

fn read_action(cells: &[String]) -> Option<Action> {
    Some(Action {
        text: cells[0].clone(),
        kind: choice(&cells[1])?,
        owner: cells[2].clone(),
        due: cells[3].clone(),
        state: choice(&cells[4])?,
        criteria: cells[5].clone(),
        causes: cells[6].split_whitespace().map(|id| Some(CauseId(id.parse().ok()?))).collect::<Option<_>>()?,
        id: ActionId(cells[7].parse().ok()?),
    })
}

fn event_cells(event: &Event) -> Vec<String> {
    let clock = |time: NaiveTime| time.format("%H:%M:%S%.f").to_string();
    let (from, until, precision) = match event.time {
        Time::None => (String::new(), String::new(), ""),
        Time::At { at } => (clock(at), String::new(), "exact"),
        Time::About { at } => (clock(at), String::new(), "about"),
        Time::Range { from, to } => (clock(from), clock(to), "range"),
    };
    let label = event.milestone.as_ref().and_then(|milestone| milestone.label.clone());
    vec![
        event.date.map(|date| date.to_string()).unwrap_or_default(),
        from,
        until,
        precision.to_owned(),
        optional(event.zone.as_deref()),
        event.text.clone(),
        if event.automated { "yes" } else { "no" }.to_owned(),
        event.milestone.as_ref().map(|milestone| name(&milestone.role)).unwrap_or_default(),
        optional(label.as_deref()),
        event.raw.clone(),
        event.evidence.iter().map(AttachmentId::to_string).collect::<Vec<_>>().join(" "),
        "event".to_owned(),
        event.id.to_string(),
    ]
}

fn read_row(cells: &[String]) -> Option<Row> {
    let id = RowId(cells[12].parse().ok()?);
    if cells[11] != "event" {
        let name = (cells[11] == "named phase").then(|| cells[5].clone());
        return Some(Row::Phase(Phase { id, name }));
    }
    let clock = |text: &str| NaiveTime::parse_from_str(text, "%H:%M:%S%.f").ok();
    let time = match cells[3].as_str() {
        "" => Time::None,
        "exact" => Time::At { at: clock(&cells[1])? },
        "about" => Time::About { at: clock(&cells[1])? },
        "range" => Time::Range { from: clock(&cells[1])?, to: clock(&cells[2])? },
        _ => return None,
    };
    let milestone = if cells[7].is_empty() { None } else { Some(Milestone { role: choice(&cells[7])?, label: read_optional(&cells[8])? }) };
    Some(Row::Event(Event {
        id,
        date: if cells[0].is_empty() { None } else { Some(cells[0].parse::<NaiveDate>().ok()?) },
        time,
        zone: read_optional(&cells[4])?,
        text: cells[5].clone(),
        automated: cells[6] == "yes",
        milestone,
        raw: cells[9].clone(),
        evidence: cells[10].split_whitespace().map(|id| Some(AttachmentId(id.parse().ok()?))).collect::<Option<_>>()?,
    }))
}

/// Nothing is an empty cell; words that are empty are two quotes.
fn optional(words: Option<&str>) -> String {
    match words {
        None => String::new(),
        Some(words) if words.is_empty() || words.starts_with('"') => format!("\"{words}\""),
        Some(words) => words.to_owned(),
    }
}

fn read_optional(cell: &str) -> Option<Option<String>> {
    match cell.strip_prefix('"') {
        None if cell.is_empty() => Some(None),
        None => Some(Some(cell.to_owned())),
        Some(quoted) => Some(Some(quoted.strip_suffix('"')?.to_owned())),
    }
}

/// Any other table as CSV: its rows, the first of them its head, each as long as that.
pub fn plain_table(rows: &[Vec<String>]) -> String {
    let Some((head, rows)) = rows.split_first() else { return String::new() };
    let head: Vec<&str> = head.iter().map(String::as_str).collect();
    let as_long = |row: &Vec<String>| row.iter().cloned().chain(std::iter::repeat_with(String::new)).take(head.len()).collect();
    table(&head, rows.iter().map(as_long))
}

fn table(head: &[&str], rows: impl Iterator<Item = Vec<String>>) -> String {
    let mut writer = csv::WriterBuilder::new().terminator(csv::Terminator::CRLF).from_writer(Vec::new());
    let whole = "memory does not fail, and every row has the columns of the head";
    writer.write_record(head).expect(whole);
    for row in rows {
        writer.write_record(row.iter().map(|cell| defused(cell))).expect(whole);
    }
    String::from_utf8(writer.into_inner().expect(whole)).expect("cells are text")
}

fn records(text: &str, head: &[&str]) -> Option<Vec<Vec<String>>> {
    let mut reader = csv::ReaderBuilder::new().has_headers(false).from_reader(text.trim_start_matches('\u{feff}').as_bytes());
    let mut records = reader.records();
    let first = records.next()?.ok()?;
    if !first.iter().eq(head.iter().copied()) {
        return None;
    }
    records.map(|record| Some(record.ok()?.iter().map(fused).collect())).collect()
}

/// An apostrophe before what a spreadsheet would run (OWASP, "CSV Injection"), and before apostrophes that stand there already.
fn defused(cell: &str) -> String {
    if runs(cell) { format!("'{cell}") } else { cell.to_owned() }
}

fn fused(cell: &str) -> String {
    cell.strip_prefix('\'').filter(|rest| runs(rest)).unwrap_or(cell).to_owned()
}

fn runs(cell: &str) -> bool {
    cell.trim_start_matches('\'').starts_with(['=', '+', '-', '@', '\t', '\r', '\n'])
}

fn name(choice: &impl Serialize) -> String {
    serde_json::to_value(choice).ok().and_then(|value| value.as_str().map(|name| name.replace('_', " "))).unwrap_or_default()
}

fn choice<T: DeserializeOwned>(name: &str) -> Option<T> {
    serde_json::from_value(Value::from(name.replace(' ', "_"))).ok()
}
