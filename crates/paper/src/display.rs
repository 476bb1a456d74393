//! The display list: what stands where on each page, in the writer's own terms of nothing.
//! Always true: y is a length down from the top (of the strip while it is being laid out, of the page once placed), and
//! everything drawn says whether it is content of the logical tree or an artifact.
//! Deliberately absent: PDF.

use std::{ops::Range, sync::Arc};

use crate::{face::Face, measure::Colour, tree::ContentId};

/// One page: marked content in painting order, and the areas that answer a click.
#[derive(Clone, Debug, Default)]
pub struct Page {
    /// What is drawn.
    pub marks: Vec<Marked>,
    /// Areas of links.
    pub links: Vec<LinkArea>,
    /// Places of signature fields.
    pub fields: Vec<FieldArea>,
}

/// Items that belong together: one piece of content, or one artifact.
#[derive(Clone, Debug)]
pub struct Marked {
    /// Whose they are.
    pub owner: Owner,
    /// What is drawn, in order.
    pub items: Vec<Item>,
}

/// Whose a piece of drawing is.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Owner {
    /// A piece of content of the logical tree.
    Content(ContentId),
    /// Nothing a reader of the text needs.
    Artifact(Artifact),
}

/// What an artifact is there for (ISO 32000-1, 14.8.2.2.2).
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Artifact {
    /// Rules, boxes, repeats.
    Layout,
    /// The running head.
    Header,
    /// The footer.
    Footer,
    /// The word behind a draft.
    Watermark,
}

/// One thing drawn.
#[derive(Clone, Debug)]
pub enum Item {
    /// Glyphs on one baseline.
    Text(Run),
    /// A straight line.
    Line {
        /// Start, x and y.
        from: (f32, f32),
        /// End, x and y.
        to: (f32, f32),
        /// How it is drawn.
        stroke: Stroke,
    },
    /// A closed outline of straight lines.
    Shape {
        /// Its corners.
        corners: Vec<(f32, f32)>,
        /// The colour inside, if any.
        fill: Option<Colour>,
        /// The outline, if any.
        stroke: Option<Stroke>,
    },
    /// A circle.
    Disc {
        /// Centre, x and y.
        centre: (f32, f32),
        /// Radius.
        radius: f32,
        /// The colour inside, if any.
        fill: Option<Colour>,
        /// The outline, if any.
        stroke: Option<Stroke>,
    },
    /// The left half of a disc, filled.
    HalfDisc {
        /// Centre, x and y.
        centre: (f32, f32),
        /// Radius.
        radius: f32,
        /// The colour inside.
        fill: Colour,
    },
    /// A rectangle of lines at 45°.
    Hatch {
        /// Left, top, width and height.
        area: Area,
        /// The lines' colour.
        colour: Colour,
    },
    /// A picture.
    Picture {
        /// Where.
        area: Area,
        /// Which, by its place in the document's list of pictures.
        picture: usize,
    },
    /// A word written across the page.
    Turned {
        /// The point it turns about, x and y.
        centre: (f32, f32),
        /// Anticlockwise.
        degrees: f32,
        /// What is turned; its origin is the centre.
        run: Run,
    },
}

/// A rectangle.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Area {
    /// Left edge.
    pub x: f32,
    /// Top edge.
    pub y: f32,
    /// Width.
    pub width: f32,
    /// Height.
    pub height: f32,
}

/// How a line is drawn.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Stroke {
    /// Thickness in points.
    pub width: f32,
    /// Colour.
    pub colour: Colour,
    /// Lengths of dash and gap, if not solid.
    pub dash: Option<(f32, f32)>,
}

impl Stroke {
    /// A solid line.
    #[must_use]
    pub const fn solid(width: f32, colour: Colour) -> Self {
        Self { width, colour, dash: None }
    }

    /// A broken line.
    #[must_use]
    pub const fn dashed(width: f32, colour: Colour, dash: f32, gap: f32) -> Self {
        Self { width, colour, dash: Some((dash, gap)) }
    }
}

/// Glyphs of one face and size on one baseline.
#[derive(Clone, Debug)]
pub struct Run {
    /// The font file.
    pub face: Face,
    /// Size in points.
    pub size: f32,
    /// Colour.
    pub colour: Colour,
    /// Left end of the baseline.
    pub x: f32,
    /// The baseline.
    pub y: f32,
    /// The glyphs, left to right.
    pub glyphs: Arc<[Glyph]>,
    /// The text the glyphs' ranges point into.
    pub text: Arc<str>,
    /// Whether the last glyph is a hyphen that stands for nothing the author wrote: a word goes on in the next line.
    pub hyphenated: bool,
}

