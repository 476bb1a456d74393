//! What signatures allow to be changed after them: of the document (DocMDP, ISO 32000-2 §12.8.2.2) and of its fields (FieldMDP).

use lopdf::{Dictionary, Document, Object, dictionary};

use crate::{
    Permissions,
    form::{Field, signature_fields},
    pdf::{Revision, entry, follow, text, text_string},
};

/// The strictest certification among the signatures of a document.
pub(crate) fn of_document(revision: &Revision) -> Option<Permissions> {
    each_signature(revision, |document, _, signature| of_signature(document, signature)).into_iter().min()
}

/// The most that the signatures of a document leave to be changed: by a certification, or by the lock of a field that was signed.
pub(crate) fn in_force(revision: &Revision) -> Option<Permissions> {
    let allowed = each_signature(revision, |document, field, signature| {
        // The lock's word counts where the signature itself has none; so does pyHanko take it.
        of_signature(document, signature)
            .or_else(|| of_lock(document, entry(document, document.get_dictionary(field.id).ok()?, b"Lock")?.as_dict().ok()?))
    });
    allowed.into_iter().min()
}

fn each_signature<T>(revision: &Revision, read: impl Fn(&Document, &Field, &Dictionary) -> Option<T>) -> Vec<T> {
    let document = &revision.document;
    let fields = signature_fields(revision);
    let signed = fields.iter().filter_map(|field| Some((field, follow(document, field.value.as_ref()?)?.as_dict().ok()?)));
    signed.filter_map(|(field, signature)| read(document, field, signature)).collect()
}

/// What the lock of a field leaves to be changed once it is signed (/P, ISO 32000-2 table 236).
pub(crate) fn of_lock(document: &Document, lock: &Dictionary) -> Option<Permissions> {
    match entry(document, lock, b"P")? {
        Object::Integer(3) => Some(Permissions::AnnotationsToo),
        Object::Integer(2) => Some(Permissions::FormFillingAndSigning),
        _ => Some(Permissions::NoChanges),
    }
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

impl Lock {
    /// How a signature says what it locks (ISO 32000-2 table 256).
    pub(crate) fn parameters(&self) -> Dictionary {
        let (action, fields) = match self {
            Self::All => return dictionary! { "Action" => "All" },
            Self::Include(fields) => ("Include", fields),
            Self::Exclude(fields) => ("Exclude", fields),
        };
        dictionary! { "Action" => action, "Fields" => fields.iter().map(|name| text_string(name)).collect::<Vec<_>>() }
    }
}

fn is_at_or_below(field: &str, name: &str) -> bool {
    field.strip_prefix(name).is_some_and(|rest| rest.is_empty() || rest.starts_with('.'))
}

/// Every lock of every signature in a revision.
pub(crate) fn locks_of(revision: &Revision) -> Vec<Lock> {
    each_signature(revision, |document, _, signature| Some(locks(document, signature))).into_iter().flatten().collect()
}

fn locks(document: &Document, signature: &Dictionary) -> Vec<Lock> {
    let references = transforms(document, signature).filter(|reference| has_method(document, reference, b"FieldMDP"));
    references.map(|reference| lock(document, reference)).collect()
}

fn lock(document: &Document, reference: &Dictionary) -> Lock {
    let parameters = entry(document, reference, b"TransformParams").and_then(|parameters| parameters.as_dict().ok());
    parameters.map_or(Lock::All, |parameters| lock_by(document, parameters))
}

/// The lock that a dictionary describes: the parameters of a signature, or a field's own. What cannot be read as one of the milder locks locks
/// everything.
pub(crate) fn lock_by(document: &Document, parameters: &Dictionary) -> Lock {
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
