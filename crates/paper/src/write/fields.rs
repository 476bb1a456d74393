//! Signature fields: empty, printed, named for those who cannot see them.
//! Always true: the file can be signed by filling them; nothing else in it need change. What an empty place shows is the field's own
//! picture, which a signature replaces: a signed page neither shows nor says "Awaiting signature". Its words are drawn as outlines,
//! so that the picture needs no font.

use std::fmt::Write as _;

use lopdf::{Dictionary, Object, Stream, dictionary};
use ttf_parser::OutlineBuilder;

use crate::{face::Face, measure::mm};

use super::{
    Document, File,
    links::{Annotation, rectangle},
    object::{real, text},
};

/// Printed and locked against being moved.
const FLAGS: i64 = 4 + 128;

/// Adds the signature fields and the form that lists them.
pub fn place(file: &mut File<'_>, document: &Document<'_>) -> Vec<Annotation> {
    let mut widgets = Vec::new();
    for (page, fields) in document.pages.iter().enumerate().map(|(number, page)| (number, &page.fields)) {
        for field in fields {
            let size = vec![0.into(), 0.into(), real(field.area.width), real(field.area.height)];
            let form = dictionary! { "Type" => "XObject", "Subtype" => "Form", "BBox" => size, "Resources" => Dictionary::new() };
            let appearance = file.pdf.add_object(Stream::new(form, waiting(field.area.width, field.area.height).into_bytes()));
            let widget = dictionary! {
                "Type" => "Annot",
                "Subtype" => "Widget",
                "FT" => "Sig",
                "T" => text(&field.name),
                "TU" => text(&field.words),
                "F" => FLAGS,
                "Rect" => rectangle(document.paper, field.area),
                "P" => file.pages[page],
                "AP" => dictionary! { "N" => appearance },
            };
            widgets.push(Annotation { page, node: field.node, object: file.pdf.add_object(widget) });
        }
    }
    if !widgets.is_empty() {
        let fields: Vec<Object> = widgets.iter().map(|widget| widget.object.into()).collect();
        let form = file.pdf.add_object(dictionary! { "Fields" => fields, "SigFlags" => 0 });
        if let Ok(catalog) = file.catalog() {
            catalog.set("AcroForm", form);
        }
    }
    widgets
}

/// The dashed box and its words, in the field's own coordinates: points from its lower left corner.
fn waiting(width: f32, height: f32) -> String {
    const SIZE: f32 = 9.5;
    const LEADING: f32 = 13.0;
    let mut content = String::new();
    // Ink; half the line would fall outside the box, so it is drawn a quarter point inside.
    let _ = writeln!(content, "0.106 0.122 0.141 RG 0.5 w [2 2] 0 d 0.25 0.25 {:.2} {:.2} re S", width - 0.5, height - 0.5);
    content.push_str("0.290 0.322 0.361 rg\n");
    let face = Face::Sans.tables();
    let scale = SIZE / f32::from(face.units_per_em());
    let mut pen = Outline { content, x: mm(3.0), y: height - mm(2.0) - 0.72 * LEADING, scale, at: (0.0, 0.0) };
    for glyph in "Awaiting signature".chars().filter_map(|character| face.glyph_index(character)) {
        face.outline_glyph(glyph, &mut pen);
        pen.x += f32::from(face.glyph_hor_advance(glyph).unwrap_or(0)) * scale;
    }
    pen.content.push_str("f\n");
    pen.content
}

/// Writes glyph outlines as path operators. TrueType's quadratic curves become cubic ones.
struct Outline {
    content: String,
    x: f32,
    y: f32,
    scale: f32,
    at: (f32, f32),
}

impl Outline {
    fn write(&mut self, points: &[(f32, f32)], operator: &str) {
        for (x, y) in points {
            let _ = write!(self.content, "{:.2} {:.2} ", self.x + x * self.scale, self.y + y * self.scale);
        }
        let _ = writeln!(self.content, "{operator}");
        self.at = points.last().copied().unwrap_or(self.at);
    }
}

impl OutlineBuilder for Outline {
    fn move_to(&mut self, x: f32, y: f32) {
        self.write(&[(x, y)], "m");
    }

    fn line_to(&mut self, x: f32, y: f32) {
        self.write(&[(x, y)], "l");
    }

    fn quad_to(&mut self, x1: f32, y1: f32, x: f32, y: f32) {
        let (x0, y0) = self.at;
        let towards = |from: f32, to: f32| from + 2.0 / 3.0 * (to - from);
        self.write(&[(towards(x0, x1), towards(y0, y1)), (towards(x, x1), towards(y, y1)), (x, y)], "c");
    }

    fn curve_to(&mut self, x1: f32, y1: f32, x2: f32, y2: f32, x: f32, y: f32) {
        self.write(&[(x1, y1), (x2, y2), (x, y)], "c");
    }

    fn close(&mut self) {
        self.content.push_str("h\n");
    }
}
