//! Edits carried out. Always true: what is refused changes nothing, and every change gives the edit that takes it back.

use super::{Applied, Change, Edit, Refusal};
use crate::answer::Answer;
use crate::clock::{ClockRule, Filing, Moment};
use crate::ids::SectionId;
use crate::papers::Attachment;
use crate::report::{Report, Section};

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
            Edit::Language { language } => Edit::Language { language: std::mem::replace(&mut self.language, language.clone()) },
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
        let rule = crate::clocks::law(self).event(event).ok_or_else(|| Refusal::NoSuchEvent { key: event.to_owned() })?;
        let key = rule.key.clone();
        let was = match moment {
            Some(moment) => self.clock_events.insert(key, Moment::given(&moment.raw, self.template.date_order)),
            None => self.clock_events.remove(&key),
        };
        Ok(Edit::ClockEvent { event: event.to_owned(), moment: was })
    }

    fn change_circumstance(&mut self, key: &str, holds: Option<bool>) -> Result<Edit, Refusal> {
        if !crate::clocks::law(self).clocks.iter().flat_map(ClockRule::circumstances).any(|circumstance| circumstance.key == key) {
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
            if crate::clocks::law(self).clock(&item.clock).is_none() {
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
}
