//! Search over titles, references and every word a report says. Always true: the index is written with the report, in one transaction;
//! whatever a person types is looked for and never understood as a query language; text and search are folded alike.

use report::Report;
use report::rich::RichText;
use report::timeline::Row as TimelineRow;
use rusqlite::{Connection, params};
use std::borrow::Cow;
use unicode_normalization::UnicodeNormalization;

/// Writes a report's words to the index, instead of what it held of it.
pub(crate) fn index(sql: &Connection, number: i64, report: &Report) -> rusqlite::Result<()> {
    sql.prepare_cached("INSERT OR REPLACE INTO search (rowid, title, reference, body) VALUES (?1, ?2, ?3, ?4)")?
        .execute(params![number, fold(report.name()), fold(report.reference().unwrap_or_default()), words(report)])
        .map(drop)
}

/// The SQL condition under which all of `text` is found in a report, and its values; for a blank text it holds always.
///
/// Words with a letter or digit are looked up in the index, each as the beginning of a word. What has neither, such as an emoji,
/// is not in the index and is looked for in title and reference as it stands.
pub(crate) fn condition(text: &str) -> (String, Vec<String>) {
    let clean: String = text.chars().map(|c| if c.is_control() { ' ' } else { c }).collect();
    let (words, signs): (Vec<&str>, Vec<&str>) = clean.split_whitespace().partition(|word| word.chars().any(char::is_alphanumeric));
    let mut conditions = vec!["true"];
    let mut values = Vec::new();
    if !words.is_empty() {
        conditions.push("number IN (SELECT rowid FROM search WHERE search MATCH ?)");
        values.push(words.into_iter().map(|word| beginning(&fold(word))).collect::<Vec<_>>().join(" "));
    }
    for sign in signs {
        conditions.push("instr(title || ' ' || coalesce(reference, ''), ?) > 0");
        values.push(sign.to_owned());
    }
    (conditions.join(" AND "), values)
}

/// A word as a string of the query language with a star behind it (sqlite.org/fts5.html, sections 3.1 to 3.3).
fn beginning(word: &str) -> String {
    format!("\"{}\"*", word.replace('"', "\"\""))
}

/// Takes letters apart from their accents (UAX #15, NFKD), which the tokenizer then drops in every script: on its own it knows only
/// the accented Latin letters. It folds case, but not the sigma that ends a Greek word.
fn fold(text: &str) -> Cow<'_, str> {
    if text.is_ascii() { text.into() } else { text.nfkd().map(|c| if c == 'ς' { 'σ' } else { c }).collect::<String>().into() }
}

/// Everything a report says, folded, a piece a line; not the form's own words, which every report of that form shares.
fn words(report: &Report) -> String {
    let mut lines: Vec<&str> = Vec::new();
    let mut bodies: Vec<String> = Vec::new();
    for answer in report.fields.values() {
        lines.push(&answer.raw);
        lines.extend(answer.qualifier.as_deref());
        bodies.extend(answer.rich.as_ref().map(RichText::plain));
    }
    for section in &report.sections {
        lines.push(&section.heading);
        bodies.push(section.body.plain());
    }
    for row in &report.timeline {
        match row {
            TimelineRow::Event(event) => lines.push(&event.text),
            TimelineRow::Phase(phase) => lines.extend(phase.name.as_deref()),
        }
    }
    lines.extend(report.impact.iter().map(|window| window.service.as_str()));
    lines.extend(report.actions.iter().flat_map(|action| [action.text.as_str(), &action.owner]));
    lines.extend(report.causes.iter().flat_map(|cause| [cause.why.as_str(), &cause.text]));
    lines.extend(report.lessons.iter().map(|lesson| lesson.text.as_str()));
    lines.extend(report.linked.iter().flat_map(|link| [link.incident.as_str(), &link.linked, &link.nature]));
    lines.extend(report.references.iter().map(|reference| reference.raw.as_str()));
    lines.extend(report.attachments.iter().flat_map(|attachment| [attachment.name.as_str(), &attachment.caption]));
    for diagram in &report.diagrams {
        lines.push(&diagram.caption);
        lines.extend(diagram.nodes.iter().map(|node| node.label.as_str()));
        lines.extend(diagram.edges.iter().map(|edge| edge.label.as_str()));
    }
    lines.extend([report.letter.sender.as_str(), &report.letter.addressee, &report.letter.place]);
    lines.extend(report.letter.address.iter().map(String::as_str));
    let signing = report.signatories.iter().map(|signatory| &signatory.person);
    lines.extend(report.people.iter().chain(signing).flat_map(|person| [person.name.as_str(), &person.role, &person.organisation]));
    lines.extend(report.unplaced.iter().map(|unplaced| unplaced.text.as_str()));
    lines.extend(bodies.iter().flat_map(|body| body.lines()));
    lines.into_iter().map(fold).collect::<Vec<_>>().join("\n")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_blank_text_asks_for_nothing() {
        assert_eq!(condition(" \t\n"), ("true".to_owned(), vec![]));
    }

    #[test]
    fn every_word_is_quoted_and_may_go_on() {
        let (_, values) = condition("top-ups NOT \"late\" title:x");
        assert_eq!(values, [r#""top-ups"* "NOT"* """late"""* "title:x"*"#]);
    }

    #[test]
    fn a_sign_is_looked_for_as_it_stands() {
        let (condition, values) = condition("🔥 gateway %");
        assert_eq!(condition.matches("instr").count(), 2);
        assert_eq!(values, ["\"gateway\"*", "🔥", "%"]);
    }
}
