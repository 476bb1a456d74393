//! A day with its time as a person types it, in either order, with or without a zone, read whole: every sign belongs to the day, the time
//! or the zone, or nothing is read. Always true: the zone comes back as typed, and is one.

use super::{DateOrder, date};
use crate::moment;
use crate::zones;
use chrono::{DateTime, NaiveDateTime, NaiveTime};

/// Reads a day with a time: `14/10/2026 21:52`, `14 October 2026 at 9:52 PM (UTC+1)`, `11/2/26 7.50pm`, `19:50 11/02/2026`,
/// `2026-10-14T21:52:00+01:00`, `21:52 BST on 14 October 2026`. Returns the zone's words as typed.
pub fn date_time(raw: &str, order: DateOrder) -> Option<(NaiveDateTime, Option<String>)> {
    if raw.len() > super::LONGEST {
        return None;
    }
    let text = raw.replace(['\u{a0}', '\u{202f}'], " ");
    let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
    if let Ok(exact) = DateTime::parse_from_rfc3339(&text) {
        return Some((exact.naive_local(), Some(exact.offset().to_string())));
    }
    day_first(&text, order).or_else(|| time_first(&text, order))
}

fn day_first(text: &str, order: DateOrder) -> Option<(NaiveDateTime, Option<String>)> {
    let ends = text.char_indices().filter(|(_, c)| matches!(c, ' ' | ',' | 'T' | '@' | '|' | ';' | '_')).map(|(at, _)| at);
    ends.collect::<Vec<_>>().into_iter().rev().find_map(|end| {
        let day = date(text[..end].trim_end_matches(JOINS), order)?;
        let (time, after) = time_of_day(joined(&text[end..]))?;
        let at = day.and_time(time);
        // "09:50-10:30" is two times, and "T09:50-10:30" one with its offset.
        let is_range = after.starts_with(['-', '\u{2212}']) && !is_iso(text);
        (!is_range).then(|| Some((at, zone(after, at)?)))?
    })
}

fn time_first(text: &str, order: DateOrder) -> Option<(NaiveDateTime, Option<String>)> {
    let (time, after) = time_of_day(text)?;
    let words: Vec<&str> = after.split(' ').filter(|word| !word.is_empty()).collect();
    (0..words.len().min(4)).find_map(|start| {
        (start + 1..=words.len()).rev().find_map(|end| {
            let day = words[start..end].join(" ");
            let day = joined(&day).trim_end_matches(JOINS);
            let at = date(day.strip_prefix("on ").unwrap_or(day), order)?.and_time(time);
            let (before, behind) = (zone(&words[..start].join(" "), at)?, zone(&words[end..].join(" "), at)?);
            // Two zones for one time are one too many.
            (before.is_none() || behind.is_none()).then(|| (at, before.or(behind)))
        })
    })
}

/// Whether a letter T divides the day from its time.
fn is_iso(text: &str) -> bool {
    let figure = |byte: Option<&u8>| byte.is_some_and(u8::is_ascii_digit);
    let bytes = text.as_bytes();
    (1..bytes.len()).any(|at| bytes[at] == b'T' && figure(bytes.get(at - 1)) && figure(bytes.get(at + 1)))
}

/// What may stand between a day and its time.
const JOINS: [char; 9] = [',', ' ', '@', '|', ';', '_', '-', '\u{2013}', '\u{2014}'];

fn joined(text: &str) -> &str {
    let text = text.strip_prefix('T').unwrap_or(text).trim_start_matches(JOINS);
    ["at ", "om ", "kl. ", "kl ", "on "].iter().find_map(|word| text.strip_prefix(word)).unwrap_or(text)
}

/// One time of day at the head of a text, and what follows it.
fn time_of_day(text: &str) -> Option<(NaiveTime, &str)> {
    for noon in ["12 noon", "noon"] {
        if let Some(after) = text.strip_prefix(noon).filter(|after| !after.starts_with(char::is_alphanumeric)) {
            return Some((NaiveTime::from_hms_opt(12, 0, 0)?, after));
        }
    }
    moment::time_of_day(text)
}

