//! A foreign text once its format has been read: blocks in reading order, whatever it came from. Always true: no word of the file is
//! missing from the blocks or from what was dropped. Deliberately absent: any idea of what a report is. In TypeScript the names say
//! `Foreign`, because a report has blocks, cells and changes of its own.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// What was read.
#[derive(Clone, Debug, Default, Eq, PartialEq, Serialize, Deserialize, TS)]
#[ts(export, rename = "Foreign")]
pub struct Source {
    /// The blocks in reading order; placements name them by their index.
    pub blocks: Vec<Block>,
    /// What the format's own rules threw away (scripts, page furniture), in the order it stood.
    pub dropped: Vec<Dropped>,
    /// Pictures and other files that came inside.
    #[serde(skip)]
    pub files: Vec<Carried>,
    /// The name of the file, where there is one.
    #[serde(skip)]
    pub name: Option<String>,
    /// Where the links of what was thrown away led.
    #[serde(skip)]
    pub addresses_left: Vec<String>,
}

/// One block of a source.
#[derive(Clone, Debug, Eq, PartialEq, Serialize, Deserialize, TS)]
#[serde(tag = "kind", rename_all = "snake_case")]
#[ts(export, rename = "ForeignBlock")]
pub enum Block {
    /// A heading that the format itself marks as one; plain text has none.
    Heading {
        /// 1 is the highest.
        level: u8,
        /// Its words.
        line: Line,
    },
    /// A paragraph; of plain text, one line of it (tabs kept), so that a table in plain text can still be seen.
    Line {
        /// Its words; a hard break inside is `\n`.
        line: Line,
    },
    /// An empty line of plain text: what stands around it are different paragraphs.
    Gap,
    /// An item of a list.
    Item {
        /// How deep, from 0.
        depth: u8,
        /// Its number, where it has one.
        number: Option<u32>,
        /// Its words, without the bullet.
        line: Line,
    },
    /// A table; rows need not have equal lengths.
    Table {
        /// Whether the first row is marked as a head.
        head: bool,
        /// The rows.
        rows: Vec<Vec<Cell>>,
    },
    /// Lines kept as they are.
    Code {
        /// The lines.
        text: String,
    },
    /// Words of somebody else.
    Quote {
        /// The words.
        line: Line,
    },
    /// A line across the page.
    Rule,
    /// A picture.
    Picture {
        /// What the source says it shows.
        alt: String,
        /// Its name or address in the source, as written.
        name: String,
        /// Which of `Source::files` it is; none where only a placeholder came along.
        file: Option<usize>,
    },
    /// Words of the page's header or footer.
    Edge {
        /// The words.
        line: Line,
    },
    /// An entry that already knows its time: a chat message, an alert of an incident's log.
    Entry {
        /// The moment: RFC 3339 where the source gives a zone, `YYYY-MM-DDTHH:MM[:SS]` where it gives none; as written ("09:41",
        /// "11/03/2026, 09:41") where the day is missing or could be read in two ways; empty where there is no moment.
        at: String,
        /// Who said it.
        who: String,
        /// Whether a machine said it.
        automated: bool,
        /// What was said.
        line: Line,
    },
    /// A value that the source itself names (`"severity": "P1"`).
    Named {
        /// Its name as written.
        name: String,
        /// Its value as written.
        value: String,
    },
}

/// A cell of a table.
#[derive(Clone, Debug, Default, Eq, PartialEq, Serialize, Deserialize, TS)]
#[ts(export, rename = "ForeignCell")]
pub struct Cell {
    /// Its lines.
    pub lines: Vec<Line>,
    /// How many columns it covers; 1 is a plain cell.
    pub columns: u16,
    /// How many rows it covers; 1 is a plain cell.
    pub rows: u16,
}

/// A run of text in one style after another.
#[derive(Clone, Debug, Default, Eq, PartialEq, Serialize, Deserialize, TS)]
#[ts(export, rename = "ForeignLine")]
pub struct Line {
    /// The runs.
    pub runs: Vec<Run>,
}

/// Text in one style.
#[derive(Clone, Debug, Default, Eq, PartialEq, Serialize, Deserialize, TS)]
#[ts(export, rename = "ForeignRun")]
pub struct Run {
    /// The words.
    pub text: String,
    /// Whether it is bold.
    pub bold: bool,
    /// Whether it is italic.
    pub italic: bool,
    /// Whether it is code.
    pub code: bool,
    /// Where it links to, as written.
    pub link: Option<String>,
    /// Whether the source says that it was added or removed.
    pub change: Option<Change>,
}

/// What a source says about a piece of text of two versions.
#[derive(Clone, Copy, Debug, Eq, PartialEq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
#[ts(export, rename = "ForeignChange")]
pub enum Change {
    /// It stands in the later version only.
    Added,
    /// It stands in the earlier version only.
    Removed,
}

/// Words left out on purpose.
#[derive(Clone, Debug, Eq, PartialEq, Serialize, Deserialize, TS)]
#[ts(export, rename = "DroppedWords")]
pub struct Dropped {
    /// The words.
    pub text: String,
    /// The rule that left them out ("a script", "navigation").
    pub rule: String,
}

/// A file that came inside the source.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Carried {
    /// Its name.
    pub name: String,
    /// Its media type, from its first bytes.
    pub media_type: String,
    /// Its bytes.
    pub bytes: Vec<u8>,
}

impl Source {
    /// Takes in the pictures that lie beside the text: `beside` gives the bytes of a file by its path from there, and only for such a path.
    pub fn take_in(&mut self, beside: &mut dyn FnMut(&str) -> Option<Vec<u8>>) {
        for block in &mut self.blocks {
            let Block::Picture { name, file: file @ None, .. } = block else { continue };
            let path = name.replace("%20", " ");
            let stays_below =
                !path.contains("://") && !path.contains('\\') && !path.starts_with('/') && path.split('/').all(|part| part != "..");
            let Some(bytes) = Some(path).filter(|path| stays_below && !path.is_empty()).and_then(|path| beside(&path)) else { continue };
            let Some(kind) = infer::get(&bytes).filter(|kind| kind.matcher_type() == infer::MatcherType::Image) else { continue };
            let own = name.rsplit('/').next().unwrap_or(name).replace("%20", " ");
            *file = Some(self.files.len());
            self.files.push(Carried { name: own, media_type: kind.mime_type().to_owned(), bytes });
        }
    }
}

impl Line {
    /// A line of plain words.
    pub fn plain(text: impl Into<String>) -> Self {
        Self { runs: vec![Run { text: text.into(), ..Run::default() }] }
    }

    /// The words without their style.
    pub fn text(&self) -> String {
        self.runs.iter().map(|run| run.text.as_str()).collect()
    }
}
