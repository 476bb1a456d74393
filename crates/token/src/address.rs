//! The address of a key on a token: a URI of the scheme `pkcs11` (RFC 7512).
//! Always true: what an address says is matched as a whole; a part that is not known here is refused and never passed over.
//! Deliberately absent: PINs in addresses, which other programs on the machine can read.

use std::fmt;
use std::path::PathBuf;

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, percent_decode_str, percent_encode};
use serde::{Deserialize, Serialize};

use crate::words::{KeyFacts, TokenFacts};

/// Which key on which token. What is not given fits any.
#[derive(Clone, Debug, Default, Deserialize, Eq, PartialEq, Serialize)]
pub struct Address {
    /// The token's label.
    pub token: Option<String>,
    /// Its serial number.
    pub serial: Option<String>,
    /// Who made it.
    pub manufacturer: Option<String>,
    /// Its model.
    pub model: Option<String>,
    /// The label of the key or of its certificate.
    pub object: Option<String>,
    /// The identifier that key and certificate share (CKA_ID).
    pub id: Option<Vec<u8>>,
    /// The module that speaks to the token.
    pub module: Option<PathBuf>,
}

/// What is no such address.
#[derive(Clone, Debug, Eq, PartialEq, thiserror::Error)]
pub enum BadAddress {
    /// It does not begin with `pkcs11:`.
    #[error("an address of a token begins with pkcs11:")]
    Scheme,
    /// A part without a value, or twice, or not in UTF-8.
    #[error("“{part}” in the address is not NAME=VALUE, or stands there twice")]
    Part {
        /// The part.
        part: String,
    },
    /// A part that means nothing here.
    #[error("“{name}” in the address is not known here; known are token, serial, manufacturer, model, object, id, type and module-path")]
    Unknown {
        /// Its name.
        name: String,
    },
    /// A PIN, or where one lies.
    #[error("a PIN has no place in an address, where other programs can read it; give a file that holds it")]
    Pin,
    /// It means something else than a key to sign with.
    #[error("the address means a {kind}, and only a private key signs")]
    Kind {
        /// What it means.
        kind: String,
    },
}

const SCHEME: &str = "pkcs11:";

impl Address {
    /// Whether a text means a key on a token at all.
    pub fn is_meant(text: &str) -> bool {
        text.get(..SCHEME.len()).is_some_and(|scheme| scheme.eq_ignore_ascii_case(SCHEME))
    }

    /// Reads an address.
    ///
    /// # Errors
    /// What in it is wrong.
    pub fn read(text: &str) -> Result<Self, BadAddress> {
        let rest = text.get(SCHEME.len()..).filter(|_| Self::is_meant(text)).ok_or(BadAddress::Scheme)?;
        let (path, query) = rest.split_once('?').unwrap_or((rest, ""));
        let mut address = Self::default();
        for part in path.split(';').chain(query.split('&')).filter(|part| !part.is_empty()) {
            address.take(part)?;
        }
        Ok(address)
    }

    fn take(&mut self, part: &str) -> Result<(), BadAddress> {
        let bad = || BadAddress::Part { part: part.to_owned() };
        let (name, value) = part.split_once('=').ok_or_else(bad)?;
        let text = || percent_decode_str(value).decode_utf8().map(|text| text.into_owned()).map_err(|_| bad());
        let place = match name {
            "token" => &mut self.token,
            "serial" => &mut self.serial,
            "manufacturer" => &mut self.manufacturer,
            "model" => &mut self.model,
            "object" => &mut self.object,
            "id" if self.id.is_none() => {
                self.id = Some(percent_decode_str(value).collect());
                return Ok(());
            }
            "module-path" if self.module.is_none() => {
                self.module = Some(text()?.into());
                return Ok(());
            }
            "type" if matches!(value, "private" | "cert") => return Ok(()),
            "type" => return Err(BadAddress::Kind { kind: value.to_owned() }),
            "pin-value" | "pin-source" => return Err(BadAddress::Pin),
            "id" | "module-path" => return Err(bad()),
            _ => return Err(BadAddress::Unknown { name: name.to_owned() }),
        };
        if place.replace(text()?).is_some() { Err(bad()) } else { Ok(()) }
    }

