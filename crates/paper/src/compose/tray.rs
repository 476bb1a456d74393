//! Text not yet placed: what an imported text held and no section, row or field has taken. Always true: it prints in a draft and nowhere
//! else, last, whole and in the order of the source, each text under the words that say where it stood.

use report::{Place, papers::Unplaced};

use super::Job;
use crate::{
    composer::Composer,
    measure::{AXIS, COLUMN},
    section,
    strip::{Keep, Strip},
    text::{Text, house},
    tree::{NodeId, Role},
};

/// White above a text that stood elsewhere than the one before it.
const GROUPS: f32 = 11.0;
/// White between texts that stood together.
const TEXTS: f32 = 4.0;
/// White between the words for the place and what stood there.
const UNDER_PLACE: f32 = 1.0;

/// The section, of a draft in which something waits.
pub fn tray(c: &mut Composer<'_>, job: &Job<'_>) -> Vec<Strip> {
    let waiting: Vec<&Unplaced> = job.report.unplaced.iter().filter(|piece| !piece.text.trim().is_empty()).collect();
    if !job.draft || waiting.is_empty() {
        return Vec::new();
    }
    c.place = Place::Tray;
    section::side(c, "Text not yet placed", |c, node| texts(c, node, &waiting))
}

fn texts(c: &mut Composer<'_>, node: NodeId, waiting: &[&Unplaced]) -> Vec<Strip> {
    let lead = "What the source says and this report has no place for yet. It prints in drafts only.";
    let mut strips = c.paragraph(node, Role::P, &Text::new(lead, house::VALUE.0.quiet(), house::VALUE.1), AXIS, COLUMN);
    let mut stood = None;
    for piece in waiting {
        let source = piece.source.trim();
        let mut white = TEXTS;
        if stood.replace(source) != Some(source) {
            white = GROUPS;
            if !source.is_empty() {
                let words = Text::new(report::sentence::capital(source), house::LABEL.0, house::LABEL.1);
                let mut label = c.paragraph(node, Role::P, &words, AXIS, COLUMN);
                label.iter_mut().for_each(|strip| strip.keep = Keep::Bound);
                if let Some(first) = label.first_mut() {
                    first.before = std::mem::replace(&mut white, UNDER_PLACE);
                }
                strips.extend(label);
            }
        }
        // A row of a table waits as its cells with tabs between them.
        let words = piece.text.trim().replace('\t', " · ");
        let mut text = c.paragraph(node, Role::P, &Text::new(words, house::BODY.0, house::BODY.1), AXIS, COLUMN);
        if let Some(first) = text.first_mut() {
            first.before = white;
        }
        strips.extend(text);
    }
    strips
}
