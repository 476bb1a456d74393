//! Revocation that travels with a file: lists (CRL, RFC 5280 §5) and answers (OCSP, RFC 6960).
//! Always true: a revocation counts only if the certificate's issuer, or one the issuer named for it, signed the list or the answer.
//! Deliberately absent: the network, and whether a list is fresh. What travels can tell that a certificate was revoked, never that it was not.

use chrono::{DateTime, Utc};
use der::{Decode, Tag, oid::ObjectIdentifier};
use serde::Serialize;
use spki::AlgorithmIdentifierOwned;

use crate::{
    algorithm::{self, Digest},
    asn1::Element,
    certificate::{Certificate, moment},
    oid,
    timestamp::general_time,
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
    revoked: Vec<Entry>,
    told_by: Told,
    read_in: Place,
}

#[derive(Clone, Debug)]
struct Entry {
    whose: Whose,
    serial: Vec<u8>,
    at: DateTime<Utc>,
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
        self.0.extend(list(der, read_in));
    }

    /// Takes in an OCSPResponse, or the BasicOCSPResponse inside one; bytes that are neither are passed over.
    pub(crate) fn add_answer(&mut self, der: &[u8], read_in: Place) {
        let basic = inner_answer(der).unwrap_or_else(|_| der.to_vec());
        self.0.extend(answer(&basic, read_in));
    }

    pub(crate) fn add_all(&mut self, other: &Self) {
        self.0.extend_from_slice(&other.0);
    }

    /// The earliest revocation of a certificate that its issuer vouches for.
    pub(crate) fn of(&self, certificate: &Certificate, issuer: &Certificate) -> Option<Revocation> {
        let (name, serial) = certificate.issuer_and_serial().ok()?;
        let serial = Element::from_der(serial).ok()?.contents;
        let found = self.0.iter().filter_map(|proof| {
            let entry =
                proof.revoked.iter().filter(|entry| entry.serial == serial && entry.whose.is(name, issuer)).min_by_key(|entry| entry.at)?;
            proof.is_from(issuer).then_some(Revocation { at: entry.at, told_by: proof.told_by, read_in: proof.read_in })
        });
        found.min()
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
    /// Whether the issuer signed it; an answer also by one whom the issuer named for that (RFC 6960 §4.2.2.2).
    fn is_from(&self, issuer: &Certificate) -> bool {
        let by =
            |signer: &Certificate| algorithm::verifies(signer.key(), &self.algorithm, None, &self.signed, &self.signature).unwrap_or(false);
        match self.told_by {
            Told::List => issuer.may_sign_lists() && by(issuer),
            Told::Answer => {
                by(issuer) || self.certificates.iter().any(|named| named.may_answer() && named.is_issued_by(issuer) && by(named))
            }
        }
    }
}

fn malformed() -> der::Error {
    der::ErrorKind::Failed.to_error()
}

/// The three parts of anything signed as X.509 has it: what is signed, how, and the signature.
fn signed_parts<'a>(fields: &mut impl Iterator<Item = Element<'a>>) -> der::Result<(Vec<u8>, AlgorithmIdentifierOwned, Vec<u8>)> {
    let mut next = || fields.next().ok_or_else(malformed);
    let (body, algorithm, bits) = (next()?, next()?, next()?.tagged(Tag::BitString)?);
    let signature = bits.contents.strip_prefix(&[0]).ok_or_else(malformed)?.to_vec();
    Ok((body.raw.to_vec(), AlgorithmIdentifierOwned::from_der(algorithm.raw)?, signature))
}

/// CertificateList, RFC 5280 §5.1.
fn list(der: &[u8], read_in: Place) -> der::Result<Proof> {
    let (signed, algorithm, signature) = signed_parts(&mut Element::from_der(der)?.sequence()?)?;
    let mut fields = Element::from_der(&signed)?.sequence()?;
    fields.optional(Tag::Integer); // version
    fields.required()?; // algorithm, once more
    let issuer = fields.required()?.raw.to_vec();
    time(&fields.required()?)?;
    fields.optional(Tag::UtcTime); // the next update
    fields.optional(Tag::GeneralizedTime);
    let mut revoked = Vec::new();
    if let Some(entries) = fields.optional(Tag::Sequence) {
        for entry in entries.children()? {
            revoked.extend(listed(&issuer, entry)?);
        }
    }
    Ok(Proof { signed, algorithm, signature, certificates: Vec::new(), revoked, told_by: Told::List, read_in })
}

