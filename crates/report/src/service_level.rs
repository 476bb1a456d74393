//! The service level a report answers to: the target, the clock it is measured by, and the hours in which that clock runs.
//! Always true: nothing is assumed; a target, a clock or hours that nobody stated are not there.

use crate::clock::CalendarName;
use crate::mentions::pattern;
use crate::timeline::Role;
use crate::when::{self, time_words};
use chrono::{DateTime, Datelike, NaiveDate, NaiveDateTime, NaiveTime, Utc};
use regex::Regex;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use std::sync::LazyLock;
use ts_rs::TS;

/// What was promised, and how it is measured.
#[derive(Clone, Debug, Eq, PartialEq, Serialize, Deserialize, JsonSchema, TS)]
#[serde(deny_unknown_fields)]
#[ts(export)]
pub struct ServiceLevel {
    /// The target, as typed ("4 hours").
    pub target: String,
    /// The moment the clock starts at.
    pub from: Role,
    /// The hours in which it runs; none means around the clock.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub support: Option<SupportHours>,
}

/// The hours in which somebody is there.
#[derive(Clone, Debug, Eq, PartialEq, Serialize, Deserialize, JsonSchema, TS)]
#[serde(deny_unknown_fields)]
#[ts(export)]
pub struct SupportHours {
    /// The first day of the week, 1 is Monday.
    pub first_day: u8,
    /// The last day of the week, 7 is Sunday; before the first it lies in the next week.
    pub last_day: u8,
    /// When they begin.
    #[serde(deserialize_with = "crate::format::spelled::time")]
    pub from: NaiveTime,
    /// When they end; midnight is the end of the day.
    #[serde(deserialize_with = "crate::format::spelled::time")]
    pub to: NaiveTime,
    /// The zone on whose clocks they lie (IANA); none means the report's.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub zone: Option<String>,
    /// The calendar whose days off are none of them.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub calendar: Option<CalendarName>,
}

impl ServiceLevel {
    /// The target in minutes, where it can be read.
    pub fn minutes(&self) -> Option<i64> {
        when::minutes(&self.target)
    }
}

/// A span longer than this is not counted day by day.
const LONGEST_DAYS: i64 = 3_660;

impl SupportHours {
    /// Reads "Monday to Friday 08:00-18:00" where a text says it.
    pub fn read(text: &str) -> Option<Self> {
        static SAID: LazyLock<Regex> = LazyLock::new(|| {
            pattern(concat!(
                r"(?i)\b(?P<a>mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?s?\s*(?:to|-|–|through)\s*",
                r"(?P<b>mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?s?,?\s*(?:from\s+|between\s+)?",
                r"(?P<c>\d{1,2}:\d\d)\s*(?:to|-|–|and)\s*(?P<d>\d{1,2}:\d\d)"
            ))
        });
        let found = SAID.captures(text)?;
        let day = |name: &str| found[name].get(..3)?.parse::<chrono::Weekday>().ok()?.number_from_monday().try_into().ok();
        Some(Self {
            first_day: day("a")?,
            last_day: day("b")?,
            from: when::time(&found["c"])?,
            to: when::time(&found["d"])?,
            zone: None,
            calendar: None,
        })
    }

    /// As printed: "Monday to Friday, 08:00 to 18:00".
    pub fn words(&self) -> String {
        const DAYS: [&str; 7] = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"];
        let day = |number: u8| DAYS[usize::from(number.clamp(1, 7) - 1)];
        format!("{} to {}, {} to {}", day(self.first_day), day(self.last_day), time_words(self.from), time_words(self.to))
    }

    /// Minutes of support between two moments, on the clocks of the hours' own zone, else the report's. None where no zone is known or the
    /// calendar does not cover the days.
    pub fn minutes_of(&self, from: DateTime<Utc>, to: DateTime<Utc>, report_zone: Option<&str>) -> Option<i64> {
        let zone = when::zone(self.zone.as_deref().or(report_zone)?)?;
        self.minutes_between(from.with_timezone(&zone).naive_local(), to.with_timezone(&zone).naive_local())
    }

    /// Minutes of support between two moments on the clocks of its zone. None where the calendar does not cover the days.
    pub fn minutes_between(&self, from: NaiveDateTime, to: NaiveDateTime) -> Option<i64> {
        if to < from || (to - from).num_days() > LONGEST_DAYS {
            return None;
        }
        let mut total = 0;
        for day in from.date().iter_days().take_while(|day| *day <= to.date()) {
            if self.works(day)? {
                let end = if self.to == NaiveTime::MIN { day.succ_opt()?.and_time(self.to) } else { day.and_time(self.to) };
                total += (end.min(to) - day.and_time(self.from).max(from)).num_minutes().max(0);
            }
        }
        Some(total)
    }

    fn works(&self, day: NaiveDate) -> Option<bool> {
        let number = u8::try_from(day.weekday().number_from_monday()).ok()?;
        let in_week = if self.first_day <= self.last_day {
            (self.first_day..=self.last_day).contains(&number)
        } else {
            number >= self.first_day || number <= self.last_day
        };
        match self.calendar {
            Some(calendar) if in_week => Some(crate::calendar::is_working(calendar, day)?),
            _ => Some(in_week),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(text: &str) -> NaiveDateTime {
        NaiveDateTime::parse_from_str(text, "%Y-%m-%d %H:%M").expect("a moment")
    }

    #[test]
    fn only_the_hours_somebody_is_there_count() {
        let hours = SupportHours::read("Support hours: Mon-Fri 08:00 to 18:00").expect("it is read");
        assert_eq!(hours.words(), "Monday to Friday, 08:00 to 18:00");
        // Friday afternoon to Monday morning.
        assert_eq!(hours.minutes_between(at("2026-10-16 17:00"), at("2026-10-19 09:15")), Some(60 + 75));
        assert_eq!(hours.minutes_between(at("2026-10-17 10:00"), at("2026-10-18 10:00")), Some(0));
        assert_eq!(hours.minutes_between(at("2026-10-19 07:00"), at("2026-10-19 20:00")), Some(600));
        assert_eq!(hours.minutes_between(at("2026-10-19 09:00"), at("2026-10-18 09:00")), None);
    }

    #[test]
    fn they_lie_on_their_own_clocks() {
        let mut hours = SupportHours::read("Monday to Friday, 09:00-17:00").expect("it is read");
        let moment = |text: &str| at(text).and_utc();
        let (from, to) = (moment("2026-07-01 07:30"), moment("2026-07-01 13:30"));
        assert_eq!(hours.minutes_of(from, to, Some("Europe/Berlin")), Some(360), "the report's, where they name none");
        hours.zone = Some("Europe/London".into());
        assert_eq!(hours.minutes_of(from, to, Some("Europe/Berlin")), Some(330));
        hours.zone = None;
        assert_eq!(hours.minutes_of(from, to, None), None);
    }

    #[test]
    fn bank_holidays_are_off_where_a_calendar_says_so() {
        let mut hours = SupportHours::read("Monday to Friday, 09:00-17:00").expect("it is read");
        hours.calendar = Some(CalendarName::EnglandAndWales);
        // Christmas Day 2025 is a Thursday, Boxing Day a Friday.
        assert_eq!(hours.minutes_between(at("2025-12-24 16:00"), at("2025-12-29 10:00")), Some(60 + 60));
        assert_eq!(hours.minutes_between(at("1980-12-24 16:00"), at("1980-12-29 10:00")), None, "the calendar does not reach so far back");
    }
}
