//! From the parser's events to blocks. Always true: events are looked at in order, once each.

use crate::read::gather::{Gather, append};
use crate::read::limits::Room;
use crate::read::{MOST_NESTED, ReadError, html, picture};
use crate::source::{Block, Cell, Change, Line, Run};
use pulldown_cmark::{CodeBlockKind, Event, Tag, TagEnd};
use std::collections::HashSet;
use std::iter::Peekable;

/// A text being read.
pub(super) struct Reader<'a> {
    room: &'a mut Room,
    line: Gather,
    style: Run,
    /// Styles to go back to, one for each open span.
    styles: Vec<Run>,
    /// The lists around: the next number where they have numbers.
    lists: Vec<Option<u64>>,
    /// The items around: whether each has its words already.
    items: Vec<Item>,
    quotes: usize,
    heading: Option<u8>,
    table: Option<Table>,
    /// Pictures met in a table or heading, which stand after it.
    late: Vec<Block>,
    used: HashSet<String>,
}

struct Item {
    depth: u8,
    number: Option<u32>,
    begun: bool,
}

#[derive(Default)]
struct Table {
    rows: Vec<Vec<Cell>>,
}

impl<'a> Reader<'a> {
    pub(super) fn new(room: &'a mut Room) -> Self {
        Self {
            room,
            line: Gather::default(),
            style: Run::default(),
            styles: Vec::new(),
            lists: Vec::new(),
            items: Vec::new(),
            quotes: 0,
            heading: None,
            table: None,
            late: Vec::new(),
            used: HashSet::new(),
        }
    }

