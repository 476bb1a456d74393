//! The chain of whys: a number on a thread, the question beside it, the answer under the question.
//! Always true: a step is never cut; the thread runs from circle to circle, over page breaks too; the root is the filled circle, and
//! whoever cannot see it is told so.

use crate::{
    composer::{Composer, Side},
    display::{Item, Marked, Owner, Stroke},
    measure::{AXIS, BASELINE, COLUMN, HAIR, INK, WHITE, mm},
    strip::{Keep, Strip, keep_whole},
    text::{Style, Text, house},
    tree::{NodeId, Numbering, Role},
};

/// One step: a question and its answer; the question may be missing.
pub struct Step {
    /// Why something was so.
    pub question: String,
    /// Because of what.
    pub answer: String,
}

/// The circles' radius.
const RADIUS: f32 = mm(2.3);
/// How far a circle stands below the top of its question.
const DOWN: f32 = mm(0.25);
/// From the axis to the words.
const HANG: f32 = mm(8.0);
/// White between two steps; it belongs to the step above, so that the thread runs through it.
const BETWEEN: f32 = 8.0;

/// The steps from top to bottom. With `rooted`, each answers the one above and the last is the root.
pub fn whys(c: &mut Composer<'_>, parent: NodeId, steps: &[Step], rooted: bool) -> Vec<Strip> {
    let list = c.tree.add(parent, Role::L(Numbering::Decimal));
    let mut strips = Vec::new();
    for (number, step) in steps.iter().enumerate() {
        let last = number + 1 == steps.len();
        let item = c.tree.add(list, Role::LI);
        let circle = circle(c, item, number + 1, rooted && last);
        let body = c.tree.add(item, Role::LBody);
        let mut lines = words(c, body, step);
        keep_whole(&mut lines, Keep::Bound);
        if let (Some(end), false) = (lines.last_mut(), last) {
            end.height += BETWEEN;
        }
        if rooted && !last {
            thread(&mut lines);
        }
        if let Some(first) = lines.first_mut() {
            first.marks.push(circle);
        }
        strips.extend(lines);
    }
    strips
}

fn words(c: &mut Composer<'_>, body: NodeId, step: &Step) -> Vec<Strip> {
    let mut lines = Vec::new();
    for (words, (style, leading)) in [(step.question.trim(), house::SUB_HEAD), (step.answer.trim(), house::BODY)] {
        if !words.is_empty() {
            lines.extend(c.paragraph(body, Role::P, &Text::new(words, style, leading), AXIS + HANG, COLUMN - HANG));
        }
    }
    if lines.is_empty() {
        lines.push(Strip::blank(house::BODY.1));
    }
    lines
}

/// The thread through a step's lines. It is drawn before the circle, which covers its beginning.
fn thread(lines: &mut [Strip]) {
    let x = AXIS + RADIUS;
    for (number, line) in lines.iter_mut().enumerate() {
        let top = if number == 0 { DOWN + RADIUS } else { 0.0 };
        let upright = Item::Line { from: (x, top), to: (x, line.height), stroke: Stroke::solid(0.5, HAIR) };
        line.marks.insert(0, Marked::layout(vec![upright]));
    }
}

fn circle(c: &mut Composer<'_>, item: NodeId, number: usize, root: bool) -> Marked {
    let label = c.tree.add(item, Role::Lbl);
    if root {
        c.tree.set_actual_text(label, &format!("{number}, the root cause"));
    }
    let (fill, ink) = if root { (INK, WHITE) } else { (WHITE, INK) };
    let centre = (AXIS + RADIUS, DOWN + RADIUS);
    let disc = Item::Disc { centre, radius: RADIUS, fill: Some(fill), stroke: Some(Stroke::solid(0.6, INK)) };
    let style = Style { size: 8.5, ..house::CELL.0.strong().coloured(ink) };
    let text = Text::new(number.to_string(), style, house::CELL.1);
    let half = c.width(&text) / 2.0;
    // Figures are 0.66 em high: half of that above the centre puts them in the middle of the circle.
    let top = centre.1 + 0.33 * style.size - house::CELL.1 * BASELINE;
    let mut items = vec![disc];
    items.extend(c.loose(&text, centre.0 - half, top, None, Side::Left));
    Marked { owner: Owner::Content(c.tree.content(label)), items }
}
