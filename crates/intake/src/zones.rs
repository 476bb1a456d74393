//! Which zone the words of a text mean: "CEST" beside "Stockholm" is Europe/Stockholm. Always true: a zone that the text does not spell out
//! is an assumption, said as one; letters that several parts of the world use are not resolved.

use aho_corasick::AhoCorasick;
use chrono::NaiveDateTime;
use std::collections::BTreeSet;
use std::sync::LazyLock;

/// Abbreviations of one meaning, with the zone taken where the text names no place.
const KNOWN: &[(&str, &str)] = &[
    ("UTC", "UTC"),
    ("Z", "UTC"),
    ("GMT", "UTC"),
    ("BST", "Europe/London"),
    ("WET", "Europe/Lisbon"),
    ("WEST", "Europe/Lisbon"),
    ("CET", "Europe/Paris"),
    ("CEST", "Europe/Paris"),
    ("EET", "Europe/Helsinki"),
    ("EEST", "Europe/Helsinki"),
    ("MSK", "Europe/Moscow"),
    ("EST", "America/New_York"),
    ("EDT", "America/New_York"),
    ("ET", "America/New_York"),
    ("CDT", "America/Chicago"),
    ("MST", "America/Denver"),
    ("MDT", "America/Denver"),
    ("PST", "America/Los_Angeles"),
    ("PDT", "America/Los_Angeles"),
    ("PT", "America/Los_Angeles"),
    ("JST", "Asia/Tokyo"),
    ("SGT", "Asia/Singapore"),
    ("HKT", "Asia/Hong_Kong"),
    ("AEST", "Australia/Sydney"),
    ("AEDT", "Australia/Sydney"),
    ("NZST", "Pacific/Auckland"),
    ("NZDT", "Pacific/Auckland"),
    ("ACST", "Australia/Adelaide"),
    ("ACDT", "Australia/Adelaide"),
    ("AWST", "Australia/Perth"),
    ("AKST", "America/Anchorage"),
    ("AKDT", "America/Anchorage"),
    ("HST", "Pacific/Honolulu"),
    ("SAST", "Africa/Johannesburg"),
    ("KST", "Asia/Seoul"),
    ("PKT", "Asia/Karachi"),
    ("WIB", "Asia/Jakarta"),
    ("BRT", "America/Sao_Paulo"),
    ("ART", "America/Argentina/Buenos_Aires"),
    ("Zulu", "UTC"),
    ("Coordinated Universal Time", "UTC"),
    ("Greenwich Mean Time", "UTC"),
    ("British Summer Time", "Europe/London"),
    ("Irish Time", "Europe/Dublin"),
    ("Indian Standard Time", "Asia/Kolkata"),
    ("Western European Time", "Europe/Lisbon"),
    ("Western European Summer Time", "Europe/Lisbon"),
    ("Central European Time", "Europe/Paris"),
    ("Central European Summer Time", "Europe/Paris"),
    ("Eastern European Time", "Europe/Helsinki"),
    ("Eastern European Summer Time", "Europe/Helsinki"),
    ("Eastern", "America/New_York"),
    ("Eastern Time", "America/New_York"),
    ("Eastern Standard Time", "America/New_York"),
    ("Eastern Daylight Time", "America/New_York"),
    ("Central", "America/Chicago"),
    ("Central Time", "America/Chicago"),
    ("Central Standard Time", "America/Chicago"),
    ("Central Daylight Time", "America/Chicago"),
    ("Mountain", "America/Denver"),
    ("Mountain Time", "America/Denver"),
    ("Mountain Standard Time", "America/Denver"),
    ("Mountain Daylight Time", "America/Denver"),
    ("Pacific", "America/Los_Angeles"),
    ("Pacific Time", "America/Los_Angeles"),
    ("Pacific Standard Time", "America/Los_Angeles"),
    ("Pacific Daylight Time", "America/Los_Angeles"),
];

