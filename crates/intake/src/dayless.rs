//! Rows that state no day. Always true: they get one only where a person says so, all of them the same, from a date that the text itself has;
//! the report then says that the day was taken for granted, and from where. Deliberately absent: a day by default.

use crate::build::Built;
use crate::choices::{Choices, Question, QuestionKind, QuestionOption};
use chrono::NaiveDate;
use report::mentions;
use report::moment::Given;
use report::papers::{ABOUT_DAY_OF_ROWS, Assumption};
use report::when::date_words;

/// How many dates of the text are offered.
const OFFERED: usize = 6;

/// Which day the rows are on that state none; nothing to ask where all do, or where the text has no date at all.
pub(crate) fn question(built: &Built, texts: &[String], given: &Given, choices: &Choices) -> Option<Question> {
    if built.days.without.is_empty() && choices.day.is_none() {
        return None;
    }
    let dates = dates(built, texts, given);
    if dates.is_empty() && choices.day.is_none() {
        return None;
    }
    let option = |(day, from): (NaiveDate, String)| QuestionOption { value: day.to_string(), words: format!("{}, {from}", words(day)) };
    let mut options = vec![QuestionOption { value: String::new(), words: "Leave them without a day".to_owned() }];
    options.extend(dates.into_iter().map(option));
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
pub(crate) fn assume(built: &mut Built, texts: &[String], given: &Given, choices: &Choices) {
    let (Some(day), count) = (choices.day, built.days.lent) else { return };
    if count == 0 {
        return;
    }
    let from =
        dates(built, texts, given).into_iter().find(|(date, _)| *date == day).map(|(_, from)| format!(" ({from})")).unwrap_or_default();
    let rows = if count == 1 { "1 row states no day; it is".to_owned() } else { format!("{count} rows state no day; they are") };
    let words = format!("{rows} taken to be on {}{from}.", words(day));
    built.report.assumptions.push(Assumption { about: ABOUT_DAY_OF_ROWS.to_owned(), words });
}

/// The dates of the text, the report's own first, each with where it stands.
fn dates(built: &Built, texts: &[String], given: &Given) -> Vec<(NaiveDate, String)> {
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
    let in_text = |text: &str| mentions::days(text).into_iter().map(|day| day.date(given.order, given.year)).collect::<Vec<_>>();
    let said = [(&report.title, "the title"), (&report.letter.date, "the date of the letter")];
    let all = said.into_iter().chain(texts.iter().map(|text| (text, "named in the text")));
    for (text, from) in all {
        if !in_text(text).into_iter().all(|day| offer(day, from)) {
            break;
        }
    }
    dates
}

fn words(day: NaiveDate) -> String {
    date_words(day).replace('\u{a0}', " ")
}
