//! The page as Markdown.

use super::inline;
use crate::outgoing::page::{Page, Spot, Unit};
use report::rich::{Block, Cell, ListItem, TableRow};

/// Every unit after its comment.
pub(super) fn page(page: &Page) -> String {
    let mut out = String::new();
    for (number, unit) in page.units.iter().enumerate() {
        out.push_str(&format!("<!-- {number} -->\n\n{}\n\n", self::unit(unit, page)));
    }
    out
}

fn unit(unit: &Unit, page: &Page) -> String {
    match unit {
        Unit::Heading { level, text, .. } => format!("{} {}", "#".repeat(usize::from(*level)), inline::words(&text.words, " ")),
        Unit::Text(text) => inline::words(&text.words, "\\\n"),
        Unit::Rich { body, .. } => Writer { facts: &page.facts }.blocks(&body.0),
        Unit::Table { head, rows, .. } => {
            let widest = rows.iter().map(Vec::len).max().unwrap_or(0).max(head.len());
            let cell = |spot: Option<&Spot>| spot.map(|spot| inline::words(&spot.words, "<br>")).unwrap_or_default();
            let head: Vec<String> = (0..widest).map(|column| head.get(column).copied().unwrap_or_default().to_owned()).collect();
            let rows = rows.iter().map(|row| (0..widest).map(|column| cell(row.get(column))).collect());
            table(head, rows)
        }
    }
}

fn table(head: Vec<String>, rows: impl Iterator<Item = Vec<String>>) -> String {
    let line = |cells: &[String]| format!("| {} |", cells.join(" | "));
    let mut lines = vec![line(&head), format!("|{}", " --- |".repeat(head.len()))];
    lines.extend(rows.map(|row| line(&row)));
    lines.join("\n")
}

struct Writer<'a> {
    facts: &'a [(String, String)],
}

impl Writer<'_> {
    fn blocks(&self, blocks: &[Block]) -> String {
        let parts: Vec<String> = blocks.iter().map(|block| self.block(block)).collect();
        parts.join("\n\n")
    }

    fn block(&self, block: &Block) -> String {
        match block {
            Block::Paragraph { content } => inline::line(content, self.facts, "\\\n"),
            Block::Heading { attrs, content } => {
                format!("{} {}", "#".repeat(usize::from(attrs.level)), inline::line(content, self.facts, " "))
            }
            Block::BulletList { content } => self.list(content, |_| "- ".to_owned()),
            Block::OrderedList { attrs, content } => self.list(content, |at| format!("{}. ", u64::from(attrs.start) + at as u64)),
            Block::Blockquote { content } => {
                self.blocks(content).lines().map(|line| format!("> {line}").trim_end().to_owned()).collect::<Vec<_>>().join("\n")
            }
            Block::CodeBlock { content } => {
                let text = report::rich::Inline::plain_of(content);
                let longest = text.split(|c| c != '`').map(str::len).max().unwrap_or(0);
                let fence = "`".repeat((longest + 1).max(3));
                format!("{fence}\n{text}\n{fence}")
            }
            Block::Table { content } => self.table(content),
            Block::Figure { attrs, content } => {
                let name = attrs.attachment.map(|id| id.to_string()).unwrap_or_default();
                let caption = inline::line(content, self.facts, "\\\n");
                format!("![{}](<attachment:{name}>)\n{caption}", inline::words(&attrs.alt, " ")).trim_end().to_owned()
            }
        }
    }

    fn list(&self, items: &[ListItem], mark: impl Fn(usize) -> String) -> String {
        let simple = items.iter().all(|item| {
            matches!(
                item.blocks(),
                [Block::Paragraph { .. }] | [Block::Paragraph { .. }, Block::BulletList { .. } | Block::OrderedList { .. }]
            )
        });
        let item = |(at, item): (usize, &ListItem)| {
            let mark = mark(at);
            let gap = if simple { "\n" } else { "\n\n" };
            let parts: Vec<String> = item.blocks().iter().map(|block| self.block(block)).collect();
            let indent = format!("\n{}", " ".repeat(mark.len()));
            let text = parts.join(gap).replace('\n', &indent);
            format!("{mark}{text}")
        };
        let items: Vec<String> = items.iter().enumerate().map(item).collect();
        items.join(if simple { "\n" } else { "\n\n" })
    }

    fn table(&self, rows: &[TableRow]) -> String {
        let cell = |cell: &Cell| {
            let parts = cell.blocks().iter().map(|block| match block {
                Block::Paragraph { content } => inline::line(content, self.facts, "<br>"),
                other => self.block(other).replace("\\\n", "<br>").replace('\n', "<br>"),
            });
            parts.collect::<Vec<_>>().join("<br><br>")
        };
        let mut lines = rows.iter().map(|row| row.cells().iter().map(cell).collect::<Vec<_>>());
        let has_head = rows.first().is_some_and(|row| row.cells().iter().all(Cell::is_header));
        let widest = rows.iter().map(|row| row.cells().len()).max().unwrap_or(1);
        let head = if has_head { lines.next().unwrap_or_default() } else { vec![String::new(); widest] };
        table(head, lines)
    }
}
