//! What the two processes say to each other: one line of JSON each way.
//! Always true: a PIN in it is wiped when it is dropped, and shown by nothing.

use serde::{Deserialize, Deserializer, Serialize, Serializer};
use zeroize::Zeroizing;

use crate::Address;

/// What stands before each line, so that whatever a module prints is told from it.
pub(crate) const MARK: &str = "rapporteur-token ";

/// A question.
#[derive(Debug, Deserialize, Serialize)]
pub(crate) enum Ask {
    /// Which tokens are there, and what they show to everybody.
    Look,
    /// Opens the one token that is meant. Without a PIN it is asked for at the reader.
    Open {
        /// Which.
        address: Address,
        /// Its PIN.
        pin: Option<Pin>,
    },
    /// Signs with a key of the token that is open.
    Sign {
        /// The key's place among those found.
        key: usize,
        /// How.
        how: How,
        /// What goes into the token: a digest, or what holds it.
        input: Vec<u8>,
    },
}

/// An answer.
#[derive(Clone, Debug, Deserialize, Serialize)]
pub(crate) enum Answer {
    /// The tokens.
    Tokens(Vec<TokenFacts>),
    /// The token is open, and holds these keys and certificates.
    Opened {
        /// The keys that have a certificate.
        keys: Vec<KeyFacts>,
        /// Every certificate on it, in DER.
        certificates: Vec<Vec<u8>>,
    },
    /// A signature, as the token writes it.
    Signed(Vec<u8>),
    /// Why not.
    Refused(Refusal),
}

/// How a token signs what it is given (PKCS #11 mechanisms).
#[derive(Clone, Copy, Debug, Deserialize, Serialize)]
pub(crate) enum How {
    /// CKM_RSA_PKCS over a DigestInfo.
    Rsa,
    /// CKM_ECDSA over a digest.
    Ecdsa,
    /// CKM_EDDSA over the message.
    Eddsa,
}

/// A PIN on its way.
pub(crate) struct Pin(pub(crate) Zeroizing<String>);

impl Serialize for Pin {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&self.0)
    }
}

impl<'de> Deserialize<'de> for Pin {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        String::deserialize(deserializer).map(|pin| Self(Zeroizing::new(pin)))
    }
}

impl std::fmt::Debug for Pin {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.write_str("Pin(…)")
    }
}

/// A token, and what it shows to everybody.
#[derive(Clone, Debug, Deserialize, Eq, PartialEq, Serialize)]
pub struct TokenFacts {
    /// Its label.
    pub label: String,
    /// Its serial number.
    pub serial: String,
    /// Who made it.
    pub manufacturer: String,
    /// Its model.
    pub model: String,
    /// How many tries its PIN has left.
    pub tries: Tries,
    /// Its certificates; those of keys that show none before the PIN are missing.
    pub keys: Vec<KeyFacts>,
}

/// A key with its certificate; before the PIN was given, a certificate alone.
#[derive(Clone, Debug, Deserialize, Eq, PartialEq, Serialize)]
pub struct KeyFacts {
    /// The key's label.
    pub label: String,
    /// The label of its certificate.
    pub certificate_label: String,
    /// What key and certificate share (CKA_ID).
    pub id: Vec<u8>,
    /// The certificate, in DER.
    pub certificate: Vec<u8>,
}

/// What a token tells of the tries that its PIN has left. It tells no number but the last.
#[derive(Clone, Copy, Debug, Deserialize, Eq, PartialEq, Serialize)]
pub enum Tries {
    /// All of them, as far as it tells.
    Untold,
    /// Not all: a wrong PIN was given since the last right one.
    Fewer,
    /// One.
    Last,
    /// None: the token is locked.
    None,
}

/// Why a token did not do what it was asked.
#[derive(Clone, Debug, Deserialize, Eq, PartialEq, Serialize, thiserror::Error)]
pub enum Refusal {
    /// The module cannot be loaded or begun.
    #[error("the module for the token cannot be used: {reason}")]
    Module {
        /// What it said.
        reason: String,
    },
    /// No token that is meant.
    #[error("there is no such token here; is it plugged in? ({there})")]
    NoToken {
        /// Which are there, in words.
        there: String,
    },
    /// More than one that is meant. A PIN is tried on none of them.
    #[error("several tokens are meant ({labels}); name one by token= or serial= in the address")]
    SeveralTokens {
        /// Their labels and serial numbers.
        labels: String,
    },
    /// The PIN is wrong.
    #[error("the PIN is wrong{}", tries_left(*tries))]
    WrongPin {
        /// What is left.
        tries: Tries,
    },
    /// Too many wrong PINs.
    #[error("the token is locked after too many wrong PINs; whoever gave it to you can unlock it")]
    Locked,
    /// The PIN has to be changed first.
    #[error("the token wants a new PIN first; set one with the program that came with it")]
    PinExpired,
    /// A PIN is needed.
    #[error("the token needs its PIN")]
    PinNeeded,
    /// There is no such key any more.
    #[error("the token holds no such key")]
    NoKey,
    /// Anything else, in the words of the module.
    #[error("the token could not do it: {reason}")]
    Failed {
        /// What it said.
        reason: String,
    },
}

fn tries_left(tries: Tries) -> &'static str {
    match tries {
        Tries::Untold => "",
        Tries::Fewer => "; few tries are left before the token locks itself",
        Tries::Last => "; one try is left before the token locks itself",
        Tries::None => "; the token is locked now",
    }
}
