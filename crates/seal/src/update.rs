//! One incremental update of a PDF (ISO 32000-2 §7.5.6), as every signature and every proof is added.
//! Always true: what was there stays byte for byte, and the update ends its last line, so that the next one begins on its own.

use lopdf::{Dictionary, Document, IncrementalDocument, Object, ObjectId, StringFormat};

use crate::{algorithm::Digest, pdf::Revision};

/// An update in the making.
pub(crate) struct Update(IncrementalDocument);

/// A number as wide as any offset can become; the real ones are written over it and filled up with blanks.
pub(crate) const BYTE_RANGE_WIDEST: i64 = 9_999_999_999;

impl Update {
    /// Begins an update of the file that the revision was read from. The second half of the file's identifier is derived from what was and
    /// from `salt`, so that the same act yields the same file (ISO 32000-2 §14.4).
    pub(crate) fn of(bytes: Vec<u8>, revision: Revision, salt: &[&[u8]]) -> Self {
        let identifier = identifier(&revision.document.trailer, salt);
        let mut update = IncrementalDocument::create_from(bytes, revision.document);
        if let Some(identifier) = identifier {
            update.new_document.trailer.set("ID", identifier);
        }
        Self(update)
    }

    /// Takes an object that is to change over into the update.
    pub(crate) fn touch(&mut self, id: ObjectId) -> lopdf::Result<()> {
        self.0.opt_clone_object_to_new_document(id)
    }

    /// What is new: objects taken over, and objects added.
    pub(crate) fn new_part(&mut self) -> &mut Document {
        &mut self.0.new_document
    }

    /// A dictionary that was taken over.
    pub(crate) fn dictionary(&mut self, id: ObjectId) -> lopdf::Result<&mut Dictionary> {
        self.0.new_document.get_object_mut(id)?.as_dict_mut()
    }

    /// The updated file.
    pub(crate) fn finish(mut self) -> lopdf::Result<Vec<u8>> {
        let mut bytes = Vec::new();
        self.0.save_to(&mut bytes).map_err(lopdf::Error::from)?;
        bytes.push(b'\n');
        Ok(bytes)
    }
}

/// The first half stays, the second changes.
fn identifier(trailer: &Dictionary, salt: &[&[u8]]) -> Option<Object> {
    let [first, second] = trailer.get(b"ID").ok()?.as_array().ok()?.as_slice() else { return None };
    let parts = [&[second.as_str().ok()?], salt].concat();
    let changed = Digest::Sha256.of(&parts);
    Some(Object::Array(vec![first.clone(), Object::String(changed[..16].to_vec(), StringFormat::Hexadecimal)]))
}

/// Where an object begins in the file, as a reader will find it.
pub(crate) fn object_offset(bytes: &[u8], id: ObjectId) -> Option<usize> {
    let written = Revision::open(bytes).ok().filter(|revision| revision.doubts.is_empty())?;
    match written.document.reference_table.get(id.0)? {
        lopdf::xref::XrefEntry::Normal { offset, .. } => usize::try_from(*offset).ok(),
        _ => None,
    }
}
