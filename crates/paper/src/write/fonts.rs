//! The fonts in the file: each cut down to the glyphs used, with its widths, its Unicode map and a true description.
//! Always true: a glyph's first meaning in the document is the one in the Unicode map; where it means something else, the content
//! says so itself. The tag before a subset's name is drawn from the glyphs in it.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use lopdf::{Dictionary, Object, Stream, dictionary};
use md5::{Digest, Md5};
use printpdf::{Codepoint, FontId, FontMetrics, FontType, Op, ParsedFont, PdfFont, PdfFontHandle, PdfFontMetricsStub, Pt, TextItem};
use subsetter::GlyphRemapper;

use super::{File, WriteError, object};
use crate::{
    display::{Glyph, Item, Page, Run},
    face::Face,
};

/// The fonts used.
pub struct Fonts {
    used: BTreeMap<Face, Subset>,
}

/// One font, cut down.
pub struct Subset {
    program: Vec<u8>,
    glyphs: Vec<Option<Used>>,
}

/// A glyph that is used.
pub struct Used {
    /// Its number in the subset, which stands for it in the content.
    pub code: u16,
    /// How far a viewer moves on after it, in thousandths of an em.
    pub width: u16,
    /// What the Unicode map says it means.
    pub meaning: String,
}

const SOFT_HYPHEN: &str = "\u{ad}";

impl Fonts {
    /// Cuts every face down to what the pages show.
    pub fn subset(pages: &[Page]) -> Result<Self, WriteError> {
        let mut glyphs: BTreeMap<Face, BTreeMap<u16, String>> = BTreeMap::new();
        for item in pages.iter().flat_map(|page| &page.marks).flat_map(|marked| &marked.items) {
            let (Item::Text(run) | Item::Turned { run, .. }) = item else { continue };
            let seen = glyphs.entry(run.face).or_default();
            for glyph in run.glyphs.iter() {
                let meaning = meaning(run, glyph);
                let known = seen.entry(glyph.id).or_insert_with(|| meaning.to_owned());
                // The map says what the glyph is elsewhere; the content says where it is soft.
                if known == SOFT_HYPHEN {
                    meaning.clone_into(known);
                }
            }
        }
        let mut used = BTreeMap::new();
        for (face, meanings) in glyphs {
            used.insert(face, Subset::new(face, meanings)?);
        }
        Ok(Self { used })
    }

    /// The fonts as printpdf takes them.
    pub fn resources(&self) -> BTreeMap<FontId, PdfFont> {
        self.used.iter().map(|(face, subset)| (id(*face), PdfFont::new(subset.parsed(*face)))).collect()
    }

    /// Operations that use every glyph of every font once.
    pub fn specimen(&self) -> Vec<Op> {
        let line = |(face, subset): (&Face, &Subset)| {
            let glyphs = subset.glyphs.iter().flatten().map(|glyph| Codepoint::with_cid(glyph.code, 0.0, glyph.meaning.clone()));
            let set = Op::SetFont { font: PdfFontHandle::External(id(*face)), size: Pt(1.0) };
            [set, Op::ShowText { items: vec![TextItem::GlyphIds(glyphs.collect())] }]
        };
        self.used.iter().flat_map(line).collect()
    }

    /// The font of a face; every face on a page has one.
    pub fn of(&self, face: Face) -> Option<&Subset> {
        self.used.get(&face)
    }

    /// Gives every font its name, its Unicode map and its description.
    pub fn finish(&self, file: &mut File<'_>) -> Result<(), WriteError> {
        let page = file.page(0)?;
        let resources = page.get(b"Resources")?.as_reference()?;
        let fonts = file.pdf.get_dictionary(resources)?.get(b"Font")?.as_reference()?;
        let fonts = file.pdf.get_dictionary(fonts)?.clone();
        for (face, subset) in &self.used {
            let font = fonts.get(id(*face).0.as_bytes())?.as_reference()?;
            let map = file.pdf.add_object(Stream::new(Dictionary::new(), subset.unicode_map().into_bytes()));
            let name = object::name(&format!("{}+{}", subset.tag(), face.postscript_name()));
            let font = file.pdf.get_dictionary_mut(font)?;
            let old = font.get(b"ToUnicode")?.as_reference()?;
            font.set("ToUnicode", map);
            font.set("BaseFont", name.clone());
            let descendant = font.get_mut(b"DescendantFonts")?.as_array_mut()?[0].as_dict_mut()?;
            descendant.set("BaseFont", name.clone());
            let descriptor = descendant.get(b"FontDescriptor")?.as_reference()?;
            file.pdf.objects.remove(&old);
            describe(file.pdf.get_dictionary_mut(descriptor)?, *face, name);
        }
        Ok(())
    }
}

/// The font's name among the page's resources.
pub fn id(face: Face) -> FontId {
    FontId(format!("F{}", face.number()))
}

