//! What an act says when it cannot be done: a code the screen acts on, the facts, and a number that finds it in the log.
//! Always true: a fault leaves everything as it was. Deliberately absent: sentences; the window's are in its table of words.

use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use ts_rs::TS;

/// Why an act was not done.
#[derive(Clone, Debug, Eq, PartialEq, Serialize, Deserialize, TS, thiserror::Error)]
#[error("{detail}")]
#[ts(export)]
pub struct Fault {
    /// What the screen acts on.
    pub code: FaultCode,
    /// The facts in plain words, without report content; the command line prints it.
    pub detail: String,
    /// The facts by name (a path, a version), for the window's own sentence.
    pub facts: BTreeMap<String, String>,
}

/// The kinds of fault a person can do something about, each in its own way.
#[derive(Clone, Copy, Debug, Eq, Hash, Ord, PartialEq, PartialOrd, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
#[ts(export)]
pub enum FaultCode {
    /// An edit made no sense; facts: `reason`.
    Refused,
    /// The report is signed, and what was signed is not changed; its next version is. Facts: `version`.
    Signed,
    /// Another text was signed under this version already; facts: `version`, `next` (a free one).
    VersionTaken,
    /// The report is not in the library.
    NoSuchReport,
    /// There is no such template; facts: `template`.
    NoSuchTemplate,
    /// Something blocks filing; the findings are in the check.
    Blocked,
    /// The disk is full; facts: `path`.
    DiskFull,
    /// No permission; facts: `path`.
    NoPermission,
    /// The folder or file is gone; facts: `path`.
    Gone,
    /// A file could not be read or written for another reason; facts: `path`, `reason`.
    Unreadable,
    /// The file is larger than what is taken; facts: `path`, `limit`.
    TooLarge,
    /// The library was made by a newer version; facts: `path`, `found`, `known`.
    LibraryNewer,
    /// The library's file is damaged; facts: `path`.
    LibraryDamaged,
    /// The library is busy with another process.
    LibraryBusy,
    /// The library was moved to a place that cannot be reached now; facts: `path`.
    LibraryAway,
    /// The library is open in another window or program, and what was asked needs it alone.
    LibraryShared,
    /// A library lies at that place already; facts: `path`.
    PlaceTaken,
    /// Another report goes on from one that was to be deleted for good; facts: `name`, `by`.
    GoesOn,
    /// The passphrase does not open the identity, or a PIN its token; facts of the latter: `reason`, `token`.
    WrongPassphrase,
    /// The file is no identity, or one we cannot use; facts: `reason`, and `token` where it is about a card or token.
    BadIdentity,
    /// The identity is expired or not yet valid; facts: `not_before`, `not_after`.
    IdentityNotValid,
    /// The file is not a PDF; facts: `path`.
    NotPdf,
    /// The PDF ends too early or is damaged; facts: `path`.
    DamagedPdf,
    /// The PDF is encrypted; facts: `path`, `locked` (`writing`: it opens, but nothing can be added; `password`; `unknown`: in a way not known here).
    EncryptedPdf,
    /// The PDF carries no report; facts: `path`.
    NoReportInside,
    /// The report was written by a newer version; facts: `found`, `known`.
    ReportNewer,
    /// The file is no report of ours; facts: `reason`.
    NotAReport,
    /// The text could not be read for import; facts: `path`, `reason` (a sentence).
    NotImported,
    /// A file the report names was not found or differs; facts: `name`.
    AttachmentMissing,
    /// There is no place left to sign, or none that this signature may go to; facts: `reason`.
    NoPlaceToSign,
    /// The picture cannot be used; facts: `name`, `reason`.
    BadPicture,
    /// No trusted time could be had; facts: `reason`.
    NoTrustedTime,
    /// Nothing was added to a file, because it is not signed or not sound; facts: `path`, `reason`.
    NotExtended,
    /// The window's page ended by itself and was opened anew; facts: `unsaved`, why the open reports could not be saved, where they could not.
    PageEnded,
    /// The person cancelled.
    Cancelled,
    /// Something else went wrong; the log has the chain.
    Internal,
}

impl Fault {
    /// A fault with its facts.
    pub fn new(code: FaultCode, detail: impl Into<String>) -> Self {
        Self { code, detail: detail.into(), facts: BTreeMap::new() }
    }

    /// The same with one more fact.
    pub fn with(mut self, name: &str, fact: impl ToString) -> Self {
        self.facts.insert(name.to_owned(), fact.to_string());
        self
    }
}
