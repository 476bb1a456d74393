//! The moment at the head of a line, in every notation people write: the one reader of times for typed lines and for foreign text.
//! Always true: what is not part of the moment comes back untouched as the rest; nothing is guessed — a day without its year is none
//! unless the caller gives the year. Deliberately absent: carrying a day from one line to the next (see `timeline`).

mod clock;

use crate::timeline::Time;
use crate::when::{self, DateOrder};
use chrono::{NaiveDate, NaiveTime};
use clock::{Half, Second, clock, twelve};

/// What is known before a line is read.
#[derive(Clone, Copy, Debug, Default, Eq, PartialEq)]
pub struct Given {
    /// How an all-figure date is read.
    pub order: DateOrder,
    /// The year of a day written without one; none leaves such a day unread.
    pub year: Option<i32>,
}

/// What stands at the head of a line.
#[derive(Clone, Debug, Default, Eq, PartialEq)]
pub struct Head<'a> {
    /// The day, where one is written.
    pub date: Option<NaiveDate>,
    /// The time of day.
    pub time: Time,
    /// The zone of this line, as written ("UTC", "CEST").
    pub zone: Option<&'a str>,
    /// Whether the line says that a machine did it.
    pub automated: bool,
    /// Everything after it.
    pub rest: &'a str,
}

/// Reads the moment at the head of a line: `09:18 text`, `09:30 - text`, `- 05:00 (Automated) text`, `Between 10:25 and 11:21`,
/// `09:48 AM`, `04:49 PM UTC`, `16.40`, `16h40`, `1640`, `7pm`, `**16:40** text`, `[16:40] text`, `2024-09-04 16:40 text`,
/// `about 16:40 text`, `16:40–17:10 text`. A line with neither day nor time gives nothing.
pub fn head<'a>(line: &'a str, given: Given) -> Option<Head<'a>> {
    bare_head(line, given).or_else(|| worded_head(line, given))
}

/// "On 12 March 2024 at 16:40: text", "Le 12 mars 2024 à 16h40 : texte": a sign shows where the moment ends, or all of it would be a sentence.
fn worded_head<'a>(line: &'a str, given: Given) -> Option<Head<'a>> {
    let rest = opened(line);
    let english = ["on", "at", "on the"].into_iter();
    let others = crate::languages::all().iter().flat_map(|language| &language.before_day).map(String::as_str);
    let after = english.chain(others).filter_map(|word| prefix(rest, word)?.strip_prefix(' ')).min_by_key(|after| after.len())?;
    let head = bare_head(after, given).filter(|head| !head.rest.is_empty())?;
    let moment = after[..after.len() - head.rest.len()].trim_end();
    moment.ends_with([':', '-', '–', '—', '|']).then_some(head)
}

fn bare_head<'a>(line: &'a str, given: Given) -> Option<Head<'a>> {
    let mut rest = opened(line);
    let mut head = Head::default();
    if let Some((day, after)) = day(rest, given) {
        head.date = Some(day);
        rest = opened(joined(after));
    }
    match time(rest) {
        Some((time, after)) => {
            head.time = time;
            rest = closed(after);
            if let Some((zone, after)) = zone(rest) {
                head.zone = Some(zone);
                rest = closed(after);
            }
            // "16:40, 4 September 2024: text" writes the day after the time.
            if head.date.is_none()
                && let Some((day, after)) = rest.strip_prefix([',', ' ']).and_then(|after| day(behind_time(after), given))
            {
                head.date = Some(day);
                rest = after;
            }
        }
        None => head.date.map(drop)?,
    }
    rest = separated(rest);
    if let Some(after) = automated(rest) {
        head.automated = true;
        rest = separated(after);
    }
    head.rest = rest;
    Some(head)
}

/// One time of day at the head of a text, and what follows it: a blank, a sign, a zone or nothing. "19:50 pm" says the same twice.
pub(crate) fn time_of_day(text: &str) -> Option<(NaiveTime, &str)> {
    use chrono::Timelike;
    let (time, half, after) = clock(text)?;
    let after = match prefix(after.trim_start(), "pm") {
        Some(rest) if half == Half::Unsaid && time.hour() >= 13 => rest,
        _ => after,
    };
    let ends = after.starts_with(['Z', 'z', 'T']) || !after.starts_with(|c: char| c.is_alphanumeric() || matches!(c, ':' | '.' | '%'));
    ends.then_some((time, after))
}

