//! The page as HTML.

use crate::outgoing::page::{Page, Spot, Unit};
use report::Report;
use report::rich::{Block, Cell, Inline, ListItem, Mark, TableRow};

/// The page up to where its end is written.
pub(super) fn page(report: &Report, page: &Page) -> String {
    let language = escaped(&report.language);
    let title = escaped(report.name());
    let mut out =
        format!("<!DOCTYPE html>\n<html lang=\"{language}\">\n<head>\n<meta charset=\"utf-8\">\n<title>{title}</title>\n</head>\n<body>\n");
    for (number, unit) in page.units.iter().enumerate() {
        out.push_str(&format!("<div data-unit=\"{number}\">{}</div>\n", self::unit(unit, page)));
    }
    out
}

fn unit(unit: &Unit, page: &Page) -> String {
    match unit {
        Unit::Heading { level, text, .. } => format!("<h{level}>{}</h{level}>", words(&text.words)),
        Unit::Text(text) => format!("<p>{}</p>", words(&text.words)),
        Unit::Rich { body, .. } => Writer { facts: &page.facts }.blocks(&body.0),
        Unit::Table { head, rows, .. } => {
            let widest = rows.iter().map(Vec::len).max().unwrap_or(0).max(head.len());
            let heads: String =
                (0..widest).map(|column| format!("<th scope=\"col\">{}</th>", head.get(column).copied().unwrap_or_default())).collect();
            let cell = |spot: Option<&Spot>| format!("<td>{}</td>", spot.map(|spot| words(&spot.words)).unwrap_or_default());
            let row = |row: &Vec<Spot>| format!("<tr>{}</tr>\n", (0..widest).map(|column| cell(row.get(column))).collect::<String>());
            format!("<table>\n<tr>{heads}</tr>\n{}</table>", rows.iter().map(row).collect::<String>())
        }
    }
}

fn words(text: &str) -> String {
    escaped(text).replace('\n', "<br>")
}

struct Writer<'a> {
    facts: &'a [(String, String)],
}

impl Writer<'_> {
    fn blocks(&self, blocks: &[Block]) -> String {
        blocks.iter().map(|block| self.block(block)).collect()
    }

    fn block(&self, block: &Block) -> String {
        match block {
            Block::Paragraph { content } => format!("<p>{}</p>", self.line(content)),
            Block::Heading { attrs, content } => format!("<h{0}>{1}</h{0}>", attrs.level, self.line(content)),
            Block::BulletList { content } => format!("<ul>{}</ul>", self.items(content)),
            Block::OrderedList { attrs, content } => format!("<ol start=\"{}\">{}</ol>", attrs.start, self.items(content)),
            Block::Blockquote { content } => format!("<blockquote>{}</blockquote>", self.blocks(content)),
            // The parser passes over one line feed at the beginning.
            Block::CodeBlock { content } => format!("<pre>\n{}</pre>", self.line(content)),
            Block::Table { content } => format!("<table>{}</table>", content.iter().map(|row| self.row(row)).collect::<String>()),
            Block::Figure { attrs, content } => {
                let name = attrs.attachment.map(|id| id.to_string()).unwrap_or_default();
                format!(
                    "<figure><img src=\"attachment:{name}\" alt=\"{}\"><figcaption>{}</figcaption></figure>",
                    escaped(&attrs.alt),
                    self.line(content)
                )
            }
        }
    }

    fn items(&self, items: &[ListItem]) -> String {
        items.iter().map(|item| format!("<li>{}</li>", self.blocks(item.blocks()))).collect()
    }

    fn row(&self, row: &TableRow) -> String {
        let cell = |cell: &Cell| {
            let name = if cell.is_header() { "th" } else { "td" };
            let attrs = cell.attrs();
            let span = |name: &str, count: u16| if count == 1 { String::new() } else { format!(" {name}=\"{count}\"") };
            format!("<{name}{}{}>{}</{name}>", span("colspan", attrs.colspan), span("rowspan", attrs.rowspan), self.blocks(cell.blocks()))
        };
        format!("<tr>{}</tr>", row.cells().iter().map(cell).collect::<String>())
    }

    fn line(&self, inlines: &[Inline]) -> String {
        let inline = |inline: &Inline| match inline {
            Inline::Text { text, marks } => marks.iter().rev().fold(escaped(text), |words, mark| match mark {
                Mark::Bold {} => format!("<strong>{words}</strong>"),
                Mark::Italic {} => format!("<em>{words}</em>"),
                Mark::Code {} => format!("<code>{words}</code>"),
                Mark::Link { attrs } => format!("<a href=\"{}\">{words}</a>", escaped(&attrs.href)),
            }),
            Inline::HardBreak {} => "<br>".to_owned(),
            Inline::Fact { attrs } => {
                let value = self.facts.iter().find(|(key, _)| *key == attrs.key).map_or("", |(_, value)| value);
                format!("<data value=\"{}\">{}</data>", escaped(&attrs.key), escaped(value))
            }
        };
        inlines.iter().map(inline).collect()
    }
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}
