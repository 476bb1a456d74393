//! References of tickets: "INC000000912044 / PBI000000151002", "Linked: INC0911, INC0907 (duplicate)". Always true: a line is taken apart only
//! where it holds references and what parts them, and nothing else but the label before them. Deliberately absent: what a reference names.

use crate::subject::{self, Subject};
use report::template::{Field, FieldType};

/// Words that may stand before references and say no more than that they follow.
const LABELS: &[&str] = &[
    "incident",
    "incidents",
    "problem",
    "problems",
    "change",
    "changes",
    "ticket",
    "tickets",
    "record",
    "records",
    "case",
    "cases",
    "reference",
    "references",
    "ref",
    "refs",
    "number",
    "numbers",
    "no",
    "nos",
    "id",
    "ids",
    "inc",
    "pbi",
    "linked",
    "related",
    "link",
    "links",
    "parent",
    "child",
    "children",
    "duplicate",
    "duplicates",
    "see",
    "also",
    "to",
    "of",
    "and",
    "our",
    "the",
    "main",
    "major",
];

/// Letters that stand for one kind of ticket in the tools of different houses.
const KINDS: &[&[&str]] = &[&["INC", "IM", "SD"], &["PBI", "PRB", "PROB", "PM"], &["CHG", "CRQ", "CR"]];

/// A reference at the head of a text: letters with three or more figures, or with a hyphen and figures. Gives its length.
pub(crate) fn head(text: &str) -> Option<usize> {
    let letters = text.bytes().take_while(u8::is_ascii_uppercase).count();
    let hyphen = usize::from(text[letters..].starts_with('-'));
    let figures = text[letters + hyphen..].bytes().take_while(u8::is_ascii_digit).count();
    // "MI-2026-031" counts its references anew each year.
    let rest = &text[letters + hyphen + figures..];
    let more = rest.strip_prefix('-').filter(|_| hyphen == 1).map_or(0, |rest| rest.bytes().take_while(u8::is_ascii_digit).count());
    let length = letters + hyphen + figures + if more > 0 { more + 1 } else { 0 };
    let sound = (2..=8).contains(&letters) && (figures >= 3 || (hyphen == 1 && figures >= 1)) && figures <= 20;
    (sound && !text[length..].starts_with(|c: char| c.is_alphanumeric() || c == '-')).then_some(length)
}

/// The parts of a line that holds nothing but references, by their bytes: the first with the label before it, each with what stands in
/// brackets behind it and what parts it from the next.
pub(crate) fn parts(line: &str) -> Vec<std::ops::Range<usize>> {
    let start = line.find(':').filter(|colon| is_label(&line[..*colon])).map_or(0, |colon| colon + 1);
    let mut parts: Vec<std::ops::Range<usize>> = Vec::new();
    let mut at = start;
    loop {
        at += line[at..].len() - line[at..].trim_start().len();
        let Some(length) = head(&line[at..]) else { return Vec::new() };
        if let Some(last) = parts.last_mut() {
            last.end = line[..at].trim_end().len();
        }
        let from = if parts.is_empty() { 0 } else { at };
        at += length + bracketed(&line[at + length..]);
        parts.push(from..at);
        let rest = &line[at..];
        let trimmed = rest.trim_start();
        let separated = trimmed.trim_start_matches([',', ';', '/', '&', '+', '|']);
        let separated = if separated.len() < trimmed.len() { separated } else { separated.strip_prefix("and ").unwrap_or(separated) };
        if trimmed.is_empty() {
            return parts;
        }
        let spaced = separated.len() < trimmed.len() || rest.len() > trimmed.len();
        if !spaced {
            return Vec::new();
        }
        at += rest.len() - separated.len();
    }
}

/// "(duplicate)" behind a reference.
fn bracketed(text: &str) -> usize {
    let rest = text.trim_start();
    match rest.strip_prefix('(').and_then(|inside| inside.find(')')) {
        Some(end) if end <= 60 => text.len() - rest.len() + end + 2,
        _ => 0,
    }
}

fn is_label(words: &str) -> bool {
    let mut words = words.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).peekable();
    words.peek().is_some() && words.all(|word| LABELS.contains(&word.to_lowercase().as_str()))
}

