//! Rich text on paper: paragraphs, heads, lists, quotes, code, tables and figures, in the text column.
//! Always true: an external link prints its address as a footnote; a heading is never more than one level below the last.

use report::{
    Place,
    ids::SectionId,
    rich::{Block, FigureAttrs, Inline, ListItem, Mark},
};

use super::{Job, code, facts, rich_table};
use crate::{
    composer::{Composer, Side},
    display::{Item, Marked, Target},
    figure::{self, Figure, Picture},
    measure::{INK, MEASURE, mm},
    strip::{Keep, Strip, height, keep_whole, stand_beside},
    text::{Meaning, Style, Text, house},
    tree::{NodeId, Numbering, Role},
};

/// White between paragraphs.
const PARAGRAPHS: f32 = 7.25;
/// White between a caption and what follows.
const UNDER_CAPTION: f32 = 9.0;
/// White between items of a list.
const ITEMS: f32 = 4.0;
/// White between a head and what it heads.
const UNDER_HEAD: f32 = 2.0;
/// How far a list's items are indented.
const HANG: f32 = mm(5.0);

/// Where text is set, and what its words belong to.
pub struct Column {
    /// Left edge.
    pub x: f32,
    /// Width.
    pub width: f32,
    /// The section, for those who look for a place.
    pub section: Option<SectionId>,
    /// The line of the section's plain text that comes next.
    pub line: usize,
    /// The level of the last heading.
    pub level: u8,
    /// The style of its words, with their leading.
    pub style: (Style, f32),
}

impl Column {
    /// A column for a section's text.
    pub fn new(x: f32, width: f32, section: Option<SectionId>) -> Self {
        Self { x, width, section, line: 0, level: 2, style: house::BODY }
    }

    fn next_line(&mut self, c: &mut Composer<'_>) {
        if let Some(section) = self.section {
            c.place = Place::Section { section, line: Some(self.line) };
        }
        self.line += 1;
    }
}

/// Blocks from top to bottom.
pub fn blocks(c: &mut Composer<'_>, job: &mut Job<'_>, parent: NodeId, blocks: &[Block], column: &mut Column) -> Vec<Strip> {
    let mut strips: Vec<Strip> = Vec::new();
    let mut white = PARAGRAPHS;
    for block in blocks {
        let down = height(&strips);
        let mut set = self::block(c, job, parent, block, column, down);
        settle(c, job, parent);
        if let Some(first) = set.first_mut() {
            first.before = if strips.is_empty() { 0.0 } else { first.before.max(white) };
            white = match block {
                Block::Heading { .. } => UNDER_HEAD,
                Block::Figure { .. } => UNDER_CAPTION,
                _ => PARAGRAPHS,
            };
        }
        strips.extend(set);
    }
    strips
}

fn block(c: &mut Composer<'_>, job: &mut Job<'_>, parent: NodeId, block: &Block, column: &mut Column, down: f32) -> Vec<Strip> {
    match block {
        Block::Paragraph { content } => {
            column.next_line(c);
            words(c, job, parent, content, column)
        }
        Block::Heading { attrs, content } => {
            column.next_line(c);
            column.level = attrs.level.clamp(3, column.level + 1);
            let text = inlines(c, job, content, house::SUB_HEAD);
            let mut strips = c.heading(parent, column.level, &text, column.x, column.width);
            if let Some(first) = strips.first_mut() {
                first.before = 11.0;
            }
            strips
        }
        Block::BulletList { content } => list(c, job, parent, content, None, column),
        Block::OrderedList { attrs, content } => list(c, job, parent, content, Some(attrs.start), column),
        Block::Blockquote { content } => {
            let node = c.tree.add(parent, Role::BlockQuote);
            let mut inner = Column { x: column.x + HANG, width: column.width - 2.0 * HANG, ..Column::new(0.0, 0.0, column.section) };
            (inner.line, inner.level, inner.style) = (column.line, column.level, column.style);
            let strips = blocks(c, job, node, content, &mut inner);
            (column.line, column.level) = (inner.line, inner.level);
            strips
        }
        Block::CodeBlock { content } => {
            column.next_line(c);
            code::block(c, parent, content, column)
        }
        Block::Table { content } => rich_table::table(c, job, parent, content, column),
        Block::Figure { attrs, content } => {
            column.next_line(c);
            // Beside the section's head there is no room for a wide picture.
            let clear = reaches_edge(column) && down > 72.0;
            figure(c, job, parent, attrs, content, column, clear)
        }
    }
}

