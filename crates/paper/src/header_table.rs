//! The header table: a label on the left, its answer at the axis, a hairline between rows.

use report::Place;

use crate::{
    composer::{Composer, Side},
    display::{Item, Marked, Stroke},
    measure::{AXIS, INK, LABEL, MEASURE},
    strip::Strip,
    table::{self, Cell, CellText, Column, Under},
    text::{Text, house},
    tree::{NodeId, Role, Scope},
};

/// A field with its answer.
pub struct Row {
    /// Where it stands in the report.
    pub place: Place,
    /// Its label.
    pub label: String,
    /// The answer's paragraphs, which stand 4 pt apart.
    pub values: Vec<Text>,
}

/// The rows in a table.
pub fn header_table(c: &mut Composer<'_>, parent: NodeId, rows: Vec<Row>, depth: f32) -> Vec<Strip> {
    if rows.is_empty() {
        return Vec::new();
    }
    let node = c.tree.add(parent, Role::Table);
    let body = c.tree.add(node, Role::TBody);
    let columns = [Column { x: 0.0, width: LABEL, side: Side::Left }, Column { x: AXIS, width: MEASURE - AXIS, side: Side::Left }];
    let mut strips: Vec<Strip> = Vec::new();
    for (number, Row { place, label, values }) in rows.into_iter().enumerate() {
        c.place = place;
        let anchor = c.anchor(None);
        let label = Cell::new(0, Text::new(label, house::LABEL.0, house::LABEL.1)).heading(Scope::Row);
        let paragraphs = values.into_iter().map(|text| CellText { before: 4.0, ..CellText::new(text) }).collect();
        let value = Cell { paragraphs, ..Cell::words(1, "") };
        let given = table::Row { cells: vec![label, value], under: Under::Hair };
        let (mut slices, _) = table::row(c, body, &columns, given, (3.6, 3.9), depth, 0.0);
        if let Some(first) = slices.first_mut() {
            first.anchors.push(anchor);
            if number == 0 {
                first.before = 13.0;
                first.marks.push(Marked::layout(vec![Item::rule(0.0, 0.0, MEASURE, Stroke::solid(0.75, INK))]));
            }
        }
        strips.extend(slices);
    }
    strips
}
