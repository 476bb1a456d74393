//! The smallest parts of a foreign text that can be placed: a line, an item, a row of a table. Always true: the pieces hold every word of
//! the blocks, in order, once. Deliberately absent: what a word may mean; only bullets, numbers, tabs and rules of plain text are seen here.

mod bars;
mod lines;

use crate::source::{Block, Cell, Line, Source};

pub(crate) use lines::{is_item, is_labelled};

/// A piece.
#[derive(Clone, Debug)]
pub(crate) struct Piece {
    /// The block it is part of.
    pub block: usize,
    /// Which part of it, from 0.
    pub line: usize,
    /// What it is.
    pub shape: Shape,
    /// Its words without bullet or number; of a row, none.
    pub words: Line,
    /// Whether an empty line stands before it.
    pub after_gap: bool,
    /// Blanks before its first word, in plain text.
    pub indent: usize,
}

/// What a piece is.
#[derive(Clone, Debug)]
pub(crate) enum Shape {
    /// A heading that the format marks as one.
    Heading(u8),
    /// A line or a paragraph.
    Text,
    /// An item of a list.
    Item {
        /// How deep, from 0.
        depth: u8,
        /// Its number.
        number: Option<u32>,
    },
    /// A row of a table, or a line with tabs.
    Row {
        /// Its cells.
        cells: Vec<Cell>,
        /// Whether it is marked as a head.
        head: bool,
    },
    /// Lines kept as they are.
    Code,
    /// Words of somebody else.
    Quote,
    /// A line across the page.
    Rule,
    /// A picture.
    Picture {
        /// Its name in the source.
        name: String,
        /// Its file among `Source::files`.
        file: Option<usize>,
    },
    /// Words of a page's header or footer.
    Edge,
    /// An entry with its time.
    Entry {
        /// The moment as the source has it.
        at: String,
        /// Who said it.
        who: String,
        /// Whether a machine said it.
        automated: bool,
    },
    /// A value with its name.
    Named(String),
}

impl Piece {
    /// Its words, without style; the cells of a row stand apart by tabs.
    pub fn text(&self) -> String {
        match &self.shape {
            Shape::Row { cells, .. } => cells.iter().map(cell_text).collect::<Vec<_>>().join("\t"),
            _ => self.words.text(),
        }
    }

    /// Everything it says, bullets' numbers, names and times included: what the ledger counts.
    pub fn said(&self) -> String {
        match &self.shape {
            Shape::Item { number: Some(number), .. } => format!("{number}. {}", self.text()),
            Shape::Entry { at, who, .. } => format!("{at} {who} {}", self.text()),
            Shape::Named(name) => format!("{name}: {}", self.text()),
            _ => self.text(),
        }
    }

    /// Whether it is running text: a line, a paragraph or an item.
    pub fn is_text(&self) -> bool {
        matches!(self.shape, Shape::Text | Shape::Item { .. })
    }

    /// The texts of its cells, of a row.
    pub fn cells(&self) -> Option<Vec<String>> {
        match &self.shape {
            Shape::Row { cells, .. } => Some(cells.iter().map(|cell| cell_text(cell).trim().to_owned()).collect()),
            _ => None,
        }
    }
}

/// The words of a cell, its lines apart.
pub(crate) fn cell_text(cell: &Cell) -> String {
    cell.lines.iter().map(Line::text).collect::<Vec<_>>().join("\n")
}

/// The pieces of a source.
pub(crate) fn pieces(source: &Source) -> Vec<Piece> {
    let mut pieces = Vec::new();
    let mut after_gap = true;
    let mut block = 0;
    // Lines with bars that are no table are looked at once.
    let mut no_table = 0;
    while let Some(given) = source.blocks.get(block) {
        let first = pieces.len();
        let mut taken = 1;
        let mut add = |shape: Shape, words: Line, indent: usize| {
            let line = pieces.len() - first;
            pieces.push(Piece { block, line, shape, words, after_gap: false, indent });
        };
        match given {
            Block::Gap => {
                after_gap = true;
                block += 1;
                continue;
            }
            Block::Heading { level, line } => add(Shape::Heading(*level), line.clone(), 0),
            Block::Line { line } => {
                let run = if block < no_table { bars::Run::default() } else { bars::run(&source.blocks[block..]) };
                match run.table {
                    Some(rows) => {
                        taken = run.blocks;
                        rows.into_iter().for_each(|(cells, head)| add(Shape::Row { cells, head }, Line::default(), 0));
                    }
                    None => {
                        no_table = no_table.max(block + run.blocks);
                        lines::lines(line).iter().for_each(|line| lines::plain(line, &mut add));
                    }
                }
            }
            Block::Item { depth, number, line } => add(Shape::Item { depth: *depth, number: *number }, line.clone(), 0),
            Block::Table { head, rows } => {
                for (at, row) in rows.iter().enumerate() {
                    add(Shape::Row { cells: row.clone(), head: *head && at == 0 }, Line::default(), 0);
                }
            }
            Block::Code { text } => add(Shape::Code, Line::plain(text.clone()), 0),
            Block::Quote { line } => add(Shape::Quote, line.clone(), 0),
            Block::Rule => add(Shape::Rule, Line::default(), 0),
            Block::Picture { alt, name, file } => {
                add(Shape::Picture { name: name.clone(), file: *file }, Line::plain(alt.clone()), 0);
            }
            Block::Edge { line } => add(Shape::Edge, line.clone(), 0),
            Block::Entry { at, who, automated, line } => {
                add(Shape::Entry { at: at.clone(), who: who.clone(), automated: *automated }, line.clone(), 0);
            }
            Block::Named { name, value } => add(Shape::Named(name.clone()), Line::plain(value.clone()), 0),
        }
        if let Some(piece) = pieces.get_mut(first) {
            piece.after_gap = std::mem::take(&mut after_gap);
        }
        block += taken;
    }
    nest(&mut pieces);
    pieces
}

