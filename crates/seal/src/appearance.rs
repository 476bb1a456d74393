//! What a signature looks like on the page: a few lines of text in a box.
//! Always true: it fits its box; a line too long ends in an ellipsis; a character no font has is an error, never a blank box.
//! Deliberately absent: fonts of our own, and the words. Both are handed in.

use std::fmt::Write as _;

use lopdf::{Dictionary, Object, Stream, dictionary};
use ttf_parser::{Face, GlyphId};

use crate::outline;

/// The box and its lines, top to bottom.
#[derive(Clone, Debug)]
pub struct Appearance<'a> {
    /// The lines.
    pub lines: Vec<Line>,
    /// The fonts the lines choose from.
    pub fonts: Fonts<'a>,
    /// Space left free at the sides and at top and bottom, in millimetres.
    pub inset_mm: (f32, f32),
    /// The line round the box, if any.
    pub border: Option<Border>,
    /// The ground under the lines, which covers what the page shows in an unsigned place; none leaves it to be seen.
    pub ground: Option<Rgb>,
}

/// One line of text.
#[derive(Clone, Debug)]
pub struct Line {
    /// The words.
    pub text: String,
    /// Type size in points.
    pub size_pt: f32,
    /// Which font.
    pub weight: Weight,
    /// Colour in sRGB.
    pub colour: Rgb,
}

/// A colour in sRGB, each part from 0 to 255.
pub type Rgb = [u8; 3];

/// Which of the three fonts.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Weight {
    /// For what is said.
    Regular,
    /// For what comes first.
    Semibold,
    /// For what is compared digit by digit.
    Mono,
}

/// TrueType or OpenType files, whole.
#[derive(Clone, Copy, Debug)]
pub struct Fonts<'a> {
    /// The upright text font.
    pub regular: &'a [u8],
    /// Its heavier sibling.
    pub semibold: &'a [u8],
    /// A font with digits of one width.
    pub mono: &'a [u8],
}

/// A line round the box.
#[derive(Clone, Copy, Debug)]
pub struct Border {
    /// Thickness in points.
    pub width_pt: f32,
    /// Colour in sRGB.
    pub colour: Rgb,
}

/// Why an appearance cannot be drawn.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
pub enum AppearanceError {
    /// A font cannot be read.
    #[error("the {weight:?} font cannot be read")]
    Font {
        /// Which one.
        weight: Weight,
    },
    /// The font has no glyph for a character.
    #[error("the {weight:?} font has no glyph for {character:?}")]
    NoGlyph {
        /// The character.
        character: char,
        /// The font that lacks it.
        weight: Weight,
    },
    /// The lines are higher than the box.
    #[error("the lines need {needed_pt} pt, the box has {available_pt} pt")]
    TooHigh {
        /// Height of the lines set tight, in points.
        needed_pt: f32,
        /// Height of the box inside its insets, in points.
        available_pt: f32,
    },
}

const POINTS_PER_MM: f32 = 72.0 / 25.4;
/// Line pitch over type size, where the box allows it.
const LEADING: f32 = 1.35;
/// Where the baseline lies in a line's height, from the top.
const BASELINE: f32 = 0.72;

impl Appearance<'_> {
    /// Draws into a form XObject of the box's size, in points. It needs no resources.
    pub(crate) fn draw(&self, width: f32, height: f32) -> Result<Stream, AppearanceError> {
        let (side, top) = (self.inset_mm.0 * POINTS_PER_MM, self.inset_mm.1 * POINTS_PER_MM);
        let leading = self.leading(height - 2.0 * top)?;
        let mut content = String::new();
        if let Some(ground) = self.ground {
            colour(&mut content, ground, "rg");
            let _ = writeln!(content, "0 0 {width:.2} {height:.2} re f");
        }
        content.push_str(&self.border.map(|border| border.draw(width, height)).unwrap_or_default());
        let mut y = height - top;
        for line in &self.lines {
            let pitch = line.size_pt * leading;
            let face = self.face(line.weight)?;
            let glyphs = fit(&face, line, width - 2.0 * side)?;
            colour(&mut content, line.colour, "rg");
            outline::append(&mut content, &face, &glyphs, line.size_pt, side, y - pitch * BASELINE);
            y -= pitch;
        }
        Ok(form(content, width, height))
    }

    /// Pitch over size: the usual one, or as much as the height allows.
    fn leading(&self, available_pt: f32) -> Result<f32, AppearanceError> {
        let needed_pt: f32 = self.lines.iter().map(|line| line.size_pt).sum();
        if needed_pt > available_pt {
            return Err(AppearanceError::TooHigh { needed_pt, available_pt });
        }
        Ok(if needed_pt > 0.0 { LEADING.min(available_pt / needed_pt) } else { LEADING })
    }

    fn face(&self, weight: Weight) -> Result<Face<'_>, AppearanceError> {
        let bytes = match weight {
            Weight::Regular => self.fonts.regular,
            Weight::Semibold => self.fonts.semibold,
            Weight::Mono => self.fonts.mono,
        };
        Face::parse(bytes, 0).map_err(|_| AppearanceError::Font { weight })
    }
}

