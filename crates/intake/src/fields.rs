//! Labels and values: what a row of the header says. Always true: the value is kept as written; only what stands in brackets behind a value
//! that can be read by itself becomes its qualifier. Deliberately absent: judging whether the value fits.

use crate::form::{Form, label_of};
use crate::piece::{Piece, Shape};
use report::Answer;
use report::answer::Value;
use report::template::{Field, FieldType};
use report::when::DateOrder;

/// The label of a piece, where it is that of `field`, and the value beside it.
pub(crate) fn value(piece: &Piece, field: &Field, form: &Form<'_>) -> (Option<String>, String) {
    let labelled = label_of(piece).filter(|label| form.field(label).is_some_and(|found| found.key == field.key));
    match (&piece.shape, labelled) {
        (Shape::Row { .. }, label) => {
            let cells = piece.cells().unwrap_or_default();
            let from = usize::from(label.is_some() || cells.first().is_some_and(String::is_empty));
            let value = cells[from.min(cells.len())..].iter().filter(|cell| !cell.is_empty()).cloned().collect::<Vec<_>>().join(" ");
            (label, value)
        }
        (Shape::Named(name), _) => (Some(name.clone()), piece.words.text().trim().to_owned()),
        (_, Some(label)) => {
            let text = piece.words.text();
            let value = text.split_once(':').map_or("", |(_, value)| value).trim_start_matches(['*', ' ']).trim().to_owned();
            (Some(label), value)
        }
        // A heading that is the label itself: its value stands below.
        (Shape::Heading(_), None) => (Some(piece.words.text()), String::new()),
        _ => (None, piece.said().trim().to_owned()),
    }
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
        answer.raw = format!("{}\n{value}", answer.raw);
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
        assert_eq!(read("service_impacted", "Pumps (all)"), ("Pumps (all)".into(), None, false));
        assert_eq!(read("reported_at", "soon (we hope)"), ("soon (we hope)".into(), None, false));
    }
}
