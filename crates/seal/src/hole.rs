//! Finished bytes with one hole in them, where a signature or a time-stamp over all the rest will stand.
//! Always true: filling the hole changes nothing outside it, and the length never changes.

use crate::Room;

/// A PDF that is final but for the /Contents of one signature dictionary.
pub(crate) struct Hole {
    bytes: Vec<u8>,
    /// Offset of the `<` that opens it.
    start: usize,
    /// Offset behind the `>` that closes it.
    end: usize,
}

/// A message is longer than the hole.
#[derive(Clone, Copy, Debug)]
pub(crate) struct TooSmall {
    /// Bytes needed.
    pub(crate) needed: usize,
    /// Bytes reserved.
    pub(crate) reserved: usize,
}

impl Hole {
    /// Finds the hole of the signature object at `offset` and writes the byte range round it. None if it is not there.
    pub(crate) fn at(offset: usize, mut bytes: Vec<u8>, room: Room) -> Option<Self> {
        let start = find(&bytes, b"/Contents<", offset)? + b"/Contents".len();
        let end = start + 2 * room.get() + 2;
        if bytes.get(end - 1) != Some(&b'>') {
            return None;
        }
        let array_start = find(&bytes[..start], b"/ByteRange[", offset)? + b"/ByteRange".len();
        let array_end = find(&bytes[..start], b"]", array_start)? + 1;
        let array = format!("[0 {start} {end} {}]", bytes.len() - end);
        let width = array_end - array_start;
        if array.len() > width {
            return None;
        }
        bytes[array_start..array_end].copy_from_slice(format!("{array:<width$}").as_bytes());
        Some(Self { bytes, start, end })
    }

    /// Everything but the hole.
    pub(crate) fn covered(&self) -> [&[u8]; 2] {
        [&self.bytes[..self.start], &self.bytes[self.end..]]
    }

    /// Bytes of a message that have room in it.
    pub(crate) fn room(&self) -> usize {
        (self.end - self.start - 2) / 2
    }

    /// Whether a message of so many bytes has room in it.
    pub(crate) fn holds(&self, needed: usize) -> Result<(), TooSmall> {
        let reserved = self.room();
        if needed <= reserved { Ok(()) } else { Err(TooSmall { needed, reserved }) }
    }

    /// The file with the message in the hole.
    pub(crate) fn filled(mut self, message: &[u8]) -> Result<Vec<u8>, TooSmall> {
        self.holds(message.len())?;
        let digits = message.iter().map(|byte| format!("{byte:02X}")).collect::<String>();
        self.bytes[self.start + 1..][..digits.len()].copy_from_slice(digits.as_bytes());
        Ok(self.bytes)
    }
}

fn find(haystack: &[u8], needle: &[u8], from: usize) -> Option<usize> {
    let at = haystack.get(from..)?.windows(needle.len()).position(|window| window == needle)?;
    Some(from + at)
}
