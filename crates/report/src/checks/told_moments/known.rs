//! What is recorded of when it began, was noticed and was over: of a service its windows; of the whole the marked rows and the header.

use super::super::claims::{Scope, Speech};
use super::super::reading::{Reading, moment_words};
use super::Kind;
use crate::finding::Source;
use crate::place::Place;
use crate::timeline::{Event, Role, Time};
use crate::zones::Stated;
use chrono::{Duration, NaiveDateTime};

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
    if let (Scope::Services(named), true) = (scope, kind != Kind::Noticed) {
        let names: Vec<String> =
            Speech::of(reading).services.into_iter().enumerate().filter(|(at, _)| named.contains(at)).map(|(_, name)| name).collect();
        let mut out = window_ends(Some(&names));
        // The service that the whole is about began and ended with it.
        out.extend(marked(reading, if kind == Kind::Began { &[Role::ImpactStart] } else { &[Role::Restored] }));
        return out;
    }
    let incident = sentence.to_lowercase().contains("incident");
    let roles: &[Role] = match kind {
        Kind::Began if incident => &[Role::ImpactStart, Role::Detected, Role::Reported, Role::Logged, Role::Declared],
        Kind::Began => &[Role::ImpactStart],
        Kind::Noticed => &[Role::Detected, Role::Reported, Role::Logged],
        Kind::Over => &[Role::Restored],
    };
    let mut out = marked(reading, roles);
    let sure = !out.is_empty();
    if kind == Kind::Over && sure {
        out.extend(marked(reading, &[Role::Closed]).into_iter().filter(|_| sentence.to_lowercase().contains("resolved") || incident));
    }
    if kind != Kind::Noticed && (!sure || several(reading)) {
        out.extend(window_ends(None));
    }
    out
}

/// Whether there was more than one outage: each has its own beginning and end.
fn several(reading: &Reading) -> bool {
    let report = reading.report;
    let starts = report.events().filter(|event| event.milestone.as_ref().is_some_and(|m| m.role == Role::ImpactStart)).count();
    starts > 1
}

fn marked<'a>(reading: &Reading<'a>, roles: &[Role]) -> Vec<Known<'a>> {
    let report = reading.report;
    let is = |event: &Event, role: &Role| event.milestone.as_ref().is_some_and(|m| m.role == *role);
    let mut out = Vec::new();
    for role in roles {
        for event in report.events().filter(|event| is(event, role)) {
            let Some(start) = event.start() else { continue };
            let about = matches!(event.time, Time::About { .. });
            let row = |at: NaiveDateTime| Known { at: (at, event.zone.as_deref()), about, source: reading.row(event) };
            out.push(row(start));
            if let Time::Range { from, to } = event.time {
                out.push(row(start.date().and_time(to) + Duration::days(i64::from(to < from))));
            }
        }
        for field in report.template.fields.iter().filter(|field| field.role == Some(*role)) {
            let answer = report.answer(&field.key);
            if let Some(at) = answer.stated().filter(|_| answer.standing.is_known()) {
                out.push(Known { at, about: false, source: reading.field(&field.key) });
            }
        }
    }
    out
}
