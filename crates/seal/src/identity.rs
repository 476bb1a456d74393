//! An identity: a private key and the certificate that says whose it is, kept in a PKCS #12 file or a PEM text.
//! Always true: key and certificate belong together; the key never leaves this crate except inside an encrypted file.
//! Deliberately absent: where the file lies and who types the passphrase. Known limit: the PKCS #12 reader keeps its own
//! short-lived copy of the key, which it does not wipe.

pub(crate) mod pem;

use p12_keystore::{EncryptionAlgorithm, KeyStore, KeyStoreEntry, MacAlgorithm, Pkcs12Archive, PrivateKey, PrivateKeyChain};
use zeroize::Zeroizing;

use crate::{
    CreateIdentityError, Credentials, Digest, NewIdentity, Passphrase, Signer, UnusableKey,
    certificate::{Certificate, CertificateError, SignerFacts},
    key::{KeyError, SigningKey},
    self_signed,
};

/// Rounds of key derivation for new files: enough to make guessing slow, few enough to open in a fraction of a second.
pub(crate) const DERIVATION_ROUNDS: u32 = 200_000;

/// A key and its certificate, ready to sign.
pub struct Identity {
    key: SigningKey,
    pkcs8: Zeroizing<Vec<u8>>,
    credentials: Credentials,
}

