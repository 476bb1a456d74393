//! Opening a library. Always true: a newer, foreign or damaged file is told apart before anything is written, and stays as it is to the byte.
//! Deliberately absent: making the folder; the shell knows where the platform wants it.

use crate::errors::Kind;
use crate::header::{self, Found, Header};
use crate::instance::Instance;
use crate::migration::{self, APPLICATION_ID, KNOWN, STEPS};
use crate::place::Place;
use crate::{Library, OpenError};
use rusqlite::config::DbConfig;
use rusqlite::{Connection, OpenFlags};
use std::fs;
use std::path::{Path, PathBuf};
use std::time::Duration;

/// How long we wait for another window or program before we say that it is busy.
const PATIENCE: Duration = Duration::from_secs(5);

impl Library {
    /// Opens the library at `path`, and makes one where there is none.
    ///
    /// # Errors
    /// No folder, no permission, a full disk, or a file that is newer, foreign or damaged; see [`OpenError`].
    pub fn open(path: &Path) -> Result<Self, OpenError> {
        let folder = folder_of(path);
        if !folder.is_dir() {
            return Err(OpenError::NoFolder { folder });
        }
        let known = judge(path)?;
        let instance = Instance::enter(path);
        let sql = connect(path, known)?;
        Ok(Self { path: path.to_owned(), sql, place: Place::of(path), instance })
    }

    /// Opens the library at `path` for reading; every write is answered with [`crate::SaveError::ReadOnly`].
    ///
    /// # Errors
    /// As [`Library::open`], and where there is no library.
    pub fn open_read_only(path: &Path) -> Result<Self, OpenError> {
        let missing = || OpenError::Missing { path: path.to_owned() };
        let fault = |cause| OpenError::sqlite(path.to_owned(), cause);
        judge(path)?;
        if !path.exists() {
            return Err(missing());
        }
        let sql = read_only(path).map_err(fault)?;
        judge_inside(path, &sql)?;
        if migration::version(&sql).map_err(fault)? == 0 {
            return Err(missing());
        }
        settle(&sql).map_err(fault)?;
        examine(path, &sql)?;
        Ok(Self { path: path.to_owned(), sql, place: Place::of(path), instance: Instance::enter(path) })
    }
}

/// Whether the header is that of a library we know; `false` where nothing is there yet.
fn judge(path: &Path) -> Result<bool, OpenError> {
    // While a write-ahead log lies beside it, the file alone may be short or old; then only SQLite can tell.
    let alone = !has_log(path);
    let header = match header::read(path)? {
        Found::Nothing => return Ok(false),
        Found::Other => return Err(OpenError::Foreign { path: path.to_owned() }),
        Found::Sqlite(header) => header,
    };
    let path = path.to_owned();
    match header {
        Header { application_id: 0, .. } if !alone => Ok(false),
        Header { expected: Some(expected), length, .. } if alone && length < expected => {
            Err(OpenError::Damaged { path, detail: format!("it has {length} of {expected} bytes") })
        }
        // What a first start leaves that was cut short between its first page and its schema.
        Header { application_id: 0, user_version: 0, expected: Some(4096), .. } => Ok(false),
        Header { application_id, .. } if application_id != APPLICATION_ID => Err(OpenError::Foreign { path }),
        Header { user_version, .. } if user_version > KNOWN => Err(OpenError::Newer { path, found: user_version, known: KNOWN }),
        Header { .. } => Ok(true),
    }
}

/// Opens, judges once more with the log in view, and only then lets SQLite write.
fn connect(path: &Path, known: bool) -> Result<Connection, OpenError> {
    let fault = |cause| OpenError::sqlite(path.to_owned(), cause);
    let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_CREATE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let mut sql = Connection::open_with_flags(path, flags).map_err(fault)?;
    // Until the file is judged, closing it must not fold the log into it.
    sql.set_db_config(DbConfig::SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, true).map_err(fault)?;
    sql.busy_timeout(PATIENCE).map_err(fault)?;
    if sql.is_readonly("main").map_err(fault)? {
        return Err(OpenError::NoPermission { path: path.to_owned() });
    }
    judge_inside(path, &sql)?;
    settle(&sql).map_err(fault)?;
    if known {
        examine(path, &sql)?;
    }
    make_durable(&sql).map_err(fault)?;
    migration::bring_up_to_date(&mut sql, path, STEPS)?;
    sql.set_db_config(DbConfig::SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, false).map_err(fault)?;
    Ok(sql)
}

