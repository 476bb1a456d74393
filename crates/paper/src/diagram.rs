//! Diagrams: boxes on a grid and arrows between them, drawn as lines, told in words as well.
//! Always true: an arrow runs along rows and columns and never through a box that it does not name; what failed says so by weight,
//! hatch, colour and word. A drawing that fits no page, or that puts two boxes in one place, is told in words only.
//! Deliberately absent: any laying out of our own; the author's columns and rows are kept, empty ones left out.

mod grid;
mod routes;

use crate::{
    composer::{Composer, Side},
    display::{Area, Item, Marked, Owner, Stroke},
    measure::{Colour, DOWN, INK, WHITE, mm},
    strip::{Keep, Strip},
    text::{Style, Text, house},
    tree::{NodeId, Role},
};
use grid::Grid;
use routes::Route;

/// A diagram to draw.
#[derive(Clone, Debug, Default)]
pub struct Diagram {
    /// Its boxes.
    pub parts: Vec<Part>,
    /// Its arrows, between boxes by their place in the list.
    pub arrows: Vec<Arrow>,
    /// What it shows, in sentences.
    pub alt: String,
}

/// A box.
#[derive(Clone, Debug, Default)]
pub struct Part {
    /// What it says.
    pub label: String,
    /// Its column.
    pub column: i32,
    /// Its row.
    pub row: i32,
    /// Whether it is what failed, and how, where that is said.
    pub failed: Option<String>,
}

/// An arrow.
#[derive(Clone, Debug, Default)]
pub struct Arrow {
    /// The box it leaves.
    pub from: usize,
    /// The box it leads to.
    pub to: usize,
    /// What it says.
    pub label: String,
    /// Whether the way is broken.
    pub broken: bool,
}

/// A tint of the colour of what is down, light enough for words on it.
const FAILED_GROUND: Colour = Colour::hex(0xE9_C9_CA);
/// Length and width of an arrow's head.
const HEAD: (f32, f32) = (mm(2.2), mm(1.8));
const LABEL: (Style, f32) = (house::CELL.0, 11.5);
/// Words beside an arrow or under a box: the baseline lies 7 pt below their top.
const SMALL: (Style, f32) = house::CHART;
/// Height of a line of those words.
const SMALL_LINE: f32 = 9.5;

/// The drawing as a figure of one strip; none where it cannot be drawn soundly within `depth`.
pub fn diagram(c: &mut Composer<'_>, parent: NodeId, diagram: &Diagram, depth: f32) -> Option<Strip> {
    let heights = |c: &mut Composer<'_>, part: &Part, width: f32| c.set(&label(part), Some(width)).lines.len() as f32 * LABEL.1 + mm(2.8);
    let grid = Grid::new(&diagram.parts, |part, width| heights(c, part, width))?;
    if grid.height > depth {
        return None;
    }
    let node = c.tree.add(parent, Role::Figure { alt: diagram.alt.clone() });
    let routes = routes::routes(&grid, &diagram.arrows);
    let mut items = Vec::new();
    for route in &routes {
        line(&mut items, route);
    }
    for (number, part) in diagram.parts.iter().enumerate() {
        let leaves_below = routes.iter().any(|route| route.ends_below(number));
        self::part(c, &mut items, part, grid.area(number), leaves_below);
    }
    for route in &routes {
        words(c, &mut items, route);
    }
    let owner = Owner::Content(c.tree.content(node));
    Some(Strip::drawn(grid.height, vec![Marked { owner, items }]).below(4.0).kept(Keep::Bound))
}

fn label(part: &Part) -> Text {
    let style = if part.failed.is_some() { LABEL.0.strong() } else { LABEL.0 };
    Text::new(part.label.trim(), style, LABEL.1)
}

