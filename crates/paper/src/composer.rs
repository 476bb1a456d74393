//! The composer: turns words into strips while it writes the logical tree, in reading order.
//! Always true: whoever calls in reading order gets a tree in reading order; every link is in the tree and every character that
//! could not be drawn is remembered with its place.
//! Deliberately absent: what a report is; the parts and `compose` know that.

use report::Place;

use crate::{
    display::{AnchorId, Area, Item, LinkArea, Marked, Owner, Run, Stroke, Target},
    figure::Picture,
    glyphs::Missing,
    measure::{AXIS, BASELINE, COLUMN, mm},
    paragraph::{Line, Paragraph, Typesetter},
    strip::{Keep, Strip, stand_beside},
    text::{Meaning, Text, house},
    tree::{NodeId, Role, Tree},
};

/// Builds strips and the logical tree side by side.
pub struct Composer<'a> {
    /// Sets the words.
    pub setter: &'a mut Typesetter,
    /// The logical tree so far.
    pub tree: Tree,
    /// The footnotes so far, each as strips; their order is their number.
    pub notes: Vec<Vec<Strip>>,
    note_anchors: Vec<AnchorId>,
    /// Everything that can be led to, by its number.
    pub anchors: Vec<Anchor>,
    /// The pictures so far.
    pub pictures: Vec<Picture>,
    /// Characters that had to be spelled out.
    pub missing: Vec<(Missing, Place)>,
    /// Which part of the report is being set.
    pub place: Place,
}

/// Something that can be led to.
#[derive(Clone, Debug)]
pub struct Anchor {
    /// The part of the report.
    pub place: Place,
    /// For the outline: depth, from 1, and words.
    pub heading: Option<(u8, String)>,
}

/// Which end of its width a line stands at.
#[derive(Clone, Copy, Debug, Default, Eq, PartialEq)]
pub enum Side {
    /// The left end.
    #[default]
    Left,
    /// The right end.
    Right,
}

impl<'a> Composer<'a> {
    /// A composer with an empty tree.
    pub fn new(setter: &'a mut Typesetter) -> Self {
        Self {
            setter,
            tree: Tree::default(),
            notes: Vec::new(),
            note_anchors: Vec::new(),
            anchors: Vec::new(),
            pictures: Vec::new(),
            missing: Vec::new(),
            place: Place::Report,
        }
    }

    /// Sets words and remembers what could not be drawn.
    pub fn set(&mut self, text: &Text, width: Option<f32>) -> std::sync::Arc<Paragraph> {
        let set = self.setter.set(text, width);
        self.missing.extend(set.missing.iter().map(|missing| (missing.clone(), self.place.clone())));
        set
    }

    /// The width of words on one line.
    pub fn width(&mut self, text: &Text) -> f32 {
        let set = self.setter.set(text, None);
        set.lines.iter().map(|line| line.width).fold(0.0, f32::max)
    }

    /// An anchor for the place being set; with a heading it enters the outline.
    pub fn anchor(&mut self, heading: Option<(u8, String)>) -> AnchorId {
        self.anchors.push(Anchor { place: self.place.clone(), heading });
        AnchorId(self.anchors.len() - 1)
    }

    /// A paragraph's lines as strips, two held together at each end. The node is theirs already.
    pub fn lines(&mut self, node: NodeId, text: &Text, x: f32, width: f32, side: Side) -> Vec<Strip> {
        let set = self.set(text, Some(width));
        let mut inner: Vec<Option<NodeId>> = vec![None; text.spans.len()];
        let count = set.lines.len();
        let mut strips = Vec::with_capacity(count);
        for (number, line) in set.lines.iter().enumerate() {
            let x = if side == Side::Right { x + width - line.width } else { x };
            let mut strip = self.line(node, &mut inner, text, line, x);
            let (from_top, from_bottom) = (number, count - number - 1);
            if (from_top == 0 && count > 1) || from_bottom == 1 {
                strip.keep = Keep::Bound;
            }
            strips.push(strip);
        }
        strips
    }

    /// A paragraph in a node of its own.
    pub fn paragraph(&mut self, parent: NodeId, role: Role, text: &Text, x: f32, width: f32) -> Vec<Strip> {
        let node = self.tree.add(parent, role);
        self.lines(node, text, x, width, Side::Left)
    }

    /// A heading, which enters the outline and holds on to what follows.
    pub fn heading(&mut self, parent: NodeId, level: u8, text: &Text, x: f32, width: f32) -> Vec<Strip> {
        let words = text.words();
        let node = self.tree.add(parent, Role::Heading(level));
        let anchor = self.anchor(Some((level, words)));
        let mut strips = self.lines(node, text, x, width, Side::Left);
        for strip in &mut strips {
            strip.keep = Keep::Bound;
        }
        if let Some(first) = strips.first_mut() {
            first.anchors.push(anchor);
        }
        strips
    }

