//! Cross-reference sections (ISO 32000-2 §7.5.4 and §7.5.8), from the last one back to the first.
//! Always true: a table is read as its counts say, to the byte; what differs is a doubt. Numbers are believed only after they were held
//! against the bytes there are, and nothing is allocated before.

use std::collections::BTreeSet;

use lopdf::{Dictionary, Object, xref::XrefEntry};

use super::{
    doubt::{Damage, Doubt, Notes, Stop},
    memory, objects,
    syntax::{Cursor, begins_word, is_space},
    unpack,
};

/// The largest number of an object (ISO 32000-2 annex C).
const MOST_OBJECTS: u64 = 8_388_607;
/// More updates than any file has; each costs a reader time.
const MOST_SECTIONS: usize = 4_096;

/// One table or stream.
pub(super) struct Section {
    /// Where it begins.
    pub(super) at: usize,
    /// Behind its last byte; with what follows it, if that says where the section is and ends it.
    pub(super) end: usize,
    /// What the lines behind it name as the place of the cross-references.
    pub(super) footer: Option<u64>,
    /// The stream it is, with the place of its word `obj`. None for a table.
    pub(super) stream: Option<(u32, usize)>,
    pub(super) entries: Vec<(u32, XrefEntry)>,
    pub(super) trailer: Dictionary,
}

/// What the end of a file says.
pub(super) struct End {
    /// The place of the cross-references.
    pub(super) place: u64,
    /// So much white space follows that some readers do not find it, and search the file for objects.
    pub(super) far: bool,
}

/// The end of the file: the place of its cross-references, and the marker.
pub(super) fn last_footer(bytes: &[u8], notes: &mut Notes) -> Option<End> {
    const KEYWORD: &[u8] = b"startxref";
    /// Readers search this many bytes from the end (poppler, MuPDF and pdf.js), some more.
    const WINDOW: usize = 1_024;
    let Some(at) = bytes.windows(KEYWORD.len()).rposition(|window| window == KEYWORD) else {
        notes.doubt(Doubt::End);
        return None;
    };
    let mut cursor = Cursor::new(bytes, at, 0);
    let named = footer(&mut cursor);
    let only_space = cursor.rest().iter().all(|&byte| is_space(byte));
    if named.is_none() || !only_space {
        notes.doubt(Doubt::End);
    }
    let place = named.or_else(|| {
        let mut cursor = Cursor::new(bytes, at + KEYWORD.len(), 0);
        cursor.skip_space();
        cursor.digits()
    });
    place.map(|place| End { place, far: bytes.len() - at > WINDOW })
}

/// `startxref`, the place, and the end-of-file marker.
fn footer(cursor: &mut Cursor<'_>) -> Option<u64> {
    let blank = |cursor: &mut Cursor<'_>| cursor.at += cursor.rest().iter().take_while(|&&byte| is_space(byte)).count();
    blank(cursor);
    if !cursor.word(b"startxref") {
        return None;
    }
    blank(cursor);
    let place = cursor.digits()?;
    blank(cursor);
    cursor.take(b"%%EOF").then_some(place)
}

/// Every section that the last one leads to, newest first.
pub(super) fn chain(bytes: &[u8], start: u64, notes: &mut Notes) -> Result<Vec<Section>, Stop> {
    let mut sections: Vec<Section> = Vec::new();
    let mut seen = BTreeSet::new();
    let mut next = Some(start);
    while let Some(place) = next {
        let at = usize::try_from(place).ok().filter(|at| *at < bytes.len()).ok_or(Stop::Malformed)?;
        if sections.len() >= MOST_SECTIONS {
            return Err(Damage::Oversized.into());
        }
        if !seen.insert(at) {
            return Err(Stop::Malformed);
        }
        let section = section(bytes, at, notes)?;
        if section.trailer.has(b"XRefStm") {
            notes.doubt(Doubt::Hybrid { at });
        }
        next = match section.trailer.get(b"Prev") {
            Err(_) => None,
            Ok(Object::Integer(place)) => Some(u64::try_from(*place).map_err(|_| Stop::Malformed)?),
            Ok(_) => return Err(Stop::Malformed),
        };
        sections.push(section);
    }
    order(&sections, notes);
    Ok(sections)
}