    /// Reads all events; gives the addresses that links used.
    pub(super) fn read<'e>(mut self, events: impl Iterator<Item = Event<'e>>) -> Result<HashSet<String>, ReadError> {
        let mut events = events.peekable();
        let mut depth = 0usize;
        while let Some(event) = events.next() {
            match event {
                Event::Start(tag) => {
                    depth += 1;
                    if depth > MOST_NESTED {
                        return Err(ReadError::TooDeep { most: MOST_NESTED });
                    }
                    depth -= usize::from(self.start(tag, &mut events)?);
                }
                Event::End(tag) => {
                    depth = depth.saturating_sub(1);
                    self.end(tag)?;
                }
                Event::SoftBreak => {
                    // Authors write timelines as consecutive lines; elsewhere a line end is only where the editor wrapped.
                    let timed = matches!(events.peek(), Some(Event::Text(text)) if begins_with_time(text));
                    if timed { self.line.hard_break() } else { self.line.soft_break(&self.style) }
                }
                other => self.inline(other)?,
            }
        }
        self.flush()?;
        Ok(self.used)
    }

    /// Begins an element; true where it took the element's events with it, its end included.
    fn start<'e>(&mut self, tag: Tag<'e>, events: &mut Peekable<impl Iterator<Item = Event<'e>>>) -> Result<bool, ReadError> {
        match tag {
            Tag::Heading { level, .. } => {
                self.flush()?;
                self.heading = Some(level as u8);
            }
            Tag::BlockQuote(_) => {
                self.flush()?;
                self.quotes += 1;
            }
            Tag::CodeBlock(kind) => {
                self.flush()?;
                let text = text_until_end(events);
                if let CodeBlockKind::Fenced(language) = kind {
                    self.room.drop_words(language.to_string(), "the language of a code block");
                }
                if !text.trim().is_empty() {
                    self.room.push(Block::Code { text: text.trim_end_matches('\n').to_owned() })?;
                }
                return Ok(true);
            }
            Tag::HtmlBlock => {
                self.flush()?;
                let text = text_until_end(events);
                html::read_into(&text, self.room)?;
                return Ok(true);
            }
            Tag::List(first) => {
                self.flush()?;
                self.lists.push(first);
            }
            Tag::Item => self.begin_item()?,
            Tag::FootnoteDefinition(label) => {
                self.flush()?;
                self.line.push(&format!("[^{label}]: "), &self.style);
            }
            Tag::Table(_) => {
                self.flush()?;
                self.table = Some(Table::default());
            }
            Tag::TableHead | Tag::TableRow => {
                if let Some(table) = &mut self.table {
                    table.rows.push(Vec::new());
                }
            }
            Tag::Emphasis => self.open(|style| style.italic = true),
            Tag::Strong => self.open(|style| style.bold = true),
            Tag::Strikethrough => self.open(|style| style.change = Some(Change::Removed)),
            Tag::Link { dest_url, title, .. } => {
                self.used.insert(dest_url.to_string());
                self.room.drop_words(title.to_string(), "a tooltip");
                self.open(|style| style.link = (!dest_url.is_empty()).then(|| dest_url.to_string()));
            }
            Tag::Image { dest_url, title, .. } => {
                self.used.insert(dest_url.to_string());
                self.room.drop_words(title.to_string(), "a tooltip");
                let alt = text_until_end(events);
                self.picture(&alt, &dest_url)?;
                return Ok(true);
            }
            _ => {}
        }
        Ok(false)
    }

    fn end(&mut self, tag: TagEnd) -> Result<(), ReadError> {
        match tag {
            TagEnd::Heading(_) => {
                self.flush()?;
                self.heading = None;
                self.push_late()
            }
            TagEnd::BlockQuote(_) => {
                self.flush()?;
                self.quotes = self.quotes.saturating_sub(1);
                Ok(())
            }
            TagEnd::List(_) => {
                self.flush()?;
                self.lists.pop();
                Ok(())
            }
            TagEnd::Item => {
                self.flush()?;
                self.items.pop();
                Ok(())
            }
            TagEnd::TableCell => {
                self.room.add_cell()?;
                let lines = self.line.take().into_iter().collect();
                if let Some(row) = self.table.as_mut().and_then(|table| table.rows.last_mut()) {
                    row.push(Cell { lines, columns: 1, rows: 1 });
                }
                Ok(())
            }
            TagEnd::Table => {
                if let Some(Table { rows }) = self.table.take() {
                    self.room.push(Block::Table { head: true, rows })?;
                }
                self.push_late()
            }
            TagEnd::Emphasis | TagEnd::Strong | TagEnd::Strikethrough | TagEnd::Link => {
                self.style = self.styles.pop().unwrap_or_default();
                Ok(())
            }
            TagEnd::Paragraph | TagEnd::FootnoteDefinition => self.flush(),
            _ => Ok(()),
        }
    }

    fn inline(&mut self, event: Event<'_>) -> Result<(), ReadError> {
        match event {
            Event::Text(text) => self.line.push(&text, &self.style),
            Event::Code(text) => self.line.push(&text, &Run { code: true, ..self.style.clone() }),
            Event::HardBreak => self.line.hard_break(),
            Event::FootnoteReference(label) => self.line.push(&format!("[^{label}]"), &self.style),
            Event::TaskListMarker(done) => self.line.push(if done { "[x] " } else { "[ ] " }, &self.style),
            Event::Rule => {
                self.flush()?;
                self.room.push(Block::Rule)?;
            }
            Event::InlineHtml(tag) => self.inline_html(&tag)?,
            Event::Html(html) => html::read_into(&html, self.room)?,
            Event::InlineMath(text) | Event::DisplayMath(text) => self.line.push(&text, &self.style),
            Event::Start(_) | Event::End(_) | Event::SoftBreak => {}
        }
        Ok(())
    }

    fn begin_item(&mut self) -> Result<(), ReadError> {
        self.flush()?;
        let depth = u8::try_from(self.lists.len().saturating_sub(1)).unwrap_or(u8::MAX);
        let number = self.lists.last_mut().and_then(|next| {
            let number = (*next)?;
            *next = Some(number.saturating_add(1));
            u32::try_from(number).ok()
        });
        self.items.push(Item { depth, number, begun: false });
        Ok(())
    }

    fn flush(&mut self) -> Result<(), ReadError> {
        let Some(line) = self.line.take() else { return Ok(()) };
        if let Some(level) = self.heading {
            return self.room.push(Block::Heading { level, line });
        }
        match self.items.last_mut() {
            // A list inside a quotation is its author's; it stands there with its marks.
            Some(item) if self.quotes > 0 => {
                let first = !std::mem::replace(&mut item.begun, true);
                let mark = item.number.map_or_else(|| "• ".to_owned(), |number| format!("{number}. "));
                let indent = "  ".repeat(usize::from(item.depth));
                let mark = if first { format!("{indent}{mark}") } else { format!("{indent}  ") };
                let runs = std::iter::once(Run { text: mark, ..Run::default() }).chain(line.runs).collect();
                self.room.push(Block::Quote { line: Line { runs } })
            }
            Some(item) if !item.begun => {
                item.begun = true;
                let (depth, number) = (item.depth, item.number);
                self.room.push(Block::Item { depth, number, line })
            }
            Some(_) => self.more_of_item(line),
            None if self.quotes > 0 => self.room.push(Block::Quote { line }),
            None => self.room.push(Block::Line { line }),
        }
    }

    fn more_of_item(&mut self, line: Line) -> Result<(), ReadError> {
        match self.room.last_mut() {
            Some(Block::Item { line: item, .. }) => {
                append(item, line);
                Ok(())
            }
            _ => self.room.push(Block::Line { line }),
        }
    }

    fn picture(&mut self, alt: &str, address: &str) -> Result<(), ReadError> {
        let picture = picture::named(self.room, alt, address);
        if self.table.is_some() || self.heading.is_some() {
            self.late.push(picture);
            return Ok(());
        }
        self.flush()?;
        self.room.push(picture)
    }

    fn push_late(&mut self) -> Result<(), ReadError> {
        std::mem::take(&mut self.late).into_iter().try_for_each(|picture| self.room.push(picture))
    }

    fn open(&mut self, change: impl FnOnce(&mut Run)) {
        self.styles.push(self.style.clone());
        change(&mut self.style);
    }

    /// A tag within a line. `<host>` is no tag of HTML but a word of the author's.
    fn inline_html(&mut self, tag: &str) -> Result<(), ReadError> {
        if tag.starts_with("<!--") {
            self.room.drop_words(tag.trim_start_matches("<!--").trim_end_matches("-->").trim().to_owned(), "a comment");
            return Ok(());
        }
        let name: String = tag.trim_start_matches(['<', '/']).chars().take_while(char::is_ascii_alphanumeric).collect();
        let closes = tag.starts_with("</");
        match name.to_ascii_lowercase().as_str() {
            "br" => self.line.hard_break(),
            "img" => {
                self.flush()?;
                html::read_into(tag, self.room)?;
            }
            "b" | "strong" => self.style.bold = !closes,
            "i" | "em" => self.style.italic = !closes,
            "del" | "s" | "strike" => self.style.change = (!closes).then_some(Change::Removed),
            "ins" => self.style.change = (!closes).then_some(Change::Added),
            "code" | "kbd" | "samp" | "tt" => self.style.code = !closes,
            "a" | "abbr" | "cite" | "dfn" | "font" | "mark" | "q" | "small" | "span" | "sub" | "sup" | "time" | "u" | "var" | "wbr"
            | "div" | "p" | "details" | "summary" | "center" | "script" | "style" => {}
            _ => self.line.push(tag, &self.style),
        }
        Ok(())
    }
}

