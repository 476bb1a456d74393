//! Files that are encrypted and yet open to everybody: under an empty user password (ISO 32000-2 §7.6).
//! Always true: lopdf deciphers, and is let near what all readers decipher alike; the rest is locked, or a doubt.
//! Deliberately absent: passwords. A file that needs one is not read, and none of ours is ever encrypted.

use std::collections::{BTreeMap, BTreeSet};

use lopdf::{
    Dictionary, Document, Object, ObjectId,
    encryption::{EncryptionState, decrypt_object},
    xref::XrefEntry,
};

use super::{
    doubt::{Doubt, Notes, Stop},
    objects,
    sections::Section,
};

/// Whether a file is encrypted, and whether it can be read all the same.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(crate) enum Protection {
    /// Not encrypted.
    Open,
    /// Encrypted, and deciphered without a password.
    Deciphered,
    /// A password is needed.
    Password,
    /// Encrypted in a way that not every reader deciphers alike, or that is not known here.
    Unknown,
}

/// What deciphers the objects of a file.
pub(super) struct Cipher {
    state: EncryptionState,
    /// The dictionary that describes the encryption, which is not encrypted itself.
    dictionary: Option<ObjectId>,
    /// Where the words `obj` of the file's cross-reference streams stand, which are not encrypted either.
    sections: BTreeSet<usize>,
}

impl Cipher {
    /// What deciphers a file with these sections, newest first; or the reason why nothing does.
    pub(super) fn of(
        bytes: &[u8],
        sections: &[Section],
        entries: &BTreeMap<u32, XrefEntry>,
        notes: &mut Notes,
    ) -> Result<Option<Self>, Protection> {
        if !sections.iter().any(|section| section.trailer.has(b"Encrypt")) {
            return Ok(None);
        }
        let Some(newest) = sections.first() else { return Ok(None) };
        // Some readers take these from the newest section, some from the oldest.
        for section in sections {
            if [&b"Encrypt"[..], b"ID"].iter().any(|key| first_part(&section.trailer, key) != first_part(&newest.trailer, key)) {
                notes.doubt(Doubt::CrossReference { at: section.at });
            }
        }
        let (dictionary, described) = match newest.trailer.get(b"Encrypt") {
            Ok(Object::Dictionary(described)) => (None, described.clone()),
            Ok(Object::Reference(id)) => (Some(*id), in_the_open(bytes, *id, entries, notes).ok_or(Protection::Unknown)?),
            _ => return Err(Protection::Unknown),
        };
        let state = opened(&described, &newest.trailer)?;
        let sections = sections.iter().filter_map(|section| section.stream).map(|(_, word)| word).collect();
        Ok(Some(Self { state, dictionary, sections }))
    }

    /// Deciphers an object whose word `obj` stands at `word`.
    pub(super) fn decipher(&self, id: ObjectId, word: usize, object: &mut Object, notes: &mut Notes) -> Result<(), Stop> {
        if self.dictionary == Some(id) || self.sections.contains(&word) {
            return Ok(());
        }
        // What only calls itself one of those that stay in the open is taken for one by some readers.
        let is = |kind: &[u8]| object.type_name().is_ok_and(|name| name == kind);
        let properties =
            object.as_stream().is_ok_and(|stream| matches!(stream.dict.get(b"Subtype"), Ok(Object::Name(kind)) if kind == b"XML"));
        if is(b"XRef") || is(b"Metadata") && !self.state.encrypt_metadata() && !properties {
            notes.doubt(Doubt::Malformed { object: id.0 });
        }
        decrypt_object(&self.state, id, object).map_err(|_| Stop::Malformed)
    }
}

/// The entry of a trailer; of an array, its first item.
fn first_part<'a>(trailer: &'a Dictionary, key: &[u8]) -> Option<&'a Object> {
    match trailer.get(key).ok()? {
        Object::Array(items) => items.first(),
        object => Some(object),
    }
}

/// A dictionary that is an object of its own and not packed.
fn in_the_open(bytes: &[u8], id: ObjectId, entries: &BTreeMap<u32, XrefEntry>, notes: &mut Notes) -> Option<Dictionary> {
    let Some(XrefEntry::Normal { offset, generation }) = entries.get(&id.0) else { return None };
    let header = objects::header(bytes, usize::try_from(*offset).ok()?)?;
    if (header.number, header.generation) != id || *generation != id.1 {
        return None;
    }
    match objects::read(bytes, &header, notes, &mut |_| None).ok()?.object {
        Object::Dictionary(dictionary) => Some(dictionary),
        _ => None,
    }
}

/// Opens the encryption with an empty user password.
fn opened(described: &Dictionary, trailer: &Dictionary) -> Result<EncryptionState, Protection> {
    if !is_known(described) {
        return Err(Protection::Unknown);
    }
    // lopdf takes the description from a document; this one holds nothing else, so that nothing else is read leniently.
    let mut document = Document::new();
    let dictionary = document.add_object(described.clone());
    document.trailer.set("Encrypt", dictionary);
    if let Ok(identifier) = trailer.get(b"ID") {
        document.trailer.set("ID", identifier.clone());
    }
    document.authenticate_user_password("").map_err(|fault| match fault {
        lopdf::Error::Decryption(lopdf::encryption::DecryptionError::IncorrectPassword) => Protection::Password,
        _ => Protection::Unknown,
    })?;
    let state = EncryptionState::decode(&document, b"").map_err(|_| Protection::Unknown)?;
    let (text, data) = (state.get_string_filter(), state.get_stream_filter());
    let methods: &[&[u8]] = match state.version() {
        1 | 2 => &[b"V2"],
        4 => &[b"V2", b"AESV2"],
        _ => &[b"AESV3"],
    };
    let usual = text.method() == data.method() && methods.contains(&data.method());
    if usual { Ok(state) } else { Err(Protection::Unknown) }
}

/// Whether everything is deciphered by one method under a password, as programs write it. Files whose parts lie open are not: what lies open can
/// be taken from elsewhere, and readers differ on it.
fn is_known(described: &Dictionary) -> bool {
    let number = |key: &[u8]| described.get(key).and_then(Object::as_i64).ok();
    let letters = |key: &[u8]| described.get(key).and_then(Object::as_str).map_or(0, <[u8]>::len);
    let lengths = match (number(b"V"), number(b"R")) {
        (Some(1), Some(2 | 3)) | (Some(2), Some(3)) | (Some(4), Some(4)) => 32..=32,
        // Older programs fill the forty-eight bytes up with zeros to the longest password.
        (Some(5), Some(5 | 6)) => 48..=127,
        _ => return false,
    };
    let name = |key: &[u8]| described.get(key).and_then(Object::as_name).ok();
    let all_alike = name(b"StmF") == name(b"StrF") && (!described.has(b"EFF") || name(b"EFF") == name(b"StmF"));
    name(b"Filter") == Some(b"Standard")
        && lengths.contains(&letters(b"O"))
        && lengths.contains(&letters(b"U"))
        && all_alike
        && (number(b"V") < Some(4) || name(b"StmF").is_some())
}
