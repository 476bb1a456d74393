//! Whether a certificate leads to one the caller trusts.
//! Always true of a chain found here: each certificate was issued by the next, each issuer may issue, and issue names and policies as those
//! below have them; each was within its time at the moment judged, none was revoked by then as far as what travels tells, and none carries a
//! critical extension we do not know (RFC 5280 §6.1). What a trusted certificate lays down for those below it counts too (RFC 5937).
//! Deliberately absent: looking up revocations.

mod names;
mod policies;

use std::collections::BTreeSet;

use chrono::{DateTime, Utc};

use crate::{
    Caveat, Certificate, Trust,
    certificate::Purpose,
    revocation::{Idle, Revocations},
};

/// What a certificate is judged by.
#[derive(Clone, Copy, Debug)]
pub(super) struct Ground<'a> {
    /// Certificates that travel along and may fill the gap to a trusted one.
    pub(super) carried: &'a [Certificate],
    pub(super) trusted: &'a [Certificate],
    /// Whether anybody was named to trust, found or not.
    pub(super) asked: bool,
    pub(super) revocations: &'a Revocations,
    /// The moment judged: one that is proven, else now.
    pub(super) at: DateTime<Utc>,
}

/// Whether a signer is trusted, and what weighs on that. Where nobody was named to trust, what can be said about the certificates that travel
/// along is said all the same.
pub(super) fn judge(leaf: &Certificate, ground: Ground<'_>) -> (Trust, BTreeSet<Caveat>) {
    let mut search = Search::on(ground);
    let unfit = !leaf.may_sign_documents();
    if unfit {
        search.obstacles.insert(Caveat::NotForSigning);
    }
    let reached = search.reaches_trust(leaf, &mut Vec::new()) && !(unfit && search.asks_for_trust());
    search.finish(reached)
}

/// The same for an authority that vouches for time: what its certificate is for was judged with its token.
pub(super) fn judge_authority(leaf: &Certificate, ground: Ground<'_>) -> (Trust, BTreeSet<Caveat>) {
    let mut search = Search { purpose: Purpose::Time, ..Search::on(ground) };
    let reached = search.reaches_trust(leaf, &mut Vec::new());
    search.finish(reached)
}

struct Search<'a> {
    ground: Ground<'a>,
    /// What the chain must be for.
    purpose: Purpose,
    /// What stood in the way of a chain.
    obstacles: BTreeSet<Caveat>,
    /// What stood in nobody's way, but should be known.
    notes: BTreeSet<Caveat>,
}

impl<'a> Search<'a> {
    /// Longest chain followed. Real ones have at most four or five certificates.
    const LONGEST: usize = 8;

    fn on(ground: Ground<'a>) -> Self {
        Self { ground, purpose: Purpose::Documents, obstacles: BTreeSet::new(), notes: BTreeSet::new() }
    }

    fn asks_for_trust(&self) -> bool {
        self.ground.asked
    }

    fn finish(mut self, reached: bool) -> (Trust, BTreeSet<Caveat>) {
        match (self.asks_for_trust(), reached) {
            (true, true) => (Trust::Trusted, self.notes),
            (true, false) => {
                if self.obstacles.is_empty() {
                    self.obstacles.insert(Caveat::NoChain);
                }
                self.obstacles.append(&mut self.notes);
                (Trust::NotTrusted, self.obstacles)
            }
            (false, _) => {
                self.obstacles.append(&mut self.notes);
                (Trust::Unknown, self.obstacles)
            }
        }
    }

    /// Whether a chain without obstacles leads to a trusted certificate; where nobody was named to trust, to the last that travels along. Depth
    /// first; `below` is the chain so far, without `certificate`.
    fn reaches_trust(&mut self, certificate: &'a Certificate, below: &mut Vec<&'a Certificate>) -> bool {
        if below.contains(&certificate) || !self.is_good(certificate) {
            return false;
        }
        below.push(certificate);
        let reached = if self.ground.trusted.contains(certificate) { self.keeps_rules(below) } else { self.goes_on(below) };
        below.pop();
        reached
    }

