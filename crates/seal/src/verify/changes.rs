//! What was changed in a file after a signature, found by comparing the signed revision with the file as it is now.
//! Always true: a change is foreseen only if a rule here says so; whatever no rule covers is unexplained. The rules look at
//! objects by the role they had when it was signed, so that what comes later cannot talk its way into a milder rule.
//! Deliberately absent: what happened between two updates. Only the outcome is shown to a reader, so only that is judged.

use std::collections::BTreeSet;

use lopdf::{Dictionary, Object, ObjectId, xref::XrefEntry};

use super::{
    new_field,
    objects::{differing, each_reference, part, reachable, same, same_but_for, same_entry},
    permissions,
    roles::{Role, Roles},
};
use crate::{
    Change, ChangedSince, Doubt, Foreseen, How, Part, Permissions,
    form::{self, Field},
    pdf::{Revision, entry, follow, trim_end},
};

/// What happened to a file after a signature.
pub(super) struct Since {
    pub(super) changed: ChangedSince,
    /// Where readers may take what was appended differently.
    pub(super) doubts: BTreeSet<Doubt>,
}

/// Compares the revision a signature covers with the whole file.
pub(super) fn since(signed: &Revision, current: &Revision, file: &[u8]) -> Since {
    let appended = &file[signed.length..];
    if trim_end(appended).is_empty() {
        return Since { changed: ChangedSince::Nothing, doubts: BTreeSet::new() };
    }
    let mut doubts: BTreeSet<Doubt> = current.doubts.difference(&signed.doubts).cloned().collect();
    doubts.append(&mut current.layout.strays_behind(file, signed.length));
    let shown = |revision: &Revision| reachable(&revision.document, &Object::Dictionary(revision.document.trailer.clone()));
    let mut comparison = Comparison {
        signed,
        current,
        shown_then: shown(signed),
        shown_now: shown(current),
        foreseen: BTreeSet::new(),
        unexplained: BTreeSet::new(),
    };
    comparison.file_structure(appended, &doubts);
    comparison.trailer();
    comparison.lost_and_found();
    comparison.altered();
    comparison.enforce_permissions();
    let changed = match (comparison.unexplained.is_empty(), comparison.foreseen.is_empty()) {
        (true, true) => ChangedSince::Nothing,
        (true, false) => ChangedSince::ForeseenOnly(comparison.foreseen.into_iter().collect()),
        (false, _) => ChangedSince::Unexplained(comparison.unexplained.into_iter().collect()),
    };
    Since { changed, doubts }
}

struct Comparison<'a> {
    signed: &'a Revision,
    current: &'a Revision,
    /// Every object that something led to when it was signed.
    shown_then: BTreeSet<ObjectId>,
    /// Every object that something leads to now.
    shown_now: BTreeSet<ObjectId>,
    foreseen: BTreeSet<Foreseen>,
    unexplained: BTreeSet<Change>,
}

impl<'a> Comparison<'a> {
    /// The appended bytes must be proper updates, which every reader understands alike.
    fn file_structure(&mut self, appended: &[u8], doubts: &BTreeSet<Doubt>) {
        const KEYWORD: &[u8] = b"startxref";
        if !appended.windows(KEYWORD.len()).any(|window| window == KEYWORD) {
            self.unexplained.insert(Change { what: Part::StrayBytes, how: How::Added, object: None });
        }
        if !doubts.is_empty() {
            self.unexplained.insert(Change { what: Part::CrossReference, how: How::Altered, object: None });
        }
    }

    fn trailer(&mut self) {
        let (then, now) = (&self.signed.document.trailer, &self.current.document.trailer);
        let both_same = |key: &[u8]| match (then.get(key), now.get(key)) {
            (Ok(then), Ok(now)) => same(then, now),
            (then, now) => then.is_err() && now.is_err(),
        };
        let first_id = |trailer: &'a Dictionary| trailer.get(b"ID").and_then(Object::as_array).ok()?.first();
        let id_kept = match (first_id(then), first_id(now)) {
            (Some(then), Some(now)) => same(then, now),
            (None, _) => true,
            (Some(_), None) => false,
        };
        let info_added = !then.has(b"Info")
            && entry(&self.current.document, now, b"Info")
                .and_then(|info| info.as_dict().ok())
                .is_some_and(|info| info.iter().all(|(key, _)| DATES_AND_TOOLS.contains(&key.as_slice())));
        if !both_same(b"Root") || !both_same(b"Encrypt") || !id_kept || !(both_same(b"Info") || info_added) {
            self.unexplained.insert(Change { what: Part::Trailer, how: How::Altered, object: None });
        }
    }

