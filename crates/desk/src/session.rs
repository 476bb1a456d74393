//! A sitting: a report open for editing, with the way back, and how much of it is on disk. Always true: what a sitting shows is one text
//! from its first key to its last. Where the library parts its text from the report it was opened as, the sitting goes with its text.

use crate::autosave::Autosave;
use crate::desk::Desk;
use crate::fault::{Fault, FaultCode};
use report::History;
use report::ids::ReportId;
use serde::{Deserialize, Serialize};
use std::fmt;
use store::{RevisionId, Seq, State};
use ts_rs::TS;
use uuid::Uuid;

/// One opening of a report. Acts name it, so that one made on a text reaches that text and no other, whatever report it belongs to by then.
#[derive(Clone, Copy, Debug, Eq, Hash, Ord, PartialEq, PartialOrd, Serialize, Deserialize, TS)]
#[serde(transparent)]
#[ts(export)]
pub struct Sitting(pub Uuid);

impl fmt::Display for Sitting {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

/// How an act names an open report. The window names the sitting.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Named {
    /// The report that is open under that identity now.
    Report(ReportId),
    /// The text of that sitting.
    Sitting(Sitting),
}

impl From<ReportId> for Named {
    fn from(report: ReportId) -> Self {
        Named::Report(report)
    }
}

impl From<Sitting> for Named {
    fn from(sitting: Sitting) -> Self {
        Named::Sitting(sitting)
    }
}

/// A report open for editing.
pub(crate) struct Session {
    /// Which sitting it is.
    pub(crate) sitting: Sitting,
    /// The text, and what the library holds of it.
    pub(crate) text: Text,
    /// How many edits it has seen.
    pub(crate) number: u64,
    /// When to save.
    pub(crate) autosave: Autosave,
    /// When a revision was last made of it, by the steady clock.
    pub(crate) checkpoint_ms: u64,
    /// The other side of the step from a signed text to its next version, where the step was made in this sitting.
    pub(crate) beside: Beside,
    /// Whether it said nothing of its own when it was opened: left like that, it goes without a trace.
    pub(crate) blank: bool,
}

/// A text with the way back, and what the library holds of it.
pub(crate) struct Text {
    /// The report with undo and redo.
    pub(crate) history: History,
    /// The save it was made from.
    pub(crate) seq: Seq,
    /// The revision it stands on.
    pub(crate) head: RevisionId,
    /// When its last edit reached the disk, RFC 3339.
    pub(crate) saved_at: String,
    /// Its state in the library.
    pub(crate) state: State,
}

/// What lies on the other side of a step from one version to the next.
#[derive(Default)]
pub(crate) enum Beside {
    /// No step was made.
    #[default]
    Nothing,
    /// The signed text that this one went on from: undo leads back to it.
    Signed(Box<Text>),
    /// The next version, taken back: redo leads forward to it.
    Next(Box<Text>),
}

impl Text {
    pub(crate) fn id(&self) -> ReportId {
        self.history.report().id
    }
}

impl Session {
    /// The report it is open as now.
    pub(crate) fn id(&self) -> ReportId {
        self.text.id()
    }
}

impl Desk {
    /// Does something with an open report.
    pub(crate) fn with_session<T>(&self, which: impl Into<Named>, act: impl FnOnce(&mut Session) -> Result<T, Fault>) -> Result<T, Fault> {
        let which = which.into();
        let mut sessions = self.sessions();
        let session = sessions.iter_mut().find(|session| session.is(which)).ok_or_else(|| not_open(which))?;
        act(session)
    }

    /// The report that a sitting is open as now.
    pub(crate) fn id_of(&self, which: impl Into<Named>) -> Result<ReportId, Fault> {
        self.with_session(which, |session| Ok(session.id()))
    }

    /// An open report as it is now, unsaved edits included.
    pub(crate) fn report_of(&self, which: impl Into<Named>) -> Result<report::Report, Fault> {
        self.with_session(which, |session| Ok(session.text.history.report().clone()))
    }
}

impl Session {
    pub(crate) fn is(&self, which: Named) -> bool {
        match which {
            Named::Report(report) => self.id() == report,
            Named::Sitting(sitting) => self.sitting == sitting,
        }
    }
}

fn not_open(which: Named) -> Fault {
    let words = match which {
        Named::Report(report) => format!("the report {report} is not open"),
        Named::Sitting(sitting) => format!("the sitting {sitting} has ended"),
    };
    Fault::new(FaultCode::NoSuchReport, words)
}
