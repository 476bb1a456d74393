//! Cross-reference tables that readers could understand differently.
//! Why: an attacker who appends an update wins if the reader that judges sees one object and the reader that shows sees another.

use lopdf::{Document, xref::XrefEntry};

/// Whether a table in the appended bytes lists an object twice, so that one reader takes the first entry and one the last.
pub(super) fn overlap(appended: &[u8], current: &Document) -> bool {
    let classic = sections(appended).into_iter();
    let streams = current.objects.values().filter_map(|object| object.as_stream().ok()?.dict.get(b"Index").ok()?.as_array().ok());
    let streams = streams.map(|index| {
        let numbers: Vec<u64> = index.iter().filter_map(|number| u64::try_from(number.as_i64().ok()?).ok()).collect();
        numbers.chunks_exact(2).map(|pair| (pair[0], pair[1])).collect()
    });
    classic.chain(streams).any(any_overlap)
}

/// Whether the file has at this offset the object the table promises there.
pub(super) fn is_object_at(file: &[u8], offset: u32, number: u32, generation: u16) -> bool {
    let header = format!("{number} {generation} obj");
    usize::try_from(offset).ok().and_then(|offset| file.get(offset..)).is_some_and(|rest| rest.starts_with(header.as_bytes()))
}

/// Whether two entries say the same.
pub(super) fn same_entry(one: &XrefEntry, other: Option<&XrefEntry>) -> bool {
    match (one, other) {
        (XrefEntry::Normal { offset, generation }, Some(XrefEntry::Normal { offset: other, generation: second })) => {
            (offset, generation) == (other, second)
        }
        (XrefEntry::Compressed { container, index }, Some(XrefEntry::Compressed { container: other, index: second })) => {
            (container, index) == (other, second)
        }
        _ => false,
    }
}

/// First object number and count of one subsection.
type Subsection = (u64, u64);

/// The subsections of every classic table (ISO 32000-2 §7.5.4), table by table.
fn sections(bytes: &[u8]) -> Vec<Vec<Subsection>> {
    const KEYWORD: &[u8] = b"xref";
    let starts = (0..bytes.len()).filter(|&at| bytes[at..].starts_with(KEYWORD) && !bytes[..at].ends_with(b"start"));
    starts.map(|at| subsections(&bytes[at + KEYWORD.len()..])).collect()
}

fn subsections(mut rest: &[u8]) -> Vec<Subsection> {
    const ENTRY: u64 = 20;
    let mut found = Vec::new();
    while let Some((first, after)) = number(rest) {
        let Some((count, after)) = number(after) else { break };
        found.push((first, count));
        let after = after.trim_ascii_start();
        let entries = count.checked_mul(ENTRY).and_then(|length| usize::try_from(length).ok());
        match entries.and_then(|length| after.get(length..)) {
            Some(next) => rest = next,
            None => break,
        }
    }
    found
}

fn number(bytes: &[u8]) -> Option<(u64, &[u8])> {
    let bytes = bytes.trim_ascii_start();
    let length = bytes.iter().take_while(|byte| byte.is_ascii_digit()).count();
    let (digits, rest) = bytes.split_at(length);
    Some((std::str::from_utf8(digits).ok()?.parse().ok()?, rest))
}

fn any_overlap(mut subsections: Vec<Subsection>) -> bool {
    subsections.sort_unstable();
    subsections.windows(2).any(|pair| pair[0].0.saturating_add(pair[0].1) > pair[1].0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_table_that_lists_an_object_twice_is_noticed() {
        let entry = "0000000000 00000 n \n";
        let table = |second: &str| format!("junk\nxref\n4 2\n{entry}{entry}{second} 1\n{entry}trailer\n<<>>\nstartxref\n5\n%%EOF\n");
        let document = Document::new();
        assert!(!overlap(table("6").as_bytes(), &document));
        assert!(overlap(table("5").as_bytes(), &document));
    }
}
