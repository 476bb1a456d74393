//! What is told twice, or taken back by what follows: an end that was not the end (L43), a statement made twice (L34), "all" of something of
//! which a rest is told (L45). Always true: notes, for the author may have meant it so.

use super::reading::{Line, Reading};
use crate::finding::{Finding, Level, Source};
use crate::mentions::{pattern, sentences};
use crate::place::Place;
use crate::timeline::Role;
use regex::Regex;
use std::collections::BTreeMap;
use std::sync::LazyLock;

pub(super) fn check(reading: &Reading, findings: &mut Vec<Finding>) {
    findings.extend(not_the_end(reading));
    findings.extend(said_twice(reading));
    findings.extend(reading.prose().filter_map(|line| all_and_a_rest(reading, line)));
}

/// L43: all is said to be well again, and then it fails a second time. Where both outages are on record, the record tells it.
fn not_the_end(reading: &Reading) -> Option<Finding> {
    static WELL_AGAIN: LazyLock<Regex> = LazyLock::new(|| {
        pattern(
            r"(?i)\b(?:work(?:ing|ed|s)?|running|ran|operat(?:ing|ed)|function(?:ing|ed)) (?:perfectly |fully )?(?:normally|as usual|as before) again\b|\bback to normal\b|\b(?:fully|completely) (?:restored|recovered|resolved)\b",
        )
    });
    static FIRST_ONLY: LazyLock<Regex> = LazyLock::new(|| {
        pattern(
            r"(?i)\b(?:for now|for the time being|for a (?:while|time)|at first|the first (?:interruption|outage|failure|time)|until|temporar\w+|briefly|only to|seemed|appeared)\b",
        )
    });
    static ONCE_MORE: LazyLock<Regex> = LazyLock::new(|| {
        pattern(concat!(
            r"(?i)\b(?:a second|another|a further|a third) (?:\w+ ){0,2}(?:problem|failure|outage|interruption|fault|loss of \w+)\b[^.]{0,40}?\b(?:occurred|happened|began|hit|struck|followed|came|started)\b",
            r"|\b(?:failed|went down|broke down|stopped|became unavailable) (?:again|once more|a second time)\b"
        ))
    });
    let begun = reading.report.events().filter(|event| event.milestone.as_ref().is_some_and(|m| m.role == Role::ImpactStart)).count();
    if reading.report.impact.len() > 1 || begun > 1 {
        return None;
    }
    let lines: Vec<&Line> = reading.prose().collect();
    let (at, end) = lines.iter().enumerate().find_map(|(at, line)| {
        let found = WELL_AGAIN.find(&line.text).filter(|found| !FIRST_ONLY.is_match(line.sentence(found.start())))?;
        Some((at, found))
    })?;
    let (line, found) = lines[at..].iter().enumerate().find_map(|(further, line)| {
        let from = if further == 0 { end.end() } else { 0 };
        Some((*line, ONCE_MORE.find_at(&line.text, from)?))
    })?;
    let message = format!("“{}” was not the end: it failed again later.", end.as_str());
    let sources = vec![reading.source(lines[at], lines[at].sentence(end.start())), reading.meant(line, found.range())];
    Some(Finding::new("L43", Level::Note, message, sources))
}

/// L34: that something did not happen is said twice in the same words. An opening may well say what the body says.
fn said_twice(reading: &Reading) -> Vec<Finding> {
    static DENIES: LazyLock<Regex> = LazyLock::new(|| pattern(r"(?i)\b(?:no|not|nothing|never|none|nobody)\b"));
    const FEWEST_WORDS: usize = 4;
    // Where each clause stands first, and whether it was told that it stands again.
    let mut first: BTreeMap<String, (&Line, usize, bool)> = BTreeMap::new();
    let mut findings = Vec::new();
    for line in reading.prose().filter(|line| !opens(reading, line)) {
        for range in sentences(&line.text).into_iter().filter(|range| DENIES.is_match(&line.text[range.clone()])) {
            for clause in line.text[range.clone()].split([',', ';', ':', '.', '–', '—', '(', ')']).map(folded) {
                if !DENIES.is_match(&clause) || clause.split(' ').count() < FEWEST_WORDS {
                    continue;
                }
                match first.get_mut(&clause) {
                    None => drop(first.insert(clause, (line, range.start, false))),
                    Some((earlier, _, told)) if *told || std::ptr::eq(*earlier, line) => {}
                    Some((earlier, at, told)) => {
                        *told = true;
                        let sources = vec![reading.source(earlier, earlier.sentence(*at)), reading.source(line, &line.text[range.clone()])];
                        let message = format!("“{clause}” is said twice; once is enough.");
                        findings.push(Finding::new("L34", Level::Note, message, sources));
                    }
                }
            }
        }
    }
    findings
}

fn opens(reading: &Reading, line: &Line) -> bool {
    let Place::Section { section, .. } = line.place else { return true };
    let Some(section) = reading.section(section) else { return true };
    let opening = reading.report.rule_of(section).is_some_and(|rule| rule.silent || rule.opening);
    opening || ["summary", "abstract", "overview"].iter().any(|word| section.heading.trim().to_lowercase().ends_with(word))
}

/// Its words in small letters, without what joins it to the clause before.
fn folded(clause: &str) -> String {
    let words: Vec<String> = clause.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).map(str::to_lowercase).collect();
    let joins =
        words.iter().take_while(|word| ["but", "and", "however", "so", "though", "although", "yet", "also"].contains(&word.as_str()));
    words[joins.count()..].join(" ")
}

/// L45: "all migrations were halted … 50 migrations left": how many were halted?
fn all_and_a_rest(reading: &Reading, line: &Line) -> Option<Finding> {
    static ALL: LazyLock<Regex> = LazyLock::new(|| {
        pattern(
            r"(?i)\ball (?:[\w-]+ ){0,5}?(?P<what>[a-z]{3,}s) (?:were|was|are|had been|have been) (?:halted|stopped|lost|affected|failing|cancelled|rejected|impacted|delayed|refused|down)\b",
        )
    });
    static REST: LazyLock<Regex> =
        LazyLock::new(|| pattern(r"(?i)\b\d[\d,]* (?P<what>[a-z]{3,}s) (?:left|remaining|remained|still|outstanding|unaffected)\b"));
    let rest = REST.captures(&line.text)?;
    let found = ALL.captures_iter(&line.text).find(|found| found["what"].eq_ignore_ascii_case(&rest["what"]))?;
    let (whole, rest) = (found.get(0)?, rest.get(0)?);
    let message = format!("“{}” and “{}” are given together: how many were affected?", whole.as_str(), rest.as_str());
    let sources = vec![reading.source(line, whole.as_str()), Source::at(reading.report, line.place.clone(), line.sentence(rest.start()))];
    Some(Finding::new("L45", Level::Note, message, sources))
}
