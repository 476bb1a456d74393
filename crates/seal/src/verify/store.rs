//! The proofs a file keeps for judging its signatures later: the document security store (ISO 32000-2 §12.8.4.3).
//! Always true: what is unpacked is bounded; whatever cannot be read is passed over.

use chrono::{DateTime, Utc};
use lopdf::{Document, Object, Stream};

use crate::{
    Certificate,
    form::references,
    pdf::{Revision, entry, follow},
    revocation::{Place, Revocations},
    strict,
};

/// What a file's store holds.
#[derive(Default)]
pub(crate) struct Store {
    pub(crate) certificates: Vec<Certificate>,
    pub(crate) revocations: Revocations,
}

/// More proofs than any file keeps; each costs time.
const MOST: usize = 512;

impl Store {
    /// Whether the file keeps nothing for later.
    pub(crate) fn is_empty(&self) -> bool {
        self.certificates.is_empty()
    }

    /// Takes in what another holds.
    pub(super) fn add(&mut self, other: Self) {
        self.certificates.extend(other.certificates);
        self.revocations.add_all(&other.revocations);
    }

    /// What it holds, as far as that can be known `now`.
    pub(crate) fn of(revision: &Revision, now: DateTime<Utc>) -> Self {
        let mut store = Self::default();
        let document = &revision.document;
        let Some(Object::Dictionary(dictionary)) = revision.in_catalog(b"DSS") else { return store };
        let mut room = strict::MOST_UNPACKED;
        let mut unpack = |key: &[u8]| -> Vec<Vec<u8>> {
            let streams = references(document, dictionary, key).into_iter().take(MOST);
            streams.filter_map(|id| unpacked(document, document.get_object(id).ok()?, &mut room)).collect()
        };
        store.certificates = unpack(b"Certs").iter().filter_map(|der| Certificate::from_der(der).ok()).collect();
        unpack(b"CRLs").iter().for_each(|der| store.revocations.add_list(der, Place::Store));
        unpack(b"OCSPs").iter().for_each(|der| store.revocations.add_answer(der, Place::Store));
        // What is kept for one signature is, by the standard, in the lists above as well; not every program does so.
        if let Some(Object::Dictionary(by_signature)) = entry(document, dictionary, b"VRI") {
            for (_, kept) in by_signature.iter().take(MOST) {
                let Some(Object::Dictionary(kept)) = follow(document, kept) else { continue };
                for id in references(document, kept, b"CRL").into_iter().take(MOST) {
                    let der = document.get_object(id).ok().and_then(|object| unpacked(document, object, &mut room));
                    der.iter().for_each(|der| store.revocations.add_list(der, Place::Store));
                }
                for id in references(document, kept, b"OCSP").into_iter().take(MOST) {
                    let der = document.get_object(id).ok().and_then(|object| unpacked(document, object, &mut room));
                    der.iter().for_each(|der| store.revocations.add_answer(der, Place::Store));
                }
            }
        }
        store.revocations.add_certificates(&store.certificates);
        store.revocations = store.revocations.known_at(now);
        store
    }
}

fn unpacked(document: &Document, object: &Object, room: &mut usize) -> Option<Vec<u8>> {
    let Stream { dict, content, .. } = follow(document, object)?.as_stream().ok()?;
    let data = strict::unpacked(dict, content, *room)?;
    *room = room.saturating_sub(data.len());
    Some(data)
}
