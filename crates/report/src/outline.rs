//! How far a report is: each part of the form with its state, and "7 of 12 required". What the window shows on the left and the library in a row.

use crate::checks::{is_answered, is_written};
use crate::finding::{Finding, Level};
use crate::ids::SectionId;
use crate::place::Place;
use crate::report::Report;
use crate::template::{Field, SectionKind};
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// How far a report is.
#[derive(Clone, Debug, Eq, PartialEq, Serialize, Deserialize, TS)]
#[ts(export)]
pub struct Outline {
    /// Required answers given.
    pub answered: usize,
    /// Required answers in all.
    pub required: usize,
    /// The header fields together.
    pub details: Part,
    /// The sections, in order.
    pub sections: Vec<SectionPart>,
}

/// How far one part is.
#[derive(Clone, Debug, Eq, PartialEq, Serialize, Deserialize, TS)]
#[ts(export)]
pub struct Part {
    /// Its state.
    pub state: PartState,
    /// Findings that block, in it.
    pub blocks: usize,
    /// Findings that need an answer, in it; accepted ones are not counted.
    pub answers: usize,
}

/// One section's part.
#[derive(Clone, Debug, Eq, PartialEq, Serialize, Deserialize, TS)]
#[ts(export)]
pub struct SectionPart {
    /// The section.
    pub id: SectionId,
    /// Its heading as printed.
    pub heading: String,
    /// Whether the form requires it.
    pub required: bool,
    /// How far it is.
    pub part: Part,
}

/// The state of a part.
#[derive(Clone, Copy, Debug, Eq, PartialEq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
#[ts(export)]
pub enum PartState {
    /// Nothing is there.
    Empty,
    /// Something is missing or questioned.
    Begun,
    /// All that is asked is there.
    Complete,
}

/// How far `report` is, given what the checks found.
pub fn outline(report: &Report, findings: &[Finding]) -> Outline {
    let required: Vec<_> = report.template.fields.iter().filter(|field| report.asks(field)).collect();
    let answered = required.iter().filter(|field| is_answered(report, field)).count();
    let touched = |field: &Field| !report.answer(&field.key).is_blank() || !report.answer(&field.key).standing.is_known();
    let missing = |field: &Field| report.asks(field) && !is_answered(report, field);
    let header: Vec<&Field> = report.template.header_fields().collect();
    let in_details = |place: &Place| match place {
        Place::Field { key } => report.template.field(key).is_none_or(|field| field.section.is_none()),
        place => *place == Place::Marking,
    };
    let complete = !header.iter().any(|field| missing(field));
    let details = part(complete, header.iter().any(|field| touched(field)), findings, in_details);
    let sections: Vec<SectionPart> = report
        .sections
        .iter()
        .map(|section| {
            let written = is_written(report, section);
            let under = |key: &str| report.template.field(key).is_some_and(|field| field.section.is_some() && field.section == section.key);
            let in_section = |place: &Place| match place {
                Place::Section { section: id, .. } => *id == section.id,
                Place::Field { key } => under(key),
                place => holds(report.kind_of(section), place),
            };
            let fields = report.template.fields.iter().filter(|field| under(&field.key));
            let lacking = fields.clone().any(missing);
            let begun = written || fields.into_iter().any(touched);
            SectionPart {
                id: section.id,
                heading: report.printed_heading(section),
                required: report.rule_of(section).is_some_and(|rule| rule.required),
                part: part(written && !lacking, begun, findings, in_section),
            }
        })
        .collect();
    let rules = report.template.sections.iter().filter(|rule| rule.required);
    let (asked, written) = rules.fold((0, 0), |(asked, done), rule| {
        (asked + 1, done + usize::from(report.section_for(&rule.key).is_some_and(|section| is_written(report, section))))
    });
    Outline { answered: answered + written, required: required.len() + asked, details, sections }
}

/// Whether a heading of that kind holds the rows of that paper.
fn holds(kind: SectionKind, place: &Place) -> bool {
    match kind {
        SectionKind::Timeline => matches!(place, Place::Timeline { .. }),
        SectionKind::LinkedIncidents => *place == Place::Linked,
        SectionKind::Actions => *place == Place::Actions,
        SectionKind::Causes => *place == Place::Causes,
        SectionKind::Targets => *place == Place::Targets,
        SectionKind::Lessons => *place == Place::Lessons,
        SectionKind::Diagrams => *place == Place::Diagrams,
        SectionKind::Prose | SectionKind::Fields => false,
    }
}

fn part(complete: bool, touched: bool, findings: &[Finding], here: impl Fn(&Place) -> bool) -> Part {
    // The last source is the report's own side; a finding belongs to the first place of the report it names.
    let own = findings.iter().filter(|finding| {
        let place = finding.sources.iter().map(|source| &source.place).find(|place| **place != Place::Form);
        finding.accepted.is_none() && place.is_some_and(&here)
    });
    let (blocks, answers) = own.fold((0, 0), |(blocks, answers), finding| match finding.level {
        Level::Blocks => (blocks + 1, answers),
        Level::Answer => (blocks, answers + 1),
        Level::Note => (blocks, answers),
    });
    let state = match (complete && blocks == 0, touched) {
        (true, _) => PartState::Complete,
        (false, true) => PartState::Begun,
        (false, false) => PartState::Empty,
    };
    Part { state, blocks, answers }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{catalogue, checks::check, ids::CountedIds};

    #[test]
    fn a_blank_report_counts_from_nothing_and_the_sample_is_complete() {
        let blank = Report::begin(catalogue::find("sec-h9-summary").expect("a shipped template"), &mut CountedIds(0));
        let far = outline(&blank, &check(&blank));
        assert_eq!((far.answered, far.required, far.details.state), (0, 14, PartState::Empty));
        let sample = catalogue::sample("sec-h9-summary").expect("a shipped sample");
        let far = outline(&sample, &check(&sample));
        assert_eq!((far.answered, far.required), (14, 14));
        assert!(far.sections.iter().all(|s| s.part.state == PartState::Complete), "{far:#?}");
    }
    #[test]
    fn what_is_found_in_the_rows_under_a_heading_counts_for_it() {
        let mut sample = catalogue::sample("sec-h9-summary").expect("a shipped sample");
        sample.linked[0].linked = "INC00000731197".into();
        let far = outline(&sample, &check(&sample));
        let open: Vec<(&str, usize)> =
            far.sections.iter().filter(|s| s.part.answers > 0).map(|s| (s.heading.as_str(), s.part.answers)).collect();
        assert_eq!(open, [("Table of linked incidents", 1)]);
    }
}
