//! Revisions: what a report was at a moment, with its parents. Always true: a revision is never changed and never deleted, and its hash
//! covers its parents' hashes. Deliberately absent: differences between revisions; those are `report`'s.

use crate::chain::{self, Links};
use crate::{Digest, Library, ReadError, SaveError, snapshot};
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

impl Reason {
    const ALL: [Self; 7] =
        [Self::Opened, Self::Checkpoint, Self::BeforeExport, Self::Signed, Self::Imported, Self::Recovered, Self::Conflict];

    /// The word it is stored as.
    pub(crate) fn word(self) -> &'static str {
        match self {
            Self::Opened => "opened",
            Self::Checkpoint => "checkpoint",
            Self::BeforeExport => "before_export",
            Self::Signed => "signed",
            Self::Imported => "imported",
            Self::Recovered => "recovered",
            Self::Conflict => "conflict",
        }
    }

    fn read(word: &str) -> Result<Self, ReadError> {
        let known = Self::ALL.into_iter().find(|reason| reason.word() == word);
        known.ok_or_else(|| ReadError::Damaged { detail: format!("a revision has the unknown reason “{word}”") })
    }
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
    /// Keeps what is saved of a report as a revision on top of its head, and gives the revision's id.
    /// Where nothing changed since the head, the head stays and its id is given.
    ///
    /// # Errors
    /// [`SaveError::Gone`] for a report that is not there; otherwise as [`Library::save`].
    pub fn checkpoint(&mut self, report: ReportId, reason: Reason, by: &Provenance) -> Result<RevisionId, SaveError> {
        let write = self.write()?;
        let (head, head_digest, digest, packed) = write
            .query_row(
                "SELECT report.head, revision.digest, report.digest, report.snapshot
                 FROM report JOIN revision ON revision.id = report.head WHERE report.id = ?1",
                [report.0.as_bytes().as_slice()],
                |row| Ok((revision_id(row, 0)?, digest_of(row, 1)?, digest_of(row, 2)?, row.get::<_, Vec<u8>>(3)?)),
            )
            .optional()?
            .ok_or(SaveError::Gone { report })?;
        if head_digest == digest {
            return Ok(head);
        }
        add(&write, report, reason, by, &[head], digest, &packed)?;
        let ids = [by.revision.0.as_bytes().as_slice(), report.0.as_bytes().as_slice()];
        write.execute("UPDATE report SET head = ?1 WHERE id = ?2", ids)?;
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
            "SELECT id, author, device, at_ms, reason, hash, digest FROM revision WHERE report = ?1 ORDER BY at_ms DESC, rowid DESC",
        )?;
        let mut rows = statement.query([report.0.as_bytes().as_slice()])?;
        let mut history = Vec::new();
        while let Some(row) = rows.next()? {
            history.push(entry(&read, row)?);
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
            .query_row("SELECT digest, snapshot FROM revision WHERE id = ?1", [revision.0.as_bytes().as_slice()], |row| {
                Ok((digest_of(row, 0)?, row.get::<_, Vec<u8>>(1)?))
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
    let id = by.revision.0.as_bytes().as_slice();
    sql.prepare_cached(
        "INSERT INTO revision (id, report, author, device, at_ms, reason, hash, digest, snapshot)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)",
    )?
    .execute(params![
        id,
        report.0.as_bytes().as_slice(),
        by.author,
        by.device,
        at_ms,
        reason.word(),
        chain::hash(&links).0,
        digest.0,
        packed
    ])?;
    for (place, parent) in (0_i64..).zip(parents) {
        sql.prepare_cached("INSERT INTO revision_parent (revision, place, parent) VALUES (?1, ?2, ?3)")?.execute(params![
            id,
            place,
            parent.0.as_bytes().as_slice()
        ])?;
    }
    Ok(())
}

fn entry(sql: &Connection, row: &Row<'_>) -> Result<Revision, ReadError> {
    let id = revision_id(row, 0)?;
    Ok(Revision {
        id,
        parents: parents_of(sql, id)?,
        author: row.get(1)?,
        device: row.get(2)?,
        at: moment(row.get(3)?)?,
        reason: Reason::read(row.get_ref(4)?.as_str().map_err(rusqlite::Error::from)?)?,
        hash: digest_of(row, 5)?,
        digest: digest_of(row, 6)?,
    })
}

/// The parents of a revision, in their order.
pub(crate) fn parents_of(sql: &Connection, revision: RevisionId) -> rusqlite::Result<Vec<RevisionId>> {
    sql.prepare_cached("SELECT parent FROM revision_parent WHERE revision = ?1 ORDER BY place")?
        .query_map([revision.0.as_bytes().as_slice()], |row| revision_id(row, 0))?
        .collect()
}

fn hash_of(sql: &Connection, revision: RevisionId) -> rusqlite::Result<Digest> {
    sql.prepare_cached("SELECT hash FROM revision WHERE id = ?1")?.query_row([revision.0.as_bytes().as_slice()], |row| digest_of(row, 0))
}

pub(crate) fn revision_id(row: &Row<'_>, column: usize) -> rusqlite::Result<RevisionId> {
    row.get(column).map(|bytes| RevisionId(Uuid::from_bytes(bytes)))
}

pub(crate) fn digest_of(row: &Row<'_>, column: usize) -> rusqlite::Result<Digest> {
    row.get(column).map(Digest)
}

/// Stored milliseconds as a moment.
pub(crate) fn moment(ms: i64) -> Result<DateTime<Utc>, ReadError> {
    DateTime::from_timestamp_millis(ms).ok_or_else(|| ReadError::Damaged { detail: format!("{ms} is no time") })
}
