//! PDF objects compared, walked and named. Nothing here judges.

use std::collections::BTreeSet;

use lopdf::{Dictionary, Document, Object, ObjectId, xref::XrefEntry};

use crate::{Part, form::references};

/// Whether two objects mean the same. Where a stream lies in the file, and how a string is spelled, does not matter.
pub(super) fn same(one: &Object, other: &Object) -> bool {
    match (one, other) {
        (Object::Array(one), Object::Array(other)) => {
            one.len() == other.len() && one.iter().zip(other).all(|(one, other)| same(one, other))
        }
        (Object::Dictionary(one), Object::Dictionary(other)) => differing(one, other).next().is_none(),
        (Object::Stream(one), Object::Stream(other)) => {
            // The length is known from the content; it may be written directly or as a reference.
            one.content == other.content && differing(&one.dict, &other.dict).all(|key| key == b"Length")
        }
        (Object::String(one, _), Object::String(other, _)) => one == other,
        // Tools that write a dictionary anew may write 540.0 as 540: one number (ISO 32000-2, 7.3.3).
        (Object::Integer(whole), Object::Real(real)) | (Object::Real(real), Object::Integer(whole)) => *whole as f32 == *real,
        _ => one == other,
    }
}

/// The keys whose values differ between two dictionaries, or that only one of them has.
pub(super) fn differing<'a>(one: &'a Dictionary, other: &'a Dictionary) -> impl Iterator<Item = &'a [u8]> {
    let changed = one.iter().filter(|(key, value)| !other.get(key).is_ok_and(|there| same(value, there)));
    let added = other.iter().filter(|(key, _)| !one.has(key));
    changed.chain(added).map(|(key, _)| key.as_slice())
}

/// Whether two dictionaries are the same but for these keys.
pub(super) fn same_but_for(one: &Dictionary, other: &Dictionary, allowed: &[&[u8]]) -> bool {
    differing(one, other).all(|key| allowed.contains(&key))
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

/// Calls `meet` with every reference inside an object.
pub(super) fn each_reference(object: &Object, meet: &mut impl FnMut(ObjectId)) {
    match object {
        Object::Reference(id) => meet(*id),
        Object::Array(items) => items.iter().for_each(|item| each_reference(item, meet)),
        Object::Dictionary(dictionary) => dictionary.iter().for_each(|(_, value)| each_reference(value, meet)),
        Object::Stream(stream) => stream.dict.iter().for_each(|(_, value)| each_reference(value, meet)),
        _ => {}
    }
}

/// Every object that can be reached from `start` without leaving the document, `start` not included.
pub(super) fn reachable(document: &Document, start: &Object) -> BTreeSet<ObjectId> {
    let mut found = BTreeSet::new();
    let mut open = Vec::new();
    each_reference(start, &mut |id| open.push(id));
    while let Some(id) = open.pop() {
        if found.insert(id)
            && let Ok(object) = document.get_object(id)
        {
            each_reference(object, &mut |id| open.push(id));
        }
    }
    found
}

/// What part of the document an object is, as well as can be told from the object and the pages.
pub(super) fn part(document: &Document, id: ObjectId) -> Part {
    let Ok(object) = document.get_object(id) else { return Part::Other };
    let (dictionary, is_stream) = match object {
        Object::Dictionary(dictionary) => (dictionary, false),
        Object::Stream(stream) => (&stream.dict, true),
        _ => return Part::Other,
    };
    let name = |key: &[u8]| dictionary.get(key).and_then(Object::as_name).unwrap_or_default();
    if is_stream && is_page_content(document, id) {
        return Part::PageContents;
    }
    match (name(b"Type"), name(b"Subtype")) {
        (b"Catalog", _) => Part::Catalog,
        (b"Pages", _) => Part::PageTree,
        (b"Page", _) => Part::Page,
        (b"Sig" | b"DocTimeStamp", _) => Part::Signature,
        (b"Font" | b"FontDescriptor" | b"CMap", _) => Part::Font,
        (b"Metadata", _) => Part::Metadata,
        (b"EmbeddedFile" | b"Filespec", _) => Part::Attachment,
        (b"StructElem" | b"StructTreeRoot", _) => Part::StructureTree,
        (b"XRef" | b"ObjStm", _) => Part::CrossReference,
        (_, b"Widget") if name(b"FT") == b"Sig" => Part::SignatureField,
        (_, b"Form") if is_stream => Part::Appearance,
        (_, b"Image") => Part::Image,
        _ if dictionary.has(b"FT") => Part::FormField,
        (b"Annot", _) => Part::Annotation,
        _ if dictionary.has(b"Fields") => Part::Form,
        _ if dictionary.has(b"Rect") => Part::Annotation,
        _ => Part::Other,
    }
}

fn is_page_content(document: &Document, id: ObjectId) -> bool {
    document.get_pages().values().any(|page| {
        let Ok(page) = document.get_dictionary(*page) else { return false };
        page.get(b"Contents").and_then(Object::as_reference).is_ok_and(|content| content == id)
            || references(document, page, b"Contents").contains(&id)
    })
}
