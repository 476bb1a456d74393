//! The day that a text gives to those of its rows that state none. Always true: one day or none, by the strongest place that names exactly one:
//! what is said of all times, the heading of the timeline, the title, the file’s name, the line of the day, the words before the rows, the whole text.
//! Deliberately absent: choosing between two days, which is asked.

use crate::fields;
use crate::form::label_of;
use crate::piece::{Piece, Shape};
use crate::route::{Known, Routed, kind};
use crate::to::To;
use chrono::NaiveDate;
use report::mentions;
use report::moment::Given;
use report::template::SectionKind;
use std::collections::BTreeSet;

/// A day for rows that state none.
#[derive(Clone, Debug, Eq, PartialEq)]
pub(crate) struct Ruling {
    pub day: NaiveDate,
    /// Where it stands, in words.
    pub from: String,
    /// Whether the text says so of all rows: a row with another day then keeps it to itself.
    pub of_all: bool,
}

/// Labels of the day of an incident, in English; other languages name theirs in their data.
const LABELS: [&str; 12] = [
    "date",
    "day",
    "when",
    "incident date",
    "date of incident",
    "date of the incident",
    "day of the incident",
    "incident day",
    "outage date",
    "date of outage",
    "event date",
    "date of occurrence",
];
/// Answers of forms that say on which day the incident was.
const FIELDS: [&str; 6] = ["incident_date", "date", "began", "began_at", "impact_start", "interruption_start"];
/// What a text says of all that follows, in English.
const OF_ALL: [&str; 9] =
    ["unless", "otherwise", "all times", "times are", "all events", "all on ", "everything", "all of this happened", "all entries"];
/// Days on which a text was written, and none that it tells of.
const WRITTEN: [&str; 10] = [
    "last modified",
    "last updated",
    "created by",
    "published",
    "posted on",
    "written on",
    "written by",
    "reported by",
    "reviewed",
    "version",
];
/// What a page calls the day on which it was written.
const PUBLISHED: [&str; 9] = ["date", "published", "pubdate", "publishdate", "created", "updated", "lastmod", "modified", "last_modified"];

/// The day that rules rows without one.
pub(crate) fn ruling(pieces: &[Piece], routed: &Routed, known: &Known<'_>, file: Option<&str>) -> Option<Ruling> {
    let text = Text { pieces, routed, known };
    let found = |day: Option<NaiveDate>, from: &str, of_all| day.map(|day| Ruling { day, from: from.to_owned(), of_all });
    found(text.of_all(), "as the text says of its times", true)
        .or_else(|| found(text.headed(), "the heading of the timeline", true))
        .or_else(|| found(text.only(|at| matches!(routed.to[at], To::Title)), "the title", false))
        .or_else(|| found(file.and_then(|name| only(days(name, known.given))), "the name of the file", false))
        .or_else(|| text.labelled().map(|(day, label)| Ruling { day, from: label, of_all: false }))
        .or_else(|| found(text.before_rows(), "the only day named before the rows", false))
        .or_else(|| found(text.only(|at| text.tells(at)), "the only day named in the text", false))
        .or_else(|| found(text.only(|at| text.is_published(at)), "the day of the page", false))
}

struct Text<'a> {
    pieces: &'a [Piece],
    routed: &'a Routed,
    known: &'a Known<'a>,
}

