//! A second hand: it sets a form's words from the end while the first sets them from the beginning; what one has set the other finds.
//! Always true: the page does not depend on it. What it composes is thrown away, all that stays is what the typesetter remembers.
//! Deliberately absent: pictures, and footnotes by their right numbers; the first hand sees to them.

use std::{
    collections::BTreeMap,
    slice,
    sync::atomic::{AtomicBool, Ordering},
};

use report::{Report, template::Frame};

use super::{Job, annexes, prose, sections};
use crate::{
    composer::Composer,
    measure::{AXIS, COLUMN},
    tree::Tree,
};

/// Sets words until `met` says that the first hand has come this far. A letter is too short to be worth it.
pub(crate) fn set_ahead(c: &mut Composer<'_>, report: &Report, depth: f32, met: &AtomicBool) {
    if report.template.frame != Frame::Form {
        return;
    }
    let files = BTreeMap::new();
    let mut job = Job { report, files: &files, draft: false, depth, figures: 0, owed: Vec::new(), unreadable: Vec::new() };
    annexes::annexes(c, &mut job);
    for section in sections::printed(report).into_iter().rev() {
        for block in section.body.0.iter().rev() {
            if met.load(Ordering::Relaxed) {
                return;
            }
            let mut column = prose::Column::new(AXIS, COLUMN, Some(section.id));
            prose::blocks(c, &mut job, Tree::ROOT, slice::from_ref(block), &mut column);
        }
    }
}
