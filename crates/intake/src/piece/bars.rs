//! Tables drawn with bars, in plain text and where Markdown's rule line is missing: `| 08:40 | disk full |`, `Time | Event`. Always true: the
//! bars part cells and are no words. Deliberately absent: commands with bars in them, which stay lines.

use super::split;
use crate::columns;
use crate::source::{Block, Cell, Line};

/// Lines with bars that follow each other alike.
#[derive(Default)]
pub(super) struct Run {
    /// How many blocks they take.
    pub blocks: usize,
    /// The rows of the table they draw, and whether each is marked as a head; none where they are no table.
    pub table: Option<Vec<(Vec<Cell>, bool)>>,
}

/// The lines with bars that the first block begins.
pub(super) fn run(blocks: &[Block]) -> Run {
    let mut rows: Vec<Row> = Vec::new();
    let mut taken = 0;
    let mut ruled = false;
    'blocks: for block in blocks {
        let Block::Line { line } = block else { break };
        let Some(lines) = lines(line) else { break };
        let mut here = Vec::new();
        for line in lines {
            match line {
                Drawn::Rule => {
                    ruled = true;
                    if let ([row], []) | ([], [row]) = (rows.as_mut_slice(), here.as_mut_slice()) {
                        row.head = true;
                    }
                }
                Drawn::Row(row) => {
                    if rows.iter().chain(&here).next().is_some_and(|first| !first.is_like(&row)) {
                        break 'blocks;
                    }
                    here.push(row);
                }
            }
        }
        rows.append(&mut here);
        taken += 1;
    }
    let framed = rows.first().is_some_and(|row| row.framed);
    let is_table = framed || (rows.len() > 1 && (ruled || shows_columns(&rows)));
    Run { blocks: taken, table: is_table.then(|| rows.into_iter().map(|row| (row.cells, row.head)).collect()) }
}

struct Row {
    cells: Vec<Cell>,
    head: bool,
    /// Whether it begins with a bar.
    framed: bool,
}

impl Row {
    /// Whether both can be rows of one table; within a frame a row may lack cells.
    fn is_like(&self, other: &Row) -> bool {
        self.framed == other.framed && (self.framed || self.cells.len() == other.cells.len())
    }
}

enum Drawn {
    Rule,
    Row(Row),
}

/// The lines of a paragraph as rows; none where one of them is none.
fn lines(line: &Line) -> Option<Vec<Drawn>> {
    if !line.runs.iter().any(|run| run.text.contains(['|', '+'])) {
        return None;
    }
    split(line, '\n').iter().filter(|line| !line.text().trim().is_empty()).map(row).collect()
}

fn row(line: &Line) -> Option<Drawn> {
    let text = line.text();
    let text = text.trim();
    if text.contains("--") && text.contains(['|', '+']) && text.chars().all(|c| "|+-:= ".contains(c)) {
        return Some(Drawn::Rule);
    }
    let mut cells = split(line, '|');
    let framed = text.starts_with('|');
    if framed {
        cells.remove(0);
    }
    if text.ends_with('|') && text.len() > 1 {
        cells.pop();
    }
    let cells: Vec<Cell> = cells.into_iter().map(|line| Cell { lines: vec![trimmed(line)], columns: 1, rows: 1 }).collect();
    let has_words = cells.iter().any(|cell| super::cell_text(cell).chars().any(char::is_alphanumeric));
    (cells.len() > 1 && has_words).then_some(Drawn::Row(Row { cells, head: false, framed }))
}

/// A line without blanks at its ends.
fn trimmed(mut line: Line) -> Line {
    line.runs.retain(|run| !run.text.is_empty());
    if let Some(first) = line.runs.first_mut() {
        first.text = first.text.trim_start().to_owned();
    }
    if let Some(last) = line.runs.last_mut() {
        last.text.truncate(last.text.trim_end().len());
    }
    line
}

/// Whether rows without a frame are a table: their first names a column, or each begins with a figure as times and dates do.
fn shows_columns(rows: &[Row]) -> bool {
    let cells = |row: &Row| row.cells.iter().map(|cell| super::cell_text(cell).trim().to_owned()).collect::<Vec<String>>();
    let first = cells(&rows[0]);
    let names = first.iter().all(|cell| cell.chars().count() <= 40) && first.iter().any(|cell| columns::names_column(cell));
    names || rows.iter().all(|row| cells(row)[0].starts_with(|c: char| c.is_ascii_digit()))
}

#[cfg(test)]
mod tests {
    use super::super::pieces;
    use super::super::support::plain_source;
    use crate::piece::Shape;

    fn shown(text: &str) -> Vec<String> {
        let shape = |shape: &Shape| match shape {
            Shape::Row { head: true, .. } => "head",
            Shape::Row { .. } => "row",
            _ => "text",
        };
        pieces(&plain_source(text)).iter().map(|piece| format!("{}: {}", shape(&piece.shape), piece.text().replace('\t', " / "))).collect()
    }

    #[test]
    fn bars_draw_tables_with_and_without_a_rule_and_a_frame() {
        assert_eq!(shown("| Time | Event |\n| 08:40 | disk full |"), ["row: Time / Event", "row: 08:40 / disk full"]);
        assert_eq!(shown("| Time | Event |\n|---|---|\n| 08:40 | disk full |"), ["head: Time / Event", "row: 08:40 / disk full"]);
        assert_eq!(shown("Time | Event\n08:40 | disk full\n\nAfter it"), ["row: Time / Event", "row: 08:40 / disk full", "text: After it"]);
        assert_eq!(shown("08:40 | Ana | looked\n08:52 | Bo | rang"), ["row: 08:40 / Ana / looked", "row: 08:52 / Bo / rang"]);
        assert_eq!(shown("+------+-----+\n| a | b |\n+------+-----+"), ["head: a / b"]);
    }

    #[test]
    fn commands_and_lone_bars_stay_lines() {
        assert_eq!(shown("ps aux | grep pump\ncat log | sort"), ["text: ps aux | grep pump", "text: cat log | sort"]);
        assert_eq!(shown("either | or"), ["text: either | or"]);
        assert_eq!(shown("1 + 1 = 2"), ["text: 1 + 1 = 2"]);
    }
}
