//! Tables of a document. Always true: cells merged downwards are one cell that says how many rows it covers; words that stand in a cell
//! covered so are added to it.

use super::body::Body;
use crate::read::ReadError;
use crate::read::xml::Element;
use crate::source::{Block, Cell, Line, Run};

/// The most columns or rows that a cell may say it covers.
const WIDEST: u16 = 1000;

/// Whether a table only arranges the page: it is one cell.
fn is_layout(table: &Element) -> bool {
    let cells = rows_of(table).into_iter().flat_map(cells_of);
    cells.take(2).count() < 2
}

impl Body<'_, '_> {
    pub(super) fn table(&mut self, table: &Element, style: &Run) -> Result<(), ReadError> {
        self.flush()?;
        if is_layout(table) || self.cell_lines.is_some() {
            return self.cells_in_line(table, style);
        }
        let mut merge = Merge::default();
        let mut head = false;
        for (number, row) in rows_of(table).into_iter().enumerate() {
            let properties = row.child("trPr");
            head |= number == 0 && properties.is_some_and(|properties| properties.is_on("tblHeader") == Some(true));
            let style = properties.map_or_else(|| style.clone(), |properties| super::body::changed(properties, style));
            let mut column = 0u16;
            merge.begin_row();
            for cell in cells_of(row) {
                let lines = self.cell(cell, &style)?;
                let span = |name: &str| cell.child("tcPr").and_then(|p| p.val(name)?.parse::<u16>().ok()).unwrap_or(1).clamp(1, WIDEST);
                let columns = span("gridSpan");
                let joins = cell.child("tcPr").and_then(|properties| properties.child("vMerge"));
                let continues = joins.is_some_and(|joins| joins.attr("val") != Some("restart"));
                merge.add(column, columns, continues, lines);
                column = column.saturating_add(columns);
            }
        }
        if !merge.rows.is_empty() {
            head = head || (merge.rows.len() > 1 && merge.rows[0].iter().all(is_bold) && !merge.rows[1].iter().all(is_bold));
            self.room.push(Block::Table { head, rows: merge.rows })?;
        }
        self.push_late()
    }

    /// A table inside a cell, or of one cell: what is in it follows, row by row.
    fn cells_in_line(&mut self, table: &Element, style: &Run) -> Result<(), ReadError> {
        for row in rows_of(table) {
            for cell in cells_of(row) {
                self.blocks(cell, style)?;
            }
        }
        Ok(())
    }

    fn cell(&mut self, cell: &Element, style: &Run) -> Result<Vec<Line>, ReadError> {
        self.room.add_cell()?;
        let outer = self.cell_lines.replace(Vec::new());
        self.blocks(cell, style)?;
        self.flush()?;
        Ok(std::mem::replace(&mut self.cell_lines, outer).unwrap_or_default())
    }
}

/// Rows with their downward merges being resolved.
#[derive(Default)]
struct Merge {
    rows: Vec<Vec<Cell>>,
    /// For each cell that may still grow downwards: its column, and where it is.
    open: Vec<(u16, usize, usize)>,
}

impl Merge {
    fn begin_row(&mut self) {
        self.rows.push(Vec::new());
    }

    fn add(&mut self, column: u16, columns: u16, continues: bool, lines: Vec<Line>) {
        let row = self.rows.len() - 1;
        let above = self.open.iter().find(|(of, ..)| *of == column).copied();
        if let (true, Some((_, above_row, above_cell))) = (continues, above) {
            let cell = &mut self.rows[above_row][above_cell];
            cell.rows = cell.rows.saturating_add(1).min(WIDEST);
            cell.lines.extend(lines);
            return;
        }
        self.open.retain(|(of, ..)| *of != column);
        self.open.push((column, row, self.rows[row].len()));
        self.rows[row].push(Cell { lines, columns, rows: 1 });
    }
}

fn is_bold(cell: &Cell) -> bool {
    !cell.lines.is_empty() && cell.lines.iter().flat_map(|line| &line.runs).all(|run| run.bold || run.text.trim().is_empty())
}

/// The rows of a table, those in content controls too.
fn rows_of(table: &Element) -> Vec<&Element> {
    inside(table, "tr")
}

fn cells_of(row: &Element) -> Vec<&Element> {
    inside(row, "tc")
}

fn inside<'a>(element: &'a Element, wanted: &str) -> Vec<&'a Element> {
    let mut found = Vec::new();
    for child in element.elements() {
        if child.name() == wanted {
            found.push(child);
        } else if matches!(child.name(), "sdt" | "sdtContent" | "customXml" | "ins" | "del" | "moveTo" | "moveFrom") {
            found.extend(inside(child, wanted));
        }
    }
    found
}
