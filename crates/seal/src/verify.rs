//! Judging the signatures of a PDF.
//! Always true: every fact is found out separately, and hostile bytes lead to facts or to `Unreadable`, never to a panic.
//! Deliberately absent: the network. Revocation is read where it travels with the file and not looked up; trust is only what the caller hands in.

mod changes;
pub(crate) mod level;
mod new_field;
mod objects;
pub(crate) mod permissions;
mod roles;
pub(crate) mod signature;
pub(crate) mod store;
mod trust;
mod when;

use chrono::{DateTime, Utc};

use self::{signature::Judged, store::Store};
use crate::{
    Certificate, Damage, Verdict,
    form::signature_fields,
    pdf::{Revision, Unreadable, trim_end},
};

/// Whom a reader trusts: authorities, or signers themselves.
#[derive(Clone, Copy, Debug, Default)]
pub struct Anchors<'a> {
    /// By their certificates.
    pub certificates: &'a [Certificate],
    /// By the SHA-256 of their certificates, in lower-case hexadecimal. The certificate itself must travel with the file.
    pub fingerprints: &'a [String],
}

impl Anchors<'_> {
    fn is_empty(&self) -> bool {
        self.certificates.is_empty() && self.fingerprints.is_empty()
    }

    /// The certificates trusted, with those among these that are trusted by their fingerprint.
    fn found_among<'b>(&self, travelling: impl Iterator<Item = &'b Certificate>) -> Vec<Certificate> {
        let mut found = self.certificates.to_vec();
        if !self.fingerprints.is_empty() {
            let named = travelling.filter(|certificate| self.fingerprints.contains(&certificate.facts().fingerprint_sha256));
            found.extend(named.cloned());
        }
        found
    }
}

/// Judges every signature of a PDF. `trust` names the certificates the caller trusts: authorities, or signers themselves. `now` is the moment
/// at which signers are judged whose signatures no trusted authority has stamped.
pub fn verify(pdf: &[u8], trust: &[Certificate], now: DateTime<Utc>) -> Result<Verdict, Unreadable> {
    verify_by(pdf, Anchors { certificates: trust, fingerprints: &[] }, now)
}

/// The same, where some are trusted by their fingerprints.
pub fn verify_by(pdf: &[u8], anchors: Anchors<'_>, now: DateTime<Utc>) -> Result<Verdict, Unreadable> {
    let current = Revision::open(pdf)?;
    let mut judged = judge_all(pdf, &current)?;
    let mut store = Store::of(&current, now);
    let stamped = store_at(pdf, &current, now, judged.iter().filter(|one| one.is_stamp_that_holds(now)).map(Judged::end).max());
    level::settle(&mut judged, &store, stamped.as_ref(), now);
    // What somebody signed along stays known, whatever an update took out of the store after that.
    if let Some((_, signed)) = store_at(pdf, &current, now, judged.iter().map(Judged::end).max()) {
        store.add(signed);
    }
    let travelling = judged.iter().flat_map(Judged::certificates).chain(&store.certificates);
    let trusted = anchors.found_among(travelling);
    let signatures = when::Reader { trusted: &trusted, asked: !anchors.is_empty(), now, store: &store }.settle(judged);
    let certification = permissions::of_document(&current);
    Ok(Verdict { signatures, certification, behind_the_end: behind_the_end(pdf), doubts: current.doubts.into_iter().collect() })
}

/// Every signature and time-stamp of the file, judged in all but trust, in the order of the form.
pub(crate) fn judge_all(pdf: &[u8], current: &Revision) -> Result<Vec<Judged>, Unreadable> {
    let signed: Vec<_> = signature_fields(current).into_iter().filter(|field| field.value.is_some()).collect();
    if signed.len() > MOST_SIGNATURES {
        return Err(Unreadable::Damaged(Damage::Crowded));
    }
    Ok(signed.into_iter().map(|field| signature::judge(&field, pdf, current)).collect())
}

/// The store of the revision that ends there, with that end.
fn store_at(pdf: &[u8], current: &Revision, now: DateTime<Utc>, end: Option<usize>) -> Option<(usize, Store)> {
    let end = end.filter(|end| *end > 0)?;
    let store = if end == pdf.len() { Store::of(current, now) } else { Store::of(&current.open_earlier(pdf, end).ok()?, now) };
    Some((end, store))
}

/// More than anybody signs in one file; for each the file is read as it was then.
const MOST_SIGNATURES: usize = 100;

/// Bytes behind the end-of-file marker and the end of its line.
fn behind_the_end(pdf: &[u8]) -> usize {
    let rest = &pdf[trim_end(pdf).len()..];
    let line_end = [&b"\r\n"[..], b"\n", b"\r"].iter().find(|end| rest.starts_with(end)).map_or(0, |end| end.len());
    rest.len() - line_end
}
