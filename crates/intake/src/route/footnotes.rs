//! Footnotes: a note stands where it is referred to, wherever its own words stand in the source. Always true: a note is no action, no lesson and
//! no row; one that nothing in a section refers to waits.

use super::{At, Router};
use crate::piece::Piece;
use crate::to::To;
use report::template::SectionKind;

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
    /// A note, by its mark at the beginning: `[^1]: …`, or, where no text is expected, `[1] …` after a `[1]` further up.
    pub(super) fn footnote(&self, text: &str) -> Option<To> {
        if let Some((mark, note)) = text.strip_prefix(OPENS).and_then(|text| text.split_once("]:")) {
            let is_note = !note.trim().is_empty() && !mark.contains(char::is_whitespace);
            return is_note.then(|| self.noted.get(mark).map_or(To::Tray, |slot| To::Section { slot: slot.clone() }));
        }
        let among_entries = matches!(self.at, At::Slot(slot) if self.kind_of(slot) != SectionKind::Prose);
        let (mark, note) = text.strip_prefix('[')?.split_once("] ")?;
        let slot = self.noted.get(&numbered(mark)?).filter(|_| among_entries && !note.trim().is_empty())?;
        Some(To::Section { slot: slot.clone() })
    }

    /// Remembers the references of a piece that stands in a section.
    pub(super) fn note(&mut self, piece: &Piece, slot: &str) {
        let text = piece.text();
        for (at, _) in text.match_indices('[') {
            let Some((mark, _)) = text[at + 1..].split_once(']') else { break };
            let name = mark.strip_prefix('^').map(str::to_owned).or_else(|| numbered(mark));
            if let Some(name) = name {
                self.noted.entry(name).or_insert_with(|| slot.to_owned());
            }
        }
    }
}

/// What a number in brackets is remembered as: no reader writes its marks so, and one may be a number as well.
fn numbered(mark: &str) -> Option<String> {
    let is_number = (1..=2).contains(&mark.len()) && mark.bytes().all(|byte| byte.is_ascii_digit());
    is_number.then(|| format!("[{mark}"))
}
