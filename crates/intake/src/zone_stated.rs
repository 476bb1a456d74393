//! The zone that a text states for all its times, in a sentence: "All times are CEST", "Times in this report are Central European Time unless noted
//! otherwise", "alle Zeiten in MEZ". Always true: the zone is given as written. Deliberately absent: what it means (see `zones`).

use crate::zones::{is_offset, leading};
use aho_corasick::AhoCorasick;
use std::sync::LazyLock;

/// What speaks of times, in English; other languages bring theirs in their data.
const SAYS: [&str; 11] = [
    "times",
    "local time",
    "every time",
    "each time",
    "time zone",
    "time_zone",
    "timezone",
    "timestamps",
    "clock times",
    "clocks",
    "hours",
];
/// Words that lead on to a zone whose name is a word of its own ("Central").
const BETWEEN: [&str; 36] = [
    "are",
    "is",
    "in",
    "given",
    "shown",
    "listed",
    "quoted",
    "stated",
    "recorded",
    "expressed",
    "displayed",
    "reported",
    "written",
    "all",
    "local",
    "the",
    "below",
    "above",
    "unless",
    "otherwise",
    "noted",
    "to",
    "as",
    "use",
    "used",
    "and",
    "dates",
    "this",
    "report",
    "document",
    "page",
    "post",
    "time",
    "us",
    "our",
    "here",
];
/// What makes a sentence one about all that follows, in English.
const OF_ALL: [&str; 5] = ["unless", "otherwise", "everything", "throughout", "all further"];

/// Whether words say something of times, and nothing else.
pub(crate) fn tells_of_times(words: &str) -> bool {
    stated(words).is_some()
}

/// What a text says of all its times.
pub(crate) fn stated(text: &str) -> Option<String> {
    text.lines().find_map(|line| sentences(line).find_map(of_sentence))
}

/// What speaks of times in any language, sought all at once: every sentence of a text is asked.
static SPEAKS: LazyLock<AhoCorasick> = LazyLock::new(|| {
    let others = report::languages::all().iter().flat_map(|language| &language.all_times).map(String::as_str);
    AhoCorasick::builder().ascii_case_insensitive(true).build(SAYS.into_iter().chain(others)).expect("plain words")
});

fn of_sentence(sentence: &str) -> Option<String> {
    // Only figures and letters of one byte keep their places in lower case.
    let lower = sentence.to_ascii_lowercase();
    let begins = |at: usize| !sentence[..at].ends_with(char::is_alphanumeric);
    let mut leads: Vec<usize> =
        SPEAKS.find_overlapping_iter(sentence).filter(|found| begins(found.start())).map(|found| found.end()).collect();
    leads.sort_unstable();
    leads.retain(|after| !sentence[*after..].starts_with(char::is_alphanumeric));
    let directly = || leads.iter().find_map(|after| directly(&sentence[*after..]));
    let further_on = || leads.iter().find_map(|after| further_on(&sentence[*after..], false));
    let of_all = || OF_ALL.iter().any(|words| lower.contains(words)).then(|| further_on_from(sentence)).flatten();
    directly().or_else(further_on).or_else(of_all).map(str::to_owned)
}

fn further_on_from(sentence: &str) -> Option<&str> {
    further_on(sentence, true)
}

/// The zone that follows with nothing but small words between.
fn directly(text: &str) -> Option<&str> {
    let mut rest = text;
    loop {
        rest = rest.trim_start_matches(|c: char| c.is_whitespace() || ":=(),*_[".contains(c));
        let word: String = rest.chars().take_while(|c| c.is_ascii_alphabetic()).collect();
        if word.is_empty() || !BETWEEN.contains(&word.to_ascii_lowercase().as_str()) {
            break;
        }
        rest = &rest[word.len()..];
    }
    let zone = leading(rest)?;
    // "IST (UTC+5:30)": of two words for it the one that has one meaning.
    let behind = rest[zone.len()..].trim_start().strip_prefix(['(', '=', ',', '/']).map(str::trim_start).and_then(leading);
    Some(behind.filter(|behind| is_offset(behind) && !is_offset(zone)).filter(|_| PLAIN.contains(&zone) || zone == "CST").unwrap_or(zone))
}

/// Words for a zone that mean something else, or several zones.
const PLAIN: [&str; 9] = ["Eastern", "Central", "Mountain", "Pacific", "ET", "CT", "MT", "PT", "IST"];

/// A zone of no other meaning further on in the sentence, before any figure: behind one it is the zone of that time alone.
fn further_on(text: &str, past_figures: bool) -> Option<&str> {
    let starts =
        text.char_indices().filter(|(at, c)| !c.is_whitespace() && !text[..*at].ends_with(|c: char| c.is_alphanumeric() || c == '/'));
    for (at, _) in starts {
        let behind_figure = text[..at].trim_end().ends_with(|c: char| c.is_ascii_digit());
        if let Some(zone) = leading(&text[at..]).filter(|zone| zone.starts_with(char::is_alphabetic) && !PLAIN.contains(zone)) {
            return (!behind_figure).then_some(zone);
        }
        if !past_figures && text[at..].starts_with(|c: char| c.is_ascii_digit()) {
            return None;
        }
    }
    None
}

/// The sentences of a line: a stop ends one where a blank follows.
fn sentences(line: &str) -> impl Iterator<Item = &str> {
    line.split_inclusive(". ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_text_says_of_all_its_times_is_found_in_any_wording() {
        for (text, found) in [
            ("All times are CEST.", Some("CEST")),
            ("All times in UTC unless noted otherwise.", Some("UTC")),
            ("(times given in UTC+2)", Some("UTC+2")),
            ("**Time zone:** Europe/Berlin", Some("Europe/Berlin")),
            ("All times are Eastern.", Some("Eastern")),
            ("Timestamps below are Pacific Time", Some("Pacific Time")),
            ("All dates and times are listed in PT", Some("PT")),
            ("Times in this report are US Eastern.", Some("Eastern")),
            ("All times in this document are in Central European Summer Time.", Some("Central European Summer Time")),
            ("Unless noted otherwise, everything below was on 5 March 2025, in UTC+1.", Some("UTC+1")),
            ("Timeline (times in local time, Europe/Copenhagen)", Some("Europe/Copenhagen")),
            ("Every time below is Zulu.", Some("Zulu")),
            ("We write UTC throughout.", Some("UTC")),
            ("All timestamps that follow were taken from the gateway and are UTC.", Some("UTC")),
            ("Alle Zeiten in MEZ.", Some("MEZ")),
            ("Sofern nicht anders angegeben: MESZ", Some("MESZ")),
            ("Toutes les heures sont indiquées en UTC.", Some("UTC")),
            ("Times shown: IST (UTC+5:30)", Some("UTC+5:30")),
            ("All times are CET (UTC+1).", Some("CET")),
            ("Todas las horas están en CET", Some("CET")),
            ("Fuso horário: America/Sao_Paulo", Some("America/Sao_Paulo")),
            ("All events on Sunday, 8 February 2026, local time (UTC+1).", Some("UTC+1")),
            ("Alle Uhrzeiten in mitteleuropäischer Sommerzeit.", Some("mitteleuropäischer Sommerzeit")),
            ("Tutti gli orari sono CET.", Some("CET")),
            ("Alle tijden zijn in CET.", Some("CET")),
            ("It rang three times in one hour.", None),
            ("It rang three times, at 10:05 UTC and later.", None),
            ("Many times, and often", None),
            ("Office hours are short. The Central office rang.", None),
        ] {
            assert_eq!(stated(text).as_deref(), found, "{text}");
        }
    }
}
