//! Reports and their working copies: the list, and what autosave writes. Always true: a save names the save it was made from, and is
//! refused where another came between; what was signed is never written over; a report is never deleted here, only put in the bin (see
//! `erase`).

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
    /// Being written.
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
    /// When it was last changed.
    pub changed: DateTime<Utc>,
}

/// How the copy that lost a conflict is kept.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub struct KeptCopy {
    /// The id of the new report.
    pub id: ReportId,
    /// The time on the author's own clock, for its title.
    pub clock: NaiveTime,
    /// The revision the losing copy stood on.
    pub parent: RevisionId,
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
        let mut statement =
            self.sql.prepare_cached("SELECT seq, head, state, removed_ms, digest, snapshot, changed_ms FROM report WHERE id = ?1")?;
        let mut rows = statement.query([report.0])?;
        let row = rows.next()?.ok_or(ReadError::Gone { report })?;
        let packed = row.get_ref(5)?.as_blob().map_err(rusqlite::Error::from)?;
        Ok(Working {
            report: snapshot::unpack(packed, row.get(4)?)?,
            seq: Seq(row.get(0)?),
            head: row.get(1)?,
            state: row.get(2)?,
            removed: row.get::<_, Option<Moment>>(3)?.map(|moment| moment.0),
            changed: row.get::<_, Moment>(6)?.0,
        })
    }

    /// Saves the working copy that was made from save number `seq`, and gives the new number. On disk when it returns.
    /// A save that changes nothing keeps its number.
    ///
    /// # Errors
    /// [`SaveError::Conflict`] where somebody else saved in between, [`SaveError::Signed`] where they signed it, [`SaveError::InBin`] where
    /// they put it in the bin; nothing is written then. Otherwise see [`SaveError`].
    pub fn save(&mut self, report: &Report, seq: Seq, at: DateTime<Utc>) -> Result<Seq, SaveError> {
        self.save_as(report, seq, State::Draft, at)
    }

    /// Saves what was filed of a signed report, and whether that makes it filed. Whoever calls sees to it that nothing else has changed.
    ///
    /// # Errors
    /// As [`Library::save`].
    pub fn save_filing(&mut self, report: &Report, seq: Seq, state: State, at: DateTime<Utc>) -> Result<Seq, SaveError> {
        self.save_as(report, seq, state, at)
    }

    fn save_as(&mut self, report: &Report, seq: Seq, state: State, at: DateTime<Utc>) -> Result<Seq, SaveError> {
        let snapshot = Snapshot::of(report);
        let write = self.write()?;
        let there = current(&write, report.id)?;
        if there.digest == snapshot.digest {
            return Ok(there.seq);
        }
        if there.seq != seq {
            return Err(SaveError::Conflict { theirs: there.seq });
        }
        if there.state != State::Draft && state == State::Draft {
            return Err(SaveError::Signed { report: report.id });
        }
        if there.in_bin {
            return Err(SaveError::InBin { report: report.id });
        }
        let next = Seq(seq.0 + 1);
        write
            .prepare_cached(
                "UPDATE report SET title = ?2, reference = ?3, state = ?4, changed_ms = ?5, seq = ?6, digest = ?7, snapshot = ?8
                 WHERE number = ?1",
            )?
            .execute(params![
                there.number,
                report.name(),
                report.reference(),
                state,
                Moment(at),
                next.0,
                snapshot.digest,
                snapshot.packed
            ])?;
        search::index(&write, there.number, report)?;
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
        kept.title = self.copy_title(losing.name(), &copy.clock.format("%H:%M").to_string())?;
        self.take_in(&kept, false, Reason::Conflict, by, &[copy.parent])?;
        Ok(kept)
    }

    /// Takes in a report that goes on from a revision of another one: the next version of it, or what was written on a report that is
    /// in the bin by now.
    ///
    /// # Errors
    /// As [`Library::create`].
    pub fn create_from(&mut self, report: &Report, parent: RevisionId, reason: Reason, by: &Provenance) -> Result<Seq, SaveError> {
        self.take_in(report, false, reason, by, &[parent])
    }

    /// Takes in a report that goes on from a text that is in no library of ours; that text becomes its first revision.
    ///
    /// # Errors
    /// As [`Library::create`].
    pub fn create_after(&mut self, before: &Report, report: &Report, by: (&Provenance, &Provenance)) -> Result<Seq, SaveError> {
        let write = self.write()?;
        let earlier = Snapshot::of(before);
        revisions::add(&write, report.id, Reason::Imported, by.0, &[], earlier.digest, &earlier.packed)?;
        insert(&write, report, false, Reason::Imported, by.1, &[by.0.revision])?;
        write.commit()?;
        Ok(Seq(1))
    }

    /// A title that no report has yet, so that two copies of one minute are told apart; a copy of a copy is named once.
    fn copy_title(&self, name: &str, clock: &str) -> Result<String, SaveError> {
        let plain = without_mark(name);
        let mut taken = self.sql.prepare_cached("SELECT 1 FROM report WHERE title = ?1")?;
        let mut title = format!("{plain} (copy kept {clock})");
        for number in 2.. {
            if !taken.exists([&title])? {
                break;
            }
            title = format!("{plain} (copy kept {clock}, {number})");
        }
        Ok(title)
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
        let write = self.write()?;
        insert(&write, report, sample, reason, by, parents)?;
        write.commit()?;
        Ok(Seq(1))
    }
}

