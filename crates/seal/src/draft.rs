//! A PDF that is about to be signed: choose a place in it, and get bytes that are final but for the signature.
//! Always true: what was there stays byte for byte; everything new follows it as one incremental update (ISO 32000-2 §7.5.6).
//! The first signature certifies the document and allows only further signatures and form filling after it (DocMDP, P = 2), unless the form
//! asks for something else; what the field locks is locked by the signature (FieldMDP).
//! Deliberately absent: making fields. The page that shows a signature is laid out with its field already on it.

use chrono::{DateTime, Utc};
use lopdf::{Dictionary, Object, ObjectId, Stream, StringFormat, dictionary};

use crate::{
    Permissions, Place, Room,
    appearance::{Appearance, AppearanceError},
    form::{self, Field},
    pdf::{Revision, Unreadable, date_string, text_string},
    prepared::Prepared,
    seed::{Demand, Seed},
    update::{BYTE_RANGE_WIDEST, Update, object_offset},
    verify::permissions,
};

/// A PDF in which a place can be reserved.
pub struct Draft {
    bytes: Vec<u8>,
    revision: Revision,
}

/// Which field to sign in.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum SignIn<'a> {
    /// The first unsigned signature field of the form.
    FirstFree,
    /// The field of this full name.
    Field(&'a str),
}

/// What the signature says besides who made it. None of it is proved by the signature; a reader sees it as the signer's word.
#[derive(Clone, Debug)]
pub struct Statement {
    /// The signer's name.
    pub name: String,
    /// The signer's clock (/M). PAdES wants the time here and not in the cryptographic message.
    pub signed_at: DateTime<Utc>,
    /// Why it was signed.
    pub reason: Option<String>,
    /// Where it was signed.
    pub location: Option<String>,
}

