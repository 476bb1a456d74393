//! Lengths of time that a line mentions: `4 hours 11 minutes`, `1h7 Mins`, `2H`, `30-minute`, `two hours`, `half an hour`, `1 day`.

use super::pattern;
use regex::Regex;
use std::ops::Range;
use std::sync::LazyLock;

/// A length of time in a line.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Length {
    /// Its bytes in the line.
    pub span: Range<usize>,
    /// In minutes.
    pub minutes: i64,
    /// Whether it is said to the minute, so that a minute more or less would be another length.
    pub to_the_minute: bool,
}

static LENGTHS: LazyLock<Regex> = LazyLock::new(|| {
    pattern(&format!(
        concat!(
            r"(?i)\b(?:(?P<xh>\d{{1,4}})\s?h(?P<xm>\d{{1,2}})(?:\s?m(?:ins?|inutes?)?)?",
            r"|(?P<d>\d{{1,4}}(?:\.\d+)?|{NUMBERS})[\s-]?days?",
            r"|(?P<h>\d{{1,4}}(?:\.\d+)?|an|{NUMBERS})[\s-]?(?:hours?|hrs?|h)(?:,?\s+(?:and\s+)?(?P<hm>\d{{1,2}}|{NUMBERS})[\s-]?(?:minutes?|mins?|m))?",
            r"|(?P<half>half)\s+an\s+hour",
            r"|(?P<m>\d{{1,5}}|{NUMBERS})[\s-]?(?:minutes?|mins?))\b",
        ),
        NUMBERS = NUMBERS.join("|")
    ))
});

/// Longer words first, so that "twenty-six" is not read as "twenty".
const NUMBERS: [&str; 35] = [
    "twenty-one",
    "twenty-two",
    "twenty-three",
    "twenty-four",
    "twenty-five",
    "twenty-six",
    "twenty-seven",
    "twenty-eight",
    "twenty-nine",
    "forty-five",
    "seventeen",
    "thirteen",
    "fourteen",
    "eighteen",
    "nineteen",
    "fifteen",
    "sixteen",
    "seventy",
    "twelve",
    "eleven",
    "twenty",
    "thirty",
    "ninety",
    "forty",
    "fifty",
    "seven",
    "eight",
    "three",
    "four",
    "five",
    "nine",
    "six",
    "ten",
    "one",
    "two",
];

/// Every length of time in a line, in order.
pub fn lengths(text: &str) -> Vec<Length> {
    LENGTHS
        .captures_iter(text)
        .filter_map(|found| {
            let whole = found.get(0)?;
            let read = |name| found.name(name).and_then(|m| number(m.as_str()));
            let (minutes, to_the_minute) = if let (Some(h), Some(m)) = (read("xh"), read("xm")) {
                (h * 60.0 + m, true)
            } else if let Some(d) = read("d") {
                (d * 1440.0, false)
            } else if let Some(h) = read("h") {
                (h * 60.0 + read("hm").unwrap_or(0.0), found.name("hm").is_some())
            } else if found.name("half").is_some() {
                (30.0, false)
            } else {
                let m = read("m")?;
                (m, m % 10.0 != 0.0)
            };
            #[expect(clippy::cast_possible_truncation, reason = "at most five figures of minutes")]
            Some(Length { span: whole.range(), minutes: minutes.round() as i64, to_the_minute })
        })
        .collect()
}

fn number(word: &str) -> Option<f64> {
    const SMALL: [(&str, f64); 26] = [
        ("an", 1.0),
        ("three", 3.0),
        ("four", 4.0),
        ("five", 5.0),
        ("six", 6.0),
        ("seven", 7.0),
        ("eight", 8.0),
        ("nine", 9.0),
        ("ten", 10.0),
        ("eleven", 11.0),
        ("twelve", 12.0),
        ("thirteen", 13.0),
        ("fourteen", 14.0),
        ("fifteen", 15.0),
        ("sixteen", 16.0),
        ("seventeen", 17.0),
        ("eighteen", 18.0),
        ("nineteen", 19.0),
        ("twenty", 20.0),
        ("thirty", 30.0),
        ("forty", 40.0),
        ("fifty", 50.0),
        ("seventy", 70.0),
        ("ninety", 90.0),
        ("one", 1.0),
        ("two", 2.0),
    ];
    let word = word.to_lowercase();
    let small = |word: &str| SMALL.iter().find(|(name, _)| *name == word).map(|(_, value)| *value);
    match word.split_once('-') {
        Some((tens, ones)) => Some(small(tens)? + small(ones)?),
        None => word.parse().ok().or_else(|| small(&word)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lengths_are_seen_in_every_notation() {
        for (text, expected) in [
            ("took 4 hours 11 minutes", "251"),
            ("From 1h7 Mins to 2H", "67 120"),
            ("a 30-minute downtime", "30"),
            ("For 3 h 44 min no request", "224"),
            ("Twenty-six minutes passed", "26"),
            ("half an hour, then an hour", "30 60"),
            ("more than 24 hours", "1440"),
            ("1.5 hours and 2 days", "90 2880"),
            ("5 m of cable, 3 houses, a minute", ""),
        ] {
            let seen: Vec<String> = lengths(text).iter().map(|length| length.minutes.to_string()).collect();
            assert_eq!(seen.join(" "), expected, "{text}");
        }
        assert!(lengths("1h7")[0].to_the_minute && !lengths("2H")[0].to_the_minute);
    }
}
