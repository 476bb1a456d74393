//! Why an edit is refused. Always true: each reason carries the facts, and the report is as it was.

use crate::ids::SectionId;

/// Why an edit was not applied.
#[derive(Clone, Debug, Eq, PartialEq, thiserror::Error)]
pub enum Refusal {
    /// The template has no such field.
    #[error("this form has no field “{key}”")]
    NoSuchField {
        /// The key.
        key: String,
    },
    /// The template has no such event.
    #[error("this form has no event “{key}”")]
    NoSuchEvent {
        /// The key.
        key: String,
    },
    /// No due time of the template asks for that.
    #[error("no due time of this form asks for “{key}”")]
    NoSuchCircumstance {
        /// The key.
        key: String,
    },
    /// The template has no such due time.
    #[error("this form has no due time “{key}”")]
    NoSuchClock {
        /// The key.
        key: String,
    },
    /// There is no such section.
    #[error("this report has no section {section}")]
    NoSuchSection {
        /// Its id.
        section: SectionId,
    },
    /// The list is shorter.
    #[error("the {list} have {length} entries; there is none at {at}")]
    OutOfRange {
        /// Which list.
        list: &'static str,
        /// The index asked for.
        at: usize,
        /// How many there are.
        length: usize,
    },
    /// A heading of the form is verbatim.
    #[error("“{heading}” is the form's own heading and keeps its words")]
    FormHeading {
        /// The heading.
        heading: String,
    },
    /// Not an IANA zone.
    #[error("“{zone}” is not a time zone; write one such as Europe/London")]
    NoSuchZone {
        /// As typed.
        zone: String,
    },
    /// A file still shown as a figure.
    #[error("the file “{name}” is still shown in the text")]
    InUse {
        /// Its name.
        name: String,
    },
}
