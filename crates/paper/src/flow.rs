//! Page breaks: strips are poured into pages, footnotes stand at the foot of the page of their mark.
//! Always true: every strip is placed once and in order; a break falls where nothing holds, unless what holds together is taller
//! than a page.
//! Deliberately absent: running heads and footers, which need the number of pages.

use std::collections::BTreeMap;

use crate::{
    display::{AnchorId, Item, Marked, Page, Stroke},
    measure::{AXIS, HAIR, mm},
    strip::{Keep, Strip},
};

/// White above the rule over the footnotes.
const ABOVE_NOTES: f32 = 10.0;
/// White between that rule and the first note.
const UNDER_RULE: f32 = 3.0;

/// Pages filled from the top, measured from the text block's top left corner.
#[derive(Debug, Default)]
pub struct Filled {
    /// The pages.
    pub pages: Vec<Page>,
    /// Where each anchor came to stand: its page, from 0, and how far down the text block.
    pub anchors: BTreeMap<AnchorId, (usize, f32)>,
}

/// Pours strips into pages of a given depth. `notes` holds each footnote as strips of its own.
#[must_use]
pub fn pour(strips: Vec<Strip>, notes: &[Vec<Strip>], depth: f32) -> Filled {
    let mut pour =
        Pour { filled: Filled::default(), page: Page::default(), y: 0.0, foot: Vec::new(), foot_height: 0.0, fresh: true, depth };
    let mut rest: std::collections::VecDeque<Strip> = strips.into();
    while !rest.is_empty() {
        let bound = rest.iter().take_while(|strip| strip.keep != Keep::Apart).count();
        let group = (bound + 1).min(rest.len());
        let fitting = pour.fitting(rest.iter().take(group), notes);
        let count = if fitting == group {
            group
        } else if !pour.fresh {
            pour.turn(notes, rest.front());
            continue;
        } else {
            let weak = (1..=fitting).rev().find(|count| rest[*count - 1].keep < Keep::Bound);
            weak.unwrap_or(fitting).max(1)
        };
        for strip in rest.drain(..count) {
            pour.place(strip, notes);
        }
        if count < group && !rest.is_empty() {
            pour.turn(notes, rest.front());
        }
    }
    pour.turn(notes, None);
    pour.filled
}

struct Pour {
    filled: Filled,
    page: Page,
    y: f32,
    foot: Vec<usize>,
    foot_height: f32,
    fresh: bool,
    depth: f32,
}

impl Pour {
    /// How many strips of a group fit on what is left of the page.
    fn fitting<'a>(&self, group: impl Iterator<Item = &'a Strip>, notes: &[Vec<Strip>]) -> usize {
        let (mut y, mut foot, mut fresh, mut count) = (self.y, self.foot_height, self.fresh, 0);
        for strip in group {
            y += strip.height + if fresh { 0.0 } else { strip.before };
            fresh = false;
            for note in strip.notes.iter().filter(|note| !self.foot.contains(note)) {
                foot += note_height(&notes[*note]) + if foot == 0.0 { ABOVE_NOTES + UNDER_RULE } else { 0.0 };
            }
            if y + foot > self.depth + 0.01 {
                break;
            }
            count += 1;
        }
        count
    }

    fn place(&mut self, strip: Strip, notes: &[Vec<Strip>]) {
        if !self.fresh {
            self.y += strip.before;
        }
        self.fresh = false;
        let (page, y) = (self.filled.pages.len(), self.y);
        for anchor in &strip.anchors {
            self.filled.anchors.entry(*anchor).or_insert((page, y));
        }
        for note in &strip.notes {
            if !self.foot.contains(note) {
                self.foot_height += note_height(&notes[*note]) + if self.foot.is_empty() { ABOVE_NOTES + UNDER_RULE } else { 0.0 };
                self.foot.push(*note);
            }
        }
        self.y += strip.height;
        lay(&mut self.page, strip, y);
    }

    /// Ends the page and begins the next, with what its first strip repeats.
    fn turn(&mut self, notes: &[Vec<Strip>], first: Option<&Strip>) {
        if !self.foot.is_empty() {
            let mut y = self.depth - self.foot_height + ABOVE_NOTES;
            let rule = Item::rule(AXIS, y, mm(30.0), Stroke::solid(0.5, HAIR));
            self.page.marks.push(Marked::layout(vec![rule]));
            y += UNDER_RULE;
            for note in std::mem::take(&mut self.foot) {
                for strip in &notes[note] {
                    y += strip.before;
                    for anchor in &strip.anchors {
                        self.filled.anchors.entry(*anchor).or_insert((self.filled.pages.len(), y));
                    }
                    lay(&mut self.page, strip.clone(), y);
                    y += strip.height;
                }
            }
        }
        self.filled.pages.push(std::mem::take(&mut self.page));
        (self.y, self.foot_height, self.fresh) = (0.0, 0.0, true);
        if let Some(resume) = first.and_then(|strip| strip.resume.as_ref()) {
            self.page.marks.extend(resume.marks.iter().cloned());
            self.y = resume.height;
        }
    }
}

fn lay(page: &mut Page, strip: Strip, y: f32) {
    let mut placed = Strip::default();
    placed.overlay(strip, y);
    page.marks.append(&mut placed.marks);
    page.links.append(&mut placed.links);
    page.fields.append(&mut placed.fields);
}

fn note_height(note: &[Strip]) -> f32 {
    crate::strip::height(note)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lines(keeps: &[Keep]) -> Vec<Strip> {
        let number = |(n, keep): (usize, &Keep)| Strip { anchors: vec![AnchorId(n)], keep: *keep, ..Strip::blank(10.0) };
        keeps.iter().enumerate().map(number).collect()
    }

    fn pages(filled: &Filled) -> Vec<usize> {
        filled.anchors.values().map(|(page, _)| *page).collect()
    }

    #[test]
    fn what_is_bound_moves_on_together() {
        let filled = pour(lines(&[Keep::Apart, Keep::Apart, Keep::Bound, Keep::Apart]), &[], 30.0);
        assert_eq!(pages(&filled), [0, 0, 1, 1]);
    }

    #[test]
    fn what_fits_no_page_is_broken_where_it_holds_least() {
        let filled = pour(lines(&[Keep::Bound, Keep::Together, Keep::Bound, Keep::Apart]), &[], 30.0);
        assert_eq!(pages(&filled), [0, 0, 1, 1]);
        let filled = pour(lines(&[Keep::Bound, Keep::Bound, Keep::Bound, Keep::Apart]), &[], 30.0);
        assert_eq!(pages(&filled), [0, 0, 0, 1]);
    }

    #[test]
    fn a_note_stands_on_the_page_of_its_mark_and_takes_its_room() {
        let mut strips = lines(&[Keep::Apart; 3]);
        strips[2].notes.push(0);
        let note = vec![Strip::blank(5.0)];
        let filled = pour(strips, &[note], 40.0);
        assert_eq!(pages(&filled), [0, 0, 1], "30 of text, 13 of rule and 5 of note need 48");
    }

    #[test]
    fn white_vanishes_at_the_head_of_a_page_and_a_head_is_repeated() {
        let mut strips = lines(&[Keep::Apart, Keep::Apart]);
        strips[1].before = 16.0;
        strips[1].resume = Some(std::sync::Arc::new(crate::strip::Resume { height: 4.0, marks: Vec::new() }));
        let filled = pour(strips, &[], 20.0);
        assert_eq!(filled.anchors[&AnchorId(1)], (1, 4.0));
    }
}
