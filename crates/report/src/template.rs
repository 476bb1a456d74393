//! Templates: what a regulator or a customer expects, as data. Always true: labels and headings are verbatim; every fact about a regime
//! names its source and says whether it was verified. Deliberately absent: code for any one regime.

mod field;
mod reading;

pub use field::{Allowed, Bounds, Choice, Computed, Condition, Field, FieldType, Shown, Span};
pub(crate) use reading::{Entries, part};
pub use reading::{TemplateError, TemplateFault};

use crate::clock::{ClockRule, EventRule};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use ts_rs::TS;

/// A form to be filled.
#[derive(Clone, Debug, Eq, PartialEq, Serialize, Deserialize, JsonSchema, TS)]
#[serde(deny_unknown_fields)]
#[ts(export)]
pub struct Template {
    /// Its name in commands and files ("sec-h9-summary").
    pub id: String,
    /// Its version; a report keeps the one it was begun with.
    pub version: String,
    /// The title printed at the top.
    pub title: String,
    /// A short name for lists.
    pub short_title: String,
    /// Who expects it.
    pub authority: String,
    /// The line under the title that names the legal basis.
    #[serde(default)]
    pub legal_basis: String,
    /// One sentence on what it is for.
    #[serde(default)]
    pub summary: String,
    /// Words that, in a foreign text, speak for this form ("Reason for Outage").
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    #[ts(as = "Option<Vec<String>>", optional)]
    pub cues: Vec<String>,
    /// Words that name this form in the title of a foreign text ("Post-mortem").
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    #[ts(as = "Option<Vec<String>>", optional)]
    pub titles: Vec<String>,
    /// The language of its labels (BCP 47).
    #[serde(default = "english")]
    pub language: String,
    /// The shape of the document.
    #[serde(default)]
    pub frame: Frame,
    /// Whether sections are numbered.
    #[serde(default)]
    pub numbering: Numbering,
    /// The zone that reports begin with (IANA).
    #[serde(default)]
    pub zone: Option<String>,
    /// How dates in figures are read.
    #[serde(default)]
    pub date_order: crate::when::DateOrder,
    /// The key of the field that names the report ("incident_reference").
    #[serde(default)]
    pub reference_field: Option<String>,
    /// The working papers that print after the form unless the author switches them off; empty where the form forbids additions.
    #[serde(default)]
    pub annexes: Vec<Annex>,
    /// The marking the form calls for.
    #[serde(default)]
    pub marking: Option<MarkingRule>,
    /// What the abbreviations stand for that it prints itself, where its readers need to be told.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    #[ts(as = "Option<BTreeMap<String, String>>", optional)]
    pub abbreviations: BTreeMap<String, String>,
    /// The parts in which people sign ("Author").
    #[serde(default)]
    pub signatories: Vec<String>,
    /// The closing words of a letter.
    #[serde(default)]
    pub closing: String,
    /// Where each fact about the form comes from.
    #[serde(default, rename = "source")]
    pub sources: Vec<SourceNote>,
    /// The forms of earlier stages: a report of one of them can be gone on with in this one.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    #[ts(as = "Option<Vec<String>>", optional)]
    pub follows: Vec<String>,
    /// The formats it is handed in as, besides the PDF.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    #[ts(as = "Option<Vec<crate::outgoing::Outgoing>>", optional)]
    pub exports: Vec<crate::outgoing::Outgoing>,
    /// The answers a new report begins with, by field.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    #[ts(as = "Option<BTreeMap<String, String>>", optional)]
    pub begin_with: BTreeMap<String, String>,
    /// Fields in the order they print.
    #[serde(default, rename = "field")]
    pub fields: Vec<Field>,
    /// Headings in the order they print.
    #[serde(default, rename = "section")]
    pub sections: Vec<SectionRule>,
    /// For whom reports in this form are written, unless one says otherwise.
    #[serde(default)]
    pub audience: Audience,
    /// Whether it names roles instead of people, as blameless reviews do.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    #[ts(as = "Option<bool>", optional)]
    pub blameless: bool,
    /// Checks that weigh more in this form than they do by themselves, by id. Nothing weighs less: what blocks anywhere blocks here.
    #[serde(default, rename = "raise", skip_serializing_if = "BTreeMap::is_empty")]
    #[ts(as = "Option<BTreeMap<String, crate::finding::Level>>", optional)]
    pub raised: BTreeMap<String, crate::finding::Level>,
    /// Events that start due times.
    #[serde(default, rename = "event", skip_serializing_if = "Vec::is_empty")]
    #[ts(as = "Option<Vec<EventRule>>", optional)]
    pub events: Vec<EventRule>,
    /// Due times.
    #[serde(default, rename = "clock")]
    pub clocks: Vec<ClockRule>,
}

