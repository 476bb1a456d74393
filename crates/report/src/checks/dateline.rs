//! Days held against the report's own: "yesterday" without a today (L14), another day in the title than in the report (L16), something
//! after the report itself (L18). Deliberately absent: how days are written (see `dates`).

use super::dates::{Known, title_line};
use super::reading::{Line, Reading, moment_words};
use crate::finding::{Finding, Level, Source};
use crate::mentions::pattern;
use crate::papers::Bound;
use crate::place::Place;
use crate::template::{Field, FieldType};
use crate::timeline::Role;
use crate::when::date_words;
use chrono::NaiveDate;
use regex::Regex;
use std::collections::BTreeSet;
use std::sync::LazyLock;

pub(super) fn check(reading: &Reading, findings: &mut Vec<Finding>) {
    for line in reading.told() {
        findings.extend(no_today(reading, line));
    }
    findings.extend(title_of_another_day(reading, &title_line(reading), &Known::of(reading)));
    findings.extend(after_the_report(reading));
}

/// Whether a field says when the report was written, and not when something happened.
pub(super) fn is_of_the_report(field: &Field) -> bool {
    let words = ["issued", "published", "publication", "report_date", "submission", "dated"];
    matches!(field.kind, FieldType::Date | FieldType::DateTime) && words.iter().any(|word| field.key.contains(word))
}

/// Whether what follows stands in quotation marks.
pub(super) fn quoted(before: &str) -> bool {
    let count = |mark: &str| before.matches(mark).count();
    // An apostrophe opens after a space and closes before one.
    let single = count(" '") + count(" ‘") > count("' ") + count("’ ");
    count("“") > count("”") || count("\"") % 2 == 1 || single
}

/// L14: a word that points to the day of writing, in a report that does not say which day that is.
fn no_today(reading: &Reading, line: &Line) -> Option<Finding> {
    static WORDS: LazyLock<Regex> = LazyLock::new(|| {
        pattern(concat!(
            r"(?i)\b(?:yesterday|tomorrow|tonight|last night|this (?:morning|afternoon|evening|week)|(?:earlier|later) (?:today|this month)",
            r"|(?:a few|two|three|four|five|six|several|\d+) (?:days|weeks) ago|(?:an hour|a few hours|a week) ago",
            r"|(?:last|next) (?:week|month|Monday|Tuesday|Wednesday|Thursday|Friday|Saturday|Sunday))\b"
        ))
    });
    static NO_POINTER: LazyLock<Regex> = LazyLock::new(|| pattern(r"(?i)\b(?:the|each|every)\s$"));
    let report = reading.report;
    let dated_row = matches!(line.place, Place::Timeline { index: Some(index) } if report.timeline.get(index).and_then(|row| row.event()).is_some_and(|event| event.date.is_some()));
    let of_report = report.template.fields.iter().any(|field| is_of_the_report(field) && report.answer(&field.key).date().is_some());
    if line.quoted || dated_row || of_report || !report.letter.date.trim().is_empty() {
        return None;
    }
    let found = WORDS.find_iter(&line.text).find(|found| {
        let sentence = line.sentence_range(found.start());
        let (before, after) = (&line.text[..found.start()], &line.text[found.end()..]);
        // "The last week of May", and what others said in their own words, point elsewhere.
        let elsewhere = NO_POINTER.is_match(before) || after.starts_with(" of ") || quoted(before);
        !elsewhere && !line.days.iter().any(|day| sentence.contains(&day.span.start))
    })?;
    let message = format!("“{}” does not give a day: the report does not say when it was written.", found.as_str());
    let sources = vec![reading.meant(line, found.range()), Source::at(report, Place::Report, "")];
    Some(Finding::new("L14", Level::Answer, message, sources))
}

