//! Dates in figures that read two ways, and days without a year: settled once for a whole text. Always true: what the text itself decides is
//! taken from it and said; what it does not decide is asked, and what is taken meanwhile is an assumption that is shown.

use chrono::{Datelike, NaiveDate};
use report::moment::{Given, day_and_month};
use report::when::DateOrder;
use std::collections::BTreeSet;

/// What a text says about its dates.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Days {
    /// Dates in figures that read two ways, as written.
    pub two_ways: Vec<String>,
    /// A date that reads one way only, and the order it shows.
    pub shown: Option<(String, DateOrder)>,
    /// Whether dates of both orders stand in the text.
    pub mixed: bool,
    /// Days without a year, as written.
    pub yearless: Vec<String>,
    /// The years of other dates.
    pub years: BTreeSet<i32>,
    /// The years in which every weekday written beside a yearless day is right; all where no weekday is.
    pub fitting: Vec<i32>,
}

/// What the years could be.
const YEARS: std::ops::RangeInclusive<i32> = 2000..=2040;

/// Reads through a text for its dates.
pub(crate) fn days<'t>(texts: impl Iterator<Item = &'t str>, order: DateOrder) -> Days {
    let mut days = Days::default();
    let mut weekdays: BTreeSet<(String, String)> = BTreeSet::new();
    for text in texts {
        let words: Vec<&str> = text.split_whitespace().map(|word| word.trim_matches(|c: char| "(),;:.[]*".contains(c))).collect();
        for (at, word) in words.iter().enumerate() {
            figures(word, &mut days);
            let before = at.checked_sub(1).map(|at| words[at]).filter(|word| is_weekday(word));
            let next = words.get(at + 1).copied().unwrap_or_default();
            let yearless = yearless(word, next, words.get(at + 2).copied().unwrap_or_default(), order);
            if let Some(written) = yearless {
                let full = before.map_or(written.clone(), |weekday| format!("{weekday} {written}"));
                if let Some(weekday) = before {
                    weekdays.insert((weekday.to_owned(), written.clone()));
                }
                if !days.yearless.contains(&full) && days.yearless.len() < 5 {
                    days.yearless.push(full);
                }
            }
            if let Some(year) = year(word, at.checked_sub(1).map(|at| words[at]).unwrap_or_default()) {
                days.years.insert(year);
            }
        }
    }
    days.fitting = YEARS.filter(|year| weekdays.iter().all(|(weekday, day)| fits(weekday, day, *year, order))).collect();
    days
}

impl Days {
    /// The order the text decides, or `usual`.
    pub fn order(&self, usual: DateOrder) -> DateOrder {
        self.shown.as_ref().map_or(usual, |(_, order)| *order)
    }

    /// Whether a person should say which way the figures go.
    pub fn asks_order(&self) -> bool {
        self.mixed || (!self.two_ways.is_empty() && self.shown.is_none())
    }

    /// The one year of the text's other dates.
    pub fn year(&self) -> Option<i32> {
        if self.years.len() == 1 { self.years.first().copied() } else { None }
    }

    /// The years that are offered, the likeliest first: those of other dates, then the last ones before `today`. A slip in a weekday leaves none
    /// that fits; then all are.
    pub fn offered(&self, today: NaiveDate) -> Vec<i32> {
        const OFFERED: usize = 10;
        let fit = |year: &i32| self.fitting.is_empty() || self.fitting.contains(year);
        let past = YEARS.rev().filter(|year| *year <= today.year());
        let mut years: Vec<i32> = self.years.iter().rev().copied().filter(fit).collect();
        past.filter(fit).for_each(|year| {
            if !years.contains(&year) {
                years.push(year)
            }
        });
        years.truncate(OFFERED);
        years
    }

    /// The last day before `today`, or it, that a day without a year can be.
    pub fn latest(&self, month: u32, day: u32, today: NaiveDate) -> Option<NaiveDate> {
        let on = |year| NaiveDate::from_ymd_opt(year, month, day).filter(|date| *date <= today);
        self.offered(today).into_iter().find_map(on)
    }

    /// Whether a person should say the year.
    pub fn asks_year(&self) -> bool {
        !self.yearless.is_empty() && self.year().is_none()
    }
}

/// `27/05/2020`, `11/28`, `2024-09-04`.
fn figures(word: &str, days: &mut Days) {
    let parts: Vec<&str> = word.split(['/', '.']).collect();
    let digits = |part: &str, most: usize| (1..=most).contains(&part.len()) && part.bytes().all(|b| b.is_ascii_digit());
    if let Ok(day) = NaiveDate::parse_from_str(word, "%Y-%m-%d") {
        days.years.insert(day.year());
        return;
    }
    let [first, second, rest @ ..] = parts.as_slice() else { return };
    let full = matches!(rest, [year] if year.len() == 4 && digits(year, 4));
    let short = rest.is_empty() && word.contains('/');
    if !(digits(first, 2) && digits(second, 2) && (full || short)) {
        return;
    }
    let (Ok(one), Ok(two)) = (first.parse::<u32>(), second.parse::<u32>()) else { return };
    if one == 0 || two == 0 || one.max(two) > 31 || one.min(two) > 12 {
        return;
    }
    if let [year] = rest {
        days.years.extend(year.parse::<i32>().ok().filter(|year| YEARS.contains(year)));
    }
    // Points between day, month and year are written where the day stands first.
    let dotted = full && word.contains('.') && two <= 12;
    let order = match (one > 12, two > 12) {
        (true, false) => DateOrder::DayMonth,
        _ if dotted => DateOrder::DayMonth,
        (false, true) => DateOrder::MonthDay,
        _ => {
            // "24/7" and "1/2" are seldom days; a short date counts when it is written as one, with a zero or two figures each.
            let counts = full || (first.len() == 2 && second.len() == 2);
            if one != two && counts && !days.two_ways.iter().any(|other| other == word) && days.two_ways.len() < 5 {
                days.two_ways.push(word.to_owned());
            }
            return;
        }
    };
    if short && !(first.len() == 2 && second.len() == 2) {
        return;
    }
    match &days.shown {
        None => days.shown = Some((word.to_owned(), order)),
        Some((_, other)) => days.mixed |= *other != order,
    }
}

