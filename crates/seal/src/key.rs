//! The private key, and the one thing it does.
//! Always true: the key is held by a library that computes in constant time (ring; p521 for its curve) and wipes it; a key that does not belong
//! to its certificate is refused.
//! Deliberately absent: keys on cards and tokens, which sign for themselves (`Signer`).

use der::{Decode, asn1::OctetStringRef};
use ecdsa::signature::hazmat::PrehashSigner;
use ring::{
    rand::SystemRandom,
    signature::{
        ECDSA_P256_SHA256_ASN1_SIGNING, ECDSA_P384_SHA384_ASN1_SIGNING, EcdsaKeyPair, Ed25519KeyPair, KeyPair, RSA_PKCS1_SHA256,
        RSA_PKCS1_SHA384, RSA_PKCS1_SHA512, RSA_PSS_SHA256, RSA_PSS_SHA384, RSA_PSS_SHA512, RsaEncoding, RsaKeyPair,
    },
};
use zeroize::Zeroizing;

use crate::{
    algorithm::{Algorithm, Digest, UnusableKey},
    asn1::Element,
    certificate::Certificate,
    oid,
};

/// A private key ready to sign.
pub(crate) enum SigningKey {
    /// RSA of 2048 to 4096 bits.
    Rsa(RsaKeyPair),
    /// The same for RSASSA-PSS alone.
    Pss(RsaKeyPair),
    P256(EcdsaKeyPair),
    P384(EcdsaKeyPair),
    P521(Box<ecdsa::SigningKey<p521::NistP521>>),
    Ed25519(Ed25519KeyPair),
}

/// Why a private key cannot be used.
#[derive(Debug, thiserror::Error)]
pub(crate) enum KeyError {
    #[error(transparent)]
    Unusable(#[from] UnusableKey),
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
        let own = |pair: RsaKeyPair| if pair.public_key().as_ref() == bits { Ok(pair) } else { Err(KeyError::NotOfCertificate) };
        match Algorithm::of(public)? {
            Algorithm::Rsa => own(RsaKeyPair::from_pkcs8(pkcs8).map_err(KeyError::Refused)?).map(Self::Rsa),
            Algorithm::Pss(_) => {
                let inner = private_part(pkcs8).map_err(|_| KeyError::NotOfCertificate)?;
                own(RsaKeyPair::from_der(inner).map_err(KeyError::Refused)?).map(Self::Pss)
            }
            Algorithm::P256 => elliptic(&ECDSA_P256_SHA256_ASN1_SIGNING, pkcs8, bits).map(Self::P256),
            Algorithm::P384 => elliptic(&ECDSA_P384_SHA384_ASN1_SIGNING, pkcs8, bits).map(Self::P384),
            Algorithm::P521 => p521(pkcs8, bits).map(|key| Self::P521(Box::new(key))),
            Algorithm::Ed25519 => {
                let pair = Ed25519KeyPair::from_pkcs8_maybe_unchecked(pkcs8).map_err(KeyError::Refused)?;
                if pair.public_key().as_ref() == bits { Ok(Self::Ed25519(pair)) } else { Err(KeyError::NotOfCertificate) }
            }
        }
    }

    /// Signs the message, by way of one of its digests.
    pub(crate) fn sign(&self, message: &[u8], digest: Digest) -> Result<Vec<u8>, ring::error::Unspecified> {
        let random = SystemRandom::new();
        let rsa = |pair: &RsaKeyPair, padding: &'static dyn RsaEncoding| {
            let mut signature = vec![0; pair.public().modulus_len()];
            pair.sign(padding, &random, message, &mut signature)?;
            Ok(signature)
        };
        match self {
            Self::Rsa(pair) => match digest {
                Digest::Sha384 => rsa(pair, &RSA_PKCS1_SHA384),
                Digest::Sha512 => rsa(pair, &RSA_PKCS1_SHA512),
                _ => rsa(pair, &RSA_PKCS1_SHA256),
            },
            Self::Pss(pair) => match digest {
                Digest::Sha384 => rsa(pair, &RSA_PSS_SHA384),
                Digest::Sha512 => rsa(pair, &RSA_PSS_SHA512),
                _ => rsa(pair, &RSA_PSS_SHA256),
            },
            Self::P256(pair) | Self::P384(pair) => Ok(pair.sign(&random, message)?.as_ref().to_vec()),
            Self::P521(key) => {
                let signature: ecdsa::Signature<p521::NistP521> =
                    key.sign_prehash(&digest.of(&[message])).map_err(|_| ring::error::Unspecified)?;
                Ok(signature.to_der().as_bytes().to_vec())
            }
            Self::Ed25519(pair) => Ok(pair.sign(message).as_ref().to_vec()),
        }
    }
}

/// The algorithm a PKCS #8 key names (RFC 5958 §2).
fn key_algorithm(pkcs8: &[u8]) -> Option<der::oid::ObjectIdentifier> {
    let mut fields = Element::from_der(pkcs8).ok()?.sequence().ok()?;
    fields.required().ok()?;
    fields.required().ok()?.sequence().ok()?.required().ok()?.oid().ok()
}

/// The key inside PKCS #8 (RFC 5958 §2), as its algorithm writes it.
fn private_part(pkcs8: &[u8]) -> der::Result<&[u8]> {
    let mut outer = Element::from_der(pkcs8)?.sequence()?;
    outer.required()?;
    outer.required()?;
    Ok(outer.required()?.contents)
}

/// Takes the public half from the certificate, because PKCS #8 files need not repeat it; ring refuses halves that differ.
fn elliptic(algorithm: &'static ring::signature::EcdsaSigningAlgorithm, pkcs8: &[u8], public: &[u8]) -> Result<EcdsaKeyPair, KeyError> {
    let malformed = |_| KeyError::from(UnusableKey::Unsupported { algorithm: oid::EC_PUBLIC_KEY.to_string() });
    let scalar = elliptic_scalar(pkcs8).map_err(malformed)?;
    EcdsaKeyPair::from_private_key_and_public_key(algorithm, scalar, public, &SystemRandom::new()).map_err(|_| KeyError::NotOfCertificate)
}

fn p521(pkcs8: &[u8], public: &[u8]) -> Result<ecdsa::SigningKey<p521::NistP521>, KeyError> {
    const WIDTH: usize = 66;
    let malformed = || KeyError::from(UnusableKey::Unsupported { algorithm: oid::P521.to_string() });
    let scalar = elliptic_scalar(pkcs8).map_err(|_| malformed())?;
    let mut padded = Zeroizing::new([0; WIDTH]);
    padded
        .get_mut(WIDTH.saturating_sub(scalar.len())..)
        .filter(|place| place.len() == scalar.len())
        .ok_or_else(malformed)?
        .copy_from_slice(scalar);
    let key = ecdsa::SigningKey::<p521::NistP521>::from_slice(&padded[..]).map_err(|_| malformed())?;
    if key.verifying_key().to_sec1_point(false).as_bytes() == public { Ok(key) } else { Err(KeyError::NotOfCertificate) }
}

/// The private number inside ECPrivateKey (RFC 5915 §3).
fn elliptic_scalar(pkcs8: &[u8]) -> der::Result<&[u8]> {
    let inner = Element::from_der(private_part(pkcs8)?)?;
    let mut fields = inner.sequence()?;
    fields.required()?;
    Ok(<&OctetStringRef>::from_der(fields.required()?.raw)?.as_bytes())
}
