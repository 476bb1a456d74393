//! The library as a person sees it: rows to search and open, templates to begin from.

use crate::because;
use crate::desk::Desk;
use crate::fault::Fault;
use chrono::{DateTime, Utc};
use report::Report;
use report::clocks::{ClockState, due_times};
use report::ids::ReportId;
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};
use std::sync::{MutexGuard, PoisonError};
use ts_rs::TS;

/// What the library screen shows.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
#[ts(export)]
pub struct Shelf {
    /// The reports found, last changed first.
    pub reports: Vec<ShelfRow>,
    /// How many there are in all, whatever was asked for.
    pub total: usize,
    /// How many in each state.
    pub drafts: usize,
    /// How many are signed.
    pub signed: usize,
    /// Where the library lies.
    pub path: String,
    /// How large it is, in bytes.
    pub bytes: u64,
    /// How much lies in the bin.
    pub in_bin: usize,
    /// Whether what is due was not counted for every report yet: asking again goes on counting.
    pub counting: bool,
    /// Whether another process has it open too.
    pub elsewhere: bool,
}

/// One report on the shelf.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
#[ts(export)]
pub struct ShelfRow {
    /// Its identity.
    pub id: ReportId,
    /// What it is called.
    pub title: String,
    /// Its reference.
    pub reference: String,
    /// The form's short title.
    pub template: String,
    /// Its state.
    pub state: ReportState,
    /// When it was last changed, RFC 3339 in UTC.
    pub changed_at: String,
    /// Whether it is the sample.
    pub sample: bool,
    /// What of it is due next, of the sample as well; none where nothing is, or where that was not counted yet.
    pub due: Option<ShelfDue>,
    /// What was filed of it last.
    pub filed: Option<ShelfFiled>,
}

/// What of a report is due next.
#[derive(Clone, Debug, Eq, PartialEq, Serialize, Deserialize, TS)]
#[ts(export)]
pub struct ShelfDue {
    /// What is due.
    pub what: String,
    /// When it falls, RFC 3339 in UTC; for a day, the moment the day ends.
    pub at: String,
    /// The day, where the whole of it is left (2026-10-16).
    pub day: Option<String>,
    /// The same in words, in the report's zone.
    pub words: String,
    /// Whether the rule was read in the instrument itself.
    pub verified: bool,
}

/// That something was filed.
#[derive(Clone, Debug, Eq, PartialEq, Serialize, Deserialize, TS)]
#[ts(export)]
pub struct ShelfFiled {
    /// What it was.
    pub what: String,
    /// When it was submitted, as typed.
    pub moment: String,
    /// When that was, RFC 3339 in UTC; none where only a day was typed.
    pub at: Option<String>,
    /// By how many minutes it was late; none in time, or where that cannot be told.
    pub late: Option<i64>,
}

/// What is due of a report as it was saved, and what was filed of it.
#[derive(Clone, Debug)]
pub(crate) struct KnownDue {
    seq: store::Seq,
    due: Option<ShelfDue>,
    filed: Option<ShelfFiled>,
}

/// So many reports are counted when the shelf is asked for; the others when it is asked for again.
const COUNTED_AT_ONCE: usize = 150;

/// The state of a report.
#[derive(Clone, Copy, Debug, Eq, PartialEq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
#[ts(export)]
pub enum ReportState {
    /// Being written.
    Draft,
    /// Signed and exported as it stands.
    Signed,
}

/// What to show of the shelf.
#[derive(Clone, Debug, Default, Serialize, Deserialize, TS)]
#[ts(export)]
pub struct ShelfQuery {
    /// Words to look for in titles, references and text; empty finds all.
    #[serde(default)]
    pub text: String,
    /// Only this state.
    #[serde(default)]
    pub state: Option<ReportState>,
}

/// A form to begin from.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
#[ts(export)]
pub struct TemplateCard {
    /// Its name in commands.
    pub id: String,
    /// Its version.
    pub version: String,
    /// The title it prints.
    pub title: String,
    /// Its short name.
    pub short_title: String,
    /// Who expects it.
    pub authority: String,
    /// What it is for.
    pub summary: String,
    /// Its required headings.
    pub headings: Vec<String>,
    /// How many answers it requires.
    pub required: usize,
    /// The forms whose reports it can go on from.
    pub follows: Vec<String>,
    /// The formats it is handed in as, besides the PDF.
    pub exports: Vec<report::outgoing::Outgoing>,
    /// Whether it is the organisation's own, opened from a file.
    pub own: bool,
    /// The facts about it that were not verified.
    pub not_verified: Vec<String>,
}

