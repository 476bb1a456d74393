//! Time-stamps (RFC 3161): asking an authority for one, and reading a token.
//! Always true: a token is kept only if it stamps exactly what was asked, answers our nonce, and its own signature holds.
//! Deliberately absent: the network. The caller carries the request to the authority and brings back the answer.

use std::error::Error as StdError;

use chrono::{DateTime, NaiveDateTime, TimeDelta, Utc};
use der::{Encode, Sequence, Tag, asn1::OctetString, asn1::Uint};
use ring::rand::{SecureRandom, SystemRandom};
use spki::AlgorithmIdentifierOwned;

use crate::{
    algorithm::Digest,
    asn1::Element,
    certificate::Certificate,
    cms::{carried, read::SignedMessage},
    hole::TooSmall,
    oid,
    revocation::Revocations,
};

/// Someone who can be asked for a time-stamp. Over HTTP, the request goes as `application/timestamp-query` (RFC 3161 §3.4).
pub trait TimeStampAuthority {
    /// Takes a TimeStampReq in DER and answers with a TimeStampResp in DER.
    fn stamp(&self, request_der: &[u8]) -> Result<Vec<u8>, Box<dyn StdError + Send + Sync>>;
}

/// Several authorities as one: the first that grants a time-stamp.
pub struct InTurn<'a>(pub &'a [&'a dyn TimeStampAuthority]);

impl TimeStampAuthority for InTurn<'_> {
    fn stamp(&self, request_der: &[u8]) -> Result<Vec<u8>, Box<dyn StdError + Send + Sync>> {
        let mut last = Err("no time-stamp authority was named".into());
        for authority in self.0 {
            last = authority.stamp(request_der);
            if last.as_ref().is_ok_and(|response| granted(response).is_ok()) {
                break;
            }
        }
        last
    }
}

