//! The signers whose fingerprint a person has compared and found right, with when. Always true: it is the certificate itself that is known,
//! never a name; it is said beside what the file says, and changes no check of it. It ends with the certificate: what was signed after that, or
//! after a revocation that travels with the file, is not theirs.

use crate::because;
use crate::desk::Desk;
use crate::fault::{Fault, FaultCode};
use crate::filing::{Trust, Verification};
use crate::ports::World;
use seal::Anchors;
use serde::{Deserialize, Serialize};
use std::path::Path;
use ts_rs::TS;

const KEY: &str = "confirmed_signers";

/// A signer whose fingerprint a person has confirmed.
#[derive(Clone, Debug, Eq, PartialEq, Serialize, Deserialize, TS)]
#[ts(export)]
pub struct ConfirmedSigner {
    /// The SHA-256 of the certificate, 64 lower-case hexadecimal digits.
    pub fingerprint: String,
    /// Whose it says it is.
    pub name: String,
    /// For whom they act.
    pub organisation: String,
    /// When it was confirmed, RFC 3339 in UTC.
    pub at: String,
}

impl Desk {
    /// The signers confirmed here, the last first.
    ///
    /// # Errors
    /// Those of reading the library.
    pub fn confirmed_signers(&self) -> Result<Vec<ConfirmedSigner>, Fault> {
        Ok(self.library().setting(KEY).map_err(|fault| because::of_reading(&fault))?.unwrap_or_default())
    }

    /// Notes that a person has compared that fingerprint with the signer and found it right.
    ///
    /// # Errors
    /// [`FaultCode::Refused`] for what is no fingerprint, and those of writing the library.
    pub fn confirm_signer(&self, fingerprint: &str, name: &str, organisation: &str) -> Result<ConfirmedSigner, Fault> {
        if fingerprint.len() != 64 || !fingerprint.bytes().all(|digit| digit.is_ascii_digit() || (b'a'..=b'f').contains(&digit)) {
            let words = "a fingerprint has 64 hexadecimal digits";
            return Err(Fault::new(FaultCode::Refused, words).with("reason", words));
        }
        let confirmed = ConfirmedSigner {
            fingerprint: fingerprint.to_owned(),
            name: name.to_owned(),
            organisation: organisation.to_owned(),
            at: crate::library::day_of(self.world.clock.now()),
        };
        let mut all = self.confirmed_signers()?;
        all.retain(|other| other.fingerprint != fingerprint);
        all.insert(0, confirmed.clone());
        self.library().set_setting(KEY, &all).map_err(|fault| because::of_saving(&fault))?;
        Ok(confirmed)
    }

    /// Takes a confirmation back.
    ///
    /// # Errors
    /// Those of writing the library.
    pub fn forget_signer(&self, fingerprint: &str) -> Result<(), Fault> {
        let mut all = self.confirmed_signers()?;
        all.retain(|other| other.fingerprint != fingerprint);
        self.library().set_setting(KEY, &all).map_err(|fault| because::of_saving(&fault))
    }

    /// Verifies a file, and says of each signer whether a person has confirmed them here.
    ///
    /// # Errors
    /// Only a file that cannot be read at all.
    pub fn verify(&self, path: &Path) -> Result<Verification, Fault> {
        let mut found = crate::verification::verify_file(&self.world, path)?;
        self.mark_confirmed(path, &mut found);
        Ok(found)
    }

    /// Says of each signer of the file at `path` whether a person has confirmed them here.
    pub(crate) fn mark_confirmed(&self, path: &Path, found: &mut Verification) {
        let marked = self.confirmed_signers().and_then(|confirmed| mark(&self.world, path, found, &confirmed));
        if let Err(fault) = marked {
            tracing::warn!(%fault, "who was confirmed is not known now");
        }
    }
}

/// Marks the signers whom a person has confirmed, as far as nothing speaks against it that they could not know then: a fingerprint is an
/// anchor like any other, so that a signature that does not hold, or was made after the certificate ended or was revoked, is not theirs.
///
/// # Errors
/// Only a file that cannot be read any more.
pub(crate) fn mark(world: &World, path: &Path, found: &mut Verification, confirmed: &[ConfirmedSigner]) -> Result<(), Fault> {
    let is_known = |fingerprint: &str| confirmed.iter().find(|one| one.fingerprint == fingerprint);
    let fingerprints: Vec<String> =
        found.signatures.iter().filter(|one| is_known(&one.fingerprint).is_some()).map(|one| one.fingerprint.clone()).collect();
    if fingerprints.is_empty() {
        return Ok(());
    }
    let anchors = Anchors { certificates: &[], fingerprints: &fingerprints };
    let judged = crate::verification::verify(world, path, &crate::documents::read_bytes(world, path)?, anchors)?;
    for (signature, judged) in found.signatures.iter_mut().zip(judged.signatures) {
        // The file is read once more for this, and may have been changed between.
        let holds = signature.intact && signature.valid && judged.fingerprint == signature.fingerprint;
        let Some(known) = is_known(&signature.fingerprint).filter(|_| holds) else { continue };
        if judged.trusted == Trust::Trusted {
            signature.confirmed_at = Some(known.at.clone());
        } else {
            let day = known.at.get(..10).unwrap_or(&known.at);
            signature.remarks.push(format!("Its fingerprint was confirmed here on {day}, which does not count for this signature."));
        }
    }
    Ok(())
}