impl Desk {
    /// The shelf, as asked for.
    ///
    /// # Errors
    /// Those of reading the library.
    pub fn shelf(&self, query: &ShelfQuery) -> Result<Shelf, Fault> {
        let library = self.library();
        let list = |filter: &store::Filter| library.list(filter).map_err(|fault| because::of_reading(&fault));
        let all = list(&store::Filter::default())?;
        let drafts = all.iter().filter(|row| row.state == store::State::Draft).count();
        let found = list(&store::Filter { text: query.text.clone(), ..store::Filter::default() })?;
        let in_bin = list(&store::Filter { bin: true, ..store::Filter::default() })?.len();
        let counting = self.count_dues(&library, &all);
        let known = self.dues();
        let reports: Vec<ShelfRow> = found
            .iter()
            .map(|row| shelf_row(row, known.get(&row.id)))
            .filter(|row| query.state.is_none_or(|state| state == row.state))
            .collect();
        let bytes = ["", "-wal"].map(|end| on_disk(library.path(), end)).iter().sum();
        Ok(Shelf {
            reports,
            total: all.len(),
            drafts,
            signed: all.len() - drafts,
            path: library.path().display().to_string(),
            bytes,
            in_bin: in_bin + self.forms_in_bin_of(&library)?.len(),
            counting,
            elsewhere: !library.first_opener(),
        })
    }

    /// Counts what is due of reports that were saved since they were last counted; `true` where some are left. A report that cannot be read
    /// has nothing due that could be told; opening it says why.
    fn count_dues(&self, library: &store::Library, rows: &[store::Row]) -> bool {
        let now = self.world.clock.now();
        let mut known = self.dues();
        let there: BTreeSet<ReportId> = rows.iter().map(|row| row.id).collect();
        known.retain(|id, _| there.contains(id));
        let mut waiting = rows.iter().filter(|row| known.get(&row.id).is_none_or(|known| known.seq != row.seq)).collect::<Vec<_>>();
        let left = waiting.split_off(waiting.len().min(COUNTED_AT_ONCE));
        for row in waiting {
            let report = library.load(row.id).ok().map(|working| working.report);
            let (due, filed) = report.map_or((None, None), |report| (next_due(&report, now), last_filed(&report, now)));
            known.insert(row.id, KnownDue { seq: row.seq, due, filed });
        }
        !left.is_empty()
    }

    fn dues(&self) -> MutexGuard<'_, BTreeMap<ReportId, KnownDue>> {
        self.dues.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// The next due time that nothing was filed for.
fn next_due(report: &Report, now: DateTime<Utc>) -> Option<ShelfDue> {
    let open = due_times(report, Some(now)).into_iter().filter(|due| !matches!(due.state, ClockState::Filed { .. }));
    let due = open.filter(|due| due.at.is_some()).min_by_key(|due| due.at)?;
    Some(ShelfDue { what: due.due, at: day_of(due.at?), day: due.day.map(|day| day.to_string()), words: due.words, verified: due.verified })
}

/// What was filed last.
fn last_filed(report: &Report, now: DateTime<Utc>) -> Option<ShelfFiled> {
    let last = report.filings.last()?;
    let due = due_times(report, Some(now)).into_iter().find(|due| due.key == last.clock);
    let zone = last.moment.zone.as_deref().or(report.zone.as_deref());
    let at = last.moment.at.and_then(|at| report::zones::instant(at, zone, report.zone.as_deref()));
    let late = due.as_ref().and_then(|due| match due.state {
        ClockState::Filed { late } => late,
        _ => None,
    });
    Some(ShelfFiled { what: due.map(|due| due.due).unwrap_or_default(), moment: last.moment.raw.clone(), at: at.map(day_of), late })
}

/// A moment as the window reads it.
pub(crate) fn day_of(at: DateTime<Utc>) -> String {
    at.to_rfc3339_opts(chrono::SecondsFormat::Secs, true)
}

/// The bytes of the library's file, or of what SQLite keeps beside it under that ending.
fn on_disk(path: &std::path::Path, end: &str) -> u64 {
    let mut name = path.as_os_str().to_owned();
    name.push(end);
    std::fs::metadata(name).map_or(0, |facts| facts.len())
}

/// What the list of forms says of one; `own` for a form of the organisation's own.
pub(crate) fn card(template: &report::Template, own: bool) -> TemplateCard {
    let required = template.sections.iter().filter(|rule| rule.required);
    TemplateCard {
        id: template.id.clone(),
        version: template.version.clone(),
        title: template.title.clone(),
        short_title: template.short_title.clone(),
        authority: template.authority.clone(),
        summary: template.summary.clone(),
        headings: required.clone().filter(|rule| !rule.silent).map(|rule| rule.heading.replace(" ({zone})", "")).collect(),
        required: required.count() + template.fields.iter().filter(|field| field.required).count(),
        follows: template.follows.clone(),
        exports: template.exports.clone(),
        own,
        not_verified: template.sources.iter().filter(|source| !source.verified).map(|source| source.fact.clone()).collect(),
    }
}

fn shelf_row(row: &store::Row, known: Option<&KnownDue>) -> ShelfRow {
    ShelfRow {
        id: row.id,
        title: row.title.clone(),
        reference: row.reference.clone().unwrap_or_default(),
        template: row.template_title.clone(),
        state: row.state.into(),
        changed_at: day_of(row.changed),
        sample: row.sample,
        due: known.and_then(|known| known.due.clone()),
        filed: known.and_then(|known| known.filed.clone()),
    }
}

impl From<store::State> for ReportState {
    fn from(state: store::State) -> Self {
        match state {
            store::State::Draft => ReportState::Draft,
            store::State::Signed | store::State::Filed => ReportState::Signed,
        }
    }
}
