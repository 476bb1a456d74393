//! The library as a person sees it: rows to search and open, templates to begin from.

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
    /// The facts about it that were not verified.
    pub not_verified: Vec<String>,
}
