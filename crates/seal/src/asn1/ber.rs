//! From BER to DER, as far as messages of banks and authorities need it: lengths without a number, lengths longer than they must be, and
//! octet strings in pieces (X.690 §8.1.3 and §8.7).
//! Always true: contents stay as they are; depth and output are bounded by the input.
//! Deliberately absent: sorting sets and other freedoms of BER. What was signed is compared as it was written.

/// The first element of `bytes` with definite, shortest lengths, and how many bytes it took. None where it is no BER.
pub(crate) fn to_der(bytes: &[u8]) -> Option<(Vec<u8>, usize)> {
    let mut input = Input { bytes, at: 0 };
    let der = input.element(0)?;
    Some((der, input.at))
}

/// Deeper than any message.
const DEEPEST: usize = 48;
const OCTET_STRING: u8 = 0x04;
const CONSTRUCTED: u8 = 0x20;

struct Input<'a> {
    bytes: &'a [u8],
    at: usize,
}

impl<'a> Input<'a> {
    fn byte(&mut self) -> Option<u8> {
        let byte = *self.bytes.get(self.at)?;
        self.at += 1;
        Some(byte)
    }

    fn take(&mut self, length: usize) -> Option<&'a [u8]> {
        let end = self.at.checked_add(length)?;
        let taken = self.bytes.get(self.at..end)?;
        self.at = end;
        Some(taken)
    }

    /// The tag, of one byte or more.
    fn tag(&mut self) -> Option<&'a [u8]> {
        let start = self.at;
        if self.byte()? & 0x1F == 0x1F {
            while self.byte()? & 0x80 != 0 {}
        }
        self.bytes.get(start..self.at)
    }

    /// The length; inside, None where the element ends with a mark of its own.
    fn length(&mut self) -> Option<Option<usize>> {
        let first = self.byte()?;
        match first {
            0..=0x7F => Some(Some(usize::from(first))),
            0x80 => Some(None),
            _ => {
                let digits = self.take(usize::from(first & 0x7F))?;
                let significant = &digits[digits.iter().take_while(|byte| **byte == 0).count()..];
                let fits = significant.len() <= 4;
                fits.then(|| Some(significant.iter().fold(0, |value, byte| value << 8 | usize::from(*byte))))
            }
        }
    }

    fn element(&mut self, depth: usize) -> Option<Vec<u8>> {
        if depth > DEEPEST {
            return None;
        }
        let tag = self.tag()?;
        let length = self.length()?;
        let constructed = tag[0] & CONSTRUCTED != 0;
        let contents = match length {
            Some(length) if !constructed => self.take(length)?.to_vec(),
            None if !constructed => return None,
            Some(length) => Input { bytes: self.take(length)?, at: 0 }.children(depth, tag[0], false)?,
            None => self.children(depth, tag[0], true)?,
        };
        let joined = [OCTET_STRING];
        let tag = if tag[0] == OCTET_STRING | CONSTRUCTED { &joined[..] } else { tag };
        Some(encoded(tag, &contents))
    }

    /// The elements inside one, up to the end of the bytes or to the mark of two zeros.
    fn children(&mut self, depth: usize, tag: u8, marked: bool) -> Option<Vec<u8>> {
        let mut contents = Vec::new();
        loop {
            if marked && self.bytes.get(self.at..)?.starts_with(&[0, 0]) {
                self.at += 2;
                return Some(contents);
            }
            if self.at == self.bytes.len() {
                return (!marked).then_some(contents);
            }
            let child = self.element(depth + 1)?;
            if tag == OCTET_STRING | CONSTRUCTED {
                // The pieces of a string are joined; what frames each is left away.
                let mut piece = Input { bytes: &child, at: 0 };
                (piece.tag()? == [OCTET_STRING]).then_some(())?;
                piece.length()??;
                contents.extend_from_slice(&child[piece.at..]);
            } else {
                contents.extend(child);
            }
        }
    }
}

fn encoded(tag: &[u8], contents: &[u8]) -> Vec<u8> {
    let mut out = tag.to_vec();
    match u8::try_from(contents.len()) {
        Ok(short @ 0..=0x7F) => out.push(short),
        _ => {
            let length = contents.len().to_be_bytes();
            let significant = &length[length.iter().take_while(|byte| **byte == 0).count()..];
            out.push(0x80 | u8::try_from(significant.len()).unwrap_or(8));
            out.extend_from_slice(significant);
        }
    }
    out.extend_from_slice(contents);
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(ber: &[u8], der: &[u8]) {
        assert_eq!(to_der(ber), Some((der.to_vec(), ber.len())), "{ber:02x?}");
    }

    #[test]
    fn lengths_become_definite_and_short() {
        check(&[0x30, 0x03, 0x02, 0x01, 0x07], &[0x30, 0x03, 0x02, 0x01, 0x07]);
        check(&[0x30, 0x80, 0x02, 0x01, 0x07, 0, 0], &[0x30, 0x03, 0x02, 0x01, 0x07]);
        check(&[0x30, 0x80, 0xA0, 0x80, 0x31, 0x00, 0, 0, 0, 0], &[0x30, 0x04, 0xA0, 0x02, 0x31, 0x00]);
        check(&[0x30, 0x83, 0, 0, 0x03, 0x02, 0x01, 0x07], &[0x30, 0x03, 0x02, 0x01, 0x07]);
    }

    #[test]
    fn the_pieces_of_a_string_are_joined() {
        check(&[0x24, 0x80, 0x04, 0x01, 0xAA, 0x24, 0x03, 0x04, 0x01, 0xBB, 0, 0], &[0x04, 0x02, 0xAA, 0xBB]);
    }

    #[test]
    fn what_follows_is_left_to_the_caller() {
        assert_eq!(to_der(&[0x30, 0x80, 0, 0, 0, 0, 0]), Some((vec![0x30, 0], 4)));
    }

    #[test]
    fn what_is_no_ber_is_refused() {
        for bytes in [
            &[][..],
            &[0x30],
            &[0x30, 0x80],
            &[0x04, 0x80, 0, 0],
            &[0x30, 0x05, 0x02, 0x01],
            &[0x30, 0x88, 1, 1, 1, 1, 1, 1, 1, 1],
            &[0x24, 0x03, 0x02, 0x01, 0],
        ] {
            assert_eq!(to_der(bytes), None, "{bytes:02x?}");
        }
        assert_eq!(to_der(&[0x30, 0x80].repeat(500)), None);
    }
}
