//! Days that a line mentions: `14 October 2026`, `Friday 13th November`, `2026-10-14`, `02/06/2020`, `11/28`, `14.10.2026`.

use super::pattern;
use chrono::{NaiveDate, Weekday};
use regex::Regex;
use std::collections::BTreeSet;
use std::ops::Range;
use std::sync::LazyLock;

/// A day in a line.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Day {
    /// Its bytes in the line, the weekday included.
    pub span: Range<usize>,
    /// The first and the second figure as written, before deciding which is the day; equal to day and month for other styles.
    pub figures: (u32, u32),
    /// The year, where it is written with four figures.
    pub year: Option<i32>,
    /// The weekday written before it.
    pub weekday: Option<Weekday>,
    /// How it is written.
    pub style: DayStyle,
}

/// How a day is written.
#[derive(Clone, Copy, Debug, Eq, Hash, Ord, PartialEq, PartialOrd)]
pub enum DayStyle {
    /// 2026-10-14
    Iso,
    /// 14 October 2026, October 14
    Words,
    /// 14/10/2026, 11/28
    Figures,
    /// 14.10.2026, which is written where the day stands first
    Dotted,
    /// 24/07/25
    ShortYear,
}

impl Day {
    /// Day of the month and month; for figures in that order of parts, and turned round when only that can be a day.
    pub fn day_month(&self, order: crate::when::DateOrder) -> (u32, u32) {
        let (first, second) = self.figures;
        match (self.style, order) {
            (DayStyle::Iso | DayStyle::Words | DayStyle::Dotted, _) => (first, second),
            _ if first > 12 => (first, second),
            _ if second > 12 => (second, first),
            (_, crate::when::DateOrder::DayMonth) => (first, second),
            (_, crate::when::DateOrder::MonthDay) => (second, first),
        }
    }

    /// The date, if its year is written or given.
    pub fn date(&self, order: crate::when::DateOrder, year: Option<i32>) -> Option<NaiveDate> {
        let (day, month) = self.day_month(order);
        NaiveDate::from_ymd_opt(self.year.or(year)?, month, day)
    }

    /// Whether its figures can be read in both orders.
    pub fn reads_two_ways(&self) -> bool {
        let (first, second) = self.figures;
        matches!(self.style, DayStyle::Figures | DayStyle::ShortYear) && first <= 12 && second <= 12 && first != second
    }
}

const MONTHS: &str = "January|February|March|April|May|June|July|August|September|October|November|December|Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept|Sep|Oct|Nov|Dec";

/// The names of the months, those of other languages behind the English ones; the longer of two that begin alike first. Within a sentence
/// short ones could be any word.
fn months() -> String {
    let mut others: Vec<&str> =
        crate::languages::months().filter(|name| name.chars().count() > 3 || matches!(*name, "mai" | "mei")).collect();
    others.sort_unstable_by_key(|name| (std::cmp::Reverse(name.len()), *name));
    format!("{MONTHS}|(?i:{})", others.join("|"))
}

/// The days of the week in other languages; within a sentence short ones could be any word, too.
fn weekdays() -> String {
    let mut names: Vec<&str> = crate::languages::weekdays().filter(|name| name.chars().count() > 4).collect();
    names.sort_unstable_by_key(|name| (std::cmp::Reverse(name.len()), *name));
    names.join("|")
}

/// What stands between a weekday and its day in other languages ("den").
fn between() -> String {
    let words: BTreeSet<&str> = crate::languages::all().iter().flat_map(|language| &language.between).map(String::as_str).collect();
    words.into_iter().collect::<Vec<_>>().join("|")
}

