//! Lessons, grouped: what went well, what went badly, what went well by luck, each with its drawn sign.
//! Always true: within a group the author's order stands; a form that words the groups itself is followed.

use report::{
    Place,
    papers::{Lesson, LessonKind},
    template::SectionRule,
};

use super::Job;
use crate::{
    composer::Composer,
    display::{Item, Marked, Owner, Stroke},
    measure::{AXIS, BASELINE, COLUMN, INK, mm},
    strip::Strip,
    text::{Text, house},
    tree::{NodeId, Numbering, Role},
};

/// White above the head of a group.
const ABOVE: f32 = 11.0;
/// White between a head and its first lesson.
const UNDER_HEAD: f32 = 2.0;
/// White between lessons.
const BETWEEN: f32 = 4.0;
const HANG: f32 = mm(5.0);
const GROUPS: [LessonKind; 3] = [LessonKind::Good, LessonKind::Bad, LessonKind::Lucky];

/// The lessons under a heading. `rule` may word the heads of the three groups.
pub fn lessons(c: &mut Composer<'_>, job: &Job<'_>, node: NodeId, rule: Option<&SectionRule>) -> Vec<Strip> {
    c.place = Place::Lessons;
    let mut strips = Vec::new();
    for (number, kind) in GROUPS.into_iter().enumerate() {
        let group: Vec<&Lesson> = job.report.lessons.iter().filter(|lesson| lesson.kind == kind).collect();
        if group.is_empty() {
            continue;
        }
        let own = rule.and_then(|rule| rule.columns.get(number)).map(|words| words.trim());
        let head = own.filter(|words| !words.is_empty()).unwrap_or_else(|| words(kind));
        let mut lines = c.heading(node, 3, &Text::new(head, house::SUB_HEAD.0, house::SUB_HEAD.1), AXIS, COLUMN);
        if let Some(first) = lines.first_mut() {
            first.before = if strips.is_empty() { 0.0 } else { ABOVE };
        }
        strips.extend(lines);
        strips.extend(list(c, node, kind, &group));
    }
    strips
}

fn list(c: &mut Composer<'_>, node: NodeId, kind: LessonKind, group: &[&Lesson]) -> Vec<Strip> {
    let list = c.tree.add(node, Role::L(Numbering::Disc));
    let mut strips: Vec<Strip> = Vec::new();
    for (number, lesson) in group.iter().enumerate() {
        let entry = c.tree.add(list, Role::LI);
        let label = c.tree.add(entry, Role::Lbl);
        c.tree.set_actual_text(label, words(kind));
        let content = c.tree.content(label);
        let mark = Marked { owner: Owner::Content(content), items: sign(kind, AXIS, house::BODY.1) };
        let text = Text::new(lesson.text.trim(), house::BODY.0, house::BODY.1);
        let body = c.tree.add(entry, Role::LBody);
        let mut lines = c.paragraph(body, Role::P, &text, AXIS + HANG, COLUMN - HANG);
        if let Some(first) = lines.first_mut() {
            first.marks.push(mark);
            first.before = if number == 0 { UNDER_HEAD } else { BETWEEN };
        }
        strips.extend(lines);
    }
    strips
}

fn words(kind: LessonKind) -> &'static str {
    match kind {
        LessonKind::Good => "Good",
        LessonKind::Bad => "Bad",
        LessonKind::Lucky => "Lucky",
    }
}

/// Plus, minus, diamond: drawn, so that a lesson says what it is without colour and without a glyph the font may lack.
fn sign(kind: LessonKind, x: f32, leading: f32) -> Vec<Item> {
    let (size, half) = (mm(2.6), mm(1.3));
    let top = leading * BASELINE + mm(0.2) - size;
    let across = Item::rule(x, top + half, size, Stroke::solid(0.9, INK));
    let down = Item::Line { from: (x + half, top), to: (x + half, top + size), stroke: Stroke::solid(0.9, INK) };
    let corners = vec![(x + half, top), (x + size, top + half), (x + half, top + size), (x, top + half)];
    match kind {
        LessonKind::Good => vec![across, down],
        LessonKind::Bad => vec![across],
        LessonKind::Lucky => vec![Item::Shape { corners, fill: None, stroke: Some(Stroke::solid(0.8, INK)) }],
    }
}
