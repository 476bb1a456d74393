//! Which reports are versions and copies of one another. Always true: kinship is what the parents of revisions say, in both directions; two
//! files opened as the next version of the same text are kin, because their first revisions say the same to the letter.

use crate::snapshot::{self, Snapshot};
use crate::{Library, ReadError, RevisionId};
use report::Report;
use report::ids::ReportId;
use rusqlite::OptionalExtension;
use std::collections::BTreeSet;

/// A text of a lineage, with the number it goes by.
#[derive(Clone, Debug, PartialEq)]
pub struct Numbered {
    /// The report it is a text of.
    pub report: ReportId,
    /// The revision that was signed; none for a working copy.
    pub signed: Option<RevisionId>,
    /// The text.
    pub text: Report,
}

/// The reports of a lineage: from each to what its revisions were made from, to what was made from them, and to their equals.
const KIN: &str = "WITH RECURSIVE kin (id) AS (
    VALUES (?1)
    UNION SELECT parent.report FROM kin
        JOIN revision child ON child.report = kin.id
        JOIN revision_parent link ON link.revision = child.id
        JOIN revision parent ON parent.id = link.parent
    UNION SELECT child.report FROM kin
        JOIN revision parent ON parent.report = kin.id
        JOIN revision_parent link ON link.parent = parent.id
        JOIN revision child ON child.id = link.revision
    UNION SELECT equal.report FROM kin
        JOIN revision one ON one.report = kin.id
        JOIN revision equal ON equal.digest = one.digest)";

impl Library {
    /// Every signed text of a report's lineage and the working copy of every report in it that is not in the bin, in the order in which the
    /// reports came into the library.
    ///
    /// # Errors
    /// See [`ReadError`].
    pub fn lineage(&self, report: ReportId) -> Result<Vec<Numbered>, ReadError> {
        let read = self.sql.unchecked_transaction()?;
        let mut statement = read.prepare_cached(&format!(
            "{KIN} SELECT export.report, export.revision, revision.digest, revision.snapshot, report.number
             FROM export JOIN revision ON revision.id = export.revision LEFT JOIN report ON report.id = export.report
             WHERE export.kind = 'signed' AND export.report IN (SELECT id FROM kin) GROUP BY export.revision
             UNION ALL SELECT id, NULL, digest, snapshot, number FROM report WHERE removed_ms IS NULL AND id IN (SELECT id FROM kin)
             ORDER BY 5"
        ))?;
        let mut rows = statement.query([report.0])?;
        let mut all = Vec::new();
        while let Some(row) = rows.next()? {
            let packed = row.get_ref(3)?.as_blob().map_err(rusqlite::Error::from)?;
            all.push(Numbered { report: ReportId(row.get(0)?), signed: row.get(1)?, text: snapshot::unpack(packed, row.get(2)?)? });
        }
        Ok(all)
    }

    /// A report with its other versions and its copies, those in the bin left out.
    ///
    /// # Errors
    /// See [`ReadError`].
    pub fn kin(&self, report: ReportId) -> Result<BTreeSet<ReportId>, ReadError> {
        let mut statement =
            self.sql.prepare_cached(&format!("{KIN} SELECT id FROM report WHERE removed_ms IS NULL AND id IN (SELECT id FROM kin)"))?;
        let found = statement.query_map([report.0], |row| Ok(ReportId(row.get(0)?)))?.collect::<rusqlite::Result<_>>()?;
        Ok(found)
    }

    /// The reports that a next version in the library, and not in the bin, goes on from. A copy kept of a draft is none.
    ///
    /// # Errors
    /// See [`ReadError`].
    pub fn gone_on(&self) -> Result<BTreeSet<ReportId>, ReadError> {
        let mut statement = self.sql.prepare_cached(
            "SELECT DISTINCT parent.report FROM revision_parent link
             JOIN revision child ON child.id = link.revision JOIN revision parent ON parent.id = link.parent
             JOIN report later ON later.id = child.report JOIN report earlier ON earlier.id = parent.report
             WHERE child.report <> parent.report AND later.removed_ms IS NULL
                AND (child.reason <> 'conflict' OR earlier.state <> 'draft')",
        )?;
        let found = statement.query_map([], |row| Ok(ReportId(row.get(0)?)))?.collect::<rusqlite::Result<_>>()?;
        Ok(found)
    }

    /// A revision that says the same as `report` to the letter, its identity included, and the report it is kept under.
    ///
    /// # Errors
    /// See [`ReadError`].
    pub fn revision_of(&self, report: &Report) -> Result<Option<(RevisionId, ReportId)>, ReadError> {
        let digest = Snapshot::of(report).digest;
        let mut statement = self.sql.prepare_cached("SELECT id, report FROM revision WHERE digest = ?1 ORDER BY number LIMIT 1")?;
        Ok(statement.query_row([digest], |row| Ok((row.get(0)?, ReportId(row.get(1)?)))).optional()?)
    }
}
