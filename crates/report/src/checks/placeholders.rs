//! Placeholders left in the text (L38): what a template or a tired hand left to be filled in later.

use crate::finding::{Finding, Level, Source};
use crate::place::Place;
use crate::report::Report;
use crate::texts::Written;

pub(super) fn check(report: &Report, texts: &[Written], findings: &mut Vec<Finding>) {
    findings.extend(facts_without_value(report));
    for Written { place, row, text } in texts {
        if let Some(left) = placeholder(text) {
            let sources = vec![Source::at(report, place.clone(), text.clone()).in_row(*row), Source::at(report, Place::Form, "")];
            let message = format!("“{left}” is a placeholder: {} is not finished.", place.words(report));
            findings.push(Finding::new("L38", Level::Blocks, message, sources));
        }
    }
}

/// A fact in the text that the report does not give, or no longer: it would print as its key.
fn facts_without_value(report: &Report) -> Vec<Finding> {
    let mut out = Vec::new();
    for section in &report.sections {
        for key in section.body.facts() {
            let said = report.printed_value(key).is_some() || crate::facts::find(report, key).is_some();
            if !said {
                let place = Place::Section { section: section.id, line: None };
                let message = format!(
                    "“{{{key}}}” stands for a fact that this report does not give; record what it is computed from, or take it out."
                );
                let sources = vec![Source::at(report, place, format!("{{{key}}}")), Source::at(report, Place::Form, "")];
                out.push(Finding::new("L38", Level::Blocks, message, sources));
            }
        }
    }
    out
}

/// A line that is nothing but "e.g." was left to be filled; within a sentence it introduces an example.
fn alone(text: &str) -> Option<&str> {
    let bare = text.trim().trim_start_matches(['-', '•', '*', ' ']);
    matches!(bare.trim_end_matches([':', ',']), "e.g." | "e.g" | "eg" | "i.e." | "…" | "...").then_some(bare)
}

/// The first placeholder in a line: "[insert …]", "<to be confirmed>", a run of underscores, TBC, TBD, TODO, XX, "Lorem ipsum".
fn placeholder(text: &str) -> Option<&str> {
    alone(text).or_else(|| bracketed(text)).or_else(|| text.split_whitespace().find_map(word)).or_else(|| lorem(text))
}

fn bracketed(text: &str) -> Option<&str> {
    const ASKS: [&str; 10] = ["insert", "enter", "add ", "describe", "to be ", "tbc", "tbd", "todo", "your ", "fill"];
    for (open, close) in [('[', ']'), ('<', '>'), ('{', '}')] {
        let mut rest = text;
        while let Some(start) = rest.find(open) {
            let Some(length) = rest[start..].find(close) else { break };
            let inside = &rest[start + 1..start + length];
            if ASKS.iter().any(|ask| inside.trim_start().to_lowercase().starts_with(ask)) {
                return Some(&rest[start..=start + length]);
            }
            rest = &rest[start + length..];
        }
    }
    None
}

fn word(word: &str) -> Option<&str> {
    let bare = word.trim_matches(|c: char| !c.is_alphanumeric() && c != '_');
    let all = |c: char| bare.chars().all(|other| other == c);
    let crossed = bare.len() >= 2 && bare.split([':', '.', '/']).all(|part| part.len() >= 2 && part.chars().all(|c| c == 'X'));
    let known = matches!(bare, "TBC" | "TBD" | "TODO" | "FIXME");
    (known || crossed || (bare.len() >= 4 && all('_'))).then_some(bare)
}

fn lorem(text: &str) -> Option<&str> {
    let at = text.to_ascii_lowercase().find("lorem ipsum")?;
    text.get(at..at + "lorem ipsum".len())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn placeholders_are_seen() {
        for (text, found) in [
            ("Owner: [insert name of owner]", "[insert name of owner]"),
            ("Restored at XX:XX.", "XX:XX"),
            ("Cause TBC", "TBC"),
            ("Due ____ at the latest", "____"),
            ("<to be confirmed by the supplier>", "<to be confirmed by the supplier>"),
            ("Lorem ipsum dolor", "Lorem ipsum"),
            ("TODO: numbers", "TODO"),
            ("• e.g.", "e.g."),
        ] {
            assert_eq!(placeholder(text), Some(found), "{text}");
        }
    }

    #[test]
    fn a_fact_that_the_report_does_not_give_blocks() {
        use crate::rich::{Block, FactAttrs, Inline, RichText};
        let with = |key: &str| {
            let mut report = super::super::support::sample();
            let fact = Inline::Fact { attrs: FactAttrs { key: key.into() } };
            report.sections[0].body = RichText(vec![Block::Paragraph { content: vec![Inline::plain("It took "), fact] }]);
            report
        };
        let blocks = |report: &Report| super::super::check(report).iter().any(|f| f.check == "L38" && f.level == Level::Blocks);
        for key in ["restore_time", "downtime", "time_to_detect", "linked_count", "incident_reference"] {
            assert!(!blocks(&with(key)), "{key}");
        }
        assert!(blocks(&with("time_to_respond_twice")) && blocks(&with("sla")));
        let mut report = with("downtime");
        report.impact.clear();
        assert!(blocks(&report), "nothing gives it any more");
    }

    #[test]
    fn ordinary_words_are_not() {
        for text in [
            "e.g. the gateway",
            "Section [9.14(b)] applies",
            "XXL servers",
            "snake_case_name",
            "the todo list of the team",
            "a <b> tag",
            "Type X fault",
            "{restore_time}",
        ] {
            assert_eq!(placeholder(text), None, "{text}");
        }
    }
}
