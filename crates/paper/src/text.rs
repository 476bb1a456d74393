//! Words before they are set: spans of text with a style and a meaning.
//! Always true: a style says everything that shapes the glyphs; what a span means (a link, a note's mark) never changes its look.
//! Deliberately absent: positions.

use crate::{
    display::Target,
    face::{Family, Weight},
    measure::{Colour, INK, LINK, QUIET},
};

/// How a span looks.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Style {
    /// Its family.
    pub family: Family,
    /// Its weight.
    pub weight: Weight,
    /// Whether it is italic.
    pub italic: bool,
    /// Its size in points.
    pub size: f32,
    /// Its colour.
    pub colour: Colour,
    /// Whether it is underlined, 0.5 pt in its colour.
    pub underlined: bool,
    /// Whether it is set in the font's superior figures.
    pub superior: bool,
}

/// What a span is.
#[derive(Clone, Debug, Default, PartialEq)]
pub enum Meaning {
    /// Words.
    #[default]
    Plain,
    /// Words of weight.
    Strong,
    /// Stressed words.
    Emphasis,
    /// Something typed or read by a machine.
    Code,
    /// A link.
    Link(Target),
    /// The mark of a footnote, by its number among the document's notes.
    Note(usize),
}

/// Words of one style and meaning.
#[derive(Clone, Debug, PartialEq)]
pub struct Span {
    /// The words.
    pub words: String,
    /// How they look.
    pub style: Style,
    /// What they are.
    pub meaning: Meaning,
}

/// A paragraph's words.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Text {
    /// Its spans, in order.
    pub spans: Vec<Span>,
    /// Height of its lines in points.
    pub leading: f32,
}

impl Style {
    /// A roman style in ink.
    #[must_use]
    pub const fn new(family: Family, size: f32, weight: Weight) -> Self {
        Self { family, weight, italic: false, size, colour: INK, underlined: false, superior: false }
    }

    /// The style in the colour of secondary words.
    #[must_use]
    pub const fn quiet(self) -> Self {
        Self { colour: QUIET, ..self }
    }

    /// The style in another colour.
    #[must_use]
    pub const fn coloured(self, colour: Colour) -> Self {
        Self { colour, ..self }
    }

    /// The style in semibold.
    #[must_use]
    pub const fn strong(self) -> Self {
        Self { weight: Weight::Semibold, ..self }
    }

    /// The style in italic.
    #[must_use]
    pub const fn italic(self) -> Self {
        Self { italic: true, ..self }
    }

    /// The style for something typed, 0.9 of the size.
    #[must_use]
    pub const fn code(self) -> Self {
        Self { family: Family::Code, italic: false, size: self.size * 0.9, ..self }
    }

    /// The style of a link.
    #[must_use]
    pub const fn link(self) -> Self {
        Self { colour: LINK, underlined: true, ..self }
    }
}

impl Text {
    /// Words of one style.
    #[must_use]
    pub fn new(words: impl Into<String>, style: Style, leading: f32) -> Self {
        Self { spans: Vec::new(), leading }.with(words, style)
    }

    /// No words yet.
    #[must_use]
    pub const fn empty(leading: f32) -> Self {
        Self { spans: Vec::new(), leading }
    }

    /// With further plain words.
    #[must_use]
    pub fn with(self, words: impl Into<String>, style: Style) -> Self {
        self.with_meaning(words, style, Meaning::Plain)
    }

    /// With further words that mean something.
    #[must_use]
    pub fn with_meaning(mut self, words: impl Into<String>, style: Style, meaning: Meaning) -> Self {
        self.push(words, style, meaning);
        self
    }

    /// Adds words at the end.
    pub fn push(&mut self, words: impl Into<String>, style: Style, meaning: Meaning) {
        let words = words.into();
        if !words.is_empty() {
            self.spans.push(Span { words, style, meaning });
        }
    }

    /// Whether nothing is to be read.
    #[must_use]
    pub fn is_blank(&self) -> bool {
        self.spans.iter().all(|span| span.words.trim().is_empty())
    }

    /// The words alone.
    #[must_use]
    pub fn words(&self) -> String {
        self.spans.iter().map(|span| span.words.as_str()).collect()
    }
}

/// The styles of the house, by what they are for. Sizes in points; each has its leading beside it.
pub mod house {
    use super::{Family, Style, Weight};

    const fn sans(size: f32) -> Style {
        Style::new(Family::Sans, size, Weight::Regular)
    }

    /// The report's title.
    pub const TITLE: (Style, f32) = (sans(21.0).strong(), 26.0);
    /// A letter's title.
    pub const LETTER_TITLE: (Style, f32) = (sans(15.0).strong(), 19.0);
    /// The line under the title.
    pub const LEGAL: (Style, f32) = (sans(10.5).quiet(), 14.5);
    /// A section's head.
    pub const HEAD: (Style, f32) = (sans(11.5).strong(), 14.5);
    /// The note after a stacked head.
    pub const HEAD_NOTE: (Style, f32) = (sans(9.5).quiet(), 14.5);
    /// A head inside a section.
    pub const SUB_HEAD: (Style, f32) = (sans(10.5).strong(), 14.5);
    /// Sentences.
    pub const BODY: (Style, f32) = (Style::new(Family::Serif, 10.5, Weight::Regular), 14.5);
    /// A label of the header table.
    pub const LABEL: (Style, f32) = (sans(9.5).strong().quiet(), 14.5);
    /// A value of the header table.
    pub const VALUE: (Style, f32) = (sans(10.5), 14.5);
    /// Words in a table.
    pub const CELL: (Style, f32) = (sans(9.5), 13.0);
    /// A column's head.
    pub const COLUMN_HEAD: (Style, f32) = (sans(8.5).strong().quiet(), 13.0);
    /// Footnotes.
    pub const NOTE: (Style, f32) = (sans(8.5), 11.5);
    /// Small print and a letter's side notes.
    pub const SMALL: (Style, f32) = (sans(8.5).quiet(), 11.5);
    /// Running head and footer.
    pub const RUNNING: (Style, f32) = (sans(8.5).quiet(), 12.0);
    /// Words of the chart: the baseline lies 7 pt below the top of a label.
    pub const CHART: (Style, f32) = (sans(8.5), 7.0 / crate::measure::BASELINE);
    /// A letterhead's name.
    pub const LETTERHEAD: (Style, f32) = (sans(13.0).strong(), 16.0);
    /// A marking of a scheme other than TLP.
    pub const MARKING: (Style, f32) = (sans(9.5).strong(), 12.0);
}
