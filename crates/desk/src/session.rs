//! A report open for editing: the report with the way back, and how much of it is on disk.

use crate::autosave::Autosave;
use report::History;
use store::{Seq, State};

/// A report open for editing.
pub(crate) struct Session {
    /// The report with undo and redo.
    pub(crate) history: History,
    /// How many edits it has seen.
    pub(crate) number: u64,
    /// The save its text was made from.
    pub(crate) seq: Seq,
    /// When to save.
    pub(crate) autosave: Autosave,
    /// When its last edit reached the disk, RFC 3339.
    pub(crate) saved_at: String,
    /// Its state in the library.
    pub(crate) state: State,
    /// When a revision was last made of it, by the steady clock.
    pub(crate) checkpoint_ms: u64,
    /// Whether it said nothing of its own when it was opened: left like that, it goes without a trace.
    pub(crate) blank: bool,
}
