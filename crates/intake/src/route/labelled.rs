//! Lines that say by their first words where they belong: "Region: Central", "INC000000912044", "Linked: INC000000911002". Always true: such
//! a line is one of the opening, of a heading of the author's own, or of a paragraph beside it; the form's own sections keep their sentences.

use super::{At, Router};
use crate::form::label_of;
use crate::piece::{Piece, Shape};
use crate::references;
use crate::to::To;
use crate::{Slot, fields};
use report::template::SectionKind;

impl Router<'_> {
    /// Whether labels of other words than the form's are looked for here.
    pub(super) fn in_opening(&self, piece: &Piece) -> bool {
        match (&self.at, &self.lent) {
            (At::Opening | At::Field(_), _) | (_, Some(_)) => true,
            (At::Slot(slot), None) => self.slots[*slot].key.is_none() && self.kind_of(*slot) == SectionKind::Prose && !piece_is_item(piece),
            (At::Closing(_), None) => false,
        }
    }

    /// A line that names the section it stands in, and has its words behind the name.
    pub(super) fn labelled(&mut self, at: usize) -> Option<To> {
        let piece = &self.pieces[at];
        let label = label_of(piece).filter(|label| label.chars().count() <= 60)?;
        if fields::value_of(piece).is_none_or(|value| value.is_empty()) || !(self.in_opening(piece) || self.in_prose(piece)) {
            return None;
        }
        let rule = self.known.form.section_meant(&label)?;
        if !matches!(rule.kind, SectionKind::Prose | SectionKind::Causes | SectionKind::LinkedIncidents) {
            return None;
        }
        let here = matches!(self.at, At::Slot(slot) if self.slots[slot].key.as_deref() == Some(&rule.key));
        if here && self.lent.is_none() {
            return None;
        }
        let slot = self.copies.get(&rule.key).map(|known| known.first).unwrap_or_else(|| {
            self.add(Slot { name: rule.key.clone(), key: Some(rule.key.clone()), heading: label, copy: 0, level: None }, false)
        });
        let before = std::mem::replace(&mut self.at, At::Slot(slot));
        self.lent.get_or_insert(before);
        let name = self.slots[slot].name.clone();
        self.labelled.insert(at, name.clone());
        Some(To::Section { slot: name })
    }

    /// Running text under a heading of the form: a label there needs the form's own words.
    fn in_prose(&self, piece: &Piece) -> bool {
        let At::Slot(slot) = self.at else { return false };
        let own_words = label_of(piece).is_some_and(|label| self.known.form.section(&label).is_some());
        self.kind_of(slot) == SectionKind::Prose && matches!(piece.shape, Shape::Text | Shape::Row { .. }) && own_words
    }

    /// After a line that names its own section only the rest of its sentence stands there too.
    pub(super) fn give_back(&mut self, at: usize, text: &str) {
        if self.lent.is_none() {
            return;
        }
        let piece = &self.pieces[at];
        let goes_on =
            piece.is_text() && !piece.after_gap && (text.starts_with(char::is_lowercase) || piece.indent > self.indent_of_label(at));
        if !goes_on && let Some(before) = self.lent.take() {
            self.at = before;
        }
    }

    fn indent_of_label(&self, at: usize) -> usize {
        self.labelled.range(..at).next_back().map_or(0, |(label, _)| self.pieces[*label].indent)
    }

    /// A line that is one reference, or a part of a line of several: the answer of the field whose letters it has, or a linked incident.
    pub(super) fn ticket(&mut self, at: usize, text: &str) -> Option<To> {
        let piece = &self.pieces[at];
        if !piece.is_text() || text.len() > 120 {
            return None;
        }
        let ticket = references::ticket(references::without_parting(text))?;
        let links = |slot: &usize| self.kind_of(*slot) == SectionKind::LinkedIncidents;
        let under_links = matches!(&self.at, At::Slot(slot) if links(slot));
        let has_links = self.known.form.template.has_kind(SectionKind::LinkedIncidents);
        let begins = self.begin_of_references(at);
        let with_the_last = begins < at && self.to.last() == Some(&To::Linked);
        let label = self.pieces[begins].words.text();
        let is_link = references::ticket(references::without_parting(&label)).is_some_and(|first| references::is_link(first.label));
        if under_links || with_the_last || is_link {
            return if has_links { Some(To::Linked) } else { self.beside_list() };
        }
        // A line of nothing but references says so wherever it stands; a single one in prose may be a part of it.
        let of_several = begins < at || references::is_parted(text);
        if !(self.in_opening(piece) || of_several) {
            return None;
        }
        let fields = &self.known.form.template.fields;
        let field = fields.iter().find(|field| references::fits(field, ticket.reference));
        match field {
            Some(field) if !self.filled.contains(&field.key) && !self.labels.contains(&field.key) => {
                self.filled.insert(field.key.clone());
                Some(To::Field { key: field.key.clone() })
            }
            _ if of_several && self.references.contains(ticket.reference) => Some(To::Form),
            _ if of_several && has_links && !self.in_opening(piece) => Some(To::Linked),
            // What is no answer goes where its line began.
            _ if begins < at => {
                self.to.last().filter(|to| matches!(to, To::Tray | To::Section { .. })).cloned().or_else(|| self.beside_list())
            }
            _ if !of_several || self.in_opening(piece) => None,
            _ => self.beside_list(),
        }
    }

    /// Under the heading of a list a line of references is none of its rows, and least of all several.
    fn beside_list(&self) -> Option<To> {
        let At::Slot(slot) = self.at else { return None };
        let list = matches!(self.kind_of(slot), SectionKind::Actions | SectionKind::Lessons | SectionKind::Timeline);
        list.then(|| To::Section { slot: self.slots[slot].name.clone() })
    }

    /// The piece that a line of references begins with.
    fn begin_of_references(&self, at: usize) -> usize {
        let goes_on = |at: &usize| {
            let before = &self.pieces[at - 1];
            before.block == self.pieces[*at].block && references::is_parted(&before.words.text())
        };
        at - (1..=at).rev().take_while(goes_on).count()
    }
}

fn piece_is_item(piece: &Piece) -> bool {
    matches!(piece.shape, Shape::Item { .. })
}
