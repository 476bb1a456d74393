//! The printed page: a report becomes PDF/A-3a and PDF/UA-1 bytes.
//!
//! ```text
//! Report ─ compose ─► strips + logical tree ─ flow ─► pages ─ write ─► PDF
//! ```
//!
//! Always true: the same input gives the same bytes; nothing here reads a clock, a file or a font of the machine.
//! Deliberately absent: signing, storing, and any rule about what a report must say.

mod chart;
mod compose;
mod composer;
mod contents;
mod diagram;
mod display;
mod face;
mod figure;
mod flow;
mod glyphs;
mod header_table;
mod key_figures;
mod marking;
mod measure;
mod paragraph;
mod press;
pub mod read;
#[cfg(test)]
mod readable;
mod script;
mod section;
mod signature_box;
mod strip;
mod table;
mod text;
mod ties;
mod timeline;
mod tree;
mod whys;
mod write;

pub use face::Face;
pub use figure::Unreadable;
pub use glyphs::draws;
pub use measure::Paper;
pub use press::{Draft, Issue, MissingGlyph, Press, PrintError, Printed, SignatureField, Spot, Step};
pub use script::script_words;
pub use write::WriteError;
