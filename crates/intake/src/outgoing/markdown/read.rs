//! Units out of Markdown, as rich text. Always true: what has no place in rich text makes a unit unread rather than read in part.

use crate::outgoing::carried::Said;
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
