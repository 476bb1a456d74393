//! Whether a certificate leads to one the caller trusts.
//! Always true of a chain found here: each certificate was issued by the next, each issuer may issue, each was within its time at the moment
//! judged, none was revoked by then as far as what travels tells, and none carries a critical extension we do not know (RFC 5280 §6.1).
//! Deliberately absent: looking up revocations, and name constraints (a critical name constraint is refused as unknown).

use std::collections::BTreeSet;

use chrono::{DateTime, Utc};

use crate::{Caveat, Certificate, Trust, revocation::Revocations};

/// What a signer's certificate is judged by.
#[derive(Clone, Copy)]
pub(super) struct Ground<'a> {
    /// Certificates that travel along and may fill the gap to a trusted one.
    pub(super) carried: &'a [Certificate],
    pub(super) trusted: &'a [Certificate],
    pub(super) revocations: &'a Revocations,
    /// The moment judged: one that is proven, else now.
    pub(super) at: DateTime<Utc>,
}

/// Whether there is a chain, and if not, what stood in its way.
pub(super) fn judge(leaf: &Certificate, ground: Ground<'_>) -> (Trust, BTreeSet<Caveat>) {
    let mut search = Search { ground, caveats: BTreeSet::new() };
    if ground.trusted.is_empty() {
        // Nobody to lead to; but what can be said about the certificate itself is said.
        search.is_good(leaf);
        for issuer in ground.carried.iter().filter(|issuer| leaf.is_issued_by(issuer)) {
            search.is_revoked(leaf, issuer);
        }
        return (Trust::Unknown, search.caveats);
    }
    if !leaf.may_sign_documents() {
        return (Trust::NotTrusted, BTreeSet::from([Caveat::NotForSigning]));
    }
    if search.reaches_trust(leaf, &mut Vec::new()) {
        return (Trust::Trusted, BTreeSet::new());
    }
    if search.caveats.is_empty() {
        search.caveats.insert(Caveat::NoChain);
    }
    (Trust::NotTrusted, search.caveats)
}

/// The same for an authority that vouches for time: what its certificate is for was judged with its token.
pub(super) fn judge_authority(leaf: &Certificate, ground: Ground<'_>) -> Trust {
    if ground.trusted.is_empty() {
        return Trust::Unknown;
    }
    let mut search = Search { ground, caveats: BTreeSet::new() };
    if search.reaches_trust(leaf, &mut Vec::new()) { Trust::Trusted } else { Trust::NotTrusted }
}

struct Search<'a> {
    ground: Ground<'a>,
    /// What stood in the way of a chain.
    caveats: BTreeSet<Caveat>,
}

impl<'a> Search<'a> {
    /// Longest chain followed. Real ones have at most four or five certificates.
    const LONGEST: usize = 8;

    /// Depth first; `below` is the chain so far, without `certificate`.
    fn reaches_trust(&mut self, certificate: &'a Certificate, below: &mut Vec<&'a Certificate>) -> bool {
        if !self.is_good(certificate) {
            return false;
        }
        if self.ground.trusted.contains(certificate) {
            return true;
        }
        if below.len() >= Self::LONGEST || below.contains(&certificate) {
            return false;
        }
        // The path length counts the authorities between the issuer and the leaf (RFC 5280 §4.2.1.9).
        let authorities_below = below.len();
        below.push(certificate);
        let candidates = self.ground.trusted.iter().chain(self.ground.carried);
        let issuers: Vec<&'a Certificate> =
            candidates.filter(|issuer| issuer.may_issue(authorities_below) && certificate.is_issued_by(issuer)).collect();
        let reached = issuers.into_iter().any(|issuer| !self.is_revoked(certificate, issuer) && self.reaches_trust(issuer, below));
        below.pop();
        reached
    }

    /// Whether nothing in the certificate itself speaks against it at the moment judged.
    fn is_good(&mut self, certificate: &Certificate) -> bool {
        let (facts, at) = (certificate.facts(), self.ground.at);
        let caveat = if at > facts.not_after {
            Caveat::Expired { whose: facts.name, not_after: facts.not_after, at }
        } else if at < facts.not_before {
            Caveat::NotYetValid { whose: facts.name, not_before: facts.not_before, at }
        } else if certificate.has_unknown_critical_extension() {
            Caveat::UnknownExtension { whose: facts.name }
        } else {
            return true;
        };
        self.caveats.insert(caveat);
        false
    }

    fn is_revoked(&mut self, certificate: &Certificate, issuer: &Certificate) -> bool {
        let found = self.ground.revocations.of(certificate, issuer).filter(|revocation| revocation.at <= self.ground.at);
        let revoked = found.is_some();
        self.caveats.extend(found.map(|revocation| Caveat::Revoked { whose: certificate.facts().name, revocation }));
        revoked
    }
}
