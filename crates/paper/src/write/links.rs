//! Links: an annotation for every link on a page, over all the lines it stands on, in the tree and described in words (PDF/UA-1, 7.18.5).
//! Always true: a link that wraps is one annotation, so that it is met and read once; its parts are its QuadPoints (ISO 32000-1, table 173).

use lopdf::{Dictionary, Object, ObjectId, dictionary};

use super::{
    Document, File,
    object::{real, text},
    on_sheet,
};
use crate::{
    display::{Area, Target},
    measure::Paper,
    tree::NodeId,
};

/// An annotation and the node it belongs to.
pub struct Annotation {
    /// Its page, from 0.
    pub page: usize,
    /// Its node in the logical tree.
    pub node: NodeId,
    /// Its object.
    pub object: ObjectId,
}

/// Adds the link annotations; their key in the parent tree is set with the tree.
pub fn annotate(file: &mut File<'_>, document: &Document<'_>) -> Vec<Annotation> {
    let mut annotations = Vec::new();
    for (page, links) in document.pages.iter().enumerate().map(|(number, page)| (number, &page.links)) {
        for lines in links.chunk_by(|a, b| a.node == b.node && a.target == b.target) {
            let [link, ..] = lines else { continue };
            let mut annotation = dictionary! {
                "Type" => "Annot",
                "Subtype" => "Link",
                "Rect" => rectangle(document.paper, around(lines.iter().map(|line| line.area))),
                "Border" => vec![0.into(), 0.into(), 0.into()],
                "F" => 4,
                "Contents" => text(&link.words),
            };
            if lines.len() > 1 {
                annotation.set("QuadPoints", lines.iter().flat_map(|line| corners(document.paper, line.area)).collect::<Vec<_>>());
            }
            match &link.target {
                Target::Address(address) => annotation.set("A", Object::Dictionary(uri(address))),
                Target::Anchor(anchor) => {
                    let Some((there, y)) = document.anchors.get(anchor) else { continue };
                    annotation.set("Dest", destination(document.paper, file.pages[*there], *y));
                }
            }
            annotations.push(Annotation { page, node: link.node, object: file.pdf.add_object(annotation) });
        }
    }
    annotations
}

/// The place a reader is taken to, at the zoom he has.
pub fn destination(paper: Paper, page: ObjectId, y: f32) -> Vec<Object> {
    // A little above, so that what is led to does not stick to the window's edge.
    let (_, top) = on_sheet(paper, 0.0, y - 12.0);
    vec![page.into(), "XYZ".into(), Object::Null, real(top), Object::Null]
}

/// An annotation's rectangle: lower left, upper right.
pub fn rectangle(paper: Paper, area: Area) -> Vec<Object> {
    let (left, top) = on_sheet(paper, area.x, area.y);
    let (right, bottom) = on_sheet(paper, area.x + area.width, area.y + area.height);
    [left, bottom, right, top].map(real).to_vec()
}

/// The area that holds them all.
fn around(areas: impl Iterator<Item = Area>) -> Area {
    let both = |a: Area, b: Area| {
        let (x, y) = (a.x.min(b.x), a.y.min(b.y));
        let (right, bottom) = ((a.x + a.width).max(b.x + b.width), (a.y + a.height).max(b.y + b.height));
        Area { x, y, width: right - x, height: bottom - y }
    };
    areas.reduce(both).unwrap_or(Area { x: 0.0, y: 0.0, width: 0.0, height: 0.0 })
}

/// The corners of one line of a link in the order that readers expect: upper left, upper right, lower left, lower right.
fn corners(paper: Paper, area: Area) -> [Object; 8] {
    let (left, top) = on_sheet(paper, area.x, area.y);
    let (right, bottom) = on_sheet(paper, area.x + area.width, area.y + area.height);
    [left, top, right, top, left, bottom, right, bottom].map(real)
}

/// URIs are ASCII (ISO 32000-1, 12.6.4.7): what is not is written in percent signs, as a browser would.
fn uri(address: &str) -> Dictionary {
    let mut ascii = String::with_capacity(address.len());
    for byte in address.bytes() {
        match byte {
            b'!'..=b'~' => ascii.push(char::from(byte)),
            _ => ascii.push_str(&format!("%{byte:02X}")),
        }
    }
    dictionary! { "Type" => "Action", "S" => "URI", "URI" => Object::string_literal(ascii) }
}
