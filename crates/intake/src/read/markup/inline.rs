//! Marks inside a line: strong, emphasis, code, links. Always true: a mark that is not closed, or stands inside a word, is text.

use crate::source::{Line, Run};
use std::collections::HashMap;

/// Pairs of marks and what is between them.
pub(super) struct Marks {
    pub strong: &'static str,
    pub emphasis: &'static str,
    pub code: &'static str,
}

/// Where words lead that are named as links elsewhere in the text.
pub(super) type Targets = HashMap<String, String>;

/// Reads a link at the head of a text: its words, its address, and how many bytes it takes.
pub(super) type Link<'a> = &'a dyn Fn(&str) -> Option<(String, String, usize)>;

/// A line with its marks read.
pub(super) fn line(text: &str, marks: &Marks, link: Link<'_>) -> Line {
    let mut runs: Vec<Run> = Vec::new();
    let mut plain = String::new();
    let mut rest = text;
    let mut before = ' ';
    while let Some(first) = rest.chars().next() {
        let begins = !before.is_alphanumeric();
        let found = begins.then(|| linked(rest, link).or_else(|| marked(rest, marks))).flatten();
        let Some((run, length)) = found else {
            plain.push(first);
            before = first;
            rest = &rest[first.len_utf8()..];
            continue;
        };
        if !plain.is_empty() {
            runs.push(Run { text: std::mem::take(&mut plain), ..Run::default() });
        }
        before = rest[..length].chars().next_back().unwrap_or(' ');
        rest = &rest[length..];
        runs.push(run);
    }
    if !plain.is_empty() {
        runs.push(Run { text: plain, ..Run::default() });
    }
    Line { runs }
}

fn linked(text: &str, link: Link<'_>) -> Option<(Run, usize)> {
    let (words, address, length) = link(text)?;
    Some((Run { text: words, link: Some(address), ..Run::default() }, length))
}

fn marked(text: &str, marks: &Marks) -> Option<(Run, usize)> {
    let kinds = [(marks.code, 'c'), (marks.strong, 'b'), (marks.emphasis, 'i')];
    kinds.iter().find_map(|(mark, kind)| {
        let inside = text.strip_prefix(mark)?;
        // Nothing that a person marks is longer than this; looking further would make long lines of lone marks slow.
        const LONGEST: usize = 500;
        let near = &inside[..inside.floor_char_boundary(LONGEST)];
        let end = near.find(mark).filter(|end| *end > 0)?;
        let words = &inside[..end];
        let after = inside[end + mark.len()..].chars().next();
        let sound =
            !words.starts_with(' ') && !words.ends_with(' ') && !after.is_some_and(char::is_alphanumeric) && !words.starts_with(mark);
        let run = Run { text: words.to_owned(), bold: *kind == 'b', italic: *kind == 'i', code: *kind == 'c', ..Run::default() };
        sound.then_some((run, mark.len() * 2 + end))
    })
}
