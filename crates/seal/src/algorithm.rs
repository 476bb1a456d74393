//! Which digests and signature algorithms are accepted, and how one is checked.
//! Always true: an algorithm outside the tables here is refused by name, never guessed. SHA-1 is understood for one purpose
//! only, the certificate hash inside old time-stamp tokens, and is never accepted for a signature.

use der::{Encode, oid::ObjectIdentifier};
use ring::signature::{self, UnparsedPublicKey, VerificationAlgorithm};
use spki::{AlgorithmIdentifierOwned, SubjectPublicKeyInfoOwned};

use crate::{asn1::Element, oid};

/// An algorithm this crate does not accept.
#[derive(Clone, Debug, Eq, PartialEq, thiserror::Error)]
#[error("algorithm {oid} is not supported")]
pub(crate) struct Unsupported {
    pub(crate) oid: ObjectIdentifier,
    /// The length of an RSA key that is too short to be accepted.
    pub(crate) weak_bits: Option<usize>,
}

impl Unsupported {
    fn algorithm(oid: ObjectIdentifier) -> Self {
        Self { oid, weak_bits: None }
    }
}

/// A message digest.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(crate) enum Digest {
    Sha256,
    Sha384,
    Sha512,
}

impl Digest {
    pub(crate) fn from_oid(oid: ObjectIdentifier) -> Result<Self, Unsupported> {
        match oid {
            oid::SHA256 => Ok(Self::Sha256),
            oid::SHA384 => Ok(Self::Sha384),
            oid::SHA512 => Ok(Self::Sha512),
            _ => Err(Unsupported::algorithm(oid)),
        }
    }

    /// The identifier with absent parameters, as RFC 5754 §2 asks of writers.
    pub(crate) fn identifier(self) -> AlgorithmIdentifierOwned {
        let oid = match self {
            Self::Sha256 => oid::SHA256,
            Self::Sha384 => oid::SHA384,
            Self::Sha512 => oid::SHA512,
        };
        AlgorithmIdentifierOwned { oid, parameters: None }
    }

    /// The digest of the parts, taken as one message.
    pub(crate) fn of(self, parts: &[&[u8]]) -> Vec<u8> {
        let algorithm = match self {
            Self::Sha256 => &ring::digest::SHA256,
            Self::Sha384 => &ring::digest::SHA384,
            Self::Sha512 => &ring::digest::SHA512,
        };
        hash(algorithm, parts)
    }
}

/// SHA-1, for comparing with the certificate hash of RFC 2634 and nothing else.
pub(crate) fn legacy_sha1(bytes: &[u8]) -> Vec<u8> {
    hash(&ring::digest::SHA1_FOR_LEGACY_USE_ONLY, &[bytes])
}

fn hash(algorithm: &'static ring::digest::Algorithm, parts: &[&[u8]]) -> Vec<u8> {
    let mut context = ring::digest::Context::new(algorithm);
    parts.iter().for_each(|part| context.update(part));
    context.finish().as_ref().to_vec()
}

/// Whether `signature` over `message` was made with the private half of `key`.
///
/// `digest` is the digest named beside the signature (the `digestAlgorithm` of a CMS signer). Certificates name none:
/// their algorithm identifier says it all.
pub(crate) fn verifies(
    key: &SubjectPublicKeyInfoOwned,
    algorithm: &AlgorithmIdentifierOwned,
    digest: Option<Digest>,
    message: &[u8],
    signature: &[u8],
) -> Result<bool, Unsupported> {
    let scheme = scheme(key, algorithm, digest)?;
    let Some(bits) = key.subject_public_key.as_bytes() else { return Ok(false) };
    if matches!(key.algorithm.oid, oid::RSA | oid::RSA_PSS) {
        long_enough(bits)?;
    }
    Ok(UnparsedPublicKey::new(scheme, bits).verify(message, signature).is_ok())
}

/// RSA keys of fewer bits can be broken, and ring checks none of more; neither says that a signature is somebody else's.
fn long_enough(rsa_key: &[u8]) -> Result<(), Unsupported> {
    const SHORTEST: usize = 2_048;
    const LONGEST: usize = 8_192;
    let modulus = || -> der::Result<usize> {
        let number = Element::from_der(rsa_key)?.sequence()?.required()?.contents;
        let significant = number.iter().skip_while(|byte| **byte == 0).count();
        let leading = number.iter().find(|byte| **byte != 0).map_or(0, |byte| byte.leading_zeros());
        Ok((significant * 8).saturating_sub(usize::try_from(leading).unwrap_or_default()))
    };
    match modulus() {
        Ok(bits) if bits < SHORTEST => Err(Unsupported { oid: oid::RSA, weak_bits: Some(bits) }),
        Ok(bits) if bits > LONGEST => Err(Unsupported::algorithm(oid::RSA)),
        _ => Ok(()),
    }
}