/// One entry of a list. Entries that take a revocation back, or speak for another issuer, are passed over.
fn listed(issuer: &[u8], entry: Element<'_>) -> der::Result<Option<Entry>> {
    let mut fields = entry.sequence()?;
    let serial = fields.required()?.tagged(Tag::Integer)?.contents.to_vec();
    let mut at = time(&fields.required()?)?;
    for extension in fields.optional(Tag::Sequence).map(|all| all.children()).transpose()?.into_iter().flatten() {
        let mut parts = extension.sequence()?;
        let kind = parts.required()?.oid()?;
        parts.optional(Tag::Boolean);
        let value = parts.required()?.tagged(Tag::OctetString)?.contents;
        match kind {
            oid::CRL_REASON if Element::from_der(value)?.contents == [8] => return Ok(None),
            // The key was in other hands before that was noticed.
            oid::INVALIDITY_DATE => at = at.min(time(&Element::from_der(value)?)?),
            oid::CERTIFICATE_ISSUER => return Ok(None),
            _ => {}
        }
    }
    Ok(Some(Entry { whose: Whose::Named(issuer.to_vec()), serial, at }))
}

/// The BasicOCSPResponse inside an OCSPResponse, RFC 6960 §4.2.1.
fn inner_answer(der: &[u8]) -> der::Result<Vec<u8>> {
    let mut fields = Element::from_der(der)?.sequence()?;
    fields.required()?.tagged(Tag::Enumerated)?;
    let mut inner = fields.context(0).ok_or_else(malformed)?.children()?.required()?.sequence()?;
    if inner.required()?.oid()? != oid::BASIC_ANSWER {
        return Err(malformed());
    }
    Ok(inner.required()?.tagged(Tag::OctetString)?.contents.to_vec())
}

fn answer(der: &[u8], read_in: Place) -> der::Result<Proof> {
    let mut outer = Element::from_der(der)?.sequence()?;
    let (signed, algorithm, signature) = signed_parts(&mut outer)?;
    let certificates = match outer.context(0) {
        Some(certificates) => {
            certificates.children()?.required()?.children()?.filter_map(|one| Certificate::from_der(one.raw).ok()).collect()
        }
        None => Vec::new(),
    };
    let mut fields = Element::from_der(&signed)?.sequence()?;
    fields.context(0); // version
    fields.required()?; // who answers
    fields.required()?.tagged(Tag::GeneralizedTime)?;
    let mut revoked = Vec::new();
    for single in fields.required()?.sequence()? {
        revoked.extend(answered(single)?);
    }
    Ok(Proof { signed, algorithm, signature, certificates, revoked, told_by: Told::Answer, read_in })
}

/// SingleResponse: an entry if it says "revoked".
fn answered(single: Element<'_>) -> der::Result<Option<Entry>> {
    let mut fields = single.sequence()?;
    let mut id = fields.required()?.sequence()?;
    let algorithm = id.required()?.sequence()?.required()?.oid()?;
    let name = id.required()?.tagged(Tag::OctetString)?.contents.to_vec();
    let key = id.required()?.tagged(Tag::OctetString)?.contents.to_vec();
    let serial = id.required()?.tagged(Tag::Integer)?.contents.to_vec();
    let Some(status) = fields.context(1) else { return Ok(None) };
    let at = time(&status.children()?.required()?)?;
    Ok(Some(Entry { whose: Whose::Hashed { algorithm, name, key }, serial, at }))
}

fn time(element: &Element<'_>) -> der::Result<DateTime<Utc>> {
    if element.tag == Tag::GeneralizedTime {
        return general_time(element.contents).ok_or_else(malformed);
    }
    Ok(moment(x509_cert::time::Time::from_der(element.raw)?))
}
