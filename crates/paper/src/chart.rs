//! The chart of an incident: phases, milestones, services, the clock, over one axis of time.
//! Always true: no label covers a stem; every figure drawn also stands in a table; the same chart is drawn for screen and paper.
//! Deliberately absent: dates and zones; times are minutes from any fixed moment, and words come ready.

mod flags;
mod ground;

use crate::{
    composer::{Composer, Side},
    display::{Area, Item, Marked, Owner, Stroke},
    measure::{AXIS, COLUMN, DEGRADED, DOWN, FAINT, HAIR, INK, MEASURE, WHITE, mm},
    strip::{Keep, Strip},
    text::{Style, Text, house},
    tree::{NodeId, Role},
};

/// A chart to draw. Times are in minutes.
#[derive(Clone, Debug, Default)]
pub struct Chart {
    /// The first and the last moment that must be seen.
    pub span: (i64, i64),
    /// Minutes of the day at minute 0, for the hours under the axis.
    pub midnight_offset: i64,
    /// The days, by the minute they begin at.
    pub days: Vec<(i64, String)>,
    /// Phases: from, to, name.
    pub phases: Vec<(i64, i64, String)>,
    /// Key moments.
    pub milestones: Vec<Milestone>,
    /// Services.
    pub lanes: Vec<Lane>,
    /// The clock that counts.
    pub clock: Option<Clock>,
    /// What the chart shows, one sentence for each service and one for the clock.
    pub alt: String,
}

/// A key moment.
#[derive(Clone, Debug)]
pub struct Milestone {
    /// When.
    pub at: i64,
    /// The time as printed.
    pub time: String,
    /// Its day in short, printed with the time where the chart spans several.
    pub day: String,
    /// Its name.
    pub name: String,
}

/// A service and when it suffered.
#[derive(Clone, Debug)]
pub struct Lane {
    /// Its name.
    pub name: String,
    /// When it suffered, in order.
    pub bars: Vec<Bar>,
}

/// A window of impact.
#[derive(Clone, Debug)]
pub struct Bar {
    /// From.
    pub from: i64,
    /// To.
    pub to: i64,
    /// Down, or only degraded.
    pub down: bool,
    /// Its length in words.
    pub length: String,
}

/// A clock.
#[derive(Clone, Debug)]
pub struct Clock {
    /// Its name.
    pub name: String,
    /// From.
    pub from: i64,
    /// To.
    pub to: i64,
    /// The moment it should have stopped at, and the words for what it ran over.
    pub limit: Option<(i64, String)>,
    /// The length in words.
    pub words: String,
}

/// Height of a row of flags.
const TIER: f32 = mm(4.3);
/// Height of a service's row.
const LANE: f32 = mm(9.6);

/// The chart as a figure of one strip.
pub fn chart(c: &mut Composer<'_>, parent: NodeId, chart: &Chart) -> Strip {
    let node = c.tree.add(parent, Role::Figure { alt: chart.alt.clone() });
    let flags = flags::place(c, chart);
    let plan = Plan::new(chart, &flags);
    let mut items = Vec::new();
    ground::draw(&mut items, chart, &plan);
    lanes(c, &mut items, chart, &plan);
    clock(c, &mut items, chart, &plan);
    milestones(c, &mut items, &flags, &plan);
    phases(c, &mut items, chart, &plan);
    ground::axis(c, &mut items, chart, &plan);
    let owner = Owner::Content(c.tree.content(node));
    Strip::drawn(plan.height, vec![Marked { owner, items }]).below(2.0).kept(Keep::Bound)
}

/// Where everything stands, in points from the chart's top.
struct Plan {
    scale: flags::Scale,
    marks: f32,
    line: f32,
    lanes: f32,
    clock: f32,
    axis: f32,
    height: f32,
    tiers: usize,
}

impl Plan {
    fn new(chart: &Chart, flags: &flags::Flags) -> Self {
        let marks = if chart.phases.is_empty() { 0.0 } else { mm(8.5) };
        let line = marks + flags.tiers as f32 * TIER + mm(1.2);
        let lanes = line + mm(3.0);
        let clock = lanes + chart.lanes.len() as f32 * LANE;
        let axis = clock + if chart.clock.is_some() { mm(10.2) } else { 0.0 } + mm(1.6);
        Self { scale: flags.scale, marks, line, lanes, clock, axis, height: axis + mm(9.0), tiers: flags.tiers }
    }

    fn x(&self, at: i64) -> f32 {
        self.scale.x(at)
    }
}

