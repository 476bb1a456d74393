//! What stands in the margins of every page: running head, footer, marking, and the word behind a draft.
//! Always true: all of it is an artifact, so a screen reader reads the report and not its margins, but for the marking of the first page, which
//! is read before the title: who listens must know it, too. The marking stands at the right-hand end, where TLP asks for it.

use crate::{
    composer::{Composer, Side},
    display::{Area, Artifact, Item, Marked, Owner, Page, Stroke},
    face::{Family, Weight},
    measure::{BLACK, Colour, HAIR, INK, MEASURE, Paper, WATERMARK, mm},
    text::{Style, Text, house},
    tree::{ContentId, Role, Tree},
};

/// What stands in the margins.
#[derive(Clone, Debug, Default)]
pub struct Margins {
    /// The short title, left in the head of every page but the first.
    pub running: String,
    /// The reference and, unless this is a draft, the version, left in the footer.
    pub reference: String,
    /// "Draft 3, 12 May 2026" instead of a version.
    pub draft: Option<String>,
    /// The marking.
    pub marking: Option<Marking>,
}

/// A marking that limits who may read the report.
#[derive(Clone, Debug, Eq, PartialEq)]
pub enum Marking {
    /// A label of the Traffic Light Protocol 2.0, with further restrictions in words.
    Tlp {
        /// The label: "TLP:AMBER", never translated.
        label: String,
        /// The colour it is printed in.
        colour: Colour,
        /// Words to its left.
        restrictions: String,
    },
    /// Another scheme, in its own words.
    Words(String),
}

impl Marking {
    /// The marking in words: "TLP:AMBER", "TLP:AMBER, for members only".
    #[must_use]
    pub fn words(&self) -> String {
        match self {
            Self::Words(words) => words.clone(),
            Self::Tlp { label, restrictions, .. } if restrictions.is_empty() => label.clone(),
            Self::Tlp { label, restrictions, .. } => format!("{label}, {restrictions}"),
        }
    }
}

/// Puts head, footer, marking and watermark on every page; the pages are measured from the text block's corner.
pub fn furnish(c: &mut Composer<'_>, pages: &mut [Page], paper: Paper, margins: &Margins) {
    let count = pages.len();
    for (number, page) in pages.iter_mut().enumerate() {
        if margins.draft.is_some() {
            page.marks.insert(0, Marked { owner: Owner::Artifact(Artifact::Watermark), items: watermark(c, paper) });
        }
        page.marks.push(Marked { owner: Owner::Artifact(Artifact::Header), items: head(c, number, margins) });
        page.marks.push(Marked { owner: Owner::Artifact(Artifact::Footer), items: foot(c, number, count, paper, margins) });
        let mut above = Some(head_marking(c, margins)).filter(|items| !items.is_empty());
        let mut below = Some(foot_marking(c, paper, margins)).filter(|items| !items.is_empty());
        if number == 0
            && let Some(items) = above.take().or_else(|| below.take())
        {
            let behind = usize::from(margins.draft.is_some());
            page.marks.insert(behind, Marked { owner: Owner::Content(first_read(c)), items });
        }
        page.marks.extend(above.map(|items| Marked { owner: Owner::Artifact(Artifact::Header), items }));
        page.marks.extend(below.map(|items| Marked { owner: Owner::Artifact(Artifact::Footer), items }));
    }
}

/// A paragraph before all others.
fn first_read(c: &mut Composer<'_>) -> ContentId {
    let paragraph = c.tree.add(Tree::ROOT, Role::P);
    c.tree.bring_forward(Tree::ROOT, 0);
    c.tree.content(paragraph)
}

/// The head ends 9 mm above the text; its one line is as high as what stands in it.
const HEAD: f32 = -mm(9.0);

impl Margins {
    /// The height of the line in head and foot.
    fn tall(&self) -> f32 {
        if matches!(self.marking, Some(Marking::Tlp { .. })) { LABEL_HEIGHT } else { house::RUNNING.1 }
    }
}

fn head(c: &mut Composer<'_>, number: usize, margins: &Margins) -> Vec<Item> {
    if number == 0 {
        return Vec::new();
    }
    let text = Text::new(&margins.running, house::RUNNING.0, house::RUNNING.1);
    c.loose(&text, 0.0, HEAD - (margins.tall() + house::RUNNING.1) / 2.0, Some(MEASURE - mm(45.0)), Side::Left)
}

fn head_marking(c: &mut Composer<'_>, margins: &Margins) -> Vec<Item> {
    let top = HEAD - margins.tall();
    match &margins.marking {
        Some(Marking::Words(words)) => {
            let text = Text::new(words, house::MARKING.0, house::MARKING.1);
            if c.width(&text) > SHARE { own_lines(c, &text, top) } else { Vec::new() }
        }
        Some(label) => marking(c, label, top, margins.tall(), Zone::Head),
        None => Vec::new(),
    }
}

/// Where a marking stands.
#[derive(Clone, Copy, Eq, PartialEq)]
enum Zone {
    Head,
    Foot,
}

