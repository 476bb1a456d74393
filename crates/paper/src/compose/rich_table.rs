//! The author's own tables: cells may span rows and columns, and hold paragraphs and lists.
//! Always true: the printed grid is regular, whatever the author's rows leave out; a list in a cell keeps its marks.

use std::ops::Range;

use report::rich::{Block, Cell as Given, TableRow};

use super::{Job, figures, prose};
use crate::{
    composer::{Composer, Side},
    display::Item,
    measure::{INK, MEASURE, mm},
    strip::Strip,
    table::{self, CLEAR, Cell, CellText, Column, Heads, Row, Table, Under},
    text::{Style, Text, house},
    ties,
    tree::{NodeId, Scope},
};

pub use crate::table::WHOLE;

/// The table in the text column, or over the full measure where its words would be split there.
pub fn table(c: &mut Composer<'_>, job: &mut Job<'_>, parent: NodeId, rows: &[TableRow], column: &mut prose::Column) -> Vec<Strip> {
    let placed = place(rows);
    let count = placed.iter().flatten().map(|(at, cell)| at + usize::from(cell.attrs().colspan.max(1))).max().unwrap_or(0);
    if count == 0 {
        return Vec::new();
    }
    let needs = Needs::of(c, &placed, count);
    let wide = needs.least() > column.width && prose::reaches_edge(column);
    let (left, width) = if wide { (0.0, MEASURE) } else { (column.x, column.width) };
    let widths = needs.widths(width);
    let mut x = left;
    let columns: Vec<Column> = widths
        .iter()
        .zip(sides(&placed, count))
        .enumerate()
        .map(|(number, (width, side))| {
            let left = x;
            x += width;
            Column { x: left, width: if number + 1 == count { *width } else { (width - CLEAR).max(mm(4.0)) }, side }
        })
        .collect();
    let mut rest = placed;
    let heads = match heads(&rest, count) {
        Some(words) => {
            rest.remove(0);
            Heads::Words(words)
        }
        None => {
            let heading = heading_rows(&rest, count);
            let below = rest.split_off(heading);
            let heads = std::mem::replace(&mut rest, below);
            Heads::Rows(rows_of(c, job, &heads, (count, Under::Ink), column))
        }
    };
    let rows = rows_of(c, job, &rest, (count, Under::Hair), column);
    let mut strips = table::table(c, parent, Table { columns, heads, rows, padding: (2.6, 2.9), depth: job.depth });
    if let Some(first) = strips.first_mut() {
        first.wide = wide;
    }
    strips
}

/// Where the words of each column stand.
fn sides(rows: &Placed<'_>, count: usize) -> Vec<Side> {
    let body = rows.iter().flatten().filter(|(_, cell)| !cell.is_header() && cell.attrs().colspan <= 1);
    let words: Vec<(usize, String)> = body.map(|(at, cell)| (*at, report::RichText(cell.blocks().to_vec()).plain())).collect();
    figures::sides(count, words.iter().map(|(at, words)| (*at, words.as_str())))
}

type Placed<'a> = Vec<Vec<(usize, &'a Given)>>;

/// The rows over so many columns, with that rule under the last.
fn rows_of(
    c: &mut Composer<'_>,
    job: &mut Job<'_>,
    rows: &Placed<'_>,
    (count, end): (usize, Under),
    column: &mut prose::Column,
) -> Vec<Row> {
    let last = rows.len().saturating_sub(1);
    let reach = reach(rows, count);
    let rows = rows.iter().enumerate().map(|(number, cells)| {
        let scope = if cells.iter().all(|(_, cell)| cell.is_header()) { Scope::Column } else { Scope::Row };
        let mut own: Vec<Cell> = cells.iter().map(|(at, given)| cell(c, job, *at, given, scope, column)).collect();
        // A row the author left short is filled with empty cells, so that the grid stays regular.
        own.extend((0..count).filter(|at| reach[number][*at] == 0).map(|at| Cell::words(at, "")));
        own.sort_by_key(|cell| cell.column);
        for cell in &mut own {
            cell.rows = cell.rows.min(last + 1 - number);
        }
        Row { cells: own, under: if number == last { end.clone() } else { under(&reach[number]) } }
    });
    rows.collect()
}