/// One glyph of a run.
#[derive(Clone, Debug, PartialEq)]
pub struct Glyph {
    /// Its number in the font file.
    pub id: u16,
    /// How far it moves the pen, in points.
    pub advance: f32,
    /// How far it is drawn from the pen, right and up, in points.
    pub offset: (f32, f32),
    /// The bytes of the run's text it stands for; empty for the further glyphs of one cluster.
    pub text: Range<usize>,
}

/// Where a link can be clicked.
#[derive(Clone, Debug)]
pub struct LinkArea {
    /// The link's node in the logical tree.
    pub node: crate::tree::NodeId,
    /// Where.
    pub area: Area,
    /// Where it leads.
    pub target: Target,
    /// What the link says, for those who cannot see it.
    pub words: String,
}

/// Where a link leads.
#[derive(Clone, Debug, Eq, Hash, PartialEq)]
pub enum Target {
    /// An address outside the document.
    Address(String),
    /// An anchor in the document.
    Anchor(AnchorId),
}

/// A place in the document that something can lead to.
#[derive(Clone, Copy, Debug, Eq, Hash, Ord, PartialEq, PartialOrd)]
pub struct AnchorId(pub usize);

/// Where a signature will stand.
#[derive(Clone, Debug)]
pub struct FieldArea {
    /// The field's node in the logical tree.
    pub node: crate::tree::NodeId,
    /// The box.
    pub area: Area,
    /// The field's name, unique in the document.
    pub name: String,
    /// What is asked there, for those who cannot see it.
    pub words: String,
}

impl Item {
    /// Moves the item right and down.
    pub fn shift(&mut self, right: f32, down: f32) {
        let moved = |point: &mut (f32, f32)| {
            point.0 += right;
            point.1 += down;
        };
        match self {
            Self::Text(run) => {
                run.x += right;
                run.y += down;
            }
            Self::Line { from, to, .. } => {
                moved(from);
                moved(to);
            }
            Self::Shape { corners, .. } => corners.iter_mut().for_each(moved),
            Self::Disc { centre, .. } | Self::HalfDisc { centre, .. } | Self::Turned { centre, .. } => moved(centre),
            Self::Hatch { area, .. } | Self::Picture { area, .. } => area.shift(right, down),
        }
    }

    /// A horizontal rule.
    #[must_use]
    pub fn rule(x: f32, y: f32, length: f32, stroke: Stroke) -> Self {
        Self::Line { from: (x, y), to: (x + length, y), stroke }
    }

    /// A rectangle.
    #[must_use]
    pub fn rectangle(area: Area, fill: Option<Colour>, stroke: Option<Stroke>) -> Self {
        let (right, bottom) = (area.x + area.width, area.y + area.height);
        Self::Shape { corners: vec![(area.x, area.y), (right, area.y), (right, bottom), (area.x, bottom)], fill, stroke }
    }
}

impl Area {
    /// The smallest area that holds two points.
    #[must_use]
    pub fn between(a: (f32, f32), b: (f32, f32)) -> Self {
        let (x, y) = (a.0.min(b.0), a.1.min(b.1));
        Self { x, y, width: (a.0 - b.0).abs(), height: (a.1 - b.1).abs() }
    }

    /// The smallest area that holds both.
    #[must_use]
    pub fn around(self, other: Self) -> Self {
        let (x, y) = (self.x.min(other.x), self.y.min(other.y));
        let right = (self.x + self.width).max(other.x + other.width);
        let bottom = (self.y + self.height).max(other.y + other.height);
        Self { x, y, width: right - x, height: bottom - y }
    }

    /// Moves the area right and down.
    pub fn shift(&mut self, right: f32, down: f32) {
        self.x += right;
        self.y += down;
    }
}

impl Marked {
    /// Rules, boxes and repeats.
    #[must_use]
    pub fn layout(items: Vec<Item>) -> Self {
        Self { owner: Owner::Artifact(Artifact::Layout), items }
    }

    /// Moves everything right and down.
    pub fn shift(&mut self, right: f32, down: f32) {
        for item in &mut self.items {
            item.shift(right, down);
        }
    }
}
