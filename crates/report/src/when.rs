//! Dates, times, zones and lengths as people type them. Parsing never guesses silently and never changes what was typed.
//! Always true: a parsed value stands beside its raw text; a date that reads two ways is read in the report's date order.
//! Deliberately absent: "now".

use chrono::{DateTime, NaiveDate, NaiveDateTime, NaiveTime, Offset, TimeZone, Utc};
use chrono_tz::{OffsetName, Tz};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// Which part of an all-figure date comes first.
#[derive(Clone, Copy, Debug, Default, Eq, PartialEq, Serialize, Deserialize, JsonSchema, TS)]
#[serde(rename_all = "snake_case")]
#[ts(export)]
pub enum DateOrder {
    /// 02/06/2020 is the second of June.
    #[default]
    DayMonth,
    /// 02/06/2020 is the sixth of February.
    MonthDay,
}

/// Reads a date: `14/10/2026`, `14.10.2026`, `2026-10-14`, `14 October 2026`, `14 Oct 2026`, `October 14, 2026`.
/// A weekday before it is passed over. Years have four figures: two leave the century open.
pub fn date(raw: &str, order: DateOrder) -> Option<NaiveDate> {
    let text = without_weekday(raw.trim()).replace(['\u{a0}', '\u{202f}'], " ");
    let figures = match order {
        DateOrder::DayMonth => ["%d/%m/%Y", "%d.%m.%Y", "%d-%m-%Y"],
        DateOrder::MonthDay => ["%m/%d/%Y", "%m.%d.%Y", "%m-%d-%Y"],
    };
    let words = ["%Y-%m-%d", "%Y/%m/%d", "%d %B %Y", "%d %b %Y", "%B %d, %Y", "%b %d, %Y", "%B %d %Y", "%d %B, %Y"];
    let plain = without_ordinal(&text);
    figures
        .iter()
        .chain(&words)
        .find_map(|format| NaiveDate::parse_from_str(&plain, format).ok())
        .filter(|date| (1900..2200).contains(&chrono::Datelike::year(date)))
}

/// Reads a time of day: `21:52`, `21:52:07`, `2152`, `21.52`, `9:48 PM`.
pub fn time(raw: &str) -> Option<NaiveTime> {
    let text = raw.trim().replace(['\u{a0}', '\u{202f}'], " ").to_ascii_uppercase();
    let formats = ["%H:%M", "%H:%M:%S", "%H.%M", "%I:%M %p", "%I:%M%p", "%I:%M:%S %p"];
    formats.iter().find_map(|format| NaiveTime::parse_from_str(&text, format).ok()).or_else(|| four_figures(&text))
}

/// Reads a date with a time, in either order of parts that people write, with an optional zone word or offset at the end.
/// Returns the zone's words as typed.
pub fn date_time(raw: &str, order: DateOrder) -> Option<(NaiveDateTime, Option<String>)> {
    let text = raw.trim().replace(['\u{a0}', '\u{202f}'], " ").replace(" at ", " ").replace(" om ", " ");
    if let Ok(exact) = DateTime::parse_from_rfc3339(&text) {
        return Some((exact.naive_local(), Some(exact.offset().to_string())));
    }
    if let Some((day, hour)) = text.split_once('T')
        && let (Some(day), Some(hour)) = (date(day, order), time(hour))
    {
        return Some((day.and_time(hour), None));
    }
    let words: Vec<&str> = text.split_whitespace().collect();
    for split in (1..words.len()).rev() {
        let day = words[..split].join(" ");
        let Some(day) = date(day.trim_end_matches(','), order) else { continue };
        for end in (split + 1..=words.len()).rev() {
            if let Some(hour) = time(words[split..end].join(" ").trim_matches(',')) {
                let zone = words[end..].join(" ");
                let zone = zone.trim_matches(['(', ')']);
                return is_zone_word(zone).then(|| (day.and_time(hour), (!zone.is_empty()).then(|| zone.to_owned())));
            }
        }
    }
    None
}