/// Adds a report with a revision of it inside a write that is under way.
fn insert(
    write: &Connection,
    report: &Report,
    sample: bool,
    reason: Reason,
    by: &Provenance,
    parents: &[RevisionId],
) -> Result<(), SaveError> {
    let snapshot = Snapshot::of(report);
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
    search::index(write, write.last_insert_rowid(), report)?;
    // What it stood on may have been deleted for good meanwhile; its text is kept all the same.
    let mut there = write.prepare_cached("SELECT 1 FROM revision WHERE id = ?1")?;
    let mut known = Vec::with_capacity(parents.len());
    for parent in parents {
        if there.exists([parent])? {
            known.push(*parent);
        }
    }
    revisions::add(write, report.id, reason, by, &known, snapshot.digest, &snapshot.packed)?;
    Ok(())
}

/// A title without what it was marked with as a copy: "(copy kept 14:20)" or "(copy kept 14:20, 2)" at its end, and nothing else.
fn without_mark(name: &str) -> &str {
    let Some((plain, mark)) = name.rsplit_once(" (copy kept ") else { return name };
    let is_mark = mark.strip_suffix(')').is_some_and(|inner| inner.bytes().all(|byte| byte.is_ascii_digit() || b":, ".contains(&byte)));
    if is_mark { plain } else { name }
}

/// What is known of a report before it is written.
struct Current {
    number: i64,
    seq: Seq,
    digest: Digest,
    state: State,
    in_bin: bool,
}

fn current(sql: &Connection, report: ReportId) -> Result<Current, SaveError> {
    sql.prepare_cached("SELECT number, seq, digest, state, removed_ms IS NOT NULL FROM report WHERE id = ?1")?
        .query_row([report.0], |row| {
            Ok(Current { number: row.get(0)?, seq: Seq(row.get(1)?), digest: row.get(2)?, state: row.get(3)?, in_bin: row.get(4)? })
        })
        .optional()?
        .ok_or(SaveError::Gone { report })
}

#[cfg(test)]
mod tests {
    use super::*;
    use report::ids::CountedIds;

    #[test]
    fn a_mark_goes_and_a_word_of_the_author_does_not() {
        for (title, plain) in [
            ("Down (copy kept 14:20)", "Down"),
            ("Down (copy kept 14:20, 2)", "Down"),
            ("Down (copy kept 14:20) at noon (all)", "Down (copy kept 14:20) at noon (all)"),
            ("Down (copy kept for Ines)", "Down (copy kept for Ines)"),
            ("Down", "Down"),
        ] {
            assert_eq!(without_mark(title), plain);
        }
    }

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
