//! The strip of key figures under a review's title: at most four in a row, each large with its words below.
//! Always true: the first stands in the left column and the second on the axis, so the strip shares the page's grid.

use report::Place;

use crate::{
    composer::Composer,
    display::{Item, Marked, Stroke},
    measure::{AXIS, INK, MEASURE, mm},
    strip::{Keep, Strip, fuse},
    text::{Style, Text, house},
    tree::{NodeId, Numbering, Role},
};

/// A figure and what it says.
pub struct KeyFigure {
    /// The field it answers.
    pub place: Place,
    /// The figure ("2 h 37 min").
    pub value: String,
    /// What it measures ("payments refused, 12:04 to 14:41 BST").
    pub words: String,
}

/// Left edge and width of the columns; the last needs no white at its right.
const COLUMNS: [(f32, f32); 4] =
    [(0.0, AXIS - mm(4.0)), (AXIS, THIRD - mm(4.0)), (AXIS + THIRD, THIRD - mm(4.0)), (AXIS + 2.0 * THIRD, THIRD)];
const THIRD: f32 = (MEASURE - AXIS) / 3.0;
/// White above and below the figures.
const PADDING: f32 = 7.0;
/// White above the strip's rule.
const ABOVE: f32 = 12.0;

/// The strip.
pub fn key_figures(c: &mut Composer<'_>, parent: NodeId, figures: &[KeyFigure]) -> Vec<Strip> {
    let list = c.tree.add(parent, Role::L(Numbering::None));
    let mut strips = vec![];
    for row in figures.chunks(COLUMNS.len()) {
        let mut strip = Strip::default();
        for (figure, (x, width)) in row.iter().zip(COLUMNS) {
            let column = column(c, list, figure, x, width);
            strip.height = strip.height.max(column.height);
            strip.overlay(column, 0.0);
        }
        strip.height += PADDING;
        strip.before = PADDING;
        strips.push(strip);
    }
    let rule = Item::rule(0.0, 0.0, MEASURE, Stroke::solid(1.5, INK));
    strips.insert(0, Strip::drawn(0.0, vec![Marked::layout(vec![rule])]).below(ABOVE).kept(Keep::Bound));
    crate::strip::keep_whole(&mut strips, Keep::Bound);
    strips
}

fn column(c: &mut Composer<'_>, list: NodeId, figure: &KeyFigure, x: f32, width: f32) -> Strip {
    c.place = figure.place.clone();
    let anchor = c.anchor(None);
    let item = c.tree.add(list, Role::LI);
    let body = c.tree.add(item, Role::LBody);
    let large = Style { size: 16.0, ..house::TITLE.0 };
    let mut lines = c.paragraph(body, Role::P, &Text::new(figure.value.as_str(), large, 20.0), x, width);
    let words = Text::new(figure.words.as_str(), house::CELL.0.quiet(), 12.5);
    let mut below = if words.is_blank() { Vec::new() } else { c.paragraph(body, Role::P, &words, x, width) };
    if let Some(first) = below.first_mut() {
        first.before = 1.0;
    }
    lines.extend(below);
    let mut strip = fuse(lines);
    strip.anchors.push(anchor);
    strip
}
