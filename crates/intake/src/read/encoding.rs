//! Bytes to text. Always true: what is decoded lost no byte to a replacement character; a text that says one encoding and is written in
//! another is refused with the name of the one it seems to be in. Deliberately absent: silent repair.

use super::ReadError;
use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::{Encoding, UTF_8, UTF_16BE, UTF_16LE, WINDOWS_1252};

/// The text, with line feeds between its lines. In order of authority: `given` (a person, the clipboard), a byte order mark,
/// what the text says of itself (`said`), what its bytes look like.
pub(super) fn decode(bytes: &[u8], given: Option<&str>, said: Option<&str>) -> Result<String, ReadError> {
    let marked = Encoding::for_bom(bytes);
    let text = match (given, marked, said) {
        (Some(label), ..) => held_to(bytes, label)?,
        (None, Some((encoding, length)), _) => strictly(encoding, &bytes[length..])
            .ok_or_else(|| not_its(bytes, &format!("{} (it begins with its byte order mark)", encoding.name())))?,
        (None, None, Some(label)) => held_to(bytes, label)?,
        (None, None, None) => strictly(looks_like(bytes)?, bytes).unwrap_or_else(|| in_windows_1252(bytes)),
    };
    if let Some(at) = text.find('\0') {
        return Err(ReadError::NotText { at });
    }
    Ok(with_line_feeds(text))
}

/// The text in the encoding that `label` names.
fn held_to(bytes: &[u8], label: &str) -> Result<String, ReadError> {
    let Some(encoding) = Encoding::for_label(label.as_bytes()) else {
        let reads_as = looks_like(bytes)?.name().to_owned();
        return Err(ReadError::UnknownEncoding { said: label.to_owned(), reads_as });
    };
    // A page cannot say "UTF-16" in bytes that read as ASCII; HTML's own rule takes it for UTF-8 (WHATWG HTML, 13.2.3.3).
    let encoding = if encoding == UTF_16LE || encoding == UTF_16BE { looks_like(bytes)? } else { encoding };
    // Every byte is a letter of windows-1252 and its kin, so they can only be caught by what the bytes are instead.
    let is_utf_8 = encoding != UTF_8 && encoding.is_single_byte() && !bytes.is_ascii() && std::str::from_utf8(bytes).is_ok();
    if is_utf_8 {
        return Err(not_its(bytes, label));
    }
    let bytes = Encoding::for_bom(bytes).map_or(bytes, |(_, length)| &bytes[length..]);
    strictly(encoding, bytes).ok_or_else(|| not_its(bytes, label))
}

pub(super) fn strictly(encoding: &'static Encoding, bytes: &[u8]) -> Option<String> {
    encoding.decode_without_bom_handling_and_without_replacement(bytes).map(std::borrow::Cow::into_owned)
}

fn in_windows_1252(bytes: &[u8]) -> String {
    WINDOWS_1252.decode_without_bom_handling(bytes).0.into_owned()
}

fn not_its(bytes: &[u8], said: &str) -> ReadError {
    let at = match std::str::from_utf8(bytes) {
        Ok(_) => bytes.iter().position(|byte| !byte.is_ascii()).unwrap_or(0),
        Err(fault) => fault.valid_up_to(),
    };
    let reads_as = looks_like(bytes).map_or("no encoding known here", |encoding| encoding.name());
    ReadError::NotItsEncoding { said: said.to_owned(), at, reads_as: reads_as.to_owned() }
}

/// What the bytes look like. UTF-16 without its mark shows by zeros at every other place; UTF-8 by being sound.
pub(super) fn looks_like(bytes: &[u8]) -> Result<&'static Encoding, ReadError> {
    if let Some(zero) = bytes.iter().position(|byte| *byte == 0) {
        let low_first = bytes.iter().enumerate().all(|(at, byte)| *byte != 0 || at % 2 == 1);
        let high_first = bytes.iter().enumerate().all(|(at, byte)| *byte != 0 || at % 2 == 0);
        return match (low_first, high_first) {
            (true, false) if strictly(UTF_16LE, bytes).is_some() => Ok(UTF_16LE),
            (false, true) if strictly(UTF_16BE, bytes).is_some() => Ok(UTF_16BE),
            _ => Err(ReadError::NotText { at: zero }),
        };
    }
    if std::str::from_utf8(bytes).is_ok() {
        return Ok(UTF_8);
    }
    let mut detector = EncodingDetector::new(Iso2022JpDetection::Allow);
    detector.feed(bytes, true);
    Ok(detector.guess(None, Utf8Detection::Deny))
}

