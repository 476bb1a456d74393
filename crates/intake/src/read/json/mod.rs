//! JSON that programs of the incident room give away: Slack, PagerDuty, Opsgenie, GitHub, GitLab, Jira, and what nobody knows. Always true: every string, number
//! and truth in the file is in a block or in the list of what was dropped. Deliberately absent: schemas; unknown members stay, by name.

mod adf;
pub(super) mod export;
mod log;
mod slack;
mod tracker;
mod value;

use super::ReadError;
use crate::source::Source;
use serde_json::Value;

/// The most values of a file: held as a tree they take some two hundred bytes each.
const MOST_VALUES: usize = 3_000_000;

/// Which JSON a text is.
pub(super) enum Kind {
    /// Messages of Slack.
    Slack,
    /// An issue of a tracker, and what was said of it.
    Tracker,
    /// An incident, an alert, or anything else.
    Log,
    /// A report of our own.
    Report,
}

/// Parses a text that is one JSON value from its first character to its last.
pub(super) fn parse(text: &str) -> Result<Value, ReadError> {
    // Cheap and never too low: every member or item but the first has a comma before it.
    if text.bytes().filter(|byte| matches!(byte, b',' | b'[' | b'{')).count() > MOST_VALUES {
        return Err(ReadError::TooMany { what: "values", most: MOST_VALUES });
    }
    serde_json::from_str(text.trim_start_matches('\u{feff}')).map_err(|fault| {
        if fault.to_string().starts_with("recursion limit exceeded") {
            return ReadError::TooDeep { most: 128 };
        }
        ReadError::Broken { format: "JSON", message: fault.to_string() }
    })
}

/// A log with an entry on each line (JSON Lines); none of lines that are no entries.
pub(super) fn entries_by_line(text: &str) -> Option<Value> {
    let mut lines = text.trim_start_matches('\u{feff}').lines().filter(|line| !line.trim().is_empty());
    // The first line says at once what most texts are not.
    let entry = |line: &str| serde_json::from_str(line).ok().filter(log::is_entry);
    let first = entry(lines.next()?)?;
    let rest: Option<Vec<Value>> = lines.map(entry).collect();
    Some(Value::Array(std::iter::once(first).chain(rest?).collect()))
}

/// Which JSON it is.
pub(super) fn kind(value: &Value) -> Kind {
    if value.get("format").is_some_and(Value::is_u64) && value.get("template").is_some() {
        Kind::Report
    } else if slack::is_one(value) {
        Kind::Slack
    } else if tracker::is_one(value) {
        Kind::Tracker
    } else {
        Kind::Log
    }
}

/// Reads messages of Slack.
pub(super) fn read_slack(value: &Value) -> Result<Source, ReadError> {
    slack::read(value)
}

/// Reads issues of a tracker.
pub(super) fn read_tracker(value: Value) -> Result<Source, ReadError> {
    tracker::read(value)
}

/// Reads anything else.
pub(super) fn read_log(value: &Value) -> Result<Source, ReadError> {
    log::read(value)
}

#[cfg(test)]
mod tests;