/// Items of plain text: how deep each is, by its blanks within its list.
fn nest(pieces: &mut [Piece]) {
    let mut open: Vec<usize> = Vec::new();
    for piece in pieces {
        match &mut piece.shape {
            Shape::Item { depth, .. } if *depth == 0 => {
                while open.last().is_some_and(|last| *last > piece.indent) {
                    open.pop();
                }
                if open.last() != Some(&piece.indent) {
                    open.push(piece.indent);
                }
                *depth = u8::try_from(open.len() - 1).unwrap_or(u8::MAX);
            }
            Shape::Item { .. } => {}
            // A paragraph inside an item does not end the list's levels, one that stands further left does.
            Shape::Text if open.first().is_some_and(|first| piece.indent > *first) => {}
            _ => open.clear(),
        }
    }
}

/// A line without its first bytes and without blanks at its end.
pub(crate) fn cut(line: &Line, mut bytes: usize) -> Line {
    let mut runs = Vec::new();
    for run in &line.runs {
        let skip = bytes.min(run.text.len());
        bytes -= skip;
        let text = run.text.get(skip..).unwrap_or(&run.text);
        if !text.is_empty() {
            runs.push(crate::source::Run { text: text.to_owned(), ..run.clone() });
        }
    }
    if let Some(last) = runs.last_mut() {
        last.text.truncate(last.text.trim_end().len());
    }
    Line { runs }
}

/// The first bytes of a line.
fn until(line: &Line, mut bytes: usize) -> Line {
    let mut runs = Vec::new();
    for run in &line.runs {
        let taken = bytes.min(run.text.len());
        bytes -= taken;
        if let Some(text) = run.text.get(..taken).filter(|text| !text.is_empty()) {
            runs.push(crate::source::Run { text: text.to_owned(), ..run.clone() });
        }
    }
    Line { runs }
}

/// A line in parts, without the mark between them.
pub(crate) fn split(line: &Line, mark: char) -> Vec<Line> {
    let mut parts = vec![Line::default()];
    for run in &line.runs {
        for (number, text) in run.text.split(mark).enumerate() {
            if number > 0 {
                parts.push(Line::default());
            }
            if let (Some(part), false) = (parts.last_mut(), text.is_empty()) {
                part.runs.push(crate::source::Run { text: text.to_owned(), ..run.clone() });
            }
        }
    }
    parts
}

#[cfg(test)]
pub(crate) mod support {
    use super::*;

    /// Plain text as the reader of plain text gives it: a line each, empty lines as gaps.
    pub fn plain_source(text: &str) -> Source {
        let block = |line: &str| {
            if line.trim().is_empty() { Block::Gap } else { Block::Line { line: Line::plain(line) } }
        };
        Source { blocks: text.lines().map(block).collect(), ..Source::default() }
    }
}

#[cfg(test)]
mod tests {
    use super::support::plain_source;
    use super::*;

    fn shown(text: &str) -> Vec<String> {
        shown_of_source(&plain_source(text))
    }

    /// Of one paragraph that keeps its lines.
    fn shown_of(text: &str) -> Vec<String> {
        shown_of_source(&Source { blocks: vec![Block::Line { line: Line::plain(text) }], ..Source::default() })
    }

    fn shown_of_source(source: &Source) -> Vec<String> {
        pieces(source)
            .iter()
            .map(|piece| {
                let shape = match &piece.shape {
                    Shape::Item { depth, number } => format!("item {depth}{}", number.map(|n| format!(" no. {n}")).unwrap_or_default()),
                    Shape::Row { cells, .. } => format!("row of {}", cells.len()),
                    Shape::Rule => "rule".to_owned(),
                    _ => "text".to_owned(),
                };
                format!("{shape}{}: {}", if piece.after_gap { " after a gap" } else { "" }, piece.text())
            })
            .collect()
    }

    #[test]
    fn bullets_numbers_rules_and_tabs_of_plain_text_are_seen() {
        let text = "  • one\n    • under one\n  • two\n\n12) twelve\n—\n- 05:00 opens\n-09:48 AM\nLabel\tvalue\t\n\tmore\n3 nodes";
        assert_eq!(
            shown(text),
            [
                "item 0 after a gap: one",
                "item 1: under one",
                "item 0: two",
                "item 0 no. 12 after a gap: twelve",
                "rule: ",
                "item 0: 05:00 opens",
                "text: -09:48 AM",
                "row of 2: Label\tvalue",
                "row of 2: \tmore",
                "text: 3 nodes",
            ]
        );
    }

    #[test]
    fn references_on_one_line_are_pieces_of_their_own() {
        assert_eq!(
            shown("INC000000912044 / PBI000000151002\nLinked: INC0911, INC0907 (duplicate)\nINC0911 was opened / closed"),
            [
                "text after a gap: INC000000912044 /",
                "text: PBI000000151002",
                "text: Linked: INC0911,",
                "text: INC0907 (duplicate)",
                "text: INC0911 was opened / closed",
            ]
        );
    }

    #[test]
    fn lines_kept_together_by_their_format_are_taken_one_by_one_where_each_begins_anew() {
        assert_eq!(shown_of("Region: Central\nSeverity: SEV-1"), ["text after a gap: Region: Central", "text: Severity: SEV-1"]);
        assert_eq!(shown_of("10:05 rang\n10:06 looked"), ["text after a gap: 10:05 rang", "text: 10:06 looked"]);
        assert_eq!(shown_of("The pump stood still.\nNote: it was old"), ["text after a gap: The pump stood still.\nNote: it was old"]);
    }
}
