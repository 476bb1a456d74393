//! Revocation that travels with a file: lists (CRL, RFC 5280 §5) and answers (OCSP, RFC 6960).
//! Always true: a revocation counts only if the certificate's issuer, or one the issuer named for it, signed the list or the answer.
//! A list or an answer says that a certificate was not revoked only for as long as it is current.
//! Deliberately absent: the network.

mod read;
pub(crate) mod request;

use chrono::{DateTime, TimeDelta, Utc};
use der::oid::ObjectIdentifier;
use serde::Serialize;
use spki::AlgorithmIdentifierOwned;

use crate::{
    algorithm::{self, Digest},
    asn1::Element,
    certificate::Certificate,
    oid,
};

/// That a certificate was revoked, and how that is known.
#[derive(Clone, Debug, Eq, Ord, PartialEq, PartialOrd, Serialize)]
pub struct Revocation {
    /// From when on.
    pub at: DateTime<Utc>,
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

/// Every list and answer that could be read.
#[derive(Clone, Debug, Default)]
pub(crate) struct Revocations(Vec<Proof>);

/// A list or an answer: signed bytes, and what they say.
#[derive(Clone, Debug)]
struct Proof {
    signed: Vec<u8>,
    algorithm: AlgorithmIdentifierOwned,
    signature: Vec<u8>,
    /// Certificates that an answer brings for checking its signature.
    certificates: Vec<Certificate>,
    /// When an answer was made (producedAt); none of a list.
    made: Option<DateTime<Utc>>,
    entries: Vec<Entry>,
    /// Of a list that speaks of every certificate of an issuer: of whose, and for how long. What it does not name is not revoked.
    complete_for: Option<(Vec<u8>, Span)>,
    told_by: Told,
    read_in: Place,
}

#[derive(Clone, Debug)]
struct Entry {
    whose: Whose,
    serial: Vec<u8>,
    standing: Standing,
}

/// What an entry says of its certificate.
#[derive(Clone, Copy, Debug)]
enum Standing {
    Revoked(DateTime<Utc>),
    Good(Span),
}

/// From when until when an answer is current (thisUpdate and nextUpdate). Without an end, newer knowledge is always at hand, so that it is
/// current only when it is made.
#[derive(Clone, Copy, Debug)]
struct Span {
    from: DateTime<Utc>,
    until: Option<DateTime<Utc>>,
}

/// Clocks of authorities differ by this much.
const TOLERANCE: TimeDelta = TimeDelta::minutes(10);

impl Span {
    /// Whether it says something of that moment: it was made then or later, or was still current.
    fn reaches(&self, at: DateTime<Utc>) -> bool {
        self.from + TOLERANCE >= at || self.until.is_some_and(|until| until >= at)
    }
}

/// How an entry names the issuer of the certificate.
#[derive(Clone, Debug)]
enum Whose {
    Named(Vec<u8>),
    Hashed { algorithm: ObjectIdentifier, name: Vec<u8>, key: Vec<u8> },
}

impl Revocations {
    /// Takes in a CertificateList; bytes that are none are passed over.
    pub(crate) fn add_list(&mut self, der: &[u8], read_in: Place) {
        self.0.extend(read::list(der, read_in));
    }

    /// Takes in an OCSPResponse, or the BasicOCSPResponse inside one; bytes that are neither are passed over.
    pub(crate) fn add_answer(&mut self, der: &[u8], read_in: Place) {
        let basic = read::inner_answer(der).unwrap_or_else(|_| der.to_vec());
        self.0.extend(read::answer(&basic, read_in));
    }

    pub(crate) fn add_all(&mut self, other: &Self) {
        self.0.extend_from_slice(&other.0);
    }

    /// The certificates that answers bring along: those of whoever answers for an issuer.
    pub(crate) fn certificates(&self) -> impl Iterator<Item = &Certificate> {
        self.0.iter().flat_map(|proof| &proof.certificates)
    }

