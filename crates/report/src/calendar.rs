//! Calendars of working days, as data with their source. Always true: outside the years a calendar covers there is no answer, never a
//! guess. Deliberately absent: clocks and time zones beyond the calendar's own.

use crate::clock::CalendarName;
use chrono::{Datelike, NaiveDate, Weekday};
use serde::Deserialize;
use std::collections::BTreeSet;
use std::sync::LazyLock;

/// A calendar as it ships.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Calendar {
    /// What it is called.
    pub words: String,
    /// The zone in which its days begin and end (IANA).
    pub zone: String,
    /// The first year it covers.
    pub first_year: i32,
    /// The last year it covers.
    pub last_year: i32,
    /// Where its days were read.
    pub source: String,
    /// What it does not know.
    pub note: String,
    /// The days off that are no Saturday or Sunday.
    off: BTreeSet<NaiveDate>,
}

static ENGLAND_AND_WALES: LazyLock<Calendar> = LazyLock::new(|| read(include_str!("../data/calendars/england-and-wales.toml")));
static TARGET: LazyLock<Calendar> = LazyLock::new(|| read(include_str!("../data/calendars/target.toml")));
static US_FEDERAL: LazyLock<Calendar> = LazyLock::new(|| read(include_str!("../data/calendars/us-federal.toml")));

/// The calendar of that name.
pub fn calendar(name: CalendarName) -> &'static Calendar {
    match name {
        CalendarName::EnglandAndWales => &ENGLAND_AND_WALES,
        CalendarName::Target => &TARGET,
        CalendarName::UsFederal => &US_FEDERAL,
    }
}

/// Whether a day is a working day; none outside the years covered.
pub fn is_working(name: CalendarName, day: NaiveDate) -> Option<bool> {
    let calendar = calendar(name);
    let covered = (calendar.first_year..=calendar.last_year).contains(&day.year());
    covered.then(|| !matches!(day.weekday(), Weekday::Sat | Weekday::Sun) && !calendar.off.contains(&day))
}

/// The working day so many working days after a day; that day itself is not counted. None outside the years covered.
pub fn working_days_after(name: CalendarName, day: NaiveDate, days: u32) -> Option<NaiveDate> {
    let mut at = day;
    for _ in 0..days {
        at = next_working(name, at.succ_opt()?)?;
    }
    Some(at)
}

/// That day or the first working day after it; none outside the years covered.
pub fn next_working(name: CalendarName, day: NaiveDate) -> Option<NaiveDate> {
    let mut at = day;
    while !is_working(name, at)? {
        at = at.succ_opt()?;
    }
    Some(at)
}

fn read(toml: &str) -> Calendar {
    toml::from_str(toml).expect("shipped calendars are tested to read")
}

#[cfg(test)]
mod tests {
    use super::*;
    use CalendarName::{EnglandAndWales, Target, UsFederal};

    fn day(text: &str) -> NaiveDate {
        text.parse().expect("a day")
    }

    #[test]
    fn no_day_off_falls_on_a_weekend_or_outside_its_years() {
        for name in [EnglandAndWales, UsFederal] {
            let calendar = calendar(name);
            for off in &calendar.off {
                assert!(is_working(name, *off) == Some(false), "{off}");
                assert!(!matches!(off.weekday(), Weekday::Sat | Weekday::Sun), "{off} is off already");
            }
            let years = (calendar.last_year - calendar.first_year + 1).try_into().unwrap_or(0_usize);
            assert!(calendar.off.len() >= 8 * years, "{} has too few days off", calendar.words);
        }
    }

    /// 5 U.S.C. 6103: eleven holidays, on Friday where they fall on a Saturday and on Monday where they fall on a Sunday.
    #[test]
    fn federal_holidays_are_those_of_the_statute() {
        let date = |y, m, d| NaiveDate::from_ymd_opt(y, m, d).expect("a day");
        let nth = |y, m, weekday, n| NaiveDate::from_weekday_of_month_opt(y, m, weekday, n).expect("a day");
        let observed = |day: NaiveDate| match day.weekday() {
            Weekday::Sat => day.pred_opt().expect("a day"),
            Weekday::Sun => day.succ_opt().expect("a day"),
            _ => day,
        };
        let mut expected = BTreeSet::new();
        for y in 2021..=2036 {
            let last_of_may = (1..=31).rev().map(|d| date(y, 5, d)).find(|day| day.weekday() == Weekday::Mon).expect("a Monday");
            let moved = [date(y, 1, 1), date(y, 6, 19), date(y, 7, 4), date(y, 11, 11), date(y, 12, 25)].map(observed);
            let fixed = [nth(y, 1, Weekday::Mon, 3), nth(y, 2, Weekday::Mon, 3), last_of_may, nth(y, 9, Weekday::Mon, 1)];
            expected.extend(moved.into_iter().chain(fixed).chain([nth(y, 10, Weekday::Mon, 2), nth(y, 11, Weekday::Thu, 4)]));
        }
        expected.retain(|day| (2021..=2035).contains(&day.year()));
        assert_eq!(calendar(UsFederal).off, expected);
    }

    #[test]
    fn working_days_pass_over_weekends_and_holidays() {
        for (name, from, days, expected) in [
            (EnglandAndWales, "2025-12-24", 2, "2025-12-30"),
            (EnglandAndWales, "2020-06-02", 2, "2020-06-04"),
            (EnglandAndWales, "2026-04-02", 1, "2026-04-07"),
            (Target, "2026-04-30", 1, "2026-05-04"),
            // A Saturday: Monday is the first day, Thursday the fourth.
            (UsFederal, "2026-10-17", 4, "2026-10-22"),
            (UsFederal, "2026-11-24", 4, "2026-12-01"),
        ] {
            assert_eq!(working_days_after(name, day(from), days), Some(day(expected)), "{from} + {days}");
        }
    }

    #[test]
    fn outside_its_years_a_calendar_says_nothing() {
        assert_eq!(is_working(EnglandAndWales, day("2028-01-03")), None);
        assert_eq!(working_days_after(EnglandAndWales, day("2027-12-30"), 5), None);
        assert_eq!(next_working(UsFederal, day("2019-07-04")), None);
    }
}
