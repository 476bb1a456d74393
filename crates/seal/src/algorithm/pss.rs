//! RSA beyond what ring checks: RSASSA-PSS (RFC 8017 §8.1) with a salt of any length, and SHA-3.
//! Deliberately absent: a mask (MGF1) made with another digest than the message's, which nobody but test sets uses.

use der::{Any, Decode, Encode, Sequence, oid::ObjectIdentifier};
use ring::signature;
use rsa::{Pkcs1v15Sign, Pss, PublicKey, pkcs1::DecodeRsaPublicKey};
use spki::AlgorithmIdentifierOwned;

use super::{Digest, Unsupported, scheme::Check};
use crate::{asn1::Element, oid};

/// What an RSASSA-PSS identifier says (RFC 4055 §3.1).
pub(super) struct Parameters {
    pub(super) digest: Digest,
    /// The length of the salt, in bytes.
    salt: usize,
}

impl Parameters {
    pub(super) fn of(algorithm: &AlgorithmIdentifierOwned) -> Result<Self, Unsupported> {
        let unsupported = || Unsupported::algorithm(algorithm.oid);
        let der = algorithm.parameters.as_ref().and_then(|any| any.to_der().ok()).ok_or_else(unsupported)?;
        let (digest, mask, salt) = read(&der).map_err(|_| unsupported())?;
        if mask != digest {
            return Err(unsupported());
        }
        Ok(Self { digest: Digest::from_oid(digest)?, salt })
    }

    pub(super) fn check(&self) -> Check {
        match (self.digest, self.salt) {
            (Digest::Sha256, 32) => Check::Ring(&signature::RSA_PSS_2048_8192_SHA256),
            (Digest::Sha384, 48) => Check::Ring(&signature::RSA_PSS_2048_8192_SHA384),
            (Digest::Sha512, 64) => Check::Ring(&signature::RSA_PSS_2048_8192_SHA512),
            (digest, salt) => Check::Pss { digest, salt },
        }
    }
}

/// The digest, that of the mask, and the length of the salt. What is left out is SHA-1 and twenty bytes.
fn read(der: &[u8]) -> der::Result<(ObjectIdentifier, ObjectIdentifier, usize)> {
    const USUAL_SALT: usize = 20;
    let mut fields = Element::from_der(der)?.sequence()?;
    let failed = || der::ErrorKind::Failed.to_error();
    let digest = match fields.context(0) {
        Some(named) => named.children()?.required()?.sequence()?.required()?.oid()?,
        None => oid::SHA1,
    };
    let mask = match fields.context(1) {
        Some(named) => {
            let mut mask = named.children()?.required()?.sequence()?;
            if mask.required()?.oid()? != oid::MGF1 {
                return Err(failed());
            }
            mask.required()?.sequence()?.required()?.oid()?
        }
        None => oid::SHA1,
    };
    let salt = match fields.context(2) {
        Some(named) => usize::from(u16::from_der(named.children()?.required()?.raw)?),
        None => USUAL_SALT,
    };
    // The trailer can only be 1 (RFC 8017 §A.2.3).
    let trailer = fields.context(3).map(|named| u8::from_der(named.children()?.required()?.raw)).transpose()?;
    if trailer.is_some_and(|trailer| trailer != 1) || fields.next().is_some() {
        return Err(failed());
    }
    Ok((digest, mask, salt))
}

/// The digest that an identifier of RSASSA-PSS names: of a signature, or of a key that is bound to it.
pub(crate) fn digest(algorithm: &AlgorithmIdentifierOwned) -> Result<Digest, Unsupported> {
    Ok(Parameters::of(algorithm)?.digest)
}

/// The identifier of our own signatures: one digest for message and mask, and a salt as long as it (RFC 4055 §3.1).
pub(crate) fn identifier(digest: Digest) -> der::Result<AlgorithmIdentifierOwned> {
    let hash = digest.identifier();
    let mask = AlgorithmIdentifierOwned { oid: oid::MGF1, parameters: Some(Any::encode_from(&hash)?) };
    let salt = u8::try_from(digest.of(&[]).len()).unwrap_or(u8::MAX);
    let parameters = Any::encode_from(&PssParameters { hash, mask, salt })?;
    Ok(AlgorithmIdentifierOwned { oid: oid::RSA_PSS, parameters: Some(parameters) })
}

#[derive(Sequence)]
struct PssParameters {
    #[asn1(context_specific = "0", tag_mode = "EXPLICIT")]
    hash: AlgorithmIdentifierOwned,
    #[asn1(context_specific = "1", tag_mode = "EXPLICIT")]
    mask: AlgorithmIdentifierOwned,
    #[asn1(context_specific = "2", tag_mode = "EXPLICIT")]
    salt: u8,
}

/// Whether a signature over a digest was made with the private half of this key and a salt of this length.
pub(super) fn holds(key: &[u8], digest: Digest, salt: usize, hashed: &[u8], signature: &[u8]) -> bool {
    let Ok(key) = PublicKey::from_pkcs1_der(key) else { return false };
    let holds = match digest {
        Digest::Sha256 => key.verify(Pss::<sha2::Sha256>::new_with_salt(salt), hashed, signature),
        Digest::Sha384 => key.verify(Pss::<sha2::Sha384>::new_with_salt(salt), hashed, signature),
        Digest::Sha512 => key.verify(Pss::<sha2::Sha512>::new_with_salt(salt), hashed, signature),
        Digest::Sha3_256 => key.verify(Pss::<sha3::Sha3_256>::new_with_salt(salt), hashed, signature),
        Digest::Sha3_384 => key.verify(Pss::<sha3::Sha3_384>::new_with_salt(salt), hashed, signature),
        Digest::Sha3_512 => key.verify(Pss::<sha3::Sha3_512>::new_with_salt(salt), hashed, signature),
        Digest::Shake256 => return false, // never chosen: it goes with other identifiers (RFC 8702 §3.2)
    };
    holds.is_ok()
}

/// The same by PKCS #1 v1.5, for the digests that ring does not know.
pub(super) fn rsa_holds(key: &[u8], digest: Digest, hashed: &[u8], signature: &[u8]) -> bool {
    let Ok(key) = PublicKey::from_pkcs1_der(key) else { return false };
    let padding = match digest {
        Digest::Sha256 => Pkcs1v15Sign::new::<sha2::Sha256>(),
        Digest::Sha384 => Pkcs1v15Sign::new::<sha2::Sha384>(),
        Digest::Sha512 => Pkcs1v15Sign::new::<sha2::Sha512>(),
        Digest::Sha3_256 => Pkcs1v15Sign::new::<sha3::Sha3_256>(),
        Digest::Sha3_384 => Pkcs1v15Sign::new::<sha3::Sha3_384>(),
        Digest::Sha3_512 => Pkcs1v15Sign::new::<sha3::Sha3_512>(),
        Digest::Shake256 => return false,
    };
    key.verify(padding, hashed, signature).is_ok()
}
