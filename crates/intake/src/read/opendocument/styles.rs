//! What the styles of a document say that readers see: bold, italic, headings by name, numbered lists, hidden sheets.

use crate::read::xml::Element;
use crate::source::Run;
use std::collections::HashMap;

/// The longest way from a style to what it is based on.
const LONGEST_WAY: usize = 16;

#[derive(Default)]
pub(super) struct Styles<'a> {
    named: HashMap<&'a str, Style<'a>>,
    /// For each style of lists, which of its levels have numbers.
    numbered: HashMap<&'a str, Vec<bool>>,
}

#[derive(Default)]
struct Style<'a> {
    parent: Option<&'a str>,
    bold: Option<bool>,
    italic: Option<bool>,
    hidden: bool,
}

impl<'a> Styles<'a> {
    pub fn of(parts: impl Iterator<Item = &'a Element>) -> Self {
        let mut styles = Self::default();
        let groups = parts.flat_map(Element::elements).filter(|group| matches!(group.name(), "styles" | "automatic-styles"));
        for element in groups.flat_map(Element::elements) {
            let Some(name) = element.attr("name") else { continue };
            if element.name() == "list-style" {
                let levels = element.elements().map(|level| level.name() == "list-level-style-number").collect();
                styles.numbered.insert(name, levels);
                continue;
            }
            let text = element.child("text-properties");
            let of = |attr: &str| text.and_then(|text| text.attr(attr));
            let style = Style {
                parent: element.attr("parent-style-name"),
                bold: of("font-weight").map(|weight| weight == "bold" || weight.parse::<u16>().is_ok_and(|weight| weight >= 600)),
                italic: of("font-style").map(|slant| slant != "normal"),
                hidden: element.child("table-properties").and_then(|table| table.attr("display")) == Some("false"),
            };
            styles.named.insert(name, style);
        }
        styles
    }

    /// A style and those it is based on, the nearest first.
    fn way(&self, name: Option<&'a str>) -> impl Iterator<Item = (&'a str, &Style<'a>)> {
        let first = name.and_then(|name| Some((name, self.named.get(name)?)));
        std::iter::successors(first, |(_, style)| style.parent.and_then(|name| Some((name, self.named.get(name)?)))).take(LONGEST_WAY)
    }

    /// `around` with what the style of that name changes.
    pub fn run(&self, name: Option<&'a str>, around: &Run) -> Run {
        let bold = self.way(name).find_map(|(_, style)| style.bold).unwrap_or(around.bold);
        let italic = self.way(name).find_map(|(_, style)| style.italic).unwrap_or(around.italic);
        Run { bold, italic, ..around.clone() }
    }

    /// Whether paragraphs of that style are the title of the text.
    pub fn is_title(&self, name: Option<&'a str>) -> bool {
        name == Some("Title") || self.way(name).any(|(name, style)| name == "Title" || style.parent == Some("Title"))
    }

    pub fn is_quotation(&self, name: Option<&'a str>) -> bool {
        name == Some("Quotations") || self.way(name).any(|(name, style)| name == "Quotations" || style.parent == Some("Quotations"))
    }

    pub fn is_hidden(&self, name: Option<&'a str>) -> bool {
        self.way(name).any(|(_, style)| style.hidden)
    }

    /// Whether a list of that style has numbers at that depth.
    pub fn is_numbered(&self, list: Option<&str>, depth: usize) -> bool {
        list.and_then(|list| self.numbered.get(list)).and_then(|levels| levels.get(depth)).copied().unwrap_or(false)
    }
}
