//! Reports and their working copies: the list, and what autosave writes. Always true: a save names the save it was made from, and is
//! refused where another came between; a report is never deleted here, only put in the bin (see `erase`).

use crate::columns::Moment;
use crate::snapshot::{self, Snapshot};
use crate::{Digest, Library, Provenance, ReadError, Reason, RevisionId, SaveError, revisions, search};
use chrono::{DateTime, NaiveTime, Utc};
use report::Report;
use report::ids::ReportId;
use rusqlite::{Connection, OptionalExtension, ToSql, params};
use serde::{Deserialize, Serialize};

/// The number of a save: 1 when a report is created, one more with each save. Whoever saves names the number they read.
#[derive(Clone, Copy, Debug, Eq, Hash, Ord, PartialEq, PartialOrd, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Seq(pub u64);

/// How far a report has come.
#[derive(Clone, Copy, Debug, Eq, Hash, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum State {
    /// Being written, or written on after it was signed.
    Draft,
    /// Signed as it stands.
    Signed,
    /// Handed over to whom it was written for.
    Filed,
}

/// A report as it was last saved.
#[derive(Clone, Debug, PartialEq)]
pub struct Working {
    /// The report.
    pub report: Report,
    /// The number of its last save, to be named when saving.
    pub seq: Seq,
    /// The revision it stands on.
    pub head: RevisionId,
    /// How far it has come.
    pub state: State,
    /// When it was put in the bin, if it lies there.
    pub removed: Option<DateTime<Utc>>,
}

/// How the copy that lost a conflict is kept.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub struct KeptCopy {
    /// The id of the new report.
    pub id: ReportId,
    /// The time on the author's own clock, for its title.
    pub clock: NaiveTime,
    /// The revision the losing copy stood on.
    pub parent: Option<RevisionId>,
}

impl Library {
    /// Takes a new report in, with its first revision.
    ///
    /// # Errors
    /// [`SaveError::Exists`] where the library holds it already; otherwise see [`SaveError`].
    pub fn create(&mut self, report: &Report, reason: Reason, by: &Provenance) -> Result<Seq, SaveError> {
        self.take_in(report, false, reason, by, &[])
    }

    /// Takes the sample in that comes with the application; it is marked as such.
    ///
    /// # Errors
    /// As [`Library::create`].
    pub fn create_sample(&mut self, report: &Report, by: &Provenance) -> Result<Seq, SaveError> {
        self.take_in(report, true, Reason::Imported, by, &[])
    }

    /// A report as it was last saved, from the bin too.
    ///
    /// # Errors
    /// [`ReadError::Gone`], or [`ReadError::Damaged`] where its bytes are no longer those that were stored.
    pub fn load(&self, report: ReportId) -> Result<Working, ReadError> {
        let mut statement = self.sql.prepare_cached("SELECT seq, head, state, removed_ms, digest, snapshot FROM report WHERE id = ?1")?;
        let mut rows = statement.query([report.0])?;
        let row = rows.next()?.ok_or(ReadError::Gone { report })?;
        let packed = row.get_ref(5)?.as_blob().map_err(rusqlite::Error::from)?;
        Ok(Working {
            report: snapshot::unpack(packed, row.get(4)?)?,
            seq: Seq(row.get(0)?),
            head: row.get(1)?,
            state: row.get(2)?,
            removed: row.get::<_, Option<Moment>>(3)?.map(|moment| moment.0),
        })
    }

    /// Saves the working copy that was made from save number `seq`, and gives the new number. On disk when it returns.
    /// A save that changes nothing keeps its number; one that changes a signed report makes it a draft again.
    ///
    /// # Errors
    /// [`SaveError::Conflict`] where somebody else saved in between, and nothing is written; otherwise see [`SaveError`].
    pub fn save(&mut self, report: &Report, seq: Seq, at: DateTime<Utc>) -> Result<Seq, SaveError> {
        let snapshot = Snapshot::of(report);
        let write = self.write()?;
        let (number, theirs, digest) = current(&write, report.id)?;
        if digest == snapshot.digest {
            return Ok(theirs);
        }
        if theirs != seq {
            return Err(SaveError::Conflict { theirs });
        }
        let next = Seq(seq.0 + 1);
        write
            .prepare_cached(
                "UPDATE report SET title = ?2, reference = ?3, state = 'draft', changed_ms = ?4, seq = ?5, digest = ?6, snapshot = ?7
                 WHERE number = ?1",
            )?
            .execute(params![number, report.name(), report.reference(), Moment(at), next.0, snapshot.digest, snapshot.packed])?;
        search::index(&write, number, report)?;
        write.commit()?;
        Ok(next)
    }

    /// Keeps the copy that lost a conflict as a report of its own, named after the time it was kept, and gives that report.
    ///
    /// # Errors
    /// See [`SaveError`].
    pub fn keep_both(&mut self, losing: &Report, copy: KeptCopy, by: &Provenance) -> Result<Report, SaveError> {
        let mut kept = losing.clone();
        kept.id = copy.id;
        kept.title = format!("{} (copy kept {})", losing.name(), copy.clock.format("%H:%M"));
        self.take_in(&kept, false, Reason::Conflict, by, copy.parent.as_slice())?;
        Ok(kept)
    }

