//! Footnotes of a page: a small mark that leads to a place further down, and the note that stands there. Always true: a mark and its note are
//! written alike, as Markdown writes them (`[^1]`, `[^1]: …`), so that whoever places the words knows both. Deliberately absent: links within
//! the page that lead to anything but a note.

use super::tree::{NodeId, Tree};
use std::collections::BTreeMap;

/// The marks of a page's notes: by the place they lead to.
#[derive(Default)]
pub(super) struct Notes<'a>(BTreeMap<&'a str, String>);

/// What leads back from a note to its mark.
const BACK: [&str; 6] = ["↩", "↩\u{fe0e}", "^", "↑", "⤴", "back"];

impl<'a> Notes<'a> {
    pub fn of(tree: &'a Tree) -> Self {
        let marks = tree.below(0).filter_map(|id| Some((led_to(tree, id)?, mark_of(tree, id)?)));
        let mut notes: BTreeMap<&str, String> = BTreeMap::new();
        for (place, mark) in marks {
            notes.entry(place).or_insert(mark);
        }
        Self(notes)
    }

    /// The mark that an element is.
    pub fn mark(&self, tree: &Tree, id: NodeId) -> Option<&str> {
        mark_of(tree, id)?;
        self.0.get(led_to(tree, id)?).map(String::as_str)
    }

    /// The mark of the note that begins in an element.
    pub fn begun(&self, tree: &Tree, id: NodeId) -> Option<&str> {
        self.0.get(tree.attr(id, "id").or_else(|| tree.attr(id, "name"))?).map(String::as_str)
    }

    /// Whether an element only leads back from a note to the text.
    pub fn leads_back(&self, tree: &Tree, id: NodeId) -> bool {
        !self.0.is_empty() && led_to(tree, id).is_some() && BACK.contains(&tree.words(id).trim())
    }
}

/// The place in the page that a link leads to.
fn led_to(tree: &Tree, id: NodeId) -> Option<&str> {
    if tree.name(id) != Some("a") {
        return None;
    }
    tree.attr(id, "href")?.strip_prefix('#').filter(|place| !place.is_empty())
}

/// The words of a link that is set as the mark of a note: a number, a letter or a sign, raised or in brackets.
fn mark_of(tree: &Tree, id: NodeId) -> Option<String> {
    const LONGEST: usize = 3;
    let words = tree.words(id);
    let mark = words.trim().trim_matches(['[', ']', '(', ')']);
    let is_short = !mark.is_empty() && mark.chars().count() <= LONGEST && !mark.contains(char::is_whitespace) && !BACK.contains(&mark);
    let raised = || tree.above(id).chain(tree.below(id)).any(|node| tree.name(node) == Some("sup"));
    let bracketed = || words.trim().starts_with('[') && mark.bytes().all(|byte| byte.is_ascii_digit());
    let called = || tree.attr(id, "class").is_some_and(|class| class.contains("footnote"));
    (is_short && (raised() || bracketed() || called())).then(|| mark.to_owned())
}