/// What may stand right behind a day and is none of it.
const ENDS: [char; 10] = [',', ':', ';', '.', ')', ']', '*', '-', '–', '—'];

/// Reads a day at the head of a text: `2024-09-04`, `04/09/2024`, `Wednesday 4 September 2024`, and, with a given year, `4 September`, `11/28`.
/// Gives what follows it.
pub fn day(text: &str, given: Given) -> Option<(NaiveDate, &str)> {
    if !may_be_day(text) {
        return None;
    }
    // A day that is one word whole, its year included, goes on in no other notation.
    let first = text.split(|c: char| c.is_whitespace() || c == 'T').next().unwrap_or_default().trim_end_matches(ENDS);
    if let Some(day) =
        Some(first).filter(|first| first.len() >= 8).and_then(|first| when::plain_date(&first.replace(is_hyphen, "-"), given.order))
    {
        return Some((day, &text[first.len()..]));
    }
    let longest = text.char_indices().filter(|(_, c)| c.is_whitespace() || *c == 'T').map(|(at, _)| at).chain([text.len()]);
    let ends: Vec<usize> = longest.take(6).collect();
    ends.into_iter().rev().find_map(|end| {
        let words = text[..end].trim_end_matches(ENDS);
        let plain = words.replace(is_hyphen, "-");
        let read = when::plain_date(&plain, given.order).or_else(|| without_year(words, given));
        read.filter(|_| words.len() > 2).map(|day| (day, &text[words.len()..]))
    })
}

/// Whether a line begins with a stretch of days: "2024-10: …", "late September 2024 – …", "Q3 2024: …". It is on no day, and least of all on
/// that of the line before.
pub fn begins_with_a_stretch(line: &str) -> bool {
    const PARTS: [&str; 8] = ["early", "mid", "late", "beginning of", "middle of", "end of", "since", "summer"];
    let rest = opened(line).trim_start();
    let rest = worded_past(rest, &PARTS);
    let others: Vec<&str> = crate::languages::all().iter().flat_map(|language| &language.part_of_month).map(String::as_str).collect();
    let rest = worded_past(rest, &others);
    let is_year = |text: &str| figures(text) == 4 && matches!(&text[..2], "19" | "20");
    let ends = |text: &str| !text.starts_with(|c: char| c.is_alphanumeric()) && !text.starts_with(['/', '.']);
    // "2024-10", "2024/10"
    if is_year(rest) {
        let after = &rest[4..];
        let month = after.strip_prefix(|c: char| is_hyphen(c) || c == '/').filter(|after| figures(after) == 2);
        return match month {
            Some(after) => ends(&after[2..]) && !after[2..].starts_with(is_hyphen),
            None => after.trim_start().starts_with([':', '|']),
        };
    }
    let word: String = rest.chars().take_while(|c| c.is_alphanumeric()).collect();
    let quarter = matches!(word.to_ascii_uppercase().as_str(), "Q1" | "Q2" | "Q3" | "Q4");
    let after = rest[word.len()..].trim_start_matches(['.', ' ', ',']);
    let after = ["de ", "of "].iter().find_map(|between| prefix(after, between)).unwrap_or(after);
    (quarter || when::is_month(&word.to_lowercase())) && is_year(after) && ends(&after[4..])
}

/// Past the first of some words, and what joins it to the next.
fn worded_past<'a>(text: &'a str, words: &[&str]) -> &'a str {
    let past = |word: &&str| prefix(text, word)?.strip_prefix([' ', '-']);
    words.iter().find_map(past).unwrap_or(text)
}

