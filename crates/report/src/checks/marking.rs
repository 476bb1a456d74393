//! The marking (L57): missing where the form calls for one, or two labels that contradict each other.

use crate::edit::{Change, Edit};
use crate::finding::{Finding, Level, Source};
use crate::papers::{Marking, TlpLabel};
use crate::place::Place;
use crate::report::Report;

pub(super) fn check(report: &Report, findings: &mut Vec<Finding>) {
    let blank = |marking: &Marking| matches!(marking, Marking::Words { text } if text.trim().is_empty());
    let said = report.markings.iter().filter(|marking| !blank(marking)).count();
    if let Some(rule) = report.template.marking.as_ref().filter(|rule| rule.required && said == 0) {
        let asked = rule.default.as_ref().map_or("A marking on every page", words);
        let sources = vec![Source::at(report, Place::Form, asked), Source::at(report, Place::Marking, "")];
        let finding = Finding::new("L57", Level::Blocks, "The marking is missing; this form has one on every page.", sources);
        findings.push(match &rule.default {
            Some(default) => finding.with_fix(
                format!("Mark it “{}”", words(default)),
                Edit::Markings { change: Change::Insert { at: report.markings.len(), item: default.clone() } },
            ),
            None => finding,
        });
    }
    if report.template.marking.as_ref().is_some_and(|rule| rule.expected && !rule.required && said == 0) {
        let sources = vec![Source::at(report, Place::Form, "A marking on every page"), Source::at(report, Place::Marking, "")];
        findings.push(Finding::new("L57", Level::Note, "No marking says who may see this report.", sources));
    }
    let labels: Vec<&Marking> = report.markings.iter().filter(|marking| matches!(marking, Marking::Tlp { .. })).collect();
    if let [first, .., last] = labels[..]
        && first != last
    {
        let sources = vec![Source::at(report, Place::Marking, words(first)), Source::at(report, Place::Marking, words(last))];
        findings.push(Finding::new("L57", Level::Blocks, "Two TLP labels contradict each other.", sources));
    }
    findings.extend(against_words(report));
}

/// A TLP label beside words of another scheme that name another colour, or another circle of readers.
fn against_words(report: &Report) -> Option<Finding> {
    let label = report.markings.iter().find_map(|marking| match marking {
        Marking::Tlp { label } => Some(*label),
        Marking::Words { .. } => None,
    })?;
    report.markings.iter().find_map(|marking| {
        let Marking::Words { text } = marking else { return None };
        let said = text.split(|c: char| !c.is_alphanumeric()).map(str::to_uppercase);
        let against = said.into_iter().find(|word| contradicts(label, word))?;
        let message = format!("{} and “{against}” contradict each other.", label.words());
        let sources = vec![Source::at(report, Place::Marking, label.words()), Source::at(report, Place::Marking, text.clone())];
        Some(Finding::new("L57", Level::Blocks, message, sources))
    })
}

fn contradicts(label: TlpLabel, word: &str) -> bool {
    use TlpLabel::{Amber, AmberStrict, Clear, Green, Red};
    match word {
        "RED" => label != Red,
        "AMBER" => !matches!(label, Amber | AmberStrict),
        "GREEN" => label != Green,
        "CLEAR" | "WHITE" => label != Clear,
        "PUBLIC" | "UNRESTRICTED" => label != Clear,
        "CONFIDENTIAL" | "SECRET" | "RESTRICTED" => label == Clear,
        _ => false,
    }
}

fn words(marking: &Marking) -> &str {
    match marking {
        Marking::Tlp { label } => label.words(),
        Marking::Words { text } => text,
    }
}

#[cfg(test)]
mod tests {
    use super::super::support::{lines, sample};

    #[test]
    fn a_missing_marking_blocks_and_the_fix_is_the_form_s_own() {
        let mut report = sample();
        report.markings.clear();
        assert_eq!(lines(&report), ["L57 Blocks: The marking is missing; this form has one on every page."]);
        let fix = super::super::check(&report).remove(0).fix.expect("the form has a default");
        assert_eq!(report.apply(&fix.edit).expect("it fits").report, sample());
    }
}
