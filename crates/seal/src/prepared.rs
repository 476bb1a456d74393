//! The last two stages of signing: bytes final but for one hole, and the same bytes with the hole filled.
//! Always true: signing changes nothing outside the hole, and the length never changes.

use chrono::{DateTime, Utc};

use crate::{
    NotValidAt, Room, Signer, TimeStampAuthority, TimestampError, Unfit,
    cms::write::{CmsError, Signature},
    hole::{Hole, TooSmall},
    seed::{Demand, Terms},
    timestamp,
};

/// A PDF with room for one signature; nothing but the signature is missing.
pub struct Prepared {
    hole: Hole,
    field: String,
    signed_at: DateTime<Utc>,
    /// What the form asks of whoever signs.
    terms: Terms,
}

/// A signed PDF.
#[derive(Debug)]
pub struct Sealed {
    bytes: Vec<u8>,
    field: String,
    timestamp: Timestamping,
}

/// What became of the time-stamp.
#[derive(Debug)]
pub enum Timestamping {
    /// None was asked for: baseline B.
    NotAsked,
    /// The authority vouches for this moment: baseline T.
    Stamped(DateTime<Utc>),
    /// The signature was made without it: baseline B. The caller decides whether that is enough.
    Failed(TimestampError),
}

/// Why nothing was signed.
#[derive(Debug, thiserror::Error)]
pub enum SignError {
    /// The identity may not sign at the stated time.
    #[error(transparent)]
    NotValidAt(#[from] NotValidAt),
    /// Its certificate is not for signing documents.
    #[error(transparent)]
    Unfit(#[from] Unfit),
    /// The author of the form asks for something that cannot be given.
    #[error(transparent)]
    Demand(#[from] Demand),
    /// The signature is larger than the room reserved for it.
    #[error("the signature needs {needed} bytes, reserved are {reserved}")]
    NoRoom {
        /// Bytes needed.
        needed: usize,
        /// Bytes reserved.
        reserved: usize,
    },
    /// The signature could not be made.
    #[error(transparent)]
    Cms(#[from] CmsError),
}

impl Prepared {
    /// None if there is no signature object at `offset`.
    pub(crate) fn new(bytes: Vec<u8>, offset: usize, field: String, signed_at: DateTime<Utc>, room: Room, terms: Terms) -> Option<Self> {
        Some(Self { hole: Hole::at(offset, bytes, room)?, field, signed_at, terms })
    }

    /// The name of the field being signed.
    pub fn field(&self) -> &str {
        &self.field
    }

    /// Signs, and asks for a time-stamp if an authority is given. A time-stamp that cannot be had does not undo the
    /// signature; [`Sealed::timestamp`] tells.
    pub fn sign(self, signer: &dyn Signer, authority: Option<&dyn TimeStampAuthority>) -> Result<Sealed, SignError> {
        let credentials = signer.credentials();
        credentials.check_valid_at(self.signed_at)?;
        credentials.check_fit()?;
        self.terms.certificate.check(credentials.chain())?;
        let digest = self.terms.digest(credentials.algorithm().digests())?;
        let signature = Signature::over(&digest.of(&self.hole.covered()), digest, signer)?;
        let plain = signature.to_der().map_err(CmsError::from)?;
        self.hole.holds(plain.len())?;
        let (message, timestamp) = match authority.map(|authority| stamped(&signature, authority, &self.hole, self.signed_at)) {
            None => (plain, Timestamping::NotAsked),
            Some(Ok((message, time))) => (message, Timestamping::Stamped(time)),
            Some(Err(error)) => (plain, Timestamping::Failed(error)),
        };
        // Where the form asks for it, a signature without a trusted time is none that its author takes.
        if let Some(url) = self.terms.time_stamp.filter(|_| !matches!(timestamp, Timestamping::Stamped(_))) {
            return Err(Demand::TimeStamp { url }.into());
        }
        Ok(Sealed { bytes: self.hole.filled(&message)?, field: self.field, timestamp })
    }
}

impl From<TooSmall> for SignError {
    fn from(TooSmall { needed, reserved }: TooSmall) -> Self {
        Self::NoRoom { needed, reserved }
    }
}

impl Sealed {
    /// The signed file.
    pub fn bytes(&self) -> &[u8] {
        &self.bytes
    }

    /// The signed file.
    pub fn into_bytes(self) -> Vec<u8> {
        self.bytes
    }

    /// The field that was signed.
    pub fn field(&self) -> &str {
        &self.field
    }

    /// What became of the time-stamp.
    pub fn timestamp(&self) -> &Timestamping {
        &self.timestamp
    }
}

fn stamped(
    signature: &Signature,
    authority: &dyn TimeStampAuthority,
    hole: &Hole,
    now: DateTime<Utc>,
) -> Result<(Vec<u8>, DateTime<Utc>), TimestampError> {
    let (token, time) = timestamp::request(authority, &[signature.value()], now)?;
    let message = signature.with_timestamp(&token).and_then(|stamped| stamped.to_der());
    let message = message.map_err(TimestampError::Unreadable)?;
    hole.holds(message.len())?;
    Ok((message, time))
}
