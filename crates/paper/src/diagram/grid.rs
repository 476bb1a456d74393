//! The grid of a diagram: where each box stands.
//! Always true: boxes keep the order of their columns and rows, no two share a cell, and all of them stand within the measure.

use std::collections::BTreeSet;

use super::Part;
use crate::{
    display::Area,
    measure::{AXIS, MEASURE, mm},
};

/// White kept free inside a box, left and right together.
pub const INSET: f32 = mm(2.0);
/// Most columns that leave room for words.
const MOST: usize = 6;
/// The columns' left edges while a box has its usual width: the second on the axis, the last at the right edge.
const COLUMNS: [f32; 4] = [0.0, AXIS, mm(94.0), MEASURE - WIDTH];
/// A box's usual width.
const WIDTH: f32 = mm(28.0);
/// A box's least height.
const HEIGHT: f32 = mm(11.0);
/// White between two rows, where arrows turn and words stand.
const BETWEEN: f32 = mm(14.0);
/// White above the first row.
const ABOVE: f32 = mm(2.0);
/// White under the last, for the words under what failed.
const BELOW: f32 = mm(6.0);

/// Boxes on a grid of cells without empty columns and rows.
pub struct Grid {
    /// The whole drawing's height.
    pub height: f32,
    cells: Vec<(usize, usize)>,
    columns: Vec<f32>,
    width: f32,
    rows: Vec<(f32, f32)>,
}

impl Grid {
    /// Places the boxes; `height` says how high one is at a width of words. None where two share a cell or columns are too many.
    pub fn new(parts: &[Part], mut height: impl FnMut(&Part, f32) -> f32) -> Option<Self> {
        let columns: BTreeSet<i32> = parts.iter().map(|part| part.column).collect();
        let rows: BTreeSet<i32> = parts.iter().map(|part| part.row).collect();
        let place = |of: &BTreeSet<i32>, at: i32| of.range(..at).count();
        let cells: Vec<(usize, usize)> = parts.iter().map(|part| (place(&columns, part.column), place(&rows, part.row))).collect();
        let apart: BTreeSet<&(usize, usize)> = cells.iter().collect();
        if parts.is_empty() || columns.len() > MOST || apart.len() < cells.len() {
            return None;
        }
        let (lefts, width) = lefts(columns.len());
        let mut y = ABOVE;
        let mut heights = vec![HEIGHT; rows.len()];
        for (part, (_, row)) in parts.iter().zip(&cells) {
            heights[*row] = heights[*row].max(height(part, width - INSET));
        }
        let rows: Vec<(f32, f32)> = heights
            .into_iter()
            .map(|tall| {
                let top = y;
                y += tall + BETWEEN;
                (top, tall)
            })
            .collect();
        Some(Self { height: y - BETWEEN + BELOW, cells, columns: lefts, width, rows })
    }

    /// Where a box stands.
    pub fn area(&self, part: usize) -> Area {
        let (column, row) = self.cells[part];
        let (y, height) = self.rows[row];
        Area { x: self.columns[column], y, width: self.width, height }
    }

    /// A box's column and row.
    pub fn cell(&self, part: usize) -> (usize, usize) {
        self.cells[part]
    }

    /// Whether a cell holds no box.
    pub fn is_free(&self, cell: (usize, usize)) -> bool {
        !self.cells.contains(&cell)
    }

    /// The level of the white between a row and the next one below.
    pub fn under(&self, row: usize) -> f32 {
        let (top, tall) = self.rows[row];
        top + tall + if row + 1 == self.rows.len() { BELOW * 0.6 } else { BETWEEN / 2.0 }
    }

    /// The middle of the white beside a column: to its right, but left of the last one.
    pub fn beside(&self, column: usize) -> f32 {
        let between = |left: usize| (self.columns[left] + self.width + self.columns[left + 1]) / 2.0;
        match (column + 1 < self.columns.len(), column.checked_sub(1)) {
            (true, _) => between(column),
            (false, Some(before)) => between(before),
            (false, None) => self.columns[column] + self.width + mm(4.5),
        }
    }

    /// How many boxes there are.
    pub fn count(&self) -> usize {
        self.cells.len()
    }
}

fn lefts(count: usize) -> (Vec<f32>, f32) {
    if count <= COLUMNS.len() {
        return (COLUMNS[..count].to_vec(), WIDTH);
    }
    let gaps = mm(9.0) * (count - 1) as f32;
    let width = (MEASURE - gaps) / count as f32;
    ((0..count).map(|column| column as f32 * (width + mm(9.0))).collect(), width)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parts(cells: &[(i32, i32)]) -> Vec<Part> {
        cells.iter().map(|(column, row)| Part { column: *column, row: *row, ..Part::default() }).collect()
    }

    #[test]
    fn columns_nobody_uses_take_no_room_however_far_apart_they_are() {
        let grid = Grid::new(&parts(&[(i32::MIN, 0), (0, i32::MAX), (i32::MAX, 0)]), |_, _| 0.0).expect("three columns");
        assert_eq!((0..3).map(|part| grid.cell(part)).collect::<Vec<_>>(), [(0, 0), (1, 1), (2, 0)]);
        assert!((grid.area(1).x - AXIS).abs() < 0.01, "the second column stands on the axis");
    }

    #[test]
    fn every_box_stands_within_the_measure_up_to_six_columns() {
        for count in 1..=6 {
            let given: Vec<(i32, i32)> = (0..count).map(|column| (column, 0)).collect();
            let grid = Grid::new(&parts(&given), |_, _| 0.0).expect("it fits");
            let last = grid.area(usize::try_from(count).expect("small") - 1);
            assert!(last.x + last.width <= MEASURE + 0.01, "{count} columns");
        }
        let seven: Vec<(i32, i32)> = (0..7).map(|column| (column, 0)).collect();
        assert!(Grid::new(&parts(&seven), |_, _| 0.0).is_none());
    }

    #[test]
    fn two_boxes_in_one_cell_are_not_drawn_over_each_other() {
        assert!(Grid::new(&parts(&[(1, 1), (1, 1)]), |_, _| 0.0).is_none());
    }
}