    /// Objects gone, objects nobody can read, and objects that fill a reference which led nowhere when it was signed.
    fn lost_and_found(&mut self) {
        let (then, now) = (&self.signed.document, &self.current.document);
        for id in then.objects.keys().filter(|id| !now.objects.contains_key(id) && self.shown_then.contains(id)) {
            self.unexplained.insert(Change { what: part(then, *id), how: How::Removed, object: Some(id.0) });
        }
        for (&number, now_entry) in &now.reference_table.entries {
            let readable = match *now_entry {
                XrefEntry::Normal { generation, .. } => now.objects.contains_key(&(number, generation)),
                XrefEntry::Compressed { .. } => now.objects.contains_key(&(number, 0)),
                XrefEntry::Free | XrefEntry::UnusableFree => true,
            };
            if !readable && !same_entry(now_entry, then.reference_table.get(number)) {
                self.unexplained.insert(Change { what: Part::Other, how: How::Unreadable, object: Some(number) });
            }
        }
        let mut awaited = BTreeSet::new();
        for object in then.objects.values() {
            each_reference(object, &mut |id| {
                awaited.insert(id);
            });
        }
        for id in awaited.into_iter().filter(|id| !then.objects.contains_key(id) && now.objects.contains_key(id)) {
            self.unexplained.insert(Change { what: part(now, id), how: How::Added, object: Some(id.0) });
        }
    }

    /// Objects that are different now: each must be allowed by the role it had.
    fn altered(&mut self) {
        let roles = Roles::of(self.signed);
        let (then, now) = (&self.signed.document, &self.current.document);
        for (id, before) in &then.objects {
            let Some(after) = now.objects.get(id) else { continue };
            // What nothing leads to shows nothing; numbers of cross-reference streams, for one, are used again.
            if same(before, after) || !self.shown_then.contains(id) && !self.shown_now.contains(id) {
                continue;
            }
            let foreseen = match roles.get(*id) {
                None => None,
                Some(role) => self.by_role(role, before, after),
            };
            match foreseen {
                Some(foreseen) => self.foreseen.extend(foreseen),
                None => {
                    self.unexplained.insert(Change { what: part(then, *id), how: How::Altered, object: Some(id.0) });
                }
            }
        }
    }

    /// What a change of an object in this role amounts to, or None if it is not allowed.
    fn by_role(&self, role: &Role, before: &Object, after: &Object) -> Option<Vec<Foreseen>> {
        let dictionaries = || Some((before.as_dict().ok()?, after.as_dict().ok()?));
        let arrays = || Some((before.as_array().ok()?.as_slice(), after.as_array().ok()?.as_slice()));
        match role {
            Role::Catalog => dictionaries().and_then(|(before, after)| self.catalog(before, after)),
            Role::Form => dictionaries().and_then(|(before, after)| self.form(Some(before), after)),
            Role::FieldList => arrays().and_then(|(before, after)| self.grown(before, after)),
            Role::Page => dictionaries().and_then(|(before, after)| self.page(before, after)),
            Role::AnnotationList => arrays().and_then(|(before, after)| self.grown(before, after)),
            Role::Field(field) => dictionaries().and_then(|(before, after)| self.field(field, before, after)),
            Role::FieldAppearance(field) => self.filled_in(field).map(|foreseen| vec![foreseen]),
            Role::Information => {
                let (before, after) = dictionaries()?;
                same_but_for(before, after, &DATES_AND_TOOLS).then(|| vec![Foreseen::ModificationDate])
            }
            Role::Metadata => is_metadata(after).then(|| vec![Foreseen::Metadata]),
            Role::ValidationData => Some(vec![Foreseen::ValidationData]),
        }
    }

    fn catalog(&self, before: &Dictionary, after: &Dictionary) -> Option<Vec<Foreseen>> {
        let mut foreseen = Vec::new();
        for key in differing(before, after) {
            match key {
                // It may come into being and grow; nobody honest takes proofs out again.
                b"DSS" if after.has(key) => foreseen.push(Foreseen::ValidationData),
                b"Metadata" => {
                    // It may come into being; where there was one, the same object must go on holding it.
                    let added = entry(&self.current.document, after, key).is_some_and(is_metadata);
                    if before.has(key) || !added {
                        return None;
                    }
                    foreseen.push(Foreseen::Metadata);
                }
                // Both only declare what the file uses.
                b"Extensions" | b"Version" => {}
                b"AcroForm" => {
                    let now = entry(&self.current.document, after, key)?.as_dict().ok()?;
                    let then = match before.get(key) {
                        Ok(form) => Some(form.as_dict().ok()?),
                        Err(_) => None,
                    };
                    foreseen.extend(self.form(then, now)?);
                }
                _ => return None,
            }
        }
        Some(foreseen)
    }

    fn form(&self, before: Option<&Dictionary>, after: &Dictionary) -> Option<Vec<Foreseen>> {
        let empty = Dictionary::new();
        let before = before.unwrap_or(&empty);
        // What fields are drawn with by default may come into being with a field that needs it.
        let added =
            |key: &[u8]| key == b"DA" && !before.has(b"DA") || key == b"DR" && self.only_added(before.get(key).ok(), after.get(key).ok());
        if !differing(before, after).all(|key| [&b"SigFlags"[..], b"Fields"].contains(&key) || added(key)) {
            return None;
        }
        self.list(before, after, b"Fields")
    }

