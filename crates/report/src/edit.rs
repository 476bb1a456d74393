//! Edits as values: what an author does to a report. Always true: applying an edit gives a new report and the edit that takes it back
//! exactly; a nonsensical edit is refused with the facts and changes nothing. Deliberately absent: undo stacks (see `history`), disks.

mod apply;
mod refusal;

pub use refusal::Refusal;

use crate::answer::{Answer, Standing};
use crate::clock::{Filing, Moment};
use crate::ids::SectionId;
use crate::papers::{
    Accepted, Action, Assumption, Attachment, Cause, Classification, Diagram, ImpactWindow, Lesson, Letter, LinkedIncident, Marking,
    Person, Signatory, Target, Unplaced,
};
use crate::place::Place;
use crate::report::{Report, Section};
use crate::rich::RichText;
use crate::service_level::ServiceLevel;
use crate::template::{Annex, Audience};
use crate::timeline::Row;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// One thing an author does.
#[derive(Clone, Debug, Eq, PartialEq, Serialize, Deserialize, JsonSchema, TS)]
#[serde(tag = "edit", rename_all = "snake_case", deny_unknown_fields)]
#[ts(export)]
pub enum Edit {
    /// Name the report.
    Title {
        /// Its new name.
        title: String,
    },
    /// Give it a version.
    Version {
        /// The version as printed.
        version: String,
    },
    /// Say in which language it is written.
    Language {
        /// A tag of BCP 47.
        language: String,
    },
    /// Say in which zone its times are.
    Zone {
        /// An IANA name, or none.
        zone: Option<String>,
    },
    /// Answer a field; none takes the answer away. The value is read anew from the raw text.
    Answer {
        /// The field.
        key: String,
        /// The answer.
        answer: Option<Answer>,
    },
    /// Write a section's text.
    Body {
        /// The section.
        section: SectionId,
        /// Its text.
        body: RichText,
    },
    /// Say whether a section's answer is known.
    Standing {
        /// The section.
        section: SectionId,
        /// Whether it is.
        standing: Standing,
    },
    /// Word a heading of the author's own.
    Heading {
        /// The section.
        section: SectionId,
        /// The heading.
        heading: String,
    },
    /// Change the list of sections.
    Sections {
        /// How.
        change: Change<Section>,
    },
    /// Change the timeline.
    Timeline {
        /// How.
        change: Change<Row>,
    },
    /// Change the impact windows.
    Impact {
        /// How.
        change: Change<ImpactWindow>,
    },
    /// Change the classifications.
    Classifications {
        /// How.
        change: Change<Classification>,
    },
    /// Change the actions.
    Actions {
        /// How.
        change: Change<Action>,
    },
    /// Change the causes.
    Causes {
        /// How.
        change: Change<Cause>,
    },
    /// Change the targets.
    Targets {
        /// How.
        change: Change<Target>,
    },
    /// Change the lessons.
    Lessons {
        /// How.
        change: Change<Lesson>,
    },
    /// Change the linked incidents.
    Linked {
        /// How.
        change: Change<LinkedIncident>,
    },
    /// Change the drawings.
    Diagrams {
        /// How.
        change: Change<Diagram>,
    },
    /// Change the attached files.
    Attachments {
        /// How.
        change: Change<Attachment>,
    },
    /// Change the markings.
    Markings {
        /// How.
        change: Change<Marking>,
    },
    /// Change the people named.
    People {
        /// How.
        change: Change<Person>,
    },
    /// Change who signs.
    Signatories {
        /// How.
        change: Change<Signatory>,
    },
    /// Accept a finding with a reason, or reopen it.
    Accepted {
        /// How.
        change: Change<Accepted>,
    },
    /// Change the tray of unplaced text.
    Unplaced {
        /// How.
        change: Change<Unplaced>,
    },
    /// Change what import took for granted: what the author has settled goes.
    Assumptions {
        /// How.
        change: Change<Assumption>,
    },
    /// Word the frame of a letter.
    Letter {
        /// The frame.
        letter: Letter,
    },
    /// Switch an annex on or off; none follows the template.
    Annex {
        /// Which.
        annex: Annex,
        /// Whether it prints.
        on: Option<bool>,
    },
    /// Say for whom it is written; none follows the template.
    Audience {
        /// For whom.
        audience: Option<Audience>,
    },
    /// State the service level it answers to; none takes it away.
    ServiceLevel {
        /// What was promised, and how it is measured.
        level: Option<ServiceLevel>,
    },
    /// Record when an event happened that starts due times; none takes the record away. The moment is read anew from its raw words.
    ClockEvent {
        /// The event's key.
        event: String,
        /// When.
        moment: Option<Moment>,
    },
    /// Say whether a circumstance holds on which a due time depends; none leaves it open.
    Circumstance {
        /// Its key.
        key: String,
        /// Whether it holds.
        holds: Option<bool>,
    },
    /// Change the record of what was filed.
    Filings {
        /// How.
        change: Change<Filing>,
    },
    /// Several at once, taken back at once.
    Together {
        /// The edits, applied in order; one refused refuses all.
        edits: Vec<Edit>,
    },
}

