//! The lines between `---` with which static sites begin a page. Always true: it is front matter only where each line is a name with its
//! value or belongs to the one before; anything else is text with a rule above it. Deliberately absent: YAML.

use crate::read::ReadError;
use crate::read::limits::Room;
use crate::source::{Block, Line};

/// Reads the front matter, where there is one, and gives the text after it.
pub(super) fn read<'a>(text: &'a str, room: &mut Room) -> Result<&'a str, ReadError> {
    let Some((lines, body)) = split(text) else { return Ok(text) };
    for line in lines.lines().filter(|line| !line.trim().is_empty()) {
        match named(line) {
            Some((name, value)) => room.push(Block::Named { name: name.to_owned(), value: unquoted(value).to_owned() })?,
            None => room.push(Block::Line { line: Line::plain(line.trim()) })?,
        }
    }
    Ok(body)
}

fn split(text: &str) -> Option<(&str, &str)> {
    let rest = text.strip_prefix('\u{feff}').unwrap_or(text).strip_prefix("---\n")?;
    let end = ["\n---\n", "\n...\n"].iter().filter_map(|end| Some((rest.find(end)?, end.len()))).min()?;
    let lines = &rest[..end.0];
    let belongs = |line: &str| line.trim().is_empty() || line.starts_with([' ', '\t', '-', '#']) || named(line).is_some();
    (named(lines.lines().next()?).is_some() && lines.lines().all(belongs)).then(|| (lines, &rest[end.0 + end.1..]))
}

/// `name: value`, where the name is one word.
fn named(line: &str) -> Option<(&str, &str)> {
    let (name, value) = line.split_once(':')?;
    let is_word = !name.is_empty() && name.chars().all(|c| c.is_alphanumeric() || "_-.".contains(c));
    (is_word && (value.is_empty() || value.starts_with(' '))).then(|| (name, value.trim()))
}

fn unquoted(value: &str) -> &str {
    let within = |quote: char| value.strip_prefix(quote)?.strip_suffix(quote);
    within('"').or_else(|| within('\'')).unwrap_or(value)
}
