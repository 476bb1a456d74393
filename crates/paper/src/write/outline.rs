//! The outline: the title, then every heading, nested by level.

use lopdf::{Object, ObjectId, dictionary};

use super::{Document, File, WriteError, links::destination, object::text};

/// Writes the outline; a document without headings has none.
pub fn build(file: &mut File<'_>, document: &Document<'_>) -> Result<(), WriteError> {
    let entries: Vec<_> = document.outline.iter().filter_map(|h| Some((h, *document.anchors.get(&h.anchor)?))).collect();
    if entries.is_empty() {
        return Ok(());
    }
    let root = file.pdf.new_object_id();
    let ids: Vec<ObjectId> = entries.iter().map(|_| file.pdf.new_object_id()).collect();
    let parents: Vec<Option<usize>> = (0..entries.len()).map(|n| (0..n).rev().find(|m| entries[*m].0.level < entries[n].0.level)).collect();
    let children = |of: Option<usize>| (0..entries.len()).filter(|n| parents[*n] == of).collect::<Vec<_>>();
    for (number, (heading, (page, y))) in entries.iter().enumerate() {
        let parent = parents[number];
        let siblings = children(parent);
        let place = siblings.iter().position(|n| *n == number).unwrap_or(0);
        let mut item = dictionary! {
            "Title" => text(&heading.words),
            "Parent" => parent.map_or(root, |parent| ids[parent]),
            "Dest" => destination(document.paper, file.pages[*page], *y),
        };
        if place > 0 {
            item.set("Prev", ids[siblings[place - 1]]);
        }
        if let Some(next) = siblings.get(place + 1) {
            item.set("Next", ids[*next]);
        }
        let below = children(Some(number));
        if let (Some(first), Some(last)) = (below.first(), below.last()) {
            item.set("First", ids[*first]);
            item.set("Last", ids[*last]);
            // The title lies open and shows the sections; sections lie closed.
            let count = below.len() as i64;
            item.set("Count", if parent.is_none() { count } else { -count });
        }
        file.pdf.set_object(ids[number], item);
    }
    let top = children(None);
    let open: usize = top.iter().map(|n| 1 + children(Some(*n)).len()).sum();
    if let (Some(first), Some(last)) = (top.first(), top.last()) {
        let outlines = dictionary! { "Type" => "Outlines", "First" => ids[*first], "Last" => ids[*last], "Count" => open as i64 };
        file.pdf.set_object(root, outlines);
        let catalog = file.catalog()?;
        catalog.set("Outlines", Object::Reference(root));
        catalog.set("PageMode", "UseOutlines");
    }
    Ok(())
}
