//! From pieces to the rich text of a section: paragraphs, lists with levels, tables, code, quotations, pictures. Always true: every word of
//! the pieces stands in the text, in their order; lines broken for the width of a screen become one paragraph again.

use crate::addresses::is_address;
use crate::piece::{Piece, Shape};
use crate::references::is_parted;
use crate::source::{Block as ForeignBlock, Cell as ForeignCell, Line, Source};
use report::ids::AttachmentId;
use report::rich::{
    Block, Cell, CellAttrs, FigureAttrs, HeadingAttrs, Inline, LinkAttrs, ListItem, Mark, OrderedAttrs, RichText, TableRow,
};
use std::borrow::Cow;

/// A piece of a section's body.
pub(crate) enum Part<'a> {
    /// Its words stand in the text.
    Words(Cow<'a, Piece>),
    /// A picture: its file once taken in, what it shows, its name.
    Picture { attachment: Option<AttachmentId>, alt: String, caption: String },
}

/// The rich text of some parts.
pub(crate) fn body(parts: &[Part<'_>]) -> RichText {
    let mut blocks = Vec::new();
    let mut at = 0;
    while at < parts.len() {
        let taken = match &parts[at] {
            Part::Picture { attachment, alt, caption } => {
                let content = if caption.is_empty() { Vec::new() } else { vec![Inline::plain(caption)] };
                blocks.push(Block::Figure { attrs: FigureAttrs { attachment: *attachment, alt: alt.clone() }, content });
                1
            }
            Part::Words(piece) => block(&parts[at..], piece, &mut blocks),
        };
        at += taken.max(1);
    }
    RichText(blocks)
}

/// Adds the blocks that begin at the first part; gives how many parts they took.
fn block(parts: &[Part<'_>], first: &Piece, blocks: &mut Vec<Block>) -> usize {
    match &first.shape {
        Shape::Item { .. } => {
            let items: Vec<&Piece> = words(parts).take_while(|piece| matches!(piece.shape, Shape::Item { .. })).collect();
            list(&items, blocks);
            items.len()
        }
        Shape::Row { .. } => {
            let rows = same_table(words(parts));
            blocks.push(table(&rows));
            rows.len()
        }
        Shape::Text => {
            let goes_on = |(at, piece): &(usize, &Piece)| matches!(piece.shape, Shape::Text) && (*at == 0 || !piece.after_gap);
            let lines: Vec<&Piece> = words(parts).enumerate().take_while(goes_on).map(|(_, piece)| piece).collect();
            blocks.extend(paragraphs(&lines).into_iter().map(|lines| paragraph(&lines)));
            lines.len()
        }
        Shape::Heading(level) => {
            let attrs = HeadingAttrs { level: if *level <= 3 { 3 } else { 4 } };
            blocks.push(Block::Heading { attrs, content: joined(inlines(&first.words)) });
            1
        }
        Shape::Code => {
            blocks.push(Block::CodeBlock { content: vec![Inline::plain(&first.words.text())] });
            1
        }
        Shape::Quote => {
            let goes_on = |(at, piece): &(usize, &Piece)| matches!(piece.shape, Shape::Quote) && (*at == 0 || !piece.after_gap);
            let lines: Vec<&Piece> = words(parts).enumerate().take_while(goes_on).map(|(_, piece)| piece).collect();
            blocks.push(Block::Blockquote { content: quoted(&lines) });
            lines.len()
        }
        Shape::Rule => 1,
        Shape::Picture { .. } | Shape::Edge | Shape::Entry { .. } | Shape::Named(_) => {
            blocks.push(Block::plain(first.said().trim()));
            1
        }
    }
}

/// What stands in a quotation: its paragraphs, and its lists by their marks.
fn quoted(lines: &[&Piece]) -> Vec<Block> {
    let source =
        Source { blocks: lines.iter().map(|piece| ForeignBlock::Line { line: piece.words.clone() }).collect(), ..Source::default() };
    let mut blocks = Vec::new();
    for piece in lines {
        if !crate::piece::is_item(&piece.words.text()) {
            blocks.push(Block::Paragraph { content: joined(inlines(&piece.words)) });
        }
    }
    // Without an item there is nothing but paragraphs; with one the lines are read as plain text is.
    if blocks.len() == lines.len() {
        return blocks;
    }
    let pieces = crate::piece::pieces(&source);
    body(&pieces.iter().map(|piece| Part::Words(Cow::Borrowed(piece))).collect::<Vec<_>>()).0
}

fn words<'a>(parts: &'a [Part<'a>]) -> impl Iterator<Item = &'a Piece> {
    parts.iter().map_while(|part| match part {
        Part::Words(piece) => Some(piece.as_ref()),
        Part::Picture { .. } => None,
    })
}

/// A paragraph of some lines.
fn paragraph(lines: &[&Piece]) -> Block {
    let mut content = Vec::new();
    for (number, line) in lines.iter().enumerate() {
        if number > 0 {
            content.push(Inline::plain(" "));
        }
        content.extend(inlines(&line.words));
    }
    Block::Paragraph { content: joined(content) }
}

/// The paragraphs of lines between which no empty line stands: a line goes on when the next line's first word would not have fitted on it, or
/// the sentence goes on.
fn paragraphs<'a>(lines: &[&'a Piece]) -> Vec<Vec<&'a Piece>> {
    const NARROWEST: usize = 50;
    const WIDEST: usize = 110;
    let lengths: Vec<usize> = lines.iter().map(|piece| piece.words.text().trim().chars().count() + piece.indent).collect();
    let one_line: Vec<bool> = lines.windows(2).map(|pair| pair[0].block == pair[1].block && is_parted(&pair[0].words.text())).collect();
    let mid: Vec<bool> = lines.windows(2).zip(&one_line).map(|(pair, one)| *one || mid_sentence(pair[0], pair[1])).collect();
    // What is known of a line and all that follow: the widest of them, and whether a sentence goes on somewhere.
    let mut onward = vec![(0, false); lines.len() + 1];
    for at in (0..lines.len()).rev() {
        let (width, goes_on) = onward[at + 1];
        onward[at] = (lengths[at].max(width), goes_on || mid.get(at).copied().unwrap_or(false));
    }
    let mut paragraphs = Vec::new();
    let mut at = 0;
    while at < lines.len() {
        let (width, mid_sentence) = onward[at];
        let broken = |line: &usize| {
            let next = lines[line + 1].words.text();
            let word = next.split_whitespace().next().unwrap_or_default();
            // Lines broken by hand are uneven; a sentence that goes on in small letters was broken all the same.
            let full = lengths[*line] + 1 + word.chars().count() > width;
            one_line[*line] || (NARROWEST..=WIDEST).contains(&width) && (full || mid[*line])
        };
        let goes_on = (at..lines.len() - 1).take_while(broken).count();
        // The longer of two lines is always as wide as the widest: alone it shows nothing, unless its sentence goes on.
        let end = if goes_on > 1 || mid_sentence { at + goes_on + 1 } else { at + 1 };
        paragraphs.push(lines[at..end].to_vec());
        at = end;
    }
    paragraphs
}

