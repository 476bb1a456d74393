//! Messages of a chat as they are copied out of a window: a name with its time, the words on the lines below. Always true: what is taken for a
//! message has a name and a time, and words; every word of its lines is in the entry. Deliberately absent: machines, reactions, threads.

use super::chat;
use std::collections::BTreeMap;

/// A message among the lines of a text.
pub(super) struct Message {
    /// Its time as written.
    pub at: String,
    /// Who said it.
    pub who: String,
    /// What was said, a line each.
    pub words: Vec<String>,
    /// How many lines it takes.
    pub lines: usize,
}

/// For each line that begins a message, the message. Names that stand once, in one word, with a bare time, are none: "Restored 16:58".
pub(super) fn messages(lines: &[&str]) -> Vec<Option<Message>> {
    let stamps: Vec<Option<Stamp<'_>>> = (0..lines.len()).map(|at| stamp(lines, at)).collect();
    let mut says: BTreeMap<&str, usize> = BTreeMap::new();
    stamps.iter().flatten().for_each(|stamp| *says.entry(stamp.who).or_default() += 1);
    let count = stamps.iter().flatten().count();
    let apart = stamps.iter().flatten().filter(|stamp| stamp.lines == 2).count();
    let counts = |stamp: &Stamp<'_>| {
        if stamp.lines == 2 {
            return apart > 1;
        }
        let alone = count == 1 && !(stamp.sure && stamp.two_words && stamp.words.is_none());
        !alone && (stamp.sure || says.get(stamp.who).is_some_and(|times| *times > 1))
    };
    let begins: Vec<bool> = stamps.iter().map(|stamp| stamp.as_ref().is_some_and(counts)).collect();
    // A text that begins with a message is a chat: an empty line in it ends no message.
    let is_chat = lines.iter().position(|line| !line.trim().is_empty()).is_some_and(|first| begins[first]);
    let message = |(at, stamp): (usize, &Option<Stamp<'_>>)| {
        let stamp = stamp.as_ref().filter(|_| begins[at])?;
        let below = &lines[at + stamp.lines..];
        let begins_below = |offset: usize| begins[at + stamp.lines + offset];
        let goes_on = |(offset, line): &(usize, &&str)| {
            let first = *offset == 0 && stamp.words.is_none();
            let more = if line.trim().is_empty() { is_chat } else { first || belongs(line, stamp.words.is_some()) };
            more && !begins_below(*offset)
        };
        let mut words: Vec<String> = below.iter().enumerate().take_while(goes_on).map(|(_, line)| line.trim().to_owned()).collect();
        while words.last().is_some_and(String::is_empty) {
            words.pop();
        }
        let taken = stamp.lines + words.len();
        words.retain(|line| !line.is_empty());
        let words: Vec<String> = stamp.words.map(str::to_owned).into_iter().chain(words).collect();
        (!words.is_empty()).then(|| Message { at: stamp.at.to_owned(), who: stamp.who.to_owned(), words, lines: taken })
    };
    stamps.iter().enumerate().map(message).collect()
}

/// Whether a line below a message is more of it and not the notes around it. A message on one line goes on only where its line was broken.
fn belongs(line: &str, on_one_line: bool) -> bool {
    let starts_low = line.starts_with([' ', '\t']) || line.starts_with(char::is_lowercase);
    let shouts = line.chars().filter(|c| c.is_alphabetic()).count() >= 5 && !line.chars().any(char::is_lowercase);
    starts_low || !(on_one_line || shouts || crate::piece::is_labelled(line) || line.trim_start().starts_with('|'))
}

struct Stamp<'a> {
    at: &'a str,
    who: &'a str,
    /// The words on the same line, where they stand there.
    words: Option<&'a str>,
    lines: usize,
    /// Whether it looks like nothing else.
    sure: bool,
    two_words: bool,
}

fn stamp<'a>(lines: &[&'a str], at: usize) -> Option<Stamp<'a>> {
    let line = lines[at].trim();
    if line.chars().count() > 80 && !line.contains(':') {
        return None;
    }
    if let Some((at, who, words)) = chat::in_line(line) {
        let two_words = who.contains(' ');
        return Some(Stamp { at, who, words: Some(words), lines: 1, sure: true, two_words });
    }
    let below = |lines_down: usize| lines.get(at + lines_down).is_some_and(|line| !line.trim().is_empty());
    if let Some((who, time, apart)) = chat::name_before_time(line) {
        let two_words = who.contains(' ');
        let half = time.to_ascii_lowercase().ends_with('m');
        return below(1).then_some(Stamp { at: time, who, words: None, lines: 1, sure: two_words || apart || half, two_words });
    }
    // The name on a line of its own, the time below it.
    let time = lines.get(at + 1).map(|line| line.trim()).filter(|line| chat::is_clock(line))?;
    let sure = line.contains(' ') && chat::is_full_name(line);
    (sure && below(2)).then_some(Stamp { at: time, who: line, words: None, lines: 2, sure: false, two_words: true })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(text: &str) -> Vec<String> {
        let lines: Vec<&str> = text.lines().collect();
        let show = |message: Message| format!("{} {}: {}", message.at, message.who, message.words.join("⏎"));
        messages(&lines).into_iter().flatten().map(show).collect()
    }

    #[test]
    fn messages_copied_out_of_a_window_are_found_among_notes() {
        let text = "Notes of the night\n\nKim Reed  4:58 PM\ngateway refuses every message\nsince the renewal\n\nOla Berg  5:03 PM\nOn it\nRegion: Central\n";
        assert_eq!(shown(text), ["4:58 PM Kim Reed: gateway refuses every message⏎since the renewal", "5:03 PM Ola Berg: On it"]);
        assert_eq!(shown("Kim (16:58): it refuses\nOla (17:03): On it\nIMPACT"), ["16:58 Kim: it refuses", "17:03 Ola: On it"]);
        assert_eq!(
            shown("[16:58] Kim: it refuses\n  every message\n[17:03] Ola: On it"),
            ["16:58 Kim: it refuses⏎every message", "17:03 Ola: On it"]
        );
        assert_eq!(shown("Kim Reed\n4:58 PM\nit refuses\nOla Berg\n5:03 PM\nOn it\nKim Reed\n5:10 PM\nthanks").len(), 3);
        assert_eq!(shown("kim 16:58\nit refuses\n\nkim 17:03\nworks again"), ["16:58 kim: it refuses", "17:03 kim: works again"]);
        assert_eq!(
            shown("Kim Reed  4:58 PM\none\n\nthe same\n\nOla Berg  5:03 PM\ntwo\n"),
            ["4:58 PM Kim Reed: one⏎the same", "5:03 PM Ola Berg: two"]
        );
        assert_eq!(shown("Kim Reed 4:58 PM\nit refuses"), ["4:58 PM Kim Reed: it refuses"]);
        assert_eq!(shown("Kim Reed, 11/03/2026 16:58\nit refuses\nOla Berg, 11/03/2026 17:02\nOn it").len(), 2);
    }

    #[test]
    fn lines_that_end_in_a_time_are_no_messages() {
        assert_eq!(shown("Restored 16:58\nby hand"), [""; 0]);
        assert_eq!(shown("The pump was off until 16:58\nand on again at 17:10"), [""; 0]);
        assert_eq!(shown("Kim Reed 4:58 PM"), [""; 0], "nothing was said");
        assert_eq!(shown("16:58 Kim Reed rang\n17:03 Ola looked"), [""; 0]);
        assert_eq!(shown("Summary (16:58): one line"), [""; 0], "one alone may be anything");
    }
}
