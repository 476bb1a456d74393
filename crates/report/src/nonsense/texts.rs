//! Names and texts that cannot be meant: a title of which nothing shows, a version that leads out of a folder, a heading of no level.

use super::{Nonsense, shortened};
use crate::answer::Answer;
use crate::edit::Edit;
use crate::papers::Marking;
use crate::place::Place;
use crate::report::Report;
use crate::rich::RichText;
use std::ops::RangeInclusive;

/// The characters a name of a report may have. The longest title we met has 180.
pub(crate) const TITLE: usize = 1_000;
/// The same of a version ("1.0").
pub(crate) const VERSION: usize = 100;
/// The same of a reference.
const REFERENCE: usize = 500;
/// What a title must be for a schema: empty (a report that is begun), or with something in it that shows.
pub(crate) const TITLE_SHOWS: &str = r"^$|[^\s\u0000-\u001f\u007f-\u009f\u00ad\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff]";
/// What a version must be: it stands in file names.
pub(crate) const VERSION_NAMES: &str = r"^[^/\\\u0000-\u001f\u007f-\u009f\u202d\u202e]*$";
/// The levels of headings in a text: a section's own is 2, the title's is 1.
pub(crate) const LEVELS: RangeInclusive<u8> = 3..=4;

/// The characters that the words of all markings may have: they print in two lines above every page.
const MARKING: usize = 180;

pub(super) fn check(report: &Report, found: &mut Vec<Nonsense>) {
    found.extend(markings(report));
    found.extend(title(report));
    found.extend(version(report));
    found.extend(reference(report));
    found.extend(headings(report));
}

/// Titles come out of other programs with what those left in them; the words are there all the same, and such a title is asked about.
fn title(report: &Report) -> Option<Nonsense> {
    let title = &report.title;
    let said = |words: String| Nonsense::new(Place::Report, words);
    if let Some(words) = too_long("title", title, TITLE) {
        return Some(said(words));
    }
    let edit = |title: &str| Edit::Title { title: title.to_owned() };
    if !title.is_empty() && !title.chars().any(shows) {
        let words = "nothing of the title shows: it holds only blanks and marks; write one, or leave it empty";
        return Some(said(words.to_owned()).with_fix("Empty it", edit("")));
    }
    let clean: String = title.chars().map(|c| if matches!(c, '\n' | '\r' | '\t') { ' ' } else { c }).filter(|c| !hides(*c)).collect();
    let stray = title.chars().find(|c| hides(*c));
    let words = match stray {
        Some(c) => format!("the title holds {}", named(c)),
        None if clean != *title => "the title has several lines; a title is one".to_owned(),
        None => return None,
    };
    Some(Nonsense { refuses: false, ..said(words).with_fix("Take it out", edit(&clean)) })
}

fn version(report: &Report) -> Option<Nonsense> {
    let version = &report.version;
    let words = too_long("version", version, VERSION).or_else(|| {
        let stray = version.chars().find(|c| matches!(c, '/' | '\\') || c.is_control() || hides(*c))?;
        let what = if matches!(stray, '/' | '\\') { format!("“{stray}”") } else { named(stray) };
        Some(format!("the version holds {what}; it stands in the names of files: write it like 1.0"))
    })?;
    let clean: String = version.chars().filter(|c| !matches!(c, '/' | '\\') && !c.is_control() && !hides(*c)).take(VERSION).collect();
    Some(Nonsense::new(Place::Report, words).with_fix("Take it out", Edit::Version { version: clean }))
}

fn reference(report: &Report) -> Option<Nonsense> {
    let key = report.template.reference_field.as_ref()?;
    let words = &report.answer(key).raw;
    let stray = || words.chars().find(|c| hides(*c)).map(|c| format!("the reference holds {}", named(c)));
    let words = too_long("reference", words, REFERENCE).or_else(stray)?;
    Some(Nonsense::new(Place::Field { key: key.clone() }, words))
}

