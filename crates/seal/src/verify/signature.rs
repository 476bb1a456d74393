//! Judging one signature: where it lies in the file, what it covers, whether its cryptography holds, who made it and when.
//! Deliberately absent: whom to trust, which depends on the other signatures' time-stamps too (`when`).

use chrono::{DateTime, Utc};
use lopdf::{Dictionary, Document, Object, ObjectId};

use super::{changes, permissions};
use crate::{
    Certificate, ChangedSince, Kind, Level, Problem, SignatureVerdict, TimeSource, Trust,
    algorithm::Unsupported,
    byte_range::{BadRange, ByteRange},
    cms::{
        carried,
        read::{Fault, SignedMessage},
    },
    form::{Field, signature_fields},
    oid,
    pdf::{self, Revision, follow},
    revocation::Revocations,
    timestamp::Token,
};

/// A signature judged in all but trust, and what trust will be judged by.
pub(crate) struct Judged {
    pub(super) verdict: SignatureVerdict,
    pub(super) signer: Option<Signer>,
}

/// Who made a signature, with everything the signature carries about that.
pub(super) struct Signer {
    pub(super) certificate: Certificate,
    pub(super) carried: Vec<Certificate>,
    pub(super) revocations: Revocations,
    /// The time-stamps that hold for this signature, the oldest first.
    pub(super) stamps: Vec<Token>,
    /// Behind the last byte covered.
    pub(super) end: usize,
}

impl Judged {
    /// Every certificate that travels with it.
    pub(super) fn certificates(&self) -> impl Iterator<Item = &Certificate> {
        let signers = self.signer.iter();
        signers.flat_map(|signer| signer.carried.iter().chain(signer.stamps.iter().flat_map(Token::certificates)))
    }
}

/// Judges the signature in a field of the current revision.
pub(super) fn judge(field: &Field, file: &[u8], current: &Revision) -> Judged {
    let mut verdict = blank(&field.name);
    let signer = verdict.judge(field, file, current);
    Judged { verdict, signer }
}

fn blank(field: &str) -> SignatureVerdict {
    SignatureVerdict {
        field: field.to_owned(),
        kind: Kind::Signature,
        signer: None,
        intact: false,
        valid: false,
        trusted: Trust::Unknown,
        caveats: Vec::new(),
        proven_time: None,
        level: Level::Cms,
        certificate_in_time: None,
        covers_whole_file: false,
        ambiguous: Vec::new(),
        ambiguous_since: Vec::new(),
        changed_since: ChangedSince::Nothing,
        certification: None,
        time: None,
        time_source: TimeSource::Nobody,
        reason: None,
        location: None,
        problems: Vec::new(),
    }
}

/// The formats of signature that are understood (ISO 32000-2 table 260).
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
enum Format {
    /// `ETSI.CAdES.detached`, as PAdES has it.
    Cades,
    /// `adbe.pkcs7.detached`, as most older signers write it.
    Pkcs7,
    /// `ETSI.RFC3161`.
    DocumentTimestamp,
}

impl Format {
    fn of(document: &Document, signature: &Dictionary) -> Result<Self, String> {
        match pdf::entry(document, signature, b"SubFilter") {
            Some(Object::Name(name)) => match name.as_slice() {
                b"ETSI.CAdES.detached" => Ok(Self::Cades),
                b"adbe.pkcs7.detached" => Ok(Self::Pkcs7),
                b"ETSI.RFC3161" => Ok(Self::DocumentTimestamp),
                other => Err(String::from_utf8_lossy(other).into_owned()),
            },
            _ => Err(String::new()),
        }
    }
}

