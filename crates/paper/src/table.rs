//! Tables: columns on the grid, rows that break between one another, heads and merged values repeated after a page break.
//! Always true: in the logical tree every table is regular once spans are counted, and what is repeated is an artifact.
//! Deliberately absent: what the tables are about.

mod rows;

use std::ops::Range;

use self::rows::Grid;
pub use self::rows::row;
use crate::{
    composer::{Composer, Side},
    display::{Item, Marked, Stroke},
    measure::{FAINT, HAIR, INK, MEASURE, mm},
    strip::{Keep, Resume, Strip, fuse, keep_whole},
    text::{Text, house},
    tree::{NodeId, Role, Scope},
};

/// Tables up to this many rows stay on one page.
pub const WHOLE: usize = 8;
/// White between a column's words and the next column.
pub const CLEAR: f32 = mm(4.0);

/// One column.
#[derive(Clone, Copy, Debug)]
pub struct Column {
    /// Left edge, from the measure's.
    pub x: f32,
    /// Room for words.
    pub width: f32,
    /// Which side words stand at.
    pub side: Side,
}

/// A table.
pub struct Table {
    /// Its columns.
    pub columns: Vec<Column>,
    /// The columns' heads; none for a table whose rows have heads.
    pub heads: Heads,
    /// Its rows.
    pub rows: Vec<Row>,
    /// White above and below the words of a row.
    pub padding: (f32, f32),
    /// The depth of a page's text block.
    pub depth: f32,
}

/// What heads the columns.
pub enum Heads {
    /// Words, one for each column.
    Words(Vec<String>),
    /// Rows of heads, which may be merged.
    Rows(Vec<Row>),
}

/// One row. Cells that a span from above or from the left covers are not given.
pub struct Row {
    /// Its cells, left to right.
    pub cells: Vec<Cell>,
    /// The rule under it.
    pub under: Under,
}

/// One cell.
pub struct Cell {
    /// The column it begins in.
    pub column: usize,
    /// Columns it covers.
    pub columns: usize,
    /// Rows it covers.
    pub rows: usize,
    /// Whether it is a head, and of what.
    pub head: Option<Scope>,
    /// Its paragraphs.
    pub paragraphs: Vec<CellText>,
}

/// One paragraph of a cell.
#[derive(Clone)]
pub struct CellText {
    /// White above it, except for the first.
    pub before: f32,
    /// How far it is indented.
    pub indent: f32,
    /// What is drawn before its first line, from the top left of that line.
    pub mark: Vec<Item>,
    /// The words.
    pub text: Text,
}

/// The rule under a row.
#[derive(Clone, Debug, Default, Eq, PartialEq)]
pub enum Under {
    /// None.
    #[default]
    Nothing,
    /// Faint, from a column on: between rows.
    Faint(usize),
    /// Faint, under these columns alone: cells that go on below are not struck through.
    Parts(Vec<Range<usize>>),
    /// A hairline: the end of a group or of the table.
    Hair,
    /// Ink: above totals.
    Ink,
}

impl CellText {
    /// Words alone.
    #[must_use]
    pub fn new(text: Text) -> Self {
        Self { before: 0.0, indent: 0.0, mark: Vec::new(), text }
    }
}

impl Cell {
    /// A cell of one paragraph.
    #[must_use]
    pub fn new(column: usize, text: Text) -> Self {
        Self { column, columns: 1, rows: 1, head: None, paragraphs: vec![CellText::new(text)] }
    }

    /// A cell of plain table words.
    #[must_use]
    pub fn words(column: usize, words: impl Into<String>) -> Self {
        Self::new(column, Text::new(words, house::CELL.0, house::CELL.1))
    }

    /// The cell as a head.
    #[must_use]
    pub fn heading(mut self, scope: Scope) -> Self {
        self.head = Some(scope);
        self
    }

    /// The cell over several rows.
    #[must_use]
    pub fn over_rows(mut self, rows: usize) -> Self {
        self.rows = rows.max(1);
        self
    }

    /// The cell over several columns.
    #[must_use]
    pub fn over_columns(mut self, columns: usize) -> Self {
        self.columns = columns.max(1);
        self
    }
}

/// Columns of given full widths from the left edge; each but the last keeps its white on the right.
#[must_use]
pub fn columns(left: f32, widths: &[f32]) -> Vec<Column> {
    let mut x = left;
    let last = widths.len().saturating_sub(1);
    let column = |(number, width): (usize, &f32)| {
        let column = Column { x, width: if number == last { *width } else { width - CLEAR }, side: Side::Left };
        x += width;
        column
    };
    widths.iter().enumerate().map(column).collect()
}