/// Why a signature got no time-stamp. The signature itself is made all the same.
#[derive(Debug, thiserror::Error)]
pub enum TimestampError {
    /// The authority could not be reached or answered with something else.
    #[error("the time-stamp authority could not be asked")]
    NoAnswer(#[source] Box<dyn StdError + Send + Sync>),
    /// The authority refused (PKIStatus, RFC 3161 §2.4.2).
    #[error("the time-stamp authority refused with status {status}")]
    Refused {
        /// PKIStatus: 2 rejection, 3 waiting, 4 and 5 revocation.
        status: u8,
    },
    /// The answer is not a time-stamp response.
    #[error("the answer of the time-stamp authority cannot be read")]
    Unreadable(#[source] der::Error),
    /// The token stamps something else than what was asked, or answers another request.
    #[error("the time-stamp is for something else")]
    ForSomethingElse,
    /// The token's own signature does not hold.
    #[error("the signature of the time-stamp does not hold")]
    NotValid,
    /// It states a time that has not come, by the clock here. One of the two clocks is wrong.
    #[error("the time-stamp states {time}, which lies in the future")]
    Ahead {
        /// The time it states.
        time: DateTime<Utc>,
    },
    /// The token does not fit into the room reserved for the signature.
    #[error("the signature with its time-stamp needs {needed} bytes, reserved are {reserved}")]
    NoRoom {
        /// Bytes needed.
        needed: usize,
        /// Bytes reserved.
        reserved: usize,
    },
    /// The system's source of randomness failed.
    #[error("no random number for the time-stamp request")]
    NoRandomness,
}

/// A token that could be read: what it stamps, when, and who made it.
pub(crate) struct Token {
    message: SignedMessage,
    imprint_algorithm: der::oid::ObjectIdentifier,
    imprint: Vec<u8>,
    nonce: Option<Vec<u8>>,
    /// The moment the authority vouches for.
    pub(crate) time: DateTime<Utc>,
}

impl From<TooSmall> for TimestampError {
    fn from(TooSmall { needed, reserved }: TooSmall) -> Self {
        Self::NoRoom { needed, reserved }
    }
}

/// Clocks differ by this much before anybody speaks of the future.
pub(crate) const TOLERANCE: TimeDelta = TimeDelta::minutes(10);

/// Asks for a time-stamp over these parts, taken as one message, and checks the answer. Returns the token in DER and its time.
pub(crate) fn request(
    authority: &dyn TimeStampAuthority,
    value: &[&[u8]],
    now: DateTime<Utc>,
) -> Result<(Vec<u8>, DateTime<Utc>), TimestampError> {
    let mut nonce = [0; 8];
    SystemRandom::new().fill(&mut nonce).map_err(|_| TimestampError::NoRandomness)?;
    nonce[0] |= 1; // never a leading zero, so that the number compares byte by byte
    let request = query(value, &nonce).map_err(TimestampError::Unreadable)?;
    let response = authority.stamp(&request).map_err(TimestampError::NoAnswer)?;
    let token_der = granted(&response)?;
    let token = Token::from_der(&token_der).map_err(TimestampError::Unreadable)?;
    if !token.stamps(value) || token.nonce.as_deref() != Some(&nonce) {
        return Err(TimestampError::ForSomethingElse);
    }
    if !token.is_valid() {
        return Err(TimestampError::NotValid);
    }
    if token.is_ahead_of(now) {
        return Err(TimestampError::Ahead { time: token.time });
    }
    Ok((token_der, token.time))
}

#[derive(Sequence)]
struct TimeStampReq {
    version: u8,
    imprint: MessageImprint,
    nonce: Uint,
    cert_req: bool,
}

#[derive(Sequence)]
struct MessageImprint {
    algorithm: AlgorithmIdentifierOwned,
    hashed: OctetString,
}

fn query(value: &[&[u8]], nonce: &[u8]) -> der::Result<Vec<u8>> {
    let imprint = MessageImprint { algorithm: Digest::Sha256.identifier(), hashed: OctetString::new(Digest::Sha256.of(value))? };
    TimeStampReq { version: 1, imprint, nonce: Uint::new(nonce)?, cert_req: true }.to_der()
}

/// The token of a response whose status is "granted" or "granted with modifications".
fn granted(response: &[u8]) -> Result<Vec<u8>, TimestampError> {
    let parse = || -> der::Result<(u8, Option<Vec<u8>>)> {
        let mut fields = Element::from_der(response)?.sequence()?;
        let status = fields.required()?.sequence()?.required()?.tagged(Tag::Integer)?;
        Ok((der::Decode::from_der(status.raw)?, fields.next().map(|token| token.raw.to_vec())))
    };
    match parse().map_err(TimestampError::Unreadable)? {
        (0 | 1, Some(token)) => Ok(token),
        (0 | 1, None) => Err(TimestampError::Unreadable(der::ErrorKind::Failed.to_error())),
        (status, _) => Err(TimestampError::Refused { status }),
    }
}

impl Token {
    /// Reads a token that fills `bytes`.
    pub(crate) fn from_der(bytes: &[u8]) -> der::Result<Self> {
        Self::from_message(SignedMessage::from_der(bytes)?)
    }

    /// Reads a token followed by the zeros that fill up its place in a PDF.
    pub(crate) fn from_padded(bytes: &[u8]) -> der::Result<Self> {
        Self::from_message(SignedMessage::from_padded(bytes)?)
    }

    /// TSTInfo, RFC 3161 §2.4.2.
    fn from_message(message: SignedMessage) -> der::Result<Self> {
        let malformed = || der::ErrorKind::Failed.to_error();
        if !message.has_content_type(oid::TST_INFO) {
            return Err(malformed());
        }
        let content = message.content.clone().ok_or_else(malformed)?;
        let mut info = Element::from_der(&content)?.sequence()?;
        info.required()?.tagged(Tag::Integer)?;
        info.required()?.oid()?;
        let mut imprint = info.required()?.sequence()?;
        let imprint_algorithm = imprint.required()?.sequence()?.required()?.oid()?;
        let imprint = imprint.required()?.tagged(Tag::OctetString)?.contents.to_vec();
        info.required()?.tagged(Tag::Integer)?;
        let time = general_time(info.required()?.tagged(Tag::GeneralizedTime)?.contents).ok_or_else(malformed)?;
        info.optional(Tag::Sequence); // accuracy
        info.optional(Tag::Boolean); // ordering
        let nonce = info.optional(Tag::Integer).map(|number| {
            let digits = number.contents;
            digits.strip_prefix(&[0]).unwrap_or(digits).to_vec()
        });
        Ok(Self { message, imprint_algorithm, imprint, nonce, time })
    }

    /// Whether it stamps these parts, taken as one message.
    pub(crate) fn stamps(&self, parts: &[&[u8]]) -> bool {
        Digest::from_oid(self.imprint_algorithm).is_ok_and(|digest| digest.of(parts) == self.imprint)
    }

    /// Whether the moment it vouches for has not come.
    pub(crate) fn is_ahead_of(&self, now: DateTime<Utc>) -> bool {
        self.time > now + TOLERANCE
    }

    /// Whether its own signature holds, made by a certificate that may stamp time.
    pub(crate) fn is_valid(&self) -> bool {
        let (Some(certificate), Ok(digest)) = (self.certificate(), self.message.digest()) else { return false };
        let content = self.message.content.as_deref().unwrap_or_default();
        certificate.may_stamp_time()
            && self.message.message_digest() == Some(digest.of(&[content]))
            && self.message.check(certificate, true).is_ok()
    }

    /// The authority's certificate, if it travels with the token.
    pub(crate) fn certificate(&self) -> Option<&Certificate> {
        self.message.signer_certificate()
    }

    /// What the token carries about revocations.
    pub(crate) fn revocations(&self) -> Revocations {
        carried::revocations(&self.message)
    }

    /// All certificates in the token.
    pub(crate) fn certificates(&self) -> &[Certificate] {
        &self.message.certificates
    }
}

/// GeneralizedTime as RFC 3161 §2.4.2 profiles it: seconds, perhaps a fraction, always UTC.
pub(crate) fn general_time(digits: &[u8]) -> Option<DateTime<Utc>> {
    let text = std::str::from_utf8(digits).ok()?.strip_suffix('Z')?;
    let (seconds, fraction) = text.split_once('.').unwrap_or((text, "0"));
    let nanos: i64 = format!("{fraction:0<9}").get(..9)?.parse().ok()?;
    let time = NaiveDateTime::parse_from_str(seconds, "%Y%m%d%H%M%S").ok()?;
    Some(time.and_utc() + TimeDelta::nanoseconds(nanos))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fractions_of_a_second_are_kept() {
        let time = general_time(b"20261122041234.25Z").expect("a time");
        assert_eq!(time.to_rfc3339(), "2026-11-22T04:12:34.250+00:00");
        assert_eq!(general_time(b"20261122041234+0100"), None);
    }

    #[test]
    fn a_refusal_is_told_with_its_status() {
        let refused = [0x30, 0x05, 0x30, 0x03, 0x02, 0x01, 0x02];
        assert!(matches!(granted(&refused), Err(TimestampError::Refused { status: 2 })));
    }
}
