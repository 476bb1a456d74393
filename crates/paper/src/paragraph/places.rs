//! Places inside words and tokens where a line may end if it must.
//! Always true: only what is a word of letters is divided, by the patterns of the text's language; never a reference, a host, a hash, a
//! command, a time, an abbreviation or anything typed. Long tokens break behind the signs that part them.
//! Deliberately absent: places between words, which Unicode knows (UAX #14).

use std::ops::Range;

use hypher::Lang;

/// Words shorter than this stay whole.
const LEAST: usize = 6;
/// So many letters stay before a hyphen, and so many come after it.
const BEFORE: usize = 2;
const AFTER: usize = 3;
/// Tokens shorter than this stay whole.
const TOKEN: usize = 12;

/// The language whose patterns divide the words of a text, by its tag (BCP 47); none where there are none for it.
pub fn language(tag: &str) -> Option<Lang> {
    let main: [u8; 2] = tag.split(['-', '_']).next()?.as_bytes().try_into().ok()?;
    Lang::from_iso(main.map(|letter| letter.to_ascii_lowercase()))
}

/// Where in a text a word may be divided with a hyphen, in bytes, ascending.
pub fn hyphens(text: &str, language: Option<Lang>) -> Vec<usize> {
    let Some(language) = language else { return Vec::new() };
    let mut places = Vec::new();
    for token in tokens(text) {
        let bare = bare(text, token);
        let words = &text[bare.clone()];
        if words.chars().any(|character| !character.is_alphabetic() && !matches!(character, '-' | '\u{2010}')) {
            continue;
        }
        let mut start = bare.start;
        for word in words.split(['-', '\u{2010}']) {
            if is_divisible(word) {
                let mut at = start;
                let syllables = hypher::hyphenate_bounded(word, language, BEFORE, AFTER).map(|syllable| {
                    at += syllable.len();
                    at
                });
                let end = start + word.len();
                places.extend(syllables.filter(|at| *at < end));
            }
            start += word.len();
            start += text[start..].chars().next().map_or(0, char::len_utf8);
        }
    }
    places
}

/// Where in a text a long token may be cut without a hyphen, in bytes, ascending: behind `. _ @ / # : = & ? \ + ,` and before a hump.
pub fn cuts(text: &str) -> Vec<usize> {
    let mut places = Vec::new();
    for token in tokens(text).filter(|token| text[token.clone()].chars().count() >= TOKEN) {
        let mut letters = text[token.clone()].char_indices().peekable();
        while let Some((at, letter)) = letters.next() {
            let Some((next, following)) = letters.peek().copied() else { break };
            let parts = matches!(letter, '.' | '_' | '@' | '/' | '#' | ':' | '=' | '&' | '?' | '\\' | '+' | ',' | ';' | '|');
            let same = parts && (following == letter || matches!(following, '.' | '/' | ',' | ';' | ':' | ')' | ']' | '"' | '\''));
            // "14,000,000" and "14:03" are read as one.
            let figures = letter.is_ascii_punctuation()
                && following.is_ascii_digit()
                && text[token.start..token.start + at].ends_with(|c: char| c.is_ascii_digit());
            let hump = letter.is_lowercase() && following.is_uppercase();
            if (parts && !same && !(figures && matches!(letter, '.' | ',' | ':'))) || hump {
                places.push(token.start + next);
            }
        }
    }
    places
}

/// Hosts, paths and identifiers in a text: what has figures or signs inside it.
pub fn identifiers(text: &str) -> Vec<Range<usize>> {
    let has_sign = |token: &Range<usize>| {
        let words = &text[bare(text, token.clone())];
        words.contains('-') && words.contains(|c: char| c.is_ascii_digit() || matches!(c, '.' | '_' | '@' | '/' | '#' | ':'))
    };
    tokens(text).filter(has_sign).collect()
}

fn is_divisible(word: &str) -> bool {
    let mut letters = word.chars();
    letters.next();
    word.chars().count() >= LEAST && letters.all(char::is_lowercase)
}

/// What stands between blanks.
fn tokens(text: &str) -> impl Iterator<Item = Range<usize>> + '_ {
    let mut at = 0;
    text.split([' ', '\u{a0}', '\n']).map(move |token| {
        let start = at;
        at += token.len();
        at += text[at..].chars().next().map_or(0, char::len_utf8);
        start..start + token.len()
    })
}

/// A token without the signs around it.
fn bare(text: &str, token: Range<usize>) -> Range<usize> {
    let words = &text[token.clone()];
    let start = words.len() - words.trim_start_matches(|c: char| !c.is_alphanumeric()).len();
    let end = words.trim_end_matches(|c: char| !c.is_alphanumeric()).len();
    token.start + start..(token.start + end).max(token.start + start)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn marked(text: &str, places: &[usize], mark: char) -> String {
        let mut out = text.to_owned();
        for place in places.iter().rev() {
            out.insert(*place, mark);
        }
        out
    }

    fn divided(text: &str, tag: &str) -> String {
        marked(text, &hyphens(text, language(tag)), '|')
    }

    #[test]
    fn words_are_divided_by_the_patterns_of_their_language() {
        assert_eq!(divided("Die Störungsmeldung kam.", "de"), "Die Stö|rungs|mel|dung kam.");
        assert_eq!(divided("„Wiederherstellung“, sofort", "de-AT"), "„Wie|der|her|stel|lung“, so|fort");
        assert_eq!(divided("(an extensive investigation)", "en-GB"), "(an ex|ten|sive in|ves|ti|ga|tion)");
        assert_eq!(divided("Passwort-Zurücksetzung", "de"), "Pass|wort-Zu|rück|set|zung");
    }

    #[test]
    fn what_is_no_word_is_never_divided() {
        for text in [
            "INC000000912044",
            "gateway-07.example.com",
            "9f2c41d077ab03e5",
            "systemctl_restart",
            "14:03:22",
            "PostgreSQL",
            "KUBERNETES",
            "https://status.example.com",
            "restart()",
        ] {
            assert_eq!(divided(text, "en"), text);
        }
        assert_eq!(divided("Störungsmeldung", "tlh"), "Störungsmeldung");
        assert_eq!(divided("Störungsmeldung", ""), "Störungsmeldung");
    }

    #[test]
    fn long_tokens_are_cut_behind_the_signs_that_part_them() {
        let cut = |text: &str| marked(text, &cuts(text), '|');
        assert_eq!(cut("db-primary-07.eu-central.example.internal"), "db-primary-07.|eu-central.|example.|internal");
        assert_eq!(cut("https://status.example.com/incidents/2026#root"), "https://|status.|example.|com/|incidents/|2026#|root");
        assert_eq!(cut("on_call_rotation@example.org"), "on_|call_|rotation@|example.|org");
        assert_eq!(cut("SessionTokenRefreshFailure"), "Session|Token|Refresh|Failure");
        for whole in ["14,000,000,000,000", "12.10.2026", "v1.2.3", "example.com", "2026-10-14T14:03"] {
            assert_eq!(cut(whole), whole);
        }
    }
}
