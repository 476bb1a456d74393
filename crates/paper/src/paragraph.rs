//! Setting words into lines, over the bundled faces alone.
//! Always true: a paragraph is set once and remembered while it stays the same, and a line never ends in a lone short word
//! that could have taken its neighbour along.
//! Deliberately absent: page breaks and colours of anything but glyphs.

mod any;
mod lines;
mod places;
mod plain;
mod vocabulary;

use std::{
    collections::HashMap,
    hash::{DefaultHasher, Hash, Hasher},
    sync::Arc,
};

use hypher::Lang;

use self::{any::AnySetter, plain::PlainSetter};
use crate::{
    display::Run,
    glyphs::{Missing, settable},
    text::Text,
    ties::{self, Tied},
};

/// Sets paragraphs and remembers them.
#[derive(Default)]
pub struct Typesetter {
    plain: PlainSetter,
    /// Whose patterns divide words; none are divided without.
    language: Option<Lang>,
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

    /// Words are divided as this language (BCP 47) divides them from now on; those of a language without patterns stay whole.
    pub fn speak(&mut self, tag: &str) {
        let language = places::language(tag);
        if self.language != language {
            self.language = language;
            self.memory = Memory::default();
        }
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
        let tied = Tied::new(&words, &ends, &ties);
        if let Some(galley) = self.plain.shape(&tied, &text.spans) {
            let lines = galley.break_lines(&tied.words, &text.spans, self.language, width);
            return Paragraph { lines: galley.lines(&lines, &words.into(), &text.spans, &ties), missing };
        }
        let any = self.any.get_or_insert_default();
        let mut filled = any.fill(&tied, &text.spans, width);
        if let Some(place) = ties::short_end(filled.len(), any::last_text(&filled), &words, &ties, width) {
            let mut more = ties.clone();
            more.push(place);
            more.sort_unstable();
            let again = any.fill(&Tied::new(&words, &ends, &more), &text.spans, width);
            if again.len() == filled.len() {
                (filled, ties) = (again, more);
            }
        }
        Paragraph { lines: any.lines(&filled, &words.into(), &text.spans, &ties), missing }
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
    // A hyphen has no words of its own and is no blank.
    glyphs.take_while(|(words, _)| !words.is_empty() && words.trim().is_empty()).map(|(_, glyph)| glyph.advance).sum()
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
    fn long_german_words_are_divided_and_read_back_whole() {
        let words = "Die Wiederherstellungsmaßnahmen der Zahlungsverkehrsabwicklung wurden unverzüglich eingeleitet.";
        let mut setter = Typesetter::default();
        setter.speak("de");
        let set = setter.set(&Text::new(words, house::CELL.0, house::CELL.1), Some(90.0));
        assert!(set.lines.iter().all(|line| line.width <= 90.01));
        let hyphenated = set.lines.iter().filter(|line| line.pieces.last().is_some_and(|piece| piece.run.hyphenated)).count();
        assert!(hyphenated >= 2, "{hyphenated}");
        let glyphs = set.lines.iter().flat_map(|line| &line.pieces).flat_map(|p| p.run.glyphs.iter().map(|g| &p.run.text[g.text.clone()]));
        assert_eq!(glyphs.collect::<String>(), words);
    }

    #[test]
    fn no_hyphen_comes_into_a_host_a_hash_or_a_time() {
        for words in
            ["db-primary-07.eu-central.example.internal", "9f2c41d077ab03e59f2c41d077ab03e5", "https://status.example.com/incidents/14:03"]
        {
            let mut setter = Typesetter::default();
            setter.speak("en");
            let set = setter.set(&Text::new(words, house::CELL.0, house::CELL.1), Some(70.0));
            assert!(set.lines.len() > 1 && set.lines.iter().all(|line| line.pieces.iter().all(|piece| !piece.run.hyphenated)), "{words}");
        }
        assert_eq!(lines("db-primary-07.eu-central.example.internal", 120.0)[0], "db-primary-07.");
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