/// Reads a length of time in minutes: `4 hours 11 minutes`, `4 h 49 min`, `1h7`, `2H`, `4:52`, `4:52 hours`, `90 min`, `1 day 2 h`.
pub fn minutes(raw: &str) -> Option<i64> {
    let text = raw.trim().to_lowercase().replace(['\u{a0}', '\u{202f}', ','], " ").replace(" and ", " ");
    if let Some((hours, rest)) = text.split_once(':') {
        // "4:49 hours" and "04:49:00" say the same.
        let rest = ["hours", "hrs", "hr", "h", ":00"].iter().find_map(|tail| rest.strip_suffix(tail)).unwrap_or(rest);
        let (hours, rest): (i64, i64) = (hours.trim().parse().ok()?, rest.trim().parse().ok()?);
        return (rest < 60 && hours >= 0).then(|| hours.checked_mul(60)?.checked_add(rest)).flatten();
    }
    let mut total: i64 = 0;
    let mut last_unit = 0;
    let mut rest = text.trim();
    while !rest.is_empty() {
        let digits = rest.find(|c: char| !c.is_ascii_digit()).unwrap_or(rest.len());
        let number: i64 = rest[..digits].parse().ok()?;
        rest = rest[digits..].trim_start();
        let letters = rest.find(|c: char| !c.is_alphabetic()).unwrap_or(rest.len());
        let unit = match &rest[..letters] {
            "d" | "day" | "days" => 1440,
            "h" | "hr" | "hrs" | "hour" | "hours" => 60,
            "m" | "min" | "mins" | "minute" | "minutes" => 1,
            "" if last_unit == 60 => 1, // "1h7": the minutes go without a word
            _ => return None,
        };
        if last_unit != 0 && unit >= last_unit {
            return None;
        }
        total = total.checked_add(number.checked_mul(unit)?)?;
        last_unit = unit;
        rest = rest[letters..].trim_start();
    }
    (last_unit != 0).then_some(total)
}

/// "4 h 49 min", "49 min", "4 h" with no-break spaces; days only as hours, because limits are given in hours.
pub fn length_words(minutes: i64) -> String {
    let (sign, minutes) = if minutes < 0 { ("−", -minutes) } else { ("", minutes) };
    match (minutes / 60, minutes % 60) {
        (0, m) => format!("{sign}{m}\u{a0}min"),
        (h, 0) => format!("{sign}{h}\u{a0}h"),
        (h, m) => format!("{sign}{h}\u{a0}h\u{a0}{m:02}\u{a0}min"),
    }
}

/// "14 October 2025" with a no-break space between day and month.
pub fn date_words(date: NaiveDate) -> String {
    date.format("%-d\u{a0}%B %Y").to_string()
}

/// "21:52", with seconds only where they were given.
pub fn time_words(time: NaiveTime) -> String {
    use chrono::Timelike;
    let format = if time.second() == 0 { "%H:%M" } else { "%H:%M:%S" };
    time.format(format).to_string()
}

/// The IANA zone of that name, if there is one.
pub fn zone(name: &str) -> Option<Tz> {
    name.parse().ok()
}

/// What clocks in `zone` read as their zone at that wall time: its abbreviation ("BST") and offset ("UTC+1").
/// A wall time skipped by a clock change takes the zone before the change; one that occurs twice takes the first.
pub fn zone_words(zone_name: &str, at: NaiveDateTime) -> Option<(String, String)> {
    let zone = zone(zone_name)?;
    let local =
        zone.from_local_datetime(&at).earliest().or_else(|| zone.from_local_datetime(&(at - chrono::Duration::hours(1))).earliest())?;
    let seconds = local.offset().fix().local_minus_utc();
    let offset = match (seconds / 3600, (seconds.abs() % 3600) / 60) {
        (0, 0) => "UTC".to_owned(),
        (h, 0) => format!("UTC{}{}", if h < 0 { '−' } else { '+' }, h.abs()),
        (h, m) => format!("UTC{}{}:{m:02}", if seconds < 0 { '−' } else { '+' }, h.abs()),
    };
    let name =
        local.offset().abbreviation().filter(|name| name.chars().all(|c| c.is_ascii_alphabetic())).map_or(offset.clone(), str::to_owned);
    Some((name, offset))
}

