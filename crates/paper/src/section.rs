//! Sections: a rule, a head, and its answer beside it (prose) or below it (tables, charts, wide figures); the report's title.
//! Always true: a head keeps with what it heads, and is never cut over a page.

use crate::{
    composer::Composer,
    display::{Item, Marked, Stroke},
    measure::{INK, LABEL, MEASURE, mm},
    strip::{Keep, Strip, stand_beside},
    text::{Style, Text, house},
    tree::{NodeId, Role, Tree},
};

/// White above a section's rule.
const ABOVE: f32 = 16.0;
/// White between the rule and the head.
const UNDER_RULE: f32 = 6.0;
/// White between a stacked head and what it heads.
const UNDER_HEAD: f32 = 7.0;

/// The title and the line under it.
pub fn title(c: &mut Composer<'_>, words: &str, under: &str) -> Vec<Strip> {
    let mut strips = c.heading(Tree::ROOT, 1, &text(words, house::TITLE), 0.0, MEASURE);
    if !under.is_empty() {
        let mut lines = c.paragraph(Tree::ROOT, Role::P, &text(under, house::LEGAL), 0.0, MEASURE);
        lines[0].before = 3.0;
        strips.extend(lines);
    }
    strips
}

/// A section in side form: the head in the left column, the answer at the axis, set by `body`.
pub fn side(c: &mut Composer<'_>, head: &str, body: impl FnOnce(&mut Composer<'_>, NodeId) -> Vec<Strip>) -> Vec<Strip> {
    let node = c.tree.add(Tree::ROOT, Role::Sect);
    let label = c.heading(node, 2, &text(head, house::HEAD), 0.0, LABEL);
    beside(c, node, label, body)
}

/// A section in side form that the outline does not name.
pub fn unlisted(c: &mut Composer<'_>, head: &str, body: impl FnOnce(&mut Composer<'_>, NodeId) -> Vec<Strip>) -> Vec<Strip> {
    let node = c.tree.add(Tree::ROOT, Role::Sect);
    let label = c.paragraph(node, Role::Heading(2), &text(head, house::HEAD), 0.0, LABEL);
    beside(c, node, label, body)
}

fn beside(c: &mut Composer<'_>, node: NodeId, label: Vec<Strip>, body: impl FnOnce(&mut Composer<'_>, NodeId) -> Vec<Strip>) -> Vec<Strip> {
    let mut strips = body(c, node);
    stand_beside(label, &mut strips);
    strips[0].before = 0.0;
    strips.insert(0, rule());
    strips
}

/// A section in stacked form: the head and its note on one line, the content below at the full measure.
pub fn stacked(c: &mut Composer<'_>, head: &str, note: &str, body: impl FnOnce(&mut Composer<'_>, NodeId) -> Vec<Strip>) -> Vec<Strip> {
    let node = c.tree.add(Tree::ROOT, Role::Sect);
    let mut strips = vec![rule()];
    let words = text(head, house::HEAD);
    let mut lines = c.heading(node, 2, &words, 0.0, MEASURE);
    if !note.is_empty() {
        let left = c.width(&words) + mm(2.0);
        let note = text(note, house::HEAD_NOTE);
        let mut beside = c.paragraph(node, Role::P, &note, left, MEASURE - left);
        if lines.len() == 1 && beside.len() == 1 {
            lines[0].overlay(beside.remove(0), 0.0);
        } else {
            keep_all(&mut beside);
            lines.extend(beside);
        }
    }
    strips.extend(lines);
    let mut content = body(c, node);
    if let Some(first) = content.first_mut() {
        first.before = UNDER_HEAD;
    }
    strips.extend(content);
    strips
}

/// The rule above a section's head, bound to it.
fn rule() -> Strip {
    let line = Item::rule(0.0, 0.0, MEASURE, Stroke::solid(0.75, INK));
    Strip::drawn(UNDER_RULE, vec![Marked::layout(vec![line])]).below(ABOVE).kept(Keep::Bound)
}

fn keep_all(strips: &mut [Strip]) {
    for strip in strips {
        strip.keep = Keep::Bound;
    }
}

fn text(words: &str, (style, leading): (Style, f32)) -> Text {
    Text::new(words, style, leading)
}