    /// Says how far a report has come.
    ///
    /// # Errors
    /// [`SaveError::Gone`] for a report that is not there; otherwise see [`SaveError`].
    pub fn set_state(&mut self, report: ReportId, state: State) -> Result<(), SaveError> {
        self.change(report, "UPDATE report SET state = ?2 WHERE id = ?1", &state)
    }

    /// Puts a report in the bin, from which it can be taken back at any time.
    ///
    /// # Errors
    /// [`SaveError::Gone`] for a report that is not there; otherwise see [`SaveError`].
    pub fn remove(&mut self, report: ReportId, at: DateTime<Utc>) -> Result<(), SaveError> {
        self.change(report, "UPDATE report SET removed_ms = coalesce(removed_ms, ?2) WHERE id = ?1", &Moment(at))
    }

    /// Takes a report back from the bin.
    ///
    /// # Errors
    /// [`SaveError::Gone`] for a report that is not there; otherwise see [`SaveError`].
    pub fn restore(&mut self, report: ReportId) -> Result<(), SaveError> {
        self.change(report, "UPDATE report SET removed_ms = ?2 WHERE id = ?1", &None::<Moment>)
    }

    fn change(&mut self, report: ReportId, sql: &str, value: &dyn ToSql) -> Result<(), SaveError> {
        let write = self.write()?;
        if write.prepare_cached(sql)?.execute(params![report.0, value])? == 0 {
            return Err(SaveError::Gone { report });
        }
        Ok(write.commit()?)
    }

    fn take_in(
        &mut self,
        report: &Report,
        sample: bool,
        reason: Reason,
        by: &Provenance,
        parents: &[RevisionId],
    ) -> Result<Seq, SaveError> {
        let snapshot = Snapshot::of(report);
        let write = self.write()?;
        if write.prepare_cached("SELECT 1 FROM report WHERE id = ?1")?.exists([report.id.0])? {
            return Err(SaveError::Exists { report: report.id });
        }
        write
            .prepare_cached(
                "INSERT INTO report
                 (id, title, reference, template, template_title, state, sample, created_ms, changed_ms, seq, head, digest, snapshot)
                 VALUES (?1, ?2, ?3, ?4, ?5, 'draft', ?6, ?7, ?7, 1, ?8, ?9, ?10)",
            )?
            .execute(params![
                report.id.0,
                report.name(),
                report.reference(),
                report.template.id,
                report.template.short_title,
                sample,
                Moment(by.at),
                by.revision,
                snapshot.digest,
                snapshot.packed
            ])?;
        search::index(&write, write.last_insert_rowid(), report)?;
        revisions::add(&write, report.id, reason, by, parents, snapshot.digest, &snapshot.packed)?;
        write.commit()?;
        Ok(Seq(1))
    }
}

/// A report's row number, the number of its last save, and what was saved.
fn current(sql: &Connection, report: ReportId) -> Result<(i64, Seq, Digest), SaveError> {
    sql.prepare_cached("SELECT number, seq, digest FROM report WHERE id = ?1")?
        .query_row([report.0], |row| Ok((row.get(0)?, Seq(row.get(1)?), row.get(2)?)))
        .optional()?
        .ok_or(SaveError::Gone { report })
}

#[cfg(test)]
mod tests {
    use super::*;
    use report::ids::CountedIds;

    /// The disk is full where SQLite may take no further page; the tests in `tests/` fill a real one where they may mount it.
    #[test]
    fn where_no_page_is_left_nothing_is_lost_and_work_goes_on_with_more() {
        let folder = tempfile::tempdir().expect("a folder");
        let mut library = Library::open(&folder.path().join(crate::FILE_NAME)).expect("a library");
        let by = Provenance {
            revision: RevisionId::new(&mut CountedIds(1)),
            author: "Ines Vidal".to_owned(),
            device: "laptop-7".to_owned(),
            at: DateTime::UNIX_EPOCH,
        };
        let begun = report::catalogue::sample("rfo").expect("a shipped sample");
        let seq = library.create(&begun, Reason::Opened, &by).expect("it is taken in");
        let pages = |library: &Library, most: u32| {
            library.sql.pragma_update_and_check(None, "max_page_count", most, |_| Ok(())).expect("it is set");
        };
        pages(&library, 1);

        let long: String = (0..9_000_u32).map(|number| Digest::of(&number.to_be_bytes()).to_string()).collect();
        let edited = Report { title: long, ..begun.clone() };
        assert!(matches!(library.save(&edited, seq, by.at), Err(SaveError::Full)));
        assert!(matches!(library.put_blob(&[1; 100_000], "image/png"), Err(SaveError::Full)));
        assert_eq!(library.load(begun.id).expect("it is there").report, begun);

        pages(&library, u32::MAX);
        let seq = library.save(&edited, seq, by.at).expect("there is space again");
        let working = library.load(begun.id).expect("it is there");
        assert_eq!((working.report, working.seq), (edited, seq));
    }
}
