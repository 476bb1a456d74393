//! Words looked for in every text of a report, and others put in their place.
//! Always true: what is found and what is replaced are one walk, so neither sees a text that the other does not; what is replaced is one
//! edit, taken back at once; what was chosen from a list is found and left as it is. Deliberately absent: headings and guidance of the form,
//! file names, the source a text came from: none of them is the author's to word.

mod matcher;
mod pass;
#[cfg(test)]
mod tests;
mod walk;

use crate::edit::{Change, Edit};
use crate::place::Place;
use crate::report::Report;
use pass::{Looking, Replacing};
use serde::{Deserialize, Serialize};
use ts_rs::TS;

pub use matcher::Search;

/// A place where the words stand.
#[derive(Clone, Debug, Eq, PartialEq, Serialize, Deserialize, TS)]
#[ts(export)]
pub struct Hit {
    /// Where.
    pub place: Place,
    /// The row of that paper, from 0.
    pub row: Option<usize>,
    /// The place in words: "Actions, row 2".
    pub words: String,
    /// How many hits come before it in the report.
    pub nth: usize,
    /// What stands before it, shortened.
    pub before: String,
    /// The words as they stand there.
    pub found: String,
    /// What stands after it, shortened.
    pub after: String,
    /// Whether it is a choice from a list, which replacing leaves as it is.
    pub fixed: bool,
}

/// What was found.
#[derive(Clone, Debug, Default, Eq, PartialEq, Serialize, Deserialize, TS)]
#[ts(export)]
pub struct Found {
    /// The hits in the order of the report; of very many only the first.
    pub hits: Vec<Hit>,
    /// How many there are in all.
    pub total: usize,
    /// How many of them are choices from a list.
    pub fixed: usize,
}

/// More hits than anybody reads through.
const MOST: usize = 500;

impl Report {
    /// Every place where the words stand, in the order of the form.
    pub fn find(&self, search: &Search) -> Found {
        let Some(matcher) = search.matcher() else { return Found::default() };
        let mut looking = Looking::new(&matcher, self, MOST);
        walk::each_text(&mut self.clone(), &mut looking);
        looking.found
    }

    /// The edit that puts `with` in the place of every hit, or of the one given; none where there is nothing to replace, or where that hit
    /// is no longer there.
    pub fn replacing(&self, search: &Search, with: &str, only: Option<&Hit>) -> Option<Edit> {
        let matcher = search.matcher()?;
        if let Some(hit) = only {
            let mut looking = Looking::new(&matcher, self, hit.nth + 1);
            walk::each_text(&mut self.clone(), &mut looking);
            looking.found.hits.get(hit.nth).filter(|now| *now == hit && !hit.fixed)?;
        }
        let mut after = self.clone();
        walk::each_text(&mut after, &mut Replacing::new(&matcher, with, only.map(|hit| hit.nth)));
        let edits = between(self, &after);
        if edits.is_empty() { None } else { Some(Edit::Together { edits }) }
    }
}

/// The edits that make one report of another whose rows are the same and whose words differ.
fn between(before: &Report, after: &Report) -> Vec<Edit> {
    let mut edits = Vec::new();
    if before.title != after.title {
        edits.push(Edit::Title { title: after.title.clone() });
    }
    for (key, answer) in &after.fields {
        if before.fields.get(key) != Some(answer) {
            edits.push(Edit::Answer { key: key.clone(), answer: Some(answer.clone()) });
        }
    }
    if before.letter != after.letter {
        edits.push(Edit::Letter { letter: after.letter.clone() });
    }
    for (was, is) in before.sections.iter().zip(&after.sections) {
        if was.heading != is.heading {
            edits.push(Edit::Heading { section: is.id, heading: is.heading.clone() });
        }
        if was.standing != is.standing {
            edits.push(Edit::Standing { section: is.id, standing: is.standing.clone() });
        }
        if was.body != is.body {
            edits.push(Edit::Body { section: is.id, body: is.body.clone() });
        }
    }
    rows(&mut edits, &before.timeline, &after.timeline, |change| Edit::Timeline { change });
    rows(&mut edits, &before.impact, &after.impact, |change| Edit::Impact { change });
    rows(&mut edits, &before.classifications, &after.classifications, |change| Edit::Classifications { change });
    rows(&mut edits, &before.actions, &after.actions, |change| Edit::Actions { change });
    rows(&mut edits, &before.causes, &after.causes, |change| Edit::Causes { change });
    rows(&mut edits, &before.targets, &after.targets, |change| Edit::Targets { change });
    rows(&mut edits, &before.lessons, &after.lessons, |change| Edit::Lessons { change });
    rows(&mut edits, &before.linked, &after.linked, |change| Edit::Linked { change });
    rows(&mut edits, &before.diagrams, &after.diagrams, |change| Edit::Diagrams { change });
    rows(&mut edits, &before.attachments, &after.attachments, |change| Edit::Attachments { change });
    rows(&mut edits, &before.markings, &after.markings, |change| Edit::Markings { change });
    rows(&mut edits, &before.people, &after.people, |change| Edit::People { change });
    rows(&mut edits, &before.signatories, &after.signatories, |change| Edit::Signatories { change });
    rows(&mut edits, &before.filings, &after.filings, |change| Edit::Filings { change });
    rows(&mut edits, &before.accepted, &after.accepted, |change| Edit::Accepted { change });
    rows(&mut edits, &before.unplaced, &after.unplaced, |change| Edit::Unplaced { change });
    edits
}

fn rows<T: Clone + PartialEq>(edits: &mut Vec<Edit>, before: &[T], after: &[T], edit: impl Fn(Change<T>) -> Edit) {
    let changed = before.iter().zip(after).enumerate().filter(|(_, (was, is))| was != is);
    edits.extend(changed.map(|(at, (_, is))| edit(Change::Replace { at, item: is.clone() })));
}
