//! Reading lists (CertificateList, RFC 5280 §5.1) and answers (BasicOCSPResponse, RFC 6960 §4.2.1).

use chrono::{DateTime, Utc};
use der::{Decode, Tag, TagNumber};
use spki::AlgorithmIdentifierOwned;
use x509_cert::name::Name;

use super::{
    Place, Told,
    proof::{Answering, Entry, Proof, Span, Standing, Whose},
};
use crate::{
    asn1::{Children, Element},
    certificate::{Certificate, moment},
    oid,
    timestamp::general_time,
};

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

pub(super) fn list(der: &[u8], read_in: Place) -> der::Result<Proof> {
    let (signed, algorithm, signature) = signed_parts(&mut Element::from_der(der)?.sequence()?)?;
    let mut fields = Element::from_der(&signed)?.sequence()?;
    fields.optional(Tag::Integer); // version
    fields.required()?; // algorithm, once more
    let issuer = fields.required()?.raw.to_vec();
    let span = Span { from: time(&fields.required()?)?, until: optional_time(&mut fields)? };
    let mut entries = Vec::new();
    if let Some(revoked) = fields.optional(Tag::Sequence) {
        for entry in revoked.children()? {
            entries.extend(listed(&issuer, entry)?);
        }
    }
    let complete_for = (!is_partial(&mut fields)?).then_some((issuer, span));
    Ok(Proof {
        signed,
        algorithm,
        signature,
        certificates: Vec::new(),
        answered_by: None,
        made: span.from,
        ahead: false,
        entries,
        complete_for,
        told_by: Told::List,
        read_in,
    })
}

/// Whether a list says by a critical extension that it holds only some of the revoked certificates (RFC 5280 §5.2.4 and §5.2.5).
fn is_partial(fields: &mut Children<'_>) -> der::Result<bool> {
    let Some(extensions) = fields.context(0) else { return Ok(false) };
    for extension in extensions.children()?.required()?.sequence()? {
        let mut parts = extension.sequence()?;
        parts.required()?.oid()?;
        if parts.optional(Tag::Boolean).is_some_and(|critical| critical.contents != [0]) {
            return Ok(true);
        }
    }
    Ok(false)
}

fn optional_time(fields: &mut Children<'_>) -> der::Result<Option<DateTime<Utc>>> {
    let next = fields.optional(Tag::UtcTime).or_else(|| fields.optional(Tag::GeneralizedTime));
    next.map(|element| time(&element)).transpose()
}

/// One entry of a list. Entries that take a revocation back, or speak for another issuer, are passed over.
fn listed(issuer: &[u8], entry: Element<'_>) -> der::Result<Option<Entry>> {
    let mut fields = entry.sequence()?;
    let serial = fields.required()?.tagged(Tag::Integer)?.contents.to_vec();
    let mut at = time(&fields.required()?)?;
    let mut doubts_before = true;
    for extension in fields.optional(Tag::Sequence).map(|all| all.children()).transpose()?.into_iter().flatten() {
        let mut parts = extension.sequence()?;
        let kind = parts.required()?.oid()?;
        parts.optional(Tag::Boolean);
        let value = parts.required()?.tagged(Tag::OctetString)?.contents;
        match kind {
            oid::CRL_REASON if Element::from_der(value)?.contents == [8] => return Ok(None),
            oid::CRL_REASON => doubts_before = is_grave(Element::from_der(value)?.contents),
            // The key was in other hands before that was noticed.
            oid::INVALIDITY_DATE => at = at.min(time(&Element::from_der(value)?)?),
            oid::CERTIFICATE_ISSUER => return Ok(None),
            _ => {}
        }
    }
    Ok(Some(Entry { whose: Whose::Named(issuer.to_vec()), serial, standing: Standing::Revoked { at, doubts_before } }))
}

