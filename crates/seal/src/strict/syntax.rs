//! PDF objects, read as they are spelled (ISO 32000-2 §7.2 and §7.3).
//! Always true: whatever two readers could take differently is noted or refused, never guessed; depth and number of values are bounded,
//! and nothing is allocated because a number in the file says so.
//! Deliberately absent: streams and where objects lie (`objects`, `sections`).

use lopdf::{Dictionary, Object, StringFormat};

use super::{
    doubt::{Damage, Doubt, Notes, Stop},
    memory,
};

/// A place in bytes from which values are read.
pub(super) struct Cursor<'a> {
    pub(super) bytes: &'a [u8],
    pub(super) at: usize,
    /// The object these bytes belong to, for naming doubts; 0 for a trailer.
    pub(super) object: u32,
}

pub(super) const fn is_space(byte: u8) -> bool {
    matches!(byte, 0 | b'\t' | b'\n' | 0x0C | b'\r' | b' ')
}

/// Whether a place is not in the middle of a word: `2 0 obj` is no object where `12 0 obj` stands.
pub(super) fn begins_word(bytes: &[u8], at: usize) -> bool {
    at.checked_sub(1).and_then(|before| bytes.get(before)).is_none_or(|&before| is_space(before))
}

const fn is_delimiter(byte: u8) -> bool {
    matches!(byte, b'(' | b')' | b'<' | b'>' | b'[' | b']' | b'{' | b'}' | b'/' | b'%')
}

const fn is_regular(byte: u8) -> bool {
    !is_space(byte) && !is_delimiter(byte)
}

fn hex_digit(byte: u8) -> Option<u8> {
    char::from(byte).to_digit(16).and_then(|digit| u8::try_from(digit).ok())
}

/// Deeper than any program nests its objects; viewers give up at various depths beyond.
const DEEPEST: usize = 64;

impl<'a> Cursor<'a> {
    pub(super) fn new(bytes: &'a [u8], at: usize, object: u32) -> Self {
        Self { bytes, at, object }
    }

    pub(super) fn peek(&self) -> Option<u8> {
        self.bytes.get(self.at).copied()
    }

