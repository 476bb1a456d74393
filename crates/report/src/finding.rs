//! Findings: what a check noticed. Always true: a finding names its two sources, says in one sentence what is wrong, and has a key that
//! changes when its sources change, so that an acceptance never outlives what was accepted (see `key`).

pub(crate) mod key;

use crate::edit::Edit;
use crate::place::Place;
use crate::report::Report;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// How much a finding weighs.
#[derive(Clone, Copy, Debug, Eq, Hash, Ord, PartialEq, PartialOrd, Serialize, Deserialize, JsonSchema, TS)]
#[serde(rename_all = "snake_case")]
#[ts(export)]
pub enum Level {
    /// Filing is refused until it is gone.
    Blocks,
    /// It needs an answer, or a reason.
    Answer,
    /// Worth knowing.
    Note,
}

/// What a check noticed.
#[derive(Clone, Debug, Eq, PartialEq, Serialize, Deserialize, JsonSchema, TS)]
#[serde(deny_unknown_fields)]
#[ts(export)]
pub struct Finding {
    /// The check: "L01", "L31".
    pub check: String,
    /// How much it weighs.
    pub level: Level,
    /// What is wrong, in one sentence.
    pub message: String,
    /// What speaks against what.
    pub sources: Vec<Source>,
    /// What would mend it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub fix: Option<Fix>,
    /// What makes it a rule: the form, a clause, a standard, or good practice.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    #[ts(as = "Option<String>", optional)]
    pub rule: String,
    /// Its key; an acceptance names it.
    pub key: String,
    /// Why it was accepted, where it was.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub accepted: Option<String>,
}

/// One side of a finding.
#[derive(Clone, Debug, Eq, PartialEq, Serialize, Deserialize, JsonSchema, TS)]
#[serde(deny_unknown_fields)]
#[ts(export)]
pub struct Source {
    /// What stands there; empty where nothing does.
    pub text: String,
    /// The words for the place.
    #[serde(rename = "where")]
    pub where_: String,
    /// The place to jump to.
    pub place: Place,
    /// The row of that paper it speaks of, from 0; a row of the timeline is in its place. A finding's key names its id, not its number.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub row: Option<usize>,
    /// The words of `text` that are meant, from and to, in UTF-16 units as a window counts; without it all of them.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub span: Option<(usize, usize)>,
}

/// What would mend a finding, in one key.
#[derive(Clone, Debug, Eq, PartialEq, Serialize, Deserialize, JsonSchema, TS)]
#[serde(deny_unknown_fields)]
#[ts(export)]
pub struct Fix {
    /// What it does ("Use 12 digits in both").
    pub label: String,
    /// The edit that does it.
    pub edit: Edit,
}

impl Source {
    /// What stands at a place of that report.
    pub fn at(report: &Report, place: Place, text: impl Into<String>) -> Self {
        Self { text: text.into(), where_: place.words(report), place, row: None, span: None }
    }

    /// What stands outside of the report: a calendar, a rule, the page.
    pub fn outside(where_: impl Into<String>, place: Place, text: impl Into<String>) -> Self {
        Self { text: text.into(), where_: where_.into(), place, row: None, span: None }
    }

    /// The words for the place and its row ("Actions, row 2").
    pub fn words(&self) -> String {
        self.row.map_or_else(|| self.where_.clone(), |row| format!("{}, row {}", self.where_, row + 1))
    }

    /// The same, of one row of a paper.
    pub fn in_row(mut self, row: impl Into<Option<usize>>) -> Self {
        self.row = row.into();
        self
    }
}

impl Finding {
    /// A finding. Its key is given once all are found ([`key::give`]); by itself it is the check's name.
    pub fn new(check: &str, level: Level, message: impl Into<String>, sources: Vec<Source>) -> Self {
        let (check, key) = (check.to_owned(), check.to_owned());
        Self { check, level, message: message.into(), sources, fix: None, rule: String::new(), key, accepted: None }
    }

    /// Whether a report is not filed while this is open: what blocks, and what a reason answers for but nobody may overlook: words that wait
    /// to be placed (P02), and letters that paper cannot draw (P01).
    pub fn stops_filing(&self) -> bool {
        let asks = [crate::checks::tray::WORDS_WAIT, crate::checks::NOT_DRAWN].contains(&self.check.as_str());
        self.level == Level::Blocks || (asks && self.accepted.is_none())
    }

    /// The same with a way to mend it.
    pub fn with_fix(mut self, label: impl Into<String>, edit: Edit) -> Self {
        self.fix = Some(Fix { label: label.into(), edit });
        self
    }
}
