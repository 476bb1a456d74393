//! Tables of a page. Always true: a table that only arranges the page (it holds headings or tables, or is one cell) is read as the blocks
//! it holds; every other one keeps its cells.

use super::tree::{Data, NodeId, Tree};
use super::walk::Walk;
use crate::read::ReadError;
use crate::source::{Block, Cell, Line, Run};

/// The most columns or rows that a cell may say it covers (WHATWG HTML, 4.9.11, limits columns so).
const WIDEST: u16 = 1000;

/// Whether a table only arranges the page.
pub(super) fn is_layout(tree: &Tree, table: NodeId) -> bool {
    let names = || tree.below(table).filter_map(|id| tree.name(id));
    let arranges = |name: &str| matches!(name, "table" | "h1" | "h2" | "h3" | "h4" | "h5" | "h6");
    tree.attr(table, "role") == Some("presentation")
        || names().any(arranges)
        || names().filter(|name| matches!(*name, "td" | "th")).nth(1).is_none()
}

impl Walk<'_> {
    /// Reads a table that holds data.
    pub(super) fn table(&mut self, table: NodeId, style: &Run) -> Result<(), ReadError> {
        let mut rows = Vec::new();
        let mut head = false;
        for (group, row) in rows_of(self.tree, table) {
            let ids: Vec<NodeId> = cells_of(self.tree, row).collect();
            if rows.is_empty() {
                head = group == Some("thead") || (!ids.is_empty() && ids.iter().all(|id| self.tree.name(*id) == Some("th")));
            }
            let cells: Vec<Cell> = ids.into_iter().map(|id| self.cell(id, style)).collect::<Result<_, _>>()?;
            if !cells.is_empty() {
                rows.push(cells);
            }
        }
        let caption = self.tree.node(table).children.iter().copied().find(|id| self.tree.name(*id) == Some("caption"));
        if let Some(caption) = caption {
            self.children(caption, style)?;
            self.flush()?;
        }
        if !rows.is_empty() {
            self.room.push(Block::Table { head, rows })?;
        }
        self.push_late_pictures()
    }

    /// Reads a list of terms as a table of two columns.
    pub(super) fn terms(&mut self, list: NodeId, style: &Run) -> Result<(), ReadError> {
        let mut rows: Vec<Vec<Cell>> = Vec::new();
        for part in terms_of(self.tree, list).unwrap_or_default() {
            let cell = self.cell(part, style)?;
            match rows.last_mut() {
                Some(row) if self.tree.name(part) == Some("dd") && row.len() == 1 => row.push(cell),
                _ if self.tree.name(part) == Some("dd") => rows.push(vec![plain_cell(Vec::new()), cell]),
                _ => rows.push(vec![cell]),
            }
        }
        if !rows.is_empty() {
            self.room.push(Block::Table { head: false, rows })?;
        }
        self.push_late_pictures()
    }

    fn cell(&mut self, id: NodeId, style: &Run) -> Result<Cell, ReadError> {
        self.room.add_cell()?;
        let outer = self.cell_lines.replace(Vec::new());
        self.children(id, style)?;
        self.flush()?;
        let lines = std::mem::replace(&mut self.cell_lines, outer).unwrap_or_default();
        let span = |name: &str| self.tree.attr(id, name).and_then(|n| n.trim().parse::<u16>().ok()).unwrap_or(1).clamp(1, WIDEST);
        Ok(Cell { columns: span("colspan"), rows: span("rowspan"), lines })
    }
}

/// The terms and what is said of them, in order, where a list holds nothing else; they may stand in groups (WHATWG HTML, 4.4.9).
pub(super) fn terms_of(tree: &Tree, list: NodeId) -> Option<Vec<NodeId>> {
    let mut parts = Vec::new();
    for child in &tree.node(list).children {
        match (&tree.node(*child).data, tree.name(*child)) {
            (_, Some("dt" | "dd")) => parts.push(*child),
            (_, Some("div")) => parts.extend(terms_of(tree, *child)?),
            (Data::Text(text), _) if text.trim().is_empty() => {}
            (Data::Comment(_), _) => {}
            _ => return None,
        }
    }
    Some(parts)
}

fn plain_cell(lines: Vec<Line>) -> Cell {
    Cell { lines, columns: 1, rows: 1 }
}

/// The rows of a table, each with the name of its group, without those of tables inside it.
fn rows_of(tree: &Tree, table: NodeId) -> impl Iterator<Item = (Option<&str>, NodeId)> {
    tree.node(table).children.iter().flat_map(move |group| {
        let group_name = tree.name(*group);
        let rows: Vec<NodeId> = match group_name {
            Some("tr") => vec![*group],
            Some("thead" | "tbody" | "tfoot") => {
                tree.node(*group).children.iter().copied().filter(|id| tree.name(*id) == Some("tr")).collect()
            }
            _ => Vec::new(),
        };
        rows.into_iter().map(move |row| (group_name, row))
    })
}

fn cells_of(tree: &Tree, row: NodeId) -> impl Iterator<Item = NodeId> {
    tree.node(row).children.iter().copied().filter(|id| matches!(tree.name(*id), Some("td" | "th")))
}
