//! What the walk does at each text: notes the hits, or writes others in their place. Always true: both count the hits alike, so that a hit
//! has the same number in both.

use super::matcher::Matcher;
use super::walk::{Spot, Visitor};
use super::{Found, Hit};
use crate::place::Place;
use crate::report::Report;
use crate::rich::Inline;
use std::ops::Range;

/// How much of the text beside a hit is shown, in characters.
const BESIDE: usize = 40;

/// Notes the hits.
pub(super) struct Looking<'a> {
    matcher: &'a Matcher,
    report: &'a Report,
    most: usize,
    pub found: Found,
}

impl<'a> Looking<'a> {
    pub fn new(matcher: &'a Matcher, report: &'a Report, most: usize) -> Self {
        Self { matcher, report, most, found: Found::default() }
    }

    fn note(&mut self, spot: &Spot, text: &str) {
        for span in self.matcher.spans(text) {
            let nth = self.found.total;
            self.found.total += 1;
            self.found.fixed += usize::from(spot.fixed);
            if nth < self.most {
                self.found.hits.push(self.hit(spot, text, &span, nth));
            }
        }
    }

    fn hit(&self, spot: &Spot, text: &str, span: &Range<usize>, nth: usize) -> Hit {
        Hit {
            place: spot.place.clone(),
            row: spot.row,
            words: words(&spot.place, spot.row, self.report),
            nth,
            before: tail(&text[..span.start]),
            found: text[span.clone()].to_owned(),
            after: head(&text[span.end..]),
            fixed: spot.fixed,
        }
    }
}

impl Visitor for Looking<'_> {
    fn plain(&mut self, spot: &Spot, text: &mut String) {
        self.note(spot, text);
    }

    fn rich(&mut self, spot: &Spot, pieces: &mut Vec<Inline>) {
        for stretch in stretches(pieces) {
            let text = joined(&pieces[stretch]);
            self.note(spot, &text);
        }
    }
}

/// Writes others in their place.
pub(super) struct Replacing<'a> {
    matcher: &'a Matcher,
    with: &'a str,
    /// The only one meant; none means all.
    only: Option<usize>,
    seen: usize,
}

impl<'a> Replacing<'a> {
    pub fn new(matcher: &'a Matcher, with: &'a str, only: Option<usize>) -> Self {
        Self { matcher, with, only, seen: 0 }
    }

    /// The spans that are meant, the last first, so that what comes before keeps its place.
    fn meant(&mut self, spot: &Spot, text: &str) -> Vec<Range<usize>> {
        let first = self.seen;
        let spans = self.matcher.spans(text);
        self.seen += spans.len();
        let meant = spans.into_iter().enumerate().filter(|(n, _)| !spot.fixed && self.only.is_none_or(|only| only == first + n));
        let mut meant: Vec<_> = meant.map(|(_, span)| span).collect();
        meant.reverse();
        meant
    }
}

impl Visitor for Replacing<'_> {
    fn plain(&mut self, spot: &Spot, text: &mut String) {
        for span in self.meant(spot, text) {
            text.replace_range(span, self.with);
        }
    }

    fn rich(&mut self, spot: &Spot, pieces: &mut Vec<Inline>) {
        for stretch in stretches(pieces) {
            let text = joined(&pieces[stretch.clone()]);
            for span in self.meant(spot, &text) {
                splice(&mut pieces[stretch.clone()], &span, self.with);
            }
        }
        pieces.retain(|piece| !matches!(piece, Inline::Text { text, .. } if text.is_empty()));
    }
}

/// The runs of words between facts and new lines: words are found across bold and plain, but never across what is no word.
fn stretches(pieces: &[Inline]) -> Vec<Range<usize>> {
    let mut stretches: Vec<Range<usize>> = Vec::new();
    for (at, piece) in pieces.iter().enumerate() {
        match (piece, stretches.last_mut()) {
            (Inline::Text { .. }, Some(last)) if last.end == at => last.end = at + 1,
            (Inline::Text { .. }, _) => stretches.push(at..at + 1),
            _ => {}
        }
    }
    stretches
}

fn joined(pieces: &[Inline]) -> String {
    pieces.iter().map(words_of).collect()
}

fn words_of(piece: &Inline) -> &str {
    if let Inline::Text { text, .. } = piece { text } else { "" }
}

/// Puts `with` where the span begins, set as the words there are, and takes the rest of the span out.
fn splice(pieces: &mut [Inline], span: &Range<usize>, with: &str) {
    let mut end = pieces.iter().map(|piece| words_of(piece).len()).sum::<usize>();
    for piece in pieces.iter_mut().rev() {
        let Inline::Text { text, .. } = piece else { continue };
        let start = end - text.len();
        let (from, to) = (span.start.max(start), span.end.min(end));
        end = start;
        if from < to {
            text.replace_range(from - start..to - start, if from == span.start { with } else { "" });
        }
    }
}

fn words(place: &Place, row: Option<usize>, report: &Report) -> String {
    let words = place.words(report);
    match (place, row) {
        // People, classes and the reasons kept with findings have no place of their own to be shown at.
        (Place::Report, Some(_)) => "Beside the form".to_owned(),
        (Place::Report, None) => "Title".to_owned(),
        (_, Some(row)) => format!("{words}, row {}", row + 1),
        (_, None) => words,
    }
}

fn tail(text: &str) -> String {
    let line = text.rsplit('\n').next().unwrap_or_default();
    let mut from = line.char_indices().rev().nth(BESIDE - 1).map_or(0, |(at, _)| at);
    if from > 0 {
        // A word that is cut in two is left out.
        from = line[from..].find(' ').map_or(from, |space| from + space + 1);
        return format!("…{}", &line[from..]);
    }
    line.to_owned()
}

fn head(text: &str) -> String {
    let line = text.split('\n').next().unwrap_or_default();
    match line.char_indices().nth(BESIDE) {
        Some((to, _)) => format!("{}…", line[..to].rsplit_once(' ').map_or(&line[..to], |(whole, _)| whole)),
        None => line.to_owned(),
    }
}
