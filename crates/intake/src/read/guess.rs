//! The encodings a text may be in whose bytes do not tell: no byte order mark, no word of its own, no UTF-8.
//! Always true: each choice decodes every byte, and no two give the same words; what was taken comes first. Deliberately absent: choosing,
//! which is a person's.

use super::encoding::{looks_like, strictly, with_line_feeds};
use super::{Given, detect, html, rtf};
use encoding_rs::Encoding;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// What people write in, the likeliest first. The detector's own guess stands before them.
const LIKELY: [&Encoding; 12] = [
    encoding_rs::WINDOWS_1252,
    encoding_rs::WINDOWS_1250,
    encoding_rs::WINDOWS_1251,
    encoding_rs::ISO_8859_15,
    encoding_rs::ISO_8859_2,
    encoding_rs::WINDOWS_1253,
    encoding_rs::WINDOWS_1254,
    encoding_rs::WINDOWS_1257,
    encoding_rs::MACINTOSH,
    encoding_rs::KOI8_R,
    encoding_rs::SHIFT_JIS,
    encoding_rs::GB18030,
];
/// Letters shown on either side of the first that differs.
const EACH_SIDE: usize = 24;

/// What a text was taken to be written in, and what it may be written in instead.
#[derive(Clone, Debug, Eq, PartialEq, Serialize, Deserialize, TS)]
#[ts(export)]
pub struct EncodingGuess {
    /// The label of the one it was read in.
    pub taken: String,
    /// All of them, the one taken included.
    pub options: Vec<EncodingOption>,
}

/// An encoding, and what the text says in it.
#[derive(Clone, Debug, Eq, PartialEq, Serialize, Deserialize, TS)]
#[ts(export)]
pub struct EncodingOption {
    /// Its label in the WHATWG Encoding Standard ("windows-1252").
    pub label: String,
    /// Where the text first reads otherwise than it was taken to: that line, or the part of it around the place.
    pub line: String,
}

/// The encodings of a text whose bytes leave it open; none where they tell, or every choice gives the same words.
pub fn encodings(bytes: &[u8], given: &Given) -> Option<EncodingGuess> {
    let told = Encoding::for_bom(bytes).is_some() || std::str::from_utf8(bytes).is_ok() || html::said_encoding(bytes).is_some();
    if told || detect::is_zip(bytes) || detect::is_mail(None, bytes, given.format) || rtf::is_one(bytes) || bytes.contains(&0) {
        return None;
    }
    let guessed = looks_like(bytes).ok()?;
    let taken = given.encoding.as_deref().and_then(|label| Encoding::for_label(label.as_bytes())).unwrap_or(guessed);
    let mut read: Vec<(&Encoding, String)> = Vec::new();
    for encoding in [taken, guessed].into_iter().chain(LIKELY) {
        if let Some(text) = written(encoding, bytes)
            && read.iter().all(|(_, other)| *other != text)
        {
            read.push((encoding, text));
        }
    }
    let (first, others) = read.split_first()?;
    let (_, second) = others.first()?;
    let mine = EncodingOption { label: first.0.name().to_owned(), line: difference(&first.1, second) };
    let options =
        others.iter().map(|(encoding, text)| EncodingOption { label: encoding.name().to_owned(), line: difference(text, &first.1) });
    Some(EncodingGuess { taken: mine.label.clone(), options: std::iter::once(mine).chain(options).collect() })
}

/// The text in that encoding. One with control characters among its letters is nobody's writing.
fn written(encoding: &'static Encoding, bytes: &[u8]) -> Option<String> {
    let text = with_line_feeds(strictly(encoding, bytes)?);
    (!text.contains(|c: char| ('\u{80}'..='\u{9f}').contains(&c) || ('\u{e000}'..='\u{f8ff}').contains(&c))).then_some(text)
}

/// The line of `text` where it first differs from `other`, cut to what stands around the place.
fn difference(text: &str, other: &str) -> String {
    let mut others = other.lines();
    let line = text.lines().find_map(|line| {
        let beside = others.next().unwrap_or_default();
        (line != beside).then(|| (line, line.chars().zip(beside.chars()).take_while(|(a, b)| a == b).count()))
    });
    let Some((line, at)) = line else { return String::new() };
    let from = at.saturating_sub(EACH_SIDE);
    let part: String = line.chars().skip(from).take(2 * EACH_SIDE).collect();
    let (before, after) = (from > 0, line.chars().count() > from + 2 * EACH_SIDE);
    format!("{}{}{}", if before { "…" } else { "" }, part.trim(), if after { "…" } else { "" })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn guess(bytes: &[u8], encoding: Option<&str>) -> Option<EncodingGuess> {
        encodings(bytes, &Given { encoding: encoding.map(str::to_owned), ..Given::default() })
    }

    #[test]
    fn each_encoding_shows_the_line_that_it_changes() {
        let (bytes, ..) = encoding_rs::WINDOWS_1250.encode("Report\n09:40 Hálózati hiba, a működés leállt\nKész");
        let guess = guess(&bytes, Some("windows-1252")).expect("the bytes do not tell");
        let line = |label: &str| guess.options.iter().find(|one| one.label == label).map(|one| one.line.as_str());
        assert_eq!(guess.taken, "windows-1252");
        assert_eq!(line("windows-1250"), Some("09:40 Hálózati hiba, a működés leállt"));
        assert_eq!(line("windows-1252"), Some("09:40 Hálózati hiba, a mûködés leállt"));
    }

    #[test]
    fn what_was_taken_comes_first_and_no_two_say_the_same() {
        let (bytes, ..) = encoding_rs::WINDOWS_1252.encode("Störung um 09:40, Zugriff für Kunden gestört");
        let found = guess(&bytes, None).expect("the bytes do not tell");
        assert_eq!((found.taken.as_str(), found.options[0].label.as_str()), ("windows-1252", "windows-1252"));
        let labels: Vec<&str> = found.options.iter().map(|one| one.label.as_str()).collect();
        // In these words 1252, 1250, 1254, 1257 and the two of ISO say the same.
        assert!(labels.contains(&"windows-1251") && !labels.contains(&"windows-1250"), "{labels:?}");
        assert_eq!(guess(&bytes, Some("koi8-r")).map(|one| one.taken), Some("KOI8-R".to_owned()));
    }

    #[test]
    fn nothing_is_asked_where_the_bytes_tell() {
        let utf_16: Vec<u8> = "Störung".encode_utf16().flat_map(u16::to_le_bytes).collect();
        let page = b"<meta charset=windows-1252><p>St\xF6rung</p>".as_slice();
        for told in ["Störung".as_bytes(), b"plain", b"\xEF\xBB\xBFSt", &utf_16, page] {
            assert_eq!(guess(told, None), None, "{told:?}");
        }
    }
}
