//! Setting words into lines: shaping, line breaking and bidirectional order, over the bundled faces alone.
//! Always true: a paragraph is set once and remembered while it stays the same, and a line never ends in a lone short word
//! that could have taken its neighbour along. How a paragraph is set depends on nothing but the paragraph, whichever hand sets it.
//! Deliberately absent: page breaks and colours of anything but glyphs.

use std::{
    borrow::Cow,
    collections::HashMap,
    hash::{DefaultHasher, Hash, Hasher},
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};

use parley::{
    Alignment, AlignmentOptions, FontContext, FontFamily, FontFamilyName, FontFeature, FontFeatures, FontStyle, FontWeight, Layout,
    LayoutContext, LineHeight, OverflowWrap, StyleProperty,
    fontique::{Blob, Collection, CollectionOptions, SourceCache},
    setting::Tag,
};

use crate::{
    display::{Glyph, Run},
    face::Face,
    glyphs::{Missing, settable, stack},
    text::{Span, Text},
    ties::{self, Tied},
};

/// Sets paragraphs and remembers them.
pub struct Typesetter {
    fonts: FontContext,
    scratch: LayoutContext<u16>,
    faces: Vec<(u64, Face)>,
    memory: Arc<Mutex<Memory>>,
}

/// What was set in the print before and in this one.
#[derive(Default)]
struct Memory {
    kept: HashMap<u64, Vec<Kept>>,
    fresh: HashMap<u64, Vec<Kept>>,
}

struct Kept {
    text: Text,
    width: Option<u32>,
    set: Arc<Paragraph>,
}

/// Words set into lines.
#[derive(Debug, Default)]
pub struct Paragraph {
    /// Its lines.
    pub lines: Vec<Line>,
    /// The characters that had to be spelled out.
    pub missing: Vec<Missing>,
}

/// One line of a paragraph.
#[derive(Debug, Default)]
pub struct Line {
    /// Its glyphs; the baseline is at y = 0.
    pub pieces: Vec<Piece>,
    /// Its width without the space at its end.
    pub width: f32,
}

/// Glyphs of one span on one line.
#[derive(Clone, Debug)]
pub struct Piece {
    /// Which of the text's spans they come from.
    pub span: usize,
    /// The glyphs, left to right; the baseline is at y = 0.
    pub run: Run,
    /// Their width, trailing space included.
    pub width: f32,
}

impl Default for Typesetter {
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
        Self {
            fonts: FontContext { collection, source_cache: SourceCache::default() },
            scratch: LayoutContext::new(),
            faces,
            memory: Arc::default(),
        }
    }
}

impl Typesetter {
    /// Sets words into lines no wider than `width`, or into as few as their line feeds ask for.
    pub fn set(&mut self, text: &Text, width: Option<f32>) -> Arc<Paragraph> {
        let (key, bits) = (key(text, width), width.map(f32::to_bits));
        if let Some(found) = self.memory().find(key, text, bits) {
            return found;
        }
        let set = Arc::new(self.set_anew(text, width));
        let kept = Kept { text: text.clone(), width: bits, set: Arc::clone(&set) };
        self.memory().fresh.entry(key).or_default().push(kept);
        set
    }

    /// Another hand that sets words in the same faces and remembers with this one.
    pub fn second_hand(&self) -> Self {
        let fonts = self.fonts.clone();
        Self { fonts, scratch: LayoutContext::new(), faces: self.faces.clone(), memory: Arc::clone(&self.memory) }
    }

    /// Whether nothing was set yet.
    pub fn is_new(&self) -> bool {
        let memory = self.memory();
        memory.kept.is_empty() && memory.fresh.is_empty()
    }

    /// Forgets what was not set since the call before the last, so that memory follows the report and not its history.
    pub fn turn(&mut self) {
        let mut memory = self.memory();
        memory.kept = std::mem::take(&mut memory.fresh);
    }

    /// A hand that panicked left nothing half-remembered.
    fn memory(&self) -> MutexGuard<'_, Memory> {
        self.memory.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn set_anew(&mut self, text: &Text, width: Option<f32>) -> Paragraph {
        let mut missing = Vec::new();
        let mut words = String::new();
        let mut ends = Vec::with_capacity(text.spans.len());
        for span in &text.spans {
            let (settled, lacking) = settable(span);
            words.push_str(&settled);
            missing.extend(lacking);
            ends.push(words.len());
        }
        let mut ties = ties::bound(&words);
        let mut layout = self.lay_out(&Tied::new(&words, &ends, &ties), &text.spans, width);
        if let Some(place) = ties::short_end(&layout, &words, &ties, width) {
            let mut more = ties.clone();
            more.push(place);
            more.sort_unstable();
            let again = self.lay_out(&Tied::new(&words, &ends, &more), &text.spans, width);
            if again.len() == layout.len() {
                (layout, ties) = (again, more);
            }
        }
        Paragraph { lines: self.lines(&layout, &words.into(), text, &ties), missing }
    }

