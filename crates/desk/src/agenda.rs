//! Due times as a calendar file (iCalendar, RFC 5545), for one report or for the whole library.
//! Always true: the same due times at the same moment give the same bytes; an entry keeps its UID, so that reading a newer file moves it; a
//! rule that was not verified says so in its title; a file with nothing due is a calendar all the same.
//! Deliberately absent: what was filed, and what has no day.

use crate::because;
use crate::clocks::LibraryDue;
use crate::fault::Fault;
use crate::ports::World;
use chrono::{DateTime, Duration, Utc};
use icalendar::{Alarm, Calendar, Component, Event, EventLike};
use report::clocks::ClockState;
use std::path::Path;

/// Writes them to `path`; gives how many are in the file.
///
/// # Errors
/// Those of the disk; the file is as it was.
pub fn write(world: &World, due: &[LibraryDue], path: &Path) -> Result<usize, Fault> {
    let text = calendar(due, world.clock.now());
    world.files.write_whole(path, text.as_bytes()).map_err(|fault| because::of_writing(path, &fault))?;
    Ok(due.iter().filter(|row| belongs(row)).count())
}

/// The file's text.
pub fn calendar(due: &[LibraryDue], now: DateTime<Utc>) -> String {
    let mut calendar = Calendar::empty();
    calendar.append_property(("VERSION", "2.0")).append_property(("PRODID", concat!("-//Rapporteur//", env!("CARGO_PKG_VERSION"), "//EN")));
    let events: Vec<Event> = due.iter().filter(|row| belongs(row)).filter_map(|row| event(row, now)).collect();
    let nothing = events.is_empty();
    for event in events {
        calendar.push(event);
    }
    let text = calendar.done().to_string();
    if nothing { text.replace("END:VCALENDAR", UTC) } else { text }
}

/// A calendar without any component is none (RFC 5545, 3.6), so one with nothing due names its zone. The library writes no zones.
const UTC: &str = "BEGIN:VTIMEZONE\r\nTZID:UTC\r\nBEGIN:STANDARD\r\nDTSTART:19700101T000000\r\nTZOFFSETFROM:+0000\r\n\
                   TZOFFSETTO:+0000\r\nEND:STANDARD\r\nEND:VTIMEZONE\r\nEND:VCALENDAR";

fn belongs(row: &LibraryDue) -> bool {
    row.due.at.is_some() && !matches!(row.due.state, ClockState::Filed { .. })
}

/// A whole day is an entry of that day; a moment is one of a minute, in UTC, which every calendar shows in its own zone. Each rings the
/// day before; a moment rings an hour before as well.
fn event(row: &LibraryDue, now: DateTime<Utc>) -> Option<Event> {
    let due = &row.due;
    let mark = if due.verified { "" } else { " (rule not verified)" };
    let lines = [due.words.as_str(), due.how.as_str(), due.clause.as_str(), due.calendar.as_str()];
    let lines: Vec<String> = lines.iter().filter(|line| !line.is_empty()).map(|line| one_line(line)).collect();
    let title = one_line(&format!("{}{mark}: {}", due.due, row.name));
    let mut event = Event::new();
    event
        .uid(&format!("{}-{}@rapporteur", row.report, due.key))
        .timestamp(now)
        .sequence(edition(now))
        .summary(&title)
        .description(&lines.join("\n"));
    let rings: &[Duration] = match due.day {
        // At nine in the morning of the day before.
        Some(day) => {
            event.starts(day).ends(day.succ_opt()?);
            &[Duration::hours(-15)]
        }
        None => {
            let at = due.at?;
            event.starts(at).ends(at + Duration::minutes(1));
            &[Duration::days(-1), Duration::hours(-1)]
        }
    };
    for (number, ring) in (1..).zip(rings) {
        let mut alarm = Alarm::display(&title, *ring);
        // Without one of ours it would get another UID each time.
        alarm
            .uid(&format!("{}-{}-{number}@rapporteur", row.report, due.key))
            .add_property("DTSTAMP", now.format("%Y%m%dT%H%M%SZ").to_string());
        event.alarm(alarm);
    }
    Some(event.done())
}

