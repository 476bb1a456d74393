//! When the events happened that start due times: as recorded, as the form states it, as the timeline marks it, or as it was filed.

use super::{filings, law};
use crate::answer::Value;
use crate::clock::{EventRule, Which};
use crate::report::Report;
use crate::when::{clock_words, date_words, time_words};
use chrono::{DateTime, LocalResult, NaiveDate, NaiveDateTime, TimeZone, Utc};
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// An event of the template with what is known of it.
#[derive(Clone, Debug, Eq, PartialEq, Serialize, Deserialize, TS)]
#[ts(export)]
pub struct EventStanding {
    /// Its key.
    pub key: String,
    /// Its words.
    pub label: String,
    /// What counts as it.
    pub guidance: String,
    /// Where it is said.
    pub origin: EventOrigin,
    /// What was typed, here or in the form; empty where nothing was.
    pub raw: String,
    /// What is known of it.
    pub at: EventAt,
}

/// Where it is said when an event happened. Only a record of its own can be changed beside the due times.
#[derive(Clone, Copy, Debug, Eq, PartialEq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
#[ts(export)]
pub enum EventOrigin {
    /// Nowhere.
    Nowhere,
    /// In a record of its own.
    Recorded,
    /// In a field of the form.
    Form,
    /// On a row of the timeline.
    Timeline,
    /// In what was filed for the stage before.
    Filing,
}

/// When an event happened.
#[derive(Clone, Debug, Eq, PartialEq, Serialize, Deserialize, TS)]
#[serde(tag = "is", rename_all = "snake_case")]
#[ts(export)]
pub enum EventAt {
    /// Nobody said.
    Missing,
    /// What was said cannot be placed in time.
    Unclear {
        /// Why.
        why: String,
        /// Whether it is no day and time at all.
        unread: bool,
    },
    /// On a day; the time is not known.
    Day {
        /// The day, on the report's calendar.
        day: NaiveDate,
    },
    /// At a moment.
    Moment {
        /// The moment.
        at: DateTime<Utc>,
        /// The day it fell on, on the report's calendar.
        day: NaiveDate,
    },
}

/// Every event of a report's template, in order. `now` tells filings that lie in the future.
pub fn events(report: &Report, now: Option<DateTime<Utc>>) -> Vec<EventStanding> {
    law(report).events.iter().map(|rule| standing(report, rule, now)).collect()
}

/// What is known of an event: the record first, then the form, the timeline, and what was filed.
pub(super) fn standing(report: &Report, rule: &EventRule, now: Option<DateTime<Utc>>) -> EventStanding {
    type Said = fn(&Report, &EventRule) -> Option<(String, EventAt)>;
    let ways: [(EventOrigin, Said); 3] = [(EventOrigin::Recorded, recorded), (EventOrigin::Form, stated), (EventOrigin::Timeline, marked)];
    let said = ways.into_iter().find_map(|(origin, said)| said(report, rule).map(|(raw, at)| (origin, raw, at)));
    let said = said.or_else(|| filed(report, rule, now).map(|(raw, at)| (EventOrigin::Filing, raw, at)));
    let (origin, raw, at) = said.unwrap_or((EventOrigin::Nowhere, String::new(), EventAt::Missing));
    EventStanding { key: rule.key.clone(), label: rule.label.clone(), guidance: rule.guidance.clone(), origin, raw, at }
}

fn recorded(report: &Report, rule: &EventRule) -> Option<(String, EventAt)> {
    let moment = report.clock_events.get(&rule.key).filter(|moment| !moment.raw.trim().is_empty())?;
    Some((moment.raw.clone(), read(report, moment)))
}

pub(super) fn read(report: &Report, moment: &crate::clock::Moment) -> EventAt {
    match moment.at {
        Some(at) => place(report, at, moment.zone.as_deref()),
        None => match crate::when::date(&moment.raw, report.template.date_order) {
            Some(day) => EventAt::Day { day },
            None => unread(&moment.raw),
        },
    }
}

fn unread(raw: &str) -> EventAt {
    EventAt::Unclear { why: format!("“{}” is not a date and time we can read", raw.trim()), unread: true }
}

