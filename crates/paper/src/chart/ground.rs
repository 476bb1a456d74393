//! What lies under the bars, and the axis of time below them.

use super::{Chart, DROP, FIGURE, NAME, Plan, flags::DAY, label, text, upright};
use crate::{
    composer::Composer,
    display::{Item, Stroke},
    measure::{AXIS, COLUMN, FAINT, INK, MEASURE, mm},
};

/// Hour lines, midnights, the limit, and the drops from milestones.
pub fn draw(items: &mut Vec<Item>, chart: &Chart, plan: &Plan) {
    let top = plan.lanes - mm(1.0);
    for at in plan.scale.ticks(chart.midnight_offset) {
        items.push(upright(plan.x(at), top, plan.axis, Stroke::solid(0.3, FAINT)));
    }
    // Over weeks the midnights would stand like a fence; there the ticks are days.
    for (at, _) in chart.days.iter().filter(|_| plan.scale.tick < DAY) {
        if *at > plan.scale.from {
            items.push(upright(plan.x(*at), top, plan.axis + mm(1.1), Stroke::solid(1.0, INK)));
        }
    }
    if let Some((limit, _)) = chart.clock.as_ref().and_then(|clock| clock.limit.as_ref()) {
        let x = plan.x(*limit);
        if x <= MEASURE {
            items.push(upright(x, top, plan.axis, Stroke::dashed(0.9, INK, 3.0, 2.0)));
        }
    }
    for milestone in &chart.milestones {
        items.push(upright(plan.x(milestone.at), plan.line, plan.axis, DROP));
    }
}

/// The axis, its ticks, the hours and the days.
pub fn axis(c: &mut Composer<'_>, items: &mut Vec<Item>, chart: &Chart, plan: &Plan) {
    items.push(Item::rule(AXIS, plan.axis, COLUMN, Stroke::solid(0.75, INK)));
    let mut free = 0.0;
    for at in plan.scale.ticks(chart.midnight_offset) {
        let x = plan.x(at);
        items.push(upright(x, plan.axis, plan.axis + mm(1.1), Stroke::solid(0.75, INK)));
        let words = if plan.scale.tick < DAY { hour(at + chart.midnight_offset) } else { day(chart, at) };
        let half = c.width(&text(&words, FIGURE)) / 2.0;
        if x - half >= (AXIS - mm(4.0)).max(free) && x + half <= MEASURE + mm(2.0) {
            free = x + half + mm(1.0);
            items.extend(label(c, &words, FIGURE, x - half, plan.axis + mm(1.6)));
        }
    }
    let mut free = 0.0;
    for (at, words) in chart.days.iter().filter(|_| plan.scale.tick < DAY) {
        let left = if *at > plan.scale.from { plan.x(*at) - mm(3.4) } else { AXIS };
        let width = c.width(&text(words, NAME));
        if left >= free && left + width <= MEASURE + mm(1.0) {
            items.extend(label(c, words, NAME, left, plan.axis + mm(5.6)));
            free = left + width + mm(2.0);
        }
    }
}

/// "14:30".
fn hour(since_midnight: i64) -> String {
    let minute = since_midnight.rem_euclid(DAY);
    format!("{:02}:{:02}", minute / 60, minute % 60)
}

/// "5 Mar": the day that begins at that minute, without its weekday; nothing beyond the last day with anything in it.
fn day(chart: &Chart, at: i64) -> String {
    let found = chart.days.iter().find(|(midnight, _)| *midnight == at);
    found.map_or_else(String::new, |(_, words)| words.split_once(' ').map_or(words.as_str(), |(_, day)| day).to_owned())
}
