//! Prose without headings: which paragraph answers which of the form's questions, by the turns of phrase the form lists for each.
//! Always true: only paragraphs that stand before the first heading, or in a list of actions where an apology follows, are looked at; the
//! first paragraph opens the text; one that no phrase speaks for goes on with the opening, and with the story once others have been claimed;
//! no question stays without an answer while a paragraph that can be spared speaks to it.

use crate::Slot;
use crate::piece::{Piece, Shape};
use crate::route::Known;
use crate::to::To;
use report::template::{SectionKind, SectionRule};

pub(crate) fn settle(pieces: &[Piece], to: &mut [To], slots: &mut Vec<Slot>, known: &Known<'_>) {
    let Some(opening) = known.form.opening() else { return };
    let open = paragraphs(pieces, to, &opening.key);
    let mut placed = assign(&open, known, opening);
    share(&mut placed, &open, known, opening);
    for (paragraph, rule) in open.iter().zip(placed) {
        enter(slots, rule);
        to[paragraph.at] = To::Section { slot: rule.key.clone() };
    }
    last_actions(pieces, to, slots, known, opening);
}

/// A paragraph that no heading places.
struct Paragraph {
    at: usize,
    text: String,
}

/// The paragraphs of the opening, before any heading.
fn paragraphs(pieces: &[Piece], to: &[To], opening: &str) -> Vec<Paragraph> {
    let before = to.iter().position(|to| matches!(to, To::Heading { .. })).unwrap_or(to.len());
    let opens = |at: &usize| matches!(&to[*at], To::Section { slot } if slot == opening);
    (0..before).filter(opens).map(|at| Paragraph { at, text: pieces[at].text().to_lowercase() }).collect()
}

/// For each paragraph, the section that its phrases speak for most.
fn assign<'a>(open: &[Paragraph], known: &Known<'a>, opening: &'a SectionRule) -> Vec<&'a SectionRule> {
    let mut unspoken = opening;
    let story = story(known).unwrap_or(opening);
    let mut placed = Vec::with_capacity(open.len());
    for (number, paragraph) in open.iter().enumerate() {
        let found = if number == 0 { None } else { by_phrase(known, &paragraph.text) };
        if found.is_some_and(|rule| rule.key != opening.key) {
            unspoken = story;
        }
        placed.push(found.unwrap_or(unspoken));
    }
    placed
}

/// Gives a section that got nothing the paragraph that speaks to it most, of those whose section has another.
fn share<'a>(placed: &mut [&'a SectionRule], open: &[Paragraph], known: &Known<'a>, opening: &SectionRule) {
    // A form of which one paragraph was claimed has no prose to share out.
    if placed.iter().filter(|rule| rule.key != opening.key).count() < 2 {
        return;
    }
    for rule in spoken_for(known).filter(|rule| rule.required) {
        if placed.iter().any(|other| other.key == rule.key) {
            continue;
        }
        let spare = |at: &usize| placed.iter().filter(|other| other.key == placed[*at].key).count() > 1;
        // The first of equals: `max_by_key` would give the last.
        let best = (1..open.len()).rev().filter(spare).max_by_key(|at| score(rule, &open[*at].text));
        if let Some(at) = best.filter(|at| score(rule, &open[*at].text) > 0) {
            placed[at] = rule;
        }
    }
}

/// The end of a list of actions may be an apology, or another closing word.
fn last_actions(pieces: &[Piece], to: &mut [To], slots: &mut Vec<Slot>, known: &Known<'_>, opening: &SectionRule) {
    for at in 0..pieces.len() {
        if matches!(to[at], To::Action)
            && matches!(pieces[at].shape, Shape::Text)
            && is_last_action(to, at)
            && let Some(rule) = by_phrase(known, &pieces[at].text().to_lowercase())
            && rule.kind == SectionKind::Prose
            && rule.key != opening.key
        {
            enter(slots, rule);
            to[at] = To::Section { slot: rule.key.clone() };
        }
    }
}

fn is_last_action(to: &[To], at: usize) -> bool {
    to[at + 1..].iter().find(|place| !matches!(place, To::Dropped { .. } | To::Tray)).is_none_or(|place| !matches!(place, To::Action))
}

fn enter(slots: &mut Vec<Slot>, rule: &SectionRule) {
    if !slots.iter().any(|slot| slot.key.as_deref() == Some(&rule.key)) {
        slots.push(Slot { name: rule.key.clone(), key: Some(rule.key.clone()), heading: String::new(), copy: 0, level: None });
    }
}

/// The first section of prose that prints a heading: it tells what happened.
fn story<'a>(known: &Known<'a>) -> Option<&'a SectionRule> {
    known.form.template.sections.iter().find(|rule| rule.kind == SectionKind::Prose && !rule.silent)
}

/// The sections that paragraphs can be given to.
fn spoken_for<'a>(known: &Known<'a>) -> impl Iterator<Item = &'a SectionRule> {
    let sections = known.form.template.sections.iter();
    sections.filter(|rule| !matches!(rule.kind, SectionKind::Timeline | SectionKind::LinkedIncidents))
}

/// The section whose phrases the text uses most; the first of equals, as sections stand in the order of the form.
fn by_phrase<'a>(known: &Known<'a>, text: &str) -> Option<&'a SectionRule> {
    let scored = spoken_for(known).map(|rule| (score(rule, text), rule)).filter(|(score, _)| *score > 0);
    let best = scored.fold(None, |best: Option<(usize, &SectionRule)>, (score, rule)| match best {
        Some((most, _)) if most >= score => best,
        _ => Some((score, rule)),
    });
    best.map(|(_, rule)| rule)
}

/// How many of a section's phrases a text uses, each counted once, and twice where the text begins with it: there it says its subject.
fn score(rule: &SectionRule, text: &str) -> usize {
    const BEGINNING: usize = 24;
    let found = rule.cues.iter().filter_map(|cue| text.find(&cue.to_lowercase()));
    found.map(|at| if at < BEGINNING { 2 } else { 1 }).sum()
}
