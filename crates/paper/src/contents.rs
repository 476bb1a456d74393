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
        let rooms = Rooms { first: depth - crate::strip::height(&strips[..self.strips]) % depth - ROOM_FOR_HEAD, depth };
        let list = section::unlisted(c, "Contents", |c, node| contents.list(c, node, &headings, rooms));
        c.tree.bring_forward(Tree::ROOT, self.sections);
        strips.splice(self.strips..self.strips, list);
        contents
    }
}

impl Contents {
    /// Two columns, the second beside the first line by line. A list that no page holds whole goes on from page to page, each with its own
    /// two columns, so that a page is read to its end before the next.
    fn list(&mut self, c: &mut Composer<'_>, parent: NodeId, headings: &[(AnchorId, String)], rooms: Rooms) -> Vec<Strip> {
        let node = c.tree.add(parent, Role::Toc);
        let tall: Vec<f32> = headings.iter().map(|(_, words)| entry_height(c, words)).collect();
        let mut strips: Vec<Strip> = Vec::new();
        let mut from = 0;
        for [first, second] in columns(&tall, rooms) {
            let mut page: Vec<Strip> = Vec::new();
            for (column, count) in [first, second].into_iter().enumerate() {
                let x = AXIS + column as f32 * (COLUMN_WIDTH + GUTTER);
                let entries = &headings[from..from + count];
                from += count;
                let lines = entries.iter().flat_map(|(anchor, words)| self.entry(c, node, *anchor, words, x));
                for (number, line) in lines.enumerate() {
                    match page.get_mut(number) {
                        Some(beside) => beside.overlay(line, 0.0),
                        None => page.push(line),
                    }
                }
            }
            keep_whole(&mut page, Keep::Together);
            if let Some(last) = page.last_mut() {
                last.keep = Keep::Apart;
            }
            strips.extend(page);
        }
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

/// The room for a list on the page where it begins, and on each that follows.
#[derive(Clone, Copy)]
struct Rooms {
    first: f32,
    depth: f32,
}

/// What the section's rule takes, and two lines to spare: what comes before may break otherwise than it was added up.
const ROOM_FOR_HEAD: f32 = mm(8.0) + 2.0 * STYLE.1;

fn entry_height(c: &mut Composer<'_>, words: &str) -> f32 {
    let set = c.setter.set(&Text::new(words, STYLE.0, STYLE.1), Some(COLUMN_WIDTH - NUMBER));
    set.lines.len() as f32 * STYLE.1
}

/// How many entries of these heights stand in the two columns of each page. Of what one page holds the columns are of even count.
fn columns(tall: &[f32], rooms: Rooms) -> Vec<[usize; 2]> {
    let half = |count: usize| [count.div_ceil(2), count / 2];
    let fits = |tall: &[f32], room: f32| {
        let [first, _] = half(tall.len());
        tall[..first].iter().sum::<f32>() <= room && tall[first..].iter().sum::<f32>() <= room
    };
    if fits(tall, rooms.depth - ROOM_FOR_HEAD) {
        return vec![half(tall.len())];
    }
    // A page on which only a few lines are left is not begun.
    let mut room = if rooms.first < rooms.depth / 6.0 { rooms.depth - ROOM_FOR_HEAD } else { rooms.first };
    let mut pages = Vec::new();
    let mut rest = tall;
    while !rest.is_empty() {
        if fits(rest, room) {
            pages.push(half(rest.len()));
            break;
        }
        let first = filling(rest, room).max(1);
        let second = filling(&rest[first..], room);
        pages.push([first, second]);
        rest = &rest[first + second..];
        room = rooms.depth - ROOM_FOR_HEAD;
    }
    pages
}

/// How many of these heights have room below one another.
fn filling(tall: &[f32], room: f32) -> usize {
    let mut sum = 0.0;
    tall.iter().take_while(|height| (sum += *height, sum <= room).1).count()
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
    fn a_list_longer_than_a_page_fills_each_page_before_the_next() {
        let rooms = Rooms { first: 200.0, depth: 500.0 };
        assert_eq!(columns(&[14.5; 20], rooms), [[10, 10]]);
        assert_eq!(columns(&[14.5; 107], rooms), [[13, 13], [30, 30], [11, 10]]);
        let begun_anew = Rooms { first: 60.0, depth: 500.0 };
        assert_eq!(columns(&[14.5; 107], begun_anew), [[30, 30], [24, 23]]);
        assert_eq!(columns(&[600.0; 3], rooms), [[1, 0], [1, 0], [1, 0]]);
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
