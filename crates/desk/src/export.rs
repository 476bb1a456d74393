//! Exporting: a report becomes one file. Always true: what blocks stops it before anything is written; the file is read back and judged
//! before it gets its name; the name then holds the whole file or what it held before.

use crate::checking;
use crate::extending::{self, Wanted};
use crate::fault::{Fault, FaultCode};
use crate::filing::{BottomLine, Exported, Progress};
use crate::network::Authorities;
use crate::ports::World;
use crate::printing::{self, Bytes, Sheet, sha256};
use crate::verification::{self, REPORT_FILE};
use crate::{because, signing};
use chrono::{DateTime, Utc};
use paper::{Press, Step};
use report::{Finding, Place, Report, papers};
use seal::{Reach, Signer};
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
    pub signers: &'a [Box<dyn Signer>],
    /// The addresses of time-stamp authorities, asked in this order. Their silence costs a level, never the signature.
    pub authorities: &'a [String],
    /// How far the signed file is brought beyond a trusted time for each signature; the addresses that certificates name are asked for it.
    pub reach: Option<Reach>,
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
    let Made { pdf, pages, no_trusted_time, lacking } = make(world, press, order, watch)?;
    step(watch, Progress::Writing)?;
    world.files.write_whole(path, &pdf).map_err(|fault| because::of_writing(path, &fault))?;
    Ok(Exported {
        path: path.display().to_string(),
        pages,
        bytes: pdf.len() as u64,
        sha256: sha256(&pdf),
        signers: order.signers.iter().map(|signer| signer.credentials().facts().name.clone()).collect(),
        no_trusted_time,
        lacking,
        unnoted: None,
    })
}

struct Made {
    pdf: Vec<u8>,
    pages: usize,
    no_trusted_time: Option<String>,
    /// What could not be had for the level that was asked for.
    lacking: Vec<String>,
}

/// # Errors
/// [`NotExported::Blocked`] with what speaks against filing this report.
pub(crate) fn refuse_blocked(report: &Report, now: DateTime<Utc>) -> Result<(), NotExported> {
    let blocking = checking::stops_filing(report, now);
    if blocking.is_empty() { Ok(()) } else { Err(NotExported::Blocked(blocking)) }
}

fn make(
    world: &World,
    press: &mut Press,
    order: &Order<'_>,
    watch: &mut dyn FnMut(Progress) -> ControlFlow<()>,
) -> Result<Made, NotExported> {
    let at = world.clock.now();
    if order.draft.is_none() {
        refuse_blocked(order.report, at)?;
        signing::room_for(order.report, order.signers.len())?;
    }
    let sheet = Sheet { paper: order.paper, draft: order.draft, signers: order.signers.len(), at };
    let printed = printing::print(press, order.report, order.files, sheet, &mut |so_far| match so_far {
        Step::Composed => watch(Progress::Setting { pages: 0 }),
        Step::Paginated(pages) => watch(Progress::Setting { pages }),
        Step::Written => ControlFlow::Continue(()),
    })?;
    if order.draft.is_none()
        && let Some((place, fault)) = printed.unreadable.first()
    {
        return Err(unprinted(order.report, place, fault).into());
    }
    let pages = printed.pages;
    let mut pdf = printed.pdf;
    let mut no_trusted_time = None;
    let authorities = Authorities::at(world.network.as_ref(), order.authorities);
    for (nth, signer) in order.signers.iter().enumerate() {
        step(watch, Progress::Signing)?;
        let signatory = order.report.signatories.get(nth);
        let place = signing::Place {
            zone: order.report.zone.as_deref(),
            signatory,
            signer: signer.as_ref(),
            now: world.clock.now(),
            field: None,
            reason: None,
        };
        let signed = place.sign(pdf, authorities.asked())?;
        pdf = signed.pdf;
        no_trusted_time = no_trusted_time.or(signed.no_trusted_time);
    }
    let mut lacking = Vec::new();
    if let Some(reach) = order.reach.filter(|_| !order.signers.is_empty()) {
        let wanted = Wanted { reach, authorities: order.authorities, certificates: &[] };
        let further = extending::further(world, Path::new("the signed report"), pdf, &wanted)?;
        (pdf, lacking) = (further.bytes, further.lacking);
        // What was lacking in the end is told; an authority may well have answered the second time.
        no_trusted_time = None;
    }
    step(watch, Progress::Checking)?;
    read_back(world, order, &pdf)?;
    Ok(Made { pdf, pages, no_trusted_time, lacking })
}

/// A page that says "picture not found" where evidence should be is for drafts alone.
fn unprinted(report: &Report, place: &Place, fault: &paper::Unreadable) -> Fault {
    let (place, reason) = (place.words(report), fault.to_string());
    let words = format!("a picture cannot be printed ({place}): {reason}; take it out, or put in one that can");
    Fault::new(FaultCode::BadPicture, words).with("name", place).with("reason", reason)
}

/// Whoever files it should not be the first to find out: what was made is read back before it is written, and judged as a reader would
/// where it is signed.
fn read_back(world: &World, order: &Order<'_>, pdf: &[u8]) -> Result<(), Fault> {
    let missing = not_carried(order.report, pdf);
    if let Some(what) = missing {
        tracing::error!(what, "a file just made does not carry what it should");
        let words = format!("the file just made does not carry {what} as it is here; nothing was written");
        return Err(Fault::new(FaultCode::Internal, words));
    }
    if order.signers.is_empty() {
        return Ok(());
    }
    match verification::verify(world, Path::new("the signed report"), pdf, seal::Anchors::default())?.bottom_line {
        BottomLine::Sound => Ok(()),
        other => {
            tracing::error!(?other, "a file just signed does not verify");
            Err(Fault::new(FaultCode::Internal, format!("the file just made does not verify ({other:?}); nothing was written")))
        }
    }
}

/// What a reader of the file would miss, or find to be something else: the report, or one of its files by name.
fn not_carried(report: &Report, pdf: &[u8]) -> Option<String> {
    let mut room = paper::read::room(pdf.len());
    let carried = paper::read::contents(pdf).map(|contents| contents.files).unwrap_or_default();
    let json = carried.iter().find(|file| file.name == REPORT_FILE).and_then(|file| file.bytes(&mut room).ok());
    if json.is_none_or(|json| json != report::format::write(report).as_bytes()) {
        return Some("the report".to_owned());
    }
    // By their bytes: one that is called like the report's own data, or like another file, has another name in the PDF.
    let others = carried.iter().filter(|file| file.name != REPORT_FILE);
    let found: Vec<String> = others.filter_map(|file| verification::digest_of(file, &mut room)).collect();
    let is_there = |file: &&papers::Attachment| found.contains(&file.sha256);
    report.attachments.iter().find(|file| !is_there(file)).map(|file| format!("the file “{}”", file.name))
}

pub(crate) fn step(watch: &mut dyn FnMut(Progress) -> ControlFlow<()>, progress: Progress) -> Result<(), Fault> {
    match watch(progress) {
        ControlFlow::Continue(()) => Ok(()),
        ControlFlow::Break(()) => Err(Fault::new(FaultCode::Cancelled, "cancelled")),
    }
}
