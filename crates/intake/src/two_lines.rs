//! Labels with their values on the line below, as forms print them that were copied: "Date of incident", and under it "14 January 2026". Always
//! true: a line is only a label where some form knows it as one and another such pair stands in the text; both lines stay one piece with all
//! their words. Deliberately absent: labels with a colon, which need no second pair.

use crate::form::Form;
use crate::piece::{Piece, Shape};
use crate::route::is_title_s_name;

/// One pair may be chance.
const FEWEST: usize = 2;
/// Labels stand at the head of a text; a long one is not searched to its end.
const LOOKED_AT: usize = 400;
/// Longer ones are sentences.
const LONGEST_VALUE: usize = 80;

/// Makes each label with the value below it one piece.
pub(crate) fn join(pieces: &mut Vec<Piece>, forms: &[Form<'_>]) {
    let is_label = |piece: &Piece| {
        let text = piece.words.text();
        let text = text.trim();
        let bare = matches!(piece.shape, Shape::Text) && text.len() <= 60 && !text.contains(':') && text.starts_with(char::is_uppercase);
        bare && (is_title_s_name(text) || forms.iter().any(|form| form.field(text).is_some() && form.section(text).is_none()))
    };
    let is_value = |piece: &Piece| {
        let text = piece.words.text();
        matches!(piece.shape, Shape::Text) && !piece.after_gap && text.chars().count() <= LONGEST_VALUE
    };
    let stands_alone = |at: usize| pieces.get(at).is_none_or(|next| next.after_gap || is_label(next));
    let pairs: Vec<usize> = (1..pieces.len().min(LOOKED_AT))
        .filter(|at| is_label(&pieces[at - 1]) && is_value(&pieces[*at]) && !is_label(&pieces[*at]) && stands_alone(at + 1))
        .collect();
    if pairs.len() < FEWEST {
        return;
    }
    for at in pairs.into_iter().rev() {
        let label = pieces.remove(at - 1);
        let value = &mut pieces[at - 1];
        value.shape = Shape::Named(label.words.text().trim().to_owned());
        value.after_gap = label.after_gap;
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::piece::pieces;
    use crate::piece::support::plain_source;

    fn joined(text: &str) -> Vec<String> {
        let forms: Vec<Form<'_>> = report::catalogue::all().iter().map(|template| Form::new(template)).collect();
        let mut pieces = pieces(&plain_source(text));
        join(&mut pieces, &forms);
        pieces.iter().filter(|piece| matches!(piece.shape, Shape::Named(_))).map(Piece::said).collect()
    }

    #[test]
    fn two_labels_with_a_line_each_are_pairs_and_one_is_not() {
        let said = joined("Incident name\nBoiler trip\n\nReported by\nEwan Marsh\n\nThe boiler tripped.");
        assert_eq!(said.len(), 2, "{said:?}");
        assert!(said[0].contains("Incident name") && said[0].contains("Boiler trip"));
        assert!(joined("Reported by\nEwan Marsh\n\nThe boiler tripped.").is_empty());
    }
}
