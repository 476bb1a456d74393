//! Markdown, as CommonMark 0.31 with the tables, struck words, task marks and footnotes of GitHub. Always true: every word of the rendered
//! page is in a block, and so is a `<word>` that only looks like HTML. HTML inside is read as a page is. Deliberately absent: mathematics,
//! smart punctuation.

mod front_matter;
mod reader;

use super::limits::Room;
use super::{MOST_NESTED, ReadError, plain};
use crate::source::Source;
use pulldown_cmark::{Options, Parser};

/// Beyond this a text is a log, whatever signs are in it: the parser holds the whole tree, at up to fifty times the text's length.
const MOST_MARKDOWN: usize = 8_000_000;

/// Reads Markdown.
pub(super) fn read(text: &str) -> Result<Source, ReadError> {
    if text.len() > MOST_MARKDOWN {
        return plain::read(text);
    }
    refuse_deep(text)?;
    let mut room = Room::default();
    let body = front_matter::read(text, &mut room)?;
    let options = Options::ENABLE_TABLES | Options::ENABLE_STRIKETHROUGH | Options::ENABLE_TASKLISTS | Options::ENABLE_FOOTNOTES;
    let parser = Parser::new_ext(body, options);
    let definitions: Vec<(String, String)> =
        parser.reference_definitions().iter().map(|(label, link)| (label.to_owned(), link.dest.to_string())).collect();
    let used = reader::Reader::new(&mut room).read(parser)?;
    for (label, address) in definitions {
        if !used.contains(&address) {
            room.drop_words(format!("[{label}]: {address}"), "an address that no link uses");
        }
    }
    Ok(room.into_source())
}

/// The parser holds every quote and list that a line opens; a line opens them all at its beginning.
fn refuse_deep(text: &str) -> Result<(), ReadError> {
    let deepest = text.split('\n').map(opened).max().unwrap_or(0);
    if deepest > MOST_NESTED { Err(ReadError::TooDeep { most: MOST_NESTED }) } else { Ok(()) }
}

fn opened(line: &str) -> usize {
    let mut rest = line.trim_start();
    let mut count = 0;
    while let Some(after) = after_mark(rest) {
        count += 1;
        rest = after.trim_start();
    }
    count
}

fn after_mark(rest: &str) -> Option<&str> {
    if let Some(after) = rest.strip_prefix('>') {
        return Some(after);
    }
    let digits = rest.bytes().take_while(u8::is_ascii_digit).count();
    let mark = if digits > 0 { rest[digits..].strip_prefix(['.', ')']) } else { rest.strip_prefix(['-', '*', '+']) };
    mark.filter(|after| after.starts_with([' ', '\t']))
}

#[cfg(test)]
mod tests;
