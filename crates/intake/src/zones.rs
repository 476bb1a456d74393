//! Which zone the words of a text mean: "CEST" beside "Stockholm" is Europe/Stockholm. Always true: a zone that the text does not spell out
//! is an assumption, said as one; letters that several parts of the world use are not resolved.

use chrono::NaiveDateTime;

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
];

/// The zone that `words` mean in a text that also says `text`, with the sentence that explains it; none where it could be several.
pub(crate) fn resolve(words: &str, text: &str, at: Option<NaiveDateTime>) -> Option<(String, String)> {
    let words = words.trim().trim_matches(['(', ')']);
    if report::when::zone(words).is_some() && words.contains('/') {
        return Some((words.to_owned(), format!("The times are in {words}, as the text says.")));
    }
    let usual = KNOWN.iter().find(|(known, _)| known.eq_ignore_ascii_case(words)).map(|(_, zone)| *zone)?;
    if usual == "UTC" {
        return Some(("UTC".to_owned(), format!("The times are in UTC, as the text says (“{words}”).")));
    }
    let same = |zone: &str| at.and_then(|at| report::when::zone_words(zone, at)).is_some_and(|(name, _)| name.eq_ignore_ascii_case(words));
    if let Some((zone, place)) = places(text).find(|(zone, _)| same(zone)) {
        return Some((zone.clone(), format!("“{words}” is read as {zone}, because the text names {place}.")));
    }
    Some((usual.to_owned(), format!("“{words}” is read as {usual}; another place with the same clock would print the same.")))
}

/// The zone of "Paris time", with the sentence that explains it.
pub(crate) fn of_place(text: &str) -> Option<(String, String)> {
    let lower = text.to_lowercase();
    // Six hundred cities are held against the few words that stand before "time", not against the whole text.
    let before_time: Vec<&str> = lower.match_indices(" time").map(|(at, _)| &lower[..at]).collect();
    let said = |city: &str| before_time.iter().any(|before| before.ends_with(city));
    cities().filter(|(_, place)| said(&place.to_lowercase())).find(|(_, place)| names(text, place)).map(|(zone, place)| {
        let why = format!("The times are in {zone}, because the text says “{place} time”.");
        (zone.to_owned(), why)
    })
}

/// The zones whose city the text names.
fn places(text: &str) -> impl Iterator<Item = (String, String)> {
    cities().filter(|(_, city)| names(text, city)).map(|(zone, city)| (zone.to_owned(), city))
}

/// Every zone with its city.
fn cities() -> impl Iterator<Item = (&'static str, String)> {
    chrono_tz::TZ_VARIANTS.iter().filter_map(|zone| Some((zone.name(), zone.name().split('/').nth(1)?.replace('_', " "))))
}

fn names(text: &str, city: &str) -> bool {
    text.match_indices(city).any(|(at, _)| {
        let before = text[..at].chars().next_back();
        let after = text[at + city.len()..].chars().next();
        !before.is_some_and(char::is_alphanumeric) && !after.is_some_and(char::is_alphanumeric)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn zone(words: &str, text: &str) -> Option<String> {
        let summer = chrono::NaiveDate::from_ymd_opt(2024, 9, 4).and_then(|day| day.and_hms_opt(6, 0, 0));
        resolve(words, text, summer).map(|(zone, _)| zone)
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
