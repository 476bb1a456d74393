//! From the tree of a page to blocks. Always true: text nodes are visited in reading order, once each.

use super::notes::Notes;
use super::tree::{Data, NodeId, Tree};
use super::{furniture, style, table};
use crate::read::gather::{Gather, append};
use crate::read::limits::Room;
use crate::read::{MOST_NESTED, ReadError, picture};
use crate::source::{Block, Line, Run};

/// A walk through a page.
pub(super) struct Walk<'a> {
    pub(super) tree: &'a Tree,
    pub(super) room: &'a mut Room,
    notes: Notes<'a>,
    line: Gather,
    shape: Shape,
    /// How many quotations stand around.
    quotes: usize,
    /// The lists around, outermost first: the number of the next item where they have numbers.
    lists: Vec<Option<u32>>,
    /// The lines of the cell around, where there is one.
    pub(super) cell_lines: Option<Vec<Line>>,
    /// Pictures met in cells, which stand after their table.
    late: Vec<Block>,
    preformatted: bool,
    depth: usize,
}

/// What the line being gathered becomes.
#[derive(Clone, Copy)]
enum Shape {
    Line,
    Heading(u8),
    /// An item that has no words yet.
    Item {
        depth: u8,
        number: Option<u32>,
    },
    /// More of the item before.
    MoreOfItem,
    Quote,
    Edge,
}

impl<'a> Walk<'a> {
    pub(super) fn new(tree: &'a Tree, room: &'a mut Room) -> Self {
        let (notes, line, shape) = (Notes::of(tree), Gather::default(), Shape::Line);
        Self {
            tree,
            room,
            notes,
            line,
            shape,
            quotes: 0,
            lists: Vec::new(),
            cell_lines: None,
            late: Vec::new(),
            preformatted: false,
            depth: 0,
        }
    }

    /// Reads the whole page.
    pub(super) fn page(mut self) -> Result<(), ReadError> {
        self.children(0, &Run::default())?;
        self.flush()
    }

    pub(super) fn children(&mut self, id: NodeId, style: &Run) -> Result<(), ReadError> {
        self.depth += 1;
        // Mending mis-nested formatting can put elements deeper than the parser put them first.
        if self.depth > 2 * MOST_NESTED {
            return Err(ReadError::TooDeep { most: MOST_NESTED });
        }
        let tree = self.tree;
        if let Some(mark) = self.notes.begun(tree, id) {
            let mark = format!("[^{mark}]: ");
            self.line.push_collapsed(&mark, style);
        }
        for child in &tree.node(id).children {
            match &tree.node(*child).data {
                Data::Text(text) if self.preformatted => self.line.push(text, style),
                Data::Text(text) => self.line.push_collapsed(text, style),
                Data::Element { .. } => self.element(*child, style)?,
                Data::Comment(words) => self.comment(words),
                Data::Document | Data::Other => {}
            }
        }
        self.depth -= 1;
        Ok(())
    }

