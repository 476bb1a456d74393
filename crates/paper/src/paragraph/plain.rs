//! Plain text set fast: each Latin word is shaped once in a face, and lines are made of what is known of it.
//! Always true: the glyphs are those that parley would set, to the bit, and lines may end where it would let them; whatever is not certain to be (another script, a
//! mark that combines, a character of another face, superior figures) is refused and left to parley.
//! Deliberately absent: a shaper and the rules of line breaking; harfrust and ICU4X know them, as they do for parley.

use std::{ops::Range, sync::Arc};

use hypher::Lang;
use icu_segmenter::{LineSegmenter, LineSegmenterBorrowed, options::LineBreakOptions};

use super::{
    Line, Piece,
    lines::{self, Kind, Measured, Need, Widths},
    places, trailing,
    vocabulary::Vocabulary,
};
use crate::{
    display::{Glyph, Run},
    face::{Face, Family, UNITS_PER_EM, Weight},
    text::{Span, Style},
    ties::{self, Tied},
};

/// Widths that were added up in another order differ by less than this, in points.
const ROUNDING: f32 = 0.01;
/// In a size above this, in points, no word is divided for the sake of a calm edge.
const LARGEST: f32 = 10.5;

/// Sets plain text, and remembers the words it has met.
pub struct PlainSetter {
    faces: [Option<Vocabulary>; Face::ALL.len()],
    breaks: LineSegmenterBorrowed<'static>,
}

/// Plain text whose glyphs and places to break are known.
pub struct Galley {
    letters: Vec<Letter>,
    /// By span, the hyphen that is drawn where a word is divided: its number in the font file and its width in points.
    hyphens: Vec<(u16, f32)>,
}

/// A glyph with what line breaking asks about it; a line feed has none.
struct Letter {
    id: Option<u16>,
    advance: f32,
    /// The bytes it stands for.
    text: Range<usize>,
    span: usize,
    face: Face,
    is_blank: bool,
    may_break_before: bool,
}

impl Default for PlainSetter {
    fn default() -> Self {
        Self { faces: [const { None }; Face::ALL.len()], breaks: LineSegmenter::new_for_non_complex_scripts(LineBreakOptions::default()) }
    }
}

impl PlainSetter {
    /// The glyphs of a text, or none where it is not plain.
    pub fn shape(&mut self, tied: &Tied, spans: &[Span]) -> Option<Galley> {
        let is_plain = tied.words.chars().all(is_plain) && spans.iter().all(|span| !span.style.superior);
        if tied.words.is_empty() || !is_plain {
            return None;
        }
        let mut letters = Vec::with_capacity(tied.words.len());
        let mut hyphens = Vec::with_capacity(spans.len());
        let (mut start, mut span) = (0, 0);
        // Spans of one face and size are shaped as one, as a word may begin in one and end in another.
        for alike in spans.chunk_by(|a, b| face(&a.style) == face(&b.style) && a.style.size == b.style.size) {
            span += alike.len();
            let end = tied.ends[span - 1];
            self.run(&tied.words, start..end, &alike[0].style, &mut letters)?;
            hyphens.resize(span, self.hyphen(&alike[0].style)?);
            start = end;
        }
        number_spans(&mut letters, &tied.ends);
        self.mark_breaks(&mut letters, &tied.words);
        Some(Galley { letters, hyphens })
    }

    /// Shapes one face's words, each with the space before it and in sight of the one after it: some faces kern with spaces.
    fn run(&mut self, words: &str, run: Range<usize>, style: &Style, letters: &mut Vec<Letter>) -> Option<()> {
        let face = face(style);
        let vocabulary = self.faces[face.number()].get_or_insert_with(|| Vocabulary::new(face));
        let scale = style.size / UNITS_PER_EM;
        let mut start = run.start;
        while start < run.end {
            let rest = &words[start..run.end];
            if rest.starts_with('\n') {
                letters.push(Letter::line_feed(start, face));
                start += 1;
                continue;
            }
            let mut edges = rest.char_indices().skip(1).filter(|(_, character)| is_edge(*character));
            let (length, seen) = match edges.next() {
                Some((at, '\n')) => (at, at),
                Some((at, edge)) => (at, at + edge.len_utf8()),
                None => (rest.len(), rest.len()),
            };
            let mut at = start;
            for shaped in vocabulary.word(&rest[..seen], length)? {
                let end = at + usize::from(shaped.bytes);
                letters.push(Letter {
                    id: Some(shaped.id),
                    advance: shaped.advance * scale,
                    text: at..end,
                    span: 0,
                    face,
                    is_blank: &words[at..end] == " ",
                    may_break_before: false,
                });
                at = end;
            }
            start += length;
        }
        Some(())
    }

