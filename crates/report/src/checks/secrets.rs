//! Secrets in the text (L53): what opens a door must not leave the house in a report. The shapes are data.

use super::reading::Reading;
use crate::finding::{Finding, Level, Source};
use crate::mentions::pattern;
use crate::place::Place;
use regex::Regex;
use serde::Deserialize;
use std::ops::Range;
use std::sync::LazyLock;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    secret: Vec<Shape>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Shape {
    name: String,
    pattern: String,
    /// Whether its value must mix letters and figures, so that "password: required" is none.
    #[serde(default)]
    needs_figures: bool,
}

struct Compiled {
    name: String,
    pattern: Regex,
    needs_figures: bool,
}

static SHAPES: LazyLock<Vec<Compiled>> = LazyLock::new(|| {
    let file: File = toml::from_str(include_str!("../../data/secrets.toml")).expect("the shapes are tested to read");
    let compile = |shape: Shape| Compiled { name: shape.name, pattern: pattern(&shape.pattern), needs_figures: shape.needs_figures };
    file.secret.into_iter().map(compile).collect()
});

pub(super) fn check(reading: &Reading, findings: &mut Vec<Finding>) {
    for line in &reading.lines {
        if let Some((name, span)) = find(&line.text) {
            let shown = hidden(&line.text[span]);
            let message = format!("This looks like {name}. Take it out, and have it changed: it has been seen.");
            // The finding must not carry the secret any further than the text does.
            let sources = vec![reading.source(line, &shown), Source::at(reading.report, Place::Form, "")];
            findings.push(Finding::new("L53", Level::Blocks, message, sources));
        }
    }
}

fn find(text: &str) -> Option<(&'static str, Range<usize>)> {
    SHAPES.iter().find_map(|shape| {
        let found = shape.pattern.captures(text)?;
        let whole = found.get(0)?;
        let value = found.name("value").map_or(whole.as_str(), |value| value.as_str());
        let mixed = value.chars().any(|c| c.is_ascii_digit()) && value.chars().any(|c| c.is_ascii_alphabetic());
        (!shape.needs_figures || mixed).then(|| (shape.name.as_str(), whole.range()))
    })
}

fn hidden(secret: &str) -> String {
    secret.chars().take(6).chain(['…']).collect()
}

#[cfg(test)]
mod tests {
    use super::super::support::{questioned, unquestioned, with_text};

    // Made up, and put together here so that no scanner takes this file for a leak.
    fn made_up() -> Vec<String> {
        vec![
            format!("The key {}{} was in the log.", "AKIA", "QWERTYUIOPASDFGH"),
            format!("curl -H 'token {}{}'", "ghp_", "a1B2".repeat(9)),
            format!("{}://report:{}@db.internal/prod", "postgres", "hunter22"),
            "We logged in with password: Winter2025!".to_owned(),
            format!("-----BEGIN {} KEY-----", "RSA PRIVATE"),
            format!("{}{}", "xoxb-", "123456789012-abcdefghij"),
        ]
    }

    #[test]
    fn a_secret_blocks_and_is_not_repeated() {
        let texts = made_up();
        let texts: Vec<&str> = texts.iter().map(String::as_str).collect();
        assert_eq!(unquestioned("L53", &texts), Vec::<&str>::new());
        let finding = super::super::check(&with_text(texts[3])).into_iter().find(|f| f.check == "L53").expect("it is seen");
        assert!(!format!("{finding:?}").contains("Winter2025"), "{finding:?}");
    }

    #[test]
    fn words_about_secrets_hashes_and_addresses_are_left_alone() {
        assert_eq!(
            questioned(
                "L53",
                &[
                    "The password was reset at 10:00.",
                    "Password: required",
                    "token: [removed]",
                    "SHA-256 2d3b71d1ed24a76bc44e5849a08558866f2166f2853830e8927a161d514bef68",
                    "postgres://db.internal/prod",
                    "https://docs.example/gateway-profile",
                    "id 0199e8f5-1580-7000-8000-000000000041",
                ]
            ),
            Vec::<&str>::new()
        );
    }
}
