//! Changes that somebody might make to a file: to single bytes and stretches anywhere, and to the words that its structure is made of.

use crate::samples::Sample;

/// Numbers that follow from a seed (SplitMix64).
pub struct Chance(u64);

impl From<u64> for Chance {
    fn from(seed: u64) -> Self {
        Self(seed.wrapping_mul(0x9E37_79B9_7F4A_7C15))
    }
}

impl Chance {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        mixed ^ (mixed >> 31)
    }

    /// A number below that one; 0 where there is none.
    fn below(&mut self, end: usize) -> usize {
        usize::try_from(self.next() % u64::try_from(end.max(1)).unwrap_or(1)).unwrap_or_default()
    }

    fn of<'a, T: ?Sized>(&mut self, all: &[&'a T]) -> &'a T {
        all[self.below(all.len())]
    }
}

/// What the structure of a file is made of.
const WORDS: &[&[u8]] = &[
    b"obj",
    b"endobj",
    b"stream",
    b"endstream",
    b"xref",
    b"trailer",
    b"startxref",
    b"%%EOF",
    b"<<",
    b">>",
    b"[",
    b"]",
    b"/Prev",
    b"/Size",
    b"/Root",
    b"/Contents",
    b"/ByteRange",
    b"/Length",
    b"/Filter",
    b"/Kids",
    b"/W",
    b"/Index",
    b"/Type",
    b"/Sig",
    b"/V",
    b"/Encrypt",
    b"/N",
    b"/First",
    b"/FlateDecode",
    b"/Annots",
    b"/AcroForm",
    b"/Fields",
    b"/Perms",
    b" 0 R",
    b" n \n",
    b" f \n",
];

/// What stands in the place of such a word, or before it.
const OTHERS: &[&[u8]] = &[
    b"",
    b" ",
    b"\0",
    b"null",
    b"true",
    b"0",
    b"-1",
    b"1 0 R",
    b"65535",
    b"2147483648",
    b"9999999999",
    b"18446744073709551615",
    b"<<>>",
    b"[[[[[[[[",
    b"<< /A << /A << /A",
    b"(",
    b"<",
    b"%",
    b"/",
    b"#",
    b"1 0 obj",
    b"/Prev 0",
    b"/XRefStm 0",
    b"/Type /ObjStm",
    b"/Filter [/FlateDecode /FlateDecode]",
    b"/Length 4294967295",
    b"/W [8 8 8]",
    b"/Index [0 99999999]",
    b"/Encrypt 1 0 R",
    b"endstream endobj",
];

/// A sample, changed in one to four ways.
pub fn any(samples: &[Sample], chance: &mut Chance) -> Vec<u8> {
    let mut bytes = samples[chance.below(samples.len())].pdf.clone();
    for _ in 0..=chance.below(4) {
        match chance.below(8) {
            0 => flip(&mut bytes, chance),
            1 => cut(&mut bytes, chance),
            2 => repeat(&mut bytes, chance),
            3 => splice(&mut bytes, &samples[chance.below(samples.len())].pdf, chance),
            4 => digits(&mut bytes, chance),
            _ => reword(&mut bytes, chance),
        }
    }
    bytes
}

fn flip(bytes: &mut [u8], chance: &mut Chance) {
    let at = chance.below(bytes.len());
    if let Some(byte) = bytes.get_mut(at) {
        *byte ^= 1 << chance.below(8);
    }
}

/// A stretch: mostly a short one.
fn stretch(length: usize, chance: &mut Chance) -> std::ops::Range<usize> {
    let start = chance.below(length);
    let longest = if chance.below(4) == 0 { length } else { 200 };
    start..(start + chance.below(longest)).min(length)
}

fn cut(bytes: &mut Vec<u8>, chance: &mut Chance) {
    let gone = stretch(bytes.len(), chance);
    bytes.drain(gone);
}

fn repeat(bytes: &mut Vec<u8>, chance: &mut Chance) {
    let again = bytes[stretch(bytes.len(), chance)].to_vec();
    let at = if chance.below(2) == 0 { bytes.len() } else { chance.below(bytes.len()) };
    bytes.splice(at..at, again);
}

fn splice(bytes: &mut Vec<u8>, other: &[u8], chance: &mut Chance) {
    let at = stretch(bytes.len(), chance);
    bytes.splice(at, other[stretch(other.len(), chance)].iter().copied());
}

/// Another number where one stands.
fn digits(bytes: &mut Vec<u8>, chance: &mut Chance) {
    let from = chance.below(bytes.len());
    let Some(start) = bytes[from..].iter().position(u8::is_ascii_digit).map(|found| from + found) else { return };
    let end = start + bytes[start..].iter().take_while(|byte| byte.is_ascii_digit()).count();
    let numbers: [&[u8]; 7] = [b"0", b"1", b"-1", b"65536", b"4294967296", b"99999999999999999999", b"3.5"];
    bytes.splice(start..end, chance.of(&numbers).iter().copied());
}

/// Another word in the place of one of the structure, or before it.
fn reword(bytes: &mut Vec<u8>, chance: &mut Chance) {
    let word = chance.of(WORDS);
    let from = chance.below(bytes.len());
    let find = |from: usize| bytes[from..].windows(word.len()).position(|window| window == word).map(|found| from + found);
    let Some(start) = find(from).or_else(|| find(0)) else { return };
    let end = if chance.below(3) == 0 { start } else { start + word.len() };
    let other = if chance.below(3) == 0 { chance.of(WORDS) } else { chance.of(OTHERS) };
    bytes.splice(start..end, other.iter().copied());
}
