//! The library as a person sees it: rows to search and open, templates to begin from.

use crate::because;
use crate::desk::Desk;
use crate::fault::Fault;
use report::ids::ReportId;
use serde::{Deserialize, Serialize};
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
}

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
        let reports: Vec<ShelfRow> = found.iter().map(shelf_row).filter(|row| query.state.is_none_or(|state| state == row.state)).collect();
        let bytes = ["", "-wal"].map(|end| on_disk(library.path(), end)).iter().sum();
        Ok(Shelf {
            reports,
            total: all.len(),
            drafts,
            signed: all.len() - drafts,
            path: library.path().display().to_string(),
            bytes,
            elsewhere: !library.first_opener(),
        })
    }

    /// Puts a report in the bin.
    ///
    /// # Errors
    /// Those of writing the library; unsaved edits are saved first.
    pub fn remove(&self, report: ReportId) -> Result<(), Fault> {
        self.close(report)?;
        let at = self.world.clock.now();
        self.library().remove(report, at).map_err(|fault| because::of_saving(&fault))
    }

    /// Takes a report back from the bin.
    ///
    /// # Errors
    /// Those of writing the library.
    pub fn restore(&self, report: ReportId) -> Result<(), Fault> {
        self.library().restore(report).map_err(|fault| because::of_saving(&fault))
    }
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

fn shelf_row(row: &store::Row) -> ShelfRow {
    ShelfRow {
        id: row.id,
        title: row.title.clone(),
        reference: row.reference.clone().unwrap_or_default(),
        template: row.template_title.clone(),
        state: row.state.into(),
        changed_at: row.changed.to_rfc3339_opts(chrono::SecondsFormat::Secs, true),
        sample: row.sample,
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
