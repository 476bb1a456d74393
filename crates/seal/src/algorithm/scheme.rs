//! Which way of checking belongs to a key, an algorithm and a digest: ring's where it has one, else that of the RustCrypto crates.

use der::{Encode, oid::ObjectIdentifier};
use ring::signature::{self, VerificationAlgorithm};
use spki::{AlgorithmIdentifierOwned, SubjectPublicKeyInfoOwned};

use super::{Digest, Unsupported, pss};
use crate::{asn1::Element, oid};

/// A way of checking signatures.
pub(super) enum Check {
    Ring(&'static dyn VerificationAlgorithm),
    Ed448,
    Curve(Curve, Digest),
    /// PKCS #1 v1.5.
    Rsa(Digest),
    /// With a salt of so many bytes.
    Pss {
        digest: Digest,
        salt: usize,
    },
}

/// A curve for ECDSA.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(super) enum Curve {
    P256,
    P384,
    P521,
    Brainpool256,
    Brainpool384,
}

impl Curve {
    fn of(key: &SubjectPublicKeyInfoOwned) -> Result<Self, Unsupported> {
        let named = curve(key).ok_or(Unsupported::algorithm(key.algorithm.oid))?;
        match named {
            oid::P256 => Ok(Self::P256),
            oid::P384 => Ok(Self::P384),
            oid::P521 => Ok(Self::P521),
            oid::BRAINPOOL_P256 => Ok(Self::Brainpool256),
            oid::BRAINPOOL_P384 => Ok(Self::Brainpool384),
            other => Err(Unsupported::algorithm(other)),
        }
    }

    /// Whether a signature (ECDSA-Sig-Value, RFC 3279 §2.2.3) over a digest was made with the private half of this point.
    pub(super) fn holds(self, point: &[u8], digest: &[u8], signature: &[u8]) -> bool {
        /// A digest shorter than the curve's numbers is the same number with zeros before it (FIPS 186-5 §6.4.2).
        fn padded(digest: &[u8], width: usize) -> Vec<u8> {
            [&vec![0; width.saturating_sub(digest.len())][..], digest].concat()
        }
        macro_rules! holds {
            ($curve:ty, $width:literal) => {{
                use ecdsa::signature::hazmat::PrehashVerifier;
                let key = ecdsa::VerifyingKey::<$curve>::from_sec1_bytes(point);
                let signature = ecdsa::Signature::<$curve>::from_der(signature);
                key.is_ok_and(|key| signature.is_ok_and(|signature| key.verify_prehash(&padded(digest, $width), &signature).is_ok()))
            }};
        }
        match self {
            Self::P256 => holds!(p256::NistP256, 32),
            Self::P384 => holds!(p384::NistP384, 48),
            Self::P521 => holds!(p521::NistP521, 66),
            Self::Brainpool256 => holds!(bp256::BrainpoolP256r1, 32),
            Self::Brainpool384 => holds!(bp384::BrainpoolP384r1, 48),
        }
    }
}

/// Whether a message was signed with the private half of this key (RFC 8032 §5.2).
pub(super) fn ed448_holds(key: &[u8], message: &[u8], signature: &[u8]) -> bool {
    let Ok(key) = <&[u8; 57]>::try_from(key) else { return false };
    let key = ed448_goldilocks::VerifyingKey::from_bytes(key);
    let signature = ed448_goldilocks::Signature::try_from(signature);
    key.is_ok_and(|key| signature.is_ok_and(|signature| key.verify_raw(&signature, message).is_ok()))
}

