//! Dates, times, zones and lengths as people type them. Parsing never guesses silently and never changes what was typed.
//! Always true: a parsed value stands beside its raw text; a date that reads two ways is read in the report's date order.
//! Deliberately absent: "now".

mod day;
mod day_time;
mod length;
mod zone;

pub use day::date;
pub use day_time::date_time;
pub use length::{DAYS_HOURS_MINUTES, days_hours_minutes, minutes};
pub use zone::Zone;

use chrono::{DateTime, NaiveDate, NaiveDateTime, NaiveTime, Offset, TimeZone, Utc};
use chrono_tz::OffsetName;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use std::borrow::Cow;
use ts_rs::TS;

/// No day or moment is written with more bytes than these; a page pasted into a field is not searched for one.
const LONGEST: usize = 160;

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

impl DateOrder {
    /// The other one.
    pub fn other(self) -> Self {
        match self {
            Self::DayMonth => Self::MonthDay,
            Self::MonthDay => Self::DayMonth,
        }
    }
}

/// Reads a date at the head of a line, where other words and figures may follow: years have four figures, and the form's order is the only
/// one. See [`date`] for a text that is nothing but a day.
pub(crate) fn plain_date(raw: &str, order: DateOrder) -> Option<NaiveDate> {
    let text = without_weekday(raw.trim()).replace(['\u{a0}', '\u{202f}'], " ");
    let plain = without_ordinal(&in_english(&text));
    let figures: &[&str] = match order {
        DateOrder::DayMonth => &["%d/%m/%Y", "%d.%m.%Y", "%d-%m-%Y", "%Y-%m-%d", "%Y/%m/%d"],
        DateOrder::MonthDay => &["%m/%d/%Y", "%m.%d.%Y", "%m-%d-%Y", "%Y-%m-%d", "%Y/%m/%d"],
    };
    let formats = match (plain.starts_with(|c: char| c.is_ascii_digit()), plain.contains(char::is_alphabetic)) {
        (true, false) => figures,
        (true, true) => &["%d %B %Y", "%d %b %Y", "%d %B, %Y"],
        (false, _) => &["%B %d, %Y", "%b %d, %Y", "%B %d %Y"],
    };
    let read = formats.iter().find_map(|format| NaiveDate::parse_from_str(&plain, format).ok());
    read.filter(|date| (1900..2200).contains(&chrono::Datelike::year(date)))
}