/// The month and the day of a date that has no year: `3 June`, `June 3rd`, `Thursday 11/28`. The second value says whether the figures could
/// be read in either order.
pub fn day_and_month(text: &str, order: DateOrder) -> Option<((u32, u32), bool)> {
    let leap = 2024; // any day of the year exists in it
    if let Some(day) =
        when::plain_date(&format!("{} {leap}", text.trim()), order).or_else(|| when::plain_date(&format!("{}, {leap}", text.trim()), order))
    {
        return Some(((chrono::Datelike::month(&day), chrono::Datelike::day(&day)), false));
    }
    let figures = text.trim().rsplit(' ').next()?;
    let (first, second) = figures.split_once(['/', '.'])?;
    let short = |part: &str| (1..=2).contains(&part.len()) && part.bytes().all(|b| b.is_ascii_digit());
    if !short(first) || !short(second) || text.trim().split(' ').count() > 2 {
        return None;
    }
    let (first, second): (u32, u32) = (first.parse().ok()?, second.parse().ok()?);
    let (month, day) = match (order, first > 12, second > 12) {
        (_, true, false) => (second, first),
        (_, false, true) => (first, second),
        (DateOrder::DayMonth, false, false) => (second, first),
        (DateOrder::MonthDay, false, false) => (first, second),
        (_, true, true) => return None,
    };
    NaiveDate::from_ymd_opt(leap, month, day).map(|_| ((month, day), first <= 12 && second <= 12 && first != second))
}

/// Whether a text may begin with a day: with a figure that a time or a number is not, a month, or a weekday. Most lines do not, and are
/// not tried in every notation for it.
fn may_be_day(text: &str) -> bool {
    let word = |text: &str| text.chars().take_while(|c| c.is_alphabetic()).flat_map(char::to_lowercase).collect::<String>();
    let digits = figures(text);
    if digits == 0 {
        let first = word(text);
        return when::is_month(&first) || when::is_weekday(&first);
    }
    let after = &text[digits..];
    if after.starts_with(|c: char| c.is_whitespace() || c.is_alphabetic() || c == '.') {
        let ordinal = ["st", "nd", "rd", "th"].iter().find_map(|ending| prefix(after, ending)).unwrap_or(after);
        let next = ordinal.trim_start_matches(|c: char| c.is_whitespace() || matches!(c, '.' | ','));
        let next = ["of ", "de ", "er "].iter().find_map(|word| prefix(next, word)).unwrap_or(next).trim_start();
        return when::is_month(&word(next)) || after.strip_prefix('.').is_some_and(|after| figures(after) > 0);
    }
    after.starts_with(|c: char| matches!(c, '/') || is_hyphen(c))
}

fn is_hyphen(c: char) -> bool {
    matches!(c, '-' | '\u{2010}' | '\u{2011}' | '\u{2012}' | '–' | '−')
}

fn without_year(words: &str, given: Given) -> Option<NaiveDate> {
    // "16.40" is a time far more often than 16 (month 40 does not exist) or 4.12 is a day: figures need a slash here.
    let words = words.trim();
    if words.contains('.') && !words.contains(char::is_whitespace) {
        return None;
    }
    let ((month, day), _) = day_and_month(words, given.order)?;
    NaiveDate::from_ymd_opt(given.year?, month, day)
}

/// Past bullets, emphasis and brackets before a moment.
fn opened(text: &str) -> &str {
    let rest = text.trim_start_matches(|c: char| c.is_whitespace() || "-•*–—·‣▪◦[(_`>|".contains(c));
    // "## 16:40" is a heading; "#1640" is the number of a ticket.
    let after = rest.trim_start_matches('#');
    if after.len() < rest.len() && after.starts_with(char::is_whitespace) { opened(after) } else { rest }
}

/// Past what joins a time to the day behind it: "16:40 on 4 September".
fn behind_time(text: &str) -> &str {
    let text = text.trim_start();
    prefix(text, "on ").unwrap_or(text).trim_start()
}

/// Past emphasis and brackets after a moment.
fn closed(text: &str) -> &str {
    text.trim_start_matches(['*', '_', '`', ']', ')'])
}

/// Past what joins a day to its time.
fn joined(text: &str) -> &str {
    let text = closed(text).trim_start_matches([',', ':', ';', ' ', '\u{a0}', '\t', '-', '–', '—', '|']);
    let others = crate::languages::all().iter().flat_map(|language| &language.before_time).map(String::as_str);
    let joins = std::iter::once("at").chain(others);
    let text = joins.into_iter().find_map(|word| prefix(text, word)?.strip_prefix([' ', '\u{a0}'])).unwrap_or(text);
    text.strip_prefix('T').filter(|after| after.starts_with(|c: char| c.is_ascii_digit())).unwrap_or(text)
}

/// Past what separates a moment from its text.
fn separated(text: &str) -> &str {
    let text = closed(text.trim_start());
    text.trim_start_matches(|c: char| c.is_whitespace() || "-–—:|,;→>".contains(c))
}

