//! What is recorded of when it began, was noticed and was over: of a service its windows; of the whole the marked rows and the header.

use super::super::claims::{Scope, Speech};
use super::super::reading::{Reading, moment_words};
use super::Kind;
use super::roles::classes;
use crate::finding::Source;
use crate::mentions::pattern;
use crate::place::Place;
use crate::timeline::{Event, Role, Time};
use crate::zones::Stated;
use chrono::{Duration, NaiveDateTime};
use regex::Regex;
use std::sync::LazyLock;

/// What is recorded of a moment.
pub struct Known<'a> {
    pub at: Stated<'a>,
    pub about: bool,
    pub source: Source,
}

/// What is recorded of a moment: of a service its windows; of the whole the marked rows and the header, else the windows' ends.
pub fn known<'a>(reading: &Reading<'a>, kind: Kind, scope: &Scope, sentence: &str) -> Vec<Known<'a>> {
    let report = reading.report;
    let window_ends = |services: Option<&[String]>| -> Vec<Known<'a>> {
        let own = report.impact.iter().filter(|window| services.is_none_or(|names| names.iter().any(|name| name == window.service.trim())));
        own.filter_map(|window| {
            let at = if kind == Kind::Began { report.bound(window.from)? } else { report.bound(window.to?)? };
            Some(Known {
                at: (at, None),
                about: false,
                source: Source::at(report, Place::Impact, format!("{}: {}", window.service.trim(), moment_words(at))),
            })
        })
        .collect()
    };
    if let (Scope::Services(named), Kind::Began | Kind::Over) = (scope, kind) {
        let names: Vec<String> =
            Speech::of(reading).services.into_iter().enumerate().filter(|(at, _)| named.contains(at)).map(|(_, name)| name).collect();
        let mut out = window_ends(Some(&names));
        // The service that the whole is about began and ended with it.
        out.extend(marked(reading, if kind == Kind::Began { &[Role::ImpactStart] } else { &[Role::Restored] }));
        return out;
    }
    // Of several outages each was reported, and each had its cause.
    if several(reading) && !matches!(kind, Kind::Began | Kind::Noticed | Kind::Over) {
        return Vec::new();
    }
    let sentence = sentence.trim().to_lowercase();
    let incident = sentence.contains("incident") || sentence.starts_with("it ");
    let roles: &[Role] = match kind {
        Kind::Reported => return reported(reading),
        Kind::BridgeClosed => return bridge_closed(reading),
        Kind::Classified(class) => return classified(reading, &classes(report)[class]),
        Kind::BridgeOpened => &[Role::Bridge],
        Kind::CauseFound => &[Role::CauseFound],
        Kind::Began if incident => &[Role::ImpactStart, Role::Detected, Role::Reported, Role::Logged, Role::Declared],
        Kind::Began => &[Role::ImpactStart],
        Kind::Noticed => &[Role::Detected, Role::Reported, Role::Logged],
        Kind::Over => &[Role::Restored],
    };
    let mut out = marked(reading, roles);
    let sure = !out.is_empty();
    if kind == Kind::Over && sure {
        out.extend(marked(reading, &[Role::Closed]).into_iter().filter(|_| sentence.contains("resolved") || incident));
    }
    if matches!(kind, Kind::Began | Kind::Over) && (!sure || several(reading)) {
        out.extend(window_ends(None));
    }
    out
}

/// When it was reported: where a row says so; an alarm reports as well, and so does whatever a label calls reported.
fn reported<'a>(reading: &Reading<'a>) -> Vec<Known<'a>> {
    let mut out = marked(reading, &[Role::Reported, Role::Logged]);
    if !out.is_empty() {
        out.extend(marked(reading, &[Role::Detected]));
        out.extend(labelled(reading, "reported"));
    }
    out
}

/// The bridge's end, where a row tells it; the incident's end need not be the bridge's.
fn bridge_closed<'a>(reading: &Reading<'a>) -> Vec<Known<'a>> {
    static CLOSES: LazyLock<Regex> = LazyLock::new(|| {
        pattern(
            r"(?i)\bbridge\b[^.;]{0,30}\b(?:close[sd]?|end(?:s|ed)|st(?:ands|ood) down)\b|\bclos(?:e[sd]?|ing) (?:the )?(?:\w+ )?bridge\b",
        )
    });
    rows(reading, |event| CLOSES.is_match(&event.text))
}

fn classified<'a>(reading: &Reading<'a>, class: &str) -> Vec<Known<'a>> {
    let is = |event: &Event| {
        event.milestone.as_ref().is_some_and(|m| m.role == Role::Classified && m.label.as_deref().map(str::trim) == Some(class))
    };
    rows(reading, is)
}

/// The date-time fields whose label holds a word.
fn labelled<'a>(reading: &Reading<'a>, word: &str) -> Vec<Known<'a>> {
    let report = reading.report;
    let own = report.template.fields.iter().filter(|field| field.label.to_lowercase().contains(word));
    own.filter_map(|field| {
        let answer = report.answer(&field.key);
        let at = answer.stated().filter(|_| answer.standing.is_known())?;
        Some(Known { at, about: false, source: reading.field(&field.key) })
    })
    .collect()
}

/// Whether there was more than one outage: each has its own beginning and end.
fn several(reading: &Reading) -> bool {
    let report = reading.report;
    let starts = report.events().filter(|event| event.milestone.as_ref().is_some_and(|m| m.role == Role::ImpactStart)).count();
    starts > 1
}

fn marked<'a>(reading: &Reading<'a>, roles: &[Role]) -> Vec<Known<'a>> {
    let report = reading.report;
    let mut out = Vec::new();
    for role in roles {
        out.extend(rows(reading, |event| event.milestone.as_ref().is_some_and(|m| m.role == *role)));
        for field in report.template.fields.iter().filter(|field| field.role == Some(*role)) {
            let answer = report.answer(&field.key);
            if let Some(at) = answer.stated().filter(|_| answer.standing.is_known()) {
                out.push(Known { at, about: false, source: reading.field(&field.key) });
            }
        }
    }
    out
}

/// The moments of the rows that are meant: of a row that is a range both ends.
fn rows<'a>(reading: &Reading<'a>, meant: impl Fn(&Event) -> bool) -> Vec<Known<'a>> {
    let mut out = Vec::new();
    for event in reading.report.events().filter(|event| meant(event)) {
        let Some(start) = event.start() else { continue };
        let about = matches!(event.time, Time::About { .. });
        let row = |at: NaiveDateTime| Known { at: (at, event.zone.as_deref()), about, source: reading.row(event) };
        out.push(row(start));
        if let Time::Range { from, to } = event.time {
            out.push(row(start.date().and_time(to) + Duration::days(i64::from(to < from))));
        }
    }
    out
}
