//! Zones (L08): none at all, an abbreviation that is not in force on its day, one that means several places.

use super::reading::Reading;
use crate::edit::Edit;
use crate::finding::{Finding, Level, Source};
use crate::mentions::pattern;
use crate::place::Place;
use crate::report::Report;
use crate::zones::{Abbreviation, abbreviation};
use chrono::NaiveDateTime;
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
        let message = match abbreviation(&word, at, zone) {
            Abbreviation::OtherSeason(right) => format!("On that day the clocks read {right}, not {word}."),
            Abbreviation::Ambiguous(places) if zone.is_none() => format!("“{word}” means clocks in {places}; say which."),
            _ => continue,
        };
        if named.insert((word.clone(), source.text.clone())) {
            let calendar = Source { text: crate::when::date_words(at.date()), where_: "The day".into(), place: Place::Form, row: None };
            findings.push(Finding::new("L08", Level::Answer, message, vec![source, calendar]));
        }
    }
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
    let times = first.unwrap_or_else(|| Source::at(report, Place::Report, ""));
    let sources = vec![times, Source::at(report, Place::Report, "")];
    let finding = Finding::new("L08", Level::Answer, "The report does not say in which time zone its times are.", sources);
    Some(match &report.template.zone {
        Some(zone) => finding.with_fix(format!("Use {zone}, as the form does"), Edit::Zone { zone: Some(zone.clone()) }),
        None => finding,
    })
}

fn said_somewhere(reading: &Reading) -> bool {
    static CITY: LazyLock<Regex> = LazyLock::new(|| pattern(r"\b[A-Z][a-z]+(?: [A-Z][a-z]+)? time\b"));
    static ABBREVIATION: LazyLock<Regex> = LazyLock::new(|| pattern(r"\b(?:UTC|GMT|BST|CES?T|EES?T|WES?T|[ECMP][SD]T)\b"));
    let says = |text: &str| ABBREVIATION.is_match(text) || CITY.find_iter(text).any(|found| crate::zones::city(found.as_str()).is_some());
    let report = reading.report;
    report.events().any(|event| event.zone.is_some())
        || report.fields.values().any(|answer| matches!(&answer.value, Some(crate::answer::Value::DateTime { zone: Some(_), .. })))
        || reading.lines.iter().any(|line| line.times.iter().any(|time| time.zone.is_some()) || says(&line.text))
        || report.sections.iter().any(|section| says(&section.heading))
}

/// Every zone word with its place and the moment it stands beside; without a day of its own the report's first day counts.
fn words(reading: &Reading) -> Vec<(Source, String, NaiveDateTime)> {
    let report = reading.report;
    let Some(first) = first_day(report) else { return Vec::new() };
    let mut out = Vec::new();
    for line in reading.told() {
        for time in &line.times {
            let Some(zone) = &time.zone else { continue };
            let row = match line.place {
                Place::Timeline { index: Some(index) } => {
                    report.timeline.get(index).and_then(|row| row.event()).and_then(|event| event.date)
                }
                _ => None,
            };
            let order = report.template.date_order;
            let own = line.days.iter().filter(|day| line.sentence_range(time.span.start).contains(&day.span.start));
            let day =
                own.filter_map(|day| day.date(order, Some(chrono::Datelike::year(&first.date())))).next().or(row).unwrap_or(first.date());
            out.push((reading.source(line, line.sentence(time.span.start)), zone.clone(), day.and_time(time.time)));
        }
    }
    for event in report.events() {
        if let (Some(zone), Some(at)) = (&event.zone, event.start()) {
            out.push((reading.row(event), zone.clone(), at));
        }
    }
    for (key, answer) in &report.fields {
        if let Some(crate::answer::Value::DateTime { at, zone: Some(zone) }) = &answer.value {
            out.push((reading.field(key), zone.trim_matches(['(', ')']).to_owned(), *at));
        }
    }
    out
}

fn first_day(report: &Report) -> Option<NaiveDateTime> {
    report.first_moment()
}

#[cfg(test)]
mod tests {
    use super::super::support::{fires, questioned, sample, unquestioned, with_rows, with_text};
    use crate::report::Report;

    #[test]
    fn an_abbreviation_out_of_season_is_questioned() {
        let none: [&str; 0] = [];
        assert_eq!(unquestioned("L08", &["At 21:52 GMT+1 no, at 21:52 PST", "until 02:41 CET", "On 3 December 2025 at 10:00 BST"]), none);
        assert_eq!(
            questioned("L08", &["At 21:52 BST it failed.", "midday (12:00 UTC)", "at 10:00 PDT", "On 3 December at 10:00 GMT"]),
            none
        );
    }

    #[test]
    fn an_ambiguous_abbreviation_is_questioned_where_the_report_has_no_zone() {
        for word in ["IST", "CST", "BST"] {
            let mut report = with_text(&format!("It failed at 10:00 {word} and came back at 11:00 {word}."));
            assert!(!fires(&report, "L08"), "the report's zone is known: {word}");
            report.zone = None;
            assert!(fires(&report, "L08"), "{word}");
        }
    }

    #[test]
    fn times_without_any_zone_are_questioned_and_the_form_s_own_offered() {
        let mut report = with_rows(&["10:00 a", "10:05 b"]);
        report.sections.clear();
        report.zone = None;
        let finding = super::super::check(&report).into_iter().find(|f| f.check == "L08").expect("no zone");
        let mended = report.apply(&finding.fix.expect("the form has a zone").edit).expect("it fits").report;
        assert!(!fires(&mended, "L08"));
        report.template.zone = None;
        assert!(fires(&report, "L08"), "nothing to offer, but still to be said");
        let mut prose = with_text("It failed at 10:00. It came back at 11:00.");
        (prose.zone, prose.timeline) = (None, Vec::new());
        prose.sections.truncate(1);
        assert!(fires(&prose, "L08"));

        let mut said = with_text("It failed around 8:30 am Paris time and came back at 9:30 am.");
        (said.zone, said.timeline) = (None, Vec::new());
        said.sections.truncate(1);
        assert!(!fires(&said, "L08"));
        let untimed = Report { zone: None, timeline: Vec::new(), fields: Default::default(), sections: Vec::new(), ..sample() };
        assert!(!fires(&untimed, "L08"));
    }
}
