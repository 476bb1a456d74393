//! Spaces at which a line must not break: between day and month, number and unit, time and zone, initial and name, and before a
//! paragraph's last short word.
//! Always true: a tied space is only set so; read back from the page it is the plain space the author wrote.

use std::ops::Range;

/// The longest pair of words that is kept together at a paragraph's end, and the narrowest column it is done in.
const TIE: usize = 24;
const NARROW: f32 = 170.0;

const MONTHS: [&str; 12] =
    ["January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December"];
/// Units that stay with their number.
pub const UNITS: [&str; 26] = [
    "h", "min", "s", "ms", "d", "%", "°C", "°F", "B", "kB", "MB", "GB", "TB", "mm", "cm", "m", "km", "kg", "t", "V", "kV", "A", "kW", "MW",
    "Hz", "kHz",
];

/// Words with their ties set as no-break spaces.
pub struct Tied {
    /// The words.
    pub words: String,
    /// Where each span ends in them.
    pub ends: Vec<usize>,
}

impl Tied {
    /// Sets the ties, which stand at single-byte spaces in ascending order.
    pub fn new(words: &str, ends: &[usize], ties: &[usize]) -> Self {
        let mut tied = String::with_capacity(words.len() + ties.len());
        let mut from = 0;
        for tie in ties {
            tied.push_str(&words[from..*tie]);
            tied.push('\u{a0}');
            from = tie + 1;
        }
        tied.push_str(&words[from..]);
        let ends = ends.iter().map(|end| end + ties.iter().filter(|tie| *tie < end).count()).collect();
        Self { words: tied, ends }
    }
}

/// A range of the tied words as a range of the author's: each tie before it is one byte longer than what it stands for.
pub fn untied(range: Range<usize>, ties: &[usize]) -> Range<usize> {
    let back = |at: usize| at - ties.iter().enumerate().take_while(|(number, tie)| *tie + number < at).count();
    back(range.start)..back(range.end)
}

/// Leads places in the tied words back to the author's, one after the other in ascending order.
pub struct Untie<'a> {
    ties: &'a [usize],
    passed: usize,
}

impl<'a> Untie<'a> {
    /// Begins at the start of the words.
    pub fn new(ties: &'a [usize]) -> Self {
        Self { ties, passed: 0 }
    }

    /// The place in the author's words; no later call may ask for an earlier one.
    pub fn at(&mut self, tied: usize) -> usize {
        while self.ties.get(self.passed).is_some_and(|tie| tie + self.passed < tied) {
            self.passed += 1;
        }
        tied - self.passed
    }
}

/// The spaces that bind by what stands on both sides of them.
pub fn bound(words: &str) -> Vec<usize> {
    let binds = |at: usize| {
        let before = words[..at].rsplit([' ', '\n', '(']).next().unwrap_or_default();
        let after = words[at + 1..].split([' ', '\n']).next().unwrap_or_default();
        let after = after.trim_end_matches([',', '.', ';', ':', ')', '?', '!']);
        let number = !before.is_empty() && before.bytes().all(|byte| byte.is_ascii_digit() || matches!(byte, b'.' | b','));
        let clock = before.len() >= 4 && before.contains(':') && before.bytes().all(|byte| byte.is_ascii_digit() || byte == b':');
        let zone = (2..=5).contains(&after.len()) && after.bytes().all(|byte| byte.is_ascii_uppercase());
        let month = MONTHS.iter().any(|name| *name == after || (after.len() == 3 && name.starts_with(after)));
        let initial = before.len() == 2 && before.ends_with('.') && before.starts_with(|c: char| c.is_ascii_uppercase());
        (number && before.len() <= 2 && month) || (number && UNITS.contains(&after)) || (clock && zone) || (initial && !after.is_empty())
    };
    words.match_indices(' ').map(|(at, _)| at).filter(|at| binds(*at)).collect()
}

/// The pieces of a line that no space breaks: words, and words that are tied.
pub fn unbroken(line: &str) -> impl Iterator<Item = &str> {
    let ties = bound(line);
    let mut from = 0;
    let spaces = line.match_indices(' ').map(|(at, _)| at).filter(move |at| !ties.contains(at)).chain([line.len()]);
    spaces.map(move |at| &line[std::mem::replace(&mut from, (at + 1).min(line.len()))..at]).filter(|piece| !piece.is_empty())
}

/// The space before the last word, if the last line holds only that word and it is short.
///
/// `lines` is their number, `last` the last one's bytes in the tied words.
pub fn short_end(lines: usize, last: Range<usize>, words: &str, ties: &[usize], width: Option<f32>) -> Option<usize> {
    if lines < 2 || width.is_none_or(|width| width < NARROW) {
        return None;
    }
    let last = words.get(untied(last, ties))?.trim_end();
    if last.is_empty() || last.contains([' ', '\u{a0}', '\n']) {
        return None;
    }
    let before = words.trim_end().strip_suffix(last)?.strip_suffix(' ')?;
    let neighbour = before.rsplit([' ', '\n']).next().unwrap_or(before);
    let together = neighbour.chars().count() + 1 + last.chars().count();
    (!neighbour.is_empty() && together < TIE).then_some(before.len())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(words: &str, tied: &str) {
        assert_eq!(Tied::new(words, &[], &bound(words)).words.replace('\u{a0}', "~"), tied);
    }

    #[test]
    fn what_belongs_together_is_bound() {
        check("On 14 October at 21:52 BST, for 4 h 49 min", "On 14~October at 21:52~BST, for 4~h 49~min");
        check("above 42 °C; by A. Lister (5 Nov)", "above 42~°C; by A.~Lister (5~Nov)");
        check("Category 2 of 12 steps in May", "Category 2 of 12 steps in May");
    }

    #[test]
    fn tied_words_are_one_piece() {
        let pieces: Vec<&str> = unbroken("  97.6 % of 14,000,000 until 14:03 UTC ").collect();
        assert_eq!(pieces, ["97.6 %", "of", "14,000,000", "until", "14:03 UTC"]);
        assert_eq!(unbroken("").count(), 0);
    }

    #[test]
    fn a_range_is_led_back_to_the_author_s_words() {
        let words = "On 14 October 5 min";
        let ties = bound(words);
        let tied = Tied::new(words, &[words.len()], &ties);
        let end = tied.words.len();
        assert_eq!(untied(0..end, &ties), 0..words.len());
        let at = tied.words.find("min").expect("it is there");
        assert_eq!(&words[untied(at..end, &ties)], "min");
        let space = tied.words.find('\u{a0}').expect("it is there");
        assert_eq!(&words[untied(space..space + 2, &ties)], " ");
    }
}
