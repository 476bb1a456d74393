//! From pieces to places: reads a text from top to bottom as its form would be read. Always true: every piece gets one place, in the order
//! of the source; nothing is decided here that a person cannot decide otherwise. Deliberately absent: building the report (see `build`).

use crate::columns;
use crate::form::{Form, is_capitals, label_of, may_be_heading};
use crate::furniture::Furniture;
use crate::lessons;
use crate::letter;
use crate::marking;
use crate::piece::{Piece, Shape};
use crate::source::Change;
use crate::to::{LessonRank, LetterPart, To};
use crate::{Choices, Side, Slot};
use report::moment::{self, Given};
use report::template::{FieldType, Frame, SectionKind, SectionRule};
use report::timeline::Time;
use std::collections::BTreeSet;

/// The sections of other posts of a page: name and heading.
const EARLIER_POST: (&str, &str) = ("own:earlier-post", "Earlier post");
const LATER_POST: (&str, &str) = ("own:later-post", "Later post");

/// Whether a section holds another post than the report's.
pub(crate) fn is_other_post(slot: &Slot) -> bool {
    [EARLIER_POST.0, LATER_POST.0].contains(&slot.name.as_str())
}

/// Where the pieces go, and the sections they go to.
pub(crate) struct Routed {
    /// For each piece its place.
    pub to: Vec<To>,
    /// Every section named, in the order of the text.
    pub slots: Vec<Slot>,
}

/// What is known before the pieces are read.
pub(crate) struct Known<'a> {
    pub form: &'a Form<'a>,
    /// Every form: a heading known to any of them is a heading.
    pub forms: &'a [Form<'a>],
    pub furniture: &'a Furniture,
    pub given: Given,
    pub choices: &'a Choices,
}

pub(crate) fn route(pieces: &[Piece], known: &Known<'_>) -> Routed {
    let mut router = Router {
        pieces,
        known,
        to: Vec::with_capacity(pieces.len()),
        slots: Vec::new(),
        at: At::Opening,
        filled: BTreeSet::new(),
        titled: false,
        kind: None,
        timed: crate::timeline::timed_runs(pieces, known),
        post: main_post(pieces, known),
    };
    for at in 0..pieces.len() {
        let to = router.place(at);
        router.to.push(to);
    }
    router.settle();
    Routed { to: router.to, slots: router.slots }
}

/// Where the reader stands.
#[derive(Clone, Debug, PartialEq)]
enum At {
    /// Before the first heading.
    Opening,
    /// Under a heading.
    Slot(usize),
    /// Under a label that stands as a heading.
    Field(String),
    /// After the closing words of a letter.
    Closing(u8),
}

struct Router<'a> {
    pieces: &'a [Piece],
    known: &'a Known<'a>,
    to: Vec<To>,
    slots: Vec<Slot>,
    at: At,
    filled: BTreeSet<String>,
    titled: bool,
    kind: Option<LessonRank>,
    timed: Vec<bool>,
    post: std::ops::Range<usize>,
}