fn part(c: &mut Composer<'_>, items: &mut Vec<Item>, part: &Part, area: Area, leaves_below: bool) {
    match &part.failed {
        None => items.push(rounded(area, Some(WHITE), Some(Stroke::solid(0.75, INK)))),
        Some(how) => {
            items.push(Item::rectangle(area, Some(WHITE), None));
            items.push(Item::Hatch { area, colour: FAILED_GROUND });
            items.push(rounded(area, None, Some(Stroke::solid(1.6, DOWN))));
            let words = if how.trim().is_empty() { "Failed".to_owned() } else { format!("Failed: {}", how.trim()) };
            let text = Text::new(words, SMALL.0.strong().coloured(DOWN), SMALL.1);
            let width = c.width(&text);
            // Where an arrow leaves below, the words stand beside it.
            let middle = area.x + area.width / 2.0;
            let left = if leaves_below { middle + mm(1.6) } else { (middle - width / 2.0).max(0.0) };
            items.extend(c.loose(&text, left.min(crate::measure::MEASURE - width), area.y + area.height + mm(1.2), None, Side::Left));
        }
    }
    let text = label(part);
    let set = c.set(&text, Some(area.width - grid::INSET));
    let top = area.y + (area.height - set.lines.len() as f32 * LABEL.1) / 2.0;
    for (number, line) in set.lines.iter().enumerate() {
        let left = area.x + (area.width - line.width) / 2.0;
        let baseline = top + number as f32 * LABEL.1 + LABEL.1 * crate::measure::BASELINE;
        items.extend(line.pieces.iter().map(|piece| {
            let run = crate::display::Run { x: piece.run.x + left, y: piece.run.y + baseline, ..piece.run.clone() };
            Item::Text(run)
        }));
    }
}

/// A box whose corners are just not sharp: each is a quarter circle in three stretches.
fn rounded(area: Area, fill: Option<Colour>, stroke: Option<Stroke>) -> Item {
    const RADIUS: f32 = mm(0.6);
    let (right, bottom) = (area.x + area.width - RADIUS, area.y + area.height - RADIUS);
    let (left, top) = (area.x + RADIUS, area.y + RADIUS);
    let centres = [(right, top, 270.0), (right, bottom, 0.0), (left, bottom, 90.0), (left, top, 180.0)];
    let corner = |(x, y, start): (f32, f32, f32)| {
        (0..=3_u8).map(move |step| {
            let angle = (start + 30.0 * f32::from(step)).to_radians();
            (x + RADIUS * angle.cos(), y + RADIUS * angle.sin())
        })
    };
    Item::Shape { corners: centres.into_iter().flat_map(corner).collect(), fill, stroke }
}

/// The way of an arrow and its head.
fn line(items: &mut Vec<Item>, route: &Route) {
    let stroke = if route.broken { Stroke::dashed(0.75, INK, 2.0, 2.0) } else { Stroke::solid(0.75, INK) };
    let points = &route.points;
    let Some((&tip, &before)) = points.last().zip(points.iter().rev().nth(1)) else { return };
    let length = (tip.0 - before.0).hypot(tip.1 - before.1).max(0.01);
    let along = ((tip.0 - before.0) / length, (tip.1 - before.1) / length);
    let base = (tip.0 - along.0 * HEAD.0, tip.1 - along.1 * HEAD.0);
    for pair in points.windows(2) {
        let to = if pair[1] == tip { base } else { pair[1] };
        items.push(Item::Line { from: pair[0], to, stroke });
    }
    let half = HEAD.1 / 2.0;
    let corners = vec![tip, (base.0 - along.1 * half, base.1 + along.0 * half), (base.0 + along.1 * half, base.1 - along.0 * half)];
    items.push(Item::Shape { corners, fill: Some(INK), stroke: None });
}

/// What an arrow says: above its longest level stretch, or to the right of an upright one; never across it.
fn words(c: &mut Composer<'_>, items: &mut Vec<Item>, route: &Route) {
    if route.label.trim().is_empty() {
        return;
    }
    let reach = |pair: &[(f32, f32)]| (pair[0].0 - pair[1].0).abs() + (pair[0].1 - pair[1].1).abs();
    let Some(longest) = route.points.windows(2).max_by(|a, b| reach(a).total_cmp(&reach(b))) else { return };
    let (from, to) = (longest[0], longest[1]);
    let middle = ((from.0 + to.0) / 2.0, (from.1 + to.1) / 2.0);
    let text = Text::new(route.label.trim(), SMALL.0, SMALL.1);
    let level = (from.1 - to.1).abs() < 0.1;
    let room = if level { ((from.0 - to.0).abs() - mm(2.0)).max(mm(12.0)) } else { mm(24.0) };
    let set = c.set(&text, Some(room));
    let lines = set.lines.len() as f32;
    for (number, line) in set.lines.iter().enumerate() {
        let (left, top) = if level {
            (middle.0 - line.width / 2.0, middle.1 - mm(1.2) - lines * SMALL_LINE)
        } else {
            (middle.0 + mm(2.0), middle.1 - lines * SMALL_LINE / 2.0)
        };
        let baseline = top + number as f32 * SMALL_LINE + 7.0;
        items.extend(line.pieces.iter().map(|piece| {
            let run = crate::display::Run { x: piece.run.x + left, y: piece.run.y + baseline, ..piece.run.clone() };
            Item::Text(run)
        }));
    }
}
