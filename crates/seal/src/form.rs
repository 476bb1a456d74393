//! The fields of a PDF's interactive form, and among them the places where one can sign.
//! Always true: fields are found by walking the form from the catalog, each object once and to a limited depth, so that a
//! hostile file can neither loop nor exhaust the stack.

use std::collections::BTreeSet;

use lopdf::{Dictionary, Document, Object, ObjectId};
use serde::Serialize;

use crate::pdf::{Revision, Unreadable, entry, follow, text};

/// A signature field that can be seen on a page, or could be.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Place {
    /// The field's full name.
    pub field: String,
    /// The page that shows it, counted from 1. None if no page does.
    pub page: Option<u32>,
    /// Left, bottom, right, top on that page, in points.
    pub rect: [f32; 4],
    /// Whether somebody has signed here.
    pub signed: bool,
}

/// Every place for a signature in a PDF, in the order of its form.
pub fn places(pdf: &[u8]) -> Result<Vec<Place>, Unreadable> {
    Ok(places_of(&Revision::open(pdf)?))
}

pub(crate) fn places_of(revision: &Revision) -> Vec<Place> {
    let document = &revision.document;
    let pages = document.get_pages();
    let shown_on = |widget: ObjectId| {
        let page = pages.iter().find(|(_, page)| annotations(document, **page).contains(&widget))?;
        Some(*page.0)
    };
    signature_fields(revision)
        .into_iter()
        .map(|field| Place {
            page: shown_on(field.widget),
            rect: rectangle(document, field.widget).unwrap_or_default(),
            signed: field.value.is_some(),
            field: field.name,
        })
        .collect()
}

/// A terminal field of the form.
#[derive(Clone, Debug)]
pub(crate) struct Field {
    pub(crate) id: ObjectId,
    /// The partial names from the root, joined by dots (ISO 32000-2 §12.7.4.2).
    pub(crate) name: String,
    /// The field type: `Sig`, `Tx`, …
    pub(crate) kind: Vec<u8>,
    /// The annotation that shows it: mostly the field itself, else its first kid.
    pub(crate) widget: ObjectId,
    /// Its value; for a signature field, the signature dictionary.
    pub(crate) value: Option<Object>,
}

impl Field {
    pub(crate) fn is_signature(&self) -> bool {
        self.kind == b"Sig"
    }
}

/// The signature fields in form order.
pub(crate) fn signature_fields(revision: &Revision) -> Vec<Field> {
    fields(revision).into_iter().filter(Field::is_signature).collect()
}

/// All terminal fields in form order.
pub(crate) fn fields(revision: &Revision) -> Vec<Field> {
    let mut walk = Walk { document: &revision.document, seen: BTreeSet::new(), found: Vec::new() };
    let form = revision.in_catalog(b"AcroForm").and_then(|form| form.as_dict().ok());
    for id in form.map(|form| references(&revision.document, form, b"Fields")).unwrap_or_default() {
        walk.visit(id, &Inherited::default(), 0);
    }
    walk.found
}

/// What a field takes over from its parents.
#[derive(Clone, Default)]
struct Inherited {
    name: String,
    kind: Vec<u8>,
    value: Option<Object>,
}

struct Walk<'a> {
    document: &'a Document,
    seen: BTreeSet<ObjectId>,
    found: Vec<Field>,
}

impl Walk<'_> {
    const DEEPEST: usize = 32;
    /// In bytes. Each field keeps its full name, so that a long one above many fields would fill the memory.
    const LONGEST_NAME: usize = 4_096;

    fn visit(&mut self, id: ObjectId, above: &Inherited, depth: usize) {
        if depth > Self::DEEPEST || !self.seen.insert(id) {
            return;
        }
        let Ok(dictionary) = self.document.get_dictionary(id) else { return };
        let mut here = above.clone();
        if let Some(partial) = entry(self.document, dictionary, b"T").and_then(text) {
            here.name = if above.name.is_empty() { partial } else { format!("{}.{partial}", above.name) };
        }
        if here.name.len() > Self::LONGEST_NAME {
            return;
        }
        if let Some(Object::Name(kind)) = entry(self.document, dictionary, b"FT") {
            here.kind.clone_from(kind);
        }
        if let Ok(value) = dictionary.get(b"V") {
            here.value = Some(value.clone()).filter(|value| !matches!(value, Object::Null));
        }
        let kids = references(self.document, dictionary, b"Kids");
        // Kids without a name of their own are the widgets of this field, not fields (ISO 32000-2 §12.7.4.1).
        let (fields, widgets): (Vec<_>, Vec<_>) =
            kids.into_iter().partition(|kid| self.document.get_dictionary(*kid).is_ok_and(|dictionary| dictionary.has(b"T")));
        if fields.is_empty() {
            let widget = widgets.first().copied().unwrap_or(id);
            self.found.push(Field { id, name: here.name, kind: here.kind, widget, value: here.value });
        } else {
            fields.into_iter().for_each(|kid| self.visit(kid, &here, depth + 1));
        }
    }
}

/// The references in an array entry; direct objects in it are passed over.
pub(crate) fn references(document: &Document, dictionary: &Dictionary, key: &[u8]) -> Vec<ObjectId> {
    let array = entry(document, dictionary, key).and_then(|object| object.as_array().ok());
    array.map(|items| items.iter().filter_map(|item| item.as_reference().ok()).collect()).unwrap_or_default()
}

/// The annotations of a page.
pub(crate) fn annotations(document: &Document, page: ObjectId) -> Vec<ObjectId> {
    document.get_dictionary(page).map(|page| references(document, page, b"Annots")).unwrap_or_default()
}

/// An annotation's rectangle: left, bottom, right, top.
pub(crate) fn rectangle(document: &Document, annotation: ObjectId) -> Option<[f32; 4]> {
    let dictionary = document.get_dictionary(annotation).ok()?;
    let corners = entry(document, dictionary, b"Rect")?.as_array().ok()?;
    let [a, b, c, d] = corners.as_slice() else { return None };
    let number = |object| follow(document, object)?.as_float().ok();
    let (a, b, c, d) = (number(a)?, number(b)?, number(c)?, number(d)?);
    Some([a.min(c), b.min(d), a.max(c), b.max(d)])
}
