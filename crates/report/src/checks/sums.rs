//! Parts that do not add up to their total (L04), and lengths said in support hours (L17).

use super::reading::{Line, Reading};
use crate::finding::{Finding, Level, Source};
use crate::mentions::pattern;
use crate::place::Place;
use crate::rich::{Block, Cell, RichText, TableRow};
use crate::service_level::SupportHours;
use crate::timeline::Role;
use crate::when::length_words;
use regex::Regex;
use std::sync::LazyLock;

pub(super) fn check(reading: &Reading, findings: &mut Vec<Finding>) {
    for section in &reading.report.sections {
        for block in &section.body.0 {
            if let Block::Table { content } = block {
                let place = Place::Section { section: section.id, line: None };
                findings.extend(table(content).map(|(message, parts, total)| {
                    let sources = vec![Source::at(reading.report, place.clone(), parts), Source::at(reading.report, place, total)];
                    Finding::new("L04", Level::Answer, message, sources)
                }));
            }
        }
    }
    for line in reading.told() {
        findings.extend(sentence(reading, line));
        findings.extend(support_hours(reading, line));
    }
}

/// A row headed "Total" holds the sum of the rows above it, in every column of whole numbers or of lengths.
fn table(rows: &[TableRow]) -> Option<(String, String, String)> {
    let cells: Vec<Vec<String>> = rows.iter().map(|row| row.cells().iter().map(words).collect()).collect();
    let last = cells.last()?;
    let heads = last.first()?.to_lowercase();
    if !(heads.starts_with("total") || heads.starts_with("sum") || heads.starts_with("in all")) {
        return None;
    }
    let parts = &cells[1..cells.len() - 1];
    if parts.len() < 2 || parts.iter().any(|row| row.len() != last.len()) {
        return None;
    }
    (1..last.len()).find_map(|column| {
        let read = |text: &str| number(text).or_else(|| crate::when::minutes(text));
        let total = read(&last[column])?;
        let values: Vec<i64> = parts.iter().map(|row| read(&row[column])).collect::<Option<_>>()?;
        let sum: i64 = values.iter().sum();
        let is_length = number(&last[column]).is_none();
        if sum == total || (is_length && (sum - total).abs() <= 1) {
            return None;
        }
        let sum = if is_length { length_words(sum) } else { sum.to_string() };
        let parts = parts.iter().map(|row| row[column].clone()).collect::<Vec<_>>().join(" + ");
        Some((format!("The table's total is {}, but its rows add up to {sum}.", last[column]), parts, last[column].clone()))
    })
}

fn words(cell: &Cell) -> String {
    RichText(cell.blocks().to_vec()).plain().trim().to_owned()
}

fn number(text: &str) -> Option<i64> {
    text.replace([',', '\u{a0}', '\u{202f}', ' '], "").parse().ok()
}

/// "2 h and 3 h, a total of 6 h": lengths joined by nothing but commas and "and", then their total.
fn sentence(reading: &Reading, line: &Line) -> Option<Finding> {
    static TOTAL: LazyLock<Regex> =
        LazyLock::new(|| pattern(r"(?i)^[\s,;:–-]*(?:\(?(?:a total of|totalling|in total|altogether|that is|making|=)\s*(?:of\s*)?)$"));
    static JOINED: LazyLock<Regex> = LazyLock::new(|| pattern(r"(?i)^\s*(?:,|and|,\s*and|plus|\+)\s*(?:another\s+|a further\s+)?$"));
    let between = |a: usize, b: usize| &line.text[line.lengths[a].span.end..line.lengths[b].span.start];
    let at = (2..line.lengths.len()).find(|n| TOTAL.is_match(between(n - 1, *n)))?;
    let mut first = at - 1;
    while first > 0 && JOINED.is_match(between(first - 1, first)) {
        first -= 1;
    }
    let sum: i64 = line.lengths[first..at].iter().map(|length| length.minutes).sum();
    let total = line.lengths[at].minutes;
    if at - first < 2 || (sum - total).abs() <= 1 {
        return None;
    }
    let parts = &line.text[line.lengths[first].span.start..line.lengths[at - 1].span.end];
    let message = format!("“{parts}” add up to {}, not {}.", length_words(sum), length_words(total));
    let sources = vec![reading.source(line, parts), reading.source(line, &line.text[line.lengths[at].span.clone()])];
    Some(Finding::new("L04", Level::Answer, message, sources))
}

