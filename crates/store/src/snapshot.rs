//! A report as it lies in the library: `report.json` of the published format, deflated, with the SHA-256 of the text.
//! Always true: what is unpacked has the digest it was stored under, or it is not handed out.

use crate::{Digest, ReadError};
use flate2::Compression;
use flate2::read::ZlibDecoder;
use flate2::write::ZlibEncoder;
use report::Report;
use std::io::{Read, Write};

/// A packed report, ready to be stored.
#[derive(Debug)]
pub(crate) struct Snapshot {
    /// The SHA-256 of the text before it was packed, so that a better packer may come without breaking a chain.
    pub digest: Digest,
    /// The text in a zlib stream (RFC 1950).
    pub packed: Vec<u8>,
}

impl Snapshot {
    pub fn of(report: &Report) -> Self {
        let text = report::format::write(report);
        Self { digest: Digest::of(text.as_bytes()), packed: pack(text.as_bytes()) }
    }
}

/// The report that was packed.
pub(crate) fn unpack(packed: &[u8], digest: Digest) -> Result<Report, ReadError> {
    Ok(report::format::read_kept(&text_of(packed, digest)?)?)
}

/// The text that was packed, once it has the digest it was stored under.
pub(crate) fn text_of(packed: &[u8], digest: Digest) -> Result<String, ReadError> {
    let mut text = String::new();
    let inflated = ZlibDecoder::new(packed).read_to_string(&mut text);
    match inflated {
        Ok(_) if Digest::of(text.as_bytes()) == digest => Ok(text),
        Ok(_) => Err(ReadError::Damaged { detail: format!("a stored report does not have its SHA-256 {digest}") }),
        Err(fault) => Err(ReadError::Damaged { detail: format!("a stored report cannot be unpacked: {fault}") }),
    }
}

/// Autosave waits for this: the fastest level already takes a report's repetitive JSON to a tenth.
fn pack(text: &[u8]) -> Vec<u8> {
    let mut encoder = ZlibEncoder::new(Vec::with_capacity(text.len() / 8), Compression::fast());
    encoder.write_all(text).expect("writing to memory cannot fail");
    encoder.finish().expect("writing to memory cannot fail")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sample() -> Report {
        report::catalogue::sample("rfo").expect("a shipped sample")
    }

    #[test]
    fn what_was_packed_is_unpacked_equal() {
        let snapshot = Snapshot::of(&sample());
        assert_eq!(unpack(&snapshot.packed, snapshot.digest).expect("it unpacks"), sample());
    }

    #[test]
    fn what_was_taken_in_before_it_was_known_for_nonsense_opens() {
        let report = Report { language: "English".to_owned(), zone: Some("Atlantis".to_owned()), ..sample() };
        let snapshot = Snapshot::of(&report);
        assert_eq!(unpack(&snapshot.packed, snapshot.digest).expect("it opens"), report);
    }

    #[test]
    fn no_changed_byte_goes_unnoticed() {
        let snapshot = Snapshot::of(&sample());
        for at in (0..snapshot.packed.len()).step_by(7) {
            let mut changed = snapshot.packed.clone();
            changed[at] ^= 0x10;
            // A flipped bit may happen to pack the same text; it may never give another one.
            match unpack(&changed, snapshot.digest) {
                Ok(report) => assert_eq!(report, sample()),
                Err(fault) => assert!(matches!(fault, ReadError::Damaged { .. }), "{fault:?}"),
            }
        }
    }
}
