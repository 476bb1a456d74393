//! Units out of Markdown, as rich text. Always true: what has no place in rich text makes a unit unread rather than read in part.

use crate::outgoing::Untaken;
use crate::outgoing::carried::Said;
use crate::outgoing::rows;
use pulldown_cmark::{Event, Options, Parser, Tag, TagEnd};
use report::ids::AttachmentId;
use report::rich::{
    Block, Cell, CellAttrs, FactAttrs, FigureAttrs, HeadingAttrs, Inline, LinkAttrs, ListItem, Mark, OrderedAttrs, TableRow,
};

/// What stands after each of the comments numbered 0 to `count`, as blocks.
pub(super) fn units(visible: &str, count: usize) -> Said {
    let mut rest = visible;
    let mut starts = Vec::new();
    for number in 0..count {
        let mark = format!("<!-- {number} -->\n");
        let Some(at) = rest.find(&mark) else { break };
        let start = visible.len() - rest.len() + at;
        starts.push((start, start + mark.len()));
        rest = &visible[start + mark.len()..];
    }
    let mut said: Said = starts
        .iter()
        .enumerate()
        .map(|(number, (_, from))| {
            let to = starts.get(number + 1).map_or(visible.len(), |(start, _)| *start);
            blocks(&visible[*from..to])
        })
        .collect();
    said.resize(count, None);
    said
}

/// What stands after one of the comments.
pub(super) struct Part<'a> {
    /// Its first line with words, from 1.
    pub line: usize,
    /// Its words; none where they are not read.
    pub said: Option<Vec<Block>>,
    text: &'a str,
    start: usize,
}

/// The same as [`units`], each with its lines.
///
/// # Errors
/// A comment that is gone, or words above the first.
pub(super) fn parts(visible: &str, count: usize) -> Result<Vec<Part<'_>>, Untaken> {
    let mut parts: Vec<Part<'_>> = Vec::new();
    let (mut rest, mut line) = (visible, 1);
    for number in 0..=count {
        let mark = format!("<!-- {number} -->\n");
        let at = match rest.find(&mark) {
            Some(at) if number < count => at,
            _ if number == count => rest.len(),
            _ => {
                let next = (number + 1..count).find_map(|next| rest.find(&format!("<!-- {next} -->\n"))).unwrap_or(rest.len());
                let line = line + rest[..next].lines().count();
                let reason = format!("the comment <!-- {number} --> above this line is gone; it tells where a part of the report begins");
                return Err(Untaken { line, reason });
            }
        };
        let text = &rest[..at];
        let blank = text.lines().take_while(|words| words.trim().is_empty()).count();
        match number {
            0 if !text.trim().is_empty() => {
                return Err(Untaken {
                    line: line + blank,
                    reason: "words above the first part of the report have no place in it".to_owned(),
                });
            }
            0 => {}
            _ => parts.push(Part { line: line + blank, said: blocks(text), text, start: line }),
        }
        line += text.lines().count() + 1;
        rest = rest.get(at + mark.len()..).unwrap_or_default();
    }
    Ok(parts)
}

impl Part<'_> {
    pub fn untaken(&self, line: usize, reason: &str) -> Untaken {
        Untaken { line, reason: reason.to_owned() }
    }

    /// Its words.
    ///
    /// # Errors
    /// Where something stands in them that no report holds.
    pub fn blocks(&self) -> Result<&[Block], Untaken> {
        let reason =
            "something here has no place in a report: it takes paragraphs, lists, quotations, code, tables, pictures of its own and links";
        self.said.as_deref().ok_or_else(|| self.untaken(self.line, reason))
    }

    pub fn line_of_last_block(&self) -> usize {
        let lines: Vec<&str> = self.text.trim_end().lines().collect();
        let last = lines.iter().rposition(|line| line.trim().is_empty()).map_or(0, |blank| blank + 1);
        self.start + last
    }

    /// The rows of a table that was written as `was`, each with its line; no row where all of it is gone.
    ///
    /// # Errors
    /// Another head, words beside the table, cells too many or too few.
    pub fn rows(&self, was: &[Block]) -> Result<Vec<(usize, Vec<String>)>, Untaken> {
        let blocks = self.blocks()?;
        let ([Block::Table { content }], [Block::Table { content: former }]) = (blocks, was) else {
            return match blocks {
                [] => Ok(Vec::new()),
                _ => Err(self.untaken(self.line_of_last_block(), "a table stands here, and nothing beside its rows")),
            };
        };
        if content.first() != former.first() {
            return Err(self.untaken(self.line, "the head of this table tells what its columns are, and is not changed"));
        }
        let columns = former.first().map_or(0, |head| head.cells().len());
        let lines = self.text.lines().enumerate().filter(|(_, line)| !line.trim().is_empty()).skip(2);
        let cells = rows::cells(blocks).unwrap_or_default();
        lines
            .zip(cells)
            .map(|((at, source), cells)| match bars(source) {
                found if found == columns => Ok((self.start + at, cells)),
                found => {
                    let reason = format!("this row has {found} cells and the table {columns}; a bar inside a cell is written \\|");
                    Err(self.untaken(self.start + at, &reason))
                }
            })
            .collect()
    }
}

