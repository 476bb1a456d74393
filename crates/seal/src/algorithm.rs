//! Which digests and signature algorithms are accepted, and how one is checked.
//! Always true: an algorithm outside the tables here is refused by name, never guessed. SHA-1 is understood for one purpose
//! only, the certificate hash inside old time-stamp tokens, and is never accepted for a signature.

mod pss;
mod scheme;
mod signing;

use der::oid::ObjectIdentifier;
use spki::{AlgorithmIdentifierOwned, SubjectPublicKeyInfoOwned};

use self::scheme::{Check, long_enough, scheme};
pub use self::signing::{Algorithm, UnusableKey};
pub(crate) use self::{
    pss::{digest as pss_digest, identifier as pss_identifier},
    scheme::curve,
};
use crate::oid;

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
pub enum Digest {
    /// SHA-256.
    Sha256,
    /// SHA-384.
    Sha384,
    /// SHA-512.
    Sha512,
    /// SHA3-256.
    Sha3_256,
    /// SHA3-384.
    Sha3_384,
    /// SHA3-512.
    Sha3_512,
    /// Of 64 bytes (RFC 8702 §3.1), for documents signed with Ed448.
    Shake256,
}

impl Digest {
    const ALL: [Self; 7] = [Self::Sha256, Self::Sha384, Self::Sha512, Self::Sha3_256, Self::Sha3_384, Self::Sha3_512, Self::Shake256];

    pub(crate) fn from_oid(oid: ObjectIdentifier) -> Result<Self, Unsupported> {
        Self::ALL.into_iter().find(|digest| digest.oid() == oid).ok_or(Unsupported::algorithm(oid))
    }

    /// Its object identifier.
    pub fn oid(self) -> ObjectIdentifier {
        match self {
            Self::Sha256 => oid::SHA256,
            Self::Sha384 => oid::SHA384,
            Self::Sha512 => oid::SHA512,
            Self::Sha3_256 => oid::SHA3_256,
            Self::Sha3_384 => oid::SHA3_384,
            Self::Sha3_512 => oid::SHA3_512,
            Self::Shake256 => oid::SHAKE256,
        }
    }

    /// The identifier with absent parameters, as RFC 5754 §2 asks of writers.
    pub(crate) fn identifier(self) -> AlgorithmIdentifierOwned {
        AlgorithmIdentifierOwned { oid: self.oid(), parameters: None }
    }

    /// The digest of the parts, taken as one message.
    pub fn of(self, parts: &[&[u8]]) -> Vec<u8> {
        match self {
            Self::Sha256 => hash(&ring::digest::SHA256, parts),
            Self::Sha384 => hash(&ring::digest::SHA384, parts),
            Self::Sha512 => hash(&ring::digest::SHA512, parts),
            Self::Sha3_256 => keccak::<sha3::Sha3_256>(parts),
            Self::Sha3_384 => keccak::<sha3::Sha3_384>(parts),
            Self::Sha3_512 => keccak::<sha3::Sha3_512>(parts),
            Self::Shake256 => stretched(parts),
        }
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

fn keccak<D: sha3::Digest>(parts: &[&[u8]]) -> Vec<u8> {
    let mut context = D::new();
    parts.iter().for_each(|part| context.update(part));
    context.finalize().to_vec()
}

/// SHAKE256, drawn out to 64 bytes.
fn stretched(parts: &[&[u8]]) -> Vec<u8> {
    use shake::{ExtendableOutput, Update, XofReader};
    let mut context = shake::Shake256::default();
    parts.iter().for_each(|part| context.update(part));
    let mut digest = vec![0; 64];
    context.finalize_xof().read(&mut digest);
    digest
}

/// The length of an RSA key that is too short to be accepted.
pub(crate) fn weak_bits(key: &SubjectPublicKeyInfoOwned) -> Option<usize> {
    let rsa = matches!(key.algorithm.oid, oid::RSA | oid::RSA_PSS);
    long_enough(key.subject_public_key.as_bytes().filter(|_| rsa)?).err()?.weak_bits
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
    let check = scheme(key, algorithm, digest)?;
    let Some(bits) = key.subject_public_key.as_bytes() else { return Ok(false) };
    if matches!(key.algorithm.oid, oid::RSA | oid::RSA_PSS) {
        long_enough(bits)?;
    }
    Ok(check.holds(bits, message, signature))
}

impl Check {
    fn holds(&self, key: &[u8], message: &[u8], signature: &[u8]) -> bool {
        match *self {
            Self::Ring(scheme) => ring::signature::UnparsedPublicKey::new(scheme, key).verify(message, signature).is_ok(),
            Self::Ed448 => scheme::ed448_holds(key, message, signature),
            Self::Curve(curve, digest) => curve.holds(key, &digest.of(&[message]), signature),
            Self::Rsa(digest) => pss::rsa_holds(key, digest, &digest.of(&[message]), signature),
            Self::Pss { digest, salt } => pss::holds(key, digest, salt, &digest.of(&[message]), signature),
        }
    }
}
