//! Templates: what a regulator or a customer expects, as data. Always true: labels and headings are verbatim; every fact about a regime
//! names its source and says whether it was verified. Deliberately absent: code for any one regime.

use crate::clock::{ClockRule, EventRule};
use crate::timeline::Role;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
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
    /// The parts in which people sign ("Author").
    #[serde(default)]
    pub signatories: Vec<String>,
    /// The closing words of a letter.
    #[serde(default)]
    pub closing: String,
    /// Where each fact about the form comes from.
    #[serde(default, rename = "source")]
    pub sources: Vec<SourceNote>,
    /// Header fields in the order they print.
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
    /// The marking that a new report begins with.
    #[serde(default)]
    pub default: Option<crate::papers::Marking>,
}

/// A header field.
#[derive(Clone, Debug, Eq, PartialEq, Serialize, Deserialize, JsonSchema, TS)]
#[serde(deny_unknown_fields)]
#[ts(export)]
pub struct Field {
    /// Its name in data ("incident_reference").
    pub key: String,
    /// Its label, verbatim.
    pub label: String,
    /// Other words under which it is found in foreign text.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    #[ts(as = "Option<Vec<String>>", optional)]
    pub aliases: Vec<String>,
    /// What kind of answer it takes.
    #[serde(rename = "type")]
    pub kind: FieldType,
    /// Whether it must be answered.
    #[serde(default)]
    pub required: bool,
    /// The answers allowed besides a value.
    #[serde(default)]
    pub allow: Vec<Allowed>,
    /// Required only when another field is answered so.
    #[serde(default)]
    pub condition: Option<Condition>,
    /// For a duration: the fields it is computed from.
    #[serde(default)]
    pub computed: Option<Computed>,
    /// For a choice: the options.
    #[serde(default)]
    pub vocabulary: Vec<Choice>,
    /// For a reference: how many figures it has, where that is known.
    #[serde(default)]
    pub digits: Option<usize>,
    /// For a date-time: the moment of the incident's life it states.
    #[serde(default)]
    pub role: Option<Role>,
    /// The qualifier a new report begins with; some forms ask what a time stands for.
    #[serde(default)]
    pub qualifier: Option<String>,
    /// Whether it decides the report and prints in semibold.
    #[serde(default)]
    pub deciding: bool,
    /// What the reader asks here.
    #[serde(default)]
    pub guidance: String,
    /// A good answer.
    #[serde(default)]
    pub example: String,
}

/// What kind of answer a field takes.
#[derive(Clone, Copy, Debug, Eq, PartialEq, Serialize, Deserialize, JsonSchema, TS)]
#[serde(rename_all = "snake_case")]
#[ts(export)]
pub enum FieldType {
    /// One line.
    Text,
    /// Several paragraphs.
    LongText,
    /// Text with lists, tables, pictures.
    RichText,
    /// A day.
    Date,
    /// A day and a time.
    DateTime,
    /// A length of time.
    Duration,
    /// A reference number.
    Reference,
    /// Yes or no.
    YesNo,
    /// One of a list.
    Choice,
    /// A person or role.
    Person,
}

/// An answer allowed besides a value.
#[derive(Clone, Copy, Debug, Eq, PartialEq, Serialize, Deserialize, JsonSchema, TS)]
#[serde(rename_all = "snake_case")]
#[ts(export)]
pub enum Allowed {
    /// "Not yet known", with owner and date.
    NotYetKnown,
    /// "N/A", with a reason.
    NotApplicable,
}

/// When a field is required.
#[derive(Clone, Debug, Eq, PartialEq, Serialize, Deserialize, JsonSchema, TS)]
#[serde(deny_unknown_fields)]
#[ts(export)]
pub struct Condition {
    /// The other field.
    pub field: String,
    /// Its answer: an option's key, `yes` or `no`.
    pub is: String,
}

