//! The shape of the form: a heading that nearly is one of its own (L35), one too many (L36), a word where an answer belongs (L37), an
//! older version of the form (L63), other words where Y or N is asked (L64).

use super::reading::Reading;
use crate::answer::{Answer, Standing, Value};
use crate::edit::{Change, Edit};
use crate::finding::{Finding, Level, Source};
use crate::mentions::pattern;
use crate::place::Place;
use crate::report::{Report, Section};
use crate::rich::RichText;
use crate::template::{Allowed, Audience, Field, SectionKind, SectionRule};
use regex::Regex;
use std::sync::LazyLock;

pub(super) fn check(reading: &Reading, findings: &mut Vec<Finding>) {
    let report = reading.report;
    for (index, section) in report.sections.iter().enumerate().filter(|(_, section)| section.key.is_none()) {
        match report.template.sections.iter().find(|rule| nearly(&section.heading, &rule.heading)) {
            // Word for word one of the form's own that stands here already: it stands twice, which L34 says.
            Some(rule) if is_second(reading, section, rule) => {}
            Some(rule) => findings.push(near_match(reading, index, section, rule)),
            None => findings.extend(one_too_many(reading, section)),
        }
    }
    for section in &report.sections {
        findings.extend(no_text(reading, section));
    }
    for field in &report.template.fields {
        findings.extend(no_answer(reading, field));
        findings.extend(yes_or_no(reading, field));
    }
    findings.extend(older_form(reading));
}

fn folded(heading: &str) -> String {
    heading.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

/// Equal but for case and signs, or one slip in a word of some length. "Appendix B" is no slip of "Appendix".
fn nearly(heading: &str, rule: &str) -> bool {
    let (a, b) = (folded(heading), folded(rule));
    let counted = heading.trim().rsplit_once(char::is_whitespace).is_some_and(|(words, last)| {
        let last = folded(last);
        folded(words) == b && (last.chars().count() == 1 || last.chars().all(|c| c.is_ascii_digit()))
    });
    let (long, wanted) = (a.chars().count(), b.chars().count());
    let slips = 1 + wanted / 16;
    // Each letter more or less is a slip by itself, so that most headings need not be looked at letter by letter.
    !counted && !a.is_empty() && (a == b || (long.min(wanted) >= 6 && long.abs_diff(wanted) <= slips && distance(&a, &b) <= slips))
}

/// Letters to add, take out or change; two neighbours that changed places count once.
fn distance(a: &str, b: &str) -> usize {
    let (a, b): (Vec<char>, Vec<char>) = (a.chars().collect(), b.chars().collect());
    let mut rows = vec![(0..=b.len()).collect::<Vec<usize>>()];
    for i in 1..=a.len() {
        let mut row = vec![i];
        for j in 1..=b.len() {
            let mut best = (rows[i - 1][j] + 1).min(row[j - 1] + 1).min(rows[i - 1][j - 1] + usize::from(a[i - 1] != b[j - 1]));
            if i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1] {
                best = best.min(rows[i - 2][j - 2] + 1);
            }
            row.push(best);
        }
        rows.push(row);
    }
    rows[a.len()][b.len()]
}

fn is_second(reading: &Reading, section: &Section, rule: &SectionRule) -> bool {
    let first = reading.report.section_for(&rule.key);
    section.heading.trim().eq_ignore_ascii_case(rule.heading.trim()) && first.is_some_and(|first| super::is_written(reading.report, first))
}

fn near_match(reading: &Reading, index: usize, section: &Section, rule: &SectionRule) -> Finding {
    let report = reading.report;
    let place = Place::Section { section: section.id, line: None };
    let message = format!("“{}” is almost the form's heading “{}”.", section.heading.trim(), rule.heading);
    let sources = vec![Source::at(report, place, section.heading.clone()), Source::at(report, Place::Form, rule.heading.clone())];
    let finding = Finding::new("L35", Level::Answer, message, sources);
    let named = Section { key: Some(rule.key.clone()), heading: rule.heading.clone(), ..section.clone() };
    let rename = Edit::Sections { change: Change::Replace { at: index, item: named } };
    let label = format!("Make it “{}”", rule.heading);
    match report.sections.iter().position(|other| other.key.as_deref() == Some(rule.key.as_str())) {
        None => finding.with_fix(label, rename),
        Some(blank) if report.sections[blank].body.is_blank() && report.sections[blank].standing.is_known() => {
            // The text moves to the form's own place, where the blank one stood.
            let named = Section { key: Some(rule.key.clone()), heading: rule.heading.clone(), ..section.clone() };
            let edits = vec![
                Edit::Sections { change: Change::Replace { at: blank, item: named } },
                Edit::Sections { change: Change::Remove { at: index } },
            ];
            finding.with_fix(label, Edit::Together { edits })
        }
        Some(_) => finding,
    }
}

