//! What a report says and its CCADB Markdown does not, with the reason. Always true: it is found by reading the text back, so nothing that
//! gets lost can be forgotten here.

use crate::diff::{Difference, Line, diff};
use crate::ids::CountedIds;
use crate::outgoing::Unkept;
use crate::report::Report;
use crate::template::FieldType;

/// By the name of a place (see `diff`): why what stands there is not in the text, or not as it was typed.
const WHY: &[(&str, &str)] = &[
    ("Timeline", "a row has its minute in UTC and its words, and no room for a key moment, a source, a phase or how exact its time is"),
    ("Actions", "there is no column for who owns an action; open and begun are both “Ongoing”; days are written 2026-01-30"),
    ("Causes", "each part of a factor is one line of plain words"),
    ("Lessons", "each lesson is one line of plain words"),
    ("Linked", "days are written 2026-01-30"),
    ("Zone", "all times are written in UTC"),
    ("Attachments", "files are uploaded beside the text, which names them"),
];

pub(in crate::outgoing) fn unkept(report: &Report, text: &str) -> Vec<Unkept> {
    let Some(back) = super::read::read(text, &mut CountedIds(0)) else {
        let why = "this text cannot be read back as a whole; every word of it is kept where it is imported".to_owned();
        return vec![Unkept { place: "All of it".to_owned(), lines: Vec::new(), why }];
    };
    diff(report, &back).into_iter().filter_map(|difference| of(report, difference)).collect()
}

fn of(report: &Report, difference: Difference) -> Option<Unkept> {
    let Difference { place, lines } = difference;
    let gone = |line| match line {
        Line::Gone(words) => Some(words),
        Line::New(_) => None,
    };
    let lines: Vec<String> = lines.into_iter().filter_map(gone).collect();
    let why = why(report, &place).to_owned();
    (!lines.is_empty()).then_some(Unkept { place, lines, why })
}

fn why(report: &Report, place: &str) -> &'static str {
    let known = WHY.iter().find(|(name, _)| *name == place || (*name == "Timeline" && place == "Rows of the timeline"));
    let field = report.template.fields.iter().find(|field| field.label == place);
    match (known, field) {
        (Some((_, why)), None) => why,
        (_, Some(field)) if matches!(field.kind, FieldType::DateTime | FieldType::Date) => {
            "moments are written in UTC, as 2026-01-30 08:20 UTC"
        }
        (_, Some(_)) => "an answer is plain words",
        (None, None) if report.template.sections.iter().any(|rule| rule.heading == place) => {
            "it takes paragraphs, lists and code, and plain words only"
        }
        (None, None) => "the format has no place for it",
    }
}
