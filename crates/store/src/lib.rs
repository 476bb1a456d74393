//! The library on disk: every report in one SQLite file, and the only place that speaks SQL.
//! Always true: what a call acknowledged survives a kill and a power cut; text is never deleted but from the bin, by a person; a save that would
//! overwrite somebody else's is refused and told so; what is read back was checked against its SHA-256.
//! Deliberately absent: clocks and chance (times and ids are handed in), PDF, sharing over a network drive, and whatever a screen needs.

mod backup;
mod blobs;
mod chain;
mod columns;
mod digest;
mod erase;
mod errors;
mod exports;
mod header;
mod instance;
mod lineage;
mod list;
mod migration;
mod moving;
mod open;
mod place;
mod reports;
mod revisions;
mod search;
mod settings;
mod signing;
mod snapshot;

pub use blobs::Blob;
pub use chain::{ChainFault, ChainFaultKind};
pub use digest::Digest;
pub use erase::Erased;
pub use errors::{BackupError, MoveError, OpenError, ReadError, SaveError};
pub use exports::{Export, ExportKind};
pub use lineage::Numbered;
pub use list::{Filter, Row};
pub use reports::{KeptCopy, Seq, State, Working};
pub use revisions::{Provenance, Reason, Revision, RevisionId};
pub use signing::SigningTurn;

use instance::Instance;
use place::Place;
use rusqlite::{Connection, Transaction, TransactionBehavior};
use std::path::{Path, PathBuf};

/// What a library's file is called when nobody chose another name.
pub const FILE_NAME: &str = "library.rapporteur";

/// An open library. A read borrows it, a write borrows it mutably; it may move between threads, one at a time.
#[derive(Debug)]
pub struct Library {
    path: PathBuf,
    sql: Connection,
    place: Place,
    instance: Instance,
}

impl Library {
    /// The file it lives in.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// Whether nobody else had this library open when we opened it. The second is told, and may work on: saves never overwrite.
    pub fn first_opener(&self) -> bool {
        self.instance.alone
    }

    /// Begins a write. It takes the write lock at once, so that what is compared in it cannot change before it commits.
    /// A file that was moved or deleted under us would take what we write with it, so its place is looked at first.
    fn write(&mut self) -> Result<Transaction<'_>, SaveError> {
        if !self.place.is_at(&self.path) {
            return Err(SaveError::Moved);
        }
        Ok(self.sql.transaction_with_behavior(TransactionBehavior::Immediate)?)
    }
}