    /// The address of a key on a token that was looked at.
    pub fn of(token: &TokenFacts, key: &KeyFacts) -> Self {
        let given = |text: &str| Some(text.to_owned()).filter(|text| !text.is_empty());
        Self {
            token: given(&token.label),
            serial: given(&token.serial),
            object: given(&key.label).filter(|_| key.id.is_empty()),
            id: Some(key.id.clone()).filter(|id| !id.is_empty()),
            ..Self::default()
        }
    }

    /// Whether the token is meant.
    pub(crate) fn means_token(&self, token: &TokenFacts) -> bool {
        let fits = |wanted: &Option<String>, found: &str| wanted.as_ref().is_none_or(|wanted| wanted == found);
        fits(&self.token, &token.label)
            && fits(&self.serial, &token.serial)
            && fits(&self.manufacturer, &token.manufacturer)
            && fits(&self.model, &token.model)
    }

    /// Whether the key is meant.
    pub(crate) fn means_key(&self, key: &KeyFacts) -> bool {
        let labelled = |label: &String| *label == key.label || *label == key.certificate_label;
        self.object.as_ref().is_none_or(labelled) && self.id.as_ref().is_none_or(|id| *id == key.id)
    }
}

impl fmt::Display for Address {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        /// Letters that need no escape anywhere in such an address (RFC 7512 §2.3).
        const ESCAPED: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'.').remove(b'_').remove(b'~');
        let texts = [
            ("token", &self.token),
            ("serial", &self.serial),
            ("manufacturer", &self.manufacturer),
            ("model", &self.model),
            ("object", &self.object),
        ];
        let texts = texts.into_iter().filter_map(|(name, text)| Some((name, text.as_ref()?)));
        let mut parts: Vec<String> = texts.map(|(name, text)| format!("{name}={}", percent_encode(text.as_bytes(), ESCAPED))).collect();
        // Every byte of an identifier is escaped, as the standard advises: few of them are letters.
        parts.extend(self.id.as_ref().map(|id| format!("id={}", id.iter().map(|byte| format!("%{byte:02X}")).collect::<String>())));
        write!(formatter, "{SCHEME}{}", parts.join(";"))?;
        match &self.module {
            Some(module) => write!(formatter, "?module-path={}", percent_encode(module.to_string_lossy().as_bytes(), ESCAPED)),
            None => Ok(()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_is_read_as_written_and_written_as_read() {
        let text = "pkcs11:token=Ada%27s%20card;serial=0001;object=sign;id=%01%AF?module-path=%2Fusr%2Flib%2Fx.so";
        let read = Address::read(text).expect("an address");
        assert_eq!((read.token.as_deref(), read.id.as_deref()), (Some("Ada's card"), Some(&[1, 0xAF][..])));
        assert_eq!(read.to_string(), text);
        assert_eq!(Address::read("pkcs11:"), Ok(Address::default()));
        assert_eq!(Address::read("PKCS11:type=private;token=a").map(|read| read.token), Ok(Some("a".into())));
    }

    #[test]
    fn what_an_address_does_not_say_clearly_is_refused() {
        for (text, why) in [
            ("id.p12", BadAddress::Scheme),
            ("pkcs11:token", BadAddress::Part { part: "token".into() }),
            ("pkcs11:token=a;token=b", BadAddress::Part { part: "token=b".into() }),
            ("pkcs11:object=%FF", BadAddress::Part { part: "object=%FF".into() }),
            ("pkcs11:slot-id=1", BadAddress::Unknown { name: "slot-id".into() }),
            ("pkcs11:token=a?pin-value=1234", BadAddress::Pin),
            ("pkcs11:type=secret-key", BadAddress::Kind { kind: "secret-key".into() }),
        ] {
            assert_eq!(Address::read(text), Err(why), "{text}");
        }
    }
}
