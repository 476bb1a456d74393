//! Rich text: the one small tree that the editor writes, the file carries and paper prints.
//! Always true: its JSON is the editor's own document form (a node has `type`, `attrs`, `content`; a text has `marks`), and nothing
//! outside this list can be in a report. Deliberately absent: styling, colours, fonts, raw HTML.

mod walk;

use crate::ids::AttachmentId;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// A body of text: blocks from top to bottom.
#[derive(Clone, Debug, Default, Eq, PartialEq, Serialize, Deserialize, JsonSchema, TS)]
#[serde(transparent)]
#[ts(export)]
pub struct RichText(pub Vec<Block>);

/// One block.
#[derive(Clone, Debug, Eq, PartialEq, Serialize, Deserialize, JsonSchema, TS)]
#[serde(tag = "type", rename_all = "camelCase", deny_unknown_fields)]
#[ts(export)]
pub enum Block {
    /// Running text.
    Paragraph {
        /// What it says.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        #[ts(as = "Option<Vec<Inline>>", optional)]
        content: Vec<Inline>,
    },
    /// A heading inside a section, one level below the section's own and deeper.
    Heading {
        /// Its level.
        attrs: HeadingAttrs,
        /// What it says.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        #[ts(as = "Option<Vec<Inline>>", optional)]
        content: Vec<Inline>,
    },
    /// A list with bullets.
    BulletList {
        /// Its items.
        content: Vec<ListItem>,
    },
    /// A numbered list.
    OrderedList {
        /// Where the numbers begin.
        #[serde(default)]
        attrs: OrderedAttrs,
        /// Its items.
        content: Vec<ListItem>,
    },
    /// Words of somebody else.
    Blockquote {
        /// The blocks quoted.
        content: Vec<Block>,
    },
    /// Lines kept as they are: logs, commands.
    CodeBlock {
        /// The lines; marks are not allowed in them.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        #[ts(as = "Option<Vec<Inline>>", optional)]
        content: Vec<Inline>,
    },
    /// A table; the rows form a regular grid once spans are counted.
    Table {
        /// Its rows.
        content: Vec<TableRow>,
    },
    /// A picture with its caption.
    Figure {
        /// Which picture, and what it shows.
        attrs: FigureAttrs,
        /// The caption.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        #[ts(as = "Option<Vec<Inline>>", optional)]
        content: Vec<Inline>,
    },
}

/// Attributes of a heading.
#[derive(Clone, Copy, Debug, Eq, PartialEq, Serialize, Deserialize, JsonSchema, TS)]
#[serde(deny_unknown_fields)]
#[ts(export)]
pub struct HeadingAttrs {
    /// 3 or 4: section headings are level 2, the title is level 1.
    #[schemars(range(min = 3, max = 4))]
    pub level: u8,
}

/// Attributes of a numbered list.
#[derive(Clone, Copy, Debug, Eq, PartialEq, Serialize, Deserialize, JsonSchema, TS)]
#[serde(deny_unknown_fields)]
#[ts(export)]
pub struct OrderedAttrs {
    /// The first number.
    pub start: u32,
}

impl Default for OrderedAttrs {
    fn default() -> Self {
        Self { start: 1 }
    }
}

/// Attributes of a figure.
#[derive(Clone, Debug, Eq, PartialEq, Serialize, Deserialize, JsonSchema, TS)]
#[serde(deny_unknown_fields)]
#[ts(export)]
pub struct FigureAttrs {
    /// The picture among the report's attachments; none while it is still to be found (an imported placeholder).
    pub attachment: Option<AttachmentId>,
    /// What a reader who cannot see it needs to know.
    pub alt: String,
}

/// The tag of a list item.
#[derive(Clone, Debug, Eq, PartialEq, Serialize, Deserialize, JsonSchema, TS)]
#[serde(tag = "type", rename_all = "camelCase", deny_unknown_fields)]
#[ts(export)]
pub enum ListItem {
    /// The only kind: blocks under one bullet or number.
    ListItem {
        /// The item's blocks; lists inside make levels.
        content: Vec<Block>,
    },
}

impl ListItem {
    /// The item's blocks.
    pub fn blocks(&self) -> &[Block] {
        let ListItem::ListItem { content } = self;
        content
    }
}

/// One row of a table.
#[derive(Clone, Debug, Eq, PartialEq, Serialize, Deserialize, JsonSchema, TS)]
#[serde(tag = "type", rename_all = "camelCase", deny_unknown_fields)]
#[ts(export)]
pub enum TableRow {
    /// The only kind: cells from left to right.
    TableRow {
        /// Its cells; cells covered by a span from above or the left are not written.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        #[ts(as = "Option<Vec<Cell>>", optional)]
        content: Vec<Cell>,
    },
}

impl TableRow {
    /// The row's cells.
    pub fn cells(&self) -> &[Cell] {
        let TableRow::TableRow { content } = self;
        content
    }
}

/// One cell.
#[derive(Clone, Debug, Eq, PartialEq, Serialize, Deserialize, JsonSchema, TS)]
#[serde(tag = "type", rename_all = "camelCase", deny_unknown_fields)]
#[ts(export)]
pub enum Cell {
    /// A cell that heads its column.
    TableHeader {
        /// How far it reaches.
        #[serde(default)]
        attrs: CellAttrs,
        /// What stands in it.
        content: Vec<Block>,
    },
    /// A cell with data.
    TableCell {
        /// How far it reaches.
        #[serde(default)]
        attrs: CellAttrs,
        /// What stands in it.
        content: Vec<Block>,
    },
}

