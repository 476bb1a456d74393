//! How days, times and ids are spelled in `report.json`. Always true: the program reads what the published schema takes and nothing else,
//! because both have these patterns; what is written is spelled so. Deliberately absent: what people type (see `when` and `moment`).

use crate::mentions::pattern;
use chrono::{NaiveDate, NaiveDateTime, NaiveTime};
use regex::Regex;
use serde::de::{Deserialize, Deserializer, Error};
use serde_json::Value;
use std::str::FromStr;
use std::sync::LazyLock;
use uuid::Uuid;

macro_rules! day {
    () => {
        "[0-9]{4}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])"
    };
}
macro_rules! time {
    () => {
        "([01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9](\\.[0-9]{1,9})?"
    };
}

/// A day ("2026-06-09").
const DAY: &str = concat!("^", day!(), "$");
/// A time of day ("08:19:00").
const TIME: &str = concat!("^", time!(), "$");
/// Both.
const MOMENT: &str = concat!("^", day!(), "T", time!(), "$");
/// A UUID with its hyphens.
const ID: &str = "^[0-9a-fA-F]{8}-([0-9a-fA-F]{4}-){3}[0-9a-fA-F]{12}$";

/// Says in a schema how its days, times and ids are spelled, and how large its numbers are: to a validator, a format is no more than a hint.
pub fn into_schema(schema: &mut Value) {
    match schema {
        Value::Object(members) => {
            let format = members.get("format").and_then(Value::as_str).unwrap_or_default();
            let (pattern, bounds) = match format {
                "date" => (Some(DAY), None),
                "partial-time" => (Some(TIME), None),
                "partial-date-time" => (Some(MOMENT), None),
                "uuid" => (Some(ID), None),
                "int32" => (None, Some((Value::from(i32::MIN), Value::from(i32::MAX)))),
                "uint32" => (None, Some((Value::from(0), Value::from(u32::MAX)))),
                "int64" => (None, Some((Value::from(i64::MIN), Value::from(i64::MAX)))),
                "uint" | "uint64" => (None, Some((Value::from(0), Value::from(u64::MAX)))),
                _ => (None, None),
            };
            if let Some(pattern) = pattern {
                members.insert("pattern".to_owned(), pattern.into());
            }
            if let Some((least, most)) = bounds {
                members.entry("minimum").or_insert(least);
                members.entry("maximum").or_insert(most);
            }
            members.values_mut().for_each(into_schema);
        }
        Value::Array(items) => items.iter_mut().for_each(into_schema),
        _ => {}
    }
}

pub(crate) fn day<'de, D: Deserializer<'de>>(from: D) -> Result<NaiveDate, D::Error> {
    read(&String::deserialize(from)?, Kind::Day)
}

pub(crate) fn day_if_known<'de, D: Deserializer<'de>>(from: D) -> Result<Option<NaiveDate>, D::Error> {
    Option::<String>::deserialize(from)?.map(|text| read(&text, Kind::Day)).transpose()
}

pub(crate) fn time<'de, D: Deserializer<'de>>(from: D) -> Result<NaiveTime, D::Error> {
    read(&String::deserialize(from)?, Kind::Time)
}

pub(crate) fn moment<'de, D: Deserializer<'de>>(from: D) -> Result<NaiveDateTime, D::Error> {
    read(&String::deserialize(from)?, Kind::Moment)
}

pub(crate) fn moment_if_known<'de, D: Deserializer<'de>>(from: D) -> Result<Option<NaiveDateTime>, D::Error> {
    Option::<String>::deserialize(from)?.map(|text| read(&text, Kind::Moment)).transpose()
}

pub(crate) fn id<'de, D: Deserializer<'de>>(from: D) -> Result<Uuid, D::Error> {
    read(&String::deserialize(from)?, Kind::Id)
}

#[derive(Clone, Copy)]
enum Kind {
    Day,
    Time,
    Moment,
    Id,
}

impl Kind {
    fn pattern(self) -> &'static Regex {
        static PATTERNS: LazyLock<[Regex; 4]> = LazyLock::new(|| [DAY, TIME, MOMENT, ID].map(pattern));
        &PATTERNS[self as usize]
    }

    fn words(self) -> &'static str {
        match self {
            Kind::Day => "a day such as 2026-06-09",
            Kind::Time => "a time such as 08:19:00",
            Kind::Moment => "a day and time such as 2026-06-09T08:19:00",
            Kind::Id => "an id such as 019b2002-0000-7000-8000-000000000001",
        }
    }
}

fn read<T: FromStr, E: Error>(text: &str, kind: Kind) -> Result<T, E> {
    let spelled = Some(text).filter(|text| kind.pattern().is_match(text));
    spelled.and_then(|text| text.parse().ok()).ok_or_else(|| E::custom(format!("“{text}” is not {}", kind.words())))
}
