//! A signature field that came after a signature: what makes it a further signature and nothing else.
//! Always true: the field and all that shows it are new, nothing in it acts or hides, and its signature is judged by itself, because it
//! stands in the form. A field that is seen may not lie over another, nor take more of the page than a signature needs; and where the author
//! certified the file, a new field that is seen is not foreseen at all. A field that was there before may be signed unless it is larger than that.

use lopdf::{Dictionary, Document, Object, ObjectId};

use super::permissions;
use crate::{
    form::{self, Field, annotations, rectangle},
    pdf::{Revision, entry},
};

/// Whether a signature field of the current revision is a new one that shows nothing, or nothing but a signature.
pub(super) fn is_a_signature_alone(field: &Field, signed: &Revision, current: &Revision) -> bool {
    let document = &current.document;
    let new = |id: &ObjectId| !signed.document.objects.contains_key(id);
    let (Ok(dictionary), Ok(widget)) = (document.get_dictionary(field.id), document.get_dictionary(field.widget)) else { return false };
    if !new(&field.id) || !new(&field.widget) || !has_only(dictionary) || !has_only(widget) {
        return false;
    }
    let kids = form::references(document, dictionary, b"Kids");
    let whole = if field.id == field.widget { !dictionary.has(b"Kids") } else { kids == [field.widget] };
    let Some(rect) = rectangle(document, field.widget) else { return false };
    let invisible = rect[0] == rect[2] || rect[1] == rect[3];
    whole && (invisible || permissions::in_force(signed).is_none() && has_its_place(field.widget, rect, signed, current))
}

/// Whether a dictionary says only what a signature field and its widget say. Actions (`/A`, `/AA`) and layers (`/OC`) are not among it.
fn has_only(dictionary: &Dictionary) -> bool {
    const KEYS: [&[u8]; 25] = [
        b"Type",
        b"Subtype",
        b"FT",
        b"T",
        b"TU",
        b"TM",
        b"V",
        b"F",
        b"Ff",
        b"Rect",
        b"P",
        b"AP",
        b"MK",
        b"DA",
        b"Q",
        b"Border",
        b"BS",
        b"H",
        b"Lock",
        b"SV",
        b"StructParent",
        b"M",
        b"NM",
        b"Kids",
        b"Parent",
    ];
    dictionary.iter().all(|(key, _)| KEYS.contains(&key.as_slice()))
}

/// The widest part of a page that a signature may take. Signers draw boxes of a tenth at most.
const LARGEST_PART: f32 = 0.25;

/// Whether the widget is on one page, inside it, small enough, and over nothing that could be filled in or clicked before.
fn has_its_place(widget: ObjectId, rect: [f32; 4], signed: &Revision, current: &Revision) -> bool {
    let document = &current.document;
    let pages = document.get_pages();
    let mut showing = pages.values().filter(|page| annotations(document, **page).contains(&widget));
    let (Some(&page), None) = (showing.next(), showing.next()) else { return false };
    let Some(area) = page_area(document, page) else { return false };
    let inside = area[0] <= rect[0] && area[1] <= rect[1] && rect[2] <= area[2] && rect[3] <= area[3];
    let overlaps = |other: [f32; 4]| rect[0] < other[2] && other[0] < rect[2] && rect[1] < other[3] && other[1] < rect[3];
    let over_another = annotations(&signed.document, page).into_iter().filter_map(|there| rectangle(&signed.document, there)).any(overlaps);
    inside && size(rect) <= size(area) * LARGEST_PART && !over_another
}

fn size([left, bottom, right, top]: [f32; 4]) -> f32 {
    (right - left) * (top - bottom)
}

/// Whether a widget leaves most of each page that shows it alone. One that does not could put another page in the place of what was signed,
/// even where its field was there before.
pub(super) fn leaves_the_page_alone(document: &Document, widget: ObjectId) -> bool {
    let Some(rect) = rectangle(document, widget) else { return true };
    let pages = document.get_pages();
    let mut showing = pages.values().filter(|page| annotations(document, **page).contains(&widget));
    showing.all(|page| page_area(document, *page).is_some_and(|area| size(rect) <= size(area) * LARGEST_PART))
}

/// The part of a page that is shown: its crop box, else its media box, its own or inherited.
fn page_area(document: &Document, page: ObjectId) -> Option<[f32; 4]> {
    inherited(document, page, b"CropBox").or_else(|| inherited(document, page, b"MediaBox"))
}

fn inherited(document: &Document, page: ObjectId, key: &[u8]) -> Option<[f32; 4]> {
    const DEEPEST: usize = 32;
    let mut node = document.get_dictionary(page).ok()?;
    for _ in 0..DEEPEST {
        if let Some(Object::Array(corners)) = entry(document, node, key) {
            let corners: Vec<f32> = corners.iter().filter_map(|corner| corner.as_float().ok()).collect();
            let &[a, b, c, d] = corners.as_slice() else { return None };
            return Some([a.min(c), b.min(d), a.max(c), b.max(d)]);
        }
        node = entry(document, node, b"Parent")?.as_dict().ok()?;
    }
    None
}