    /// The number and the width of a hyphen.
    fn hyphen(&mut self, style: &Style) -> Option<(u16, f32)> {
        let face = face(style);
        let hyphen = self.faces[face.number()].get_or_insert_with(|| Vocabulary::new(face)).word("-", 1)?.first()?;
        Some((hyphen.id, hyphen.advance * style.size / UNITS_PER_EM))
    }

    /// Where a line may end (UAX #14), but for the line feeds, which end it anyway.
    fn mark_breaks(&self, letters: &mut [Letter], words: &str) {
        let mut breaks = self.breaks.segment_str(words).skip(1).peekable();
        let mut fed = false;
        for letter in letters {
            while breaks.next_if(|at| *at < letter.text.start).is_some() {}
            let here = breaks.peek() == Some(&letter.text.start);
            letter.may_break_before = here && !fed && letter.id.is_some();
            fed = letter.id.is_none();
        }
    }
}

impl Galley {
    /// Lines no wider than `width`, as calm as they can be had (`lines`); blanks at a line's end take no room.
    pub fn break_lines(&self, words: &str, spans: &[Span], language: Option<Lang>, width: Option<f32>) -> Vec<Measured> {
        let (edges, seen) = self.edges();
        let hyphen = |at: usize| self.hyphens[self.letters[at - 1].span].1;
        let widths = Widths { edges: &edges, seen: &seen, hyphen: &hyphen };
        let identifiers = places::identifiers(words);
        let mut lines = Vec::new();
        let mut start = 0;
        let feeds = self.letters.iter().enumerate().filter(|(_, letter)| letter.id.is_none()).map(|(at, _)| at);
        for end in feeds.chain([self.letters.len()]) {
            let first = self.places(start..end, |at| self.open(at, words, &identifiers));
            match width {
                Some(width) => {
                    let further = |need| self.further(start..end, (words, &identifiers), spans, language, need);
                    lines.extend(lines::best(start, &first, further, &widths, width + ROUNDING));
                }
                None => lines.push(Measured { glyphs: start..end, hyphenated: false }),
            }
            // The line feed belongs to the line it ends.
            if let Some(last) = lines.last_mut()
                && end < self.letters.len()
            {
                last.glyphs.end = end + 1;
            }
            start = end + 1;
        }
        lines
    }

    /// The left edge of each letter and the right edge of the last; and without the blanks before it.
    fn edges(&self) -> (Vec<f32>, Vec<f32>) {
        let (mut edges, mut seen) = (vec![0.0_f32], vec![0.0_f32]);
        for (at, letter) in self.letters.iter().enumerate() {
            let right = edges[at] + letter.advance;
            edges.push(right);
            seen.push(if letter.is_blank || letter.id.is_none() { seen[at] } else { right });
        }
        (edges, seen)
    }

    fn places(&self, within: Range<usize>, kind: impl Fn(usize) -> Option<Kind>) -> Vec<lines::Place> {
        let inner = within.start + 1..within.end.max(within.start + 1);
        let inner = inner.filter_map(|at| kind(at).map(|kind| lines::Place { at, kind }));
        inner.chain([lines::Place { at: within.end, kind: Kind::End }]).collect()
    }

    /// What kind of break Unicode allows before a letter, if it does.
    fn open(&self, at: usize, words: &str, identifiers: &[Range<usize>]) -> Option<Kind> {
        let letter = &self.letters[at];
        let before = &self.letters[at - 1];
        let is_in = |range: &Range<usize>| range.start < letter.text.start && letter.text.start < range.end;
        let kind = match &words[before.text.clone()] {
            _ if before.is_blank => Kind::Word,
            "-" if identifiers.iter().any(is_in) => Kind::Dash,
            _ => Kind::Token,
        };
        letter.may_break_before.then_some(kind)
    }