fn time(text: &str) -> Option<(Time, &str)> {
    if let Some((from, to, after)) = between(text) {
        return Some((Time::Range { from, to }, after));
    }
    if let Some((from, to, after)) = bare_hours(text) {
        return Some((Time::Range { from, to }, after));
    }
    let (about, rest) = about(text);
    let (from, half, after) = clock(rest)?;
    let is_offset = is_offset(&rest[..rest.len() - after.len()], after);
    if let Some((to, after)) = until(after).filter(|_| !is_offset) {
        return Some((range(from, half, to), after));
    }
    // "2024-06" is no twenty past eight in the evening, whatever hyphen is in it.
    let goes_on = after.strip_prefix(is_hyphen).is_some_and(|after| after.starts_with(|c: char| c.is_ascii_digit()));
    (is_offset || boundary(after) && !goes_on).then_some((if about { Time::About { at: from } } else { Time::At { at: from } }, after))
}

/// Whether "-05:00" right behind "10:05:19" is the distance from UTC: one who gives seconds gives them at both ends of a range.
fn is_offset(time: &str, after: &str) -> bool {
    let with_seconds = time.matches(':').count() == 2;
    with_seconds && offset(after) == 6 && !after[6..].starts_with(|c: char| c.is_ascii_digit() || c == ':')
}

/// "Between 10:25 and 11:21", "from 19:00 to 21:00".
fn between(text: &str) -> Option<(NaiveTime, NaiveTime, &str)> {
    let (rest, joins): (&str, &[&str]) = match (prefix(text, "between "), prefix(text, "from ")) {
        (Some(rest), _) => (rest, &[" and ", " to ", " - ", "-", "–", " – "]),
        (_, Some(rest)) => (rest, &[" to ", " until ", " till ", "-", "–", " - ", " – "]),
        _ => return None,
    };
    let (from, half, after) = clock(rest)?;
    let after = joins.iter().find_map(|join| prefix(after, join))?;
    let (to, other, after) = clock(after.trim_start())?;
    match range(from, half, (to, other)) {
        Time::Range { from, to } if boundary(after) => Some((from, to, after)),
        _ => None,
    }
}

/// "7-9 pm": the first hour borrows the half of the day.
fn bare_hours(text: &str) -> Option<(NaiveTime, NaiveTime, &str)> {
    let (hour, rest) = text.split_at(figures(text));
    let (to, half, after) = clock(rest.strip_prefix(['-', '–'])?)?;
    let from = twelve(hour.parse().ok()?, 0, Second::default(), half)?;
    (half != Half::Unsaid && from < to && boundary(after)).then_some((from, to, after))
}

/// The second time of `16:40–17:10`, `16:40 to 17:10`.
fn until(text: &str) -> Option<((NaiveTime, Half), &str)> {
    let rest = text.trim_start();
    let rest = rest.strip_prefix(['-', '–', '—']).or_else(|| prefix(rest, "to ")).or_else(|| prefix(rest, "until "))?;
    let (to, half, after) = clock(closed(rest.trim_start()))?;
    boundary(after).then_some(((to, half), after))
}

fn range(from: NaiveTime, half: Half, (to, other): (NaiveTime, Half)) -> Time {
    use chrono::Timelike;
    // "7:30-9 pm" means both; a full "11 am – 1 pm" says each.
    let noon = chrono::Duration::hours(12);
    let from = if half == Half::Unsaid && other == Half::After && from.hour() < 12 && from + noon <= to { from + noon } else { from };
    Time::Range { from, to }
}

fn about(text: &str) -> (bool, &str) {
    for word in ["about ", "around ", "approximately ", "approx. ", "approx ", "circa ", "c. ", "ca. ", "~ ", "~"] {
        if let Some(rest) = prefix(text, word) {
            return (true, rest.trim_start());
        }
    }
    let mut others = crate::languages::all().iter().flat_map(|language| &language.about);
    others.find_map(|word| prefix(text, word)?.strip_prefix([' ', '\u{a0}'])).map_or((false, text), |rest| (true, rest.trim_start()))
}

