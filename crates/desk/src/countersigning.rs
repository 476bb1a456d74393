//! A further signature in the window: what its signer sees before, and the act.
//! Always true: the file that was opened stays as it is; what is written is read back and judged before it gets its name.

use crate::because;
use crate::desk::Desk;
use crate::documents;
use crate::fault::{Fault, FaultCode};
use crate::filing::{Exported, FurtherRequest, Progress, Verification};
use crate::further::{self, Countersigned, Further};
use crate::verification;
use serde::Serialize;
use std::ops::ControlFlow;
use std::path::Path;
use std::sync::atomic::Ordering;
use ts_rs::TS;

/// What a person sees of a file before they sign it too.
#[derive(Clone, Debug, Serialize, TS)]
#[ts(export)]
pub struct ToSign {
    /// What it says as it is.
    pub verification: Verification,
    /// The places for signatures that its pages show, in the order of its form.
    pub places: Vec<PlaceToSign>,
    /// Why it is not signed further, where it is not.
    pub refused: Option<Fault>,
}

/// A place for a signature.
#[derive(Clone, Debug, Serialize, TS)]
#[ts(export)]
pub struct PlaceToSign {
    /// The field's full name.
    pub field: String,
    /// The page that shows it, from 0; none if no page does.
    pub page: Option<usize>,
    /// Left, bottom, right and top on that page, in points of the file.
    pub rect: [f32; 4],
    /// Whether somebody has signed here.
    pub signed: bool,
    /// The part of whoever signs here, as the report has it; empty where it says nothing.
    pub part: String,
    /// For whom the report made it; empty for anybody.
    pub name: String,
}

impl Desk {
    /// What a person sees of the file at `path` before they sign it too.
    ///
    /// # Errors
    /// Only a file that cannot be read at all.
    pub fn to_sign(&self, path: &Path) -> Result<ToSign, Fault> {
        let pdf = documents::read_bytes(&self.world, path)?;
        let mut verification = verification::verify(&self.world, path, &pdf, seal::Anchors::default())?;
        self.mark_confirmed(path, &mut verification);
        let places = seal::places(&pdf).map_err(|fault| because::of_pdf(path, &fault))?;
        let (report, refused) = match further::see_ready(&self.world, path, &pdf) {
            Ok(report) => (report, None),
            Err(fault) => (None, Some(fault)),
        };
        let places = further::made_for(&places, report.as_ref()).into_iter().map(|(place, signatory)| PlaceToSign {
            field: place.field.clone(),
            page: place.page.and_then(|page| usize::try_from(page).ok()?.checked_sub(1)),
            rect: place.rect,
            signed: place.signed,
            part: signatory.map_or_else(String::new, |one| one.part.trim().to_owned()),
            name: signatory.map_or_else(String::new, |one| one.person.name.trim().to_owned()),
        });
        Ok(ToSign { verification, places: places.collect(), refused })
    }

    /// Signs a file that lies there, into a new file, and notes that where the library knows the file.
    ///
    /// # Errors
    /// Those of [`further::sign`], a wrong passphrase, and [`FaultCode::Unreadable`] where the new file would take the place of the opened one.
    pub fn sign_further(&self, request: &FurtherRequest, progress: &mut dyn FnMut(Progress)) -> Result<Exported, Fault> {
        self.stop_export.store(false, Ordering::SeqCst);
        let (path, output) = (Path::new(&request.path), Path::new(&request.output));
        see_apart(path, output)?;
        let signer = self.unlocked(&request.sign)?;
        let authorities = if request.sign.trusted_time { self.settings()?.authorities() } else { Vec::new() };
        let before = documents::read_bytes(&self.world, path)?;
        let wanted = Further { signer: signer.as_ref(), field: request.field.as_deref(), reason: None, authorities: &authorities };
        let mut watch = |step| {
            progress(step);
            if self.stop_export.load(Ordering::SeqCst) { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
        };
        let Countersigned { bytes, sha256, no_trusted_time, .. } = further::sign(&self.world, path, &wanted, output, &mut watch)?;
        let signers = vec![signer.credentials().facts().name.clone()];
        let mut made = Exported {
            path: request.output.clone(),
            pages: 0,
            bytes,
            sha256,
            signers,
            no_trusted_time,
            lacking: Vec::new(),
            unnoted: None,
        };
        made.unnoted = self.note_made_of(&before, &made).err();
        Ok(made)
    }
}

/// What was opened stays as it is, also where a disk does not tell large letters from small ones.
pub(crate) fn see_apart(path: &Path, output: &Path) -> Result<(), Fault> {
    if !path.as_os_str().eq_ignore_ascii_case(output.as_os_str()) {
        return Ok(());
    }
    let reason = "it is the file that was opened, which stays as it is";
    let words = format!("{}: {reason}; choose another name", output.display());
    Err(Fault::new(FaultCode::Unreadable, words).with("path", output.display()).with("reason", reason))
}