/// On a medium that cannot be written SQLite cannot make its shared-memory file; there, nobody else writes either.
fn read_only(path: &Path) -> rusqlite::Result<Connection> {
    let flags = OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let sql = Connection::open_with_flags(path, flags)?;
    sql.busy_timeout(PATIENCE)?;
    if migration::version(&sql).is_ok() || has_log(path) {
        return Ok(sql);
    }
    Connection::open_with_flags(uri(path), flags | OpenFlags::SQLITE_OPEN_URI)
}

/// As [`judge`], by what SQLite reads with the log in view.
fn judge_inside(path: &Path, sql: &Connection) -> Result<(), OpenError> {
    let path = path.to_owned();
    match signs(sql) {
        Err(cause) => Err(OpenError::sqlite(path, cause)),
        Ok((APPLICATION_ID, found, _)) if found > KNOWN => Err(OpenError::Newer { path, found, known: KNOWN }),
        Ok((APPLICATION_ID, _, _) | (0, 0, 0)) => Ok(()),
        Ok(_) => Err(OpenError::Foreign { path }),
    }
}

/// Whose the file is, of which schema, and how many tables it has, all at one moment: another window may be making it just now.
fn signs(sql: &Connection) -> rusqlite::Result<(u32, u32, u32)> {
    let read = sql.unchecked_transaction()?;
    let number = |pragma: &str| read.pragma_query_value(None, pragma, |row| row.get(0));
    let tables = read.query_row("SELECT count(*) FROM sqlite_schema", [], |row| row.get(0))?;
    Ok((number("application_id")?, number("user_version")?, tables))
}

/// Walks the working copies, the list and the settings. Evidence and history, which may be large, are checked by their SHA-256 when read.
fn examine(path: &Path, sql: &Connection) -> Result<(), OpenError> {
    for table in ["report", "setting", "export"] {
        let verdict = sql.query_row(&format!("PRAGMA quick_check('{table}')"), [], |row| row.get::<_, String>(0));
        match verdict {
            Ok(detail) if detail == "ok" => {}
            Ok(detail) => return Err(OpenError::Damaged { path: path.to_owned(), detail }),
            Err(cause) => return Err(OpenError::sqlite(path.to_owned(), cause)),
        }
    }
    Ok(())
}

/// Settings of a connection that write nothing.
fn settle(sql: &Connection) -> rusqlite::Result<()> {
    sql.set_db_config(DbConfig::SQLITE_DBCONFIG_DEFENSIVE, true)?;
    sql.set_db_config(DbConfig::SQLITE_DBCONFIG_TRUSTED_SCHEMA, false)?;
    sql.pragma_update(None, "foreign_keys", true)?;
    sql.pragma_update(None, "cell_size_check", true)
}

/// A commit is acknowledged when it is on the medium: the log is synced at every commit, on macOS past the drive's own cache.
fn make_durable(sql: &Connection) -> rusqlite::Result<()> {
    keep_a_log(sql)?;
    sql.pragma_update(None, "synchronous", "FULL")?;
    sql.pragma_update(None, "fullfsync", true)?;
    sql.pragma_update(None, "checkpoint_fullfsync", true)?;
    sql.pragma_update_and_check(None, "journal_size_limit", 16 * 1024 * 1024, |_| Ok(()))
}

/// The switch to a write-ahead log needs the file for itself and does not wait for it, unlike everything else in SQLite.
/// It is made once, when the library is made; whoever makes it at the same time takes turns.
fn keep_a_log(sql: &Connection) -> rusqlite::Result<()> {
    const TURN: Duration = Duration::from_millis(20);
    let mut waited = Duration::ZERO;
    loop {
        match sql.pragma_update_and_check(None, "journal_mode", "WAL", |_| Ok(())) {
            Err(fault) if Kind::of(&fault) == Kind::Busy && waited < PATIENCE => {
                std::thread::sleep(TURN);
                waited += TURN;
            }
            outcome => return outcome,
        }
    }
}

fn folder_of(path: &Path) -> PathBuf {
    match path.parent() {
        Some(folder) if !folder.as_os_str().is_empty() => folder.to_owned(),
        _ => PathBuf::from("."),
    }
}

/// Whether a write-ahead log with something in it lies beside a library.
pub(crate) fn has_log(path: &Path) -> bool {
    let mut name = path.as_os_str().to_owned();
    name.push("-wal");
    fs::metadata(name).is_ok_and(|log| log.len() > 0)
}

/// A SQLite URI (sqlite.org/uri.html) for a file that nobody changes.
fn uri(path: &Path) -> String {
    let path = path.to_string_lossy().replace('\\', "/").replace('%', "%25").replace('?', "%3f").replace('#', "%23");
    let slash = if path.starts_with('/') { "" } else { "/" };
    format!("file:{slash}{path}?immutable=1")
}
