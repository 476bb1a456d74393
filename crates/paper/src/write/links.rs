//! Links: an annotation for every line a link stands on, in the tree and described in words (PDF/UA-1, 7.18.5).

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
        for link in links {
            let mut annotation = dictionary! {
                "Type" => "Annot",
                "Subtype" => "Link",
                "Rect" => rectangle(document.paper, link.area),
                "Border" => vec![0.into(), 0.into(), 0.into()],
                "F" => 4,
                "Contents" => text(&link.words),
            };
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