/// Why no place could be reserved.
#[derive(Debug, thiserror::Error)]
pub enum ReserveError {
    /// The document has no signature field at all.
    #[error("the document has no field for a signature")]
    NoSignatureField,
    /// Every signature field is signed.
    #[error("every signature field of the document is signed already")]
    AllFieldsSigned,
    /// There is no signature field of that name.
    #[error("the document has no signature field named {field:?}")]
    NoSuchField {
        /// The name asked for.
        field: String,
    },
    /// That field is signed.
    #[error("the signature field {field:?} is signed already")]
    FieldSigned {
        /// The name asked for.
        field: String,
    },
    /// A signature before locked that field (FieldMDP).
    #[error("the signature field {field:?} was locked by a signature before")]
    FieldLocked {
        /// The name asked for.
        field: String,
    },
    /// The author of the document allowed no change after signing (DocMDP, P = 1).
    #[error("the document is certified and allows no further signature")]
    CertifiedUnchangeable,
    /// The author of the form asks for something that cannot be given.
    #[error(transparent)]
    Demand(#[from] Demand),
    /// Readers may show the document differently; nobody could tell what a signature on it means.
    #[error("the document is damaged: readers may show it differently, so it cannot be signed")]
    Damaged,
    /// The picture of the signature cannot be drawn.
    #[error(transparent)]
    Appearance(#[from] AppearanceError),
    /// The update could not be written.
    #[error("the document could not be updated")]
    Update(#[from] lopdf::Error),
}

impl Draft {
    /// Reads the PDF.
    pub fn open(pdf: Vec<u8>) -> Result<Self, Unreadable> {
        let revision = Revision::open(&pdf)?.open_to_updates()?;
        Ok(Self { bytes: pdf, revision })
    }

    /// The places for signatures, signed or not.
    pub fn places(&self) -> Vec<Place> {
        form::places_of(&self.revision)
    }

    /// Reserves room for a signature in a field and writes everything else about it.
    ///
    /// Without an appearance the field keeps the look it has.
    pub fn reserve(
        self,
        place: SignIn<'_>,
        statement: &Statement,
        appearance: Option<&Appearance<'_>>,
        room: Room,
    ) -> Result<Prepared, ReserveError> {
        if !self.revision.doubts.is_empty() {
            return Err(ReserveError::Damaged);
        }
        let fields = form::signature_fields(&self.revision);
        let field = choose(&fields, place)?.clone();
        if permissions::in_force(&self.revision) == Some(Permissions::NoChanges) {
            return Err(ReserveError::CertifiedUnchangeable);
        }
        if permissions::locks_of(&self.revision).iter().any(|lock| lock.covers(&field.name)) {
            return Err(ReserveError::FieldLocked { field: field.name });
        }
        let seed = Seed::of(&self.revision.document, &field)?;
        seed.check_reason(statement.reason.as_deref())?;
        let certification = seed.certification(fields.iter().all(|field| field.value.is_none()))?;
        let drawing = match appearance {
            Some(appearance) => {
                let rect = form::rectangle(&self.revision.document, field.widget).unwrap_or_default();
                Some(appearance.draw(rect[2] - rect[0], rect[3] - rect[1])?)
            }
            None => None,
        };
        let signature = Dictionary::from_iter(self.references(certification, &seed)?);
        let signature = signature_dictionary(seed.format, statement, room, signature);
        let (signature, bytes) = self.append(&field, certification.is_some(), statement.signed_at, signature, drawing)?;
        let offset = object_offset(&bytes, signature).ok_or(ReserveError::Damaged)?;
        Prepared::new(bytes, offset, field.name, statement.signed_at, room, seed.terms).ok_or(ReserveError::Damaged)
    }

    /// What the signature says about changes after it (ISO 32000-2 §12.8.2): of the document if it certifies it, and of the fields it locks.
    fn references(&self, certification: Option<Permissions>, seed: &Seed) -> Result<Option<(Vec<u8>, Object)>, ReserveError> {
        let reference = |method: &str, mut parameters: Dictionary| {
            parameters.set("Type", "TransformParams");
            parameters.set("V", "1.2");
            dictionary! { "Type" => "SigRef", "TransformMethod" => method, "TransformParams" => parameters }
        };
        let mut references = Vec::new();
        if let Some(allowed) = certification {
            let level = match allowed {
                Permissions::NoChanges => 1,
                Permissions::FormFillingAndSigning => 2,
                Permissions::AnnotationsToo => 3,
            };
            references.push(Object::Dictionary(reference("DocMDP", dictionary! { "P" => level })));
        }
        if let Some(lock) = &seed.lock {
            let mut reference = reference("FieldMDP", lock.parameters());
            reference.set("Data", self.revision.document.trailer.get(b"Root")?.clone());
            references.push(Object::Dictionary(reference));
        }
        Ok((!references.is_empty()).then(|| (b"Reference".to_vec(), Object::Array(references))))
    }

    fn append(
        self,
        field: &Field,
        certify: bool,
        signed_at: DateTime<Utc>,
        signature: Dictionary,
        drawing: Option<Stream>,
    ) -> Result<(ObjectId, Vec<u8>), ReserveError> {
        let root = self.revision.document.trailer.get(b"Root")?.as_reference()?;
        let catalog = self.revision.document.catalog()?;
        // The form may be an object of its own or lie inside the catalog.
        let form = catalog.get(b"AcroForm")?.as_reference().ok();
        let permissions = self.revision.in_catalog(b"Perms").and_then(|permissions| permissions.as_dict().ok()).cloned();
        let at = signed_at.timestamp().to_be_bytes();
        let mut update = Update::of(self.bytes, self.revision, &[field.name.as_bytes(), &at]);
        let touched = [Some(field.id), Some(field.widget), form, (certify || form.is_none()).then_some(root)];
        for id in touched.into_iter().flatten() {
            update.touch(id)?;
        }
        let signature = update.new_part().add_object(signature);
        update.dictionary(field.id)?.set("V", signature);
        if let Some(drawing) = drawing {
            let drawing = update.new_part().add_object(drawing);
            update.dictionary(field.widget)?.set("AP", dictionary! { "N" => drawing });
        }
        if certify {
            let mut permissions = permissions.unwrap_or_default();
            permissions.set("DocMDP", signature);
            update.dictionary(root)?.set("Perms", permissions);
        }
        let form = match form {
            Some(id) => update.dictionary(id)?,
            None => update.dictionary(root)?.get_mut(b"AcroForm")?.as_dict_mut()?,
        };
        form.set("SigFlags", 3); // signatures exist, and the file may only be appended to (ISO 32000-2 table 225)
        Ok((signature, update.finish()?))
    }
}

fn choose<'a>(fields: &'a [Field], place: SignIn<'_>) -> Result<&'a Field, ReserveError> {
    match place {
        _ if fields.is_empty() => Err(ReserveError::NoSignatureField),
        SignIn::FirstFree => fields.iter().find(|field| field.value.is_none()).ok_or(ReserveError::AllFieldsSigned),
        SignIn::Field(name) => match fields.iter().find(|field| field.name == name) {
            None => Err(ReserveError::NoSuchField { field: name.to_owned() }),
            Some(field) if field.value.is_some() => Err(ReserveError::FieldSigned { field: name.to_owned() }),
            Some(field) => Ok(field),
        },
    }
}

/// The dictionary of the signature. /ByteRange and /Contents stand before any text, so that no text can pass for them.
fn signature_dictionary(format: &str, statement: &Statement, room: Room, more: Dictionary) -> Dictionary {
    let mut signature = dictionary! {
        "Type" => "Sig",
        "Filter" => "Adobe.PPKLite",
        "SubFilter" => format,
        "ByteRange" => vec![0.into(), BYTE_RANGE_WIDEST.into(), BYTE_RANGE_WIDEST.into(), BYTE_RANGE_WIDEST.into()],
        "Contents" => Object::String(vec![0; room.get()], StringFormat::Hexadecimal),
        "M" => date_string(statement.signed_at),
        "Name" => text_string(&statement.name),
    };
    if let Some(reason) = &statement.reason {
        signature.set("Reason", text_string(reason));
    }
    if let Some(location) = &statement.location {
        signature.set("Location", text_string(location));
    }
    signature.extend(&more);
    signature
}
