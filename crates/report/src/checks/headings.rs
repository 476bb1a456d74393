//! Required headings and fields: missing (L31), out of order (L32), empty (L33), duplicated (L34).
//! A heading out of order blocks as well: a filed report's headings are all there, in order, and readers of the file check it.

use crate::answer::Answer;
use crate::edit::{Change, Edit};
use crate::finding::{Finding, Level, Source};
use crate::place::Place;
use crate::report::{Report, Section};
use crate::template::{Allowed, Field, SectionKind, SectionRule};
use crate::timeline::{Event, Time};
use std::collections::BTreeMap;

pub(super) fn check(report: &Report, findings: &mut Vec<Finding>) {
    for field in report.template.fields.iter().filter(|field| report.asks(field) && !follows(report, field)) {
        findings.extend(empty_field(report, field));
    }
    findings.extend(report.template.fields.iter().filter_map(|field| open_field(report, field)));
    for rule in report.template.sections.iter().filter(|rule| rule.required) {
        match report.section_for(&rule.key) {
            None => findings.push(missing(report, rule)),
            Some(section) => findings.extend(empty_section(report, rule, section)),
        }
    }
    findings.extend(report.timeline.iter().enumerate().filter_map(|(index, row)| wordless(report, index, row.event()?)));
    findings.extend(out_of_order(report));
    findings.extend(duplicates(report));
}

/// Whether a field has an answer the form allows.
pub(crate) fn is_answered(report: &Report, field: &Field) -> bool {
    let answer: &Answer = report.answer(&field.key);
    match &answer.standing {
        crate::answer::Standing::Known if answer.is_blank() => report.computed_minutes(&field.key).is_some(),
        crate::answer::Standing::Known => !report.is_unread(field),
        crate::answer::Standing::NotYetKnown { .. } => field.allow.contains(&Allowed::NotYetKnown),
        crate::answer::Standing::NotApplicable { .. } => field.allow.contains(&Allowed::NotApplicable),
    }
}

/// Whether a section has an answer the form allows.
pub(crate) fn is_written(report: &Report, section: &Section) -> bool {
    let allowed = |what| report.rule_of(section).is_none_or(|rule| rule.allow.contains(&what));
    match &section.standing {
        crate::answer::Standing::Known => {
            !section.body.is_blank() || has_rows(report, section) || has_answers(report, section) && is_of_fields(report, section)
        }
        crate::answer::Standing::NotYetKnown { .. } => allowed(Allowed::NotYetKnown),
        crate::answer::Standing::NotApplicable { .. } => allowed(Allowed::NotApplicable),
    }
}

/// Whether a field under it has been answered.
pub(crate) fn has_answers(report: &Report, section: &Section) -> bool {
    let key = section.key.as_deref().unwrap_or_default();
    report.template.fields_under(key).any(|field| is_answered(report, field))
}

fn is_of_fields(report: &Report, section: &Section) -> bool {
    report.kind_of(section) == SectionKind::Fields
}

fn has_rows(report: &Report, section: &Section) -> bool {
    match report.kind_of(section) {
        SectionKind::Prose => false,
        SectionKind::LinkedIncidents => !report.linked.is_empty(),
        SectionKind::Timeline => report.events().next().is_some(),
        SectionKind::Actions => !report.actions.is_empty(),
        SectionKind::Lessons => !report.lessons.is_empty(),
        SectionKind::Causes => !report.causes.is_empty(),
        SectionKind::Targets => !report.targets.is_empty(),
        SectionKind::Diagrams => !report.diagrams.is_empty(),
        SectionKind::Fields => false,
    }
}

/// What readers look for and the form does not demand: a note.
fn open_field(report: &Report, field: &Field) -> Option<Finding> {
    if !field.expected || field.required || is_answered(report, field) || report.is_unread(field) {
        return None;
    }
    let message = format!("Readers will look for “{}”; the report does not mention it.", field.label);
    let place = Place::Field { key: field.key.clone() };
    let sources = vec![Source::at(report, Place::Form, field.label.clone()), Source::at(report, place, "")];
    Some(Finding::new("L33", Level::Note, message, sources))
}

/// Whether a field reckons itself from another that must be answered first: one empty answer is asked for once.
fn follows(report: &Report, field: &Field) -> bool {
    let open = |key: &str| report.template.field(key).is_some_and(|from| report.asks(from) && !is_answered(report, from));
    field.computed.as_ref().is_some_and(|computed| open(&computed.from) || open(&computed.to))
}

/// What stands there and cannot be read is not empty (see `unread`).
fn empty_field(report: &Report, field: &Field) -> Option<Finding> {
    if is_answered(report, field) || report.is_unread(field) {
        return None;
    }
    let message = format!("“{}” must be answered.", field.label);
    let place = Place::Field { key: field.key.clone() };
    let ours = report.answer(&field.key).raw.clone();
    let sources = vec![Source::at(report, Place::Form, field.label.clone()), Source::at(report, place, ours)];
    let finding = Finding::new("L33", Level::Blocks, message, sources);
    Some(match super::lifecycle::from_timeline(report, field) {
        Some((label, edit)) => finding.with_fix(label, edit),
        None => finding,
    })
}

fn missing(report: &Report, rule: &SectionRule) -> Finding {
    let sources = vec![Source::at(report, Place::Form, rule.heading.clone()), Source::at(report, Place::Report, "")];
    Finding::new("L31", Level::Blocks, format!("The required heading “{}” is missing.", rule.heading), sources)
}

