//! How far what is needed to judge a signature later travels with it: the levels of PAdES (ETSI EN 319 142-1 §6.1).
//! Always true: a level says what is there, never whom to trust. It is given only where every certificate up to a self-issued one travels, and
//! beside each the word of its issuer, at the moment the signature was stamped, on whether it was revoked.

use chrono::{DateTime, Utc};

use super::{signature::Judged, store::Store};
use crate::{Certificate, Kind, Level, revocation::Revocations, timestamp::Token};

/// A certificate that must be provable later: a signer's, or an authority's.
pub(crate) struct Need {
    pub(crate) certificate: Certificate,
    /// Certificates that travel in the same message.
    pub(crate) carried: Vec<Certificate>,
    /// Lists and answers that travel in it.
    pub(crate) revocations: Revocations,
    /// The moment it must be provable for.
    pub(crate) at: DateTime<Utc>,
}

/// Longest chain followed.
pub(crate) const LONGEST_CHAIN: usize = 8;

/// Who issued a certificate, if it is among these.
pub(crate) fn issuer_of<'a>(certificate: &Certificate, among: impl IntoIterator<Item = &'a Certificate>) -> Option<&'a Certificate> {
    among.into_iter().find(|issuer| issuer.may_issue(0) && certificate.is_issued_by(issuer))
}

impl Need {
    /// Whether everything up to a self-issued certificate is there, in the message or in the store.
    fn is_met(&self, store: &Store) -> bool {
        let mut revocations = self.revocations.clone();
        revocations.add_all(&store.revocations);
        let mut certificate = &self.certificate;
        for _ in 0..LONGEST_CHAIN {
            // Of one that had expired its issuer need no longer say that it was revoked.
            if !certificate.is_valid_at(self.at) {
                return false;
            }
            if certificate.is_issued_by(certificate) {
                return true;
            }
            let Some(issuer) = issuer_of(certificate, self.carried.iter().chain(&store.certificates)) else { return false };
            if !revocations.tell_of(certificate, issuer, self.at) {
                return false;
            }
            certificate = issuer;
        }
        false
    }
}

/// All that must be provable later for the signatures of a file. What no authority has stamped must be provable `now`.
pub(crate) fn needs(judged: &[Judged], now: DateTime<Utc>) -> Vec<Need> {
    let signers = judged
        .iter()
        .filter(|one| one.verdict.kind == Kind::Signature)
        .filter_map(|one| one.need(first_stamp(one, judged, now).map_or(now, |(_, at)| at), now));
    let stamps = judged.iter().filter_map(|one| one.signer.as_ref()).flat_map(|signer| &signer.stamps);
    let authorities = stamps.filter_map(|stamp| of_authority(stamp, now));
    signers.chain(authorities).collect()
}

/// Whether no authority vouches for the time of some signature.
pub(crate) fn any_unstamped(judged: &[Judged], now: DateTime<Utc>) -> bool {
    judged.iter().any(|one| one.verdict.kind == Kind::Signature && first_stamp(one, judged, now).is_none())
}

/// Raises the levels of signatures for which more travels than their own message holds. `sealed` is the store as the last time-stamp over
/// the document covers it, and how far that stamp reaches. A time-stamp whose moment has not come `now` raises nothing.
pub(super) fn settle(judged: &mut [Judged], store: &Store, sealed: Option<&(usize, Store)>, now: DateTime<Utc>) {
    let raised: Vec<Option<Level>> = judged.iter().map(|one| raised(one, judged, store, sealed, now)).collect();
    for (one, level) in judged.iter_mut().zip(raised) {
        one.verdict.level = level.unwrap_or(one.verdict.level);
    }
}

fn raised(one: &Judged, all: &[Judged], store: &Store, sealed: Option<&(usize, Store)>, now: DateTime<Utc>) -> Option<Level> {
    if one.verdict.level != Level::BaselineB || !one.verdict.valid {
        return None;
    }
    let (stamp, at) = first_stamp(one, all, now)?;
    let needed = [one.need(at, now)?, of_authority(stamp, now)?];
    let all_in = |store: &Store| !store.is_empty() && needed.iter().all(|need| need.is_met(store));
    Some(if !all_in(store) {
        Level::BaselineT
    } else if sealed.is_some_and(|(end, store)| *end >= one.end() && all_in(store)) {
        Level::BaselineLta
    } else {
        Level::BaselineLt
    })
}

/// What first proves that a signature existed: its oldest time-stamp, else the first over the document that covers it.
fn first_stamp<'a>(one: &'a Judged, all: &'a [Judged], now: DateTime<Utc>) -> Option<(&'a Token, DateTime<Utc>)> {
    let oldest = |judged: &'a Judged| {
        let token = judged.signer.as_ref()?.stamps.iter().find(|stamp| !stamp.is_ahead_of(now))?;
        Some((token, token.time))
    };
    let covers = |stamp: &&Judged| stamp.is_stamp_that_holds(now) && stamp.end() >= one.end();
    oldest(one).or_else(|| all.iter().filter(covers).filter_map(oldest).min_by_key(|(_, at)| *at))
}

/// What the authority behind a time-stamp must be provable by.
fn of_authority(stamp: &Token, now: DateTime<Utc>) -> Option<Need> {
    let (certificate, carried) = (stamp.certificate()?.clone(), stamp.certificates().to_vec());
    Some(Need { certificate, carried, revocations: stamp.revocations().known_at(now), at: stamp.time })
}

impl Judged {
    fn need(&self, at: DateTime<Utc>, now: DateTime<Utc>) -> Option<Need> {
        let signer = self.signer.as_ref()?;
        let (certificate, carried) = (signer.certificate.clone(), signer.carried.clone());
        let revocations = signer.revocations.clone().known_at(now);
        Some(Need { certificate, carried, revocations, at })
    }

    /// Whether it is a time-stamp over the document that holds, of a moment that has come `now`.
    pub(super) fn is_stamp_that_holds(&self, now: DateTime<Utc>) -> bool {
        let has_come = || self.signer.as_ref().is_some_and(|signer| signer.stamps.iter().any(|stamp| !stamp.is_ahead_of(now)));
        self.verdict.kind == Kind::DocumentTimestamp && self.verdict.intact && self.verdict.valid && has_come()
    }

    /// Behind the last byte it covers.
    pub(super) fn end(&self) -> usize {
        self.signer.as_ref().map_or(0, |signer| signer.end)
    }
}
