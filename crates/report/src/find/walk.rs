//! Every text of a report, one after the other, in the order of the form. Always true: a text that prints is here once.

use crate::answer::{Answer, Standing};
use crate::papers::{Diagram, Marking, Person};
use crate::place::Place;
use crate::report::Report;
use crate::rich::{Inline, RichText};
use crate::template::FieldType;
use crate::timeline::Row;

/// Where a text stands.
pub(super) struct Spot {
    pub place: Place,
    pub row: Option<usize>,
    /// Whether it is a choice from a list.
    pub fixed: bool,
}

/// Who looks at every text.
pub(super) trait Visitor {
    /// A line of plain words.
    fn plain(&mut self, spot: &Spot, text: &mut String);
    /// The pieces of one block of a rich text.
    fn rich(&mut self, spot: &Spot, pieces: &mut Vec<Inline>);
}

/// Shows every text to the visitor.
pub(super) fn each_text(report: &mut Report, see: &mut dyn Visitor) {
    see.plain(&at(Place::Report), &mut report.title);
    let keys: Vec<(String, FieldType)> = report.template.fields.iter().map(|field| (field.key.clone(), field.kind)).collect();
    for (key, kind) in keys {
        let fixed = matches!(kind, FieldType::YesNo | FieldType::Choice | FieldType::MultiChoice);
        let spot = Spot { place: Place::Field { key: key.clone() }, row: None, fixed };
        if let Some(answer) = report.fields.get_mut(&key) {
            self::answer(answer, &spot, see);
        }
    }
    letter(report, see);
    for section in &mut report.sections {
        let id = section.id;
        let heading = at(Place::Section { section: id, line: None });
        if section.key.is_none() {
            see.plain(&heading, &mut section.heading);
        }
        standing(&mut section.standing, &heading, see);
        rich(&mut section.body, &|line| at(Place::Section { section: id, line: Some(line) }), see);
    }
    timeline(report, see);
    papers(report, see);
    for (row, person) in report.people.iter_mut().enumerate() {
        self::person(person, &in_row(Place::Report, row), see);
    }
    for (row, signatory) in report.signatories.iter_mut().enumerate() {
        let spot = in_row(Place::Signatures, row);
        see.plain(&spot, &mut signatory.part);
        person(&mut signatory.person, &spot, see);
    }
    for (row, marking) in report.markings.iter_mut().enumerate() {
        if let Marking::Words { text } = marking {
            see.plain(&in_row(Place::Marking, row), text);
        }
    }
    for (row, filing) in report.filings.iter_mut().enumerate() {
        see.plain(&in_row(Place::Clocks, row), &mut filing.reasons);
    }
    for (row, accepted) in report.accepted.iter_mut().enumerate() {
        see.plain(&in_row(Place::Report, row), &mut accepted.reason);
    }
    for (row, unplaced) in report.unplaced.iter_mut().enumerate() {
        see.plain(&in_row(Place::Tray, row), &mut unplaced.text);
    }
}

fn answer(answer: &mut Answer, spot: &Spot, see: &mut dyn Visitor) {
    standing(&mut answer.standing, spot, see);
    if let Some(qualifier) = &mut answer.qualifier {
        see.plain(spot, qualifier);
    }
    match &mut answer.rich {
        // What is read of it is its plain words, taken anew where the edit is applied.
        Some(text) => rich(text, &|_| at(spot.place.clone()), see),
        None => see.plain(spot, &mut answer.raw),
    }
}

fn standing(standing: &mut Standing, spot: &Spot, see: &mut dyn Visitor) {
    let open = at(spot.place.clone());
    match standing {
        Standing::Known => {}
        Standing::NotYetKnown { owner, due } => [owner, due].into_iter().for_each(|text| see.plain(&open, text)),
        Standing::NotApplicable { reason } => see.plain(&open, reason),
    }
}