    pub(super) fn rest(&self) -> &'a [u8] {
        self.bytes.get(self.at..).unwrap_or_default()
    }

    /// Passes over white space and comments.
    pub(super) fn skip_space(&mut self) {
        while let Some(byte) = self.peek() {
            if byte == b'%' {
                self.at += self.rest().iter().take_while(|byte| !matches!(byte, b'\r' | b'\n')).count();
            } else if is_space(byte) {
                self.at += 1;
            } else {
                return;
            }
        }
    }

    /// Takes these bytes if they come next.
    pub(super) fn take(&mut self, wanted: &[u8]) -> bool {
        let found = self.rest().starts_with(wanted);
        if found {
            self.at += wanted.len();
        }
        found
    }

    /// Takes a word that ends where the bytes say so.
    pub(super) fn word(&mut self, wanted: &[u8]) -> bool {
        let ends = self.rest().get(wanted.len()).is_none_or(|&next| !is_regular(next));
        ends && self.take(wanted)
    }

    /// Takes one end of line: CR, LF or both.
    pub(super) fn end_of_line(&mut self) -> bool {
        self.take(b"\r\n") || self.take(b"\n") || self.take(b"\r")
    }

    /// Takes a whole number without a sign.
    pub(super) fn digits(&mut self) -> Option<u64> {
        let length = self.rest().iter().take_while(|byte| byte.is_ascii_digit()).count();
        let number = std::str::from_utf8(self.rest().get(..length)?).ok()?.parse().ok()?;
        self.at += length;
        Some(number)
    }

    /// The next value, with white space and comments before it.
    pub(super) fn value(&mut self, notes: &mut Notes) -> Result<Object, Stop> {
        self.nested(notes, 0)
    }

    fn nested(&mut self, notes: &mut Notes, depth: usize) -> Result<Object, Stop> {
        if depth > DEEPEST {
            return Err(Damage::Nested.into());
        }
        notes.keep(memory::VALUE)?;
        self.skip_space();
        let value = match self.peek().ok_or(Stop::Malformed)? {
            b'/' => Ok(Object::Name(self.name()?.decoded)),
            b'(' => self.literal(),
            b'<' if self.rest().starts_with(b"<<") => self.dictionary(notes, depth),
            b'<' => self.hexadecimal(),
            b'[' => self.array(notes, depth),
            b'+' | b'-' | b'.' | b'0'..=b'9' => self.number_or_reference(),
            _ if self.word(b"true") => Ok(Object::Boolean(true)),
            _ if self.word(b"false") => Ok(Object::Boolean(false)),
            _ if self.word(b"null") => Ok(Object::Null),
            _ => Err(Stop::Malformed),
        }?;
        if let Object::Name(text) | Object::String(text, _) = &value {
            notes.keep(text.capacity() + memory::TEXT)?;
        }
        Ok(value)
    }

    fn array(&mut self, notes: &mut Notes, depth: usize) -> Result<Object, Stop> {
        self.at += 1;
        let mut items = Vec::new();
        loop {
            self.skip_space();
            if self.take(b"]") {
                items.shrink_to_fit();
                return Ok(Object::Array(items));
            }
            items.push(self.nested(notes, depth + 1)?);
        }
    }

    fn dictionary(&mut self, notes: &mut Notes, depth: usize) -> Result<Object, Stop> {
        self.at += 2;
        notes.keep(memory::DICTIONARY)?;
        let mut dictionary = Dictionary::new();
        loop {
            self.skip_space();
            if self.take(b">>") {
                dictionary.as_hashmap_mut().shrink_to_fit();
                return Ok(Object::Dictionary(dictionary));
            }
            if self.peek() != Some(b'/') {
                return Err(Stop::Malformed);
            }
            let Name { decoded, disguised } = self.name()?;
            let (object, key) = (self.object, || String::from_utf8_lossy(&decoded).into_owned());
            if disguised {
                notes.doubt(Doubt::DisguisedKey { object, key: key() });
            }
            if dictionary.has(&decoded) {
                notes.doubt(Doubt::DoubledKey { object, key: key() });
            }
            notes.keep(memory::KEY + decoded.len())?;
            let value = self.nested(notes, depth + 1)?;
            dictionary.set(decoded, value);
        }
    }

    fn name(&mut self) -> Result<Name, Stop> {
        self.at += 1;
        let mut name = Name { decoded: Vec::new(), disguised: false };
        while let Some(byte) = self.peek().filter(|&byte| is_regular(byte)) {
            self.at += 1;
            if byte != b'#' {
                name.decoded.push(byte);
                continue;
            }
            let digits = self.rest().get(..2).ok_or(Stop::Malformed)?;
            let (high, low) = hex_digit(digits[0]).zip(hex_digit(digits[1])).ok_or(Stop::Malformed)?;
            let byte = high << 4 | low;
            if byte == 0 {
                return Err(Stop::Malformed);
            }
            // Programs escape what the syntax would take for something else, never a letter or a digit.
            name.disguised |= byte.is_ascii_alphanumeric();
            name.decoded.push(byte);
            self.at += 2;
        }
        Ok(name)
    }

    fn number_or_reference(&mut self) -> Result<Object, Stop> {
        let start = self.at;
        let text = self.rest().iter().take_while(|&&byte| is_regular(byte)).count();
        self.at += text;
        let text = std::str::from_utf8(&self.bytes[start..self.at]).map_err(|_| Stop::Malformed)?;
        let unsigned = text.strip_prefix(['+', '-']).unwrap_or(text);
        let (whole, fraction) = unsigned.split_once('.').map_or((unsigned, None), |(whole, fraction)| (whole, Some(fraction)));
        let figures = |part: &str| part.bytes().all(|byte| byte.is_ascii_digit());
        if !figures(whole) || !fraction.is_none_or(figures) || whole.len() + fraction.map_or(0, str::len) == 0 {
            return Err(Stop::Malformed);
        }
        if fraction.is_some() {
            return text.parse().map(Object::Real).map_err(|_| Stop::Malformed);
        }
        let number: i64 = text.parse().map_err(|_| Stop::Malformed)?;
        Ok(u32::try_from(number).ok().filter(|_| unsigned == text).and_then(|number| self.reference(number)).unwrap_or(number.into()))
    }

    /// What follows the number of a reference: its generation and `R`.
    fn reference(&mut self, number: u32) -> Option<Object> {
        let start = self.at;
        let mut tail = || {
            self.skip_space();
            let generation = u16::try_from(self.digits()?).ok()?;
            let gap = self.at;
            self.skip_space();
            (self.at > gap && self.word(b"R")).then_some(Object::Reference((number, generation)))
        };
        let found = tail();
        if found.is_none() {
            self.at = start;
        }
        found
    }

    fn literal(&mut self) -> Result<Object, Stop> {
        self.at += 1;
        let mut text = Vec::new();
        let mut open = 0_usize;
        loop {
            let byte = self.peek().ok_or(Stop::Malformed)?;
            self.at += 1;
            match byte {
                b'(' => open += 1,
                b')' if open == 0 => return Ok(Object::String(text, StringFormat::Literal)),
                b')' => open -= 1,
                b'\r' => {
                    self.take(b"\n");
                    text.push(b'\n');
                    continue;
                }
                b'\\' => {
                    text.extend(self.escaped()?);
                    continue;
                }
                _ => {}
            }
            text.push(byte);
        }
    }

    /// What a backslash and the bytes behind it stand for.
    fn escaped(&mut self) -> Result<Option<u8>, Stop> {
        let byte = self.peek().ok_or(Stop::Malformed)?;
        if byte.is_ascii_digit() && byte < b'8' {
            let octal = |byte: &&u8| (b'0'..b'8').contains(*byte);
            let digits: Vec<u8> = self.rest().iter().take(3).take_while(octal).copied().collect();
            self.at += digits.len();
            // Three digits may overflow a byte; the high bit is ignored (ISO 32000-2 table 3).
            return Ok(Some(digits.iter().fold(0_u8, |value, digit| value.wrapping_mul(8).wrapping_add(digit - b'0'))));
        }
        if self.end_of_line() {
            return Ok(None);
        }
        self.at += 1;
        Ok(Some(match byte {
            b'n' => b'\n',
            b'r' => b'\r',
            b't' => b'\t',
            b'b' => 8,
            b'f' => 0x0C,
            other => other,
        }))
    }

    fn hexadecimal(&mut self) -> Result<Object, Stop> {
        self.at += 1;
        let length = self.rest().iter().position(|&byte| byte == b'>').ok_or(Stop::Malformed)?;
        let mut digits = Vec::with_capacity(length);
        for &byte in self.rest().iter().take(length).filter(|&&byte| !is_space(byte)) {
            digits.push(hex_digit(byte).ok_or(Stop::Malformed)?);
        }
        self.at += length + 1;
        if digits.len() % 2 == 1 {
            digits.push(0);
        }
        let bytes = digits.chunks_exact(2).map(|pair| pair[0] << 4 | pair[1]).collect();
        Ok(Object::String(bytes, StringFormat::Hexadecimal))
    }
}