fn scheme(
    key: &SubjectPublicKeyInfoOwned,
    algorithm: &AlgorithmIdentifierOwned,
    digest: Option<Digest>,
) -> Result<&'static dyn VerificationAlgorithm, Unsupported> {
    let unsupported = || Unsupported::algorithm(algorithm.oid);
    let parameters = algorithm.parameters.as_ref().and_then(|any| any.to_der().ok());
    if algorithm.oid != oid::RSA_PSS && parameters.is_some_and(|der| der != [0x05, 0x00]) {
        return Err(unsupported());
    }
    let named = match algorithm.oid {
        oid::RSA_SHA256 | oid::ECDSA_SHA256 => Some(Digest::Sha256),
        oid::RSA_SHA384 | oid::ECDSA_SHA384 => Some(Digest::Sha384),
        oid::RSA_SHA512 => Some(Digest::Sha512),
        oid::RSA_PSS => Some(pss_digest(algorithm)?),
        oid::RSA | oid::EC_PUBLIC_KEY => None,
        // It hashes by itself (RFC 8419 §3.1); the digest beside it is that of the document.
        oid::ED25519 => return if key.algorithm.oid == oid::ED25519 { Ok(&signature::ED25519) } else { Err(unsupported()) },
        _ => return Err(unsupported()),
    };
    // A signer who names one digest and signs with another is lying about one of them.
    let digest = match (named, digest) {
        (Some(named), Some(beside)) if named != beside => return Err(unsupported()),
        (Some(digest), _) | (None, Some(digest)) => digest,
        (None, None) => return Err(unsupported()),
    };
    match (key.algorithm.oid, algorithm.oid) {
        (oid::RSA | oid::RSA_PSS, oid::RSA_PSS) => Ok(match digest {
            Digest::Sha256 => &signature::RSA_PSS_2048_8192_SHA256,
            Digest::Sha384 => &signature::RSA_PSS_2048_8192_SHA384,
            Digest::Sha512 => &signature::RSA_PSS_2048_8192_SHA512,
        }),
        (oid::RSA, oid::RSA | oid::RSA_SHA256 | oid::RSA_SHA384 | oid::RSA_SHA512) => Ok(match digest {
            Digest::Sha256 => &signature::RSA_PKCS1_2048_8192_SHA256,
            Digest::Sha384 => &signature::RSA_PKCS1_2048_8192_SHA384,
            Digest::Sha512 => &signature::RSA_PKCS1_2048_8192_SHA512,
        }),
        (oid::EC_PUBLIC_KEY, oid::EC_PUBLIC_KEY | oid::ECDSA_SHA256 | oid::ECDSA_SHA384) => match (curve(key), digest) {
            (Some(oid::P256), Digest::Sha256) => Ok(&signature::ECDSA_P256_SHA256_ASN1),
            (Some(oid::P256), Digest::Sha384) => Ok(&signature::ECDSA_P256_SHA384_ASN1),
            (Some(oid::P384), Digest::Sha256) => Ok(&signature::ECDSA_P384_SHA256_ASN1),
            (Some(oid::P384), Digest::Sha384) => Ok(&signature::ECDSA_P384_SHA384_ASN1),
            _ => Err(unsupported()),
        },
        _ => Err(unsupported()),
    }
}

/// The named curve of an elliptic-curve key.
pub(crate) fn curve(key: &SubjectPublicKeyInfoOwned) -> Option<ObjectIdentifier> {
    key.algorithm.parameters.as_ref()?.decode_as::<ObjectIdentifier>().ok()
}

/// The digest of an RSASSA-PSS identifier (RFC 4055 §3.1), if its parameters are the usual ones: MGF1 over the same
/// digest and a salt as long as the digest. Other parameters are legal but nobody uses them, and ring checks no others.
fn pss_digest(algorithm: &AlgorithmIdentifierOwned) -> Result<Digest, Unsupported> {
    let unsupported = Unsupported::algorithm(algorithm.oid);
    let parameters = algorithm.parameters.as_ref().and_then(|any| any.to_der().ok()).ok_or(unsupported.clone())?;
    let (digest, mask, salt) = pss_parameters(&parameters).map_err(|_| unsupported.clone())?;
    let digest = Digest::from_oid(digest)?;
    let usual = mask == digest.identifier().oid && usize::from(salt) == digest.of(&[]).len();
    if usual { Ok(digest) } else { Err(unsupported) }
}

fn pss_parameters(der: &[u8]) -> der::Result<(ObjectIdentifier, ObjectIdentifier, u8)> {
    let mut fields = Element::from_der(der)?.sequence()?;
    let missing = || der::ErrorKind::Failed.to_error();
    let hash = fields.context(0).ok_or_else(missing)?.children()?.required()?.sequence()?.required()?.oid()?;
    let mut mask = fields.context(1).ok_or_else(missing)?.children()?.required()?.sequence()?;
    if mask.required()?.oid()? != oid::MGF1 {
        return Err(missing());
    }
    let mask_hash = mask.required()?.sequence()?.required()?.oid()?;
    let salt = fields.context(2).ok_or_else(missing)?.children()?.required()?;
    Ok((hash, mask_hash, der::Decode::from_der(salt.raw)?))
}