/// Reads a time of day: `21:52`, `21:52:07`, `2152`, `21.52`, `9:48 PM`.
pub fn time(raw: &str) -> Option<NaiveTime> {
    let text = raw.trim().replace(['\u{a0}', '\u{202f}'], " ").to_ascii_uppercase();
    let formats = ["%H:%M", "%H:%M:%S", "%H.%M", "%I:%M %p", "%I:%M%p", "%I:%M:%S %p"];
    formats.iter().find_map(|format| NaiveTime::parse_from_str(&text, format).ok()).or_else(|| four_figures(&text))
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

/// A length to live by, not to print: "52 min", "31 h 20 min", "3 days", "5 weeks", "9 months", "2 years".
pub fn rough_length(minutes: i64) -> String {
    const DAY: i64 = 24 * 60;
    let counted = |count: i64, one: &str| format!("{count}\u{a0}{one}{}", if count == 1 { "" } else { "s" });
    let rounded = |unit: i64| (minutes + unit / 2) / unit;
    match minutes / DAY {
        ..2 => length_words(minutes),
        2..14 => counted(minutes / DAY, "day"),
        14..61 => counted(rounded(7 * DAY), "week"),
        61..730 => counted(rounded(30 * DAY + 629), "month"),
        _ => counted(rounded(365 * DAY + 360), "year"),
    }
}

/// "14 October 2025" with a no-break space between day and month.
pub fn date_words(date: NaiveDate) -> String {
    date.format("%-d\u{a0}%B %Y").to_string()
}

/// "21:52", with seconds, and parts of one, only where they were given.
pub fn time_words(time: NaiveTime) -> String {
    use chrono::Timelike;
    let format = if time.second() == 0 && time.nanosecond() == 0 { "%H:%M" } else { "%H:%M:%S%.f" };
    time.format(format).to_string()
}

/// The zone of that name: a place of the IANA database ("Europe/Berlin", however its letters are written) or a distance from UTC ("UTC+5:30").
pub fn zone(name: &str) -> Option<Zone> {
    Zone::named(name)
}

/// What clocks in `zone` read as their zone at that wall time: its abbreviation ("BST") and offset ("UTC+1").
/// A wall time skipped by a clock change takes the zone before the change; one that occurs twice takes the first.
pub fn zone_words(zone_name: &str, at: NaiveDateTime) -> Option<(String, String)> {
    let zone = zone(zone_name)?;
    let local =
        zone.from_local_datetime(&at).earliest().or_else(|| zone.from_local_datetime(&(at - chrono::Duration::hours(1))).earliest())?;
    Some(clock_words(&local))
}

/// What clocks read as their zone at a moment: its abbreviation ("CET"), which in the hour that comes twice tells which round it is, and its
/// offset ("UTC+1").
pub fn clock_words(local: &DateTime<Zone>) -> (String, String) {
    let seconds = local.offset().fix().local_minus_utc();
    let offset = match (seconds / 3600, (seconds.abs() % 3600) / 60) {
        (0, 0) => "UTC".to_owned(),
        (h, 0) => format!("UTC{}{}", if h < 0 { '−' } else { '+' }, h.abs()),
        (h, m) => format!("UTC{}{}:{m:02}", if seconds < 0 { '−' } else { '+' }, h.abs()),
    };
    let name =
        local.offset().abbreviation().filter(|name| name.chars().all(|c| c.is_ascii_alphabetic())).map_or(offset.clone(), str::to_owned);
    (name, offset)
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
        let figures = Some(&offset[sign.len_utf8()..]).filter(|figures| figures.is_ascii())?;
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

/// Whether a word in small letters is the name of a month, whole or cut short to three letters or more.
pub(crate) fn is_month(word: &str) -> bool {
    const MONTHS: [&str; 12] =
        ["january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november", "december"];
    word.len() >= 3 && (MONTHS.iter().any(|month| month.starts_with(word)) || crate::languages::month(word).is_some())
}

/// Whether a word in small letters begins as a weekday does.
pub(crate) fn is_weekday(word: &str) -> bool {
    ["mon", "tue", "wed", "thu", "fri", "sat", "sun"].iter().any(|day| word.starts_with(day)) || crate::languages::weekday(word).is_some()
}

fn without_weekday(text: &str) -> &str {
    match text.split_once([' ', ',']) {
        Some((first, rest)) if is_weekday(first.to_lowercase().trim_end_matches('.')) => rest.trim_start_matches([',', ' ']),
        _ => text,
    }
}

/// A date with the months of other languages as English names them: "1er juin 2026", "8. Mai 2026", "14 de marzo de 2025".
fn in_english(text: &str) -> Cow<'_, str> {
    const MONTHS: [&str; 12] =
        ["January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December"];
    let words: Vec<&str> = text.split(' ').collect();
    let month = |word: &&str| {
        word.trim_end_matches(['.', ','])
            .chars()
            .all(char::is_alphabetic)
            .then(|| crate::languages::month(word.trim_end_matches(['.', ','])))?
    };
    if !words.iter().any(|word| month(word).is_some()) {
        return Cow::Borrowed(text);
    }
    let said = words.iter().filter(|word| !crate::languages::is_between(word)).map(|word| match month(word) {
        Some(month) => MONTHS[month as usize - 1],
        None => word.trim_end_matches(['.', ',']).trim_end_matches("er"),
    });
    Cow::Owned(said.collect::<Vec<_>>().join(" "))
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
    fn at_the_head_of_a_line_a_year_has_four_figures() {
        assert_eq!(plain_date("Wednesday 14th October 2026", DateOrder::DayMonth), Some(day(2026, 10, 14)));
        assert_eq!(plain_date("02/06/2020", DateOrder::MonthDay), Some(day(2020, 2, 6)));
        for raw in ["Mi., 14. Oktober 2026", "14 octobre 2026", "miércoles 14 de octubre de 2026", "14 de outubro de 2026"] {
            assert_eq!(plain_date(raw, DateOrder::DayMonth), Some(day(2026, 10, 14)), "{raw}");
        }
        for raw in ["31/02/2026", "3 June", "14/10/26", "soon", ""] {
            assert_eq!(plain_date(raw, DateOrder::DayMonth), None, "{raw}");
        }
    }

    #[test]
    fn words_for_lengths_dates_and_zones() {
        assert_eq!(length_words(289), "4\u{a0}h\u{a0}49\u{a0}min");
        assert_eq!(length_words(65), "1\u{a0}h\u{a0}05\u{a0}min");
        const DAY: i64 = 24 * 60;
        let rough = [
            (52, "52 min"),
            (DAY + 80, "25 h 20 min"),
            (2 * DAY, "2 days"),
            (36 * DAY, "5 weeks"),
            (274 * DAY, "9 months"),
            (800 * DAY, "2 years"),
        ];
        for (minutes, words) in rough {
            assert_eq!(rough_length(minutes).replace('\u{a0}', " "), words);
        }
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