/// What a duration is computed from.
#[derive(Clone, Debug, Eq, PartialEq, Serialize, Deserialize, JsonSchema, TS)]
#[serde(deny_unknown_fields)]
#[ts(export)]
pub struct Computed {
    /// The date-time field it starts at.
    pub from: String,
    /// The date-time field it ends at.
    pub to: String,
    /// What that length measures ("impact start").
    pub clock: String,
}

/// An option of a choice.
#[derive(Clone, Debug, Eq, PartialEq, Serialize, Deserialize, JsonSchema, TS)]
#[serde(deny_unknown_fields)]
#[ts(export)]
pub struct Choice {
    /// Its name in data.
    pub key: String,
    /// Its words.
    pub label: String,
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
    /// Whether the heading itself is left unprinted (the lead of a letter).
    #[serde(default)]
    pub silent: bool,
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
}

/// Why a text is not a template.
#[derive(Debug, thiserror::Error)]
pub enum TemplateError {
    /// Not TOML, or not of this shape.
    #[error("line {line}: {message}")]
    Shape {
        /// The line, from 1.
        line: usize,
        /// What is wrong there.
        message: String,
    },
    /// Two entries carry one key.
    #[error("two entries are called “{key}”; each key may stand once")]
    TwiceNamed {
        /// The key.
        key: String,
    },
    /// A due time counts from an event that the template does not have.
    #[error("“{by}” counts from the event “{event}”, which this template does not have")]
    NoSuchEvent {
        /// Who counts.
        by: String,
        /// From what.
        event: String,
    },
    /// An event is the filing of a due time that the template does not have.
    #[error("“{by}” refers to the clock “{clock}”, which this template does not have")]
    NoSuchClock {
        /// Who refers.
        by: String,
        /// To what.
        clock: String,
    },
    /// An entry names a field that the template does not have.
    #[error("“{by}” refers to the field “{field}”, which this template does not have")]
    NoSuchField {
        /// Who refers.
        by: String,
        /// To what.
        field: String,
    },
}

impl Template {
    /// Reads a template file.
    ///
    /// # Errors
    /// Names the first fault with its line.
    pub fn from_toml(text: &str) -> Result<Self, TemplateError> {
        let template: Template = toml::from_str(text).map_err(|fault| TemplateError::Shape {
            line: fault.span().map_or(1, |span| text[..span.start.min(text.len())].matches('\n').count() + 1),
            message: fault.message().to_owned(),
        })?;
        template.check_names()?;
        Ok(template)
    }

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

    /// Whether the timeline has a heading of the form's own, so that no annex repeats it.
    pub fn has_kind(&self, kind: SectionKind) -> bool {
        self.sections.iter().any(|section| section.kind == kind)
    }

    fn check_names(&self) -> Result<(), TemplateError> {
        let mut seen = std::collections::BTreeSet::new();
        let keys = self.fields.iter().map(|f| &f.key).chain(self.sections.iter().map(|s| &s.key));
        for key in keys {
            if !seen.insert(key) {
                return Err(TemplateError::TwiceNamed { key: key.clone() });
            }
        }
        let referred = self.fields.iter().flat_map(|field| {
            let computed = field.computed.iter().flat_map(|c| [&c.from, &c.to]);
            let condition = field.condition.iter().map(|c| &c.field);
            computed.chain(condition).map(move |target| (&field.key, target))
        });
        for (by, field) in referred {
            if self.field(field).is_none() {
                return Err(TemplateError::NoSuchField { by: by.clone(), field: field.clone() });
            }
        }
        match &self.reference_field {
            Some(field) if self.field(field).is_none() => {
                Err(TemplateError::NoSuchField { by: "reference_field".into(), field: field.clone() })
            }
            _ => self.check_clocks(),
        }
    }

