//! Reference numbers with the same letters and another number of figures: one of them has lost or won a figure (L25), and where the number
//! itself is the same, a zero (L26).

use crate::answer::Answer;
use crate::edit::Edit;
use crate::finding::{Finding, Level, Source};
use crate::place::Place;
use crate::report::Report;
use std::collections::{BTreeMap, BTreeSet};

/// Fewer figures than this may be a node or a version, not a reference.
const LEAST_FIGURES: usize = 5;

pub(super) fn check(report: &Report, findings: &mut Vec<Finding>) {
    let seen = references(report);
    let mut by_prefix: BTreeMap<&str, Vec<&Seen>> = BTreeMap::new();
    seen.iter().for_each(|seen| by_prefix.entry(&seen.prefix).or_default().push(seen));
    for (prefix, group) in by_prefix {
        let Some(model) = model(report, prefix, &group) else { continue };
        let mut named = BTreeSet::new();
        for odd in group.iter().filter(|seen| seen.digits.len() != model.digits.len()) {
            if named.insert((&odd.digits, &odd.place)) {
                findings.push(question(report, odd, model, &group));
            }
        }
    }
}

struct Seen {
    prefix: String,
    digits: String,
    place: Place,
    row: Option<usize>,
}

impl Seen {
    fn words(&self) -> String {
        format!("{}{}", self.prefix, self.digits)
    }

    fn integer(&self) -> &str {
        self.digits.trim_start_matches('0')
    }
}

/// The reference whose width the others should have: one of the width the form fixes, else of the width most of them have; on a tie the longer,
/// because a figure is lost more easily than won.
fn model<'a>(report: &Report, prefix: &str, group: &[&'a Seen]) -> Option<&'a Seen> {
    let fixed = report.template.fields.iter().find_map(|field| {
        let (own, _) = crate::answer::reference(report.answer(&field.key).raw.trim())?;
        field.digits.filter(|_| own == prefix)
    });
    let mut counts: BTreeMap<usize, usize> = BTreeMap::new();
    group.iter().for_each(|seen| *counts.entry(seen.digits.len()).or_default() += 1);
    let width = fixed
        .filter(|width| counts.contains_key(width))
        .or_else(|| counts.iter().max_by_key(|(width, count)| (**count, **width)).map(|(width, _)| *width))?;
    group.iter().find(|seen| seen.digits.len() == width).copied()
}

fn question(report: &Report, odd: &Seen, model: &Seen, group: &[&Seen]) -> Finding {
    let twin = group.iter().find(|seen| seen.digits.len() == model.digits.len() && seen.integer() == odd.integer());
    let other = twin.copied().unwrap_or(model);
    let sources = [odd, other].map(|seen| Source::at(report, seen.place.clone(), seen.words()).in_row(seen.row)).to_vec();
    let message = match twin {
        Some(_) => format!(
            "One reference is written with {} figures and with {}: {} and {}.",
            odd.digits.len(),
            other.digits.len(),
            odd.words(),
            other.words()
        ),
        None => format!("{} has {} figures; other {} references have {}.", odd.words(), odd.digits.len(), odd.prefix, other.digits.len()),
    };
    let finding = Finding::new(if twin.is_some() { "L26" } else { "L25" }, Level::Answer, message, sources);
    match twin.and_then(|twin| rewrite(report, odd, &twin.words())) {
        Some(edit) => finding.with_fix(format!("Use {} in both", other.words()), edit),
        None => finding,
    }
}

/// The edit that writes `right` in the place of an odd reference, where that place is the author's text.
fn rewrite(report: &Report, odd: &Seen, right: &str) -> Option<Edit> {
    match &odd.place {
        Place::Field { key } => {
            let answer = report.answer(key);
            let raw = answer.raw.replace(&odd.words(), right);
            let rich = answer.rich.as_ref().map(|rich| rich.replaced(&odd.words(), right));
            Some(Edit::Answer { key: key.clone(), answer: Some(Answer { raw, rich, ..answer.clone() }) })
        }
        Place::Section { section, .. } => {
            let body = report.section(*section)?.body.replaced(&odd.words(), right);
            Some(Edit::Body { section: *section, body })
        }
        _ => None,
    }
}

fn references(report: &Report) -> Vec<Seen> {
    let mut seen = Vec::new();
    for field in &report.template.fields {
        scan(&report.answer(&field.key).raw, Place::Field { key: field.key.clone() }, None, &mut seen);
    }
    for section in &report.sections {
        for (line, text) in section.body.lines().iter().enumerate() {
            scan(text, Place::Section { section: section.id, line: Some(line) }, None, &mut seen);
        }
    }
    for (index, row) in report.timeline.iter().enumerate() {
        if let Some(event) = row.event() {
            scan(&event.text, Place::Timeline { index: Some(index) }, None, &mut seen);
        }
    }
    for (row, link) in report.linked.iter().enumerate() {
        scan(&link.incident, Place::Linked, Some(row), &mut seen);
        scan(&link.linked, Place::Linked, Some(row), &mut seen);
    }
    seen
}

/// Words of two or more capital letters followed at once by figures.
fn scan(text: &str, place: Place, row: Option<usize>, out: &mut Vec<Seen>) {
    for word in text.split(|c: char| !c.is_ascii_alphanumeric()) {
        if let Some((prefix, digits)) = crate::answer::reference(word)
            && prefix.len() >= 2
            && prefix.bytes().all(|b| b.is_ascii_uppercase())
            && digits.len() >= LEAST_FIGURES
        {
            out.push(Seen { prefix, digits, place: place.clone(), row });
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::support::{fires, sample};
    use super::*;
    use crate::rich::RichText;

    fn with_text(text: &str) -> Report {
        let mut report = sample();
        report.sections[0].body = RichText::from_plain(text);
        report
    }

    #[test]
    fn a_lost_zero_is_found_and_put_back() {
        let report = with_text("Raised as INC00000731204 at once.");
        let finding = super::super::check(&report).into_iter().find(|f| f.check == "L26").expect("it is questioned");
        assert_eq!(finding.sources[1].text, "INC000000731204");
        let mended = report.apply(&finding.fix.expect("it can be mended").edit).expect("the fix fits").report;
        assert_eq!(mended.sections[0].body.plain(), "Raised as INC000000731204 at once.");
        assert!(!fires(&mended, "L25") && !fires(&mended, "L26"));
    }

    #[test]
    fn another_width_is_questioned_with_nothing_to_copy_from() {
        for odd in ["INC00000595460", "PBI0000146077", "INC0000000731204"] {
            let report = with_text(&format!("See {odd}."));
            assert!(fires(&report, "L25") || fires(&report, "L26"), "{odd}");
        }
    }

    #[test]
    fn other_letters_nodes_and_other_numbers_are_left_alone() {
        for sound in ["See INC000000731999.", "Node NODE16 and Category 2.", "Change CHG0000412 went ahead.", "RFC3161 and ISO8601"] {
            assert!(!fires(&with_text(sound), "L25"), "{sound}");
        }
    }
}