/// Each section lies behind the one it continues. A linearized file alone has its first section in front of its second and last. A table that
/// continues a stream is not read by all: Ghostscript shows no page then.
fn order(sections: &[Section], notes: &mut Notes) {
    for (index, pair) in sections.windows(2).enumerate() {
        let linearized = index + 2 == sections.len() && matches!(pair[0].footer, None | Some(0));
        let table_behind_stream = pair[0].stream.is_none() && pair[1].stream.is_some();
        if pair[1].at >= pair[0].at && !linearized || table_behind_stream {
            notes.doubt(Doubt::CrossReference { at: pair[0].at });
        }
    }
}

fn section(bytes: &[u8], at: usize, notes: &mut Notes) -> Result<Section, Stop> {
    if !begins_word(bytes, at) {
        return Err(Stop::Malformed);
    }
    let mut section = if bytes[at..].starts_with(b"xref") { table(bytes, at, notes)? } else { stream(bytes, at, notes)? };
    let mut behind = Cursor::new(bytes, section.end, 0);
    section.footer = footer(&mut behind);
    if section.footer.is_some() {
        section.end = behind.at;
    }
    let size = section.trailer.get(b"Size").and_then(Object::as_i64).ok().and_then(|size| u64::try_from(size).ok());
    if size.is_some_and(|size| size > MOST_OBJECTS + 1) {
        return Err(Damage::Oversized.into());
    }
    let mut numbers: Vec<u32> = section.entries.iter().map(|(number, _)| *number).collect();
    numbers.sort_unstable();
    let twice = numbers.windows(2).any(|pair| pair[0] == pair[1]);
    let beyond = numbers.last().is_some_and(|&last| size.is_none_or(|size| u64::from(last) >= size));
    let zero_in_use = section.entries.iter().any(|(number, entry)| *number == 0 && !matches!(entry, XrefEntry::Free));
    if twice || beyond || zero_in_use {
        notes.doubt(Doubt::CrossReference { at });
    }
    Ok(section)
}

/// `xref`, subsections of entries of twenty bytes, `trailer` and its dictionary.
fn table(bytes: &[u8], at: usize, notes: &mut Notes) -> Result<Section, Stop> {
    let mut cursor = Cursor::new(bytes, at + b"xref".len(), 0);
    let mut entries = Vec::new();
    let mut exact = ends_line(&mut cursor);
    loop {
        let before = cursor.at;
        cursor.skip_space();
        if cursor.word(b"trailer") {
            break;
        }
        exact &= before == cursor.at;
        let first = cursor.digits().ok_or(Stop::Malformed)?;
        exact &= cursor.take(b" ");
        cursor.skip_space();
        let count = cursor.digits().ok_or(Stop::Malformed)?;
        exact &= ends_line(&mut cursor);
        if first.checked_add(count).is_none_or(|end| end > MOST_OBJECTS + 1) {
            return Err(Damage::Oversized.into());
        }
        for number in first..first + count {
            let Some(entry) = cursor.rest().get(..ENTRY).and_then(entry) else {
                exact = false;
                break;
            };
            cursor.at += ENTRY;
            notes.keep(memory::ENTRY)?;
            entries.push((u32::try_from(number).map_err(|_| Stop::Malformed)?, entry));
        }
    }
    if !exact {
        notes.doubt(Doubt::CrossReference { at });
    }
    let Object::Dictionary(trailer) = cursor.value(notes)? else { return Err(Stop::Malformed) };
    Ok(Section { at, end: cursor.at, footer: None, stream: None, entries, trailer })
}

/// An end of line, perhaps with blanks before it.
fn ends_line(cursor: &mut Cursor<'_>) -> bool {
    while cursor.take(b" ") {}
    cursor.end_of_line()
}

const ENTRY: usize = 20;

/// `nnnnnnnnnn ggggg n` and two bytes that end the line.
fn entry(line: &[u8]) -> Option<XrefEntry> {
    let number = |digits: &[u8]| -> Option<u64> {
        let all = digits.iter().all(u8::is_ascii_digit);
        std::str::from_utf8(digits).ok().filter(|_| all)?.parse().ok()
    };
    let blanks = line[10] == b' ' && line[16] == b' ' && matches!(&line[18..], b" \r" | b" \n" | b"\r\n");
    let (offset, generation) = (number(&line[..10])?, u16::try_from(number(&line[11..16])?).ok()?);
    match line[17] {
        b'f' if blanks => Some(XrefEntry::Free),
        b'n' if blanks => Some(XrefEntry::Normal { offset: u32::try_from(offset).ok()?, generation }),
        _ => None,
    }
}