    /// Whether a dictionary of dictionaries has all it had, and perhaps more.
    fn only_added(&self, before: Option<&Object>, after: Option<&Object>) -> bool {
        let (Some(before), Some(after)) = (before, after) else { return before.is_none() };
        match (before, after) {
            (Object::Dictionary(before), Object::Dictionary(after)) => {
                before.iter().all(|(key, value)| self.only_added(Some(value), after.get(key).ok()))
            }
            _ => same(before, after),
        }
    }

    fn page(&self, before: &Dictionary, after: &Dictionary) -> Option<Vec<Foreseen>> {
        if !same_but_for(before, after, &[b"Annots"]) {
            return None;
        }
        self.list(before, after, b"Annots")
    }

    /// A list in a dictionary that may have grown, or come into being.
    fn list(&self, before: &Dictionary, after: &Dictionary, key: &[u8]) -> Option<Vec<Foreseen>> {
        let now = entry(&self.current.document, after, key);
        let then = entry(&self.signed.document, before, key);
        match (then, now) {
            (None, None) => Some(Vec::new()),
            (None, Some(now)) => self.grown(&[], now.as_array().ok()?),
            (Some(then), Some(now)) => self.grown(then.as_array().ok()?, now.as_array().ok()?),
            (Some(_), None) => None,
        }
    }

    /// A list of fields or annotations keeps what it had, in order; what is new must be signature fields.
    fn grown(&self, before: &[Object], after: &[Object]) -> Option<Vec<Foreseen>> {
        let mut kept = before.iter().peekable();
        let mut foreseen = Vec::new();
        for item in after {
            if kept.next_if(|kept| same(kept, item)).is_none() {
                foreseen.push(self.new_signature(item.as_reference().ok()?)?);
            }
        }
        kept.next().is_none().then_some(foreseen)
    }

    /// What a field amounts to that was not there before, by the field or the widget that shows it.
    fn new_signature(&self, id: ObjectId) -> Option<Foreseen> {
        let field = form::signature_fields(self.current).into_iter().find(|field| field.id == id || field.widget == id)?;
        if !new_field::is_a_signature_alone(&field, self.signed, self.current) {
            return None;
        }
        Some(match self.signed_in(&field)? {
            Foreseen::FurtherSignature { field } => Foreseen::SignatureInNewField { field },
            other => other,
        })
    }

    fn field(&self, field: &Field, before: &Dictionary, after: &Dictionary) -> Option<Vec<Foreseen>> {
        let allowed: &[&[u8]] = if field.is_signature() { &[b"V", b"AP", b"F", b"Ff", b"M"] } else { &[b"V", b"AP", b"AS", b"M"] };
        if !same_but_for(before, after, allowed) {
            return None;
        }
        self.filled_in(field).map(|foreseen| vec![foreseen])
    }

    /// What filling in a field that was empty amounts to. A field whose value did not change was not filled in, and then
    /// nothing else about it may change either.
    fn filled_in(&self, field: &Field) -> Option<Foreseen> {
        let now = form::fields(self.current).into_iter().find(|now| now.id == field.id && now.name == field.name)?;
        if field.is_signature() {
            return self.signed_in(&now).filter(|_| new_field::leaves_the_page_alone(&self.signed.document, field.widget));
        }
        let unchanged = match (&field.value, &now.value) {
            (Some(then), Some(now)) => same(then, now),
            (then, now) => then.is_none() && now.is_none(),
        };
        (!unchanged).then_some(Foreseen::FormFilling { field: now.name })
    }

    fn signed_in(&self, field: &Field) -> Option<Foreseen> {
        let document = &self.current.document;
        let signature = follow(document, field.value.as_ref()?)?.as_dict().ok()?;
        if !signature.has(b"ByteRange") || !signature.has(b"Contents") {
            return None;
        }
        let field = field.name.clone();
        let time_stamp = matches!(entry(document, signature, b"SubFilter"), Some(Object::Name(name)) if name == b"ETSI.RFC3161");
        Some(if time_stamp { Foreseen::DocumentTimestamp { field } } else { Foreseen::FurtherSignature { field } })
    }

    /// What is foreseen in general may be forbidden by this document's author.
    fn enforce_permissions(&mut self) {
        let nothing_allowed = permissions::in_force(self.signed) == Some(Permissions::NoChanges);
        let locks = permissions::locks_of(self.signed);
        for foreseen in &self.foreseen {
            let forbidden = match foreseen {
                Foreseen::FurtherSignature { .. } | Foreseen::SignatureInNewField { .. } if nothing_allowed => Part::SignatureField,
                Foreseen::FurtherSignature { field } if locks.iter().any(|lock| lock.covers(field)) => Part::SignatureField,
                Foreseen::FormFilling { field } if nothing_allowed || locks.iter().any(|lock| lock.covers(field)) => Part::FormField,
                _ => continue,
            };
            self.unexplained.insert(Change { what: forbidden, how: How::Forbidden, object: None });
        }
    }
}

/// What a tool that appends an update may note about itself in the information dictionary.
const DATES_AND_TOOLS: [&[u8]; 2] = [b"ModDate", b"Producer"];

fn is_metadata(object: &Object) -> bool {
    object.as_stream().is_ok_and(|stream| stream.dict.get(b"Subtype").and_then(Object::as_name).is_ok_and(|name| name == b"XML"))
}
