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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Digest;

    /// What was shipped stays as it is; a change to the schema is a further step.
    const FROZEN: &[&str] = &["c9cd1e81def6173739d4aabe8a4f7d3cb59b50c1b0da5fb01793376f9293deaa"];

    /// The tables as each store file explains them.
    const EXPLAINED: &[&str] = &[
        include_str!("reports.sql"),
        include_str!("revisions.sql"),
        include_str!("blobs.sql"),
        include_str!("exports.sql"),
        include_str!("settings.sql"),
        include_str!("search.sql"),
    ];

    const NEXT: Step = Step { number: KNOWN + 1, sql: "ALTER TABLE setting ADD COLUMN device TEXT NOT NULL DEFAULT ''" };
    const BROKEN: Step = Step { number: KNOWN + 1, sql: "CREATE TABLE half (a INTEGER) STRICT; INSERT INTO nowhere VALUES (1)" };

    fn library(folder: &Path) -> (Connection, PathBuf) {
        let path = folder.join("library.rapporteur");
        let mut sql = Connection::open(&path).expect("it opens");
        bring_up_to_date(&mut sql, &path, STEPS).expect("the steps hold");
        sql.execute("INSERT INTO setting VALUES ('theme', '\"dark\"')", []).expect("it is written");
        (sql, path)
    }

    fn files(folder: &Path) -> Vec<String> {
        let entries = std::fs::read_dir(folder).expect("a folder");
        let mut names: Vec<_> = entries.map(|entry| entry.expect("an entry").file_name().to_string_lossy().into_owned()).collect();
        names.sort();
        names
    }

    /// The schema without its comments and its white space.
    fn schema(sql: &Connection) -> Vec<String> {
        let mut statement = sql.prepare("SELECT sql FROM sqlite_schema WHERE sql IS NOT NULL ORDER BY name").expect("it is read");
        let texts = statement.query_map([], |row| row.get::<_, String>(0)).expect("it is read");
        let bare =
            |text: String| text.lines().filter_map(|line| line.split("--").next()).flat_map(str::split_whitespace).collect::<String>();
        texts.map(|text| bare(text.expect("a text"))).collect()
    }

    #[test]
    fn no_shipped_step_was_changed() {
        let found: Vec<String> = STEPS.iter().map(|step| Digest::of(step.sql.as_bytes()).to_string()).collect();
        assert_eq!(found, FROZEN, "a shipped step is never edited: add the next one");
        assert!(STEPS.iter().map(|step| step.number).eq(1..=KNOWN));
    }

    #[test]
    fn the_tables_are_as_they_are_explained() {
        let folder = tempfile::tempdir().expect("a folder");
        let (made, _) = library(folder.path());
        let explained = Connection::open_in_memory().expect("it opens");
        explained.execute_batch(&EXPLAINED.concat()).expect("the explanations are SQL");
        assert_eq!(schema(&made), schema(&explained));
    }

    #[test]
    fn a_library_is_copied_before_it_is_brought_forward() {
        let folder = tempfile::tempdir().expect("a folder");
        let (mut sql, path) = library(folder.path());
        bring_up_to_date(&mut sql, &path, &[STEPS[0], NEXT]).expect("the step holds");
        assert_eq!(version(&sql).expect("a version"), 2);
        assert_eq!(files(folder.path()), ["library.rapporteur", "library.schema-1.rapporteur"]);
        let copy = Connection::open(folder.path().join("library.schema-1.rapporteur")).expect("it opens");
        assert_eq!(version(&copy).expect("a version"), 1);
        let theme: String = copy.query_row("SELECT value FROM setting WHERE key = 'theme'", [], |row| row.get(0)).expect("it is there");
        assert_eq!(theme, "\"dark\"");
    }

    #[test]
    fn a_step_that_fails_leaves_the_library_as_it_was() {
        let folder = tempfile::tempdir().expect("a folder");
        let (mut sql, path) = library(folder.path());
        let before = schema(&sql);
        bring_up_to_date(&mut sql, &path, &[STEPS[0], BROKEN]).expect_err("it fails");
        assert_eq!((version(&sql).expect("a version"), schema(&sql)), (1, before));
    }

    #[test]
    fn without_a_safe_copy_nothing_is_brought_forward() {
        let folder = tempfile::tempdir().expect("a folder");
        let (mut sql, path) = library(folder.path());
        // Something stands where the copy is written first, and cannot be cleared away.
        std::fs::create_dir_all(folder.path().join("library.schema-1.rapporteur.part/x")).expect("a folder");
        let fault = bring_up_to_date(&mut sql, &path, &[STEPS[0], NEXT]).expect_err("it is refused");
        assert!(matches!(fault, OpenError::NoSafeCopy { .. }), "{fault:?}");
        assert_eq!(version(&sql).expect("a version"), 1);
    }

    #[test]
    fn a_second_copy_gets_another_name() {
        let folder = tempfile::tempdir().expect("a folder");
        let (_, path) = library(folder.path());
        std::fs::write(folder.path().join("library.schema-1.rapporteur"), "an older copy").expect("it is written");
        assert!(free_name(&path, 1).ends_with("library.schema-1-2.rapporteur"));
    }
}
