//! Markings: who may read a report. Always true: a label of the Traffic Light Protocol is one of version 2.0.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// Who may read it.
#[derive(Clone, Debug, Eq, PartialEq, Serialize, Deserialize, JsonSchema, TS)]
#[serde(tag = "scheme", rename_all = "snake_case", deny_unknown_fields)]
#[ts(export)]
pub enum Marking {
    /// The Traffic Light Protocol, version 2.0 (FIRST).
    Tlp {
        /// The label.
        label: TlpLabel,
    },
    /// A scheme of the regulator's or the organisation's own.
    Words {
        /// Its words, printed as they are.
        text: String,
    },
}

/// The labels of TLP 2.0.
#[derive(Clone, Copy, Debug, Eq, PartialEq, Serialize, Deserialize, JsonSchema, TS)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
#[ts(export)]
pub enum TlpLabel {
    /// TLP:RED
    Red,
    /// TLP:AMBER+STRICT
    AmberStrict,
    /// TLP:AMBER
    Amber,
    /// TLP:GREEN
    Green,
    /// TLP:CLEAR
    Clear,
}

impl TlpLabel {
    /// The label as printed.
    pub fn words(self) -> &'static str {
        match self {
            TlpLabel::Red => "TLP:RED",
            TlpLabel::AmberStrict => "TLP:AMBER+STRICT",
            TlpLabel::Amber => "TLP:AMBER",
            TlpLabel::Green => "TLP:GREEN",
            TlpLabel::Clear => "TLP:CLEAR",
        }
    }
}
