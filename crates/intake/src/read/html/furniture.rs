//! What a page shows, or hides, that is no part of what its author wrote. Always true: each rule has a name, and whatever it takes is
//! listed under it. Deliberately absent: rules for any one site; those look at words and belong to whoever reads the blocks.

use super::style;
use super::tree::{Data, NodeId, Tree};

/// The rule that leaves an element out, with all that stands in it.
pub(super) fn rule(tree: &Tree, id: NodeId, name: &str) -> Option<&'static str> {
    let by_name = match name {
        "script" => Some("a script"),
        "style" => Some("a style sheet"),
        "template" => Some("a template for scripts"),
        "noscript" => Some("words for browsers without scripts"),
        "iframe" | "frame" | "object" | "embed" | "applet" => Some("something embedded from elsewhere"),
        "audio" | "video" => Some("a recording"),
        "nav" => Some("navigation"),
        "button" | "select" | "datalist" | "dialog" | "menu" => Some("controls of the page"),
        "rp" => Some("brackets for old browsers"),
        _ => None,
    };
    let by_role = || match tree.attr(id, "role")? {
        "navigation" => Some("navigation"),
        "search" | "menu" | "menubar" | "toolbar" | "button" | "dialog" => Some("controls of the page"),
        _ => None,
    };
    let hidden = || {
        let hides = tree.attr(id, "hidden").is_some() || tree.attr(id, "style").is_some_and(style::hides);
        hides.then_some("hidden words")
    };
    by_name.or_else(by_role).or_else(hidden)
}

/// What is listed for an element left out: its words, else where it would have fetched something from.
pub(super) fn words(tree: &Tree, id: NodeId) -> String {
    let words = seen(tree, id);
    let address = || tree.attr(id, "src").or_else(|| tree.attr(id, "data")).unwrap_or_default().to_owned();
    let words = if words.is_empty() { address() } else { words };
    if matches!(tree.name(id), Some("script" | "style" | "template")) { noted(&words) } else { words }
}

/// The words below an element, those that stand for its pictures and those for other authors among them.
fn seen(tree: &Tree, id: NodeId) -> String {
    let said = tree.below(id).filter_map(|node| match &tree.node(node).data {
        Data::Text(text) | Data::Comment(text) => Some(text.as_str()),
        _ => tree.attr(node, "alt"),
    });
    said.flat_map(str::split_whitespace).collect::<Vec<_>>().join(" ")
}

/// The beginning of what nobody wrote for readers: named, not kept.
pub(super) fn noted(words: &str) -> String {
    const KEPT: usize = 80;
    match words.char_indices().nth(KEPT) {
        None => words.to_owned(),
        Some((end, _)) => format!("{}…", &words[..end]),
    }
}

/// Whether a picture is there to count visits, not to be seen.
pub(super) fn is_beacon(tree: &Tree, image: NodeId) -> bool {
    let tiny = |name: &str| tree.attr(image, name).is_some_and(|size| matches!(size.trim().trim_end_matches("px"), "0" | "1"));
    tiny("width") && tiny("height")
}
