//! The ways of a diagram's arrows: straight where nothing stands between, one corner where that is free, else through the white between
//! rows and columns.
//! Always true: a way never crosses a box it does not belong to.

use super::{Arrow, grid::Grid};
use crate::{display::Area, measure::mm};

/// The way of one arrow.
pub struct Route {
    /// Its corners, from its start to its tip.
    pub points: Vec<(f32, f32)>,
    /// What it says.
    pub label: String,
    /// Whether it is broken.
    pub broken: bool,
    from: usize,
    to: usize,
    below: (bool, bool),
}

impl Route {
    /// Whether it leaves or reaches that box at its lower edge.
    pub fn ends_below(&self, part: usize) -> bool {
        (self.from == part && self.below.0) || (self.to == part && self.below.1)
    }
}

/// How far two arrows that share a way stand apart.
const APART: f32 = mm(1.7);

/// A way for every arrow between two different boxes.
pub fn routes(grid: &Grid, arrows: &[Arrow]) -> Vec<Route> {
    let sound = |arrow: &&Arrow| arrow.from != arrow.to && arrow.from < grid.count() && arrow.to < grid.count();
    arrows
        .iter()
        .filter(sound)
        .enumerate()
        .map(|(number, arrow)| {
            // An arrow and the one that leads back stand side by side.
            let back = arrows.iter().any(|other| other.from == arrow.to && other.to == arrow.from);
            let aside = if !back {
                0.0
            } else if arrow.from < arrow.to {
                -APART
            } else {
                APART
            };
            let lane = (number % 3) as f32 * mm(1.8) - mm(1.8);
            let points = way(grid, arrow.from, arrow.to, aside, lane);
            let below = |part: usize, end: Option<&(f32, f32)>| {
                let area = grid.area(part);
                end.is_some_and(|point| (point.1 - area.y - area.height).abs() < 0.1)
            };
            let below = (below(arrow.from, points.first()), below(arrow.to, points.last()));
            Route { points, label: arrow.label.clone(), broken: arrow.broken, from: arrow.from, to: arrow.to, below }
        })
        .collect()
}

fn way(grid: &Grid, from: usize, to: usize, aside: f32, lane: f32) -> Vec<(f32, f32)> {
    let (start, end) = (grid.area(from), grid.area(to));
    let (a, b) = (grid.cell(from), grid.cell(to));
    let level = |row: usize, one: usize, other: usize| between(one, other).all(|column| grid.is_free((column, row)));
    let upright = |column: usize, one: usize, other: usize| between(one, other).all(|row| grid.is_free((column, row)));
    if a.1 == b.1 && level(a.1, a.0, b.0) {
        let y = middle(start).1 + aside;
        return vec![(side(start, b.0 > a.0), y), (side(end, a.0 > b.0), y)];
    }
    if a.0 == b.0 && upright(a.0, a.1, b.1) {
        let x = middle(start).0 + aside;
        return vec![(x, edge(start, b.1 > a.1)), (x, edge(end, a.1 > b.1))];
    }
    if a.0 != b.0 && a.1 != b.1 {
        let corner = (b.0, a.1);
        if grid.is_free(corner) && level(a.1, a.0, b.0) && upright(b.0, a.1, b.1) {
            let (x, y) = (middle(end).0 + aside, middle(start).1 + aside);
            return vec![(side(start, b.0 > a.0), y), (x, y), (x, edge(end, a.1 > b.1))];
        }
        let corner = (a.0, b.1);
        if grid.is_free(corner) && upright(a.0, a.1, b.1) && level(b.1, a.0, b.0) {
            let (x, y) = (middle(start).0 + aside, middle(end).1 + aside);
            return vec![(x, edge(start, b.1 > a.1)), (x, y), (side(end, a.0 > b.0), y)];
        }
    }
    around(grid, (a, start), (b, end), lane)
}

