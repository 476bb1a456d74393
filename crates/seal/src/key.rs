//! The private key, and the one thing it does.
//! Always true: ring holds the key and computes in constant time; a key that does not belong to its certificate is refused.
//! Deliberately absent: keys on cards and tokens; they would be a further variant here.

use der::{Decode, asn1::OctetStringRef};
use ring::{
    rand::SystemRandom,
    signature::{
        ECDSA_P256_SHA256_ASN1_SIGNING, ECDSA_P384_SHA384_ASN1_SIGNING, EcdsaKeyPair, KeyPair, RSA_PKCS1_SHA256, RSA_PKCS1_SHA384,
        RSA_PKCS1_SHA512, RsaEncoding, RsaKeyPair,
    },
};
use spki::AlgorithmIdentifierOwned;

use crate::{
    algorithm::{self, Digest},
    asn1::Element,
    certificate::Certificate,
    oid,
};

/// A private key ready to sign: RSA of 2048 to 4096 bits, or ECDSA on P-256 or P-384.
pub(crate) enum SigningKey {
    Rsa(RsaKeyPair),
    P256(EcdsaKeyPair),
    P384(EcdsaKeyPair),
}

/// Why a private key cannot be used.
#[derive(Debug, thiserror::Error)]
pub(crate) enum KeyError {
    #[error("keys of algorithm {algorithm} are not supported")]
    Unsupported { algorithm: String },
    #[error("the private key was refused: {0}")]
    Refused(#[source] ring::error::KeyRejected),
    #[error("the private key does not belong to the certificate")]
    NotOfCertificate,
}

impl SigningKey {
    /// Reads a PKCS #8 key and checks that it is the private half of the certificate's key.
    pub(crate) fn of_certificate(pkcs8: &[u8], certificate: &Certificate) -> Result<Self, KeyError> {
        let public = certificate.key();
        let bits = public.subject_public_key.as_bytes().ok_or(KeyError::NotOfCertificate)?;
        if key_algorithm(pkcs8) != Some(public.algorithm.oid) {
            return Err(KeyError::NotOfCertificate);
        }
        match (public.algorithm.oid, algorithm::curve(public)) {
            (oid::RSA, _) => {
                let pair = RsaKeyPair::from_pkcs8(pkcs8).map_err(KeyError::Refused)?;
                if pair.public_key().as_ref() == bits { Ok(Self::Rsa(pair)) } else { Err(KeyError::NotOfCertificate) }
            }
            (oid::EC_PUBLIC_KEY, Some(oid::P256)) => elliptic(&ECDSA_P256_SHA256_ASN1_SIGNING, pkcs8, bits).map(Self::P256),
            (oid::EC_PUBLIC_KEY, Some(oid::P384)) => elliptic(&ECDSA_P384_SHA384_ASN1_SIGNING, pkcs8, bits).map(Self::P384),
            (algorithm, curve) => Err(KeyError::Unsupported { algorithm: curve.unwrap_or(algorithm).to_string() }),
        }
    }

    /// The digests this key signs with, the usual one first.
    pub(crate) fn digests(&self) -> &'static [Digest] {
        match self {
            Self::Rsa(_) => &[Digest::Sha256, Digest::Sha384, Digest::Sha512],
            Self::P256(_) => &[Digest::Sha256],
            Self::P384(_) => &[Digest::Sha384],
        }
    }

    /// The identifier of the signatures it makes with a digest.
    pub(crate) fn signature_algorithm(&self, digest: Digest) -> AlgorithmIdentifierOwned {
        let rsa = |oid| AlgorithmIdentifierOwned { oid, parameters: Some(der::Any::null()) };
        match (self, digest) {
            (Self::Rsa(_), Digest::Sha256) => rsa(oid::RSA_SHA256),
            (Self::Rsa(_), Digest::Sha384) => rsa(oid::RSA_SHA384),
            (Self::Rsa(_), Digest::Sha512) => rsa(oid::RSA_SHA512),
            (Self::P256(_), _) => AlgorithmIdentifierOwned { oid: oid::ECDSA_SHA256, parameters: None },
            (Self::P384(_), _) => AlgorithmIdentifierOwned { oid: oid::ECDSA_SHA384, parameters: None },
        }
    }

    /// Signs the message, by way of one of its digests.
    pub(crate) fn sign(&self, message: &[u8], digest: Digest) -> Result<Vec<u8>, ring::error::Unspecified> {
        let random = SystemRandom::new();
        match self {
            Self::Rsa(pair) => {
                let padding: &'static dyn RsaEncoding = match digest {
                    Digest::Sha256 => &RSA_PKCS1_SHA256,
                    Digest::Sha384 => &RSA_PKCS1_SHA384,
                    Digest::Sha512 => &RSA_PKCS1_SHA512,
                };
                let mut signature = vec![0; pair.public().modulus_len()];
                pair.sign(padding, &random, message, &mut signature)?;
                Ok(signature)
            }
            Self::P256(pair) | Self::P384(pair) => Ok(pair.sign(&random, message)?.as_ref().to_vec()),
        }
    }
}

/// The algorithm a PKCS #8 key names (RFC 5958 §2).
fn key_algorithm(pkcs8: &[u8]) -> Option<der::oid::ObjectIdentifier> {
    let mut fields = Element::from_der(pkcs8).ok()?.sequence().ok()?;
    fields.required().ok()?;
    fields.required().ok()?.sequence().ok()?.required().ok()?.oid().ok()
}

/// Takes the public half from the certificate, because PKCS #8 files need not repeat it; ring refuses halves that differ.
fn elliptic(algorithm: &'static ring::signature::EcdsaSigningAlgorithm, pkcs8: &[u8], public: &[u8]) -> Result<EcdsaKeyPair, KeyError> {
    let malformed = |_| KeyError::Unsupported { algorithm: oid::EC_PUBLIC_KEY.to_string() };
    let scalar = elliptic_scalar(pkcs8).map_err(malformed)?;
    EcdsaKeyPair::from_private_key_and_public_key(algorithm, scalar, public, &SystemRandom::new()).map_err(|_| KeyError::NotOfCertificate)
}

/// The private number inside PKCS #8 (RFC 5958 §2) around ECPrivateKey (RFC 5915 §3).
fn elliptic_scalar(pkcs8: &[u8]) -> der::Result<&[u8]> {
    let mut outer = Element::from_der(pkcs8)?.sequence()?;
    outer.required()?;
    outer.required()?;
    let inner = Element::from_der(outer.required()?.contents)?;
    let mut fields = inner.sequence()?;
    fields.required()?;
    Ok(<&OctetStringRef>::from_der(fields.required()?.raw)?.as_bytes())
}
