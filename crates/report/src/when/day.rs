//! A day as a person types it into a field, a cell or a letter, read whole: every sign of the text is part of the day, or it is none.
//! Always true: figures that could mean two days are read in the form's order; figures that can only be meant the other way are read that
//! way; a year of two figures is one of this century. Deliberately absent: days without a year, days inside other words (see `moment`).

use super::DateOrder;
use chrono::{Datelike, NaiveDate};

/// Reads a date: `14/10/2026`, `14.10.26`, `2026-10-14`, `20261014`, `14 October 2026`, `14th of Oct. 2026`, `October 14, 2026`, `14-OCT-26`.
/// A weekday before or after it is passed over, and so is midnight behind it, as spreadsheets write it.
pub fn date(raw: &str, order: DateOrder) -> Option<NaiveDate> {
    if raw.len() > super::LONGEST {
        return None;
    }
    let text = raw.trim().replace(['\u{a0}', '\u{202f}'], " ");
    let text = without_weekday(without_midnight(&text));
    let parts = parts(text)?;
    let date = match parts.as_slice() {
        [Part::Figures(one)] if one.len() == 8 => ymd(&one[..4], &one[4..6], &one[6..]),
        [Part::Figures(year), Part::Figures(month), Part::Figures(day)] if year.len() == 4 => ymd(year, month, day),
        [Part::Figures(first), Part::Figures(second), Part::Figures(year)] => in_figures(first, second, year, order),
        [Part::Figures(year), Part::Month(month), Part::Figures(day)] if year.len() == 4 => day_of(year, *month, day),
        [Part::Figures(day), Part::Month(month), Part::Figures(year)] | [Part::Month(month), Part::Figures(day), Part::Figures(year)] => {
            day_of(year, *month, day)
        }
        _ => None,
    }?;
    (1900..2200).contains(&date.year()).then_some(date)
}

enum Part<'a> {
    Figures(&'a str),
    Month(u32),
}

/// The figures and the month of a text; none where it holds anything else.
fn parts(text: &str) -> Option<Vec<Part<'_>>> {
    let mut parts = Vec::new();
    let mut rest = text;
    loop {
        rest = between(rest)?;
        let Some(first) = rest.chars().next() else { return Some(parts) };
        let end = rest.find(|c: char| c.is_ascii_digit() != first.is_ascii_digit() || !c.is_alphanumeric()).unwrap_or(rest.len());
        let (word, after) = rest.split_at(end);
        rest = after;
        if first.is_ascii_digit() {
            parts.push(Part::Figures(word));
            continue;
        }
        match word.to_lowercase().as_str() {
            "st" | "nd" | "rd" | "th" | "of" | "er" if matches!(parts.last(), Some(Part::Figures(_))) => {}
            "the" if parts.is_empty() => {}
            word if crate::languages::is_between(word) => {}
            word => parts.push(Part::Month(month(word)?)),
        }
    }
}

/// Past what stands between two parts: blanks around one stroke, point, hyphen or comma. None before any other sign.
fn between(text: &str) -> Option<&str> {
    let rest = text.trim_start_matches(' ');
    let rest = rest.strip_prefix(['/', '.', '-', '\u{2013}', ',', '\'', '\u{2019}']).unwrap_or(rest).trim_start_matches(' ');
    // "Oct. '26" and "14., 2026" have two of them.
    let rest = rest.strip_prefix(['\'', '\u{2019}', ',']).unwrap_or(rest).trim_start_matches(' ');
    rest.chars().next().is_none_or(char::is_alphanumeric).then_some(rest)
}

fn month(word: &str) -> Option<u32> {
    const MONTHS: [&str; 12] =
        ["january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november", "december"];
    let english = MONTHS.iter().position(|name| *name == word || name[..3] == *word || (*name == "september" && word == "sept"));
    english.and_then(|at| u32::try_from(at + 1).ok()).or_else(|| crate::languages::month(word))
}

fn ymd(year: &str, month: &str, day: &str) -> Option<NaiveDate> {
    let short = |part: &str| (1..=2).contains(&part.len());
    (short(month) && short(day)).then(|| NaiveDate::from_ymd_opt(year.parse().ok()?, month.parse().ok()?, day.parse().ok()?))?
}

fn day_of(year: &str, month: u32, day: &str) -> Option<NaiveDate> {
    NaiveDate::from_ymd_opt(full_year(year)?, month, day.parse().ok().filter(|_| day.len() <= 2)?)
}

