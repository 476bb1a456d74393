//! One notation in one report (L09): 12 and 24 hours, points and colons, days in figures and in words. A note: nothing is wrong, but a
//! reader has to stop and think. A row's own time is shown and printed in one notation however it was typed, so it is not looked at.

use super::reading::{Line, Reading};
use crate::finding::{Finding, Level, Source};
use crate::mentions::pattern;
use crate::mentions::{self, DayStyle, TimeStyle};
use crate::place::Place;
use chrono::Timelike;
use regex::Regex;
use std::sync::LazyLock;

pub(super) fn check(reading: &Reading, findings: &mut Vec<Finding>) {
    let told: Vec<&Line> = reading.told().collect();
    let time = |keep: &dyn Fn(&mentions::TimeOfDay) -> bool| {
        told.iter().find_map(|line| {
            line.times.iter().find(|time| keep(time)).map(|time| (reading.source(line, line.sentence(time.span.start)), time))
        })
    };
    let half_day = time(&|time| time.style == TimeStyle::HalfDay);
    let full_day = time(&|time| time.style != TimeStyle::HalfDay && (time.time.hour() > 12 || time.time.hour() == 0));
    if let (Some((half, _)), Some((full, _))) = (half_day, full_day) {
        findings.push(note("Times are written with twelve hours and with twenty-four.", half, full));
    }
    let (dot, colon) = (time(&|time| time.style == TimeStyle::Dot), time(&|time| time.style == TimeStyle::Colon));
    if let (Some((dot, _)), Some((colon, _))) = (dot, colon) {
        findings.push(note("Times are written with a point and with a colon.", dot, colon));
    }
    findings.extend(days(reading));
    findings.extend(lengths(reading));
    findings.extend(hours_asked(reading));
    findings.extend(both_at_once(reading));
}

/// "23:27 PM": a clock of twenty-four hours with a half of the day behind it, of which one may be a slip.
fn both_at_once(reading: &Reading) -> Vec<Finding> {
    static BOTH: LazyLock<Regex> =
        LazyLock::new(|| pattern(r"\b(?:1[3-9]|2[0-3]|00):[0-5]\d(?::[0-5]\d)?\s?(?:[AaPp]\.[Mm]\.|[AaPp][Mm]\b)"));
    // The minutes and seconds of "10:15:22 AM" are no time by themselves.
    fn both(text: &str) -> Option<regex::Match<'_>> {
        BOTH.find_iter(text).find(|found| !text[..found.start()].ends_with([':', '.']))
    }
    let told = reading.prose().filter_map(|line| {
        let found = both(&line.text)?;
        Some((found.as_str().to_owned(), reading.meant(line, found.range())))
    });
    let rows = reading.report.events().filter_map(|event| Some((both(&event.raw)?.as_str().to_owned(), reading.row(event))));
    let finding = |(said, source): (String, Source)| {
        let message = format!("“{said}” counts to twenty-four hours and to twelve at once; write one of them.");
        Finding::new("L09", Level::Answer, message, vec![source, Source::at(reading.report, Place::Form, "")])
    };
    told.chain(rows).map(finding).collect()
}

/// "1h7 Mins", "2H", "2 h", "3hrs": letters for hours in more than one way. Words ("two hours") go with any of them.
fn lengths(reading: &Reading) -> Option<Finding> {
    static STYLE: LazyLock<Regex> = LazyLock::new(|| pattern(r"^\d+(?P<gap>\s?)(?P<unit>[Hh](?:[Rr][Ss]?)?)(?P<glued>\d?)(?:\b|\s|$)"));
    let mut first: Option<(String, Source)> = None;
    for line in reading.told() {
        for length in &line.lengths {
            let said = &line.text[length.span.clone()];
            let Some(found) = STYLE.captures(said) else { continue };
            let style =
                format!("{}{}{}", &found["gap"].replace('\u{a0}', " "), &found["unit"], if found["glued"].is_empty() { "" } else { "+" });
            match &first {
                None => first = Some((style, Source { text: said.to_owned(), ..reading.source(line, said) })),
                Some((other, source)) if *other != style => {
                    let message = format!("Durations are written in more than one way: “{}” and “{said}”.", source.text);
                    return Some(note(&message, source.clone(), reading.source(line, line.sentence(length.span.start))));
                }
                Some(_) => {}
            }
        }
    }
    None
}

/// The label asks for hours, and hours and minutes were typed. A length that the program computed is the form's own practice.
fn hours_asked(reading: &Reading) -> Option<Finding> {
    let report = reading.report;
    let field = report.template.fields.iter().find(|field| {
        let raw = &report.answer(&field.key).raw;
        field.label.to_lowercase().contains("(hours)") && crate::when::minutes(raw).is_some_and(|minutes| minutes % 60 != 0)
    })?;
    let label = Source::at(report, Place::Form, field.label.clone());
    Some(note("The label asks for hours; hours and minutes stand there.", label, reading.field(&field.key)))
}

/// In the title and in running text only: the form's own fields have the form's notation.
fn days(reading: &Reading) -> Option<Finding> {
    let title = &reading.report.title;
    let in_title = mentions::days(title);
    let find = |style: DayStyle| {
        let told = reading.prose().filter(|line| matches!(line.place, Place::Section { .. })).find_map(|line| {
            let day = line.days.iter().find(|day| day.style == style)?;
            Some(reading.source(line, line.sentence(day.span.start)))
        });
        let titled = || in_title.iter().any(|day| day.style == style).then(|| Source::at(reading.report, Place::Report, title.clone()));
        told.or_else(titled)
    };
    let (figures, words) = (find(DayStyle::Figures).or_else(|| find(DayStyle::Dotted))?, find(DayStyle::Words)?);
    Some(note("Days are written in figures and in words.", figures, words))
}

fn note(message: &str, one: Source, other: Source) -> Finding {
    Finding::new("L09", Level::Note, message, vec![one, other])
}
