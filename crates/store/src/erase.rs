//! Deleting for good: what lies in the bin, and what was begun and never written in. Always true: only these two can go, all that was asked
//! for or nothing; no report that stays loses a word, a file or a link of its history. Deliberately absent: when to delete; a person says so.

use crate::snapshot::{self, text_of};
use crate::{Digest, Library, SaveError};
use report::ids::ReportId;
use rusqlite::{Connection, OptionalExtension};
use std::collections::BTreeSet;

/// What was deleted for good.
#[derive(Clone, Copy, Debug, Default, Eq, PartialEq)]
pub struct Erased {
    /// How many reports.
    pub reports: usize,
    /// How many files that no other report has.
    pub files: usize,
}

impl Library {
    /// Deletes reports of the bin for good: their text, their history, what is known of files made from them, and the files that no report
    /// left behind has. What was deleted is overwritten, so that it cannot be read back from the library's file.
    ///
    /// # Errors
    /// [`SaveError::NotInBin`], [`SaveError::GoesOn`] where a report that stays goes on from one of them; nothing is deleted then.
    pub fn erase(&mut self, reports: &[ReportId]) -> Result<Erased, SaveError> {
        self.sql.pragma_update_and_check(None, "secure_delete", true, |_| Ok(()))?;
        let going: BTreeSet<ReportId> = reports.iter().copied().collect();
        let write = self.write()?;
        for report in &going {
            let removed: Option<i64> = write
                .query_row("SELECT removed_ms FROM report WHERE id = ?1", [report.0], |row| row.get(0))
                .optional()?
                .ok_or(SaveError::Gone { report: *report })?;
            if removed.is_none() {
                return Err(SaveError::NotInBin { report: *report });
            }
        }
        let files = delete(&write, &going)?;
        // The index marks what was deleted and drops it when it next tidies itself; here it is to be gone.
        write.execute("INSERT INTO search (search) VALUES ('optimize')", [])?;
        write.commit()?;
        // The log still holds the old pages until it is folded into the file; another window may be reading from it, and then folds it itself.
        self.sql.query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |_| Ok(())).optional()?;
        Ok(Erased { reports: going.len(), files })
    }

    /// Takes a report out of the library that says nothing but what it began with, and leaves no trace of it. `false`, and nothing
    /// happens, where a word was ever kept of it since, where it was taken in for its words (a copy, what another window deleted), a file was made from it, or another report goes on from it.
    ///
    /// # Errors
    /// See [`SaveError`].
    pub fn withdraw(&mut self, report: ReportId) -> Result<bool, SaveError> {
        let write = self.write()?;
        let untouched: Option<bool> = write
            .query_row(
                "SELECT NOT sample AND state = 'draft'
                    AND NOT EXISTS (SELECT 1 FROM revision WHERE revision.report = report.id
                        AND (revision.digest <> report.digest OR revision.reason IN ('recovered', 'conflict')))
                    AND NOT EXISTS (SELECT 1 FROM export WHERE export.report = report.id)
                 FROM report WHERE id = ?1",
                [report.0],
                |row| row.get(0),
            )
            .optional()?;
        if untouched != Some(true) {
            return Ok(false);
        }
        match delete(&write, &BTreeSet::from([report])) {
            Err(SaveError::GoesOn { .. }) => Ok(false),
            Err(fault) => Err(fault),
            Ok(_) => {
                write.commit()?;
                Ok(true)
            }
        }
    }
}

