//! The main job from end to end, without a window: the sample filled, checked, signed and verified.

use crate::export::{self, NotExported, Order};
use crate::fault::{Fault, FaultCode};
use crate::filing::Verification;
use crate::ports::World;
use crate::{because, checking, documents, identities, verification};
use paper::Press;
use seal::Signer;
use std::ops::ControlFlow;
use std::path::{Path, PathBuf};

/// What a demonstration leaves.
#[derive(Debug)]
pub struct Demo {
    /// The sample as data.
    pub json: PathBuf,
    /// The signed file.
    pub pdf: PathBuf,
    /// Pages of it.
    pub pages: usize,
    /// Findings that the sample still has.
    pub findings: usize,
    /// What it says when it is read back from the disk.
    pub verification: Verification,
}

/// Fills, checks, signs and verifies the sample in `folder`. The identity is made for this one file and its key is not kept.
///
/// # Errors
/// Those of the disk; a sample that does not verify is one as well.
pub fn demo(world: &World, folder: &Path) -> Result<Demo, Fault> {
    world.files.make_folder(folder).map_err(|fault| because::of_folder(folder, &fault))?;
    let report =
        report::catalogue::sample("sec-h9-summary").ok_or_else(|| Fault::new(FaultCode::NoSuchTemplate, "the sample is not built in"))?;
    let (json, pdf) = (folder.join("report.json"), folder.join("report.pdf"));
    documents::write_with_files(world, &json, &report, &documents::sample_files(&report))?;
    let report = documents::read_report(world, &json)?;
    let files = documents::beside(world, &json, &report)?;
    let identity = identity(world, &report)?;
    let own = [identity.credentials().certificate().clone()];
    let signers: [Box<dyn Signer>; 1] = [Box::new(identity)];
    let order =
        Order { report: &report, files: &files, paper: paper::Paper::A4, draft: None, signers: &signers, authorities: &[], reach: None };
    let exported =
        export::export(world, &mut Press::default(), &order, &pdf, &mut |_| ControlFlow::Continue(())).map_err(|why| match why {
            NotExported::Fault(fault) => fault,
            NotExported::Blocked(findings) => Fault::new(FaultCode::Blocked, format!("{} findings block the sample", findings.len())),
        })?;
    let bytes = documents::read_bytes(world, &pdf)?;
    let anchors = seal::Anchors { certificates: &own, fingerprints: &[] };
    let verification = verification::verify(world, &pdf, &bytes, anchors)?;
    Ok(Demo { json, pdf, pages: exported.pages, findings: checking::check(&report, world.clock.now()).len(), verification })
}

fn identity(world: &World, report: &report::Report) -> Result<seal::Identity, Fault> {
    let person = report.signatories.first().map(|signatory| &signatory.person);
    let (name, organisation) = person.map_or(("Specimen", ""), |person| (person.name.as_str(), person.organisation.as_str()));
    identities::unkept(world, name, organisation)
}
