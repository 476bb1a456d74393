//! A further signature on a file that lies there, ours or anybody's.
//! Always true: what was in the file stays byte for byte, and so do the signatures before; a file that was changed after somebody signed it is
//! signed by nobody else here.

use crate::because;
use crate::documents;
use crate::export::step;
use crate::fault::{Fault, FaultCode};
use crate::filing::{BottomLine, Progress, Verification};
use crate::network::Authorities;
use crate::ports::World;
use crate::printing::sha256;
use crate::signing::{Place, is_meant};
use crate::verification;
use report::Report;
use report::papers::Signatory;
use seal::Signer;
use std::ops::ControlFlow;
use std::path::Path;

/// Who signs where.
pub struct Further<'a> {
    /// The signer.
    pub signer: &'a dyn Signer,
    /// The field; without one, the place of the report that bears the signer's name, else the next free one.
    pub field: Option<&'a str>,
    /// Why, in the signer's words.
    pub reason: Option<&'a str>,
    /// The addresses of time-stamp authorities, asked in this order. Their silence costs a level, never the signature.
    pub authorities: &'a [String],
}

/// What was signed.
pub struct Countersigned {
    /// The field.
    pub field: String,
    /// The verdict on the file as it is now.
    pub verification: Verification,
    /// Its size in bytes.
    pub bytes: u64,
    /// Its SHA-256 in hexadecimal.
    pub sha256: String,
    /// Why the signature has no trusted time, where one was asked for.
    pub no_trusted_time: Option<String>,
}

/// Signs the file at `path` and writes it to `output`. `watch` is told of each step and may stop it before the file has its name.
///
/// # Errors
/// A file that cannot be read, has no free place or is not sound; an identity that cannot sign; the disk's. `output` is as it was.
pub fn sign(
    world: &World,
    path: &Path,
    further: &Further<'_>,
    output: &Path,
    watch: &mut dyn FnMut(Progress) -> ControlFlow<()>,
) -> Result<Countersigned, Fault> {
    let pdf = documents::read_bytes(world, path)?;
    let report = see_ready(world, path, &pdf)?;
    let (field, signatory) = place(path, &pdf, report.as_ref(), further)?;
    let place = Place {
        zone: report.as_ref().and_then(|report| report.zone.as_deref()),
        signatory,
        signer: further.signer,
        now: world.clock.now(),
        field: field.as_deref(),
        reason: further.reason,
    };
    step(watch, Progress::Signing)?;
    let signed = place.sign(pdf, Authorities::at(world.network.as_ref(), further.authorities).asked());
    let signed = signed.map_err(|fault| Fault { detail: format!("{}: {}", path.display(), fault.detail), ..fault })?;
    step(watch, Progress::Checking)?;
    let verification = verification::verify(world, output, &signed.pdf, seal::Anchors::default())?;
    if verification.bottom_line != BottomLine::Sound {
        tracing::error!(bottom_line = ?verification.bottom_line, "a file just signed does not verify");
        return Err(Fault::new(FaultCode::Internal, "the file just signed does not verify; nothing was written"));
    }
    step(watch, Progress::Writing)?;
    world.files.write_whole(output, &signed.pdf).map_err(|fault| because::of_writing(output, &fault))?;
    let (bytes, sha256) = (signed.pdf.len() as u64, sha256(&signed.pdf));
    Ok(Countersigned { field: signed.field, verification, bytes, sha256, no_trusted_time: signed.no_trusted_time })
}

/// The report inside a file that may be signed further; none where it carries none of ours.
///
/// # Errors
/// Why it may not: it is not sound, or what it holds may not be filed.
pub(crate) fn see_ready(world: &World, path: &Path, pdf: &[u8]) -> Result<Option<Report>, Fault> {
    let before = verification::verify(world, path, pdf, seal::Anchors::default())?.bottom_line;
    if !matches!(before, BottomLine::Sound | BottomLine::NotSigned) {
        let reason = verification::why_unsound(world, path, pdf)?.unwrap_or("it is not sound");
        let words = format!("{}: {reason}; it is not signed again", path.display());
        return Err(Fault::new(FaultCode::NotExtended, words).with("path", path.display()).with("reason", reason));
    }
    // A PDF of others carries no report, or something of that name; a report of ours that cannot be read is not passed over.
    let report = match documents::report_inside(path, pdf) {
        Ok(report) => Some(report),
        Err(fault) if matches!(fault.code, FaultCode::NoReportInside | FaultCode::NotAReport) => None,
        Err(fault) => return Err(fault),
    };
    if before == BottomLine::NotSigned {
        refuse_draft(world, path, pdf, report.as_ref())?;
    }
    Ok(report)
}

/// What may not be filed is not signed by this way either: a draft, or a report that something blocks.
fn refuse_draft(world: &World, path: &Path, pdf: &[u8], report: Option<&Report>) -> Result<(), Fault> {
    let blocking = report.map_or(0, |report| crate::checking::stops_filing(report, world.clock.now()).len());
    let words = if paper::read::is_draft(pdf) {
        "this is a draft; export the report without --draft, then sign".to_owned()
    } else if blocking > 0 {
        format!("{blocking} to mend in the report before it can be filed (rapporteur check says what); it is not signed")
    } else {
        return Ok(());
    };
    Err(Fault::new(FaultCode::Blocked, format!("{}: {words}", path.display())).with("path", path.display()))
}

/// The field to sign in, if it is not simply the next one, and whom the report made that place for.
fn place<'a>(
    path: &Path,
    pdf: &[u8],
    report: Option<&'a Report>,
    further: &Further<'_>,
) -> Result<(Option<String>, Option<&'a Signatory>), Fault> {
    let places = seal::places(pdf).map_err(|fault| because::of_pdf(path, &fault))?;
    let made_for = made_for(&places, report);
    let own = |signatory: Option<&Signatory>| {
        signatory.is_some_and(|one| !one.person.name.trim().is_empty() && is_meant(one, &further.signer.credentials().facts().name))
    };
    let chosen = match further.field {
        Some(name) => made_for.iter().find(|(place, _)| place.field == name),
        None => made_for
            .iter()
            .find(|(place, signatory)| !place.signed && own(*signatory))
            .or_else(|| made_for.iter().find(|(place, _)| !place.signed)),
    };
    if let Some((place, signatory)) = chosen {
        return Ok((Some(place.field.clone()), *signatory));
    }
    let free: Vec<&str> = places.iter().filter(|place| !place.signed).map(|place| place.field.as_str()).collect();
    match further.field {
        Some(name) if !places.iter().any(|place| place.field == name) => {
            let free = if free.is_empty() { "no field of it is free".to_owned() } else { format!("free are: {}", free.join(", ")) };
            Err(Fault::new(FaultCode::NoPlaceToSign, format!("{}: there is no signature field named “{name}”; {free}", path.display())))
        }
        named => Ok((named.map(str::to_owned), None)),
    }
}

/// The places that a page shows, each with whom the report made it for. Time-stamps over the document stand in fields that no page shows; the
/// report's places come in its own order.
pub(crate) fn made_for<'a, 'b>(places: &'a [seal::Place], report: Option<&'b Report>) -> Vec<(&'a seal::Place, Option<&'b Signatory>)> {
    let signatories = report.map(|report| report.signatories.as_slice()).unwrap_or_default();
    let shown = places.iter().filter(|place| place.rect[0] < place.rect[2]);
    shown.enumerate().map(|(nth, place)| (place, signatories.get(nth))).collect()
}
