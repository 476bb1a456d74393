//! Edits as values: what an author does to a report. Always true: applying an edit gives a new report and the edit that takes it back
//! exactly; a nonsensical edit is refused with the facts and changes nothing. Deliberately absent: undo stacks (see `history`), disks.

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

/// A report after an edit, and the edit that takes it back.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Applied {
    /// The report as it is now.
    pub report: Report,
    /// What would make it as it was.
    pub inverse: Edit,
}

impl Report {
    /// Applies an edit.
    ///
    /// # Errors
    /// A [`Refusal`] when the edit makes no sense here; the report is as it was.
    pub fn apply(&self, edit: &Edit) -> Result<Applied, Refusal> {
        let mut report = self.clone();
        let inverse = report.change(edit)?;
        Ok(Applied { report, inverse })
    }

    fn change(&mut self, edit: &Edit) -> Result<Edit, Refusal> {
        Ok(match edit {
            Edit::Title { title } => Edit::Title { title: std::mem::replace(&mut self.title, title.clone()) },
            Edit::Version { version } => Edit::Version { version: std::mem::replace(&mut self.version, version.clone()) },
            Edit::Zone { zone } => self.change_zone(zone.as_ref())?,
            Edit::Answer { key, answer } => self.change_answer(key, answer.as_ref())?,
            Edit::Body { section, body } => {
                let was = std::mem::replace(&mut self.section_mut(*section)?.body, body.clone());
                Edit::Body { section: *section, body: was }
            }
            Edit::Standing { section, standing } => {
                let was = std::mem::replace(&mut self.section_mut(*section)?.standing, standing.clone());
                Edit::Standing { section: *section, standing: was }
            }
            Edit::Heading { section, heading } => self.change_heading(*section, heading)?,
            Edit::Sections { change } => Edit::Sections { change: change.apply(&mut self.sections, "sections")? },
            Edit::Timeline { change } => Edit::Timeline { change: change.apply(&mut self.timeline, "timeline rows")? },
            Edit::Impact { change } => Edit::Impact { change: change.apply(&mut self.impact, "impact windows")? },
            Edit::Classifications { change } => {
                Edit::Classifications { change: change.apply(&mut self.classifications, "classifications")? }
            }
            Edit::Actions { change } => Edit::Actions { change: change.apply(&mut self.actions, "actions")? },
            Edit::Causes { change } => Edit::Causes { change: change.apply(&mut self.causes, "causes")? },
            Edit::Targets { change } => Edit::Targets { change: change.apply(&mut self.targets, "targets")? },
            Edit::Lessons { change } => Edit::Lessons { change: change.apply(&mut self.lessons, "lessons")? },
            Edit::Linked { change } => Edit::Linked { change: change.apply(&mut self.linked, "linked incidents")? },
            Edit::Diagrams { change } => Edit::Diagrams { change: change.apply(&mut self.diagrams, "diagrams")? },
            Edit::Attachments { change } => self.change_attachments(change)?,
            Edit::Markings { change } => Edit::Markings { change: change.apply(&mut self.markings, "markings")? },
            Edit::People { change } => Edit::People { change: change.apply(&mut self.people, "people")? },
            Edit::Signatories { change } => Edit::Signatories { change: change.apply(&mut self.signatories, "signatories")? },
            Edit::Accepted { change } => Edit::Accepted { change: change.apply(&mut self.accepted, "accepted findings")? },
            Edit::Unplaced { change } => Edit::Unplaced { change: change.apply(&mut self.unplaced, "unplaced texts")? },
            Edit::Assumptions { change } => Edit::Assumptions { change: change.apply(&mut self.assumptions, "assumptions")? },
            Edit::Letter { letter } => Edit::Letter { letter: std::mem::replace(&mut self.letter, letter.clone()) },
            Edit::Annex { annex, on } => {
                let was = match on {
                    Some(on) => self.annexes.insert(*annex, *on),
                    None => self.annexes.remove(annex),
                };
                Edit::Annex { annex: *annex, on: was }
            }
            Edit::Audience { audience } => Edit::Audience { audience: std::mem::replace(&mut self.audience, *audience) },
            Edit::ServiceLevel { level } => Edit::ServiceLevel { level: std::mem::replace(&mut self.service_level, level.clone()) },
            Edit::ClockEvent { event, moment } => self.change_clock_event(event, moment.as_ref())?,
            Edit::Circumstance { key, holds } => self.change_circumstance(key, *holds)?,
            Edit::Filings { change } => self.change_filings(change)?,
            Edit::Together { edits } => {
                let mut inverses = edits.iter().map(|edit| self.change(edit)).collect::<Result<Vec<_>, _>>()?;
                inverses.reverse();
                Edit::Together { edits: inverses }
            }
        })
    }

    fn section_mut(&mut self, id: SectionId) -> Result<&mut Section, Refusal> {
        self.sections.iter_mut().find(|section| section.id == id).ok_or(Refusal::NoSuchSection { section: id })
    }

