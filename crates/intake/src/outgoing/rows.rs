//! Rows of tables read back: which row of the report each of them is, and what their cells mean in `report.json`. Always true: a cell that
//! shows what it showed keeps what stands behind it; one that was changed is read as strictly as it is written, or refused with what it may be.

use super::carried::ABOVE;
use report::ids::RowId;
use report::rich::{Block, RichText};
use report::timeline::{self, Role};
use serde_json::{Value, json};
use sha2::{Digest, Sha256};

/// A row as the text has it, and as it was written.
pub(super) struct Row<'a> {
    /// Its place in the text, from 0.
    pub at: usize,
    pub cells: &'a [String],
    /// None for a row that was added.
    pub before: Option<&'a [String]>,
}

/// The words of each cell of a table without its head; none where the blocks are no table.
pub(super) fn cells(blocks: &[Block]) -> Option<Vec<Vec<String>>> {
    let [Block::Table { content }] = blocks else { return None };
    let words = |blocks: &[Block]| RichText(blocks.to_vec()).lines().join("\n");
    Some(content.iter().skip(1).map(|row| row.cells().iter().map(|cell| words(cell.blocks())).collect()).collect())
}

/// By what a row is known again, whatever became of the rows around it.
pub(super) fn mark(cells: &[String]) -> String {
    in_hex(&Sha256::digest(cells.join("\u{1f}"))[..6])
}

/// For each row that is given, the row that it was.
///
/// # Errors
/// The first given row that could be several.
pub(super) fn partners(given: &[Vec<String>], before: &[Vec<String>], marks: Option<&[String]>) -> Result<Vec<Option<usize>>, usize> {
    let mut partners = vec![None; given.len()];
    let mut free: Vec<usize> = (0..before.len()).collect();
    let pair = |partners: &mut Vec<Option<usize>>, free: &mut Vec<usize>, is: &dyn Fn(&[String], usize) -> bool| {
        for (partner, cells) in partners.iter_mut().zip(given).filter(|(partner, _)| partner.is_none()) {
            if let Some(place) = free.iter().position(|row| is(cells, *row)) {
                *partner = Some(free.remove(place));
            }
        }
    };
    if let Some(marks) = marks {
        pair(&mut partners, &mut free, &|cells, row| marks[row] == mark(cells));
    }
    let open = |partners: &[Option<usize>]| partners.iter().filter(|partner| partner.is_none()).count();
    if open(&partners) != free.len() {
        // What is not carried as words shows: the day and the hour of an event, the state of an action.
        pair(&mut partners, &mut free, &|cells, row| {
            let mut shown = before[row].iter().zip(cells).filter(|(was, _)| *was != ABOVE && !was.is_empty()).peekable();
            shown.peek().is_some() && shown.all(|(was, is)| was == is)
        });
    }
    let left: Vec<usize> = (0..given.len()).filter(|at| partners[*at].is_none()).collect();
    if left.len() == free.len() {
        left.iter().zip(free).for_each(|(at, row)| partners[*at] = Some(row));
    } else if let (Some(first), false) = (left.first(), free.is_empty()) {
        return Err(*first);
    }
    Ok(partners)
}

/// What a row says, as `report.json` has it in that list.
///
/// # Errors
/// What a cell may be.
pub(super) fn item(list: &str, was: Option<&Value>, row: &Row<'_>, whole: &Value) -> Result<Value, String> {
    let mut item = was.cloned().unwrap_or_else(|| json!({ "id": new_id(list, row, whole) }));
    match list {
        "/timeline" => timeline_row(&mut item, row)?,
        "/impact" => impact(&mut item, row)?,
        "/actions" => {
            words(&mut item, row, &[(0, "text"), (2, "owner"), (3, "due"), (5, "criteria")]);
            choice(&mut item, row, 1, "kind", &["prevent", "detect", "mitigate"])?;
            choice(&mut item, row, 4, "state", &["open", "begun", "done", "delayed", "cancelled"])?;
        }
        "/lessons" => {
            words(&mut item, row, &[(0, "text")]);
            choice(&mut item, row, 1, "kind", &["good", "bad", "lucky"])?;
        }
        "/causes" => cause(&mut item, row)?,
        "/targets" => words(&mut item, row, &[(0, "measure"), (1, "target"), (2, "actual")]),
        "/linked" => words(&mut item, row, &[(0, "incident"), (1, "linked"), (2, "nature")]),
        _ => {
            words(&mut item, row, &[(0, "part")]);
            let mut person = item.get("person").cloned().unwrap_or_else(|| json!({ "name": "" }));
            words(&mut person, row, &[(1, "name"), (2, "role"), (3, "organisation")]);
            item["person"] = person;
        }
    }
    Ok(item)
}

impl Row<'_> {
    fn cell(&self, column: usize) -> &str {
        self.cells.get(column).map_or("", String::as_str)
    }

    fn changed(&self, column: usize) -> bool {
        self.before.is_none_or(|before| before.get(column) != self.cells.get(column))
    }
}

fn words(item: &mut Value, row: &Row<'_>, columns: &[(usize, &str)]) {
    for (column, member) in columns.iter().filter(|(column, _)| row.changed(*column)) {
        item[member] = row.cell(*column).into();
    }
}

fn choice(item: &mut Value, row: &Row<'_>, column: usize, member: &str, all: &[&str]) -> Result<(), String> {
    if row.changed(column) {
        let said = row.cell(column).trim().to_lowercase();
        let said = if said.is_empty() && row.before.is_none() { all[0] } else { said.as_str() };
        if !all.contains(&said) {
            return Err(format!("“{said}” is none of: {}", all.join(", ")));
        }
        item[member] = said.into();
    }
    Ok(())
}

