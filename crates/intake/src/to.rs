//! Where a piece of a foreign text goes. Always true: every piece goes to exactly one place, and a person may name another.

use report::papers::LessonKind;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// Where a piece goes.
#[derive(Clone, Debug, Eq, Hash, Ord, PartialEq, PartialOrd, Serialize, Deserialize, TS)]
#[serde(tag = "to", rename_all = "snake_case")]
#[ts(export)]
pub enum To {
    /// It names the report.
    Title,
    /// It is what the form prints by itself: its title, its legal basis, the heads of a table's columns.
    Form,
    /// It is the heading of a section.
    Heading {
        /// The section, as [`crate::Slot::name`] calls it.
        slot: String,
    },
    /// It stands in a section.
    Section {
        /// The section.
        slot: String,
    },
    /// It is, or names, a picture that stands in a section and is still to be found.
    Figure {
        /// The section.
        slot: String,
    },
    /// It answers a field of the form.
    Field {
        /// The field's key.
        key: String,
    },
    /// It is the day of the rows below it.
    Day,
    /// It is a row of the timeline, or goes on with the one before.
    Timeline,
    /// It is an action.
    Action,
    /// It is a lesson, or goes on with the one before.
    Lesson {
        /// What kind.
        #[serde(rename = "lesson")]
        kind: LessonRank,
    },
    /// It is a row of the table of linked incidents.
    Linked,
    /// It belongs to the frame of the letter.
    Letter {
        /// Which part of it.
        part: LetterPart,
    },
    /// It names who signs.
    Signatory,
    /// It says who may read the report.
    Marking,
    /// It waits in the tray.
    Tray,
    /// It is left out.
    Dropped {
        /// The rule that says so.
        rule: String,
    },
}

/// What kind of lesson a piece is; [`LessonKind`] with an order.
#[derive(Clone, Copy, Debug, Eq, Hash, Ord, PartialEq, PartialOrd, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
#[ts(export)]
pub enum LessonRank {
    /// It went well.
    Good,
    /// It did not.
    Bad,
    /// It went well by luck.
    Lucky,
}

impl From<LessonRank> for LessonKind {
    fn from(rank: LessonRank) -> Self {
        match rank {
            LessonRank::Good => LessonKind::Good,
            LessonRank::Bad => LessonKind::Bad,
            LessonRank::Lucky => LessonKind::Lucky,
        }
    }
}

/// A part of the frame of a letter.
#[derive(Clone, Copy, Debug, Eq, Hash, Ord, PartialEq, PartialOrd, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
#[ts(export)]
pub enum LetterPart {
    /// Place and date.
    Dateline,
    /// "Dear customer,".
    Salutation,
    /// "Yours sincerely,".
    Closing,
}