/// What a glyph stands for. A space that may not break is read as a space: where a line breaks is no part of what it says, and readers that
/// follow the tags lose what stands after the content nested for it.
///
/// A hyphen that only divides a word at a line's end is the soft hyphen (ISO 32000-1, 14.8.2.2.3), so that readers put the word together.
pub fn meaning<'r>(run: &'r Run, glyph: &Glyph) -> &'r str {
    if run.hyphenated && run.glyphs.last().is_some_and(|last| std::ptr::eq(last, glyph)) {
        return SOFT_HYPHEN;
    }
    match &run.text[glyph.text.clone()] {
        "\u{a0}" | "\u{202f}" => " ",
        words => words,
    }
}

impl Subset {
    /// A glyph of the font file, if the pages show it.
    pub fn glyph(&self, id: u16) -> Option<&Used> {
        self.glyphs.get(usize::from(id))?.as_ref()
    }

    fn new(face: Face, meanings: BTreeMap<u16, String>) -> Result<Self, WriteError> {
        let ids: Vec<u16> = meanings.keys().copied().collect();
        let remapper = GlyphRemapper::new_from_glyphs_sorted(&ids);
        let program =
            subsetter::subset(face.bytes(), 0, &remapper).map_err(|cause| WriteError::Font { font: face.postscript_name(), cause })?;
        let mut glyphs: Vec<Option<Used>> = Vec::new();
        for (id, meaning) in meanings {
            let code = remapper.get(id).unwrap_or(0);
            let width = face.tables().glyph_hor_advance(ttf_parser::GlyphId(id)).unwrap_or(0);
            glyphs.resize_with(usize::from(id), || None);
            glyphs.push(Some(Used { code, width, meaning }));
        }
        Ok(Self { program, glyphs })
    }

    fn parsed(&self, face: Face) -> ParsedFont {
        let tables = face.tables();
        let glyph_widths = self.glyphs.iter().flatten().map(|glyph| (glyph.code, glyph.width)).collect();
        let bounds = tables.global_bounding_box();
        ParsedFont {
            original_bytes: self.program.clone(),
            font_index: 0,
            font_name: Some(face.postscript_name().to_owned()),
            codepoint_to_glyph: BTreeMap::new(),
            glyph_widths,
            units_per_em: tables.units_per_em(),
            font_metrics: FontMetrics { ascent: tables.ascender(), descent: tables.descender() },
            font_type: FontType::TrueType,
            pdf_font_metrics: PdfFontMetricsStub {
                units_per_em: tables.units_per_em(),
                x_min: bounds.x_min,
                y_min: bounds.y_min,
                x_max: bounds.x_max,
                y_max: bounds.y_max,
                us_weight_class: tables.weight().to_number(),
                ..PdfFontMetricsStub::default()
            },
        }
    }

    /// Six capitals that depend on nothing but what is in the subset.
    fn tag(&self) -> String {
        Md5::digest(&self.program).iter().take(6).map(|byte| char::from(b'A' + byte % 26)).collect()
    }

    /// The ToUnicode map (ISO 32000-1, 9.10.3).
    fn unicode_map(&self) -> String {
        let mut map = String::from(
            "/CIDInit /ProcSet findresource begin\n12 dict begin\nbegincmap\n/CIDSystemInfo <</Registry (Adobe) /Ordering (UCS) \
             /Supplement 0>> def\n/CMapName /Adobe-Identity-UCS def\n/CMapType 2 def\n1 begincodespacerange\n<0000> <FFFF>\n\
             endcodespacerange\n",
        );
        let named = self.glyphs.iter().flatten().filter(|glyph| !glyph.meaning.is_empty());
        let entries: Vec<(u16, &str)> = named.map(|glyph| (glyph.code, glyph.meaning.as_str())).collect();
        for part in entries.chunks(100) {
            let _ = writeln!(map, "{} beginbfchar", part.len());
            for (glyph, words) in part {
                let _ = write!(map, "<{glyph:04X}> <");
                for unit in words.encode_utf16() {
                    let _ = write!(map, "{unit:04X}");
                }
                map.push_str(">\n");
            }
            map.push_str("endbfchar\n");
        }
        map.push_str("endcmap\nCMapName currentdict /CMap defineresource pop\nend\nend\n");
        map
    }
}

fn describe(descriptor: &mut Dictionary, face: Face, name: Object) {
    const FIXED_PITCH: i64 = 1;
    const SERIF: i64 = 1 << 1;
    const NONSYMBOLIC: i64 = 1 << 5;
    const ITALIC: i64 = 1 << 6;
    let tables = face.tables();
    let mut flags = NONSYMBOLIC;
    match face {
        Face::Code | Face::CodeSemibold => flags |= FIXED_PITCH,
        Face::Serif | Face::SerifItalic | Face::SerifSemibold | Face::SerifSemiboldItalic => flags |= SERIF,
        _ => {}
    }
    if tables.italic_angle() != 0.0 {
        flags |= ITALIC;
    }
    let more = dictionary! {
        "FontName" => name,
        "Flags" => flags,
        "ItalicAngle" => object::real(tables.italic_angle()),
        "CapHeight" => i64::from(tables.capital_height().unwrap_or(660)),
    };
    for (key, value) in &more {
        descriptor.set(key.clone(), value.clone());
    }
}
