//! Revisions: what a report was at a moment, with its parents. Always true: a revision is never changed and never deleted, and its hash
//! covers its parents' hashes. Deliberately absent: differences between revisions; those are `report`'s.

use crate::chain::{self, Links};
use crate::columns::{Moment, Word};
use crate::{Digest, Library, ReadError, SaveError, Seq, snapshot};
use chrono::{DateTime, Utc};
use report::Report;
use report::ids::{Ids, ReportId};
use rusqlite::{Connection, OptionalExtension, Row, params};
use serde::{Deserialize, Serialize};
use std::fmt;
use uuid::Uuid;

/// One revision of one report.
#[derive(Clone, Copy, Debug, Eq, Hash, Ord, PartialEq, PartialOrd, Serialize, Deserialize)]
#[serde(transparent)]
pub struct RevisionId(pub Uuid);

impl RevisionId {
    /// The next id of this kind.
    pub fn new(ids: &mut dyn Ids) -> Self {
        Self(ids.next())
    }
}

impl fmt::Display for RevisionId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

/// Where a revision comes from: who made it, on which machine, when, and the id it shall have if it is made.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Provenance {
    /// The id of the revision, fresh.
    pub revision: RevisionId,
    /// Who, in the person's own words.
    pub author: String,
    /// On which machine.
    pub device: String,
    /// When; kept to the millisecond.
    pub at: DateTime<Utc>,
}

/// Why a revision was made.
#[derive(Clone, Copy, Debug, Eq, Hash, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Reason {
    /// The report was begun or opened for editing.
    Opened,
    /// Some time of work has passed.
    Checkpoint,
    /// It was about to be exported.
    BeforeExport,
    /// It was signed.
    Signed,
    /// It came from a file.
    Imported,
    /// It was found after a crash.
    Recovered,
    /// It is the copy that lost against a save from elsewhere.
    Conflict,
}

/// One entry of a report's history.
#[derive(Clone, Debug, Eq, PartialEq, Serialize)]
pub struct Revision {
    /// Its identity.
    pub id: RevisionId,
    /// What it was made from, in order; none for the first.
    pub parents: Vec<RevisionId>,
    /// Who made it.
    pub author: String,
    /// On which machine.
    pub device: String,
    /// When.
    pub at: DateTime<Utc>,
    /// Why.
    pub reason: Reason,
    /// Its place in the chain: a SHA-256 over its parents' hashes and all of the above.
    pub hash: Digest,
    /// The SHA-256 of its `report.json`.
    pub digest: Digest,
}

impl Library {
    /// Keeps what save number `seq` wrote of a report as a revision on top of its head, and gives the revision's id.
    /// Where nothing changed since the head, the head stays and its id is given.
    ///
    /// # Errors
    /// [`SaveError::Conflict`] where somebody else saved since, [`SaveError::Gone`] for a report that is not there; otherwise see [`SaveError`].
    pub fn checkpoint(&mut self, report: ReportId, seq: Seq, reason: Reason, by: &Provenance) -> Result<RevisionId, SaveError> {
        let write = self.write()?;
        let (head, head_digest, digest, packed, theirs) = write
            .query_row(
                "SELECT report.head, revision.digest, report.digest, report.snapshot, report.seq
                 FROM report JOIN revision ON revision.id = report.head WHERE report.id = ?1",
                [report.0],
                |row| Ok((row.get(0)?, row.get::<_, Digest>(1)?, row.get(2)?, row.get::<_, Vec<u8>>(3)?, Seq(row.get(4)?))),
            )
            .optional()?
            .ok_or(SaveError::Gone { report })?;
        if theirs != seq {
            return Err(SaveError::Conflict { theirs });
        }
        if head_digest == digest {
            return Ok(head);
        }
        add(&write, report, reason, by, &[head], digest, &packed)?;
        write.execute("UPDATE report SET head = ?1 WHERE id = ?2", params![by.revision, report.0])?;
        write.commit()?;
        Ok(by.revision)
    }

    /// Every revision of a report, the newest first.
    ///
    /// # Errors
    /// [`ReadError::Gone`] for a report that is not there.
    pub fn history(&self, report: ReportId) -> Result<Vec<Revision>, ReadError> {
        let read = self.sql.unchecked_transaction()?;
        let mut statement = read.prepare_cached(
            "SELECT id, author, device, at_ms, reason, hash, digest FROM revision WHERE report = ?1 ORDER BY number DESC",
        )?;
        let mut history = statement.query_map([report.0], entry)?.collect::<rusqlite::Result<Vec<_>>>()?;
        for revision in &mut history {
            revision.parents = parents_of(&read, revision.id)?;
        }
        // Every report has a first revision.
        if history.is_empty() { Err(ReadError::Gone { report }) } else { Ok(history) }
    }

    /// The report as it was in a revision.
    ///
    /// # Errors
    /// [`ReadError::NoRevision`], or [`ReadError::Damaged`] where its bytes are no longer those that were stored.
    pub fn revision(&self, revision: RevisionId) -> Result<Report, ReadError> {
        let (digest, packed) = self
            .sql
            .query_row("SELECT digest, snapshot FROM revision WHERE id = ?1", [revision], |row| {
                Ok((row.get(0)?, row.get::<_, Vec<u8>>(1)?))
            })
            .optional()?
            .ok_or(ReadError::NoRevision { revision })?;
        snapshot::unpack(&packed, digest)
    }
}

/// Adds a revision inside a write that is under way.
pub(crate) fn add(
    sql: &Connection,
    report: ReportId,
    reason: Reason,
    by: &Provenance,
    parents: &[RevisionId],
    digest: Digest,
    packed: &[u8],
) -> rusqlite::Result<()> {
    let parent_hashes = parents.iter().map(|parent| hash_of(sql, *parent)).collect::<rusqlite::Result<Vec<_>>>()?;
    let at_ms = by.at.timestamp_millis();
    let links = Links { parents: &parent_hashes, report, author: &by.author, device: &by.device, at_ms, reason: reason.word(), digest };
    sql.prepare_cached(
        "INSERT INTO revision (id, report, author, device, at_ms, reason, hash, digest, snapshot)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)",
    )?
    .execute(params![by.revision, report.0, by.author, by.device, at_ms, reason, chain::hash_over(&links), digest, packed])?;
    let mut statement = sql.prepare_cached("INSERT INTO revision_parent (revision, place, parent) VALUES (?1, ?2, ?3)")?;
    for (place, parent) in (0_i64..).zip(parents) {
        statement.execute(params![by.revision, place, parent])?;
    }
    Ok(())
}

/// A row of the table, still without its parents.
fn entry(row: &Row<'_>) -> rusqlite::Result<Revision> {
    Ok(Revision {
        id: row.get(0)?,
        parents: Vec::new(),
        author: row.get(1)?,
        device: row.get(2)?,
        at: row.get::<_, Moment>(3)?.0,
        reason: row.get(4)?,
        hash: row.get(5)?,
        digest: row.get(6)?,
    })
}

/// The parents of a revision, in their order.
pub(crate) fn parents_of(sql: &Connection, revision: RevisionId) -> rusqlite::Result<Vec<RevisionId>> {
    sql.prepare_cached("SELECT parent FROM revision_parent WHERE revision = ?1 ORDER BY place")?
        .query_map([revision], |row| row.get(0))?
        .collect()
}

/// The hash of a revision.
pub(crate) fn hash_of(sql: &Connection, revision: RevisionId) -> rusqlite::Result<Digest> {
    sql.prepare_cached("SELECT hash FROM revision WHERE id = ?1")?.query_row([revision], |row| row.get(0))
}
