//! Rows that state no day. Always true: they get the one that a person gives, or the one that the text gives them (see `ruling`), all of them the
//! same; the report then says that the day was taken for granted, and from where, and which other it could be is asked.

use crate::build::Built;
use crate::choices::{Choices, Question, QuestionKind, QuestionOption};
use crate::days::Days;
use crate::piece::Piece;
use crate::route::{Known, Routed};
use crate::ruling::Ruling;
use chrono::NaiveDate;
use report::mentions;
use report::moment::Given;
use report::papers::{ABOUT_DAY_OF_ROWS, Assumption};
use report::when::date_words;

/// How many dates of the text are offered.
const OFFERED: usize = 6;
/// Where a day is from that no text states.
const TODAY: &str = "today";

/// The day of rows that state none: chosen, or the text's.
pub(crate) fn ruling(pieces: &[Piece], routed: &Routed, known: &Known<'_>, file: Option<&str>) -> Option<Ruling> {
    if known.choices.dayless {
        return None;
    }
    match known.choices.day {
        Some(day) => Some(Ruling { day, from: String::new(), of_all: false }),
        None => crate::ruling::ruling(pieces, routed, known, file),
    }
}

/// The days that rows without one may be on: the report's own first, then those of the text, each with where it stands, then today.
pub(crate) struct Dates(Vec<(NaiveDate, String)>);

impl Dates {
    pub fn of(built: &Built, texts: &[String], given: &Given, days: &Days, today: NaiveDate) -> Self {
        let report = &built.report;
        let mut dates: Vec<(NaiveDate, String)> = Vec::new();
        let mut offer = |day: Option<NaiveDate>, from: &str| {
            if let Some(day) = day.filter(|day| dates.len() < OFFERED && dates.iter().all(|(known, _)| known != day)) {
                dates.push((day, from.to_owned()));
            }
            dates.len() < OFFERED
        };
        for field in &report.template.fields {
            let answer = report.answer(&field.key);
            offer(answer.date().or_else(|| answer.moment().map(|at| at.date())), &field.label);
        }
        let latest = |day: &mentions::Day| {
            let (number, month) = day.day_month(given.order);
            days.latest(month, number, today).filter(|_| day.year.is_none())
        };
        let date = |day: mentions::Day| day.date(given.order, given.year).or_else(|| latest(&day));
        let in_text = |text: &str| mentions::days(text).into_iter().map(date).collect::<Vec<_>>();
        let said = [(&report.title, "the title"), (&report.letter.date, "the date of the letter")];
        let all = said.into_iter().chain(texts.iter().map(|text| (text, "named in the text")));
        for (text, from) in all {
            if !in_text(text).into_iter().all(|day| offer(day, from)) {
                break;
            }
        }
        if dates.iter().all(|(known, _)| *known != today) {
            dates.push((today, TODAY.to_owned()));
        }
        Self(dates)
    }

    /// Which day the rows are on that state none; nothing to ask where all do, or where the text says it of all its rows.
    pub fn question(&self, built: &Built, ruling: Option<&Ruling>, choices: &Choices) -> Option<Question> {
        let answered = choices.day.is_some() || choices.dayless;
        let lent = built.days.lent > 0 && ruling.is_some_and(|ruling| !ruling.of_all);
        if built.days.without.is_empty() && !lent && !answered {
            return None;
        }
        let taken = ruling.map(|ruling| ruling.day);
        // The day that is taken is the first one offered.
        let mut dates: Vec<&(NaiveDate, String)> = self.0.iter().collect();
        dates.sort_by_key(|(day, _)| Some(*day) != taken);
        let option =
            |(day, from): &(NaiveDate, String)| QuestionOption { value: day.to_string(), words: format!("{}, {from}", words(*day)) };
        let mut options = vec![QuestionOption { value: String::new(), words: "Leave them without a day".to_owned() }];
        options.extend(dates.into_iter().map(option));
        if let Some(day) = taken.filter(|day| options.iter().all(|option| option.value != day.to_string())) {
            options.push(QuestionOption { value: day.to_string(), words: words(day) });
        }
        Some(Question {
            about: QuestionKind::Day,
            because: built.days.without.clone(),
            options,
            taken: taken.map(|day| day.to_string()).unwrap_or_default(),
            answered,
        })
    }

    /// Writes down that rows have a day which the text does not give them.
    pub fn assume(&self, built: &mut Built, ruling: Option<&Ruling>) {
        let (Some(ruling), count) = (ruling, built.days.lent) else { return };
        let day = ruling.day;
        if count == 0 {
            return;
        }
        let listed = self.0.iter().find(|(date, from)| *date == day && from != TODAY).map(|(_, from)| from.clone());
        let from =
            Some(ruling.from.clone()).filter(|from| !from.is_empty()).or(listed).map(|from| format!(" ({from})")).unwrap_or_default();
        let rows = if count == 1 { "1 row states no day; it is".to_owned() } else { format!("{count} rows state no day; they are") };
        let words = format!("{rows} taken to be on {}{from}.", words(day));
        built.report.assumptions.push(Assumption { about: ABOUT_DAY_OF_ROWS.to_owned(), words });
    }
}

fn words(day: NaiveDate) -> String {
    date_words(day).replace('\u{a0}', " ")
}