fn stated(report: &Report, rule: &EventRule) -> Option<(String, EventAt)> {
    let answer = report.answer(rule.field.as_deref()?);
    if !answer.standing.is_known() || answer.raw.trim().is_empty() {
        return None;
    }
    let at = match &answer.value {
        Some(Value::DateTime { at, zone }) => place(report, *at, zone.as_deref()),
        Some(Value::Date { date }) => EventAt::Day { day: *date },
        // Many know the day and not the hour, and many limits count in days.
        _ => crate::when::date(&answer.raw, report.template.date_order).map_or_else(|| unread(&answer.raw), |day| EventAt::Day { day }),
    };
    Some((answer.raw.clone(), at))
}

/// Of several rows with that role the earliest counts, wherever it stands.
fn marked(report: &Report, rule: &EventRule) -> Option<(String, EventAt)> {
    let role = rule.role?;
    let rows = report.events().filter(|event| event.milestone.as_ref().is_some_and(|milestone| milestone.role == role));
    let dated = rows.filter_map(|event| {
        let day = event.date?;
        let words = format!("{} {}", date_words(day), event.time.words());
        let at = event.start().map_or(EventAt::Day { day }, |at| place(report, at, event.zone.as_deref()));
        Some((words.trim().to_owned(), at))
    });
    dated.min_by_key(|(_, at)| first_of(report, at))
}

/// The filing its clause counts from: the first, or the latest, by its moment and not by its place in the list. One that meets nothing starts
/// nothing; alone, it says why.
fn filed(report: &Report, rule: &EventRule, now: Option<DateTime<Utc>>) -> Option<(String, EventAt)> {
    let clock = law(report).clock(rule.filing.as_ref()?)?;
    let (mut sound, mut doubtful) = (Vec::new(), None);
    for filing in report.filings.iter().filter(|filing| clock.filed_as().any(|key| key == filing.clock)) {
        let raw = filing.moment.raw.clone();
        match filings::sound(report, filing, now) {
            Ok(at) => sound.push((raw, at)),
            Err(why) => {
                let unread = matches!(read(report, &filing.moment), EventAt::Unclear { unread: true, .. });
                doubtful = Some((raw, EventAt::Unclear { why, unread }));
            }
        }
    }
    let counts = match rule.which {
        Which::First => sound.into_iter().min_by_key(|(_, at)| first_of(report, at)),
        Which::Latest => sound.into_iter().max_by_key(|(_, at)| filings::begins(report, at)),
    };
    counts.or(doubtful)
}

/// What cannot be placed in time comes after everything that can.
fn first_of(report: &Report, at: &EventAt) -> (bool, Option<DateTime<Utc>>) {
    let begins = filings::begins(report, at);
    (begins.is_none(), begins)
}

fn place(report: &Report, at: NaiveDateTime, zone: Option<&str>) -> EventAt {
    if let Some(why) = twice_or_never(at, zone.or(report.zone.as_deref())) {
        return EventAt::Unclear { why, unread: false };
    }
    match crate::zones::instant(at, zone, report.zone.as_deref()) {
        Some(instant) => {
            let own = report.zone.as_deref().and_then(crate::when::zone);
            EventAt::Moment { at: instant, day: own.map_or(at.date(), |own| instant.with_timezone(&own).date_naive()) }
        }
        None => EventAt::Unclear {
            why: zone.map_or("the report does not say in which time zone its times are".to_owned(), |zone| {
                format!("“{zone}” is not one time zone")
            }),
            unread: false,
        },
    }
}

/// Why a wall time is no moment in a zone whose clocks change: in autumn it comes twice, in spring it is left out. Zone words that say
/// which round is meant ("CET", "+01:00") name no such zone.
fn twice_or_never(at: NaiveDateTime, zone: Option<&str>) -> Option<String> {
    // "CET" is also the name of a zone whose clocks change; typed behind a time it is the winter's letters.
    let zone = zone.filter(|zone| !crate::zones::is_abbreviation(zone)).and_then(crate::when::zone)?;
    let time = time_words(at.time());
    match zone.from_local_datetime(&at) {
        LocalResult::Single(_) => None,
        LocalResult::Ambiguous(first, second) => Some(format!(
            "{time} comes twice on {} in {}; write {} or {} behind it",
            date_words(at.date()),
            zone,
            clock_words(&first).0,
            clock_words(&second).0
        )),
        LocalResult::None => Some(format!("there is no {time} on {} in {}: the clocks skip it", date_words(at.date()), zone)),
    }
}