    /// The places between words, and those inside of words and tokens.
    fn further(
        &self,
        within: Range<usize>,
        (words, identifiers): (&str, &[Range<usize>]),
        spans: &[Span],
        language: Option<Lang>,
        need: Need,
    ) -> Vec<lines::Place> {
        let Some((first, last)) = self.letters[within.clone()].first().zip(self.letters[within.clone()].last()) else {
            return self.places(within, |_| None);
        };
        let (from, text) = (first.text.start, &words[first.text.start..last.text.end]);
        let (hyphens, cuts) = (places::hyphens(text, language), places::cuts(text));
        let is_among = |places: &[usize], letter: &Letter| places.binary_search(&(letter.text.start - from)).is_ok();
        self.places(within, |at| {
            let letter = &self.letters[at];
            let style = &spans[letter.span].style;
            // Heads and labels are read at a glance, and what was typed is read letter by letter.
            let is_calm = style.weight == Weight::Regular && style.size <= LARGEST;
            let is_prose = style.family != Family::Code && (is_calm || need == Need::Room);
            let inside = || is_among(&cuts, letter).then_some(Kind::Token);
            let divided = || (is_prose && is_among(&hyphens, letter)).then_some(Kind::Hyphen);
            self.open(at, words, identifiers).or_else(divided).or_else(inside)
        })
    }

    /// The bytes of a line in the tied text.
    #[cfg(test)]
    pub fn text_of(&self, line: &Measured) -> Range<usize> {
        match (self.letters[line.glyphs.clone()].first(), self.letters[line.glyphs.clone()].last()) {
            (Some(first), Some(last)) => first.text.start..last.text.end,
            _ => 0..0,
        }
    }

    /// The lines, with each glyph led back to the author's words.
    pub fn lines(&self, lines: &[Measured], words: &Arc<str>, spans: &[Span], ties: &[usize]) -> Vec<Line> {
        let mut author = ties::Untie::new(ties);
        lines.iter().map(|line| self.line(line, words, spans, &mut author)).collect()
    }

    fn line(&self, line: &Measured, words: &Arc<str>, spans: &[Span], author: &mut ties::Untie<'_>) -> Line {
        let mut pieces = Vec::new();
        let mut x = 0.0;
        let letters = self.letters[line.glyphs.clone()].iter().filter(|letter| letter.id.is_some());
        let letters: Vec<&Letter> = letters.collect();
        for alike in letters.chunk_by(|a, b| a.span == b.span) {
            let left = x;
            let glyph = |letter: &&Letter| {
                x += letter.advance;
                let text = author.at(letter.text.start)..author.at(letter.text.end);
                Glyph { id: letter.id.unwrap_or(0), advance: letter.advance, offset: (0.0, 0.0), text }
            };
            let mut glyphs: Vec<Glyph> = alike.iter().map(glyph).collect();
            let (span, face) = (alike[0].span, alike[0].face);
            let hyphenated = line.hyphenated && alike.last().map(|letter| letter.text.end) == letters.last().map(|letter| letter.text.end);
            if let Some(last) = glyphs.last().filter(|_| hyphenated) {
                let (id, advance) = self.hyphens[span];
                let behind = last.text.end..last.text.end;
                glyphs.push(Glyph { id, advance, offset: (0.0, 0.0), text: behind });
                x += advance;
            }
            let Style { size, colour, .. } = spans[span].style;
            let run = Run { face, size, colour, x: left, y: 0.0, glyphs: glyphs.into(), text: Arc::clone(words), hyphenated };
            pieces.push(Piece { span, run, width: x - left });
        }
        let width = x - trailing(&pieces);
        Line { pieces, width }
    }
}

impl Letter {
    fn line_feed(at: usize, face: Face) -> Self {
        Self { id: None, advance: 0.0, text: at..at + 1, span: 0, face, is_blank: false, may_break_before: false }
    }
}

fn face(style: &Style) -> Face {
    Face::of(style.family, style.weight, style.italic)
}

fn number_spans(letters: &mut [Letter], ends: &[usize]) {
    let mut span = 0;
    for letter in letters {
        while ends[span] <= letter.text.start {
            span += 1;
        }
        letter.span = span;
    }
}

/// Latin letters and the signs that go with them: written from left to right, each drawn by itself.
fn is_plain(character: char) -> bool {
    matches!(character, '\n' | ' '..='~' | '\u{A0}'..='\u{17F}' | '–' | '—' | '‘' | '’' | '‚' | '“' | '”' | '„' | '•' | '…' | '€' | '→' | '−')
        && !matches!(character, '©' | '\u{AD}' | '®')
}

/// What parts words, as far as the shape of their letters goes.
fn is_edge(character: char) -> bool {
    matches!(character, ' ' | '\u{A0}' | '\n')
}

#[cfg(test)]
mod tests;
