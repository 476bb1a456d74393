//! What a certified document allows to be changed after signing (DocMDP, ISO 32000-2 §12.8.2.2).

use lopdf::{Dictionary, Document, Object};

use crate::{
    Permissions,
    form::signature_fields,
    pdf::{Revision, entry, follow},
};

/// The strictest certification among the signatures of a document.
pub(crate) fn of_document(revision: &Revision) -> Option<Permissions> {
    let document = &revision.document;
    let signatures = signature_fields(revision).into_iter().filter_map(|field| field.value);
    signatures.filter_map(|value| of_signature(document, follow(document, &value)?.as_dict().ok()?)).min()
}

/// What one signature allows, if it certifies the document.
pub(crate) fn of_signature(document: &Document, signature: &Dictionary) -> Option<Permissions> {
    let reference = transforms(document, signature).find(|reference| has_method(document, reference, b"DocMDP"))?;
    let parameters = entry(document, reference, b"TransformParams").and_then(|object| object.as_dict().ok());
    match parameters.and_then(|parameters| entry(document, parameters, b"P")) {
        Some(Object::Integer(3)) => Some(Permissions::AnnotationsToo),
        Some(Object::Integer(2)) | None => Some(Permissions::FormFillingAndSigning),
        Some(_) => Some(Permissions::NoChanges),
    }
}

/// Whether a signature locks form fields (FieldMDP, ISO 32000-2 §12.8.2.4).
pub(crate) fn locks_fields(document: &Document, signature: &Dictionary) -> bool {
    transforms(document, signature).any(|reference| has_method(document, reference, b"FieldMDP"))
}

fn transforms<'a>(document: &'a Document, signature: &'a Dictionary) -> impl Iterator<Item = &'a Dictionary> {
    let references = entry(document, signature, b"Reference").and_then(|object| object.as_array().ok());
    references.into_iter().flatten().filter_map(|object| follow(document, object)?.as_dict().ok())
}

fn has_method(document: &Document, reference: &Dictionary, method: &[u8]) -> bool {
    matches!(entry(document, reference, b"TransformMethod"), Some(Object::Name(name)) if name == method)
}
