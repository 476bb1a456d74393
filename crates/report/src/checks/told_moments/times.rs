//! The times of a line as a reader takes them: in figures, in words ("half past five"), a day beside them or alone.

use super::super::reading::{Line, Reading};
use crate::mentions::{number, pattern};
use chrono::{NaiveDate, NaiveTime};
use regex::Regex;
use std::ops::Range;
use std::sync::LazyLock;

/// In minutes.
const DAY: i64 = 1440;

/// Times in words: "half past five", "noon", "five o'clock".
static IN_WORDS: LazyLock<Regex> = LazyLock::new(|| {
    pattern(concat!(
        r"(?i)\b(?:(?P<part>half|quarter|five|ten|twenty|twenty-five) (?P<side>past|to) (?P<hour>one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve)",
        r"|(?P<clock>\d{1,2}|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve) o['’]clock|(?P<plain>one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve)(?P<half_of>\s(?:in the (?:morning|afternoon|evening)|at night))|(?P<noon>noon|midday)|(?P<midnight>midnight))\b(?P<half>\s(?:in the (?:morning|afternoon|evening)|at night))?"
    ))
});

/// A time that the text tells.
pub struct Told {
    pub span: Range<usize>,
    /// In minutes of the day; none where only a day is told.
    pub minute: Option<i64>,
    /// Whether both halves of the day may be meant.
    pub either_half: bool,
    pub zone: Option<String>,
    /// The day beside it.
    pub day: Option<NaiveDate>,
}

/// Every time and day of a line, in order.
pub fn all(reading: &Reading, line: &Line) -> Vec<Told> {
    const NEAR: usize = 12;
    let order = reading.report.template.date_order;
    let year = reading.report.first_moment().map(|at| chrono::Datelike::year(&at));
    let beside = |span: &Range<usize>| {
        let gap = |day: &crate::mentions::Day| span.start.saturating_sub(day.span.end).max(day.span.start.saturating_sub(span.end));
        line.days.iter().filter(|day| gap(day) <= NEAR).min_by_key(|day| gap(day))
    };
    let minute = |time: NaiveTime| i64::from(chrono::Timelike::num_seconds_from_midnight(&time) / 60);
    let mut out: Vec<Told> = line
        .times
        .iter()
        .map(|time| Told {
            span: time.span.clone(),
            minute: Some(minute(time.time)),
            either_half: false,
            zone: time.zone.clone(),
            day: beside(&time.span).and_then(|day| day.date(order, year)),
        })
        .collect();
    let in_words_of = if tells_in_words(&line.text) { line.text.as_str() } else { "" };
    out.extend(IN_WORDS.captures_iter(in_words_of).filter_map(|found| in_words(&found)).map(|(span, minute, either_half)| Told {
        day: beside(&span).and_then(|day| day.date(order, year)),
        span,
        minute: Some(minute),
        either_half,
        zone: None,
    }));
    let alone = line.days.iter().filter(|day| !out.iter().any(|told| beside(&told.span).is_some_and(|beside| beside == *day)));
    let alone: Vec<Told> = alone
        .filter_map(|day| {
            Some(Told { span: day.span.clone(), minute: None, either_half: false, zone: None, day: Some(day.date(order, year)?) })
        })
        .collect();
    out.extend(alone);
    out.sort_by_key(|told| told.span.start);
    out
}

/// Whether a line tells a time in words.
pub fn tells_in_words(text: &str) -> bool {
    // Most lines hold none of these, and are not searched.
    const TELLING: [&str; 13] = [
        " past ",
        "clock",
        " in the morning",
        " in the afternoon",
        " in the evening",
        " at night",
        "noon",
        "midday",
        "idnight",
        "quarter to ",
        "five to ",
        "ten to ",
        "twenty to ",
    ];
    TELLING.iter().any(|word| text.contains(word)) && IN_WORDS.is_match(text)
}

fn in_words(found: &regex::Captures) -> Option<(Range<usize>, i64, bool)> {
    let span = found.get(0)?.range();
    #[expect(clippy::cast_possible_truncation, reason = "a figure of a clock")]
    let figure = |name: &str| number(&found[name]).map(|n| n as i64);
    if found.name("noon").is_some() {
        return Some((span, 720, false));
    }
    if found.name("midnight").is_some() {
        return Some((span, 0, false));
    }
    let minute = if found.name("clock").is_some() {
        figure("clock")? * 60
    } else if found.name("plain").is_some() {
        figure("plain")? * 60
    } else {
        let part = match found["part"].to_lowercase().as_str() {
            "half" => 30,
            "quarter" => 15,
            _ => figure("part")?,
        };
        let hour = figure("hour")? * 60;
        if found["side"].eq_ignore_ascii_case("past") { hour + part } else { hour - part }
    };
    let half = found.name("half").or(found.name("half_of")).map(|half| half.as_str().to_lowercase());
    let later = half.as_deref().is_some_and(|half| half.contains("afternoon") || half.contains("evening") || half.contains("night"));
    let minute = if later { minute % 720 + 720 } else { minute };
    Some((span, minute.rem_euclid(DAY), half.is_none() && minute <= 780))
}
