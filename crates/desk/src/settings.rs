//! What a person sets once: who they are, how the window looks, with what they sign.

use crate::because;
use crate::desk::Desk;
use crate::fault::Fault;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

const KEY: &str = "settings";

/// What a person sets once.
#[derive(Clone, Debug, Eq, PartialEq, Serialize, Deserialize, TS)]
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
    /// The address of the time-stamp authority (RFC 3161) that signatures may be dated by, or several with blanks between; empty for none.
    pub authority: String,
    /// How large the window shows everything, in percent.
    pub zoom: u16,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            name: String::new(),
            role: String::new(),
            organisation: String::new(),
            theme: Theme::default(),
            paper: Paper::default(),
            authority: String::new(),
            zoom: 100,
        }
    }
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

impl Settings {
    /// The addresses of the time-stamp authorities, in the order in which they are asked: several stand apart by blanks.
    pub fn authorities(&self) -> Vec<String> {
        self.authority.split_whitespace().map(str::to_owned).collect()
    }
}

impl Desk {
    /// What the person has set; what they have not is as it comes.
    ///
    /// # Errors
    /// Those of reading the library.
    pub fn settings(&self) -> Result<Settings, Fault> {
        Ok(self.library().setting(KEY).map_err(|fault| because::of_reading(&fault))?.unwrap_or_default())
    }

    /// Keeps what the person sets.
    ///
    /// # Errors
    /// Those of writing the library.
    pub fn set_settings(&self, settings: &Settings) -> Result<(), Fault> {
        self.library().set_setting(KEY, settings).map_err(|fault| because::of_saving(&fault))
    }
}

impl From<Paper> for paper::Paper {
    fn from(paper: Paper) -> Self {
        match paper {
            Paper::A4 => paper::Paper::A4,
            Paper::Letter => paper::Paper::Letter,
        }
    }
}
