//! Sheets: the same grid that Excel's fill. A cell is what it shows, but for days, which are written as their values (ISO 8601): how a day is
//! shown depends on whose computer wrote it.

use super::lines::{Beside, gather, words};
use super::styles::Styles;
use crate::read::ReadError;
use crate::read::gather::{Gather, append};
use crate::read::limits::Room;
use crate::read::sheets::grid::Grid;
use crate::read::xml::Element;
use crate::source::{Line, Run};

pub(super) fn read<'a>(body: &'a Element, styles: &Styles<'a>, room: &mut Room) -> Result<(), ReadError> {
    let tables: Vec<&Element> = body.elements().filter(|element| element.name() == "table").collect();
    let is_hidden = |table: &&&'a Element| styles.is_hidden(table.attr("style-name"));
    for table in &tables {
        let name = table.attr("name").unwrap_or_default();
        let mut sheet = Sheet { grid: Grid::default(), styles, row: 0, merged: Vec::new() };
        sheet.rows(table, room)?;
        let Sheet { mut grid, merged, .. } = sheet;
        merged.into_iter().try_for_each(|(start, end)| grid.merge(start, end))?;
        if is_hidden(&table) {
            room.drop_words(grid.words(), &format!("the hidden sheet “{name}”"));
        } else {
            grid.push(name, room)?;
        }
    }
    Ok(())
}

type Place = (u32, u32);

struct Sheet<'s, 'a> {
    grid: Grid,
    styles: &'s Styles<'a>,
    row: u32,
    merged: Vec<(Place, Place)>,
}

impl<'a> Sheet<'_, 'a> {
    fn rows(&mut self, parent: &'a Element, room: &mut Room) -> Result<(), ReadError> {
        for element in parent.elements() {
            match element.name() {
                "table-row" => {
                    let cells = self.cells(element, room);
                    let times = times(element, "number-rows-repeated");
                    if cells.is_empty() {
                        self.row = self.row.saturating_add(times);
                        continue;
                    }
                    for _ in 0..times {
                        for (column, line, down) in &cells {
                            self.grid.add((self.row, *column), line.clone())?;
                            if *down > 1 {
                                self.merged.push(((self.row, *column), (self.row.saturating_add(down - 1), *column)));
                            }
                        }
                        self.row = self.row.saturating_add(1);
                    }
                }
                "table-header-rows" | "table-rows" | "table-row-group" => self.rows(element, room)?,
                _ => {}
            }
        }
        Ok(())
    }

    /// The filled cells of a row: column, words, and how many rows each covers.
    fn cells(&self, row: &'a Element, room: &mut Room) -> Vec<(u32, Line, u32)> {
        let mut cells = Vec::new();
        let mut column: u32 = 0;
        for cell in row.elements().filter(|cell| matches!(cell.name(), "table-cell" | "covered-table-cell")) {
            let repeated = times(cell, "number-columns-repeated");
            if let Some(line) = self.line(cell, room) {
                // Nobody fills more columns with the same words than this on purpose.
                const MOST_EQUAL: u32 = 256;
                let down = times(cell, "number-rows-spanned");
                cells.extend((0..repeated.min(MOST_EQUAL)).map(|more| (column.saturating_add(more), line.clone(), down)));
            }
            column = column.saturating_add(repeated);
        }
        cells
    }

    fn line(&self, cell: &'a Element, room: &mut Room) -> Option<Line> {
        let mut whole: Option<Line> = None;
        let mut beside = Beside::default();
        for child in cell.elements() {
            match child.name() {
                "annotation" => room.drop_words(words(child), "a comment on a cell"),
                "p" | "h" => {
                    let mut line = Gather::default();
                    gather(child, self.styles, &Run::default(), &mut line, &mut beside, room);
                    match (line.take(), whole.as_mut()) {
                        (Some(more), Some(whole)) => append(whole, more),
                        (Some(first), None) => whole = Some(first),
                        (None, _) => {}
                    }
                }
                _ => {}
            }
        }
        let day = cell.attr("date-value").filter(|_| cell.attr("value-type") == Some("date"));
        let line = whole.or_else(|| cell.attr("value").map(Line::plain))?;
        Some(day.map_or(line, |day| Line::plain(day.trim_end_matches("T00:00:00").replace('T', " "))))
    }
}

fn times(element: &Element, attr: &str) -> u32 {
    element.attr(attr).and_then(|times| times.parse().ok()).unwrap_or(1).max(1)
}
