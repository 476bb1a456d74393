//! What one part of a report names in another and what is not there. Always true: a reference of the author's own making that leads nowhere
//! can be taken away in one step.

use super::{Nonsense, shortened};
use crate::clock::ClockRule;
use crate::edit::{Change, Edit};
use crate::ids::{AttachmentId, RowId};
use crate::papers::{Action, Bound};
use crate::place::Place;
use crate::report::Report;
use crate::rich::RichText;
use crate::timeline::{Event, Row};
use std::collections::BTreeSet;

pub(super) fn check(report: &Report, found: &mut Vec<Nonsense>) {
    let files: BTreeSet<AttachmentId> = report.attachments.iter().map(|file| file.id).collect();
    found.extend(evidence(report, &files));
    found.extend(pictures(report, &files));
    found.extend(causes(report));
    found.extend(windows(report));
    found.extend(ways(report));
    found.extend(of_the_form(report));
    found.extend(of_its_clocks(report));
}

fn evidence(report: &Report, files: &BTreeSet<AttachmentId>) -> Vec<Nonsense> {
    let events = report.timeline.iter().enumerate().filter_map(|(at, row)| Some((at, row.event()?)));
    let told = events.filter_map(|(at, event)| {
        let stray = event.evidence.iter().find(|file| !files.contains(file))?;
        let kept = event.evidence.iter().filter(|file| files.contains(file)).copied().collect();
        let item = Row::Event(Event { evidence: kept, ..event.clone() });
        let words = format!("row {} of the timeline names a file that the report does not have ({stray})", at + 1);
        let edit = Edit::Timeline { change: Change::Replace { at, item } };
        Some(Nonsense::new(Place::Timeline { index: Some(at) }, words).with_fix("Take the reference away", edit))
    });
    told.collect()
}

/// Figures under headings and in fields. One that leads nowhere waits for its picture again.
fn pictures(report: &Report, files: &BTreeSet<AttachmentId>) -> Vec<Nonsense> {
    const LABEL: &str = "Mark the picture as still to be found";
    let stray = |text: &RichText| text.figures().iter().find_map(|figure| figure.attachment.filter(|file| !files.contains(file)));
    let words = |place: &str, file: AttachmentId| {
        format!("a figure under “{}” shows a file that the report does not have ({file})", shortened(place))
    };
    let sections = report.sections.iter().filter_map(|section| {
        let file = stray(&section.body)?;
        let edit = Edit::Body { section: section.id, body: without(&section.body, files) };
        let place = Place::Section { section: section.id, line: None };
        Some(Nonsense::new(place, words(&section.heading, file)).with_fix(LABEL, edit))
    });
    let answers = report.fields.iter().filter_map(|(key, answer)| {
        let rich = answer.rich.as_ref()?;
        let file = stray(rich)?;
        let label = report.template.field(key).map_or(key.as_str(), |field| &field.label);
        let answer = crate::answer::Answer { rich: Some(without(rich, files)), ..answer.clone() };
        let edit = Edit::Answer { key: key.clone(), answer: Some(answer) };
        Some(Nonsense::new(Place::Field { key: key.clone() }, words(label, file)).with_fix(LABEL, edit))
    });
    sections.chain(answers).collect()
}

fn without(text: &RichText, files: &BTreeSet<AttachmentId>) -> RichText {
    let mut text = text.clone();
    text.each_line_mut(&mut |_, figure| {
        if let Some(figure) = figure {
            figure.attachment = figure.attachment.filter(|file| files.contains(file));
        }
    });
    text
}

fn causes(report: &Report) -> Vec<Nonsense> {
    let known: BTreeSet<_> = report.causes.iter().map(|cause| cause.id).collect();
    let told = report.actions.iter().enumerate().filter_map(|(at, action)| {
        let stray = action.causes.iter().find(|cause| !known.contains(cause))?;
        let kept = action.causes.iter().filter(|cause| known.contains(cause)).copied().collect();
        let words = format!("row {} of the actions is aimed at a cause that the report does not have ({stray})", at + 1);
        let edit = Edit::Actions { change: Change::Replace { at, item: Action { causes: kept, ..action.clone() } } };
        Some(Nonsense::in_row(Place::Actions, at, words).with_fix("Take the reference away", edit))
    });
    told.collect()
}

