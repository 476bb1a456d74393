//! The cells of a sheet, and what they are to each other. Always true: every filled cell is in a block, once, or in more rows where it was merged
//! over them; an empty row ends a table only where another begins below it.

use super::enough;
use crate::addresses::with_addresses;
use crate::columns::names_column;
use crate::piece::is_labelled;
use crate::read::ReadError;
use crate::read::limits::Room;
use crate::source::{Block, Cell, Line};
use std::collections::{BTreeMap, BTreeSet};

/// What programs call a sheet that nobody gave a name, before its number.
const UNNAMED: &[&str] = &["sheet", "tabelle", "blatt", "feuil", "feuille", "hoja", "planilha", "folha", "table"];

/// Filled cells by row and column, from 0.
#[derive(Default)]
pub(in crate::read) struct Grid {
    rows: BTreeMap<u32, BTreeMap<u32, Line>>,
    count: usize,
}

impl Grid {
    /// Adds a filled cell.
    pub fn add(&mut self, (row, column): (u32, u32), line: Line) -> Result<(), ReadError> {
        self.count += 1;
        enough(self.count)?;
        self.rows.entry(row).or_default().insert(column, line);
        Ok(())
    }

    /// Cells merged downwards say the same of every row that says anything.
    pub fn merge(&mut self, start: (u32, u32), end: (u32, u32)) -> Result<(), ReadError> {
        let Some(line) = self.rows.get(&start.0).and_then(|row| row.get(&start.1)).cloned() else { return Ok(()) };
        if end.0 <= start.0 {
            return Ok(());
        }
        for (_, row) in self.rows.range_mut(start.0 + 1..=end.0) {
            // Nothing else stands in a merged area; where it does, the file does not mean what it says.
            if row.contains_key(&start.1) {
                break;
            }
            self.count += 1;
            enough(self.count)?;
            row.insert(start.1, line.clone());
        }
        Ok(())
    }

    /// All its words, a row on a line.
    pub fn words(&self) -> String {
        let row = |row: &BTreeMap<u32, Line>| row.values().map(Line::text).collect::<Vec<_>>().join("\t");
        self.rows.values().map(row).collect::<Vec<_>>().join("\n")
    }

    /// Puts the sheet into the room. The name of one that others stand before heads it, where it says something; that of the first would stand
    /// where a text has its title.
    pub fn push(self, name: &str, room: &mut Room) -> Result<(), ReadError> {
        if self.rows.is_empty() {
            room.drop_words(name.to_owned(), "the name of an empty sheet");
            return Ok(());
        }
        let bare = name.trim_end_matches(|c: char| c.is_ascii_digit() || " _-()".contains(c)).to_lowercase();
        if UNNAMED.contains(&bare.as_str()) || room.last().is_none() {
            room.drop_words(name.to_owned(), "the name of a sheet");
        } else {
            room.push(Block::Heading { level: 2, line: Line::plain(name) })?;
        }
        let mut open: Option<Table> = None;
        let mut region: Vec<BTreeMap<u32, Line>> = Vec::new();
        let mut last = None;
        for (at, row) in self.rows {
            if last.is_some_and(|last: u32| at > last + 1) {
                read_region(std::mem::take(&mut region), &mut open, room)?;
            }
            last = Some(at);
            region.push(row);
        }
        read_region(region, &mut open, room)?;
        open.map_or(Ok(()), |table| table.push(room))
    }
}

/// A table that rows further down may belong to.
struct Table {
    head: bool,
    columns: Vec<u32>,
    rows: Vec<BTreeMap<u32, Line>>,
}

impl Table {
    fn push(self, room: &mut Room) -> Result<(), ReadError> {
        enough(self.columns.len().saturating_mul(self.rows.len()))?;
        let cell = |line: Option<&Line>| {
            let lines = line.map(|line| crate::piece::split(line, '\n')).unwrap_or_default();
            Cell { lines: lines.into_iter().filter(|line| !line.text().trim().is_empty()).collect(), columns: 1, rows: 1 }
        };
        let mut rows = Vec::with_capacity(self.rows.len());
        for row in &self.rows {
            self.columns.iter().try_for_each(|_| room.add_cell())?;
            rows.push(self.columns.iter().map(|column| cell(row.get(column))).collect());
        }
        room.push(Block::Table { head: self.head, rows })
    }
}

/// Rows without an empty one between them: lines above a table, and the table, or more of the one before.
fn read_region(mut rows: Vec<BTreeMap<u32, Line>>, open: &mut Option<Table>, room: &mut Room) -> Result<(), ReadError> {
    let lines = rows.iter().take_while(|row| row.len() == 1).count();
    let table = rows.split_off(lines);
    let columns: BTreeSet<u32> = table.iter().flat_map(|row| row.keys().copied()).collect();
    if let Some(open) = open.as_mut()
        && open.head
        && lines == 0
        && !table.first().is_some_and(is_head)
        && columns.iter().all(|column| open.columns.contains(column))
    {
        open.rows.extend(table);
        return Ok(());
    }
    if let Some(table) = open.take() {
        table.push(room)?;
    }
    for line in rows.into_iter().flat_map(BTreeMap::into_values) {
        room.push(Block::Line { line })?;
    }
    if columns.len() == 2 && table.iter().all(is_fact) {
        return table.iter().try_for_each(|row| push_fact(row, room));
    }
    if let Some(first) = table.first() {
        *open = Some(Table { head: is_head(first), columns: columns.into_iter().collect(), rows: table });
    }
    Ok(())
}

/// Whether a row is a name and its value.
fn is_fact(row: &BTreeMap<u32, Line>) -> bool {
    let name = row.values().next().map(Line::text).unwrap_or_default();
    let label = format!("{}: value", name.trim().trim_end_matches(':'));
    row.len() == 2 && !is_head(row) && name.starts_with(char::is_alphabetic) && is_labelled(&label)
}

fn push_fact(row: &BTreeMap<u32, Line>, room: &mut Room) -> Result<(), ReadError> {
    let mut words = row.values().map(|line| with_addresses(line).text());
    let name = words.next().unwrap_or_default().trim().trim_end_matches(':').to_owned();
    room.push(Block::Named { name, value: words.next().unwrap_or_default() })
}

/// Whether a row names columns: words without figures, and of two cells both known as names of columns ("Status", "Resolved" is a fact).
fn is_head(row: &BTreeMap<u32, Line>) -> bool {
    let cells: Vec<String> = row.values().map(Line::text).collect();
    let sober = |cell: &String| !cell.contains(|c: char| c.is_ascii_digit()) && cell.chars().count() < 60;
    let named = cells.iter().filter(|cell| names_column(cell)).count();
    cells.iter().all(sober) && (cells.len() > 2 || (cells.len() == 2 && named == 2))
}
