//! Copies of the library. Always true: a copy takes its name only after it was examined and is on disk, and a failed copy leaves nothing.

use crate::{BackupError, Library, open};
use rusqlite::{Connection, OpenFlags};
use std::fs::{self, File};
use std::io;
use std::path::{Path, PathBuf};

impl Library {
    /// Writes a copy of the whole library to `path`, examines it, and gives it its name. Others may go on working meanwhile.
    /// A file already at `path` is replaced, once the copy holds.
    ///
    /// # Errors
    /// No space, no permission, or a library that does not hold together; see [`BackupError`].
    pub fn backup_to(&self, path: &Path) -> Result<(), BackupError> {
        // A copy that took a library's name would be read together with that library's log.
        if self.place.is_at(path) || open::has_log(path) {
            return Err(BackupError::InUse { path: path.to_owned() });
        }
        copy(&self.sql, path)
    }
}

pub(crate) fn copy(sql: &Connection, path: &Path) -> Result<(), BackupError> {
    let part = part_of(path);
    let outcome = write(sql, &part).and_then(|()| name(&part, path).map_err(|cause| BackupError::io(path.to_owned(), cause)));
    if outcome.is_err() {
        fs::remove_file(&part).ok();
    }
    outcome
}

fn write(sql: &Connection, part: &Path) -> Result<(), BackupError> {
    let fault = |cause| BackupError::io(part.to_owned(), cause);
    let words = part.to_str().ok_or_else(|| fault(io::ErrorKind::InvalidFilename.into()))?;
    // SQLite copies into nothing but an empty file: a leftover of an attempt that was killed is emptied, and what cannot be made is told.
    let file = File::create(part).map_err(fault)?;
    sql.execute("VACUUM INTO ?1", [words]).map_err(|cause| BackupError::sqlite(part.to_owned(), cause))?;
    // SQLite does not sync what it vacuums into.
    file.sync_all().map_err(fault)?;
    examine(part)
}

fn examine(copy: &Path) -> Result<(), BackupError> {
    let fault = |cause| BackupError::sqlite(copy.to_owned(), cause);
    let sql = Connection::open_with_flags(copy, OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX).map_err(fault)?;
    let detail: String = sql.query_row("PRAGMA integrity_check(1)", [], |row| row.get(0)).map_err(fault)?;
    if detail == "ok" { Ok(()) } else { Err(BackupError::Unsound { detail }) }
}

/// The name is on disk when its folder is; only Unix lets a folder be synced, and only there it is needed.
fn name(part: &Path, path: &Path) -> io::Result<()> {
    fs::rename(part, path)?;
    if cfg!(unix) {
        let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
        File::open(folder)?.sync_all()?;
    }
    Ok(())
}

fn part_of(path: &Path) -> PathBuf {
    let mut name = path.file_name().unwrap_or_default().to_os_string();
    name.push(".part");
    path.with_file_name(name)
}
