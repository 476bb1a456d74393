//! Units out of a page, as rich text. Always true: what has no place in rich text makes a unit unread rather than read in part.

use crate::outgoing::carried::Said;
use crate::read::html::tree::{self, Data, NodeId, Tree};
use report::ids::AttachmentId;
use report::rich::{
    Block, Cell, CellAttrs, FactAttrs, FigureAttrs, HeadingAttrs, Inline, LinkAttrs, ListItem, Mark, OrderedAttrs, TableRow,
};

/// What stands in each of the elements numbered 0 to `count`, as blocks.
pub(super) fn units(visible: &str, count: usize) -> Said {
    let mut said: Said = vec![None; count];
    let Ok(tree) = tree::parse(visible) else { return said };
    let reader = Reader { tree: &tree };
    for id in tree.below(0) {
        let number = tree.attr(id, "data-unit").and_then(|number| number.parse::<usize>().ok());
        if let Some(place) = number.and_then(|number| said.get_mut(number)) {
            *place = reader.blocks(id);
        }
    }
    said
}

struct Reader<'a> {
    tree: &'a Tree,
}

impl Reader<'_> {
    fn blocks(&self, id: NodeId) -> Option<Vec<Block>> {
        let mut blocks = Vec::new();
        for child in &self.tree.node(id).children {
            match &self.tree.node(*child).data {
                Data::Text(text) if text.trim().is_empty() => {}
                Data::Element { .. } => blocks.push(self.block(*child)?),
                _ => return None,
            }
        }
        Some(blocks)
    }

    fn block(&self, id: NodeId) -> Option<Block> {
        let name = self.tree.name(id)?;
        Some(match name {
            "p" => Block::Paragraph { content: self.line(id)? },
            "h1" | "h2" | "h3" | "h4" | "h5" | "h6" => {
                Block::Heading { attrs: HeadingAttrs { level: name.as_bytes()[1] - b'0' }, content: self.line(id)? }
            }
            "ul" => Block::BulletList { content: self.items(id)? },
            "ol" => {
                let start = self.tree.attr(id, "start").map_or(Some(1), |start| start.parse().ok())?;
                Block::OrderedList { attrs: OrderedAttrs { start }, content: self.items(id)? }
            }
            "blockquote" => Block::Blockquote { content: self.blocks(id)? },
            "pre" => Block::CodeBlock { content: self.line(id)? },
            "table" => Block::Table { content: self.rows(id)? },
            "figure" => self.figure(id)?,
            _ => return None,
        })
    }

    fn items(&self, list: NodeId) -> Option<Vec<ListItem>> {
        self.elements(list)
            .map(|item| (self.tree.name(item)? == "li").then(|| self.blocks(item))?.map(|content| ListItem::ListItem { content }))
            .collect()
    }

    fn rows(&self, table: NodeId) -> Option<Vec<TableRow>> {
        let rows = self
            .elements(table)
            .flat_map(|group| if self.tree.name(group) == Some("tr") { vec![group] } else { self.elements(group).collect() });
        rows.map(|row| Some(TableRow::TableRow { content: self.elements(row).map(|cell| self.cell(cell)).collect::<Option<_>>()? }))
            .collect()
    }

    fn cell(&self, id: NodeId) -> Option<Cell> {
        let span = |name: &str| self.tree.attr(id, name).map_or(Some(1), |count| count.parse().ok());
        let attrs = CellAttrs { colspan: span("colspan")?, rowspan: span("rowspan")? };
        // The tables of the page itself have their words in the cell; those of rich text have blocks in it.
        let content = match self.blocks(id) {
            Some(blocks) if !blocks.is_empty() => blocks,
            _ => vec![Block::Paragraph { content: self.line(id)? }],
        };
        Some(if self.tree.name(id)? == "th" { Cell::TableHeader { attrs, content } } else { Cell::TableCell { attrs, content } })
    }

    fn figure(&self, id: NodeId) -> Option<Block> {
        let [image, caption] = self.elements(id).collect::<Vec<_>>()[..] else { return None };
        let name = self.tree.attr(image, "src")?.strip_prefix("attachment:")?;
        let attachment = if name.is_empty() { None } else { Some(AttachmentId(name.parse().ok()?)) };
        let alt = self.tree.attr(image, "alt")?.to_owned();
        Some(Block::Figure { attrs: FigureAttrs { attachment, alt }, content: self.line(caption)? })
    }

    fn line(&self, id: NodeId) -> Option<Vec<Inline>> {
        let mut out = Vec::new();
        self.inlines(id, &mut Vec::new(), &mut out)?;
        Some(out)
    }

    fn inlines(&self, id: NodeId, marks: &mut Vec<Mark>, out: &mut Vec<Inline>) -> Option<()> {
        for child in &self.tree.node(id).children {
            let mark = match (&self.tree.node(*child).data, self.tree.name(*child)) {
                (Data::Text(text), _) => {
                    out.push(Inline::Text { text: text.clone(), marks: marks.clone() });
                    continue;
                }
                (_, Some("br")) => {
                    out.push(Inline::HardBreak {});
                    continue;
                }
                (_, Some("data")) => {
                    out.push(Inline::Fact { attrs: FactAttrs { key: self.tree.attr(*child, "value")?.to_owned() } });
                    continue;
                }
                (_, Some("strong")) => Mark::Bold {},
                (_, Some("em")) => Mark::Italic {},
                (_, Some("code")) => Mark::Code {},
                (_, Some("a")) => Mark::Link { attrs: LinkAttrs { href: self.tree.attr(*child, "href")?.to_owned() } },
                _ => return None,
            };
            marks.push(mark);
            self.inlines(*child, marks, out)?;
            marks.pop();
        }
        Some(())
    }

    fn elements(&self, id: NodeId) -> impl Iterator<Item = NodeId> {
        self.tree.node(id).children.iter().copied().filter(|child| self.tree.name(*child).is_some())
    }
}
