//! Abbreviations (L51): never written out, written out in two ways, or a word both shortened and whole. Those that readers know are data.

use super::reading::{Line, Reading};
use crate::edit::Edit;
use crate::finding::{Finding, Level, Source};
use crate::mentions::pattern;
use crate::place::Place;
use crate::template::Audience;
use regex::Regex;
use serde::Deserialize;
use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;
use std::sync::LazyLock;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Abbreviations {
    known: BTreeSet<String>,
    technical: BTreeSet<String>,
    emphasis: BTreeSet<String>,
    cut_off: Vec<String>,
    written_out: BTreeMap<String, String>,
}

static DATA: LazyLock<Abbreviations> =
    LazyLock::new(|| toml::from_str(include_str!("../../data/abbreviations.toml")).expect("the abbreviations are tested to read"));
static WRITTEN_LARGE: LazyLock<Regex> = LazyLock::new(|| pattern(r"\b(?P<word>\p{Lu}[\p{Lu}0-9&]*\p{Lu}[\p{Lu}0-9]*)(?:s\b|['’]s\b|\b)"));
static WRITTEN_OUT: LazyLock<Regex> = LazyLock::new(|| {
    pattern(r#"(?P<words>(?:["“„«]?[\p{L}\d’'/-]+["”“»]?\s+){1,7})\(\s*(?P<short>[A-Z][A-Z0-9&]*[A-Z][A-Z0-9]*)s?\s*[,;)]"#)
});
static WORD: LazyLock<Regex> = LazyLock::new(|| pattern(r"\b\p{L}{4,}\b"));
/// Longer ones are words in capitals.
const LONGEST: usize = 7;

pub(super) fn check(reading: &Reading, findings: &mut Vec<Finding>) {
    let out = written_out(reading);
    findings.extend(two_ways(reading, &out));
    findings.extend(never(reading, &out));
    findings.extend(shortened(reading));
}

/// Each way an abbreviation is written out, with its line.
fn written_out(reading: &Reading) -> BTreeMap<String, Vec<(String, usize)>> {
    let mut out: BTreeMap<String, Vec<(String, usize)>> = BTreeMap::new();
    for (n, line) in reading.lines.iter().enumerate() {
        for found in WRITTEN_OUT.captures_iter(&line.text) {
            let short = &found["short"];
            out.entry(short.to_owned()).or_default().push((long_form(short, &found["words"]), n));
        }
    }
    out
}

/// The words before the bracket that begin with the abbreviation's letters; where they do not, none: the bracket explains all the same.
fn long_form(short: &str, words: &str) -> String {
    let initials: Vec<char> = short.chars().filter(|c| c.is_alphabetic()).map(|c| c.to_ascii_lowercase()).collect();
    let words: Vec<&str> = words.split_whitespace().map(|word| word.trim_matches(['"', '“', '”', '„', '«', '»'])).collect();
    let Some(start) = words.len().checked_sub(initials.len()) else { return String::new() };
    let fits = words[start..].iter().zip(&initials).all(|(word, initial)| word.to_lowercase().starts_with(*initial));
    if fits { words[start..].join(" ").to_lowercase() } else { String::new() }
}

fn two_ways(reading: &Reading, out: &BTreeMap<String, Vec<(String, usize)>>) -> Vec<Finding> {
    let differ = out.iter().filter_map(|(short, ways)| {
        let mut said = ways.iter().filter(|(words, _)| !words.is_empty());
        let (first, line) = said.next()?;
        let (second, other) = said.find(|(words, _)| words != first && words.trim_end_matches('s') != first.trim_end_matches('s'))?;
        let message = format!("“{short}” is spelled out in two ways: “{first}” and “{second}”.");
        let source = |n: usize| reading.source(&reading.lines[n], &reading.lines[n].text);
        Some(Finding::new("L51", Level::Answer, message, vec![source(*line), source(*other)]))
    });
    differ.collect()
}

fn never(reading: &Reading, out: &BTreeMap<String, Vec<(String, usize)>>) -> Vec<Finding> {
    let (form, small) = (form_words(reading), small_words(reading));
    let own = &reading.report.template.abbreviations;
    // Among the reporter's own people and those who buy a circuit from it nobody asks what a VM is.
    let technical = matches!(reading.report.audience(), Audience::Internal | Audience::Customers);
    let spoken = reading.report.language.split('-').next().unwrap_or_default();
    let of_language = crate::languages::all().iter().find(|language| language.code == spoken);
    let mut named = BTreeSet::new();
    let mut findings = Vec::new();
    let mut of_the_form = None;
    // What others said is theirs, and so are their abbreviations.
    for line in reading.told().filter(|line| !line.quoted && !shouts(&line.text)) {
        for found in WRITTEN_LARGE.captures_iter(&line.text) {
            let Some(word) = found.name("word") else { continue };
            let short = word.as_str();
            // "SEV2" is the second of what SEV counts.
            let counted = short.trim_end_matches(|c: char| c.is_ascii_digit());
            let known = || {
                DATA.known.contains(short)
                    || (technical && (DATA.technical.contains(short) || DATA.technical.contains(counted)))
                    || DATA.emphasis.contains(short)
                    || form.contains(short)
                    || small.contains(&stem(&short.to_lowercase()))
                    || crate::zones::is_abbreviation(short)
                    || crate::moment::ZONES.contains(&short)
                    || crate::languages::is_zone(short)
                    || of_language.is_some_and(|language| language.abbreviations.iter().any(|known| known == short))
            };
            let figures = short.chars().filter(char::is_ascii_digit).count();
            let is_explained = out.contains_key(short) || explains(&line.text[word.end()..]);
            if is_explained || line.is_code(&word.range()) || part_of_more(&line.text, word.range()) || figures > 2 || short.len() > LONGEST
            {
                continue;
            }
            if own.contains_key(short) {
                of_the_form.get_or_insert((line, word));
                continue;
            }
            let mut once = || named.insert(if short.len() > 3 { short.trim_end_matches('S').to_owned() } else { short.to_owned() });
            if known() || !once() {
                continue;
            }
            let sources = vec![reading.meant(line, word.range()), Source::at(reading.report, Place::Form, "")];
            let finding = Finding::new("L51", Level::Note, format!("“{short}” is never spelled out."), sources);
            findings.push(offered(reading, finding, line, short, DATA.written_out.get(short)));
        }
    }
    findings.extend(of_the_form.map(|(line, word)| the_form_s(reading, line, word, out)));
    findings
}

/// The form's own abbreviations, all in one: those that the report uses, and those that only the form prints.
fn the_form_s(reading: &Reading, line: &Line, word: regex::Match, out: &BTreeMap<String, Vec<(String, usize)>>) -> Finding {
    let own = &reading.report.template.abbreviations;
    let open: Vec<(&String, &String)> = own.iter().filter(|(short, _)| !out.contains_key(*short)).collect();
    let are = if open.len() == 1 { "is" } else { "are" };
    let shorts = open.iter().map(|(short, _)| format!("“{short}”")).collect::<Vec<_>>().join(", ");
    let stand_for = open.iter().map(|(short, long)| format!("{short}: {long}")).collect::<Vec<_>>().join("; ");
    let sources = vec![reading.meant(line, word.range()), Source::at(reading.report, Place::Form, stand_for)];
    let finding = Finding::new("L51", Level::Note, format!("{shorts} {are} never spelled out; the form prints them."), sources);
    offered(reading, finding, line, word.as_str(), own.get(word.as_str()))
}

/// Offers to write it out where it stands first, if that is in running text.
fn offered(reading: &Reading, finding: Finding, line: &Line, short: &str, long: Option<&String>) -> Finding {
    let Place::Section { section, .. } = line.place else { return finding };
    let (Some(long), Some(section)) = (long, reading.section(section)) else { return finding };
    let whole = pattern(&format!(r"\b{}\b", regex::escape(short)));
    let mut done = false;
    let body = section.body.rewritten(&mut |text| {
        if done || !whole.is_match(text) {
            return text.to_owned();
        }
        done = true;
        whole.replace(text, format!("{long} ({short})")).into_owned()
    });
    if !done {
        return finding;
    }
    finding.with_fix(format!("Write “{long} ({short})” at its first use"), Edit::Body { section: section.id, body })
}

/// A word that is shortened in one place and whole in another: "config" and "configuration".
fn shortened(reading: &Reading) -> Vec<Finding> {
    let mut first: BTreeMap<String, (&Line, usize)> = BTreeMap::new();
    for line in reading.told() {
        for found in WORD.find_iter(&line.text).filter(|found| !part_of_more(&line.text, found.range())) {
            first.entry(found.as_str().to_lowercase()).or_insert((line, found.start()));
        }
    }
    let cut = first.iter().filter_map(|(whole, (line, at))| {
        let short = DATA.cut_off.iter().find_map(|ending| whole.strip_suffix(ending.as_str())).filter(|short| short.len() > 3)?;
        let (short_line, short_at) = first.get(short)?;
        let message = format!("“{short}” is short for “{whole}”, and both are used; choose one of them.");
        let sources = vec![reading.source(short_line, short_line.sentence(*short_at)), reading.source(line, line.sentence(*at))];
        Some(Finding::new("L51", Level::Note, message, sources))
    });
    cut.collect()
}

/// Within a name or an address ("kvs-sync-live", "$HOME") letters stand for something else.
fn part_of_more(text: &str, span: Range<usize>) -> bool {
    let (before, after) = (&text[..span.start], &text[span.end..]);
    before.ends_with(['-', '_', '/', '.', '@', ':', '\\', '#', '+', '$', '{'])
        || after.starts_with(['_', '\\', '@', '='])
        || (after.starts_with(['-', '/', '.', ':']) && after[1..].starts_with(|c: char| c.is_alphanumeric()))
}

/// "RDH (the data hub)".
fn explains(after: &str) -> bool {
    after.trim_start_matches('s').trim_start().starts_with('(') && after.contains(')')
}

/// A word that also stands small is written large for emphasis.
fn small_words(reading: &Reading) -> BTreeSet<String> {
    let mut small = BTreeSet::new();
    for line in &reading.lines {
        // Within a name ("kvs-sync-live", an address) letters are small whatever they stand for.
        let whole = line.text.split_whitespace().map(|word| word.trim_matches(|c: char| !c.is_alphanumeric()));
        let words = whole.filter(|word| word.chars().all(char::is_alphanumeric) && word.chars().any(char::is_lowercase));
        // "ETLs" is no small word.
        let words = words.filter(|word| word.chars().filter(|c| c.is_uppercase()).count() < 2);
        small.extend(words.map(|word| stem(&word.to_lowercase())).filter(|word| word.len() > 1));
    }
    small
}

/// "nodes" and "node16" are the word "node".
fn stem(word: &str) -> String {
    let word = word.trim_end_matches(|c: char| c.is_ascii_digit());
    if word.len() > 3 { word.trim_end_matches('s').to_owned() } else { word.to_owned() }
}

/// What the form prints its readers know.
fn form_words(reading: &Reading) -> BTreeSet<String> {
    let template = &reading.report.template;
    let fields = template.fields.iter().flat_map(|field| {
        [&field.label, &field.guidance].into_iter().chain(&field.qualifier).chain(field.vocabulary.iter().map(|choice| &choice.label))
    });
    let sections = template.sections.iter().flat_map(|section| [&section.heading, &section.guidance]);
    let own = [&template.title, &template.short_title, &template.authority, &template.legal_basis, &template.summary];
    let markings = reading.report.markings.iter().filter_map(|marking| match marking {
        crate::papers::Marking::Words { text } => Some(text),
        crate::papers::Marking::Tlp { .. } => None,
    });
    let texts = fields.chain(sections).chain(own).chain(markings);
    texts.flat_map(|text| WRITTEN_LARGE.captures_iter(text).map(|found| found["word"].to_owned()).collect::<Vec<_>>()).collect()
}

/// A title in capitals.
fn shouts(text: &str) -> bool {
    let (large, letters) =
        text.chars().filter(|c| c.is_alphabetic()).fold((0, 0), |(large, all), c| (large + usize::from(c.is_uppercase()), all + 1));
    letters > 8 && large * 10 > letters * 6
}