    fn check_clocks(&self) -> Result<(), TemplateError> {
        for keys in [self.events.iter().map(|e| &e.key).collect::<Vec<_>>(), self.clocks.iter().map(|c| &c.key).collect()] {
            let mut seen = std::collections::BTreeSet::new();
            if let Some(key) = keys.into_iter().find(|key| !seen.insert(*key)) {
                return Err(TemplateError::TwiceNamed { key: key.clone() });
            }
        }
        for clock in &self.clocks {
            if let Some(event) = clock.limit.events().into_iter().find(|event| self.event(event).is_none()) {
                return Err(TemplateError::NoSuchEvent { by: clock.key.clone(), event: event.to_owned() });
            }
            let fields = clock.condition.iter().map(|condition| &condition.field).filter(|key| self.field(key).is_none());
            let places = clock.reasons_in.iter().filter(|key| self.field(key).is_none() && self.section(key).is_none());
            if let Some(field) = fields.chain(places).next() {
                return Err(TemplateError::NoSuchField { by: clock.key.clone(), field: field.clone() });
            }
        }
        for event in &self.events {
            if let Some(field) = event.field.as_ref().filter(|key| self.field(key).is_none()) {
                return Err(TemplateError::NoSuchField { by: event.key.clone(), field: field.clone() });
            }
            if let Some(clock) = event.filing.as_ref().filter(|key| self.clock(key).is_none()) {
                return Err(TemplateError::NoSuchClock { by: event.key.clone(), clock: clock.clone() });
            }
        }
        Ok(())
    }
}

fn english() -> String {
    "en-GB".to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    const HEAD: &str = "id = \"t\"\nversion = \"1\"\ntitle = \"T\"\nshort_title = \"T\"\nauthority = \"A\"\n";

    #[test]
    fn a_fault_is_named_with_its_line() {
        let fault =
            Template::from_toml(&format!("{HEAD}\n[[field]]\nkey = \"a\"\nlabel = \"A\"\ntype = \"colour\"\n")).expect_err("no such type");
        assert!(matches!(fault, TemplateError::Shape { line: 10, .. }), "{fault}");
        let fault = Template::from_toml(&format!("{HEAD}flavour = 3\n")).expect_err("no such key");
        assert!(fault.to_string().starts_with("line 6:"), "{fault}");
    }

    #[test]
    fn a_key_stands_once_and_refers_to_what_is_there() {
        let twice = format!("{HEAD}[[field]]\nkey = \"a\"\nlabel = \"A\"\ntype = \"text\"\n[[section]]\nkey = \"a\"\nheading = \"A\"\n");
        assert!(matches!(Template::from_toml(&twice), Err(TemplateError::TwiceNamed { .. })));
        let astray =
            format!("{HEAD}[[field]]\nkey = \"a\"\nlabel = \"A\"\ntype = \"text\"\ncondition = {{ field = \"b\", is = \"yes\" }}\n");
        assert!(matches!(Template::from_toml(&astray), Err(TemplateError::NoSuchField { .. })));
    }

    #[test]
    fn a_due_time_counts_from_an_event_that_is_there() {
        let event = "[[event]]\nkey = \"aware\"\nlabel = \"Became aware\"\n";
        let clock = |limit: &str| {
            format!("{HEAD}{event}[[clock]]\nkey = \"c\"\ndue = \"D\"\nclause = \"1\"\nsource = \"S\"\nverified = true\nlimit = {limit}\n")
        };
        assert!(Template::from_toml(&clock("{ kind = \"hours\", from = \"aware\", hours = 72 }")).is_ok());
        let astray = clock(
            "{ kind = \"earlier_of\", of = [{ kind = \"days\", from = \"aware\", days = 1 }, { kind = \"promptly\", from = \"told\" }] }",
        );
        assert!(matches!(Template::from_toml(&astray), Err(TemplateError::NoSuchEvent { event, .. }) if event == "told"));
        let chained = format!("{HEAD}[[event]]\nkey = \"sent\"\nlabel = \"Sent\"\nfiling = \"first\"\n");
        assert!(matches!(Template::from_toml(&chained), Err(TemplateError::NoSuchClock { .. })));
    }
}
