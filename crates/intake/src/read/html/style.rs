//! How an element sets its words. Always true: only what a run can carry is looked at.

use super::tree::{NodeId, Tree};
use crate::source::{Change, Run};

/// The style inside an element that stands in words of style `outer`.
pub(super) fn inside(tree: &Tree, id: NodeId, name: &str, outer: &Run) -> Run {
    let mut style = outer.clone();
    match name {
        "b" | "strong" => style.bold = true,
        "i" | "em" => style.italic = true,
        "code" | "kbd" | "samp" | "tt" => style.code = true,
        "ins" => style.change = Some(Change::Added),
        "del" | "s" | "strike" => style.change = Some(Change::Removed),
        "a" => style.link = tree.attr(id, "href").and_then(address).or(style.link),
        _ => {}
    }
    // The marks of DaisyDiff, which draws the version compare of Confluence and of others.
    for class in tree.attr(id, "class").unwrap_or_default().split_ascii_whitespace() {
        match class {
            "diff-html-added" => style.change = Some(Change::Added),
            "diff-html-removed" => style.change = Some(Change::Removed),
            _ => {}
        }
    }
    if let Some(css) = tree.attr(id, "style") {
        match declared(css, "font-weight").as_deref() {
            Some("bold" | "bolder" | "600" | "700" | "800" | "900") => style.bold = true,
            // Google Docs wraps all it copies into <b style="font-weight:normal">.
            Some("normal" | "lighter" | "100" | "200" | "300" | "400" | "500") => style.bold = false,
            _ => {}
        }
        match declared(css, "font-style").as_deref() {
            Some("italic" | "oblique") => style.italic = true,
            Some("normal") => style.italic = false,
            _ => {}
        }
    }
    style
}

/// Whether a style attribute hides its element.
pub(super) fn hides(css: &str) -> bool {
    declared(css, "display").as_deref() == Some("none")
        || declared(css, "visibility").as_deref() == Some("hidden")
        || declared(css, "mso-hide").as_deref() == Some("all")
}

/// The value of a property in a style attribute, in lower case.
fn declared(css: &str, property: &str) -> Option<String> {
    let declarations = css.split(';').filter_map(|declaration| declaration.split_once(':'));
    let value = declarations.filter(|(name, _)| name.trim().eq_ignore_ascii_case(property)).map(|(_, value)| value).next_back()?;
    Some(value.trim().trim_end_matches("!important").trim_end().to_ascii_lowercase())
}

/// A link's address as written; what would run something is no address.
fn address(href: &str) -> Option<String> {
    let plain: String = href.chars().filter(|c| !c.is_ascii_control()).collect();
    let plain = plain.trim();
    let scheme = plain.split_once(':').map(|(scheme, _)| scheme.to_ascii_lowercase());
    let runs = matches!(scheme.as_deref(), Some("javascript" | "vbscript" | "data"));
    (!plain.is_empty() && !runs).then(|| plain.to_owned())
}

/// The level, from 0, of a paragraph that Word means as an item of a list (`mso-list:l0 level2 lfo1`).
pub(super) fn word_list_level(css: &str) -> Option<u8> {
    let list = declared(css, "mso-list")?;
    let level: u8 = list.split_whitespace().find_map(|word| word.strip_prefix("level"))?.parse().ok()?;
    level.checked_sub(1)
}

/// Whether an element is the bullet or number that Word writes before an item (`mso-list:Ignore`).
pub(super) fn is_list_mark(tree: &Tree, id: NodeId) -> bool {
    tree.attr(id, "style").is_some_and(|css| declared(css, "mso-list").as_deref() == Some("ignore"))
}

/// Elements that stand on lines of their own (WHATWG HTML, 15.3, "display: block" and its kin).
pub(super) fn is_block(name: &str) -> bool {
    const BLOCKS: &[&str] = &[
        "address",
        "article",
        "aside",
        "body",
        "center",
        "dd",
        "details",
        "div",
        "dl",
        "dt",
        "fieldset",
        "figcaption",
        "figure",
        "footer",
        "form",
        "header",
        "hgroup",
        "html",
        "legend",
        "main",
        "optgroup",
        "option",
        "p",
        "search",
        "section",
        "summary",
        "table",
        "tbody",
        "td",
        "tfoot",
        "th",
        "thead",
        "tr",
        "caption",
    ];
    BLOCKS.contains(&name)
}
