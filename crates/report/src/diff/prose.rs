//! A text as lines that show how it is set: two texts give the same lines only where they are the same text.

use crate::rich::{Block, Cell, Inline, ListItem, Mark, RichText, TableRow};

/// The lines of a text, each with the marks of the blocks it stands in.
pub(super) fn lines(text: &RichText) -> Vec<String> {
    let mut out = Vec::new();
    text.0.iter().for_each(|block| block_lines(block, "", &mut out));
    out
}

fn block_lines(block: &Block, before: &str, out: &mut Vec<String>) {
    match block {
        Block::Paragraph { content } => words(content, before, out),
        Block::Heading { attrs, content } => words(content, &format!("{before}{} ", "#".repeat(usize::from(attrs.level))), out),
        Block::CodeBlock { content } => words(content, &format!("{before}    "), out),
        Block::Figure { attrs, content } => {
            out.push(format!("{before}[picture{}] {}", attrs.attachment.map_or(" to be found", |_| ""), attrs.alt));
            words(content, &format!("{before}[caption] "), out);
        }
        Block::BulletList { content } => items(content, before, &mut |_| "• ".to_owned(), out),
        Block::OrderedList { attrs, content } => {
            let first = attrs.start;
            items(content, before, &mut |nth| format!("{}. ", u64::from(first) + nth), out);
        }
        Block::Blockquote { content } => content.iter().for_each(|block| block_lines(block, &format!("{before}> "), out)),
        Block::Table { content } => {
            for row in content.iter().map(TableRow::cells) {
                out.push(format!("{before}| {}", row.iter().map(cell).collect::<Vec<_>>().join(" | ")));
            }
        }
    }
}

fn items(content: &[ListItem], before: &str, mark: &mut dyn FnMut(u64) -> String, out: &mut Vec<String>) {
    for (nth, item) in (0..).zip(content) {
        let mark = mark(nth);
        for (at, block) in item.blocks().iter().enumerate() {
            // What belongs to the same item hangs below its mark.
            let lead = if at == 0 { mark.clone() } else { " ".repeat(mark.chars().count()) };
            block_lines(block, &format!("{before}{lead}"), out);
        }
    }
}

fn cell(cell: &Cell) -> String {
    let mut said = Vec::new();
    cell.blocks().iter().for_each(|block| block_lines(block, "", &mut said));
    let attrs = cell.attrs();
    let spans = if (attrs.colspan, attrs.rowspan) == (1, 1) { String::new() } else { format!(" ({} × {})", attrs.colspan, attrs.rowspan) };
    format!("{}{}{spans}", if cell.is_header() { "= " } else { "" }, said.join(" ¶ "))
}

fn words(content: &[Inline], before: &str, out: &mut Vec<String>) {
    let set: String = content.iter().map(inline).collect();
    let mut lines = set.split('\n');
    out.push(format!("{before}{}", lines.next().unwrap_or_default()));
    out.extend(lines.map(|line| format!("{before}{line}")));
}

fn inline(inline: &Inline) -> String {
    match inline {
        Inline::Text { text, marks } => marks.iter().fold(text.clone(), |text, mark| match mark {
            Mark::Bold {} => format!("**{text}**"),
            Mark::Italic {} => format!("_{text}_"),
            Mark::Code {} => format!("`{text}`"),
            Mark::Link { attrs } => format!("[{text}]({})", attrs.href),
        }),
        Inline::HardBreak {} => "\n".to_owned(),
        Inline::Fact { attrs } => format!("{{{}}}", attrs.key),
    }
}
