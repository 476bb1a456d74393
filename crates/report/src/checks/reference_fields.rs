//! A reference in a field that asks for one: letters among its figures (L65), more than one (L65), another number of figures than the form's own
//! example has (L25). Always true: what is offered loses no word, and a reference of another kind than the example's is left alone.

use crate::answer::Answer;
use crate::edit::Edit;
use crate::finding::{Finding, Level, Source};
use crate::place::Place;
use crate::report::Report;
use crate::template::{Field, FieldType};

pub(super) fn check(report: &Report, findings: &mut Vec<Finding>) {
    for field in report.template.fields.iter().filter(|field| field.kind == FieldType::Reference) {
        let answer = report.answer(&field.key);
        if answer.value.is_none() || !answer.standing.is_known() {
            continue;
        }
        let said = answer.raw.trim();
        let found = several(report, field, answer).or_else(|| letters(report, field, answer)).or_else(|| width(report, field, said));
        // The same width may be questioned already, beside the reference that has the other.
        let here = Place::Field { key: field.key.clone() };
        findings.extend(found.filter(|found| {
            let known =
                |other: &Finding| ["L25", "L26"].contains(&&*other.check) && other.sources.iter().any(|source| source.place == here);
            found.check != "L25" || !findings.iter().any(known)
        }));
    }
}

/// Two references where one is asked for.
fn several(report: &Report, field: &Field, answer: &Answer) -> Option<Finding> {
    let said = answer.raw.trim();
    let first = said.split(|c: char| c.is_whitespace() || ",;/&".contains(c)).next()?;
    let rest = said[first.len()..].trim_start_matches(|c: char| c.is_whitespace() || ",;/&".contains(c));
    let rest = rest.strip_prefix("and ").unwrap_or(rest);
    // "MI/2026/031" is one.
    if crate::answer::reference(first).is_none() || crate::answer::reference(rest.split_whitespace().next()?).is_none() {
        return None;
    }
    let message = format!("“{}” holds more than one reference, and asks for one. Write {first} alone.", field.label);
    let finding = question(report, field, "L65", message);
    if answer.qualifier.as_deref().is_some_and(|words| !words.trim().is_empty()) {
        return Some(finding);
    }
    let beside = Answer { raw: first.to_owned(), value: None, rich: None, qualifier: Some(rest.to_owned()), ..answer.clone() };
    Some(finding.with_fix(format!("Put “{rest}” beside the answer"), Edit::Answer { key: field.key.clone(), answer: Some(beside) }))
}

/// The letter O for a nought, l or I for a one, and the figures for the letters.
fn letters(report: &Report, field: &Field, answer: &Answer) -> Option<Finding> {
    let said = answer.raw.trim();
    let (prefix, _) = crate::answer::reference(&field.example)?;
    let in_letters: String = said.chars().take(prefix.len()).map(|c| if c == '0' { 'O' } else { c }).collect();
    let in_letters = in_letters.replace('1', "I");
    if !in_letters.eq_ignore_ascii_case(&prefix) || !said.is_ascii() {
        return None;
    }
    let figures = &said[prefix.len()..];
    let as_figures = figures.replace(['O', 'o'], "0").replace(['I', 'i', 'l', 'L'], "1");
    let right =
        format!("{}{as_figures}", if said[..prefix.len()].eq_ignore_ascii_case(&prefix) { &said[..prefix.len()] } else { &in_letters });
    if right == said || crate::answer::reference(&right).is_none() {
        return None;
    }
    let what = match (figures == as_figures, figures.contains(['O', 'o'])) {
        (true, _) => "a figure among its letters",
        (false, true) => "the letter O among its figures",
        (false, false) => "a letter among its figures",
    };
    let message = format!("“{}” holds “{said}”, with {what}. Write it as {right}.", field.label);
    let edit =
        Edit::Answer { key: field.key.clone(), answer: Some(Answer { raw: right.clone(), value: None, rich: None, ..answer.clone() }) };
    Some(question(report, field, "L65", message).with_fix(format!("Write {right}"), edit))
}

/// As many figures as the form says or, where it says nothing, as its example has, if that is filled up with noughts.
fn width(report: &Report, field: &Field, said: &str) -> Option<Finding> {
    let (prefix, digits) = crate::answer::reference(said)?;
    let (own, example) = crate::answer::reference(&field.example)?;
    let width = field.digits.or_else(|| example.starts_with('0').then_some(example.len()))?;
    if !prefix.eq_ignore_ascii_case(&own) || digits.len() == width {
        return None;
    }
    let message = format!(
        "“{}” has {} figures, and the form’s own have {width}. Write it as the ticket has it, noughts included: {}.",
        said,
        digits.len(),
        field.example
    );
    Some(question(report, field, "L25", message))
}

fn question(report: &Report, field: &Field, check: &'static str, message: String) -> Finding {
    let here = Source::at(report, Place::Field { key: field.key.clone() }, report.answer(&field.key).raw.trim());
    Finding::new(check, Level::Answer, message, vec![here, Source::at(report, Place::Form, field.example.clone())])
}