/// Out below, along the white between rows, up or down the white between columns, and in from below.
fn around(grid: &Grid, (a, start): ((usize, usize), Area), (b, end): ((usize, usize), Area), lane: f32) -> Vec<(f32, f32)> {
    let (leave, arrive) = (grid.under(a.1) + lane, grid.under(b.1) + lane);
    let (out, back) = (middle(start).0 + lane, middle(end).0 + lane);
    let mut points = vec![(out, edge(start, true)), (out, leave)];
    if a.1 != b.1 {
        let between = grid.beside(b.0) + lane;
        points.extend([(between, leave), (between, arrive)]);
    }
    points.extend([(back, arrive), (back, edge(end, true))]);
    points
}

/// What lies strictly between two columns or rows.
fn between(one: usize, other: usize) -> std::ops::Range<usize> {
    one.min(other) + 1..one.max(other)
}

fn middle(area: Area) -> (f32, f32) {
    (area.x + area.width / 2.0, area.y + area.height / 2.0)
}

fn side(area: Area, right: bool) -> f32 {
    if right { area.x + area.width } else { area.x }
}

fn edge(area: Area, lower: bool) -> f32 {
    if lower { area.y + area.height } else { area.y }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagram::Part;

    fn grid(cells: &[(i32, i32)]) -> Grid {
        let parts: Vec<Part> = cells.iter().map(|(column, row)| Part { column: *column, row: *row, ..Part::default() }).collect();
        Grid::new(&parts, |_, _| 0.0).expect("a sound grid")
    }

    /// Whether some stretch of the way runs through the inside of a box that the arrow does not name.
    fn crosses(grid: &Grid, route: &Route) -> bool {
        let others = (0..grid.count()).filter(|part| *part != route.from && *part != route.to).map(|part| grid.area(part));
        others.into_iter().any(|area| {
            route.points.windows(2).any(|pair| {
                let stretch = Area::between(pair[0], pair[1]);
                let apart = stretch.x >= area.x + area.width - 0.1
                    || stretch.x + stretch.width <= area.x + 0.1
                    || stretch.y >= area.y + area.height - 0.1
                    || stretch.y + stretch.height <= area.y + 0.1;
                !apart
            })
        })
    }

    #[test]
    fn no_arrow_runs_through_a_box_whichever_two_it_joins() {
        let full: Vec<(i32, i32)> = (0..4).flat_map(|column| (0..3).map(move |row| (column, row))).collect();
        let sparse = vec![(0, 0), (2, 0), (3, 0), (1, 1), (3, 1), (0, 2), (2, 2)];
        let column = vec![(0, 0), (0, 1), (0, 2)];
        for cells in [full, sparse, column] {
            let grid = grid(&cells);
            let pairs = (0..grid.count()).flat_map(|from| (0..grid.count()).map(move |to| (from, to)));
            for (from, to) in pairs.filter(|(from, to)| from != to) {
                let arrows = [Arrow { from, to, ..Arrow::default() }];
                for route in routes(&grid, &arrows) {
                    assert!(!crosses(&grid, &route), "from {:?} to {:?}: {:?}", cells[from], cells[to], route.points);
                    let upright = route.points.windows(2).all(|p| (p[0].0 - p[1].0).abs() < 0.01 || (p[0].1 - p[1].1).abs() < 0.01);
                    assert!(upright, "every stretch is level or upright");
                }
            }
        }
    }

    #[test]
    fn there_and_back_are_two_lines() {
        let grid = grid(&[(0, 0), (1, 0)]);
        let arrows = [Arrow { from: 0, to: 1, ..Arrow::default() }, Arrow { from: 1, to: 0, ..Arrow::default() }];
        let ways = routes(&grid, &arrows);
        assert!((ways[0].points[0].1 - ways[1].points[0].1).abs() > mm(3.0));
    }

    #[test]
    fn an_arrow_to_a_box_that_is_not_there_is_no_way() {
        let grid = grid(&[(0, 0), (1, 0)]);
        let arrows = [Arrow { from: 0, to: 7, ..Arrow::default() }, Arrow { from: 1, to: 1, ..Arrow::default() }];
        assert!(routes(&grid, &arrows).is_empty());
    }
}
