//! Languages besides English that reports are read in: months, weekdays, heads of tables, headings, what is left to be filled in. Data only: a
//! language is a file in `languages/`, which somebody who speaks it can write. Deliberately absent: words of our own in it; nothing is translated.

use chrono::Weekday;
use serde::Deserialize;
use std::collections::{BTreeMap, HashMap};
use std::sync::LazyLock;

/// What is known of a language. Names are compared without capitals.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Language {
    /// Its code (BCP 47).
    pub code: String,
    /// Its name in English.
    pub name: String,
    /// The names of the twelve months, short ones too.
    pub months: Vec<Vec<String>>,
    /// The names of the seven days of the week from Monday on, short ones too.
    pub weekdays: Vec<Vec<String>>,
    /// Words between the parts of a date ("de").
    pub between: Vec<String>,
    /// Words before a day that a line begins with ("le", "am").
    pub before_day: Vec<String>,
    /// Words between a day and its time ("à", "um").
    pub before_time: Vec<String>,
    /// Words before a time that is not exact ("gegen").
    pub about: Vec<String>,
    /// Words before the day by which something is to be done ("bis", "avant le").
    pub before_due: Vec<String>,
    /// Words before a month of which only a part is meant ("Ende", "fin").
    pub part_of_month: Vec<String>,
    /// Words behind a time of day ("Uhr").
    pub hours: Vec<String>,
    /// Words that begin what is said of all times ("alle Zeiten").
    #[serde(default)]
    pub all_times: Vec<String>,
    /// Words before the city whose clock is meant ("heure de").
    #[serde(default)]
    pub clock_of: Vec<String>,
    /// Its words for zones ("MEZ").
    #[serde(default)]
    pub zones: BTreeMap<String, ZoneWord>,
    /// Labels of the day of an incident.
    #[serde(default)]
    pub incident_days: Vec<String>,
    /// What its reports are called in their titles ("Störungsbericht").
    #[serde(default)]
    pub titles: Vec<String>,
    /// What asks to be filled in, without its brackets.
    pub placeholders: Vec<String>,
    /// What such brackets begin with, for something to stand there ("Nome do").
    #[serde(default)]
    pub slots: Vec<String>,
    /// Abbreviations that its readers know.
    #[serde(default)]
    pub abbreviations: Vec<String>,
    /// Heads of columns by what they hold ("time", "owner").
    pub heads: BTreeMap<String, Vec<String>>,
    /// Headings by their subject ("timeline", "cause").
    pub headings: BTreeMap<String, Vec<String>>,
    /// What stands over lessons of one kind ("good", "bad", "lucky").
    #[serde(default)]
    pub lessons: BTreeMap<String, Vec<String>>,
    /// Words for how far an action is, by state ("open", "begun", "done").
    pub states: BTreeMap<String, Vec<String>>,
}

/// A word for a zone.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ZoneWord {
    /// The English word ("CET").
    pub name: String,
    /// The zone of the language's own country (IANA).
    pub home: String,
}

static ALL: LazyLock<Vec<Language>> = LazyLock::new(|| {
    let read = |text: &str| toml::from_str(text).expect("the languages are tested to read");
    vec![
        read(include_str!("../languages/de.toml")),
        read(include_str!("../languages/fr.toml")),
        read(include_str!("../languages/es.toml")),
        read(include_str!("../languages/pt.toml")),
        read(include_str!("../languages/it.toml")),
        read(include_str!("../languages/nl.toml")),
    ]
});
static MONTHS: LazyLock<HashMap<String, u32>> = LazyLock::new(|| {
    let of_one = |language: &'static Language| {
        (1..).zip(&language.months).flat_map(|(number, names)| names.iter().map(move |name| (name.to_lowercase(), number)))
    };
    ALL.iter().flat_map(of_one).collect()
});
static WEEKDAYS: LazyLock<HashMap<String, Weekday>> = LazyLock::new(|| {
    let week = std::iter::successors(Some(Weekday::Mon), |day| Some(day.succ()));
    let of_one = |language: &'static Language| {
        week.clone().zip(&language.weekdays).flat_map(|(day, names)| names.iter().map(move |name| (name.to_lowercase(), day)))
    };
    ALL.iter().flat_map(of_one).collect()
});

/// Every language besides English.
pub fn all() -> &'static [Language] {
    &ALL
}

/// The month that a word names in any of them.
pub fn month(word: &str) -> Option<u32> {
    MONTHS.get(&word.to_lowercase()).copied()
}

/// Every name of a month in them.
pub(crate) fn months() -> impl Iterator<Item = &'static str> {
    MONTHS.keys().map(String::as_str)
}

/// The day of the week that a word names in any of them.
pub fn weekday(word: &str) -> Option<Weekday> {
    WEEKDAYS.get(&word.to_lowercase()).copied()
}

/// Every name of a day of the week in them.
pub(crate) fn weekdays() -> impl Iterator<Item = &'static str> {
    WEEKDAYS.keys().map(String::as_str)
}

/// Whether a word joins the parts of a date in any of them.
pub(crate) fn is_between(word: &str) -> bool {
    holds(word, |language| &language.between)
}

/// Whether a word names a zone in any of them.
pub(crate) fn is_zone(word: &str) -> bool {
    ALL.iter().any(|language| language.zones.contains_key(word))
}

/// Words that stand behind a time of day.
pub(crate) fn hours() -> impl Iterator<Item = &'static str> {
    ALL.iter().flat_map(|language| &language.hours).map(String::as_str)
}

/// Whether words ask to be filled in.
pub(crate) fn is_placeholder(words: &str) -> bool {
    holds(words, |language| &language.placeholders)
}

fn holds(word: &str, list: fn(&Language) -> &Vec<String>) -> bool {
    let word = word.to_lowercase();
    ALL.iter().any(|language| list(language).iter().any(|known| known.to_lowercase() == word))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_language_names_twelve_months_and_no_word_means_two() {
        let mut known: BTreeMap<String, u32> = BTreeMap::new();
        for language in all() {
            assert_eq!(language.months.len(), 12, "{}", language.code);
            for (number, names) in (1..).zip(&language.months) {
                for name in names {
                    assert_eq!(*known.entry(name.to_lowercase()).or_insert(number), number, "{name}");
                }
            }
        }
    }

    #[test]
    fn every_language_names_seven_days_and_no_word_means_two() {
        let mut known: BTreeMap<String, usize> = BTreeMap::new();
        for language in all() {
            assert_eq!(language.weekdays.len(), 7, "{}", language.code);
            for (number, names) in language.weekdays.iter().enumerate() {
                for name in names {
                    assert_eq!(*known.entry(name.to_lowercase()).or_insert(number), number, "{name}");
                }
            }
        }
        assert_eq!((weekday("Mittwoch"), weekday("giovedì")), (Some(Weekday::Wed), Some(Weekday::Thu)));
    }
}