    fn element(&mut self, id: NodeId, outer: &Run) -> Result<(), ReadError> {
        let name = self.tree.name(id).unwrap_or_default();
        if let Some(rule) = furniture::rule(self.tree, id, name) {
            self.room.drop_words(furniture::words(self.tree, id), rule);
            for address in furniture::addresses(self.tree, id) {
                self.room.drop_address(address);
            }
            return Ok(());
        }
        let style = style::inside(self.tree, id, name, outer);
        if style::is_list_mark(self.tree, id) {
            self.list_mark(id, &style);
            return Ok(());
        }
        if self.note_mark(id, outer) {
            return Ok(());
        }
        match name {
            "title" => self.title(id),
            "meta" => self.about(id),
            "br" => {
                self.line.hard_break();
                Ok(())
            }
            "img" => self.image(id, &style),
            "svg" | "math" | "canvas" => self.drawing(id),
            "input" => {
                self.input(id, &style);
                Ok(())
            }
            "h1" | "h2" | "h3" | "h4" | "h5" | "h6" => self.heading(id, name.as_bytes()[1] - b'0', &style),
            _ if self.tree.attr(id, "role") == Some("heading") => {
                let level = self.tree.attr(id, "aria-level").and_then(|level| level.parse().ok()).unwrap_or(2);
                self.heading(id, level, &style)
            }
            "hr" => self.rule(),
            "ul" | "ol" | "dir" => self.list(id, name == "ol", &style),
            "li" => self.item(id, &style),
            "dl" if self.cell_lines.is_none() && table::terms_of(self.tree, id).is_some() => {
                self.within(Shape::Line, |walk| walk.terms(id, &style))
            }
            "blockquote" => self.quote(id, &style),
            "sup" if is_figures(&self.tree.words(id)) && !self.tree.below(id).any(|node| self.tree.name(node) == Some("a")) => {
                let raised = raised(&self.tree.words(id));
                self.line.push_collapsed(&raised, &style);
                Ok(())
            }
            "footer" if self.cell_lines.is_none() => self.within(Shape::Edge, |walk| walk.children(id, &style)),
            "pre" | "textarea" | "listing" | "xmp" => self.lines_as_they_are(id, &style),
            "table" if self.cell_lines.is_none() && !table::is_layout(self.tree, id) => {
                self.flush()?;
                self.table(id, &style)
            }
            "td" | "th" if self.cell_lines.is_some() => {
                // A table inside a cell: its cells stand beside each other.
                self.line.push("\t", &style);
                self.children(id, &style)
            }
            "p" | "div" if self.tree.attr(id, "style").and_then(style::word_list_level).is_some() => self.word_item(id, &style),
            _ if style::is_block(name) => {
                self.flush()?;
                self.children(id, &style)?;
                self.flush()
            }
            _ => self.children(id, &style),
        }
    }

    /// Ends the line being gathered.
    pub(super) fn flush(&mut self) -> Result<(), ReadError> {
        let Some(line) = self.line.take() else { return Ok(()) };
        if let Some(lines) = &mut self.cell_lines {
            lines.push(line);
            return Ok(());
        }
        match self.shape {
            Shape::Line => self.room.push(Block::Line { line }),
            Shape::Heading(level) => self.room.push(Block::Heading { level, line }),
            Shape::Quote => self.room.push(Block::Quote { line }),
            Shape::Edge => self.room.push(Block::Edge { line }),
            // A list inside a quotation is its author's; it stands there with its marks.
            Shape::Item { depth, number } if self.quotes > 0 => {
                self.shape = Shape::MoreOfItem;
                let mark = number.map_or_else(|| "• ".to_owned(), |number| format!("{number}. "));
                self.quoted_item(&format!("{}{mark}", "  ".repeat(usize::from(depth))), line)
            }
            Shape::MoreOfItem if self.quotes > 0 => self.quoted_item("  ", line),
            Shape::Item { depth, number } => {
                self.shape = Shape::MoreOfItem;
                self.room.push(Block::Item { depth, number, line })
            }
            Shape::MoreOfItem => match self.room.last_mut() {
                Some(Block::Item { line: item, .. }) => {
                    append(item, line);
                    Ok(())
                }
                _ => self.room.push(Block::Line { line }),
            },
        }
    }

    fn quoted_item(&mut self, mark: &str, line: Line) -> Result<(), ReadError> {
        let runs = std::iter::once(Run { text: mark.to_owned(), ..Run::default() }).chain(line.runs).collect();
        self.room.push(Block::Quote { line: Line { runs } })
    }

    /// The words of somebody else; a list that stands around them goes on behind.
    fn quote(&mut self, id: NodeId, style: &Run) -> Result<(), ReadError> {
        let lists = std::mem::take(&mut self.lists);
        self.quotes += 1;
        let read = self.within(Shape::Quote, |walk| walk.children(id, style));
        self.quotes -= 1;
        self.lists = lists;
        read
    }

