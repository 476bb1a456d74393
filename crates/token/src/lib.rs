//! Keys on cards, tokens and security modules (PKCS #11).
//!
//! A maker's module is a library of machine code that nobody here has read. It is loaded into a process of its own, this very program begun anew
//! ([`serve_if_asked`]), and spoken to over its standard streams: what crashes or hangs there is a sentence here.
//!
//! Always true: the key never leaves the token; a PIN is handed over once, is never tried on more than the one token that is meant, and is
//! wiped; every question has a time limit.
//! Deliberately absent: making and deleting keys, and changing PINs.

mod address;
mod helper;
mod places;
mod reach;
mod signer;
mod words;

pub use address::{Address, BadAddress};
pub use helper::serve_if_asked;
pub use places::usual_modules;
pub use reach::{Helper, Trouble};
pub use signer::{TokenError, TokenSigner};
pub use words::{KeyFacts, Refusal, TokenFacts, Tries};
