//! Jira's older markup, as issues hold it and people copy it: headings (`h2. Cause`) and links (`[words|address]`); the rest is plain text.
//! Always true: no word is lost. Deliberately absent: its colours, panels and macros, which stay as they are written.

use super::limits::Room;
use super::{ReadError, plain};
use crate::source::{Block, Line, Source};

/// Whether a text is written so: that many of its lines are headings.
pub(super) fn is_one(text: &str, least: usize) -> bool {
    text.lines().filter(|line| heading(line).is_some()).take(least).count() == least
}

/// Reads such a text.
pub(super) fn read(text: &str) -> Result<Source, ReadError> {
    let mut room = Room::default();
    let mut lines: Vec<&str> = Vec::new();
    for line in text.lines() {
        let Some((level, words)) = heading(line) else {
            lines.push(line);
            continue;
        };
        room.append(plain::read(&std::mem::take(&mut lines).join("\n"))?)?;
        room.push(Block::Heading { level, line: Line::plain(words) })?;
    }
    room.append(plain::read(&lines.join("\n"))?)?;
    Ok(room.into_source())
}

/// `h2. Cause`.
fn heading(line: &str) -> Option<(u8, &str)> {
    let (mark, words) = line.trim().split_once(". ")?;
    let level = mark.strip_prefix('h')?.parse().ok().filter(|level| (1..=6).contains(level))?;
    Some((level, words.trim()))
}