/// L17: a length in support hours, reckoned anew with the hours the report states.
fn support_hours(reading: &Reading, line: &Line) -> Option<Finding> {
    static SAID: LazyLock<Regex> =
        LazyLock::new(|| pattern(r"(?i)\b(?:support|supported|working|business|office|service|opening)[\s-]hours\b"));
    // "4 h 49 min in support hours"; "in working hours (Monday to Friday, 00:00-06:00) that is 2 h 41 min".
    static COUNTED_IN: LazyLock<Regex> = LazyLock::new(|| pattern(r"(?i)^\s*\(?(?:in|of|during|by|as)?\s*(?:our|the|normal|agreed)?\s*$"));
    static IN: LazyLock<Regex> = LazyLock::new(|| pattern(r"(?i)\b(?:in|by|during)\s+(?:our\s+|the\s+|normal\s+|agreed\s+)?$"));
    // A promise is no account.
    static PROMISED: LazyLock<Regex> = LazyLock::new(|| {
        pattern(r"(?i)\b(?:within|targets?|limits?|at most|up to|usually|normally|promise\w*|agreed|SLAs?|every|each|later|ago)\b")
    });
    let (range, claim) = SAID.find_iter(&line.text).find_map(|said| {
        let range = line.sentence_range(said.start());
        let claim = line.lengths.iter().filter(|length| range.contains(&length.span.start)).find(|length| {
            let before = length.span.end <= said.start() && COUNTED_IN.is_match(&line.text[length.span.end..said.start()]);
            let after = || {
                length.span.start >= said.end()
                    && IN.is_match(&line.text[..said.start()])
                    && !line.text[said.end()..length.span.start].contains(';')
            };
            before || after()
        })?;
        (!PROMISED.is_match(&line.text[range.clone()])).then_some((range, claim))
    })?;
    let report = reading.report;
    let hours = report
        .service_level
        .as_ref()
        .and_then(|level| level.support.clone())
        .or_else(|| reading.lines.iter().find_map(|line| SupportHours::read(&line.text)))?;
    let moments = |roles: &[Role]| {
        let fields = reading.stated().filter(|(_, role, _)| roles.contains(role)).map(|(_, _, at)| at).collect::<Vec<_>>();
        let rows = report.events().filter(|event| event.milestone.as_ref().is_some_and(|m| roles.contains(&m.role)));
        fields.into_iter().chain(rows.filter_map(|event| event.start())).collect::<Vec<_>>()
    };
    let starts = moments(&[Role::ImpactStart, Role::Detected, Role::Reported, Role::Logged, Role::Classified, Role::Declared]);
    let ends = moments(&[Role::PartlyRestored, Role::Restored, Role::Closed]);
    let given: Vec<i64> = starts.iter().flat_map(|from| ends.iter().filter_map(|to| hours.minutes_between(*from, *to))).collect();
    let nearest = given.iter().copied().min_by_key(|minutes| (minutes - claim.minutes).abs())?;
    let room = if claim.to_the_minute { 1 } else { 15 };
    if (nearest - claim.minutes).abs() <= room {
        return None;
    }
    let words = &line.text[claim.span.clone()];
    let message = format!("“{words}” in support hours is claimed; counted from {}, it is {}.", hours.words(), length_words(nearest));
    let record = Source::outside("Support hours", Place::Report, hours.words());
    Some(Finding::new("L17", Level::Answer, message, vec![reading.source(line, line.text[range].trim()), record]))
}

#[cfg(test)]
mod tests {
    use super::super::support::{fires, sample};
    use super::*;

    fn with_table(rows: &[[&str; 2]]) -> crate::report::Report {
        let mut report = sample();
        let cell = |text: &str| Cell::TableCell { attrs: Default::default(), content: vec![Block::plain(text)] };
        let rows = rows.iter().map(|row| TableRow::TableRow { content: row.iter().map(|text| cell(text)).collect() });
        report.sections[0].body = RichText(vec![Block::Table { content: rows.collect() }]);
        report
    }

    #[test]
    fn a_table_adds_up() {
        for rows in [
            &[["Service", "Down"], ["A", "2 h"], ["B", "1 h 30 min"], ["Total", "4 h"]][..],
            &[["Region", "Sites"], ["A", "1,200"], ["B", "300"], ["C", "5"], ["Total sites", "1,500"]],
        ] {
            assert!(fires(&with_table(rows), "L04"), "{rows:?}");
        }
        for rows in [
            &[["Service", "Down"], ["A", "2 h"], ["B", "1 h 30 min"], ["Total", "3:30"]][..],
            &[["Service", "Calls"], ["A", "12"], ["B", "many"], ["Total", "40"]],
        ] {
            assert!(!fires(&with_table(rows), "L04"), "{rows:?}");
        }
    }
}
