//! The tree that html5ever fills: an arena, so that neither a deep page nor its end needs the stack. Always true: a page that nests or
//! multiplies its elements beyond what is read is noticed while it is parsed, not after. Deliberately absent: scripts, styles, the network.

use crate::read::{MOST_NESTED, ReadError};
use html5ever::interface::{ElementFlags, NodeOrText, QuirksMode, TreeSink};
use html5ever::tendril::{StrTendril, TendrilSink};
use html5ever::{Attribute, ParseOpts, QualName, parse_document};
use std::borrow::Cow;
use std::cell::{Cell, Ref, RefCell};

/// The most nodes of a page. Mis-nested formatting multiplies nodes; 50 MB of real pages have a quarter of this.
const MOST_NODES: usize = 2_000_000;
/// How much is parsed between two looks at what it made.
const STEP: usize = 4096;

/// A parsed page.
pub(crate) struct Tree {
    nodes: Vec<Node>,
    /// How many bytes of text it has.
    letters: usize,
}

/// The number of a node; 0 is the document.
pub(crate) type NodeId = usize;

pub(crate) struct Node {
    pub data: Data,
    pub children: Vec<NodeId>,
    parent: Option<NodeId>,
    depth: usize,
}

pub(crate) enum Data {
    Document,
    Element { name: QualName, attrs: Vec<Attribute> },
    Text(String),
    Comment(String),
    Other,
}

/// Parses a page or a piece of one.
pub(crate) fn parse(html: &str) -> Result<Tree, ReadError> {
    let mut opts = ParseOpts::default();
    opts.tree_builder.scripting_enabled = false;
    let mut parser = parse_document(Sink::default(), opts);
    let mut rest = html;
    while !rest.is_empty() {
        let (piece, after) = rest.split_at(rest.floor_char_boundary(STEP));
        parser.process(StrTendril::from_slice(piece));
        parser.tokenizer.sink.sink.refuse_excess()?;
        rest = after;
    }
    let sink = parser.finish();
    sink.refuse_excess()?;
    let nodes = sink.nodes.into_inner();
    let letters = nodes.iter().map(|node| if let Data::Text(text) = &node.data { text.trim().len() } else { 0 }).sum();
    Ok(Tree { nodes, letters })
}

impl Tree {
    /// How many bytes of text the page has.
    pub fn letters(&self) -> usize {
        self.letters
    }

    /// The nodes around one, innermost first.
    pub fn above(&self, id: NodeId) -> impl Iterator<Item = NodeId> {
        std::iter::successors(self.nodes[id].parent, |id| self.nodes[*id].parent)
    }

    pub fn node(&self, id: NodeId) -> &Node {
        &self.nodes[id]
    }

    /// The local name of an element.
    pub fn name(&self, id: NodeId) -> Option<&str> {
        match &self.nodes[id].data {
            Data::Element { name, .. } => Some(&name.local),
            _ => None,
        }
    }

    /// An attribute of an element.
    pub fn attr(&self, id: NodeId, wanted: &str) -> Option<&str> {
        match &self.nodes[id].data {
            Data::Element { attrs, .. } => attrs.iter().find(|attr| &*attr.name.local == wanted).map(|attr| &*attr.value),
            _ => None,
        }
    }

    /// The nodes below a node, in reading order.
    pub fn below(&self, id: NodeId) -> impl Iterator<Item = NodeId> {
        let mut open: Vec<NodeId> = self.nodes[id].children.iter().rev().copied().collect();
        std::iter::from_fn(move || {
            let next = open.pop()?;
            open.extend(self.nodes[next].children.iter().rev());
            Some(next)
        })
    }

    /// The words below a node.
    pub fn words(&self, id: NodeId) -> String {
        let texts = self.below(id).filter_map(|node| match &self.nodes[node].data {
            Data::Text(text) => Some(text.as_str()),
            _ => None,
        });
        texts.flat_map(str::split_whitespace).collect::<Vec<_>>().join(" ")
    }
}

struct Sink {
    nodes: RefCell<Vec<Node>>,
    deepest: Cell<usize>,
}

impl Default for Sink {
    fn default() -> Self {
        let document = Node { data: Data::Document, children: Vec::new(), parent: None, depth: 0 };
        Self { nodes: RefCell::new(vec![document]), deepest: Cell::new(0) }
    }
}

impl Sink {
    fn refuse_excess(&self) -> Result<(), ReadError> {
        if self.deepest.get() > MOST_NESTED {
            return Err(ReadError::TooDeep { most: MOST_NESTED });
        }
        if self.nodes.borrow().len() > MOST_NODES {
            return Err(ReadError::TooMany { what: "elements", most: MOST_NODES });
        }
        Ok(())
    }