impl Text<'_> {
    /// A sentence that says of all times on which day they are: "Unless noted otherwise, everything below was on 5 March 2025."
    fn of_all(&self) -> Option<NaiveDate> {
        let says = |text: &str| {
            let lower = text.to_lowercase();
            let others = report::languages::all().iter().flat_map(|language| &language.all_times).map(String::as_str);
            OF_ALL.into_iter().map(str::to_owned).chain(others.map(str::to_lowercase)).any(|words| lower.contains(&words))
        };
        (0..self.pieces.len()).filter(|at| self.tells(*at) && !matches!(self.routed.to[*at], To::Timeline)).find_map(|at| {
            let text = self.pieces[at].text();
            only(days(&text, self.known.given)).filter(|_| says(&text))
        })
    }

    /// "Timeline of 5 March 2025".
    fn headed(&self) -> Option<NaiveDate> {
        let timelines = self.routed.slots.iter().filter(|slot| kind(slot, self.known.form.template) == SectionKind::Timeline);
        only(timelines.flat_map(|slot| days(&slot.heading, self.known.given)))
    }

    /// "Date of incident: 5 March 2025", with the label.
    fn labelled(&self) -> Option<(NaiveDate, String)> {
        (0..self.pieces.len()).find_map(|at| {
            if !self.tells(at) || matches!(self.routed.to[at], To::Timeline) {
                return None;
            }
            let label = label_of(&self.pieces[at])?;
            let lower = label.to_lowercase();
            let field = match &self.routed.to[at] {
                To::Field { key } if FIELDS.contains(&key.as_str()) => self.known.form.template.field(key),
                _ => None,
            };
            let fits = field.is_some() || LABELS.contains(&lower.as_str()) || is_day_in_another_language(&lower);
            let value = fields::value_of(&self.pieces[at]).filter(|_| fits)?;
            let label = field.map_or(label, |field| field.label.clone());
            only(days(&value, self.known.given)).map(|day| (day, label))
        })
    }

    /// The one day named before the first row, outside the lines about the text itself.
    fn before_rows(&self) -> Option<NaiveDate> {
        let first = self.routed.to.iter().position(|to| matches!(to, To::Timeline))?;
        self.only(|at| at < first && self.tells(at))
    }

    fn only(&self, fits: impl Fn(usize) -> bool) -> Option<NaiveDate> {
        let texts = (0..self.pieces.len()).filter(|at| fits(*at)).map(|at| self.pieces[at].text());
        only(texts.flat_map(|text| days(&text, self.known.given)))
    }

    /// Whether a piece tells of the incident, and not of what is to be done, of other incidents or of the text.
    fn tells(&self, at: usize) -> bool {
        let to = &self.routed.to[at];
        let elsewhere = matches!(to, To::Dropped { .. } | To::Action | To::Linked | To::Lesson { .. } | To::Letter { .. });
        let lower = || self.pieces[at].text().to_lowercase();
        let is_shown = !matches!(self.pieces[at].shape, Shape::Code | Shape::Edge);
        let of_the_text = || self.is_published(at) || is_byline(&self.pieces[at]) || WRITTEN.iter().any(|words| lower().contains(words));
        !elsewhere && is_shown && !of_the_text()
    }

    /// Whether a piece says when the text was written: a page's own date, or the day on which a mail was sent.
    fn is_published(&self, at: usize) -> bool {
        const SENT: [&str; 6] = ["date", "sent", "gesendet", "datum", "envoyé", "fecha"];
        let is_mail = || self.pieces.iter().filter_map(label_of).any(|label| label.eq_ignore_ascii_case("from"));
        match &self.pieces[at].shape {
            Shape::Named(name) => PUBLISHED.contains(&name.to_lowercase().as_str()),
            Shape::Text => label_of(&self.pieces[at]).is_some_and(|label| SENT.contains(&label.to_lowercase().as_str())) && is_mail(),
            _ => false,
        }
    }
}

/// "By Mira Holt, 3 July 2025".
fn is_byline(piece: &Piece) -> bool {
    let text = piece.text();
    let after = text.trim().strip_prefix("By ").or_else(|| text.trim().strip_prefix("Von ")).or_else(|| text.trim().strip_prefix("Par "));
    text.len() <= 80 && !text.trim_end().ends_with('.') && after.is_some_and(|after| after.starts_with(char::is_uppercase))
}

fn is_day_in_another_language(label: &str) -> bool {
    let labels =
        report::languages::all().iter().flat_map(|language| language.heads.get("day").into_iter().flatten().chain(&language.incident_days));
    labels.into_iter().any(|known| known.to_lowercase() == label)
}

fn days(text: &str, given: Given) -> Vec<NaiveDate> {
    mentions::days(text).into_iter().filter_map(|day| day.date(given.order, given.year)).collect()
}

fn only(days: impl IntoIterator<Item = NaiveDate>) -> Option<NaiveDate> {
    let all: BTreeSet<NaiveDate> = days.into_iter().collect();
    if all.len() == 1 { all.first().copied() } else { None }
}
