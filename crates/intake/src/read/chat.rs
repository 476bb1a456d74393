//! A chat copied or saved as text: `[09:41] Ada: On it`, `[2026-03-11 09:41] Ada: On it`, `11/03/2026, 09:41 - Ada: On it`. Always true: a
//! line without a time belongs to the message before it. The time is kept as written where it is not ISO 8601: which of its figures is the
//! day is a question for a person. Deliberately absent: any guess at who is a machine.

use super::ReadError;
use super::limits::Room;
use super::moment;
use crate::source::{Block, Line, Source};

/// Reads a chat.
pub(super) fn read(text: &str) -> Result<Source, ReadError> {
    let mut room = Room::default();
    for line in text.lines().filter(|line| !line.trim().is_empty()) {
        match Stamped::of(line) {
            Some(Stamped { at, who, words }) => {
                let at = moment::exact(at).unwrap_or_else(|| at.to_owned());
                room.push(Block::Entry { at, who: who.to_owned(), automated: false, line: Line::plain(words) })?;
            }
            None => continue_message(&mut room, line)?,
        }
    }
    Ok(room.into_source())
}

/// Whether a text is a chat: it begins as one, most lines that have a time have a name, and somebody speaks twice.
pub(super) fn is_one(text: &str) -> bool {
    let lines = || text.lines().filter(|line| !line.trim().is_empty()).take(500);
    let stamped: Vec<Stamped<'_>> = lines().filter_map(Stamped::of).collect();
    let named: Vec<&str> = stamped.iter().map(|stamped| stamped.who).filter(|who| !who.is_empty()).collect();
    let repeated = named.iter().enumerate().any(|(at, who)| named[..at].contains(who));
    lines().next().and_then(Stamped::of).is_some() && repeated && named.len() * 5 >= stamped.len() * 4
}

fn continue_message(room: &mut Room, line: &str) -> Result<(), ReadError> {
    match room.last_mut() {
        Some(Block::Entry { line: message, .. }) => {
            match message.runs.last_mut() {
                Some(run) if !run.text.is_empty() => {
                    run.text.push('\n');
                    run.text.push_str(line.trim());
                }
                Some(run) => run.text.push_str(line.trim()),
                None => *message = Line::plain(line.trim()),
            }
            Ok(())
        }
        _ => room.push(Block::Line { line: Line::plain(line) }),
    }
}

/// A line that says when, and mostly who.
struct Stamped<'a> {
    at: &'a str,
    who: &'a str,
    words: &'a str,
}

impl<'a> Stamped<'a> {
    fn of(line: &'a str) -> Option<Self> {
        let line = line.trim_start_matches(['\u{feff}', '\u{200e}', ' ', '\t']);
        let (at, rest) = match line.strip_prefix('[') {
            Some(bracketed) => bracketed.split_once(']')?,
            None => line.split_once(" - ")?,
        };
        let at = at.trim();
        is_time(at).then(|| {
            let (who, words) = name_and_words(rest.trim());
            Self { at, who, words }
        })
    }
}

/// A message on one line: `[16:58] Ada: words`, `Ada (16:58): words`; its time, its name, its words.
pub(super) fn in_line(line: &str) -> Option<(&str, &str, &str)> {
    if let Some((at, rest)) = line.strip_prefix('[').and_then(|line| line.split_once(']')) {
        let (who, words) = name_and_words(rest.trim());
        return (is_time(at.trim()) && !who.is_empty() && !words.is_empty()).then(|| (at.trim(), who, words));
    }
    let (who, rest) = line.split_once(" (")?;
    let (at, words) = rest.split_once("):")?;
    (is_time(at.trim()) && is_name(who.trim()) && !words.trim().is_empty()).then(|| (at.trim(), who.trim(), words.trim()))
}

/// A name and a time that are a line together: `Ada Byron  4:58 PM`, `Ada, 11/03/2026 16:58`; and whether more than a space parts them.
pub(super) fn name_before_time(line: &str) -> Option<(&str, &str, bool)> {
    let line = line.trim();
    if !line.ends_with(|c: char| c.is_ascii_digit() || "mM.CZ".contains(c)) || line.len() > 80 {
        return None;
    }
    let figures = line.find(|c: char| c.is_ascii_digit())?;
    let (before, time) = line.split_at(figures);
    let who = before.trim_end_matches([' ', '\t', '\u{a0}', ',', '-', '–', '—', '(', '[', '|', '·', '•']);
    let apart = before.len() > who.len() + 1;
    let handle = !who.contains(' ') && is_name(who);
    ((is_full_name(who) || handle) && is_clock(time)).then_some((who, time, apart))
}

