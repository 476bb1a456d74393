//! Setting words into lines, over the bundled faces alone.
//! Always true: a paragraph is set once and remembered while it stays the same, and a line never ends in a lone short word
//! that could have taken its neighbour along. Which of the two ways a paragraph is set changes nothing on the page.
//! Deliberately absent: page breaks and colours of anything but glyphs.

mod any;
mod plain;
mod vocabulary;

use std::{
    collections::HashMap,
    hash::{DefaultHasher, Hash, Hasher},
    ops::Range,
    sync::Arc,
};

use parley::Layout;

use self::{
    any::AnySetter,
    plain::{Galley, PlainSetter},
};
use crate::{
    display::Run,
    glyphs::{Missing, settable},
    text::{Span, Text},
    ties::{self, Tied},
};

/// Sets paragraphs and remembers them.
#[derive(Default)]
pub struct Typesetter {
    plain: PlainSetter,
    /// Made for the first text that needs it; most reports have none.
    any: Option<Box<AnySetter>>,
    memory: Memory,
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

impl Typesetter {
    /// Sets words into lines no wider than `width`, or into as few as their line feeds ask for.
    pub fn set(&mut self, text: &Text, width: Option<f32>) -> Arc<Paragraph> {
        let (key, bits) = (key(text, width), width.map(f32::to_bits));
        if let Some(found) = self.memory.find(key, text, bits) {
            return found;
        }
        let set = Arc::new(self.set_anew(text, width));
        let kept = Kept { text: text.clone(), width: bits, set: Arc::clone(&set) };
        self.memory.fresh.entry(key).or_default().push(kept);
        set
    }

    /// Forgets what was not set since the call before the last, so that memory follows the report and not its history.
    pub fn turn(&mut self) {
        self.memory.kept = std::mem::take(&mut self.memory.fresh);
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
        let mut filled = self.fill(&Tied::new(&words, &ends, &ties), &text.spans, width);
        if let Some(place) = ties::short_end(filled.count(), filled.last_text(), &words, &ties, width) {
            let mut more = ties.clone();
            more.push(place);
            more.sort_unstable();
            let again = self.fill(&Tied::new(&words, &ends, &more), &text.spans, width);
            if again.count() == filled.count() {
                (filled, ties) = (again, more);
            }
        }
        Paragraph { lines: self.lines(&filled, &words.into(), &text.spans, &ties), missing }
    }

    fn fill(&mut self, tied: &Tied, spans: &[Span], width: Option<f32>) -> Filled {
        match self.plain.shape(tied, spans) {
            Some(galley) => {
                let lines = galley.break_lines(width);
                Filled::Plain(galley, lines)
            }
            None => Filled::Any(Box::new(self.any.get_or_insert_default().fill(tied, spans, width))),
        }
    }

    fn lines(&mut self, filled: &Filled, words: &Arc<str>, spans: &[Span], ties: &[usize]) -> Vec<Line> {
        match filled {
            Filled::Plain(galley, lines) => galley.lines(lines, words, spans, ties),
            Filled::Any(layout) => self.any.get_or_insert_default().lines(layout, words, spans, ties),
        }
    }
}

/// Words in lines, not yet led back to the author's words.
enum Filled {
    /// Plain text, and where its lines begin and end.
    Plain(Galley, Vec<Range<usize>>),
    /// Any text.
    Any(Box<Layout<u16>>),
}

impl Filled {
    fn count(&self) -> usize {
        match self {
            Self::Plain(_, lines) => lines.len(),
            Self::Any(layout) => layout.len(),
        }
    }

    /// The bytes of the last line in the tied text.
    fn last_text(&self) -> Range<usize> {
        match self {
            Self::Plain(galley, lines) => lines.last().map_or(0..0, |line| galley.text_of(line)),
            Self::Any(layout) => any::last_text(layout),
        }
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
