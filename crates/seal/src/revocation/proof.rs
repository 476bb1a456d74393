//! One list or one answer: what it says of a certificate, and who signed it.

use chrono::{DateTime, Utc};
use der::oid::ObjectIdentifier;
use spki::AlgorithmIdentifierOwned;
use x509_cert::name::Name;

use super::{Place, TOLERANCE, Told};
use crate::{
    algorithm::{self, Digest},
    asn1::Element,
    certificate::Certificate,
    oid,
};

/// A list or an answer: signed bytes, and what they say.
#[derive(Clone, Debug)]
pub(super) struct Proof {
    pub(super) signed: Vec<u8>,
    pub(super) algorithm: AlgorithmIdentifierOwned,
    pub(super) signature: Vec<u8>,
    /// Certificates that an answer brings for checking its signature.
    pub(super) certificates: Vec<Certificate>,
    /// Who answers; none of a list.
    pub(super) answered_by: Option<Answering>,
    /// When it was made (producedAt), or from when on it says what it says (thisUpdate), whichever is later.
    pub(super) made: DateTime<Utc>,
    /// Whether that moment has not come.
    pub(super) ahead: bool,
    pub(super) entries: Vec<Entry>,
    /// Of a list that speaks of every certificate of an issuer: of whose, and for how long. What it does not name is not revoked.
    pub(super) complete_for: Option<(Vec<u8>, Span)>,
    pub(super) told_by: Told,
    pub(super) read_in: Place,
}

/// How an answer names who gives it (ResponderID, RFC 6960 §4.2.1).
#[derive(Clone, Debug)]
pub(super) enum Answering {
    Named(Name),
    /// SHA-1 of the key.
    Key(Vec<u8>),
}

#[derive(Clone, Debug)]
pub(super) struct Entry {
    pub(super) whose: Whose,
    pub(super) serial: Vec<u8>,
    pub(super) standing: Standing,
}

/// What an entry says of its certificate.
#[derive(Clone, Copy, Debug)]
pub(super) enum Standing {
    Revoked {
        at: DateTime<Utc>,
        doubts_before: bool,
    },
    Good(Span),
    /// Whoever answers does not know it.
    NotKnown,
}

/// From when until when an answer is current (thisUpdate and nextUpdate). Without an end, newer knowledge is always at hand, so that it is
/// current only when it is made.
#[derive(Clone, Copy, Debug)]
pub(super) struct Span {
    pub(super) from: DateTime<Utc>,
    pub(super) until: Option<DateTime<Utc>>,
}

impl Span {
    /// Whether it says something of that moment: it was made then or later, or was still current.
    fn reaches(&self, at: DateTime<Utc>) -> bool {
        self.from + TOLERANCE >= at || self.until.is_some_and(|until| until >= at)
    }
}

/// How an entry names the issuer of the certificate.
#[derive(Clone, Debug)]
pub(super) enum Whose {
    Named(Vec<u8>),
    Hashed { algorithm: ObjectIdentifier, name: Vec<u8>, key: Vec<u8> },
}

/// A certificate as lists and answers name it.
pub(super) struct Wanted<'a> {
    issuer: &'a Certificate,
    issuer_name: &'a [u8],
    serial: &'a [u8],
}

impl<'a> Wanted<'a> {
    pub(super) fn of(certificate: &'a Certificate, issuer: &'a Certificate) -> Option<Self> {
        let (issuer_name, serial) = certificate.issuer_and_serial().ok()?;
        Some(Self { issuer, issuer_name, serial: Element::from_der(serial).ok()?.contents })
    }

    fn is_in(&self, entry: &Entry) -> bool {
        entry.serial == self.serial && entry.whose.is(self.issuer_name, self.issuer)
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
                hashed(*algorithm, name).as_ref() == Some(name_hash) && hashed(*algorithm, issuer.key_bits()).as_ref() == Some(key)
            }
        }
    }
}

impl Proof {
    /// The earliest moment from which it says that the certificate was revoked, and whether what was made before is in doubt too.
    pub(super) fn revoked_at(&self, wanted: &Wanted<'_>) -> Option<(DateTime<Utc>, bool)> {
        let entries = self.entries.iter().filter(|entry| wanted.is_in(entry));
        let revoked = entries.filter_map(|entry| match entry.standing {
            Standing::Revoked { at, doubts_before } => Some((at, doubts_before)),
            Standing::Good(_) | Standing::NotKnown => None,
        });
        revoked.min()
    }

    /// What it says of the certificate, if anything.
    pub(super) fn standing_of(&self, wanted: &Wanted<'_>) -> Option<Standing> {
        let named = self.entries.iter().find(|entry| wanted.is_in(entry)).map(|entry| entry.standing);
        let unnamed = || self.complete_for.as_ref().filter(|(issuer, _)| issuer == wanted.issuer_name);
        named.or_else(|| unnamed().map(|(_, span)| Standing::Good(*span)))
    }

    pub(super) fn says_something_of(&self, wanted: &Wanted<'_>, at: DateTime<Utc>) -> bool {
        match self.standing_of(wanted) {
            Some(Standing::Revoked { .. }) => true,
            Some(Standing::Good(span)) => span.reaches(at),
            Some(Standing::NotKnown) | None => false,
        }
    }

    /// Whether the issuer itself signed it.
    pub(super) fn is_signed_by(&self, issuer: &Certificate) -> bool {
        match self.told_by {
            Told::List => issuer.may_sign_lists() && self.is_made_with(issuer),
            Told::Answer => self.is_answered_by(issuer),
        }
    }

    /// Whether it is an answer by the holder of this certificate: it says so, and the key made it.
    pub(super) fn is_answered_by(&self, who: &Certificate) -> bool {
        let named = match &self.answered_by {
            Some(Answering::Named(name)) => name == who.subject(),
            Some(Answering::Key(hash)) => *hash == algorithm::legacy_sha1(who.key_bits()),
            None => false,
        };
        named && self.is_made_with(who)
    }

    fn is_made_with(&self, signer: &Certificate) -> bool {
        algorithm::verifies(signer.key(), &self.algorithm, None, &self.signed, &self.signature).unwrap_or(false)
    }
}
