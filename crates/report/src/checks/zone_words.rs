//! Zones (L08): none at all, an abbreviation that is not in force on its day, one that means several places.

use super::reading::{Line, Reading};
use crate::edit::Edit;
use crate::finding::{Finding, Level, Source};
use crate::mentions::{Day, TimeOfDay, pattern};
use crate::place::Place;
use crate::report::Report;
use crate::when::DateOrder;
use crate::zones::{Abbreviation, abbreviation};
use chrono::{Datelike, NaiveDate, NaiveDateTime};
use regex::Regex;
use std::collections::BTreeSet;
use std::sync::LazyLock;

/// One time alone may be beside the point; two are a sequence.
const FEWEST_TIMES: usize = 2;

pub(super) fn check(reading: &Reading, findings: &mut Vec<Finding>) {
    findings.extend(no_zone(reading));
    let mut named = BTreeSet::new();
    for (source, word, at) in words(reading) {
        let zone = reading.report.zone.as_deref();
        // Of no day nobody knows which season it is in.
        let message = match abbreviation(&word, at.unwrap_or_default(), zone) {
            Abbreviation::OtherSeason(right) if at.is_some() => format!("On that day the clocks showed {right}, not {word}."),
            Abbreviation::Ambiguous(places) if zone.is_none() => format!("“{word}” can mean the time in {places}; say which."),
            _ => continue,
        };
        // Every row with the same word says the same: one question for all.
        const SHOWN: usize = 5;
        let in_row = |finding: &&mut Finding| finding.check == "L08" && finding.message == message && is_row(&finding.sources[0]);
        if let Some(known) = findings.iter_mut().find(in_row).filter(|_| is_row(&source)) {
            if known.sources.len() <= SHOWN && !known.sources.contains(&source) {
                known.sources.insert(known.sources.len() - 1, source);
            }
            continue;
        }
        // What one word may mean is asked once.
        let of_word = matches!(abbreviation(&word, at.unwrap_or_default(), zone), Abbreviation::Ambiguous(_));
        if named.insert((word.clone(), if of_word { String::new() } else { source.text.clone() })) {
            let other = match at {
                Some(at) => Source::outside("The day", Place::Form, crate::when::date_words(at.date())),
                None => Source::at(reading.report, Place::Form, ""),
            };
            findings.push(Finding::new("L08", Level::Answer, message, vec![source, other]));
        }
    }
}

fn is_row(source: &Source) -> bool {
    matches!(source.place, Place::Timeline { .. })
}

fn no_zone(reading: &Reading) -> Option<Finding> {
    let report = reading.report;
    if report.zone.is_some() || said_somewhere(reading) {
        return None;
    }
    let rows = report.events().filter(|event| event.time.start().is_some()).count();
    let fields = report.template.fields.iter().filter(|field| report.answer(&field.key).moment().is_some()).count();
    let lines: usize = reading.prose().map(|line| line.times.len()).sum();
    if rows + fields + lines < FEWEST_TIMES {
        return None;
    }
    let first = reading.told().find_map(|line| Some(reading.source(line, line.sentence(line.times.first()?.span.start))));
    let first = first.or_else(|| report.events().find(|event| event.time.start().is_some()).map(|event| reading.row(event)));
    // It is said of all times; the one that merely comes first is only shown.
    let whole = if rows > 0 { Place::Timeline { index: None } } else { Place::Report };
    let sources = std::iter::once(Source::at(report, whole, "")).chain(first).collect();
    let finding = Finding::new("L08", Level::Answer, "The report does not say which time zone its times are in.", sources);
    Some(match &report.template.zone {
        Some(zone) => finding.with_fix(format!("Use {zone}, as the form does"), Edit::Zone { zone: Some(zone.clone()) }),
        None => finding,
    })
}

