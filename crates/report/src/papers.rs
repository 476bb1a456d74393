//! What the author keeps beside the form: impact windows, classification, causes, actions, lessons, linked incidents, files, drawings,
//! people, signatures. Always true: each item has its own id and keeps its place in its list.

mod drawing;
mod marking;
mod open;
mod people;

pub use drawing::{Diagram, Edge, Node};
pub use marking::{Marking, TlpLabel};
pub use open::{ABOUT_DAY_OF_ROWS, Accepted, Assumption, Unplaced};
pub use people::{Letter, Person, Signatory};

use crate::ids::{ActionId, AttachmentId, CauseId, ClassificationId, ImpactId, LessonId, LinkId, RowId, TargetId};
use chrono::NaiveDateTime;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use ts_rs::TS;

/// A span in which a service suffered.
#[derive(Clone, Debug, Eq, PartialEq, Serialize, Deserialize, JsonSchema, TS)]
#[serde(deny_unknown_fields)]
#[ts(export)]
pub struct ImpactWindow {
    /// Its identity.
    pub id: ImpactId,
    /// The service, in the reader's words.
    pub service: String,
    /// How badly.
    pub state: ImpactState,
    /// When it began.
    pub from: Bound,
    /// When it ended; none while it lasts.
    #[serde(default)]
    pub to: Option<Bound>,
}

/// How badly a service suffered.
#[derive(Clone, Copy, Debug, Eq, PartialEq, Serialize, Deserialize, JsonSchema, TS)]
#[serde(rename_all = "snake_case")]
#[ts(export)]
pub enum ImpactState {
    /// Not usable.
    Down,
    /// Usable, but not as promised.
    Degraded,
}

/// An end of a window.
#[derive(Clone, Copy, Debug, Eq, PartialEq, Serialize, Deserialize, JsonSchema, TS)]
#[serde(tag = "kind", rename_all = "snake_case", deny_unknown_fields)]
#[ts(export)]
pub enum Bound {
    /// At an event of the timeline, and moving with it.
    Event {
        /// The row.
        row: RowId,
    },
    /// At a wall-clock moment in the report's zone.
    Moment {
        /// The moment.
        #[serde(deserialize_with = "crate::format::spelled::moment")]
        at: NaiveDateTime,
    },
}

/// A class or severity, and when it was set.
#[derive(Clone, Debug, Eq, PartialEq, Serialize, Deserialize, JsonSchema, TS)]
#[serde(deny_unknown_fields)]
#[ts(export)]
pub struct Classification {
    /// Its identity.
    pub id: ClassificationId,
    /// The class, as the scheme words it ("Category 1").
    pub class: String,
    /// When it was set, as typed.
    #[serde(default)]
    pub at: String,
}

/// Something to be done, or done.
#[derive(Clone, Debug, Eq, PartialEq, Serialize, Deserialize, JsonSchema, TS)]
#[serde(deny_unknown_fields)]
#[ts(export)]
pub struct Action {
    /// Its identity.
    pub id: ActionId,
    /// What.
    pub text: String,
    /// What it is for.
    #[serde(default)]
    pub kind: ActionKind,
    /// Who answers for it.
    #[serde(default)]
    pub owner: String,
    /// By when, as typed.
    #[serde(default)]
    pub due: String,
    /// How far it is.
    #[serde(default)]
    pub state: ActionState,
    /// How its success is judged.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    #[ts(as = "Option<String>", optional)]
    pub criteria: String,
    /// The causes it is aimed at.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    #[ts(as = "Option<Vec<CauseId>>", optional)]
    pub causes: Vec<CauseId>,
}

/// What an action is for.
#[derive(Clone, Copy, Debug, Default, Eq, PartialEq, Serialize, Deserialize, JsonSchema, TS)]
#[serde(rename_all = "snake_case")]
#[ts(export)]
pub enum ActionKind {
    /// So that it does not happen again.
    #[default]
    Prevent,
    /// So that it is noticed sooner.
    Detect,
    /// So that it does less harm.
    Mitigate,
}

