//! Writing proofs into the file's store (the document security store, ISO 32000-2 §12.8.4.3).
//! Always true: what the store held it holds still. Deliberately absent: entries by signature (VRI), which the standard leaves to the writer
//! and no reader needs; those of others stay.

use lopdf::{Dictionary, Object, Stream, dictionary};

use super::gather::Proofs;
use crate::{
    form::references,
    pdf::{Revision, entry},
    update::Update,
};

/// The file with these proofs in its store.
pub(super) fn with_proofs(bytes: Vec<u8>, revision: Revision, proofs: &Proofs) -> lopdf::Result<Vec<u8>> {
    let document = &revision.document;
    let root = document.trailer.get(b"Root")?.as_reference()?;
    let catalog = document.catalog()?;
    let place = catalog.get(b"DSS").and_then(Object::as_reference).ok();
    let mut store = match entry(document, catalog, b"DSS") {
        Some(Object::Dictionary(store)) => store.clone(),
        _ => dictionary! { "Type" => "DSS" },
    };
    let kept = [b"Certs".as_slice(), b"OCSPs", b"CRLs"].map(|key| references(document, &store, key));
    let certificates: Vec<Vec<u8>> = proofs.certificates.iter().map(|certificate| certificate.der().to_vec()).collect();
    let mut update = Update::of(bytes, revision, &[b"proofs"]);
    for ((key, kept), new) in ["Certs", "OCSPs", "CRLs"].into_iter().zip(kept).zip([&certificates, &proofs.answers, &proofs.lists]) {
        let new = new.iter().map(|der| update.new_part().add_object(Stream::new(Dictionary::new(), der.clone())));
        let all: Vec<Object> = kept.into_iter().chain(new).map(Object::Reference).collect();
        if !all.is_empty() {
            store.set(key, all);
        }
    }
    match place {
        Some(place) => {
            update.touch(place)?;
            *update.dictionary(place)? = store;
        }
        None => {
            update.touch(root)?;
            let store = update.new_part().add_object(store);
            update.dictionary(root)?.set("DSS", store);
        }
    }
    update.finish()
}
