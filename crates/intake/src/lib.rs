//! Foreign text in, a report out. Always true: every word of the source is placed, waits in the tray, or is listed as dropped; the same
//! bytes with the same choices give the same report. Deliberately absent: files, the network, windows.
//!
//! The way of a text: `read` gives a [`source::Source`]; `piece` cuts it into the smallest parts that can be placed; `furniture` takes out
//! what a page says about itself; `form` recognises the form; `route` gives every piece a place; `build` makes the report of them.

mod addresses;
mod asking;
mod body;
mod build;
mod choices;
mod columns;
mod compare;
mod cues;
mod dayless;
mod days;
mod fields;
mod form;
mod furniture;
mod import;
mod labels;
mod language;
mod lessons;
mod letter;
mod marking;
mod near;
pub mod outgoing;
mod papers;
mod phrases;
mod piece;
pub mod read;
mod references;
mod route;
mod ruling;
pub mod source;
mod strays;
mod subject;
mod timeline;
mod to;
mod told;
mod two_lines;
pub mod words;
mod zone_of_report;
mod zone_stated;
mod zones;

pub use choices::{Choices, Moved, Question, QuestionKind, QuestionOption, Side};
pub use form::Fit;
pub use import::{Counts, Intake, Placement, Slot, import};
pub use to::{LessonRank, LetterPart, To};
