//! The schema and its numbered steps. Always true: a step that was shipped never changes (a test holds its SHA-256), a library is brought
//! forward in one transaction or not at all, and not before a copy of it was made and examined.

use crate::OpenError;
use crate::backup;
use rusqlite::{Connection, Transaction, TransactionBehavior};
use std::path::{Path, PathBuf};

/// Tells our files from other SQLite files, in the header at offset 68: "Rprt".
pub(crate) const APPLICATION_ID: u32 = 0x5270_7274;

/// One step: the SQL that takes a library from the schema below it to the schema of its number.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Step {
    pub number: u32,
    pub sql: &'static str,
}

/// Every step ever shipped, from 1.
pub(crate) const STEPS: &[Step] = &[Step { number: 1, sql: include_str!("migrations/0001.sql") }];

/// The newest schema this build knows.
pub(crate) const KNOWN: u32 = STEPS[STEPS.len() - 1].number;

/// Brings a library to the last of `steps`. A library that holds something is copied beside itself first.
pub(crate) fn bring_up_to_date(sql: &mut Connection, path: &Path, steps: &[Step]) -> Result<(), OpenError> {
    let fault = |cause| OpenError::sqlite(path.to_owned(), cause);
    let newest = steps.last().map_or(0, |step| step.number);
    let found = version(sql).map_err(fault)?;
    if found >= newest {
        return Ok(());
    }
    if found > 0 {
        let copy = free_name(path, found);
        backup::copy(sql, &copy).map_err(|cause| OpenError::NoSafeCopy { path: path.to_owned(), cause: Box::new(cause) })?;
        tracing::info!(from = found, to = newest, copy = %copy.display(), "the library was copied before it is brought up to date");
    }
    let transaction = sql.transaction_with_behavior(TransactionBehavior::Immediate).map_err(fault)?;
    take_steps(&transaction, steps).map_err(fault)?;
    transaction.commit().map_err(fault)
}

/// Another process may have taken the steps while we waited for the lock, so the version is read again inside the transaction.
fn take_steps(transaction: &Transaction<'_>, steps: &[Step]) -> rusqlite::Result<()> {
    let found = version(transaction)?;
    for step in steps.iter().filter(|step| step.number > found) {
        transaction.execute_batch(step.sql)?;
        transaction.pragma_update(None, "user_version", step.number)?;
    }
    transaction.pragma_update(None, "application_id", APPLICATION_ID)
}

/// The schema a library is of; 0 for a file that holds nothing yet.
pub(crate) fn version(sql: &Connection) -> rusqlite::Result<u32> {
    sql.pragma_query_value(None, "user_version", |row| row.get(0))
}

/// `library.rapporteur` → `library.schema-1.rapporteur`, with a number where that name is taken.
fn free_name(path: &Path, found: u32) -> PathBuf {
    let stem = path.file_stem().unwrap_or_default().to_string_lossy();
    let extension = path.extension().map(|extension| format!(".{}", extension.to_string_lossy())).unwrap_or_default();
    let name = |count: u32| match count {
        1 => format!("{stem}.schema-{found}{extension}"),
        _ => format!("{stem}.schema-{found}-{count}{extension}"),
    };
    let free = (1..).map(|count| path.with_file_name(name(count))).find(|candidate| !candidate.exists());
    free.expect("a folder cannot hold four thousand million files")
}
