//! Every text an author wrote, with its place: what checks read line by line.

use crate::place::Place;
use crate::report::Report;
use std::borrow::Cow;
use std::ops::Range;

/// One text that an author wrote.
pub struct Written {
    /// Where it stands.
    pub place: Place,
    /// The row of that paper, from 0; a row of the timeline is in its place.
    pub row: Option<usize>,
    /// The words.
    pub text: String,
    /// Which of its bytes are set as code.
    pub code: Vec<Range<usize>>,
    /// Whether somebody else said it.
    pub quoted: bool,
}

impl Written {
    /// Words with nothing set in them.
    pub fn plain(place: Place, row: Option<usize>, text: String) -> Self {
        Self { place, row, text, code: Vec::new(), quoted: false }
    }

    /// Whether a machine wrote all of it.
    pub fn is_code(&self) -> bool {
        matches!(self.code.as_slice(), [whole] if *whole == (0..self.text.len())) && !self.text.is_empty()
    }

    /// The words with blanks in place of what is set as code, byte for byte.
    pub fn without_code(&self) -> Cow<'_, str> {
        if self.code.is_empty() {
            return Cow::Borrowed(&self.text);
        }
        let mut text = self.text.clone();
        self.code.iter().for_each(|code| text.replace_range(code.clone(), &" ".repeat(code.len())));
        Cow::Owned(text)
    }
}

/// Every text of the report with its place, in the order of the form; cells, items and paragraphs one by one.
pub fn texts(report: &Report) -> impl Iterator<Item = Written> {
    let fields =
        report.template.fields.iter().map(|field| (Place::Field { key: field.key.clone() }, report.answer(&field.key).raw.clone()));
    let sections = report.sections.iter().flat_map(|section| {
        section.body.set_lines().into_iter().enumerate().map(|(line, set)| Written {
            place: Place::Section { section: section.id, line: Some(line) },
            row: None,
            text: set.text,
            code: set.code,
            quoted: set.quoted,
        })
    });
    let events = report
        .timeline
        .iter()
        .enumerate()
        .filter_map(|(index, row)| Some((Place::Timeline { index: Some(index) }, row.event()?.text.clone())));
    let plain = |(place, text)| Written::plain(place, None, text);
    fields.map(plain).chain(sections).chain(events.map(plain)).chain(papers(report))
}

/// The rows of what the author keeps beside the form.
fn papers(report: &Report) -> impl Iterator<Item = Written> {
    let impact = rows(Place::Impact, &report.impact, |window| vec![window.service.clone()]);
    let actions = rows(Place::Actions, &report.actions, |action| {
        vec![format!("{} {} {} {}", action.text, action.owner, action.due, action.criteria)]
    });
    let causes = rows(Place::Causes, &report.causes, |cause| {
        let words = [&cause.why, &cause.text].into_iter().chain(cause.parts.values()).filter(|words| !words.is_empty());
        words.cloned().collect()
    });
    let targets = rows(Place::Targets, &report.targets, |row| vec![format!("{} {} {}", row.measure, row.target, row.actual)]);
    let lessons = rows(Place::Lessons, &report.lessons, |lesson| vec![lesson.text.clone()]);
    let drawings = rows(Place::Diagrams, &report.diagrams, |drawing| {
        let words = drawing.nodes.iter().flat_map(|node| [&node.label, &node.note]).chain(drawing.edges.iter().map(|edge| &edge.label));
        std::iter::once(&drawing.caption).chain(words).filter(|words| !words.is_empty()).cloned().collect()
    });
    let linked = rows(Place::Linked, &report.linked, |link| vec![format!("{} {} {}", link.incident, link.linked, link.nature)]);
    let files = rows(Place::Evidence, &report.attachments, |file| vec![file.caption.clone()]);
    let people = rows(Place::Signatures, &report.signatories, |signatory| {
        let person = &signatory.person;
        vec![format!("{} {} {}", person.name, person.role, person.organisation)]
    });
    impact.chain(actions).chain(causes).chain(targets).chain(lessons).chain(drawings).chain(linked).chain(files).chain(people)
}

fn rows<Item>(place: Place, items: &[Item], words: impl Fn(&Item) -> Vec<String>) -> impl Iterator<Item = Written> {
    items.iter().enumerate().flat_map(move |(row, item)| {
        let place = place.clone();
        words(item).into_iter().map(move |text| Written::plain(place.clone(), Some(row), text))
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Edit;
    use crate::checks::check;

    #[test]
    fn what_is_found_in_a_row_says_which_and_a_row_that_moves_keeps_its_key() {
        let mut report = crate::catalogue::sample("sec-h9-summary").expect("a shipped sample");
        report.actions[1].text.push_str(" TODO");
        let found = |report: &Report| {
            let left = check(report).into_iter().find(|finding| finding.check == "L38").expect("a placeholder blocks");
            (left.sources[0].row, left.key)
        };
        let (row, key) = found(&report);
        let moved = report.apply(&Edit::Actions { change: crate::Change::Move { from: 1, to: 0 } }).expect("it moves").report;
        assert_eq!((row, found(&moved)), (Some(1), (Some(0), key)));
    }

    #[test]
    fn two_rows_that_say_the_same_are_two_findings_with_a_key_each() {
        let mut report = crate::catalogue::sample("sec-h9-summary").expect("a shipped sample");
        for action in &mut report.actions {
            action.text = "TODO".into();
            (action.owner, action.due) = (String::new(), String::new());
        }
        let left: Vec<_> = check(&report).into_iter().filter(|finding| finding.check == "L38").collect();
        let keys: std::collections::BTreeSet<_> = left.iter().map(|finding| &finding.key).collect();
        assert!(left.len() == report.actions.len() && keys.len() == left.len() && left.len() > 1, "{keys:?}");
    }
}
