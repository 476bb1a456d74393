//! The zone a report's times are in: a place of the IANA database, or a distance from UTC as it is written every day ("UTC+5:30", "+0530",
//! "Z"). Always true: it counts as any other zone does. Deliberately absent: abbreviations, of which several mean more than one place.

use chrono::{FixedOffset, MappedLocalTime, NaiveDate, NaiveDateTime, Offset, TimeZone};
use chrono_tz::{OffsetName, Tz};
use std::fmt;

/// A zone.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Zone {
    /// The clocks of a place.
    Place(Tz),
    /// So far from UTC all year.
    Fixed(FixedOffset),
}

/// How far a zone lies from UTC at a moment.
#[derive(Clone, Copy, Debug)]
pub enum ZoneOffset {
    /// As the clocks of a place read.
    Place(<Tz as TimeZone>::Offset),
    /// As it always does.
    Fixed(FixedOffset),
}

impl Zone {
    /// The zone of that name, however its letters are written ("europe/berlin"), or at that distance from UTC.
    pub fn named(name: &str) -> Option<Self> {
        let name = name.trim();
        if let Some(offset) = distance(name) {
            return Some(Self::Fixed(offset));
        }
        let as_written = || chrono_tz::TZ_VARIANTS.iter().copied().find(|zone| zone.name().eq_ignore_ascii_case(name));
        name.parse().ok().or_else(as_written).map(Self::Place)
    }
}

impl fmt::Display for Zone {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Zone::Place(place) => f.write_str(place.name()),
            Zone::Fixed(offset) => write!(f, "UTC{offset}"),
        }
    }
}

/// "Z", or a sign with hours, and minutes if there are any; behind "UTC" or "GMT", or alone where the minutes show that it is no number.
fn distance(words: &str) -> Option<FixedOffset> {
    if words == "Z" {
        return FixedOffset::east_opt(0);
    }
    let behind = words.strip_prefix("UTC").or_else(|| words.strip_prefix("GMT"));
    let signed = behind.unwrap_or(words).trim_start();
    let (east, figures) = match signed.chars().next()? {
        '+' => (1, &signed[1..]),
        '-' => (-1, &signed[1..]),
        '−' => (-1, &signed['−'.len_utf8()..]),
        _ => return None,
    };
    if !figures.bytes().all(|byte| byte.is_ascii_digit() || byte == b':') {
        return None;
    }
    let (hours, minutes) = match (figures.split_once(':'), figures.len()) {
        (Some((hours, minutes)), _) if minutes.len() == 2 => (hours, minutes),
        (None, 4) => figures.split_at(2),
        (None, 1 | 2) if behind.is_some() => (figures, "0"),
        _ => return None,
    };
    let (hours, minutes): (i32, i32) = (hours.parse().ok()?, minutes.parse().ok()?);
    let far = hours * 60 + minutes;
    // From Baker Island to the Line Islands.
    let lived_in = minutes < 60 && (-12 * 60..=14 * 60).contains(&(east * far));
    lived_in.then(|| FixedOffset::east_opt(east * far * 60)).flatten()
}

impl OffsetName for ZoneOffset {
    fn tz_id(&self) -> &str {
        match self {
            Self::Place(offset) => offset.tz_id(),
            Self::Fixed(_) => "",
        }
    }

    fn abbreviation(&self) -> Option<&str> {
        match self {
            Self::Place(offset) => offset.abbreviation(),
            Self::Fixed(_) => None,
        }
    }
}

impl Offset for ZoneOffset {
    fn fix(&self) -> FixedOffset {
        match self {
            Self::Place(offset) => offset.fix(),
            Self::Fixed(offset) => *offset,
        }
    }
}

impl fmt::Display for ZoneOffset {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Place(offset) => offset.fmt(f),
            Self::Fixed(offset) => offset.fmt(f),
        }
    }
}

impl TimeZone for Zone {
    type Offset = ZoneOffset;

    fn from_offset(offset: &ZoneOffset) -> Self {
        match offset {
            ZoneOffset::Place(offset) => Self::Place(Tz::from_offset(offset)),
            ZoneOffset::Fixed(offset) => Self::Fixed(*offset),
        }
    }

    fn offset_from_local_date(&self, local: &NaiveDate) -> MappedLocalTime<ZoneOffset> {
        match self {
            Self::Place(place) => place.offset_from_local_date(local).map(ZoneOffset::Place),
            Self::Fixed(offset) => MappedLocalTime::Single(ZoneOffset::Fixed(*offset)),
        }
    }

    fn offset_from_local_datetime(&self, local: &NaiveDateTime) -> MappedLocalTime<ZoneOffset> {
        match self {
            Self::Place(place) => place.offset_from_local_datetime(local).map(ZoneOffset::Place),
            Self::Fixed(offset) => MappedLocalTime::Single(ZoneOffset::Fixed(*offset)),
        }
    }

    fn offset_from_utc_date(&self, utc: &NaiveDate) -> ZoneOffset {
        match self {
            Self::Place(place) => ZoneOffset::Place(place.offset_from_utc_date(utc)),
            Self::Fixed(offset) => ZoneOffset::Fixed(*offset),
        }
    }

    fn offset_from_utc_datetime(&self, utc: &NaiveDateTime) -> ZoneOffset {
        match self {
            Self::Place(place) => ZoneOffset::Place(place.offset_from_utc_datetime(utc)),
            Self::Fixed(offset) => ZoneOffset::Fixed(*offset),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_distance_from_utc_is_a_zone() {
        let summer: NaiveDateTime = "2026-07-01T12:00:00".parse().expect("a moment");
        for (words, utc) in [
            ("UTC+5:30", "06:30"),
            ("UTC+05:30", "06:30"),
            ("UTC-03:30", "15:30"),
            ("UTC−3:30", "15:30"),
            ("+0530", "06:30"),
            ("+05:30", "06:30"),
            ("-0800", "20:00"),
            ("GMT+2", "10:00"),
            ("UTC +2", "10:00"),
            ("UTC+14", "22:00"),
            ("Z", "12:00"),
            ("UTC", "12:00"),
            ("Asia/Kolkata", "06:30"),
            ("europe/berlin", "10:00"),
        ] {
            let at = Zone::named(words).expect(words).from_local_datetime(&summer).single().expect("one moment");
            assert_eq!(at.naive_utc().format("%H:%M").to_string(), utc, "{words}");
        }
        for words in ["", "+5", "5:30", "UTC+15", "UTC-13", "UTC+5:3", "UTC+5:60", "+05300", "z", "UTC+", "+é", "IST", "Nowhere/Land"] {
            assert_eq!(Zone::named(words), None, "{words}");
        }
        assert_eq!(crate::when::zone_words("+0530", summer), Some(("UTC+5:30".to_owned(), "UTC+5:30".to_owned())));
    }
}
