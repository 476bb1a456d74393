//! Objects at the places that the cross-references name for them, and those inside object streams (ISO 32000-2 §7.3.10 and §7.5.7).

use std::collections::{BTreeMap, BTreeSet};

use lopdf::{Dictionary, Object, ObjectId, Stream, xref::XrefEntry};

use super::{
    cipher::Cipher,
    doubt::{Damage, Doubt, Notes, Stop},
    memory,
    syntax::{Cursor, begins_word},
    unpack,
};

/// The words before an object: `12 0 obj`.
pub(super) struct Header {
    pub(super) number: u32,
    pub(super) generation: u16,
    /// Where the word `obj` stands.
    pub(super) word: usize,
}

/// An object and where it ends in the file.
pub(super) struct Found {
    pub(super) object: Object,
    pub(super) end: usize,
}

/// The header at this place, spelled with single blanks as every reader takes it.
pub(super) fn header(bytes: &[u8], at: usize) -> Option<Header> {
    if !begins_word(bytes, at) {
        return None;
    }
    let mut cursor = Cursor::new(bytes, at, 0);
    let number = u32::try_from(cursor.digits()?).ok()?;
    let blank = cursor.take(b" ");
    let generation = u16::try_from(cursor.digits()?).ok()?;
    let blanks = blank && cursor.take(b" ");
    let word = cursor.at;
    (blanks && cursor.word(b"obj")).then_some(Header { number, generation, word })
}

/// The object behind a header. `length_of` answers how long a stream is whose length is an object of its own.
pub(super) fn read(
    bytes: &[u8],
    header: &Header,
    notes: &mut Notes,
    length_of: &mut dyn FnMut(ObjectId) -> Option<i64>,
) -> Result<Found, Stop> {
    let number = header.number;
    let mut cursor = Cursor::new(bytes, header.word + b"obj".len(), number);
    let value = cursor.value(notes);
    notes.walked(cursor.at - header.word)?;
    let mut object = value?;
    cursor.skip_space();
    if let Object::Dictionary(dictionary) = &mut object
        && cursor.take(b"stream")
    {
        if !cursor.take(b"\r\n") && !cursor.take(b"\n") {
            return Err(Stop::Malformed);
        }
        let length = match dictionary.get(b"Length") {
            Ok(Object::Integer(length)) => Some(*length),
            Ok(Object::Reference(id)) => length_of(*id),
            _ => None,
        };
        let start = cursor.at;
        let stated = length.and_then(|length| start.checked_add(usize::try_from(length).ok()?)).filter(|end| *end <= bytes.len());
        let end = match stated.filter(|end| ends_stream(bytes, *end)) {
            Some(end) => end,
            None => {
                notes.doubt(Doubt::StreamLength { object: number });
                let found = searched_end(bytes, start);
                notes.walked(found.unwrap_or(bytes.len()) - start)?;
                found.ok_or(Stop::Malformed)?
            }
        };
        notes.walked(end - start)?;
        notes.keep(end - start)?;
        if is_foreign(dictionary) {
            notes.doubt(Doubt::Malformed { object: number });
        }
        cursor.at = end;
        cursor.end_of_line();
        cursor.take(b"endstream");
        let dictionary = std::mem::take(dictionary);
        object = Object::Stream(Stream {
            dict: dictionary,
            content: bytes[start..end].to_vec(),
            allows_compression: true,
            start_position: Some(start),
        });
        cursor.skip_space();
    }
    if !cursor.word(b"endobj") {
        notes.doubt(Doubt::Malformed { object: number });
    }
    Ok(Found { object, end: cursor.at })
}

/// Whether a stream's data lies in another file, or is packed in a way or by a name that not every reader knows: those of pictures within
/// content among them.
fn is_foreign(dictionary: &Dictionary) -> bool {
    const KNOWN: [&[u8]; 9] = [
        b"FlateDecode",
        b"LZWDecode",
        b"ASCIIHexDecode",
        b"ASCII85Decode",
        b"RunLengthDecode",
        b"CCITTFaxDecode",
        b"JBIG2Decode",
        b"DCTDecode",
        b"JPXDecode",
    ];
    const ELSEWHERE: [&[u8]; 4] = [b"F", b"FFilter", b"FDecodeParms", b"DP"];
    let known = |name: &Object| matches!(name, Object::Null) || name.as_name().is_ok_and(|name| KNOWN.contains(&name));
    let packed_as_known = match dictionary.get(b"Filter") {
        Ok(Object::Array(filters)) => filters.iter().all(known),
        // A name that stands as an object of its own is read by all.
        Ok(Object::Reference(_)) | Err(_) => true,
        Ok(filter) => known(filter),
    };
    !packed_as_known || ELSEWHERE.iter().any(|key| dictionary.has(key))
}

fn ends_stream(bytes: &[u8], end: usize) -> bool {
    let mut cursor = Cursor::new(bytes, end, 0);
    cursor.end_of_line();
    cursor.word(b"endstream")
}

fn searched_end(bytes: &[u8], start: usize) -> Option<usize> {
    const KEYWORD: &[u8] = b"endstream";
    let found = bytes.get(start..)?.windows(KEYWORD.len()).position(|window| window == KEYWORD)?;
    Some(start + found)
}

