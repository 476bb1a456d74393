//! Zone words as people type them after a time: offsets, IANA names, cities, abbreviations. Always true: an abbreviation that means
//! several zones is not guessed; one that is not in force on a day is told apart from one that is.

use crate::when::Zone;
use chrono::{DateTime, FixedOffset, NaiveDateTime, Offset, TimeZone, Utc};
use chrono_tz::{OffsetName, Tz};

/// What an abbreviation is on a day.
#[derive(Clone, Debug, Eq, PartialEq)]
pub enum Abbreviation {
    /// The clocks read so.
    InForce(FixedOffset),
    /// Its zone reads something else on that day: the word it should be.
    OtherSeason(String),
    /// It means several zones; their places.
    Ambiguous(&'static str),
    /// Not an abbreviation we know.
    Unknown,
}

/// Abbreviations by the place whose clocks they are. Source: the IANA time zone database, as chrono-tz carries it.
const PLACES: [(&str, Tz); 30] = [
    ("WET", Tz::Europe__Lisbon),
    ("WEST", Tz::Europe__Lisbon),
    ("CET", Tz::Europe__Berlin),
    ("CEST", Tz::Europe__Berlin),
    ("EET", Tz::Europe__Helsinki),
    ("EEST", Tz::Europe__Helsinki),
    ("BST", Tz::Europe__London),
    ("MSK", Tz::Europe__Moscow),
    ("EST", Tz::America__New_York),
    ("EDT", Tz::America__New_York),
    ("CST", Tz::America__Chicago),
    ("CDT", Tz::America__Chicago),
    ("MST", Tz::America__Denver),
    ("MDT", Tz::America__Denver),
    ("PST", Tz::America__Los_Angeles),
    ("PDT", Tz::America__Los_Angeles),
    ("AKST", Tz::America__Anchorage),
    ("AKDT", Tz::America__Anchorage),
    ("HST", Tz::Pacific__Honolulu),
    ("NST", Tz::America__St_Johns),
    ("NDT", Tz::America__St_Johns),
    ("AEST", Tz::Australia__Sydney),
    ("AEDT", Tz::Australia__Sydney),
    ("ACST", Tz::Australia__Adelaide),
    ("ACDT", Tz::Australia__Adelaide),
    ("AWST", Tz::Australia__Perth),
    ("NZST", Tz::Pacific__Auckland),
    ("NZDT", Tz::Pacific__Auckland),
    ("JST", Tz::Asia__Tokyo),
    ("SAST", Tz::Africa__Johannesburg),
];

/// Places whose clocks never change and whose word their changing neighbours know too, for half of the year only.
const STEADY: [(&str, Tz); 3] = [("AEST", Tz::Australia__Brisbane), ("ACST", Tz::Australia__Darwin), ("MST", Tz::America__Phoenix)];

/// Abbreviations that name clocks in several parts of the world.
const SEVERAL: [(&str, &str); 4] = [
    ("CST", "North America, China and Cuba"),
    ("IST", "India, Ireland and Israel"),
    ("BST", "Britain and Bangladesh"),
    // "Local time", as aviation and shipping write it.
    ("LT", "any place"),
];

/// Whether a word is the abbreviation of a zone.
pub fn is_abbreviation(word: &str) -> bool {
    matches!(word, "UTC" | "GMT") || PLACES.iter().any(|(name, _)| *name == word) || SEVERAL.iter().any(|(name, _)| *name == word)
}

/// Whether words name a zone: an offset, an abbreviation that some clocks bear on that day, an IANA name, "Paris time", "Eastern Time".
pub fn is_zone(words: &str, at: NaiveDateTime) -> bool {
    let upper = words.to_uppercase();
    let offset = upper.strip_prefix("UTC").or_else(|| upper.strip_prefix("GMT")).unwrap_or(&upper).trim();
    if matches!(&*upper, "UTC" | "GMT" | "UT" | "Z" | "ZULU") || plus_or_minus(offset).is_some() {
        return true;
    }
    let letters = (2..=5).contains(&upper.len()) && upper.bytes().all(|b| b.is_ascii_uppercase());
    if letters && (is_abbreviation(&upper) || crate::moment::ZONES.contains(&&*upper) || is_read_by_some_clock(&upper, at)) {
        return true;
    }
    let named = words.contains('/') && crate::when::zone(words).is_some();
    named || of_a_place(words)
}

/// "Eastern Time", "British Summer Time", "UK time": words that begin with capitals.
fn of_a_place(words: &str) -> bool {
    let name = words.strip_suffix(" time").or_else(|| words.strip_suffix(" Time"));
    name.is_some_and(|name| {
        let all = name.split(' ').all(|word| word.starts_with(char::is_uppercase) && word.chars().all(|c| c.is_alphabetic() || c == '-'));
        all && name.split(' ').count() <= 3
    })
}

fn is_read_by_some_clock(word: &str, at: NaiveDateTime) -> bool {
    chrono_tz::TZ_VARIANTS.iter().any(|zone| local(Zone::Place(*zone), at).is_some_and(|then| then.offset().abbreviation() == Some(word)))
}

/// The abbreviation of a zone that is said in full: "MST" of "Mountain Standard Time". Other words are given back as they are.
pub fn abbreviated(words: &str) -> String {
    let in_full = words.contains(' ') && words.split(' ').next_back().is_some_and(|last| last.eq_ignore_ascii_case("time"));
    if in_full { words.split(' ').filter_map(|word| word.chars().next()).collect::<String>().to_uppercase() } else { words.to_owned() }
}

/// What an abbreviation, or the words it stands for, is at a wall-clock moment, for a report in that zone.
pub fn abbreviation(word: &str, at: NaiveDateTime, report_zone: Option<&str>) -> Abbreviation {
    if let Some(language) = crate::languages::all().iter().find(|language| language.zones.contains_key(word)) {
        // What it should be is said in its own language.
        let named = |english: String| language.zones.iter().find(|(_, zone)| zone.name == english).map_or(english, |(own, _)| own.clone());
        return match abbreviation(&language.zones[word].name, at, report_zone) {
            Abbreviation::OtherSeason(right) => Abbreviation::OtherSeason(named(right)),
            other => other,
        };
    }
    let word = &*abbreviated(word);
    let own = report_zone.and_then(crate::when::zone);
    if let Some(zone) = own
        && let Some(seen) = in_zone(word, zone, at)
    {
        return seen;
    }
    if let Some((_, places)) = SEVERAL.iter().find(|(name, _)| *name == word) {
        return Abbreviation::Ambiguous(places);
    }
    let place = STEADY.iter().chain(&PLACES).find(|(name, _)| *name == word);
    place.and_then(|(_, zone)| in_zone(word, Zone::Place(*zone), at)).unwrap_or(Abbreviation::Unknown)
}

/// How far a zone's words lie from UTC at a wall-clock moment; none where they cannot be understood, or mean several places.
pub fn offset(words: &str, at: NaiveDateTime, report_zone: Option<&str>) -> Option<FixedOffset> {
    let words = words.trim().trim_matches(['(', ')']);
    if matches!(words, "UTC" | "GMT" | "Z" | "UT") {
        return FixedOffset::east_opt(0);
    }
    if let Some(offset) = plus_or_minus(words.trim_start_matches("UTC").trim_start_matches("GMT").trim()) {
        return Some(offset);
    }
    if let Abbreviation::InForce(offset) = abbreviation(words, at, report_zone) {
        return Some(offset);
    }
    let zone = crate::when::zone(words).or_else(|| city(words).map(Zone::Place))?;
    Some(local(zone, at)?.offset().fix())
}

/// The instant of a wall clock, in a typed zone where there is one, else in the report's. None where the zone cannot be understood.
pub fn instant(at: NaiveDateTime, words: Option<&str>, report_zone: Option<&str>) -> Option<DateTime<Utc>> {
    match words {
        Some(words) => {
            let offset = offset(words, at, report_zone)?;
            at.checked_sub_offset(offset).map(|utc| utc.and_utc())
        }
        None => crate::when::instant(report_zone?, at),
    }
}

/// A wall clock, and the zone typed beside it.
pub type Stated<'a> = (NaiveDateTime, Option<&'a str>);

