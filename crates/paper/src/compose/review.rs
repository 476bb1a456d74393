//! A review on paper: the author's title, the line and the key figures under it, the opening, the contents, and the rest.
//! Always true: the form's headings keep their order; the contents stand between the opening and what follows it.

use report::{
    Place, Report,
    template::{Field, FieldType, Shown},
};

use super::{Job, annexes, fields, sections, title, tray};
use crate::{
    composer::Composer,
    contents::Opening,
    header_table,
    key_figures::{self, KeyFigure},
    section,
    strip::Strip,
    tree::Tree,
};

/// The whole review.
pub fn review(c: &mut Composer<'_>, job: &mut Job<'_>) -> Vec<Strip> {
    let report = job.report;
    c.place = Place::Report;
    let mut strips = section::title(c, &title(report), &line(job));
    strips.extend(key_figures(c, job));
    let rows = fields::rows(job);
    if !rows.is_empty() {
        strips.extend(header_table::header_table(c, Tree::ROOT, rows, job.depth));
    }
    let printed = sections::printed(report);
    let opens = |section: &report::Section| report.rule_of(section).is_some_and(|rule| rule.opening || rule.silent);
    let opening = printed.iter().take_while(|section| opens(section)).count();
    for (number, given) in printed[..opening].iter().enumerate() {
        strips.extend(sections::one(c, job, given, number));
    }
    let here = Opening::after(c, &strips);
    for (number, given) in printed.iter().enumerate().skip(opening) {
        strips.extend(sections::one(c, job, given, number));
    }
    strips.extend(annexes::annexes(c, job));
    sections::add_signatures(c, job, &mut strips);
    strips.extend(tray::tray(c, job));
    job.contents = here.set(c, &mut strips, job.depth);
    strips
}

/// The line under the title: what kind of review it is, its number, and what the form puts beside them.
fn line(job: &Job<'_>) -> String {
    let report = job.report;
    let kind = match report.reference() {
        Some(reference) => format!("{} {reference}", report.template.title),
        None => report.template.title.clone(),
    };
    // Without a title of the author's own, the kind is the title.
    let kind = if report.title.trim().is_empty() { report.reference().unwrap_or_default().to_owned() } else { kind };
    let reference = report.template.reference_field.as_deref();
    let shown = report.template.fields.iter().filter(|field| field.shown == Shown::TitleLine && Some(field.key.as_str()) != reference);
    let mut parts: Vec<String> = std::iter::once(kind).chain(shown.map(|field| part(report, field))).collect();
    if job.draft {
        parts.push("not issued".to_owned());
    }
    parts.retain(|part| !part.trim().is_empty());
    parts.join(" · ")
}

/// "reviewed 19 May 2026", "status: resolved", "Harbourline Payments".
fn part(report: &Report, field: &Field) -> String {
    let words = fields::values(report, field, false).iter().map(crate::text::Text::words).collect::<Vec<_>>().join(" ");
    if words.trim().is_empty() {
        return String::new();
    }
    let label = lower(&field.label);
    match field.kind {
        _ if !report.answer(&field.key).standing.is_known() => format!("{label}: {}", lower(&words)),
        FieldType::Date | FieldType::DateTime => format!("{label} {words}"),
        FieldType::Choice | FieldType::YesNo => format!("{label}: {}", lower(&words)),
        _ => words,
    }
}

/// The figures the form asks for, each with what its author wrote beside it. A figure nobody gave is left out of what is issued.
fn key_figures(c: &mut Composer<'_>, job: &Job<'_>) -> Vec<Strip> {
    let report = job.report;
    let shown = report.template.fields.iter().filter(|field| field.shown == Shown::KeyFigure);
    let figures: Vec<KeyFigure> = shown.filter_map(|field| key_figure(report, field, job.draft)).collect();
    if figures.is_empty() {
        return Vec::new();
    }
    key_figures::key_figures(c, Tree::ROOT, &figures)
}

fn key_figure(report: &Report, field: &Field, draft: bool) -> Option<KeyFigure> {
    let answer = report.answer(&field.key);
    let place = Place::Field { key: field.key.clone() };
    let said = answer.qualifier.as_deref().map(str::trim).filter(|words| !words.is_empty());
    let beside = said.map_or_else(|| lower(&field.label), str::to_owned);
    if let Some(standing) = fields::standing(&answer.standing) {
        let (value, rest) = standing.words().split_once('.').map(|(value, rest)| (value.to_owned(), rest.trim().to_owned()))?;
        let words = if rest.is_empty() { lower(&field.label) } else { format!("{}. {rest}", lower(&field.label)) };
        return Some(KeyFigure { place, value, words });
    }
    let value = super::facts::words(report, field, answer);
    match (value.trim().is_empty(), draft) {
        (false, _) => Some(KeyFigure { place, value, words: beside }),
        (true, true) => Some(KeyFigure { place, value: "–".to_owned(), words: format!("{}: not answered", lower(&field.label)) }),
        (true, false) => None,
    }
}

/// With a small first letter, unless the first word is an abbreviation.
fn lower(words: &str) -> String {
    let mut letters = words.chars();
    match (letters.next(), letters.next()) {
        (Some(_), Some(second)) if second.is_uppercase() => words.to_owned(),
        (Some(first), _) => first.to_lowercase().chain(words.chars().skip(1)).collect(),
        _ => String::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::lower;

    #[test]
    fn a_label_goes_on_a_sentence_and_an_abbreviation_stays_one() {
        assert_eq!(lower("Reviewed"), "reviewed");
        assert_eq!(lower("SLA met"), "SLA met");
        assert_eq!(lower(""), "");
    }
}