/// RSA keys of fewer bits can be broken, and ring checks none of more; neither says that a signature is somebody else's.
pub(super) fn long_enough(rsa_key: &[u8]) -> Result<(), Unsupported> {
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

pub(super) fn scheme(
    key: &SubjectPublicKeyInfoOwned,
    algorithm: &AlgorithmIdentifierOwned,
    digest: Option<Digest>,
) -> Result<Check, Unsupported> {
    let unsupported = || Unsupported::algorithm(algorithm.oid);
    let parameters = algorithm.parameters.as_ref().and_then(|any| any.to_der().ok());
    if algorithm.oid != oid::RSA_PSS && parameters.is_some_and(|der| der != [0x05, 0x00]) {
        return Err(unsupported());
    }
    let salted = if algorithm.oid == oid::RSA_PSS { Some(pss::Parameters::of(algorithm)?) } else { None };
    let named = match algorithm.oid {
        oid::RSA_SHA256 | oid::ECDSA_SHA256 => Some(Digest::Sha256),
        oid::RSA_SHA384 | oid::ECDSA_SHA384 => Some(Digest::Sha384),
        oid::RSA_SHA512 | oid::ECDSA_SHA512 => Some(Digest::Sha512),
        oid::RSA_SHA3_256 | oid::ECDSA_SHA3_256 => Some(Digest::Sha3_256),
        oid::RSA_SHA3_384 | oid::ECDSA_SHA3_384 => Some(Digest::Sha3_384),
        oid::RSA_SHA3_512 | oid::ECDSA_SHA3_512 => Some(Digest::Sha3_512),
        oid::RSA_PSS => salted.as_ref().map(|salted| salted.digest),
        oid::RSA | oid::EC_PUBLIC_KEY => None,
        // It hashes by itself (RFC 8419 §3.1); the digest beside it is that of the document.
        oid::ED25519 => return if key.algorithm.oid == oid::ED25519 { Ok(Check::Ring(&signature::ED25519)) } else { Err(unsupported()) },
        oid::ED448 => return if key.algorithm.oid == oid::ED448 { Ok(Check::Ed448) } else { Err(unsupported()) },
        _ => return Err(unsupported()),
    };
    // A signer who names one digest and signs with another is lying about one of them.
    let digest = match (named, digest) {
        (Some(named), Some(beside)) if named != beside => return Err(unsupported()),
        (Some(digest), _) | (None, Some(digest)) => digest,
        (None, None) => return Err(unsupported()),
    };
    if digest == Digest::Shake256 {
        return Err(Unsupported::algorithm(oid::SHAKE256));
    }
    match (key.algorithm.oid, algorithm.oid) {
        (oid::RSA | oid::RSA_PSS, oid::RSA_PSS) => salted.map(|salted| salted.check()).ok_or_else(unsupported),
        (oid::RSA, oid::RSA) => Ok(with_rsa(digest)),
        (oid::RSA, other) if is_rsa(other) => Ok(with_rsa(digest)),
        (oid::EC_PUBLIC_KEY, oid::EC_PUBLIC_KEY) => Ok(with_curve(Curve::of(key)?, digest)),
        (oid::EC_PUBLIC_KEY, other) if is_ecdsa(other) => Ok(with_curve(Curve::of(key)?, digest)),
        _ => Err(unsupported()),
    }
}

fn is_rsa(algorithm: ObjectIdentifier) -> bool {
    [oid::RSA_SHA256, oid::RSA_SHA384, oid::RSA_SHA512, oid::RSA_SHA3_256, oid::RSA_SHA3_384, oid::RSA_SHA3_512].contains(&algorithm)
}

fn is_ecdsa(algorithm: ObjectIdentifier) -> bool {
    [oid::ECDSA_SHA256, oid::ECDSA_SHA384, oid::ECDSA_SHA512, oid::ECDSA_SHA3_256, oid::ECDSA_SHA3_384, oid::ECDSA_SHA3_512]
        .contains(&algorithm)
}

fn with_rsa(digest: Digest) -> Check {
    match digest {
        Digest::Sha256 => Check::Ring(&signature::RSA_PKCS1_2048_8192_SHA256),
        Digest::Sha384 => Check::Ring(&signature::RSA_PKCS1_2048_8192_SHA384),
        Digest::Sha512 => Check::Ring(&signature::RSA_PKCS1_2048_8192_SHA512),
        _ => Check::Rsa(digest),
    }
}

fn with_curve(curve: Curve, digest: Digest) -> Check {
    match (curve, digest) {
        (Curve::P256, Digest::Sha256) => Check::Ring(&signature::ECDSA_P256_SHA256_ASN1),
        (Curve::P256, Digest::Sha384) => Check::Ring(&signature::ECDSA_P256_SHA384_ASN1),
        (Curve::P384, Digest::Sha256) => Check::Ring(&signature::ECDSA_P384_SHA256_ASN1),
        (Curve::P384, Digest::Sha384) => Check::Ring(&signature::ECDSA_P384_SHA384_ASN1),
        _ => Check::Curve(curve, digest),
    }
}

/// The named curve of an elliptic-curve key.
pub(crate) fn curve(key: &SubjectPublicKeyInfoOwned) -> Option<ObjectIdentifier> {
    key.algorithm.parameters.as_ref()?.decode_as::<ObjectIdentifier>().ok()
}
