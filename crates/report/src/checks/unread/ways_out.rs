//! What would make an unread answer readable in one key. Always true: no word is lost; what is no part of the value goes beside it, as what
//! the value stands for.

use super::{rewritten, shortened};
use crate::answer::{Answer, Value};
use crate::edit::Edit;
use crate::report::Report;
use crate::template::{Field, FieldType};
use crate::when::{self, length_words};

pub(super) fn of(report: &Report, field: &Field) -> Option<(String, Edit)> {
    let answer = report.answer(&field.key);
    let said = answer.raw.trim();
    let edit = |answer: Option<Answer>| Edit::Answer { key: field.key.clone(), answer };
    if !field.required && super::structure::is_no_answer(said) {
        let blank = Answer { qualifier: answer.qualifier.clone(), ..Answer::default() };
        return Some(("Leave it empty".to_owned(), edit(Some(blank))));
    }
    if report.other_currency(field).is_some() {
        return None;
    }
    let reads = |text: &str| Value::read(text, field, report.template.date_order).is_some();
    if answer.qualifier.as_deref().is_none_or(|words| words.trim().is_empty())
        && let Some((value, words)) = divided(said, &reads)
    {
        let label = format!("Put “{}” beside the answer", shortened(words));
        let beside = Answer { qualifier: Some(words.to_owned()), ..rewritten(answer, value.to_owned()) };
        return Some((label, edit(Some(beside))));
    }
    if let Some(minutes) = report.computed_minutes(&field.key).filter(|minutes| *minutes >= 0) {
        return Some((format!("Use {}", length_words(minutes)), edit(None)));
    }
    if field.kind == FieldType::Date {
        let (at, _) = when::date_time(said, report.template.date_order)?;
        let day = in_figures(at.date(), report.template.date_order);
        return Some((format!("Write {day}"), edit(Some(rewritten(answer, day)))));
    }
    None
}

fn in_figures(day: chrono::NaiveDate, order: when::DateOrder) -> String {
    let format = match order {
        when::DateOrder::DayMonth => "%d/%m/%Y",
        when::DateOrder::MonthDay => "%m/%d/%Y",
    };
    day.format(format).to_string()
}

/// "14/10/2025 21:52 (First report)", "4 h, from impact start", "about 40": the value, and the words around it.
fn divided<'a>(said: &'a str, reads: &impl Fn(&str) -> bool) -> Option<(&'a str, &'a str)> {
    let fits = |value: &'a str, words: &'a str| {
        let (value, words) = (value.trim(), words.trim());
        (!words.is_empty() && words.chars().any(char::is_alphabetic) && reads(value)).then_some((value, words))
    };
    if let Some((value, inside)) = said.strip_suffix(')').and_then(|before| before.split_once('('))
        && let Some(found) = fits(value, inside)
    {
        return Some(found);
    }
    for sign in [", ", "; ", " \u{2013} ", " - ", ": "] {
        let found = said.rmatch_indices(sign).find_map(|(at, _)| fits(&said[..at], &said[at + sign.len()..]));
        if found.is_some() {
            return found;
        }
    }
    const ABOUT: [&str; 9] = ["about", "approximately", "approx.", "approx", "around", "roughly", "circa", "ca.", "estimated"];
    let (first, rest) = said.split_once(' ')?;
    ABOUT.iter().any(|word| first.eq_ignore_ascii_case(word)).then(|| fits(rest, first))?
}