/// Minutes since 2020: a later file replaces the entries of an earlier one (RFC 5545, 3.8.7.4).
fn edition(now: DateTime<Utc>) -> u32 {
    u32::try_from((now.timestamp() - 1_577_836_800) / 60).unwrap_or(0)
}

/// On one line, without characters that no calendar file may hold (RFC 5545, 3.1).
fn one_line(text: &str) -> String {
    text.split(|c: char| c.is_control() || c.is_whitespace()).filter(|word| !word.is_empty()).collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::clocks::rows;
    use report::Report;

    fn at(text: &str) -> DateTime<Utc> {
        text.parse().expect("a moment")
    }

    fn file(report: &Report, now: &str) -> String {
        calendar(&rows(report, at(now)), at(now))
    }

    #[test]
    fn a_whole_day_is_a_day_and_what_was_not_verified_says_so() {
        let report = report::catalogue::sample("sec-h9-summary").expect("a shipped sample");
        let file = file(&report, "2025-10-16T09:00:00Z");
        let lines: Vec<&str> = file.split("\r\n").collect();
        assert_eq!((lines.first().copied(), lines.last().copied()), (Some("BEGIN:VCALENDAR"), Some("")), "every line ends in CR LF");
        assert_eq!(lines.iter().filter(|line| **line == "BEGIN:VEVENT").count(), 2);
        // Two working days after the 15th.
        assert!(lines.contains(&"DTSTART;VALUE=DATE:20251017") && lines.contains(&"DTSTAMP:20251016T090000Z"), "{file}");
        assert!(file.contains("SUMMARY:Summary report (rule not verified):"), "{file}");
        assert!(lines.iter().all(|line| line.len() <= 75), "lines are folded");
    }

    #[test]
    fn a_moment_is_told_in_utc_and_keeps_its_uid() {
        let mut report = report::catalogue::sample("dora-initial").expect("a shipped sample");
        let uid = |file: &str| file.replace("\r\n ", "").lines().find(|line| line.starts_with("UID:")).map(str::to_owned);
        let before = file(&report, "2026-03-10T06:00:00Z");
        assert!(before.contains("\r\nDTSTART:2026") && uid(&before).is_some(), "{before}");
        report.clock_events.insert("awareness".into(), report::clock::Moment::given("09/03/2026 20:00", report.template.date_order));
        let after = file(&report, "2026-03-10T06:00:00Z");
        assert_eq!(after, file(&report, "2026-03-10T06:00:00Z"), "the same due times at the same moment give the same bytes");
        assert!(before != after && uid(&before) == uid(&after));
    }

    #[test]
    fn a_title_with_control_characters_stays_on_its_line() {
        let mut report = report::catalogue::sample("gdpr-33").expect("a shipped sample");
        report.filings.clear();
        report.title = "line\r\nbreak \u{7}bell\u{0}".into();
        let file = file(&report, "2026-01-20T12:00:00Z");
        assert!(file.contains(": line break bell\r\n"), "{file}");
        assert!(file.chars().all(|c| !c.is_control() || c == '\r' || c == '\n'), "{file:?}");
        assert_eq!(
            (file.matches("BEGIN:VALARM").count(), file.matches("DTEND").count(), file.matches("SEQUENCE").count()),
            (2, 1, 1),
            "{file}"
        );
    }

    #[test]
    fn what_was_filed_or_has_no_day_is_left_out() {
        let sent = report::catalogue::sample("nis2-final").expect("a shipped sample");
        assert_eq!(file(&sent, "2026-03-01T00:00:00Z").matches("BEGIN:VEVENT").count(), 1, "the final report alone is still to come");
        let blank = Report::begin(report::catalogue::find("gdpr-33").expect("a shipped form"), &mut report::ids::CountedIds(0));
        let nothing = file(&blank, "2026-03-01T00:00:00Z");
        assert_eq!((nothing.matches("BEGIN:VEVENT").count(), nothing.matches("BEGIN:VTIMEZONE").count()), (0, 1), "{nothing}");
    }
}
