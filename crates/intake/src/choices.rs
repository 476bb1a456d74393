//! What a person decides about an import, and what is asked. Always true: choices are values, and an import run again with others starts
//! from the same bytes, so that taking a choice back is choosing again.

use crate::to::To;
use chrono::NaiveDate;
use report::when::DateOrder;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// What a person has decided; nothing decided leaves it to the text.
#[derive(Clone, Debug, Default, Eq, PartialEq, Serialize, Deserialize, TS)]
#[serde(default)]
#[ts(export)]
pub struct Choices {
    /// The form.
    pub template: Option<String>,
    /// How dates in figures are read.
    pub date_order: Option<DateOrder>,
    /// The year of days written without one.
    pub year: Option<i32>,
    /// The day of the rows that state none and follow none that does.
    pub day: Option<NaiveDate>,
    /// Whether such rows are left without a day, also where the text names one.
    pub dayless: bool,
    /// The zone of the times (IANA).
    pub zone: Option<String>,
    /// Of a page that holds two versions of a text, which counts.
    pub versions: Option<Side>,
    /// Of a text with tracked changes, which side counts.
    pub changes: Option<Side>,
    /// Pieces put elsewhere.
    pub moved: Vec<Moved>,
}

/// Which of two versions counts.
#[derive(Clone, Copy, Debug, Eq, PartialEq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
#[ts(export)]
pub enum Side {
    /// The earlier one; the later waits in the tray.
    Earlier,
    /// The later one; the earlier waits in the tray.
    Later,
    /// Both are kept, one after the other.
    Both,
}

/// A piece that a person put elsewhere.
#[derive(Clone, Debug, Eq, PartialEq, Serialize, Deserialize, TS)]
#[ts(export)]
pub struct Moved {
    /// The block of the source.
    pub block: usize,
    /// The part of the block.
    pub line: usize,
    /// Where it goes.
    pub to: To,
}

/// Something the text leaves open.
#[derive(Clone, Debug, Eq, PartialEq, Serialize, Deserialize, TS)]
#[ts(export)]
pub struct Question {
    /// What is asked; its answer is the choice of that name.
    pub about: QuestionKind,
    /// The words of the text that leave it open.
    pub because: Vec<String>,
    /// The answers offered.
    pub options: Vec<QuestionOption>,
    /// The value of the answer taken now, chosen or assumed.
    pub taken: String,
    /// Whether a person chose it.
    pub answered: bool,
}

/// What can be left open.
#[derive(Clone, Copy, Debug, Eq, PartialEq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
#[ts(export)]
pub enum QuestionKind {
    /// Which part of a date in figures comes first.
    DateOrder,
    /// The year.
    Year,
    /// The day of rows that state none.
    Day,
    /// Which of two versions counts.
    Versions,
    /// Which side of tracked changes counts.
    Changes,
}

/// An answer offered.
#[derive(Clone, Debug, Eq, PartialEq, Serialize, Deserialize, TS)]
#[ts(export)]
pub struct QuestionOption {
    /// Its value in [`Choices`].
    pub value: String,
    /// Its words ("02/06/2020 is 2 June 2020").
    pub words: String,
}
