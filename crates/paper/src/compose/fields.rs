//! The header table's answers.

use report::{Place, Report, Standing, template::Field};

use super::{Job, facts};
use crate::text::{Meaning, Text, house};

/// One row for every field of the form.
pub fn rows(job: &Job<'_>) -> Vec<(Place, String, Vec<Text>)> {
    let report = job.report;
    let row = |field: &Field| {
        let place = Place::Field { key: field.key.clone() };
        (place, field.label.clone(), values(report, field, job.draft))
    };
    report.template.fields.iter().map(row).collect()
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