/// A piece that is one reference: the label before it, the reference, and what stands in brackets behind it.
pub(crate) struct Ticket<'t> {
    pub label: &'t str,
    pub reference: &'t str,
    pub nature: &'t str,
}

/// A part without what parts it from the next: "INC0911," and "INC0911 and" are INC0911. Other text stays as it is.
pub(crate) fn without_parting(text: &str) -> &str {
    let text = text.trim();
    let shorter = text.strip_suffix(" and").unwrap_or_else(|| text.trim_end_matches([',', ';', '/', '&', '+', '|'])).trim_end();
    if shorter.len() < text.len() && ticket(shorter).is_some() { shorter } else { text }
}

/// Whether a piece is followed by another reference of its line.
pub(crate) fn is_parted(text: &str) -> bool {
    without_parting(text).len() < text.trim().len()
}

/// Reads a piece that is one reference and nothing else.
pub(crate) fn ticket(text: &str) -> Option<Ticket<'_>> {
    let text = text.trim();
    let (label, rest) = match text.split_once(':') {
        Some((label, rest)) if is_label(label) => (label.trim(), rest.trim()),
        Some(_) => return None,
        None => ("", text),
    };
    let (reference, rest) = rest.split_at(head(rest)?);
    let nature = rest.trim();
    let bracketed = nature.strip_prefix('(').and_then(|inside| inside.strip_suffix(')'));
    (nature.is_empty() || bracketed.is_some()).then(|| Ticket { label, reference, nature: bracketed.unwrap_or_default().trim() })
}

/// Whether a label says that what follows is linked to this incident.
pub(crate) fn is_link(label: &str) -> bool {
    subject::of(label) == Some(Subject::Linked)
}

/// Whether a reference can be the answer to a field: by the letters of the field's example.
pub(crate) fn fits(field: &Field, value: &str) -> bool {
    let Some(length) = head(value) else { return false };
    let letters = |text: &str| text.chars().take_while(char::is_ascii_uppercase).collect::<String>();
    let (said, shown) = (letters(&value[..length]), letters(&field.example));
    let one_kind = |kind: &&[&str]| kind.contains(&said.as_str()) && kind.contains(&shown.as_str());
    let is_for_references = field.kind == FieldType::Reference || (field.kind == FieldType::Text && head(&field.example).is_some());
    is_for_references && (said == shown || KINDS.iter().any(one_kind))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn split(line: &str) -> Vec<&str> {
        parts(line).into_iter().map(|part| &line[part]).collect()
    }

    #[test]
    fn a_line_of_references_is_taken_apart_and_no_other() {
        assert_eq!(split("INC000000912044 / PBI000000151002"), ["INC000000912044 /", "PBI000000151002"]);
        assert_eq!(split("Linked: INC0911, INC0907 (duplicate); OPS-12"), ["Linked: INC0911,", "INC0907 (duplicate);", "OPS-12"]);
        assert_eq!(split("Ref: MI-2026-031 and PRB-2026-118"), ["Ref: MI-2026-031 and", "PRB-2026-118"]);
        assert_eq!(
            split("Linked: INC0911, INC0907 (duplicate); OPS-12").into_iter().map(without_parting).collect::<Vec<_>>(),
            ["Linked: INC0911", "INC0907 (duplicate)", "OPS-12"]
        );
        assert_eq!(split("INC0911"), ["INC0911"]);
        for other in ["INC0911 was opened", "Owner: INC0911", "SEV1 / P2", "24/7", "TLS1.3, RFC 8446", "INC0911:", "ISO, IEC", "inc0911"] {
            assert_eq!(split(other), [""; 0], "{other}");
        }
    }

    #[test]
    fn a_reference_belongs_to_the_field_whose_letters_it_has() {
        let form = report::catalogue::find("sec-h9-summary").expect("it ships");
        let of = |value: &str| form.fields.iter().filter(|field| fits(field, value)).map(|field| field.key.as_str()).collect::<Vec<_>>();
        assert_eq!(of("INC000000912044"), ["incident_reference"]);
        assert_eq!(of("PRB0031"), ["problem_reference"]);
        assert_eq!(of("OPS-12"), [""; 0]);
    }
}