/// Zones whose clocks never change, by the word that their changing neighbours use for half of the year.
const STEADY: &[(&str, &str)] = &[("MST", "America/Phoenix"), ("AEST", "Australia/Brisbane")];

/// Words that hold in summer and winter.
const ALL_YEAR: &[&str] = &[
    "ET",
    "CT",
    "MT",
    "PT",
    "Eastern",
    "Central",
    "Mountain",
    "Pacific",
    "Eastern Time",
    "Central Time",
    "Mountain Time",
    "Pacific Time",
    "Irish Time",
];

/// The zone at the head of a text: a name, an abbreviation, an offset.
pub(crate) fn leading(text: &str) -> Option<&str> {
    let starts = |name: &str| text.starts_with(name) && !text[name.len()..].starts_with(|c: char| c.is_alphanumeric() || c == '/');
    let token =
        text.split(|c: char| c.is_whitespace() || ",;()[]*".contains(c)).next().unwrap_or_default().trim_end_matches(['.', ':', '_']);
    if (token.contains('/') && report::when::zone(token).is_some()) || is_offset(token) {
        return Some(token);
    }
    let others = report::languages::all().iter().flat_map(|language| language.zones.keys().map(String::as_str));
    let known = KNOWN.iter().map(|(name, _)| *name).chain(report::moment::ZONES).chain(others).filter(|name| *name != "Z" && starts(name));
    known.max_by_key(|name| name.len()).map(|name| &text[..name.len()])
}

/// Whether words are those of a zone and nothing else.
pub(crate) fn is_one(words: &str) -> bool {
    leading(words).is_some_and(|zone| zone.len() == words.len())
}

/// The zone behind the word for time in a column's head: "Time CET", "UTC time", "Time, UTC+2".
pub(crate) fn behind_time(head: &str) -> Option<String> {
    let words = head.split([' ', ',', '/', '[', ']']).filter(|word| !word.is_empty());
    let (time, others): (Vec<&str>, Vec<&str>) =
        words.partition(|word| matches!(word.to_lowercase().as_str(), "time" | "date" | "timestamp" | "local"));
    let zone = others.join(" ");
    (!zone.is_empty() && (!time.is_empty() || zone == "UTC") && is_one(&zone)).then_some(zone)
}

/// Whether words are an offset from UTC.
pub(crate) fn is_offset(words: &str) -> bool {
    hours(words.trim()).is_some() || with_minutes(words.trim())
}

/// "UTC+5:30", "+0530", "GMT-03:30": hours and minutes from UTC.
fn with_minutes(words: &str) -> bool {
    let signed = words.strip_prefix("UTC").or_else(|| words.strip_prefix("GMT")).unwrap_or(words);
    signed.starts_with(['+', '-', '−']) && report::when::zone(words).is_some()
}

/// "UTC+2", "GMT-05:00", "+02:00": whole hours from UTC.
fn hours(words: &str) -> Option<i32> {
    let words = words.strip_prefix("UTC").or_else(|| words.strip_prefix("GMT")).unwrap_or(words);
    let (sign, rest) = match words.chars().next()? {
        '+' => (1, &words[1..]),
        '-' => (-1, &words[1..]),
        '−' => (-1, &words['−'.len_utf8()..]),
        _ => return None,
    };
    let digits = rest.strip_suffix(":00").or_else(|| rest.strip_suffix("00").filter(|hours| hours.len() == 2)).unwrap_or(rest);
    let sound = (1..=2).contains(&digits.len()) && digits.bytes().all(|b| b.is_ascii_digit());
    digits.parse::<i32>().ok().filter(|hours| sound && *hours <= 14).map(|hours| sign * hours)
}

/// The English words for a zone that another language names, and where that language is at home in it.
fn in_english(words: &str) -> Option<(&'static str, &'static str)> {
    let named = report::languages::all().iter().find_map(|language| language.zones.get(words))?;
    Some((&named.name, &named.home))
}

