//! Every text an author wrote, with its place: what checks read line by line.

use crate::place::Place;
use crate::report::Report;

/// Every text of the report with its place, in the order of the form; cells, items and paragraphs one by one.
pub fn texts(report: &Report) -> Vec<(Place, String)> {
    let fields =
        report.template.fields.iter().map(|field| (Place::Field { key: field.key.clone() }, report.answer(&field.key).raw.clone()));
    let sections = report.sections.iter().flat_map(|section| {
        let lines = section.body.lines().into_iter().enumerate();
        lines.map(|(line, text)| (Place::Section { section: section.id, line: Some(line) }, text))
    });
    let events = report
        .timeline
        .iter()
        .enumerate()
        .filter_map(|(index, row)| Some((Place::Timeline { index: Some(index) }, row.event()?.text.clone())));
    let impact = report.impact.iter().map(|window| (Place::Impact, window.service.clone()));
    let actions = report
        .actions
        .iter()
        .map(|action| (Place::Actions, format!("{} {} {} {}", action.text, action.owner, action.due, action.criteria)));
    let causes = report.causes.iter().flat_map(|cause| {
        let words = [&cause.why, &cause.text].into_iter().chain(cause.parts.values()).filter(|words| !words.is_empty());
        words.map(|words| (Place::Causes, words.clone()))
    });
    let targets = report.targets.iter().map(|row| (Place::Targets, format!("{} {} {}", row.measure, row.target, row.actual)));
    let lessons = report.lessons.iter().map(|lesson| (Place::Lessons, lesson.text.clone()));
    let drawings = report.diagrams.iter().flat_map(|drawing| {
        let words = drawing.nodes.iter().flat_map(|node| [&node.label, &node.note]).chain(drawing.edges.iter().map(|edge| &edge.label));
        let words = std::iter::once(&drawing.caption).chain(words).filter(|words| !words.is_empty());
        words.map(|words| (Place::Diagrams, words.clone()))
    });
    let linked = report.linked.iter().map(|link| (Place::Linked, format!("{} {} {}", link.incident, link.linked, link.nature)));
    let files = report.attachments.iter().map(|file| (Place::Evidence, file.caption.clone()));
    let people = report.signatories.iter().map(|signatory| {
        let person = &signatory.person;
        (Place::Signatures, format!("{} {} {}", person.name, person.role, person.organisation))
    });
    fields
        .chain(sections)
        .chain(events)
        .chain(impact)
        .chain(actions)
        .chain(causes)
        .chain(targets)
        .chain(lessons)
        .chain(drawings)
        .chain(linked)
        .chain(files)
        .chain(people)
        .collect()
}
