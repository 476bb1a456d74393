//! Appending a time-stamp over the whole document (ISO 32000-2 §12.8.5, ETSI EN 319 142-1 §5.4.3): a signature field that nobody sees.

use std::collections::BTreeSet;

use chrono::{DateTime, Utc};
use lopdf::{Object, ObjectId, StringFormat, dictionary};

use super::NotExtended;
use crate::{
    Room, TimeStampAuthority, TimestampError, form,
    hole::Hole,
    pdf::{Revision, text_string},
    timestamp,
    update::{BYTE_RANGE_WIDEST, Update, object_offset},
};

/// The file with a time-stamp at its end, or why the authority gave none.
pub(super) fn stamped(
    pdf: &[u8],
    authority: &dyn TimeStampAuthority,
    now: DateTime<Utc>,
) -> Result<Result<Vec<u8>, TimestampError>, NotExtended> {
    let room = Room::for_timestamp();
    let (bytes, stamp) = prepared(pdf, room)?;
    let hole = object_offset(&bytes, stamp).and_then(|offset| Hole::at(offset, bytes, room)).ok_or(NotExtended::NotSound)?;
    let filled = timestamp::request(authority, &hole.covered(), now).and_then(|(token, _)| Ok(hole.filled(&token)?));
    Ok(filled)
}

/// The file with everything but the token.
fn prepared(pdf: &[u8], room: Room) -> Result<(Vec<u8>, ObjectId), NotExtended> {
    let revision = Revision::open(pdf)?;
    let document = &revision.document;
    let page = *document.get_pages().values().next().ok_or(lopdf::Error::PageNumberNotFound(1))?;
    let root = document.trailer.get(b"Root")?.as_reference()?;
    let form = document.catalog()?.get(b"AcroForm")?.as_reference().ok();
    let name = free_name(&revision);
    let fields = in_dictionary(&revision, form.unwrap_or(root), form.is_none(), b"Fields");
    let annotations = in_dictionary(&revision, page, false, b"Annots");
    let mut update = Update::of(pdf.to_vec(), revision, &[name.as_bytes()]);
    let stamp = update.new_part().add_object(dictionary! {
        "Type" => "DocTimeStamp",
        "Filter" => "Adobe.PPKLite",
        "SubFilter" => "ETSI.RFC3161",
        "ByteRange" => vec![0.into(), BYTE_RANGE_WIDEST.into(), BYTE_RANGE_WIDEST.into(), BYTE_RANGE_WIDEST.into()],
        "Contents" => Object::String(vec![0; room.get()], StringFormat::Hexadecimal),
    });
    let field = update.new_part().add_object(dictionary! {
        "Type" => "Annot",
        "Subtype" => "Widget",
        "FT" => "Sig",
        "T" => text_string(&name),
        "V" => stamp,
        "F" => 132, // printed and locked: archival files forbid to hide it (ISO 19005-3 §6.3.2)
        "Rect" => vec![0.into(), 0.into(), 0.into(), 0.into()],
        "P" => page,
    });
    for list in [fields, annotations] {
        list.push(&mut update, field)?;
    }
    let form = match form {
        Some(form) => {
            update.touch(form)?;
            update.dictionary(form)?
        }
        None => {
            update.touch(root)?;
            update.dictionary(root)?.get_mut(b"AcroForm")?.as_dict_mut()?
        }
    };
    form.set("SigFlags", 3);
    Ok((update.finish()?, stamp))
}

/// "Timestamp 1", or the next that no field bears.
fn free_name(revision: &Revision) -> String {
    let taken: BTreeSet<String> = form::fields(revision).into_iter().map(|field| field.name).collect();
    (1..).map(|number| format!("Timestamp {number}")).find(|name| !taken.contains(name)).unwrap_or_default()
}

/// A list of references that an object holds, or that is an object of its own.
struct List {
    /// The object to change.
    in_object: ObjectId,
    /// Where in it, unless it is the list itself.
    keys: Vec<&'static [u8]>,
}

fn in_dictionary(revision: &Revision, holder: ObjectId, inside_form: bool, key: &'static [u8]) -> List {
    let document = &revision.document;
    let keys: Vec<&'static [u8]> = if inside_form { vec![b"AcroForm", key] } else { vec![key] };
    let mut at = document.get_dictionary(holder).ok();
    for outer in &keys[..keys.len() - 1] {
        at = at.and_then(|dictionary| dictionary.get(outer).and_then(Object::as_dict).ok());
    }
    match at.and_then(|dictionary| dictionary.get(key).and_then(Object::as_reference).ok()) {
        Some(own) => List { in_object: own, keys: Vec::new() },
        None => List { in_object: holder, keys },
    }
}

impl List {
    fn push(&self, update: &mut Update, item: ObjectId) -> lopdf::Result<()> {
        update.touch(self.in_object)?;
        let mut object = update.new_part().get_object_mut(self.in_object)?;
        if let [outer @ .., last] = self.keys.as_slice() {
            for key in outer {
                object = object.as_dict_mut()?.get_mut(key)?;
            }
            let dictionary = object.as_dict_mut()?;
            if !dictionary.has(last) {
                dictionary.set(*last, Vec::<Object>::new());
            }
            object = dictionary.get_mut(last)?;
        }
        object.as_array_mut()?.push(Object::Reference(item));
        Ok(())
    }
}