    /// Whether something in it claims to be known later than that moment.
    pub(crate) fn is_dated_after(&self, now: DateTime<Utc>) -> bool {
        let spans = self.0.iter().flat_map(|proof| {
            let good = proof.entries.iter().filter_map(|entry| if let Standing::Good(span) = entry.standing { Some(span) } else { None });
            good.chain(proof.complete_for.iter().map(|(_, span)| *span))
        });
        spans.into_iter().any(|span| span.from > now + TOLERANCE)
    }

    /// The earliest revocation of a certificate that its issuer vouches for.
    pub(crate) fn of(&self, certificate: &Certificate, issuer: &Certificate) -> Option<Revocation> {
        let wanted = Wanted::of(certificate, issuer)?;
        let found = self.0.iter().filter_map(|proof| {
            let at = proof.entries.iter().filter(|entry| wanted.is_in(entry)).filter_map(Entry::revoked_at).min()?;
            proof.is_from(issuer).then_some(Revocation { at, told_by: proof.told_by, read_in: proof.read_in })
        });
        found.min()
    }

    /// Whether the issuer says what stood of a certificate at that moment: that it was revoked, or that it was not.
    pub(crate) fn tell_of(&self, certificate: &Certificate, issuer: &Certificate, at: DateTime<Utc>) -> bool {
        let Some(wanted) = Wanted::of(certificate, issuer) else { return false };
        self.0.iter().any(|proof| proof.says_something_of(&wanted, at) && proof.is_from(issuer))
    }
}

/// A certificate as lists and answers name it.
struct Wanted<'a> {
    issuer: &'a Certificate,
    issuer_name: &'a [u8],
    serial: &'a [u8],
}

impl<'a> Wanted<'a> {
    fn of(certificate: &'a Certificate, issuer: &'a Certificate) -> Option<Self> {
        let (issuer_name, serial) = certificate.issuer_and_serial().ok()?;
        Some(Self { issuer, issuer_name, serial: Element::from_der(serial).ok()?.contents })
    }

    fn is_in(&self, entry: &Entry) -> bool {
        entry.serial == self.serial && entry.whose.is(self.issuer_name, self.issuer)
    }
}

impl Entry {
    fn revoked_at(&self) -> Option<DateTime<Utc>> {
        match self.standing {
            Standing::Revoked(at) => Some(at),
            Standing::Good(_) => None,
        }
    }
}

impl Whose {
    fn is(&self, name: &[u8], issuer: &Certificate) -> bool {
        let hashed = |algorithm: ObjectIdentifier, bytes: &[u8]| match algorithm {
            oid::SHA1 => Some(algorithm::legacy_sha1(bytes)),
            other => Digest::from_oid(other).ok().map(|digest| digest.of(&[bytes])),
        };
        match self {
            Self::Named(issuer) => issuer == name,
            Self::Hashed { algorithm, name: name_hash, key } => {
                let bits = issuer.key().subject_public_key.as_bytes().unwrap_or_default();
                hashed(*algorithm, name).as_ref() == Some(name_hash) && hashed(*algorithm, bits).as_ref() == Some(key)
            }
        }
    }
}

impl Proof {
    fn says_something_of(&self, wanted: &Wanted<'_>, at: DateTime<Utc>) -> bool {
        let named = self.entries.iter().find(|entry| wanted.is_in(entry)).map(|entry| entry.standing);
        match (named, &self.complete_for) {
            (Some(Standing::Revoked(_)), _) => true,
            (Some(Standing::Good(span)), _) => span.reaches(at),
            (None, Some((issuer, span))) => issuer == wanted.issuer_name && span.reaches(at),
            (None, None) => false,
        }
    }

    /// Whether the issuer signed it; an answer also by one whom the issuer named for that (RFC 6960 §4.2.2.2).
    fn is_from(&self, issuer: &Certificate) -> bool {
        let by =
            |signer: &Certificate| algorithm::verifies(signer.key(), &self.algorithm, None, &self.signed, &self.signature).unwrap_or(false);
        match self.told_by {
            Told::List => issuer.may_sign_lists() && by(issuer),
            Told::Answer => {
                by(issuer)
                    || self.certificates.iter().any(|named| {
                        let in_time = self.made.is_none_or(|made| named.is_valid_at(made));
                        in_time && named.may_answer() && named.is_issued_by(issuer) && by(named)
                    })
            }
        }
    }
}
