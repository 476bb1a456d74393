//! The signers whose fingerprint a person has compared and found right, with when. Always true: it is the certificate itself that is known,
//! never a name; it is said beside what the file says, and changes no check of it.

use crate::because;
use crate::desk::Desk;
use crate::fault::{Fault, FaultCode};
use crate::filing::Verification;
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
        match self.confirmed_signers() {
            Ok(confirmed) => mark(&mut found, &confirmed),
            Err(fault) => tracing::warn!(%fault, "who was confirmed is not known now"),
        }
        Ok(found)
    }
}

fn mark(found: &mut Verification, confirmed: &[ConfirmedSigner]) {
    for signature in &mut found.signatures {
        let known = confirmed.iter().find(|one| one.fingerprint == signature.fingerprint);
        // A signature that does not hold says nothing about its certificate's owner.
        signature.confirmed_at = known.filter(|_| signature.intact && signature.valid).map(|one| one.at.clone());
    }
}