static DAYS: LazyLock<Regex> = LazyLock::new(|| {
    pattern(&format!(
        concat!(
            r"(?:(?:\b(?P<weekday>Mon|Tues?|Wed(?:nes)?|Thu(?:rs)?|Fri|Sat(?:ur)?|Sun)(?:day(?:\s(?:morning|afternoon|evening))?,?|\.?,?)\s+\(?(?:the\s+)?",
            r"|\b(?P<foreign>(?i:{WEEKDAYS})),?\s+(?:(?:{BETWEEN})\s+)?))?(?:",
            r"\b(?P<iy>(?:19|20)\d\d)[-\x{{2010}}-\x{{2013}}](?P<im>\d\d)[-\x{{2010}}-\x{{2013}}](?P<id>\d\d)\b",
            r"|\b(?:\d{{1,2}}/)?(?P<wd>\d{{1,2}})(?:st|nd|rd|th|er|\.)?(?:\s+(?:of|de))?\s+(?P<wm>{MONTHS})\b\.?(?:,?\s+(?:de\s+)?(?P<wy>(?:19|20)\d\d)\b)?",
            r"|\b(?P<mm>{ENGLISH})\.?\s+(?P<md>\d{{1,2}})(?:st|nd|rd|th)?\b(?:(?:\s?[-–]\s?\d{{1,2}}(?:st|nd|rd|th)?\b)?,?\s+(?P<my>(?:19|20)\d\d)\b)?",
            r"|\b(?P<f1>\d{{1,2}})(?P<sep>[/.])(?P<f2>\d{{1,2}})[/.](?P<fy>(?:19|20)\d\d|\d\d)\b",
            r"|\b(?P<s1>\d{{1,2}})/(?P<s2>\d{{1,2}})\b",
            ")"
        ),
        WEEKDAYS = weekdays(),
        BETWEEN = between(),
        MONTHS = months(),
        ENGLISH = MONTHS
    ))
});
static LEADS_TO_A_DAY: LazyLock<Regex> = LazyLock::new(|| pattern(r"(?i)\b(?:on|since|until|till|by|from|of|dated)\s+(?:the\s+)?$"));

/// "14 October 2025 (Tuesday)", "14 October, a Tuesday".
static WEEKDAY_AFTER: LazyLock<Regex> =
    LazyLock::new(|| pattern(r"^(?:\s\(|,\s(?:which was\s)?a\s)(Mon|Tues?|Wed(?:nes)?|Thu(?:rs)?|Fri|Sat(?:ur)?|Sun)(?:day)?\b"));
/// "On 10/12 nodes", "of 3/4 of the sites" count things.
static PART_OF_THINGS: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?i)^\s+(?:of\b|nodes|servers|hosts|machines|devices|disks|links|racks|shards|replicas|instances|cores|pods|routers|switches|sites|stations|meters|pumps|beds|gates|lines|circuits|tests|checks|time|speed|power|load|pay)",
    )
});
/// "Version 3.11.2024" counts releases.
static NUMBERED: LazyLock<Regex> = LazyLock::new(|| pattern(r"(?i)\b(?:version|release|build|firmware|driver|kernel|v)\s*$"));
/// "Fell by 1/2" is no day either.
static CHANGED_BY: LazyLock<Regex> = LazyLock::new(|| {
    pattern(concat!(
        r"(?i)\b(?:fell|falls?|rose|rises?|grew|dropped|cut|reduced|shrank|increased|down|up|lower|higher|larger|smaller)\s+by\s+$",
        r"|\b(?:score|rating|mark|grade|rate|share|ratio|result|value|acuity)\s+of\s+$"
    ))
});

