//! Two versions of one text, flattened into one page: a heading that stands twice. Always true: both readings are kept unless a person
//! chooses one, and the other then waits in the tray; nothing is merged silently.

use crate::to::To;
use crate::{Side, Slot};
use std::collections::{BTreeMap, BTreeSet};

/// The keys of sections whose heading stands more than once.
pub(crate) fn twice(slots: &[Slot]) -> BTreeSet<&str> {
    slots.iter().filter(|slot| slot.copy > 0).filter_map(|slot| slot.key.as_deref()).collect()
}

/// For each key, of its sections the one that the form's own heading is for: the last that has rows of its kind (actions, lessons, links),
/// else the last.
pub(crate) fn main<'s>(to: &[To], slots: &'s [Slot]) -> BTreeMap<&'s str, usize> {
    let names = by_name(slots);
    let mut here: Option<&Slot> = None;
    let mut with_rows: BTreeMap<&str, usize> = BTreeMap::new();
    let mut last: BTreeMap<&str, usize> = BTreeMap::new();
    for place in to {
        here = entered(place, &names).or(here);
        let Some((slot, key)) = here.and_then(|slot| Some((slot, slot.key.as_deref()?))) else { continue };
        match place {
            To::Heading { .. } | To::Section { .. } => {
                let most = last.entry(key).or_default();
                *most = slot.copy.max(*most);
            }
            To::Action | To::Lesson { .. } | To::Linked => {
                with_rows.insert(key, slot.copy);
            }
            _ => {}
        }
    }
    last.extend(with_rows);
    last
}

/// A heading with nothing under it that stands again right below is one heading: a page shows it folded, then open.
pub(crate) fn join_empty(to: &mut [To], slots: &mut Vec<Slot>) {
    let under = under(to);
    let joins = |at: usize| {
        let again = slots.get(at + 1).is_some_and(|next| slots[at].key.is_some() && next.key == slots[at].key);
        again && !under.contains(&slots[at].name)
    };
    let joined: Vec<bool> = (0..slots.len()).map(joins).collect();
    if !joined.contains(&true) {
        return;
    }
    // The ones that follow move up, names and all; a heading that joins the next takes its name.
    let mut copies: BTreeMap<String, usize> = BTreeMap::new();
    let mut renamed: BTreeMap<String, String> = BTreeMap::new();
    for (slot, joins) in slots.iter_mut().zip(&joined) {
        let Some(key) = slot.key.clone() else { continue };
        let copy = copies.entry(key.clone()).or_default();
        let name = Slot::name_of(&key, *copy);
        slot.copy = *copy;
        *copy += usize::from(!joins);
        renamed.insert(std::mem::replace(&mut slot.name, name.clone()), name);
    }
    let mut joined = joined.into_iter();
    slots.retain(|_| !joined.next().unwrap_or(false));
    for place in to.iter_mut() {
        if let To::Heading { slot } | To::Section { slot } | To::Figure { slot } = place
            && let Some(name) = renamed.get(slot)
        {
            slot.clone_from(name);
        }
    }
}

/// The names of the sections that hold something: text, a picture, or rows of a list or of the timeline between their heading and the next.
fn under(to: &[To]) -> BTreeSet<String> {
    let mut under = with_rows(to);
    under.extend(to.iter().filter_map(|place| match place {
        To::Section { slot } | To::Figure { slot } => Some(slot.clone()),
        _ => None,
    }));
    under
}

/// The names of the sections between whose heading and the next heading rows of a list or of the timeline stand.
pub(crate) fn with_rows(to: &[To]) -> BTreeSet<String> {
    let mut here: Option<&String> = None;
    let mut with_rows = BTreeSet::new();
    for place in to {
        match place {
            To::Heading { slot } => here = Some(slot),
            To::Timeline | To::Day | To::Action | To::Lesson { .. } | To::Linked => with_rows.extend(here.take().cloned()),
            _ => {}
        }
    }
    with_rows
}

/// Sends to the tray what a person did not choose. Where both are kept, rows of a list that a report has only once (actions, lessons, links)
/// stay rows in one of the two; in the other they stand as they were written.
pub(crate) fn settle(to: &mut [To], slots: &[Slot], chosen: Option<Side>) {
    let twice = twice(slots);
    let main = main(to, slots);
    let mut last: BTreeMap<&str, usize> = BTreeMap::new();
    for (key, slot) in slots.iter().filter_map(|slot| Some((slot.key.as_deref()?, slot))) {
        let most = last.entry(key).or_default();
        *most = slot.copy.max(*most);
    }
    let names = by_name(slots);
    let mut here: Option<&Slot> = None;
    for place in to.iter_mut() {
        here = entered(place, &names).or(here);
        let Some((slot, key)) = here.and_then(|slot| Some((slot, slot.key.as_deref().filter(|key| twice.contains(key))?))) else {
            continue;
        };
        let rows = matches!(place, To::Action | To::Lesson { .. } | To::Linked);
        let of_this = match place {
            To::Section { slot: other } | To::Figure { slot: other } | To::Heading { slot: other } => *other == slot.name,
            _ => rows,
        };
        let later = last.get(key) == Some(&slot.copy);
        match chosen {
            Some(Side::Later) if of_this && !later => *place = To::Tray,
            Some(Side::Earlier) if of_this && later => *place = To::Tray,
            None | Some(Side::Both) if rows && main.get(key) != Some(&slot.copy) => *place = To::Section { slot: slot.name.clone() },
            _ => {}
        }
    }
}

fn by_name(slots: &[Slot]) -> BTreeMap<&str, &Slot> {
    slots.iter().map(|slot| (slot.name.as_str(), slot)).collect()
}

/// The section that a heading begins.
fn entered<'s>(place: &To, slots: &BTreeMap<&str, &'s Slot>) -> Option<&'s Slot> {
    let To::Heading { slot } = place else { return None };
    slots.get(slot.as_str()).copied()
}
