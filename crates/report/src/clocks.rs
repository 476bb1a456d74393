//! The due times of a report: when each falls, how it was counted, how far it is. Always true: counting starts from what somebody
//! recorded, never from "now"; what cannot be counted says why; a day counted by a rule that was not verified says so, late or not.
//! Deliberately absent: the machine's clock. The caller says what time it is.

mod events;
mod limits;

pub use events::{EventAt, EventOrigin, EventStanding, events};

use crate::clock::{Circumstance, ClockRule, Filing};
use crate::report::Report;
use crate::when::{date_words, time_words, zone_words};
use chrono::{DateTime, Duration, NaiveDate, NaiveDateTime, Utc};
use limits::Counted;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// One due time of a report.
#[derive(Clone, Debug, Eq, PartialEq, Serialize, Deserialize, TS)]
#[ts(export)]
pub struct DueTime {
    /// The rule's key.
    pub key: String,
    /// What is due.
    pub due: String,
    /// Until when, in words, whatever is recorded: "72 hours after “Became aware”".
    pub rule: String,
    /// The clause.
    pub clause: String,
    /// Where the rule was read.
    pub source: String,
    /// Whether it was read in the instrument; what was not is late only by a rule that may be wrong.
    pub verified: bool,
    /// How far it is.
    pub state: ClockState,
    /// When it falls, where it can be counted; for a day, the moment the day ends.
    pub at: Option<DateTime<Utc>>,
    /// The day, where the whole of it is left.
    pub day: Option<NaiveDate>,
    /// The moment in UTC: "15 October 2025, 01:41 UTC"; empty where it cannot be counted.
    pub utc: String,
    /// The same in words: "by 15 October 2025, 02:41 BST (01:41 UTC)", "by the end of 16 October 2025".
    pub words: String,
    /// How it was counted: "72 hours after “Became aware”, 12 March 2026, 09:30 CET".
    pub how: String,
    /// Events it also waits for; until they are recorded the time given is the latest possible.
    pub waits_for: Vec<String>,
    /// Questions about the reporter on which it depends and that nobody has answered; until then the stricter time stands.
    pub asks: Vec<Circumstance>,
    /// The same with those that were answered, so that an answer can be changed; in the order of the rule.
    #[ts(as = "Option<Vec<Circumstance>>", optional)]
    pub circumstances: Vec<Circumstance>,
    /// What is known about the calendar it was counted with, and what not.
    pub calendar: String,
    /// What the regime asks of whoever is late.
    pub reasons: String,
    /// What was filed for it last.
    pub filing: Option<Filing>,
}

/// How far a due time is.
#[derive(Clone, Debug, Eq, PartialEq, Serialize, Deserialize, TS)]
#[serde(tag = "is", rename_all = "snake_case")]
#[ts(export)]
pub enum ClockState {
    /// No event has started it.
    NotStarted {
        /// The events that would.
        missing: Vec<String>,
    },
    /// It runs.
    Running,
    /// Little of it is left.
    DueSoon,
    /// It has passed, and nothing was filed.
    Late {
        /// By how many minutes.
        minutes: i64,
    },
    /// It was filed.
    Filed {
        /// How many minutes late; none in time, or where that cannot be told.
        late: Option<i64>,
    },
    /// Without undue delay: there is nothing to count.
    Promptly,
    /// It cannot be counted.
    NotCounted {
        /// Why.
        why: String,
    },
    /// Counted by a rule that was not verified: a day to look at, not one to rely on.
    Unverified {
        /// How many minutes it has passed, with nothing filed; none before.
        late: Option<i64>,
    },
}

/// Every due time that applies to a report, in the order of its template.
pub fn due_times(report: &Report, now: Option<DateTime<Utc>>) -> Vec<DueTime> {
    let applies = |rule: &&ClockRule| rule.condition.as_ref().is_none_or(|condition| report.holds(condition));
    report.template.clocks.iter().filter(applies).map(|rule| due_time(report, rule, now)).collect()
}

fn due_time(report: &Report, rule: &ClockRule, now: Option<DateTime<Utc>>) -> DueTime {
    let counted = limits::count(report, rule, now);
    let filing = report.filings.iter().rev().find(|filing| filing.clock == rule.key).cloned();
    let state = state(report, rule, &counted, filing.as_ref(), now);
    let words = counted.due.as_ref().map(|due| due.words(report)).unwrap_or_default();
    DueTime {
        key: rule.key.clone(),
        due: rule.due.clone(),
        rule: limits::rule_words(&report.template, rule),
        clause: rule.clause.clone(),
        source: rule.source.clone(),
        verified: rule.verified,
        state,
        at: counted.due.as_ref().map(|due| due.at),
        day: counted.due.as_ref().and_then(|due| due.day),
        utc: counted.due.as_ref().map(|due| utc_words(due.at)).unwrap_or_default(),
        words,
        how: counted.how.join("; "),
        waits_for: counted.missing.clone(),
        asks: counted.asks.clone(),
        circumstances: counted.circumstances.clone(),
        calendar: counted.calendar.clone(),
        reasons: rule.reasons.clone(),
        filing,
    }
}

fn state(report: &Report, rule: &ClockRule, counted: &Counted, filing: Option<&Filing>, now: Option<DateTime<Utc>>) -> ClockState {
    if let Some(filing) = filing {
        let filed = filing.moment.at.and_then(|at| crate::zones::instant(at, filing.moment.zone.as_deref(), report.zone.as_deref()));
        let late = filed.zip(counted.due.as_ref()).map(|(filed, due)| (filed - due.at).num_minutes()).filter(|minutes| *minutes > 0);
        return ClockState::Filed { late: late.filter(|_| rule.verified) };
    }
    let Some(due) = &counted.due else {
        return match &counted.problem {
            Some(why) => ClockState::NotCounted { why: why.clone() },
            None if counted.missing.is_empty() => ClockState::Promptly,
            None => ClockState::NotStarted { missing: counted.missing.clone() },
        };
    };
    if !rule.verified {
        return ClockState::Unverified { late: now.map(|now| (now - due.at).num_minutes()).filter(|minutes| *minutes > 0) };
    }
    match now {
        Some(now) if now > due.at => ClockState::Late { minutes: (now - due.at).num_minutes() },
        Some(now) if now >= due.at - little(due.at - due.from) => ClockState::DueSoon,
        _ => ClockState::Running,
    }
}

/// A quarter of the whole, an hour at least and two days at most.
fn little(whole: Duration) -> Duration {
    (whole / 4).clamp(Duration::hours(1), Duration::days(2))
}

/// A moment in the report's zone and in UTC.
pub fn moment_words(report: &Report, at: DateTime<Utc>) -> String {
    let zone = report.zone.as_deref().and_then(crate::when::zone);
    let local: NaiveDateTime = zone.map_or_else(|| at.naive_utc(), |zone| at.with_timezone(&zone).naive_local());
    let abbreviation = report.zone.as_deref().and_then(|zone| zone_words(zone, local)).map_or("UTC".to_owned(), |(words, _)| words);
    let here = format!("{}, {}\u{a0}{abbreviation}", date_words(local.date()), time_words(local.time()));
    if abbreviation == "UTC" { here } else { format!("{here} ({}\u{a0}UTC)", time_words(at.time())) }
}

/// "15 October 2025, 01:41 UTC".
fn utc_words(at: DateTime<Utc>) -> String {
    format!("{}, {}\u{a0}UTC", date_words(at.date_naive()), time_words(at.time()))
}

#[cfg(test)]
mod tests;