/// Carriage returns, next-line and line-separator characters end lines too.
pub(super) fn with_line_feeds(text: String) -> String {
    if !text.contains(['\r', '\u{b}', '\u{85}', '\u{2028}', '\u{2029}']) {
        return text;
    }
    text.replace("\r\n", "\n").replace(['\r', '\u{b}', '\u{85}', '\u{2028}', '\u{2029}'], "\n")
}

#[cfg(test)]
mod tests {
    use super::*;

    const WORDS: &str = "Störung um 09:40 – Zugriff gestört, “Ärger” für Kunden\nwieder heil";

    fn of(bytes: &[u8]) -> String {
        decode(bytes, None, None).expect("it is text")
    }

    fn utf_16(words: &str, big: bool) -> Vec<u8> {
        words.encode_utf16().flat_map(|unit| if big { unit.to_be_bytes() } else { unit.to_le_bytes() }).collect()
    }

    #[test]
    fn every_encoding_gives_the_same_words() {
        let marked = |mark: &[u8], rest: &[u8]| [mark, rest].concat();
        assert_eq!(of(WORDS.as_bytes()), WORDS);
        assert_eq!(of(&marked(b"\xef\xbb\xbf", WORDS.as_bytes())), WORDS);
        assert_eq!(of(&marked(b"\xff\xfe", &utf_16(WORDS, false))), WORDS);
        assert_eq!(of(&marked(b"\xfe\xff", &utf_16(WORDS, true))), WORDS);
        assert_eq!(of(&utf_16(WORDS, false)), WORDS, "UTF-16 without its mark, low byte first");
        assert_eq!(of(&utf_16(WORDS, true)), WORDS, "UTF-16 without its mark, high byte first");
        assert_eq!(of(&WINDOWS_1252.encode(WORDS).0), WORDS);
    }

    #[test]
    fn cyrillic_and_japanese_are_told_from_their_bytes() {
        for (label, words) in [
            ("windows-1251", "Авария началась в девять часов утра, служба не отвечала на запросы клиентов"),
            ("koi8-r", "Авария началась в девять часов утра, служба не отвечала на запросы клиентов"),
            ("shift_jis", "障害は午前九時に発生し、サービスは利用できませんでした。"),
            ("euc-jp", "障害は午前九時に発生し、サービスは利用できませんでした。"),
        ] {
            let encoding = Encoding::for_label(label.as_bytes()).expect("a known label");
            assert_eq!(of(&encoding.encode(words).0), words, "{label}");
        }
    }

    #[test]
    fn a_text_that_lies_about_its_encoding_is_refused_and_told_which_it_is() {
        let windows = WINDOWS_1252.encode("café – “closed”").0.into_owned();
        let lie = decode(&windows, None, Some("utf-8")).expect_err("it is not UTF-8").to_string();
        assert!(
            lie.contains("says that it is written in utf-8") && lie.contains("byte 3") && lie.contains("reads as windows-1252"),
            "{lie}"
        );
        let lie = decode("café".as_bytes(), None, Some("iso-8859-1")).expect_err("it is not Latin 1").to_string();
        assert!(lie.contains("iso-8859-1") && lie.contains("reads as UTF-8"), "{lie}");
        let lie = decode(b"abc", None, Some("utf-9")).expect_err("there is none").to_string();
        assert!(lie.contains("“utf-9”"), "{lie}");
        assert_eq!(decode(&windows, Some("windows-1252"), Some("utf-8")).expect("a person chose"), "café – “closed”");
    }

    #[test]
    fn a_page_in_utf_8_that_says_utf_16_is_read_as_browsers_do() {
        assert_eq!(decode("café".as_bytes(), None, Some("utf-16")).expect("it reads"), "café");
    }

    #[test]
    fn every_end_of_line_becomes_a_line_feed() {
        assert_eq!(of(b"a\r\nb\rc\nd"), "a\nb\nc\nd");
        assert_eq!(of("a\u{2028}b\u{85}c".as_bytes()), "a\nb\nc");
    }
}