impl Cell {
    /// How far the cell reaches.
    pub fn attrs(&self) -> CellAttrs {
        match self {
            Cell::TableHeader { attrs, .. } | Cell::TableCell { attrs, .. } => *attrs,
        }
    }

    /// What stands in it.
    pub fn blocks(&self) -> &[Block] {
        match self {
            Cell::TableHeader { content, .. } | Cell::TableCell { content, .. } => content,
        }
    }

    /// Whether it heads its column.
    pub fn is_header(&self) -> bool {
        matches!(self, Cell::TableHeader { .. })
    }
}

/// Attributes of a cell.
#[derive(Clone, Copy, Debug, Eq, PartialEq, Serialize, Deserialize, JsonSchema, TS)]
#[serde(deny_unknown_fields)]
#[ts(export)]
pub struct CellAttrs {
    /// Columns covered, at least 1.
    pub colspan: u16,
    /// Rows covered, at least 1.
    pub rowspan: u16,
}

impl Default for CellAttrs {
    fn default() -> Self {
        Self { colspan: 1, rowspan: 1 }
    }
}

/// A piece of a line.
#[derive(Clone, Debug, Eq, PartialEq, Serialize, Deserialize, JsonSchema, TS)]
#[serde(tag = "type", rename_all = "camelCase", deny_unknown_fields)]
#[ts(export)]
pub enum Inline {
    /// Words.
    Text {
        /// The words themselves.
        text: String,
        /// How they are set.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        #[ts(as = "Option<Vec<Mark>>", optional)]
        marks: Vec<Mark>,
    },
    /// A new line in the same paragraph.
    HardBreak {},
    /// A computed fact, printed as its present value.
    Fact {
        /// Which fact.
        attrs: FactAttrs,
    },
}

/// Attributes of a fact token.
#[derive(Clone, Debug, Eq, PartialEq, Serialize, Deserialize, JsonSchema, TS)]
#[serde(deny_unknown_fields)]
#[ts(export)]
pub struct FactAttrs {
    /// The key of a header field, or `downtime`.
    pub key: String,
}

/// How words are set.
#[derive(Clone, Debug, Eq, PartialEq, Serialize, Deserialize, JsonSchema, TS)]
#[serde(tag = "type", rename_all = "camelCase", deny_unknown_fields)]
#[ts(export)]
pub enum Mark {
    /// Strong.
    Bold {},
    /// Emphasised.
    Italic {},
    /// Code.
    Code {},
    /// A link.
    Link {
        /// Where it leads.
        attrs: LinkAttrs,
    },
}

/// Attributes of a link.
#[derive(Clone, Debug, Eq, PartialEq, Serialize, Deserialize, JsonSchema, TS)]
#[serde(deny_unknown_fields)]
#[ts(export)]
pub struct LinkAttrs {
    /// The address; only `http`, `https` and `mailto` are printed as links.
    pub href: String,
}

impl RichText {
    /// Paragraphs of plain text, one for each line that is not blank.
    pub fn from_plain(text: &str) -> Self {
        Self(text.lines().map(str::trim).filter(|line| !line.is_empty()).map(Block::plain).collect())
    }
}

impl Block {
    /// A paragraph of unmarked words.
    pub fn plain(text: &str) -> Self {
        Block::Paragraph { content: vec![Inline::plain(text)] }
    }
}

impl Inline {
    /// Unmarked words.
    pub fn plain(text: &str) -> Self {
        Inline::Text { text: text.to_owned(), marks: Vec::new() }
    }

    /// The words of a run of inlines; a fact stands as its key in braces, because its value is not known here.
    pub fn plain_of(inlines: &[Inline]) -> String {
        let mut out = String::new();
        for inline in inlines {
            match inline {
                Inline::Text { text, .. } => out.push_str(text),
                Inline::HardBreak {} => out.push('\n'),
                Inline::Fact { attrs } => {
                    out.push('{');
                    out.push_str(&attrs.key);
                    out.push('}');
                }
            }
        }
        out
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// One document with every node and mark: the same file the editor's schema is tested with.
    const EVERY_NODE: &str = include_str!("../tests/every-node.json");

    #[test]
    fn every_node_survives_a_round_trip() {
        let text: RichText = serde_json::from_str(EVERY_NODE).expect("the fixture reads");
        let written: serde_json::Value = serde_json::to_value(&text).expect("it writes");
        let given: serde_json::Value = serde_json::from_str(EVERY_NODE).expect("the fixture is JSON");
        assert_eq!(written, given);
    }

    #[test]
    fn an_unknown_node_or_attribute_is_refused() {
        for foreign in
            [r#"[{"type":"iframe"}]"#, r#"[{"type":"paragraph","style":"x"}]"#, r#"[{"type":"heading","attrs":{"level":3,"id":"a"}}]"#]
        {
            assert!(serde_json::from_str::<RichText>(foreign).is_err(), "{foreign}");
        }
    }
}
