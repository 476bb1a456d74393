//! From report to file and back, as a person sees it: what was checked, who signs, what came out, what a file says.

use crate::fault::Fault;
use report::{Finding, Place};
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// What was checked before a report is filed.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
#[ts(export)]
pub struct Readiness {
    /// What blocks; empty when it may be filed.
    pub blocking: Vec<Finding>,
    /// Headings the form requires, and how many of them are there in order.
    pub headings: (usize, usize),
    /// Required answers, and how many are given.
    pub answers: (usize, usize),
    /// How many answers are "not yet known".
    pub not_yet_known: usize,
    /// Findings that still want an answer.
    pub unanswered: usize,
    /// Findings kept with a reason.
    pub accepted: usize,
    /// The file name offered.
    pub file_name: String,
    /// Pages the file will have.
    pub pages: usize,
    /// Attached files and their bytes.
    pub attachments: (usize, u64),
    /// The places for signatures: part and name.
    pub signatories: Vec<(String, String)>,
}

/// Where the key of an identity lies.
#[derive(Clone, Copy, Debug, Default, Eq, PartialEq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
#[ts(export)]
pub enum IdentityKind {
    /// In a file, under a passphrase.
    #[default]
    File,
    /// On a card or token, behind a PIN.
    Token,
}

/// An identity that can sign.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
#[ts(export)]
pub struct IdentityCard {
    /// Where its key lies.
    pub kind: IdentityKind,
    /// Where its file lies; the address of a key on a token.
    pub path: String,
    /// Whose it is.
    pub name: String,
    /// For whom they act.
    pub organisation: String,
    /// The SHA-256 of its certificate in hexadecimal; empty until it was first opened.
    pub fingerprint: String,
    /// Until when it is valid, RFC 3339; empty until it was first opened.
    pub not_after: String,
    /// Whether it was made on this machine.
    pub made_here: bool,
    /// Whether the file is there. A token is looked for when it is to sign.
    pub present: bool,
}

/// A new identity.
#[derive(Clone, Deserialize, TS)]
#[ts(export)]
pub struct NewIdentityRequest {
    /// Whose it is.
    pub name: String,
    /// For whom they act; may be empty.
    pub organisation: String,
    /// What it will be opened with.
    pub passphrase: String,
    /// Where its file goes; none takes the library's folder.
    pub path: Option<String>,
}

/// What to export.
#[derive(Clone, Deserialize, TS)]
#[ts(export)]
pub struct ExportRequest {
    /// Where the file goes.
    pub path: String,
    /// Whether it is a draft: watermarked, allowed whatever blocks, never signed.
    pub draft: bool,
    /// Who signs.
    pub sign: Option<SignRequest>,
}

/// Who signs.
#[derive(Clone, Deserialize, TS)]
#[ts(export)]
pub struct SignRequest {
    /// The identity, by its path or address in the list.
    pub identity: String,
    /// What it is opened with: its passphrase or PIN.
    pub passphrase: String,
    /// Whether the authority of the settings says when, instead of this machine's clock.
    #[serde(default)]
    pub trusted_time: bool,
}

/// A further signature on a file that lies there.
#[derive(Clone, Deserialize, TS)]
#[ts(export)]
pub struct FurtherRequest {
    /// The file.
    pub path: String,
    /// Where the signed one goes.
    pub output: String,
    /// Who signs.
    pub sign: SignRequest,
    /// The field; without one, the place that bears the signer's name, else the next free one.
    pub field: Option<String>,
}

/// How far an export is.
#[derive(Clone, Copy, Debug, Eq, PartialEq, Serialize, Deserialize, TS)]
#[serde(tag = "step", rename_all = "snake_case")]
#[ts(export)]
pub enum Progress {
    /// The pages are being set; how many are done.
    Setting {
        /// Pages done.
        pages: usize,
    },
    /// The file is being written.
    Writing,
    /// It is being signed.
    Signing,
    /// It is being read back and checked.
    Checking,
}

/// What came out.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
#[ts(export)]
pub struct Exported {
    /// Where the file lies.
    pub path: String,
    /// Its pages.
    pub pages: usize,
    /// Its bytes.
    pub bytes: u64,
    /// Its SHA-256.
    pub sha256: String,
    /// Who signed, in order.
    pub signers: Vec<String>,
    /// Why no trusted time was had, where one was asked for.
    pub no_trusted_time: Option<String>,
    /// What could not be had for the level that was asked for, a sentence each. Only the command line asks for one.
    #[serde(skip)]
    #[ts(skip)]
    pub lacking: Vec<String>,
    /// Why the library does not know of the file, where it could not be told: the report still counts as it did before.
    pub unnoted: Option<Fault>,
}

