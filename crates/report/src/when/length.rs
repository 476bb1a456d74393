//! A length of time as a person types it into a field, read whole. Always true: units come from the longest to the shortest, each once and each
//! less than one of the unit before it; what is not a whole number of minutes was given in seconds and is none, or with a decimal and is rounded.

/// Reads a length of time in minutes: `4 hours 11 minutes`, `4 h 49 min`, `1h7`, `2H`, `4:52`, `4:52 hours`, `90 min`, `1 day 2 h`, `4.5 h`,
/// `two hours and ten minutes`, `half an hour`, `an hour and a half`, `PT4H49M`.
pub fn minutes(raw: &str) -> Option<i64> {
    let text = raw.trim().to_lowercase().replace(['\u{a0}', '\u{202f}'], " ");
    let text = text.trim_end_matches('.');
    if let Some(clock) = with_colon(text) {
        return clock;
    }
    let mut rest = text.strip_prefix('p').filter(|rest| rest.contains(|c: char| c.is_ascii_digit())).map_or(text, |iso| iso).to_owned();
    if text.starts_with('p') {
        rest = rest.replacen('t', " ", 1);
    }
    let mut rest = rest.trim();
    let mut total = 0.0;
    let mut last = Unit::None;
    while !rest.is_empty() {
        let (quantity, after) = quantity(rest)?;
        let (unit, after) = unit(after, last)?;
        let (extra, after) = and_a_half(after);
        if last != Unit::None && (unit >= last || (quantity + extra) * unit.seconds() >= last.seconds()) {
            return None;
        }
        total += (quantity + extra) * unit.seconds();
        last = unit;
        rest = joined(after);
    }
    whole_minutes(total, last)
}

#[derive(Clone, Copy, Debug, Eq, Ord, PartialEq, PartialOrd)]
enum Unit {
    None,
    Seconds,
    Minutes,
    Hours,
    Days,
    Weeks,
}

impl Unit {
    fn seconds(self) -> f64 {
        match self {
            Unit::None => 0.0,
            Unit::Seconds => 1.0,
            Unit::Minutes => 60.0,
            Unit::Hours => 3_600.0,
            Unit::Days => 86_400.0,
            Unit::Weeks => 604_800.0,
        }
    }
}

/// How a form has a length written in figures: `014:10:42` is 14 days, 10 hours and 42 minutes.
pub const DAYS_HOURS_MINUTES: &str = "DDD:HH:MM";

/// Reads a length written so, in minutes.
pub fn days_hours_minutes(raw: &str) -> Option<i64> {
    let read = |part: &str, most: usize| {
        let figures = (1..=most).contains(&part.len()) && part.bytes().all(|b| b.is_ascii_digit());
        if figures { part.parse::<i64>().ok() } else { None }
    };
    let [days, hours, minutes] = <[&str; 3]>::try_from(raw.trim().split(':').collect::<Vec<_>>()).ok()?;
    let (days, hours, minutes) = (read(days, 3)?, read(hours, 2)?, read(minutes, 2)?);
    (hours < 24 && minutes < 60).then_some((days * 24 + hours) * 60 + minutes)
}

/// The longest length that is one: a hundred years.
const MOST_SECONDS: f64 = 3.2e9;

#[expect(clippy::cast_possible_truncation, reason = "held below MOST_SECONDS")]
fn whole_minutes(seconds: f64, last: Unit) -> Option<i64> {
    let exact = seconds / 60.0;
    let in_seconds = last == Unit::Seconds && (exact - exact.round()).abs() > 1e-6;
    (last != Unit::None && seconds <= MOST_SECONDS && !in_seconds).then(|| exact.round() as i64)
}

/// "4:49 hours" and "04:49:00" say the same. The outer option tells whether it is written so at all.
#[expect(clippy::option_option, reason = "not written so, and written so and wrong, are two things")]
fn with_colon(text: &str) -> Option<Option<i64>> {
    let (hours, rest) = text.split_once(':')?;
    let rest = ["hours", "hrs", "hr", "h", ":00"].iter().find_map(|tail| rest.strip_suffix(tail)).unwrap_or(rest);
    let read = |part: &str| part.trim().parse::<i64>().ok().filter(|_| part.trim().bytes().all(|b| b.is_ascii_digit()));
    Some(match (read(hours), read(rest)) {
        (Some(hours), Some(minutes)) if minutes < 60 && rest.trim().len() == 2 => {
            hours.checked_mul(60).and_then(|h| h.checked_add(minutes))
        }
        _ => None,
    })
}