/// Whether the column leaves only its left side free, so that what is wide may take the full measure.
pub fn reaches_edge(column: &Column) -> bool {
    column.x > 0.0 && column.x + column.width >= MEASURE - 0.1
}

/// One run of inlines as a paragraph. A blank one prints nothing.
fn words(c: &mut Composer<'_>, job: &mut Job<'_>, parent: NodeId, content: &[Inline], column: &Column) -> Vec<Strip> {
    let text = inlines(c, job, content, column.style);
    if text.is_blank() {
        return Vec::new();
    }
    let mut strips = c.paragraph(parent, Role::P, &text, column.x, column.width);
    // What ends in a colon announces what follows.
    if let (Some(last), true) = (strips.last_mut(), text.words().trim_end().ends_with(':')) {
        last.keep = Keep::Bound;
    }
    strips
}

/// Sets the footnotes owed since the last time, as what follows the block that bears their marks.
fn settle(c: &mut Composer<'_>, job: &mut Job<'_>, parent: NodeId) {
    for (number, words) in std::mem::take(&mut job.owed) {
        c.note(parent, number, &Text::new(words, house::NOTE.0, house::NOTE.1));
    }
}

/// Inlines as text; the footnotes they call for are owed.
pub fn inlines(c: &mut Composer<'_>, job: &mut Job<'_>, content: &[Inline], (style, leading): (Style, f32)) -> Text {
    let mut text = Text::empty(leading);
    for (place, inline) in content.iter().enumerate() {
        match inline {
            Inline::HardBreak {} => text.push("\n", style, Meaning::Plain),
            Inline::Fact { attrs } => text.push(facts::token(job.report, &attrs.key), style, Meaning::Plain),
            Inline::Text { text: words, marks } => {
                let address = link(marks);
                let (style_here, meaning) = dress(style, marks, address);
                text.push(words.as_str(), style_here, meaning);
                let goes_on = matches!(content.get(place + 1), Some(Inline::Text { marks, .. }) if link(marks) == address);
                if let Some(address) = address.filter(|_| !goes_on)
                    && needs_note(words, address)
                {
                    let number = c.next_note();
                    job.owed.push((number, address.trim_start_matches("mailto:").to_owned()));
                    let mark = Style { superior: true, underlined: false, ..style };
                    text.push(number.to_string(), mark, Meaning::Note(number));
                }
            }
        }
    }
    text
}

/// The address of a link that is printed as one.
fn link(marks: &[Mark]) -> Option<&str> {
    marks.iter().find_map(|mark| match mark {
        Mark::Link { attrs } if ["http://", "https://", "mailto:"].iter().any(|scheme| attrs.href.starts_with(scheme)) => {
            Some(attrs.href.as_str())
        }
        _ => None,
    })
}

fn needs_note(words: &str, address: &str) -> bool {
    let bare = |s: &str| {
        s.trim().trim_start_matches("mailto:").trim_start_matches("https://").trim_start_matches("http://").trim_end_matches('/').to_owned()
    };
    bare(words) != bare(address)
}

fn dress(style: Style, marks: &[Mark], address: Option<&str>) -> (Style, Meaning) {
    let mut dressed = style;
    let mut meaning = Meaning::Plain;
    for mark in marks {
        match mark {
            Mark::Bold {} => (dressed, meaning) = (dressed.strong(), Meaning::Strong),
            Mark::Italic {} => (dressed, meaning) = (dressed.italic(), Meaning::Emphasis),
            Mark::Code {} => (dressed, meaning) = (dressed.code(), Meaning::Code),
            Mark::Link { .. } => {}
        }
    }
    match address {
        Some(address) => (dressed.link(), Meaning::Link(Target::Address(address.to_owned()))),
        None => (dressed, meaning),
    }
}