fn timeline_row(item: &mut Value, row: &Row<'_>) -> Result<(), String> {
    let is_phase = row.cell(0) == "—" && row.cell(1) == "—";
    let was_phase = row.before.is_some() && item["kind"] == "phase";
    if row.before.is_some() && is_phase != was_phase {
        return Err("an event does not become a phase, nor a phase an event: take the row away and write another".to_owned());
    }
    if is_phase {
        if !row.cell(3).is_empty() {
            return Err(format!("a phase is no key moment: “{}” has no place here", row.cell(3)));
        }
        item["kind"] = "phase".into();
        words(item, row, &[(2, "name")]);
        return Ok(());
    }
    item["kind"] = "event".into();
    if row.before.is_none() {
        item["text"] = "".into();
    }
    words(item, row, &[(2, "text")]);
    if row.changed(0) {
        let day = row.cell(0).trim();
        let is_day = day.len() == 10 && day.parse::<chrono::NaiveDate>().is_ok();
        if !day.is_empty() && !is_day {
            return Err(format!("“{day}” is no day; write it as 2026-06-09"));
        }
        item["date"] = if day.is_empty() { Value::Null } else { day.into() };
    }
    if row.changed(1) {
        time(item, row.cell(1).trim())?;
    }
    if row.changed(3) {
        key_moment(item, row.cell(3).trim());
    }
    Ok(())
}

/// "08:19", "about 08:19", "08:19–09:30", each with the row's own zone behind it where it has one.
fn time(item: &mut Value, cell: &str) -> Result<(), String> {
    const END: &str = " .";
    let id = RowId(Default::default());
    let read = timeline::read_line(&format!("{cell}{END}"), id, report::when::DateOrder::DayMonth, None, None);
    let rest = read.text.strip_suffix('.').unwrap_or(&read.text).trim();
    let zone = read.zone.clone().or_else(|| Some(rest.to_owned()).filter(|rest| !rest.is_empty()));
    let is_zone = zone.as_deref().is_none_or(|zone| zone.chars().count() <= 40 && !zone.contains([':', '|', '\n']));
    if !cell.is_empty() && (read.time == timeline::Time::None || !is_zone || read.date.is_some()) {
        return Err(format!("“{cell}” is no time of day; write it as 08:19, about 08:19 or 08:19–09:30"));
    }
    item["time"] = serde_json::to_value(read.time).expect("a time is plain JSON");
    item["zone"] = zone.map_or(Value::Null, Value::from);
    Ok(())
}

/// "Detected", the author's own word for it, and "automated".
fn key_moment(item: &mut Value, cell: &str) {
    let (name, automated) = match cell.strip_suffix("automated") {
        Some(name) if name.is_empty() || name.ends_with(", ") => (name.trim_end_matches(", "), true),
        _ => (cell, false),
    };
    item["automated"] = automated.into();
    let former = item.get("milestone").and_then(|milestone| serde_json::from_value::<timeline::Milestone>(milestone.clone()).ok());
    item["milestone"] = match (former, Role::ALL.into_iter().find(|role| role.words() == name)) {
        (Some(former), _) if former.words() == name => return,
        (_, None) if name.is_empty() => Value::Null,
        (_, Some(role)) => json!({ "role": role }),
        (former, None) => json!({ "role": former.map_or(Role::Other, |former| former.role), "label": name }),
    };
}

fn impact(item: &mut Value, row: &Row<'_>) -> Result<(), String> {
    words(item, row, &[(0, "service")]);
    choice(item, row, 1, "state", &["down", "degraded"])?;
    for (column, member) in [(2, "from"), (3, "to")] {
        if !row.changed(column) {
            continue;
        }
        let said = row.cell(column).trim();
        item[member] = match chrono::NaiveDateTime::parse_from_str(said, "%Y-%m-%d %H:%M") {
            Ok(at) => json!({ "kind": "moment", "at": at }),
            Err(_) if said.is_empty() && member == "to" => Value::Null,
            Err(_) => return Err(format!("“{said}” is no moment; write it as 2026-06-09 08:19")),
        };
    }
    Ok(())
}

/// Why, what, and then the parts that the form asks for, in the order of their keys.
fn cause(item: &mut Value, row: &Row<'_>) -> Result<(), String> {
    words(item, row, &[(0, "why"), (1, "text")]);
    let keys: Vec<String> = item.get("parts").and_then(Value::as_object).into_iter().flatten().map(|(key, _)| key.clone()).collect();
    for column in 2..row.cells.len() {
        match keys.get(column - 2) {
            Some(key) if row.changed(column) => item["parts"][key] = row.cell(column).into(),
            None if !row.cell(column).is_empty() => return Err(format!("nothing says what “{}” is of this cause", row.cell(column))),
            _ => {}
        }
    }
    Ok(())
}

/// The same text gives the same report: the id of a row that was added follows from its words (RFC 9562, version 8).
fn new_id(list: &str, row: &Row<'_>, whole: &Value) -> String {
    let report = whole["id"].as_str().unwrap_or_default();
    let digest = Sha256::digest(format!("{report}{list}\u{1f}{}\u{1f}{}", row.at, row.cells.join("\u{1f}")));
    let mut bytes: [u8; 16] = digest[..16].try_into().expect("sixteen of its bytes");
    bytes[6] = bytes[6] & 0x0F | 0x80;
    bytes[8] = bytes[8] & 0x3F | 0x80;
    let hex = in_hex(&bytes);
    format!("{}-{}-{}-{}-{}", &hex[..8], &hex[8..12], &hex[12..16], &hex[16..20], &hex[20..])
}

fn in_hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}
