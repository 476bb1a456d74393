//! Printing: a report and the bytes of its files become pages. Always true: every attached file is there and is the one recorded, or
//! nothing is printed.

use crate::because;
use crate::fault::{Fault, FaultCode};
use chrono::{DateTime, Utc};
use paper::{Issue, Press, PrintError, Printed, Step};
use report::Report;
use report::ids::AttachmentId;
use sha2::{Digest, Sha256};
use std::collections::BTreeMap;
use std::ops::ControlFlow;
use std::sync::Arc;

/// The program as the file names it.
pub(crate) const PRODUCER: &str = concat!("Rapporteur ", env!("CARGO_PKG_VERSION"));

/// The bytes of a report's files.
pub type Bytes = BTreeMap<AttachmentId, Arc<[u8]>>;

/// How to print.
#[derive(Clone, Copy, Debug)]
pub struct Sheet {
    /// The paper.
    pub paper: paper::Paper,
    /// Which draft it is; none is the filed form.
    pub draft: Option<u32>,
    /// How many will sign it.
    pub signers: usize,
    /// When it is issued.
    pub at: DateTime<Utc>,
}

/// Gathers the bytes of every attached file from `fetch`, each held against its recorded SHA-256.
///
/// # Errors
/// [`FaultCode::AttachmentMissing`] names the first that is not there or differs.
pub fn gather(report: &Report, fetch: &mut dyn FnMut(&report::papers::Attachment) -> Result<Vec<u8>, Fault>) -> Result<Bytes, Fault> {
    report.attachments.iter().map(|file| Ok((file.id, recorded(file, fetch(file)?)?.into()))).collect()
}

/// The bytes of a file, where they are those that were recorded.
///
/// # Errors
/// [`FaultCode::AttachmentMissing`] where they are others.
pub fn recorded(file: &report::papers::Attachment, found: Vec<u8>) -> Result<Vec<u8>, Fault> {
    let words = if sha256(&found) != file.sha256 {
        format!("the file “{}” is not the one this report recorded: its SHA-256 differs", file.name)
    } else if found.len() as u64 != file.size {
        format!("the file “{}” has {} bytes, and the report says {}", file.name, found.len(), file.size)
    } else {
        return Ok(found);
    };
    Err(Fault::new(FaultCode::AttachmentMissing, words).with("name", &file.name))
}

/// Prints.
///
/// # Errors
/// [`FaultCode::Cancelled`] when `watch` says stop.
pub fn print(
    press: &mut Press,
    report: &Report,
    files: &Bytes,
    sheet: Sheet,
    watch: &mut dyn FnMut(Step) -> ControlFlow<()>,
) -> Result<Printed, Fault> {
    let draft = sheet.draft.map(|number| paper::Draft { number, date: sheet.at.date_naive() });
    let recorded = report.prints(report::template::Annex::Record);
    let findings = if recorded { crate::checking::check(report, sheet.at) } else { Vec::new() };
    let issue =
        Issue { paper: sheet.paper, draft, issued_at: sheet.at, files, findings: &findings, producer: PRODUCER, signers: sheet.signers };
    press.print(report, &issue, watch).map_err(|fault| match fault {
        PrintError::Cancelled => Fault::new(FaultCode::Cancelled, "cancelled"),
        PrintError::Write(fault) => because::internal(&fault),
    })
}

/// The SHA-256 of bytes, 64 lower-case hexadecimal digits.
pub fn sha256(bytes: &[u8]) -> String {
    hex::lower::encode_string(&Sha256::digest(bytes))
}

/// The same of bytes that come one part after another.
#[derive(Default)]
pub struct Digesting(Sha256);

impl Digesting {
    /// SHA-256 of all that came, as 64 hexadecimal digits.
    pub fn finish(self) -> String {
        hex::lower::encode_string(&self.0.finalize())
    }
}

impl std::io::Write for Digesting {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        self.0.update(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}
