//! The strict reading of a file's structure: the only way bytes become a document in this crate.
//! Always true: a file is read as its cross-references say, to the byte. Where another reader could read it differently, that is a
//! `Doubt`; where reading on would not be safe, there is no document. Sizes are believed only after they were held against the bytes.
//! Deliberately absent: what the objects mean, and who signed them.
//!
//! Why not lopdf's own reader: it forgives, as viewers do, but not what each viewer forgives. Whoever judges must know where that begins.

mod cipher;
mod doubt;
mod memory;
mod objects;
mod pages;
mod sections;
mod strays;
mod syntax;
mod unpack;

use std::collections::{BTreeMap, BTreeSet};

use lopdf::{
    Dictionary, Document, Object,
    xref::{Xref, XrefEntry, XrefType},
};

pub(crate) use cipher::Protection;
pub use doubt::{Damage, Doubt};
use doubt::{Notes, Stop};
use sections::Section;

/// A file that was read.
pub(crate) struct Reading {
    pub(crate) document: Document,
    /// Where other readers may read something else. Empty for a file that all read alike.
    pub(crate) doubts: BTreeSet<Doubt>,
    pub(crate) layout: Layout,
    pub(crate) protection: Protection,
    /// Bytes of memory that it takes.
    pub(crate) taken: usize,
}

/// Where things lie in the file.
pub(crate) struct Layout {
    sections: Vec<Section>,
    /// The words `obj` of all objects that any section lists.
    listed: BTreeSet<usize>,
}

/// Reads a file, strictly where that is possible and else as well as can be.
///
/// # Errors
/// When there is nothing to follow, or following it would not be safe.
pub(crate) fn read(bytes: &[u8]) -> Result<Reading, Damage> {
    read_within(bytes, memory::allowed(bytes.len()))
}

/// Reads an earlier revision of a file of `length` bytes, beside its newest, which takes so much memory already.
pub(crate) fn read_beside(bytes: &[u8], length: usize, taken: usize) -> Result<Reading, Damage> {
    read_within(bytes, memory::allowed_beside(length, taken))
}

fn read_within(bytes: &[u8], allowed: usize) -> Result<Reading, Damage> {
    let mut notes = Notes::new(bytes.len(), allowed);
    let attempt = match sections::last_footer(bytes, &mut notes) {
        Some(end) => {
            let sections = sections::chain(bytes, end.place, &mut notes);
            sections.and_then(|sections| listed(bytes, sections, &mut notes)).inspect(|reading| {
                if end.far && !reading.layout.is_found_alike(bytes) {
                    notes.doubt(Doubt::End);
                }
            })
        }
        None => Err(Stop::Malformed),
    };
    let mut reading = match attempt {
        Ok(reading) => reading,
        Err(Stop::Damage(damage)) => return Err(damage),
        Err(Stop::Malformed) => {
            let doubts = std::mem::take(&mut notes.doubts);
            notes = Notes::new(bytes.len(), allowed);
            notes.doubts = doubts;
            rebuilt(bytes, &mut notes)?
        }
    };
    reading.doubts.append(&mut notes.doubts);
    reading.taken = allowed - notes.memory().min(allowed);
    if !reading.doubts.is_empty() {
        // Less careful readers will meet what the cross-references hide, ours of the report among them.
        harmless(bytes, notes.memory())?;
    }
    Ok(reading)
}

/// More than proofs of a signature ever unpack to, in bytes.
pub(crate) const MOST_UNPACKED: usize = 16 << 20;

/// The data of a stream, if it unpacks to at most `room` bytes.
pub(crate) fn unpacked(dictionary: &Dictionary, content: &[u8], room: usize) -> Option<Vec<u8>> {
    unpack::unpacked(dictionary, content, &mut Notes::with_room(room)).ok()
}