/// Whether a sentence goes on from one line to the next.
fn mid_sentence(line: &Piece, next: &Piece) -> bool {
    let ended = line.words.text().trim_end().ends_with(['.', ':', '!', '?']);
    next.words.text().trim_start().starts_with(char::is_lowercase) && !ended
}

/// Rows of one table: of one block, or lines with tabs that follow each other.
fn same_table<'a>(pieces: impl Iterator<Item = &'a Piece>) -> Vec<&'a Piece> {
    let mut rows: Vec<&Piece> = Vec::new();
    for row in pieces.take_while(|piece| matches!(piece.shape, Shape::Row { .. })) {
        let belongs = rows.last().is_none_or(|last| row.block == last.block || (row.line == 0 && last.line == 0 && !row.after_gap));
        if !belongs {
            break;
        }
        rows.push(row);
    }
    rows
}

fn list(items: &[&Piece], blocks: &mut Vec<Block>) {
    let mut at = 0;
    while at < items.len() {
        let (depth, number) = place(items[at]);
        let mut content = Vec::new();
        let mut expected = number;
        while at < items.len() {
            let (own, own_number) = place(items[at]);
            // A number that does not follow begins a list of its own, or it would print as another.
            if own < depth || (own == depth && own_number != expected) {
                break;
            }
            let end = (at + 1..items.len()).find(|next| place(items[*next]).0 <= depth).unwrap_or(items.len());
            let mut inside = vec![Block::Paragraph { content: joined(inlines(&items[at].words)) }];
            if end > at + 1 {
                list(&items[at + 1..end], &mut inside);
            }
            content.push(ListItem::ListItem { content: inside });
            expected = expected.map(|number| number + 1);
            at = end;
        }
        blocks.push(match number {
            Some(start) => Block::OrderedList { attrs: OrderedAttrs { start }, content },
            None => Block::BulletList { content },
        });
    }
}

