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
    static SAID: LazyLock<Regex> = LazyLock::new(|| pattern(r"(?i)\b(?:support|working|business|office|service)[\s-]hours\b"));
    let ranges = SAID.find_iter(&line.text).map(|said| line.sentence_range(said.start()));
    let (range, claim) = ranges
        .filter_map(|range| {
            let claim = line.lengths.iter().find(|length| range.contains(&length.span.start))?;
            Some((range, claim))
        })
        .next()?;
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
    let record = Source { text: hours.words(), where_: "Support hours".into(), place: Place::Report, row: None };
    Some(Finding::new("L17", Level::Answer, message, vec![reading.source(line, line.text[range].trim()), record]))
}

#[cfg(test)]
mod tests {
    use super::super::support::{fires, questioned, sample, unquestioned};
    use super::*;

    const NONE: [&str; 0] = [];

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
            &[["Service", "Calls"], ["A", "12"], ["B", "30"], ["Total", "41"]][..],
            &[["Service", "Down"], ["A", "2 h"], ["B", "1 h 30 min"], ["Total", "4 h"]],
            &[["Region", "Sites"], ["A", "1,200"], ["B", "300"], ["C", "5"], ["Total sites", "1,500"]],
        ] {
            assert!(fires(&with_table(rows), "L04"), "{rows:?}");
        }
        for rows in [
            &[["Service", "Calls"], ["A", "12"], ["B", "30"], ["Total", "42"]][..],
            &[["Service", "Down"], ["A", "2 h"], ["B", "1 h 30 min"], ["Total", "3:30"]],
            &[["Service", "Calls"], ["A", "12"], ["B", "many"], ["Total", "40"]],
            &[["Service", "Calls"], ["A", "12"], ["B", "30"], ["Worst", "30"]],
        ] {
            assert!(!fires(&with_table(rows), "L04"), "{rows:?}");
        }
    }

    #[test]
    fn parts_add_up_to_their_total() {
        assert_eq!(
            unquestioned(
                "L04",
                &[
                    "Down for 2 h and 3 h, a total of 6 h.",
                    "It took 10 minutes, 20 minutes and 30 minutes, in total 2 hours.",
                    "1 h + 1 h = 3 h"
                ]
            ),
            NONE
        );
        assert_eq!(
            questioned(
                "L04",
                &[
                    "Down for 2 h and 3 h, a total of 5 h.",
                    "After 10 minutes and again after 20 minutes it failed.",
                    "1 h 30 min and 30 min, altogether 2 h"
                ]
            ),
            NONE
        );
    }

    #[test]
    fn support_hours_are_counted_by_the_stated_calendar() {
        // From Tuesday 21:52 to Wednesday 02:41; reported at 22:10, closed at 03:15.
        assert_eq!(
            unquestioned(
                "L17",
                &[
                    "Support hours are Monday to Friday 08:00-18:00. It took 4 h 49 min in support hours.",
                    "Restored in 3 hours of support hours (Mon-Fri 09:00 to 17:00).",
                    "In working hours (Monday to Friday, 00:00-06:00) that is 4 h 10 min.",
                ]
            ),
            NONE
        );
        assert_eq!(
            questioned(
                "L17",
                &[
                    "In working hours (Monday to Friday, 00:00-06:00) that is 2 h 41 min.",
                    "It took 4 h 49 min in support hours.",
                    "Support hours are Monday to Friday 08:00-18:00.",
                ]
            ),
            NONE
        );
    }
}