/// A name, and whether it was spelled with escapes it did not need.
struct Name {
    decoded: Vec<u8>,
    disguised: bool,
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> (Result<Object, Stop>, Vec<Doubt>) {
        let mut notes = Notes::new(0, 16 << 20);
        let mut cursor = Cursor::new(text.as_bytes(), 0, 7);
        let value = cursor.value(&mut notes);
        (value, notes.doubts.into_iter().collect())
    }

    #[test]
    fn values_are_read_as_the_standard_spells_them() {
        let text = r"<< /A#20B [ 1 0 R -2 +3 .5 4. true null ] /S (a\(b\)(c)\101\
d) /H <4A 4b5> /D << /D 1 % a note
>> >>";
        let (value, doubts) = read(text);
        let value = value.expect("a dictionary");
        let get = |key: &[u8]| value.as_dict().and_then(|dictionary| dictionary.get(key)).cloned().expect("there");
        assert!(doubts.is_empty(), "{doubts:?}");
        let list = [Object::Reference((1, 0)), (-2).into(), 3.into(), 0.5.into(), 4.0.into(), true.into(), Object::Null];
        assert_eq!(get(b"A B"), Object::Array(list.to_vec()));
        assert_eq!(get(b"S").as_str().ok(), Some(&b"a(b)(c)Ad"[..]));
        assert_eq!(get(b"H").as_str().ok(), Some(&b"JKP"[..]));
    }

    #[test]
    fn a_key_twice_or_in_disguise_is_noted_however_deep() {
        let doubled = vec![Doubt::DoubledKey { object: 7, key: "Contents".into() }];
        assert_eq!(read("<< /Contents 1 0 R /Contents 2 0 R >>").1, doubled);
        assert_eq!(read("[ << /R << /Contents 1 /X 2 /Contents 1 >> >> ]").1, doubled);
        let disguised = Doubt::DisguisedKey { object: 7, key: "Contents".into() };
        assert_eq!(read("<< /Con#74ents 1 /Contents 2 >>").1, [doubled[0].clone(), disguised.clone()]);
        assert_eq!(read("<< /Con#74ents 2 0 R >>").1, [disguised]);
        assert!(read("<< /Lime#20Green 1 /C#23 2 >>").1.is_empty(), "a blank and a number sign must be escaped");
    }

    #[test]
    fn what_readers_guess_at_is_refused() {
        for text in ["--5", "1-2", "1.2.3", "4e5", "truely", "<4x>", "(open", "<< /A >>", "<< 1 2 >>", "/A#0", "/A#00", "{1}", "", "[1 2"] {
            assert_eq!(read(text).0, Err(Stop::Malformed), "{text}");
        }
        assert_eq!(read(&"[".repeat(90)).0, Err(Stop::Damage(Damage::Nested)));
    }

    #[test]
    fn values_are_counted_before_they_are_kept() {
        assert_eq!(read(&format!("[{}]", "0 ".repeat(400_000))).0, Err(Stop::Damage(Damage::Crowded)));
    }
}