/// Why an identity file was not opened.
#[derive(Debug, thiserror::Error)]
pub enum OpenIdentityError {
    /// The passphrase does not fit.
    #[error("the passphrase does not open this identity file")]
    WrongPassphrase,
    /// A PEM text that cannot be read.
    #[error("not a readable PEM text")]
    NotPem,
    /// A private key that no passphrase protects.
    #[error("no passphrase protects the private key in the file; protect it first (openssl pkcs8 -topk8)")]
    Unprotected,
    /// A key so short that it can be broken.
    #[error("the key has {bits} bits and can be broken; nothing signed with it would be accepted")]
    WeakKey {
        /// Its length.
        bits: usize,
    },
    /// Not a PKCS #12 file, or a damaged one.
    #[error("not a readable PKCS #12 file")]
    NotPkcs12(#[source] p12_keystore::error::Error),
    /// Encrypted in a way this build does not know.
    #[error("the identity file is protected in a way that is not supported")]
    UnsupportedProtection,
    /// Certificates, but no private key.
    #[error("the identity file holds no private key")]
    NoPrivateKey,
    /// A private key, but no certificate.
    #[error("the identity file holds no certificate")]
    NoCertificate,
    /// Neither RSA of 2048 to 4096 bits, nor ECDSA on P-256, P-384 or P-521, nor Ed25519.
    #[error("keys of this kind are not supported: {algorithm}")]
    UnsupportedKey {
        /// What it is instead, as an object identifier or a reason.
        algorithm: String,
    },
    /// No certificate in the file belongs to the private key.
    #[error("the private key does not belong to the certificate in the file")]
    KeyDoesNotMatchCertificate,
    /// A certificate in the file cannot be read.
    #[error("a certificate in the identity file cannot be read")]
    Certificate(#[source] CertificateError),
}

/// Why an identity was not written to a file.
#[derive(Debug, thiserror::Error)]
pub enum WriteIdentityError {
    /// A key under an empty passphrase is a key for everyone.
    #[error("an identity file needs a passphrase")]
    PassphraseMissing,
    /// The PKCS #12 encoding failed.
    #[error("the identity file could not be encoded")]
    Encoding(#[from] p12_keystore::error::Error),
}

impl Identity {
    /// Makes a key and a certificate for it, issued by the holder to itself.
    pub fn create(new: &NewIdentity) -> Result<Self, CreateIdentityError> {
        let made = self_signed::issue(new)?;
        let certificate = Certificate::from_der(&made.certificate).map_err(|_| CreateIdentityError::NoKey)?;
        let key = SigningKey::of_certificate(&made.pkcs8, &certificate).map_err(|_| CreateIdentityError::NoKey)?;
        let credentials = Credentials::of(certificate, &[]).map_err(|_| CreateIdentityError::NoKey)?;
        Ok(Self { key, pkcs8: made.pkcs8, credentials })
    }

    /// Opens a PKCS #12 file, modern (PBES2) or legacy (RC2, Triple DES), or a PEM text with a key under a passphrase and certificates.
    pub fn open(file: &[u8], passphrase: &Passphrase) -> Result<Self, OpenIdentityError> {
        if pem::is_pem(file) {
            let pem::Contents { keys, certificates } = pem::read(file, passphrase)?;
            return Self::of_parts(&keys, &certificates);
        }
        let archive = Pkcs12Archive::from_pkcs12(file, passphrase.reveal()).map_err(refusal)?;
        let certificates = archive
            .certs
            .iter()
            .map(|bag| Certificate::from_der(bag.cert.as_der()).map_err(OpenIdentityError::Certificate))
            .collect::<Result<Vec<_>, _>>()?;
        let keys: Vec<_> = archive.keys.iter().map(|bag| Zeroizing::new(bag.key.as_der().to_vec())).collect();
        Self::of_parts(&keys, &certificates)
    }

    /// Names and local ids in a file are only hints: the certificate that fits the key is the signer's.
    pub(crate) fn of_parts(keys: &[Zeroizing<Vec<u8>>], certificates: &[Certificate]) -> Result<Self, OpenIdentityError> {
        if keys.is_empty() {
            return Err(OpenIdentityError::NoPrivateKey);
        }
        if certificates.is_empty() {
            return Err(OpenIdentityError::NoCertificate);
        }
        let mut refused = OpenIdentityError::KeyDoesNotMatchCertificate;
        for (pkcs8, certificate) in keys.iter().flat_map(|key| certificates.iter().map(move |certificate| (key, certificate))) {
            match SigningKey::of_certificate(pkcs8, certificate) {
                Ok(key) => {
                    let credentials = Credentials::of(certificate.clone(), certificates).map_err(OpenIdentityError::from)?;
                    return Ok(Self { key, pkcs8: pkcs8.clone(), credentials });
                }
                Err(KeyError::NotOfCertificate) => {}
                Err(KeyError::Unusable(why)) => refused = why.into(),
                Err(KeyError::Refused(cause)) => refused = OpenIdentityError::UnsupportedKey { algorithm: cause.to_string() },
            }
        }
        Err(refused)
    }

    /// Writes key and certificates as PKCS #12: PBES2 with AES-256, PBKDF2 and HMAC with SHA-256.
    pub fn to_pkcs12(&self, passphrase: &Passphrase) -> Result<Vec<u8>, WriteIdentityError> {
        if passphrase.is_empty() {
            return Err(WriteIdentityError::PassphraseMissing);
        }
        let key = PrivateKey::from_der(&self.pkcs8)?;
        let certificates = self.credentials.chain().iter().map(|certificate| p12_keystore::Certificate::from_der(certificate.der()));
        let local_id = self.signer().fingerprint_sha256.as_bytes()[..16].to_vec();
        let chain = PrivateKeyChain::new(local_id, key, certificates.collect::<Result<Vec<_>, _>>()?);
        let mut store = KeyStore::new();
        store.add_entry("identity", KeyStoreEntry::PrivateKeyChain(chain));
        Ok(store
            .writer(passphrase.reveal())
            .encryption_algorithm(EncryptionAlgorithm::PbeWithHmacSha256AndAes256)
            .encryption_iterations(DERIVATION_ROUNDS)
            .mac_algorithm(MacAlgorithm::HmacSha256)
            .mac_iterations(DERIVATION_ROUNDS)
            .write()?)
    }

    /// Who signs.
    pub fn signer(&self) -> &SignerFacts {
        self.credentials.facts()
    }
}

impl Signer for Identity {
    fn credentials(&self) -> &Credentials {
        &self.credentials
    }

    fn sign(&self, message: &[u8], digest: Digest) -> Result<Vec<u8>, Box<dyn std::error::Error + Send + Sync>> {
        Ok(self.key.sign(message, digest)?)
    }
}

impl From<UnusableKey> for OpenIdentityError {
    fn from(why: UnusableKey) -> Self {
        match why {
            UnusableKey::Unsupported { algorithm } => Self::UnsupportedKey { algorithm },
            UnusableKey::Weak { bits } => Self::WeakKey { bits },
        }
    }
}

impl std::fmt::Debug for Identity {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.debug_struct("Identity").field("signer", self.signer()).finish_non_exhaustive()
    }
}

fn refusal(error: p12_keystore::error::Error) -> OpenIdentityError {
    use p12_keystore::error::Error;
    match error {
        Error::MacError(_) | Error::Pkcs5Error(_) | Error::UnpadError => OpenIdentityError::WrongPassphrase,
        Error::UnsupportedEncryptionScheme | Error::UnsupportedMacAlgorithm | Error::UnsupportedContentType => {
            OpenIdentityError::UnsupportedProtection
        }
        other => OpenIdentityError::NotPkcs12(other),
    }
}
