//! What is still open or was settled about a report: words that wait, what was taken for granted, findings the author lives with.

use crate::ids::UnplacedId;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// Text that import could not place; it waits until the author places or drops it.
#[derive(Clone, Debug, Eq, PartialEq, Serialize, Deserialize, JsonSchema, TS)]
#[serde(deny_unknown_fields)]
#[ts(export)]
pub struct Unplaced {
    /// Its identity.
    pub id: UnplacedId,
    /// The words.
    pub text: String,
    /// Where they stood in the source.
    #[serde(default)]
    pub source: String,
}

/// What an assumption is about whose day was given to rows that state none; it prints with them until the author settles it.
pub const ABOUT_DAY_OF_ROWS: &str = "day_of_rows";

/// What reading a foreign text took for granted ("02/06 is 2 June").
#[derive(Clone, Debug, Eq, PartialEq, Serialize, Deserialize, JsonSchema, TS)]
#[serde(deny_unknown_fields)]
#[ts(export)]
pub struct Assumption {
    /// What it is about, in data: `date_order`, `year`, `zone`, `versions`.
    pub about: String,
    /// What was taken for granted and why, in one sentence.
    pub words: String,
}

/// A finding that the author lives with, and why.
#[derive(Clone, Debug, Eq, PartialEq, Serialize, Deserialize, JsonSchema, TS)]
#[serde(deny_unknown_fields)]
#[ts(export)]
pub struct Accepted {
    /// The finding's key; it reopens when its sources change.
    pub finding: String,
    /// Why it may stand.
    pub reason: String,
    /// Who said so.
    #[serde(default)]
    pub by: String,
    /// When, RFC 3339.
    #[serde(default)]
    pub at: String,
}
