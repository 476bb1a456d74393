//! The chain of revisions: each one's hash covers its parents' hashes, so that no past can be rewritten unnoticed.
//! Always true: the hash is over the words below in their order, each with its length before it, so that no two histories share bytes.

use crate::revisions::{hash_of, parents_of};
use crate::{Digest, Library, ReadError, RevisionId, snapshot};
use report::ids::ReportId;
use rusqlite::{Connection, OptionalExtension, Row};
use sha2::{Digest as _, Sha256};

/// What a revision's hash covers.
pub(crate) struct Links<'a> {
    /// The hashes of its parents, in their order.
    pub parents: &'a [Digest],
    /// The report.
    pub report: ReportId,
    /// Who made it.
    pub author: &'a str,
    /// On which machine.
    pub device: &'a str,
    /// When: milliseconds since 1970, UTC.
    pub at_ms: i64,
    /// Why, as the word that is stored.
    pub reason: &'a str,
    /// The SHA-256 of its `report.json`.
    pub digest: Digest,
}

/// Names the layout of what is hashed; another layout gets another name.
const LAYOUT: &[u8] = b"rapporteur revision 1";

/// The hash of a revision: SHA-256 over the layout's name, the parents' hashes, the report, author, device, time, reason and digest.
/// Each, the parents' hashes together, stands behind its length in bytes: 64 bits, big end first.
pub(crate) fn hash_over(links: &Links<'_>) -> Digest {
    let mut sum = Sha256::new();
    let mut take = |bytes: &[u8]| {
        sum.update((bytes.len() as u64).to_be_bytes());
        sum.update(bytes);
    };
    take(LAYOUT);
    take(&links.parents.iter().flat_map(|parent| parent.0).collect::<Vec<u8>>());
    take(links.report.0.as_bytes());
    take(links.author.as_bytes());
    take(links.device.as_bytes());
    take(&links.at_ms.to_be_bytes());
    take(links.reason.as_bytes());
    take(&links.digest.0);
    Digest(sum.finalize().into())
}

/// A place where a history does not hold.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct ChainFault {
    /// The revision.
    pub revision: RevisionId,
    /// What is wrong with it.
    pub kind: ChainFaultKind,
}

/// What can be wrong with a revision.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum ChainFaultKind {
    /// Its text is not the text that was stored.
    Text,
    /// Its parents, author, device, time or reason are not those that were stored.
    Circumstances,
    /// A parent it names is not there.
    ParentMissing,
}

impl Library {
    /// Checks every revision of a report, and every revision those stand on, against its hash, its text and its parents.
    /// Nothing found means that the history holds.
    ///
    /// # Errors
    /// [`ReadError::Gone`] for a report that is not there; otherwise where the file cannot be read.
    pub fn verify_chain(&self, report: ReportId) -> Result<Vec<ChainFault>, ReadError> {
        let read = self.sql.unchecked_transaction()?;
        let mut statement = read.prepare_cached(
            "WITH RECURSIVE line (id) AS (
                 SELECT id FROM revision WHERE report = ?1
                 UNION SELECT parent FROM revision_parent JOIN line ON revision_parent.revision = line.id
             )
             SELECT id, report, author, device, at_ms, reason, hash, digest, snapshot FROM revision WHERE id IN line ORDER BY number",
        )?;
        let mut rows = statement.query([report.0])?;
        let (mut faults, mut seen) = (Vec::new(), false);
        while let Some(row) = rows.next()? {
            seen = true;
            faults.extend(fault_of(&read, row)?);
        }
        if seen { Ok(faults) } else { Err(ReadError::Gone { report }) }
    }
}

fn fault_of(sql: &Connection, row: &Row<'_>) -> Result<Option<ChainFault>, ReadError> {
    let revision = row.get(0)?;
    let fault = |kind| Ok(Some(ChainFault { revision, kind }));
    let (hash, digest): (Digest, Digest) = (row.get(6)?, row.get(7)?);
    let packed = row.get_ref(8)?.as_blob().map_err(rusqlite::Error::from)?;
    if snapshot::text_of(packed, digest).is_err() {
        return fault(ChainFaultKind::Text);
    }
    let mut parents = Vec::new();
    for parent in parents_of(sql, revision)? {
        let Some(known) = hash_of(sql, parent).optional()? else { return fault(ChainFaultKind::ParentMissing) };
        parents.push(known);
    }
    let (report, at_ms) = (ReportId(row.get(1)?), row.get(4)?);
    let (author, device, reason): (String, String, String) = (row.get(2)?, row.get(3)?, row.get(5)?);
    let links = Links { parents: &parents, report, author: &author, device: &device, at_ms, reason: &reason, digest };
    if hash_over(&links) == hash { Ok(None) } else { fault(ChainFaultKind::Circumstances) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use uuid::Uuid;

    #[test]
    fn the_hash_of_a_revision_is_the_same_for_ever() {
        let links = Links {
            parents: &[Digest::of(b"one"), Digest::of(b"two")],
            report: ReportId(Uuid::from_u128(7)),
            author: "Ines Vidal",
            device: "laptop-7",
            at_ms: 1_760_000_000_000,
            reason: "checkpoint",
            digest: Digest::of(b"{}"),
        };
        // Computed once by another program, from the words above [`hash_over`].
        assert_eq!(hash_over(&links).to_string(), "b8d7a39fce2f42295afade979b38f83c6fcbd331b7520a96a8968c1a43668997");
    }
}
