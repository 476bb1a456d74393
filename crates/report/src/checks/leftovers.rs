//! What another incident left behind (L39): a header of another day than its account, a title with another number, a second account
//! under headings that stand twice.

use super::reading::Reading;
use super::references::mentioned;
use crate::finding::{Finding, Level, Source};
use crate::place::Place;
use crate::report::Section;
use crate::timeline::Role;
use crate::when::date_words;
use std::collections::{BTreeMap, BTreeSet};

/// An account this many days from its header is of another incident.
const FARTHEST_DAYS: i64 = 14;
/// One heading twice is a slip; this many are a second account.
const SECOND_ACCOUNT: usize = 3;

pub(super) fn check(reading: &Reading, findings: &mut Vec<Finding>) {
    findings.extend(another_day(reading));
    findings.extend(another_number(reading));
    findings.extend(another_account(reading));
    findings.extend(another_s_papers(reading));
}

fn another_day(reading: &Reading) -> Option<Finding> {
    // What went on unseen for months is told from the day on which it was noticed.
    let noticed = |role: &Role| matches!(role, Role::Detected | Role::Reported | Role::Logged);
    let (key, _, at) = reading.stated().find(|(_, role, _)| noticed(role)).or_else(|| reading.stated().next())?;
    let report = reading.report;
    let nearest =
        report.events().filter_map(|event| Some((event, event.date?))).min_by_key(|(_, day)| (*day - at.date()).num_days().abs())?;
    if (nearest.1 - at.date()).num_days().abs() <= FARTHEST_DAYS {
        return None;
    }
    let message = format!("The header says {}, the timeline {}.", date_words(at.date()), date_words(nearest.1));
    Some(Finding::new("L39", Level::Answer, message, vec![reading.field(key), reading.row(nearest.0)]))
}

fn another_number(reading: &Reading) -> Option<Finding> {
    let report = reading.report;
    let (prefix, digits) = crate::answer::reference(report.reference()?)?;
    let own = digits.trim_start_matches('0');
    let other = report.title.split(|c: char| !c.is_ascii_alphanumeric()).find(|word| {
        crate::answer::reference(word).is_some_and(|(p, d)| p == prefix && d.len() >= 5 && d.trim_start_matches('0') != own)
    })?;
    let key = report.template.reference_field.as_deref()?;
    let message = format!("The title names {other}, the header {prefix}{digits}.");
    Some(Finding::new("L39", Level::Answer, message, vec![Source::at(report, Place::Report, report.title.clone()), reading.field(key)]))
}

/// Actions, lessons and files that name a ticket of the report's own kind which the report itself never speaks of.
fn another_s_papers(reading: &Reading) -> Option<Finding> {
    let report = reading.report;
    let (prefix, digits) = crate::answer::reference(report.reference()?)?;
    let named = |text: &str| -> BTreeSet<String> {
        let own_kind = mentioned(text).filter(|(_, other, figures)| *other == prefix && figures.len() >= 5);
        own_kind.map(|(_, _, figures)| figures.trim_start_matches('0').to_owned()).collect()
    };
    let is_paper = |place: &Place| matches!(place, Place::Actions | Place::Lessons | Place::Evidence);
    let mut known: BTreeSet<String> =
        reading.lines.iter().filter(|line| !is_paper(&line.place)).flat_map(|line| named(&line.text)).collect();
    known.insert(digits.trim_start_matches('0').to_owned());
    let line = reading.lines.iter().find(|line| is_paper(&line.place) && !named(&line.text).is_subset(&known))?;
    let key = report.template.reference_field.as_deref()?;
    let message = "A ticket is named here that the report itself never mentions; it may be left over from another incident.";
    Some(Finding::new("L39", Level::Answer, message, vec![reading.source(line, &line.text), reading.field(key)]))
}

fn another_account(reading: &Reading) -> Vec<Finding> {
    let report = reading.report;
    let mut by_heading: BTreeMap<String, Vec<&Section>> = BTreeMap::new();
    for section in report.sections.iter().filter(|section| !section.body.is_blank()) {
        by_heading.entry(report.printed_heading(section).trim().to_lowercase()).or_default().push(section);
    }
    let twice: Vec<_> = by_heading.values().filter_map(|group| Some((*group.first()?, *group.get(1)?))).collect();
    if twice.len() < SECOND_ACCOUNT {
        return Vec::new();
    }
    let strangers = twice.into_iter().filter(|(a, b)| in_common(&a.body.plain(), &b.body.plain()) < 0.2);
    strangers
        .map(|(a, b)| {
            let message = format!(
                "Two texts under “{}” have little in common; one may be left over from another incident.",
                report.printed_heading(a)
            );
            let opening = |section: &Section| section.body.lines().into_iter().find(|line| !line.trim().is_empty()).unwrap_or_default();
            let sources = [a, b].map(|s| Source::at(report, Place::Section { section: s.id, line: None }, opening(s)));
            Finding::new("L39", Level::Answer, message, sources.to_vec())
        })
        .collect()
}

/// The share of the longer words that two texts have in common.
#[expect(clippy::cast_precision_loss, reason = "counts of words")]
fn in_common(a: &str, b: &str) -> f64 {
    let words = |text: &str| {
        text.split(|c: char| !c.is_alphanumeric()).filter(|word| word.chars().count() > 4).map(str::to_lowercase).collect::<BTreeSet<_>>()
    };
    let (a, b) = (words(a), words(b));
    let smaller = a.len().min(b.len()).max(1);
    a.intersection(&b).count() as f64 / smaller as f64
}

#[cfg(test)]
mod tests {
    use super::super::support::{fires, sample};
    use crate::ids::{CountedIds, SectionId};
    use crate::report::Section;
    use crate::rich::RichText;

    #[test]
    fn a_second_account_is_seen() {
        let doubled = |texts: &[&str]| {
            let mut report = sample();
            for (n, text) in texts.iter().enumerate() {
                let original = report.sections[n].clone();
                let id = SectionId::new(&mut CountedIds(900 + n as u64));
                report.sections.push(Section { id, body: RichText::from_plain(text), ..original });
            }
            report
        };
        let foreign = ["Docker containers stopped everywhere.", "Stockholm only", "Reviewers waited twelve days for letters."];
        assert!(fires(&doubled(&foreign), "L39"));
        assert!(!fires(&doubled(&foreign[..2]), "L39"), "two headings twice are no second account");
        let again: Vec<String> = sample().sections.iter().take(3).map(|section| section.body.plain()).collect();
        assert!(!fires(&doubled(&again.iter().map(String::as_str).collect::<Vec<_>>()), "L39"), "the same text twice is L34's business");
    }
}