/// Reads objects by the merged cross-references of a file.
pub(super) struct Library<'a> {
    pub(super) bytes: &'a [u8],
    /// What the newest section that lists a number says about it.
    pub(super) entries: &'a BTreeMap<u32, XrefEntry>,
    /// Every entry of any section that leads into an object stream: stream, place in it, number.
    pub(super) packed: &'a BTreeSet<(u32, u16, u32)>,
    /// What deciphers the objects, where they are encrypted.
    cipher: Option<&'a Cipher>,
    pub(super) objects: BTreeMap<ObjectId, Object>,
    /// Where the data of streams lies in the file.
    pub(super) stream_data: Vec<(usize, usize)>,
}

impl<'a> Library<'a> {
    pub(super) fn of(
        bytes: &'a [u8],
        entries: &'a BTreeMap<u32, XrefEntry>,
        packed: &'a BTreeSet<(u32, u16, u32)>,
        cipher: Option<&'a Cipher>,
    ) -> Self {
        Self { bytes, entries, packed, cipher, objects: BTreeMap::new(), stream_data: Vec::new() }
    }

    /// Reads every object in use, those inside object streams first: the length of a stream may be one of them.
    pub(super) fn read_all(&mut self, notes: &mut Notes) -> Result<(), Stop> {
        let mut places = BTreeMap::new();
        for (&number, entry) in self.entries {
            let XrefEntry::Normal { offset, .. } = entry else { continue };
            if let Some(other) = places.insert(*offset, number) {
                notes.doubt(Doubt::Misplaced { object: other });
                notes.doubt(Doubt::Misplaced { object: number });
            }
        }
        let containers: BTreeSet<u32> = self
            .entries
            .values()
            .filter_map(|entry| if let XrefEntry::Compressed { container, .. } = entry { Some(*container) } else { None })
            .collect();
        for &container in &containers {
            self.unpack(container, notes)?;
        }
        for (&number, entry) in self.entries {
            if let XrefEntry::Normal { offset, generation } = *entry {
                self.read_at(number, generation, offset, notes)?;
                // Nobody looks for anything in it, until a reader searches the file.
                let packs = |object: &Object| object.as_stream().is_ok_and(|stream| stream.dict.has_type(b"ObjStm"));
                if !containers.contains(&number) && self.objects.get(&(number, generation)).is_some_and(packs) {
                    self.unpack(number, notes)?;
                }
            }
        }
        for (&number, entry) in self.entries {
            if let XrefEntry::Compressed { .. } = entry
                && !self.objects.contains_key(&(number, 0))
            {
                notes.doubt(Doubt::Misplaced { object: number });
            }
        }
        Ok(())
    }

    fn read_at(&mut self, number: u32, generation: u16, offset: u32, notes: &mut Notes) -> Result<(), Stop> {
        if self.objects.contains_key(&(number, generation)) {
            return Ok(());
        }
        let header = usize::try_from(offset).ok().and_then(|at| header(self.bytes, at));
        let Some(header) = header.filter(|header| (header.number, header.generation) == (number, generation)) else {
            notes.doubt(Doubt::Misplaced { object: number });
            return Ok(());
        };
        let (bytes, entries, objects) = (self.bytes, self.entries, &self.objects);
        notes.keep(memory::OBJECT)?;
        match read(bytes, &header, notes, &mut |id| length(bytes, entries, objects, id)) {
            Ok(Found { mut object, .. }) => {
                if let Object::Stream(stream) = &object {
                    let start = stream.start_position.unwrap_or_default();
                    self.stream_data.push((start, start + stream.content.len()));
                }
                let id = (number, generation);
                match self.cipher.map_or(Ok(()), |cipher| cipher.decipher(id, header.word, &mut object, notes)) {
                    Ok(()) => drop(self.objects.insert(id, object)),
                    Err(Stop::Malformed) => notes.doubt(Doubt::Malformed { object: number }),
                    Err(stop) => return Err(stop),
                }
            }
            Err(Stop::Malformed) => notes.doubt(Doubt::Malformed { object: number }),
            Err(stop) => return Err(stop),
        }
        Ok(())
    }