/// The instant of a wall time in an IANA zone, by the same rule for clock changes as [`zone_words`].
pub fn instant(zone_name: &str, at: NaiveDateTime) -> Option<DateTime<Utc>> {
    let zone = zone(zone_name)?;
    zone.from_local_datetime(&at)
        .earliest()
        .or_else(|| zone.from_local_datetime(&(at - chrono::Duration::hours(1))).earliest().map(|t| t + chrono::Duration::hours(1)))
        .map(|t| t.with_timezone(&Utc))
}

/// The instant of a wall time in a zone as typed: `UTC`, `GMT`, `Z`, `+01:00`, `UTC+1`, or an IANA name. None for an abbreviation, which
/// more than one zone may bear.
pub fn instant_in_words(zone: &str, at: NaiveDateTime) -> Option<DateTime<Utc>> {
    let zone = zone.trim();
    let offset = zone.strip_prefix("UTC").or_else(|| zone.strip_prefix("GMT")).unwrap_or(zone);
    if matches!(offset, "" | "Z") {
        return (!zone.is_empty()).then(|| at.and_utc());
    }
    if let Some(sign) = offset.chars().next().filter(|c| matches!(c, '+' | '-' | '\u{2212}')) {
        let figures = &offset[sign.len_utf8()..];
        let (hours, minutes) = figures.split_once(':').unwrap_or(if figures.len() == 4 { figures.split_at(2) } else { (figures, "0") });
        let (hours, minutes): (i64, i64) = (hours.parse().ok()?, minutes.parse().ok()?);
        let east = (hours * 60 + minutes) * if sign == '+' { 1 } else { -1 };
        return (hours <= 14 && minutes < 60).then(|| (at - chrono::Duration::minutes(east)).and_utc());
    }
    instant(zone, at)
}

fn four_figures(text: &str) -> Option<NaiveTime> {
    (text.len() == 4 && text.bytes().all(|b| b.is_ascii_digit())).then(|| NaiveTime::parse_from_str(text, "%H%M").ok()).flatten()
}

fn without_weekday(text: &str) -> &str {
    const DAYS: [&str; 7] = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"];
    match text.split_once([' ', ',']) {
        Some((first, rest)) if DAYS.iter().any(|day| first.to_lowercase().starts_with(day)) => rest.trim_start_matches([',', ' ']),
        _ => text,
    }
}

fn without_ordinal(text: &str) -> String {
    text.split(' ')
        .map(|word| {
            let digits =
                word.trim_end_matches(',').trim_end_matches("st").trim_end_matches("nd").trim_end_matches("rd").trim_end_matches("th");
            let comma = if word.ends_with(',') { "," } else { "" };
            if !digits.is_empty() && digits.bytes().all(|b| b.is_ascii_digit()) { format!("{digits}{comma}") } else { word.to_owned() }
        })
        .collect::<Vec<_>>()
        .join(" ")
}