/// Whether a time may end here: "16.40 GB" and "10:30%" are no times.
fn boundary(after: &str) -> bool {
    let mut chars = after.chars();
    match chars.next() {
        None => true,
        Some('.') => !chars.next().is_some_and(|c| c.is_ascii_digit()),
        Some('Z') => !chars.next().is_some_and(char::is_alphanumeric),
        Some('+') => true,
        Some(c) if c.is_whitespace() => {
            const UNITS: [&str; 9] = ["GB", "MB", "TB", "KB", "GiB", "MiB", "ms", "%", "LTS"];
            let word = after.split_whitespace().next().unwrap_or_default();
            !UNITS.contains(&word)
        }
        Some(c) => !c.is_alphanumeric() && !"%/\\°€$£".contains(c),
    }
}

/// Words that stand for a zone after a time.
pub const ZONES: [&str; 43] = [
    "UTC", "GMT", "BST", "IST", "WET", "WEST", "CET", "CEST", "EET", "EEST", "MSK", "EST", "EDT", "CST", "CDT", "MST", "MDT", "PST", "PDT",
    "ET", "CT", "MT", "PT", "JST", "SGT", "HKT", "AEST", "AEDT", "ACST", "NZST", "NZDT", "ACDT", "AWST", "AKST", "AKDT", "HST", "SAST",
    "KST", "PKT", "WIB", "BRT", "ART", "LT",
];

fn zone(text: &str) -> Option<(&str, &str)> {
    if let Some(rest) = text.strip_prefix('Z').filter(|rest| !rest.starts_with(char::is_alphanumeric)) {
        return Some((&text[..1], rest));
    }
    let rest = text.trim_start_matches([' ', '\u{a0}', '(', '[']);
    if let Some(length) = spoken_zone(rest) {
        return Some(rest.split_at(length));
    }
    let letters = rest.find(|c: char| !c.is_ascii_uppercase()).unwrap_or(rest.len());
    let named = (ZONES.contains(&&rest[..letters]) || crate::languages::is_zone(&rest[..letters]))
        && !rest[letters..].starts_with(char::is_alphanumeric);
    let start = if named { letters } else { 0 };
    let offset = offset(&rest[start..]);
    let plain = !named && (offset == 0 || !text.starts_with(['+', '-', '−']));
    // "16:40 -05:10 text" is a range that was read before; a bare offset stands right behind the time.
    (!plain).then(|| rest.split_at(start + offset))
}

/// How long a zone in words is: "Eastern", "Pacific Time", "Central European Summer Time".
fn spoken_zone(text: &str) -> Option<usize> {
    const NAMES: [&str; 12] = [
        "Central European",
        "Eastern European",
        "Western European",
        "British",
        "Irish",
        "Indian",
        "Greenwich Mean",
        "Coordinated Universal",
        "Eastern",
        "Central",
        "Mountain",
        "Pacific",
    ];
    let others = crate::languages::all().iter().flat_map(|language| language.zones.keys()).filter(|name| name.contains(' '));
    let whole = |name: &&String| prefix(text, name).is_some_and(|after| !after.starts_with(char::is_alphanumeric));
    if let Some(name) = others.filter(whole).max_by_key(|name| name.len()) {
        return Some(name.len());
    }
    let name = NAMES.iter().find(|name| prefix(text, name).is_some())?;
    let mut rest = &text[name.len()..];
    for word in [" Standard", " Daylight", " Summer"] {
        rest = prefix(rest, word).unwrap_or(rest);
    }
    if let Some(after) = prefix(rest, " time").filter(|after| !after.starts_with(char::is_alphanumeric)) {
        return Some(text.len() - after.len());
    }
    // "10:05 Central office rang" names no zone.
    let alone = rest.len() == text.len() - name.len() && !name.contains(' ');
    let ends = rest.trim_start_matches(' ').is_empty()
        || prefix(rest, " on ").is_some_and(|after| may_be_day(after.trim_start()))
        || rest.trim_start_matches(' ').starts_with([':', ',', ';', ')', ']', '-', '–', '—', '|']);
    (alone && *name != "British" && *name != "Irish" && *name != "Indian" && ends).then_some(name.len())
}

/// How long a `+01:00`, `+1`, `−0530` is.
fn offset(text: &str) -> usize {
    let Some(after) = text.strip_prefix(['+', '-', '−']) else { return 0 };
    let digits = after.find(|c: char| !(c.is_ascii_digit() || c == ':')).unwrap_or(after.len());
    let sound = (1..=5).contains(&digits) && !after[digits..].starts_with(char::is_alphanumeric);
    if sound { text.len() - after.len() + digits } else { 0 }
}