fn said_somewhere(reading: &Reading) -> bool {
    static CITY: LazyLock<Regex> = LazyLock::new(|| pattern(r"\b[A-Z][a-z]+(?: [A-Z][a-z]+)? [Tt]ime\b"));
    // Those of the database's abbreviations that few write, and what is said in full.
    static NAMED: LazyLock<Regex> = LazyLock::new(|| {
        pattern(concat!(
            r"\b(?:UTC|GMT|SGT|HKT|KST|PKT|WIB|NZ[SD]T)\b|(?:\d|\b[ap]\.?m\.?)\s[ECMP]T\b|\bZulu\b",
            r"|\b(?i:coordinated universal|(?:eastern|central|western)(?: european)?(?: standard| daylight| summer)?|(?:pacific|mountain|atlantic|british|irish|indian|japan|singapore)(?: standard| daylight| summer)?) [Tt]ime\b",
            r"|\b(?i:local time) (?:in|at|of) [A-Z]"
        ))
    });
    static WORD: LazyLock<Regex> = LazyLock::new(|| pattern(r"\b[A-Z]{3,4}\b|\b[A-Z][a-z]+/[A-Z][A-Za-z_]+\b"));
    let known = |word: &str| crate::zones::is_abbreviation(word) || (word.contains('/') && crate::when::zone(word).is_some());
    let says = |text: &str| {
        NAMED.is_match(text)
            || WORD.find_iter(text).any(|found| known(found.as_str()))
            || CITY.find_iter(text).any(|found| crate::zones::city(found.as_str()).is_some())
    };
    let report = reading.report;
    report.events().any(|event| event.zone.is_some())
        || report.fields.values().any(|answer| matches!(&answer.value, Some(crate::answer::Value::DateTime { zone: Some(_), .. })))
        || reading.lines.iter().any(|line| line.times.iter().any(|time| time.zone.is_some()) || says(&line.text))
        || report.sections.iter().any(|section| says(&section.heading))
}

/// Every zone word with its place and the moment it stands beside; without a day of its own the report's first day counts.
fn words(reading: &Reading) -> Vec<(Source, String, Option<NaiveDateTime>)> {
    let report = reading.report;
    let order = report.template.date_order;
    let Some(first) = first_day(report) else {
        let zones = reading.told().flat_map(|line| line.times.iter().filter_map(move |time| Some((line, time, time.zone.clone()?))));
        // No row and no field has a day; the sentence may.
        let on = |line: &Line, time: &TimeOfDay| day_told(line, time, order, None).map(|day| day.and_time(time.time));
        return zones.map(|(line, time, zone)| (reading.meant(line, time.span.clone()), zone, on(line, time))).collect();
    };
    let days: BTreeSet<NaiveDate> = report.events().filter_map(|event| event.date).collect();
    let mut out = Vec::new();
    for line in reading.told() {
        for time in &line.times {
            let Some(zone) = &time.zone else { continue };
            // "12:00 GMT, that is 13:00 BST" reckons one from the other.
            if zone == "GMT" {
                let sentence = line.sentence_range(time.span.start);
                let mut beside =
                    line.times.iter().filter(|other| sentence.contains(&other.span.start)).filter_map(|other| other.zone.as_ref());
                if beside.any(|other| other != zone) {
                    continue;
                }
            }
            let row = match line.place {
                Place::Timeline { index: Some(index) } => {
                    report.timeline.get(index).and_then(|row| row.event()).and_then(|event| event.date)
                }
                _ => None,
            };
            // Without a day of its own a word may be meant on any day of the report.
            let day = day_told(line, time, order, Some(first.year())).or(row).unwrap_or_else(|| {
                let on = |day: NaiveDate| abbreviation(zone, day.and_time(time.time), report.zone.as_deref());
                let astray = matches!(on(first.date()), Abbreviation::OtherSeason(_));
                let fits = days.iter().copied().find(|day| astray && matches!(on(*day), Abbreviation::InForce(_)));
                fits.unwrap_or(first.date())
            });
            out.push((reading.meant(line, time.span.clone()), zone.clone(), Some(day.and_time(time.time))));
        }
    }
    for event in report.events() {
        if let (Some(zone), Some(at)) = (&event.zone, event.start()) {
            out.push((reading.row(event), zone.clone(), Some(at)));
        }
    }
    for (key, answer) in &report.fields {
        if let Some(crate::answer::Value::DateTime { at, zone: Some(zone) }) = &answer.value {
            out.push((reading.field(key), zone.trim_matches(['(', ')']).to_owned(), Some(*at)));
        }
    }
    out
}

/// The day beside a time: the nearest of its sentence, else the last that the line names before it.
fn day_told(line: &Line, time: &TimeOfDay, order: DateOrder, year: Option<i32>) -> Option<NaiveDate> {
    let sentence = line.sentence_range(time.span.start);
    let gap = |day: &&Day| time.span.start.saturating_sub(day.span.end).max(day.span.start.saturating_sub(time.span.end));
    let nearest = line.days.iter().filter(|day| sentence.contains(&day.span.start)).min_by_key(gap);
    let before = || line.days.iter().rfind(|day| day.span.end <= time.span.start);
    nearest.or_else(before)?.date(order, year)
}

fn first_day(report: &Report) -> Option<NaiveDateTime> {
    report.first_moment()
}