/// Whether clocks in a zone read so at that moment, as far as words can say it.
pub(crate) fn in_force(words: &str, zone: &str, at: NaiveDateTime) -> bool {
    let words = words.trim().trim_matches(['(', ')']);
    let words = in_english(words).map_or(words, |(english, _)| english);
    let Some((name, offset)) = report::when::zone_words(zone, at) else { return false };
    // "Mountain Time" holds all year; "Mountain Standard Time" does not.
    let in_full = || words.contains(' ') && name.eq_ignore_ascii_case(&report::zones::abbreviated(words));
    let universal = || zone == "UTC" && KNOWN.iter().any(|(known, of)| known.eq_ignore_ascii_case(words) && *of == zone);
    let of_hours = hours(words).is_some_and(|hours| {
        offset == if hours == 0 { "UTC".to_owned() } else { format!("UTC{}{}", if hours < 0 { '−' } else { '+' }, hours.abs()) }
    });
    name.eq_ignore_ascii_case(words) || words == zone || in_full() || of_hours || ALL_YEAR.contains(&words) || universal()
}

/// The zone that `words` mean in a text that also says `text`, with the sentence that explains it; none where it could be several.
pub(crate) fn resolve(words: &str, text: &str, at: Option<NaiveDateTime>) -> Option<(String, String)> {
    let words = words.trim().trim_matches(['(', ')']);
    if report::when::zone(words).is_some() && words.contains('/') {
        return Some((words.to_owned(), format!("The times are in {words}, as the text says.")));
    }
    if let Some(hours) = hours(words) {
        let zone = if hours == 0 { "UTC".to_owned() } else { format!("Etc/GMT{:+}", -hours) };
        return Some((zone, format!("The times are in {words}, as the text says.")));
    }
    if with_minutes(words) {
        return Some((words.to_owned(), format!("The times are in {words}, as the text says.")));
    }
    let written = words;
    let (words, home) = in_english(words).map_or((words, None), |(english, home)| (english, Some(home)));
    let usual = KNOWN.iter().find(|(known, _)| known.eq_ignore_ascii_case(words)).map(|(_, zone)| home.unwrap_or(zone))?;
    if usual == "UTC" {
        return Some(("UTC".to_owned(), format!("The times are in UTC, as the text says (“{written}”).")));
    }
    let short = report::zones::abbreviated(words);
    let same = |zone: &str| at.and_then(|at| report::when::zone_words(zone, at)).is_some_and(|(name, _)| name.eq_ignore_ascii_case(&short));
    if let Some((zone, place)) = places(text).find(|(zone, _)| same(zone)) {
        return Some((zone.clone(), format!("“{written}” is read as {zone}, because the text names {place}.")));
    }
    if let Some((_, steady)) = STEADY.iter().find(|(word, zone)| *word == short && same(zone) && !same(usual)) {
        return Some(((*steady).to_owned(), format!("“{written}” is read as {steady}, whose clocks do not change.")));
    }
    Some((usual.to_owned(), format!("“{written}” is read as {usual}; another place with the same clock would print the same.")))
}

/// The zone of "Paris time", "heure de Paris", with the sentence that explains it.
pub(crate) fn of_place(text: &str) -> Option<(String, String)> {
    let before_time = |_: usize, end: usize| text[end..].get(.." time".len()).is_some_and(|after| after.eq_ignore_ascii_case(" time"));
    let of_clock = |start: usize, _: usize| {
        let before = text[..start].trim_end();
        let mut clocks = report::languages::all().iter().flat_map(|language| &language.clock_of);
        clocks.any(|words| {
            before.get(before.len().saturating_sub(words.len())..).is_some_and(|end| end.to_lowercase() == words.to_lowercase())
        })
    };
    let why = |said: String, zone: &str| format!("The times are in {zone}, because the text says “{said}”.");
    if let Some((zone, place)) = CITIES.named(text, before_time).into_iter().next() {
        return Some((zone.to_owned(), why(format!("{place} time"), zone)));
    }
    let (zone, place) = CITIES.named(text, of_clock).into_iter().next()?;
    Some((zone.to_owned(), why(place.to_owned(), zone)))
}

