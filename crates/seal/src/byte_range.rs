//! The two ranges of bytes a signature covers, and the hole between them that holds the signature itself.
//! Always true of a `ByteRange`: the first range starts with the file, the second ends where a revision ends, and the hole is
//! one hexadecimal string with its angle brackets and nothing else. Anything looser lets an attacker hide bytes in the hole
//! or behind the second range (the wrapping and shadow attacks on PDF signatures).

use lopdf::{Dictionary, Object};

use crate::pdf::ends_with_marker;

/// Byte ranges that keep the rules.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(crate) struct ByteRange {
    /// Offset of the `<` that opens the hole.
    pub(crate) hole_start: usize,
    /// Offset behind the `>` that closes it.
    pub(crate) hole_end: usize,
    /// Offset behind the last byte covered.
    pub(crate) end: usize,
}

/// How byte ranges break the rules.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(crate) enum BadRange {
    /// No /ByteRange of four whole numbers.
    Missing,
    /// It starts elsewhere than at byte 0, overlaps, or reaches beyond the file.
    OutOfBounds,
    /// The hole is something else than one hexadecimal string with its letters in one case.
    Hole,
    /// The second range does not end where a revision of the file ends.
    NotARevision,
    /// The hole is not the /Contents of the signature dictionary.
    NotTheContents,
}

impl ByteRange {
    /// The byte ranges of a signature dictionary, checked against the file.
    pub(crate) fn of(signature: &Dictionary, file: &[u8]) -> Result<Self, BadRange> {
        let range = Self::from_numbers(signature, file.len())?;
        let hole = &file[range.hole_start + 1..range.hole_end - 1];
        let bracketed = file[range.hole_start] == b'<' && file[range.hole_end - 1] == b'>';
        if !bracketed || !is_hex(hole) || !hole.len().is_multiple_of(2) {
            return Err(BadRange::Hole);
        }
        // Whether what precedes the marker is a whole revision, and what follows it an update, is for the strict reading to say.
        if !ends_with_marker(&file[..range.end]) {
            return Err(BadRange::NotARevision);
        }
        // No second place in the covered bytes can hold the same string: it would have to contain its own digest. So
        // equality with the parsed value proves that the hole is where the dictionary has its /Contents.
        let Ok(Object::String(contents, _)) = signature.get(b"Contents") else { return Err(BadRange::NotTheContents) };
        if *contents != decode_hex(hole) {
            return Err(BadRange::NotTheContents);
        }
        Ok(range)
    }

    fn from_numbers(signature: &Dictionary, length: usize) -> Result<Self, BadRange> {
        let numbers = signature.get(b"ByteRange").and_then(Object::as_array).map_err(|_| BadRange::Missing)?;
        let numbers: Vec<usize> = numbers.iter().map_while(|number| usize::try_from(number.as_i64().ok()?).ok()).collect();
        let &[start, hole_start, hole_end, rest] = numbers.as_slice() else { return Err(BadRange::Missing) };
        let end = hole_end.checked_add(rest).ok_or(BadRange::OutOfBounds)?;
        let ordered = start == 0 && hole_start < hole_end && hole_end - hole_start >= 2 && rest > 0 && end <= length;
        if ordered { Ok(Self { hole_start, hole_end, end }) } else { Err(BadRange::OutOfBounds) }
    }

    /// The bytes covered, in two parts.
    pub(crate) fn covered<'a>(&self, file: &'a [u8]) -> [&'a [u8]; 2] {
        [&file[..self.hole_start], &file[self.hole_end..self.end]]
    }
}

/// Whoever writes a signature writes its letters in one case. A letter in the other was changed by somebody, and the hole is the one
/// place where no digest tells.
fn is_hex(digits: &[u8]) -> bool {
    let one_case = !(digits.iter().any(u8::is_ascii_uppercase) && digits.iter().any(u8::is_ascii_lowercase));
    one_case && digits.iter().all(u8::is_ascii_hexdigit)
}

fn decode_hex(digits: &[u8]) -> Vec<u8> {
    let value = |digit: u8| char::from(digit).to_digit(16).unwrap_or_default() as u8;
    digits.chunks_exact(2).map(|pair| value(pair[0]) << 4 | value(pair[1])).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use lopdf::{StringFormat, dictionary};

    const FILE: &[u8] = b"%PDF-1.7 /Contents<0AFF> %%EOF\n";

    fn check(numbers: [i64; 4], file: &[u8]) -> Result<ByteRange, BadRange> {
        let numbers: Vec<Object> = numbers.into_iter().map(Object::from).collect();
        let contents = Object::String(vec![0x0A, 0xFF], StringFormat::Hexadecimal);
        ByteRange::of(&dictionary! { "ByteRange" => numbers, "Contents" => contents }, file)
    }

    #[test]
    fn a_range_around_the_contents_is_accepted() {
        assert_eq!(check([0, 18, 24, 7], FILE), Ok(ByteRange { hole_start: 18, hole_end: 24, end: 31 }));
    }

    #[test]
    fn every_looser_range_is_refused() {
        assert_eq!(check([1, 17, 24, 7], FILE), Err(BadRange::OutOfBounds), "leaves out the first byte");
        assert_eq!(check([0, 18, 24, 8], FILE), Err(BadRange::OutOfBounds), "beyond the file");
        assert_eq!(check([0, 18, 24, i64::MAX], FILE), Err(BadRange::OutOfBounds));
        assert_eq!(check([0, 18, -24, 7], FILE), Err(BadRange::Missing), "negative");
        assert_eq!(check([0, 17, 24, 7], FILE), Err(BadRange::Hole), "a byte more in the hole");
        assert_eq!(check([0, 18, 25, 6], FILE), Err(BadRange::Hole), "a byte more behind it");
        assert_eq!(check([0, 18, 24, 4], FILE), Err(BadRange::NotARevision), "ends inside the marker");
        assert_eq!(check([0, 18, 24, 7], b"%PDF-1.7 /Contents<0A F> %%EOF\n"), Err(BadRange::Hole), "a blank inside");
        assert_eq!(check([0, 18, 24, 7], b"%PDF-1.7 /Contents<0AfF> %%EOF\n"), Err(BadRange::Hole), "a letter changed to the other case");
        assert_eq!(check([0, 18, 24, 7], b"%PDF-1.7 /Contents<0AFE> %%EOF\n"), Err(BadRange::NotTheContents));
    }
}