    /// The same, from the last of a chain that is not trusted itself.
    fn goes_on(&mut self, chain: &mut Vec<&'a Certificate>) -> bool {
        let Some(last) = chain.last().copied().filter(|_| chain.len() <= Self::LONGEST) else { return false };
        let candidates = self.ground.trusted.iter().chain(self.ground.carried);
        let named: Vec<&'a Certificate> = candidates.filter(|issuer| *issuer != last && last.names_as_issuer(issuer)).collect();
        let issuers: Vec<&'a Certificate> = named.into_iter().filter(|issuer| self.has_issued(issuer, last)).collect();
        if issuers.is_empty() {
            return !self.asks_for_trust() && self.keeps_rules(chain);
        }
        issuers
            .into_iter()
            .any(|issuer| self.may_issue(issuer, chain) && !self.is_revoked(last, issuer) && self.reaches_trust(issuer, chain))
    }

    /// Whether an issuer of the right name made the signature on a certificate. That it cannot be checked is an obstacle of its own.
    fn has_issued(&mut self, issuer: &Certificate, certificate: &Certificate) -> bool {
        certificate.is_signed_with(issuer.key()).unwrap_or_else(|unsupported| {
            self.obstacles.insert(match unsupported.weak_bits {
                Some(bits) => Caveat::WeakKey { whose: issuer.facts().name, bits },
                None => Caveat::NotChecked { whose: certificate.facts().name, oid: unsupported.oid.to_string() },
            });
            false
        })
    }

    /// Whether an issuer may issue certificates, and at the end of this chain.
    fn may_issue(&mut self, issuer: &Certificate, chain: &[&Certificate]) -> bool {
        // The path length counts the authorities between the issuer and the leaf, without those that renewed themselves (RFC 5280 §4.2.1.9).
        let authorities = chain.iter().skip(1).filter(|authority| !authority.is_self_issued()).count();
        let whose = || issuer.facts().name;
        let obstacle = if !issuer.is_authority() {
            Caveat::NotAnIssuer { whose: whose() }
        } else if !issuer.reaches_down(authorities) {
            Caveat::ChainTooLong { whose: whose() }
        } else if !issuer.may_issue_for(self.purpose) {
            Caveat::IssuerForSomethingElse { whose: whose() }
        } else {
            return true;
        };
        self.obstacles.insert(obstacle);
        false
    }

    /// Whether a whole chain keeps the rules that its authorities lay down for those below them.
    fn keeps_rules(&mut self, chain: &[&Certificate]) -> bool {
        for (place, authority) in chain.iter().enumerate().skip(1) {
            // An authority that renewed itself is not bound by its own limits (RFC 5280 §6.1.3 b).
            let bound = chain[..place].iter().enumerate().filter(|(nth, below)| *nth == 0 || !below.is_self_issued());
            let forbidden = bound.into_iter().find_map(|(_, below)| Some((below.facts().name, names::forbidden(authority, below)?)));
            if let Some((whose, name)) = forbidden {
                self.obstacles.insert(Caveat::NameNotAllowed { whose, name, by: authority.facts().name });
                return false;
            }
        }
        let policies_hold = policies::hold(chain);
        if !policies_hold {
            self.obstacles.insert(Caveat::PolicyMissing);
        }
        policies_hold
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
        self.obstacles.insert(caveat);
        false
    }

    /// A revocation counts from its moment on. That of an authority for time counts from ever, unless its reason says that the key stayed in
    /// its hands: another with that key could state any time (RFC 3161 §4 no. 1).
    fn is_revoked(&mut self, certificate: &Certificate, issuer: &Certificate) -> bool {
        let (revocations, at) = (self.ground.revocations, self.ground.at);
        let whose = certificate.facts().name;
        if !revocations.tell_of(certificate, issuer, at) {
            self.notes.extend(revocations.idle_on(certificate, issuer).into_iter().map(|idle| match idle {
                Idle::Ahead { told_by, made } => Caveat::ProofAhead { whose: whose.clone(), told_by, made },
                Idle::NotKnown { read_in } => Caveat::NotKnownToIssuer { whose: whose.clone(), read_in },
            }));
        }
        let found = revocations.of(certificate, issuer);
        let found = found.filter(|revocation| revocation.at <= at || self.purpose == Purpose::Time && revocation.doubts_before);
        let revoked = found.is_some();
        self.obstacles.extend(found.map(|revocation| Caveat::Revoked { whose, revocation }));
        revoked
    }
}
