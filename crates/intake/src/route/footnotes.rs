//! Footnotes: a note stands where it is referred to, wherever its own words stand in the source. Always true: a note is no action, no lesson and
//! no row; one that nothing in a section refers to waits.

use super::Router;
use crate::piece::Piece;
use crate::to::To;

/// How the readers write a reference to a note, and the beginning of the note itself.
const OPENS: &str = "[^";

/// Words without the marks of notes in them, and the marks: what is no prose has no place for a note.
pub(crate) fn without_marks(text: &str) -> (String, Vec<String>) {
    let (mut words, mut marks, mut rest) = (String::new(), Vec::new(), text);
    while let Some((before, after)) = rest.split_once(OPENS) {
        let Some((mark, behind)) = after.split_once(']').filter(|(mark, _)| !mark.contains(char::is_whitespace)) else { break };
        words.push_str(before);
        marks.push(format!("{OPENS}{mark}]"));
        rest = behind;
    }
    words.push_str(rest);
    (words.trim().to_owned(), marks)
}

impl Router<'_> {
    /// A note, by its mark at the beginning.
    pub(super) fn footnote(&self, text: &str) -> Option<To> {
        let (mark, note) = text.strip_prefix(OPENS)?.split_once("]:")?;
        if note.trim().is_empty() || mark.contains(char::is_whitespace) {
            return None;
        }
        Some(self.noted.get(mark).map_or(To::Tray, |slot| To::Section { slot: slot.clone() }))
    }

    /// Remembers the references of a piece that stands in a section.
    pub(super) fn note(&mut self, piece: &Piece, slot: &str) {
        let text = piece.text();
        for (at, _) in text.match_indices(OPENS) {
            if let Some((mark, _)) = text[at + OPENS.len()..].split_once(']') {
                self.noted.entry(mark.to_owned()).or_insert_with(|| slot.to_owned());
            }
        }
    }
}
