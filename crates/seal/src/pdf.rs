//! PDF bytes, parsed once at the door; and the few PDF values more than one file here reads or writes.
//! Always true of a `Revision`: it begins with the header, ends with an end-of-file marker, lies deciphered, and was read strictly.

use std::collections::BTreeSet;

use chrono::{DateTime, FixedOffset, NaiveDate, TimeZone, Utc};
use lopdf::{Dictionary, Document, Object, StringFormat};

use crate::strict::{self, Damage, Doubt, Layout, Protection, Reading};

/// Bytes that no verdict can be given on, and nothing can be signed in.
#[derive(Debug, thiserror::Error)]
pub enum Unreadable {
    /// No PDF header in the first bytes.
    #[error("not a PDF file")]
    NotPdf,
    /// The last end-of-file marker is missing or something follows it.
    #[error("the PDF file is cut off: it does not end with an end-of-file marker")]
    Truncated,
    /// Encrypted files are judged where they open without a password; nothing is written into them, and archival PDF forbids encryption.
    #[error("the PDF file is encrypted: it can be verified, but nothing can be added to it")]
    Encrypted,
    /// The file is encrypted and needs a password.
    #[error("the PDF file opens with a password only; ask for a copy that opens without one")]
    PasswordNeeded,
    /// The file is encrypted in a way that is not known here, or that readers do not take alike.
    #[error("the PDF file is encrypted in a way that this build cannot read")]
    UnknownEncryption,
    /// The structure cannot be followed at all, or not safely.
    #[error("the PDF file is damaged: {0}")]
    Damaged(#[source] Damage),
}

/// A PDF file as it stood at the end of one of its updates.
pub(crate) struct Revision {
    pub(crate) document: Document,
    /// Bytes from the start of the file to the end of this revision.
    pub(crate) length: usize,
    /// Where other readers may read something else. Nothing signed may depend on it.
    pub(crate) doubts: BTreeSet<Doubt>,
    pub(crate) layout: Layout,
    /// Whether the file is encrypted. Nothing can be added to it then.
    encrypted: bool,
    /// Bytes of memory that what was read takes.
    taken: usize,
}

impl Revision {
    pub(crate) fn open(bytes: &[u8]) -> Result<Self, Unreadable> {
        Self::by(bytes, strict::read)
    }

    /// Opens the revision of a file that ends at `end`, beside this one, which is its newest.
    pub(crate) fn open_earlier(&self, file: &[u8], end: usize) -> Result<Self, Unreadable> {
        let bytes = file.get(..end).ok_or(Unreadable::Truncated)?;
        Self::by(bytes, |bytes| strict::read_beside(bytes, file.len(), self.taken))
    }

    fn by(bytes: &[u8], read: impl Fn(&[u8]) -> Result<Reading, Damage>) -> Result<Self, Unreadable> {
        if !bytes.starts_with(b"%PDF-") {
            return Err(Unreadable::NotPdf);
        }
        if !ends_with_marker(bytes) {
            return Err(Unreadable::Truncated);
        }
        let Reading { document, doubts, layout, protection, taken } = read(bytes).map_err(Unreadable::Damaged)?;
        let encrypted = match protection {
            Protection::Open => false,
            Protection::Deciphered => true,
            Protection::Password => return Err(Unreadable::PasswordNeeded),
            Protection::Unknown => return Err(Unreadable::UnknownEncryption),
        };
        Ok(Self { document, length: bytes.len(), doubts, layout, encrypted, taken })
    }

    /// The revision, if something can be added to its file.
    pub(crate) fn open_to_updates(self) -> Result<Self, Unreadable> {
        if self.encrypted { Err(Unreadable::Encrypted) } else { Ok(self) }
    }

