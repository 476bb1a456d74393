//! Places for signatures: who signs, and the box the signature's own picture will cover.
//! Always true: an unsigned box has the size of a signed one, so signing moves nothing; what the box shows is the field's own picture
//! (`write/fields.rs`), never part of the page.

use report::Place;

use crate::{
    composer::Composer,
    display::{Area, FieldArea},
    measure::{AXIS, mm},
    strip::{Keep, Strip, keep_whole},
    text::{Style, Text, house},
    tree::{NodeId, Role},
};

/// Width of a signature's column and its box.
pub const WIDTH: f32 = mm(80.0);
/// Height of the box.
pub const HEIGHT: f32 = mm(21.0);
/// White between two columns.
const BETWEEN: f32 = mm(6.0);

/// Somebody who is to sign.
#[derive(Clone, Debug, Default)]
pub struct Signatory {
    /// "Author", "Approver".
    pub part: String,
    /// The name.
    pub name: String,
    /// The role.
    pub role: String,
    /// The organisation.
    pub organisation: String,
    /// The signature field's name, unique in the document.
    pub field: String,
}

/// The places, two side by side, as strips that stay together.
pub fn signatures(c: &mut Composer<'_>, parent: NodeId, signatories: &[Signatory]) -> Vec<Strip> {
    c.place = Place::Signatures;
    let mut strips = Vec::new();
    for pair in signatories.chunks(2) {
        let mut row = Strip::default();
        for (number, signatory) in pair.iter().enumerate() {
            let left = number as f32 * (WIDTH + BETWEEN);
            let column = column(c, parent, signatory, left);
            row.height = row.height.max(column.height);
            row.overlay(column, 0.0);
        }
        strips.push(row.below(12.0));
    }
    keep_whole(&mut strips, Keep::Together);
    strips
}

fn column(c: &mut Composer<'_>, parent: NodeId, signatory: &Signatory, left: f32) -> Strip {
    let (cell, leading) = house::CELL;
    let part = Style { size: 8.5, ..cell.strong().quiet() };
    let name = Style { size: 10.5, ..cell.strong() };
    let lines = [(&signatory.part, part), (&signatory.name, name), (&signatory.role, cell), (&signatory.organisation, cell)];
    let mut strip = Strip::default();
    for (words, style) in lines {
        if words.is_empty() {
            continue;
        }
        let lines = c.paragraph(parent, Role::P, &Text::new(words, style, leading), left, WIDTH);
        let set = crate::strip::fuse(lines);
        let top = strip.height;
        strip.height += set.height;
        strip.overlay(set, top);
    }
    let top = strip.height + 4.0;
    strip.overlay(place(c, parent, signatory, left), top);
    strip.height = top + HEIGHT;
    strip
}

/// The box alone, with its field.
pub fn place(c: &mut Composer<'_>, parent: NodeId, signatory: &Signatory, left: f32) -> Strip {
    let area = Area { x: left, y: 0.0, width: WIDTH, height: HEIGHT };
    let mut strip = Strip::drawn(HEIGHT, Vec::new());
    let node = c.tree.add(parent, Role::Form);
    let who = [signatory.name.as_str(), signatory.part.as_str()].join(", ");
    let words = match who.trim_matches([',', ' ']) {
        "" => "Signature".to_owned(),
        who => format!("Signature of {who}"),
    };
    strip.fields.push(FieldArea { node, area, name: signatory.field.clone(), words });
    strip
}

/// The closing of a letter: the words, the box, the name and what the signatory is.
pub fn closing(c: &mut Composer<'_>, parent: NodeId, words: &str, signatory: &Signatory) -> Vec<Strip> {
    c.place = Place::Letter;
    let mut strips = Vec::new();
    if !words.is_empty() {
        let lines = c.paragraph(parent, Role::P, &Text::new(words, house::BODY.0, house::BODY.1), AXIS, WIDTH);
        strips.extend(lines);
    }
    strips.push(place(c, parent, signatory, AXIS).below(6.0 + 7.25));
    let (value, leading) = house::VALUE;
    let mut white = 2.0 + 7.25;
    let role = [signatory.role.as_str(), signatory.organisation.as_str()].join(", ");
    for (words, style) in [(signatory.name.as_str(), value.strong()), (role.trim_matches([',', ' ']), value)] {
        if !words.is_empty() {
            let mut lines = c.paragraph(parent, Role::P, &Text::new(words, style, leading), AXIS, crate::measure::COLUMN);
            lines[0].before = std::mem::take(&mut white);
            strips.extend(lines);
        }
    }
    strips[0].before = 16.0;
    keep_whole(&mut strips, Keep::Bound);
    strips
}
