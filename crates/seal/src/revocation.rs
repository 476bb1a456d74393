//! Revocation that travels with a file: lists (CRL, RFC 5280 §5) and answers (OCSP, RFC 6960).
//! Always true: a revocation counts only if the certificate's issuer, or one the issuer named for it, signed the list or the answer.
//! A list or an answer says that a certificate was not revoked only for as long as it is current, and never before the moment at which it
//! says it was made. That a certificate was revoked is believed of such a one all the same: only its issuer could have said so.
//! Deliberately absent: the network.

mod proof;
mod read;
pub(crate) mod request;

use chrono::{DateTime, TimeDelta, Utc};
use serde::Serialize;

use self::proof::{Proof, Standing, Wanted};
use crate::certificate::Certificate;

/// That a certificate was revoked, and how that is known.
#[derive(Clone, Debug, Eq, Ord, PartialEq, PartialOrd, Serialize)]
pub struct Revocation {
    /// From when on.
    pub at: DateTime<Utc>,
    /// Whether what was made before may be another's work: the reason given does not say that the key stayed in its holder's hands
    /// (unspecified, affiliationChanged, superseded or cessationOfOperation), or there is none.
    pub doubts_before: bool,
    /// What says so.
    pub told_by: Told,
    /// Where that was read.
    pub read_in: Place,
}

/// What tells of a revocation.
#[derive(Clone, Copy, Debug, Eq, Ord, PartialEq, PartialOrd, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Told {
    /// A list of revoked certificates.
    List,
    /// An answer about this certificate.
    Answer,
}

/// Where proof of a revocation travels.
#[derive(Clone, Copy, Debug, Eq, Ord, PartialEq, PartialOrd, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Place {
    /// In the signature itself.
    Signature,
    /// In the file's store of proofs (the document security store).
    Store,
}

/// Clocks of authorities differ by this much.
pub(crate) const TOLERANCE: TimeDelta = TimeDelta::minutes(10);

/// Something that travels about a certificate and settles nothing.
#[derive(Clone, Debug, Eq, Ord, PartialEq, PartialOrd)]
pub(crate) enum Idle {
    /// Made at a moment that has not come.
    Ahead { told_by: Told, made: DateTime<Utc> },
    /// The authority answered that it does not know the certificate (RFC 6960 §2.2).
    NotKnown { read_in: Place },
}

/// Every list and answer that could be read.
#[derive(Clone, Debug, Default)]
pub(crate) struct Revocations {
    proofs: Vec<Proof>,
    /// Certificates at hand for checking answers that bring none along.
    at_hand: Vec<Certificate>,
}

impl Revocations {
    /// Takes in a CertificateList; bytes that are none are passed over.
    pub(crate) fn add_list(&mut self, der: &[u8], read_in: Place) {
        self.proofs.extend(read::list(der, read_in));
    }

    /// Takes in an OCSPResponse, or the BasicOCSPResponse inside one; bytes that are neither are passed over.
    pub(crate) fn add_answer(&mut self, der: &[u8], read_in: Place) {
        let basic = read::inner_answer(der).unwrap_or_else(|_| der.to_vec());
        self.proofs.extend(read::answer(&basic, read_in));
    }

    pub(crate) fn add_all(&mut self, other: &Self) {
        self.proofs.extend_from_slice(&other.proofs);
        self.at_hand.extend_from_slice(&other.at_hand);
    }

    /// What an OCSPResponse without an answer in it says instead (OCSPResponseStatus, RFC 6960 §4.2.1).
    pub(crate) fn refusal(der: &[u8]) -> Option<u8> {
        read::refusal(der).ok().flatten()
    }

    /// Takes in certificates among which those who answer may be found.
    pub(crate) fn add_certificates(&mut self, certificates: &[Certificate]) {
        self.at_hand.extend(certificates.iter().filter(|certificate| certificate.may_answer()).cloned());
    }

    /// The same, but what says that it was made later than `now` vouches for nothing.
    pub(crate) fn known_at(mut self, now: DateTime<Utc>) -> Self {
        self.proofs.iter_mut().for_each(|proof| proof.ahead = proof.made > now + TOLERANCE);
        self
    }

    /// The certificates that answers bring along: those of whoever answers for an issuer.
    pub(crate) fn certificates(&self) -> impl Iterator<Item = &Certificate> {
        self.proofs.iter().flat_map(|proof| &proof.certificates)
    }

    /// Whether something in it claims to be known later than the moment it is known at.
    pub(crate) fn is_ahead(&self) -> bool {
        self.proofs.iter().any(|proof| proof.ahead)
    }

    /// The earliest revocation of a certificate that its issuer vouches for.
    pub(crate) fn of(&self, certificate: &Certificate, issuer: &Certificate) -> Option<Revocation> {
        let wanted = Wanted::of(certificate, issuer)?;
        let found = self.proofs.iter().filter_map(|proof| {
            let (at, doubts_before) = proof.revoked_at(&wanted)?;
            let revocation = Revocation { at, doubts_before, told_by: proof.told_by, read_in: proof.read_in };
            self.is_from(proof, issuer).then_some(revocation)
        });
        found.min()
    }

    /// Whether the issuer says what stood of a certificate at that moment: that it was revoked, or that it was not.
    pub(crate) fn tell_of(&self, certificate: &Certificate, issuer: &Certificate, at: DateTime<Utc>) -> bool {
        let Some(wanted) = Wanted::of(certificate, issuer) else { return false };
        self.proofs.iter().any(|proof| !proof.ahead && proof.says_something_of(&wanted, at) && self.is_from(proof, issuer))
    }

    /// What the issuer says of a certificate without settling anything.
    pub(crate) fn idle_on(&self, certificate: &Certificate, issuer: &Certificate) -> Vec<Idle> {
        let Some(wanted) = Wanted::of(certificate, issuer) else { return Vec::new() };
        let idle = self.proofs.iter().filter_map(|proof| {
            let idle = match proof.standing_of(&wanted)? {
                Standing::NotKnown => Idle::NotKnown { read_in: proof.read_in },
                _ if proof.ahead => Idle::Ahead { told_by: proof.told_by, made: proof.made },
                _ => return None,
            };
            self.is_from(proof, issuer).then_some(idle)
        });
        idle.collect()
    }

    /// Whether the issuer signed it; an answer also by one whom the issuer named for that.
    fn is_from(&self, proof: &Proof, issuer: &Certificate) -> bool {
        proof.is_signed_by(issuer)
            || proof.told_by == Told::Answer
                && proof.certificates.iter().chain(&self.at_hand).any(|named| self.answers_for(named, issuer, proof))
    }

    /// Whether the issuer named this one for answering in its place, and had not taken that back by then (RFC 6960 §4.2.2.2). Only lists and
    /// answers that the issuer itself signed can take it back: else one could vouch for oneself.
    fn answers_for(&self, named: &Certificate, issuer: &Certificate, proof: &Proof) -> bool {
        let sound = named.may_answer() && named.is_valid_at(proof.made) && !named.has_unknown_critical_extension();
        if !sound || !proof.is_answered_by(named) || !named.is_issued_by(issuer) {
            return false;
        }
        let Some(wanted) = Wanted::of(named, issuer) else { return false };
        let revoked = |other: &&Proof| other.revoked_at(&wanted).is_some_and(|(at, _)| at <= proof.made) && other.is_signed_by(issuer);
        !self.proofs.iter().any(|other| revoked(&other))
    }
}
