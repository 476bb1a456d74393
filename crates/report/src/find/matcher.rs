//! What is looked for, made ready to be found. Always true: what a person types on a keyboard finds what is set on paper: a straight quote
//! finds a curly one, a space finds one that does not break.

use regex::{Regex, RegexBuilder};
use serde::{Deserialize, Serialize};
use std::ops::Range;
use ts_rs::TS;

/// What is looked for.
#[derive(Clone, Debug, Default, Eq, PartialEq, Serialize, Deserialize, TS)]
#[ts(export)]
pub struct Search {
    /// The words.
    pub text: String,
    /// Whether capitals count.
    #[serde(default)]
    pub case: bool,
    /// Whether only whole words count.
    #[serde(default)]
    pub whole: bool,
}

impl Search {
    /// None where nothing is looked for.
    pub(super) fn matcher(&self) -> Option<Matcher> {
        if self.text.trim().is_empty() {
            return None;
        }
        let pattern: String = self.text.chars().map(pattern_of).collect();
        let regex = RegexBuilder::new(&pattern).case_insensitive(!self.case).build().ok()?;
        Some(Matcher { regex, whole: self.whole })
    }
}

/// What is looked for, ready.
pub(super) struct Matcher {
    regex: Regex,
    whole: bool,
}

impl Matcher {
    /// Every place where it stands, one after the other.
    pub(super) fn spans(&self, text: &str) -> Vec<Range<usize>> {
        let found = self.regex.find_iter(text).map(|hit| hit.range());
        found.filter(|span| !self.whole || stands_alone(text, span)).collect()
    }
}

fn stands_alone(text: &str, span: &Range<usize>) -> bool {
    let before = text[..span.start].chars().next_back();
    let after = text[span.end..].chars().next();
    !before.is_some_and(char::is_alphanumeric) && !after.is_some_and(char::is_alphanumeric)
}

fn pattern_of(character: char) -> String {
    match character {
        '\'' | '’' | '‘' => "['’‘]".to_owned(),
        '"' | '“' | '”' => "[\"“”]".to_owned(),
        '-' | '‐' | '‑' => "[-‐‑]".to_owned(),
        _ if character.is_whitespace() => r"\s".to_owned(),
        _ => regex::escape(character.encode_utf8(&mut [0; 4])),
    }
}
