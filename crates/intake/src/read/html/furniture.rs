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
    by_name.or_else(by_role).or_else(hidden).or_else(|| around(tree, id, name))
}

/// What stands around the text of a page: its head and foot, what stands beside it, its forms, its note on cookies. Only what is small beside the
/// page's own text, and stands outside of that text where the page marks it, can be one.
fn around(tree: &Tree, id: NodeId, name: &str) -> Option<&'static str> {
    const MOST_OF_A_NOTE: usize = 400;
    let role = tree.attr(id, "role").unwrap_or_default();
    let called = |words: &[&str]| {
        let names = [tree.attr(id, "id"), tree.attr(id, "class"), tree.attr(id, "aria-label")];
        names.into_iter().flatten().any(|name| words.iter().any(|word| name.to_ascii_lowercase().contains(word)))
    };
    let rule = match name {
        "header" => "the head of the page",
        "footer" => "the foot of the page",
        "aside" => "what stands beside the text",
        "form" => "a form of the page",
        _ if role == "banner" => "the head of the page",
        _ if role == "contentinfo" => "the foot of the page",
        _ if role == "complementary" => "what stands beside the text",
        "div" | "section" | "p" | "ol" | "ul" if called(&["cookie", "consent-banner"]) => "a note on cookies",
        "div" | "section" | "p" | "ol" | "ul" if called(&["breadcrumb"]) => "navigation",
        "a" if called(&["skip-link", "skip-to", "skiplink"]) => "navigation",
        _ => return None,
    };
    let holds_text = tree.below(id).any(|node| matches!(tree.name(node), Some("h1" | "h2" | "main" | "article" | "table")));
    let in_text = tree.above(id).any(|node| matches!(tree.name(node), Some("main" | "article")));
    // A marking in the foot of a page links to nothing.
    let leads_away = tree.below(id).any(|node| matches!(tree.name(node), Some("a" | "input" | "button" | "select" | "textarea")));
    let words = tree.words(id);
    // A piece of a page may be its foot alone.
    let small = words.split_whitespace().count() <= MOST_OF_A_NOTE && words.len() * 3 <= tree.letters();
    let lower = words.to_lowercase();
    let of_the_site =
        rule == "the foot of the page" && ["powered by", "©", "copyright", "all rights reserved"].iter().any(|said| lower.contains(said));
    let is_note = rule == "a note on cookies" || leads_away || of_the_site;
    (small && is_note && !holds_text && !(in_text && matches!(name, "header" | "footer" | "aside"))).then_some(rule)
}

/// Where the links and pictures of an element lead.
pub(super) fn addresses(tree: &Tree, id: NodeId) -> Vec<String> {
    let led = tree.below(id).chain([id]).filter_map(|node| match tree.name(node)? {
        "a" | "area" => tree.attr(node, "href"),
        "img" => tree.attr(node, "src").filter(|address| !address.starts_with("data:")),
        _ => None,
    });
    led.map(|address| address.trim().to_owned()).filter(|address| !address.is_empty()).collect()
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