fn letter(report: &mut Report, see: &mut dyn Visitor) {
    let (spot, letter) = (at(Place::Letter), &mut report.letter);
    see.plain(&spot, &mut letter.sender);
    letter.address.iter_mut().for_each(|line| see.plain(&spot, line));
    for text in [&mut letter.addressee, &mut letter.place, &mut letter.date, &mut letter.salutation, &mut letter.closing] {
        see.plain(&spot, text);
    }
}

fn timeline(report: &mut Report, see: &mut dyn Visitor) {
    for (index, row) in report.timeline.iter_mut().enumerate() {
        let spot = at(Place::Timeline { index: Some(index) });
        match row {
            Row::Event(event) => {
                see.plain(&spot, &mut event.text);
                if let Some(label) = event.milestone.as_mut().and_then(|milestone| milestone.label.as_mut()) {
                    see.plain(&spot, label);
                }
            }
            Row::Phase(phase) => {
                if let Some(name) = &mut phase.name {
                    see.plain(&spot, name);
                }
            }
        }
    }
}

fn papers(report: &mut Report, see: &mut dyn Visitor) {
    let mut show = |place: &Place, row: usize, texts: &mut dyn Iterator<Item = &mut String>| {
        texts.for_each(|text| see.plain(&in_row(place.clone(), row), text));
    };
    for (row, window) in report.impact.iter_mut().enumerate() {
        show(&Place::Impact, row, &mut [&mut window.service].into_iter());
    }
    for (row, class) in report.classifications.iter_mut().enumerate() {
        show(&Place::Report, row, &mut [&mut class.class].into_iter());
    }
    for (row, action) in report.actions.iter_mut().enumerate() {
        show(&Place::Actions, row, &mut [&mut action.text, &mut action.owner, &mut action.due, &mut action.criteria].into_iter());
    }
    for (row, cause) in report.causes.iter_mut().enumerate() {
        show(&Place::Causes, row, &mut [&mut cause.why, &mut cause.text].into_iter().chain(cause.parts.values_mut()));
    }
    for (row, target) in report.targets.iter_mut().enumerate() {
        show(&Place::Targets, row, &mut [&mut target.measure, &mut target.target, &mut target.actual].into_iter());
    }
    for (row, lesson) in report.lessons.iter_mut().enumerate() {
        show(&Place::Lessons, row, &mut [&mut lesson.text].into_iter());
    }
    for (row, link) in report.linked.iter_mut().enumerate() {
        show(&Place::Linked, row, &mut [&mut link.incident, &mut link.linked, &mut link.nature].into_iter());
    }
    for (row, Diagram { caption, nodes, edges, .. }) in report.diagrams.iter_mut().enumerate() {
        let boxes = nodes.iter_mut().flat_map(|node| [&mut node.label, &mut node.note]);
        show(&Place::Diagrams, row, &mut [caption].into_iter().chain(boxes).chain(edges.iter_mut().map(|edge| &mut edge.label)));
    }
    for (row, file) in report.attachments.iter_mut().enumerate() {
        show(&Place::Evidence, row, &mut [&mut file.caption].into_iter());
    }
}

fn person(person: &mut Person, spot: &Spot, see: &mut dyn Visitor) {
    [&mut person.name, &mut person.role, &mut person.organisation].into_iter().for_each(|text| see.plain(spot, text));
}

fn rich(text: &mut RichText, spot: &dyn Fn(usize) -> Spot, see: &mut dyn Visitor) {
    let mut line = 0;
    text.each_line_mut(&mut |pieces, figure| {
        see.rich(&spot(line), pieces);
        if let Some(figure) = figure {
            see.plain(&spot(line), &mut figure.alt);
        }
        line += 1;
    });
}

fn at(place: Place) -> Spot {
    Spot { place, row: None, fixed: false }
}

fn in_row(place: Place, row: usize) -> Spot {
    Spot { place, row: Some(row), fixed: false }
}
