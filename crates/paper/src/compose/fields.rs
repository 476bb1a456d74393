//! The answers to the form's fields: in the header table, and under the headings they belong to.

use report::{
    Place, Report, Section, Standing,
    template::{Field, Shown},
};

use super::{Job, facts};
use crate::header_table::Row;
use crate::text::{Meaning, Text, house};

/// One row for every field of the header table.
pub fn rows(job: &Job<'_>) -> Vec<Row> {
    set(job.report, job.report.template.header_fields().filter(|field| field.shown == Shown::Table), job.draft)
}

/// One row for every field that stands under a section.
pub fn under(report: &Report, section: &Section, draft: bool) -> Vec<Row> {
    section.key.as_deref().map_or_else(Vec::new, |key| set(report, report.template.fields_under(key), draft))
}

/// The fields that say something or are asked; what a form offers and nobody answered is not printed.
fn set<'a>(report: &Report, fields: impl Iterator<Item = &'a Field>, draft: bool) -> Vec<Row> {
    let stands = |field: &&Field| {
        let answer = report.answer(&field.key);
        !answer.is_blank() || !answer.standing.is_known() || report.asks(field) || report.computed_minutes(&field.key).is_some()
    };
    let row = |field: &Field| {
        let place = Place::Field { key: field.key.clone() };
        Row { place, label: field.label.clone(), values: values(report, field, draft) }
    };
    fields.filter(stands).map(row).collect()
}

/// An answer's paragraphs.
pub fn values(report: &Report, field: &Field, draft: bool) -> Vec<Text> {
    let answer = report.answer(&field.key);
    let (style, leading) = house::VALUE;
    if let Some(text) = standing(&answer.standing) {
        return vec![text];
    }
    let words = facts::words(report, field, answer);
    if words.is_empty() {
        let waiting = if draft { "Not answered" } else { "" };
        return vec![Text::new(waiting, style.quiet(), leading)];
    }
    let style = if field.deciding { style.strong() } else { style };
    let mut paragraphs: Vec<Text> =
        words.lines().map(str::trim).filter(|line| !line.is_empty()).map(|line| Text::new(line, style, leading)).collect();
    if let (Some(last), Some(qualifier)) = (paragraphs.last_mut(), &answer.qualifier)
        && !qualifier.trim().is_empty()
    {
        last.push(format!(" ({})", qualifier.trim()), house::VALUE.0.quiet(), Meaning::Plain);
    }
    paragraphs
}

/// What is said instead of an answer: who will give it and when, or why there is none.
pub fn standing(standing: &Standing) -> Option<Text> {
    let (style, leading) = house::VALUE;
    let strong = |words: &str| Text::empty(leading).with_meaning(words, style.strong(), Meaning::Strong);
    match standing {
        Standing::Known => None,
        Standing::NotYetKnown { owner, due } => {
            let due = if due.trim().is_empty() { String::new() } else { format!(" due {}", due.trim()) };
            let owner = if owner.trim().is_empty() { String::new() } else { format!(" from {}", owner.trim()) };
            let promise = if due.is_empty() && owner.is_empty() { String::new() } else { format!(" Answer{due}{owner}.") };
            Some(strong("Not yet known.").with(promise, style))
        }
        Standing::NotApplicable { reason } => {
            let reason = if reason.trim().is_empty() { String::new() } else { format!(" {}", reason.trim()) };
            Some(strong("N/A.").with(reason, style))
        }
    }
}