/// For whom a report is written. What may stand in it depends on that: names, hosts, addresses.
#[derive(Clone, Copy, Debug, Default, Eq, Hash, PartialEq, Serialize, Deserialize, JsonSchema, TS)]
#[serde(rename_all = "snake_case")]
#[ts(export)]
pub enum Audience {
    /// Anybody.
    Public,
    /// The reporter's customers.
    Customers,
    /// An authority, or the parties of a code.
    #[default]
    Regulator,
    /// The reporter's own people.
    Internal,
}

/// The shape of the document.
#[derive(Clone, Copy, Debug, Default, Eq, PartialEq, Serialize, Deserialize, JsonSchema, TS)]
#[serde(rename_all = "snake_case")]
#[ts(export)]
pub enum Frame {
    /// Title, header table, sections.
    #[default]
    Form,
    /// Letterhead, dateline, sections, closing.
    Letter,
    /// The author's title with a line under it, key figures, sections, a list of contents where it is long.
    Review,
}

/// Whether sections are numbered.
#[derive(Clone, Copy, Debug, Default, Eq, PartialEq, Serialize, Deserialize, JsonSchema, TS)]
#[serde(rename_all = "snake_case")]
#[ts(export)]
pub enum Numbering {
    /// No numbers.
    #[default]
    None,
    /// 1, 2, 3.
    Decimal,
}

/// A working paper that prints after the form.
#[derive(Clone, Copy, Debug, Eq, Hash, Ord, PartialEq, PartialOrd, Serialize, Deserialize, JsonSchema, TS)]
#[serde(rename_all = "snake_case")]
#[ts(export)]
pub enum Annex {
    /// Impact windows and what they add up to.
    Impact,
    /// The timeline with its chart.
    Timeline,
    /// Actions.
    Actions,
    /// Lessons.
    Lessons,
    /// The list of evidence.
    Evidence,
    /// What the checks found and somebody let stand: with the reason, who, and when.
    Record,
}

/// Where a fact comes from.
#[derive(Clone, Debug, Eq, PartialEq, Serialize, Deserialize, JsonSchema, TS)]
#[serde(deny_unknown_fields)]
#[ts(export)]
pub struct SourceNote {
    /// The fact.
    pub fact: String,
    /// The document it was read in.
    pub read_in: String,
    /// Whether it was read in the instrument itself or in a published report; what was not is shown as "not verified".
    pub verified: bool,
}

/// The marking a form calls for.
#[derive(Clone, Debug, Eq, PartialEq, Serialize, Deserialize, JsonSchema, TS)]
#[serde(deny_unknown_fields)]
#[ts(export)]
pub struct MarkingRule {
    /// Whether filing without one is refused.
    pub required: bool,
    /// Whether readers look for one although the form does not demand it.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    #[ts(as = "Option<bool>", optional)]
    pub expected: bool,
    /// The marking that a new report begins with.
    #[serde(default)]
    pub default: Option<crate::papers::Marking>,
}

