//! What a person sets once: who they are, how the window looks, with what they sign.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// What a person sets once.
#[derive(Clone, Debug, Default, Eq, PartialEq, Serialize, Deserialize, TS)]
#[serde(default)]
#[ts(export)]
pub struct Settings {
    /// Their name.
    pub name: String,
    /// What they are.
    pub role: String,
    /// For whom they work.
    pub organisation: String,
    /// Light, dark, or as the system has it.
    pub theme: Theme,
    /// The paper their pages are set for.
    pub paper: Paper,
}

/// Light, dark, or as the system has it.
#[derive(Clone, Copy, Debug, Default, Eq, PartialEq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
#[ts(export)]
pub enum Theme {
    /// As the system has it.
    #[default]
    System,
    /// Light.
    Light,
    /// Dark.
    Dark,
}

/// The paper pages are set for.
#[derive(Clone, Copy, Debug, Default, Eq, PartialEq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
#[ts(export)]
pub enum Paper {
    /// 210 by 297 mm.
    #[default]
    A4,
    /// 8.5 by 11 in.
    Letter,
}