/// The document that the sections describe.
fn listed(bytes: &[u8], sections: Vec<Section>, notes: &mut Notes) -> Result<Reading, Stop> {
    let newest = sections.first().ok_or(Stop::Malformed)?;
    let mut document = Document::new();
    document.version = String::from_utf8_lossy(bytes.get(5..8).unwrap_or_default()).into_owned();
    document.xref_start = newest.at;
    document.trailer = trailer(&newest.trailer);
    let kind = if newest.stream.is_some() { XrefType::CrossReferenceStream } else { XrefType::CrossReferenceTable };
    let size = newest.trailer.get(b"Size").and_then(Object::as_i64).ok().and_then(|size| u32::try_from(size).ok());
    let (entries, packed, words) = merged(bytes, &sections);
    let highest = entries.last_key_value().map_or(0, |(number, _)| *number);
    // Some readers forget the objects that lie beyond the newest size.
    if size.is_none_or(|size| highest >= size) {
        notes.doubt(Doubt::CrossReference { at: newest.at });
    }
    let cipher = match cipher::Cipher::of(bytes, &sections, &entries, notes) {
        Ok(cipher) => cipher,
        Err(protection) => {
            document.reference_table = Xref::new(0, kind);
            let layout = Layout { sections, listed: words };
            return Ok(Reading { document, doubts: BTreeSet::new(), layout, protection, taken: 0 });
        }
    };
    let protection = if cipher.is_some() { Protection::Deciphered } else { Protection::Open };
    if !laid_out_as_it_says(bytes, &sections) {
        notes.doubt(Doubt::Linearized);
    }
    let mut library = objects::Library::of(bytes, &entries, &packed, cipher.as_ref());
    library.read_all(notes)?;
    document.objects = library.objects;
    let mut stream_data = library.stream_data;
    stream_data.sort_unstable();
    for at in strays::unlisted(bytes, 0, &words, &stream_data) {
        notes.doubt(Doubt::Unlisted { at });
    }
    if let Some(object) = pages::odd(&document) {
        notes.doubt(Doubt::Pages { object });
    }
    document.max_id = highest.max(size.unwrap_or(1).saturating_sub(1));
    document.reference_table = Xref { cross_reference_type: kind, entries, size: document.max_id + 1 };
    Ok(Reading { document, doubts: BTreeSet::new(), layout: Layout { sections, listed: words }, protection, taken: 0 })
}

/// What the newest section says about each number; every place in an object stream that any section names; and the words `obj` of all
/// objects listed.
type Merged = (BTreeMap<u32, XrefEntry>, BTreeSet<(u32, u16, u32)>, BTreeSet<usize>);

fn merged(bytes: &[u8], sections: &[Section]) -> Merged {
    let (mut entries, mut packed, mut words) = (BTreeMap::new(), BTreeSet::new(), BTreeSet::new());
    for section in sections {
        words.extend(section.stream.map(|(_, word)| word));
        for (number, entry) in &section.entries {
            match entry {
                XrefEntry::Normal { offset, .. } => {
                    let header = usize::try_from(*offset).ok().and_then(|at| objects::header(bytes, at));
                    words.extend(header.filter(|header| header.number == *number).map(|header| header.word));
                }
                XrefEntry::Compressed { container, index } => {
                    packed.insert((*container, *index, *number));
                }
                XrefEntry::Free | XrefEntry::UnusableFree => {}
            }
            entries.entry(*number).or_insert_with(|| entry.clone());
        }
    }
    (entries, packed, words)
}

/// Whether a file that begins with a linearization dictionary (ISO 32000-2 annex F) for its very length has the two sections it then has, the
/// first of them at the start. Some readers begin with that one and never see an update.
fn laid_out_as_it_says(bytes: &[u8], sections: &[Section]) -> bool {
    const WITHIN: usize = 1_024;
    let start = strays::words(&bytes[..bytes.len().min(WITHIN)], 0).next();
    let Some(header) = start.and_then(|(at, _)| objects::header(bytes, at)) else { return true };
    let Ok(first) = objects::read(bytes, &header, &mut Notes::new(bytes.len(), MOST_UNPACKED), &mut |_| None) else { return true };
    let Object::Dictionary(dictionary) = first.object else { return true };
    let length = dictionary.get(b"L").and_then(Object::as_i64).ok().and_then(|length| usize::try_from(length).ok());
    if !dictionary.has(b"Linearized") || length != Some(bytes.len()) {
        return true;
    }
    matches!(sections, [newest, oldest] if first.end <= newest.at && newest.at < oldest.at)
}

/// A section's trailer without what only describes the section.
fn trailer(dictionary: &Dictionary) -> Dictionary {
    const OF_THE_SECTION: [&[u8]; 8] = [b"Prev", b"XRefStm", b"Type", b"W", b"Index", b"Length", b"Filter", b"DecodeParms"];
    dictionary
        .iter()
        .filter(|(key, _)| !OF_THE_SECTION.contains(&key.as_slice()))
        .map(|(key, value)| (key.clone(), value.clone()))
        .collect()
}

/// The document that searching gives: the last object of each number, and the last trailer that names a catalog.
fn rebuilt(bytes: &[u8], notes: &mut Notes) -> Result<Reading, Damage> {
    const KEYWORD: &[u8] = b"trailer";
    let mut document = Document::new();
    each_found(bytes, notes, &mut |notes, header, object, members| {
        notes.keep(memory::OBJECT)?;
        document.objects.extend(members);
        if let Object::Stream(stream) = &object
            && stream.dict.has_type(b"XRef")
            && stream.dict.has(b"Root")
        {
            document.trailer = trailer(&stream.dict);
        }
        document.max_id = document.max_id.max(header.number);
        document.objects.insert((header.number, header.generation), object);
        Ok(())
    })?;
    for at in (0..bytes.len()).filter(|&at| bytes[at] == b't' && bytes[at..].starts_with(KEYWORD)) {
        let mut cursor = syntax::Cursor::new(bytes, at + KEYWORD.len(), 0);
        let value = cursor.value(notes);
        if notes.walked(cursor.at - at).is_err() {
            return Err(Damage::Crowded);
        }
        match value {
            Ok(Object::Dictionary(found)) if found.has(b"Root") => document.trailer = trailer(&found),
            Err(Stop::Damage(damage)) => return Err(damage),
            _ => {}
        }
    }
    if !document.trailer.has(b"Root") {
        return Err(Damage::NoStructure);
    }
    let layout = Layout { sections: Vec::new(), listed: BTreeSet::new() };
    // What deciphers it was found by searching too, and nobody could say which reader found the same.
    let protection = if document.trailer.has(b"Encrypt") { Protection::Unknown } else { Protection::Open };
    Ok(Reading { document, doubts: BTreeSet::from([Doubt::Rebuilt]), layout, protection, taken: 0 })
}

