//! A length told in one sentence with the two moments it lies between (L03): "from 1 March 08:00 to 5 March 20:00, 96 hours". Always true: both
//! moments have their day and their time in that sentence, and the sentence tells no other moment and no other length.

use crate::checks::reading::{Line, Reading};
use crate::finding::{Finding, Level, Source};
use crate::mentions::{Day, Length, TimeOfDay, pattern};
use crate::when::length_words;
use crate::zones::minutes_between;
use chrono::NaiveDateTime;
use regex::Regex;
use std::ops::Range;
use std::sync::LazyLock;

/// How far a time may stand from its day, in bytes: "1 March 2025 at 08:00", "08:00 UTC on 1 March 2025".
const BESIDE: usize = 14;

pub(super) fn check(reading: &Reading, findings: &mut Vec<Finding>) {
    for line in reading.told().filter(|line| !line.quoted && line.days.len() > 1 && line.times.len() > 1 && !line.lengths.is_empty()) {
        let new = of_line(reading, line);
        let known = |finding: &Finding| {
            findings.iter().any(|other| {
                other.check == "L03"
                    && other.sources.first().map(|source| &source.text) == finding.sources.first().map(|source| &source.text)
            })
        };
        let new: Vec<Finding> = new.into_iter().filter(|finding| !known(finding)).collect();
        findings.extend(new);
    }
}

fn of_line(reading: &Reading, line: &Line) -> Vec<Finding> {
    line.lengths.iter().filter_map(|length| of_length(reading, line, length)).collect()
}

fn of_length(reading: &Reading, line: &Line, length: &Length) -> Option<Finding> {
    // "Within 96 hours" is kept by what took less; "more than" and "a deadline of" tell no length of the stretch.
    static AT_MOST: LazyLock<Regex> =
        LazyLock::new(|| pattern(r"(?i)\b(?:within|less than|under|at most|no more than|not more than)\s(?:the\s)?$"));
    static NO_LENGTH: LazyLock<Regex> = LazyLock::new(|| {
        pattern(
            r"(?i)\b(?:more than|over|at least|every|deadline of|limit of|target of|required|requirement of|window of|after|another|further|last|first|next)\s(?:the\s)?$",
        )
    });
    let sentence = line.sentence_range(length.span.start);
    let alone = line.lengths.iter().filter(|other| sentence.contains(&other.span.start)).count() == 1;
    let ([from, to], true) = (moments(reading, line, &sentence)?, alone) else { return None };
    let gap = minutes_between((from.0, from.1.as_deref()), (to.0, to.1.as_deref()), reading.report.zone.as_deref());
    let before = &line.text[sentence.start..length.span.start];
    if gap <= 0 || NO_LENGTH.is_match(before) {
        return None;
    }
    let unit = if length.minutes % 1440 == 0 && line.text[length.span.clone()].to_lowercase().contains("day") { 1440 } else { 60 };
    let off = if length.to_the_minute { 1 } else { unit.min(length.minutes / 10).max(5) };
    let kept = if AT_MOST.is_match(before) { gap <= length.minutes } else { (gap - length.minutes).abs() <= off };
    if kept {
        return None;
    }
    let said = &line.text[length.span.clone()];
    let message = format!("“{said}” is told of a stretch whose two moments lie {} apart.", length_words(gap));
    let whole = Source::at(reading.report, line.place.clone(), line.text[sentence].trim()).in_row(line.row);
    Some(Finding::new("L03", Level::Answer, message, vec![reading.meant(line, length.span.clone()), whole]))
}

type Moment = (NaiveDateTime, Option<String>);

/// The two moments of a sentence; none where it tells more or fewer days or times.
fn moments(reading: &Reading, line: &Line, sentence: &Range<usize>) -> Option<[Moment; 2]> {
    let days: Vec<&Day> = line.days.iter().filter(|day| sentence.contains(&day.span.start)).collect();
    let times: Vec<&TimeOfDay> = line.times.iter().filter(|time| sentence.contains(&time.span.start)).collect();
    let ([one, two], [first, second]) = (days.as_slice(), times.as_slice()) else { return None };
    let order = reading.report.template.date_order;
    let year = one.year.or(two.year);
    let beside = |day: &Day, time: &TimeOfDay| {
        time.span.start.saturating_sub(day.span.end).max(day.span.start.saturating_sub(time.span.end)) <= BESIDE
    };
    let of = |day: &Day, time: &TimeOfDay| {
        let date = day.date(order, year).filter(|_| beside(day, time))?;
        Some((date.and_time(time.time), time.zone.clone()))
    };
    let (from, mut to) = (of(one, first)?, of(two, second)?);
    // A zone behind the first of the two is that of both.
    if to.1.is_none() {
        to.1.clone_from(&from.1);
    }
    let mut from = from;
    if from.1.is_none() {
        from.1.clone_from(&to.1);
    }
    Some([from, to])
}
