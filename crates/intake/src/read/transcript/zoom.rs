//! The chat that Zoom saves beside a recording: `09:31:02 From Ada Byron to Everyone:` with the words below, and its older form with the words
//! behind the name. Always true: who was written to alone stands with the words; that all were written to is listed.

use crate::read::ReadError;
use crate::read::limits::Room;
use crate::source::{Block, Line, Source};

/// The line that begins a message.
struct Stamp<'a> {
    at: &'a str,
    who: &'a str,
    to: Option<&'a str>,
    words: &'a str,
}

/// Whether a text is such a chat: it begins as one.
pub(in crate::read) fn is_one(text: &str) -> bool {
    text.trim_start_matches('\u{feff}').lines().find(|line| !line.trim().is_empty()).and_then(stamp).is_some()
}

/// Reads the chat.
pub(in crate::read) fn read(text: &str) -> Result<Source, ReadError> {
    let mut room = Room::default();
    let mut open: Option<(Stamp<'_>, Vec<&str>)> = None;
    for line in text.trim_start_matches('\u{feff}').lines().filter(|line| !line.trim().is_empty()) {
        match (stamp(line), &mut open) {
            (Some(next), _) => {
                let words = Some(next.words).filter(|words| !words.is_empty()).into_iter().collect();
                open.replace((next, words)).map_or(Ok(()), |message| push(message, &mut room))?;
            }
            (None, Some((_, words))) => words.push(line.trim()),
            (None, None) => room.push(Block::Line { line: Line::plain(line) })?,
        }
    }
    open.map_or(Ok(()), |message| push(message, &mut room))?;
    Ok(room.into_source())
}

fn push((stamp, words): (Stamp<'_>, Vec<&str>), room: &mut Room) -> Result<(), ReadError> {
    let words = words.join("\n");
    let everyone = stamp.to.is_none_or(|to| to.eq_ignore_ascii_case("everyone"));
    room.drop_words(
        format!("From {}", stamp.to.filter(|_| everyone).map(|to| format!("to {to}")).unwrap_or_default()),
        "what Zoom writes before and behind a name",
    );
    let words = stamp.to.filter(|_| !everyone).map(|to| format!("(to {to}) {words}")).unwrap_or(words);
    room.push(Block::Entry { at: stamp.at.to_owned(), who: stamp.who.to_owned(), automated: false, line: Line::plain(words) })
}

fn stamp(line: &str) -> Option<Stamp<'_>> {
    let (at, rest) = line.trim().split_once(char::is_whitespace)?;
    let clock: Vec<&str> = at.split(':').collect();
    let sound = clock.len() == 3 && clock.iter().all(|part| part.len() == 2 && part.bytes().all(|byte| byte.is_ascii_digit()));
    let rest = rest.trim_start().strip_prefix("From ").filter(|_| sound)?;
    let (people, words) = rest.split_once(':')?;
    let (who, to) = people.split_once(" to ").map_or((people, None), |(who, to)| (who, Some(to.trim())));
    Some(Stamp { at, who: who.trim(), to, words: words.trim() })
}