fn list(
    c: &mut Composer<'_>,
    job: &mut Job<'_>,
    parent: NodeId,
    items: &[ListItem],
    start: Option<u32>,
    column: &mut Column,
) -> Vec<Strip> {
    let numbering = if start.is_some() { Numbering::Decimal } else { Numbering::Disc };
    let node = c.tree.add(parent, Role::L(numbering));
    let last = start.unwrap_or(1) + u32::try_from(items.len()).unwrap_or(0);
    let hang = if start.is_some() && last > 10 { mm(8.0) } else { HANG };
    let mut strips: Vec<Strip> = Vec::new();
    for (number, item) in items.iter().enumerate() {
        let entry = c.tree.add(node, Role::LI);
        let label = c.tree.add(entry, Role::Lbl);
        let (style, leading) = column.style;
        let mark = match start {
            Some(start) => {
                let text = Text::new(format!("{}.", start + u32::try_from(number).unwrap_or(0)), style, leading);
                c.lines(label, &text, column.x, hang, Side::Left)
            }
            None => {
                c.tree.set_actual_text(label, "•");
                vec![bullet(c, label, column.x, leading)]
            }
        };
        let body = c.tree.add(entry, Role::LBody);
        let mut inner = Column { x: column.x + hang, width: column.width - hang, ..Column::new(0.0, 0.0, column.section) };
        (inner.line, inner.level, inner.style) = (column.line, column.level, column.style);
        let mut set = blocks(c, job, body, item.blocks(), &mut inner);
        (column.line, column.level) = (inner.line, inner.level);
        stand_beside(mark, &mut set);
        if number > 0
            && let Some(first) = set.first_mut()
        {
            first.before = ITEMS;
        }
        strips.extend(set);
    }
    strips
}

fn bullet(c: &mut Composer<'_>, label: NodeId, x: f32, leading: f32) -> Strip {
    let centre = (x + mm(0.5), leading * crate::measure::BASELINE - mm(0.9));
    let dot = Item::Disc { centre, radius: mm(0.5), fill: Some(INK), stroke: None };
    let content = c.tree.content(label);
    Strip::drawn(leading, vec![Marked { owner: crate::display::Owner::Content(content), items: vec![dot] }])
}

fn figure(
    c: &mut Composer<'_>,
    job: &mut Job<'_>,
    parent: NodeId,
    attrs: &FigureAttrs,
    caption: &[Inline],
    column: &Column,
    wide: bool,
) -> Vec<Strip> {
    job.figures += 1;
    let caption = inlines(c, job, caption, house::CELL);
    let file = attrs.attachment.and_then(|id| job.files.get(&id));
    match file.map(Picture::read) {
        Some(Ok(picture)) => {
            let alt = if attrs.alt.trim().is_empty() { caption.words() } else { attrs.alt.clone() };
            let given = Figure { picture, alt, number: job.figures, caption };
            figure::figure(c, parent, given, figure::Room { x: column.x, width: column.width, wide, depth: job.depth })
        }
        missing => {
            if let Some(Err(fault)) = missing {
                job.unreadable.push((c.place.clone(), fault));
            }
            // The words that stand for a picture still to come: what it would show, so that the page can be read without it.
            let (style, leading) = house::CELL;
            let stands = if attrs.attachment.is_some() { "Picture not found" } else { "A picture belongs here and is still to come" };
            let waiting = match attrs.alt.trim() {
                "" => format!("{stands}."),
                alt => format!("{stands}: {alt}"),
            };
            let mut strips = c.paragraph(parent, Role::P, &Text::new(waiting, style.quiet(), leading), column.x, column.width);
            keep_whole(&mut strips, Keep::Bound);
            if let Some(last) = strips.last_mut() {
                last.keep = Keep::Bound;
            }
            strips.extend(figure::caption(c, parent, "Figure", job.figures, &caption, column.x, column.width));
            strips
        }
    }
}