    fn add(&self, data: Data) -> NodeId {
        let mut nodes = self.nodes.borrow_mut();
        nodes.push(Node { data, children: Vec::new(), parent: None, depth: 0 });
        nodes.len() - 1
    }

    /// Puts a node under `parent`, at `place` among its children. Words beside words become one text, as the parser's rules ask.
    fn put(&self, parent: NodeId, place: usize, child: NodeOrText<NodeId>) {
        let id = match child {
            NodeOrText::AppendNode(id) => id,
            NodeOrText::AppendText(text) => {
                let before = place.checked_sub(1).map(|at| self.nodes.borrow()[parent].children[at]);
                if let Some(before) = before
                    && let Data::Text(words) = &mut self.nodes.borrow_mut()[before].data
                {
                    words.push_str(&text);
                    return;
                }
                self.add(Data::Text(text.to_string()))
            }
        };
        let mut nodes = self.nodes.borrow_mut();
        let depth = nodes[parent].depth + 1;
        nodes[id].parent = Some(parent);
        nodes[id].depth = depth;
        nodes[parent].children.insert(place, id);
        self.deepest.set(self.deepest.get().max(depth));
    }

    fn place_of(&self, node: NodeId) -> Option<(NodeId, usize)> {
        let nodes = self.nodes.borrow();
        let parent = nodes[node].parent?;
        let place = nodes[parent].children.iter().rposition(|child| *child == node)?;
        Some((parent, place))
    }
}

impl TreeSink for Sink {
    type Handle = NodeId;
    type Output = Self;
    type ElemName<'a> = Ref<'a, QualName>;

    fn finish(self) -> Self {
        self
    }

    fn parse_error(&self, _: Cow<'static, str>) {}

    fn get_document(&self) -> NodeId {
        0
    }

    fn elem_name<'a>(&'a self, target: &'a NodeId) -> Ref<'a, QualName> {
        Ref::map(self.nodes.borrow(), |nodes| match &nodes[*target].data {
            Data::Element { name, .. } => name,
            _ => unreachable!("the parser asks for the names of elements only"),
        })
    }

    fn create_element(&self, name: QualName, attrs: Vec<Attribute>, _: ElementFlags) -> NodeId {
        self.add(Data::Element { name, attrs })
    }

    fn create_comment(&self, text: StrTendril) -> NodeId {
        self.add(Data::Comment(text.to_string()))
    }

    fn create_pi(&self, _: StrTendril, _: StrTendril) -> NodeId {
        self.add(Data::Other)
    }

    fn append(&self, parent: &NodeId, child: NodeOrText<NodeId>) {
        let end = self.nodes.borrow()[*parent].children.len();
        self.put(*parent, end, child);
    }

    fn append_based_on_parent_node(&self, element: &NodeId, previous: &NodeId, child: NodeOrText<NodeId>) {
        if self.nodes.borrow()[*element].parent.is_some() {
            self.append_before_sibling(element, child);
        } else {
            self.append(previous, child);
        }
    }

    fn append_doctype_to_document(&self, _: StrTendril, _: StrTendril, _: StrTendril) {}

    /// What a template holds is put under it; the walk leaves templates out.
    fn get_template_contents(&self, target: &NodeId) -> NodeId {
        *target
    }

    fn same_node(&self, a: &NodeId, b: &NodeId) -> bool {
        a == b
    }

    fn set_quirks_mode(&self, _: QuirksMode) {}

    fn append_before_sibling(&self, sibling: &NodeId, child: NodeOrText<NodeId>) {
        if let NodeOrText::AppendNode(id) = &child {
            self.remove_from_parent(id);
        }
        if let Some((parent, place)) = self.place_of(*sibling) {
            self.put(parent, place, child);
        }
    }

    fn add_attrs_if_missing(&self, target: &NodeId, more: Vec<Attribute>) {
        if let Data::Element { attrs, .. } = &mut self.nodes.borrow_mut()[*target].data {
            let missing = more.into_iter().filter(|attr| !attrs.iter().any(|known| known.name == attr.name)).collect::<Vec<_>>();
            attrs.extend(missing);
        }
    }

    fn remove_from_parent(&self, target: &NodeId) {
        if let Some((parent, place)) = self.place_of(*target) {
            let mut nodes = self.nodes.borrow_mut();
            nodes[parent].children.remove(place);
            nodes[*target].parent = None;
        }
    }

    fn reparent_children(&self, from: &NodeId, to: &NodeId) {
        let mut nodes = self.nodes.borrow_mut();
        let children = std::mem::take(&mut nodes[*from].children);
        let depth = nodes[*to].depth + 1;
        for child in &children {
            nodes[*child].parent = Some(*to);
            nodes[*child].depth = depth;
        }
        nodes[*to].children.extend(children);
    }
}