/// In the form's order; the other way where only that is a day ("10/14/2026").
fn in_figures(first: &str, second: &str, year: &str, order: DateOrder) -> Option<NaiveDate> {
    if first.len() > 2 || second.len() > 2 {
        return None;
    }
    let (year, first, second) = (full_year(year)?, first.parse().ok()?, second.parse().ok()?);
    let (day, month) = match order {
        DateOrder::DayMonth => (first, second),
        DateOrder::MonthDay => (second, first),
    };
    NaiveDate::from_ymd_opt(year, month, day).or_else(|| NaiveDate::from_ymd_opt(year, day, month).filter(|_| month > 12))
}

/// Four figures, or two of this century.
fn full_year(figures: &str) -> Option<i32> {
    let year: i32 = figures.parse().ok()?;
    match figures.len() {
        4 => Some(year),
        2 if year < 70 => Some(2000 + year),
        _ => None,
    }
}

fn without_midnight(text: &str) -> &str {
    let text = text.trim_end_matches(['Z', 'z']).trim_end_matches(".000");
    ["00:00:00", "00:00", "0:00:00", "0:00"]
        .iter()
        .find_map(|midnight| text.strip_suffix(midnight)?.strip_suffix(['T', ' ']))
        .unwrap_or(text)
        .trim()
}

fn without_weekday(text: &str) -> &str {
    let after = match text.split_once([' ', ',']) {
        Some((first, rest)) if is_weekday(first) => rest.trim_start_matches([',', ' ']),
        _ => text,
    };
    match after.trim_end_matches([')', '.']).rsplit_once([' ', ',', '(']) {
        Some((before, last)) if is_weekday(last) => before.trim_end_matches([',', ' ', '(']),
        _ => after,
    }
}

fn is_weekday(word: &str) -> bool {
    const DAYS: [&str; 7] = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"];
    let word = word.trim_end_matches(['.', ',']).to_lowercase();
    (2..=14).contains(&word.len())
        && (crate::languages::weekday(&word).is_some()
            || DAYS.iter().any(|day| *day == word || day[..3] == word)
            || matches!(&*word, "tues" | "thur" | "thurs"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_day_is_read_as_people_write_it() {
        for raw in [
            "14/10/2026",
            "14/10/26",
            "14.10.2026",
            "14.10.26",
            "14-10-2026",
            "14 / 10 / 2026",
            "14 10 2026",
            "2026-10-14",
            "2026/10/14",
            "2026.10.14",
            "20261014",
            "2026-10-14T00:00:00Z",
            "14/10/2026 00:00:00",
            "14 October 2026",
            "14 october 2026",
            "14. October 2026",
            "14 Oct 2026",
            "14 Oct. 2026",
            "14-OCT-26",
            "14OCT2026",
            "14 Oct '26",
            "14th October 2026",
            "the 14th of October, 2026",
            "October 14, 2026",
            "Oct. 14th 2026",
            "2026 Oct 14",
            "Wednesday 14 October 2026",
            "Wed, 14 Oct 2026",
            "14/10/2026 (Wed)",
            "14\u{a0}October\u{a0}2026",
            "14. Oktober 2026",
            "Mittwoch, den 14. Okt. 2026",
            "mercredi 14 octobre 2026",
            "14 de octubre de 2026",
            "14 de outubro de 2026",
            // Only one of the two can be a month.
            "10/14/2026",
        ] {
            assert_eq!(date(raw, DateOrder::DayMonth), NaiveDate::from_ymd_opt(2026, 10, 14), "{raw}");
        }
    }

    #[test]
    fn figures_that_could_be_two_days_follow_the_form() {
        for raw in ["11/2/26", "11.2.2026", "11-02-26"] {
            assert_eq!(date(raw, DateOrder::DayMonth), NaiveDate::from_ymd_opt(2026, 2, 11), "{raw}");
            assert_eq!(date(raw, DateOrder::MonthDay), NaiveDate::from_ymd_opt(2026, 11, 2), "{raw}");
        }
        assert_eq!(date("2026-11-02", DateOrder::MonthDay), NaiveDate::from_ymd_opt(2026, 11, 2));
    }

    #[test]
    fn what_is_no_day_is_none() {
        for raw in [
            "32/13/2026",
            "31/02/2026",
            "2026-13-02",
            "2026-02-30",
            "29 February 2025",
            "00/10/2026",
            "14/10/1026",
            "14/10/99",
            "14/10",
            "3 June",
            "October 2026",
            "2026",
            "yesterday",
            "soon",
            "14/10/2026 or so",
            "about 14/10/2026",
            "14/10/2026 21:52",
            "14//10/2026",
            "14/10/2026/3",
            "14 Octember 2026",
            "mid October 2026",
            "14-16 October 2026",
            "v14.10.2026",
            "14:10:2026",
            "١٤/١٠/٢٠٢٦",
            "",
        ] {
            assert_eq!(date(raw, DateOrder::DayMonth), None, "{raw}");
        }
    }
}
