//! Prose without headings: which paragraph answers which of the form's questions, by the turns of phrase the form lists for each.
//! Always true: only paragraphs that stand before the first heading, or in a list of actions where an apology follows, are looked at; the
//! first paragraph opens the text; one that no phrase speaks for goes on with the opening, and with the story once others have been claimed;
//! no question stays without an answer while a paragraph that can be spared speaks to it.

use crate::Slot;
use crate::phrases::Phrases;
use crate::piece::{Piece, Shape};
use crate::route::Known;
use crate::to::To;
use report::template::{SectionKind, SectionRule};
use std::collections::BTreeMap;

pub(crate) fn settle(pieces: &[Piece], to: &mut [To], slots: &mut Vec<Slot>, known: &Known<'_>) {
    let Some(opening) = known.form.opening() else { return };
    let spoken = Spoken::of(known);
    let open = paragraphs(pieces, to, &opening.key, &spoken);
    let mut placed = assign(&open, known, &spoken, opening);
    share(&mut placed, &open, &spoken, opening);
    for (paragraph, rule) in open.iter().zip(placed) {
        enter(slots, rule);
        to[paragraph.at] = To::Section { slot: rule.key.clone() };
    }
    last_actions(pieces, to, slots, &spoken, opening);
}

/// The sections that paragraphs can be given to, with their phrases.
struct Spoken<'a> {
    rules: Vec<&'a SectionRule>,
    phrases: Phrases,
}

/// A paragraph that no heading places.
struct Paragraph {
    at: usize,
    /// How much it speaks for each of the sections.
    scores: Vec<usize>,
}

impl<'a> Spoken<'a> {
    fn of(known: &Known<'a>) -> Self {
        let sections = known.form.template.sections.iter();
        let rules: Vec<&SectionRule> =
            sections.filter(|rule| !matches!(rule.kind, SectionKind::Timeline | SectionKind::LinkedIncidents)).collect();
        let phrases = Phrases::new(rules.iter().flat_map(|rule| &rule.cues).map(String::as_str));
        Self { rules, phrases }
    }

    /// How many of each section's phrases a text uses, each counted once, and twice where the text begins with it: there it says its subject.
    fn scores(&self, text: &str) -> Vec<usize> {
        const BEGINNING: usize = 24;
        let heard = self.phrases.heard(text);
        let weight = |cue: &String| self.phrases.first(&heard, cue).map_or(0, |at| if at < BEGINNING { 2 } else { 1 });
        self.rules.iter().map(|rule| rule.cues.iter().map(weight).sum()).collect()
    }

    /// The section whose phrases are used most; the first of equals, as sections stand in the order of the form.
    fn most(&self, scores: &[usize]) -> Option<&'a SectionRule> {
        let most = scores.iter().copied().max().filter(|most| *most > 0)?;
        scores.iter().position(|score| *score == most).map(|at| self.rules[at])
    }
}

/// The paragraphs of the opening, before any heading.
fn paragraphs(pieces: &[Piece], to: &[To], opening: &str, spoken: &Spoken<'_>) -> Vec<Paragraph> {
    let before = to.iter().position(|to| matches!(to, To::Heading { .. })).unwrap_or(to.len());
    let opens = |at: &usize| matches!(&to[*at], To::Section { slot } if slot == opening);
    (0..before).filter(opens).map(|at| Paragraph { at, scores: spoken.scores(&pieces[at].text()) }).collect()
}

/// For each paragraph, the section that its phrases speak for most.
fn assign<'a>(open: &[Paragraph], known: &Known<'a>, spoken: &Spoken<'a>, opening: &'a SectionRule) -> Vec<&'a SectionRule> {
    let mut unspoken = opening;
    let story = story(known).unwrap_or(opening);
    let mut placed = Vec::with_capacity(open.len());
    for (number, paragraph) in open.iter().enumerate() {
        let found = if number == 0 { None } else { spoken.most(&paragraph.scores) };
        if found.is_some_and(|rule| rule.key != opening.key) {
            unspoken = story;
        }
        placed.push(found.unwrap_or(unspoken));
    }
    placed
}

/// Gives a section that got nothing the paragraph that speaks to it most, of those whose section has another.
fn share<'a>(placed: &mut [&'a SectionRule], open: &[Paragraph], spoken: &Spoken<'a>, opening: &SectionRule) {
    // A form of which one paragraph was claimed has no prose to share out.
    if placed.iter().filter(|rule| rule.key != opening.key).count() < 2 {
        return;
    }
    for (number, rule) in spoken.rules.iter().enumerate().filter(|(_, rule)| rule.required) {
        let mut held: BTreeMap<&str, usize> = BTreeMap::new();
        placed.iter().for_each(|other| *held.entry(&other.key).or_default() += 1);
        if held.contains_key(rule.key.as_str()) {
            continue;
        }
        let spare = |at: &usize| held.get(placed[*at].key.as_str()).is_some_and(|count| *count > 1);
        // The first of equals: `max_by_key` would give the last.
        let best = (1..open.len()).rev().filter(spare).max_by_key(|at| open[*at].scores[number]);
        if let Some(at) = best.filter(|at| open[*at].scores[number] > 0) {
            placed[at] = rule;
        }
    }
}

/// The end of a list of actions may be an apology, or another closing word.
fn last_actions(pieces: &[Piece], to: &mut [To], slots: &mut Vec<Slot>, spoken: &Spoken<'_>, opening: &SectionRule) {
    for at in 0..pieces.len() {
        if matches!(to[at], To::Action)
            && matches!(pieces[at].shape, Shape::Text)
            && is_last_action(to, at)
            && let Some(rule) = spoken.most(&spoken.scores(&pieces[at].text()))
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
