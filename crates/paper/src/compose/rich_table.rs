//! The author's own tables: cells may span rows and columns, and hold paragraphs and lists.
//! Always true: the printed grid is regular, whatever the author's rows leave out; a list in a cell keeps its marks.

use report::rich::{Block, Cell as Given, TableRow};

use super::{Job, prose};
use crate::{
    composer::{Composer, Side},
    display::Item,
    measure::{INK, mm},
    strip::Strip,
    table::{self, CLEAR, Cell, CellText, Column, Row, Table, Under},
    text::{Style, Text, house},
    tree::{NodeId, Scope},
};

pub use crate::table::WHOLE;

/// The table in the text column.
pub fn table(c: &mut Composer<'_>, job: &mut Job<'_>, parent: NodeId, rows: &[TableRow], column: &mut prose::Column) -> Vec<Strip> {
    let placed = place(rows);
    let count = placed.iter().flatten().map(|(at, cell)| at + usize::from(cell.attrs().colspan.max(1))).max().unwrap_or(0);
    if count == 0 {
        return Vec::new();
    }
    let widths = widths(c, &placed, count, column.width);
    let mut x = column.x;
    let columns: Vec<Column> = widths
        .iter()
        .enumerate()
        .map(|(number, width)| {
            let left = x;
            x += width;
            Column { x: left, width: if number + 1 == count { *width } else { (width - CLEAR).max(mm(4.0)) }, side: Side::Left }
        })
        .collect();
    let mut rest = placed;
    let heads = heads(&rest, count);
    if heads.is_some() {
        rest.remove(0);
    }
    let last = rest.len().saturating_sub(1);
    let covered = covered(&rest, count);
    let rows = rest
        .into_iter()
        .enumerate()
        .map(|(number, cells)| {
            let scope = if cells.iter().all(|(_, cell)| cell.is_header()) { Scope::Column } else { Scope::Row };
            let mut own: Vec<Cell> = cells.iter().map(|(at, given)| cell(c, job, *at, given, scope, column)).collect();
            // A row the author left short is filled with empty cells, so that the grid stays regular.
            for (at, taken) in covered[number].iter().enumerate() {
                if !taken {
                    own.push(Cell::words(at, ""));
                }
            }
            own.sort_by_key(|cell| cell.column);
            for cell in &mut own {
                cell.rows = cell.rows.min(last + 1 - number);
            }
            Row { cells: own, under: if number == last { Under::Hair } else { Under::Faint(open_from(&cells, count)) } }
        })
        .collect();
    let heads = heads.unwrap_or_default();
    table::table(c, parent, Table { columns, heads, rows, padding: (2.6, 2.9), depth: job.depth })
}

type Placed<'a> = Vec<Vec<(usize, &'a Given)>>;

/// Each cell with the column it begins in, once spans from above are counted.
fn place(rows: &[TableRow]) -> Placed<'_> {
    let mut busy: Vec<usize> = Vec::new();
    let mut placed = Vec::new();
    for row in rows {
        let mut cells = Vec::new();
        let mut at = 0;
        for cell in row.cells() {
            while busy.get(at).is_some_and(|rows| *rows > 0) {
                at += 1;
            }
            let (columns, rows) = (usize::from(cell.attrs().colspan.max(1)), usize::from(cell.attrs().rowspan.max(1)));
            if busy.len() < at + columns {
                busy.resize(at + columns, 0);
            }
            for slot in &mut busy[at..at + columns] {
                *slot = rows;
            }
            cells.push((at, cell));
            at += columns;
        }
        for slot in &mut busy {
            *slot = slot.saturating_sub(1);
        }
        placed.push(cells);
    }
    placed
}

/// Which columns of each row a cell stands in or reaches into.
fn covered(rows: &Placed<'_>, count: usize) -> Vec<Vec<bool>> {
    let mut grid = vec![vec![false; count]; rows.len()];
    for (number, row) in rows.iter().enumerate() {
        for (at, cell) in row {
            let down = usize::from(cell.attrs().rowspan.max(1));
            for line in grid.iter_mut().skip(number).take(down) {
                for slot in line.iter_mut().skip(*at).take(usize::from(cell.attrs().colspan.max(1))) {
                    *slot = true;
                }
            }
        }
    }
    grid
}