/// "28th of November", "3 June", "November 28th", "11/28" where no year follows.
fn yearless(word: &str, next: &str, third: &str, order: DateOrder) -> Option<String> {
    let is_year = |word: &str| word.len() == 4 && word.parse::<i32>().is_ok_and(|year| YEARS.contains(&year));
    if word.contains('/') {
        let ((_, _), _) = day_and_month(word, order)?;
        return (word.split('/').all(|part| part.len() == 2)).then(|| word.to_owned());
    }
    let of = next.eq_ignore_ascii_case("of");
    let (month, after) = if of { (third, "") } else { (next, third) };
    let day_first = word.starts_with(|c: char| c.is_ascii_digit()) && is_month(month) && !is_year(after);
    let month_first = is_month(word) && next.starts_with(|c: char| c.is_ascii_digit()) && !is_year(next) && !is_year(third);
    let (day, month) = if day_first {
        (word, month)
    } else if month_first {
        (next, word)
    } else {
        return None;
    };
    let digits = day.trim_end_matches(|c: char| c.is_alphabetic());
    digits.parse::<u32>().ok().filter(|day| (1..=31).contains(day)).map(|day| format!("{day} {month}"))
}

fn fits(weekday: &str, day: &str, year: i32, order: DateOrder) -> bool {
    let Some(((month, day), _)) = day_and_month(day, order) else { return true };
    let given = Given { order, year: Some(year) };
    let Some(date) = NaiveDate::from_ymd_opt(given.year.unwrap_or(year), month, day) else { return false };
    date.format("%A").to_string().to_lowercase().starts_with(&weekday.to_lowercase()[..3])
}

/// The year of "4 September 2024", "September 4th, 2024", "September 4–6, 2024".
fn year(word: &str, before: &str) -> Option<i32> {
    let last = before.trim_end_matches(|c: char| c.is_alphabetic()).rsplit(['-', '–']).next().unwrap_or_default();
    let dated = is_month(before) || last.parse::<u32>().is_ok_and(|day| (1..=31).contains(&day));
    word.parse().ok().filter(|year| word.len() == 4 && YEARS.contains(year) && dated)
}

fn is_month(word: &str) -> bool {
    const MONTHS: [&str; 12] =
        ["january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november", "december"];
    // "May" and "March" are words too; both are written with a capital as months.
    let lower = word.to_lowercase();
    let english = || MONTHS.iter().any(|month| *month == lower || (lower.len() == 3 && month.starts_with(&lower)));
    lower.len() >= 3 && (word.starts_with(char::is_uppercase) && english() || lower.len() > 3 && report::languages::month(&lower).is_some())
}

fn is_weekday(word: &str) -> bool {
    const DAYS: [&str; 7] = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"];
    let lower = word.to_lowercase();
    lower.len() >= 3 && DAYS.iter().any(|day| *day == lower || (lower.len() == 3 && day.starts_with(&lower)))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Days {
        days(std::iter::once(text), DateOrder::DayMonth)
    }

    #[test]
    fn a_date_that_reads_one_way_decides_for_the_others() {
        let days = read("Seen on 03/04/2026, again (27/03/2026).");
        assert_eq!((days.order(DateOrder::MonthDay), days.asks_order()), (DateOrder::DayMonth, false));
        assert_eq!(read("Am 03.04.2026 um 10:05.").shown, Some(("03.04.2026".to_owned(), DateOrder::DayMonth)));
        let days = read("Seen on 03/04/2026.");
        assert!(days.asks_order() && days.two_ways == ["03/04/2026"]);
        assert!(read("27/03/2026 and 03/27/2026").asks_order());
        assert!(!read("open 24/7, 1/2 done, v1.2, 10.4").asks_order());
    }

    #[test]
    fn a_year_is_asked_for_only_where_the_text_has_none() {
        let days = read("On Tuesday 12/08 the pump stopped, on the 8th of December it ran again.");
        assert_eq!(days.yearless, ["Tuesday 12/08", "8 December"]);
        assert!(days.asks_year());
        assert_eq!(read("Seen January 14-19, 2026. On 15 January it ran.").year(), Some(2026));
        let days = read("On 3 June it ran. The pump was made on 2 May 2026.");
        assert_eq!((days.year(), days.asks_year()), (Some(2026), false));
        assert!(!read("We may 3 times march 4 miles").asks_year());
    }

    #[test]
    fn years_are_offered_without_a_weekday_and_with_a_wrong_one() {
        let today = NaiveDate::from_ymd_opt(2026, 5, 4).expect("a day");
        assert_eq!(read("On 3 June it ran.").offered(today)[..2], [2026, 2025]);
        assert_eq!(read("On 3 June it ran, made 2 May 2019 and 2 May 2024.").offered(today)[..3], [2024, 2019, 2026]);
        assert_eq!(read("Tuesday 3 March, Tuesday 4 March").offered(today)[..2], [2026, 2025], "no year fits both");
        assert_eq!(read("On 3 June it ran.").latest(6, 3, today), NaiveDate::from_ymd_opt(2025, 6, 3));
    }

    #[test]
    fn a_weekday_narrows_the_years() {
        let days = read("Tuesday 3 March");
        assert!(days.fitting.contains(&2026) && !days.fitting.contains(&2025), "{:?}", days.fitting);
    }
}