/// Words of a marking that have no room in the line: right-aligned over the full measure in the head, ending at `bottom`. There is room for two
/// lines; what is longer is refused before it is printed (P06).
fn own_lines(c: &mut Composer<'_>, words: &Text, bottom: f32) -> Vec<Item> {
    let lines = c.setter.set(words, Some(MEASURE)).lines.len() as f32;
    c.loose(words, 0.0, bottom - lines * words.leading, Some(MEASURE), Side::Right)
}

fn foot(c: &mut Composer<'_>, number: usize, count: usize, paper: Paper, margins: &Margins) -> Vec<Item> {
    let rule = paper.depth() + FOOT;
    let mut items = vec![Item::rule(0.0, rule, MEASURE, Stroke::solid(0.5, HAIR))];
    let line = rule + UNDER + (margins.tall() - house::RUNNING.1) / 2.0;
    let (quiet, leading) = house::RUNNING;
    let mut left = Text::new(&margins.reference, quiet, leading);
    if let Some(draft) = &margins.draft {
        let between = if margins.reference.is_empty() { "" } else { " · " };
        left = left.with(between, quiet).with(draft, quiet.strong().coloured(INK));
    }
    items.extend(c.loose(&left, 0.0, line, Some(SHARE), Side::Left));
    let middle = Text::new(format!("Page\u{a0}{} of\u{a0}{count}", number + 1), quiet.coloured(INK), leading);
    let width = c.width(&middle);
    items.extend(c.loose(&middle, (MEASURE - width) / 2.0, line, None, Side::Left));
    items
}

fn foot_marking(c: &mut Composer<'_>, paper: Paper, margins: &Margins) -> Vec<Item> {
    let Some(given) = &margins.marking else { return Vec::new() };
    marking(c, given, paper.depth() + FOOT + UNDER, margins.tall(), Zone::Foot)
}

/// The foot's rule lies so far below the text, and its line so far below the rule.
const FOOT: f32 = mm(6.0);
const UNDER: f32 = mm(3.5);

/// What reference and marking may take of the line; the number of the page stands between them. A longer marking has lines of its own.
const SHARE: f32 = mm(72.0);

/// Height of a TLP label: 12 pt words with 0.3 mm above and below.
const LABEL_HEIGHT: f32 = 9.6 + 2.8 + 2.0 * mm(0.3);

fn marking(c: &mut Composer<'_>, marking: &Marking, top: f32, tall: f32, zone: Zone) -> Vec<Item> {
    match marking {
        Marking::Words(words) => {
            let text = Text::new(words, house::MARKING.0, house::MARKING.1);
            // A longer one stands in the head.
            if c.width(&text) > SHARE {
                return Vec::new();
            }
            c.loose(&text, MEASURE - SHARE, top + (tall - house::MARKING.1) / 2.0, Some(SHARE), Side::Right)
        }
        Marking::Tlp { label, colour, restrictions } => {
            let style = Style::new(Family::Sans, 12.0, Weight::Semibold).coloured(*colour);
            // The words' baseline lies 9.6 pt under the upper inset.
            let text = Text::new(label.as_str(), style, 9.6 / crate::measure::BASELINE);
            let width = c.width(&text) + 2.0 * mm(1.6);
            let left = MEASURE - width;
            let ground = Area { x: left, y: top, width, height: LABEL_HEIGHT };
            let mut items = vec![Item::rectangle(ground, Some(BLACK), None)];
            items.extend(c.loose(&text, left + mm(1.6), top + mm(0.3), None, Side::Left));
            if !restrictions.is_empty() {
                let words = Text::new(restrictions, house::RUNNING.0.coloured(INK), house::RUNNING.1);
                let room = SHARE - width - mm(3.0);
                let from = left - mm(3.0) - room;
                if c.width(&words) <= room {
                    items.extend(c.loose(&words, from, top + (tall - house::RUNNING.1) / 2.0, Some(room), Side::Right));
                } else if zone == Zone::Head {
                    // The foot has the reference to hold as well; there the label says it.
                    items.extend(own_lines(c, &words, top - mm(0.5)));
                }
            }
            items
        }
    }
}

fn watermark(c: &mut Composer<'_>, paper: Paper) -> Vec<Item> {
    let style = Style::new(Family::Sans, 150.0, Weight::Bold).coloured(WATERMARK);
    let set = c.setter.set(&Text::new("DRAFT", style, 150.0), None);
    let centre = (MEASURE / 2.0 + mm(5.0), paper.height() / 2.0 - crate::measure::TOP);
    let mut items = Vec::new();
    for piece in set.lines.iter().flat_map(|line| &line.pieces) {
        let mut run = piece.run.clone();
        let tracked: Vec<_> =
            run.glyphs.iter().map(|glyph| crate::display::Glyph { advance: glyph.advance + 12.0, ..glyph.clone() }).collect();
        let width: f32 = tracked.iter().map(|glyph| glyph.advance).sum();
        run.glyphs = tracked.into();
        let capitals = f32::from(run.face.tables().capital_height().unwrap_or(660)) * run.size / 1000.0;
        (run.x, run.y) = (-width / 2.0, capitals / 2.0);
        items.push(Item::Turned { centre, degrees: 52.0, run });
    }
    items
}
