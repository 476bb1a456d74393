//! What stands in a field and cannot be read as what the field asks for (L65); said as L29, L37 or L64 where one of those says it better.
//! Always true: nobody takes such a text for an answer, so it stops filing; the finding says how to write it, in the form's own order of day
//! and month; what it offers loses no word. Deliberately absent: empty fields (L33), answers that can be read and are wrong.

mod ways_out;

use super::{links, structure};
use crate::answer::{Answer, Value};
use crate::clock::Moment;
use crate::finding::{Finding, Level, Source};
use crate::place::Place;
use crate::report::Report;
use crate::template::{Field, FieldType};
use crate::when::{self, DateOrder, date_words};
use chrono::NaiveDate;

pub(super) fn check(report: &Report, findings: &mut Vec<Finding>) {
    findings.extend(report.template.fields.iter().filter(|field| report.is_unread(field)).map(|field| unread(report, field)));
    findings.extend(report.template.fields.iter().filter_map(|field| two_days(report, field)));
    findings.extend(no_zone(report));
    let label = |key: &str| report.template.event(key).map_or_else(|| key.to_owned(), |event| event.label.clone());
    for (key, moment) in &report.clock_events {
        let what = format!("When “{}” happened", label(key));
        findings.extend(unread_moment(report, &what, moment));
    }
    for (row, filing) in report.filings.iter().enumerate() {
        let due = report.template.clock(&filing.clock).map_or(filing.clock.as_str(), |clock| &clock.due);
        let found = unread_moment(report, &format!("When “{due}” was filed"), &filing.moment);
        findings.extend(found.map(|mut finding| {
            finding.sources[0].row = Some(row);
            finding
        }));
    }
}

fn unread(report: &Report, field: &Field) -> Finding {
    let answer = report.answer(&field.key);
    let said = answer.raw.trim();
    if let Some(finding) = structure::typed_for_an_answer(report, field) {
        return Finding { level: Level::Blocks, ..finding };
    }
    let here = Source::at(report, Place::Field { key: field.key.clone() }, said);
    let message = match field.kind {
        FieldType::Lei => {
            if let Some(message) = links::not_an_lei(said).filter(|_| !structure::is_no_answer(said)) {
                let sources = vec![here, Source::at(report, Place::Form, "ISO 17442")];
                return Finding::new("L29", Level::Blocks, message, sources);
            }
            none_of(field, said, "no LEI")
        }
        FieldType::YesNo => format!("“{}” asks for yes or no and holds “{}”.", field.label, shortened(said)),
        _ => message(report, field, said),
    };
    let id = if field.kind == FieldType::YesNo { "L64" } else { "L65" };
    let sources = vec![here, Source::at(report, Place::Form, field.label.clone())];
    let finding = Finding::new(id, Level::Blocks, message, sources);
    match ways_out::of(report, field) {
        Some((label, edit)) => finding.with_fix(label, edit),
        None => finding,
    }
}

/// A day in figures that came with another day than the form reads there: both are shown, and whoever wrote it decides.
fn two_days(report: &Report, field: &Field) -> Option<Finding> {
    let answer = report.answer(&field.key);
    let read = answer.otherwise(field, report.template.date_order)?;
    let (told, read) = (day_of(answer.value.as_ref()?)?, day_of(&read)?);
    let message = format!(
        "“{}” holds “{}”, which this form reads as {}, but it came as {}. Write the month as a word.",
        field.label,
        answer.raw.trim(),
        date_words(read),
        date_words(told)
    );
    let here = Source::at(report, Place::Field { key: field.key.clone() }, answer.raw.trim());
    Some(Finding::new("L65", Level::Blocks, message, vec![here, Source::at(report, Place::Form, field.label.clone())]))
}

fn day_of(value: &Value) -> Option<NaiveDate> {
    match value {
        Value::Date { date } => Some(*date),
        Value::DateTime { at, .. } => Some(at.date()),
        _ => None,
    }
}

fn none_of(field: &Field, said: &str, what: &str) -> String {
    format!("“{}” holds “{}”, which is {what} that can be read.", field.label, shortened(said))
}