/// What a PDF says when it is read back.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
#[ts(export)]
pub struct Verification {
    /// The sum of it, derived last.
    pub bottom_line: BottomLine,
    /// The signatures, first to last.
    pub signatures: Vec<SignatureFacts>,
    /// The headings against the form's list; none where the file carries no report.
    pub headings: Option<HeadingFacts>,
    /// Whether the report travels inside as data.
    pub report_embedded: bool,
    /// The title, reference and version of the report inside.
    pub report: Option<ReportFacts>,
    /// The attached files.
    pub attachments: Vec<AttachmentFacts>,
    /// The file's name.
    pub file_name: String,
}

/// The sum of a verification.
#[derive(Clone, Copy, Debug, Eq, PartialEq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
#[ts(export)]
pub enum BottomLine {
    /// Signed, unchanged, complete.
    Sound,
    /// Nobody has signed it.
    NotSigned,
    /// Something was changed after signing.
    Changed,
    /// A signature was not made by the one it names, or contradicts itself.
    NotValid,
    /// A signature is of a kind that this build cannot check.
    NotChecked,
    /// Readers may show the file differently.
    Ambiguous,
    /// A signer is not among those trusted.
    NotTrusted,
    /// Required headings are missing or out of order.
    HeadingsMissing,
    /// An attached file differs from what was recorded.
    AttachmentsDiffer,
}

/// One signature.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
#[ts(export)]
pub struct SignatureFacts {
    /// The full name of the field it stands in.
    pub field: String,
    /// Who signed.
    pub signer: String,
    /// For whom.
    pub organisation: String,
    /// Whether the bytes signed are the bytes there.
    pub intact: bool,
    /// Whether the signature is the signer's.
    pub valid: bool,
    /// Whether it is of a kind that this build cannot check. It is then neither right nor wrong.
    pub unchecked: bool,
    /// Whether the signer is trusted.
    pub trusted: Trust,
    /// The PAdES level ("B-B", "B-T", "B-LT", "B-LTA").
    pub level: String,
    /// Whether it covers the whole file as it is.
    pub covers_whole_file: bool,
    /// What has changed since it was made.
    pub changed_since: ChangedSince,
    /// When it was made, RFC 3339.
    pub time: String,
    /// Who says so: the signer's own clock, or a time authority.
    pub time_source: String,
    /// The SHA-256 of the signer's certificate.
    pub fingerprint: String,
    /// When a person confirmed that fingerprint on this machine, RFC 3339; none where nobody did.
    pub confirmed_at: Option<String>,
    /// What is remarkable besides (an expired certificate, an odd digest).
    pub remarks: Vec<String>,
}

/// Whether a signer is trusted.
#[derive(Clone, Copy, Debug, Eq, PartialEq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
#[ts(export)]
pub enum Trust {
    /// Through a certificate given.
    Trusted,
    /// None of those given leads to them.
    NotTrusted,
    /// Nothing was given to trust.
    NotAsked,
}

/// What has changed since a signature.
#[derive(Clone, Debug, Eq, PartialEq, Serialize, Deserialize, TS)]
#[serde(tag = "kind", rename_all = "snake_case")]
#[ts(export)]
pub enum ChangedSince {
    /// Nothing.
    Nothing,
    /// Only what a signed file foresees: further signatures, proofs of them.
    Foreseen {
        /// What it was.
        what: Vec<String>,
    },
    /// Something else.
    Unexplained {
        /// What it was.
        what: Vec<String>,
    },
}

/// The headings of a file against its form.
#[derive(Clone, Debug, Eq, PartialEq, Serialize, Deserialize, TS)]
#[ts(export)]
pub struct HeadingFacts {
    /// How many the form requires.
    pub required: usize,
    /// How many of them the pages have.
    pub present: usize,
    /// Whether those stand in the form's order.
    pub in_order: bool,
    /// Those missing.
    pub missing: Vec<String>,
}

/// The report inside a file.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
#[ts(export)]
pub struct ReportFacts {
    /// What it is called.
    pub title: String,
    /// Its reference.
    pub reference: String,
    /// Its version.
    pub version: String,
    /// The form's short title.
    pub template: String,
}

/// An attached file.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
#[ts(export)]
pub struct AttachmentFacts {
    /// Its name.
    pub name: String,
    /// The SHA-256 of its bytes as they are.
    pub sha256: String,
    /// Whether that is what the report recorded.
    pub ok: bool,
}

/// Pages to look at.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
#[ts(export)]
pub struct Preview {
    /// Names these pages; ask for their bytes with it.
    pub token: String,
    /// How many there are.
    pub pages: usize,
    /// Where on paper each part of the report begins.
    pub anchors: Vec<Anchor>,
    /// Characters that no bundled font has.
    pub missing_glyphs: Vec<String>,
}

/// Where on paper a part begins.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
#[ts(export)]
pub struct Anchor {
    /// The part.
    pub place: Place,
    /// The page, from 0.
    pub page: usize,
    /// How far down, as a share of the page's height from 0 to 1.
    pub top: f32,
    /// Where it ends, likewise; 1 where it runs on.
    pub bottom: f32,
}