fn empty_section(report: &Report, rule: &SectionRule, section: &Section) -> Option<Finding> {
    let unread = is_of_fields(report, section) && report.template.fields_under(&rule.key).any(|field| report.is_unread(field));
    if is_written(report, section) || unread {
        return None;
    }
    let heading = report.printed_heading(section);
    let sources = vec![
        Source::at(report, Place::Form, heading.clone()),
        Source { text: String::new(), ..Source::at(report, Place::Section { section: section.id, line: None }, "") },
    ];
    let message =
        if rule.silent { "The opening paragraph is empty.".to_owned() } else { format!("The required heading “{heading}” is empty.") };
    Some(Finding::new("L33", Level::Blocks, message, sources))
}

/// A row that says when, and not what; a picture alone is not words.
fn wordless(report: &Report, index: usize, event: &Event) -> Option<Finding> {
    let said = event.text.trim();
    if !(said.is_empty() || said == crate::timeline::PICTURE) || event.time == Time::None {
        return None;
    }
    let message = format!("Row {} says {}, but not what happened.", index + 1, event.time.words());
    let sources = vec![Source::at(report, Place::Timeline { index: Some(index) }, event.raw.trim()), Source::at(report, Place::Form, "")];
    Some(Finding::new("L33", Level::Answer, message, sources))
}

fn out_of_order(report: &Report) -> Option<Finding> {
    let expected: Vec<&SectionRule> = report.template.sections.iter().filter(|rule| report.section_for(&rule.key).is_some()).collect();
    let mut found: Vec<(usize, &Section)> = Vec::new();
    for (at, section) in report.sections.iter().enumerate() {
        let Some(key) = section.key.as_deref() else { continue };
        let first = found.iter().all(|(_, earlier)| earlier.key.as_deref() != Some(key));
        if first && report.template.section(key).is_some() {
            found.push((at, section));
        }
    }
    let wrong = expected.iter().zip(&found).position(|(rule, (_, section))| section.key.as_deref() != Some(rule.key.as_str()))?;
    let rule = expected[wrong];
    let (target, stands_here) = found[wrong];
    let (from, section) = found.iter().find(|(_, section)| section.key.as_deref() == Some(rule.key.as_str()))?;
    let heading = report.printed_heading(section);
    let sources = vec![
        Source::at(report, Place::Form, format!("{}. {heading}", wrong + 1)),
        Source::at(
            report,
            Place::Section { section: section.id, line: None },
            format!("stands after “{}”", report.printed_heading(stands_here)),
        ),
    ];
    let message = format!("The heading “{heading}” is out of order.");
    let edit = Edit::Sections { change: Change::Move { from: *from, to: target } };
    Some(Finding::new("L32", Level::Blocks, message, sources).with_fix("Move it to its place", edit))
}

fn duplicates(report: &Report) -> Vec<Finding> {
    let mut first: BTreeMap<String, &Section> = BTreeMap::new();
    let mut findings = Vec::new();
    for section in &report.sections {
        let heading = report.printed_heading(section);
        let folded = heading.split_whitespace().collect::<Vec<_>>().join(" ").to_lowercase();
        if folded.is_empty() {
            continue;
        }
        if let Some(earlier) = first.get(&folded) {
            let opening = |section: &Section| section.body.lines().first().cloned().unwrap_or_default();
            let sources = [earlier, &section].map(|s| Source::at(report, Place::Section { section: s.id, line: None }, opening(s)));
            findings.push(Finding::new("L34", Level::Answer, format!("The heading “{heading}” appears twice."), sources.to_vec()));
        } else {
            first.insert(folded, section);
        }
    }
    findings
}

#[cfg(test)]
mod tests {
    use super::super::support::{blank, fires, lines, sample};
    use super::*;
    use crate::answer::Standing;
    use crate::rich::RichText;

    #[test]
    fn an_empty_heading_blocks_until_it_is_answered() {
        let mut report = sample();
        let at = report.sections.iter().position(|s| s.key.as_deref() == Some("root_cause")).expect("it is there");
        report.sections[at].body = RichText::from_plain("   \n ");
        assert_eq!(lines(&report), ["L33 Blocks: The required heading “Root Cause, if known” is empty."]);
        report.sections[at].standing = Standing::NotYetKnown { owner: "Problem manager".into(), due: "20/10/2025".into() };
        assert!(!fires(&report, "L33"));
    }

    #[test]
    fn headings_out_of_order_block_and_the_fix_mends_them() {
        let mut report = sample();
        report.sections.swap(1, 3);
        while let Some(finding) = super::super::check(&report).into_iter().find(|f| f.check == "L32") {
            assert_eq!(finding.level, Level::Blocks);
            report = report.apply(&finding.fix.expect("it can be mended").edit).expect("the fix fits").report;
        }
        assert_eq!(report, sample());
    }

    #[test]
    fn a_blank_report_names_every_required_answer_once() {
        let blank = blank();
        let required = blank.template.fields.iter().filter(|f| f.required && f.computed.is_none()).count()
            + blank.template.sections.iter().filter(|s| s.required).count();
        assert_eq!(lines(&blank).iter().filter(|line| line.starts_with("L33")).count(), required);
    }
}
