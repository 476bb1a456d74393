//! Reference numbers with the same letters and another number of figures: one of them has lost or won a figure (L25), and where the number
//! itself is the same, a zero (L26).

use crate::answer::Answer;
use crate::edit::Edit;
use crate::finding::{Finding, Level, Source};
use crate::place::Place;
use crate::report::Report;
use crate::texts::Written;
use std::collections::{BTreeMap, BTreeSet};

/// Fewer figures than this may be a node or a version, not a reference.
const LEAST_FIGURES: usize = 5;
/// Letters before figures that count something, or come from registers whose numbers have no fixed width: sums of money, autonomous
/// systems, Microsoft's notes, standards and ports.
const NO_TICKETS: [&str; 19] =
    ["AS", "ASN", "BS", "CHF", "CVE", "DKK", "EN", "EUR", "GBP", "IEC", "IETF", "ISO", "KB", "NOK", "RFC", "SEK", "TCP", "UDP", "USD"];

pub(super) fn check(report: &Report, texts: &[Written], findings: &mut Vec<Finding>) {
    let seen = references(report, texts);
    let mut by_prefix: BTreeMap<&str, Vec<&Seen>> = BTreeMap::new();
    seen.iter().for_each(|seen| by_prefix.entry(&seen.prefix).or_default().push(seen));
    for (prefix, group) in by_prefix {
        let Some(model) = model(report, prefix, &group) else { continue };
        let mut named = BTreeSet::new();
        for odd in group.iter().filter(|seen| seen.digits.len() != model.digits.len() && !counts_on(seen, model)) {
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

/// Whether two numbers without zeros before them lie either side of a power of ten: a counter passed it, and lost no figure.
fn counts_on(a: &Seen, b: &Seen) -> bool {
    let (shorter, longer) = if a.digits.len() < b.digits.len() { (&a.digits, &b.digits) } else { (&b.digits, &a.digits) };
    longer.len() == shorter.len() + 1 && shorter.starts_with('9') && longer.starts_with("10")
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
            "One reference is written with {} digits and with {}: {} and {}.",
            odd.digits.len(),
            other.digits.len(),
            odd.words(),
            other.words()
        ),
        None => format!("{} has {} digits; other {} references have {}.", odd.words(), odd.digits.len(), odd.prefix, other.digits.len()),
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

fn references(report: &Report, texts: &[Written]) -> Vec<Seen> {
    let title = Written::plain(Place::Report, None, report.title.clone());
    let mut seen = Vec::new();
    for Written { place, row, text, .. } in std::iter::once(&title).chain(texts) {
        for (_, prefix, digits) in mentioned(text) {
            let letters = prefix.len() >= 2 && prefix.bytes().all(|b| b.is_ascii_uppercase());
            if letters && digits.len() >= LEAST_FIGURES && !NO_TICKETS.contains(&prefix.as_str()) {
                seen.push(Seen { prefix, digits, place: place.clone(), row: *row });
            }
        }
    }
    seen
}

/// Letters followed at once by figures, as words of a text: where each begins, its letters and its figures.
pub(super) fn mentioned(text: &str) -> impl Iterator<Item = (usize, String, String)> {
    let mut at = 0;
    let words = text.split_inclusive(|c: char| !c.is_ascii_alphanumeric()).map(move |word| {
        let start = at;
        at += word.len();
        (start, word.trim_end_matches(|c: char| !c.is_ascii_alphanumeric()))
    });
    words.filter(|(start, word)| !in_a_name(text, &(*start..*start + word.len()))).filter_map(|(start, word)| {
        let (prefix, digits) = crate::answer::reference(word)?;
        Some((start, prefix, digits))
    })
}

/// Whether those words are a part of an address, a channel or a file, which are written as they are.
pub(super) fn in_a_name(text: &str, range: &std::ops::Range<usize>) -> bool {
    let before = &text[..range.start];
    let after = &text[range.end..];
    let goes_on = |sign: char| after.strip_prefix(sign).is_some_and(|rest| rest.starts_with(|c: char| c.is_ascii_lowercase()));
    before.ends_with(['#', '_', '@', '\\', '='])
        || (before.ends_with('/') && before.rsplit(char::is_whitespace).next().is_some_and(|word| word.contains("://")))
        || after.starts_with(['_', '@', '\\'])
        || goes_on('-')
        || goes_on('.')
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
}
