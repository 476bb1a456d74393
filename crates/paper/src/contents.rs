//! The list of contents: the headings that follow it, each a link with its page.
//! Always true: the list is set before pages are broken, so its page numbers are filled in after; it stands in the logical tree where it
//! stands on paper, though it is set last.
//! Deliberately absent: headings inside sections; the outline has them.

use crate::{
    composer::{Composer, Side},
    display::{AnchorId, Area, Item, LinkArea, Marked, Owner, Target},
    flow::Filled,
    measure::{AXIS, BASELINE, COLUMN, GUTTER, mm},
    section,
    strip::{Keep, Strip, keep_whole},
    text::{Style, Text, house},
    tree::{ContentId, NodeId, Role, Tree},
};

/// A report this many pages long has a list of contents.
const FROM: f32 = 4.0;
/// Room for a page's number.
const NUMBER: f32 = mm(6.0);
const COLUMN_WIDTH: f32 = (COLUMN - GUTTER) / 2.0;
const STYLE: (Style, f32) = (house::CELL.0, 14.5);

/// Where in a report being composed the contents will stand.
#[derive(Clone, Copy, Debug)]
pub struct Opening {
    strips: usize,
    sections: usize,
    anchors: usize,
}

/// A list whose page numbers are still to be filled in.
#[derive(Debug, Default)]
pub struct Contents {
    numbers: Vec<(AnchorId, ContentId)>,
}

impl Opening {
    /// Here, after what has been composed so far.
    pub fn after(c: &Composer<'_>, strips: &[Strip]) -> Self {
        Self { strips: strips.len(), sections: c.tree.node(Tree::ROOT).children.len(), anchors: c.anchors.len() }
    }

    /// Sets the list, if the report is long enough to need one: three full pages and more.
    pub fn set(self, c: &mut Composer<'_>, strips: &mut Vec<Strip>, depth: f32) -> Contents {
        let headings: Vec<(AnchorId, String)> = (self.anchors..c.anchors.len())
            .filter_map(|number| match &c.anchors[number].heading {
                Some((2, words)) => Some((AnchorId(number), words.clone())),
                _ => None,
            })
            .collect();
        if crate::strip::height(strips) <= (FROM - 1.0) * depth || headings.len() < 3 {
            return Contents::default();
        }
        let mut contents = Contents::default();
        let list = section::unlisted(c, "Contents", |c, node| contents.list(c, node, &headings));
        c.tree.bring_forward(Tree::ROOT, self.sections);
        strips.splice(self.strips..self.strips, list);
        contents
    }
}

impl Contents {
    /// Two columns, the second beside the first line by line.
    fn list(&mut self, c: &mut Composer<'_>, parent: NodeId, headings: &[(AnchorId, String)]) -> Vec<Strip> {
        let node = c.tree.add(parent, Role::Toc);
        let mut strips: Vec<Strip> = Vec::new();
        for (column, headings) in headings.chunks(headings.len().div_ceil(2)).enumerate() {
            let x = AXIS + column as f32 * (COLUMN_WIDTH + GUTTER);
            let lines = headings.iter().flat_map(|(anchor, words)| self.entry(c, node, *anchor, words, x));
            for (number, line) in lines.enumerate() {
                match strips.get_mut(number) {
                    Some(beside) => beside.overlay(line, 0.0),
                    None => strips.push(line),
                }
            }
        }
        keep_whole(&mut strips, Keep::Together);
        strips
    }