fn automated(text: &str) -> Option<&str> {
    ["(automated)", "[automated]", "(auto)", "[auto]", "automated:"].iter().find_map(|word| prefix(text, word))
}

fn prefix<'a>(text: &'a str, word: &str) -> Option<&'a str> {
    let head = text.get(..word.len())?;
    head.eq_ignore_ascii_case(word).then(|| &text[word.len()..])
}

fn figures(text: &str) -> usize {
    text.bytes().take_while(u8::is_ascii_digit).count()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(line: &str) -> String {
        let given = Given { order: DateOrder::DayMonth, year: Some(2026) };
        head(line, given).map_or("nothing".to_owned(), |head| {
            let date = head.date.map(|day| format!("{day} ")).unwrap_or_default();
            let zone = head.zone.map(|zone| format!(" {zone}")).unwrap_or_default();
            let machine = if head.automated { " machine" } else { "" };
            format!("{date}{}{zone}{machine} | {}", head.time.words(), head.rest)
        })
    }

    #[test]
    fn every_notation_of_a_time_is_read() {
        for (line, read) in [
            ("11:18 Alarm rang", "11:18 | Alarm rang"),
            ("11:30 - Pump stopped", "11:30 | Pump stopped"),
            ("- 05:00 Window opens", "05:00 | Window opens"),
            ("- 05:30 (Automated) Checks pass", "05:30 machine | Checks pass"),
            ("Between 10:25 and 11:21", "10:25–11:21 | "),
            ("- Between 10:25 and 11:21 jobs ran", "10:25–11:21 | jobs ran"),
            ("from 7pm to 9pm the part was changed", "19:00–21:00 | the part was changed"),
            ("7-9pm replaced", "19:00–21:00 | replaced"),
            ("-09:48 AM", "09:48 | "),
            ("- 10:25 PM ticket", "22:25 | ticket"),
            ("12:05 am mail", "00:05 | mail"),
            ("16.40", "16:40 | "),
            ("16.40 valve closed", "16:40 | valve closed"),
            ("10.12 – valve closed", "10:12 | valve closed"),
            ("16h40 valve closed", "16:40 | valve closed"),
            ("1640 hrs valve closed", "16:40 | valve closed"),
            ("9h : vanne fermée", "09:00 | vanne fermée"),
            ("10 o'clock valve closed", "10:00 | valve closed"),
            ("16 Uhr: Ventil zu", "16:00 | Ventil zu"),
            ("gegen 8.40 Uhr: Ventil zu", "about 08:40 | Ventil zu"),
            ("vers 8h40 vanne fermée", "about 08:40 | vanne fermée"),
            ("7 h 40 vanne fermée", "07:40 | vanne fermée"),
            ("04:49 PM UTC back", "16:49 UTC | back"),
            ("16:49Z back", "16:49 Z | back"),
            ("16:49 UTC+1 back", "16:49 UTC+1 | back"),
            ("7:09 AM Eastern: back", "07:09 Eastern | back"),
            ("7:09 AM (Pacific Daylight Time) back", "07:09 Pacific Daylight Time | back"),
            ("16:49 Central European Summer Time - back", "16:49 Central European Summer Time | back"),
            ("16:49 Central office rang", "16:49 | Central office rang"),
            ("**16:40** valve closed", "16:40 | valve closed"),
            ("## 16:40 valve closed", "16:40 | valve closed"),
            ("[16:40] ana: valve closed", "16:40 | ana: valve closed"),
            ("16:40 – valve closed", "16:40 | valve closed"),
            ("16:40:07.331 valve closed", "16:40:07.331 | valve closed"),
            ("16:40–17:10 refilled", "16:40–17:10 | refilled"),
            ("16:40 to 17:10: refilled", "16:40–17:10 | refilled"),
            ("~16:40 noise", "about 16:40 | noise"),
            ("around 8:30 am noise", "about 08:30 | noise"),
        ] {
            assert_eq!(shown(line), read, "{line}");
        }
    }

    #[test]
    fn a_day_may_stand_before_or_after_the_time() {
        for (line, read) in [
            ("2024-09-04 16:40 closed", "2024-09-04 16:40 | closed"),
            ("2024-09-04T16:40:00Z closed", "2024-09-04 16:40 Z | closed"),
            ("2024-09-04T16:40:00+02:00 closed", "2024-09-04 16:40 +02:00 | closed"),
            ("2024-09-04T16:40:05-05:00 closed", "2024-09-04 16:40:05 -05:00 | closed"),
            ("16:40:05-17:10:00 closed", "16:40:05–17:10 | closed"),
            ("04/09/2024, 16:40 - closed", "2024-09-04 16:40 | closed"),
            ("Wednesday 4 September 2024 at 16:40 closed", "2024-09-04 16:40 | closed"),
            ("2024-09-04", "2024-09-04  | "),
            ("4 September 2024:", "2024-09-04  | "),
            ("3 June 08:30 call held", "2026-06-03 08:30 | call held"),
            ("16:40, 4 September 2024: closed", "2024-09-04 16:40 | closed"),
            ("04:40 p.m. Central on September 4, 2024: closed", "2024-09-04 16:40 Central | closed"),
            ("16:40 UTC on 4 September 2024 - closed", "2024-09-04 16:40 UTC | closed"),
            ("On 4 September 2024 at 16:40 UTC: closed", "2024-09-04 16:40 UTC | closed"),
            ("Le 4 septembre 2024 à 16 h 40 : fermé", "2024-09-04 16:40 | fermé"),
            ("Am 04.09.2024 um 16:40 Uhr mitteleuropäische Sommerzeit: zu", "2024-09-04 16:40 mitteleuropäische Sommerzeit | zu"),
            ("El 4 de septiembre de 2024 a las 16:40 - cerrado", "2024-09-04 16:40 | cerrado"),
            ("2024\u{2011}09\u{2011}04 16:40 closed", "2024-09-04 16:40 | closed"),
            ("2024–09–04: closed", "2024-09-04  | closed"),
            ("04.09.2024, 16:40 Uhr geschlossen", "2024-09-04 16:40 | geschlossen"),
            ("4. September 2024 16:40 geschlossen", "2024-09-04 16:40 | geschlossen"),
            ("Mi. 4. März 2026, 16:40 Uhr: zu", "2026-03-04 16:40 | zu"),
            ("1er août 2024 16h40 fermé", "2024-08-01 16:40 | fermé"),
            ("4 de marzo de 2024 16:40 horas cerrado", "2024-03-04 16:40 | cerrado"),
        ] {
            assert_eq!(shown(line), read, "{line}");
        }
    }

    #[test]
    fn what_only_looks_like_a_time_is_none() {
        for line in [
            "4 nodes restarted",
            "3 h 30 min of downtime",
            "9h later the valve was closed",
            "16.40 GB were free",
            "10:30% off",
            "25:10 x",
            "10.1.2.3 answered",
            "100 servers",
            "20/20",
            "a 10:30 call",
            "On 4 September 2024 the pump stopped",
            "At 10:30 the pump stopped",
            "#2226: log each label",
            "#1640 closed",
            "2024-06 was busy",
            "12 out of 20 nodes",
            "4 mal gestartet",
            "2024\u{2011}06 was busy",
            "",
        ] {
            assert_eq!(shown(line), "nothing", "{line}");
        }
    }

    #[test]
    fn a_stretch_of_days_is_none_of_them() {
        for line in
            ["2024-10: audit", "- 2024/10 audit", "October 2024 – audit", "Late September 2024: audit", "Ende September 2024: Prüfung"]
        {
            assert!(begins_with_a_stretch(line), "{line}");
        }
        for line in ["Q3 2024: audit", "2023: moved", "fin septembre 2024 : audit", "Mid-October 2024 audit"] {
            assert!(begins_with_a_stretch(line), "{line}");
        }
        for line in ["2024-10-03: audit", "2024 nodes restarted", "3 October 2024: audit", "10:05 audit", "May be late", "October was busy"]
        {
            assert!(!begins_with_a_stretch(line), "{line}");
        }
    }

    #[test]
    fn a_day_without_its_year_waits_for_it() {
        assert_eq!(day("3 June", Given::default()), None);
        assert_eq!(day_and_month("Thursday 11/28", DateOrder::DayMonth), Some(((11, 28), false)));
        assert_eq!(day_and_month("02/06", DateOrder::DayMonth), Some(((6, 2), true)));
        assert_eq!(day_and_month("September 4th", DateOrder::DayMonth), Some(((9, 4), false)));
        assert_eq!(day_and_month("4 nodes", DateOrder::DayMonth), None);
    }
}
