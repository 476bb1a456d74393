//! How many bytes to reserve for a signature before it exists.

use crate::certificate::Certificate;

/// Bytes reserved in the file for one signature.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub struct Room(usize);

impl Room {
    /// The signature value, its attributes and the frame around them: an RSA signature of 4096 bits takes 512 bytes, the
    /// rest about 400, issuer names included.
    const SIGNATURE: usize = 2048;
    /// A time-stamp token with its chain of certificates. Public authorities send 4 to 7 kB.
    const TIMESTAMP: usize = 10_240;

    /// No signature with all its certificates comes near this.
    const LARGEST: usize = 1 << 20;

    /// Room for exactly this many bytes of CMS, a mebibyte at most.
    pub fn bytes(bytes: usize) -> Self {
        Self(bytes.min(Self::LARGEST))
    }

    pub(crate) fn for_certificates(chain: &[Certificate], with_timestamp: bool) -> Self {
        let certificates: usize = chain.iter().map(|certificate| certificate.der().len()).sum();
        Self::bytes(Self::SIGNATURE + certificates + if with_timestamp { Self::TIMESTAMP } else { 0 })
    }

    /// Room for a time-stamp token by itself.
    pub(crate) fn for_timestamp() -> Self {
        Self(Self::TIMESTAMP)
    }

    pub(crate) fn get(self) -> usize {
        self.0
    }
}
