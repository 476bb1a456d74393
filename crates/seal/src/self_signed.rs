//! A new identity's certificate, issued by its holder to itself.
//! Always true: X.509 v3, ECDSA on P-256, a random serial, allowed to sign documents and nothing else.
//! Deliberately absent: any claim that the name is true. A self-issued certificate binds signatures to one key; who holds the
//! key must be settled otherwise, by comparing the fingerprint.

use chrono::{DateTime, Days, Utc};
use der::{
    Any, Encode, Sequence, Tag,
    asn1::{BitString, GeneralizedTime, OctetString, SetOfVec, Uint, UtcTime},
    flagset::FlagSet,
};
use ring::{
    rand::{SecureRandom, SystemRandom},
    signature::{ECDSA_P256_SHA256_ASN1_SIGNING, EcdsaKeyPair, KeyPair},
};
use spki::{AlgorithmIdentifierOwned, SubjectPublicKeyInfoOwned};
use x509_cert::{
    attr::AttributeTypeAndValue,
    ext::{
        Extension,
        pkix::{BasicConstraints, KeyUsage, KeyUsages},
    },
    time::Time,
};
use zeroize::Zeroizing;

use crate::{algorithm::Digest, oid};

/// What a person says about themselves when making an identity.
#[derive(Clone, Debug)]
pub struct NewIdentity {
    /// The name signatures will bear, at most 64 characters.
    pub name: String,
    /// The organisation signed for, at most 64 characters.
    pub organisation: Option<String>,
    /// The signer's role there, at most 64 characters.
    pub role: Option<String>,
    /// First moment of validity.
    pub valid_from: DateTime<Utc>,
    /// Days until it expires.
    pub valid_days: u32,
}