impl SignatureVerdict {
    /// Finds out everything but trust. None where no signer could be found.
    fn judge(&mut self, field: &Field, file: &[u8], current: &Revision) -> Option<Signer> {
        let document = &current.document;
        let signature = field.value.as_ref().and_then(|value| follow(document, value)?.as_dict().ok());
        let Some(signature) = signature else {
            self.problems.push(Problem::NotASignature);
            return None;
        };
        let stated = |key: &[u8]| pdf::entry(document, signature, key).and_then(pdf::text);
        self.reason = stated(b"Reason");
        self.location = stated(b"Location");
        self.certification = permissions::of_signature(document, signature);
        self.state_time(pdf::entry(document, signature, b"M").and_then(pdf::date));
        let format = match Format::of(document, signature) {
            Ok(format) => format,
            Err(format) => {
                self.problems.push(Problem::UnsupportedFormat { format });
                return None;
            }
        };
        let range = match ByteRange::of(signature, file) {
            Ok(range) => range,
            Err(bad) => {
                self.problems.push(bad.into());
                return None;
            }
        };
        self.covers_whole_file = range.end == file.len();
        let placed = self.judge_place(field, signature, range, file, current);
        let contents = signature.get(b"Contents").and_then(Object::as_str).unwrap_or_default();
        let covered = range.covered(file);
        let signer = if format == Format::DocumentTimestamp {
            self.judge_document_timestamp(contents, &covered)
        } else {
            self.judge_message(format, contents, &covered)
        };
        self.intact &= placed;
        self.signer = signer.as_ref().map(|signer| signer.certificate.facts());
        self.certificate_in_time = signer.as_ref().zip(self.time).map(|(signer, at)| signer.certificate.is_valid_at(at));
        signer.map(|signer| Signer { end: range.end, ..signer })
    }

    fn state_time(&mut self, stated: Option<DateTime<Utc>>) {
        if stated.is_some() && self.time.is_none() {
            self.time = stated;
            self.time_source = TimeSource::SignerClock;
        }
    }

    /// Opens the revision that was signed, finds the signature in it, and compares it with the file as it is now.
    fn judge_place(&mut self, field: &Field, signature: &Dictionary, range: ByteRange, file: &[u8], current: &Revision) -> bool {
        if range.end == file.len() {
            self.ambiguous = current.doubts.iter().cloned().collect();
            return true;
        }
        let signed = current.open_earlier(file, range.end);
        let Some(signed) = signed.ok().filter(|signed| holds(signed, field.id, &field.name, signature)) else {
            self.problems.push(Problem::NotInSignedRevision);
            return false;
        };
        let changes::Since { changed, doubts } = changes::since(&signed, current, file);
        self.changed_since = changed;
        self.ambiguous_since = doubts.into_iter().collect();
        self.ambiguous = signed.doubts.into_iter().collect();
        true
    }

    fn judge_message(&mut self, format: Format, contents: &[u8], covered: &[&[u8]]) -> Option<Signer> {
        let Ok(message) = SignedMessage::from_padded(contents) else {
            self.problems.push(Problem::UnreadableMessage);
            return None;
        };
        if !message.has_content_type(oid::DATA) || message.content.is_some() {
            self.problems.push(Problem::AttributesMalformed);
            return None;
        }
        self.level = if message.names_its_certificate() && format == Format::Cades { Level::BaselineB } else { Level::Cms };
        match message.digest() {
            Err(unsupported) => self.problems.push(unsupported.into()),
            Ok(digest) => match message.message_digest() {
                None => self.problems.push(Problem::AttributesMalformed),
                Some(signed) if signed == digest.of(covered) => self.intact = true,
                Some(_) => self.problems.push(Problem::DigestMismatch),
            },
        }
        let Some(certificate) = message.signer_certificate() else {
            self.problems.push(Problem::CertificateMissing);
            return None;
        };
        match message.check(certificate, format == Format::Cades) {
            Ok(()) => self.valid = true,
            Err(fault) => self.problems.extend(Some(Problem::from(fault)).filter(|problem| !self.problems.contains(problem))),
        }
        let stamps = self.judge_timestamps(&message);
        self.state_time(signing_time(&message));
        let revocations = carried::revocations(&message);
        Some(Signer { certificate: certificate.clone(), carried: message.certificates, revocations, stamps, end: 0 })
    }

