//! A word taken for another that sounds alike (P03, a rule of our own): "effected customers". Always true: only where what stands beside it
//! leaves no doubt which was meant. Deliberately absent: spelling, which the window leaves to the system's own dictionary.

use super::reading::{Line, Reading};
use crate::edit::{Change, Edit};
use crate::finding::{Finding, Level, Source};
use crate::mentions::pattern;
use crate::place::Place;
use crate::timeline::{Event, Row};
use regex::Regex;
use serde::Deserialize;
use std::collections::BTreeSet;
use std::ops::Range;
use std::sync::LazyLock;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Data {
    mistaken: Vec<Mistaken>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Mistaken {
    #[serde(rename = "where")]
    where_: String,
    write: String,
}

static MISTAKEN: LazyLock<Vec<(Regex, String)>> = LazyLock::new(|| {
    let data: Data = toml::from_str(include_str!("../../data/mistaken-words.toml")).expect("the words are tested to read");
    data.mistaken.into_iter().map(|entry| (pattern(&entry.where_), entry.write)).collect()
});

pub(super) fn check(reading: &Reading, findings: &mut Vec<Finding>) {
    // What is offered mends a whole section, so its first place stands for all.
    let mut sections = BTreeSet::new();
    for line in reading.told() {
        for (n, (mistaken, write)) in MISTAKEN.iter().enumerate().filter(|(_, (mistaken, _))| mistaken.is_match(&line.text)) {
            let first = match line.place {
                Place::Section { section, .. } => sections.insert((section, n)),
                _ => true,
            };
            findings.extend(first.then(|| taken_for_another(reading, line, mistaken, write)).flatten());
        }
    }
}

fn taken_for_another(reading: &Reading, line: &Line, mistaken: &Regex, write: &str) -> Option<Finding> {
    let span = word(mistaken, &line.text)?;
    let said = &line.text[span.clone()];
    let write = if said.starts_with(char::is_uppercase) { crate::sentence::capital(write) } else { write.to_owned() };
    let sources = vec![reading.meant(line, span.clone()), Source::at(reading.report, Place::Report, write.clone())];
    let finding = Finding::new("P03", Level::Note, format!("“{said}” should probably be “{write}”."), sources);
    Some(match mended(reading, line, mistaken, &write) {
        Some(edit) => finding.with_fix(format!("Write “{write}”"), edit),
        None => finding,
    })
}

fn word(mistaken: &Regex, text: &str) -> Option<Range<usize>> {
    Some(mistaken.captures(text)?.name("word")?.range())
}

fn mended(reading: &Reading, line: &Line, mistaken: &Regex, write: &str) -> Option<Edit> {
    let in_place = |text: &str| match word(mistaken, text) {
        Some(span) => format!("{}{write}{}", &text[..span.start], &text[span.end..]),
        None => text.to_owned(),
    };
    match line.place {
        Place::Section { section, .. } => {
            let body = reading.section(section)?.body.rewritten(&mut |text| in_place(text));
            Some(Edit::Body { section, body })
        }
        Place::Timeline { index: Some(at) } => {
            let event = reading.report.timeline.get(at)?.event()?;
            let item = Row::Event(Event { text: in_place(&event.text), ..event.clone() });
            Some(Edit::Timeline { change: Change::Replace { at, item } })
        }
        _ => None,
    }
}