fn lanes(c: &mut Composer<'_>, items: &mut Vec<Item>, chart: &Chart, plan: &Plan) {
    for (number, lane) in chart.lanes.iter().enumerate() {
        let y = plan.lanes + number as f32 * LANE;
        items.push(Item::rule(0.0, y + LANE - mm(0.4), MEASURE, Stroke::solid(0.3, FAINT)));
        items.extend(label(c, &lane.name, NAME, 0.0, y + mm(4.4)));
        for (place, bar) in lane.bars.iter().enumerate() {
            let (left, right) = (plan.x(bar.from), plan.x(bar.to));
            let area = Area { x: left, y: y + mm(4.6), width: (right - left).max(0.6), height: mm(3.2) };
            if bar.down {
                items.push(Item::rectangle(area, Some(DOWN), Some(Stroke::solid(0.6, DOWN))));
            } else {
                items.push(Item::rectangle(area, Some(WHITE), None));
                items.push(Item::Hatch { area, colour: DEGRADED });
                items.push(Item::rectangle(area, None, Some(Stroke::solid(0.6, DEGRADED))));
            }
            let end = lane.bars.get(place + 1).map_or(MEASURE, |next| plan.x(next.from));
            let state = if bar.down { "Down" } else { "Degraded" };
            let words = [format!("{state} {}", bar.length), bar.length.clone()];
            let room = if place + 1 == lane.bars.len() { end - left } else { (end - left).min(area.width.max(end - left - mm(2.0))) };
            if let Some(words) = words.iter().find(|words| c.width(&text(words, FIGURE)) <= room) {
                on_white(c, items, words, FIGURE, left, y + mm(0.9));
            }
        }
    }
}

fn clock(c: &mut Composer<'_>, items: &mut Vec<Item>, chart: &Chart, plan: &Plan) {
    let Some(clock) = &chart.clock else { return };
    let y = plan.clock;
    let (from, to) = (plan.x(clock.from), plan.x(clock.to));
    items.extend(label(c, &clock.name, NAME, 0.0, y + mm(4.2)));
    let limit = clock.limit.as_ref().map(|(at, words)| (plan.x(*at), words)).filter(|(x, _)| *x < to);
    let split = limit.map_or(to, |(x, _)| x);
    items.push(Item::rule(from, y + mm(5.6), split - from, Stroke::solid(1.0, INK)));
    for end in [from, to] {
        items.push(Item::Line { from: (end, y + mm(4.2)), to: (end, y + mm(7.0)), stroke: Stroke::solid(1.0, INK) });
    }
    let room = split - from;
    if limit.is_none() || c.width(&text(&clock.words, FIGURE)) < room {
        on_white(c, items, &clock.words, FIGURE, from, y + mm(0.7));
    }
    if let Some((x, words)) = limit {
        items.push(Item::rule(x, y + mm(5.6), to - x, Stroke::solid(3.0, INK)));
        let width = c.width(&text(words, NAME));
        let left = if x + mm(1.0) + width > MEASURE { x - mm(1.0) - width } else { x + mm(1.0) };
        on_white(c, items, words, NAME, left, y + mm(0.7));
    }
}

fn milestones(c: &mut Composer<'_>, items: &mut Vec<Item>, flags: &flags::Flags, plan: &Plan) {
    items.push(Item::rule(AXIS, plan.line, COLUMN, Stroke::solid(0.75, INK)));
    for flag in &flags.flags {
        let top = plan.marks + (plan.tiers - 1 - flag.tier) as f32 * TIER;
        items.push(Item::Line { from: (flag.x, top + mm(0.2)), to: (flag.x, plan.line), stroke: Stroke::solid(0.5, INK) });
        let stroke = Some(Stroke::solid(0.5, WHITE));
        items.push(Item::Disc { centre: (flag.x, plan.line), radius: mm(1.1), fill: Some(INK), stroke });
        let left = if flag.left { flag.x - flag.width } else { flag.x + mm(1.4) };
        items.extend(c.loose(&flag.text, left, top, None, Side::Left));
    }
    if !flags.flags.is_empty() {
        items.extend(label(c, "Milestones", NAME, 0.0, plan.line - mm(2.2)));
    }
}

fn phases(c: &mut Composer<'_>, items: &mut Vec<Item>, chart: &Chart, plan: &Plan) {
    if chart.phases.is_empty() {
        return;
    }
    items.extend(label(c, "Phases", NAME, 0.0, mm(1.0)));
    for (from, to, name) in &chart.phases {
        let (left, right) = (plan.x(*from), plan.x(*to));
        items.push(Item::rule(left + mm(0.3), mm(5.4), right - left - mm(0.6), Stroke::solid(1.2, INK)));
        if c.width(&text(name, FIGURE.quiet())) <= right - left - mm(0.6) {
            items.extend(label(c, name, FIGURE.quiet(), left + mm(0.6), mm(1.0)));
        }
    }
}

const FIGURE: Style = house::CHART.0;
const NAME: Style = house::CHART.0.strong();

fn text(words: &str, style: Style) -> Text {
    Text::new(words, style, house::CHART.1)
}

fn label(c: &mut Composer<'_>, words: &str, style: Style, x: f32, y: f32) -> Vec<Item> {
    c.loose(&text(words, style), x, y, None, Side::Left)
}

fn on_white(c: &mut Composer<'_>, items: &mut Vec<Item>, words: &str, style: Style, x: f32, y: f32) {
    let width = c.width(&text(words, style));
    let ground = Area { x, y: y - mm(0.3), width: width + mm(0.6), height: 9.0 + mm(0.6) };
    items.push(Item::rectangle(ground, Some(WHITE), None));
    items.extend(label(c, words, style, x, y));
}

/// A vertical line.
fn upright(x: f32, top: f32, bottom: f32, stroke: Stroke) -> Item {
    Item::Line { from: (x, top), to: (x, bottom), stroke }
}

/// Dotted from a milestone down to the axis.
const DROP: Stroke = Stroke::dashed(0.4, HAIR, 0.8, 1.6);
