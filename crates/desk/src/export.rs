//! Exporting: a report becomes one file. Always true: what blocks stops it before anything is written; the file is read back and judged
//! before it gets its name; the name then holds the whole file or what it held before.

use crate::checking;
use crate::fault::{Fault, FaultCode};
use crate::filing::{BottomLine, Exported, Progress};
use crate::ports::World;
use crate::printing::{self, Bytes, Sheet, sha256};
use crate::{because, signing, verification};
use paper::{Press, Step};
use report::{Finding, Report};
use seal::Identity;
use std::ops::ControlFlow;
use std::path::Path;

/// What to make of a report.
pub struct Order<'a> {
    /// The report.
    pub report: &'a Report,
    /// The bytes of its files.
    pub files: &'a Bytes,
    /// The paper.
    pub paper: paper::Paper,
    /// Which draft it is; none files it.
    pub draft: Option<u32>,
    /// Who signs, in order.
    pub signers: &'a [Identity],
}

/// Why nothing was written.
#[derive(Debug)]
pub enum NotExported {
    /// These findings block filing.
    Blocked(Vec<Finding>),
    /// Something failed.
    Fault(Fault),
}

impl From<Fault> for NotExported {
    fn from(fault: Fault) -> Self {
        NotExported::Fault(fault)
    }
}

/// Makes the file and writes it to `path`. `watch` is told of each step and may stop it before the file has its name.
///
/// # Errors
/// What blocks, or what failed; `path` is as it was.
pub fn export(
    world: &World,
    press: &mut Press,
    order: &Order<'_>,
    path: &Path,
    watch: &mut dyn FnMut(Progress) -> ControlFlow<()>,
) -> Result<Exported, NotExported> {
    let (pdf, pages) = make(world, press, order, watch)?;
    step(watch, Progress::Writing)?;
    world.files.write_whole(path, &pdf).map_err(|fault| because::of_file(path, &fault))?;
    Ok(Exported {
        path: path.display().to_string(),
        pages,
        bytes: pdf.len() as u64,
        sha256: sha256(&pdf),
        signers: order.signers.iter().map(|identity| identity.signer().name.clone()).collect(),
    })
}

fn make(
    world: &World,
    press: &mut Press,
    order: &Order<'_>,
    watch: &mut dyn FnMut(Progress) -> ControlFlow<()>,
) -> Result<(Vec<u8>, usize), NotExported> {
    if order.draft.is_none() {
        let blocking = checking::blocking(&checking::check(order.report));
        if !blocking.is_empty() {
            return Err(NotExported::Blocked(blocking));
        }
        signing::room_for(order.report, order.signers.len())?;
    }
    let at = world.clock.now();
    let sheet = Sheet { paper: order.paper, draft: order.draft, at };
    let printed = printing::print(press, order.report, order.files, sheet, &mut |so_far| match so_far {
        Step::Composed => watch(Progress::Setting { pages: 0 }),
        Step::Paginated(pages) => watch(Progress::Setting { pages }),
        Step::Written => ControlFlow::Continue(()),
    })?;
    let pages = printed.pages;
    let mut pdf = printed.pdf;
    for (nth, identity) in order.signers.iter().enumerate() {
        step(watch, Progress::Signing)?;
        pdf = signing::sign(pdf, order.report, nth, identity, world.clock.now())?;
    }
    if !order.signers.is_empty() {
        step(watch, Progress::Checking)?;
        read_back(&pdf)?;
    }
    Ok((pdf, pages))
}

/// Whoever files it should not be the first to find out: the signed bytes are judged as a reader would before they are written.
fn read_back(pdf: &[u8]) -> Result<(), Fault> {
    match verification::verify(Path::new("the signed report"), pdf, &[])?.bottom_line {
        BottomLine::Sound => Ok(()),
        other => {
            tracing::error!(?other, "a file just signed does not verify");
            Err(Fault::new(FaultCode::Internal, format!("the file just made does not verify ({other:?}); nothing was written")))
        }
    }
}

fn step(watch: &mut dyn FnMut(Progress) -> ControlFlow<()>, progress: Progress) -> Result<(), Fault> {
    match watch(progress) {
        ControlFlow::Continue(()) => Ok(()),
        ControlFlow::Break(()) => Err(Fault::new(FaultCode::Cancelled, "cancelled")),
    }
}
