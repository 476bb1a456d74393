//! Logs of Zeek (docs.zeek.org, "Log Formats and Inspection"): lines of values under a line that names them, with what the log says of itself on
//! lines that begin with `#`. Always true: every value is in its row under its name; the marks for "no value" are counted and listed.

use super::ReadError;
use super::limits::Room;
use crate::source::{Block, Cell, Line, Source};

/// How many lines may stand above the names.
const LOOKED_AT: usize = 20;

/// Whether a text is such a log.
pub(super) fn is_one(text: &str) -> bool {
    let head = || text.trim_start_matches('\u{feff}').lines().take(LOOKED_AT).take_while(|line| line.starts_with('#'));
    head().any(|line| names(line).is_some_and(|names| names.len() > 1))
}

/// Reads a log, or several one behind the other.
pub(super) fn read(text: &str) -> Result<Source, ReadError> {
    let mut room = Room::default();
    let mut rows: Vec<Vec<Cell>> = Vec::new();
    let mut about = Vec::new();
    let mut unset = 0;
    for line in text.trim_start_matches('\u{feff}').lines().filter(|line| !line.trim().is_empty()) {
        if let Some(names) = names(line) {
            finish(&mut rows, &mut room)?;
            about.push("#fields");
            rows.push(cells(&names, &mut unset, &mut room)?);
        } else if line.starts_with('#') {
            about.push(line);
        } else {
            rows.push(cells(&line.split('\t').collect::<Vec<_>>(), &mut unset, &mut room)?);
        }
    }
    finish(&mut rows, &mut room)?;
    room.drop_words(about.join("\n"), "what a log says of itself");
    room.drop_words("- ".repeat(unset).trim_end().to_owned(), "the mark for a value that is not there");
    Ok(room.into_source())
}

/// The names of the columns, of the line that gives them.
fn names(line: &str) -> Option<Vec<&str>> {
    Some(line.strip_prefix("#fields\t")?.split('\t').collect())
}

fn cells(values: &[&str], unset: &mut usize, room: &mut Room) -> Result<Vec<Cell>, ReadError> {
    let mut cells = Vec::with_capacity(values.len());
    for value in values {
        room.add_cell()?;
        let blank = matches!(value.trim(), "-" | "");
        *unset += usize::from(value.trim() == "-");
        let lines = if blank { Vec::new() } else { vec![Line::plain(*value)] };
        cells.push(Cell { lines, columns: 1, rows: 1 });
    }
    Ok(cells)
}

fn finish(rows: &mut Vec<Vec<Cell>>, room: &mut Room) -> Result<(), ReadError> {
    let rows = std::mem::take(rows);
    if rows.is_empty() { Ok(()) } else { room.push(Block::Table { head: true, rows }) }
}