fn message(report: &Report, field: &Field, said: &str) -> String {
    let order = report.template.date_order;
    let day = day_example(order);
    let (what, how) = match field.kind {
        FieldType::Date => ("no day", format!("Write it as {day} or 14 October 2026.")),
        FieldType::DateTime if when::date(said, order).is_some() => {
            return format!("“{}” holds “{said}” and no time of day. Write it behind the day: {said} 21:52.", field.label);
        }
        FieldType::DateTime => ("no day and time", format!("Write it as {day} 21:52.")),
        FieldType::Duration if field.unit.as_deref() == Some(when::DAYS_HOURS_MINUTES) => {
            ("no length of time", "Write it as 6 h 32 min, or in the form’s figures for days, hours and minutes, as 000:06:32.".to_owned())
        }
        FieldType::Duration => ("no length of time", "Write it as 4 h 49 min.".to_owned()),
        FieldType::Reference => ("no reference", format!("Write it as {}.", example(field, "INC000000731204"))),
        FieldType::Choice => ("none of the form’s answers", choices(field)),
        FieldType::MultiChoice => {
            let strangers: Vec<&str> =
                said.lines().map(str::trim).filter(|line| !line.is_empty() && field.option(line).is_none()).collect();
            return format!(
                "“{}” holds “{}”, which the form does not offer. {}",
                field.label,
                shortened(&strangers.join("; ")),
                choices(field)
            );
        }
        FieldType::Number if field.unit.as_deref() == Some("%") => {
            ("no share between 0 and 100 per cent", format!("Write it in figures, as {}.", example(field, "31")))
        }
        FieldType::Number => ("no number", format!("Write it in figures, as {}.", example(field, "1,340"))),
        FieldType::Amount => match report.other_currency(field) {
            Some(typed) => {
                let own = field.currency.as_deref().and_then(|key| report.template.field(key)).map_or("", |own| own.label.as_str());
                return format!(
                    "“{}” is in {typed}, and “{own}” does not say so. Name {typed} there, or write the amount in that currency.",
                    field.label
                );
            }
            None => ("no amount", format!("Write the thousands in figures, as {}.", example(field, "870"))),
        },
        FieldType::Email => ("no e-mail address", format!("Write one address, as {}.", example(field, "name@company.example"))),
        FieldType::Telephone => ("no telephone number", format!("Write it in figures, as {}.", example(field, "+46 8 000 00 10"))),
        FieldType::Lei | FieldType::YesNo | FieldType::Text | FieldType::LongText | FieldType::RichText | FieldType::Person => {
            ("nothing", String::new())
        }
    };
    let holds = match field.kind {
        FieldType::Choice => format!("“{}” holds “{}”, which is {what}.", field.label, shortened(said)),
        _ => none_of(field, said, what),
    };
    format!("{holds} {how}").trim_end().to_owned()
}

/// A day that reads one way only, in the form's order.
fn day_example(order: DateOrder) -> &'static str {
    match order {
        DateOrder::DayMonth => "14/10/2026",
        DateOrder::MonthDay => "10/14/2026",
    }
}

fn example<'a>(field: &'a Field, otherwise: &'a str) -> &'a str {
    if field.example.is_empty() { otherwise } else { &field.example }
}

/// A few options are named; of many, one.
fn choices(field: &Field) -> String {
    const FEW: usize = 6;
    let words: Vec<String> = field.vocabulary.iter().map(crate::template::Choice::words).collect();
    let line = if field.kind == FieldType::MultiChoice { ", each on a line of its own" } else { "" };
    match words.as_slice() {
        [] => String::new(),
        words if words.len() <= FEW => format!("Choose from these{line}: {}.", words.join("; ")),
        words => format!("Choose from the form’s {} answers{line}, such as “{}”.", words.len(), words[0]),
    }
}

fn shortened(text: &str) -> String {
    const MOST: usize = 60;
    let line = text.split_whitespace().collect::<Vec<_>>().join(" ");
    match line.char_indices().nth(MOST) {
        Some((end, _)) => format!("{}…", line[..end].trim_end()),
        None => line,
    }
}

/// A moment beside the due times: a day alone may be enough there.
fn unread_moment(report: &Report, what: &str, moment: &Moment) -> Option<Finding> {
    let (raw, order) = (moment.raw.trim(), report.template.date_order);
    if raw.is_empty() || Moment::given(raw, order).at.is_some() || when::date(raw, order).is_some() {
        return None;
    }
    let message = format!(
        "{what} is given as “{}”, which is no day and time that can be read. Write it as {} 21:52.",
        shortened(raw),
        day_example(order)
    );
    let sources = vec![Source::at(report, Place::Clocks, raw), Source::at(report, Place::Form, what)];
    Some(Finding::new("L65", Level::Blocks, message, sources))
}

fn no_zone(report: &Report) -> Option<Finding> {
    let zone = report.zone.as_deref().filter(|zone| when::zone(zone).is_none())?;
    let message = format!("The report’s time zone is given as “{}”, which is none. Choose one such as Europe/London.", shortened(zone));
    let sources = vec![Source::at(report, Place::Report, zone), Source::at(report, Place::Form, "Europe/London")];
    Some(Finding::new("L65", Level::Blocks, message, sources))
}

/// The same answer with other words, which the core reads anew.
fn rewritten(answer: &Answer, raw: String) -> Answer {
    Answer { raw, value: None, rich: None, ..answer.clone() }
}
