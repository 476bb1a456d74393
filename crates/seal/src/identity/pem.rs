//! An identity in PEM (RFC 7468): a private key in PKCS #8 under a passphrase, and certificates, in one text in any order.
//! Deliberately absent: keys that lie open, which are a key for everyone, and OpenSSL's encryption of before PKCS #8, which derives its key in
//! one round of MD5.

use der::Decode;
use pkcs8::EncryptedPrivateKeyInfoRef;
use zeroize::Zeroizing;

use super::OpenIdentityError;
use crate::{Passphrase, certificate::Certificate};

/// What the text holds.
pub(crate) struct Contents {
    pub(crate) keys: Vec<Zeroizing<Vec<u8>>>,
    pub(super) certificates: Vec<Certificate>,
}

/// Whether bytes are such a text, which may have lines before its first block.
pub(super) fn is_pem(file: &[u8]) -> bool {
    const BEGIN: &[u8] = b"-----BEGIN ";
    std::str::from_utf8(file).is_ok() && file.windows(BEGIN.len()).any(|window| window == BEGIN)
}

/// Reads it, with its keys in PKCS #8.
pub(crate) fn read(file: &[u8], passphrase: &Passphrase) -> Result<Contents, OpenIdentityError> {
    let text = std::str::from_utf8(file).map_err(|_| OpenIdentityError::NotPem)?;
    let mut contents = Contents { keys: Vec::new(), certificates: Vec::new() };
    for (label, block) in blocks(text) {
        match label {
            "CERTIFICATE" | "ENCRYPTED PRIVATE KEY" => {}
            "PRIVATE KEY" => return Err(OpenIdentityError::Unprotected),
            other if other.ends_with("PRIVATE KEY") => {
                let locked = block.contains("ENCRYPTED");
                return Err(if locked { OpenIdentityError::UnsupportedProtection } else { OpenIdentityError::Unprotected });
            }
            _ => continue,
        }
        let (_, der) = der::pem::decode_vec(block.as_bytes()).map_err(|_| OpenIdentityError::NotPem)?;
        if label == "CERTIFICATE" {
            contents.certificates.push(Certificate::from_der(&der).map_err(OpenIdentityError::Certificate)?);
        } else {
            contents.keys.push(unlocked(&der, passphrase)?);
        }
    }
    Ok(contents)
}

/// Each block with its label. What stands between blocks is for people.
fn blocks(text: &str) -> impl Iterator<Item = (&str, String)> {
    text.split("-----BEGIN ").skip(1).filter_map(|rest| {
        let (label, _) = rest.split_once("-----")?;
        let end = format!("-----END {label}-----");
        let (body, _) = rest.split_once(end.as_str())?;
        Some((label, format!("-----BEGIN {body}{end}\n")))
    })
}

fn unlocked(der: &[u8], passphrase: &Passphrase) -> Result<Zeroizing<Vec<u8>>, OpenIdentityError> {
    let locked = EncryptedPrivateKeyInfoRef::try_from(der).map_err(|_| OpenIdentityError::UnsupportedProtection)?;
    let opened = locked.decrypt(passphrase.reveal()).map_err(|fault| match fault {
        pkcs8::Error::EncryptedPrivateKey(pkcs8::pkcs5::Error::DecryptFailed | pkcs8::pkcs5::Error::EncryptFailed) => {
            OpenIdentityError::WrongPassphrase
        }
        // One wrong passphrase in two hundred and fifty-six leaves something that looks padded.
        pkcs8::Error::Asn1(_) => OpenIdentityError::WrongPassphrase,
        _ => OpenIdentityError::UnsupportedProtection,
    })?;
    pkcs8::PrivateKeyInfoRef::from_der(opened.as_bytes()).map_err(|_| OpenIdentityError::WrongPassphrase)?;
    Ok(Zeroizing::new(opened.as_bytes().to_vec()))
}