fn place(piece: &Piece) -> (u8, Option<u32>) {
    match piece.shape {
        Shape::Item { depth, number } => (depth, number),
        _ => (0, None),
    }
}

/// A table whose rows form a regular grid: short rows are filled up with empty cells.
fn table(rows: &[&Piece]) -> Block {
    let cells = |piece: &Piece| match &piece.shape {
        Shape::Row { cells, head } => (cells.clone(), *head),
        _ => (Vec::new(), false),
    };
    let grid: Vec<(Vec<ForeignCell>, bool)> = rows.iter().map(|row| cells(row)).collect();
    let spans = grid.iter().any(|(cells, _)| cells.iter().any(|cell| cell.rows > 1));
    let width = |cells: &[ForeignCell]| cells.iter().map(|cell| usize::from(cell.columns.max(1))).sum::<usize>();
    let widest = grid.iter().map(|(cells, _)| width(cells)).max().unwrap_or(0);
    let rows = grid.iter().map(|(given, head)| {
        let mut given = given.clone();
        // What a span from above covers is not known here; such a table is taken as its source has it.
        while !spans && width(&given) < widest {
            given.push(ForeignCell { lines: Vec::new(), columns: 1, rows: 1 });
        }
        TableRow::TableRow { content: given.iter().map(|cell| table_cell(cell, *head)).collect() }
    });
    Block::Table { content: rows.collect() }
}

fn table_cell(cell: &ForeignCell, head: bool) -> Cell {
    let attrs = CellAttrs { colspan: cell.columns.max(1), rowspan: cell.rows.max(1) };
    let paragraph = |line: &Line| Block::Paragraph { content: joined(inlines(line)) };
    let content =
        if cell.lines.is_empty() { vec![Block::Paragraph { content: Vec::new() }] } else { cell.lines.iter().map(paragraph).collect() };
    if head { Cell::TableHeader { attrs, content } } else { Cell::TableCell { attrs, content } }
}

/// The inlines of a line: its marks, its links, and addresses that stand in it as plain words.
fn inlines(line: &Line) -> Vec<Inline> {
    let mut out = Vec::new();
    for run in &line.runs {
        for (number, text) in run.text.split('\n').enumerate() {
            if number > 0 {
                out.push(Inline::HardBreak {});
            }
            let mut marks = Vec::new();
            // Code takes no other mark in the editor.
            if run.code {
                marks.push(Mark::Code {});
            } else {
                marks.extend(run.bold.then_some(Mark::Bold {}));
                marks.extend(run.italic.then_some(Mark::Italic {}));
            }
            match run.link.as_deref().filter(|address| is_address(address)) {
                Some(address) => {
                    marks.push(Mark::Link { attrs: LinkAttrs { href: address.to_owned() } });
                    push(&mut out, text, &marks);
                }
                None if run.code => push(&mut out, text, &marks),
                None => linked(&mut out, text, &marks),
            }
        }
    }
    out
}