/// Every day in a line, in order.
pub fn days(text: &str) -> Vec<Day> {
    if !text.bytes().any(|b| b.is_ascii_digit()) {
        return Vec::new();
    }
    DAYS.captures_iter(text)
        .filter_map(|found| {
            let number = |name| found.name(name).and_then(|m| m.as_str().parse::<u32>().ok());
            let year = |name| found.name(name).and_then(|m| m.as_str().parse::<i32>().ok());
            let whole = found.get(0)?;
            let after = WEEKDAY_AFTER.captures(&text[whole.end()..]);
            let weekday = found.name("weekday").or(found.name("foreign")).or(after.as_ref().and_then(|after| after.get(1)));
            let weekday = weekday.and_then(|word| word_of_week(word.as_str()));
            let (figures, year, style) = if let Some(day) = number("id") {
                ((day, number("im")?), year("iy"), DayStyle::Iso)
            } else if let Some(day) = number("wd") {
                ((day, month(&found["wm"])?), year("wy"), DayStyle::Words)
            } else if let Some(day) = number("md") {
                // "In March 12 nodes" is a month and a count.
                if year("my").is_none() && text[..whole.start()].trim_end().to_lowercase().ends_with("in") {
                    return None;
                }
                ((day, month(&found["mm"])?), year("my"), DayStyle::Words)
            } else if let Some(first) = number("f1") {
                let year = year("fy")?;
                let short = year < 100;
                // "1.2.20" is a version more often than a day.
                if &found["sep"] == "." && (short || NUMBERED.is_match(&text[..whole.start()])) {
                    return None;
                }
                let style = match (&found["sep"], short) {
                    (_, true) => DayStyle::ShortYear,
                    (".", false) => DayStyle::Dotted,
                    _ => DayStyle::Figures,
                };
                ((first, number("f2")?), (!short).then_some(year), style)
            } else {
                // "11/28" is a day only where something says so; "24/7" and "1/2" are not.
                let (before, after) = (&text[..whole.start()], &text[whole.end()..]);
                let part = PART_OF_THINGS.is_match(after) || CHANGED_BY.is_match(before);
                let led = weekday.is_some() || (LEADS_TO_A_DAY.is_match(before) && !part);
                let goes_on = text[whole.end()..].starts_with(['/', '%']) || text[..whole.start()].ends_with('/');
                if !led || goes_on || &text[whole.range()] == "24/7" {
                    return None;
                }
                ((number("s1")?, number("s2")?), None, DayStyle::Figures)
            };
            let day = Day { span: whole.range(), figures, year, weekday, style };
            let (d, m) = day.day_month(crate::when::DateOrder::DayMonth);
            // 2000 is a leap year: the 29th of February is a day without a year.
            NaiveDate::from_ymd_opt(day.year.unwrap_or(2000), m, d).map(|_| day)
        })
        .collect()
}

fn month(name: &str) -> Option<u32> {
    const NAMES: [&str; 12] = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];
    let name = name.to_lowercase();
    let english = NAMES.iter().position(|short| name.starts_with(short)).and_then(|at| u32::try_from(at + 1).ok());
    crate::languages::month(&name).or(english)
}

fn word_of_week(word: &str) -> Option<Weekday> {
    crate::languages::weekday(word).or_else(|| word.get(..3)?.parse().ok())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::when::DateOrder;

    #[test]
    fn days_are_seen_as_they_are_written() {
        for (text, expected) in [
            ("On 2 June 2020 at 14:55", "2.6.2020"),
            ("a call was held 3 June at 08:30", "3.6."),
            ("on Friday 13th November 2020.", "Fri 13.11.2020"),
            ("the 28th of November due to", "28.11."),
            ("service on Thursday 11/28", "Thu 28.11."),
            ("(27/05/2020)", "27.5.2020"),
            ("September 4th, 2024", "4.9.2024"),
            ("2024-09-05", "5.9.2024"),
            ("14.10.2026", "14.10.2026"),
            ("24/7 support, 1/2 of them, nodes 3/4, 31/31/2020", ""),
            ("version 1.2.20 in May", ""),
            ("on the night of 10/11 October 2025", "11.10.2025"),
            ("on 10/12 nodes, by 3/4 of them, fell by 1/2, a score of 9/10", ""),
            ("on 03/04 customers", "3.4."),
            ("in March 12 nodes, firmware 3.11.2024", ""),
            ("every Monday. 14 October 2025", "14.10.2025"),
            ("on Tuesday (14 October), on Tuesday evening, 14 October", "Tue 14.10., Tue 14.10."),
            ("Am Montag, den 14. Oktober 2025, Dienstag, 14.10.2025", "Mon 14.10.2025, Tue 14.10.2025"),
            ("le mardi 14 octobre 2025, martes 14 de octubre de 2025", "Tue 14.10.2025, Tue 14.10.2025"),
            ("terça-feira, 14 de outubro de 2025; martedì 14 ottobre 2025", "Tue 14.10.2025, Tue 14.10.2025"),
            ("op dinsdag 14 oktober 2025", "Tue 14.10.2025"),
            ("14 October 2025 (Tuesday), 15 October, a Wednesday", "Tue 14.10.2025, Wed 15.10."),
        ] {
            let seen: Vec<String> = days(text)
                .iter()
                .map(|day| {
                    let (d, m) = day.day_month(DateOrder::DayMonth);
                    let weekday = day.weekday.map(|w| format!("{w} ")).unwrap_or_default();
                    format!("{weekday}{d}.{m}.{}", day.year.map(|y| y.to_string()).unwrap_or_default())
                })
                .collect();
            assert_eq!(seen.join(", "), expected, "{text}");
        }
    }
}
