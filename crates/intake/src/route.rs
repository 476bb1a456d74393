//! From pieces to places: reads a text from top to bottom as its form would be read. Always true: every piece gets one place, in the order
//! of the source; nothing is decided here that a person cannot decide otherwise. Deliberately absent: building the report (see `build`).

mod footnotes;
mod headings;
mod labelled;
mod opening;
mod under;

pub(crate) use footnotes::without_marks;
pub(crate) use opening::{is_title_s_name, is_titled};

use crate::columns::Tables;
use crate::fields;
use crate::form::{Form, label_of, may_be_heading};
use crate::furniture::Furniture;
use crate::letter;
use crate::marking;
use crate::piece::{Piece, Shape};
use crate::references;
use crate::source::Change;
use crate::subject::{self, Subject};
use crate::to::{LessonRank, LetterPart, To};
use crate::{Choices, Side, Slot};
use report::Template;
use report::moment::Given;
use report::template::{Frame, SectionKind};
use std::collections::{BTreeMap, BTreeSet};

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
    /// Lines that name their section themselves ("Region: Central"), with that section.
    pub labelled: BTreeMap<usize, String>,
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
    let tables = Tables::of(pieces, known.given);
    let mut router = Router {
        pieces,
        known,
        to: Vec::with_capacity(pieces.len()),
        slots: Vec::new(),
        at: At::Opening,
        filled: BTreeSet::new(),
        references: BTreeSet::new(),
        titled: false,
        kind: None,
        timed: crate::timeline::timed_runs(pieces, known),
        acted: tables.iter_rows(pieces.len(), Tables::is_actions),
        other_tables: tables.iter_rows(pieces.len(), Tables::is_of_others),
        noted: BTreeMap::new(),
        post: main_post(pieces, known),
        named: named(pieces, known),
        labels: labels(pieces, known),
        labelled: BTreeMap::new(),
        copies: BTreeMap::new(),
        unlabelled: BTreeMap::new(),
        answered: BTreeSet::new(),
        lent: None,
    };
    for (at, piece) in pieces.iter().enumerate() {
        let to = router.place(at);
        if let To::Field { key } = &to {
            let said = fields::value_of(piece).unwrap_or_else(|| piece.words.text());
            router.references.extend(references::ticket(references::without_parting(&said)).map(|ticket| ticket.reference.to_owned()));
            match label_of(piece) {
                Some(_) => drop(router.answered.insert(key.clone())),
                None => router.unlabelled.entry(key.clone()).or_default().push(at),
            }
        }
        match (&to, &router.at) {
            (To::Section { slot }, _) => router.note(piece, slot),
            // Rows, actions and lessons have no notes of their own: theirs stand below them, in their section.
            (To::Timeline | To::Action | To::Lesson { .. }, At::Slot(slot)) => {
                let slot = router.slots[*slot].name.clone();
                router.note(piece, &slot);
            }
            _ => {}
        }
        router.to.push(to);
    }
    router.settle();
    Routed { to: router.to, slots: router.slots, labelled: router.labelled }
}

/// The sections that a text names in the form's own words: a heading of other words is then another one.
fn named(pieces: &[Piece], known: &Known<'_>) -> BTreeSet<String> {
    let heading = |(at, piece): (usize, &Piece)| (known.furniture.rules[at].is_none() && may_be_heading(piece)).then(|| piece.words.text());
    let found = pieces.iter().enumerate().filter_map(heading).filter_map(|text| known.form.section(&text));
    found.map(|rule| rule.key.clone()).collect()
}

/// The fields that a text labels in the form's own words: what only may be their answer is then something else.
fn labels(pieces: &[Piece], known: &Known<'_>) -> BTreeSet<String> {
    let kept = pieces.iter().enumerate().filter(|(at, _)| known.furniture.rules[*at].is_none());
    let found = kept.filter_map(|(_, piece)| known.form.field(&label_of(piece)?));
    found.map(|field| field.key.clone()).collect()
}

