//! What stands before the first heading: title, frame of a letter, and the text that needs no heading.

use super::{At, Router};
use crate::Slot;
use crate::columns;
use crate::form::{Called, label_of, may_be_heading};
use crate::letter;
use crate::piece::{Piece, Shape};
use crate::subject;
use crate::to::{LetterPart, To};
use report::template::Frame;

/// Lines of the head of a mail, as mail programs show and copy them.
const MAIL: [&str; 22] = [
    "from",
    "to",
    "cc",
    "bcc",
    "date",
    "sent",
    "reply-to",
    "importance",
    "attachments",
    "von",
    "an",
    "gesendet",
    "datum",
    "de",
    "à",
    "envoyé",
    "para",
    "enviado",
    "fecha",
    "data",
    "cco",
    "anlagen",
];

/// Those that name who sent it, or to whom: without one a line is no mail's.
const SENDERS: [&str; 7] = ["from", "to", "von", "an", "de", "à", "para"];

/// Whether a line names the title: "Subject: Outage".
pub(crate) fn is_titled(piece: &Piece) -> bool {
    let value = || crate::fields::value_of(piece).is_some_and(|value| !value.is_empty());
    matches!(piece.shape, Shape::Text) && label_of(piece).is_some_and(|label| is_title_s_name(&label)) && value()
}

pub(crate) fn is_title_s_name(name: &str) -> bool {
    const NAMES: [&str; 15] = [
        "title",
        "subject",
        "titel",
        "titre",
        "betreff",
        "objet",
        "sujet",
        "asunto",
        "título",
        "assunto",
        "incident title",
        "incident name",
        "titolo",
        "oggetto",
        "onderwerp",
    ];
    let lower = name.trim().to_lowercase();
    NAMES.contains(&lower.as_str())
}

