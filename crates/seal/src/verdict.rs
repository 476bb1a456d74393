//! What can be said about the signatures of a PDF: separate facts, and a bottom line derived from them last.
//! Always true: a verdict is never an error. Whatever is wrong with a signature is a fact here; only a file that cannot be
//! read at all has no verdict.

mod caveat;

use chrono::{DateTime, Utc};
use serde::Serialize;

pub use caveat::{Caveat, Trust};

use crate::{Doubt, SignerFacts};

/// All facts about the signatures of one file.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Verdict {
    /// Signatures and document time-stamps, in the order of the form.
    pub signatures: Vec<SignatureVerdict>,
    /// What the author allowed to be changed afterwards, if the document is certified.
    pub certification: Option<Permissions>,
    /// Where readers may show the file differently. Empty for a file that all read alike.
    pub doubts: Vec<Doubt>,
    /// Bytes behind the end of the file, white space and NUL bytes all of them, beyond the end of the last line. No reader shows them.
    pub behind_the_end: usize,
}

/// All facts about one signature.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct SignatureVerdict {
    /// The field's full name.
    pub field: String,
    /// A person's signature or a document time-stamp.
    pub kind: Kind,
    /// Who signed, by the certificate. None if no certificate could be found.
    pub signer: Option<SignerFacts>,
    /// The bytes covered are those that were signed.
    pub intact: bool,
    /// The signature was made with the certificate's key, over this certificate and these bytes' digest.
    pub valid: bool,
    /// Whether the signer is someone the caller trusts.
    pub trusted: Trust,
    /// What weighs on that, or would if somebody were trusted.
    pub caveats: Vec<Caveat>,
    /// The moment by which it provably existed: a trusted authority vouches for it. Trust is judged at that moment, else now.
    pub proven_time: Option<DateTime<Utc>>,
    /// The level of the signature.
    pub level: Level,
    /// Whether the certificate was within its time when the signature was made. None if the time is not known.
    pub certificate_in_time: Option<bool>,
    /// Whether the signature covers the file to its last byte.
    pub covers_whole_file: bool,
    /// Where readers may show what was signed differently: it was ambiguous when it was signed.
    pub ambiguous: Vec<Doubt>,
    /// Where readers may take what was appended after it differently.
    pub ambiguous_since: Vec<Doubt>,
    /// What was changed after this signature.
    pub changed_since: ChangedSince,
    /// What this signature allows to be changed after it, if it certifies the document.
    pub certification: Option<Permissions>,
    /// When it was made.
    pub time: Option<DateTime<Utc>>,
    /// Who says so.
    pub time_source: TimeSource,
    /// Why it was made, in the signer's words.
    pub reason: Option<String>,
    /// Where it was made, in the signer's words.
    pub location: Option<String>,
    /// What is wrong with it, most fundamental first. Empty for an intact and valid signature.
    pub problems: Vec<Problem>,
}

/// What a signature field holds.
#[derive(Clone, Copy, Debug, Eq, PartialEq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Kind {
    /// Somebody's signature.
    Signature,
    /// A time-stamp over the whole document (ETSI EN 319 142-1 §5.4.3).
    DocumentTimestamp,
}

/// How much a signature carries with it.
#[derive(Clone, Copy, Debug, Eq, PartialEq, Serialize)]
pub enum Level {
    /// A plain CMS signature, not one of the PAdES levels.
    #[serde(rename = "CMS")]
    Cms,
    /// PAdES baseline B: the signer's certificate is signed along.
    #[serde(rename = "B-B")]
    BaselineB,
    /// PAdES baseline T: and a time authority vouches for the time, in the signature or over the document.
    #[serde(rename = "B-T")]
    BaselineT,
    /// PAdES baseline LT: and everything needed to judge it later travels with it.
    #[serde(rename = "B-LT")]
    BaselineLt,
    /// PAdES baseline LTA: and a time-stamp over the document covers that.
    #[serde(rename = "B-LTA")]
    BaselineLta,
    /// A time-stamp over the document.
    #[serde(rename = "timestamp")]
    DocumentTimestamp,
}

/// What a certified document allows afterwards (ISO 32000-2 table 257).
#[derive(Clone, Copy, Debug, Eq, Ord, PartialEq, PartialOrd, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Permissions {
    /// P = 1.
    NoChanges,
    /// P = 2.
    FormFillingAndSigning,
    /// P = 3. Annotations are nevertheless reported as changes: they can hide what was signed.
    AnnotationsToo,
}

/// Who vouches for the time of a signature.
#[derive(Clone, Debug, Eq, PartialEq, Serialize)]
#[serde(rename_all = "snake_case", tag = "kind")]
pub enum TimeSource {
    /// The clock of the machine on which it was made.
    SignerClock,
    /// A time-stamp authority.
    TimestampAuthority {
        /// The authority's name, by its certificate.
        name: Option<String>,
        /// Whether the token stamps this signature and its own signature holds.
        valid: bool,
        /// Whether a chain leads from the authority to a certificate the caller trusts.
        trusted: Trust,
    },
    /// Nobody: the signature states no time.
    Nobody,
}

/// What was changed in the file after a signature.
#[derive(Clone, Debug, Eq, PartialEq, Serialize)]
#[serde(rename_all = "snake_case", tag = "kind", content = "changes")]
pub enum ChangedSince {
    /// Nothing.
    Nothing,
    /// Only what the signature allows.
    ForeseenOnly(Vec<Foreseen>),
    /// Something else too.
    Unexplained(Vec<Change>),
}

