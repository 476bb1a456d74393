//! XML as a small tree. Always true: a declaration of entities is refused, so nothing stands for more than it is; the tree is as deep and as
//! large as is read, and no deeper or larger. Deliberately absent: namespaces (the parts of a document use one name for one thing).

use crate::read::{MOST_NESTED, ReadError};
use quick_xml::events::{BytesStart, Event};
use quick_xml::{Reader, XmlVersion};

/// The most elements of a part.
const MOST_ELEMENTS: usize = 2_000_000;

/// An element.
#[derive(Debug, Default)]
pub(super) struct Element {
    name: Box<str>,
    attrs: Vec<(Box<str>, Box<str>)>,
    children: Vec<Node>,
}

/// What stands in an element.
#[derive(Debug)]
pub(super) enum Node {
    Element(Element),
    Text(String),
}

/// Parses a part of a file of that format.
pub(super) fn parse(format: &'static str, part: &str, text: &str) -> Result<Element, ReadError> {
    let broken = |message: String| ReadError::Broken { format, message: format!("{part}: {message}") };
    let mut reader = Reader::from_str(text);
    let mut open = vec![Element::default()];
    let mut count = 0;
    loop {
        let event = reader.read_event().map_err(|fault| broken(fault.to_string()))?;
        match event {
            Event::Start(start) => {
                count += 1;
                if open.len() > MOST_NESTED {
                    return Err(ReadError::TooDeep { most: MOST_NESTED });
                }
                open.push(element(&start).map_err(broken)?);
            }
            Event::Empty(start) => {
                count += 1;
                let child = element(&start).map_err(broken)?;
                append(&mut open, Node::Element(child));
            }
            Event::End(_) => {
                let Some(done) = open.pop() else { return Err(broken("an element ends that did not begin".to_owned())) };
                append(&mut open, Node::Element(done));
            }
            Event::Text(words) => append_text(&mut open, &words.xml_content(XmlVersion::Explicit1_0)),
            Event::CData(words) => append_text(&mut open, &words.xml_content(XmlVersion::Explicit1_0)),
            Event::GeneralRef(reference) => append_text(&mut open, &resolve(&reference)?),
            Event::DocType(declaration) => return Err(ReadError::Entities { name: declaration.chars().take(40).collect() }),
            Event::Comment(_) | Event::Decl(_) | Event::PI(_) => {}
            Event::Eof => break,
        }
        if count > MOST_ELEMENTS {
            return Err(ReadError::TooMany { what: "elements", most: MOST_ELEMENTS });
        }
    }
    if open.len() > 1 {
        return Err(broken("it ends in the middle".to_owned()));
    }
    let root = open.pop().and_then(|document| document.children.into_iter().find_map(Node::into_element));
    root.ok_or_else(|| broken("there is no element in it".to_owned()))
}

fn element(start: &BytesStart<'_>) -> Result<Element, String> {
    let mut attrs = Vec::new();
    for attr in start.attributes().with_checks(false) {
        let attr = attr.map_err(|fault| fault.to_string())?;
        let value = attr.normalized_value(XmlVersion::Explicit1_0).map_err(|fault| fault.to_string())?;
        attrs.push((attr.key.local_name().as_ref().into(), value.as_ref().into()));
    }
    Ok(Element { name: start.local_name().as_ref().into(), attrs, children: Vec::new() })
}

/// The five names of XML itself and characters by number; any other would have to be declared.
fn resolve(reference: &quick_xml::events::BytesRef<'_>) -> Result<String, ReadError> {
    if let Ok(Some(character)) = reference.resolve_char_ref() {
        return Ok(character.to_string());
    }
    match &**reference {
        "amp" => Ok("&".to_owned()),
        "lt" => Ok("<".to_owned()),
        "gt" => Ok(">".to_owned()),
        "quot" => Ok("\"".to_owned()),
        "apos" => Ok("'".to_owned()),
        other => Err(ReadError::Entities { name: other.chars().take(40).collect() }),
    }
}

fn append(open: &mut [Element], node: Node) {
    if let Some(parent) = open.last_mut() {
        parent.children.push(node);
    }
}

fn append_text(open: &mut [Element], words: &str) {
    let Some(parent) = open.last_mut() else { return };
    match parent.children.last_mut() {
        Some(Node::Text(text)) => text.push_str(words),
        _ => parent.children.push(Node::Text(words.to_owned())),
    }
}

impl Node {
    fn into_element(self) -> Option<Element> {
        match self {
            Node::Element(element) => Some(element),
            Node::Text(_) => None,
        }
    }
}

impl Element {
    /// Its name without its prefix.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// An attribute by its name without its prefix.
    pub fn attr(&self, wanted: &str) -> Option<&str> {
        self.attrs.iter().find(|(name, _)| &**name == wanted).map(|(_, value)| &**value)
    }

    /// What stands directly inside, in order.
    pub fn nodes(&self) -> &[Node] {
        &self.children
    }

    /// The elements directly inside.
    pub fn elements(&self) -> impl Iterator<Item = &Element> {
        self.children.iter().filter_map(|node| match node {
            Node::Element(element) => Some(element),
            Node::Text(_) => None,
        })
    }

    /// The first element directly inside of that name.
    pub fn child(&self, name: &str) -> Option<&Element> {
        self.elements().find(|element| element.name() == name)
    }

    /// The `val` of the element directly inside of that name.
    pub fn val(&self, name: &str) -> Option<&str> {
        self.child(name)?.attr("val")
    }

    /// Whether the element of that name directly inside switches something on (ECMA-376, part 1, 17.17.4: absent value means on).
    pub fn is_on(&self, name: &str) -> Option<bool> {
        Some(!matches!(self.child(name)?.attr("val"), Some("0" | "false" | "off" | "none")))
    }

    /// The text directly inside.
    pub fn text(&self) -> String {
        let texts = self.children.iter().filter_map(|node| match node {
            Node::Text(text) => Some(text.as_str()),
            Node::Element(_) => None,
        });
        texts.collect()
    }

    /// The elements below, in order.
    pub fn below(&self) -> impl Iterator<Item = &Element> {
        let mut open: Vec<&Element> = self.elements().collect();
        open.reverse();
        std::iter::from_fn(move || {
            let next = open.pop()?;
            let from = open.len();
            open.extend(next.elements());
            open[from..].reverse();
            Some(next)
        })
    }
}