fn is_zone_word(text: &str) -> bool {
    text.is_empty()
        || (text.len() <= 32 && text.chars().all(|c| c.is_ascii_alphanumeric() || "+-:/_ ()".contains(c)) && !text.contains("  "))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(y: i32, m: u32, d: u32) -> NaiveDate {
        NaiveDate::from_ymd_opt(y, m, d).expect("a real day")
    }

    #[test]
    fn a_zone_as_typed_gives_an_instant_unless_it_could_be_several() {
        let at = day(2026, 3, 10).and_hms_opt(5, 55, 0).expect("a time");
        let read = |zone: &str| instant_in_words(zone, at).map(|instant| instant.format("%H:%M").to_string());
        for (zone, expected) in
            [("UTC", "05:55"), ("Z", "05:55"), ("+01:00", "04:55"), ("UTC+1", "04:55"), ("-0530", "11:25"), ("Europe/Stockholm", "04:55")]
        {
            assert_eq!(read(zone).as_deref(), Some(expected), "{zone}");
        }
        assert_eq!((read("BST"), read("IST"), read("+99:00"), read("")), (None, None, None, None));
    }

    #[test]
    fn dates_are_read_as_people_write_them() {
        for raw in [
            "14/10/2026",
            "14.10.2026",
            "2026-10-14",
            "14 October 2026",
            "14 Oct 2026",
            "October 14, 2026",
            "Wednesday 14 October 2026",
            "14th October 2026",
        ] {
            assert_eq!(date(raw, DateOrder::DayMonth), Some(day(2026, 10, 14)), "{raw}");
        }
        assert_eq!(date("02/06/2020", DateOrder::MonthDay), Some(day(2020, 2, 6)));
        for raw in ["31/02/2026", "3 June", "14/10/26", "soon", ""] {
            assert_eq!(date(raw, DateOrder::DayMonth), None, "{raw}");
        }
    }

    #[test]
    fn a_date_with_a_time_keeps_the_zone_words() {
        let at = day(2026, 10, 14).and_hms_opt(21, 52, 0);
        for (raw, zone) in [
            ("14/10/2026 21:52", None),
            ("14 October 2026, 21:52 BST", Some("BST")),
            ("2026-10-14T21:52", None),
            ("14 October 2026 at 9:52 PM (UTC+1)", Some("UTC+1")),
            ("2026-10-14T21:52:00+01:00", Some("+01:00")),
        ] {
            let read = date_time(raw, DateOrder::DayMonth);
            assert_eq!(read.as_ref().map(|(at, _)| *at), at, "{raw}");
            assert_eq!(read.and_then(|(_, zone)| zone).as_deref(), zone, "{raw}");
        }
        assert_eq!(date_time("14/10/2026", DateOrder::DayMonth), None);
    }

    #[test]
    fn lengths_are_read_in_every_notation_seen() {
        for (raw, expected) in [
            ("4 hours 11 minutes", 251),
            ("4 h 49 min", 289),
            ("1h7", 67),
            ("2H", 120),
            ("4:52", 292),
            ("4:52 hours", 292),
            ("04:52:00", 292),
            ("90 min", 90),
            ("1 day 2 h", 1560),
            ("4 hours and 8 minutes", 248),
        ] {
            assert_eq!(minutes(raw), Some(expected), "{raw}");
        }
        for raw in ["", "four hours", "5", "10 min 2 h", "4:77", "99999999999999999999 h"] {
            assert_eq!(minutes(raw), None, "{raw}");
        }
    }

    #[test]
    fn words_for_lengths_dates_and_zones() {
        assert_eq!(length_words(289), "4\u{a0}h\u{a0}49\u{a0}min");
        assert_eq!(length_words(65), "1\u{a0}h\u{a0}05\u{a0}min");
        assert_eq!(date_words(day(2025, 10, 14)), "14\u{a0}October 2025");
        let summer = day(2025, 10, 14).and_hms_opt(12, 0, 0).expect("noon");
        assert_eq!(zone_words("Europe/London", summer), Some(("BST".into(), "UTC+1".into())));
        assert_eq!(
            zone_words("Europe/Oslo", day(2026, 3, 11).and_hms_opt(2, 37, 0).expect("a time")),
            Some(("CET".into(), "UTC+1".into()))
        );
        assert_eq!(instant("Europe/London", summer).map(|t| t.to_rfc3339()), Some("2025-10-14T11:00:00+00:00".into()));
    }
}
