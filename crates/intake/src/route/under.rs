//! What stands under a heading: rows, actions, lessons, pictures; and what another post of the same page says.

use super::{At, EARLIER_POST, LATER_POST, Router};
use crate::Slot;
use crate::columns;
use crate::lessons;
use crate::piece::Shape;
use crate::to::To;
use crate::told;
use report::template::SectionKind;

impl Router<'_> {
    /// Under a heading.
    pub(super) fn under(&mut self, at: usize, slot: usize) -> To {
        let piece = &self.pieces[at];
        let here = To::Section { slot: self.slots[slot].name.clone() };
        let kind = self.kind_of(slot);
        // What is to be done, was learnt, or happened elsewhere is no event, however it begins, unless a line of its own names the day of
        // what follows.
        let of_lists = matches!(kind, SectionKind::Actions | SectionKind::Lessons | SectionKind::LinkedIncidents)
            && !matches!(piece.shape, Shape::Entry { .. })
            && !self.among_rows();
        let is_head = piece.cells().is_some_and(|cells| columns::is_head(piece, &cells));
        if self.timed[at] && !matches!(piece.shape, Shape::Rule) && !of_lists {
            return if is_head { To::Form } else { To::Timeline };
        }
        if matches!(kind, SectionKind::Actions | SectionKind::Lessons) && piece.is_text() && told::is_marked(&piece.words.text()) {
            return To::Action;
        }
        match kind {
            SectionKind::Timeline if is_head => To::Form,
            SectionKind::Timeline => To::Timeline,
            // Under a heading of the author's own only a list is one of actions; its sentences stay sentences.
            SectionKind::Actions if self.slots[slot].key.is_none() && !matches!(piece.shape, Shape::Item { .. } | Shape::Row { .. }) => {
                here
            }
            SectionKind::Actions if matches!(piece.shape, Shape::Rule) => here,
            SectionKind::Actions => self.action(at, here),
            SectionKind::Lessons => self.lesson(at, here),
            SectionKind::LinkedIncidents => match piece.cells() {
                Some(cells) if columns::is_head(&self.pieces[at], &cells) => To::Form,
                Some(_) => To::Linked,
                None => here,
            },
            _ => here,
        }
    }

    pub(super) fn action(&self, at: usize, here: To) -> To {
        let piece = &self.pieces[at];
        match piece.cells() {
            Some(_) if self.other_tables[at] => here,
            Some(cells) if columns::is_head(piece, &cells) => To::Form,
            _ if is_caption(&piece.words.text()) => here,
            _ if matches!(piece.shape, Shape::Code | Shape::Quote | Shape::Heading(_)) => here,
            // "The following will be done:" leads to the list, it is no action.
            _ if piece.words.text().trim_end().ends_with(':') && matches!(piece.shape, Shape::Text) => here,
            _ => To::Action,
        }
    }

    pub(super) fn lesson(&mut self, at: usize, here: To) -> To {
        let piece = &self.pieces[at];
        if let Some((kind, _)) = lessons::marked(&piece.words.text()) {
            self.kind = None;
            return To::Lesson { kind };
        }
        let goes_on = match self.to.iter().rev().find(|to| !matches!(to, To::Dropped { .. })) {
            Some(To::Lesson { kind }) if matches!(piece.shape, Shape::Item { .. }) => Some(*kind),
            _ => None,
        };
        match self.kind.or(goes_on) {
            Some(kind) if piece.is_text() => To::Lesson { kind },
            _ => here,
        }
    }

    /// Whether the day of rows (a dated title is one), or a row, was read last.
    fn among_rows(&self) -> bool {
        let last = self.to.iter().rev().find(|to| !matches!(to, To::Dropped { .. } | To::Figure { .. }));
        matches!(last, Some(To::Title | To::Day | To::Timeline))
    }

    pub(super) fn picture(&mut self) -> To {
        let among_rows = self.to.iter().rev().find(|to| !matches!(to, To::Dropped { .. } | To::Figure { .. }));
        if let Some(To::Timeline) = among_rows
            && let Some(slot) = self.slots.iter().find(|slot| self.kind(slot) == SectionKind::Timeline)
        {
            return To::Figure { slot: slot.name.clone() };
        }
        match self.at {
            At::Slot(slot) => To::Figure { slot: self.slots[slot].name.clone() },
            _ => match self.opening_slot() {
                Some(slot) => To::Figure { slot },
                None => To::Tray,
            },
        }
    }

    /// What another post of the page says stands under a heading of its own, behind the report; a lone name waits.
    pub(super) fn other_post(&mut self, at: usize, text: &str) -> To {
        if !self.pieces[at].is_text() || crate::words::count(text) <= 3 {
            return To::Tray;
        }
        let (name, heading) = if at < self.post.start { EARLIER_POST } else { LATER_POST };
        if !self.slots.iter().any(|slot| slot.name == name) {
            self.slots.push(Slot { name: name.to_owned(), key: None, heading: heading.to_owned(), copy: 0, level: None });
        }
        To::Section { slot: name.to_owned() }
    }
}

/// "Table 1: counts per hour", "Abbildung 2".
fn is_caption(text: &str) -> bool {
    const NAMES: [&str; 10] = ["Table", "Figure", "Fig.", "Tabelle", "Abbildung", "Tableau", "Tabla", "Tabela", "Figura", "Tabel"];
    let numbered = |name: &&str| text.strip_prefix(*name).is_some_and(|rest| rest.trim_start().starts_with(|c: char| c.is_ascii_digit()));
    NAMES.iter().any(numbered)
}
