//! Characters that no bundled face draws: found before the text is set, printed as their code, and told to the caller.
//! Always true: nothing the author wrote is lost in silence, and no `.notdef` box reaches the page.
//! Deliberately absent: what to do about it; that is a finding, made elsewhere.

use crate::{
    face::{Face, Family, Weight},
    text::{Span, Style},
};

/// A character that was printed as its code because no bundled face draws it.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Missing {
    /// The character.
    pub character: char,
    /// The words around it, at most some forty characters.
    pub excerpt: String,
}

/// The words as they can be set, and what had to be spelled out.
///
/// A tab becomes a space, a line or paragraph separator a line feed with a space before it, so that words read aloud or copied do not
/// run together where a line ends. Marks that only steer other software (joiners,
/// variation selectors, byte order marks, soft hyphens) have no form of their own and are left out.
pub fn settable(span: &Span) -> (String, Vec<Missing>) {
    let mut missing = Vec::new();
    if span.words.bytes().all(|byte| matches!(byte, b' '..=b'~')) {
        return (span.words.clone(), missing);
    }
    let mut words = String::with_capacity(span.words.len());
    for (at, character) in span.words.char_indices() {
        match character {
            '\u{200B}' => words.push(character),
            '\t' => words.push(' '),
            '\r' if span.words[at..].starts_with("\r\n") => {}
            '\n' | '\r' | '\u{0B}' | '\u{0C}' | '\u{85}' | '\u{2028}' | '\u{2029}' => words.push_str(" \n"),
            character if is_silent(character) => {}
            character if is_drawn(character, &span.style) => words.push(character),
            character => {
                words.push_str(&format!("[U+{:04X}]", u32::from(character)));
                missing.push(Missing { character, excerpt: excerpt(&span.words, at) });
            }
        }
    }
    (words, missing)
}

/// Whether some bundled face draws a character, or it has no form of its own. What is not drawn prints as its code.
#[must_use]
pub fn draws(character: char) -> bool {
    let faces = [Face::Sans, Face::Serif, Face::Code];
    faces.into_iter().any(|face| face.has(character)) || character.is_control() || is_silent(character)
}

/// The faces a style falls back on, its own first.
pub fn stack(style: &Style) -> [Family; 3] {
    match style.family {
        Family::Serif => [Family::Serif, Family::Sans, Family::Code],
        Family::Sans => [Family::Sans, Family::Serif, Family::Code],
        Family::Code => [Family::Code, Family::Sans, Family::Serif],
    }
}

fn is_drawn(character: char, style: &Style) -> bool {
    stack(style).into_iter().any(|family| Face::of(family, style.weight, style.italic).has(character))
        || Face::of(style.family, Weight::Regular, false).has(character)
}

fn is_silent(character: char) -> bool {
    matches!(
        character,
        '\u{AD}' | '\u{200C}'..='\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2060}'..='\u{2064}' | '\u{2066}'..='\u{2069}'
            | '\u{FE00}'..='\u{FE0F}' | '\u{FEFF}' | '\u{E0000}'..='\u{E007F}'
    )
}

fn excerpt(words: &str, at: usize) -> String {
    let before = words[..at].char_indices().rev().nth(19).map_or(0, |(start, _)| start);
    words[before..].chars().take(40).map(|c| if c.is_control() { ' ' } else { c }).collect::<String>().trim().to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::{Meaning, house};

    fn check(words: &str, settled: &str, spelled_out: &[char]) {
        let span = Span { words: words.into(), style: house::BODY.0, meaning: Meaning::Plain };
        let (found, missing) = settable(&span);
        assert_eq!(found, settled);
        assert_eq!(missing.iter().map(|m| m.character).collect::<Vec<_>>(), spelled_out);
    }

    #[test]
    fn words_the_fonts_have_stay_as_they_are() {
        check("Zürich, Łódź, Ελλάδα, Москва, e\u{301}tude – 42\u{a0}°C", "Zürich, Łódź, Ελλάδα, Москва, e\u{301}tude – 42\u{a0}°C", &[]);
    }

    #[test]
    fn what_they_lack_is_spelled_out() {
        check("Fire 🚒!", "Fire [U+1F692]!", &['🚒']);
        check("مرحبا", "[U+0645][U+0631][U+062D][U+0628][U+0627]", &['م', 'ر', 'ح', 'ب', 'ا']);
        check("bell\u{7}", "bell[U+0007]", &['\u{7}']);
    }

    #[test]
    fn tabs_and_line_ends_become_what_the_page_knows() {
        check("a\tb\r\nc\u{2028}d", "a b \nc \nd", &[]);
        check("so\u{ad}ft \u{26d1}\u{fe0f}", "soft [U+26D1]", &['⛑']);
    }
}