impl Router<'_> {
    /// Before the first heading.
    pub(super) fn opening(&mut self, at: usize, text: &str) -> To {
        if let Some(to) = self.opening_words(at, text) {
            return to;
        }
        if self.timed[at] {
            let piece = &self.pieces[at];
            let is_head = piece.cells().is_some_and(|cells| columns::is_head(piece, &cells));
            return if is_head { To::Form } else { To::Timeline };
        }
        if self.acted[at] {
            return self.action(at, To::Tray);
        }
        if matches!(self.pieces[at].shape, Shape::Rule) {
            return To::Form;
        }
        // A name of the source's with a value is no paragraph of the text.
        if matches!(self.pieces[at].shape, Shape::Named(_)) {
            return To::Tray;
        }
        match self.opening_slot() {
            // A word or two before the text begins ("on", a name) is no paragraph of it; a short sentence is, and so is a label with its value.
            Some(slot)
                if crate::words::count(text) > 3
                    || !self.pieces[at].after_gap
                    || text.ends_with(['.', '!', '?', ','])
                    || text.contains(": ")
                    || self.to.iter().any(|to| matches!(to, To::Section { .. })) =>
            {
                To::Section { slot }
            }
            _ => To::Tray,
        }
    }

    /// A value that its source names the title.
    pub(super) fn title_named(&mut self, at: usize) -> Option<To> {
        let piece = &self.pieces[at];
        let named = match &piece.shape {
            Shape::Named(name) => is_title_s_name(name),
            Shape::Text => matches!(self.at, At::Opening) && self.nothing_told(at) && is_titled(piece),
            _ => false,
        };
        let is_title = !self.titled && named;
        self.titled |= is_title;
        is_title.then_some(To::Title)
    }

    /// A line of the head of a letter that was copied out of a mail program ("From: Ana"): no words of the text, and no title.
    pub(super) fn mail_head(&self, at: usize) -> Option<To> {
        /// How far from such a line its subject stands.
        const NEAR: usize = 8;
        let is_head = |at: usize| {
            let label = matches!(self.pieces[at].shape, Shape::Text).then(|| label_of(&self.pieces[at])).flatten();
            label.is_some_and(|label| MAIL.iter().any(|known| label.eq_ignore_ascii_case(known)))
        };
        if !matches!(self.at, At::Opening) || !is_head(at) || !self.nothing_told(at) {
            return None;
        }
        let near = || at.saturating_sub(NEAR)..self.pieces.len().min(at + NEAR);
        let sent = |at: usize| {
            let label = matches!(self.pieces[at].shape, Shape::Text).then(|| label_of(&self.pieces[at])).flatten();
            label.is_some_and(|label| SENDERS.iter().any(|known| label.eq_ignore_ascii_case(known)))
        };
        (near().any(|near| is_titled(&self.pieces[near])) && near().any(sent)).then_some(To::Tray)
    }

    /// Whether nothing but a head stands before a piece.
    fn nothing_told(&self, at: usize) -> bool {
        self.to[..at].iter().all(|to| {
            matches!(to, To::Dropped { .. } | To::Form | To::Marking | To::Letter { .. } | To::Field { .. } | To::Tray | To::Title)
        })
    }

    /// Title, dateline, salutation.
    pub(super) fn opening_words(&mut self, at: usize, text: &str) -> Option<To> {
        if !matches!(self.at, At::Opening) || text.is_empty() {
            return None;
        }
        let template = self.known.form.template;
        if self.known.form.is_own(text) {
            return Some(To::Form);
        }
        if template.frame == Frame::Letter {
            if !self.to.iter().any(|to| matches!(to, To::Letter { part: LetterPart::Dateline }))
                && label_of(&self.pieces[at]).is_none()
                && letter::dateline(text, self.known.given).is_some()
            {
                return Some(To::Letter { part: LetterPart::Dateline });
            }
            if letter::is_salutation(text) {
                return Some(To::Letter { part: LetterPart::Salutation });
            }
        }
        if !self.titled
            && may_be_heading(&self.pieces[at])
            && self.first_words(at)
            && !self.timed[at]
            && !self.heads_a_part(at, text)
            && !self.is_one_of_labels(at)
        {
            self.titled = true;
            return Some(To::Title);
        }
        None
    }

    /// "Service: Ethernet" right above "Ticket: 88123" is one of several labels, and no title.
    fn is_one_of_labels(&self, at: usize) -> bool {
        let is_labelled =
            |at: usize| matches!(self.pieces[at].shape, Shape::Text) && crate::piece::is_labelled(&self.pieces[at].words.text());
        let label = label_of(&self.pieces[at]).unwrap_or_default().to_lowercase();
        // "Postmortem: seats sold twice" says what it is.
        let titles = self.known.forms.iter().flat_map(|form| form.template.titles.iter().chain([&form.template.title]));
        let is_kind = || titles.into_iter().any(|title| title.to_lowercase() == label);
        is_labelled(at) && self.next(at).is_some_and(|next| !self.pieces[next].after_gap && is_labelled(next)) && !is_kind()
    }

    /// Whether a heading is one of a part, and no title: a higher one was the form's name, and its words are those of a section of some form.
    fn heads_a_part(&self, at: usize, text: &str) -> bool {
        let level = |at: usize| match self.pieces[at].shape {
            Shape::Heading(level) => Some(level),
            _ => None,
        };
        let Some(own) = level(at) else { return false };
        let below = (0..at).any(|before| self.to[before] == To::Form && level(before).is_some_and(|above| above < own));
        below && (subject::of(text).is_some() || Called::of(text).is_some_and(|called| called.is_of_any(self.known.forms)))
    }

    /// Whether nothing of the text proper has been read yet.
    pub(super) fn first_words(&self, at: usize) -> bool {
        let said_before = |(to, piece): (&To, &Piece)| {
            // What a page says of itself stands before its words and is none of them.
            matches!(to, To::Dropped { .. } | To::Form | To::Marking | To::Letter { .. } | To::Field { .. })
                || matches!((to, &piece.shape), (To::Tray, Shape::Named(_)))
        };
        self.to[..at].iter().zip(self.pieces).all(said_before)
    }

    /// The section that text without a heading opens.
    pub(super) fn opening_slot(&mut self) -> Option<String> {
        let rule = self.known.form.opening()?;
        if !self.copies.contains_key(&rule.key) {
            self.add(Slot { name: rule.key.clone(), key: Some(rule.key.clone()), heading: String::new(), copy: 0, level: None }, false);
        }
        Some(rule.key.clone())
    }
}
