//! One time of day at the head of a text: "16:40", "16.40", "1640", "4:40 pm", "16h40 hrs". Always true: what follows comes back untouched.

use super::{figures, prefix};
use chrono::NaiveTime;

#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(super) enum Half {
    Unsaid,
    Before,
    After,
}

/// One time of day, and what follows it. Whether something else may follow is for the caller to see.
pub(super) fn clock(text: &str) -> Option<(NaiveTime, Half, &str)> {
    let digits = figures(text);
    let (hours, rest) = text.split_at(digits);
    let (hour, minute, second, rest) = match digits {
        1 | 2 => {
            let hour: u32 = hours.parse().ok()?;
            match minutes(rest) {
                Some((minute, second, rest)) => (hour, minute, second, rest),
                None => {
                    if let Some(rest) = whole_hour(rest) {
                        return Some((NaiveTime::from_hms_opt(hour, 0, 0)?, Half::Unsaid, rest));
                    }
                    let (half, rest) = half_of_day(rest)?;
                    return Some((twelve(hour, 0, Second::default(), half)?, half, rest));
                }
            }
        }
        4 => (hours[..2].parse().ok()?, hours[2..].parse().ok()?, Second::default(), rest),
        _ => return None,
    };
    match half_of_day(rest) {
        Some((half, rest)) if hour <= 12 => Some((twelve(hour, minute, second, half)?, half, rest)),
        // "23:27 PM" says the same twice.
        Some((Half::After, rest)) => Some((NaiveTime::from_hms_nano_opt(hour, minute, second.whole, second.nano)?, Half::Unsaid, rest)),
        _ => Some((NaiveTime::from_hms_nano_opt(hour, minute, second.whole, second.nano)?, Half::Unsaid, past_hours_word(rest))),
    }
}

/// Past "o'clock" or "Uhr", and past an "h" that a sign parts from its text: "9h : retour". "9h later" counts hours.
fn whole_hour(text: &str) -> Option<&str> {
    let word = text.trim_start_matches([' ', '\u{a0}']);
    let named = ["o'clock", "o’clock", "Uhr"].iter().find_map(|name| word.strip_prefix(name));
    let parted = || word.strip_prefix('h').filter(|after| after.trim_start_matches([' ', '\u{a0}']).starts_with([':', '-', '–', '—']));
    named.or_else(parted).filter(|after| !after.starts_with(char::is_alphanumeric))
}

/// A second and its fraction, as logs of programs give it.
#[derive(Clone, Copy, Default)]
pub(super) struct Second {
    whole: u32,
    /// Thousand-millionths; what is smaller is passed over.
    nano: u32,
}

/// `:40`, `.40`, `h40`, with seconds where they are given.
fn minutes(text: &str) -> Option<(u32, Second, &str)> {
    let rest = text.strip_prefix([':', '.', 'h', 'H']).or_else(|| spaced_h(text))?;
    let (minute, mut rest) = rest.split_at_checked(2).filter(|(pair, _)| pair.bytes().all(|b| b.is_ascii_digit()))?;
    let mut second = Second::default();
    if let Some((pair, after)) = rest.strip_prefix(':').and_then(|after| after.split_at_checked(2))
        && pair.bytes().all(|b| b.is_ascii_digit())
    {
        second.whole = pair.parse().ok()?;
        rest = after;
        if let Some(fraction) = rest.strip_prefix(['.', ',']).filter(|after| figures(after) > 0) {
            let nine: String = fraction[..figures(fraction)].chars().chain("00000000".chars()).take(9).collect();
            second.nano = nine.parse().ok()?;
            rest = &fraction[figures(fraction)..];
        }
    }
    Some((minute.parse().ok()?, second, rest))
}

/// "7 h 40", as French is written; "7 h 40 min" is a length.
fn spaced_h(text: &str) -> Option<&str> {
    const BLANKS: [char; 3] = [' ', '\u{a0}', '\u{202f}'];
    let rest = text.strip_prefix(BLANKS)?.strip_prefix('h')?.strip_prefix(BLANKS)?;
    let after = rest.get(2..).unwrap_or_default().trim_start_matches(BLANKS);
    (figures(rest) == 2 && !after.starts_with("min") && !after.starts_with("m ")).then_some(rest)
}

fn half_of_day(text: &str) -> Option<(Half, &str)> {
    let rest = text.trim_start_matches([' ', '\u{a0}', '\u{202f}']);
    for (word, half) in [("a.m.", Half::Before), ("p.m.", Half::After), ("am", Half::Before), ("pm", Half::After)] {
        if let Some(after) = prefix(rest, word)
            && !after.starts_with(char::is_alphanumeric)
        {
            return Some((half, after));
        }
    }
    None
}

pub(super) fn twelve(hour: u32, minute: u32, second: Second, half: Half) -> Option<NaiveTime> {
    if !(1..=12).contains(&hour) {
        return None;
    }
    NaiveTime::from_hms_nano_opt(hour % 12 + if half == Half::After { 12 } else { 0 }, minute, second.whole, second.nano)
}

/// "16:40 hrs", "1640h".
fn past_hours_word(text: &str) -> &str {
    let rest = text.trim_start_matches(' ');
    for word in ["hours", "hrs", "h"].into_iter().chain(crate::languages::hours()) {
        if let Some(after) = prefix(rest, word)
            && !after.starts_with(char::is_alphanumeric)
        {
            return after;
        }
    }
    text
}
