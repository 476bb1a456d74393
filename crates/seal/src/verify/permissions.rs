//! What signatures allow to be changed after them: of the document (DocMDP, ISO 32000-2 §12.8.2.2) and of its fields (FieldMDP).

use lopdf::{Dictionary, Document, Object};

use crate::{
    Permissions,
    form::signature_fields,
    pdf::{Revision, entry, follow, text},
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

/// Fields that a signature locked (FieldMDP, ISO 32000-2 §12.8.2.4).
#[derive(Clone, Debug, Eq, PartialEq)]
pub(crate) enum Lock {
    All,
    /// These, and all below them.
    Include(Vec<String>),
    /// All but these and those below them.
    Exclude(Vec<String>),
}

impl Lock {
    /// Whether it locks a field, by its full name.
    pub(crate) fn covers(&self, field: &str) -> bool {
        match self {
            Self::All => true,
            Self::Include(names) => names.iter().any(|name| is_at_or_below(field, name)),
            Self::Exclude(names) => !names.iter().any(|name| is_at_or_below(field, name)),
        }
    }
}

fn is_at_or_below(field: &str, name: &str) -> bool {
    field.strip_prefix(name).is_some_and(|rest| rest.is_empty() || rest.starts_with('.'))
}

/// Every lock of every signature in a revision.
pub(crate) fn locks_of(revision: &Revision) -> Vec<Lock> {
    let document = &revision.document;
    let signatures = signature_fields(revision).into_iter().filter_map(|field| field.value);
    let signatures: Vec<Object> = signatures.filter_map(|value| follow(document, &value).cloned()).collect();
    let dictionaries = signatures.iter().filter_map(|signature| signature.as_dict().ok());
    dictionaries.flat_map(|signature| locks(document, signature)).collect()
}

fn locks(document: &Document, signature: &Dictionary) -> Vec<Lock> {
    let references = transforms(document, signature).filter(|reference| has_method(document, reference, b"FieldMDP"));
    references.map(|reference| lock(document, reference)).collect()
}

/// What cannot be read as one of the milder locks locks everything.
fn lock(document: &Document, reference: &Dictionary) -> Lock {
    let Some(Object::Dictionary(parameters)) = entry(document, reference, b"TransformParams") else { return Lock::All };
    let Some(Object::Name(action)) = entry(document, parameters, b"Action") else { return Lock::All };
    let Some(Object::Array(fields)) = entry(document, parameters, b"Fields") else { return Lock::All };
    let names: Option<Vec<String>> = fields.iter().map(|name| text(follow(document, name)?)).collect();
    match (action.as_slice(), names) {
        (b"Include", Some(names)) => Lock::Include(names),
        (b"Exclude", Some(names)) => Lock::Exclude(names),
        _ => Lock::All,
    }
}

fn transforms<'a>(document: &'a Document, signature: &'a Dictionary) -> impl Iterator<Item = &'a Dictionary> {
    let references = entry(document, signature, b"Reference").and_then(|object| object.as_array().ok());
    references.into_iter().flatten().filter_map(|object| follow(document, object)?.as_dict().ok())
}

fn has_method(document: &Document, reference: &Dictionary, method: &[u8]) -> bool {
    matches!(entry(document, reference, b"TransformMethod"), Some(Object::Name(name)) if name == method)
}

#[cfg(test)]
mod tests {
    use super::*;
    use lopdf::dictionary;

    fn read(action: &str, fields: &[&str]) -> Lock {
        let fields: Vec<Object> = fields.iter().map(|name| Object::string_literal(*name)).collect();
        let parameters = dictionary! { "Action" => action, "Fields" => fields };
        lock(&Document::new(), &dictionary! { "TransformParams" => parameters })
    }

    #[test]
    fn a_lock_covers_what_it_names_and_what_lies_below() {
        let include = read("Include", &["A", "group.inner"]);
        let covered = |lock: &Lock| ["A", "A.x", "AB", "group", "group.inner", "group.inner.x"].map(|field| lock.covers(field));
        assert_eq!(covered(&include), [true, true, false, false, true, true]);
        assert_eq!(covered(&read("Exclude", &["A", "group.inner"])), [false, false, true, true, false, false]);
        assert_eq!(covered(&read("All", &[])), [true; 6]);
    }

    #[test]
    fn what_cannot_be_read_locks_everything() {
        assert_eq!(read("Sometimes", &["A"]), Lock::All);
        let document = Document::new();
        assert_eq!(lock(&document, &Dictionary::new()), Lock::All);
        assert_eq!(lock(&document, &dictionary! { "TransformParams" => dictionary! { "Action" => "Include" } }), Lock::All);
    }
}
