//! A token as somebody who signs.

use std::error::Error as StdError;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};

use der::{
    Encode, Sequence,
    asn1::{AnyRef, OctetStringRef, UintRef},
    oid::ObjectIdentifier,
};
use seal::{Algorithm, Certificate, Credentials, Digest, Passphrase, Signer, UnusableKey};
use zeroize::Zeroizing;

use crate::{
    Address, BadAddress, Helper, KeyFacts, Refusal, TokenFacts, Trouble,
    places::usual_modules,
    reach::Connection,
    words::{Answer, Ask, How, Pin},
};

/// A token that is open, and the key on it that signs.
pub struct TokenSigner {
    connection: Mutex<Connection>,
    key: usize,
    credentials: Credentials,
}

/// Why no token signs.
#[derive(Debug, thiserror::Error)]
pub enum TokenError {
    /// The address is none.
    #[error(transparent)]
    Address(#[from] BadAddress),
    /// The token, or what speaks to it, would not.
    #[error(transparent)]
    Trouble(#[from] Trouble),
    /// No module is installed where modules usually are.
    #[error("no module for tokens is installed where they usually are; name the one that came with yours (--token)")]
    NoModule,
    /// No key on the token fits the address and has a certificate.
    #[error("the token holds no key with a certificate that is meant here")]
    NoKey,
    /// More than one does.
    #[error("several keys on the token are meant; choose one: {}", addresses.join(" or "))]
    SeveralKeys {
        /// Their addresses.
        addresses: Vec<String>,
    },
    /// Nothing is signed with a key of that kind.
    #[error(transparent)]
    Unusable(#[from] UnusableKey),
    /// The certificate on the token cannot be read.
    #[error("a certificate on the token cannot be read")]
    Certificate,
}

impl Helper {
    /// The tokens that a module sees, and what they show before a PIN was given.
    ///
    /// # Errors
    /// When the module cannot be used, crashes or hangs.
    pub fn look(&self, module: &Path) -> Result<Vec<TokenFacts>, Trouble> {
        match self.begin(module)?.ask(&Ask::Look)? {
            Answer::Tokens(tokens) => Ok(tokens),
            _ => Err(Trouble::Unexpected),
        }
    }

    /// Opens the token that is meant by the address, for the key that is. The module is the one named, else the one in the address, else the
    /// first of the usual ones that sees such a token. An empty PIN is asked for at the reader.
    ///
    /// # Errors
    /// When there is no such token or key, the PIN is wrong, or the module crashes or hangs.
    pub fn open(&self, address: &str, module: Option<&Path>, pin: &Passphrase) -> Result<TokenSigner, TokenError> {
        let address = Address::read(address)?;
        let module = match module.map(Path::to_path_buf).or_else(|| address.module.clone()) {
            Some(module) => module,
            None => self.found(&address)?,
        };
        let mut connection = self.begin(&module)?;
        let pin = Some(pin).filter(|pin| !pin.is_empty()).map(|pin| Pin(Zeroizing::new(pin.reveal().to_owned())));
        let Answer::Opened { keys, certificates } = connection.ask(&Ask::Open { address: address.clone(), pin })? else {
            return Err(Trouble::Unexpected.into());
        };
        let key = chosen(&address, &keys)?;
        let read = |der: &Vec<u8>| Certificate::from_der(der).map_err(|_| TokenError::Certificate);
        let available: Vec<Certificate> = certificates.iter().filter_map(|der| read(der).ok()).collect();
        let certificate = keys.get(key).ok_or(TokenError::NoKey).and_then(|key| read(&key.certificate))?;
        let credentials = Credentials::of(certificate, &available)?;
        Ok(TokenSigner { connection: Mutex::new(connection), key, credentials })
    }

    /// The first usual module that sees a token that is meant. One that crashes or hangs is passed over, if another sees it.
    fn found(&self, address: &Address) -> Result<PathBuf, TokenError> {
        let modules = usual_modules();
        let mut trouble = None;
        for module in &modules {
            match self.look(module) {
                Ok(tokens) if tokens.iter().any(|token| address.means_token(token)) => return Ok(module.clone()),
                Ok(_) => {}
                Err(fault) => trouble = Some(fault),
            }
        }
        match trouble {
            _ if modules.is_empty() => Err(TokenError::NoModule),
            Some(fault) => Err(fault.into()),
            None => Err(Trouble::from(Refusal::NoToken { there: "none of the installed modules sees it".to_owned() }).into()),
        }
    }
}

/// The one key that is meant. Where an address leaves several, those that are not for signing documents are left out.
fn chosen(address: &Address, keys: &[KeyFacts]) -> Result<usize, TokenError> {
    let meant: Vec<usize> = (0..).zip(keys).filter(|(_, key)| address.means_key(key)).map(|(nth, _)| nth).collect();
    let fit = |nth: &&usize| {
        let certificate = keys.get(**nth).and_then(|key| Certificate::from_der(&key.certificate).ok());
        certificate.and_then(|one| Credentials::of(one, &[]).ok()).is_some_and(|credentials| credentials.check_fit().is_ok())
    };
    let fitting: Vec<usize> = meant.iter().filter(fit).copied().collect();
    match (meant.as_slice(), fitting.as_slice()) {
        ([], _) => Err(TokenError::NoKey),
        // A single one that is not fit is refused later, with the reason.
        ([one], _) | (_, [one]) => Ok(*one),
        (several, _) => {
            let of = |key: &KeyFacts| Address { object: None, id: Some(key.id.clone()), ..address.clone() }.to_string();
            Err(TokenError::SeveralKeys { addresses: several.iter().filter_map(|nth| keys.get(*nth)).map(of).collect() })
        }
    }
}

impl Signer for TokenSigner {
    fn credentials(&self) -> &Credentials {
        &self.credentials
    }

    fn sign(&self, message: &[u8], digest: Digest) -> Result<Vec<u8>, Box<dyn StdError + Send + Sync>> {
        let hash = || digest.of(&[message]);
        let (how, input) = match self.credentials.algorithm() {
            Algorithm::Rsa => (How::Rsa, digest_info(digest, &hash())?),
            Algorithm::P256 | Algorithm::P384 | Algorithm::P521 => (How::Ecdsa, hash()),
            Algorithm::Ed25519 => (How::Eddsa, message.to_vec()),
            Algorithm::Pss(_) => return Err("keys for RSASSA-PSS alone are not supported on tokens".into()),
        };
        let mut connection = self.connection.lock().unwrap_or_else(PoisonError::into_inner);
        let Answer::Signed(signature) = connection.ask(&Ask::Sign { key: self.key, how, input })? else {
            return Err(Trouble::Unexpected.into());
        };
        match how {
            How::Ecdsa => Ok(as_in_certificates(&signature)?),
            How::Rsa | How::Eddsa => Ok(signature),
        }
    }
}

/// DigestInfo (RFC 8017 §9.2): what is padded and signed under RSA.
fn digest_info(digest: Digest, hash: &[u8]) -> der::Result<Vec<u8>> {
    #[derive(Sequence)]
    struct DigestInfo<'a> {
        algorithm: Identifier<'a>,
        digest: &'a OctetStringRef,
    }
    #[derive(Sequence)]
    struct Identifier<'a> {
        oid: ObjectIdentifier,
        parameters: AnyRef<'a>,
    }
    let algorithm = Identifier { oid: digest.oid(), parameters: AnyRef::NULL };
    DigestInfo { algorithm, digest: OctetStringRef::new(hash)? }.to_der()
}

/// Two numbers of one width, as a token writes them, become ECDSA-Sig-Value (RFC 3279 §2.2.3).
fn as_in_certificates(signature: &[u8]) -> der::Result<Vec<u8>> {
    #[derive(Sequence)]
    struct Value<'a> {
        r: UintRef<'a>,
        s: UintRef<'a>,
    }
    let (r, s) = signature.split_at(signature.len() / 2);
    Value { r: UintRef::new(r)?, s: UintRef::new(s)? }.to_der()
}
