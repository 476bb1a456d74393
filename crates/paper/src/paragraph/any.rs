//! Setting any text: shaping, fallback among the bundled faces, line breaking and bidirectional order, all by parley.
//! Always true: no font but the bundled ones is ever asked.
//! Deliberately absent: memory.

use std::{borrow::Cow, ops::Range, sync::Arc};

use parley::{
    Alignment, AlignmentOptions, FontContext, FontFamily, FontFamilyName, FontFeature, FontFeatures, FontStyle, FontWeight, Layout,
    LayoutContext, LineHeight, OverflowWrap, StyleProperty,
    fontique::{Blob, Collection, CollectionOptions, SourceCache},
    setting::Tag,
};

use super::{Line, Piece, trailing};
use crate::{
    display::{Glyph, Run},
    face::Face,
    glyphs::stack,
    text::Span,
    ties::{self, Tied},
};

/// Sets any text.
pub struct AnySetter {
    fonts: FontContext,
    scratch: LayoutContext<u16>,
    faces: Vec<(u64, Face)>,
}

impl Default for AnySetter {
    fn default() -> Self {
        let mut collection = Collection::new(CollectionOptions { shared: false, system_fonts: false });
        let faces = Face::ALL
            .into_iter()
            .map(|face| {
                let file = Blob::new(Arc::new(face.bytes()));
                let id = file.id();
                collection.register_fonts(file, None);
                (id, face)
            })
            .collect();
        Self { fonts: FontContext { collection, source_cache: SourceCache::default() }, scratch: LayoutContext::new(), faces }
    }
}

impl AnySetter {
    /// The text in lines no wider than `width`.
    pub fn fill(&mut self, tied: &Tied, spans: &[Span], width: Option<f32>) -> Layout<u16> {
        let mut builder = self.scratch.ranged_builder(&mut self.fonts, &tied.words, 1.0, false);
        builder.push_default(StyleProperty::LineHeight(LineHeight::Absolute(1.0)));
        builder.push_default(StyleProperty::OverflowWrap(OverflowWrap::BreakWord));
        let mut start = 0;
        for (number, (span, end)) in spans.iter().zip(&tied.ends).enumerate() {
            let range = start..*end;
            start = *end;
            let style = &span.style;
            let families = stack(style).map(|family| FontFamilyName::Named(Cow::Borrowed(family.name())));
            let properties = [
                StyleProperty::Brush(u16::try_from(number).unwrap_or(u16::MAX)),
                StyleProperty::FontFamily(FontFamily::List(Cow::Owned(families.to_vec()))),
                StyleProperty::FontSize(style.size),
                StyleProperty::FontWeight(FontWeight::new(style.weight.value())),
                StyleProperty::FontStyle(if style.italic { FontStyle::Italic } else { FontStyle::Normal }),
            ];
            for property in properties {
                builder.push(property, range.clone());
            }
            if style.superior {
                let superior = [FontFeature::new(Tag::new(b"sups"), 1)];
                builder.push(StyleProperty::FontFeatures(FontFeatures::List(Cow::Owned(superior.to_vec()))), range);
            }
        }
        let mut layout = builder.build(&tied.words);
        layout.break_all_lines(width);
        layout.align(Alignment::Start, AlignmentOptions::default());
        layout
    }

    /// Its lines, with each glyph led back to the author's words.
    pub fn lines(&self, layout: &Layout<u16>, words: &Arc<str>, spans: &[Span], ties: &[usize]) -> Vec<Line> {
        layout
            .lines()
            .map(|line| {
                let metrics = line.metrics();
                let mut pieces: Vec<Piece> = Vec::new();
                let mut x = metrics.offset;
                for run in line.runs() {
                    let face = self.face_of(run.font().data.id());
                    let mut glyphs: Vec<Glyph> = Vec::new();
                    let mut current = usize::MAX;
                    let mut left = x;
                    for cluster in run.visual_clusters() {
                        let span = usize::from(cluster.style().brush);
                        if cluster.is_ligature_continuation() {
                            if let Some(last) = glyphs.last_mut() {
                                last.text.end = last.text.end.max(ties::untied(cluster.text_range(), ties).end);
                            }
                            continue;
                        }
                        if cluster.is_hard_line_break() {
                            continue;
                        }
                        if span != current && !glyphs.is_empty() {
                            pieces.push(piece(face, current, &mut glyphs, left, x, words, spans));
                            left = x;
                        }
                        current = span;
                        let mut range = ties::untied(cluster.text_range(), ties);
                        for glyph in cluster.glyphs() {
                            glyphs.push(Glyph {
                                id: u16::try_from(glyph.id).unwrap_or(0),
                                advance: glyph.advance,
                                offset: (glyph.x, glyph.y),
                                text: range.clone(),
                            });
                            x += glyph.advance;
                            range = range.end..range.end;
                        }
                    }
                    if !glyphs.is_empty() {
                        pieces.push(piece(face, current, &mut glyphs, left, x, words, spans));
                    }
                }
                let width = x - metrics.offset - trailing(&pieces);
                Line { pieces, width }
            })
            .collect()
    }

    fn face_of(&self, file: u64) -> Face {
        let found = self.faces.iter().find(|(id, _)| *id == file);
        found.expect("only bundled faces are registered").1
    }
}

/// The bytes of the last line in the tied text.
pub fn last_text(layout: &Layout<u16>) -> Range<usize> {
    layout.len().checked_sub(1).and_then(|last| layout.get(last)).map_or(0..0, |line| line.text_range())
}

fn piece(face: Face, span: usize, glyphs: &mut Vec<Glyph>, left: f32, right: f32, words: &Arc<str>, spans: &[Span]) -> Piece {
    let style = spans[span.min(spans.len() - 1)].style;
    let run = Run {
        face,
        size: style.size,
        colour: style.colour,
        x: left,
        y: 0.0,
        glyphs: std::mem::take(glyphs).into(),
        text: Arc::clone(words),
        hyphenated: false,
    };
    Piece { span, run, width: right - left }
}
