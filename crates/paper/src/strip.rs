//! Strips: horizontal slices of the text block that a page break never cuts, and how they keep together.
//! Always true: a strip's drawing is measured from its own top and from the measure's left edge.
//! Deliberately absent: pages.

use std::sync::Arc;

use crate::display::{AnchorId, FieldArea, LinkArea, Marked};

/// One slice of the text block.
#[derive(Clone, Debug, Default)]
pub struct Strip {
    /// White above it, which vanishes at the head of a page.
    pub before: f32,
    /// Its height.
    pub height: f32,
    /// What is drawn in it.
    pub marks: Vec<Marked>,
    /// The links in it.
    pub links: Vec<LinkArea>,
    /// The signature fields in it.
    pub fields: Vec<FieldArea>,
    /// The places in it that something leads to.
    pub anchors: Vec<AnchorId>,
    /// The footnotes whose marks stand in it.
    pub notes: Vec<usize>,
    /// Whether a page may break after it.
    pub keep: Keep,
    /// What is repeated above it when a page breaks before it.
    pub resume: Option<Arc<Resume>>,
    /// Whether it takes the full measure, so that no label may stand beside it.
    pub wide: bool,
}

/// How strongly a strip holds on to the next one.
#[derive(Clone, Copy, Debug, Default, Eq, Ord, PartialEq, PartialOrd)]
pub enum Keep {
    /// A page may break here.
    #[default]
    Apart,
    /// It is better if both stand on one page; given up when the whole does not fit on any.
    Together,
    /// A head and what it heads, the first two and the last two lines of a paragraph.
    Bound,
}

/// What is repeated at the head of a page: a table's column heads, the day, a merged value. Repeats are artifacts.
#[derive(Clone, Debug, Default)]
pub struct Resume {
    /// The room it takes.
    pub height: f32,
    /// What is drawn, measured from its own top.
    pub marks: Vec<Marked>,
}

impl Strip {
    /// A strip with nothing in it.
    #[must_use]
    pub fn blank(height: f32) -> Self {
        Self { height, ..Self::default() }
    }

    /// A strip of drawing.
    #[must_use]
    pub fn drawn(height: f32, marks: Vec<Marked>) -> Self {
        Self { height, marks, ..Self::default() }
    }

    /// With white above it.
    #[must_use]
    pub fn below(mut self, white: f32) -> Self {
        self.before = white;
        self
    }

    /// Held to the next.
    #[must_use]
    pub fn kept(mut self, keep: Keep) -> Self {
        self.keep = keep;
        self
    }

    /// Lays another strip's drawing over this one, moved down. Height and keeping stay.
    pub fn overlay(&mut self, other: Strip, down: f32) {
        for mut mark in other.marks {
            mark.shift(0.0, down);
            self.marks.push(mark);
        }
        for mut link in other.links {
            link.area.shift(0.0, down);
            self.links.push(link);
        }
        for mut field in other.fields {
            field.area.shift(0.0, down);
            self.fields.push(field);
        }
        self.anchors.extend(other.anchors);
        self.notes.extend(other.notes);
    }
}

/// The height of strips on one page, the white above the first included.
#[must_use]
pub fn height(strips: &[Strip]) -> f32 {
    strips.iter().map(|strip| strip.before + strip.height).sum()
}

/// Holds every strip to the next, leaving the last as it is.
pub fn keep_whole(strips: &mut [Strip], keep: Keep) {
    if let Some((_, all_but_last)) = strips.split_last_mut() {
        for strip in all_but_last {
            strip.keep = strip.keep.max(keep);
        }
    }
}

/// Joins strips into one that no page break can cut.
#[must_use]
pub fn fuse(strips: Vec<Strip>) -> Strip {
    let mut whole = Strip::default();
    for (number, strip) in strips.into_iter().enumerate() {
        if number == 0 {
            whole.before = strip.before;
        } else {
            whole.height += strip.before;
        }
        let (top, tall, keep) = (whole.height, strip.height, strip.keep);
        whole.overlay(strip, top);
        whole.height += tall;
        whole.keep = keep;
    }
    whole
}

/// Lays a label beside strips: its drawing starts at the top of the first, which are held together as far down as it reaches.
pub fn stand_beside(label: Vec<Strip>, strips: &mut Vec<Strip>) {
    let label = fuse(label);
    let reach = label.height;
    if strips.first().is_none_or(|first| first.wide) {
        strips.insert(0, Strip::default());
    }
    clear_wide(strips, reach);
    strips[0].overlay(label, 0.0);
    let mut down = 0.0;
    let last = strips.len() - 1;
    for (number, strip) in strips.iter_mut().enumerate() {
        down += strip.height + if number == 0 { 0.0 } else { strip.before };
        if down >= reach - 0.01 {
            return;
        }
        if number == last {
            strip.height += reach - down;
        } else {
            strip.keep = Keep::Bound;
        }
    }
}

/// Moves what takes the full measure below a label of that height.
fn clear_wide(strips: &mut [Strip], reach: f32) {
    let mut down = 0.0;
    for (number, strip) in strips.iter_mut().enumerate() {
        let before = if number == 0 { 0.0 } else { strip.before };
        if down + before >= reach {
            return;
        }
        if strip.wide {
            strip.before += reach - down - before;
            return;
        }
        down += before + strip.height;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_takes_the_full_measure_stands_below_the_label() {
        let wide = || Strip { wide: true, ..Strip::blank(30.0) };
        let mut strips = vec![wide()];
        stand_beside(vec![Strip::blank(20.0)], &mut strips);
        assert_eq!((strips.len(), height(&strips)), (2, 50.0));
        let mut strips = vec![Strip::blank(12.0), wide().below(5.0)];
        stand_beside(vec![Strip::blank(20.0)], &mut strips);
        assert_eq!((strips.len(), height(&strips)), (2, 50.0));
    }

    #[test]
    fn a_tall_label_binds_the_lines_beside_it() {
        let mut lines = vec![Strip::blank(10.0), Strip::blank(10.0), Strip::blank(10.0)];
        stand_beside(vec![Strip::blank(18.0)], &mut lines);
        assert_eq!(lines.iter().map(|l| l.keep).collect::<Vec<_>>(), [Keep::Bound, Keep::Apart, Keep::Apart]);
    }

    #[test]
    fn a_label_taller_than_its_answer_makes_room() {
        let mut lines = vec![Strip::blank(10.0)];
        stand_beside(vec![Strip::blank(14.0), Strip::blank(14.0)], &mut lines);
        assert!((height(&lines) - 28.0).abs() < 0.01);
    }
}