/// A heading the form requires or offers.
#[derive(Clone, Debug, Eq, PartialEq, Serialize, Deserialize, JsonSchema, TS)]
#[serde(deny_unknown_fields)]
#[ts(export)]
pub struct SectionRule {
    /// Its name in data ("root_cause").
    pub key: String,
    /// Its heading, verbatim; `{zone}` stands for the abbreviation of the report's zone.
    pub heading: String,
    /// Other words under which it is found in foreign text.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    #[ts(as = "Option<Vec<String>>", optional)]
    pub aliases: Vec<String>,
    /// Words that, in a foreign paragraph without a heading, say that it belongs here ("no data was lost").
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    #[ts(as = "Option<Vec<String>>", optional)]
    pub cues: Vec<String>,
    /// What stands under it.
    #[serde(default)]
    pub kind: SectionKind,
    /// Whether filing without it is refused.
    #[serde(default)]
    pub required: bool,
    /// The answers allowed besides text.
    #[serde(default)]
    pub allow: Vec<Allowed>,
    /// The heads of its table's columns or of its groups, where the form words them ("Bug", "Date", "Description").
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    #[ts(as = "Option<Vec<String>>", optional)]
    pub columns: Vec<String>,
    /// What is said of each item under it, where the form asks the same of each (of every contributing factor, say).
    #[serde(default, skip_serializing_if = "Vec::is_empty", rename = "part")]
    #[ts(as = "Option<Vec<PartRule>>", optional)]
    pub parts: Vec<PartRule>,
    /// Whether the heading itself is left unprinted (the lead of a letter).
    #[serde(default)]
    pub silent: bool,
    /// Whether it belongs to the opening of a review, which stands before the list of contents.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    #[ts(as = "Option<bool>", optional)]
    pub opening: bool,
    /// What the reader asks here.
    #[serde(default)]
    pub guidance: String,
    /// A good answer.
    #[serde(default)]
    pub example: String,
}

/// What stands under a heading.
#[derive(Clone, Copy, Debug, Default, Eq, PartialEq, Serialize, Deserialize, JsonSchema, TS)]
#[serde(rename_all = "snake_case")]
#[ts(export)]
pub enum SectionKind {
    /// Text.
    #[default]
    Prose,
    /// The table of linked incidents; text instead of it ("None") is an answer.
    LinkedIncidents,
    /// The timeline.
    Timeline,
    /// The actions.
    Actions,
    /// The lessons.
    Lessons,
    /// The causes: each under a heading of its own with its parts, or as a chain of whys.
    Causes,
    /// The table of targets and what was reached.
    Targets,
    /// The drawings.
    Diagrams,
    /// The fields that name this section, and no text of its own.
    Fields,
}

/// A question asked of each item under a heading.
#[derive(Clone, Debug, Eq, PartialEq, Serialize, Deserialize, JsonSchema, TS)]
#[serde(deny_unknown_fields)]
#[ts(export)]
pub struct PartRule {
    /// Its name in data ("detection").
    pub key: String,
    /// Its label, verbatim.
    pub label: String,
    /// What the reader asks here.
    #[serde(default)]
    pub guidance: String,
}

impl Template {
    /// The field of that key.
    pub fn field(&self, key: &str) -> Option<&Field> {
        self.fields.iter().find(|field| field.key == key)
    }

    /// The section of that key.
    pub fn section(&self, key: &str) -> Option<&SectionRule> {
        self.sections.iter().find(|section| section.key == key)
    }

    /// The event of that key.
    pub fn event(&self, key: &str) -> Option<&EventRule> {
        self.events.iter().find(|event| event.key == key)
    }

    /// The due time of that key.
    pub fn clock(&self, key: &str) -> Option<&ClockRule> {
        self.clocks.iter().find(|clock| clock.key == key)
    }

    /// The fields of the header table.
    pub fn header_fields(&self) -> impl Iterator<Item = &Field> {
        self.fields.iter().filter(|field| field.section.is_none())
    }

    /// The fields that stand under that section.
    pub fn fields_under<'a>(&'a self, section: &'a str) -> impl Iterator<Item = &'a Field> {
        self.fields.iter().filter(move |field| field.section.as_deref() == Some(section))
    }

    /// Whether something of that kind has a heading of the form's own, so that no annex repeats it.
    pub fn has_kind(&self, kind: SectionKind) -> bool {
        self.sections.iter().any(|section| section.kind == kind)
    }
}

fn english() -> String {
    "en-GB".to_owned()
}