    /// Writes the mark of a note, and leaves out what leads back from one; whether the element was either.
    fn note_mark(&mut self, id: NodeId, style: &Run) -> bool {
        let mark = self.notes.mark(self.tree, id).map(|mark| format!("[^{mark}]"));
        let back = mark.is_none() && self.notes.leads_back(self.tree, id);
        if mark.is_some() || back {
            self.room.drop_address(self.tree.attr(id, "href").unwrap_or_default().to_owned());
        }
        if back {
            self.room.drop_words(self.tree.words(id), "a way back from a note to the text");
        }
        mark.iter().for_each(|mark| self.line.push_collapsed(mark, style));
        back || mark.is_some()
    }

    pub(super) fn push_late_pictures(&mut self) -> Result<(), ReadError> {
        std::mem::take(&mut self.late).into_iter().try_for_each(|picture| self.room.push(picture))
    }

    /// Does something while lines become `shape`.
    fn within(&mut self, shape: Shape, act: impl FnOnce(&mut Self) -> Result<(), ReadError>) -> Result<(), ReadError> {
        self.flush()?;
        let outer = std::mem::replace(&mut self.shape, shape);
        act(self)?;
        self.flush()?;
        self.shape = outer;
        Ok(())
    }

    fn heading(&mut self, id: NodeId, level: u8, style: &Run) -> Result<(), ReadError> {
        self.within(Shape::Heading(level.clamp(1, 6)), |walk| walk.children(id, style))
    }

    fn list(&mut self, id: NodeId, numbered: bool, style: &Run) -> Result<(), ReadError> {
        self.flush()?;
        let start = self.tree.attr(id, "start").and_then(|start| start.trim().parse().ok()).unwrap_or(1);
        self.lists.push(numbered.then_some(start));
        self.children(id, style)?;
        self.flush()?;
        self.lists.pop();
        Ok(())
    }

    fn item(&mut self, id: NodeId, style: &Run) -> Result<(), ReadError> {
        let depth = u8::try_from(self.lists.len().saturating_sub(1)).unwrap_or(u8::MAX);
        let said = self.tree.attr(id, "value").and_then(|value| value.trim().parse::<u32>().ok());
        let number = self.lists.last_mut().and_then(|next| {
            let number = said.unwrap_or((*next)?);
            *next = Some(number.saturating_add(1));
            Some(number)
        });
        self.within(Shape::Item { depth, number }, |walk| walk.children(id, style))
    }

    /// An item as Word writes it: a paragraph that carries its bullet or number as words in a span of its own.
    fn word_item(&mut self, id: NodeId, style: &Run) -> Result<(), ReadError> {
        let depth = self.tree.attr(id, "style").and_then(style::word_list_level).unwrap_or(0);
        let mark = self.tree.below(id).find(|node| style::is_list_mark(self.tree, *node));
        let number = mark.and_then(|mark| mark_words(self.tree, mark).trim_matches(['(', ')', '.']).parse().ok());
        self.within(Shape::Item { depth, number }, |walk| walk.children(id, style))
    }

    /// Figures are kept as the item's number and a lone sign is how Word draws a bullet; "a." and "iv." say which item it is.
    fn list_mark(&mut self, id: NodeId, style: &Run) {
        let words = mark_words(self.tree, id);
        let is_number = words.trim_matches(['(', ')', '.']).parse::<u32>().is_ok();
        if is_number || words.chars().nth(1).is_none() {
            self.room.drop_words(words, "the mark of a list item");
        } else {
            self.line.push_collapsed(&format!("{words} "), style);
        }
    }

    fn lines_as_they_are(&mut self, id: NodeId, style: &Run) -> Result<(), ReadError> {
        self.flush()?;
        let outer = std::mem::replace(&mut self.preformatted, true);
        self.children(id, style)?;
        self.preformatted = outer;
        if self.cell_lines.is_some() || self.preformatted {
            return self.flush();
        }
        match self.line.take_as_it_stands() {
            Some(text) => self.room.push(Block::Code { text }),
            None => Ok(()),
        }
    }

    fn rule(&mut self) -> Result<(), ReadError> {
        self.flush()?;
        if self.cell_lines.is_some() { Ok(()) } else { self.room.push(Block::Rule) }
    }

