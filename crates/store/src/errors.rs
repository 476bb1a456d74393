//! What can go wrong between a person and their library, told apart as far as a person can act on it.
//! Always true: a full disk, a busy file, a missing right and a damaged file are four different answers, and SQLite's own is kept below them.

use crate::{Digest, RevisionId, Seq};
use report::ids::ReportId;
use rusqlite::ErrorCode;
use rusqlite::ffi;
use std::io;
use std::path::PathBuf;

/// Why a library could not be opened. Whatever the reason, the file is as it was.
#[derive(Debug, thiserror::Error)]
pub enum OpenError {
    /// A newer version of the application wrote it.
    #[error("{} was written by a newer version of Rapporteur (its schema is {found}, this version knows up to {known}); it was left as it is", path.display())]
    Newer {
        /// The file.
        path: PathBuf,
        /// Its schema.
        found: u32,
        /// The newest schema this build knows.
        known: u32,
    },
    /// It is no library of ours.
    #[error("{} is not a Rapporteur library; it was left as it is", path.display())]
    Foreign {
        /// The file.
        path: PathBuf,
    },
    /// It was a library, and its bytes no longer hold together.
    #[error("{} is damaged ({detail}); it was left as it is", path.display())]
    Damaged {
        /// The file.
        path: PathBuf,
        /// What was found.
        detail: String,
    },
    /// The folder it should lie in does not exist.
    #[error("there is no folder {}", folder.display())]
    NoFolder {
        /// The folder.
        folder: PathBuf,
    },
    /// There is no library at that place, and the act does not make one.
    #[error("there is no library at {}", path.display())]
    Missing {
        /// The file.
        path: PathBuf,
    },
    /// The system does not let us read or write it.
    #[error("no permission to read and write {}", path.display())]
    NoPermission {
        /// The file.
        path: PathBuf,
    },
    /// No space is left where it lies.
    #[error("the disk that holds {} is full", path.display())]
    Full {
        /// The file.
        path: PathBuf,
    },
    /// Another program held it for longer than we wait.
    #[error("another program holds {} and did not let go of it in time", path.display())]
    Busy {
        /// The file.
        path: PathBuf,
    },
    /// The copy that is made before a library is brought to a newer schema could not be made or did not hold. Nothing was changed.
    #[error("{} was not brought up to date, because a safe copy of it could not be made first", path.display())]
    NoSafeCopy {
        /// The file.
        path: PathBuf,
        /// Why.
        #[source]
        cause: Box<BackupError>,
    },
    /// The system could not read it.
    #[error("cannot read {}", path.display())]
    Unreadable {
        /// The file.
        path: PathBuf,
        /// What the system said.
        #[source]
        cause: io::Error,
    },
    /// SQLite could not work with it, for a reason that is none of the above.
    #[error("cannot open {}", path.display())]
    Sqlite {
        /// The file.
        path: PathBuf,
        /// What SQLite said.
        #[source]
        cause: rusqlite::Error,
    },
}