/// L36: only an authority's form is closed; in a letter or a review an author's own heading is welcome.
fn one_too_many(reading: &Reading, section: &Section) -> Option<Finding> {
    let report = reading.report;
    if report.template.audience != Audience::Regulator || section.heading.trim().is_empty() {
        return None;
    }
    let place = Place::Section { section: section.id, line: None };
    let message = format!("“{}” is not one of the form's headings.", section.heading.trim());
    let sources = vec![Source::at(report, place, section.heading.clone()), Source::at(report, Place::Form, report.template.title.clone())];
    Some(Finding::new("L36", Level::Note, message, sources))
}

/// Whether somebody typed that there is no answer yet (`Some(true)`), or none at all (`Some(false)`).
pub(super) fn not_answered(text: &str) -> Option<bool> {
    static LATER: LazyLock<Regex> = LazyLock::new(|| {
        pattern(concat!(
            r"(?i)^(?:(?:still|currently|as yet|at present) )?(?:unknown|unclear|pending|tba|to be announced|not (?:yet )?(?:known|available|determined|established)|\?+)",
            r"(?: (?:yet|so far|currently|at (?:this time|this stage|present|the moment|the time of (?:writing|reporting))))?[.!]?$"
        ))
    });
    static NEVER: LazyLock<Regex> =
        LazyLock::new(|| pattern(r"(?i)^(?:n ?/ ?a|n\.a|na|not applicable|does not apply|[-–—]+|not available)\.?$"));
    let text = text.trim();
    if NEVER.is_match(text) { Some(false) } else { LATER.is_match(text).then_some(true) }
}

/// What to do instead of writing so. A form that lets an answer be open is not one that must be answered now.
fn instead(label: &str, said: &str, later: bool, allow: &[Allowed]) -> String {
    if later && allow.contains(&Allowed::NotYetKnown) {
        return format!("“{label}” may stay open: mark it “not yet known”, with who will say it and by when, instead of writing “{said}”.");
    }
    format!("“{label}” says only “{said}”; say who will answer and when, or that it does not apply.")
}

/// The standing that says so, where the form takes it.
fn standing_for(later: bool, allow: &[Allowed]) -> Option<(&'static str, Standing)> {
    match later {
        true if allow.contains(&Allowed::NotYetKnown) => {
            Some(("Mark it “not yet known”", Standing::NotYetKnown { owner: String::new(), due: String::new() }))
        }
        false if allow.contains(&Allowed::NotApplicable) => Some(("Mark it “N/A”", Standing::NotApplicable { reason: String::new() })),
        _ => None,
    }
}

/// Whether a text says that there is none, or none yet.
pub(super) fn is_no_answer(text: &str) -> bool {
    not_answered(text).is_some()
}

/// L37: "unknown" typed as if it were the answer. Where such words cannot be an answer at all, they stop filing (see `unread`).
fn no_answer(reading: &Reading, field: &Field) -> Option<Finding> {
    if reading.report.is_unread(field) { None } else { typed_for_an_answer(reading.report, field) }
}

pub(super) fn typed_for_an_answer(report: &Report, field: &Field) -> Option<Finding> {
    let answer = report.answer(&field.key);
    let said = answer.raw.trim();
    let later = not_answered(said)?;
    let chosen = field.vocabulary.iter().any(|choice| choice.label.eq_ignore_ascii_case(said) || choice.key.eq_ignore_ascii_case(said));
    if !answer.standing.is_known() || chosen || !field.required {
        return None;
    }
    let message = instead(&field.label, said, later, &field.allow);
    let here = Source::at(report, Place::Field { key: field.key.clone() }, said);
    let finding = Finding::new("L37", Level::Answer, message, vec![here, Source::at(report, Place::Form, field.label.clone())]);
    let Some((label, standing)) = standing_for(later, &field.allow) else { return Some(finding) };
    let answer = Answer { standing, raw: String::new(), value: None, rich: None, ..answer.clone() };
    Some(finding.with_fix(label, Edit::Answer { key: field.key.clone(), answer: Some(answer) }))
}

