//! What the library knows of a file: whether it was made here, and the versions of its report that lie in the library.
//! Always true: what a file says of itself proves nothing here; it is known by its own fingerprint, or by a text that is the same to the letter.

use crate::because;
use crate::desk::Desk;
use crate::documents;
use crate::fault::{Fault, FaultCode};
use crate::printing::sha256;
use chrono::SecondsFormat;
use report::ids::ReportId;
use serde::Serialize;
use std::path::Path;
use ts_rs::TS;

/// What the library knows of a file.
#[derive(Clone, Debug, Serialize, TS)]
#[ts(export)]
pub struct KnownFile {
    /// When this very file was made here, RFC 3339; none where only its report is known.
    pub made_at: Option<String>,
    /// The versions of its report that lie in the library, the first one first.
    pub versions: Vec<KnownVersion>,
}

/// A version of a report in the library.
#[derive(Clone, Debug, Serialize, TS)]
#[ts(export)]
pub struct KnownVersion {
    /// The report.
    pub report: ReportId,
    /// What it is called.
    pub title: String,
    /// Its number.
    pub version: String,
    /// Whether this version was signed.
    pub signed: bool,
}

impl Desk {
    /// What the library knows of the file; none where it knows nothing.
    ///
    /// # Errors
    /// A file that cannot be read, and those of reading the library.
    pub fn known_file(&self, path: &Path) -> Result<Option<KnownFile>, Fault> {
        let pdf = documents::read_bytes(&self.world, path)?;
        let reading = |fault| because::of_reading(&fault);
        let digest = sha256(&pdf).parse().map_err(|cause| Fault::new(FaultCode::Internal, format!("no digest: {cause}")))?;
        let made = self.library().exports_of_file(digest).map_err(reading)?.into_iter().next();
        let kin = match (&made, documents::report_inside(path, &pdf)) {
            (Some(export), _) => Some(export.report),
            (None, Ok(report)) => self.library().revision_of(&report).map_err(reading)?.map(|(_, kin)| kin),
            (None, Err(_)) => None,
        };
        let Some(kin) = kin else { return Ok(None) };
        let mut versions: Vec<KnownVersion> = Vec::new();
        for one in self.library().lineage(kin).map_err(reading)? {
            let known = versions.iter().position(|version| version.report == one.report);
            let signed = one.signed.is_some() || known.is_some_and(|at| versions[at].signed);
            let version = KnownVersion { report: one.report, title: one.text.name().to_owned(), version: one.text.version.clone(), signed };
            match known {
                Some(at) => versions[at] = version,
                None => versions.push(version),
            }
        }
        let made_at = made.map(|export| export.at.to_rfc3339_opts(SecondsFormat::Secs, true));
        Ok(Some(KnownFile { made_at, versions }))
    }
}