/// Fails where an object that searching finds would not be safe to read. Nothing is kept of them.
fn harmless(bytes: &[u8], memory: usize) -> Result<(), Damage> {
    each_found(bytes, &mut Notes::new(bytes.len(), memory), &mut |notes, _, _, _| {
        notes.let_go(memory - notes.memory().min(memory));
        Ok(())
    })
}

/// What is done with an object that was found, and with those packed in it.
type Meet<'a> = &'a mut dyn FnMut(&mut Notes, &objects::Header, Object, Vec<(lopdf::ObjectId, Object)>) -> Result<(), Stop>;

/// Meets every object that searching finds.
fn each_found(bytes: &[u8], notes: &mut Notes, meet: Meet<'_>) -> Result<(), Damage> {
    for (start, _) in strays::words(bytes, 0) {
        let Some(header) = objects::header(bytes, start) else { continue };
        let mut found = || {
            let object = objects::read(bytes, &header, notes, &mut |_| None)?.object;
            let members = match &object {
                Object::Stream(stream) => {
                    match sections::probed(bytes, start, &stream.dict, notes) {
                        Err(Stop::Malformed) | Ok(()) => {}
                        Err(stop) => return Err(stop),
                    }
                    match objects::members(stream, notes) {
                        Err(Stop::Malformed) => Vec::new(),
                        members => members?,
                    }
                }
                _ => Vec::new(),
            };
            meet(notes, &header, object, members)
        };
        match found() {
            Ok(()) | Err(Stop::Malformed) => {}
            Err(Stop::Damage(damage)) => return Err(damage),
        }
    }
    Ok(())
}

impl Layout {
    /// Whether a reader who searches the file for objects finds those that are listed: nothing else looks like one, none was taken back, and
    /// none is packed.
    fn is_found_alike(&self, bytes: &[u8]) -> bool {
        let mut entries = self.sections.iter().flat_map(|section| &section.entries);
        let in_the_open = entries.all(|(number, entry)| *number == 0 || matches!(entry, XrefEntry::Normal { .. }));
        in_the_open && strays::unlisted(bytes, 0, &self.listed, &[]).is_empty()
    }

    /// What in the bytes from `from` on is no proper update: objects that no section lists, even inside streams, bytes that belong to
    /// nothing, and sections that are not followed by their own place and an end-of-file marker.
    pub(crate) fn strays_behind(&self, bytes: &[u8], from: usize) -> BTreeSet<Doubt> {
        let mut found: BTreeSet<Doubt> =
            strays::unlisted(bytes, from, &self.listed, &[]).into_iter().map(|at| Doubt::Unlisted { at }).collect();
        let room = memory::allowed(bytes.len());
        let mut notes = Notes::new(bytes.len(), room);
        let mut spans = Vec::new();
        for section in self.sections.iter().filter(|section| section.at >= from) {
            spans.push((section.at, section.end));
            if section.footer != u64::try_from(section.at).ok() {
                found.insert(Doubt::CrossReference { at: section.at });
            }
            for (number, entry) in &section.entries {
                let XrefEntry::Normal { offset, .. } = entry else { continue };
                let Some(at) = usize::try_from(*offset).ok().filter(|at| *at >= from) else { continue };
                let Some(header) = objects::header(bytes, at) else { continue };
                let mut length_of = |id: lopdf::ObjectId| self.length(bytes, id);
                match objects::read(bytes, &header, &mut notes, &mut length_of) {
                    Ok(object) => spans.push((at, object.end)),
                    Err(_) => notes.doubt(Doubt::Malformed { object: *number }),
                }
                notes.let_go(room - notes.memory());
            }
        }
        found.extend(strays::between(bytes, from, spans).map(|at| Doubt::Unlisted { at }));
        found.append(&mut notes.doubts);
        found
    }

    /// The length of a stream that is an object of its own, by the newest section that lists it.
    fn length(&self, bytes: &[u8], id: lopdf::ObjectId) -> Option<i64> {
        let entry = self.sections.iter().find_map(|section| section.entries.iter().find(|(number, _)| *number == id.0))?;
        let XrefEntry::Normal { offset, .. } = entry.1 else { return None };
        objects::whole_number(bytes, usize::try_from(offset).ok()?, id.0)
    }
}