/// L37: the same under a heading that must be written.
fn no_text(reading: &Reading, section: &Section) -> Option<Finding> {
    let report = reading.report;
    let rule = report.rule_of(section).filter(|rule| rule.required && rule.kind == SectionKind::Prose)?;
    let text = section.body.plain();
    let later = not_answered(&text)?;
    if !section.standing.is_known() {
        return None;
    }
    let heading = report.printed_heading(section);
    let message = instead(&heading, text.trim(), later, &rule.allow);
    let place = Place::Section { section: section.id, line: None };
    let sources = vec![Source::at(report, place, text.trim()), Source::at(report, Place::Form, heading)];
    let finding = Finding::new("L37", Level::Answer, message, sources);
    let Some((label, standing)) = standing_for(later, &rule.allow) else { return Some(finding) };
    let edits = vec![Edit::Body { section: section.id, body: RichText::default() }, Edit::Standing { section: section.id, standing }];
    Some(finding.with_fix(label, Edit::Together { edits }))
}

/// L64: a word where the label asks for a letter. What is neither yes nor no is `unread`'s.
fn yes_or_no(reading: &Reading, field: &Field) -> Option<Finding> {
    let answer = reading.report.answer(&field.key);
    let raw = answer.raw.trim();
    let Some(Value::YesNo { yes }) = answer.value else { return None };
    if !field.label.contains("(Y/N)") || matches!(raw, "Y" | "N") || !answer.standing.is_known() {
        return None;
    }
    let letter = if yes { "Y" } else { "N" };
    let message = format!("“{}” asks for Y or N, but the answer is “{raw}”.", field.label);
    let sources = vec![reading.field(&field.key), Source::at(reading.report, Place::Form, field.label.clone())];
    let answer = Answer { raw: letter.to_owned(), ..answer.clone() };
    let edit = Edit::Answer { key: field.key.clone(), answer: Some(answer) };
    Some(Finding::new("L64", Level::Note, message, sources).with_fix(format!("Write {letter}"), edit))
}

/// L63: the report keeps the form it was begun with; the one that ships may be newer.
fn older_form(reading: &Reading) -> Option<Finding> {
    let own = &reading.report.template;
    let shipped = crate::catalogue::find(&own.id)?;
    let parts = |version: &str| version.split('.').map(|part| part.parse::<u64>().ok()).collect::<Option<Vec<_>>>();
    if parts(&own.version)? >= parts(&shipped.version)? {
        return None;
    }
    let message = format!("This report was begun with version {} of its form; the current version is {}.", own.version, shipped.version);
    let sources = vec![
        Source::at(reading.report, Place::Report, own.version.clone()),
        Source::at(reading.report, Place::Form, shipped.version.clone()),
    ];
    Some(Finding::new("L63", Level::Answer, message, sources))
}

#[cfg(test)]
mod tests {
    use super::super::support::{fires, sample};
    use super::*;
    use crate::ids::{CountedIds, SectionId};

    #[test]
    fn the_text_under_a_heading_that_nearly_fits_moves_to_the_form_s_own_place() {
        let mut report = sample();
        let id = SectionId::new(&mut CountedIds(900));
        let body = RichText::from_plain("Words.");
        let nearly = Section { id, key: None, heading: "Region/Location impacted".into(), standing: Standing::Known, body };
        report.sections.insert(2, nearly);
        let at = report.sections.iter().position(|s| s.key.as_deref() == Some("region")).expect("it is there");
        report.sections[at].body = RichText::default();
        let fix =
            super::super::check(&report).into_iter().find(|f| f.check == "L35").and_then(|f| f.fix).expect("the form's place is free");
        let mended = report.apply(&fix.edit).expect("it fits").report;
        assert_eq!(mended.section_for("region").map(|s| s.body.plain()).as_deref(), Some("Words."));
        assert!(!fires(&mended, "L35") && !fires(&mended, "L31") && !fires(&mended, "L32"));
    }
}
