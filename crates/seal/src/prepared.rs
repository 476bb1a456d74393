//! The last two stages of signing: bytes final but for one hole, and the same bytes with the hole filled.
//! Always true: signing changes nothing outside the hole, and the length never changes.

use chrono::{DateTime, Utc};

use crate::{
    Identity, NotValidAt, Room, TimeStampAuthority, TimestampError,
    cms::write::{CmsError, Signature},
    timestamp,
};

/// A PDF with room for one signature; nothing but the signature is missing.
pub struct Prepared {
    bytes: Vec<u8>,
    /// Offset of the `<` that opens the hole.
    hole_start: usize,
    /// Offset behind the `>` that closes it.
    hole_end: usize,
    field: String,
    signed_at: DateTime<Utc>,
    room: Room,
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
    /// Finds the hole of the signature object at `offset` and writes the byte range round it. None if it is not there.
    pub(crate) fn new(mut bytes: Vec<u8>, offset: usize, field: String, signed_at: DateTime<Utc>, room: Room) -> Option<Self> {
        let hole_start = find(&bytes, b"/Contents<", offset)? + b"/Contents".len();
        let hole_end = hole_start + 2 * room.get() + 2;
        if bytes.get(hole_end - 1) != Some(&b'>') {
            return None;
        }
        let array_start = find(&bytes[..hole_start], b"/ByteRange[", offset)? + b"/ByteRange".len();
        let array_end = find(&bytes[..hole_start], b"]", array_start)? + 1;
        let array = format!("[0 {hole_start} {hole_end} {}]", bytes.len() - hole_end);
        let width = array_end - array_start;
        if array.len() > width {
            return None;
        }
        bytes[array_start..array_end].copy_from_slice(format!("{array:<width$}").as_bytes());
        Some(Self { bytes, hole_start, hole_end, field, signed_at, room })
    }

    /// The name of the field being signed.
    pub fn field(&self) -> &str {
        &self.field
    }

    /// Signs, and asks for a time-stamp if an authority is given. A time-stamp that cannot be had does not undo the
    /// signature; [`Sealed::timestamp`] tells.
    pub fn sign(mut self, identity: &Identity, authority: Option<&dyn TimeStampAuthority>) -> Result<Sealed, SignError> {
        identity.check_valid_at(self.signed_at)?;
        let covered = [&self.bytes[..self.hole_start], &self.bytes[self.hole_end..]];
        let signature = Signature::over(&identity.key().digest().of(&covered), identity)?;
        let plain = signature.to_der().map_err(CmsError::from)?;
        let reserved = self.room.get();
        if plain.len() > reserved {
            return Err(SignError::NoRoom { needed: plain.len(), reserved });
        }
        let (message, timestamp) = match authority.map(|authority| stamped(&signature, authority, reserved)) {
            None => (plain, Timestamping::NotAsked),
            Some(Ok((message, time))) => (message, Timestamping::Stamped(time)),
            Some(Err(error)) => (plain, Timestamping::Failed(error)),
        };
        let digits = message.iter().map(|byte| format!("{byte:02X}")).collect::<String>();
        self.bytes[self.hole_start + 1..][..digits.len()].copy_from_slice(digits.as_bytes());
        Ok(Sealed { bytes: self.bytes, field: self.field, timestamp })
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

fn stamped(signature: &Signature, authority: &dyn TimeStampAuthority, reserved: usize) -> Result<(Vec<u8>, DateTime<Utc>), TimestampError> {
    let (token, time) = timestamp::request(authority, signature.value())?;
    let message = signature.with_timestamp(&token).and_then(|stamped| stamped.to_der());
    let message = message.map_err(TimestampError::Unreadable)?;
    if message.len() > reserved {
        return Err(TimestampError::NoRoom { needed: message.len(), reserved });
    }
    Ok((message, time))
}

fn find(haystack: &[u8], needle: &[u8], from: usize) -> Option<usize> {
    let at = haystack.get(from..)?.windows(needle.len()).position(|window| window == needle)?;
    Some(from + at)
}
