//! Where in a report something stands, and the words for it. Findings, undo and the preview all point with it.

use crate::ids::SectionId;
use crate::report::Report;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// A place in a report.
#[derive(Clone, Debug, Eq, Hash, Ord, PartialEq, PartialOrd, Serialize, Deserialize, JsonSchema, TS)]
#[serde(tag = "in", rename_all = "snake_case", deny_unknown_fields)]
#[ts(export)]
pub enum Place {
    /// The report as a whole.
    Report,
    /// What the form asks.
    Form,
    /// A header field.
    Field {
        /// Its key.
        key: String,
    },
    /// A section, or one line of it.
    Section {
        /// The section.
        section: SectionId,
        /// The line of its plain text, from 0 (a paragraph, an item, a cell).
        #[serde(default)]
        line: Option<usize>,
    },
    /// The timeline, or one row of it.
    Timeline {
        /// The row, from 0.
        #[serde(default)]
        index: Option<usize>,
    },
    /// The impact windows.
    Impact,
    /// The actions.
    Actions,
    /// The causes.
    Causes,
    /// The targets.
    Targets,
    /// The lessons.
    Lessons,
    /// The drawings.
    Diagrams,
    /// The linked incidents.
    Linked,
    /// The attached files.
    Evidence,
    /// The marking.
    Marking,
    /// The signatures.
    Signatures,
    /// The frame of the letter.
    Letter,
    /// The due times and what was recorded for them.
    Clocks,
    /// The text that waits to be placed.
    Tray,
}

impl Place {
    /// The words for it: "Details, DCC Incident Reference Number", "Nature of the Major Incident / Short Description, paragraph 2".
    pub fn words(&self, report: &Report) -> String {
        match self {
            Place::Report => "The report".to_owned(),
            Place::Form => "The form".to_owned(),
            Place::Field { key } => report.template.field(key).map_or_else(|| key.clone(), |field| field.label.clone()),
            Place::Section { section, line } => {
                let heading = report.section(*section).map_or_else(|| "A section".to_owned(), |s| report.printed_heading(s));
                let heading = if heading.trim().is_empty() { "A section without a heading".to_owned() } else { heading };
                line.map_or(heading.clone(), |line| format!("{heading}, paragraph {}", line + 1))
            }
            Place::Timeline { index } => index.map_or("Timeline".to_owned(), |index| format!("Timeline, row {}", index + 1)),
            Place::Impact => "Downtime".to_owned(),
            Place::Actions => "Actions".to_owned(),
            Place::Causes => "Causes".to_owned(),
            Place::Targets => "Targets".to_owned(),
            Place::Lessons => "Lessons".to_owned(),
            Place::Diagrams => "Drawings".to_owned(),
            Place::Linked => "Linked incidents".to_owned(),
            Place::Evidence => "Evidence".to_owned(),
            Place::Marking => "Marking".to_owned(),
            Place::Signatures => "Signatures".to_owned(),
            Place::Letter => "The letter".to_owned(),
            Place::Clocks => "Due times".to_owned(),
            Place::Tray => "Text that waits".to_owned(),
        }
    }
}
