//! Moving a library to another place. Always true: the new file was copied, examined, synced, opened and held against the old one before
//! anybody hears of it, and the old one is as it was until it is let go of. Deliberately absent: who remembers where the library lies.

use crate::{BackupError, Digest, Library, MoveError, ReadError, instance, open};
use rusqlite::types::ValueRef;
use std::fs;
use std::path::Path;

/// What a library holds, table by table, in an order of its own.
const CONTENTS: [&str; 6] = [
    "SELECT id, seq, digest, state, head, removed_ms, changed_ms FROM report ORDER BY id",
    "SELECT id, report, hash, digest FROM revision ORDER BY id",
    "SELECT revision, place, parent FROM revision_parent ORDER BY revision, place",
    "SELECT sha256, size FROM blob ORDER BY sha256",
    "SELECT report, revision, sha256, at_ms FROM export ORDER BY number",
    "SELECT key, value FROM setting ORDER BY key",
];

impl Library {
    /// A copy of this library at `path`, open and found to hold the same. The library itself goes on as it was.
    ///
    /// # Errors
    /// [`MoveError`]; nothing lies at `path` then that was not there before.
    pub fn copied_to(&self, path: &Path) -> Result<Library, MoveError> {
        if path.exists() || open::has_log(path) {
            return Err(MoveError::Taken { path: path.to_owned() });
        }
        if !self.instance.alone_now().unwrap_or(true) {
            return Err(MoveError::Shared);
        }
        self.backup_to(path)?;
        let copy = Library::open(path).map_err(MoveError::from).and_then(|copy| match (self.contents(), copy.contents()) {
            (Ok(here), Ok(there)) if here == there => Ok(copy),
            (Ok(_), Ok(_)) => Err(MoveError::Copy(BackupError::Unsound { detail: "it does not hold the same".to_owned() })),
            (Err(fault), _) | (_, Err(fault)) => Err(MoveError::Copy(BackupError::Unsound { detail: fault.to_string() })),
        });
        if copy.is_err() {
            delete_files(path);
        }
        copy
    }

    /// Closes the library and deletes its file; `false` where the system did not let go of it.
    pub fn discard(self) -> bool {
        let path = self.path.clone();
        drop(self);
        delete_files(&path);
        !path.exists()
    }

    fn contents(&self) -> Result<Vec<Digest>, ReadError> {
        CONTENTS.iter().map(|sql| self.contents_of(sql)).collect()
    }

    fn contents_of(&self, sql: &str) -> Result<Digest, ReadError> {
        let mut statement = self.sql.prepare(sql)?;
        let columns = statement.column_count();
        let mut bytes = Vec::new();
        let mut rows = statement.query([])?;
        while let Some(row) = rows.next()? {
            for column in 0..columns {
                match row.get_ref(column)? {
                    ValueRef::Null => bytes.push(0),
                    ValueRef::Integer(number) => bytes.extend(number.to_le_bytes()),
                    ValueRef::Real(number) => bytes.extend(number.to_le_bytes()),
                    ValueRef::Text(value) | ValueRef::Blob(value) => {
                        bytes.extend(value.len().to_le_bytes());
                        bytes.extend(value);
                    }
                }
            }
        }
        Ok(Digest::of(&bytes))
    }
}

/// The library's file and what SQLite and we keep beside it.
fn delete_files(path: &Path) {
    let beside = |end: &str| {
        let mut name = path.as_os_str().to_owned();
        name.push(end);
        name
    };
    for file in [
        path.as_os_str().to_owned(),
        beside("-wal"),
        beside("-shm"),
        instance::beside(path).into_os_string(),
        instance::beside_as(path, ".signing").into_os_string(),
    ] {
        // What is not there is gone already; what stays is told by whoever looks for the library's own file.
        fs::remove_file(file).ok();
    }
}
