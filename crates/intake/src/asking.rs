//! What a text leaves open: the questions with their answers, and what is taken for granted until somebody answers. Always true: every
//! answer offered is one of the choices, and an assumption says in one sentence what was taken and why.

use crate::build::Built;
use crate::choices::{Choices, Question, QuestionKind, QuestionOption, Side};
use crate::days::Days;
use crate::piece::Piece;
use crate::route::Routed;
use crate::source::Change;
use crate::{compare, words};
use chrono::NaiveDate;
use report::moment::Given;
use report::papers::Assumption;
use report::when::DateOrder;

/// Words that the source marks as added or removed.
#[derive(Debug, Default)]
pub(crate) struct ChangedWords {
    added: usize,
    removed: usize,
}

impl ChangedWords {
    pub fn of(pieces: &[Piece]) -> Self {
        let mut changed = Self::default();
        for run in pieces.iter().flat_map(|piece| &piece.words.runs) {
            match run.change {
                Some(Change::Added) => changed.added += words::count(&run.text),
                Some(Change::Removed) => changed.removed += words::count(&run.text),
                None => {}
            }
        }
        changed
    }

    fn any(&self) -> bool {
        self.added + self.removed > 0
    }
}

/// What the text leaves open, with the answers offered as of `today`.
pub(crate) fn questions(
    days: &Days,
    given: &Given,
    routed: &Routed,
    changed: &ChangedWords,
    choices: &Choices,
    today: NaiveDate,
) -> Vec<Question> {
    let mut questions = Vec::new();
    if days.asks_order() || choices.date_order.is_some() {
        let example = days.two_ways.first().cloned().unwrap_or_else(|| "02/06".to_owned());
        let option =
            |order, value: &str| QuestionOption { value: value.to_owned(), words: format!("{example} is {}", in_words(&example, order)) };
        questions.push(Question {
            about: QuestionKind::DateOrder,
            because: days.two_ways.clone(),
            options: vec![option(DateOrder::DayMonth, "day_month"), option(DateOrder::MonthDay, "month_day")],
            taken: if given.order == DateOrder::DayMonth { "day_month" } else { "month_day" }.to_owned(),
            answered: choices.date_order.is_some(),
        });
    }
    if days.asks_year() || choices.year.is_some() {
        let mut years = days.offered(today);
        years.extend(choices.year.filter(|year| !years.contains(year)));
        let mut options = vec![QuestionOption { value: String::new(), words: "Leave them without a year".to_owned() }];
        options.extend(years.iter().map(|year| QuestionOption { value: year.to_string(), words: year.to_string() }));
        questions.push(Question {
            about: QuestionKind::Year,
            because: days.yearless.clone(),
            options,
            taken: given.year.map(|year| year.to_string()).unwrap_or_default(),
            answered: choices.year.is_some(),
        });
    }
    let side = |value: &str, words: &str| QuestionOption { value: value.to_owned(), words: words.to_owned() };
    let value = |side: Side| match side {
        Side::Earlier => "earlier",
        Side::Later => "later",
        Side::Both => "both",
    };
    let twice = compare::twice(&routed.slots);
    if !twice.is_empty() {
        let heading = |key: &&str| routed.slots.iter().find(|slot| slot.key.as_deref() == Some(key)).map(|slot| slot.heading.clone());
        questions.push(Question {
            about: QuestionKind::Versions,
            because: twice.iter().filter_map(heading).collect(),
            options: vec![
                side("both", "Keep both, the earlier one first"),
                side("later", "Keep the later one; the earlier waits in the tray"),
                side("earlier", "Keep the earlier one; the later waits in the tray"),
            ],
            taken: value(choices.versions.unwrap_or(Side::Both)).to_owned(),
            answered: choices.versions.is_some(),
        });
    }
    if changed.any() {
        questions.push(Question {
            about: QuestionKind::Changes,
            because: vec![format!("{} words added, {} removed", changed.added, changed.removed)],
            options: vec![
                side("later", "Take the text as changed; what was removed waits in the tray"),
                side("earlier", "Take the text as it was; what was added waits in the tray"),
                side("both", "Keep both side by side"),
            ],
            taken: value(choices.changes.unwrap_or(Side::Later)).to_owned(),
            answered: choices.changes.is_some(),
        });
    }
    questions
}

/// "2 June 2020" for "02/06/2020" read in that order.
fn in_words(written: &str, order: DateOrder) -> String {
    if let Some(day) = report::when::date(written, order) {
        return report::when::date_words(day).replace('\u{a0}', " ");
    }
    let day = report::moment::day_and_month(written, order).and_then(|((month, day), _)| NaiveDate::from_ymd_opt(2024, month, day));
    day.map_or_else(|| written.to_owned(), |day| day.format("%-d %B").to_string())
}

/// Writes down what was taken for granted.
pub(crate) fn assume(built: &mut Built, days: &Days, given: &Given, routed: &Routed, changed: &ChangedWords, choices: &Choices) {
    let mut say = |about: &str, words: String| built.report.assumptions.push(Assumption { about: about.to_owned(), words });
    if let Some(example) = days.two_ways.first() {
        let meant = in_words(example, given.order);
        say(
            "date_order",
            match (&choices.date_order, &days.shown, days.mixed) {
                (Some(_), _, _) => format!("{example} is {meant}, as you said."),
                (None, Some((other, _)), false) => format!("{example} is {meant}, because {other} can only be read so."),
                (None, Some(_), true) => format!("{example} is taken as {meant}; the text has dates of both orders."),
                (None, None, _) => format!("{example} is taken as {meant}, as the form writes dates; nothing in the text says so."),
            },
        );
    }
    if let Some(day) = days.yearless.first() {
        match (choices.year, days.year()) {
            (Some(year), _) => say("year", format!("{day} is in {year}, as you said.")),
            (None, Some(year)) => say("year", format!("{day} is taken to be in {year}, the year of the text’s other dates.")),
            (None, None) => say("year", format!("{day} has no year, and the text does not give one.")),
        }
    }
    if let Some(day) = built.carried.first() {
        say(
            "day",
            format!(
                "Times that step back past midnight are on the next day, from {} on.",
                report::when::date_words(*day).replace('\u{a0}', " ")
            ),
        );
    }
    if !compare::twice(&routed.slots).is_empty() && choices.versions.is_none() {
        say("versions", "Headings that stand twice were both kept; which text is the earlier one, the page does not say.".to_owned());
    }
    if changed.any() && choices.changes.is_none() {
        say("changes", "The text has tracked changes; it was taken as changed, and what was removed waits in the tray.".to_owned());
    }
}
