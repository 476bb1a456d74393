//! Adding to a signed file what is needed to judge it later: trusted time, and proofs that nobody's certificate was revoked (PAdES B-T, B-LT
//! and B-LTA, ETSI EN 319 142-1 §6).
//! Always true: what was in the file stays byte for byte; a file that is not sound gets nothing, because later it would look older than it is;
//! what cannot be had costs a level and is named, and never costs what was had before.
//! Deliberately absent: the network. The caller brings what an address holds.

mod gather;
mod stamp;
mod store;

use std::error::Error as StdError;

use chrono::{DateTime, Utc};

use self::gather::Gathered;
use crate::{
    Certificate, Kind, TimeStampAuthority, TimestampError, Unreadable, Verdict,
    pdf::Revision,
    verify::{
        self,
        level::{self, Need},
        store::Store,
    },
};

/// Who fetches what certificates point to.
pub trait ProofSource {
    /// What an address holds (HTTP GET): a certificate or a list of revoked ones.
    fn fetch(&self, url: &str) -> Result<Vec<u8>, Box<dyn StdError + Send + Sync>>;
    /// Takes an OCSPRequest in DER to an address (HTTP POST, `application/ocsp-request`) and answers with an OCSPResponse in DER.
    fn ask(&self, url: &str, request_der: &[u8]) -> Result<Vec<u8>, Box<dyn StdError + Send + Sync>>;
}

/// How far a file is to be brought. Each includes the ones before it.
#[derive(Clone, Copy, Debug, Eq, Ord, PartialEq, PartialOrd)]
pub enum Reach {
    /// A trusted time for every signature: B-T.
    Time,
    /// The certificates and proofs to judge everything by: B-LT.
    Proofs,
    /// A time-stamp over the document with its proofs: B-LTA. Of a file that has one, its renewal.
    Archive,
}

/// Where time, certificates and proofs come from.
pub struct Sources<'a> {
    /// The authority that stamps.
    pub authority: &'a dyn TimeStampAuthority,
    /// Who fetches proofs.
    pub proofs: &'a dyn ProofSource,
    /// Certificates at hand, for what neither the file nor an address gives.
    pub certificates: &'a [Certificate],
}

/// A file with more in it than before, or the same where nothing could be had.
#[derive(Debug)]
pub struct Extended {
    /// The file.
    pub bytes: Vec<u8>,
    /// The verdict on it, nobody trusted.
    pub verdict: Verdict,
    /// What could not be had.
    pub gaps: Vec<Gap>,
    /// Why no time was had, where one was needed.
    pub no_time: Option<TimestampError>,
}

/// A proof that could not be had.
#[derive(Debug)]
pub struct Gap {
    /// Whose certificate it is about.
    pub whose: String,
    /// What is lacking.
    pub lacking: Lacking,
}

/// What is lacking about a certificate.
#[derive(Debug)]
pub enum Lacking {
    /// Its issuer's certificate, which is neither in the file nor at an address that the certificate names.
    Issuer,
    /// It names no address at which its standing could be asked.
    Address,
    /// Nothing came back from that address.
    Answer {
        /// The address.
        url: String,
        /// Why.
        fault: Box<dyn StdError + Send + Sync>,
    },
    /// What came back from that address is not the issuer's word on this certificate, or is too old.
    Word {
        /// The address.
        url: String,
    },
    /// That address has no answer: it says so itself.
    Refusal {
        /// The address.
        url: String,
        /// OCSPResponseStatus (RFC 6960 §4.2.1): 1 malformed request, 2 internal error, 3 try later, 5 wants a signed request, 6 unauthorized.
        status: u8,
    },
    /// The authority at that address does not know the certificate.
    NotKnown {
        /// The address.
        url: String,
    },
    /// What that address holds claims to be made later than now.
    Ahead {
        /// The address.
        url: String,
    },
    /// It had expired at the moment it would have to be provable for.
    Expired {
        /// Its last moment.
        not_after: DateTime<Utc>,
    },
    /// It leads over more issuers than are followed, or in a circle.
    End,
    /// It was revoked.
    Revoked {
        /// From when on.
        at: DateTime<Utc>,
    },
}

/// Why a file was left as it is.
#[derive(Debug, thiserror::Error)]
pub enum NotExtended {
    /// Nothing can be read in it.
    #[error(transparent)]
    Unreadable(#[from] Unreadable),
    /// Nobody has signed it.
    #[error("nobody has signed the file")]
    NotSigned,
    /// It was changed after it was signed, or a signature in it does not hold, or readers may show it differently.
    #[error("the file is not sound; what is added now would make it look as if it had been so before")]
    NotSound,
    /// The update could not be written.
    #[error("the file could not be updated")]
    Update(#[from] lopdf::Error),
}

/// Brings a signed file as far as asked, or as far as can be had. `now` is the moment for which proofs are sought where nobody vouches for an
/// earlier one.
pub fn extend(pdf: Vec<u8>, reach: Reach, sources: &Sources<'_>, now: DateTime<Utc>) -> Result<Extended, NotExtended> {
    let verdict = verify::verify(&pdf, &[], now)?;
    if !verdict.signatures.iter().any(|signature| signature.kind == Kind::Signature) {
        return Err(NotExtended::NotSigned);
    }
    if !verdict.sound() {
        return Err(NotExtended::NotSound);
    }
    let mut file = File { bytes: pdf, sources, now, no_time: None };
    if level::any_unstamped(&verify::judge_all(&file.bytes, &Revision::open(&file.bytes)?.open_to_updates()?)?, now) {
        file.stamp()?;
    }
    let gaps = if reach >= Reach::Proofs { file.prove()? } else { Vec::new() };
    if reach == Reach::Archive && gaps.is_empty() && file.no_time.is_none() {
        file.stamp()?;
    }
    let verdict = verify::verify(&file.bytes, &[], now)?;
    Ok(Extended { bytes: file.bytes, verdict, gaps, no_time: file.no_time })
}

struct File<'a> {
    bytes: Vec<u8>,
    sources: &'a Sources<'a>,
    now: DateTime<Utc>,
    no_time: Option<TimestampError>,
}

impl File<'_> {
    /// Appends a time-stamp over the document, if the authority gives one.
    fn stamp(&mut self) -> Result<(), NotExtended> {
        match stamp::stamped(&self.bytes, self.sources.authority, self.now)? {
            Ok(stamped) => self.bytes = stamped,
            Err(fault) => self.no_time = Some(fault),
        }
        Ok(())
    }

    /// Appends every proof that is lacking and can be had; gives what cannot.
    fn prove(&mut self) -> Result<Vec<Gap>, NotExtended> {
        let revision = Revision::open(&self.bytes)?;
        let needs: Vec<Need> = level::needs(&verify::judge_all(&self.bytes, &revision)?, self.now);
        let store = Store::of(&revision, self.now);
        let mut gathered = Gathered::new(self.sources, &store, self.now);
        needs.iter().for_each(|need| gathered.settle(need));
        let (new, gaps) = gathered.finish();
        if !new.is_empty() {
            self.bytes = store::with_proofs(std::mem::take(&mut self.bytes), revision, &new)?;
        }
        Ok(gaps)
    }
}