/// The ends of an impact that move with an event.
fn windows(report: &Report) -> Vec<Nonsense> {
    let events: BTreeSet<RowId> = report.events().map(|event| event.id).collect();
    let told = report.impact.iter().enumerate().filter_map(|(row, window)| {
        let ends = [("begins", Some(window.from)), ("ends", window.to)];
        let stray = |bound| matches!(bound, Some(Bound::Event { row }) if !events.contains(&row));
        let (verb, _) = ends.into_iter().find(|(_, bound)| stray(*bound))?;
        let words = format!("row {} of the impact {verb} with an event that the timeline does not have", row + 1);
        Some(Nonsense::in_row(Place::Impact, row, words))
    });
    told.collect()
}

/// The arrows of drawings.
fn ways(report: &Report) -> Vec<Nonsense> {
    let told = report.diagrams.iter().enumerate().filter_map(|(row, drawing)| {
        let parts: BTreeSet<&str> = drawing.nodes.iter().map(|node| node.id.as_str()).collect();
        let number = row + 1;
        let words = if parts.len() < drawing.nodes.len() {
            format!("drawing {number} has two parts of one name")
        } else {
            let stray = drawing.edges.iter().flat_map(|edge| [&edge.from, &edge.to]).find(|name| !parts.contains(name.as_str()))?;
            format!("an arrow of drawing {number} leads to “{}”, which is none of its parts", shortened(stray))
        };
        Some(Nonsense::in_row(Place::Diagrams, row, words))
    });
    told.collect()
}

/// What answers a field or a heading that the form does not have stands on no page.
fn of_the_form(report: &Report) -> Vec<Nonsense> {
    let form = &report.template;
    let fields = report.fields.keys().filter(|key| form.field(key).is_none());
    let fields = fields.map(|key| (Place::Form, format!("the form has no field “{}”, which is answered", shortened(key))));
    let sections = report.sections.iter().filter_map(|section| {
        let key = section.key.as_deref().filter(|key| form.section(key).is_none())?;
        let words =
            format!("“{}” answers the form’s heading “{}”, which the form does not have", shortened(&section.heading), shortened(key));
        Some((Place::Section { section: section.id, line: None }, words))
    });
    fields.chain(sections).map(|(place, words)| Nonsense::new(place, words)).collect()
}

/// What is recorded for a due time, an event or a circumstance that the form does not know counts for nothing.
fn of_its_clocks(report: &Report) -> Vec<Nonsense> {
    let form = crate::clocks::law(report);
    let knows = |key: &str| form.clocks.iter().flat_map(ClockRule::circumstances).any(|circumstance| circumstance.key == key);
    let events = report.clock_events.keys().filter(|key| form.event(key).is_none()).map(|key| ("event", key));
    let circumstances = report.circumstances.keys().filter(|key| !knows(key)).map(|key| ("circumstance", key));
    let said = events.chain(circumstances).map(|(what, key)| {
        let words = format!("the form’s due times know no {what} “{}”, of which something is recorded", shortened(key));
        Nonsense::new(Place::Clocks, words)
    });
    let filings = report.filings.iter().enumerate().filter(|(_, filing)| form.clock(&filing.clock).is_none()).map(|(at, filing)| {
        let words = format!("row {} of the filings is for “{}”, which is no due time of the form", at + 1, shortened(&filing.clock));
        let edit = Edit::Filings { change: Change::Remove { at } };
        Nonsense::in_row(Place::Clocks, at, words).with_fix("Take the filing away", edit)
    });
    said.chain(filings).collect()
}
