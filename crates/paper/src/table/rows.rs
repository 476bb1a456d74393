//! The rows of a table: cells side by side, merged values over several rows, tall rows cut between their lines.

use std::sync::Arc;

use super::{Cell, CellText, Column, Row, WHOLE, room, rule_under};
use crate::{
    composer::Composer,
    display::Marked,
    strip::{Keep, Resume, Strip, fuse},
    tree::{NodeId, Role},
};

/// Rows higher than this share of the page are cut between lines.
const CUT: f32 = 1.0 / 3.0;

/// Where rows are set.
#[derive(Clone, Copy)]
pub(super) struct Grid<'a> {
    pub(super) columns: &'a [Column],
    pub(super) padding: (f32, f32),
    pub(super) depth: f32,
}

/// The rows as strips, with what is repeated above them after a page break.
pub(super) fn rows(c: &mut Composer<'_>, body: NodeId, grid: Grid<'_>, rows: Vec<Row>, repeat: &Resume) -> Vec<Strip> {
    let count = rows.len();
    let mut strips: Vec<Strip> = Vec::new();
    let mut merged: Vec<Merged> = Vec::new();
    for (number, row) in rows.into_iter().enumerate() {
        merged.retain(|merged| merged.until > number);
        let resume = resume(c, grid.columns, &merged, repeat, grid.padding);
        let spans: Vec<Merged> = row.cells.iter().filter(|cell| cell.rows > 1).map(|cell| Merged::of(cell, number)).collect();
        let held = merged.iter().chain(&spans).any(|merged| merged.until > number + 1 && merged.rows <= WHOLE);
        let due: f32 = merged.iter().filter(|m| m.until == number + 1).map(|m| m.height - m.passed).fold(0.0, f32::max);
        let (mut slices, tall) = self::row(c, body, grid.columns, row, grid.padding, grid.depth, due);
        for merged in &mut merged {
            merged.passed += crate::strip::height(&slices);
        }
        for (span, height) in spans.into_iter().zip(tall) {
            merged.push(Merged { height, passed: crate::strip::height(&slices), ..span });
        }
        if let Some(first) = slices.first_mut()
            && (repeat.height > 0.0 || !resume.marks.is_empty())
        {
            first.resume = Some(Arc::new(resume));
        }
        if let Some(last) = slices.last_mut() {
            last.keep = if number == 0 && count > 1 || number + 2 == count {
                Keep::Bound
            } else if held {
                Keep::Together
            } else {
                Keep::Apart
            };
        }
        strips.extend(slices);
    }
    strips
}

struct Merged {
    column: usize,
    columns: usize,
    rows: usize,
    until: usize,
    height: f32,
    passed: f32,
    text: Vec<CellText>,
}

impl Merged {
    fn of(cell: &Cell, row: usize) -> Self {
        let text = cell.paragraphs.clone();
        Self { column: cell.column, columns: cell.columns, rows: cell.rows, until: row + cell.rows, height: 0.0, passed: 0.0, text }
    }
}

fn resume(c: &mut Composer<'_>, columns: &[Column], merged: &[Merged], repeat: &Resume, padding: (f32, f32)) -> Resume {
    let mut resume = repeat.clone();
    for merged in merged {
        let mut y = resume.height + padding.0;
        let width = room(columns, merged.column, merged.columns);
        for paragraph in &merged.text {
            let column = columns[merged.column];
            resume.marks.push(Marked::layout(c.loose(&paragraph.text, column.x + paragraph.indent, y, Some(width), column.side)));
            y += paragraph.text.leading;
        }
    }
    resume
}

/// One row as strips: one, or several where it is too tall for a third of a page. Also the height each merged cell asks for.
pub fn row(
    c: &mut Composer<'_>,
    body: NodeId,
    columns: &[Column],
    row: Row,
    padding: (f32, f32),
    depth: f32,
    due: f32,
) -> (Vec<Strip>, Vec<f32>) {
    let node = c.tree.add(body, Role::TR);
    let mut cells: Vec<Vec<Strip>> = Vec::new();
    let mut tall = Vec::new();
    let mut merged = Vec::new();
    for cell in row.cells {
        let spans = cell.rows > 1;
        let lines = cell_lines(c, node, columns, cell);
        if spans {
            let lines = fuse(lines);
            tall.push(padding.0 + lines.height + padding.1);
            merged.push(lines);
        } else {
            cells.push(lines);
        }
    }
    let height = cells.iter().map(|lines| crate::strip::height(lines)).fold(0.0, f32::max);
    let mut slices = if height + padding.0 + padding.1 > depth * CUT { cut(cells, padding) } else { vec![one_piece(cells, padding)] };
    if let Some(first) = slices.first_mut() {
        for lines in merged {
            first.overlay(lines, padding.0);
        }
    }
    let room = crate::strip::height(&slices);
    if let Some(last) = slices.last_mut() {
        last.height += (due - room).max(0.0);
        last.marks.extend(rule_under(&row.under, columns, last.height));
    }
    (slices, tall)
}

fn one_piece(cells: Vec<Vec<Strip>>, padding: (f32, f32)) -> Strip {
    let mut strip = Strip::default();
    for lines in cells {
        let lines = fuse(lines);
        strip.height = strip.height.max(lines.height);
        strip.overlay(lines, padding.0);
    }
    strip.height += padding.0 + padding.1;
    strip
}

/// Cuts a row between its lines, two lines at least on each side.
fn cut(cells: Vec<Vec<Strip>>, padding: (f32, f32)) -> Vec<Strip> {
    let count = cells.iter().map(Vec::len).max().unwrap_or(0);
    let mut slices: Vec<Strip> = (0..count).map(|_| Strip::default()).collect();
    for (number, slice) in slices.iter_mut().enumerate() {
        slice.height = if number == 0 { padding.0 } else { 0.0 };
        if number == 0 || number + 2 == count {
            slice.keep = Keep::Bound;
        }
    }
    for lines in cells {
        for (number, (slice, line)) in slices.iter_mut().zip(lines).enumerate() {
            let down = if number == 0 { padding.0 } else { line.before };
            slice.height = slice.height.max(down + line.height);
            slice.overlay(line, down);
        }
    }
    if let Some(last) = slices.last_mut() {
        last.height += padding.1;
    }
    slices
}

fn cell_lines(c: &mut Composer<'_>, row: NodeId, columns: &[Column], cell: Cell) -> Vec<Strip> {
    let (rows, spanned) = (u16::try_from(cell.rows).unwrap_or(1), u16::try_from(cell.columns).unwrap_or(1));
    let role = match cell.head {
        Some(scope) => Role::TH { scope, rows, columns: spanned },
        None => Role::TD { rows, columns: spanned },
    };
    let node = c.tree.add(row, role);
    let column = columns[cell.column];
    let width = room(columns, cell.column, cell.columns);
    let several = cell.paragraphs.len() > 1;
    let mut strips = Vec::new();
    for (number, paragraph) in cell.paragraphs.into_iter().enumerate() {
        let owner = if several { c.tree.add(node, Role::P) } else { node };
        let x = column.x + paragraph.indent;
        let mut lines = c.lines(owner, &paragraph.text, x, width - paragraph.indent, column.side);
        if let Some(first) = lines.first_mut() {
            first.before = if number == 0 { 0.0 } else { paragraph.before };
            if !paragraph.mark.is_empty() {
                let mut mark = Marked::layout(paragraph.mark);
                mark.shift(column.x, 0.0);
                first.marks.push(mark);
            }
        }
        strips.extend(lines);
    }
    strips
}