/// How far an action is.
#[derive(Clone, Copy, Debug, Default, Eq, PartialEq, Serialize, Deserialize, JsonSchema, TS)]
#[serde(rename_all = "snake_case")]
#[ts(export)]
pub enum ActionState {
    /// Not begun.
    #[default]
    Open,
    /// Begun.
    Begun,
    /// Done.
    Done,
    /// Later than promised.
    Delayed,
    /// Given up.
    Cancelled,
}

/// A cause, or a step in the chain of whys.
#[derive(Clone, Debug, Eq, PartialEq, Serialize, Deserialize, JsonSchema, TS)]
#[serde(deny_unknown_fields)]
#[ts(export)]
pub struct Cause {
    /// Its identity.
    pub id: CauseId,
    /// The question, where the cause answers one.
    #[serde(default)]
    pub why: String,
    /// The cause; under a form that asks for its parts, its name.
    pub text: String,
    /// What is said of it, by the key of the part the form asks for.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    #[ts(as = "Option<BTreeMap<String, String>>", optional)]
    pub parts: BTreeMap<String, String>,
}

/// What was promised, and what was reached. Everything as typed.
#[derive(Clone, Debug, Eq, PartialEq, Serialize, Deserialize, JsonSchema, TS)]
#[serde(deny_unknown_fields)]
#[ts(export)]
pub struct Target {
    /// Its identity.
    pub id: TargetId,
    /// What is measured ("Service available again").
    pub measure: String,
    /// What was promised ("2 h").
    #[serde(default)]
    pub target: String,
    /// What was reached ("2 h 07 min").
    #[serde(default)]
    pub actual: String,
}

/// A lesson.
#[derive(Clone, Debug, Eq, PartialEq, Serialize, Deserialize, JsonSchema, TS)]
#[serde(deny_unknown_fields)]
#[ts(export)]
pub struct Lesson {
    /// Its identity.
    pub id: LessonId,
    /// What kind.
    pub kind: LessonKind,
    /// The lesson.
    pub text: String,
}

/// What kind of lesson.
#[derive(Clone, Copy, Debug, Eq, PartialEq, Serialize, Deserialize, JsonSchema, TS)]
#[serde(rename_all = "snake_case")]
#[ts(export)]
pub enum LessonKind {
    /// It went well.
    Good,
    /// It did not.
    Bad,
    /// It went well by luck.
    Lucky,
}

/// A row of the table of linked incidents.
#[derive(Clone, Debug, Eq, PartialEq, Serialize, Deserialize, JsonSchema, TS)]
#[serde(deny_unknown_fields)]
#[ts(export)]
pub struct LinkedIncident {
    /// Its identity.
    pub id: LinkId,
    /// The incident it is linked to; equal neighbours print as one merged cell.
    pub incident: String,
    /// The linked incident.
    pub linked: String,
    /// What links them.
    pub nature: String,
}

/// A file that travels with the report. Its bytes are kept apart, under their SHA-256.
#[derive(Clone, Debug, Eq, PartialEq, Serialize, Deserialize, JsonSchema, TS)]
#[serde(deny_unknown_fields)]
#[ts(export)]
pub struct Attachment {
    /// Its identity.
    pub id: AttachmentId,
    /// Its file name, without folders.
    pub name: String,
    /// Its media type ("image/png").
    pub media_type: String,
    /// Its length in bytes.
    #[schemars(range(max = crate::nonsense::LARGEST_FILE))]
    pub size: u64,
    /// The SHA-256 of its bytes, 64 lower-case hexadecimal digits.
    #[schemars(regex(pattern = r"^[0-9a-f]{64}$"))]
    pub sha256: String,
    /// What it is.
    #[serde(default)]
    pub caption: String,
    /// Whether it stands in the list of evidence, or is only shown as a figure.
    #[serde(default)]
    pub evidence: bool,
}

/// A number or letters under which something is filed elsewhere.
#[derive(Clone, Debug, Eq, PartialEq, Serialize, Deserialize, JsonSchema, TS)]
#[serde(deny_unknown_fields)]
#[ts(export)]
pub struct Reference {
    /// As typed.
    pub raw: String,
    /// The letters before the figures.
    pub prefix: String,
    /// The figures without leading zeros.
    pub integer: String,
    /// How many figures there are, zeros included.
    pub width: usize,
}