/// A marking that runs into the text would hide it, and one that is cut would no longer say who may read the report.
fn markings(report: &Report) -> Option<Nonsense> {
    let words = report.markings.iter().filter_map(|marking| match marking {
        Marking::Words { text } => Some(text.trim()),
        Marking::Tlp { .. } => None,
    });
    let count = words.filter(|words| !words.is_empty()).collect::<Vec<_>>().join(" · ").chars().count();
    let words = format!("the words of the marking have {count} characters; {MARKING} fit above every page: say it more briefly");
    (count > MARKING).then(|| Nonsense { refuses: false, ..Nonsense::new(Place::Marking, words) })
}

fn too_long(what: &str, words: &str, most: usize) -> Option<String> {
    let count = words.chars().count();
    (count > most).then(|| format!("the {what} has {count} characters; {most} are the most that it may have"))
}

/// Whether a reader sees something.
fn shows(c: char) -> bool {
    const UNSEEN: [RangeInclusive<char>; 7] = [
        '\u{ad}'..='\u{ad}',
        '\u{61c}'..='\u{61c}',
        '\u{180e}'..='\u{180e}',
        '\u{200b}'..='\u{200f}',
        '\u{202a}'..='\u{202e}',
        '\u{2060}'..='\u{206f}',
        '\u{feff}'..='\u{feff}',
    ];
    !c.is_whitespace() && !c.is_control() && !UNSEEN.iter().any(|range| range.contains(&c))
}

/// What belongs in no line: a control character, or a mark that turns the order of letters round.
fn hides(c: char) -> bool {
    (c.is_control() && !c.is_whitespace()) || matches!(c, '\u{202d}' | '\u{202e}')
}

fn named(c: char) -> String {
    let what = if c.is_control() { "a control character" } else { "a mark that turns the order of letters round" };
    format!("{what} (U+{:04X})", u32::from(c))
}

/// Headings inside texts.
fn headings(report: &Report) -> Vec<Nonsense> {
    const LABEL: &str = "Give it the nearest level";
    let words = |place: &str, level: u8| {
        format!(
            "a heading under “{}” is of level {level}; in a text they are of level {} or {}",
            shortened(place),
            LEVELS.start(),
            LEVELS.end()
        )
    };
    let sections = report.sections.iter().filter_map(|section| {
        let level = stray_level(&section.body)?;
        let edit = Edit::Body { section: section.id, body: section.body.levelled(&LEVELS) };
        let place = Place::Section { section: section.id, line: None };
        Some(Nonsense::new(place, words(&section.heading, level)).with_fix(LABEL, edit))
    });
    let answers = report.fields.iter().filter_map(|(key, answer)| {
        let rich = answer.rich.as_ref()?;
        let level = stray_level(rich)?;
        let label = report.template.field(key).map_or(key.as_str(), |field| &field.label);
        let edit = Edit::Answer { key: key.clone(), answer: Some(Answer { rich: Some(rich.levelled(&LEVELS)), ..answer.clone() }) };
        Some(Nonsense::new(Place::Field { key: key.clone() }, words(label, level)).with_fix(LABEL, edit))
    });
    sections.chain(answers).collect()
}

fn stray_level(text: &RichText) -> Option<u8> {
    text.heading_levels().into_iter().find(|level| !LEVELS.contains(level))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::catalogue;

    #[test]
    fn a_marking_has_room_above_the_page() {
        let mut report = catalogue::sample("rfo").expect("a shipped sample");
        report.markings = vec![Marking::Words { text: "For the addressee alone. ".repeat(7) }];
        assert!(markings(&report).is_none());
        report.markings.push(Marking::Words { text: "Not to be passed on.".to_owned() });
        let told = markings(&report).expect("there is no room for both");
        assert!(told.words.contains("197 characters") && !told.refuses, "{}", told.words);
    }
}