/// The table as strips.
pub fn table(c: &mut Composer<'_>, parent: NodeId, table: Table) -> Vec<Strip> {
    let node = c.tree.add(parent, Role::Table);
    let whole = table.rows.len() <= WHOLE;
    let mut strips = Vec::new();
    let mut repeat = Resume::default();
    let Table { columns, heads, rows, padding, depth } = table;
    let grid = Grid { columns: &columns, padding, depth };
    let set = match heads {
        Heads::Words(words) if words.is_empty() => None,
        Heads::Words(words) => {
            let words: Vec<Text> = words.iter().map(|head| Text::new(head, house::COLUMN_HEAD.0, house::COLUMN_HEAD.1)).collect();
            Some(head(c, node, &columns, &words, padding))
        }
        Heads::Rows(rows) => Some(several_heads(c, node, grid, rows)),
    };
    if let Some((head, resume)) = set {
        strips.push(head);
        repeat = resume;
    }
    let body = c.tree.add(node, Role::TBody);
    strips.extend(rows::rows(c, body, grid, rows, &repeat));
    if whole {
        keep_whole(&mut strips, Keep::Together);
    }
    strips
}

/// The row of column heads, and its repeat.
pub fn head(c: &mut Composer<'_>, table: NodeId, columns: &[Column], heads: &[Text], padding: (f32, f32)) -> (Strip, Resume) {
    let section = c.tree.add(table, Role::THead);
    let row = c.tree.add(section, Role::TR);
    let mut repeat = Resume::default();
    let mut strip = Strip::default();
    for (number, (column, text)) in columns.iter().zip(heads).enumerate() {
        let cell = c.tree.add(row, Role::TH { scope: Scope::Column, rows: 1, columns: 1 });
        let width = room(columns, number, 1);
        let lines = fuse(c.lines(cell, text, column.x, width, column.side));
        strip.height = strip.height.max(padding.0 + lines.height + padding.1);
        strip.overlay(lines, padding.0);
        let again = c.loose(text, column.x, padding.0, Some(width), column.side);
        repeat.marks.push(Marked::layout(again));
    }
    let (left, right) = extent(columns);
    let rule = Marked::layout(vec![Item::rule(left, strip.height, right - left, Stroke::solid(0.5, INK))]);
    repeat.marks.push(rule.clone());
    repeat.height = strip.height;
    strip.marks.push(rule);
    strip.keep = Keep::Bound;
    (strip, repeat)
}

/// Heads of several rows as one strip, which no page break cuts, and its repeat.
fn several_heads(c: &mut Composer<'_>, node: NodeId, grid: Grid<'_>, rows: Vec<Row>) -> (Strip, Resume) {
    let section = c.tree.add(node, Role::THead);
    let mut strip = fuse(rows::rows(c, section, grid, rows, &Resume::default()));
    strip.keep = Keep::Bound;
    let marks = strip.marks.iter().map(|mark| Marked::layout(mark.items.clone())).collect();
    let repeat = Resume { height: strip.height, marks };
    (strip, repeat)
}

fn rule_under(under: &Under, columns: &[Column], y: f32) -> Option<Marked> {
    let (left, right) = extent(columns);
    let whole = |from: f32, stroke| vec![Item::rule(from, y, right - from, stroke)];
    let rules = match under {
        Under::Nothing => return None,
        Under::Faint(column) => whole(columns[*column].x, Stroke::solid(0.4, FAINT)),
        Under::Parts(parts) => parts.iter().map(|part| rule_of(columns, part, y)).collect(),
        Under::Hair => whole(left, Stroke::solid(0.5, HAIR)),
        Under::Ink => whole(left, Stroke::solid(0.5, INK)),
    };
    Some(Marked::layout(rules))
}

/// The rule under some columns, with their white where they are not the last.
fn rule_of(columns: &[Column], part: &Range<usize>, y: f32) -> Item {
    let from = columns[part.start].x;
    Item::rule(from, y, room(columns, part.start, part.len()), Stroke::solid(0.4, FAINT))
}

/// The left edge of the first column and the right edge of the last.
fn extent(columns: &[Column]) -> (f32, f32) {
    let left = columns.first().map_or(0.0, |column| column.x);
    (left, columns.last().map_or(MEASURE, |column| column.x + column.width))
}

/// The room for words of a cell over some columns.
pub fn room(columns: &[Column], first: usize, count: usize) -> f32 {
    let last = columns[(first + count - 1).min(columns.len() - 1)];
    last.x + last.width - columns[first].x
}
