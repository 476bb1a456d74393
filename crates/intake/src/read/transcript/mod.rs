//! Transcripts of calls: WebVTT (W3C; Teams and Zoom write it) and SubRip (SRT). Always true: every word said is in an entry with who said it;
//! captions of one speaker that follow each other are one entry, at the moment the first was shown. Those moments count from the start of the
//! recording: they become times of day only where the name of the file, or a person, says when it started, and stand in brackets else, as what
//! they are. Deliberately absent: any guess at the start.

mod cues;
mod start;
mod zoom;

use super::ReadError;
use super::limits::Room;
use crate::source::{Block, Line, Source};
use cues::Cue;
use start::Start;
use std::collections::HashMap;

pub(super) use start::from_words;
pub(super) use zoom::{is_one as is_zoom_chat, read as read_zoom_chat};

/// One speaker's captions are one entry for no longer than this, in milliseconds.
const LONGEST_ENTRY: u64 = 60_000;

/// Whether a text is a transcript.
pub(super) fn is_one(text: &str) -> bool {
    let text = text.trim_start_matches('\u{feff}');
    let heads = text.strip_prefix("WEBVTT").is_some_and(|rest| rest.is_empty() || rest.starts_with(['\n', ' ', '\t']));
    let mut lines = text.lines().map(str::trim).filter(|line| !line.is_empty());
    let numbered = lines.next().is_some_and(|line| line.bytes().all(|byte| byte.is_ascii_digit()));
    heads || numbered && lines.next().is_some_and(|line| cues::timing(line).is_some())
}

/// Reads a transcript. `name` is that of the file, `given` the start that a person names.
pub(super) fn read(name: Option<&str>, text: &str, given: Option<&str>) -> Result<Source, ReadError> {
    let mut room = Room::default();
    let mut beside = Vec::new();
    let mut cues = cues::cues(text, &mut beside);
    if cues.is_empty() {
        let message = "no line says when something was said (“00:00:01.000 --> 00:00:04.000”)".to_owned();
        return Err(ReadError::Broken { format: "transcript", message });
    }
    name_speakers(&mut cues);
    let start = given.and_then(start::from_words).or_else(|| name.and_then(start::from_name));
    let mut open: Option<Said> = None;
    for cue in &cues {
        for (who, words) in &cue.voices {
            match &mut open {
                Some(said) if said.who == *who && cue.begin.saturating_sub(said.begin) <= LONGEST_ENTRY => {
                    said.words.push(' ');
                    said.words.push_str(words);
                }
                _ => {
                    let next = Said { who: who.clone(), begin: cue.begin, words: words.clone() };
                    open.replace(next).map_or(Ok(()), |said| said.push(start.as_ref(), &mut room))?;
                }
            }
        }
    }
    open.map_or(Ok(()), |said| said.push(start.as_ref(), &mut room))?;
    room.drop_words(cues.iter().map(|cue| cue.timing).collect::<Vec<_>>().join("\n"), "when each caption was shown");
    room.drop_words(beside.join("\n"), "what a transcript says to programs");
    Ok(room.into_source())
}

/// What one speaker said in a stretch.
struct Said {
    who: String,
    /// Milliseconds since the start of the recording.
    begin: u64,
    words: String,
}

impl Said {
    fn push(self, start: Option<&Start>, room: &mut Room) -> Result<(), ReadError> {
        let (at, words) = match start {
            Some(start) => (start.after(self.begin), self.words),
            None => (String::new(), format!("(+{}) {}", cues::clock(self.begin), self.words)),
        };
        room.push(Block::Entry { at, who: self.who, automated: false, line: Line::plain(words) })
    }
}

/// Zoom writes the speaker before the words: `Ada Byron: On it`. Who speaks more than once, or goes by two names, is one.
fn name_speakers(cues: &mut [Cue<'_>]) {
    let named = |words: &str| {
        let (name, rest) = words.split_once(": ")?;
        let sound = name.chars().count() <= 40 && name.split_whitespace().count() <= 4 && name.starts_with(char::is_alphabetic);
        sound.then(|| (name.to_owned(), rest.to_owned()))
    };
    let mut times: HashMap<String, usize> = HashMap::new();
    let unnamed = |cue: &Cue<'_>| cue.voices.first().filter(|(who, _)| who.is_empty()).and_then(|(_, words)| named(words));
    cues.iter().filter_map(unnamed).for_each(|(name, _)| *times.entry(name).or_default() += 1);
    for cue in cues {
        let Some((name, rest)) = unnamed(cue) else { continue };
        if times.get(&name).is_some_and(|times| *times > 1) || super::chat::is_full_name(&name) && name.contains(' ') {
            cue.voices[0] = (name, rest);
        }
    }
}

#[cfg(test)]
mod tests;
