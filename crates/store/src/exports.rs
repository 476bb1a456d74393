//! Which files were made from which revision. Always true: an entry says what was written at that time; where the file is now, nobody knows.

use crate::columns::Moment;
use crate::{Digest, Library, ReadError, RevisionId, SaveError, State};
use chrono::{DateTime, Utc};
use report::ids::ReportId;
use rusqlite::{Row, ToSql, params};
use serde::Serialize;

/// A file that was made from a report.
#[derive(Clone, Debug, Eq, PartialEq, Serialize)]
pub struct Export {
    /// The report.
    pub report: ReportId,
    /// The revision that was printed.
    pub revision: RevisionId,
    /// Whether it is a draft or signed.
    pub kind: ExportKind,
    /// Who signed it.
    pub signer: Option<String>,
    /// Where it was written, as it was shown to the person.
    pub path: String,
    /// The SHA-256 of the whole file.
    pub sha256: Digest,
    /// Its size in bytes.
    pub size: u64,
    /// When it was written.
    pub at: DateTime<Utc>,
}

/// What kind of file was made.
#[derive(Clone, Copy, Debug, Eq, Hash, PartialEq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum ExportKind {
    /// Watermarked or unsigned.
    Draft,
    /// Signed.
    Signed,
}

impl Library {
    /// Notes that a file was written, and gives the state the report then has. A signed file makes the report signed, unless it was
    /// written on in the meantime.
    ///
    /// # Errors
    /// [`SaveError::Gone`] for a report that is not there; otherwise see [`SaveError`].
    pub fn mark_exported(&mut self, export: &Export) -> Result<State, SaveError> {
        let Export { report, revision, .. } = *export;
        let write = self.write()?;
        if !write.prepare_cached("SELECT 1 FROM report WHERE id = ?1")?.exists([report.0])? {
            return Err(SaveError::Gone { report });
        }
        let Export { kind, signer, path, sha256, size, at, .. } = export;
        write.execute(
            "INSERT INTO export (report, revision, kind, signer, path, sha256, size, at_ms) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)",
            params![report.0, revision, kind, signer, path, sha256, size, Moment(*at)],
        )?;
        if *kind == ExportKind::Signed {
            write.execute(
                "UPDATE report SET state = 'signed'
                 WHERE id = ?1 AND state = 'draft' AND digest = (SELECT digest FROM revision WHERE id = ?2)",
                params![report.0, revision],
            )?;
        }
        let state = write.query_row("SELECT state FROM report WHERE id = ?1", [report.0], |row| row.get(0))?;
        write.commit()?;
        Ok(state)
    }

    /// The files made from a report, the newest first.
    ///
    /// # Errors
    /// See [`ReadError`].
    pub fn exports(&self, report: ReportId) -> Result<Vec<Export>, ReadError> {
        self.exports_where("report = ?1", &report.0)
    }

    /// What is known of a file of that SHA-256: from which reports it was made.
    ///
    /// # Errors
    /// See [`ReadError`].
    pub fn exports_of_file(&self, sha256: Digest) -> Result<Vec<Export>, ReadError> {
        self.exports_where("sha256 = ?1", &sha256)
    }

    fn exports_where(&self, condition: &str, value: &dyn ToSql) -> Result<Vec<Export>, ReadError> {
        let mut statement = self.sql.prepare_cached(&format!(
            "SELECT report, revision, kind, signer, path, sha256, size, at_ms FROM export WHERE {condition} ORDER BY number DESC"
        ))?;
        let exports = statement.query_map([value], export)?.collect::<rusqlite::Result<_>>()?;
        Ok(exports)
    }
}

fn export(row: &Row<'_>) -> rusqlite::Result<Export> {
    Ok(Export {
        report: ReportId(row.get(0)?),
        revision: row.get(1)?,
        kind: row.get(2)?,
        signer: row.get(3)?,
        path: row.get(4)?,
        sha256: row.get(5)?,
        size: row.get(6)?,
        at: row.get::<_, Moment>(7)?.0,
    })
}