/// The zones whose city the text names.
fn places(text: &str) -> impl Iterator<Item = (String, String)> {
    CITIES.named(text, |_, _| true).into_iter().map(|(zone, city)| (zone.to_owned(), city.to_owned()))
}

/// Every zone with its city, found in one pass over a text.
struct Cities {
    zones: Vec<(&'static str, String)>,
    finder: Option<AhoCorasick>,
}

static CITIES: LazyLock<Cities> = LazyLock::new(|| {
    let zones: Vec<(&str, String)> =
        chrono_tz::TZ_VARIANTS.iter().filter_map(|zone| Some((zone.name(), zone.name().split('/').nth(1)?.replace('_', " ")))).collect();
    let finder = AhoCorasick::new(zones.iter().map(|(_, city)| city)).ok();
    Cities { zones, finder }
});

impl Cities {
    /// The cities that a text names as words of their own and where `fits` says so of the place of their name; in the order of the zones.
    fn named(&self, text: &str, fits: impl Fn(usize, usize) -> bool) -> Vec<(&'static str, &str)> {
        let whole = |start: usize, end: usize| {
            !text[..start].chars().next_back().is_some_and(char::is_alphanumeric) && !text[end..].starts_with(char::is_alphanumeric)
        };
        let found = self.finder.iter().flat_map(|finder| finder.find_overlapping_iter(text));
        let named: BTreeSet<usize> = found
            .filter(|found| whole(found.start(), found.end()) && fits(found.start(), found.end()))
            .map(|found| found.pattern().as_usize())
            .collect();
        named.into_iter().map(|at| (self.zones[at].0, self.zones[at].1.as_str())).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn zone(words: &str, text: &str) -> Option<String> {
        let summer = chrono::NaiveDate::from_ymd_opt(2024, 9, 4).and_then(|day| day.and_hms_opt(6, 0, 0));
        resolve(words, text, summer).map(|(zone, _)| zone)
    }

    #[test]
    fn an_offset_is_a_zone_and_a_clock_that_never_changes_keeps_its_word() {
        assert_eq!(zone("UTC+2", "").as_deref(), Some("Etc/GMT-2"));
        assert_eq!(zone("-05:00", "").as_deref(), Some("Etc/GMT+5"));
        assert_eq!(zone("MST", "").as_deref(), Some("America/Phoenix"), "in September Denver reads MDT");
        assert_eq!(zone("Mountain Standard Time", "").as_deref(), Some("America/Phoenix"));
        let winter = chrono::NaiveDate::from_ymd_opt(2024, 3, 17).and_then(|day| day.and_hms_opt(6, 0, 0)).expect("a moment");
        assert!(!in_force("CEST", "Europe/Paris", winter) && in_force("CET", "Europe/Paris", winter));
        assert!(!in_force("Pacific Daylight Time", "America/Los_Angeles", winter - chrono::Duration::days(60)));
        assert!(in_force("+01:00", "Europe/Paris", winter) && in_force("Pacific", "America/Los_Angeles", winter));
    }

    #[test]
    fn a_place_in_the_text_decides_between_equal_clocks() {
        assert_eq!(zone("CEST", "Our hall in Oslo").as_deref(), Some("Europe/Oslo"));
        assert_eq!(zone("CEST", "Our hall in London").as_deref(), Some("Europe/Paris"));
        assert_eq!(zone("UTC", "").as_deref(), Some("UTC"));
        assert_eq!(zone("IST", "Our hall"), None, "India, Ireland and Israel all write so");
        assert_eq!(of_place("around 8:30 am Madrid time").map(|(zone, _)| zone).as_deref(), Some("Europe/Madrid"));
        assert_eq!(of_place("in Madrid it was time"), None);
    }
}
