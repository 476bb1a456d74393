//! Workbooks: Excel's (XLSX: ECMA-376, SpreadsheetML; read by calamine) and OpenDocument's. Always true: every value that a cell shows is in a
//! block, a formula by its result, a day as a day; what lies on a hidden sheet, and what people noted on cells, is listed as left out. A sheet is
//! what it holds: lines, facts, tables, one below the other. Deliberately absent: formulas, charts, macros, formats of numbers.

pub(super) mod grid;
mod notes;
mod values;

use super::archive::Archive;
use super::limits::Room;
use super::{MOST_CELLS, ReadError};
use crate::source::{Line, Run, Source};
use calamine::{Reader, SheetType, SheetVisible, Xlsx, XlsxError};
use grid::Grid;
use std::collections::HashMap;
use std::io::Cursor;

/// Reads a workbook of Excel.
pub(super) fn read(bytes: &[u8]) -> Result<Source, ReadError> {
    let mut archive = Archive::open("Excel", bytes)?;
    if archive.has("xl/workbook.bin") {
        let remedy = "Save it as an Excel workbook (XLSX) or as CSV and open that";
        return Err(ReadError::NotRead { what: "a binary Excel workbook (XLSB)", remedy });
    }
    // calamine believes the sizes that the parts say they have.
    archive.measure()?;
    let mut room = Room::default();
    let mut book: Xlsx<_> = calamine::open_workbook_from_rs(Cursor::new(bytes)).map_err(broken)?;
    let sheets = book.sheets_metadata().to_vec();
    let shown = |sheet: &&calamine::Sheet| sheet.visible == SheetVisible::Visible && sheet.typ == SheetType::WorkSheet;
    for sheet in &sheets {
        if sheet.typ != SheetType::WorkSheet {
            continue;
        }
        let grid = grid(&mut book, &sheet.name)?;
        if shown(&sheet) {
            grid.push(&sheet.name, &mut room)?;
        } else {
            room.drop_words(grid.words(), &format!("the hidden sheet “{}”", sheet.name));
        }
    }
    notes::read(&mut archive, &mut room)?;
    Ok(room.into_source())
}

fn grid(book: &mut Xlsx<Cursor<&[u8]>>, name: &str) -> Result<Grid, ReadError> {
    let links: HashMap<(u32, u32), String> = book
        .hyperlinks_by_sheet_name(name)
        .map_err(broken)?
        .into_iter()
        .filter_map(|link| Some((link.range.start, link.target?)))
        .collect();
    let merged = book.merge_cells_by_sheet_name(name).map_err(broken)?;
    let mut grid = Grid::default();
    let mut cells = book.worksheet_cells_reader(name).map_err(broken)?;
    while let Some(cell) = cells.next_cell().map_err(broken)? {
        let text = values::shown(cell.get_value());
        if text.trim().is_empty() {
            continue;
        }
        let link = links.get(&cell.get_position()).cloned();
        grid.add(cell.get_position(), Line { runs: vec![Run { text, link, ..Run::default() }] })?;
    }
    merged.iter().try_for_each(|area| grid.merge(area.start, area.end))?;
    Ok(grid)
}

fn broken(fault: XlsxError) -> ReadError {
    match fault {
        XlsxError::Password => {
            ReadError::NotRead { what: "a workbook with a password", remedy: "Save it without the password and open that" }
        }
        fault => {
            ReadError::Broken { format: "Excel", message: format!("{fault}. Open it in a spreadsheet program, save it anew and open that") }
        }
    }
}

/// Refuses a sheet with more cells than are read.
fn enough(cells: usize) -> Result<(), ReadError> {
    if cells > MOST_CELLS { Err(ReadError::TooMany { what: "cells", most: MOST_CELLS }) } else { Ok(()) }
}

#[cfg(test)]
mod tests;
