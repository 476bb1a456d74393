//! The due times of a report: when each falls, how it was counted, how far it is. Always true: counting starts from what somebody
//! recorded, never from "now"; what cannot be counted says why; a day counted by a rule that was not verified says so, late or not.
//! Deliberately absent: the machine's clock. The caller says what time it is.

mod doubts;
mod events;
mod filings;
mod limits;

pub use doubts::{clock_doubt, early_or_coming};
pub use events::{EventAt, EventOrigin, EventStanding, events};
pub use filings::{doubtful, out_of_turn};

use crate::clock::{Circumstance, ClockRule, Filing};
use crate::report::Report;
use crate::template::Template;
use crate::when::{clock_words, date_words, time_words};
use chrono::{DateTime, Duration, NaiveDate, Utc};
use filings::Filed;
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
    /// Why days off could not be taken into account; empty where they were, or where none matter.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    #[ts(as = "Option<String>", optional)]
    pub unknown_days: String,
    /// What the regime asks of whoever is late.
    pub reasons: String,
    /// What met it: the first sound filing for it; else one that was recorded and does not count.
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
    /// A filing was recorded that does not count, so that nobody can say whether it was in time.
    FiledUnclear {
        /// Why it does not count.
        why: String,
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

/// The form whose events and due times apply to a report. Law that was read wrong is mended in the form that ships; a report begun before
/// carries the old reading along, and must not be held to it.
pub(crate) fn law(report: &Report) -> &Template {
    let own = &report.template;
    crate::catalogue::find(&own.id).filter(|shipped| shipped.version == own.version).unwrap_or(own)
}

/// Every due time that applies to a report, in the order of its template.
pub fn due_times(report: &Report, now: Option<DateTime<Utc>>) -> Vec<DueTime> {
    let applies = |rule: &&ClockRule| rule.condition.as_ref().is_none_or(|condition| report.holds(condition));
    law(report).clocks.iter().filter(applies).map(|rule| due_time(report, rule, now)).collect()
}

fn due_time(report: &Report, rule: &ClockRule, now: Option<DateTime<Utc>>) -> DueTime {
    let counted = limits::count(report, rule, now);
    let filed = filings::filed(report, rule, now);
    let state = state(report, rule, &counted, &filed, now);
    let filing = match filed {
        Filed::Nothing => None,
        Filed::Met(filing, _) | Filed::Doubtful(filing, _) => Some(filing.clone()),
    };
    let words = counted.due.as_ref().map(|due| due.words(report)).unwrap_or_default();
    DueTime {
        key: rule.key.clone(),
        due: rule.due.clone(),
        rule: limits::rule_words(law(report), rule),
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
        unknown_days: counted.unknown_days.clone(),
        reasons: rule.reasons.clone(),
        filing,
    }
}

fn state(report: &Report, rule: &ClockRule, counted: &Counted, filed: &Filed, now: Option<DateTime<Utc>>) -> ClockState {
    match (filed, &counted.due) {
        (Filed::Doubtful(_, why), _) => return ClockState::FiledUnclear { why: why.clone() },
        (Filed::Met(..), None) => return ClockState::Filed { late: None },
        (Filed::Met(_, at), Some(due)) => {
            // Nobody is called late by a limit that may not be theirs.
            let due = counted.usual.as_ref().unwrap_or(due);
            return match filings::minutes_late(report, at, due) {
                Ok(late) => ClockState::Filed { late: late.filter(|_| rule.verified) },
                Err(why) => ClockState::FiledUnclear { why },
            };
        }
        (Filed::Nothing, _) => {}
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
        Some(now) if due.is_over(now) => ClockState::Late { minutes: (now - due.at).num_minutes() },
        Some(now) if now >= due.at - little(due.at - due.from) => ClockState::DueSoon,
        _ => ClockState::Running,
    }
}

/// A quarter of the whole, an hour at least and two days at most.
fn little(whole: Duration) -> Duration {
    (whole / 4).clamp(Duration::hours(1), Duration::days(2))
}

/// A moment in the report's zone and in UTC: "12 March 2026, 08:00 JST (11 March 2026, 23:00 UTC)", the day of UTC where it differs.
pub fn moment_words(report: &Report, at: DateTime<Utc>) -> String {
    moment_words_in(report.zone.as_deref(), at)
}

/// The same on the clocks of a zone; in UTC alone where there is none.
pub(crate) fn moment_words_in(zone: Option<&str>, at: DateTime<Utc>) -> String {
    let Some(local) = zone.and_then(crate::when::zone).map(|zone| at.with_timezone(&zone)) else { return utc_words(at) };
    let (abbreviation, _) = clock_words(&local);
    let here = format!("{}, {}\u{a0}{abbreviation}", date_words(local.date_naive()), time_words(local.time()));
    match abbreviation.as_str() {
        "UTC" => here,
        _ if local.date_naive() == at.date_naive() => format!("{here} ({}\u{a0}UTC)", time_words(at.time())),
        _ => format!("{here} ({})", utc_words(at)),
    }
}

/// "15 October 2025, 01:41 UTC".
fn utc_words(at: DateTime<Utc>) -> String {
    format!("{}, {}\u{a0}UTC", date_words(at.date_naive()), time_words(at.time()))
}

#[cfg(test)]
mod tests;