/// L16: the title names one day, and nothing recorded happened on it.
fn title_of_another_day(reading: &Reading, title: &Line, known: &Known) -> Option<Finding> {
    static OF_WRITING: LazyLock<Regex> = LazyLock::new(|| {
        pattern(
            r"(?i)\b(?:report|update|note|notice|notification|statement|version|letter|draft|issued|published|written|dated|as of|week)(?: \d{1,3})?[\s,:(–-]*(?:of|on)?\s*$",
        )
    });
    let [day] = &title.days[..] else { return None };
    if OF_WRITING.is_match(&title.text[..day.span.start]) {
        return None;
    }
    let date = day.date(known.order, known.likely_year(day.day_month(known.order)))?;
    let report = reading.report;
    let fields = report.template.fields.iter().filter(|field| !is_of_the_report(field));
    let fields = fields.filter_map(|field| report.answer(&field.key).date());
    let windows = report.impact.iter().flat_map(|window| [Some(window.from), window.to]).flatten();
    let windows = windows.filter_map(|bound| report.bound(bound)).map(|at| at.date());
    let happened: BTreeSet<NaiveDate> = report.events().filter_map(|event| event.date).chain(fields).chain(windows).collect();
    let first = *happened.first()?;
    if known.recorded.contains(&date) || crate::when::date(&report.letter.date, known.order) == Some(date) {
        return None;
    }
    let message = format!("The title says {}, but nothing in the report happened on that day.", date_words(date));
    let sources = vec![Source::at(report, Place::Report, title.text.clone()), Source::at(report, Place::Report, date_words(first))];
    Some(Finding::new("L16", Level::Answer, message, sources))
}

/// L18: something that happened after the report was written, or that has not happened yet.
fn after_the_report(reading: &Reading) -> Vec<Finding> {
    static PLANNED: LazyLock<Regex> =
        LazyLock::new(|| pattern(r"(?i)\b(?:planned|scheduled|is due|are due|falls due|will|to follow|(?:is|are) to be)\b"));
    static TO_COME: LazyLock<Regex> = LazyLock::new(|| pattern(r"review|next|due|until|planned|expected|estimated"));
    let report = reading.report;
    let written = crate::when::date(&report.letter.date, report.template.date_order);
    let today = reading.now.map(|now| match report.zone.as_deref().and_then(crate::when::zone) {
        Some(zone) => now.with_timezone(&zone).date_naive(),
        None => now.date_naive(),
    });
    let rows = report.events().filter(|event| event.milestone.as_ref().is_none_or(|m| m.role != Role::Reviewed));
    let rows = rows.filter(|event| !PLANNED.is_match(&event.text));
    let late = |date: NaiveDate| written.is_some_and(|written| date > written) || today.is_some_and(|today| date > today);
    let rows = rows.filter_map(|event| Some((event.date.filter(|date| late(*date))?, reading.row(event))));
    let fields = report.template.fields.iter().filter(|field| !is_of_the_report(field) && !TO_COME.is_match(&field.key));
    let fields = fields.filter_map(|field| {
        let answer = report.answer(&field.key);
        Some((answer.date().filter(|_| answer.standing.is_known())?, reading.field(&field.key)))
    });
    let windows = report.impact.iter().enumerate().flat_map(|(row, window)| {
        let ends = [Some(window.from), window.to].into_iter().flatten();
        ends.filter_map(|end| matches!(end, Bound::Moment { .. }).then(|| report.bound(end)).flatten())
            .map(move |at| (at.date(), Source::at(report, Place::Impact, format!("{}, {}", window.service, moment_words(at))).in_row(row)))
    });
    let mut out = Vec::new();
    for (date, source) in rows.chain(fields).chain(windows) {
        if written.is_some_and(|written| date > written) {
            let letter = Source::at(report, Place::Letter, report.letter.date.clone());
            let message = format!("{} is after the date of the letter.", date_words(date));
            out.push(Finding::new("L18", Level::Answer, message, vec![source, letter]));
        } else if let Some(today) = today.filter(|today| date > *today) {
            let clock = Source::outside("Today", Place::Form, date_words(today));
            // The day itself is no part of the key: an acceptance need not be given again every morning.
            let mut finding = Finding::new("L18", Level::Answer, format!("{} is in the future.", date_words(date)), vec![source]);
            finding.sources.push(clock);
            out.push(finding);
        }
    }
    out
}