impl Border {
    fn draw(self, width: f32, height: f32) -> String {
        let mut content = String::new();
        let half = self.width_pt / 2.0;
        colour(&mut content, self.colour, "RG");
        // Half the line would fall outside the box and be clipped, so it is drawn half its width inside.
        let (inner_width, inner_height) = (width - self.width_pt, height - self.width_pt);
        let _ = writeln!(content, "{:.2} w {half:.2} {half:.2} {inner_width:.2} {inner_height:.2} re S", self.width_pt);
        content
    }
}

/// The glyphs of a line, shortened with an ellipsis until they fit.
fn fit(face: &Face<'_>, line: &Line, width: f32) -> Result<Vec<GlyphId>, AppearanceError> {
    let glyph = |character| face.glyph_index(character).ok_or(AppearanceError::NoGlyph { character, weight: line.weight });
    let mut glyphs = line.text.chars().map(glyph).collect::<Result<Vec<_>, _>>()?;
    if outline::width(face, &glyphs, line.size_pt) <= width {
        return Ok(glyphs);
    }
    let ellipsis = glyph('…')?;
    let space = face.glyph_index(' ');
    while glyphs.pop().is_some() {
        glyphs.push(ellipsis);
        if outline::width(face, &glyphs, line.size_pt) <= width && !ends_in_space(&glyphs, space) {
            break;
        }
        glyphs.pop();
    }
    Ok(glyphs)
}

/// Whether the glyph before the ellipsis is a blank, which would leave the dots hanging.
fn ends_in_space(glyphs: &[GlyphId], space: Option<GlyphId>) -> bool {
    glyphs.len() >= 2 && space.is_some() && Some(glyphs[glyphs.len() - 2]) == space
}

fn colour(content: &mut String, [red, green, blue]: Rgb, operator: &str) {
    let part = |value: u8| f32::from(value) / 255.0;
    // Writing to a String cannot fail.
    let _ = writeln!(content, "{:.4} {:.4} {:.4} {operator}", part(red), part(green), part(blue));
}

fn form(content: String, width: f32, height: f32) -> Stream {
    let dictionary = dictionary! {
        "Type" => "XObject",
        "Subtype" => "Form",
        "BBox" => vec![0.into(), 0.into(), Object::Real(width), Object::Real(height)],
        "Resources" => Dictionary::new(),
    };
    let mut stream = Stream::new(dictionary, content.into_bytes());
    // Compression that fails leaves the stream as it is, which is just as good a stream.
    let _ = stream.compress();
    stream
}

#[cfg(test)]
mod tests {
    use super::*;

    fn font() -> Vec<u8> {
        let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../paper/fonts/SourceSans3-Regular.ttf");
        std::fs::read(path).expect("the product's text font")
    }

    fn line(text: &str) -> Line {
        Line { text: text.to_owned(), size_pt: 10.0, weight: Weight::Regular, colour: [0, 0, 0] }
    }

    /// What is left of a text in a width, spelled out again.
    fn fitted(text: &str, width: f32) -> String {
        let font = font();
        let face = Face::parse(&font, 0).expect("a font");
        let glyphs = fit(&face, &line(text), width).expect("every glyph is there");
        assert!(outline::width(&face, &glyphs, 10.0) <= width);
        let spelled = |glyph: &GlyphId| text.chars().chain(['…']).find(|&c| face.glyph_index(c) == Some(*glyph)).expect("from the text");
        glyphs.iter().map(spelled).collect()
    }

    #[test]
    fn a_line_too_long_ends_in_an_ellipsis_on_a_word_or_letter() {
        assert_eq!(fitted("Anna Author", 80.0), "Anna Author");
        assert_eq!(fitted("Anna Author", 45.0), "Anna Au…");
        assert_eq!(fitted("Anna Author", 31.0), "Anna…", "the blank before the ellipsis goes too");
        assert_eq!(fitted("Anna Author", 1.0), "");
    }

    #[test]
    fn lines_close_up_before_they_are_refused() {
        let font = font();
        let fonts = Fonts { regular: &font, semibold: &font, mono: &font };
        let lines = vec![line("one"), line("two"), line("three")];
        let box_of = Appearance { lines, fonts, inset_mm: (0.0, 0.0), border: None, ground: None };
        assert_eq!(box_of.leading(60.0), Ok(LEADING));
        assert_eq!(box_of.leading(33.0), Ok(1.1));
        assert_eq!(box_of.leading(29.0), Err(AppearanceError::TooHigh { needed_pt: 30.0, available_pt: 29.0 }));
    }
}