    fn unpack(&mut self, container: u32, notes: &mut Notes) -> Result<(), Stop> {
        let Some(XrefEntry::Normal { offset, generation }) = self.entries.get(&container).cloned() else {
            notes.doubt(Doubt::ObjectStream { object: container });
            return Ok(());
        };
        self.read_at(container, generation, offset, notes)?;
        let Some(Object::Stream(stream)) = self.objects.get(&(container, generation)) else {
            notes.doubt(Doubt::ObjectStream { object: container });
            return Ok(());
        };
        let opened = if stream.dict.has_type(b"ObjStm") { opened(&stream.dict, &stream.content, notes) } else { Err(Stop::Malformed) };
        let Opened { data, members } = match opened {
            Ok(opened) => opened,
            Err(Stop::Malformed) => {
                notes.doubt(Doubt::ObjectStream { object: container });
                return Ok(());
            }
            Err(stop) => return Err(stop),
        };
        let mut met = BTreeSet::new();
        for (place, member) in members.iter().enumerate() {
            let index = u16::try_from(place).unwrap_or(u16::MAX);
            if !met.insert(member.number) || !self.packed.contains(&(container, index, member.number)) {
                notes.doubt(Doubt::ObjectStream { object: container });
            }
            let wanted = matches!(self.entries.get(&member.number), Some(XrefEntry::Compressed { container: c, index: i }) if (*c, *i) == (container, index));
            if wanted {
                notes.keep(memory::OBJECT)?;
                match member.read(&data, notes) {
                    Ok(object) => drop(self.objects.insert((member.number, 0), object)),
                    Err(Stop::Malformed) => notes.doubt(Doubt::Malformed { object: member.number }),
                    Err(stop) => return Err(stop),
                }
            }
        }
        notes.let_go(data.len() + members.len() * size_of::<Member>());
        Ok(())
    }
}

/// The length of a stream that is an object of its own: a whole number, in the file or in an object stream.
fn length(bytes: &[u8], entries: &BTreeMap<u32, XrefEntry>, objects: &BTreeMap<ObjectId, Object>, id: ObjectId) -> Option<i64> {
    match entries.get(&id.0)? {
        XrefEntry::Normal { offset, generation } if *generation == id.1 => whole_number(bytes, usize::try_from(*offset).ok()?, id.0),
        XrefEntry::Compressed { .. } => objects.get(&id)?.as_i64().ok(),
        _ => None,
    }
}

/// The object of this number at this place, if it is nothing but a whole number.
pub(super) fn whole_number(bytes: &[u8], at: usize, object: u32) -> Option<i64> {
    let header = header(bytes, at).filter(|header| header.number == object)?;
    let mut cursor = Cursor::new(bytes, header.word + b"obj".len(), object);
    cursor.skip_space();
    let number = i64::try_from(cursor.digits()?).ok()?;
    cursor.skip_space();
    cursor.word(b"endobj").then_some(number)
}

/// The objects inside a stream, if it is an object stream.
pub(super) fn members(stream: &Stream, notes: &mut Notes) -> Result<Vec<(ObjectId, Object)>, Stop> {
    let looks_packed = stream.dict.has_type(b"ObjStm") || stream.dict.has(b"N") && stream.dict.has(b"First");
    if !looks_packed {
        return Ok(Vec::new());
    }
    let Opened { data, members } = opened(&stream.dict, &stream.content, notes)?;
    let mut found = Vec::new();
    for member in &members {
        notes.keep(memory::OBJECT)?;
        match member.read(&data, notes) {
            Ok(object) => found.push(((member.number, 0), object)),
            Err(Stop::Malformed) => {}
            Err(stop) => return Err(stop),
        }
    }
    notes.let_go(data.len() + members.len() * size_of::<Member>());
    Ok(found)
}

/// An object stream, unpacked, with what its index says.
struct Opened {
    data: Vec<u8>,
    members: Vec<Member>,
}

struct Member {
    number: u32,
    start: usize,
    end: usize,
}

impl Member {
    fn read(&self, data: &[u8], notes: &mut Notes) -> Result<Object, Stop> {
        let mut cursor = Cursor::new(data.get(..self.end).unwrap_or_default(), self.start, self.number);
        let object = cursor.value(notes)?;
        cursor.skip_space();
        if cursor.rest().is_empty() { Ok(object) } else { Err(Stop::Malformed) }
    }
}

fn opened(dictionary: &Dictionary, content: &[u8], notes: &mut Notes) -> Result<Opened, Stop> {
    let number = |key: &[u8]| dictionary.get(key).and_then(Object::as_i64).ok().and_then(|number| usize::try_from(number).ok());
    let (count, first) = number(b"N").zip(number(b"First")).ok_or(Stop::Malformed)?;
    let data = unpack::unpacked(dictionary, content, notes)?;
    // A number and an offset take four bytes at least, with the white space behind them.
    if count > data.len() {
        return Err(Damage::Oversized.into());
    }
    if first > data.len() || count * 4 > first + 1 {
        return Err(Stop::Malformed);
    }
    notes.keep(data.len() + count * size_of::<Member>())?;
    let mut cursor = Cursor::new(&data[..first], 0, 0);
    let mut members: Vec<Member> = Vec::with_capacity(count);
    for _ in 0..count {
        cursor.skip_space();
        let number = cursor.digits().and_then(|number| u32::try_from(number).ok()).ok_or(Stop::Malformed)?;
        cursor.skip_space();
        let offset = cursor.digits().and_then(|offset| usize::try_from(offset).ok()).ok_or(Stop::Malformed)?;
        let start = first.checked_add(offset).filter(|start| *start <= data.len()).ok_or(Stop::Malformed)?;
        if let Some(before) = members.last_mut() {
            if start <= before.start {
                return Err(Stop::Malformed);
            }
            before.end = start;
        }
        members.push(Member { number, start, end: data.len() });
    }
    cursor.skip_space();
    if cursor.rest().is_empty() { Ok(Opened { data, members }) } else { Err(Stop::Malformed) }
}