/// The text of an element whose start was read, up to its end, which is read too.
fn text_until_end<'e>(events: &mut impl Iterator<Item = Event<'e>>) -> String {
    let mut text = String::new();
    let mut open = 1usize;
    for event in events {
        match event {
            Event::Start(_) => open += 1,
            Event::End(_) => open -= 1,
            Event::Text(words) | Event::Code(words) | Event::Html(words) | Event::InlineHtml(words) => text.push_str(&words),
            Event::SoftBreak | Event::HardBreak => text.push(' '),
            _ => {}
        }
        if open == 0 {
            break;
        }
    }
    text
}

/// `09:40 …`, `9.40 …`, `Between 09:40 …`: how a row of a timeline begins.
fn begins_with_time(text: &str) -> bool {
    const BEFORE: &[&str] = &["between", "about", "around", "at", "from", "by", "circa", "ca.", "~"];
    // So does a row of a table without its rule line.
    if text.trim_start().starts_with('|') {
        return true;
    }
    let text = text.trim_start().trim_start_matches(['-', '–', '[', '(']).trim_start();
    let first = text.split_whitespace().next().unwrap_or_default();
    let text = if BEFORE.contains(&first.to_lowercase().as_str()) { text[first.len()..].trim_start() } else { text };
    let hours = text.bytes().take_while(u8::is_ascii_digit).count();
    let minutes = text.get(hours + 1..hours + 3);
    (1..=2).contains(&hours) && text[hours..].starts_with([':', '.', 'h']) && minutes.is_some_and(|m| m.bytes().all(|b| b.is_ascii_digit()))
}