    fn change_zone(&mut self, zone: Option<&String>) -> Result<Edit, Refusal> {
        if let Some(zone) = zone
            && crate::when::zone(zone).is_none()
        {
            return Err(Refusal::NoSuchZone { zone: zone.clone() });
        }
        Ok(Edit::Zone { zone: std::mem::replace(&mut self.zone, zone.cloned()) })
    }

    fn change_answer(&mut self, key: &str, answer: Option<&Answer>) -> Result<Edit, Refusal> {
        let field = self.template.field(key).ok_or_else(|| Refusal::NoSuchField { key: key.to_owned() })?;
        let was = match answer {
            Some(answer) => self.fields.insert(key.to_owned(), answer.clone().read(field, self.template.date_order)),
            None => self.fields.remove(key),
        };
        Ok(Edit::Answer { key: key.to_owned(), answer: was })
    }

    fn change_clock_event(&mut self, event: &str, moment: Option<&Moment>) -> Result<Edit, Refusal> {
        let rule = self.template.event(event).ok_or_else(|| Refusal::NoSuchEvent { key: event.to_owned() })?;
        let key = rule.key.clone();
        let was = match moment {
            Some(moment) => self.clock_events.insert(key, Moment::given(&moment.raw, self.template.date_order)),
            None => self.clock_events.remove(&key),
        };
        Ok(Edit::ClockEvent { event: event.to_owned(), moment: was })
    }

    fn change_circumstance(&mut self, key: &str, holds: Option<bool>) -> Result<Edit, Refusal> {
        let asked = self.template.clocks.iter().filter_map(|clock| clock.relief.as_ref()).flat_map(|relief| &relief.unless);
        if !asked.into_iter().any(|circumstance| circumstance.key == key) {
            return Err(Refusal::NoSuchCircumstance { key: key.to_owned() });
        }
        let was = match holds {
            Some(holds) => self.circumstances.insert(key.to_owned(), holds),
            None => self.circumstances.remove(key),
        };
        Ok(Edit::Circumstance { key: key.to_owned(), holds: was })
    }

    fn change_filings(&mut self, change: &Change<Filing>) -> Result<Edit, Refusal> {
        let mut change = change.clone();
        if let Change::Insert { item, .. } | Change::Replace { item, .. } = &mut change {
            if self.template.clock(&item.clock).is_none() {
                return Err(Refusal::NoSuchClock { key: item.clock.clone() });
            }
            item.moment = Moment::given(&item.moment.raw, self.template.date_order);
        }
        Ok(Edit::Filings { change: change.apply(&mut self.filings, "filings")? })
    }

    fn change_heading(&mut self, id: SectionId, heading: &str) -> Result<Edit, Refusal> {
        let section = self.section_mut(id)?;
        if section.key.is_some() {
            return Err(Refusal::FormHeading { heading: section.heading.clone() });
        }
        let was = std::mem::replace(&mut section.heading, heading.to_owned());
        Ok(Edit::Heading { section: id, heading: was })
    }

    fn change_attachments(&mut self, change: &Change<Attachment>) -> Result<Edit, Refusal> {
        if let Change::Remove { at } = change
            && let Some(file) = self.attachments.get(*at)
            && self.sections.iter().any(|s| s.body.figures().iter().any(|figure| figure.attachment == Some(file.id)))
        {
            return Err(Refusal::InUse { name: file.name.clone() });
        }
        Ok(Edit::Attachments { change: change.apply(&mut self.attachments, "attached files")? })
    }
}

impl<T: Clone> Change<T> {
    fn apply(&self, list: &mut Vec<T>, name: &'static str) -> Result<Change<T>, Refusal> {
        let length = list.len();
        let within = |at: usize, limit: usize| if at < limit { Ok(at) } else { Err(Refusal::OutOfRange { list: name, at, length }) };
        Ok(match self {
            Change::Insert { at, item } => {
                list.insert(within(*at, length + 1)?, item.clone());
                Change::Remove { at: *at }
            }
            Change::Replace { at, item } => {
                let was = std::mem::replace(&mut list[within(*at, length)?], item.clone());
                Change::Replace { at: *at, item: was }
            }
            Change::Remove { at } => Change::Insert { at: *at, item: list.remove(within(*at, length)?) },
            Change::Move { from, to } => {
                let (from, to) = (within(*from, length)?, within(*to, length)?);
                let item = list.remove(from);
                list.insert(to, item);
                Change::Move { from: to, to: from }
            }
        })
    }

    fn at(&self) -> usize {
        match self {
            Change::Insert { at, .. } | Change::Replace { at, .. } | Change::Remove { at } => *at,
            Change::Move { to, .. } => *to,
        }
    }
}

impl Edit {
    /// Where in the report it happens, so that undo can show it.
    pub fn place(&self) -> Place {
        match self {
            Edit::Title { .. } | Edit::Version { .. } | Edit::Zone { .. } | Edit::Annex { .. } => Place::Report,
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

    /// What typing on without a pause goes on changing: two such edits in a row are one step of undo.
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

impl<T> Change<T> {
    fn continues(&self, earlier: &Self) -> bool {
        matches!((self, earlier), (Change::Replace { at, .. }, Change::Replace { at: other, .. }) if at == other)
    }
}
