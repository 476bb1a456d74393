//! Labels and values: what a row of the header says. Always true: the value is kept as written; only what stands in brackets behind a value
//! that can be read by itself becomes its qualifier. Deliberately absent: judging whether the value fits.

use crate::form::{Form, label_of};
use crate::piece::{Piece, Shape, cut};
use crate::references;
use crate::source::Line;
use report::Answer;
use report::answer::Value;
use report::template::{Field, FieldType};
use report::when::DateOrder;

/// The label of a piece, where it is that of `field`, and the value beside it.
pub(crate) fn value(piece: &Piece, field: &Field, form: &Form<'_>) -> (Option<String>, String) {
    let (label, value) = labelled(piece, field, form);
    (label, references::without_parting(&value).to_owned())
}

fn labelled(piece: &Piece, field: &Field, form: &Form<'_>) -> (Option<String>, String) {
    let of_field = |label: &String| {
        let value = value_of(piece).unwrap_or_default();
        let ticket = matches!(piece.shape, Shape::Text | Shape::Item { .. }) && references::fits(field, &value);
        ticket || form.field_meant(label, &value).is_some_and(|found| found.key == field.key)
    };
    let labelled = label_of(piece).filter(of_field);
    match (&piece.shape, labelled) {
        (Shape::Row { .. }, None) => {
            let cells = piece.cells().unwrap_or_default();
            (None, joined(&cells[usize::from(cells.first().is_some_and(String::is_empty))..]))
        }
        (Shape::Named(name), _) => (Some(name.clone()), piece.words.text().trim().to_owned()),
        (_, Some(label)) => (Some(label), value_of(piece).unwrap_or_default()),
        // A heading that is the label itself: its value stands below.
        (Shape::Heading(_), None) => (Some(piece.words.text()), String::new()),
        _ => (None, piece.said().trim().to_owned()),
    }
}

/// What stands behind the label of a piece that has one.
pub(crate) fn value_of(piece: &Piece) -> Option<String> {
    label_of(piece)?;
    match &piece.shape {
        Shape::Row { .. } => piece.cells().map(|cells| joined(&cells[1..])),
        Shape::Named(_) => Some(piece.words.text().trim().to_owned()),
        _ => {
            let text = piece.words.text();
            text.split_once(':').map(|(_, value)| value.trim_start_matches(['*', ' ']).trim().to_owned())
        }
    }
}

/// The words behind the label, in their style, as running text.
pub(crate) fn without_label(piece: &Piece) -> Piece {
    let text = piece.words.text();
    let words = match &piece.shape {
        Shape::Row { .. } | Shape::Named(_) => Line::plain(value_of(piece).unwrap_or_default()),
        _ => {
            let after = text.find(':').map_or(0, |colon| colon + 1);
            let marks = text[after..].len() - text[after..].trim_start_matches(['*', ' ']).len();
            cut(&piece.words, after + marks)
        }
    };
    Piece { words, shape: Shape::Text, ..piece.clone() }
}

fn joined(cells: &[String]) -> String {
    cells.iter().filter(|cell| !cell.is_empty()).cloned().collect::<Vec<_>>().join(" ")
}

/// An answer with one more line of value.
pub(crate) fn answer(before: Option<Answer>, value: &str, field: &Field, order: DateOrder) -> Answer {
    let mut answer = before.unwrap_or_default();
    if value.is_empty() {
        return answer;
    }
    if answer.raw.is_empty() {
        let (raw, qualifier) = split(value, field, order);
        (answer.raw, answer.qualifier) = (raw, qualifier);
    } else {
        answer.raw.push('\n');
        answer.raw.push_str(value);
    }
    answer.value = Value::read(&answer.raw, field, order);
    answer
}

/// "14/10/2025 21:52 (when the first refusals were seen)": the value and what it stands for.
fn split(value: &str, field: &Field, order: DateOrder) -> (String, Option<String>) {
    let whole = || (value.to_owned(), None);
    if matches!(field.kind, FieldType::Text | FieldType::LongText | FieldType::RichText | FieldType::Person) {
        return whole();
    }
    // "2 December 2025, all times CET" says of the times what is no part of the day.
    let told = [", ", ". ", "; ", " – ", " - "]
        .iter()
        .filter_map(|sign| value.split_once(sign))
        .find(|(before, told)| crate::zone_stated::tells_of_times(told) && Value::read(before.trim(), field, order).is_some());
    if let Some((before, told)) = told {
        return (before.trim().to_owned(), Some(told.trim().trim_end_matches('.').to_owned()));
    }
    // "2025-03-02 08:00:00 +0100" where a day is asked for.
    let timed = || {
        let (before, clock) = value.split_once([' ', 'T'])?;
        let is_clock = clock.starts_with(|c: char| c.is_ascii_digit()) && clock.contains(':');
        (is_clock && Value::read(before, field, order).is_some()).then(|| (before.to_owned(), Some(clock.trim().to_owned())))
    };
    if field.kind == FieldType::Date
        && Value::read(value, field, order).is_none()
        && let Some(split) = timed()
    {
        return split;
    }
    let Some((before, inside)) = value.strip_suffix(')').and_then(|value| value.rsplit_once('(')) else { return whole() };
    let (before, inside) = (before.trim(), inside.trim());
    let zone = report::moment::ZONES.contains(&inside) || inside.starts_with("UTC") || report::when::zone(inside).is_some();
    if zone || inside.is_empty() || Value::read(before, field, order).is_none() {
        return whole();
    }
    (before.to_owned(), Some(inside.to_owned()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(key: &str, value: &str) -> (String, Option<String>, bool) {
        let template = report::catalogue::find("sec-h9-summary").expect("it ships");
        let answer = answer(None, value, template.field(key).expect("a field"), DateOrder::DayMonth);
        (answer.raw, answer.qualifier, answer.value.is_some())
    }

    #[test]
    fn brackets_behind_a_value_say_what_it_stands_for() {
        assert_eq!(read("reported_at", "14/10/2025 21:52 (First report)"), ("14/10/2025 21:52".into(), Some("First report".into()), true));
        assert_eq!(read("reported_at", "14/10/2025 21:52 (BST)"), ("14/10/2025 21:52 (BST)".into(), None, true));
        assert_eq!(read("within_sla", "No (4 h limit)"), ("No".into(), Some("4 h limit".into()), true));
        assert_eq!(read("incident_date", "2025-03-02 08:00:00 +0100"), ("2025-03-02".into(), Some("08:00:00 +0100".into()), true));
        assert_eq!(read("service_impacted", "Pumps (all)"), ("Pumps (all)".into(), None, false));
        assert_eq!(read("reported_at", "soon (we hope)"), ("soon (we hope)".into(), None, false));
    }
}