fn quantity(text: &str) -> Option<(f64, &str)> {
    let end = text.find(|c: char| !(c.is_ascii_digit() || matches!(c, '.' | ','))).unwrap_or(text.len());
    if end == 0 {
        return in_words(text);
    }
    let figures = text[..end].trim_end_matches(['.', ',']);
    let number: f64 = super::super::answer::number(figures)?.parse().ok()?;
    let after = &text[figures.len()..];
    let after_half = after.trim_start().strip_prefix('½');
    Some((number + if after_half.is_some() { 0.5 } else { 0.0 }, after_half.unwrap_or(after).trim_start()))
}

/// "two", "an", "half an", "twenty-five".
fn in_words(text: &str) -> Option<(f64, &str)> {
    if let Some(after) = text.strip_prefix('½') {
        return Some((0.5, after.trim_start()));
    }
    for (words, quantity) in
        [("half an ", 0.5), ("half a ", 0.5), ("a quarter of an ", 0.25), ("three quarters of an ", 0.75), ("an ", 1.0), ("a ", 1.0)]
    {
        if let Some(after) = text.strip_prefix(words) {
            return Some((quantity, after));
        }
    }
    let end = text.find(' ')?;
    let (before_half, after) = (text[..end].to_owned(), &text[end..]);
    let number = super::super::answer::number_in_words(&before_half)?;
    let (extra, after) = and_a_half(after);
    #[expect(clippy::cast_precision_loss, reason = "number words stop at ninety-nine")]
    Some((number as f64 + extra, after.trim_start()))
}

fn and_a_half(text: &str) -> (f64, &str) {
    text.trim_start().strip_prefix("and a half").map_or((0.0, text), |after| (0.5, after))
}

fn unit(text: &str, last: Unit) -> Option<(Unit, &str)> {
    let end = text.find(|c: char| !c.is_alphabetic()).unwrap_or(text.len());
    let unit = match &text[..end] {
        "w" | "wk" | "wks" | "week" | "weeks" => Unit::Weeks,
        "d" | "day" | "days" => Unit::Days,
        "h" | "hr" | "hrs" | "hour" | "hours" => Unit::Hours,
        "m" | "min" | "mins" | "minute" | "minutes" => Unit::Minutes,
        "s" | "sec" | "secs" | "second" | "seconds" => Unit::Seconds,
        // "1h7": the minutes go without a word.
        "" if last == Unit::Hours && text.is_empty() => Unit::Minutes,
        _ => return None,
    };
    Some((unit, text[end..].trim_start_matches('.')))
}

fn joined(text: &str) -> &str {
    let text = text.trim_start_matches([' ', ',', '+', '&', '-']);
    text.strip_prefix("and ").unwrap_or(text).trim_start()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lengths_are_read_in_every_notation_seen() {
        for (raw, expected) in [
            ("4 hours 11 minutes", 251),
            ("4 h 49 min", 289),
            ("4 hrs. 49 mins.", 289),
            ("1h7", 67),
            ("1h7m", 67),
            ("2H", 120),
            ("4:52", 292),
            ("4:52 hours", 292),
            ("04:52:00", 292),
            ("90 min", 90),
            ("1,440 minutes", 1440),
            ("1 day 2 h", 1560),
            ("2 weeks", 20160),
            ("4 hours and 8 minutes", 248),
            ("4 hours, 8 minutes", 248),
            ("4.5 h", 270),
            ("4,5 h", 270),
            ("2½ hours", 150),
            ("four hours", 240),
            ("Four hours 49 minutes", 289),
            ("two hours and ten minutes", 130),
            ("twenty-five minutes", 25),
            ("an hour", 60),
            ("half an hour", 30),
            ("an hour and a half", 90),
            ("two and a half hours", 150),
            ("PT4H49M", 289),
            ("P1DT2H", 1560),
            ("120 seconds", 2),
            ("6 min 0 s", 6),
        ] {
            assert_eq!(minutes(raw), Some(expected), "{raw}");
        }
    }

    #[test]
    fn what_is_no_length_is_none() {
        for raw in [
            "",
            "5",
            "10 min 2 h",
            "4:77",
            "4:5",
            "-4:20",
            "-2 h",
            "4 h 4 h",
            "99999999999999999999 h",
            "overnight",
            "about four hours",
            "4 hours or so",
            "more than 4 h",
            "4 to 5 hours",
            "4-5 h",
            "4 h 49 min (from impact start)",
            "4 parsecs",
            "four",
            "21:52 to 02:41",
            "6 min 30 s",
            "6 min 60 s",
            "6 h 99 min",
            "6h60",
            "1 day 24 h",
            "1 week 7 days",
            "all day",
        ] {
            assert_eq!(minutes(raw), None, "{raw}");
        }
    }
}
