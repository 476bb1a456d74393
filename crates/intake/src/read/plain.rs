//! Plain text. Always true: one line of the text is one [`Block::Line`] with its tabs and bullets as they stand; a stretch of blank lines
//! is one [`Block::Gap`]; a form feed is a [`Block::Rule`]; a message copied out of a chat is one [`Block::Entry`]. Deliberately absent: any reading of what a line means.

use super::ReadError;
use super::limits::Room;
use super::messages::{Message, messages};
use crate::source::{Block, Line, Source};

/// Reads plain text.
pub(super) fn read(text: &str) -> Result<Source, ReadError> {
    let mut room = Room::default();
    for (page, lines) in text.split('\u{c}').enumerate() {
        if page > 0 {
            room.push(Block::Rule)?;
        }
        let lines: Vec<&str> = lines.split('\n').collect();
        let mut messages = messages(&lines);
        let mut at = 0;
        while at < lines.len() {
            match messages[at].take() {
                Some(Message { at: time, who, words, lines }) => {
                    room.push(Block::Entry { at: time, who, automated: false, line: Line::plain(words.join("\n")) })?;
                    at += lines;
                }
                None => {
                    push_line(&mut room, lines[at])?;
                    at += 1;
                }
            }
        }
    }
    Ok(room.into_source())
}

fn push_line(room: &mut Room, line: &str) -> Result<(), ReadError> {
    if !line.trim().is_empty() {
        return room.push(Block::Line { line: Line::plain(line) });
    }
    match room.last() {
        None | Some(Block::Gap) => Ok(()),
        Some(_) => room.push(Block::Gap),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::read::shown::shown;
    use expect_test::expect;

    #[test]
    fn lines_keep_tabs_and_bullets_and_blank_stretches_part_paragraphs() {
        let source = read("\n\nReference\tREF-7\t\n\n \t\n- 09:40 Pager rang\n  • twice\n\u{c}Annex\n").expect("plain text reads");
        expect![[r#"
            Line  Reference⇥REF-7⇥
            Gap
            Line  - 09:40 Pager rang
            Line    • twice
            Gap
            Rule
            Line  Annex
            Gap
        "#]]
        .assert_eq(&shown(&source));
    }
}
