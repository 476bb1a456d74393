//! Prose without headings: which paragraph answers which of the form's questions, by the turns of phrase the form lists for each.
//! Always true: only paragraphs that stand before the first heading, or in a list of actions where an apology follows, are looked at; one
//! that no phrase speaks for stays with the paragraph before it.

use crate::Slot;
use crate::piece::{Piece, Shape};
use crate::route::Known;
use crate::to::To;
use report::template::{SectionKind, SectionRule};

pub(crate) fn settle(pieces: &[Piece], to: &mut [To], slots: &mut Vec<Slot>, known: &Known<'_>) {
    let Some(opening) = known.form.opening().map(|rule| rule.key.clone()) else { return };
    let mut under_heading = false;
    let mut before: Option<String> = None;
    for at in 0..pieces.len() {
        under_heading |= matches!(to[at], To::Heading { .. });
        let open = !under_heading && matches!(&to[at], To::Section { slot } if *slot == opening);
        let last_of_actions = matches!(to[at], To::Action) && matches!(pieces[at].shape, Shape::Text) && is_last_action(to, at);
        if !open && !last_of_actions {
            continue;
        }
        let text = pieces[at].text().to_lowercase();
        let found = by_phrase(known, &text, &opening).filter(|rule| open || rule.kind == SectionKind::Prose);
        if let Some(rule) = found {
            let key = rule.key.clone();
            if !slots.iter().any(|slot| slot.key.as_deref() == Some(&key)) {
                slots.push(Slot { name: key.clone(), key: Some(key.clone()), heading: String::new(), copy: 0, level: None });
            }
            before = Some(key);
        }
        if let Some(slot) = before.clone().filter(|_| open || found.is_some()) {
            to[at] = To::Section { slot };
        }
    }
}

/// The prose section whose phrases the text uses most.
fn by_phrase<'a>(known: &Known<'a>, text: &str, opening: &str) -> Option<&'a SectionRule> {
    let score = |rule: &SectionRule| rule.cues.iter().filter(|cue| text.contains(&cue.to_lowercase())).count();
    let prose =
        known.form.template.sections.iter().filter(|rule| !matches!(rule.kind, SectionKind::Timeline | SectionKind::LinkedIncidents));
    let scored = prose.map(|rule| (score(rule), rule)).filter(|(score, rule)| *score > 0 && rule.key != opening);
    // The first of equals: sections stand in the order of the form.
    scored
        .fold(None, |best: Option<(usize, &SectionRule)>, (score, rule)| match best {
            Some((most, _)) if most >= score => best,
            _ => Some((score, rule)),
        })
        .map(|(_, rule)| rule)
}

fn is_last_action(to: &[To], at: usize) -> bool {
    to[at + 1..].iter().find(|place| !matches!(place, To::Dropped { .. } | To::Tray)).is_none_or(|place| !matches!(place, To::Action))
}
