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
            r"|(?P<d>\d{{1,4}}(?:\.\d+)?|{N})[\s-]?days?",
            r"|(?P<h>\d{{1,4}}(?:\.\d+)?|an|{N})(?P<part>\s?[½¼¾]|\s+and\s+(?:a\s+half|a\s+quarter|three[\s-]quarters))?[\s-]?(?:hours?|hrs?|h)",
            r"(?:(?P<more>\s+and\s+(?:a\s+half|a\s+quarter|three[\s-]quarters))|,?\s+(?:and\s+)?(?P<hm>\d{{1,2}}|{N})[\s-]?(?:minutes?|mins?|m))?",
            r"|(?P<of>half[\s-](?:an[\s-])?|(?:a\s+)?quarter\s+of\s+an\s+|three[\s-]quarters\s+of\s+an\s+)hour",
            r"|(?P<m>\d{{1,5}}|{N})[\s-]?(?:minutes?|mins?))\b",
        ),
        N = NUMBERS
    ))
});

/// Longer words first, so that "twenty-six" is not read as "twenty".
const NUMBERS: &str = concat!(
    r"(?:twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety)(?:[-‑](?:one|two|three|four|five|six|seven|eight|nine))?",
    r"|seventeen|thirteen|fourteen|eighteen|nineteen|fifteen|sixteen|twelve|eleven|seven|eight|three|four|five|nine|six|ten|one|two"
);

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
                let part = found.name("part").or(found.name("more")).map_or(0.0, |part| share(part.as_str()));
                ((h + part) * 60.0 + read("hm").unwrap_or(0.0), found.name("hm").is_some())
            } else if let Some(part) = found.name("of") {
                (share(part.as_str()) * 60.0, false)
            } else {
                let m = read("m")?;
                (m, m % 10.0 != 0.0)
            };
            #[expect(clippy::cast_possible_truncation, reason = "at most five figures of minutes")]
            Some(Length { span: whole.range(), minutes: minutes.round() as i64, to_the_minute })
        })
        .collect()
}

/// What part of an hour is meant: "half an hour", "and three quarters", "½".
fn share(words: &str) -> f64 {
    let words = words.to_lowercase();
    if words.contains("three") || words.contains('¾') {
        0.75
    } else if words.contains("half") || words.contains('½') {
        0.5
    } else {
        0.25
    }
}

/// A number in figures or in words.
pub fn number(word: &str) -> Option<f64> {
    const SMALL: [(&str, f64); 28] = [
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
        ("sixty", 60.0),
        ("seventy", 70.0),
        ("eighty", 80.0),
        ("ninety", 90.0),
        ("one", 1.0),
        ("two", 2.0),
    ];
    let word = word.to_lowercase().replace('‑', "-");
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
            ("two and a half hours, an hour and a half, 2½ hours", "150 90 150"),
            ("a quarter of an hour, three quarters of an hour, half-hour", "15 45 30"),
            ("eighty minutes, thirty-five minutes", "80 35"),
            ("5 m of cable, 3 houses, a minute", ""),
        ] {
            let seen: Vec<String> = lengths(text).iter().map(|length| length.minutes.to_string()).collect();
            assert_eq!(seen.join(" "), expected, "{text}");
        }
        assert!(lengths("1h7")[0].to_the_minute && !lengths("2H")[0].to_the_minute);
    }
}
