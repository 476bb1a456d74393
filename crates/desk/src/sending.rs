//! From the desk to a file and back: exporting an open report, opening a file as the next version.

use crate::because;
use crate::desk::Desk;
use crate::documents::{self, read_bytes};
use crate::export::{self, NotExported, Order};
use crate::fault::{Fault, FaultCode};
use crate::filing::{ExportRequest, Exported, IdentityKind, Progress, SignRequest};
use crate::identities;
use crate::printing::sha256;
use crate::session::{Named, Sitting};
use crate::versions::next_version;
use crate::view::{KeptApart, Opened, SaveNews};
use chrono::{DateTime, Utc};
use paper::Press;
use report::Report;
use report::ids::ReportId;
use seal::{Passphrase, Signer};
use std::ops::ControlFlow;
use std::path::Path;
use std::sync::atomic::Ordering;
use std::thread;
use std::time::Duration;
use store::{Export, ExportKind, Reason, RevisionId, SigningTurn};

impl Desk {
    /// Exports an open report, as it is saved, and notes what was made. `progress` is told of each step.
    ///
    /// # Errors
    /// [`FaultCode::Blocked`], [`FaultCode::VersionTaken`], [`FaultCode::Cancelled`], a wrong passphrase, the disk's; nothing was written then.
    /// [`FaultCode::Refused`] where another window overtook the text: what would be signed is not what this person saw. Its fact `copy`
    /// names the report that holds their text.
    pub fn export(&self, which: impl Into<Named>, request: ExportRequest, progress: &mut dyn FnMut(Progress)) -> Result<Exported, Fault> {
        self.stop_export.store(false, Ordering::SeqCst);
        let which = which.into();
        // From the look at the number until the signing is noted: two windows never sign two texts under one number.
        let _signing = if request.draft { None } else { Some(self.signing_turn()?) };
        let (sitting, report, revision) = self.fixed(which, &request)?;
        let signers = self.signer(&request)?;
        let files = self.files_of(&report)?;
        let draft = if request.draft { Some(self.next_draft(report.id)?) } else { None };
        let settings = self.settings()?;
        let trusted = request.sign.as_ref().is_some_and(|sign| sign.trusted_time);
        let authorities = if trusted { settings.authorities() } else { Vec::new() };
        let order = Order {
            report: &report,
            files: &files,
            paper: settings.paper.into(),
            draft,
            signers: signers.as_slice(),
            authorities: &authorities,
            reach: None,
        };
        let mut watch = |step| {
            progress(step);
            if self.stop_export.load(Ordering::SeqCst) { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
        };
        let mut exported =
            export::export(&self.world, &mut Press::default(), &order, Path::new(&request.path), &mut watch).map_err(plain)?;
        exported.unnoted = self.note(sitting, report.id, revision, &exported, !signers.is_empty()).err();
        Ok(exported)
    }

    /// Waits until no other window or process signs.
    fn signing_turn(&self) -> Result<SigningTurn, Fault> {
        loop {
            if let Some(turn) = self.library().try_signing() {
                return Ok(turn);
            }
            if self.stop_export.load(Ordering::SeqCst) {
                return Err(Fault::new(FaultCode::Cancelled, "the export was cancelled; nothing was written"));
            }
            thread::sleep(Duration::from_millis(50));
        }
    }

    /// The text as it will be printed, saved and kept as a revision.
    fn fixed(&self, which: Named, request: &ExportRequest) -> Result<(Sitting, Report, RevisionId), Fault> {
        let _turn = self.turn();
        if let SaveNews::KeptBoth { copy, .. } = self.save_in_turn(which)? {
            return Err(overtaken(copy));
        }
        let (sitting, report) = self.with_session(which, |session| Ok((session.sitting, session.text.history.report().clone())))?;
        if !request.draft {
            export::refuse_blocked(&report, self.world.clock.now()).map_err(plain)?;
            self.see_number_free(&report)?;
        }
        let reason = if request.draft { Reason::BeforeExport } else { Reason::Signed };
        if let Some(revision) = self.checkpoint(sitting, reason)? {
            return Ok((sitting, report, revision));
        }
        match self.keep_apart(sitting, KeptApart::Overtaken)? {
            SaveNews::KeptBoth { copy, .. } => Err(overtaken(copy)),
            _ => Err(Fault::new(FaultCode::Internal, "a text that was kept apart has no copy")),
        }
    }

    /// Asks the export under way to stop at its next step.
    pub fn cancel_export(&self) {
        self.stop_export.store(true, Ordering::SeqCst);
    }

    /// Begins the next version from the report inside a PDF, or from a `report.json` with its files beside it.
    /// What is in the library already is not touched.
    ///
    /// # Errors
    /// When the file carries no report of ours, or a file of it is missing.
    pub fn open_next_version(&self, path: &Path) -> Result<Opened, Fault> {
        let bytes = read_bytes(&self.world, path)?;
        let (mut report, files) = if bytes.starts_with(b"%PDF-") {
            documents::inside(path, &bytes)?
        } else {
            let report = documents::read_report(&self.world, path)?;
            let beside = documents::beside(&self.world, path, &report)?;
            let files = report.attachments.iter().filter_map(|file| Some((file.name.clone(), beside.get(&file.id)?.to_vec()))).collect();
            (report, files)
        };
        self.take_files(&report, &files)?;
        let before = report.clone();
        report.id = ReportId::new(&mut self.world.ids());
        let (first, by) = (self.provenance(), self.provenance());
        let known = self.library().revision_of(&before).map_err(|fault| because::of_reading(&fault))?;
        report.version = match known {
            Some((_, kin)) => self.number_after(&before.version, kin)?,
            None => next_version(&before.version),
        };
        let taken = match known {
            Some((parent, _)) => self.library().create_from(&report, parent, Reason::Imported, &by),
            // What it goes on from is kept with it.
            None => self.library().create_after(&before, &report, (&first, &by)),
        };
        taken.map_err(|fault| because::of_saving(&fault))?;
        self.open_report(report.id)
    }

    fn take_files(&self, report: &Report, files: &[(String, Vec<u8>)]) -> Result<(), Fault> {
        for file in &report.attachments {
            let bytes = files.iter().map(|(_, bytes)| bytes).find(|bytes| documents::is_file(file, bytes));
            let bytes = bytes.ok_or_else(|| {
                Fault::new(FaultCode::AttachmentMissing, format!("the file “{}” that the report names is missing or differs", file.name))
                    .with("name", &file.name)
            })?;
            self.library().put_blob(bytes, &file.media_type).map_err(|fault| because::of_saving(&fault))?;
        }
        Ok(())
    }

    fn signer(&self, request: &ExportRequest) -> Result<Vec<Box<dyn Signer>>, Fault> {
        let Some(sign) = request.sign.as_ref().filter(|_| !request.draft) else { return Ok(Vec::new()) };
        Ok(vec![self.unlocked(sign)?])
    }

    /// Who signs, opened.
    pub(crate) fn unlocked(&self, sign: &SignRequest) -> Result<Box<dyn Signer>, Fault> {
        let (path, passphrase) = (Path::new(&sign.identity), Passphrase::new(sign.passphrase.clone()));
        let (kind, signer): (_, Box<dyn Signer>) = if self.knows_token(&sign.identity)? {
            (IdentityKind::Token, Box::new(identities::on_token(&self.world, &sign.identity, None, &passphrase)?))
        } else {
            (IdentityKind::File, Box::new(identities::unlock(&self.world, path, &passphrase)?))
        };
        // One that has expired is known by that from now on.
        self.remember(kind, path, signer.credentials(), None)?;
        identities::see_valid(&self.world, signer.credentials())?;
        Ok(signer)
    }

    fn next_draft(&self, id: ReportId) -> Result<u32, Fault> {
        let made = self.library().exports(id).map_err(|fault| because::of_reading(&fault))?;
        let drafts = made.iter().filter(|export| export.kind == ExportKind::Draft).count();
        Ok(u32::try_from(drafts).unwrap_or(u32::MAX).saturating_add(1))
    }

    /// Notes what was made of a file that the library knows, beside what it knows of that. Of any other file there is nothing to note.
    pub(crate) fn note_made_of(&self, before: &[u8], made: &Exported) -> Result<(), Fault> {
        let digest = |hex: &str| hex.parse().map_err(|cause| Fault::new(FaultCode::Internal, format!("no digest: {cause}")));
        let known = self.library().exports_of_file(digest(&sha256(before))?).map_err(|fault| because::of_reading(&fault))?;
        let Some(earlier) = known.into_iter().find(|export| export.kind == ExportKind::Signed) else { return Ok(()) };
        let export = Export {
            signer: made.signers.first().cloned(),
            path: made.path.clone(),
            sha256: digest(&made.sha256)?,
            size: made.bytes,
            at: self.world.clock.now(),
            ..earlier
        };
        self.library().mark_exported(&export).map(drop).map_err(|fault| because::of_saving(&fault))
    }

    /// Notes in the library what was made. The file is there whether or not that can be done.
    fn note(&self, sitting: Sitting, id: ReportId, revision: RevisionId, exported: &Exported, signed: bool) -> Result<(), Fault> {
        let sha256 = exported.sha256.parse().map_err(|cause| Fault::new(FaultCode::Internal, format!("no digest: {cause}")))?;
        let at: DateTime<Utc> = self.world.clock.now();
        let kind = if signed { ExportKind::Signed } else { ExportKind::Draft };
        let signer = exported.signers.first().cloned();
        let export = Export { report: id, revision, kind, signer, path: exported.path.clone(), sha256, size: exported.bytes, at };
        let _turn = self.turn();
        let state = self.library().mark_exported(&export).map_err(|fault| because::of_saving(&fault))?;
        // Whatever was typed during the signing is not signed: its save will find that out, and begin the next version.
        let _ended = self.with_session(sitting, |session| {
            if session.id() == id && !session.autosave.waits() {
                session.text.state = state;
            }
            Ok(())
        });
        Ok(())
    }
}

/// Nobody signs a text that they have not seen.
fn overtaken(copy: ReportId) -> Fault {
    let words =
        "another window or process changed this report meanwhile; your text was kept as a copy beside it. Look at both, then export again";
    Fault::new(FaultCode::Refused, words).with("reason", words).with("copy", copy)
}

fn plain(why: NotExported) -> Fault {
    match why {
        NotExported::Fault(fault) => fault,
        NotExported::Blocked(findings) => {
            let sentences: Vec<&str> = findings.iter().map(|finding| finding.message.as_str()).collect();
            Fault::new(FaultCode::Blocked, sentences.join(" ")).with("count", findings.len())
        }
    }
}