/// Why no identity was made.
#[derive(Debug, thiserror::Error)]
pub enum CreateIdentityError {
    /// The name is empty or only blanks.
    #[error("an identity needs a name")]
    NameMissing,
    /// RFC 5280 appendix A.1 allows 64 characters in each of these.
    #[error("the {part} has {length} characters; a certificate has room for {limit}")]
    TooLong {
        /// "name", "organisation" or "role".
        part: &'static str,
        /// Characters given.
        length: usize,
        /// Characters allowed.
        limit: usize,
    },
    /// A line break or another control character.
    #[error("the {part} contains a control character")]
    ControlCharacter {
        /// "name", "organisation" or "role".
        part: &'static str,
    },
    /// A validity of no days, or one that ends after the year 9999.
    #[error("a validity of {days} days is not possible")]
    Validity {
        /// Days asked for.
        days: u32,
    },
    /// The system's source of randomness failed, or the key was refused by its own library.
    #[error("no key could be generated")]
    NoKey,
    /// The certificate could not be encoded.
    #[error("the certificate could not be encoded")]
    Encoding(#[from] der::Error),
}

/// A fresh key (PKCS #8) and the certificate that names its holder (DER).
pub(crate) struct SelfSigned {
    pub(crate) pkcs8: Zeroizing<Vec<u8>>,
    pub(crate) certificate: Vec<u8>,
}

pub(crate) fn issue(new: &NewIdentity) -> Result<SelfSigned, CreateIdentityError> {
    let subject = subject(&new.name, new.organisation.as_deref(), new.role.as_deref())?;
    let validity = validity(new)?;
    let random = SystemRandom::new();
    let no_key = |_| CreateIdentityError::NoKey;
    let (pkcs8, pair) = key()?;
    let mut serial = [0; 16];
    random.fill(&mut serial).map_err(no_key)?;
    serial[0] = serial[0] & 0x7F | 0x40; // positive, and always the same length

    let public = pair.public_key().as_ref();
    let body = TbsCertificate {
        version: 2, // v3 is written as 2, RFC 5280 §4.1.2.1
        serial: Uint::new(&serial)?,
        signature: ecdsa(),
        issuer: subject.clone(),
        validity,
        subject,
        key: public_key(public)?,
        extensions: extensions(public)?,
    };
    let signature = pair.sign(&random, &body.to_der()?).map_err(no_key)?;
    let certificate = SignedCertificate { body, algorithm: ecdsa(), signature: BitString::from_bytes(signature.as_ref())? };
    Ok(SelfSigned { pkcs8, certificate: certificate.to_der()? })
}

/// A fresh key on P-256, in PKCS #8 and ready to sign.
pub(crate) fn key() -> Result<(Zeroizing<Vec<u8>>, EcdsaKeyPair), CreateIdentityError> {
    let random = SystemRandom::new();
    let pkcs8 = EcdsaKeyPair::generate_pkcs8(&ECDSA_P256_SHA256_ASN1_SIGNING, &random).map_err(|_| CreateIdentityError::NoKey)?;
    let pkcs8 = Zeroizing::new(pkcs8.as_ref().to_vec());
    let pair = EcdsaKeyPair::from_pkcs8(&ECDSA_P256_SHA256_ASN1_SIGNING, &pkcs8, &random).map_err(|_| CreateIdentityError::NoKey)?;
    Ok((pkcs8, pair))
}

/// RFC 5280 §4.1. Written with our own structures because the library's can be read but not filled in.
#[derive(Sequence)]
struct SignedCertificate {
    body: TbsCertificate,
    algorithm: AlgorithmIdentifierOwned,
    signature: BitString,
}

#[derive(Sequence)]
struct TbsCertificate {
    #[asn1(context_specific = "0", tag_mode = "EXPLICIT")]
    version: u8,
    serial: Uint,
    signature: AlgorithmIdentifierOwned,
    issuer: Subject,
    validity: Validity,
    subject: Subject,
    key: SubjectPublicKeyInfoOwned,
    #[asn1(context_specific = "3", tag_mode = "EXPLICIT")]
    extensions: Vec<Extension>,
}

#[derive(Sequence)]
struct Validity {
    not_before: Time,
    not_after: Time,
}

pub(crate) fn ecdsa() -> AlgorithmIdentifierOwned {
    AlgorithmIdentifierOwned { oid: oid::ECDSA_SHA256, parameters: None }
}

pub(crate) fn public_key(point: &[u8]) -> der::Result<SubjectPublicKeyInfoOwned> {
    let algorithm = AlgorithmIdentifierOwned { oid: oid::EC_PUBLIC_KEY, parameters: Some(Any::encode_from(&oid::P256)?) };
    Ok(SubjectPublicKeyInfoOwned { algorithm, subject_public_key: BitString::from_bytes(point)? })
}

/// A distinguished name, before it is read by anybody.
pub(crate) type Subject = Vec<SetOfVec<AttributeTypeAndValue>>;

pub(crate) fn subject(name: &str, organisation: Option<&str>, role: Option<&str>) -> Result<Subject, CreateIdentityError> {
    const LIMIT: usize = 64;
    let given = |text: Option<&str>| text.map(str::trim).filter(|text| !text.is_empty()).map(str::to_owned);
    let name = given(Some(name)).ok_or(CreateIdentityError::NameMissing)?;
    // General to particular, as distinguished names are ordered.
    let parts = [
        ("organisation", oid::ORGANISATION, given(organisation)),
        ("role", oid::TITLE, given(role)),
        ("name", oid::COMMON_NAME, Some(name)),
    ];
    let mut names = Vec::new();
    for (part, oid, text) in parts {
        let Some(text) = text else { continue };
        let length = text.chars().count();
        if length > LIMIT {
            return Err(CreateIdentityError::TooLong { part, length, limit: LIMIT });
        }
        if text.chars().any(char::is_control) {
            return Err(CreateIdentityError::ControlCharacter { part });
        }
        let value = Any::new(Tag::Utf8String, text.into_bytes())?;
        names.push(SetOfVec::try_from(vec![AttributeTypeAndValue { oid, value }])?);
    }
    Ok(names)
}

fn validity(new: &NewIdentity) -> Result<Validity, CreateIdentityError> {
    let impossible = || CreateIdentityError::Validity { days: new.valid_days };
    let end = new.valid_from.checked_add_days(Days::new(new.valid_days.into())).ok_or_else(impossible)?;
    if new.valid_days == 0 {
        return Err(impossible());
    }
    Ok(Validity { not_before: time(new.valid_from).ok_or_else(impossible)?, not_after: time(end).ok_or_else(impossible)? })
}

/// UTCTime until the end of 2049, GeneralizedTime after it (RFC 5280 §4.1.2.5).
fn time(at: DateTime<Utc>) -> Option<Time> {
    let since_epoch = std::time::Duration::from_secs(u64::try_from(at.timestamp()).ok()?);
    match UtcTime::from_unix_duration(since_epoch) {
        Ok(short) => Some(Time::UtcTime(short)),
        Err(_) => GeneralizedTime::from_unix_duration(since_epoch).ok().map(Time::GeneralTime),
    }
}

fn extensions(public: &[u8]) -> der::Result<Vec<Extension>> {
    let constraints = BasicConstraints { ca: false, path_len_constraint: None };
    // The leftmost 160 bits of a SHA-256, RFC 7093 §2 (1), where older practice used SHA-1.
    let identifier = OctetString::new(&Digest::Sha256.of(&[public])[..20])?;
    let extension = |extn_id, critical, value: Vec<u8>| -> der::Result<Extension> {
        Ok(Extension { extn_id, critical, extn_value: OctetString::new(value)? })
    };
    Ok(vec![
        extension(oid::BASIC_CONSTRAINTS, true, constraints.to_der()?)?,
        usage()?,
        extension(oid::SUBJECT_KEY_IDENTIFIER, false, identifier.to_der()?)?,
    ])
}

/// That the key signs documents and nothing else.
pub(crate) fn usage() -> der::Result<Extension> {
    let usage = KeyUsage(FlagSet::from(KeyUsages::DigitalSignature) | KeyUsages::NonRepudiation);
    Ok(Extension { extn_id: oid::KEY_USAGE, critical: true, extn_value: OctetString::new(usage.to_der()?)? })
}
