//! Ids that stand for two things, or for none. Always true: a row that came twice gets an id of its own in one step; what names the id goes on
//! naming the row that had it first.

use super::Nonsense;
use crate::edit::{Change, Edit};
use crate::place::Place;
use crate::report::Report;
use crate::timeline::Row;
use std::collections::BTreeSet;
use uuid::Uuid;

/// Every list has an id for each of its items, and no id stands for two of them.
pub(super) fn check(report: &Report, found: &mut Vec<Nonsense>) {
    if report.id.0.is_nil() {
        found.push(Nonsense::new(Place::Report, "the report’s id is nil".to_owned()));
    }
    let renamed = |at: usize, id: Uuid| {
        let mut item = report.timeline[at].clone();
        match &mut item {
            Row::Event(event) => event.id.0 = id,
            Row::Phase(phase) => phase.id.0 = id,
        }
        Edit::Timeline { change: Change::Replace { at, item } }
    };
    found.extend(twice("timeline", &Place::Timeline { index: None }, report.timeline.iter().map(|row| row.id().0), renamed));
    macro_rules! lists {
        ($($list:ident, $edit:ident, $words:literal, $place:expr;)*) => {$(
            found.extend(twice($words, &$place, report.$list.iter().map(|item| item.id.0), |at, id| {
                let mut item = report.$list[at].clone();
                item.id.0 = id;
                Edit::$edit { change: Change::Replace { at, item } }
            }));
        )*};
    }
    lists! {
        sections, Sections, "headings", Place::Report;
        impact, Impact, "impact", Place::Impact;
        classifications, Classifications, "classes", Place::Report;
        actions, Actions, "actions", Place::Actions;
        causes, Causes, "causes", Place::Causes;
        targets, Targets, "targets", Place::Targets;
        lessons, Lessons, "lessons", Place::Lessons;
        linked, Linked, "linked incidents", Place::Linked;
        diagrams, Diagrams, "drawings", Place::Diagrams;
        attachments, Attachments, "files", Place::Evidence;
        signatories, Signatories, "signatures", Place::Signatures;
        unplaced, Unplaced, "words that wait", Place::Tray;
        filings, Filings, "filings", Place::Clocks;
    }
    let named: Vec<(usize, Uuid)> = report.people.iter().enumerate().filter_map(|(at, person)| Some((at, person.id?.0))).collect();
    found.extend(twice("people", &Place::Report, named.iter().map(|(_, id)| *id), |row, id| {
        let at = named[row].0;
        let mut item = report.people[at].clone();
        item.id.iter_mut().for_each(|own| own.0 = id);
        Edit::People { change: Change::Replace { at, item } }
    }));
}

fn twice(list: &str, place: &Place, all: impl Iterator<Item = Uuid> + Clone, renamed: impl Fn(usize, Uuid) -> Edit) -> Vec<Nonsense> {
    let mut seen = BTreeSet::new();
    let told = all.clone().enumerate().filter_map(|(row, id)| {
        let number = row + 1;
        let words = if id.is_nil() {
            format!("row {number} of the {list} has the nil id, which stands for nothing")
        } else if seen.insert(id) {
            return None;
        } else {
            format!("row {number} of the {list} has the id of a row above it ({id})")
        };
        let edit = renamed(row, unused(id, all.clone()));
        Some(Nonsense::in_row(place.clone(), row, words).with_fix("Give it an id of its own", edit))
    });
    told.collect()
}

/// The next id that none of the rows has.
fn unused(id: Uuid, all: impl Iterator<Item = Uuid>) -> Uuid {
    let taken: BTreeSet<Uuid> = all.collect();
    let following = (1..).map(|step| Uuid::from_u128(id.as_u128().wrapping_add(step)));
    following.into_iter().find(|next| !next.is_nil() && !taken.contains(next)).unwrap_or(id)
}