impl Router<'_> {
    fn place(&mut self, at: usize) -> To {
        let piece = &self.pieces[at];
        if let Some(rule) = self.known.furniture.rules[at] {
            return To::Dropped { rule: rule.to_owned() };
        }
        if self.removed(piece) {
            return To::Tray;
        }
        if self.known.furniture.pictures[at] > 0 || matches!(piece.shape, Shape::Picture { .. }) {
            return self.picture();
        }
        let text = piece.words.text();
        let text = text.trim();
        if marking::is_marking(piece, text, self.known.form.template, self.is_last(at)) {
            return To::Marking;
        }
        if matches!(piece.shape, Shape::Edge) {
            return if self.known.form.is_own(text) { To::Form } else { To::Tray };
        }
        if !self.post.contains(&at) {
            return self.opening_words(at, text).unwrap_or_else(|| self.other_post(at, text));
        }
        if let Some(to) = self.field(at) {
            return to;
        }
        if let Some(to) = self.lozenge(at, text).or_else(|| self.heading(at, text)) {
            return to;
        }
        if let Some(to) = self.dated_title(at, text) {
            return to;
        }
        if letter::is_closing(text) && self.known.form.template.frame == Frame::Letter {
            self.at = At::Closing(0);
            return To::Letter { part: LetterPart::Closing };
        }
        match self.at.clone() {
            At::Opening => self.opening(at, text),
            At::Slot(slot) => self.under(at, slot),
            At::Field(key) => To::Field { key },
            At::Closing(lines) if lines < 3 && text.chars().count() <= 60 => {
                self.at = At::Closing(lines + 1);
                To::Signatory
            }
            At::Closing(_) => To::Tray,
        }
    }

    /// Whether a person said that only one version counts, and this piece is wholly of the other.
    fn removed(&self, piece: &Piece) -> bool {
        let gone = match self.known.choices.changes {
            Some(Side::Later) | None => Change::Removed,
            Some(Side::Earlier) => Change::Added,
            Some(Side::Both) => return false,
        };
        let said = piece.words.runs.iter().filter(|run| !run.text.trim().is_empty());
        let mut any = false;
        for run in said {
            any = true;
            if run.change != Some(gone) {
                return false;
            }
        }
        any
    }

    fn picture(&mut self) -> To {
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

    fn is_last(&self, at: usize) -> bool {
        (at + 1..self.pieces.len())
            .all(|later| self.known.furniture.rules[later].is_some() || matches!(self.pieces[later].shape, Shape::Rule | Shape::Edge))
    }

    /// What another post of the page says stands under a heading of its own, behind the report; a lone name waits.
    fn other_post(&mut self, at: usize, text: &str) -> To {
        if !self.pieces[at].is_text() || crate::words::count(text) <= 3 {
            return To::Tray;
        }
        let (name, heading) = if at < self.post.start { EARLIER_POST } else { LATER_POST };
        if !self.slots.iter().any(|slot| slot.name == name) {
            self.slots.push(Slot { name: name.to_owned(), key: None, heading: heading.to_owned(), copy: 0, level: None });
        }
        To::Section { slot: name.to_owned() }
    }

    /// A label with its value, or a row that goes on with the one before.
    fn field(&mut self, at: usize) -> Option<To> {
        let piece = &self.pieces[at];
        if let Shape::Row { cells, .. } = &piece.shape {
            let empty = cells.first().is_some_and(|cell| crate::piece::cell_text(cell).trim().is_empty());
            let (before, previous) = (self.to.last(), at.checked_sub(1).map(|at| &self.pieces[at].shape));
            if let (true, Some(To::Field { key }), Some(Shape::Row { .. })) = (empty, before, previous) {
                return Some(To::Field { key: key.clone() });
            }
        }
        let label = label_of(piece)?;
        let field = self.known.form.field(&label)?;
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

    fn heading(&mut self, at: usize, text: &str) -> Option<To> {
        let piece = &self.pieces[at];
        if !may_be_heading(piece) {
            return None;
        }
        if let Some(rule) = self.known.form.section(text) {
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
        let deeper = match (self.at.clone(), level(piece)) {
            (At::Slot(slot), Some(level)) => self.slots[slot].level.is_some_and(|of| level > of),
            _ => false,
        };
        let known_elsewhere = self.known.forms.iter().any(|form| form.section(text).is_some()) && piece.after_gap;
        if deeper || !(marked || is_capitals(text) || known_elsewhere) {
            return None;
        }
        Some(self.enter(None, text, level(piece), at))
    }

    /// Begins a section.
    fn enter(&mut self, rule: Option<&SectionRule>, heading: &str, level: Option<u8>, at: usize) -> To {
        self.kind = None;
        let key = rule.map(|rule| rule.key.clone());
        let copies = self.slots.iter().filter(|slot| key.is_some() && slot.key == key).count();
        let name = key.as_deref().map_or_else(|| format!("own:{at}"), |key| Slot::name_of(key, copies));
        self.slots.push(Slot { name: name.clone(), key, heading: heading.trim().trim_end_matches(':').to_owned(), copy: copies, level });
        self.at = At::Slot(self.slots.len() - 1);
        To::Heading { slot: name }
    }

    /// "2020-11-18 Old sync" above a row with a time names the day of the rows, and the report if nothing has yet.
    fn dated_title(&mut self, at: usize, text: &str) -> Option<To> {
        let piece = &self.pieces[at];
        if !(may_be_heading(piece)) || text.chars().count() > 90 {
            return None;
        }
        let head = moment::head(text, self.known.given)?;
        head.date?;
        if head.time != Time::None {
            return None;
        }
        let next_is_timed = self.next(at).is_some_and(|next| crate::timeline::has_time(&self.pieces[next], self.known.given));
        if head.rest.trim().is_empty() {
            return (next_is_timed || self.in_timeline()).then_some(To::Day);
        }
        if !next_is_timed {
            return None;
        }
        let named = std::mem::replace(&mut self.titled, true);
        Some(if named { To::Day } else { To::Title })
    }

    fn in_timeline(&self) -> bool {
        matches!(self.at, At::Slot(slot) if self.kind_of(slot) == SectionKind::Timeline)
    }

    fn next(&self, at: usize) -> Option<usize> {
        (at + 1..self.pieces.len()).find(|next| self.known.furniture.rules[*next].is_none())
    }

    /// Before the first heading.
    fn opening(&mut self, at: usize, text: &str) -> To {
        if let Some(to) = self.opening_words(at, text) {
            return to;
        }
        if self.timed[at] {
            return To::Timeline;
        }
        if matches!(self.pieces[at].shape, Shape::Rule) {
            return To::Form;
        }
        match self.opening_slot() {
            // A word or two before the text begins ("on", a name) is no paragraph of it.
            Some(slot) if crate::words::count(text) > 3 || !self.pieces[at].after_gap => To::Section { slot },
            _ => To::Tray,
        }
    }

    /// Title, dateline, salutation.
    fn opening_words(&mut self, at: usize, text: &str) -> Option<To> {
        if !matches!(self.at, At::Opening) || text.is_empty() {
            return None;
        }
        let template = self.known.form.template;
        if self.known.form.is_own(text) {
            return Some(To::Form);
        }
        if template.frame == Frame::Letter {
            if !self.to.iter().any(|to| matches!(to, To::Letter { part: LetterPart::Dateline }))
                && letter::dateline(text, self.known.given).is_some()
            {
                return Some(To::Letter { part: LetterPart::Dateline });
            }
            if letter::is_salutation(text) {
                return Some(To::Letter { part: LetterPart::Salutation });
            }
        }
        if !self.titled && may_be_heading(&self.pieces[at]) && self.first_words(at) && !self.timed[at] {
            self.titled = true;
            return Some(To::Title);
        }
        None
    }

    /// Whether nothing of the text proper has been read yet.
    fn first_words(&self, at: usize) -> bool {
        self.to[..at].iter().all(|to| matches!(to, To::Dropped { .. } | To::Form | To::Marking | To::Letter { .. } | To::Field { .. }))
    }

    /// The section that text without a heading opens.
    fn opening_slot(&mut self) -> Option<String> {
        let rule = self.known.form.opening()?;
        if !self.slots.iter().any(|slot| slot.key.as_deref() == Some(&rule.key)) {
            let slot = Slot { name: rule.key.clone(), key: Some(rule.key.clone()), heading: String::new(), copy: 0, level: None };
            self.slots.push(slot);
        }
        Some(rule.key.clone())
    }

    fn kind_of(&self, slot: usize) -> SectionKind {
        self.kind(&self.slots[slot])
    }

    fn kind(&self, slot: &Slot) -> SectionKind {
        let key = slot.key.as_deref();
        key.and_then(|key| self.known.form.template.section(key)).map_or(SectionKind::Prose, |rule| rule.kind)
    }

    /// A line that holds nothing but an answer of a choice ("Resolved"): what a page shows as a lozenge. The last one is the present one.
    fn lozenge(&mut self, at: usize, text: &str) -> Option<To> {
        if !matches!(self.pieces[at].shape, Shape::Text) || text.len() > 60 {
            return None;
        }
        let fields = self.known.form.template.fields.iter().filter(|field| field.kind == FieldType::Choice);
        let mut fields = fields.filter(|field| field.vocabulary.iter().any(|choice| choice.label.eq_ignore_ascii_case(text)));
        let key = fields.next()?.key.clone();
        for (before, to) in self.to.iter_mut().enumerate() {
            if *to == (To::Field { key: key.clone() }) && label_of(&self.pieces[before]).is_none() {
                *to = To::Tray;
            }
        }
        let labelled = self.to.contains(&To::Field { key: key.clone() });
        self.filled.insert(key.clone());
        (!labelled).then_some(To::Field { key })
    }

    /// Under a heading.
    fn under(&mut self, at: usize, slot: usize) -> To {
        let piece = &self.pieces[at];
        let here = To::Section { slot: self.slots[slot].name.clone() };
        if self.timed[at] && !matches!(piece.shape, Shape::Rule) {
            return To::Timeline;
        }
        match self.kind_of(slot) {
            SectionKind::Timeline => To::Timeline,
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

    fn action(&self, at: usize, here: To) -> To {
        let piece = &self.pieces[at];
        match piece.cells() {
            Some(cells) if columns::is_head(piece, &cells) => To::Form,
            _ if matches!(piece.shape, Shape::Code | Shape::Quote | Shape::Heading(_)) => here,
            // "The following will be done:" leads to the list, it is no action.
            _ if piece.words.text().trim_end().ends_with(':') && matches!(piece.shape, Shape::Text) => here,
            _ => To::Action,
        }
    }

    fn lesson(&mut self, at: usize, here: To) -> To {
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

    /// What can only be said once the whole text has been read.
    fn settle(&mut self) {
        crate::timeline::settle(self.pieces, &mut self.to, &self.slots, self.known);
        crate::cues::settle(self.pieces, &mut self.to, &mut self.slots, self.known);
        crate::compare::join_empty(&mut self.to, &mut self.slots);
        crate::compare::settle(&mut self.to, &self.slots, self.known.choices.versions);
        for moved in &self.known.choices.moved {
            if let Some(at) = self.pieces.iter().position(|piece| piece.block == moved.block && piece.line == moved.line) {
                self.to[at] = moved.to.clone();
            }
        }
    }
}

/// The level at which the format sets a heading; plain text has none.
fn level(piece: &Piece) -> Option<u8> {
    match piece.shape {
        Shape::Heading(level) => Some(level),
        _ => None,
    }
}

/// Of the posts of a forum's page, the one that has the form's headings.
fn main_post(pieces: &[Piece], known: &Known<'_>) -> std::ops::Range<usize> {
    let mut starts = vec![0];
    starts.extend(known.furniture.posts.iter().map(|at| at + 1));
    starts.push(pieces.len());
    let posts = starts.windows(2).map(|pair| pair[0]..pair[1]);
    let headings = |post: &std::ops::Range<usize>| {
        post.clone().filter(|at| may_be_heading(&pieces[*at]) && known.form.section(&pieces[*at].words.text()).is_some()).count()
    };
    let scored: Vec<(usize, std::ops::Range<usize>)> = posts.map(|post| (headings(&post), post)).collect();
    match scored.iter().map(|(count, _)| *count).max() {
        // Without headings no post is more the report than another.
        Some(most) if most > 0 => scored.into_iter().find(|(count, _)| *count == most).map_or(0..pieces.len(), |(_, post)| post),
        _ => 0..pieces.len(),
    }
}
