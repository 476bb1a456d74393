//! Causes: a chain of whys on its thread, a numbered list, or each under its name with the parts a form asks for.
//! Always true: the chain has a root only where every step answers the one above.

use report::{
    Place,
    papers::Cause,
    template::{PartRule, SectionRule},
};

use super::Job;
use crate::{
    composer::Composer,
    measure::{AXIS, COLUMN},
    strip::Strip,
    text::{Text, house},
    tree::{NodeId, Role},
    whys::{self, Step},
};

/// White above a cause's name, and above the label of a part.
const ABOVE: (f32, f32) = (11.0, 7.25);
/// White under both.
const UNDER: f32 = 2.0;

/// The causes under a heading. `rule` may ask the same parts of each.
pub fn causes(c: &mut Composer<'_>, job: &Job<'_>, node: NodeId, rule: Option<&SectionRule>) -> Vec<Strip> {
    c.place = Place::Causes;
    let all = &job.report.causes;
    let parts = rule.map(|rule| rule.parts.as_slice()).unwrap_or_default();
    if !parts.is_empty() {
        return all.iter().enumerate().flat_map(|(number, cause)| named(c, node, number, cause, parts)).collect();
    }
    let steps: Vec<Step> = all.iter().map(|cause| Step { question: cause.why.clone(), answer: cause.text.clone() }).collect();
    let chain = steps.len() > 1 && steps.iter().all(|step| !step.question.trim().is_empty());
    whys::whys(c, node, &steps, chain)
}

fn named(c: &mut Composer<'_>, node: NodeId, number: usize, cause: &Cause, parts: &[PartRule]) -> Vec<Strip> {
    let mut strips = c.heading(node, 3, &Text::new(cause.text.trim(), house::SUB_HEAD.0, house::SUB_HEAD.1), AXIS, COLUMN);
    if let (Some(first), true) = (strips.first_mut(), number > 0) {
        first.before = ABOVE.0;
    }
    let said = parts.iter().filter_map(|part| Some((part, cause.parts.get(&part.key)?))).filter(|(_, words)| !words.trim().is_empty());
    for (part, words) in said {
        let label = Text::new(part.label.trim(), house::LABEL.0, house::LABEL.1);
        let mut head = c.heading(node, 4, &label, AXIS, COLUMN);
        if let Some(first) = head.first_mut() {
            first.before = ABOVE.1;
        }
        strips.extend(head);
        let mut white = UNDER;
        for line in words.lines().map(str::trim).filter(|line| !line.is_empty()) {
            let mut lines = c.paragraph(node, Role::P, &Text::new(line, house::BODY.0, house::BODY.1), AXIS, COLUMN);
            if let Some(first) = lines.first_mut() {
                first.before = std::mem::replace(&mut white, 7.25);
            }
            strips.extend(lines);
        }
    }
    strips
}