/// Text in which addresses become links.
fn linked(out: &mut Vec<Inline>, text: &str, marks: &[Mark]) {
    let mut finder = linkify::LinkFinder::new();
    finder.kinds(&[linkify::LinkKind::Url]);
    for span in finder.spans(text) {
        let mut marks = marks.to_vec();
        if span.kind().is_some() && is_address(span.as_str()) {
            marks.push(Mark::Link { attrs: LinkAttrs { href: span.as_str().to_owned() } });
        }
        push(out, span.as_str(), &marks);
    }
}

fn push(out: &mut Vec<Inline>, text: &str, marks: &[Mark]) {
    if !text.is_empty() {
        out.push(Inline::Text { text: text.to_owned(), marks: marks.to_vec() });
    }
}

/// Neighbours with equal marks as one, without blanks at either end.
fn joined(inlines: Vec<Inline>) -> Vec<Inline> {
    let mut out: Vec<Inline> = Vec::new();
    for inline in inlines {
        match (out.last_mut(), inline) {
            (Some(Inline::Text { text, marks }), Inline::Text { text: more, marks: same }) if *marks == same => text.push_str(&more),
            (_, inline) => out.push(inline),
        }
    }
    if let Some(Inline::Text { text, .. }) = out.first_mut() {
        *text = text.trim_start().to_owned();
    }
    if let Some(Inline::Text { text, .. }) = out.last_mut() {
        text.truncate(text.trim_end().len());
    }
    out.retain(|inline| !matches!(inline, Inline::Text { text, .. } if text.is_empty()));
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::piece::pieces;
    use crate::piece::support::plain_source;

    fn shown(text: &str) -> String {
        let pieces = pieces(&plain_source(text));
        let parts: Vec<Part<'_>> = pieces.iter().map(|piece| Part::Words(Cow::Borrowed(piece))).collect();
        fn show(block: &Block) -> String {
            let items = |content: &[ListItem]| {
                content.iter().map(|item| item.blocks().iter().map(show).collect::<String>()).collect::<Vec<_>>().join("|")
            };
            match block {
                Block::Paragraph { content } => format!("p({})", Inline::plain_of(content)),
                Block::BulletList { content } => format!("ul[{}]", items(content)),
                Block::OrderedList { attrs, content } => format!("ol{}[{}]", attrs.start, items(content)),
                Block::Table { content } => format!("table {}x{}", content.len(), content[0].cells().len()),
                other => format!("{other:?}"),
            }
        }
        body(&parts).0.iter().map(show).collect::<Vec<_>>().join(" ")
    }

    #[test]
    fn lines_broken_for_their_width_are_one_paragraph() {
        let text = "The pump in the western basin stopped because weed had blocked\nits strainer; nobody heard the alarm, which had been silenced on the\nday before.\nA second paragraph.";
        assert_eq!(
            shown(text),
            "p(The pump in the western basin stopped because weed had blocked its strainer; nobody heard the alarm, which had been silenced on the day before.) p(A second paragraph.)"
        );
        assert_eq!(shown("One.\nTwo."), "p(One.) p(Two.)");
        let sums = "Time without pumps, both basins together - From 1h7 to 2H\nTime without alarm - From 2H to 4:52";
        assert_eq!(shown(sums), sums.split('\n').map(|line| format!("p({line})")).collect::<Vec<_>>().join(" "));
    }

    #[test]
    fn lists_keep_levels_and_numbers() {
        assert_eq!(shown("• a\n  • b\n  • c\n• d"), "ul[p(a)ul[p(b)|p(c)]|p(d)]");
        assert_eq!(shown("1. a\n2. b\n7. c"), "ol1[p(a)|p(b)] ol7[p(c)]");
    }

    #[test]
    fn lines_with_tabs_are_a_table() {
        assert_eq!(shown("a\tb\tc\nd\te"), "table 2x3");
    }

    #[test]
    fn an_address_in_the_text_is_a_link() {
        let pieces = pieces(&plain_source("See https://example.org/x, or ask."));
        let text = body(&[Part::Words(Cow::Borrowed(&pieces[0]))]);
        let json = serde_json::to_string(&text).expect("it writes");
        assert!(json.contains(r#""href":"https://example.org/x""#), "{json}");
    }
}
