//! Two versions of one text, flattened into one page: a heading that stands twice. Always true: both readings are kept unless a person
//! chooses one, and the other then waits in the tray; nothing is merged silently.

use crate::to::To;
use crate::{Side, Slot};
use std::collections::{BTreeMap, BTreeSet};

/// The keys of sections whose heading stands more than once.
pub(crate) fn twice(slots: &[Slot]) -> BTreeSet<&str> {
    slots.iter().filter(|slot| slot.copy > 0).filter_map(|slot| slot.key.as_deref()).collect()
}

/// Of the sections with one key, the one that the form's own heading is for: the last that has rows of its kind (actions, lessons, links),
/// else the last.
pub(crate) fn main(key: &str, to: &[To], slots: &[Slot]) -> usize {
    let mut here: Option<&Slot> = None;
    let mut with_rows = None;
    let mut last = 0;
    for place in to {
        if let Some(slot) = entered(place, slots) {
            here = Some(slot);
        }
        let Some(slot) = here.filter(|slot| slot.key.as_deref() == Some(key)) else { continue };
        match place {
            To::Heading { .. } | To::Section { .. } => last = last.max(slot.copy),
            To::Action | To::Lesson { .. } | To::Linked => with_rows = Some(slot.copy),
            _ => {}
        }
    }
    with_rows.unwrap_or(last)
}

/// A heading with nothing under it that stands again right below is one heading: a page shows it folded, then open.
pub(crate) fn join_empty(to: &mut [To], slots: &mut Vec<Slot>) {
    let mut at = 0;
    while at + 1 < slots.len() {
        let (name, key) = (slots[at].name.clone(), slots[at].key.clone());
        let again = key.is_some() && slots[at + 1].key == key;
        let holds = |place: &To| matches!(place, To::Section { slot } | To::Figure { slot } if *slot == name);
        if !again || to.iter().any(holds) || rows_under(&name, to) {
            at += 1;
            continue;
        }
        // The ones that follow move up by one, names and all.
        slots.remove(at);
        for slot in slots.iter_mut().filter(|slot| slot.key == key && slot.copy > 0) {
            let before = slot.name.clone();
            slot.copy -= 1;
            slot.name = Slot::name_of(key.as_deref().unwrap_or_default(), slot.copy);
            for place in to.iter_mut() {
                if let To::Heading { slot: named } | To::Section { slot: named } | To::Figure { slot: named } = place
                    && *named == before
                {
                    named.clone_from(&slot.name);
                }
            }
        }
    }
}

/// Whether rows of a list or of the timeline stand between a heading and the next.
pub(crate) fn rows_under(name: &str, to: &[To]) -> bool {
    let Some(head) = to.iter().position(|place| matches!(place, To::Heading { slot } if slot == name)) else { return false };
    let until_next = to[head + 1..].iter().take_while(|place| !matches!(place, To::Heading { .. }));
    until_next.clone().any(|place| matches!(place, To::Timeline | To::Day | To::Action | To::Lesson { .. } | To::Linked))
}

/// Sends to the tray what a person did not choose. Where both are kept, rows of a list that a report has only once (actions, lessons, links)
/// stay rows in one of the two; in the other they stand as they were written.
pub(crate) fn settle(to: &mut [To], slots: &[Slot], chosen: Option<Side>) {
    let twice = twice(slots);
    let main: BTreeMap<&str, usize> = twice.iter().map(|key| (*key, main(key, to, slots))).collect();
    let last = |key: &str| slots.iter().filter(|slot| slot.key.as_deref() == Some(key)).map(|slot| slot.copy).max().unwrap_or(0);
    let mut here: Option<&Slot> = None;
    for place in to.iter_mut() {
        here = entered(place, slots).or(here);
        let Some((slot, key)) = here.and_then(|slot| Some((slot, slot.key.as_deref().filter(|key| twice.contains(key))?))) else {
            continue;
        };
        let rows = matches!(place, To::Action | To::Lesson { .. } | To::Linked);
        let of_this = match place {
            To::Section { slot: other } | To::Figure { slot: other } | To::Heading { slot: other } => *other == slot.name,
            _ => rows,
        };
        let later = slot.copy == last(key);
        match chosen {
            Some(Side::Later) if of_this && !later => *place = To::Tray,
            Some(Side::Earlier) if of_this && later => *place = To::Tray,
            None | Some(Side::Both) if rows && main.get(key) != Some(&slot.copy) => *place = To::Section { slot: slot.name.clone() },
            _ => {}
        }
    }
}

/// The section that a heading begins.
fn entered<'s>(place: &To, slots: &'s [Slot]) -> Option<&'s Slot> {
    let To::Heading { slot } = place else { return None };
    slots.iter().find(|other| other.name == *slot)
}
