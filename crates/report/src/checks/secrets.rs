//! Secrets in the text (L53): what opens a door must not leave the house in a report. The shapes are data.
//! Always true: a shape's pattern is made ready only when a text holds one of its cues, because a report is checked in every process
//! that files one, and nearly none holds a secret.

use crate::finding::{Finding, Level, Source};
use crate::mentions::pattern;
use crate::place::Place;
use crate::report::Report;
use crate::texts::Written;
use aho_corasick::AhoCorasick;
use regex::Regex;
use serde::Deserialize;
use std::collections::BTreeSet;
use std::ops::Range;
use std::sync::{LazyLock, OnceLock};

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    secret: Vec<Shape>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Shape {
    name: String,
    /// Every text that holds one has one of these, in capitals or not.
    cues: Vec<String>,
    pattern: String,
    /// Whether its value must mix letters and figures, so that "password: required" is none.
    #[serde(default)]
    needs_figures: bool,
    #[serde(skip)]
    compiled: OnceLock<Regex>,
}

struct Shapes {
    all: Vec<Shape>,
    cues: AhoCorasick,
    /// The shape that each of the cues belongs to.
    of_cue: Vec<usize>,
}

static SHAPES: LazyLock<Shapes> = LazyLock::new(|| {
    let File { secret: all } = toml::from_str(include_str!("../../data/secrets.toml")).expect("the shapes are tested to read");
    let (of_cue, words): (Vec<usize>, Vec<&String>) =
        all.iter().enumerate().flat_map(|(nth, shape)| shape.cues.iter().map(move |cue| (nth, cue))).unzip();
    let cues = AhoCorasick::builder().ascii_case_insensitive(true).build(words).expect("a handful of words is not too many");
    Shapes { all, cues, of_cue }
});

pub(super) fn check(report: &Report, texts: &[Written], findings: &mut Vec<Finding>) {
    for Written { place, row, text, .. } in texts {
        if let Some((name, before)) = find(text) {
            let shown = hidden(&text[before]);
            let message = format!("This looks like {name}. Remove it, and have it changed: it must be treated as exposed.");
            // The finding must not carry the secret any further than the text does.
            let sources = vec![Source::at(report, place.clone(), shown.trim()).in_row(*row), Source::at(report, Place::Form, "")];
            findings.push(Finding::new("L53", Level::Blocks, message, sources));
        }
    }
}

/// What is found, and where its first letters stand: of a value behind a word, the word.
fn find(text: &str) -> Option<(&'static str, Range<usize>)> {
    // "The token is base64-encoded" and "the password was 12-digit" tell about a secret, not the secret.
    static TOLD_OF: LazyLock<Regex> = LazyLock::new(|| {
        pattern(concat!(
            r"(?i)^(?:\d+-?(?:bits?|bytes?|characters?|digits?|signs?|letters?|hours?|days?|minutes?|months?|years?)\b|base-?\d\d|sha-?\d|aes-?\d|rsa-?\d|md5|hmac|x\.?509|k8s|oauth-?2",
            r"|jwt|bcrypt|argon2|pbkdf2|ed25519|p-\d{3}|[er]s\d{3}|v\d+(?:\.\d+)*\b)"
        ))
    });
    let hinted: BTreeSet<usize> = SHAPES.cues.find_overlapping_iter(text).map(|cue| SHAPES.of_cue[cue.pattern().as_usize()]).collect();
    hinted.into_iter().map(|nth| &SHAPES.all[nth]).find_map(|shape| {
        shape.compiled().captures_iter(text).find_map(|found| {
            let whole = found.get(0)?;
            let value = found.name("value");
            let words = value.map_or(whole.as_str(), |value| value.as_str());
            let mixed = words.chars().any(|c| c.is_ascii_digit()) && words.chars().any(|c| c.is_ascii_alphabetic());
            let looks_so = !shape.needs_figures || (mixed && !TOLD_OF.is_match(words));
            looks_so.then(|| (shape.name.as_str(), whole.start()..value.map_or(whole.end(), |value| value.start())))
        })
    })
}

impl Shape {
    fn compiled(&self) -> &Regex {
        self.compiled.get_or_init(|| pattern(&self.pattern))
    }
}

fn hidden(secret: &str) -> String {
    secret.chars().take(6).chain(['…']).collect()
}

#[cfg(test)]
mod tests {
    use super::super::support::{unquestioned, with_text};
    use super::*;

    // Made up, and put together here so that no scanner takes this file for a leak.
    fn made_up() -> Vec<String> {
        vec![
            format!("The key {}{} was in the log.", "AKIA", "QWERTYUIOPASDFGH"),
            format!("curl -H 'token {}{}'", "ghp_", "a1B2".repeat(9)),
            format!("{}://report:{}@db.internal/prod", "postgres", "hunter22"),
            "We logged in with password: Winter2025!".to_owned(),
            format!("-----BEGIN {} KEY-----", "RSA PRIVATE"),
            format!("{}{}", "xoxb-", "123456789012-abcdefghij"),
            format!("aws_key={}{}", "ASIA", "QWERTYUIOPASDFGH"),
            format!("{}_{}", "github_pat", "a1B2".repeat(16)),
            format!("{}-{}", "glpat", "a1B2".repeat(5)),
            format!("https://{}/services/{}", "hooks.slack.com", "T0/B0/a1B2a1B2a1B2a1B2a1B2"),
            format!("{}{}", "AIza", "a1B2c".repeat(7)),
            format!("{}_live_{}", "sk", "a1B2".repeat(4)),
            format!("{}_{}", "npm", "a1B2".repeat(9)),
            format!("{}.{}.{}", "SG", "a1B2".repeat(4), "a1B2".repeat(4)),
            format!("{}{1}.{0}{1}.{1}", "eyJ", "a1B2".repeat(3)),
            format!("{}={}", "accountkey", "a1B2".repeat(5)),
            format!("{}={}", "SharedAccessKey", "a1B2".repeat(5)),
            "PASSPHRASE is Winter2025!".to_owned(),
            "Api-Key = Winter2025!".to_owned(),
            "the token: “Winter2025!”".to_owned(),
            format!("{}: Basic {}", "Authorization", "a1B2".repeat(5)),
            "stood in the manual (password “Winter2025!”)".to_owned(),
            "the password was Winter2025!".to_owned(),
        ]
    }

    #[test]
    fn a_secret_blocks_and_is_not_repeated() {
        let texts = made_up();
        let texts: Vec<&str> = texts.iter().map(String::as_str).collect();
        assert_eq!(unquestioned("L53", &texts), Vec::<&str>::new());
        let finding = super::super::check(&with_text(texts[3])).into_iter().find(|f| f.check == "L53").expect("it is seen");
        assert!(!format!("{finding:?}").contains("Winter2025"), "{finding:?}");
        let short = super::super::check(&with_text("pwd=Winter2025!")).into_iter().find(|f| f.check == "L53").expect("it is seen");
        assert!(!format!("{short:?}").contains("Wi"), "not its first letters either: {short:?}");
    }

    #[test]
    fn every_shape_is_found_by_its_cues() {
        let seen: BTreeSet<&str> = made_up().iter().filter_map(|text| Some(find(text)?.0)).collect();
        let all: BTreeSet<&str> = SHAPES.all.iter().map(|shape| shape.name.as_str()).collect();
        assert_eq!(seen, all);
    }
}
