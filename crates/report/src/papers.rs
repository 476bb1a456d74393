//! What the author keeps beside the form: impact windows, classification, causes, actions, lessons, linked incidents, files, drawings,
//! people, signatures. Always true: each item has its own id and keeps its place in its list.

use crate::ids::{
    ActionId, AttachmentId, CauseId, ClassificationId, DiagramId, ImpactId, LessonId, LinkId, PersonId, RowId, SignatoryId, TargetId,
    UnplacedId,
};
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
    pub size: u64,
    /// The SHA-256 of its bytes, 64 lower-case hexadecimal digits.
    pub sha256: String,
    /// What it is.
    #[serde(default)]
    pub caption: String,
    /// Whether it stands in the list of evidence, or is only shown as a figure.
    #[serde(default)]
    pub evidence: bool,
}

/// A drawing of nodes and edges.
#[derive(Clone, Debug, Eq, PartialEq, Serialize, Deserialize, JsonSchema, TS)]
#[serde(deny_unknown_fields)]
#[ts(export)]
pub struct Diagram {
    /// Its identity.
    pub id: DiagramId,
    /// The caption.
    #[serde(default)]
    pub caption: String,
    /// The nodes.
    pub nodes: Vec<Node>,
    /// The edges.
    pub edges: Vec<Edge>,
}

/// A box in a drawing. Places and sizes are grid steps, whole numbers.
#[derive(Clone, Debug, Eq, PartialEq, Serialize, Deserialize, JsonSchema, TS)]
#[serde(deny_unknown_fields)]
#[ts(export)]
pub struct Node {
    /// Its name within the drawing.
    pub id: String,
    /// What it says.
    pub label: String,
    /// Columns from the left.
    pub column: i32,
    /// Rows from the top.
    pub row: i32,
    /// Whether it is what failed.
    #[serde(default)]
    pub failed: bool,
    /// How it failed ("full from 12:04").
    #[serde(default, skip_serializing_if = "String::is_empty")]
    #[ts(as = "Option<String>", optional)]
    pub note: String,
}

/// An arrow in a drawing.
#[derive(Clone, Debug, Eq, PartialEq, Serialize, Deserialize, JsonSchema, TS)]
#[serde(deny_unknown_fields)]
#[ts(export)]
pub struct Edge {
    /// Where it starts.
    pub from: String,
    /// Where it ends.
    pub to: String,
    /// What it says.
    #[serde(default)]
    pub label: String,
    /// Whether the path is broken.
    #[serde(default)]
    pub broken: bool,
}

/// A person or a role named in the report.
#[derive(Clone, Debug, Default, Eq, PartialEq, Serialize, Deserialize, JsonSchema, TS)]
#[serde(deny_unknown_fields)]
#[ts(export)]
pub struct Person {
    /// Their identity; none while the entry is only typed.
    #[serde(default)]
    pub id: Option<PersonId>,
    /// Their name.
    pub name: String,
    /// What they are.
    #[serde(default)]
    pub role: String,
    /// For whom.
    #[serde(default)]
    pub organisation: String,
}

/// A place for a signature on the last page.
#[derive(Clone, Debug, Eq, PartialEq, Serialize, Deserialize, JsonSchema, TS)]
#[serde(deny_unknown_fields)]
#[ts(export)]
pub struct Signatory {
    /// Its identity.
    pub id: SignatoryId,
    /// What the signature is for ("Author", "Approver").
    pub part: String,
    /// Who signs.
    pub person: Person,
}

/// The frame of a letter. Everything as typed.
#[derive(Clone, Debug, Default, Eq, PartialEq, Serialize, Deserialize, JsonSchema, TS)]
#[serde(deny_unknown_fields)]
#[ts(export)]
pub struct Letter {
    /// The sender's name, printed large.
    #[serde(default)]
    pub sender: String,
    /// The sender's address, one line each.
    #[serde(default)]
    pub address: Vec<String>,
    /// To whom.
    #[serde(default)]
    pub addressee: String,
    /// The place of the dateline.
    #[serde(default)]
    pub place: String,
    /// The date of the dateline, as typed.
    #[serde(default)]
    pub date: String,
    /// "Dear customer," where there is one.
    #[serde(default)]
    pub salutation: String,
    /// "Yours sincerely,".
    #[serde(default)]
    pub closing: String,
}

/// Who may read it.
#[derive(Clone, Debug, Eq, PartialEq, Serialize, Deserialize, JsonSchema, TS)]
#[serde(tag = "scheme", rename_all = "snake_case", deny_unknown_fields)]
#[ts(export)]
pub enum Marking {
    /// The Traffic Light Protocol, version 2.0 (FIRST).
    Tlp {
        /// The label.
        label: TlpLabel,
    },
    /// A scheme of the regulator's or the organisation's own.
    Words {
        /// Its words, printed as they are.
        text: String,
    },
}

/// The labels of TLP 2.0.
#[derive(Clone, Copy, Debug, Eq, PartialEq, Serialize, Deserialize, JsonSchema, TS)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
#[ts(export)]
pub enum TlpLabel {
    /// TLP:RED
    Red,
    /// TLP:AMBER+STRICT
    AmberStrict,
    /// TLP:AMBER
    Amber,
    /// TLP:GREEN
    Green,
    /// TLP:CLEAR
    Clear,
}

impl TlpLabel {
    /// The label as printed.
    pub fn words(self) -> &'static str {
        match self {
            TlpLabel::Red => "TLP:RED",
            TlpLabel::AmberStrict => "TLP:AMBER+STRICT",
            TlpLabel::Amber => "TLP:AMBER",
            TlpLabel::Green => "TLP:GREEN",
            TlpLabel::Clear => "TLP:CLEAR",
        }
    }
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

/// Text that import could not place; it waits until the author places or drops it.
#[derive(Clone, Debug, Eq, PartialEq, Serialize, Deserialize, JsonSchema, TS)]
#[serde(deny_unknown_fields)]
#[ts(export)]
pub struct Unplaced {
    /// Its identity.
    pub id: UnplacedId,
    /// The words.
    pub text: String,
    /// Where they stood in the source.
    #[serde(default)]
    pub source: String,
}

/// What reading a foreign text took for granted ("02/06 is 2 June").
#[derive(Clone, Debug, Eq, PartialEq, Serialize, Deserialize, JsonSchema, TS)]
#[serde(deny_unknown_fields)]
#[ts(export)]
pub struct Assumption {
    /// What it is about, in data: `date_order`, `year`, `zone`, `versions`.
    pub about: String,
    /// What was taken for granted and why, in one sentence.
    pub words: String,
}

/// A finding that the author lives with, and why.
#[derive(Clone, Debug, Eq, PartialEq, Serialize, Deserialize, JsonSchema, TS)]
#[serde(deny_unknown_fields)]
#[ts(export)]
pub struct Accepted {
    /// The finding's key; it reopens when its sources change.
    pub finding: String,
    /// Why it may stand.
    pub reason: String,
    /// Who said so.
    #[serde(default)]
    pub by: String,
    /// When, RFC 3339.
    #[serde(default)]
    pub at: String,
}
