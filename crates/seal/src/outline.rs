//! A line of text as filled outlines: PDF path operators instead of a font.
//! Why: a signature's appearance is added after the file was made. Text in a font would need that font embedded, tagged and
//! subset once more to stay archival; outlines need nothing.

use std::fmt::Write as _;

use ttf_parser::{Face, GlyphId, OutlineBuilder};

/// Appends operators that fill the text, its baseline starting at `x`, `y`. Lengths in points.
///
/// Each glyph is drawn in whole font units under a matrix, not in points: a letter then reads the same wherever it stands,
/// and compresses to a fraction.
pub(crate) fn append(content: &mut String, face: &Face<'_>, text: &[GlyphId], size: f32, x: f32, y: f32) {
    let scale = size / f32::from(face.units_per_em());
    // Writing to a String cannot fail, here and below.
    let _ = writeln!(content, "q {scale:.6} 0 0 {scale:.6} {x:.2} {y:.2} cm");
    for &glyph in text {
        let mut pen = Pen { content, last: (0.0, 0.0) };
        if face.outline_glyph(glyph, &mut pen).is_some() {
            content.push_str("f\n");
        }
        let _ = writeln!(content, "1 0 0 1 {} 0 cm", advance(face, glyph));
    }
    content.push_str("Q\n");
}

/// The width of the text in points.
pub(crate) fn width(face: &Face<'_>, text: &[GlyphId], size: f32) -> f32 {
    let units: f32 = text.iter().map(|&glyph| advance(face, glyph)).sum();
    units * size / f32::from(face.units_per_em())
}

fn advance(face: &Face<'_>, glyph: GlyphId) -> f32 {
    f32::from(face.glyph_hor_advance(glyph).unwrap_or_default())
}

/// Writes operators; `last` is the current point, which a quadratic curve needs to become a cubic one.
struct Pen<'a> {
    content: &'a mut String,
    last: (f32, f32),
}

impl Pen<'_> {
    fn point(&mut self, x: f32, y: f32) {
        let _ = write!(self.content, "{} {} ", x.round(), y.round());
        self.last = (x, y);
    }
}

impl OutlineBuilder for Pen<'_> {
    fn move_to(&mut self, x: f32, y: f32) {
        self.point(x, y);
        self.content.push_str("m\n");
    }

    fn line_to(&mut self, x: f32, y: f32) {
        self.point(x, y);
        self.content.push_str("l\n");
    }

    fn quad_to(&mut self, x1: f32, y1: f32, x: f32, y: f32) {
        let toward = |from: f32, to: f32| from + 2.0 / 3.0 * (to - from);
        let (from_x, from_y) = self.last;
        self.curve_to(toward(from_x, x1), toward(from_y, y1), toward(x, x1), toward(y, y1), x, y);
    }

    fn curve_to(&mut self, x1: f32, y1: f32, x2: f32, y2: f32, x: f32, y: f32) {
        self.point(x1, y1);
        self.point(x2, y2);
        self.point(x, y);
        self.content.push_str("c\n");
    }

    fn close(&mut self) {
        self.content.push_str("h\n");
    }
}
