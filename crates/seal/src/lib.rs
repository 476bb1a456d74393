//! Signs PDF files and judges signed ones.
//!
//! Signing goes through stages, each a type that consumes the one before: [`Draft`] → [`Prepared`] → [`Sealed`]. Judging
//! takes bytes and gives a [`Verdict`]: separate facts, with a bottom line derived last.
//!
//! Always true: what was in a file stays byte for byte; a private key leaves this crate only inside an encrypted file; no
//! bytes from outside cause a panic.
//! Deliberately absent: reports, the network, the machine's clock and its files. Time, bytes and answers are handed in.

mod algorithm;
mod appearance;
mod asn1;
mod byte_range;
mod certificate;
mod cms;
mod draft;
mod extend;
mod form;
mod hole;
mod identity;
mod key;
mod oid;
mod outline;
mod passphrase;
mod pdf;
mod prepared;
mod request;
mod revocation;
mod room;
mod seed;
mod self_signed;
mod signer;
mod strict;
mod timestamp;
mod update;
mod verdict;
mod verify;

pub use algorithm::{Algorithm, Digest, UnusableKey};
pub use appearance::{Appearance, AppearanceError, Border, Fonts, Line, Rgb, Weight};
pub use certificate::{Certificate, CertificateError, SignerFacts};
pub use cms::write::CmsError;
pub use draft::{Draft, ReserveError, SignIn, Statement};
pub use extend::{Extended, Gap, Lacking, NotExtended, ProofSource, Reach, Sources, extend};
pub use form::{Place, places};
pub use identity::{Identity, OpenIdentityError, WriteIdentityError};
pub use passphrase::Passphrase;
pub use pdf::Unreadable;
pub use prepared::{Prepared, Sealed, SignError, Timestamping};
pub use request::{CertificateRequest, RequestError};
pub use revocation::{Place as ProofPlace, Revocation, Told};
pub use room::Room;
pub use seed::Demand;
pub use self_signed::{CreateIdentityError, NewIdentity};
pub use signer::{Credentials, NotValidAt, Signer, Unfit};
pub use strict::{Damage, Doubt};
pub use timestamp::{InTurn, TimeStampAuthority, TimestampError};
pub use verdict::{
    Caveat, Change, ChangedSince, Foreseen, How, Kind, Level, Part, Permissions, Problem, SignatureVerdict, TimeSource, Trust, Verdict,
};
pub use verify::{Anchors, verify, verify_by};
