//! Plain text. Always true: one line of the text is one [`Block::Line`] with its tabs and bullets as they stand; a stretch of blank lines
//! is one [`Block::Gap`]; a form feed is a [`Block::Rule`]; a message copied out of a chat is one [`Block::Entry`]; a label and the value
//! below it are one line. Deliberately absent: any other reading of what a line means.

use super::ReadError;
use super::limits::Room;
use super::messages::{Message, messages};
use crate::piece::{is_item, is_labelled};
use crate::source::{Block, Line, Source};

/// A value below its label is no longer than this, in characters; what is longer is text under a heading.
const LONGEST_VALUE: usize = 60;

/// Reads plain text.
pub(super) fn read(text: &str) -> Result<Source, ReadError> {
    let mut room = Room::default();
    for (page, lines) in text.split('\u{c}').enumerate() {
        if page > 0 {
            room.push(Block::Rule)?;
        }
        let lines: Vec<&str> = lines.split('\n').collect();
        let paired = paired(&lines);
        let mut messages = messages(&lines);
        let mut at = 0;
        while at < lines.len() {
            match messages[at].take() {
                Some(Message { at: time, who, words, lines }) => {
                    room.push(Block::Entry { at: time, who, automated: false, line: Line::plain(words.join("\n")) })?;
                    at += lines;
                }
                None if paired[at] => {
                    push_line(&mut room, &format!("{} {}", lines[at].trim_end(), lines[at + 1].trim()))?;
                    at += 2;
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

/// Which lines are labels whose value is the line below: `Site:`, `DEPOT-7`, `Phase:`, `Loading`. One such pair may as well be a heading
/// with a line of text; two in a row, or one below a label with its value, are none.
fn paired(lines: &[&str]) -> Vec<bool> {
    let text = |at: usize| lines.get(at).map_or("", |line| line.trim());
    let is_label = |at: usize| text(at).ends_with(':') && is_labelled(text(at));
    let is_value = |at: usize| {
        let value = text(at);
        let is_short = !value.is_empty() && value.chars().count() <= LONGEST_VALUE && !value.ends_with(['.', '!', '?', ':', ';', ',']);
        is_short && !is_labelled(value) && !is_item(value) && !value.contains('\t')
    };
    let is_pair = |at: usize| is_label(at) && is_value(at + 1) && (text(at + 2).is_empty() || is_labelled(text(at + 2)));
    let mut paired = vec![false; lines.len()];
    let mut at = 0;
    while at < lines.len() {
        let begun = at;
        let mut labels = Vec::new();
        while is_pair(at) {
            labels.push(at);
            at += 2;
            // Pairs may stand apart by one empty line.
            at += usize::from(text(at).is_empty() && is_pair(at + 1));
        }
        let follows_one = begun > 0 && is_labelled(text(begun - 1)) && !is_label(begun - 1);
        if labels.len() > 1 || (labels.len() == 1 && follows_one) {
            labels.into_iter().for_each(|label| paired[label] = true);
        }
        at = at.max(begun + 1);
    }
    paired
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

    #[test]
    fn a_label_and_the_value_below_it_are_one_line() {
        let lines = |text: &str| {
            let source = read(text).expect("plain text reads");
            shown(&source).lines().map(|line| line.trim_start_matches("Line").trim().to_owned()).collect::<Vec<_>>()
        };
        assert_eq!(
            lines("Berth:\nNORTH-2\nState of the sea:\nCalm\n\nAll went well."),
            ["Berth: NORTH-2", "State of the sea: Calm", "Gap", "All went well."]
        );
        assert_eq!(lines("Day: 4 May 2026\nBerth:\nNORTH-2"), ["Day: 4 May 2026", "Berth: NORTH-2"]);
        // A heading with its text, one with a list, and a single pair that may be either.
        for kept in ["Cause:\nA valve had rusted through.\nNext:\nIt is replaced.", "Actions:\n- new valve\n- new seal", "Cause:\nrust"] {
            assert_eq!(lines(kept), kept.lines().collect::<Vec<_>>());
        }
    }
}
