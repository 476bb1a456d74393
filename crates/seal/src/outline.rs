//! A line of text as filled outlines: PDF path operators instead of a font.
//! Why: a signature's appearance is added after the file was made. Text in a font would need that font embedded, tagged and
//! subset once more to stay archival; outlines need nothing.

use std::fmt::Write as _;

use ttf_parser::{Face, GlyphId, OutlineBuilder};

/// Appends path operators for the text, its baseline starting at `x`, `y`. Lengths in points.
pub(crate) fn append(content: &mut String, face: &Face<'_>, text: &[GlyphId], size: f32, x: f32, y: f32) {
    let scale = size / f32::from(face.units_per_em());
    let mut pen = Pen { content, scale, x, y, last: (0.0, 0.0) };
    for &glyph in text {
        face.outline_glyph(glyph, &mut pen);
        pen.x += advance(face, glyph) * scale;
    }
}

/// The width of the text in points.
pub(crate) fn width(face: &Face<'_>, text: &[GlyphId], size: f32) -> f32 {
    let units: f32 = text.iter().map(|&glyph| advance(face, glyph)).sum();
    units * size / f32::from(face.units_per_em())
}

fn advance(face: &Face<'_>, glyph: GlyphId) -> f32 {
    f32::from(face.glyph_hor_advance(glyph).unwrap_or_default())
}

/// Writes operators; `last` is the current point in font units, which a quadratic curve needs to become a cubic one.
struct Pen<'a> {
    content: &'a mut String,
    scale: f32,
    x: f32,
    y: f32,
    last: (f32, f32),
}

impl Pen<'_> {
    fn point(&mut self, x: f32, y: f32) {
        // Writing to a String cannot fail.
        let _ = write!(self.content, "{:.2} {:.2} ", self.x + x * self.scale, self.y + y * self.scale);
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