/// How many cells a line of a table has.
fn bars(line: &str) -> usize {
    let line = line.trim();
    let inside = line.strip_prefix('|').unwrap_or(line);
    let inside = inside.strip_suffix('|').filter(|rest| !rest.ends_with('\\')).unwrap_or(inside);
    let mut escaped = false;
    let bars = inside.chars().filter(|c| {
        let bar = *c == '|' && !escaped;
        escaped = *c == '\\' && !escaped;
        bar
    });
    bars.count() + 1
}

fn blocks(markdown: &str) -> Option<Vec<Block>> {
    let parser = Parser::new_ext(markdown, Options::ENABLE_TABLES);
    let events: Vec<Event<'_>> = parser.collect();
    let mut reader = Reader { events: &events, at: 0, depth: 0 };
    let blocks = reader.blocks(None)?;
    (reader.at == events.len()).then_some(blocks)
}

struct Reader<'a> {
    events: &'a [Event<'a>],
    at: usize,
    depth: usize,
}

impl Reader<'_> {
    /// Blocks up to the end of `inside`, which is read, too.
    fn blocks(&mut self, inside: Option<TagEnd>) -> Option<Vec<Block>> {
        self.depth += 1;
        if self.depth > crate::read::MOST_NESTED {
            return None;
        }
        let mut blocks = Vec::new();
        while let Some(event) = self.events.get(self.at) {
            match event {
                Event::End(end) if Some(*end) == inside => {
                    self.at += 1;
                    self.depth -= 1;
                    return Some(blocks);
                }
                Event::Start(tag) if is_block(tag) => {
                    self.at += 1;
                    blocks.push(self.block(tag)?);
                }
                // A tight item has its words without a paragraph around them.
                Event::Start(_) | Event::Text(_) | Event::Code(_) | Event::InlineHtml(_) if inside == Some(TagEnd::Item) => {
                    blocks.push(Block::Paragraph { content: self.inlines(None)? });
                }
                _ => return None,
            }
        }
        self.depth -= 1;
        inside.is_none().then_some(blocks)
    }

    fn block(&mut self, tag: &Tag<'_>) -> Option<Block> {
        Some(match tag {
            Tag::Paragraph => match self.figure() {
                Some(figure) => figure,
                None => Block::Paragraph { content: self.inlines(Some(TagEnd::Paragraph))? },
            },
            Tag::Heading { level, .. } => {
                Block::Heading { attrs: HeadingAttrs { level: *level as u8 }, content: self.inlines(Some(TagEnd::Heading(*level)))? }
            }
            Tag::BlockQuote(kind) => Block::Blockquote { content: self.blocks(Some(TagEnd::BlockQuote(*kind)))? },
            Tag::List(start) => {
                let content = self.items(start.is_some())?;
                match start {
                    None => Block::BulletList { content },
                    Some(start) => Block::OrderedList { attrs: OrderedAttrs { start: u32::try_from(*start).ok()? }, content },
                }
            }
            Tag::CodeBlock(_) => self.code()?,
            Tag::Table(_) => self.table()?,
            _ => return None,
        })
    }

    fn items(&mut self, numbered: bool) -> Option<Vec<ListItem>> {
        let mut items = Vec::new();
        loop {
            match self.next()? {
                Event::Start(Tag::Item) => items.push(ListItem::ListItem { content: self.blocks(Some(TagEnd::Item))? }),
                Event::End(TagEnd::List(ended)) if *ended == numbered => return Some(items),
                _ => return None,
            }
        }
    }

    fn code(&mut self) -> Option<Block> {
        let mut text = String::new();
        loop {
            match self.next()? {
                Event::Text(words) => text.push_str(words),
                Event::End(TagEnd::CodeBlock) => break,
                _ => return None,
            }
        }
        let text = text.strip_suffix('\n').unwrap_or(&text);
        Some(Block::CodeBlock { content: if text.is_empty() { Vec::new() } else { vec![Inline::plain(text)] } })
    }

    fn table(&mut self) -> Option<Block> {
        let mut rows = Vec::new();
        loop {
            match self.next()? {
                Event::Start(Tag::TableHead) => rows.push(self.row(TagEnd::TableHead)?),
                Event::Start(Tag::TableRow) => rows.push(self.row(TagEnd::TableRow)?),
                Event::End(TagEnd::Table) => return Some(Block::Table { content: rows }),
                _ => return None,
            }
        }
    }

    fn row(&mut self, end: TagEnd) -> Option<TableRow> {
        let mut cells = Vec::new();
        loop {
            match self.next()? {
                Event::Start(Tag::TableCell) => {
                    let content = vec![Block::Paragraph { content: self.inlines(Some(TagEnd::TableCell))? }];
                    let attrs = CellAttrs::default();
                    cells.push(if end == TagEnd::TableHead {
                        Cell::TableHeader { attrs, content }
                    } else {
                        Cell::TableCell { attrs, content }
                    });
                }
                Event::End(ended) if *ended == end => return Some(TableRow::TableRow { content: cells }),
                _ => return None,
            }
        }
    }

    /// A paragraph that begins with a picture of the report's is that figure, and what follows is its caption.
    fn figure(&mut self) -> Option<Block> {
        let Event::Start(Tag::Image { dest_url, .. }) = self.events.get(self.at)? else { return None };
        let name = dest_url.strip_prefix("attachment:")?;
        let attachment = if name.is_empty() { None } else { Some(AttachmentId(name.parse().ok()?)) };
        let mut alt = String::new();
        let mut at = self.at + 1;
        loop {
            match self.events.get(at)? {
                Event::Text(words) => alt.push_str(words),
                Event::End(TagEnd::Image) => break,
                _ => return None,
            }
            at += 1;
        }
        at += 1;
        if matches!(self.events.get(at), Some(Event::SoftBreak)) {
            at += 1;
        }
        self.at = at;
        Some(Block::Figure { attrs: FigureAttrs { attachment, alt }, content: self.inlines(Some(TagEnd::Paragraph))? })
    }

    /// Inlines up to `end`, which is read, too; without one, up to the next block or end.
    fn inlines(&mut self, end: Option<TagEnd>) -> Option<Vec<Inline>> {
        let mut line = Inlines::default();
        while let Some(event) = self.events.get(self.at) {
            match event {
                Event::End(ended) if Some(*ended) == end => {
                    self.at += 1;
                    return line.done();
                }
                Event::Start(tag) if end.is_none() && is_block(tag) => break,
                Event::End(TagEnd::Item) if end.is_none() => break,
                Event::Text(words) => line.text(words, None),
                Event::Code(words) => line.text(words, Some(Mark::Code {})),
                Event::SoftBreak => line.text(" ", None),
                Event::HardBreak => line.out.push(Inline::HardBreak {}),
                Event::InlineHtml(tag) => line.tag(tag)?,
                Event::Start(Tag::Strong) => line.marks.push(Mark::Bold {}),
                Event::Start(Tag::Emphasis) => line.marks.push(Mark::Italic {}),
                Event::Start(Tag::Link { dest_url, .. }) => line.marks.push(Mark::Link { attrs: LinkAttrs { href: dest_url.to_string() } }),
                Event::End(TagEnd::Strong | TagEnd::Emphasis | TagEnd::Link) => {
                    line.marks.pop()?;
                }
                _ => return None,
            }
            self.at += 1;
        }
        if end.is_some() { None } else { line.done() }
    }

    fn next(&mut self) -> Option<&Event<'_>> {
        let event = self.events.get(self.at)?;
        self.at += 1;
        Some(event)
    }
}

