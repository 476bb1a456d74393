//! The three kinds of tables of reStructuredText. Always true: a line that a table has no place for is a paragraph beside it.

use super::restructured::{Open, Reader};
use crate::read::ReadError;
use crate::source::{Block, Cell, Line};

impl Reader<'_> {
    /// Rows are items, cells are items in them.
    pub fn list_table(&mut self, body: &str, head: bool) -> Result<(), ReadError> {
        let mut rows: Vec<Vec<Cell>> = Vec::new();
        for line in body.lines().map(str::trim).filter(|line| !line.is_empty()) {
            let row = line.strip_prefix("* ").map(str::trim);
            if row.is_some() {
                rows.push(Vec::new());
            }
            let cell = row.unwrap_or(line).strip_prefix('-').filter(|words| words.is_empty() || words.starts_with(' '));
            let words = self.words(cell.unwrap_or(line).trim());
            let Some(last) = rows.last_mut() else {
                self.room.push(Block::Line { line: words })?;
                continue;
            };
            match (cell, last.last_mut()) {
                (None, Some(cell)) => cell.lines.push(words),
                _ => {
                    self.room.add_cell()?;
                    last.push(Cell { lines: Some(words).filter(|line| !line.runs.is_empty()).into_iter().collect(), columns: 1, rows: 1 });
                }
            }
        }
        if rows.is_empty() { Ok(()) } else { self.room.push(Block::Table { head, rows }) }
    }

    /// `+----+`, cells between bars, `+====+` below the head.
    pub fn grid(&mut self) -> Result<(), ReadError> {
        self.open = Open::Nothing;
        let mut rows: Vec<Vec<Cell>> = Vec::new();
        let (mut head, mut fresh) = (false, true);
        while self.line(self.at).starts_with(['+', '|']) {
            let line = self.line(self.at);
            self.at += 1;
            if line.starts_with('+') {
                head |= line.starts_with("+=") && rows.len() == 1;
                fresh = true;
                continue;
            }
            let cells: Vec<Line> = line.trim_matches('|').split('|').map(|cell| self.words(cell.trim())).collect();
            self.add_row(&mut rows, cells, fresh)?;
            fresh = false;
        }
        if rows.is_empty() { Ok(()) } else { self.room.push(Block::Table { head, rows }) }
    }

    /// `==== ====`, lines under the columns, `==== ====`.
    pub fn simple_table(&mut self) -> Result<(), ReadError> {
        self.open = Open::Nothing;
        let border = self.line(self.at);
        let starts: Vec<usize> = border
            .char_indices()
            .filter(|(at, c)| *c == '=' && (*at == 0 || border.as_bytes()[at - 1] == b' '))
            .map(|(at, _)| at)
            .collect();
        self.at += 1;
        let mut rows: Vec<Vec<Cell>> = Vec::new();
        let (mut head, mut borders) = (false, 1);
        while self.at < self.lines.len() {
            let line = self.line(self.at);
            self.at += 1;
            if is_simple_border(line) {
                borders += 1;
                let more =
                    (self.at..self.lines.len()).take_while(|at| !self.line(*at).is_empty()).any(|at| is_simple_border(self.line(at)));
                head |= borders == 2 && rows.len() == 1 && more;
                if borders == 3 || !more {
                    break;
                }
                continue;
            }
            if line.is_empty() {
                break;
            }
            let chars: Vec<char> = line.chars().collect();
            let part = |(number, start): (usize, &usize)| {
                let end = starts.get(number + 1).copied().unwrap_or(chars.len()).min(chars.len());
                chars.get((*start).min(end)..end).map(|part| part.iter().collect::<String>()).unwrap_or_default()
            };
            let cells: Vec<Line> = starts.iter().enumerate().map(part).map(|cell| self.words(cell.trim())).collect();
            let fresh = cells.first().is_none_or(|cell| !cell.runs.is_empty());
            self.add_row(&mut rows, cells, fresh)?;
        }
        if rows.is_empty() { Ok(()) } else { self.room.push(Block::Table { head, rows }) }
    }

    fn add_row(&mut self, rows: &mut Vec<Vec<Cell>>, cells: Vec<Line>, fresh: bool) -> Result<(), ReadError> {
        if fresh || rows.is_empty() {
            rows.push(Vec::new());
        }
        let Some(row) = rows.last_mut() else { return Ok(()) };
        for (at, line) in cells.into_iter().enumerate() {
            if row.len() <= at {
                self.room.add_cell()?;
                row.push(Cell { lines: Vec::new(), columns: 1, rows: 1 });
            }
            if !line.runs.is_empty() {
                row[at].lines.push(line);
            }
        }
        Ok(())
    }
}

/// `==== ====`.
pub(super) fn is_simple_border(line: &str) -> bool {
    line.starts_with("==") && line.contains(' ') && line.chars().all(|c| matches!(c, '=' | ' '))
}
