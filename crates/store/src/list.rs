//! The list of reports. Always true: it is read from columns alone; no report is unpacked for it, however many there are.

use crate::columns::Moment;
use crate::{Library, ReadError, Seq, State, search};
use chrono::{DateTime, Utc};
use report::ids::ReportId;
use rusqlite::ToSql;
use serde::Serialize;

/// A line of the list.
#[derive(Clone, Debug, Eq, PartialEq, Serialize)]
pub struct Row {
    /// The report.
    pub id: ReportId,
    /// What it is called: [`report::Report::name`].
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

impl Library {
    /// The reports that match, the last changed first.
    ///
    /// # Errors
    /// See [`ReadError`].
    pub fn list(&self, filter: &Filter) -> Result<Vec<Row>, ReadError> {
        let (found, words) = search::condition(&filter.text);
        let mut statement = self.sql.prepare_cached(&format!(
            "SELECT id, title, reference, template, template_title, state, sample, created_ms, changed_ms, removed_ms, seq
             FROM report WHERE (removed_ms IS NOT NULL) = ? AND state = coalesce(?, state) AND {found}
             ORDER BY changed_ms DESC, number DESC"
        ))?;
        let mut values: Vec<&dyn ToSql> = vec![&filter.bin, &filter.state];
        values.extend(words.iter().map(|word| word as &dyn ToSql));
        let rows = statement.query_map(values.as_slice(), line)?;
        Ok(rows.collect::<rusqlite::Result<_>>()?)
    }
}

fn line(row: &rusqlite::Row<'_>) -> rusqlite::Result<Row> {
    Ok(Row {
        id: ReportId(row.get(0)?),
        title: row.get(1)?,
        reference: row.get(2)?,
        template: row.get(3)?,
        template_title: row.get(4)?,
        state: row.get(5)?,
        sample: row.get(6)?,
        created: row.get::<_, Moment>(7)?.0,
        changed: row.get::<_, Moment>(8)?.0,
        removed: row.get::<_, Option<Moment>>(9)?.map(|moment| moment.0),
        seq: Seq(row.get(10)?),
    })
}
