//! Asking an organisation's authority for a certificate (PKCS #10, RFC 2986), and taking in what it issues.
//! Always true: the key is made here and lies under a passphrase from the first; the request is signed with it and asks for a certificate for
//! signing documents; only a certificate for that key is taken in.
//! Deliberately absent: sending the request. Each authority has its own way.

use der::{
    Any, Encode, EncodePem, Sequence,
    asn1::{BitString, SetOfVec},
    oid::ObjectIdentifier,
    pem::{LineEnding, PemLabel},
};
use pkcs8::pkcs5::pbes2;
use ring::{
    rand::{SecureRandom, SystemRandom},
    signature::{EcdsaKeyPair, KeyPair},
};
use spki::{AlgorithmIdentifierOwned, SubjectPublicKeyInfoOwned};

use crate::{
    Certificate, CreateIdentityError, Identity, OpenIdentityError, Passphrase,
    identity::{DERIVATION_ROUNDS, pem},
    oid,
    self_signed::{self, Subject},
};

/// A request, and the key it asks a certificate for.
pub struct CertificateRequest {
    /// The request, in PEM. The authority gets it.
    pub request: String,
    /// The private key in PEM (PKCS #8 under the passphrase). Nobody gets it.
    pub key: String,
}

/// Why there is no request.
#[derive(Debug, thiserror::Error)]
pub enum RequestError {
    /// What is to stand in the certificate cannot, or no key could be made.
    #[error(transparent)]
    Create(#[from] CreateIdentityError),
    /// A key under an empty passphrase is a key for everyone.
    #[error("a key needs a passphrase")]
    PassphraseMissing,
    /// The key could not be encrypted.
    #[error("the key could not be encrypted")]
    Encryption(#[source] pkcs8::Error),
}

impl CertificateRequest {
    /// Makes a key (P-256) and asks for a certificate in that name, that organisation's if one is given, and that role.
    ///
    /// # Errors
    /// What cannot stand in a certificate; an empty passphrase.
    pub fn make(name: &str, organisation: Option<&str>, role: Option<&str>, passphrase: &Passphrase) -> Result<Self, RequestError> {
        if passphrase.is_empty() {
            return Err(RequestError::PassphraseMissing);
        }
        let subject = self_signed::subject(name, organisation, role)?;
        let (pkcs8, pair) = self_signed::key()?;
        let request = request(subject, &pair).map_err(CreateIdentityError::from)?;
        Ok(Self { request, key: locked(&pkcs8, passphrase)? })
    }
}

impl Identity {
    /// The identity of a key (PEM, under a passphrase) and the certificates that an authority issued for it, its own among them.
    ///
    /// # Errors
    /// When the passphrase is wrong, or no certificate belongs to the key.
    pub fn issued(key: &[u8], certificates: &[Certificate], passphrase: &Passphrase) -> Result<Self, OpenIdentityError> {
        let contents = pem::read(key, passphrase)?;
        Self::of_parts(&contents.keys, certificates)
    }
}

fn request(subject: Subject, pair: &EcdsaKeyPair) -> der::Result<String> {
    let point = pair.public_key().as_ref();
    let wanted =
        Attribute { oid: oid::EXTENSION_REQUEST, values: SetOfVec::try_from(vec![Any::encode_from(&vec![self_signed::usage()?])?])? };
    let body = Body { version: 0, subject, key: self_signed::public_key(point)?, attributes: SetOfVec::try_from(vec![wanted])? };
    let signature = pair.sign(&SystemRandom::new(), &body.to_der()?).map_err(|_| der::ErrorKind::Failed.to_error())?;
    let signature = BitString::from_bytes(signature.as_ref())?;
    Request { body, algorithm: self_signed::ecdsa(), signature }.to_pem(LineEnding::LF)
}

fn locked(pkcs8: &[u8], passphrase: &Passphrase) -> Result<String, RequestError> {
    let (mut salt, mut iv) = ([0; 16], [0; 16]);
    let random = SystemRandom::new();
    random.fill(&mut salt).and_then(|()| random.fill(&mut iv)).map_err(|_| CreateIdentityError::NoKey)?;
    let encrypted = || -> Result<String, pkcs8::Error> {
        let parameters = pbes2::Parameters::generate_pbkdf2_sha256_aes256cbc(DERIVATION_ROUNDS, &salt, iv)?;
        let key = pkcs8::PrivateKeyInfoRef::try_from(pkcs8)?.encrypt_with_params(parameters, passphrase.reveal())?;
        Ok(key.to_pem(pkcs8::EncryptedPrivateKeyInfoRef::PEM_LABEL, LineEnding::LF)?.to_string())
    };
    encrypted().map_err(RequestError::Encryption)
}

/// CertificationRequest.
#[derive(Sequence)]
struct Request {
    body: Body,
    algorithm: AlgorithmIdentifierOwned,
    signature: BitString,
}

impl PemLabel for Request {
    const PEM_LABEL: &'static str = "CERTIFICATE REQUEST";
}

/// CertificationRequestInfo.
#[derive(Sequence)]
struct Body {
    version: u8,
    subject: Subject,
    key: SubjectPublicKeyInfoOwned,
    #[asn1(context_specific = "0", tag_mode = "IMPLICIT", constructed = "true")]
    attributes: SetOfVec<Attribute>,
}

#[derive(Sequence, der::ValueOrd)]
struct Attribute {
    oid: ObjectIdentifier,
    values: SetOfVec<Any>,
}
