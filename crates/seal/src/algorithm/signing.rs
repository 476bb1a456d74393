//! What a certificate's key signs with, and what its signatures are called.

use der::Any;
use spki::{AlgorithmIdentifierOwned, SubjectPublicKeyInfoOwned};

use super::{Digest, curve, pss_digest, pss_identifier, weak_bits};
use crate::oid;

/// A way of signing, as the key in a certificate asks for it.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Algorithm {
    /// RSA of PKCS #1 v1.5, with 2048 to 4096 bits.
    Rsa,
    /// RSASSA-PSS alone, with one of these digests.
    Pss(&'static [Digest]),
    /// ECDSA on P-256.
    P256,
    /// ECDSA on P-384.
    P384,
    /// ECDSA on P-521.
    P521,
    /// Ed25519, which hashes by itself.
    Ed25519,
}

/// Why nothing can be signed with a key.
#[derive(Clone, Debug, Eq, PartialEq, thiserror::Error)]
pub enum UnusableKey {
    /// Of a kind that signs nothing here.
    #[error("keys of this kind are not supported: {algorithm}")]
    Unsupported {
        /// What it is, as an object identifier.
        algorithm: String,
    },
    /// So short that it can be broken.
    #[error("the key has {bits} bits and can be broken; nothing signed with it would be accepted")]
    Weak {
        /// Its length.
        bits: usize,
    },
}

const RSA_DIGESTS: &[Digest] = &[Digest::Sha256, Digest::Sha384, Digest::Sha512];

impl Algorithm {
    /// How this key signs.
    pub(crate) fn of(key: &SubjectPublicKeyInfoOwned) -> Result<Self, UnusableKey> {
        if let Some(bits) = weak_bits(key) {
            return Err(UnusableKey::Weak { bits });
        }
        match (key.algorithm.oid, curve(key)) {
            (oid::RSA, _) => Ok(Self::Rsa),
            (oid::RSA_PSS, _) => pss_digests(&key.algorithm).map(Self::Pss),
            (oid::EC_PUBLIC_KEY, Some(oid::P256)) => Ok(Self::P256),
            (oid::EC_PUBLIC_KEY, Some(oid::P384)) => Ok(Self::P384),
            (oid::EC_PUBLIC_KEY, Some(oid::P521)) => Ok(Self::P521),
            (oid::ED25519, _) => Ok(Self::Ed25519),
            (algorithm, curve) => Err(UnusableKey::Unsupported { algorithm: curve.unwrap_or(algorithm).to_string() }),
        }
    }

    /// The digests it signs with, the usual one first. For Ed25519 it is that of the document (RFC 8419 §3.1).
    pub fn digests(self) -> &'static [Digest] {
        match self {
            Self::Rsa => RSA_DIGESTS,
            Self::Pss(digests) => digests,
            Self::P256 => &[Digest::Sha256],
            Self::P384 => &[Digest::Sha384],
            Self::P521 | Self::Ed25519 => &[Digest::Sha512],
        }
    }

    /// The identifier of a signature made with one of its digests.
    pub(crate) fn identifier(self, digest: Digest) -> der::Result<AlgorithmIdentifierOwned> {
        let plain = |oid| AlgorithmIdentifierOwned { oid, parameters: None };
        let rsa = |oid| AlgorithmIdentifierOwned { oid, parameters: Some(Any::null()) };
        Ok(match self {
            Self::Rsa => rsa(match digest {
                Digest::Sha384 => oid::RSA_SHA384,
                Digest::Sha512 => oid::RSA_SHA512,
                _ => oid::RSA_SHA256,
            }),
            Self::Pss(_) => pss_identifier(digest)?,
            Self::P256 => plain(oid::ECDSA_SHA256),
            Self::P384 => plain(oid::ECDSA_SHA384),
            Self::P521 => plain(oid::ECDSA_SHA512),
            Self::Ed25519 => plain(oid::ED25519),
        })
    }
}

/// The digests that a key for RSASSA-PSS alone may sign with: what its certificate says (RFC 4055 §3.3), else ours.
fn pss_digests(algorithm: &AlgorithmIdentifierOwned) -> Result<&'static [Digest], UnusableKey> {
    if algorithm.parameters.is_none() {
        return Ok(RSA_DIGESTS);
    }
    let bound = pss_digest(algorithm).ok();
    let found = bound.and_then(|bound| RSA_DIGESTS.iter().position(|digest| *digest == bound));
    found.map(|at| &RSA_DIGESTS[at..=at]).ok_or_else(|| UnusableKey::Unsupported { algorithm: oid::RSA_PSS.to_string() })
}