/// The zone that the words name, none where there are no words; nothing where they are no zone.
#[expect(clippy::option_option, reason = "no zone and no words are two things")]
fn zone(words: &str, at: NaiveDateTime) -> Option<Option<String>> {
    let trimmed = words.trim().trim_matches([',', '.', ' ']);
    let bare = trimmed.strip_prefix('(').and_then(|inside| inside.strip_suffix(')')).unwrap_or(trimmed);
    let trimmed = if bare.contains(['(', ')']) { trimmed } else { bare.trim() };
    if trimmed.is_empty() || matches!(&*trimmed.to_lowercase(), "local" | "local time") {
        return Some(None);
    }
    let sound = zones::is_zone(trimmed, at)
        || trimmed.split([' ', '(', ')', '/', ',']).filter(|part| !part.is_empty()).all(|part| zones::is_zone(part, at));
    sound.then(|| Some(trimmed.to_owned()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use chrono::NaiveDate;

    fn read(raw: &str) -> Option<(String, Option<String>)> {
        date_time(raw, DateOrder::DayMonth).map(|(at, zone)| (at.format("%Y-%m-%d %H:%M").to_string(), zone))
    }

    #[test]
    fn a_moment_is_read_as_people_write_it() {
        for raw in [
            "11/02/2026 19:50",
            "11/2/26 7:50pm",
            "11/2/26 7.50 pm",
            "11/2/26, 7:50 PM",
            "11.2.2026 19.50",
            "11-02-2026 1950",
            "11/02/2026 19h50",
            "11/02/2026 1950 hrs",
            "11/02/2026 19:50 hours",
            "11/02/2026 at 19:50",
            "11/02/2026 @ 19:50",
            "11/02/2026 - 19:50",
            "11/02/2026\n19:50",
            "2026-02-11 19:50",
            "2026-02-11T19:50",
            "2026-02-11T19:50:00.000",
            "20260211T1950",
            "11 February 2026, 19:50",
            "11 Feb 2026 7:50 p.m.",
            "Feb 11, 2026 7:50 PM",
            "Wednesday 11 February 2026 at 19:50",
            "19:50 11/02/2026",
            "19:50, 11/02/2026",
            "19:50 on 11 February 2026",
            "7.50pm 11/2/26",
            "1950 11/02/2026",
            "19:50 – Wed 11 Feb 2026",
            "11/02/2026 19:50 local time",
        ] {
            assert_eq!(read(raw), Some(("2026-02-11 19:50".into(), None)), "{raw}");
        }
        assert_eq!(read("11/02/2026 12 noon"), Some(("2026-02-11 12:00".into(), None)));
        let american = date_time("11/2/26 7:50pm", DateOrder::MonthDay).map(|(at, _)| at.date());
        assert_eq!(american, NaiveDate::from_ymd_opt(2026, 11, 2), "in that form's order");
    }

    #[test]
    fn its_zone_comes_back_as_typed() {
        for (raw, zone) in [
            ("14/10/2026 21:52 BST", "BST"),
            ("14 October 2026 at 9:52 PM (UTC+1)", "UTC+1"),
            ("2026-10-14T21:52:00+01:00", "+01:00"),
            ("2026-10-14T21:52Z", "Z"),
            ("2026-10-14T21:52-05:00", "-05:00"),
            ("2026-10-14 21:52:00 +0100", "+0100"),
            ("14/10/2026 21:52 Europe/London", "Europe/London"),
            ("14/10/2026 21:52 London time", "London time"),
            ("14/10/2026 21:52 Eastern Time", "Eastern Time"),
            ("14/10/2026 21:52 WAT", "WAT"),
            ("14/10/2026 21:52 BST (UTC+1)", "BST (UTC+1)"),
            ("21:52 BST 14/10/2026", "BST"),
            ("21:52 14/10/2026 BST", "BST"),
            ("21:52 (BST) on 14 October 2026", "BST"),
        ] {
            assert_eq!(read(raw), Some(("2026-10-14 21:52".into(), Some(zone.into()))), "{raw}");
        }
    }

    #[test]
    fn what_is_no_moment_is_none() {
        for raw in [
            "25:99",
            "32/13/2026 10:00",
            "11/02/2026 25:99",
            "11/02/2026 24:30",
            "11/02/2026 19:75",
            "11/02/2026",
            "19:50",
            "yesterday",
            "yesterday at 19:50",
            "half past seven on 11/02/2026",
            "11/02/2026 half past 7",
            "11/02/2026 19:50 or so",
            "11/02/2026 19:50 (first report)",
            "about 11/02/2026 19:50",
            "11/02/2026 19:50 and 20:10",
            "11/02/2026 19:50-20:10",
            "11/02/2026 09:50-10:30",
            "11/02/2026 7",
            "11/02/2026 13:00 am",
            "11/02/2026 19:50 BST 20:10",
            "11/02/2026 midnight",
            "11/02/2026 evening",
            "in the night of 11/02/2026",
            "19:50 BST 11/02/2026 CET",
            "",
        ] {
            assert_eq!(read(raw), None, "{raw}");
        }
    }
}