/// Whether the zone typed beside a wall clock can be reckoned with on that day: "PST" in October cannot, for no clock read so.
pub fn is_understood((at, words): Stated, report_zone: Option<&str>) -> bool {
    words.is_none() || instant(at, words, report_zone).is_some()
}

/// Minutes from one moment to another, each in the zone typed beside it, else in the report's; without any, by the wall clocks. An end
/// that would lie before its start, in the hour that comes twice when clocks go back, is taken in its second round.
pub fn minutes_between(from: Stated, to: Stated, report_zone: Option<&str>) -> i64 {
    let moment = |(at, words): Stated| instant(at, words, report_zone).or_else(|| instant(at, None, report_zone));
    let (Some(start), Some(end)) = (moment(from), moment(to)) else { return (to.0 - from.0).num_minutes() };
    let minutes = (end - start).num_minutes();
    let again = if minutes < 0 && to.1.is_none() { second_round(to.0, report_zone) } else { None };
    again.map_or(minutes, |end| (end - start).num_minutes())
}

/// The later instant of a wall clock that comes twice; none of one that comes once.
pub fn second_round(at: NaiveDateTime, report_zone: Option<&str>) -> Option<DateTime<Utc>> {
    match report_zone.and_then(crate::when::zone)?.from_local_datetime(&at) {
        chrono::LocalResult::Ambiguous(_, later) => Some(later.with_timezone(&Utc)),
        _ => None,
    }
}

