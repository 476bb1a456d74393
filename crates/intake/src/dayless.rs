//! Rows that state no day. Always true: they get one only where a person says so, all of them the same; the report then says that the day was
//! taken for granted, and from where. Deliberately absent: a day by default.

use crate::build::Built;
use crate::choices::{Choices, Question, QuestionKind, QuestionOption};
use crate::days::Days;
use chrono::NaiveDate;
use report::mentions;
use report::moment::Given;
use report::papers::{ABOUT_DAY_OF_ROWS, Assumption};
use report::when::date_words;

/// How many dates of the text are offered.
const OFFERED: usize = 6;
/// Where a day is from that no text states.
const TODAY: &str = "today";

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

    /// Which day the rows are on that state none; nothing to ask where all do.
    pub fn question(&self, built: &Built, choices: &Choices) -> Option<Question> {
        if built.days.without.is_empty() && choices.day.is_none() {
            return None;
        }
        let option =
            |(day, from): &(NaiveDate, String)| QuestionOption { value: day.to_string(), words: format!("{}, {from}", words(*day)) };
        let mut options = vec![QuestionOption { value: String::new(), words: "Leave them without a day".to_owned() }];
        options.extend(self.0.iter().map(option));
        if let Some(day) = choices.day.filter(|day| options.iter().all(|option| option.value != day.to_string())) {
            options.push(QuestionOption { value: day.to_string(), words: words(day) });
        }
        Some(Question {
            about: QuestionKind::Day,
            because: built.days.without.clone(),
            options,
            taken: choices.day.map(|day| day.to_string()).unwrap_or_default(),
            answered: choices.day.is_some(),
        })
    }

    /// Writes down that rows have a day which the text does not give them.
    pub fn assume(&self, built: &mut Built, choices: &Choices) {
        let (Some(day), count) = (choices.day, built.days.lent) else { return };
        if count == 0 {
            return;
        }
        let from =
            self.0.iter().find(|(date, from)| *date == day && from != TODAY).map(|(_, from)| format!(" ({from})")).unwrap_or_default();
        let rows = if count == 1 { "1 row states no day; it is".to_owned() } else { format!("{count} rows state no day; they are") };
        let words = format!("{rows} taken to be on {}{from}.", words(day));
        built.report.assumptions.push(Assumption { about: ABOUT_DAY_OF_ROWS.to_owned(), words });
    }
}

fn words(day: NaiveDate) -> String {
    date_words(day).replace('\u{a0}', " ")
}