    /// The time-stamps that travel with the signature and hold, the oldest first. One that does not is a problem, whatever the others say.
    fn judge_timestamps(&mut self, message: &SignedMessage) -> Vec<Token> {
        /// More than any signature carries.
        const MOST: usize = 16;
        let Ok(values) = message.unsigned_values(oid::TIME_STAMP_TOKEN) else {
            self.time_source = authority(None, false);
            self.problems.push(Problem::TimestampInvalid);
            return Vec::new();
        };
        let (mut stamps, mut broken) = (Vec::new(), None);
        for token in values.iter().take(MOST).map(|der| Token::from_der(der).ok()) {
            match token {
                Some(token) if token.stamps(&[&message.signature]) && token.is_valid() => stamps.push(token),
                token => broken = Some(token),
            }
        }
        stamps.sort_by_key(|token| token.time);
        if let Some(oldest) = stamps.first() {
            self.time = Some(oldest.time);
            self.time_source = authority(Some(oldest), true);
        }
        if let Some(token) = broken {
            self.time_source = authority(token.as_ref(), false);
            self.problems.push(Problem::TimestampInvalid);
        }
        stamps
    }

    fn judge_document_timestamp(&mut self, contents: &[u8], covered: &[&[u8]]) -> Option<Signer> {
        self.kind = Kind::DocumentTimestamp;
        self.level = Level::DocumentTimestamp;
        let Ok(token) = Token::from_padded(contents) else {
            self.problems.push(Problem::UnreadableMessage);
            return None;
        };
        self.intact = token.stamps(covered);
        self.valid = token.is_valid();
        if !self.intact {
            self.problems.push(Problem::DigestMismatch);
        }
        if !self.valid {
            self.problems.push(Problem::TimestampInvalid);
        }
        self.time = Some(token.time);
        self.time_source = authority(Some(&token), self.valid);
        let (certificate, carried) = (token.certificate()?.clone(), token.certificates().to_vec());
        let revocations = token.revocations();
        Some(Signer { certificate, carried, revocations, stamps: vec![token], end: 0 })
    }
}

/// Whether the revision has this very signature in this field.
fn holds(revision: &Revision, field: ObjectId, name: &str, signature: &Dictionary) -> bool {
    let document = &revision.document;
    signature_fields(revision).iter().any(|candidate| {
        let value = candidate.value.as_ref().and_then(|value| follow(document, value)?.as_dict().ok());
        candidate.id == field && candidate.name == name && value == Some(signature)
    })
}

/// Who vouches for the time, by a token.
pub(super) fn authority(token: Option<&Token>, valid: bool) -> TimeSource {
    let name = token.and_then(Token::certificate).map(|certificate| certificate.facts().name);
    TimeSource::TimestampAuthority { name, valid, trusted: Trust::Unknown }
}

/// The attribute signing-time, which older formats carry.
fn signing_time(message: &SignedMessage) -> Option<DateTime<Utc>> {
    let der = message.signed_attribute(oid::SIGNING_TIME).ok()??;
    let time: x509_cert::time::Time = der::Decode::from_der(&der).ok()?;
    DateTime::from_timestamp(i64::try_from(time.to_unix_duration().as_secs()).ok()?, 0)
}

impl From<BadRange> for Problem {
    fn from(bad: BadRange) -> Self {
        match bad {
            BadRange::Missing => Self::ByteRangeMissing,
            BadRange::OutOfBounds => Self::ByteRangeOutOfBounds,
            BadRange::Hole => Self::ByteRangeHole,
            BadRange::NotARevision => Self::ByteRangeNotARevision,
            BadRange::NotTheContents => Self::ByteRangeElsewhere,
        }
    }
}

impl From<Unsupported> for Problem {
    fn from(unsupported: Unsupported) -> Self {
        match unsupported.weak_bits {
            Some(bits) => Self::WeakKey { bits },
            None => Self::UnsupportedAlgorithm { oid: unsupported.oid.to_string() },
        }
    }
}

impl From<Fault> for Problem {
    fn from(fault: Fault) -> Self {
        match fault {
            Fault::Unsupported(unsupported) => unsupported.into(),
            Fault::Attributes => Self::AttributesMalformed,
            Fault::Signature => Self::SignatureMismatch,
            Fault::CertificateReplaced => Self::CertificateReplaced,
            Fault::CertificateNotNamed => Self::CertificateNotNamed,
            Fault::AlgorithmsReplaced => Self::AlgorithmsReplaced,
        }
    }
}