#[derive(Default)]
struct Inlines {
    out: Vec<Inline>,
    marks: Vec<Mark>,
    /// The fact whose printed value is being passed over.
    fact: bool,
}

impl Inlines {
    fn text(&mut self, words: &str, code: Option<Mark>) {
        if self.fact {
            return;
        }
        let all: Vec<Mark> = self.marks.iter().cloned().chain(code).collect();
        match self.out.last_mut() {
            Some(Inline::Text { text, marks }) if *marks == all => text.push_str(words),
            _ => self.out.push(Inline::Text { text: words.to_owned(), marks: all }),
        }
    }

    fn tag(&mut self, tag: &str) -> Option<()> {
        if tag == "<br>" {
            self.out.push(Inline::HardBreak {});
        } else if tag == "</data>" {
            self.fact = false;
        } else {
            let key = tag.strip_prefix("<data value=\"")?.strip_suffix("\">")?;
            let key = key.replace("&lt;", "<").replace("&quot;", "\"").replace("&amp;", "&");
            self.out.push(Inline::Fact { attrs: FactAttrs { key } });
            self.fact = true;
        }
        Some(())
    }

    fn done(self) -> Option<Vec<Inline>> {
        (self.marks.is_empty() && !self.fact).then_some(self.out)
    }
}

fn is_block(tag: &Tag<'_>) -> bool {
    !matches!(
        tag,
        Tag::Strong | Tag::Emphasis | Tag::Strikethrough | Tag::Link { .. } | Tag::Image { .. } | Tag::Superscript | Tag::Subscript
    )
}
