//! The tree of pages (ISO 32000-2 §7.7.3), where readers differ as soon as it is not as the standard has it: in how many pages there are,
//! which they are, and how large.
//! Deliberately absent: what is on a page.

use std::collections::BTreeSet;

use lopdf::{Dictionary, Document, Object, ObjectId};

use crate::pdf::{entry, follow};

/// Deeper than any program builds its tree.
const DEEPEST: usize = 32;

/// The first object of the tree of pages that readers may take differently. None too where there is no tree: then nobody shows a page.
pub(super) fn odd(document: &Document) -> Option<u32> {
    let root = document.catalog().ok()?.get(b"Pages").ok()?;
    let Ok(id) = root.as_reference() else { return Some(0) };
    let mut walk = Walk { document, nodes: BTreeSet::new() };
    walk.node(id, None, &Inherited::default(), 0).err()
}

/// What a page takes over from the nodes above it.
#[derive(Clone, Copy, Default)]
struct Inherited<'a> {
    media: Option<&'a Object>,
    crop: Option<&'a Object>,
    rotate: Option<&'a Object>,
}

struct Walk<'a> {
    document: &'a Document,
    nodes: BTreeSet<ObjectId>,
}

impl<'a> Walk<'a> {
    /// How many pages there are from here on down, or the number of the object that is odd.
    fn node(&mut self, id: ObjectId, parent: Option<ObjectId>, above: &Inherited<'a>, depth: usize) -> Result<i64, u32> {
        let odd = Err(id.0);
        let Ok(node) = self.document.get_dictionary(id) else { return odd };
        let names_parent = node.get(b"Parent").and_then(Object::as_reference).ok();
        if depth > DEEPEST || parent.is_some() && names_parent != parent {
            return odd;
        }
        let own = |key: &[u8], inherited| entry(self.document, node, key).or(inherited);
        let here =
            Inherited { media: own(b"MediaBox", above.media), crop: own(b"CropBox", above.crop), rotate: own(b"Rotate", above.rotate) };
        if node.has_type(b"Page") {
            return if self.is_plain(node, &here) { Ok(1) } else { odd };
        }
        let Some(Object::Array(kids)) = entry(self.document, node, b"Kids") else { return odd };
        if !node.has_type(b"Pages") || node.has(b"Contents") || !self.nodes.insert(id) {
            return odd;
        }
        let mut count = 0;
        for kid in kids {
            let Ok(kid) = kid.as_reference() else { return odd };
            count += self.node(kid, Some(id), &here, depth + 1)?;
        }
        let stated = entry(self.document, node, b"Count").and_then(|count| count.as_i64().ok());
        if stated == Some(count) { Ok(count) } else { odd }
    }

    /// Whether a page is of a size, turned by right angles, with content of its own or none.
    fn is_plain(&self, page: &Dictionary, here: &Inherited<'_>) -> bool {
        let turned = here.rotate.is_none_or(|turned| turned.as_i64().is_ok_and(|degrees| degrees % 90 == 0));
        let Some(media) = here.media.and_then(|corners| self.rectangle(corners)) else { return false };
        let crop = match here.crop {
            None => media,
            Some(corners) => match self.rectangle(corners) {
                Some(crop) => crop,
                None => return false,
            },
        };
        let shows = media[0].max(crop[0]) < media[2].min(crop[2]) && media[1].max(crop[1]) < media[3].min(crop[3]);
        !page.has(b"Kids") && turned && shows && self.has_plain_content(page)
    }

    /// Left, bottom, right, top, of which the opposite ones differ.
    fn rectangle(&self, corners: &Object) -> Option<[f32; 4]> {
        let corners = corners.as_array().ok()?;
        let numbers: Vec<f32> = corners.iter().map_while(|number| follow(self.document, number)?.as_float().ok()).collect();
        let &[a, b, c, d] = numbers.as_slice() else { return None };
        (corners.len() == 4 && a != c && b != d).then_some([a.min(c), b.min(d), a.max(c), b.max(d)])
    }

    /// No content, a stream, or a list of streams; or a reference to what nowhere is. One to another generation of what is there stops some.
    fn has_plain_content(&self, page: &Dictionary) -> bool {
        let Ok(content) = page.get(b"Contents") else { return true };
        match follow(self.document, content) {
            Some(Object::Array(items)) => items.iter().all(|item| self.is_stream_or_nothing(item)),
            Some(Object::Null) => true,
            _ => self.is_stream_or_nothing(content),
        }
    }

    fn is_stream_or_nothing(&self, object: &Object) -> bool {
        let Ok((number, _)) = object.as_reference() else { return false };
        match follow(self.document, object) {
            Some(object) => matches!(object, Object::Stream(_)),
            None => self.document.objects.range((number, 0)..=(number, u16::MAX)).next().is_none(),
        }
    }
}
