//! What a paragraph's style and numbering make of it. Always true: a style is followed to the styles it is based on, but never in a circle.

use crate::read::xml::Element;
use std::collections::HashMap;

/// The styles of a document.
#[derive(Default)]
pub(super) struct Styles {
    by_id: HashMap<String, Style>,
}

#[derive(Default)]
struct Style {
    name: String,
    based_on: Option<String>,
    outline: Option<u8>,
    numbering: Option<String>,
}

impl Styles {
    pub fn of(part: Option<&Element>) -> Self {
        let styles = part.into_iter().flat_map(Element::elements).filter(|element| element.name() == "style");
        let by_id = styles.filter_map(|style| Some((style.attr("styleId")?.to_owned(), Style::of(style)))).collect();
        Self { by_id }
    }

    /// The level of a heading, from 1, that a paragraph is.
    pub fn heading(&self, properties: Option<&Element>) -> Option<u8> {
        let own = properties.and_then(outline);
        own.or_else(|| self.chain(properties).find_map(Style::heading))
    }

    /// Whether a paragraph is set as somebody else's words.
    pub fn is_quote(&self, properties: Option<&Element>) -> bool {
        self.chain(properties).any(|style| matches!(style.name.as_str(), "quote" | "intense quote"))
    }

    /// The list that a paragraph's style puts it into.
    pub fn numbering<'a>(&'a self, properties: Option<&'a Element>) -> Option<&'a str> {
        self.chain(properties).find_map(|style| style.numbering.as_deref())
    }

    fn chain<'a>(&'a self, properties: Option<&'a Element>) -> impl Iterator<Item = &'a Style> {
        let mut next = properties.and_then(|properties| properties.val("pStyle"));
        let steps = std::iter::from_fn(move || {
            let style = self.by_id.get(next?)?;
            next = style.based_on.as_deref();
            Some(style)
        });
        steps.take(20)
    }
}

impl Style {
    fn of(style: &Element) -> Self {
        let properties = style.child("pPr");
        Self {
            name: style.val("name").unwrap_or_default().to_lowercase(),
            based_on: style.val("basedOn").map(str::to_owned),
            outline: properties.and_then(outline),
            numbering: properties.and_then(|p| p.child("numPr")?.val("numId")).map(str::to_owned),
        }
    }

    fn heading(&self) -> Option<u8> {
        if self.name == "title" {
            return Some(1);
        }
        self.outline.or_else(|| self.name.strip_prefix("heading ")?.parse().ok().filter(|level| (1..=9).contains(level)))
    }
}

/// The outline level of paragraph properties, from 1; 9 in the file is body text (ECMA-376, part 1, 17.3.1.20).
fn outline(properties: &Element) -> Option<u8> {
    let level: u8 = properties.val("outlineLvl")?.parse().ok()?;
    (level < 9).then_some(level + 1)
}

/// The lists of a document and how far each has counted.
#[derive(Default)]
pub(super) struct Numbering {
    lists: HashMap<String, Vec<Level>>,
    counters: HashMap<(String, u8), u32>,
}

#[derive(Clone)]
struct Level {
    level: u8,
    bullet: bool,
    start: u32,
}

impl Numbering {
    pub fn of(part: Option<&Element>) -> Self {
        let elements = |name: &'static str| part.into_iter().flat_map(Element::elements).filter(move |element| element.name() == name);
        let kinds: HashMap<&str, Vec<Level>> =
            elements("abstractNum").filter_map(|kind| Some((kind.attr("abstractNumId")?, levels(kind)))).collect();
        let lists = elements("num")
            .filter_map(|list| Some((list.attr("numId")?.to_owned(), kinds.get(list.val("abstractNumId")?)?.clone())))
            .collect();
        Self { lists, counters: HashMap::new() }
    }

    /// The next item of a list at a level: its number, where the list counts. Deeper levels begin anew.
    pub fn next(&mut self, list: &str, level: u8) -> Option<u32> {
        let rule = self.lists.get(list).and_then(|levels| levels.iter().find(|rule| rule.level == level)).cloned();
        let (bullet, start) = rule.map_or((true, 1), |rule| (rule.bullet, rule.start));
        self.counters.retain(|(of, deeper), _| of != list || *deeper <= level);
        let counter = self.counters.entry((list.to_owned(), level)).or_insert(start.saturating_sub(1));
        *counter = counter.saturating_add(1);
        (!bullet).then_some(*counter)
    }
}

fn levels(kind: &Element) -> Vec<Level> {
    let level = |level: &Element| {
        Some(Level {
            level: level.attr("ilvl")?.parse().ok()?,
            bullet: matches!(level.val("numFmt"), None | Some("bullet" | "none")),
            start: level.val("start").and_then(|start| start.parse().ok()).unwrap_or(1),
        })
    };
    kind.elements().filter(|element| element.name() == "lvl").filter_map(level).collect()
}