    fn entry(&mut self, c: &mut Composer<'_>, list: NodeId, anchor: AnchorId, words: &str, x: f32) -> Vec<Strip> {
        let item = c.tree.add(list, Role::Toci);
        let reference = c.tree.add(item, Role::Reference);
        let link = c.tree.add(reference, Role::Link);
        let number = c.tree.content(link);
        self.numbers.push((anchor, number));
        // Any figure holds the place of the page's number.
        let figure = c.loose(&Text::new("0", STYLE.0, STYLE.1), x, 0.0, None, Side::Left);
        let text = Text::new(words, STYLE.0, STYLE.1);
        let mut lines = c.lines(link, &text, x + NUMBER, COLUMN_WIDTH - NUMBER, Side::Left);
        let height = crate::strip::height(&lines);
        if let Some(first) = lines.first_mut() {
            first.marks.insert(0, Marked { owner: Owner::Content(number), items: figure });
            let area = Area { x, y: 0.0, width: COLUMN_WIDTH, height };
            first.links.push(LinkArea { node: link, area, target: Target::Anchor(anchor), words: words.to_owned() });
        }
        lines
    }

    /// Fills in the page numbers.
    pub fn number(&self, c: &mut Composer<'_>, filled: &mut Filled) {
        for (heading, number) in &self.numbers {
            let Some((page, _)) = filled.anchors.get(heading) else { continue };
            let words = Text::new((page + 1).to_string(), STYLE.0, STYLE.1);
            let marks = filled.pages.iter_mut().flat_map(|page| &mut page.marks);
            for mark in marks.filter(|mark| mark.owner == Owner::Content(*number)) {
                if let Some(Item::Text(place)) = mark.items.first() {
                    let (x, y) = (place.x, place.y - STYLE.1 * BASELINE);
                    mark.items = c.loose(&words, x, y, None, Side::Left);
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use std::{collections::BTreeMap, sync::Arc};

    use report::{Report, catalogue, ids::AttachmentId};

    use super::*;
    use crate::{
        compose::{self, Job},
        flow,
        measure::Paper,
        paragraph::Typesetter,
    };

    /// The entries as printed: a page and a heading each, and whether the heading's anchor stands on that page.
    fn entries(report: &Report) -> Vec<(String, String, bool)> {
        let files: BTreeMap<AttachmentId, Arc<[u8]>> = BTreeMap::new();
        let depth = Paper::A4.depth();
        let mut setter = Typesetter::default();
        let mut c = Composer::new(&mut setter);
        let mut job = Job::new(report, &files, false, depth);
        let strips = compose::compose(&mut c, &mut job);
        let mut filled = flow::pour(strips, &c.notes, depth);
        job.contents.number(&mut c, &mut filled);
        let printed = |number: &ContentId| {
            let mut marks = filled.pages.iter().flat_map(|page| &page.marks);
            let mark = marks.find(|mark| mark.owner == Owner::Content(*number)).expect("every entry has its number");
            let runs = mark.items.iter().filter_map(|item| if let Item::Text(run) = item { Some(run) } else { None });
            runs.flat_map(|run| run.glyphs.iter().map(|glyph| run.text[glyph.text.clone()].to_owned())).collect::<String>()
        };
        let entry = |(anchor, number): &(AnchorId, ContentId)| {
            let (_, words) = c.anchors[anchor.0].heading.clone().expect("an entry is a heading");
            let page = printed(number);
            let true_page = (filled.anchors[anchor].0 + 1).to_string();
            (page.clone(), words, page == true_page)
        };
        job.contents.numbers.iter().map(entry).collect()
    }

    #[test]
    fn a_long_review_lists_the_headings_after_its_opening_with_their_pages() {
        let report = catalogue::sample("post-incident-review").expect("a sample");
        let entries = entries(&report);
        let words: Vec<&str> = entries.iter().map(|(_, words, _)| words.as_str()).collect();
        assert_eq!(words[..3], ["Timeline", "How the parts are joined", "Root Causes"]);
        assert_eq!(words.last(), Some(&"Signatures"));
        assert!(entries.iter().all(|(.., true_page)| *true_page), "{entries:?}");
        assert!(entries.iter().any(|(page, ..)| page == "4"), "the list spans pages");
    }

    #[test]
    fn a_short_one_and_a_regulators_form_list_nothing() {
        for id in ["public-note", "sec-h9-summary"] {
            assert_eq!(entries(&catalogue::sample(id).expect("a sample")), []);
        }
    }
}