    /// The catalog's entry of that name, followed if it is a reference.
    pub(crate) fn in_catalog(&self, key: &[u8]) -> Option<&Object> {
        follow(&self.document, self.document.catalog().ok()?.get(key).ok()?)
    }
}

/// Whether `%%EOF` ends the bytes, but for white space and NUL bytes.
pub(crate) fn ends_with_marker(bytes: &[u8]) -> bool {
    trim_end(bytes).ends_with(b"%%EOF")
}

/// The bytes without the white space at their end; NUL is white space in a PDF (ISO 32000-2 table 1).
pub(crate) fn trim_end(bytes: &[u8]) -> &[u8] {
    let blank = bytes.iter().rev().take_while(|byte| byte.is_ascii_whitespace() || **byte == 0).count();
    &bytes[..bytes.len() - blank]
}

/// The object itself, or the one it refers to.
pub(crate) fn follow<'a>(document: &'a Document, object: &'a Object) -> Option<&'a Object> {
    document.dereference(object).ok().map(|(_, object)| object)
}

/// An entry of a dictionary, followed if it is a reference.
pub(crate) fn entry<'a>(document: &'a Document, dictionary: &'a Dictionary, key: &[u8]) -> Option<&'a Object> {
    follow(document, dictionary.get(key).ok()?)
}

/// A text string (ISO 32000-2 §7.9.2.2): plain ASCII where that is enough, UTF-16 with a byte order mark elsewhere.
pub(crate) fn text_string(text: &str) -> Object {
    if text.is_ascii() {
        return Object::String(text.as_bytes().to_vec(), StringFormat::Literal);
    }
    let units = std::iter::once(0xFEFF).chain(text.encode_utf16());
    Object::String(units.flat_map(u16::to_be_bytes).collect(), StringFormat::Hexadecimal)
}

/// The text of a text string, in whichever of its encodings.
pub(crate) fn text(object: &Object) -> Option<String> {
    lopdf::decode_text_string(object).ok()
}

/// A date (ISO 32000-2 §7.9.4), in UTC and to the second.
pub(crate) fn date_string(at: DateTime<Utc>) -> Object {
    Object::String(at.format("D:%Y%m%d%H%M%SZ").to_string().into_bytes(), StringFormat::Literal)
}

/// Reads a date. A date without a zone is taken as UTC, a date without a time as midnight.
pub(crate) fn date(object: &Object) -> Option<DateTime<Utc>> {
    let text = text(object)?;
    let text = text.strip_prefix("D:").unwrap_or(&text);
    let digits = text.len() - text.trim_start_matches(|c: char| c.is_ascii_digit()).len();
    let (moment, zone) = text.split_at(digits);
    let number = |from: usize, to: usize, absent: u32| match moment.get(from..to) {
        Some(digits) => digits.parse().ok(),
        None => Some(absent),
    };
    let year = moment.get(..4)?.parse().ok()?;
    let time = NaiveDate::from_ymd_opt(year, number(4, 6, 1)?, number(6, 8, 1)?)?.and_hms_opt(
        number(8, 10, 0)?,
        number(10, 12, 0)?,
        number(12, 14, 0)?,
    )?;
    let local = offset(zone)?.from_local_datetime(&time).single()?;
    Some(local.to_utc())
}

/// `Z`, `+HH'mm'` or `-HH'mm'`, with or without the apostrophes.
fn offset(zone: &str) -> Option<FixedOffset> {
    let (sign, digits) = match zone.as_bytes().first() {
        None | Some(b'Z') => return FixedOffset::east_opt(0),
        Some(b'+') => (1, &zone[1..]),
        Some(b'-') => (-1, &zone[1..]),
        Some(_) => return None,
    };
    let mut parts = digits.splitn(3, '\'');
    let hours: i32 = parts.next()?.parse().ok().filter(|hours| (0..24).contains(hours))?;
    let minutes: i32 = parts.next().filter(|part| !part.is_empty()).map_or(Ok(0), str::parse).ok()?;
    FixedOffset::east_opt(sign * (hours * 3600 + minutes.clamp(0, 59) * 60))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Option<String> {
        date(&Object::string_literal(text)).map(|at| at.to_rfc3339())
    }

    #[test]
    fn dates_are_read_in_every_form_signers_write() {
        let expected = Some("2026-11-22T04:00:05+00:00".to_owned());
        for text in ["D:20261122040005Z", "D:20261122050005+01'00'", "D:20261122050005+01'00", "D:20261121230005-05'00'"] {
            assert_eq!(read(text), expected, "{text}");
        }
        assert_eq!(read("D:2026"), Some("2026-01-01T00:00:00+00:00".to_owned()));
        assert_eq!(read("D:20261322"), None);
        assert_eq!(read("yesterday"), None);
        assert_eq!(read("D:20261122040005+99999999999999'00"), None);
    }

    #[test]
    fn a_date_comes_back_as_written() {
        let at = DateTime::from_timestamp(1_795_320_005, 0).expect("a time");
        assert_eq!(date(&date_string(at)), Some(at));
    }

    #[test]
    fn text_outside_ascii_comes_back_as_written() {
        for words in ["Anna Author", "Zoë Müller", "Ελένη", "𝔘"] {
            assert_eq!(text(&text_string(words)).as_deref(), Some(words));
        }
    }

    #[test]
    fn bytes_that_are_no_pdf_are_told_from_a_pdf_cut_short() {
        assert!(matches!(Revision::open(b"hello"), Err(Unreadable::NotPdf)));
        assert!(matches!(Revision::open(b"%PDF-1.7\n1 0 obj"), Err(Unreadable::Truncated)));
        assert!(matches!(Revision::open(b"%PDF-1.7\n%%EOF\n"), Err(Unreadable::Damaged(_))));
    }
}
