//! Placeholders left in the text (L38): what a template or a tired hand left to be filled in later.

use crate::finding::{Finding, Level, Source};
use crate::mentions::pattern;
use crate::place::Place;
use crate::report::Report;
use crate::texts::Written;
use regex::Regex;
use std::sync::LazyLock;

pub(super) fn check(report: &Report, texts: &[Written], findings: &mut Vec<Finding>) {
    findings.extend(facts_without_value(report));
    // What cannot be read as an answer says so itself, and how to write it.
    let is_unread =
        |place: &Place| matches!(place, Place::Field { key } if report.template.field(key).is_some_and(|field| report.is_unread(field)));
    // What a machine wrote leaves nothing open, and neither does what somebody else said, unless it is a form's own words.
    for written in texts.iter().filter(|written| !is_unread(&written.place) && !written.is_code()) {
        let Written { place, row, text, quoted, .. } = written;
        let words = written.without_code();
        let found = if *quoted { bracketed(&words) } else { placeholder(&words) };
        if let Some(left) = found {
            let here = Source::at(report, place.clone(), text.clone()).in_row(*row);
            let message = format!("“{left}” is a placeholder left in {}.", here.words());
            findings.push(Finding::new("L38", Level::Blocks, message, vec![here, Source::at(report, Place::Form, "")]));
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
                let name = report.template.field(key).map_or(key, |field| field.label.as_str());
                let message =
                    format!("“{name}” stands for a fact that this report does not give; record what it is computed from, or take it out.");
                let sources = vec![Source::at(report, place, format!("{{{key}}}")), Source::at(report, Place::Form, "")];
                out.push(Finding::new("L38", Level::Blocks, message, sources));
            }
        }
    }
    out
}

/// A line that is nothing but "e.g." was left to be filled; within a sentence it introduces an example.
fn alone(text: &str) -> Option<&str> {
    const LEFT: [&str; 14] = [
        "e.g.",
        "e.g",
        "eg",
        "i.e.",
        "…",
        "...",
        "tba",
        "xx",
        "to be confirmed",
        "to be completed",
        "to be determined",
        "to be added",
        "to be advised",
        "to follow",
    ];
    let bare = text.trim().trim_start_matches(['-', '•', '*', ' ']);
    let said = bare.trim_end_matches([':', ',']).to_lowercase();
    LEFT.iter().any(|left| *left == said || said.strip_suffix('.') == Some(left)).then_some(bare)
}

/// The first placeholder in a line: "[insert …]", "<to be confirmed>", a run of underscores, TBC, TBD, TODO, XX, "Lorem ipsum".
fn placeholder(text: &str) -> Option<&str> {
    alone(text).or_else(|| bracketed(text)).or_else(|| in_words(text)).or_else(|| lorem(text))
}

fn bracketed(text: &str) -> Option<&str> {
    // What a bracket begins with that asks for something. "[entered by hand]" and "{fill_rate}" ask for nothing.
    const ASKS: [&str; 16] = [
        "insert",
        "enter",
        "add",
        "describe",
        "tbc",
        "tbd",
        "tba",
        "todo",
        "your",
        "fill in",
        "fill out",
        "to be confirmed",
        "to be completed",
        "to be determined",
        "to be added",
        "to be inserted",
    ];
    // What a bracket holds that stands for an answer.
    const SLOTS: [&str; 18] = [
        "insert",
        "date",
        "day",
        "time",
        "name",
        "number",
        "link",
        "company",
        "customer name",
        "company name",
        "service name",
        "name of service",
        "ticket number",
        "dd/mm/yyyy",
        "hh:mm",
        "xx",
        "xxx",
        "tbc",
    ];
    for (open, close) in [('[', ']'), ('<', '>'), ('{', '}')] {
        let mut rest = text;
        while let Some(start) = rest.find(open) {
            let Some(length) = rest[start..].find(close) else { break };
            let inside = &rest[start + 1..start + length];
            let twice = inside.starts_with(open);
            let inside = inside.trim_start_matches(open).trim().to_lowercase();
            let asks = ASKS.iter().any(|ask| inside.strip_prefix(ask).is_some_and(|rest| rest.starts_with([' ', ':', '…', '.'])));
            let whole = crate::languages::is_placeholder(&inside)
                || matches!(inside.as_str(), "tbc" | "tbd" | "tba" | "todo" | "to be confirmed" | "to be completed" | "to be determined");
            let slot = (open == '[' || twice) && begins_with_slot(&inside) && !rest[start + length + 1..].starts_with('(')
                || (open == '[' || twice) && SLOTS.contains(&inside.as_str()) && !quoted(&text[..text.len() - rest.len() + start]);
            if asks || whole || slot {
                return Some(&rest[start..=start + length]);
            }
            rest = &rest[start + length..];
        }
    }
    None
}