    fn lay_out(&mut self, tied: &Tied, spans: &[Span], width: Option<f32>) -> Layout<u16> {
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

    fn lines(&self, layout: &Layout<u16>, words: &Arc<str>, text: &Text, ties: &[usize]) -> Vec<Line> {
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
                            pieces.push(piece(face, current, &mut glyphs, left, x, words, text));
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
                        pieces.push(piece(face, current, &mut glyphs, left, x, words, text));
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

impl Memory {
    fn find(&self, key: u64, text: &Text, width: Option<u32>) -> Option<Arc<Paragraph>> {
        let same = |memory: &HashMap<u64, Vec<Kept>>| {
            let found = memory.get(&key)?.iter().find(|kept| kept.width == width && kept.text == *text)?;
            Some(Arc::clone(&found.set))
        };
        same(&self.fresh).or_else(|| same(&self.kept))
    }
}

fn piece(face: Face, span: usize, glyphs: &mut Vec<Glyph>, left: f32, right: f32, words: &Arc<str>, text: &Text) -> Piece {
    let style = text.spans[span.min(text.spans.len() - 1)].style;
    let run = Run {
        face,
        size: style.size,
        colour: style.colour,
        x: left,
        y: 0.0,
        glyphs: std::mem::take(glyphs).into(),
        text: Arc::clone(words),
    };
    Piece { span, run, width: right - left }
}

/// The width of the spaces a line ends in.
fn trailing(pieces: &[Piece]) -> f32 {
    let glyphs =
        pieces.iter().rev().flat_map(|piece| piece.run.glyphs.iter().rev().map(|glyph| (&piece.run.text[glyph.text.clone()], glyph)));
    glyphs.take_while(|(words, _)| words.trim().is_empty()).map(|(_, glyph)| glyph.advance).sum()
}

fn key(text: &Text, width: Option<f32>) -> u64 {
    let mut hasher = DefaultHasher::new();
    width.map(f32::to_bits).hash(&mut hasher);
    for span in &text.spans {
        span.words.hash(&mut hasher);
        span.style.size.to_bits().hash(&mut hasher);
        (span.style.family, span.style.weight, span.style.italic).hash(&mut hasher);
    }
    hasher.finish()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{measure::COLUMN, text::house};

    fn lines(words: &str, width: f32) -> Vec<String> {
        let text = Text::new(words, house::BODY.0, house::BODY.1);
        let set = Typesetter::default().set(&text, Some(width));
        set.lines
            .iter()
            .map(|line| {
                let glyphs = line.pieces.iter().flat_map(|p| p.run.glyphs.iter().map(|g| &p.run.text[g.text.clone()]));
                glyphs.collect::<String>()
            })
            .collect()
    }

    #[test]
    fn a_short_last_word_takes_its_neighbour_along() {
        let alone = "23:20 when engineers confirmed that no request was getting through.";
        assert_eq!(lines(alone, COLUMN - 14.0), ["23:20 when engineers confirmed that no request was ", "getting through."]);
    }

    #[test]
    fn a_word_wider_than_the_column_is_broken_and_not_lost() {
        let hash = "9f2c41d077ab03e5".repeat(8);
        assert_eq!(lines(&hash, 120.0).concat(), hash);
        assert!(lines(&hash, 120.0).len() > 2);
    }

    #[test]
    fn ligatures_and_marks_read_back_as_written() {
        let words = "The office staff: efficient, e\u{301}tude, Ελλάδα";
        assert_eq!(lines(words, 1000.0), [words]);
    }

    #[test]
    fn no_glyph_is_ever_notdef() {
        let text = Text::new("Fire 🚒 مرحبا\t中文\u{1}", house::CELL.0, house::CELL.1);
        let set = Typesetter::default().set(&text, None);
        assert!(set.lines.iter().flat_map(|l| &l.pieces).all(|p| p.run.glyphs.iter().all(|g| g.id != 0)));
        assert_eq!(set.missing.len(), 9);
    }
}