/// Whether a reason leaves open that the key was in other hands before (RFC 3161 §4 no. 1: all but unspecified, affiliationChanged,
/// superseded and cessationOfOperation).
fn is_grave(reason: &[u8]) -> bool {
    !matches!(reason, [0 | 3 | 4 | 5])
}

/// The status of an OCSPResponse that is not "successful", RFC 6960 §4.2.1.
pub(super) fn refusal(der: &[u8]) -> der::Result<Option<u8>> {
    let status = Element::from_der(der)?.sequence()?.required()?.tagged(Tag::Enumerated)?;
    Ok(status.contents.first().copied().filter(|status| *status != 0))
}

/// The BasicOCSPResponse inside an OCSPResponse, RFC 6960 §4.2.1.
pub(super) fn inner_answer(der: &[u8]) -> der::Result<Vec<u8>> {
    let mut fields = Element::from_der(der)?.sequence()?;
    fields.required()?.tagged(Tag::Enumerated)?;
    let mut inner = fields.context(0).ok_or_else(malformed)?.children()?.required()?.sequence()?;
    if inner.required()?.oid()? != oid::BASIC_ANSWER {
        return Err(malformed());
    }
    Ok(inner.required()?.tagged(Tag::OctetString)?.contents.to_vec())
}

pub(super) fn answer(der: &[u8], read_in: Place) -> der::Result<Proof> {
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
    let answered_by = Some(answering(&fields.required()?)?);
    let mut made = time(&fields.required()?.tagged(Tag::GeneralizedTime)?)?;
    let mut entries = Vec::new();
    for single in fields.required()?.sequence()? {
        let (entry, from) = answered(single)?;
        entries.push(entry);
        made = made.max(from);
    }
    let told_by = Told::Answer;
    Ok(Proof { signed, algorithm, signature, certificates, answered_by, made, ahead: false, entries, complete_for: None, told_by, read_in })
}

/// ResponderID: a name, or the hash of a key.
fn answering(element: &Element<'_>) -> der::Result<Answering> {
    let inner = element.children()?.required()?;
    if element.tag == context(1, true) {
        Ok(Answering::Named(Name::from_der(inner.raw)?))
    } else {
        Ok(Answering::Key(inner.tagged(Tag::OctetString)?.contents.to_vec()))
    }
}

/// SingleResponse, and from when on it says what it says (thisUpdate).
fn answered(single: Element<'_>) -> der::Result<(Entry, DateTime<Utc>)> {
    let mut fields = single.sequence()?;
    let mut id = fields.required()?.sequence()?;
    let algorithm = id.required()?.sequence()?.required()?.oid()?;
    let name = id.required()?.tagged(Tag::OctetString)?.contents.to_vec();
    let key = id.required()?.tagged(Tag::OctetString)?.contents.to_vec();
    let serial = id.required()?.tagged(Tag::Integer)?.contents.to_vec();
    let status = fields.required()?;
    let from = time(&fields.required()?)?;
    let until = fields.context(0).map(|next| time(&next.children()?.required()?)).transpose()?;
    let standing = if status.tag == context(0, false) {
        Standing::Good(Span { from, until })
    } else if status.tag == context(1, true) {
        let mut revoked = status.children()?;
        let at = time(&revoked.required()?)?;
        let reason = revoked.context(0).map(|reason| reason.children()?.required()).transpose()?;
        Standing::Revoked { at, doubts_before: reason.is_none_or(|reason| is_grave(reason.contents)) }
    } else {
        Standing::NotKnown
    };
    Ok((Entry { whose: Whose::Hashed { algorithm, name, key }, serial, standing }, from))
}

fn context(number: u32, constructed: bool) -> Tag {
    Tag::ContextSpecific { constructed, number: TagNumber(number) }
}

fn time(element: &Element<'_>) -> der::Result<DateTime<Utc>> {
    if element.tag == Tag::GeneralizedTime {
        return general_time(element.contents).ok_or_else(malformed);
    }
    Ok(moment(x509_cert::time::Time::from_der(element.raw)?))
}