/// "name of the customer", "nome do responsável": what a form writes between brackets for its author to put something else there.
fn begins_with_slot(inside: &str) -> bool {
    const ENGLISH: [&str; 10] =
        ["name of", "names of", "date of", "date and time", "time of", "number of", "link to", "description of", "details of", "list of"];
    let begins = |word: &str| inside.strip_prefix(word).is_some_and(|rest| rest.is_empty() || rest.starts_with([' ', '…', '.']));
    inside.chars().count() <= 60
        && (ENGLISH.into_iter().any(begins)
            || crate::languages::all().iter().flat_map(|language| &language.slots).any(|word| begins(&word.to_lowercase())))
}

/// "YYYY-MM-DD", "2023-MM-DD", "TT.MM.JJJJ", "HH:MM": a day or a time of which only the notation is there. A sentence about notations leaves none.
fn notation(word: &str) -> bool {
    let bare = word.trim_matches(|c: char| !c.is_alphanumeric());
    let parts: Vec<&str> = bare.split(['-', '/', '.', ':']).collect();
    let stands =
        |part: &str| matches!(part, "YYYY" | "YY" | "MM" | "DD" | "JJJJ" | "TT" | "AAAA" | "JJ" | "HH" | "hh" | "mm" | "SS" | "ss");
    let figures = |part: &str| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit());
    let letters = parts.iter().filter(|part| stands(part)).count();
    parts.len() >= 2
        && letters >= 1
        && parts.iter().all(|part| stands(part) || figures(part))
        && (letters == parts.len() || parts.len() == 3)
}

fn in_words(text: &str) -> Option<&str> {
    // "Annex XX" is the twentieth, and XX is the code of no country.
    const BEFORE_A_NAME: [&str; 10] =
        ["annex", "article", "chapter", "part", "title", "volume", "country", "countryname", "chromosome", "code"];
    let words: Vec<&str> = text.split_whitespace().collect();
    let mut at = 0;
    words.iter().enumerate().find_map(|(n, word)| {
        let start = at + text[at..].find(word)?;
        at = start + word.len();
        static OF_NOTATIONS: LazyLock<Regex> =
            LazyLock::new(|| pattern(r"(?i)\b(?:formats?|formatted|notation|pattern|ISO 8601|written as|writes?|parsed?|strings?)\b"));
        if notation(word) && !OF_NOTATIONS.is_match(text) && !quoted(&text[..start]) {
            return Some(word.trim_matches(|c: char| !c.is_alphanumeric()));
        }
        let left = left_open(word)?;
        let before = n.checked_sub(1).map(|before| words[before].to_lowercase());
        let named = matches!(left, "XX" | "XXX") && before.is_some_and(|before| BEFORE_A_NAME.contains(&before.as_str()));
        // "XXXX XXXX XXXX 1234" hides the number of a card, and leaves nothing open.
        let next = words[n + 1..].iter().find(|word| !word.chars().all(|c| c == 'X'));
        let hides = left.len() == 4 && next.is_some_and(|next| next.chars().take_while(char::is_ascii_digit).count() == 4);
        (!(named || hides && crossed(left) || quoted(&text[..start + word.find(left).unwrap_or(0)]))).then_some(left)
    })
}

/// Whether quotation marks are open behind that: an alarm's words and a mail's are theirs.
fn quoted(before: &str) -> bool {
    let count = |sign: char| before.matches(sign).count();
    count('“') > count('”') || count('"') % 2 == 1
}

fn crossed(bare: &str) -> bool {
    let parts = || bare.split([':', '.', '/']);
    let all = |sign: char| parts().all(|part| part.len() >= 2 && part.chars().all(|c| c == sign));
    bare.len() >= 2 && (all('X') || (all('x') && (bare.len() > 2 || parts().count() > 1)))
}

fn left_open(word: &str) -> Option<&str> {
    let bare = word.trim_matches(|c: char| !c.is_alphanumeric() && c != '_');
    let known = matches!(bare, "TBC" | "TBD" | "TODO" | "FIXME" | "tbc" | "tbd") || (bare == "Todo" && word.ends_with(':'));
    let line = bare.matches('_').count() >= 4 && bare.chars().all(|c| matches!(c, '_' | ':' | '/' | '.'));
    if known || crossed(bare) || line {
        return Some(bare);
    }
    // "???" and "??:??"
    let asked = word.trim_end_matches(['.', ',', ';', ')']);
    let signs = asked.chars().filter(|c| *c == '?').count();
    (signs >= 3 && asked.chars().all(|c| matches!(c, '?' | ':' | '/' | '.'))).then_some(asked)
}

/// Words that typesetters and office programs put where an author's belong.
fn lorem(text: &str) -> Option<&str> {
    const STAND_IN: [&str; 5] =
        ["lorem ipsum", "click here to enter", "click or tap here to enter", "click or tap to enter", "insert text here"];
    let lower = text.to_ascii_lowercase();
    STAND_IN.iter().find_map(|words| text.get(lower.find(words)?..)?.get(..words.len()))
}

#[cfg(test)]
mod tests {
    use super::*;

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
}