fn stream(bytes: &[u8], at: usize, notes: &mut Notes) -> Result<Section, Stop> {
    let header = objects::header(bytes, at).ok_or(Stop::Malformed)?;
    let found = objects::read(bytes, &header, notes, &mut |_| None)?;
    let Object::Stream(stream) = found.object else { return Err(Stop::Malformed) };
    if !stream.dict.has_type(b"XRef") {
        return Err(Stop::Malformed);
    }
    let widths = widths(&stream.dict)?;
    let ranges = ranges(&stream.dict)?;
    let rows: u64 = ranges.iter().map(|(_, count)| *count).sum();
    let data = unpack::unpacked(&stream.dict, &stream.content, notes)?;
    let row: usize = widths.iter().sum();
    let rows = usize::try_from(rows).ok().filter(|rows| *rows <= data.len()).ok_or(Damage::Oversized)?;
    if rows.checked_mul(row) != Some(data.len()) {
        notes.doubt(Doubt::CrossReference { at });
    }
    notes.keep(data.len())?;
    let numbers = ranges.into_iter().flat_map(|(first, count)| first..first + count);
    let mut entries = Vec::new();
    for (number, fields) in numbers.zip(data.chunks_exact(row)) {
        notes.keep(memory::ENTRY)?;
        let number = u32::try_from(number).map_err(|_| Stop::Malformed)?;
        match row_entry(fields, widths) {
            Some(entry) => entries.push((number, entry)),
            None => notes.doubt(Doubt::CrossReference { at }),
        }
    }
    notes.let_go(data.len());
    Ok(Section { at, end: found.end, footer: None, stream: Some((header.number, header.word)), entries, trailer: stream.dict })
}

/// Looks at a stream that no section leads to: is it one of cross-references that would not be safe to read?
pub(super) fn probed(bytes: &[u8], at: usize, dictionary: &Dictionary, notes: &mut Notes) -> Result<(), Stop> {
    if dictionary.has_type(b"XRef") || dictionary.has(b"W") && dictionary.has(b"Size") {
        stream(bytes, at, notes).map(drop)
    } else {
        Ok(())
    }
}

/// The three widths of a row: numbers of at most eight bytes, of which at least one is there.
fn widths(dictionary: &Dictionary) -> Result<[usize; 3], Stop> {
    let numbers = integers(dictionary, b"W").ok_or(Stop::Malformed)?;
    let [kind, second, third] = numbers.as_slice() else { return Err(Stop::Malformed) };
    let width = |number: &i64| usize::try_from(*number).ok().filter(|width| *width <= 8).ok_or(Stop::Damage(Damage::Oversized));
    let widths = [width(kind)?, width(second)?, width(third)?];
    if widths == [0; 3] { Err(Damage::Oversized.into()) } else { Ok(widths) }
}

/// The ranges of object numbers: `/Index`, or all from 0 to `/Size`.
fn ranges(dictionary: &Dictionary) -> Result<Vec<(u64, u64)>, Stop> {
    let size = dictionary.get(b"Size").and_then(Object::as_i64).map_err(|_| Stop::Malformed)?;
    let numbers = if dictionary.has(b"Index") { integers(dictionary, b"Index").ok_or(Stop::Malformed)? } else { vec![0, size] };
    if numbers.len() % 2 == 1 {
        return Err(Stop::Malformed);
    }
    let range = |pair: &[i64]| {
        let (first, count) = (u64::try_from(pair[0]).ok()?, u64::try_from(pair[1]).ok()?);
        first.checked_add(count).filter(|end| *end <= MOST_OBJECTS + 1).map(|_| (first, count))
    };
    numbers.chunks_exact(2).map(|pair| range(pair).ok_or(Stop::Damage(Damage::Oversized))).collect()
}

fn integers(dictionary: &Dictionary, key: &[u8]) -> Option<Vec<i64>> {
    dictionary.get(key).and_then(Object::as_array).ok()?.iter().map(|number| number.as_i64().ok()).collect()
}

fn row_entry(fields: &[u8], widths: [usize; 3]) -> Option<XrefEntry> {
    let number = |bytes: &[u8]| bytes.iter().fold(0_u64, |value, byte| value << 8 | u64::from(*byte));
    let (kind, rest) = fields.split_at(widths[0]);
    let (second, third) = rest.split_at(widths[1]);
    let (second, third) = (number(second), number(third));
    match if kind.is_empty() { 1 } else { number(kind) } {
        0 => Some(XrefEntry::Free),
        1 => Some(XrefEntry::Normal { offset: u32::try_from(second).ok()?, generation: u16::try_from(third).ok()? }),
        2 => Some(XrefEntry::Compressed { container: u32::try_from(second).ok()?, index: u16::try_from(third).ok()? }),
        _ => None,
    }
}
