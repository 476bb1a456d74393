//! What a place in a report is called when it is not a number in a list: the thing that stands there, by the id it keeps wherever it moves.
//! Always true: an address says the same before and after anything else was inserted, taken out or moved, and in every language.
//! Deliberately absent: words for people (see `place`) and the lines of a text, which have no ids yet: their own words tell them apart.

use crate::place::Place;
use crate::report::Report;
use std::fmt;
use uuid::Uuid;

/// A thing of a report by its own name.
#[derive(Clone, Debug, Eq, PartialEq)]
pub enum Address {
    /// A part of the report as a whole: `marking`, `actions`.
    Part(&'static str),
    /// A header field, by its key.
    Field(String),
    /// A section, a row, an action …: what it is, and its id.
    Thing(&'static str, Uuid),
}

impl Address {
    /// The address of a place and, where it is a list, of one row in it, from 0. A row that is not there leaves the list's own address.
    pub fn of(report: &Report, place: &Place, row: Option<usize>) -> Self {
        let thing = |name: &'static str, id: Option<Uuid>| id.map_or(Self::Part(name), |id| Self::Thing(name, id));
        match place {
            Place::Field { key } => Self::Field(key.clone()),
            Place::Section { section, .. } => Self::Thing("section", section.0),
            Place::Timeline { index } => thing("timeline", index.or(row).and_then(|at| report.timeline.get(at)).map(|row| row.id().0)),
            Place::Impact => thing("impact", row.and_then(|at| report.impact.get(at)).map(|one| one.id.0)),
            Place::Actions => thing("actions", row.and_then(|at| report.actions.get(at)).map(|one| one.id.0)),
            Place::Causes => thing("causes", row.and_then(|at| report.causes.get(at)).map(|one| one.id.0)),
            Place::Targets => thing("targets", row.and_then(|at| report.targets.get(at)).map(|one| one.id.0)),
            Place::Lessons => thing("lessons", row.and_then(|at| report.lessons.get(at)).map(|one| one.id.0)),
            Place::Diagrams => thing("diagrams", row.and_then(|at| report.diagrams.get(at)).map(|one| one.id.0)),
            Place::Linked => thing("linked", row.and_then(|at| report.linked.get(at)).map(|one| one.id.0)),
            Place::Evidence => thing("evidence", row.and_then(|at| report.attachments.get(at)).map(|one| one.id.0)),
            Place::Signatures => thing("signatures", row.and_then(|at| report.signatories.get(at)).map(|one| one.id.0)),
            Place::Report => Self::Part("report"),
            Place::Form => Self::Part("form"),
            Place::Marking => Self::Part("marking"),
            Place::Letter => Self::Part("letter"),
            Place::Clocks => Self::Part("clocks"),
            Place::Tray => Self::Part("tray"),
        }
    }
}

impl fmt::Display for Address {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Part(name) => f.write_str(name),
            Self::Field(key) => write!(f, "field/{key}"),
            Self::Thing(name, id) => write!(f, "{name}/{id}"),
        }
    }
}