fn in_zone(word: &str, zone: Zone, at: NaiveDateTime) -> Option<Abbreviation> {
    let now = local(zone, at)?;
    // In the hour that comes twice either word is right.
    let again = zone.from_local_datetime(&at).latest().unwrap_or(now);
    if let Some(said) = [now, again].into_iter().find(|then| then.offset().abbreviation() == Some(word)) {
        return Some(Abbreviation::InForce(said.offset().fix()));
    }
    // A quarter, two and three away: one of them lies in the other season, wherever the change falls.
    let other = [91, 182, 273]
        .into_iter()
        .any(|days| local(zone, at + chrono::Duration::days(days)).is_some_and(|then| then.offset().abbreviation() == Some(word)));
    let right = now.offset().abbreviation()?;
    (other && right.bytes().all(|b| b.is_ascii_alphabetic())).then(|| Abbreviation::OtherSeason(right.to_owned()))
}

fn local(zone: Zone, at: NaiveDateTime) -> Option<DateTime<Zone>> {
    zone.from_local_datetime(&at).earliest().or_else(|| zone.from_local_datetime(&(at + chrono::Duration::hours(1))).earliest())
}

fn plus_or_minus(text: &str) -> Option<FixedOffset> {
    let (sign, rest) = match text.chars().next()? {
        '+' => (1, &text[1..]),
        '-' => (-1, &text[1..]),
        '−' => (-1, &text['−'.len_utf8()..]),
        _ => return None,
    };
    if !rest.is_ascii() {
        return None;
    }
    let (hours, minutes) = match rest.split_once(':') {
        Some((hours, minutes)) => (hours, minutes.parse::<i32>().ok()?),
        None if rest.len() == 4 => (&rest[..2], rest[2..].parse().ok()?),
        None => (rest, 0),
    };
    let hours: i32 = hours.parse().ok()?;
    (hours <= 14 && minutes < 60).then(|| FixedOffset::east_opt(sign * (hours * 3600 + minutes * 60))).flatten()
}

