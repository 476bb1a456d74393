//! What names a place: labels with their values, headings, lozenges, and the days above rows.

use super::{At, Router};
use crate::Slot;
use crate::columns;
use crate::fields;
use crate::form::{Called, is_capitals, label_of, may_be_heading};
use crate::lessons;
use crate::piece::{Piece, Shape};
use crate::subject::{self, Subject};
use crate::to::{LessonRank, To};
use report::moment;
use report::template::{FieldType, SectionKind, SectionRule};
use report::timeline::Time;
use std::collections::BTreeSet;

impl Router<'_> {
    /// A label with its value, or a row that goes on with the one before.
    pub(super) fn field(&mut self, at: usize) -> Option<To> {
        let piece = &self.pieces[at];
        if let Shape::Row { cells, .. } = &piece.shape {
            let empty = cells.first().is_some_and(|cell| crate::piece::cell_text(cell).trim().is_empty());
            let (before, previous) = (self.to.last(), at.checked_sub(1).map(|at| &self.pieces[at].shape));
            if let (true, Some(To::Field { key }), Some(Shape::Row { .. })) = (empty, before, previous) {
                return Some(To::Field { key: key.clone() });
            }
        }
        // "Date | Event" over dated rows names their columns.
        if self.timed[at] && piece.cells().is_some_and(|cells| columns::is_head(piece, &cells)) {
            return None;
        }
        let label = label_of(piece)?;
        let form = self.known.form;
        // The day of a page's front matter is the page's, where the form tells that from the day of the incident.
        let of_the_page = || matches!(&piece.shape, Shape::Named(name) if name == "date").then(|| form.field("Published")).flatten();
        let field = of_the_page().or_else(|| form.field(&label)).or_else(|| {
            let value = fields::value_of(piece)?;
            self.in_opening(piece).then(|| form.field_meant(&label, &value).filter(|field| !self.labels.contains(&field.key)))?
        })?;
        let is_row = matches!(piece.shape, Shape::Row { .. } | Shape::Named(_));
        let many = matches!(field.kind, FieldType::LongText | FieldType::RichText);
        if !self.filled.insert(field.key.clone()) && !many {
            return Some(To::Tray);
        }
        if is_row && let At::Field(_) = self.at {
            self.at = At::Opening;
        }
        Some(To::Field { key: field.key.clone() })
    }

    pub(super) fn heading(&mut self, at: usize, text: &str) -> Option<To> {
        let piece = &self.pieces[at];
        if !may_be_heading(piece) {
            return None;
        }
        // "Reason for outage" at the head of the letter is the letter's name; further down it is a heading of it.
        let is_title = text.eq_ignore_ascii_case(&self.known.form.template.title);
        if is_title && matches!(self.at, At::Opening) && self.first_words(at) {
            return Some(To::Form);
        }
        if let Some(rule) = self.known.form.section(text) {
            if self.is_part_of_another(piece, rule) {
                return None;
            }
            return Some(self.enter(Some(rule), text, level(piece), at));
        }
        if self.known.form.is_own(text) && matches!(self.at, At::Opening) {
            return Some(To::Form);
        }
        if let Some(kind) = lessons::head(text)
            && let At::Slot(slot) = self.at
            && self.kind_of(slot) == SectionKind::Lessons
        {
            self.kind = Some(kind);
            return Some(To::Heading { slot: self.slots[slot].name.clone() });
        }
        let marked = matches!(piece.shape, Shape::Heading(_));
        if let Some(to) = self.heading_meant(at, text) {
            return Some(to);
        }
        if let Some(field) = self.known.form.field(text).filter(|_| marked) {
            self.at = At::Field(field.key.clone());
            self.filled.insert(field.key.clone());
            return Some(To::Field { key: field.key.clone() });
        }
        if !self.titled && matches!(self.at, At::Opening) && (marked || is_capitals(text)) && self.first_words(at) {
            self.titled = true;
            return Some(To::Title);
        }
        if moment::head(text, self.known.given).is_some() {
            return None;
        }
        let deeper = self.deeper_than(piece).is_some();
        let known_elsewhere = || piece.after_gap && Called::of(text).is_some_and(|called| called.is_of_any(self.known.forms));
        if deeper || !(marked || is_capitals(text) || known_elsewhere()) {
            return None;
        }
        Some(self.enter(None, text, level(piece), at))
    }

    /// "Details" under each of two headings is no text in two versions: the second is a part of the section it stands in.
    fn is_part_of_another(&self, piece: &Piece, rule: &SectionRule) -> bool {
        const LEAST: u8 = 3;
        let Some(own) = level(piece).filter(|level| *level >= LEAST) else { return false };
        let Some(known) = self.copies.get(&rule.key).filter(|known| known.headed) else { return false };
        let of_the_first = self.slots[known.last].level == Some(own);
        let higher_since = self.slots[known.last + 1..].iter().any(|slot| slot.level.is_some_and(|level| level < own));
        of_the_first && higher_since
    }

    /// A heading of other words than the form's, and of what stands alone beside any form.
    fn heading_meant(&mut self, at: usize, text: &str) -> Option<To> {
        let piece = &self.pieces[at];
        let lessons = lessons::head(text);
        let subject = lessons.map(|_| Subject::Lessons).or_else(|| subject::of(text));
        let alone = subject.is_some_and(Subject::stands_alone);
        if !self.shows_as_heading(at, text, alone) || self.belongs_above(piece, subject) {
            return None;
        }
        if let Some(kind) = lessons
            && let Some(rule) = self.known.form.section_about(Subject::Lessons)
        {
            return Some(self.enter_lessons(rule, kind, piece));
        }
        let meant = self.known.form.section_meant(text).filter(|rule| !self.named.contains(&rule.key));
        let Some(rule) = meant else {
            return alone.then(|| self.enter(None, text, level(piece), at));
        };
        // A second heading for the same section stands in it with its words.
        match self.copies.get(&rule.key).filter(|known| known.headed).map(|known| known.first) {
            Some(slot) => {
                self.kind = None;
                self.at = At::Slot(slot);
                Some(To::Section { slot: self.slots[slot].name.clone() })
            }
            None => Some(self.enter(Some(rule), text, level(piece), at)),
        }
    }

    /// Whether something shows that a line is a heading: a short line of plain text does not by itself, unless it is one word for word.
    fn shows_as_heading(&self, at: usize, text: &str, alone: bool) -> bool {
        let piece = &self.pieces[at];
        let marked = matches!(piece.shape, Shape::Heading(_)) || is_capitals(text) || text.ends_with(':');
        let short = piece.after_gap && crate::words::count(text) <= 5;
        let word_for_word = || alone && text.starts_with(char::is_uppercase) && !self.in_timeline() && self.next(at).is_some();
        marked || short || word_for_word()
    }

    /// Whether a heading is part of a section of the form by its level. Lists that a report keeps elsewhere are no part of its prose.
    fn belongs_above(&self, piece: &Piece, subject: Option<Subject>) -> bool {
        let Some(slot) = self.deeper_than(piece).filter(|slot| slot.key.is_some()) else { return false };
        let kept = matches!(subject, Some(Subject::Timeline | Subject::Actions | Subject::Lessons));
        !(kept && matches!(self.kind(slot), SectionKind::Prose | SectionKind::Causes))
    }

    /// Begins lessons of one kind, wherever in the text they stand. A form that keeps none as such has them as text, under their own words.
    fn enter_lessons(&mut self, rule: &SectionRule, kind: LessonRank, piece: &Piece) -> To {
        let slot = self.copies.get(&rule.key).map(|known| known.first).unwrap_or_else(|| {
            let (key, heading) = (rule.key.clone(), rule.heading.clone());
            self.add(Slot { name: key.clone(), key: Some(key), heading, copy: 0, level: level(piece) }, false)
        });
        (self.at, self.lent, self.kind) = (At::Slot(slot), None, Some(kind));
        let name = self.slots[slot].name.clone();
        if rule.kind == SectionKind::Lessons { To::Heading { slot: name } } else { To::Section { slot: name } }
    }

    /// The section that a heading stands under by its level.
    fn deeper_than(&self, piece: &Piece) -> Option<&Slot> {
        match (&self.at, level(piece)) {
            (At::Slot(slot), Some(level)) => Some(&self.slots[*slot]).filter(|slot| slot.level.is_some_and(|of| level > of)),
            _ => None,
        }
    }

    /// A heading of the author's own over rows that a report keeps elsewhere says no more once they stand there.
    pub(super) fn leave_heads_of_lists(&mut self) {
        let of_list = |slot: &Slot| slot.key.is_none() && self.kind(slot) != SectionKind::Prose;
        let with_text: BTreeSet<&str> = self
            .to
            .iter()
            .filter_map(|to| match to {
                To::Section { slot } | To::Figure { slot } => Some(slot.as_str()),
                _ => None,
            })
            .collect();
        let with_rows = crate::compare::with_rows(&self.to);
        let said = |slot: &&Slot| of_list(slot) && with_rows.contains(&slot.name) && !with_text.contains(slot.name.as_str());
        let said: BTreeSet<String> = self.slots.iter().filter(said).map(|slot| slot.name.clone()).collect();
        self.slots.retain(|slot| !said.contains(&slot.name));
        self.to.iter_mut().filter(|to| matches!(to, To::Heading { slot } if said.contains(slot))).for_each(|to| *to = To::Form);
    }

    /// Begins a section.
    pub(super) fn enter(&mut self, rule: Option<&SectionRule>, heading: &str, level: Option<u8>, at: usize) -> To {
        self.kind = None;
        self.lent = None;
        let key = rule.map(|rule| rule.key.clone());
        let heading = heading.trim().trim_end_matches(':').to_owned();
        // Text that stood in this section before its heading came is no other version of it.
        if let Some(known) = key.as_ref().and_then(|key| self.copies.get_mut(key)).filter(|known| !known.headed) {
            known.headed = true;
            let slot = &mut self.slots[known.last];
            (slot.heading, slot.level) = (heading, level);
            self.at = At::Slot(known.last);
            return To::Heading { slot: slot.name.clone() };
        }
        let copy = key.as_ref().and_then(|key| self.copies.get(key)).map_or(0, |known| known.count);
        let name = key.as_deref().map_or_else(|| format!("own:{at}"), |key| Slot::name_of(key, copy));
        let slot = self.add(Slot { name: name.clone(), key, heading, copy, level }, true);
        self.at = At::Slot(slot);
        To::Heading { slot: name }
    }

    /// "2020-11-18 Old sync" above a row with a time names the day of the rows, and the report if nothing has yet.
    pub(super) fn dated_title(&mut self, at: usize, text: &str) -> Option<To> {
        let piece = &self.pieces[at];
        if !(may_be_heading(piece)) || text.chars().count() > 90 {
            return None;
        }
        let head = moment::head(text, self.known.given)?;
        head.date?;
        if head.time != Time::None {
            return None;
        }
        let next = self.next(at).map(|next| &self.pieces[next]);
        let next_is_timed = next.is_some_and(|next| crate::timeline::has_time(next, self.known.given));
        if head.rest.trim().is_empty() {
            return (next_is_timed || self.in_timeline()).then_some(To::Day);
        }
        // Where the next row says its own day, this one is a row as well, and no heading of rows.
        let next_is_dated =
            || next.is_some_and(|next| moment::head(&next.words.text(), self.known.given).is_some_and(|head| head.date.is_some()));
        if !next_is_timed || (self.in_timeline() && next_is_dated()) {
            return None;
        }
        let named = std::mem::replace(&mut self.titled, true);
        Some(if named { To::Day } else { To::Title })
    }

    pub(super) fn in_timeline(&self) -> bool {
        matches!(self.at, At::Slot(slot) if self.kind_of(slot) == SectionKind::Timeline)
    }

    pub(super) fn next(&self, at: usize) -> Option<usize> {
        (at + 1..self.pieces.len()).find(|next| self.known.furniture.rules[*next].is_none())
    }

    /// A line that holds nothing but an answer of a choice ("Resolved"): what a page shows as a lozenge. The last one is the present one.
    pub(super) fn lozenge(&mut self, at: usize, text: &str) -> Option<To> {
        if !matches!(self.pieces[at].shape, Shape::Text) || text.len() > 60 {
            return None;
        }
        let fields = self.known.form.template.fields.iter().filter(|field| field.kind == FieldType::Choice);
        let mut fields = fields.filter(|field| field.vocabulary.iter().any(|choice| choice.label.eq_ignore_ascii_case(text)));
        let key = fields.next()?.key.clone();
        for before in self.unlabelled.remove(&key).unwrap_or_default() {
            self.to[before] = To::Tray;
        }
        let labelled = self.answered.contains(&key);
        self.filled.insert(key.clone());
        (!labelled).then_some(To::Field { key })
    }
}

/// The level at which the format sets a heading; plain text has none.
fn level(piece: &Piece) -> Option<u8> {
    match piece.shape {
        Shape::Heading(level) => Some(level),
        _ => None,
    }
}