/// A change that signed documents allow.
#[derive(Clone, Debug, Eq, Ord, PartialEq, PartialOrd, Serialize)]
#[serde(rename_all = "snake_case", tag = "kind")]
pub enum Foreseen {
    /// A further signature.
    FurtherSignature {
        /// The field signed.
        field: String,
    },
    /// A further signature, in a field that was not there before.
    SignatureInNewField {
        /// The field's name.
        field: String,
    },
    /// A time-stamp over the document.
    DocumentTimestamp {
        /// The field that holds it.
        field: String,
    },
    /// A form field was filled in.
    FormFilling {
        /// The field filled in.
        field: String,
    },
    /// Certificates and revocation data for judging the signatures later (the document security store).
    ValidationData,
    /// The date and tool of the last change.
    ModificationDate,
    /// The description of the document (XMP), which signing tools rewrite to note date and tool. It is not on any page.
    Metadata,
}

/// A change that nothing allows.
#[derive(Clone, Debug, Eq, Ord, PartialEq, PartialOrd, Serialize)]
pub struct Change {
    /// What sort of object it concerns.
    pub what: Part,
    /// What happened to it.
    pub how: How,
    /// The object's number, if it is a numbered object.
    pub object: Option<u32>,
}

/// The parts of a PDF a change can concern.
#[derive(Clone, Copy, Debug, Eq, Ord, PartialEq, PartialOrd, Serialize)]
#[serde(rename_all = "snake_case")]
#[allow(missing_docs, reason = "the names say it")]
pub enum Part {
    Catalog,
    PageTree,
    Page,
    PageContents,
    Annotation,
    SignatureField,
    Signature,
    FormField,
    Form,
    Appearance,
    Font,
    Image,
    Attachment,
    Metadata,
    StructureTree,
    Trailer,
    CrossReference,
    /// Bytes that belong to no update.
    StrayBytes,
    Other,
}

/// What happened to an object.
#[derive(Clone, Copy, Debug, Eq, Ord, PartialEq, PartialOrd, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum How {
    /// It is different.
    Altered,
    /// It is new, where nothing new may be.
    Added,
    /// It is gone.
    Removed,
    /// It is there but cannot be read, so nothing can be said about it.
    Unreadable,
    /// It would be allowed elsewhere, but this document's author forbade it.
    Forbidden,
}

/// What is wrong with a signature.
#[derive(Clone, Debug, Eq, PartialEq, Serialize)]
#[serde(rename_all = "snake_case", tag = "kind")]
pub enum Problem {
    /// The field's value is no signature dictionary.
    NotASignature,
    /// A format of signature that is not supported (or not secure).
    UnsupportedFormat {
        /// The /SubFilter.
        format: String,
    },
    /// The /ByteRange is missing or malformed.
    ByteRangeMissing,
    /// The byte range leaves out the file's beginning, overlaps or reaches beyond the end.
    ByteRangeOutOfBounds,
    /// The hole in the byte range holds more than the signature.
    ByteRangeHole,
    /// The byte range does not end where a revision of the file ends.
    ByteRangeNotARevision,
    /// The hole in the byte range is not this signature's /Contents.
    ByteRangeElsewhere,
    /// The revision that was signed does not hold this signature in this field.
    NotInSignedRevision,
    /// The cryptographic message cannot be read.
    UnreadableMessage,
    /// An algorithm that is not supported (or not secure).
    UnsupportedAlgorithm {
        /// Its object identifier.
        oid: String,
    },
    /// The signer's key is so short that it can be broken.
    WeakKey {
        /// Its length.
        bits: usize,
    },
    /// The signer's certificate does not travel with the signature.
    CertificateMissing,
    /// The certificate is not the one the signer committed to.
    CertificateReplaced,
    /// The signer committed to no certificate, as this format requires.
    CertificateNotNamed,
    /// The signer committed to other algorithms than those used (RFC 6211).
    AlgorithmsReplaced,
    /// The signed attributes are missing, doubled or contradict each other.
    AttributesMalformed,
    /// The bytes covered are not those that were signed.
    DigestMismatch,
    /// The signature value was not made with the certificate's key.
    SignatureMismatch,
    /// The time-stamp is for something else, or its own signature does not hold.
    TimestampInvalid,
}

impl Verdict {
    /// The bottom line: a file all readers read alike, with at least one signature; each intact and valid, with nothing unexplained changed since; no time-stamp
    /// broken; and, where the caller named somebody to trust, every signer trusted.
    pub fn sound(&self) -> bool {
        self.doubts.is_empty()
            && self.signatures.iter().any(|signature| signature.kind == Kind::Signature)
            && self.signatures.iter().all(SignatureVerdict::sound)
    }
}

impl SignatureVerdict {
    /// Whether it is of a kind that this build cannot check or does not accept, which says nothing for or against it.
    pub fn unchecked(&self) -> bool {
        let unknown = |problem: &Problem| {
            matches!(problem, Problem::UnsupportedFormat { .. } | Problem::UnsupportedAlgorithm { .. } | Problem::WeakKey { .. })
        };
        !self.problems.is_empty() && self.problems.iter().all(unknown)
    }

    /// This signature's part of the bottom line.
    pub fn sound(&self) -> bool {
        let time_holds = !matches!(self.time_source, TimeSource::TimestampAuthority { valid: false, .. });
        let unchanged = !matches!(self.changed_since, ChangedSince::Unexplained(_));
        // Trust in a time-stamp authority is a fact of its own; the caller's list is about signers.
        let trusted = self.trusted != Trust::NotTrusted || self.kind == Kind::DocumentTimestamp;
        self.intact && self.valid && self.ambiguous.is_empty() && unchanged && time_holds && trusted
    }
}