/// "Paris time" is the clock of Europe/Paris.
pub(crate) fn city(words: &str) -> Option<Tz> {
    let name = words.strip_suffix(" time").or_else(|| words.strip_suffix(" Time"))?.replace(' ', "_");
    chrono_tz::TZ_VARIANTS.iter().copied().find(|zone| zone.name().rsplit('/').next() == Some(name.as_str()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(month: u32) -> NaiveDateTime {
        chrono::NaiveDate::from_ymd_opt(2026, month, 12).and_then(|day| day.and_hms_opt(10, 0, 0)).expect("a real moment")
    }

    #[test]
    fn an_abbreviation_is_held_against_the_day() {
        assert_eq!(abbreviation("PST", at(6), None), Abbreviation::OtherSeason("PDT".into()));
        assert!(matches!(abbreviation("PST", at(1), None), Abbreviation::InForce(_)));
        assert_eq!(abbreviation("BST", at(1), Some("Europe/London")), Abbreviation::OtherSeason("GMT".into()));
        assert!(matches!(abbreviation("BST", at(6), Some("Europe/London")), Abbreviation::InForce(_)));
        assert!(matches!(abbreviation("IST", at(6), Some("Asia/Kolkata")), Abbreviation::InForce(_)));
        assert!(matches!(abbreviation("IST", at(6), Some("Europe/Oslo")), Abbreviation::Ambiguous(_)));
        assert!(matches!(abbreviation("EST", at(6), Some("America/Panama")), Abbreviation::InForce(_)));
    }

    #[test]
    fn what_never_changes_is_in_force_all_year() {
        assert!(["AEST", "ACST", "MST"].iter().all(|word| matches!(abbreviation(word, at(1), None), Abbreviation::InForce(_))));
        assert!(["AEST", "ACST", "MST"].iter().all(|word| matches!(abbreviation(word, at(7), None), Abbreviation::InForce(_))));
        assert_eq!(abbreviation("AEST", at(1), Some("Australia/Sydney")), Abbreviation::OtherSeason("AEDT".into()));
    }

    #[test]
    fn minutes_run_between_zones_and_over_a_change_of_clocks() {
        let time = |text: &str| NaiveDateTime::parse_from_str(text, "%Y-%m-%d %H:%M").expect("a moment");
        for (from, to, zone, minutes) in [
            (("2025-10-14 22:52", Some("CEST")), ("2025-10-14 21:10", Some("UTC")), None, 18),
            (("2025-10-14 21:52", None), ("2025-10-14 21:10", Some("UTC")), Some("Europe/London"), 18),
            (("2025-10-26 01:40", None), ("2025-10-26 01:10", None), Some("Europe/London"), 30),
            (("2025-10-25 01:40", None), ("2025-10-25 01:10", None), Some("Europe/London"), -30),
            (("2025-10-14 21:52", None), ("2025-10-14 21:10", Some("UTC")), None, -42),
        ] {
            assert_eq!(minutes_between((time(from.0), from.1), (time(to.0), to.1), zone), minutes, "{from:?} to {to:?}");
        }
    }

    #[test]
    fn zone_words_become_instants() {
        for (words, utc) in [
            (Some("UTC"), "10:00"),
            (Some("UTC+2"), "08:00"),
            (Some("+01:00"), "09:00"),
            (Some("(CEST)"), "08:00"),
            (Some("Paris time"), "08:00"),
            (Some("America/New_York"), "14:00"),
            (None, "09:00"),
        ] {
            let seen = instant(at(6), words, Some("Europe/London")).map(|t| t.format("%H:%M").to_string());
            assert_eq!(seen.as_deref(), Some(utc), "{words:?}");
        }
        assert_eq!(instant(at(6), Some("IST"), Some("Europe/London")), None, "three places are called so");
        assert_eq!(instant(at(6), None, None), None);
    }
}
