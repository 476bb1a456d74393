//! Bytes that a reader who searches a file for objects would find, although no cross-reference lists them.
//! Why: viewers search as soon as anything in a file displeases them. What they would find must be what everybody else reads.

use std::collections::BTreeSet;

use super::{doubt::Notes, syntax::is_space};

/// Where an object begins that is not `listed` (by the places of the words `obj`), from `from` on and outside of `passed_over`, which is
/// in order. The first few.
pub(super) fn unlisted(bytes: &[u8], from: usize, listed: &BTreeSet<usize>, passed_over: &[(usize, usize)]) -> Vec<usize> {
    let inside = |at: usize| {
        let next = passed_over.partition_point(|(start, _)| *start <= at);
        next > 0 && at < passed_over[next - 1].1
    };
    let found = words(bytes, from).filter(|(_, word)| !listed.contains(word) && !inside(*word)).map(|(start, _)| start);
    found.take(Notes::DOUBTS).collect()
}

/// Whatever looks like the header of an object: where its number begins, and where its word `obj` stands.
pub(super) fn words(bytes: &[u8], from: usize) -> impl Iterator<Item = (usize, usize)> {
    const WORD: &[u8] = b"obj";
    let found = (from..bytes.len().saturating_sub(WORD.len() - 1)).filter(move |&at| bytes[at] == b'o' && bytes[at..].starts_with(WORD));
    found.filter_map(move |word| Some((number_before(bytes, word)?, word)))
}

/// The start of `12 0 ` before a word, whatever white space it is spelled with.
fn number_before(bytes: &[u8], word: usize) -> Option<usize> {
    let back = |end: usize, of: fn(u8) -> bool| end - bytes[..end].iter().rev().take_while(|&&byte| of(byte)).count();
    let digit: fn(u8) -> bool = |byte| byte.is_ascii_digit();
    let generation_end = back(word, is_space);
    let generation = back(generation_end, digit);
    let number_end = back(generation, is_space);
    let number = back(number_end, digit);
    (generation < generation_end && number_end < generation && number < number_end).then_some(number)
}

/// The first byte between the `spans` (in any order) that is neither white space nor a comment no reader would take for structure.
pub(super) fn between(bytes: &[u8], from: usize, mut spans: Vec<(usize, usize)>) -> Option<usize> {
    spans.sort_unstable();
    let mut at = from;
    for (start, end) in spans.into_iter().chain([(bytes.len(), bytes.len())]) {
        if start > at
            && let Some(stray) = not_blank(&bytes[at..start])
        {
            return Some(at + stray);
        }
        at = at.max(end);
    }
    None
}

fn not_blank(gap: &[u8]) -> Option<usize> {
    const STRUCTURE: [&[u8]; 5] = [b"obj", b"xref", b"trailer", b"stream", b"%%EOF"];
    let mut at = 0;
    while let Some(&byte) = gap.get(at) {
        if is_space(byte) {
            at += 1;
            continue;
        }
        let line = &gap[at..];
        let line = &line[..line.iter().position(|byte| matches!(byte, b'\r' | b'\n')).unwrap_or(line.len())];
        let speaks = STRUCTURE.iter().any(|word| line.windows(word.len()).any(|window| window == *word));
        if byte != b'%' || speaks {
            return Some(at);
        }
        at += line.len();
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn headers_are_found_however_they_are_spelled() {
        let bytes = b"4 0 obj endobj 5\r\n0\tobj x 6 0obj 70 0 objx obj 1 obj endobj";
        let found: Vec<usize> = words(bytes, 0).map(|(start, _)| start).collect();
        assert_eq!(found, [0, 15, 26, 33]);
        let listed = BTreeSet::from([4]);
        assert_eq!(unlisted(bytes, 0, &listed, &[(20, 24)]), [26, 33]);
    }

    #[test]
    fn only_blanks_and_idle_comments_may_stand_between() {
        let spans = vec![(6, 8), (0, 3)];
        assert_eq!(between(b"aaa \n\0bb % idle\r\n \x0C", 0, spans.clone()), None);
        assert_eq!(between(b"aaa x bb", 0, spans.clone()), Some(4));
        assert_eq!(between(b"aaa   bb % 4 0 obj\n", 0, spans.clone()), Some(9));
        assert_eq!(between(b"aaa   bb 4", 0, spans), Some(9));
    }
}
