//! The logical tree: what each piece of the page is, in reading order, for those who hear or reflow it (PDF/UA-1).
//! Always true: a piece of content belongs to one node, is painted on one page, and keeps its place among the node's children,
//! wherever page breaks fall.
//! Deliberately absent: object numbers and marked-content ids, which the writer gives.

/// The tree of one document. Node 0 is the document itself.
#[derive(Debug)]
pub struct Tree {
    nodes: Vec<Node>,
    contents: Vec<(NodeId, usize)>,
}

/// A node's number.
#[derive(Clone, Copy, Debug, Eq, Hash, Ord, PartialEq, PartialOrd)]
pub struct NodeId(pub usize);

/// A piece of content's number; numbers grow in reading order.
#[derive(Clone, Copy, Debug, Eq, Hash, Ord, PartialEq, PartialOrd)]
pub struct ContentId(pub usize);

/// One node.
#[derive(Debug)]
pub struct Node {
    /// What it is.
    pub role: Role,
    /// The node above; none for the document.
    pub parent: Option<NodeId>,
    /// What it holds, in reading order.
    pub children: Vec<Child>,
    /// Words that stand for content that is drawn and not written.
    pub actual_text: Option<String>,
}

/// What a node holds.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Child {
    /// A node.
    Node(NodeId),
    /// A piece of content.
    Content(ContentId),
}

/// The standard structure types used (ISO 32000-1, 14.8.4), with what they must carry.
#[allow(missing_docs, reason = "each name is the standard's own")]
#[derive(Clone, Debug, PartialEq)]
pub enum Role {
    Document,
    Sect,
    Heading(u8),
    P,
    Strong,
    Em,
    Code,
    BlockQuote,
    L(Numbering),
    LI,
    Lbl,
    LBody,
    Table,
    THead,
    TBody,
    TR,
    TH { scope: Scope, rows: u16, columns: u16 },
    TD { rows: u16, columns: u16 },
    Figure { alt: String },
    Caption,
    Reference,
    Note,
    Link,
    Form,
    Toc,
    Toci,
}

/// How a list's items are marked.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Numbering {
    /// Not at all.
    None,
    /// A drawn bullet.
    Disc,
    /// Figures.
    Decimal,
}

/// Which cells a header cell speaks for.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Scope {
    /// Those below.
    Column,
    /// Those beside.
    Row,
}

impl Default for Tree {
    fn default() -> Self {
        let document = Node { role: Role::Document, parent: None, children: Vec::new(), actual_text: None };
        Self { nodes: vec![document], contents: Vec::new() }
    }
}

impl Tree {
    /// The document.
    pub const ROOT: NodeId = NodeId(0);

    /// Adds a node as the last child of another.
    pub fn add(&mut self, parent: NodeId, role: Role) -> NodeId {
        let id = NodeId(self.nodes.len());
        self.nodes.push(Node { role, parent: Some(parent), children: Vec::new(), actual_text: None });
        self.nodes[parent.0].children.push(Child::Node(id));
        id
    }

    /// Adds a piece of content as the last child of a node.
    pub fn content(&mut self, node: NodeId) -> ContentId {
        let id = ContentId(self.contents.len());
        let children = &mut self.nodes[node.0].children;
        self.contents.push((node, children.len()));
        children.push(Child::Content(id));
        id
    }

    /// Moves a node's last child to an earlier place among its children, which are nodes all of them.
    pub fn bring_forward(&mut self, parent: NodeId, to: usize) {
        let children = &mut self.nodes[parent.0].children;
        debug_assert!(children.iter().all(|child| matches!(child, Child::Node(_))), "a piece of content keeps its number");
        if let Some(rest) = children.get_mut(to..) {
            rest.rotate_right(usize::from(!rest.is_empty()));
        }
    }

    /// Says in words what a node's content only draws.
    pub fn set_actual_text(&mut self, node: NodeId, words: &str) {
        self.nodes[node.0].actual_text = Some(words.to_owned());
    }

    /// The node a piece of content belongs to.
    #[must_use]
    pub fn owner(&self, content: ContentId) -> NodeId {
        self.contents[content.0].0
    }

    /// Whether the second piece follows the first in the same node with nothing between: they can be marked as one.
    #[must_use]
    pub fn adjoin(&self, first: ContentId, second: ContentId) -> bool {
        let (a, b) = (self.contents[first.0], self.contents[second.0]);
        a.0 == b.0 && a.1 + 1 == b.1
    }

    /// A node.
    #[must_use]
    pub fn node(&self, id: NodeId) -> &Node {
        &self.nodes[id.0]
    }

    /// Every node, in the order they were made; a parent comes before its children.
    pub fn nodes(&self) -> impl ExactSizeIterator<Item = (NodeId, &Node)> {
        self.nodes.iter().enumerate().map(|(number, node)| (NodeId(number), node))
    }

    /// How many pieces of content there are.
    #[must_use]
    pub fn content_count(&self) -> usize {
        self.contents.len()
    }
}

impl Role {
    /// The structure type's name.
    #[must_use]
    pub fn name(&self) -> &'static str {
        match self {
            Self::Document => "Document",
            Self::Sect => "Sect",
            Self::Heading(1) => "H1",
            Self::Heading(2) => "H2",
            Self::Heading(3) => "H3",
            Self::Heading(4) => "H4",
            Self::Heading(5) => "H5",
            Self::Heading(_) => "H6",
            Self::P => "P",
            Self::Strong => "Strong",
            Self::Em => "Em",
            Self::Code => "Code",
            Self::BlockQuote => "BlockQuote",
            Self::L(_) => "L",
            Self::LI => "LI",
            Self::Lbl => "Lbl",
            Self::LBody => "LBody",
            Self::Table => "Table",
            Self::THead => "THead",
            Self::TBody => "TBody",
            Self::TR => "TR",
            Self::TH { .. } => "TH",
            Self::TD { .. } => "TD",
            Self::Figure { .. } => "Figure",
            Self::Caption => "Caption",
            Self::Reference => "Reference",
            Self::Note => "Note",
            Self::Link => "Link",
            Self::Form => "Form",
            Self::Toc => "TOC",
            Self::Toci => "TOCI",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pieces_adjoin_only_when_nothing_stands_between() {
        let mut tree = Tree::default();
        let paragraph = tree.add(Tree::ROOT, Role::P);
        let (first, second) = (tree.content(paragraph), tree.content(paragraph));
        let strong = tree.add(paragraph, Role::Strong);
        let inside = tree.content(strong);
        let third = tree.content(paragraph);
        assert!(tree.adjoin(first, second));
        assert!(!tree.adjoin(second, inside) && !tree.adjoin(second, third));
    }
}