    fn title(&mut self, id: NodeId) -> Result<(), ReadError> {
        let value = self.tree.words(id);
        if value.is_empty() { Ok(()) } else { self.room.push(Block::Named { name: "title".to_owned(), value }) }
    }

    /// What a page says of itself: who wrote it and when. Its description repeats its words, and is listed.
    fn about(&mut self, id: NodeId) -> Result<(), ReadError> {
        let name = self.tree.attr(id, "name").or_else(|| self.tree.attr(id, "property")).unwrap_or_default().to_ascii_lowercase();
        let value = self.tree.attr(id, "content").unwrap_or_default().trim().to_owned();
        let known = match name.as_str() {
            _ if value.is_empty() => return Ok(()),
            "author" | "dc.creator" | "article:author" => "author",
            "article:published_time" | "dc.date" | "date" => "published",
            "description" | "dc.description" => {
                self.room.drop_words(value, "what the page tells search engines of itself");
                return Ok(());
            }
            _ => return Ok(()),
        };
        self.room.push(Block::Named { name: known.to_owned(), value })
    }

    fn image(&mut self, id: NodeId, style: &Run) -> Result<(), ReadError> {
        let (alt, name) = (self.tree.attr(id, "alt").unwrap_or_default().trim(), self.tree.attr(id, "src").unwrap_or_default().trim());
        let class = self.tree.attr(id, "class").unwrap_or_default();
        if furniture::is_beacon(self.tree, id) {
            self.room.drop_words(name.to_owned(), "a picture that counts visits");
            return Ok(());
        }
        if class.contains("emoji") || class.contains("emoticon") {
            self.line.push_collapsed(alt, style);
            return Ok(());
        }
        if alt.is_empty() && name.is_empty() {
            return Ok(());
        }
        let block = picture::named(self.room, alt, name);
        self.place_picture(block)
    }

    /// A drawing made of elements: its words are what it shows.
    fn drawing(&mut self, id: NodeId) -> Result<(), ReadError> {
        let alt = self.tree.words(id);
        if alt.is_empty() {
            return Ok(());
        }
        self.place_picture(Block::Picture { alt, name: String::new(), file: None })
    }

    fn place_picture(&mut self, picture: Block) -> Result<(), ReadError> {
        if self.cell_lines.is_some() {
            self.late.push(picture);
            return Ok(());
        }
        self.flush()?;
        self.room.push(picture)
    }

    fn input(&mut self, id: NodeId, style: &Run) {
        let checked = self.tree.attr(id, "checked").is_some();
        match self.tree.attr(id, "type").unwrap_or("text") {
            "checkbox" | "radio" => self.line.push_collapsed(if checked { "[x] " } else { "[ ] " }, style),
            "hidden" => {}
            "submit" | "button" | "reset" | "image" => {
                let words = self.tree.attr(id, "value").or(self.tree.attr(id, "alt")).unwrap_or_default();
                self.room.drop_words(words.to_owned(), "controls of the page");
            }
            _ => self.line.push_collapsed(self.tree.attr(id, "value").unwrap_or_default(), style),
        }
    }

    /// Comments are for other authors, except the conditions that Word and old browsers read.
    fn comment(&mut self, words: &str) {
        let words = words.trim();
        if !words.is_empty() && !words.starts_with('[') && !matches!(words, "StartFragment" | "EndFragment") {
            self.room.drop_words(furniture::noted(words), "a comment");
        }
    }
}

fn is_figures(words: &str) -> bool {
    !words.is_empty() && words.bytes().all(|byte| byte.is_ascii_digit())
}

/// Raised figures stay apart from the word before them: "10³", "missing¹".
fn raised(figures: &str) -> String {
    const RAISED: [char; 10] = ['⁰', '¹', '²', '³', '⁴', '⁵', '⁶', '⁷', '⁸', '⁹'];
    figures.bytes().map(|figure| RAISED[usize::from(figure - b'0')]).collect()
}

fn mark_words(tree: &Tree, mark: NodeId) -> String {
    tree.words(mark).replace('\u{a0}', "").trim().to_owned()
}
