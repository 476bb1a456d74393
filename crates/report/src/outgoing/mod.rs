//! The machine and text formats that some regimes want beside or instead of a PDF. Always true: a pure function of the report; what it lacks
//! or what has no place in the format is named, all of it at once, and nothing is left out silently. Deliberately absent: files, portals.

mod ccadb;
mod ir;

use crate::answer::Standing;
use crate::checks::is_answered;
use crate::ids::Ids;
use crate::place::Place;
use crate::report::Report;
use crate::template::Field;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// A format that a form is handed in as.
#[derive(Clone, Copy, Debug, Eq, PartialEq, Serialize, Deserialize, JsonSchema, TS)]
#[ts(export)]
pub enum Outgoing {
    /// The Markdown that CCADB prescribes for incident reports (guidelines 3.2).
    #[serde(rename = "ccadb-markdown")]
    CcadbMarkdown,
    /// The JSON for major ICT-related incidents under DORA that goes by the name IR-1.2.
    #[serde(rename = "ir-1.2")]
    Ir12,
}

/// Why a report cannot be handed in in a format.
#[derive(Clone, Debug, Eq, PartialEq, Serialize, Deserialize, TS)]
#[ts(export)]
pub struct Missing {
    /// Where in the report.
    pub place: Place,
    /// What is wrong there, in one sentence.
    pub message: String,
}

/// What a report says at a place and a format has no room for.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Unkept {
    /// The words for the place ("Actions").
    pub place: String,
    /// The lines as the report has them.
    pub lines: Vec<String>,
    /// Why, in one sentence without its capital and its full stop.
    pub why: String,
}

/// The report of which this is a text that was written here in a format that a regime prescribes; none of any other text. What the format
/// has no place for is not in it (see [`Outgoing::unkept`]).
pub fn reopen(text: &str, ids: &mut dyn Ids) -> Option<Report> {
    ccadb::read::read(text, ids)
}

/// Whether a text begins as one does that a regime prescribes, whoever wrote it.
pub fn is_alike(text: &str) -> bool {
    let first = text.trim_start_matches('\u{feff}').lines().next().unwrap_or_default();
    let forms = crate::catalogue::all().iter().filter(|form| form.exports.contains(&Outgoing::CcadbMarkdown));
    forms.into_iter().any(|form| first.strip_prefix("## ") == Some(form.title.as_str()))
}

impl Outgoing {
    /// Every format.
    pub const ALL: [Outgoing; 2] = [Outgoing::CcadbMarkdown, Outgoing::Ir12];

    /// Its name in commands.
    pub fn name(self) -> &'static str {
        match self {
            Outgoing::CcadbMarkdown => "ccadb-markdown",
            Outgoing::Ir12 => "ir-1.2",
        }
    }

    /// How names of its files end.
    pub fn extension(self) -> &'static str {
        match self {
            Outgoing::CcadbMarkdown => "md",
            Outgoing::Ir12 => "json",
        }
    }

    /// What of the report is not in its text, place by place, and would not come back from it. None of a format that is handed to machines
    /// only and never read back.
    pub fn unkept(self, report: &Report, text: &str) -> Vec<Unkept> {
        match self {
            Outgoing::CcadbMarkdown => ccadb::unkept::unkept(report, text),
            Outgoing::Ir12 => Vec::new(),
        }
    }

    /// The report in this format.
    ///
    /// # Errors
    /// Everything that is missing or has no place in the format.
    pub fn write(self, report: &Report) -> Result<String, Vec<Missing>> {
        if !report.template.exports.contains(&self) {
            let message = format!("“{}” is not handed in as {}.", report.template.short_title, self.name());
            return Err(vec![Missing { place: Place::Form, message }]);
        }
        let written = match self {
            Outgoing::CcadbMarkdown => ccadb::write(report),
            Outgoing::Ir12 => ir::write(report),
        };
        // Handing in is filing: it waits for words that wait.
        let waiting = crate::checks::tray::unanswered(report).map(|finding| Missing { place: Place::Tray, message: finding.message });
        match (written, waiting) {
            (Ok(text), None) => Ok(text),
            (Ok(_), Some(waiting)) => Err(vec![waiting]),
            (Err(mut missing), waiting) => {
                missing.extend(waiting);
                Err(missing)
            }
        }
    }
}

impl Missing {
    fn of(field: &Field, message: &str) -> Self {
        Self { place: Place::Field { key: field.key.clone() }, message: format!("“{}” {message}.", field.label) }
    }
}

/// The required answers that are not there, and the answers that mean nothing in their field.
fn unanswered(report: &Report) -> Vec<Missing> {
    let fault = |field: &Field| {
        let answer = report.answer(&field.key);
        if report.is_unread(field) {
            return Some(Missing::of(field, &format!("cannot be read: “{}”", answer.raw.trim().replace('\n', "; "))));
        }
        let known = matches!(answer.standing, Standing::Known);
        (report.asks(field) && known && !is_answered(report, field)).then(|| Missing::of(field, "must be answered"))
    };
    report.template.fields.iter().filter_map(fault).collect()
}