/// Deletes reports inside a write that is under way, and gives how many files went with them.
fn delete(write: &Connection, going: &BTreeSet<ReportId>) -> Result<usize, SaveError> {
    for report in going {
        if let Some(by) = goes_on(write, *report, going)? {
            return Err(SaveError::GoesOn { report: *report, by });
        }
    }
    let files = files_of(write, going)?;
    without_the_guards(write, |write| {
        for report in going {
            write.execute("DELETE FROM export WHERE report = ?1", [report.0])?;
            write.execute("DELETE FROM revision_parent WHERE revision IN (SELECT id FROM revision WHERE report = ?1)", [report.0])?;
        }
        for report in going {
            write.execute("DELETE FROM revision WHERE report = ?1", [report.0])?;
            write.execute("DELETE FROM search WHERE rowid = (SELECT number FROM report WHERE id = ?1)", [report.0])?;
            write.execute("DELETE FROM report WHERE id = ?1", [report.0])?;
        }
        Ok(())
    })?;
    let lonely = not_cited(write, files)?;
    for digest in &lonely {
        write.execute("DELETE FROM blob WHERE sha256 = ?1", [digest])?;
    }
    Ok(lonely.len())
}

/// The triggers that keep history from being touched are lifted for this write alone, and set again as they were.
fn without_the_guards(write: &Connection, act: impl FnOnce(&Connection) -> rusqlite::Result<()>) -> rusqlite::Result<()> {
    const DELETED: &str = "type = 'trigger' AND name IN ('revision_is_never_deleted', 'revision_parent_is_never_deleted')";
    let guards: Vec<(String, String)> = write
        .prepare(&format!("SELECT name, sql FROM sqlite_schema WHERE {DELETED}"))?
        .query_map([], |row| Ok((row.get(0)?, row.get(1)?)))?
        .collect::<rusqlite::Result<_>>()?;
    for (name, _) in &guards {
        write.execute_batch(&format!("DROP TRIGGER {name}"))?;
    }
    act(write)?;
    guards.iter().try_for_each(|(_, sql)| write.execute_batch(sql))
}

/// A report that stays and whose history stands on a revision of this one.
fn goes_on(sql: &Connection, report: ReportId, going: &BTreeSet<ReportId>) -> rusqlite::Result<Option<ReportId>> {
    let mut statement = sql.prepare_cached(
        "SELECT DISTINCT child.report FROM revision AS parent
         JOIN revision_parent AS link ON link.parent = parent.id JOIN revision AS child ON child.id = link.revision
         WHERE parent.report = ?1 AND child.report <> ?1",
    )?;
    let by = statement.query_map([report.0], |row| row.get(0).map(ReportId))?.collect::<rusqlite::Result<Vec<_>>>()?;
    Ok(by.into_iter().find(|by| !going.contains(by)))
}

/// Every file that reports have or ever had. A snapshot that cannot be read names none: what it had stays.
fn files_of(sql: &Connection, going: &BTreeSet<ReportId>) -> rusqlite::Result<BTreeSet<Digest>> {
    let mut statement = sql.prepare_cached(
        "SELECT digest, snapshot FROM report WHERE id = ?1 UNION SELECT digest, snapshot FROM revision WHERE report = ?1",
    )?;
    let mut files = BTreeSet::new();
    for report in going {
        let mut rows = statement.query([report.0])?;
        while let Some(row) = rows.next()? {
            if let Ok(report) = snapshot::unpack(row.get_ref(1)?.as_blob()?, row.get(0)?) {
                files.extend(report.attachments.iter().filter_map(|file| file.sha256.parse::<Digest>().ok()));
            }
        }
    }
    Ok(files)
}

/// Those of `files` that no report left in the library names. One that cannot be read may name them all.
fn not_cited(sql: &Connection, mut files: BTreeSet<Digest>) -> rusqlite::Result<BTreeSet<Digest>> {
    let mut statement = sql.prepare_cached("SELECT digest, snapshot FROM report UNION ALL SELECT digest, snapshot FROM revision")?;
    if files.is_empty() {
        return Ok(files);
    }
    let mut rows = statement.query([])?;
    while let Some(row) = rows.next()? {
        match text_of(row.get_ref(1)?.as_blob()?, row.get(0)?) {
            Ok(text) => files.retain(|digest| !text.contains(&digest.to_string())),
            Err(_) => files.clear(),
        }
        if files.is_empty() {
            break;
        }
    }
    Ok(files)
}