    /// Words that are no content: running heads, repeats. The first baseline lies below `y` by the leading's share.
    pub fn loose(&mut self, text: &Text, x: f32, y: f32, width: Option<f32>, side: Side) -> Vec<Item> {
        let set = self.set(text, width);
        let mut items = Vec::new();
        for (number, line) in set.lines.iter().enumerate() {
            let left = match side {
                Side::Left => x,
                Side::Right => x + width.unwrap_or(0.0) - line.width,
            };
            let baseline = y + number as f32 * text.leading + text.leading * BASELINE;
            items.extend(line.pieces.iter().map(|piece| Item::Text(moved(&piece.run, left, baseline))));
        }
        items
    }

    /// The number of a footnote whose mark is about to be set; [`Composer::note`] gives it its words.
    pub fn next_note(&mut self) -> usize {
        self.notes.push(Vec::new());
        let anchor = self.anchor(None);
        self.note_anchors.push(anchor);
        self.notes.len()
    }

    /// The words of a footnote, set at the foot of the page of its mark. Called after the text that bears the mark.
    pub fn note(&mut self, parent: NodeId, number: usize, words: &Text) {
        let node = self.tree.add(parent, Role::Note);
        let label = Text::new(number.to_string(), house::NOTE.0, house::NOTE.1);
        let label = self.paragraph(node, Role::Lbl, &label, AXIS, mm(4.0));
        let mut strips = self.paragraph(node, Role::P, words, AXIS + mm(4.0), COLUMN - mm(4.0));
        stand_beside(label, &mut strips);
        strips[0].anchors.push(self.note_anchors[number - 1]);
        self.notes[number - 1] = strips;
    }

    fn line(&mut self, node: NodeId, inner: &mut [Option<NodeId>], text: &Text, line: &Line, x: f32) -> Strip {
        let baseline = text.leading * BASELINE;
        let mut strip = Strip::blank(text.leading);
        for piece in &line.pieces {
            let span = &text.spans[piece.span.min(text.spans.len() - 1)];
            let owner = match inner[piece.span] {
                Some(own) => own,
                None => *inner[piece.span].insert(self.inner_node(node, &span.meaning)),
            };
            let run = moved(&piece.run, x, baseline);
            let left = run.x;
            let mut items = vec![Item::Text(run)];
            let width = visible_width(piece.width, &piece.run);
            if span.style.underlined {
                items.push(Item::rule(left, baseline + 1.6, width, Stroke::solid(0.5, span.style.colour)));
            }
            let area = Area { x: left, y: baseline - 0.8 * span.style.size, width, height: 1.1 * span.style.size };
            match &span.meaning {
                Meaning::Link(target) => {
                    let words = link_words(target, &span.words);
                    strip.links.push(LinkArea { node: owner, area, target: target.clone(), words });
                }
                Meaning::Note(number) => {
                    strip.notes.push(number - 1);
                    let target = Target::Anchor(self.note_anchors[number - 1]);
                    strip.links.push(LinkArea { node: owner, area, target, words: format!("Note {number}") });
                }
                Meaning::Plain | Meaning::Strong | Meaning::Emphasis | Meaning::Code => {}
            }
            strip.marks.push(Marked { owner: Owner::Content(self.tree.content(owner)), items });
        }
        strip
    }

    /// The node that holds words of a meaning: the paragraph's own, or one inside it.
    fn inner_node(&mut self, node: NodeId, meaning: &Meaning) -> NodeId {
        match meaning {
            Meaning::Plain => node,
            Meaning::Strong => self.tree.add(node, Role::Strong),
            Meaning::Emphasis => self.tree.add(node, Role::Em),
            Meaning::Code => self.tree.add(node, Role::Code),
            Meaning::Link(_) => self.tree.add(node, Role::Link),
            Meaning::Note(_) => {
                let reference = self.tree.add(node, Role::Reference);
                self.tree.add(reference, Role::Link)
            }
        }
    }
}

fn link_words(target: &Target, words: &str) -> String {
    match target {
        Target::Address(address) => format!("{}, {address}", words.trim()),
        Target::Anchor(_) => words.trim().to_owned(),
    }
}

/// The width without the space at its end, which is neither underlined nor clicked.
fn visible_width(width: f32, run: &Run) -> f32 {
    let space = run.glyphs.last().filter(|glyph| run.text[glyph.text.clone()].trim().is_empty());
    width - space.map_or(0.0, |glyph| glyph.advance)
}

fn moved(run: &Run, right: f32, down: f32) -> Run {
    Run { x: run.x + right, y: run.y + down, ..run.clone() }
}
