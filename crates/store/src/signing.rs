//! One signing at a time in a library, whichever window or process asks. Always true: the turn ends with the process, however that ends.
//! Deliberately absent: what is done in the turn; the desk sees that a version's number is free, signs, and notes that it did.

use crate::{Library, instance};
use std::fs::{File, TryLockError};

/// While it is held nobody else signs a report of the library.
#[derive(Debug)]
pub struct SigningTurn {
    _lock: Option<File>,
}

impl Library {
    /// Takes the turn; none while somebody else has it. Where the system or the folder allows no locks everybody gets it at once.
    pub fn try_signing(&self) -> Option<SigningTurn> {
        let path = instance::beside_as(&self.path, ".signing");
        let opened = File::options().create(true).truncate(false).write(true).open(path);
        let locked = opened.map_err(TryLockError::Error).and_then(|file| file.try_lock().map(|()| file));
        match locked {
            Ok(file) => Some(SigningTurn { _lock: Some(file) }),
            Err(TryLockError::WouldBlock) => None,
            Err(TryLockError::Error(fault)) => {
                tracing::warn!(%fault, "cannot tell whether another window is signing");
                Some(SigningTurn { _lock: None })
            }
        }
    }
}
