//! Times, days and lengths that a line of prose mentions, each with the place of its words. Always true: a mention is what the words
//! say, never what they might mean; a year that is not written is not there. Deliberately absent: judging them (see `checks`).

mod days;
mod lengths;

pub use days::{Day, DayStyle, days};
pub use lengths::{Length, lengths, number};

use chrono::NaiveTime;
use regex::Regex;
use std::ops::Range;
use std::sync::LazyLock;

/// A time of day in a line.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct TimeOfDay {
    /// Its bytes in the line.
    pub span: Range<usize>,
    /// The time.
    pub time: NaiveTime,
    /// How it is written.
    pub style: TimeStyle,
    /// The zone written after it ("BST", "UTC+1").
    pub zone: Option<String>,
}

/// How a time of day is written.
#[derive(Clone, Copy, Debug, Eq, Hash, Ord, PartialEq, PartialOrd)]
pub enum TimeStyle {
    /// 21:52
    Colon,
    /// 9:52 pm, 9pm
    HalfDay,
    /// 21.52
    Dot,
}

static TIMES: LazyLock<Regex> = LazyLock::new(|| {
    pattern(concat!(
        r"(?i)\b(?P<h>[01]?\d|2[0-3]):(?P<m>[0-5]\d)(?::[0-5]\d)?(?:\s?(?P<half>[ap]\.?m\b\.?))?",
        r"|\b(?P<hh>1[0-2]|[1-9])\s?(?P<halfonly>[ap]m)\b",
        r"|\b(?P<fh>[01]\d|2[0-3])(?P<fm>[0-5]\d)\s(?-i:LT|UTC|GMT|Z|hrs?|hours|local)\b",
        r"|\b(?:at|from|until|till|by|around|about|since|and)\s+(?P<dh>[01]?\d|2[0-3])\.(?P<dm>[0-5]\d)\b",
    ))
});
static ZONE_AFTER: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"^\s?(?:Uhr\s|hrs?\s|hours\s)?\(?((?:UTC|GMT)\s?[+−-]\d{1,2}(?::\d\d)?|[A-Z]{2,4}T|[ELCMP]T|[MOW]ES?Z|UTC|[+−]\d\d:\d\d|Z\b)(?:\b|\)|$)",
    )
});

/// "Refunds of 9.30 and 16.40 kroner", "about 3.20 MW": a figure with its unit.
static MEASURED: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?i)^\s?(?:%|°|(?:per cent|percent|kroner|kronor|euros?|pounds?|dollars?|francs|million|EUR|USD|GBP|NOK|SEK|DKK|CHF|[kMGT]B|[kM]?V|[kMG]W|[kMG]Hz|bar|kg|km|ms|seconds|minutes|hours)\b)",
    )
});
/// "Upgraded the nodes from 16.04", "fell by 0.30": a step, not a time.
static CHANGED: LazyLock<Regex> = LazyLock::new(|| {
    pattern(r"(?i)\b(?:upgrad\w+|updat\w+|migrat\w+|grew|rose|rising|fell|raised|lowered|increas\w+|reduc\w+|dropp\w+)\s+(?:\w+\s+){0,3}$")
});

/// A pattern written by us; the tests of each use it. Where it names no class of letters it looks for English words, and what bounds them is
/// then asked of ASCII letters alone: with Unicode's own bounds a single “’” in a line makes the search ten times slower.
pub(crate) fn pattern(text: &str) -> Regex {
    let bounded = if text.contains(r"\p{") { text.to_owned() } else { text.replace(r"\b", r"(?-u:\b)") };
    Regex::new(&bounded).expect("our own patterns are tested to compile")
}

/// Every time of day in a line, in order.
pub fn times(text: &str) -> Vec<TimeOfDay> {
    if !text.bytes().any(|b| b.is_ascii_digit()) {
        return Vec::new();
    }
    TIMES
        .captures_iter(text)
        .filter_map(|found| {
            let whole = found.get(0)?;
            let number = |name| found.name(name).and_then(|m| m.as_str().parse::<u32>().ok());
            let end = found.name("fm").map_or(whole.end(), |minutes| minutes.end());
            let (start, time, style) = if let (Some(h), Some(m)) = (number("h"), number("m")) {
                let half = found.name("half");
                let style = if half.is_some() { TimeStyle::HalfDay } else { TimeStyle::Colon };
                (whole.start(), on_the_clock(h, m, half.map(|half| half.as_str()))?, style)
            } else if let Some(h) = number("hh") {
                (whole.start(), on_the_clock(h, 0, found.name("halfonly").map(|half| half.as_str()))?, TimeStyle::HalfDay)
            } else if let (Some(h), Some(m)) = (number("fh"), number("fm")) {
                (whole.start(), on_the_clock(h, m, None)?, TimeStyle::Colon)
            } else if MEASURED.is_match(&text[whole.end()..]) || CHANGED.is_match(&text[..whole.start()]) {
                return None;
            } else {
                (found.name("dh")?.start(), on_the_clock(number("dh")?, number("dm")?, None)?, TimeStyle::Dot)
            };
            // "1:30:00" of a log is one time; "12:30:45.123" as well; but "10:20/30" and "3:1" are ratios.
            if text[..start].ends_with(['/', ':', '.']) || text[whole.end()..].starts_with(['/', '%']) {
                return None;
            }
            let zone = ZONE_AFTER.captures(&text[end..]).map(|zone| zone[1].to_owned());
            Some(TimeOfDay { span: start..end, time, style, zone })
        })
        .collect()
}