/// The first column from the left that no cell of this row reaches below: the rule under the row begins there.
fn open_from(cells: &[(usize, &Given)], count: usize) -> usize {
    let merged = cells.iter().filter(|(_, cell)| cell.attrs().rowspan > 1);
    merged.map(|(at, cell)| at + usize::from(cell.attrs().colspan.max(1))).max().unwrap_or(0).min(count - 1)
}

/// The words of a first row made of heads only.
fn heads(rows: &Placed<'_>, count: usize) -> Option<Vec<String>> {
    let first = rows.first().filter(|_| rows.len() > 1)?;
    let plain =
        first.len() == count && first.iter().all(|(_, cell)| cell.is_header() && cell.attrs().rowspan <= 1 && cell.attrs().colspan <= 1);
    plain.then(|| first.iter().map(|(_, cell)| words_of(cell.blocks())).collect())
}

fn words_of(blocks: &[Block]) -> String {
    report::RichText(blocks.to_vec()).plain().replace('\n', " ")
}

fn cell(c: &mut Composer<'_>, job: &mut Job<'_>, at: usize, given: &Given, scope: Scope, column: &mut prose::Column) -> Cell {
    let mut paragraphs = Vec::new();
    let style = if given.is_header() { house::COLUMN_HEAD } else { house::CELL };
    flatten(c, job, given.blocks(), 0.0, style, &mut paragraphs);
    if paragraphs.is_empty() {
        paragraphs.push(CellText::new(Text::empty(house::CELL.1)));
    }
    column.line += given.blocks().len();
    Cell {
        column: at,
        columns: usize::from(given.attrs().colspan.max(1)),
        rows: usize::from(given.attrs().rowspan.max(1)),
        head: given.is_header().then_some(scope),
        paragraphs,
    }
}

/// Blocks of a cell as paragraphs, lists with their marks.
fn flatten(c: &mut Composer<'_>, job: &mut Job<'_>, blocks: &[Block], indent: f32, style: (Style, f32), out: &mut Vec<CellText>) {
    for block in blocks {
        match block {
            Block::Paragraph { content }
            | Block::Heading { content, .. }
            | Block::CodeBlock { content }
            | Block::Figure { content, .. } => {
                let text = prose::inlines(c, job, content, style);
                out.push(CellText { before: 3.0, indent, mark: Vec::new(), text });
            }
            Block::Blockquote { content } => flatten(c, job, content, indent, style, out),
            Block::Table { content } => {
                for cell in content.iter().flat_map(TableRow::cells) {
                    flatten(c, job, cell.blocks(), indent, style, out);
                }
            }
            Block::BulletList { content } | Block::OrderedList { content, .. } => {
                for entry in content {
                    let first = out.len();
                    flatten(c, job, entry.blocks(), indent + mm(3.5), style, out);
                    if let Some(paragraph) = out.get_mut(first) {
                        let centre = (indent + mm(0.5), house::CELL.1 * crate::measure::BASELINE - mm(0.9));
                        paragraph.mark = vec![Item::Disc { centre, radius: mm(0.45), fill: Some(INK), stroke: None }];
                    }
                }
            }
        }
    }
}

/// Widths by need: every column its widest word at least, then room by how much each has to say.
fn widths(c: &mut Composer<'_>, rows: &Placed<'_>, count: usize, width: f32) -> Vec<f32> {
    let mut least = vec![mm(8.0); count];
    let mut most = vec![mm(8.0); count];
    for (at, cell) in rows.iter().flatten().filter(|(_, cell)| cell.attrs().colspan <= 1) {
        for line in report::RichText(cell.blocks().to_vec()).lines() {
            let whole = c.width(&Text::new(line.as_str(), house::CELL.0, house::CELL.1)) + CLEAR;
            let longest = line.split_whitespace().map(|word| word.chars().count()).max().unwrap_or(0);
            most[*at] = most[*at].max(whole);
            least[*at] = least[*at].max((longest as f32 * 5.2 + CLEAR).min(width / count as f32));
        }
    }
    let need: f32 = most.iter().sum();
    if need <= width {
        let spare = (width - need) / count as f32;
        return most.iter().map(|own| own + spare).collect();
    }
    let (base, wish): (f32, f32) = (least.iter().sum(), most.iter().zip(&least).map(|(m, l)| m - l).sum());
    let share = if wish > 0.0 { ((width - base) / wish).max(0.0) } else { 0.0 };
    let raw: Vec<f32> = most.iter().zip(&least).map(|(m, l)| l + (m - l) * share).collect();
    let sum: f32 = raw.iter().sum();
    raw.iter().map(|own| own * width / sum).collect()
}