/// Why something could not be read from the library.
#[derive(Debug, thiserror::Error)]
pub enum ReadError {
    /// No such report.
    #[error("the library holds no report {report}")]
    Gone {
        /// Which.
        report: ReportId,
    },
    /// No such revision.
    #[error("the library holds no revision {revision}")]
    NoRevision {
        /// Which.
        revision: RevisionId,
    },
    /// No such file.
    #[error("the library holds no file with the SHA-256 {digest}")]
    NoBlob {
        /// Which.
        digest: Digest,
    },
    /// The bytes are not what was stored.
    #[error("the library is damaged: {detail}")]
    Damaged {
        /// What does not hold.
        detail: String,
    },
    /// The stored report is of a format this build cannot read.
    #[error("a stored report cannot be read")]
    Format(#[from] report::format::ReadError),
    /// A stored setting is not of the shape asked for.
    #[error("the setting “{key}” is not of the shape this version expects")]
    Setting {
        /// Its name.
        key: String,
        /// What the parser met.
        #[source]
        cause: serde_json::Error,
    },
    /// Another program held the library for longer than we wait.
    #[error("another program holds the library and did not let go of it in time")]
    Busy,
    /// The system does not let us read it.
    #[error("no permission to read the library")]
    NoPermission,
    /// SQLite could not read, for a reason that is none of the above.
    #[error("the library cannot be read")]
    Sqlite(#[source] rusqlite::Error),
}

/// Why something could not be written to the library. Whatever the reason, what was there before is still there.
#[derive(Debug, thiserror::Error)]
pub enum SaveError {
    /// Somebody else saved this report since we read it.
    #[error("somebody else saved this report in the meantime (their edit is number {})", theirs.0)]
    Conflict {
        /// The number of their last save.
        theirs: Seq,
    },
    /// The report was signed since we read it: what was signed is never written over.
    #[error("the report {report} was signed in the meantime")]
    Signed {
        /// Which.
        report: ReportId,
    },
    /// The report was put in the bin since we read it.
    #[error("the report {report} was put in the bin in the meantime")]
    InBin {
        /// Which.
        report: ReportId,
    },
    /// No such report.
    #[error("the library holds no report {report}")]
    Gone {
        /// Which.
        report: ReportId,
    },
    /// A report with that identity is there already.
    #[error("the library already holds the report {report}")]
    Exists {
        /// Which.
        report: ReportId,
    },
    /// Only what lies in the bin is deleted for good.
    #[error("the report {report} does not lie in the bin")]
    NotInBin {
        /// Which.
        report: ReportId,
    },
    /// Another report goes on from it, and its history would lose a link.
    #[error("the report {by} goes on from the report {report}")]
    GoesOn {
        /// The one that was to be deleted.
        report: ReportId,
        /// The one that goes on from it.
        by: ReportId,
    },
    /// No space is left.
    #[error("the disk that holds the library is full")]
    Full,
    /// The file was moved or deleted while it was open. Nothing was written: it would have been lost with it.
    #[error("the library's file was moved or deleted while it was open")]
    Moved,
    /// The library was opened for reading, or the medium is write-protected.
    #[error("the library can only be read")]
    ReadOnly,
    /// Another program held the library for longer than we wait.
    #[error("another program holds the library and did not let go of it in time")]
    Busy,
    /// The bytes are not what was stored.
    #[error("the library is damaged: {detail}")]
    Damaged {
        /// What does not hold.
        detail: String,
    },
    /// The system does not let us write it.
    #[error("no permission to write the library")]
    NoPermission,
    /// More than SQLite can hold in one value (1 GB).
    #[error("this is too big for the library, which holds at most 1 GB in one piece")]
    TooBig,
    /// A setting that cannot be written as JSON.
    #[error("the setting “{key}” cannot be written as JSON")]
    Setting {
        /// Its name.
        key: String,
        /// What the writer met.
        #[source]
        cause: serde_json::Error,
    },
    /// SQLite could not write, for a reason that is none of the above.
    #[error("the library cannot be written")]
    Sqlite(#[source] rusqlite::Error),
}

/// Why a copy of the library could not be made. Where a file of that name stood before, it still stands.
#[derive(Debug, thiserror::Error)]
pub enum BackupError {
    /// A library lies there that is open, or was not closed: this one, or another whose log would spoil the copy.
    #[error("{} is a library that is in use; a copy needs another name", path.display())]
    InUse {
        /// The file.
        path: PathBuf,
    },
    /// The copy could not be written by the system.
    #[error("cannot write {}", path.display())]
    Unwritable {
        /// The file.
        path: PathBuf,
        /// What the system said.
        #[source]
        cause: io::Error,
    },
    /// No space is left where the copy should lie.
    #[error("the disk that should hold {} is full", path.display())]
    Full {
        /// The file.
        path: PathBuf,
    },
    /// The copy was written and does not hold together: the library itself is damaged, or the disk is.
    #[error("the copy was examined and does not hold: {detail}")]
    Unsound {
        /// What was found.
        detail: String,
    },
    /// SQLite could not copy, for a reason that is none of the above.
    #[error("the library cannot be copied to {}", path.display())]
    Sqlite {
        /// The file.
        path: PathBuf,
        /// What SQLite said.
        #[source]
        cause: rusqlite::Error,
    },
}

/// Why a library was not moved. It is where it was, as it was.
#[derive(Debug, thiserror::Error)]
pub enum MoveError {
    /// A library lies at the new place already.
    #[error("a library lies at {} already", path.display())]
    Taken {
        /// The file.
        path: PathBuf,
    },
    /// Somebody else has it open.
    #[error("the library is open in another window or program as well")]
    Shared,
    /// It could not be copied, or the copy did not hold.
    #[error(transparent)]
    Copy(#[from] BackupError),
    /// The copy could not be opened.
    #[error(transparent)]
    Open(#[from] OpenError),
}

/// SQLite's result codes, folded into what a person can act on.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(crate) enum Kind {
    Full,
    ReadOnly,
    Busy,
    Damaged,
    NoPermission,
    TooBig,
    Foreign,
    Unforeseen,
}

impl Kind {
    pub(crate) fn of(fault: &rusqlite::Error) -> Self {
        match fault {
            rusqlite::Error::SqliteFailure(code, _) => Self::of_code(*code),
            // A value of another type than the column holds, or out of its range: the schema is STRICT, so the bytes were changed.
            rusqlite::Error::FromSqlConversionFailure(..)
            | rusqlite::Error::InvalidColumnType(..)
            | rusqlite::Error::IntegralValueOutOfRange(..) => Self::Damaged,
            _ => Self::Unforeseen,
        }
    }

    fn of_code(code: ffi::Error) -> Self {
        match code.code {
            // Where the shared-memory file cannot grow, SQLite says “I/O error” although the disk is merely full.
            ErrorCode::DiskFull => Self::Full,
            ErrorCode::SystemIoFailure if code.extended_code == ffi::SQLITE_IOERR_SHMSIZE => Self::Full,
            ErrorCode::ReadOnly => Self::ReadOnly,
            ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked => Self::Busy,
            ErrorCode::DatabaseCorrupt => Self::Damaged,
            ErrorCode::PermissionDenied | ErrorCode::CannotOpen | ErrorCode::AuthorizationForStatementDenied => Self::NoPermission,
            ErrorCode::TooBig => Self::TooBig,
            ErrorCode::NotADatabase => Self::Foreign,
            _ => Self::Unforeseen,
        }
    }
}

impl From<rusqlite::Error> for ReadError {
    fn from(fault: rusqlite::Error) -> Self {
        match Kind::of(&fault) {
            Kind::Busy => Self::Busy,
            Kind::NoPermission => Self::NoPermission,
            Kind::Damaged | Kind::Foreign => Self::Damaged { detail: fault.to_string() },
            Kind::Full | Kind::ReadOnly | Kind::TooBig | Kind::Unforeseen => Self::Sqlite(fault),
        }
    }
}

impl From<rusqlite::Error> for SaveError {
    fn from(fault: rusqlite::Error) -> Self {
        match Kind::of(&fault) {
            Kind::Full => Self::Full,
            Kind::ReadOnly => Self::ReadOnly,
            Kind::Busy => Self::Busy,
            Kind::Damaged | Kind::Foreign => Self::Damaged { detail: fault.to_string() },
            Kind::NoPermission => Self::NoPermission,
            Kind::TooBig => Self::TooBig,
            Kind::Unforeseen => Self::Sqlite(fault),
        }
    }
}

impl OpenError {
    pub(crate) fn sqlite(path: PathBuf, cause: rusqlite::Error) -> Self {
        match Kind::of(&cause) {
            Kind::Full => Self::Full { path },
            Kind::Busy => Self::Busy { path },
            Kind::Damaged => Self::Damaged { path, detail: cause.to_string() },
            Kind::NoPermission | Kind::ReadOnly => Self::NoPermission { path },
            Kind::Foreign => Self::Foreign { path },
            Kind::TooBig | Kind::Unforeseen => Self::Sqlite { path, cause },
        }
    }

    pub(crate) fn io(path: PathBuf, cause: io::Error) -> Self {
        match cause.kind() {
            io::ErrorKind::NotFound => Self::Missing { path },
            io::ErrorKind::PermissionDenied | io::ErrorKind::ReadOnlyFilesystem => Self::NoPermission { path },
            io::ErrorKind::StorageFull => Self::Full { path },
            _ => Self::Unreadable { path, cause },
        }
    }
}

impl BackupError {
    pub(crate) fn sqlite(path: PathBuf, cause: rusqlite::Error) -> Self {
        match Kind::of(&cause) {
            Kind::Full => Self::Full { path },
            Kind::Damaged => Self::Unsound { detail: cause.to_string() },
            _ => Self::Sqlite { path, cause },
        }
    }

    pub(crate) fn io(path: PathBuf, cause: io::Error) -> Self {
        match cause.kind() {
            io::ErrorKind::StorageFull => Self::Full { path },
            _ => Self::Unwritable { path, cause },
        }
    }
}
