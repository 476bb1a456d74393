//! The roles objects had in a signed revision, as far as a role allows them to change.
//! Always true: an object without a role may not change at all. A role that would allow any change whatever is given only to
//! objects nothing else refers to, so that a page's content cannot hide in it.

use std::collections::{BTreeMap, BTreeSet};

use lopdf::{Dictionary, Document, Object, ObjectId};

use super::objects::{each_reference, reachable};
use crate::{
    form::{self, Field},
    pdf::{Revision, entry},
};

/// What an object was for.
#[derive(Clone, Debug)]
pub(super) enum Role {
    Catalog,
    Form,
    FieldList,
    Page,
    AnnotationList,
    /// A field that was not signed, or the widget that shows it.
    Field(Box<Field>),
    /// The appearance of such a field, and of nothing else.
    FieldAppearance(Box<Field>),
    Information,
    /// The description of the whole document (XMP), and nothing else.
    Metadata,
    /// Part of the document security store, and of nothing else.
    ValidationData,
}

pub(super) struct Roles(BTreeMap<ObjectId, Role>);

impl Roles {
    pub(super) fn of(revision: &Revision) -> Self {
        let document = &revision.document;
        let mut roles = Self(BTreeMap::new());
        let reference = |dictionary: &Dictionary, key: &[u8]| dictionary.get(key).and_then(Object::as_reference).ok();
        // Later roles overwrite earlier ones: the strict roles come last, so that an object in two gets the stricter.
        roles.give_exclusive(document, validation_data(document), |_| Role::ValidationData);
        roles.give_exclusive(document, metadata(document), |_| Role::Metadata);
        let fields = form::fields(revision).into_iter().filter(|field| !field.is_signature() || field.value.is_none());
        let fields: Vec<Field> = fields.collect();
        for field in &fields {
            let appearances = appearances(document, field);
            roles.give_exclusive(document, appearances, |_| Role::FieldAppearance(Box::new(field.clone())));
        }
        roles.give(reference(&document.trailer, b"Info"), Role::Information);
        for field in &fields {
            roles.give(Some(field.widget), Role::Field(Box::new(field.clone())));
            roles.give(Some(field.id), Role::Field(Box::new(field.clone())));
        }
        for page in document.get_pages().into_values() {
            roles.give(Some(page), Role::Page);
            let list = document.get_dictionary(page).ok().and_then(|page| reference(page, b"Annots"));
            roles.give(list, Role::AnnotationList);
        }
        if let Some(form) = revision.in_catalog(b"AcroForm").and_then(|form| form.as_dict().ok()) {
            roles.give(reference(form, b"Fields"), Role::FieldList);
        }
        roles.give(document.catalog().ok().and_then(|catalog| reference(catalog, b"AcroForm")), Role::Form);
        roles.give(reference(&document.trailer, b"Root"), Role::Catalog);
        roles
    }

    pub(super) fn get(&self, id: ObjectId) -> Option<&Role> {
        self.0.get(&id)
    }

    fn give(&mut self, id: Option<ObjectId>, role: Role) {
        if let Some(id) = id {
            self.0.insert(id, role);
        }
    }

    fn give_exclusive(&mut self, document: &Document, owned: Owned, role: impl Fn(ObjectId) -> Role) {
        let elsewhere = owned.referred_to_elsewhere(document);
        for id in owned.objects.difference(&elsewhere) {
            self.0.insert(*id, role(*id));
        }
    }
}

/// Objects that belong to one entry of one dictionary.
struct Owned {
    objects: BTreeSet<ObjectId>,
    owner: Option<ObjectId>,
    key: &'static [u8],
}

impl Owned {
    /// Which of the objects something else refers to as well: any object that is neither the owner's entry nor one of them.
    fn referred_to_elsewhere(&self, document: &Document) -> BTreeSet<ObjectId> {
        let mut elsewhere = BTreeSet::new();
        if self.objects.is_empty() {
            return elsewhere;
        }
        let mut meet = |id| {
            if self.objects.contains(&id) {
                elsewhere.insert(id);
            }
        };
        for (id, object) in &document.objects {
            match object {
                _ if self.objects.contains(id) => {}
                Object::Dictionary(owner) if Some(*id) == self.owner => {
                    owner.iter().filter(|(key, _)| *key != self.key).for_each(|(_, value)| each_reference(value, &mut meet));
                }
                other => each_reference(other, &mut meet),
            }
        }
        document.trailer.iter().for_each(|(_, value)| each_reference(value, &mut meet));
        elsewhere
    }
}

fn validation_data(document: &Document) -> Owned {
    let store = document.catalog().ok().and_then(|catalog| catalog.get(b"DSS").ok());
    let objects = store.map(|store| reachable(document, store)).unwrap_or_default();
    Owned { objects, owner: document.trailer.get(b"Root").and_then(Object::as_reference).ok(), key: b"DSS" }
}

fn metadata(document: &Document) -> Owned {
    let stream = document.catalog().ok().and_then(|catalog| catalog.get(b"Metadata").and_then(Object::as_reference).ok());
    Owned {
        objects: stream.into_iter().collect(),
        owner: document.trailer.get(b"Root").and_then(Object::as_reference).ok(),
        key: b"Metadata",
    }
}

/// The appearance streams of a field's widget; not what these in turn refer to.
fn appearances(document: &Document, field: &Field) -> Owned {
    let mut objects = BTreeSet::new();
    let widget = document.get_dictionary(field.widget).ok();
    if let Some(Object::Dictionary(states)) = widget.and_then(|widget| entry(document, widget, b"AP")) {
        for (_, state) in states {
            each_reference(state, &mut |id| {
                objects.insert(id);
            });
        }
    }
    Owned { objects, owner: Some(field.widget), key: b"AP" }
}
