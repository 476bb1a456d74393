//! Drawings of boxes and arrows. Always true: places are whole steps of a grid. Deliberately absent: colours and shapes of one's own.

use crate::ids::DiagramId;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// A drawing of nodes and edges.
#[derive(Clone, Debug, Eq, PartialEq, Serialize, Deserialize, JsonSchema, TS)]
#[serde(deny_unknown_fields)]
#[ts(export)]
pub struct Diagram {
    /// Its identity.
    pub id: DiagramId,
    /// The caption.
    #[serde(default)]
    pub caption: String,
    /// The nodes.
    pub nodes: Vec<Node>,
    /// The edges.
    pub edges: Vec<Edge>,
}

/// A box in a drawing. Places and sizes are grid steps, whole numbers.
#[derive(Clone, Debug, Eq, PartialEq, Serialize, Deserialize, JsonSchema, TS)]
#[serde(deny_unknown_fields)]
#[ts(export)]
pub struct Node {
    /// Its name within the drawing.
    pub id: String,
    /// What it says.
    pub label: String,
    /// Columns from the left.
    pub column: i32,
    /// Rows from the top.
    pub row: i32,
    /// Whether it is what failed.
    #[serde(default)]
    pub failed: bool,
    /// How it failed ("full from 12:04").
    #[serde(default, skip_serializing_if = "String::is_empty")]
    #[ts(as = "Option<String>", optional)]
    pub note: String,
}

/// An arrow in a drawing.
#[derive(Clone, Debug, Eq, PartialEq, Serialize, Deserialize, JsonSchema, TS)]
#[serde(deny_unknown_fields)]
#[ts(export)]
pub struct Edge {
    /// Where it starts.
    pub from: String,
    /// Where it ends.
    pub to: String,
    /// What it says.
    #[serde(default)]
    pub label: String,
    /// Whether the path is broken.
    #[serde(default)]
    pub broken: bool,
}
