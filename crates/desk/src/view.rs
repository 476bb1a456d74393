//! What the editor shows beside the author's own text: findings, the outline's states, what the typed values mean, what is computed.

use crate::library::ReportState;
use crate::session::Sitting;
use chrono::{DateTime, Datelike, Utc};
use report::ids::ReportId;
use report::outline::Outline;
use report::{Finding, Place, Report};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use ts_rs::TS;

/// A report, opened for editing.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
#[ts(export)]
pub struct Opened {
    /// Names this opening of it in every act that follows.
    pub sitting: Sitting,
    /// The report.
    pub report: Report,
    /// What is shown beside it.
    pub view: View,
    /// When its last edit reached the disk, RFC 3339 in UTC.
    pub saved_at: String,
    /// Whether another window or process has this library open too.
    pub elsewhere: bool,
    /// The state of the report in the library.
    pub state: ReportState,
    /// For a signed one, the number its next version would have.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub next_version: Option<String>,
}

/// What an edit, an undo or a redo gave.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
#[ts(export)]
pub struct Edited {
    /// How many edits this report has seen since it was opened; replies that overtake each other are told apart by it.
    pub number: u64,
    /// The report, where the author's own text may differ from what the window holds (undo, redo, a fix, a jotted line).
    pub report: Option<Report>,
    /// Where it happened.
    pub place: Place,
    /// What is shown beside it now.
    pub view: View,
    /// Its state: an undo may lead back to what was signed.
    pub state: ReportState,
}

/// What is shown beside the author's text.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
#[ts(export)]
pub struct View {
    /// What the checks found, heaviest first.
    pub findings: Vec<Finding>,
    /// How far each part is.
    pub outline: Outline,
    /// What typed or computed fields mean, by key.
    pub readings: BTreeMap<String, Reading>,
    /// The fields whose condition does not hold and that say nothing: the form does not ask for them in this report.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    #[ts(as = "Option<Vec<String>>", optional)]
    pub not_asked: Vec<String>,
    /// The report's zone on the day of the incident: abbreviation and offset ("BST", "UTC+1").
    pub zone: Option<(String, String)>,
    /// Minutes in which any service was down, overlaps counted once; none without a finished window.
    pub downtime_minutes: Option<i64>,
    /// What the report gives by itself: what a fact in the text prints as now, by its key.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    #[ts(as = "Option<Vec<report::facts::Fact>>", optional)]
    pub facts: Vec<report::facts::Fact>,
    /// What was checked, and against what, in one sentence: what green stands for.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    #[ts(as = "Option<String>", optional)]
    pub checked: String,
    /// Whether there is something to undo.
    pub can_undo: bool,
    /// Whether there is something to do again.
    pub can_redo: bool,
}

/// What a field's answer means.
#[derive(Clone, Debug, Eq, PartialEq, Serialize, Deserialize, TS)]
#[ts(export)]
pub struct Reading {
    /// As it will print: "14 October 2026, 21:36 BST", "4 h 08 min".
    pub words: String,
    /// The weekday of a date ("Wednesday").
    pub weekday: Option<String>,
    /// For a computed field, what it was computed from: the two labels.
    pub from: Option<(String, String)>,
}

impl View {
    /// What is shown beside `report` at a moment.
    pub fn of(report: &Report, now: DateTime<Utc>, (can_undo, can_redo): (bool, bool)) -> Self {
        let findings = crate::checking::check(report, now);
        Self {
            outline: report::outline::outline(report, &findings),
            findings,
            readings: readings(report),
            not_asked: not_asked(report),
            zone: report.zone_words(),
            downtime_minutes: report.downtime_minutes(),
            facts: report::facts::facts(report),
            checked: crate::checking::checked(report),
            can_undo,
            can_redo,
        }
    }
}

fn not_asked(report: &Report) -> Vec<String> {
    let idle = |field: &&report::template::Field| {
        let answer = report.answer(&field.key);
        let conditional = field.condition.as_ref().is_some_and(|condition| !report.holds(condition));
        conditional && answer.is_blank() && answer.standing.is_known()
    };
    report.template.fields.iter().filter(idle).map(|field| field.key.clone()).collect()
}

fn readings(report: &Report) -> BTreeMap<String, Reading> {
    let fields = report.template.fields.iter();
    fields
        .filter(|field| !report.is_unread(field))
        .filter_map(|field| {
            let words = report.printed_value(&field.key)?;
            let weekday = report.answer(&field.key).date().map(|date| weekday(date.weekday()).to_owned());
            let label = |key: &str| report.template.field(key).map_or_else(String::new, |field| field.label.clone());
            let from = field.computed.as_ref().map(|computed| (label(&computed.from), label(&computed.to)));
            Some((field.key.clone(), Reading { words, weekday, from }))
        })
        .collect()
}

fn weekday(day: chrono::Weekday) -> &'static str {
    use chrono::Weekday::{Fri, Mon, Sat, Sun, Thu, Tue, Wed};
    match day {
        Mon => "Monday",
        Tue => "Tuesday",
        Wed => "Wednesday",
        Thu => "Thursday",
        Fri => "Friday",
        Sat => "Saturday",
        Sun => "Sunday",
    }
}

/// What became of the edits of a sitting.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
#[serde(tag = "news", rename_all = "snake_case")]
#[ts(export)]
pub enum SaveNews {
    /// There are edits that are not on disk yet.
    Pending {
        /// The sitting.
        sitting: Sitting,
    },
    /// Every edit up to that one is on disk.
    Saved {
        /// The sitting.
        sitting: Sitting,
        /// The edit's number.
        number: u64,
        /// When, RFC 3339 in UTC.
        at: String,
    },
    /// They could not be written; they are kept in memory and tried again.
    Failed {
        /// The sitting.
        sitting: Sitting,
        /// Why.
        fault: crate::fault::Fault,
    },
    /// Another window or process was there first. Every edit up to that one is on disk in a report of its own, and the sitting goes on in it.
    KeptBoth {
        /// The sitting.
        sitting: Sitting,
        /// The report it was opened as, which holds the other text.
        report: ReportId,
        /// The report that holds this sitting's text from now on.
        copy: ReportId,
        /// What the other window did.
        why: KeptApart,
        /// What the copy is called.
        name: String,
        /// The version the copy has.
        version: String,
        /// The edit's number.
        number: u64,
        /// When, RFC 3339 in UTC.
        at: String,
    },
}

/// Why a text was kept apart from the report it was opened as.
#[derive(Clone, Copy, Debug, Eq, PartialEq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
#[ts(export)]
pub enum KeptApart {
    /// The other window wrote another text.
    Overtaken,
    /// The other window signed it; this text is its next version.
    Signed,
    /// The other window put it in the bin.
    Removed,
}