/// Sentences of a line with their places. An abbreviation's full stop does not end one unless a capital follows.
pub fn sentences(text: &str) -> Vec<Range<usize>> {
    static END: LazyLock<Regex> = LazyLock::new(|| pattern(r#"[.!?…]["”')]?\s+(?:["“'(]?[A-Z0-9])|\n"#));
    let mut out = Vec::new();
    let mut start = 0;
    for end in END.find_iter(text) {
        let stop = end.start() + 1;
        if stop > start && !is_abbreviation(&text[start..end.start()]) {
            let stop = if text.is_char_boundary(stop) { stop } else { end.end() - 1 };
            out.push(start..stop);
            start = stop;
        }
    }
    out.push(start..text.len());
    out.into_iter().filter(|range| !text[range.clone()].trim().is_empty()).collect()
}

fn is_abbreviation(before: &str) -> bool {
    const SHORT: [&str; 9] = ["e.g", "i.e", "approx", "ca", "c", "no", "art", "dr", "mr"];
    let word = before.rsplit(|c: char| c.is_whitespace() || c == '(').next().unwrap_or(before);
    SHORT.iter().any(|short| word.eq_ignore_ascii_case(short))
}

fn on_the_clock(hour: u32, minute: u32, half: Option<&str>) -> Option<NaiveTime> {
    let hour = match half.and_then(|half| half.chars().next()).map(|c| c.to_ascii_lowercase()) {
        Some(_) if hour > 12 => hour, // "16:49 PM": the figures already say it
        Some('a') => hour % 12,
        Some('p') => hour % 12 + 12,
        _ => hour,
    };
    NaiveTime::from_hms_opt(hour, minute, 0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_are_seen_as_they_are_written() {
        let seen = |text: &str| times(text).iter().map(|t| t.time.format("%H:%M").to_string()).collect::<Vec<_>>().join(" ");
        for (text, expected) in [
            ("from 10:25 to 11:21 UTC", "10:25 11:21"),
            ("around 8:30 am Paris time, then 7pm", "08:30 19:00"),
            ("restored at 16.40", "16:40"),
            ("04:49 PM UTC", "16:49"),
            ("fell at 1005 LT (0805 UTC), in 2024 we", "10:05 08:05"),
            ("version 9.14 and section 16.40(b)", ""),
            ("a ratio of 10:20/30", ""),
            ("refunds of 9.30 and 16.40 kroner, about 3.20 MW, upgraded the nodes from 16.04", ""),
            ("raised the alarm at 16:40, closed it at 17.10", "16:40 17:10"),
            ("no time here", ""),
        ] {
            assert_eq!(seen(text), expected, "{text}");
        }
    }

    #[test]
    fn a_zone_after_a_time_belongs_to_it() {
        for (text, zone) in [
            ("16:48 UTC the bridge", Some("UTC")),
            ("16:48 (CEST)", Some("CEST")),
            ("16:48 UTC+2", Some("UTC+2")),
            ("1648 LT the bridge", Some("LT")),
            ("16:48 Uhr MESZ", Some("MESZ")),
            ("16:48 PT", Some("PT")),
            ("16:48 The bridge", None),
            ("16:48 DCC was told", None),
        ] {
            assert_eq!(times(text)[0].zone.as_deref(), zone, "{text}");
        }
    }

    #[test]
    fn sentences_end_where_a_reader_stops() {
        let cut = |text: &'static str| sentences(text).into_iter().map(|range| text[range].trim()).collect::<Vec<_>>();
        assert_eq!(cut("It failed at 9.30 pm. We fixed it! Why?"), ["It failed at 9.30 pm.", "We fixed it!", "Why?"]);
        assert_eq!(cut("About 5 (ca. 12 nodes), e.g. The gateway"), ["About 5 (ca. 12 nodes), e.g. The gateway"]);
    }
}