/// The rule under a row: under the columns in which no cell reaches below it.
fn under(reach: &[usize]) -> Under {
    let mut parts: Vec<Range<usize>> = Vec::new();
    for (at, _) in reach.iter().enumerate().filter(|(_, rows)| **rows <= 1) {
        match parts.last_mut() {
            Some(part) if part.end == at => part.end += 1,
            _ => parts.push(at..at + 1),
        }
    }
    if reach.iter().all(|rows| *rows <= 1) { Under::Faint(0) } else { Under::Parts(parts) }
}

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

/// For each row and column, how many rows from this one on the cell takes that stands there or reaches there; 0 where there is none.
fn reach(rows: &Placed<'_>, count: usize) -> Vec<Vec<usize>> {
    let mut grid = vec![vec![0; count]; rows.len()];
    for (number, row) in rows.iter().enumerate() {
        for (at, cell) in row {
            let down = usize::from(cell.attrs().rowspan.max(1));
            for (passed, line) in grid.iter_mut().skip(number).take(down).enumerate() {
                for slot in line.iter_mut().skip(*at).take(usize::from(cell.attrs().colspan.max(1))) {
                    *slot = down - passed;
                }
            }
        }
    }
    grid
}

/// How many rows from the first hold heads and nothing else, cells that reach into them included. None where no row would be left below.
fn heading_rows(rows: &Placed<'_>, count: usize) -> usize {
    let reach = reach(rows, count);
    let all_heads = |row: &Vec<(usize, &Given)>| row.iter().all(|(_, cell)| cell.is_header());
    let mut heading = rows.iter().take_while(|row| all_heads(row)).count();
    // Heads that reach into the rows below are heads of those rows.
    while heading > 0 && (heading == rows.len() || reach[heading - 1].iter().any(|down| *down > 1)) {
        heading -= 1;
    }
    heading
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

/// What each column needs, the white on its right included: the width of its longest word, and that of its longest line.
struct Needs {
    least: Vec<f32>,
    most: Vec<f32>,
}

/// The widest that a letter of a cell's words can be; what has fewer letters need not be measured.
const WIDEST_LETTER: f32 = 10.0;

impl Needs {
    fn of(c: &mut Composer<'_>, rows: &Placed<'_>, count: usize) -> Self {
        let mut needs = Self { least: vec![mm(8.0); count], most: vec![mm(8.0); count] };
        for (at, cell) in rows.iter().flatten().filter(|(_, cell)| cell.attrs().colspan <= 1) {
            let style = if cell.is_header() { house::COLUMN_HEAD } else { house::CELL };
            for line in report::RichText(cell.blocks().to_vec()).lines() {
                // The white is taken off again before words are set, and must not take a last letter with it.
                let mut width = |words: &str| c.width(&Text::new(words, style.0, style.1)) + CLEAR + 0.1;
                needs.most[*at] = needs.most[*at].max(width(&line));
                for word in ties::unbroken(&line) {
                    if word.chars().count() as f32 * WIDEST_LETTER + CLEAR > needs.least[*at] {
                        needs.least[*at] = needs.least[*at].max(width(word));
                    }
                }
            }
        }
        needs
    }

    /// The width in which no word is split.
    fn least(&self) -> f32 {
        self.least.iter().sum()
    }

    /// Every column its longest word at least, then room by how much each has to say. Where not even the words have room, a column is as wide
    /// as its share of them, and none so wide that another is left with nothing.
    fn widths(&self, width: f32) -> Vec<f32> {
        let (need, base): (f32, f32) = (self.most.iter().sum(), self.least());
        let count = self.most.len() as f32;
        if need <= width {
            let spare = (width - need) / count;
            return self.most.iter().map(|own| own + spare).collect();
        }
        if base <= width {
            let share = (width - base) / (need - base);
            return self.most.iter().zip(&self.least).map(|(most, least)| least + (most - least) * share).collect();
        }
        let fair = width / count;
        let capped: Vec<f32> = self.least.iter().map(|own| own.min(fair)).collect();
        let (kept, over): (f32, f32) = (capped.iter().sum(), self.least.iter().map(|own| (own - fair).max(0.0)).sum());
        self.least.iter().zip(&capped).map(|(own, kept_own)| kept_own + (own - fair).max(0.0) / over * (width - kept)).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::paragraph::Typesetter;

    /// Rows of cells, each as its words, the columns and the rows it covers; words in capitals are a head's.
    fn rows(given: &[&[(&str, u16, u16)]]) -> Vec<TableRow> {
        let cell = |(words, columns, rows): &(&str, u16, u16)| {
            let kind = if words.chars().any(char::is_uppercase) { "tableHeader" } else { "tableCell" };
            let paragraph = format!(r#"{{"type":"paragraph","content":[{{"type":"text","text":"{words}"}}]}}"#);
            format!(r#"{{"type":"{kind}","attrs":{{"colspan":{columns},"rowspan":{rows}}},"content":[{paragraph}]}}"#)
        };
        let row = |cells: &&[(&str, u16, u16)]| {
            let cells: Vec<String> = cells.iter().map(cell).collect();
            serde_json::from_str(&format!(r#"{{"type":"tableRow","content":[{}]}}"#, cells.join(","))).expect("a row")
        };
        given.iter().map(row).collect()
    }

    #[test]
    fn all_rows_of_heads_at_the_top_are_the_head() {
        let merged = rows(&[
            &[("REGION", 1, 2), ("LOOKUPS", 2, 1)],
            &[("BEFORE", 1, 1), ("AFTER", 1, 1)],
            &[("north", 1, 1), ("1", 1, 1), ("2", 1, 1)],
        ]);
        assert_eq!(heading_rows(&place(&merged), 3), 2);
        let reaching = rows(&[&[("REGION", 1, 3), ("LOOKUPS", 1, 1)], &[("BEFORE", 1, 1)], &[("1", 1, 1)]]);
        assert_eq!(heading_rows(&place(&reaching), 2), 0, "a head that reaches into the rows below is theirs");
        let only = rows(&[&[("REGION", 1, 1)], &[("NORTH", 1, 1)]]);
        assert_eq!(heading_rows(&place(&only), 1), 1, "a table is never its head alone");
    }

    #[test]
    fn no_rule_strikes_through_a_cell_that_goes_on_below() {
        let merged = rows(&[&[("a", 1, 1), ("b", 1, 3), ("c", 1, 1)], &[("d", 1, 1), ("e", 1, 1)], &[("f", 1, 1), ("g", 1, 1)]]);
        let reach = reach(&place(&merged), 3);
        let rules: Vec<Under> = reach.iter().map(|row| under(row)).collect();
        assert_eq!(rules, [Under::Parts(vec![0..1, 2..3]), Under::Parts(vec![0..1, 2..3]), Under::Faint(0)]);
    }

    #[test]
    fn a_column_has_room_for_its_longest_word() {
        let mut setter = Typesetter::default();
        let mut c = Composer::new(&mut setter);
        let given =
            rows(&[&[("tracking-lookup-db-01", 1, 1), ("97.6 %", 1, 1), ("a remark of many words that goes on and on and on", 1, 1)]]);
        let needs = Needs::of(&mut c, &place(&given), 3);
        let widths = needs.widths(300.0);
        assert!((widths.iter().sum::<f32>() - 300.0).abs() < 0.01, "{widths:?}");
        for (words, width) in ["tracking-lookup-db-01", "97.6 %"].into_iter().zip(&widths) {
            assert!(c.width(&Text::new(words, house::CELL.0, house::CELL.1)) + CLEAR <= *width, "{words}: {widths:?}");
        }
        let crowded = needs.widths(60.0);
        assert!((crowded.iter().sum::<f32>() - 60.0).abs() < 0.01 && crowded.iter().all(|width| *width > 10.0), "{crowded:?}");
    }
}