/// What a section holds: as the form says, or, under a heading of the author's own, what it is plainly about.
pub(crate) fn kind(slot: &Slot, template: &Template) -> SectionKind {
    match (slot.key.as_deref().and_then(|key| template.section(key)), subject::of(&slot.heading)) {
        (Some(rule), _) => rule.kind,
        (None, Some(Subject::Timeline)) => SectionKind::Timeline,
        (None, Some(Subject::Actions)) => SectionKind::Actions,
        (None, _) => SectionKind::Prose,
    }
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

/// The sections with one key, as they came up.
struct Copies {
    first: usize,
    last: usize,
    count: usize,
    /// Whether the last one has a heading of the text's.
    headed: bool,
}

struct Router<'a> {
    pieces: &'a [Piece],
    known: &'a Known<'a>,
    to: Vec<To>,
    slots: Vec<Slot>,
    at: At,
    filled: BTreeSet<String>,
    /// References that answer a field; the form prints them there.
    references: BTreeSet<String>,
    titled: bool,
    kind: Option<LessonRank>,
    timed: Vec<bool>,
    /// Which pieces are rows of a table of actions.
    acted: Vec<bool>,
    /// Which pieces are rows of a table that has nothing of actions.
    other_tables: Vec<bool>,
    /// The sections in which footnotes are referred to, by their marks.
    noted: BTreeMap<String, String>,
    post: std::ops::Range<usize>,
    named: BTreeSet<String>,
    labels: BTreeSet<String>,
    labelled: BTreeMap<usize, String>,
    copies: BTreeMap<String, Copies>,
    /// The pieces that answer a field without its label, and the fields that have a labelled answer.
    unlabelled: BTreeMap<String, Vec<usize>>,
    answered: BTreeSet<String>,
    /// Where the reader stood before a line that names its own section.
    lent: Option<At>,
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
        if let Some(to) = self.footnote(text) {
            return to;
        }
        self.give_back(at, text);
        if marking::is_marking(piece, text, self.known.form.template, self.is_last(at)) {
            return To::Marking;
        }
        if matches!(piece.shape, Shape::Edge) {
            return if self.known.form.is_own(text) { To::Form } else { To::Tray };
        }
        if !self.post.contains(&at) {
            return self.opening_words(at, text).unwrap_or_else(|| self.other_post(at, text));
        }
        if let Some(to) = self
            .title_named(at)
            .or_else(|| self.mail_head(at))
            .or_else(|| self.field(at))
            .or_else(|| self.ticket(at, text))
            .or_else(|| self.labelled(at))
        {
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
        // A form that is no letter has no place for its end; a thread goes on behind one.
        if letter::is_closing(text) && matches!(piece.shape, Shape::Text) && self.ends_soon(at) {
            self.at = At::Closing(u8::MAX);
            return To::Tray;
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

    /// Whether only a name, a role and an organisation can follow.
    fn ends_soon(&self, at: usize) -> bool {
        const LINES: usize = 4;
        (at + 1..self.pieces.len()).filter(|later| self.known.furniture.rules[*later].is_none()).take(LINES + 1).count() <= LINES
    }

    fn is_last(&self, at: usize) -> bool {
        (at + 1..self.pieces.len())
            .all(|later| self.known.furniture.rules[later].is_some() || matches!(self.pieces[later].shape, Shape::Rule | Shape::Edge))
    }

    /// Takes a section in.
    fn add(&mut self, slot: Slot, headed: bool) -> usize {
        let at = self.slots.len();
        if let Some(key) = slot.key.clone() {
            let known = self.copies.entry(key).or_insert(Copies { first: at, last: at, count: 0, headed });
            *known = Copies { first: known.first, last: at, count: known.count + 1, headed };
        }
        self.slots.push(slot);
        at
    }

    fn kind_of(&self, slot: usize) -> SectionKind {
        self.kind(&self.slots[slot])
    }

    fn kind(&self, slot: &Slot) -> SectionKind {
        kind(slot, self.known.form.template)
    }

    /// What can only be said once the whole text has been read.
    fn settle(&mut self) {
        crate::timeline::settle(self.pieces, &mut self.to, &self.slots, self.known);
        crate::cues::settle(self.pieces, &mut self.to, &mut self.slots, self.known);
        self.leave_heads_of_lists();
        crate::compare::join_empty(&mut self.to, &mut self.slots);
        crate::compare::settle(&mut self.to, &self.slots, self.known.choices.versions);
        for moved in &self.known.choices.moved {
            if let Some(at) = self.pieces.iter().position(|piece| piece.block == moved.block && piece.line == moved.line) {
                self.to[at] = moved.to.clone();
            }
        }
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