/// A change to a list. Indexes count from 0 in the list as it is before the change.
#[derive(Clone, Debug, Eq, PartialEq, Serialize, Deserialize, JsonSchema, TS)]
#[serde(tag = "change", rename_all = "snake_case", deny_unknown_fields)]
#[ts(export)]
pub enum Change<T> {
    /// Put an item before the one at that index; the length of the list puts it last.
    Insert {
        /// Where.
        at: usize,
        /// What.
        item: T,
    },
    /// Put an item in the place of the one at that index.
    Replace {
        /// Where.
        at: usize,
        /// What.
        item: T,
    },
    /// Take the item at that index out.
    Remove {
        /// Where.
        at: usize,
    },
    /// Move an item so that it ends at another index.
    Move {
        /// From where.
        from: usize,
        /// To where.
        to: usize,
    },
}

/// A report after an edit, and the edit that takes it back.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Applied {
    /// The report as it is now.
    pub report: Report,
    /// What would make it as it was.
    pub inverse: Edit,
}

impl<T> Change<T> {
    fn at(&self) -> usize {
        match self {
            Change::Insert { at, .. } | Change::Replace { at, .. } | Change::Remove { at } => *at,
            Change::Move { to, .. } => *to,
        }
    }

    fn continues(&self, earlier: &Self) -> bool {
        matches!((self, earlier), (Change::Replace { at, .. }, Change::Replace { at: other, .. }) if at == other)
    }
}

impl Edit {
    /// Where in the report it happens, so that undo can show it.
    pub fn place(&self) -> Place {
        match self {
            Edit::Title { .. } | Edit::Version { .. } | Edit::Language { .. } | Edit::Zone { .. } | Edit::Annex { .. } => Place::Report,
            Edit::Answer { key, .. } => Place::Field { key: key.clone() },
            Edit::Body { section, .. } | Edit::Standing { section, .. } | Edit::Heading { section, .. } => {
                Place::Section { section: *section, line: None }
            }
            Edit::Sections { .. } => Place::Report,
            Edit::Timeline { change } => Place::Timeline { index: Some(change.at()) },
            Edit::Impact { .. } => Place::Impact,
            Edit::Classifications { .. } | Edit::People { .. } | Edit::Assumptions { .. } | Edit::Accepted { .. } => Place::Report,
            Edit::Unplaced { .. } => Place::Tray,
            Edit::Actions { .. } => Place::Actions,
            Edit::Causes { .. } => Place::Causes,
            Edit::Targets { .. } => Place::Targets,
            Edit::Lessons { .. } => Place::Lessons,
            Edit::Linked { .. } => Place::Linked,
            Edit::Diagrams { .. } => Place::Diagrams,
            Edit::Attachments { .. } => Place::Evidence,
            Edit::Markings { .. } => Place::Marking,
            Edit::Signatories { .. } => Place::Signatures,
            Edit::Letter { .. } => Place::Letter,
            Edit::Audience { .. } | Edit::ServiceLevel { .. } => Place::Report,
            Edit::ClockEvent { .. } | Edit::Circumstance { .. } | Edit::Filings { .. } => Place::Clocks,
            Edit::Together { edits } => edits.first().map_or(Place::Report, Edit::place),
        }
    }

    /// Whether it types on where the earlier one did: two such edits of one run are one step of undo.
    pub(crate) fn continues(&self, earlier: &Edit) -> bool {
        match (self, earlier) {
            (Edit::Title { .. }, Edit::Title { .. })
            | (Edit::Version { .. }, Edit::Version { .. })
            | (Edit::ServiceLevel { .. }, Edit::ServiceLevel { .. })
            | (Edit::Letter { .. }, Edit::Letter { .. }) => true,
            (Edit::Answer { key, .. }, Edit::Answer { key: other, .. }) => key == other,
            (Edit::ClockEvent { event, .. }, Edit::ClockEvent { event: other, .. }) => event == other,
            (Edit::Body { section, .. }, Edit::Body { section: other, .. })
            | (Edit::Standing { section, .. }, Edit::Standing { section: other, .. })
            | (Edit::Heading { section, .. }, Edit::Heading { section: other, .. }) => section == other,
            (Edit::Timeline { change }, Edit::Timeline { change: other }) => change.continues(other),
            (Edit::Impact { change }, Edit::Impact { change: other }) => change.continues(other),
            (Edit::Filings { change }, Edit::Filings { change: other }) => change.continues(other),
            (Edit::Actions { change }, Edit::Actions { change: other }) => change.continues(other),
            (Edit::Linked { change }, Edit::Linked { change: other }) => change.continues(other),
            (Edit::Causes { change }, Edit::Causes { change: other }) => change.continues(other),
            (Edit::Targets { change }, Edit::Targets { change: other }) => change.continues(other),
            (Edit::Lessons { change }, Edit::Lessons { change: other }) => change.continues(other),
            (Edit::Attachments { change }, Edit::Attachments { change: other }) => change.continues(other),
            (Edit::Signatories { change }, Edit::Signatories { change: other }) => change.continues(other),
            _ => false,
        }
    }
}