/// Whether a text is a time of day, at most with a day in figures before it.
pub(super) fn is_clock(text: &str) -> bool {
    let ends = text.trim_end_matches(|c: char| c.is_ascii_alphabetic() || " .\u{202f}\u{a0}".contains(c));
    let half = text[ends.len()..].trim().to_ascii_lowercase().replace('.', "");
    let first = text.split([' ', '\t', '\u{202f}', '\u{a0}']).next().unwrap_or_default();
    first.contains([':', '/', '-', '.'])
        && is_time(text)
        && matches!(half.as_str(), "" | "am" | "pm" | "utc" | "z")
        && !ends.chars().any(char::is_alphabetic)
}

/// Whether a text is written as people's names are: up to four words with a capital each.
pub(super) fn is_full_name(text: &str) -> bool {
    const PARTICLES: [&str; 10] = ["van", "von", "de", "der", "den", "da", "di", "al", "bin", "la"];
    let sound = |word: &str| {
        let letters = word.trim_matches(['(', ')', '.', '@']);
        PARTICLES.contains(&word)
            || (letters.starts_with(char::is_uppercase) && letters.chars().all(|c| c.is_alphabetic() || "'’.-".contains(c)))
    };
    is_name(text) && text.split_whitespace().all(sound)
}

/// `Ada Lovelace: words`; a line that is a name alone has its words below it.
fn name_and_words(rest: &str) -> (&str, &str) {
    match rest.split_once(':') {
        Some((name, words)) if is_name(name) => (name.trim(), words.trim()),
        Some(_) => ("", rest),
        None if is_name(rest) && rest.split_whitespace().count() >= 2 => (rest, ""),
        None => ("", rest),
    }
}

fn is_name(name: &str) -> bool {
    let first = name.chars().next();
    first.is_some_and(|c| c.is_alphabetic() || c == '@')
        && name.chars().count() <= 40
        && name.split_whitespace().count() <= 4
        && !name.contains("//")
}

/// Figures with a colon between them, and at most a date, a zone or half of the day beside them.
fn is_time(at: &str) -> bool {
    let has_clock =
        at.as_bytes().windows(4).any(|w| w[0].is_ascii_digit() && w[1] == b':' && w[2].is_ascii_digit() && w[3].is_ascii_digit());
    let sober = at.chars().all(|c| c.is_ascii_alphanumeric() || " /.,:-+\u{202f}\u{a0}".contains(c));
    has_clock && sober && at.chars().count() <= 32 && at.starts_with(|c: char| c.is_ascii_digit())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::read::shown::shown;
    use expect_test::{Expect, expect};

    fn check(text: &str, expected: Expect) {
        assert!(is_one(text), "{text}");
        expected.assert_eq(&shown(&read(text).expect("it reads")));
    }

    #[test]
    fn chats_of_several_programs_come_over_with_their_times_as_written() {
        check(
            "[09:41] Ada Byron: Looking at the pump\n  it is hot\n[09:43] Bo: Disk: full?\n[9:44 AM] Ada Byron\nClearing it\n",
            expect![[r#"
                Entry 09:41 Ada Byron: Looking at the pump⏎it is hot
                Entry 09:43 Bo: Disk: full?
                Entry 9:44 AM Ada Byron: Clearing it
            "#]],
        );
        check(
            "11/03/2026, 09:41 - Ada: Looking\n11/03/2026, 09:42 - Bo joined\n11/03/2026, 09:43 - Ada: Found\n11/03/2026, 09:44 - Ada: it\n11/03/2026, 09:45 - Bo: ok\n",
            expect![[r#"
                Entry 11/03/2026, 09:41 Ada: Looking
                Entry 11/03/2026, 09:42 Bo joined:
                Entry 11/03/2026, 09:43 Ada: Found
                Entry 11/03/2026, 09:44 Ada: it
                Entry 11/03/2026, 09:45 Bo: ok
            "#]],
        );
        check(
            "[2026-03-11 09:41] Ada: a\n[2026-03-11T09:42:00+01:00] Ada: b\n",
            expect![[r#"
                Entry 2026-03-11T09:41:00 Ada: a
                Entry 2026-03-11T09:42:00+01:00 Ada: b
            "#]],
        );
    }

    #[test]
    fn a_timeline_is_no_chat() {
        assert!(!is_one("09:41 - Pager rang\n09:42 - Restarted: no luck\n09:44 - Closed"));
        assert!(!is_one("Summary\n[09:41] Ada: Looking\n[09:42] Ada: Found"));
    }
}
