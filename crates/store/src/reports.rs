//! Reports and their working copies: the list, and what autosave writes. Always true: a save names the save it was made from, and is
//! refused where another came between; a report is never deleted, only put in the bin.

use crate::revisions::{self, digest_of, moment, revision_id};
use crate::snapshot::{self, Snapshot};
use crate::{Digest, Library, Provenance, ReadError, Reason, RevisionId, SaveError, search};
use chrono::{DateTime, NaiveTime, Utc};
use report::Report;
use report::ids::ReportId;
use rusqlite::{Connection, OptionalExtension, params, params_from_iter};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

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

impl State {
    fn word(self) -> &'static str {
        match self {
            Self::Draft => "draft",
            Self::Signed => "signed",
            Self::Filed => "filed",
        }
    }

    fn read(word: &str) -> Result<Self, ReadError> {
        let known = [Self::Draft, Self::Signed, Self::Filed].into_iter().find(|state| state.word() == word);
        known.ok_or_else(|| ReadError::Damaged { detail: format!("a report has the unknown state “{word}”") })
    }
}

/// A line of the list.
#[derive(Clone, Debug, Eq, PartialEq, Serialize)]
pub struct Row {
    /// The report.
    pub id: ReportId,
    /// What it is called: [`Report::name`].
    pub title: String,
    /// The reference it goes by.
    pub reference: Option<String>,
    /// The id of its form.
    pub template: String,
    /// The short title of its form.
    pub template_title: String,
    /// How far it has come.
    pub state: State,
    /// Whether it is the sample that came with the application.
    pub sample: bool,
    /// When it was begun.
    pub created: DateTime<Utc>,
    /// When it was last changed.
    pub changed: DateTime<Utc>,
    /// When it was put in the bin, if it lies there.
    pub removed: Option<DateTime<Utc>>,
    /// The number of its last save.
    pub seq: Seq,
}

/// Which reports to list.
#[derive(Clone, Debug, Default, Eq, PartialEq)]
pub struct Filter {
    /// Words to be found in title, reference or text; each may be the beginning of a word. Any text a person types is safe here.
    pub text: String,
    /// Only reports of this state.
    pub state: Option<State>,
    /// The bin instead of the library.
    pub bin: bool,
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

    /// The reports that match, the last changed first. No report is unpacked for it.
    ///
    /// # Errors
    /// See [`ReadError`].
    pub fn list(&self, filter: &Filter) -> Result<Vec<Row>, ReadError> {
        let (condition, mut values) = search::condition(&filter.text);
        let state = filter.state.map_or_else(String::new, |state| format!(" AND state = '{}'", state.word()));
        let bin = if filter.bin { "IS NOT NULL" } else { "IS NULL" };
        let mut statement = self.sql.prepare_cached(&format!(
            "SELECT id, title, reference, template, template_title, state, sample, created_ms, changed_ms, deleted_ms, seq
             FROM report WHERE deleted_ms {bin}{state}{condition} ORDER BY changed_ms DESC, number DESC"
        ))?;
        let mut rows = statement.query(params_from_iter(values.drain(..)))?;
        let mut list = Vec::new();
        while let Some(row) = rows.next()? {
            list.push(line(row)?);
        }
        Ok(list)
    }

    /// A report as it was last saved, from the bin too.
    ///
    /// # Errors
    /// [`ReadError::Gone`], or [`ReadError::Damaged`] where its bytes are no longer those that were stored.
    pub fn load(&self, report: ReportId) -> Result<Working, ReadError> {
        let mut statement = self.sql.prepare_cached("SELECT seq, head, state, deleted_ms, digest, snapshot FROM report WHERE id = ?1")?;
        let mut rows = statement.query([report.0.as_bytes().as_slice()])?;
        let row = rows.next()?.ok_or(ReadError::Gone { report })?;
        let packed = row.get_ref(5)?.as_blob().map_err(rusqlite::Error::from)?;
        Ok(Working {
            report: snapshot::unpack(packed, digest_of(row, 4)?)?,
            seq: Seq(row.get(0)?),
            head: revision_id(row, 1)?,
            state: State::read(row.get_ref(2)?.as_str().map_err(rusqlite::Error::from)?)?,
            removed: row.get::<_, Option<i64>>(3)?.map(moment).transpose()?,
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
            .execute(params![
                number,
                report.name(),
                report.reference(),
                at.timestamp_millis(),
                next.0,
                snapshot.digest.0,
                snapshot.packed
            ])?;
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
        let changed =
            self.sql.execute("UPDATE report SET state = ?2 WHERE id = ?1", params![report.0.as_bytes().as_slice(), state.word()])?;
        found(changed, report)
    }

    /// Puts a report in the bin, from which it can be taken back at any time.
    ///
    /// # Errors
    /// [`SaveError::Gone`] for a report that is not there; otherwise see [`SaveError`].
    pub fn remove(&mut self, report: ReportId, at: DateTime<Utc>) -> Result<(), SaveError> {
        let values = params![report.0.as_bytes().as_slice(), at.timestamp_millis()];
        let changed = self.sql.execute("UPDATE report SET deleted_ms = coalesce(deleted_ms, ?2) WHERE id = ?1", values)?;
        found(changed, report)
    }

    /// Takes a report back from the bin.
    ///
    /// # Errors
    /// [`SaveError::Gone`] for a report that is not there; otherwise see [`SaveError`].
    pub fn restore(&mut self, report: ReportId) -> Result<(), SaveError> {
        let changed = self.sql.execute("UPDATE report SET deleted_ms = NULL WHERE id = ?1", [report.0.as_bytes().as_slice()])?;
        found(changed, report)
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
        let id = report.id.0.as_bytes().as_slice();
        let write = self.write()?;
        if write.prepare_cached("SELECT 1 FROM report WHERE id = ?1")?.exists([id])? {
            return Err(SaveError::Exists { report: report.id });
        }
        write
            .prepare_cached(
                "INSERT INTO report
                 (id, title, reference, template, template_title, state, sample, created_ms, changed_ms, seq, head, digest, snapshot)
                 VALUES (?1, ?2, ?3, ?4, ?5, 'draft', ?6, ?7, ?7, 1, ?8, ?9, ?10)",
            )?
            .execute(params![
                id,
                report.name(),
                report.reference(),
                report.template.id,
                report.template.short_title,
                sample,
                by.at.timestamp_millis(),
                by.revision.0.as_bytes().as_slice(),
                snapshot.digest.0,
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
        .query_row([report.0.as_bytes().as_slice()], |row| Ok((row.get(0)?, Seq(row.get(1)?), digest_of(row, 2)?)))
        .optional()?
        .ok_or(SaveError::Gone { report })
}

fn found(changed: usize, report: ReportId) -> Result<(), SaveError> {
    if changed == 0 { Err(SaveError::Gone { report }) } else { Ok(()) }
}

fn line(row: &rusqlite::Row<'_>) -> Result<Row, ReadError> {
    Ok(Row {
        id: ReportId(Uuid::from_bytes(row.get(0)?)),
        title: row.get(1)?,
        reference: row.get(2)?,
        template: row.get(3)?,
        template_title: row.get(4)?,
        state: State::read(row.get_ref(5)?.as_str().map_err(rusqlite::Error::from)?)?,
        sample: row.get(6)?,
        created: moment(row.get(7)?)?,
        changed: moment(row.get(8)?)?,
        removed: row.get::<_, Option<i64>>(9)?.map(moment).transpose()?,
        seq: Seq(row.get(10)?),
    })
}
