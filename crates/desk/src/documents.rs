//! Reports as files: `report.json` with its files beside it in `attachments/`, and PDFs that carry both.

use crate::evidence::untaken;
use crate::fault::{Fault, FaultCode};
use crate::ports::World;
use crate::printing::{self, Bytes};
use crate::verification::{self, REPORT_FILE};
use crate::{because, printing::sha256};
use paper::read::Carried;
use report::papers::Attachment;
use report::sentence::capital;
use report::{Finding, Level, Place, Report, Source};
use std::path::{Path, PathBuf};

/// Files larger than this are not read as reports, PDFs or evidence: 256 MiB.
pub const LARGEST: u64 = 256 << 20;
/// The folder beside a `report.json` that holds its files.
pub const ATTACHMENTS: &str = "attachments";

/// Reads a file whole.
///
/// # Errors
/// Those of the disk, and a file past [`LARGEST`].
pub fn read_bytes(world: &World, path: &Path) -> Result<Vec<u8>, Fault> {
    world.files.read(path, LARGEST).map_err(|fault| because::of_file(path, &fault))
}

/// Whether a file holds a PDF, whatever it is called.
///
/// # Errors
/// Those of [`read_bytes`].
pub fn is_pdf(world: &World, path: &Path) -> Result<bool, Fault> {
    Ok(read_bytes(world, path)?.starts_with(b"%PDF-"))
}

/// A report as it was found in a file.
pub struct Taken {
    /// The report.
    pub report: Report,
    /// Why a signature does not vouch for it: the file was signed, and is not sound.
    pub unsound: Option<&'static str>,
    /// Whether its files lie beside it: a PDF and a text that was given away carry theirs or none.
    has_files_beside: bool,
}

/// Reads a `report.json`, the one inside a PDF of ours, or the text that a report was given away as.
///
/// # Errors
/// Says what the file is instead.
pub fn read_report(world: &World, path: &Path) -> Result<Report, Fault> {
    Ok(read_from(path, &read_bytes(world, path)?, world)?.0)
}

/// The same, and how far it can be believed.
///
/// # Errors
/// Those of [`read_report`].
pub fn take(world: &World, path: &Path) -> Result<Taken, Fault> {
    let bytes = read_bytes(world, path)?;
    let (report, has_files_beside) = read_from(path, &bytes, world)?;
    Ok(Taken { report, unsound: verification::why_unsound(world, path, &bytes)?, has_files_beside })
}

fn read_from(path: &Path, bytes: &[u8], world: &World) -> Result<(Report, bool), Fault> {
    if bytes.starts_with(b"%PDF-") {
        return Ok((report_inside(path, bytes)?, false));
    }
    if let Some(report) = given_away(path, bytes) {
        return Ok((report?, false));
    }
    match prescribed(world, bytes) {
        Some(report) => Ok((report, false)),
        None => {
            let report = parse(path, bytes, report::format::read)?;
            report.attachments.iter().filter_map(|file| place_of(path, file).ok()).for_each(|place| world.files.spare(&place));
            Ok((report, true))
        }
    }
}

/// The report of which this is the text that a regime prescribes, without what that text has no place for; none of any other text.
pub fn prescribed(world: &World, bytes: &[u8]) -> Option<Report> {
    report::outgoing::reopen(std::str::from_utf8(bytes).ok()?, &mut world.ids())
}

/// The report of which this is the Markdown or HTML; none where it is a text of another hand.
///
/// # Errors
/// Names the line of a changed export that cannot be taken back.
pub fn given_away(path: &Path, bytes: &[u8]) -> Option<Result<Report, Fault>> {
    let reopened = intake::outgoing::reopen(std::str::from_utf8(bytes).ok()?)?;
    Some(
        reopened.map_err(|untaken| {
            Fault::new(FaultCode::NotAReport, format!("{}: {untaken}", path.display())).with("reason", untaken.to_string())
        }),
    )
}

/// The bytes of a report's files, from the folder beside its `report.json`.
///
/// # Errors
/// Names the first file that is missing or differs from what the report recorded.
pub fn beside(world: &World, path: &Path, report: &Report) -> Result<Bytes, Fault> {
    printing::gather(report, &mut |file| read_beside(world, path, file))
}

fn read_beside(world: &World, path: &Path, file: &Attachment) -> Result<Vec<u8>, Fault> {
    let place = place_of(path, file)?;
    world.files.read(&place, LARGEST).map_err(|fault| {
        let reason = because::of_file(&place, &fault);
        Fault::new(FaultCode::AttachmentMissing, format!("the report names the file “{}”, but {}", file.name, reason.detail))
            .with("name", &file.name)
    })
}

/// Where a file of the report lies that is in `path`.
fn place_of(path: &Path, file: &Attachment) -> Result<PathBuf, Fault> {
    Ok(path.parent().unwrap_or(Path::new("")).join(ATTACHMENTS).join(safe_name(&file.name)?))
}

/// P05: each file of a report that is not beside its `report.json`, or is not the one it recorded. What export refuses, checking says.
pub fn findings_of_files(world: &World, path: &Path, taken: &Taken) -> Vec<Finding> {
    let report = &taken.report;
    let refused = report.attachments.iter().filter(|_| taken.has_files_beside).filter_map(|file| {
        let fault = read_beside(world, path, file).and_then(|found| printing::recorded(file, found)).err()?;
        let source = Source::at(report, Place::Evidence, file.name.clone());
        let rule = report::checks::list::words("P05", &report.template);
        Some(Finding { rule, ..Finding::new("P05", Level::Blocks, format!("{}.", capital(&fault.detail)), vec![source]) })
    });
    refused.collect()
}

/// A file with its name.
pub type NamedFile = (String, Vec<u8>);
/// The same, kept elsewhere.
pub type FileOf<'a> = (&'a str, &'a [u8]);

/// The report inside a PDF, and its files by name.
///
/// # Errors
/// When the PDF cannot be followed or carries no report of ours, or when one of its files cannot be unpacked.
pub fn inside(path: &Path, pdf: &[u8]) -> Result<(Report, Vec<NamedFile>), Fault> {
    let (report, packed, mut room) = opened(path, pdf)?;
    let unpacked = |file: Carried| {
        let bytes = file.bytes(&mut room).map_err(|reason| {
            let words =
                format!("{}: the attached file “{}” cannot be taken out: {reason}; nothing was taken out", path.display(), file.name);
            Fault::new(FaultCode::AttachmentMissing, words).with("name", &file.name)
        })?;
        Ok((file.name, bytes))
    };
    let files = packed.into_iter().map(unpacked).collect::<Result<_, Fault>>()?;
    Ok((report, files))
}

/// The report inside a PDF, whatever became of its files.
///
/// # Errors
/// When the PDF cannot be followed, or carries no report of ours.
pub fn report_inside(path: &Path, pdf: &[u8]) -> Result<Report, Fault> {
    opened(path, pdf).map(|(report, _, _)| report)
}

/// The report, its files as they are packed, and the room that is left for them.
fn opened(path: &Path, pdf: &[u8]) -> Result<(Report, Vec<Carried>, usize), Fault> {
    let shown = path.display();
    if !pdf.starts_with(b"%PDF-") {
        return Err(Fault::new(FaultCode::NotPdf, format!("{shown}: not a PDF file")).with("path", &shown));
    }
    // Judged at the door, so that an encrypted or cut-off file is named as such.
    seal::places(pdf).map_err(|fault| because::of_pdf(path, &fault))?;
    let damaged = |what: &str| Fault::new(FaultCode::DamagedPdf, format!("{shown}: {what} is damaged")).with("path", &shown);
    let contents = paper::read::contents(pdf).map_err(|_| damaged("the PDF file"))?;
    let mut room = paper::read::room(pdf.len());
    let (json, files): (Vec<_>, Vec<_>) = contents.files.into_iter().partition(|file| file.name == REPORT_FILE);
    let json = json.first().ok_or_else(|| {
        let words = format!("{shown}: this PDF carries no report; it was not made by Rapporteur, or its data was removed");
        Fault::new(FaultCode::NoReportInside, words).with("path", &shown)
    })?;
    let json = json.bytes(&mut room).map_err(|_| damaged("the report in the PDF file"))?;
    Ok((parse(path, &json, report::format::read_kept)?, files, room))
}

/// Takes the report out of a PDF into `json`, and its files into `folder` if one is given.
///
/// # Errors
/// When the PDF carries none, or something cannot be written. Each file is then there whole or as it was; `json` is written last.
pub fn extract(world: &World, pdf: &Path, json: &Path, folder: Option<&Path>) -> Result<Vec<PathBuf>, Fault> {
    let bytes = read_bytes(world, pdf)?;
    let (report, files) = match folder {
        Some(_) => inside(pdf, &bytes)?,
        None => (report_inside(pdf, &bytes)?, Vec::new()),
    };
    let files: Vec<FileOf> = files.iter().map(|(name, bytes)| (name.as_str(), bytes.as_slice())).collect();
    // A folder that was asked for by its name is made, with those above it.
    if let Some(folder) = folder {
        world.files.make_folder(folder).map_err(|fault| because::of_folder(folder, &fault))?;
    }
    write_all(world, json, &report, folder.map(|folder| (folder, files.as_slice())))
}

/// Writes `report.json`, and its files into the folder beside it.
///
/// # Errors
/// Those of [`extract`].
pub fn write_with_files(world: &World, json: &Path, report: &Report, files: &[FileOf]) -> Result<(), Fault> {
    let folder = json.parent().unwrap_or(Path::new("")).join(ATTACHMENTS);
    if !files.is_empty() {
        // The folder of the report is not made: a name mistyped makes no tree of folders. That of its files is.
        let text = report::format::write(report);
        world.files.may_write(json, text.as_bytes()).map_err(|fault| because::of_writing(json, &fault))?;
        world.files.make_folder(&folder).map_err(|fault| because::of_folder(&folder, &fault))?;
    }
    write_all(world, json, report, (!files.is_empty()).then_some((&folder, files))).map(drop)
}

/// Writes `report.json` alone.
///
/// # Errors
/// Those of the disk.
pub fn write_report(world: &World, path: &Path, report: &Report) -> Result<(), Fault> {
    write_all(world, path, report, None).map(drop)
}

/// The files first and the report last, so that a report never names a file that is not there; and nothing where one may not be written.
fn write_all(world: &World, json: &Path, report: &Report, files: Option<(&Path, &[FileOf])>) -> Result<Vec<PathBuf>, Fault> {
    let (folder, files) = files.unzip();
    let text = report::format::write(report);
    let mut all = Vec::new();
    for (name, bytes) in files.unwrap_or_default() {
        all.push((folder.unwrap_or(Path::new("")).join(safe_name(name)?), *bytes));
    }
    all.push((json.to_path_buf(), text.as_bytes()));
    for (place, bytes) in &all {
        world.files.may_write(place, bytes).map_err(|fault| because::of_writing(place, &fault))?;
    }
    for (place, bytes) in &all {
        world.files.write_whole(place, bytes).map_err(|fault| because::of_writing(place, &fault))?;
    }
    Ok(all.into_iter().map(|(place, _)| place).collect())
}

/// Gives each file whose name is another file's in the folder beside `json` a name of its own, in the report too: two reports may lie in
/// one folder, and neither takes the other's files.
pub fn keep_apart(world: &World, json: &Path, report: &mut Report, files: &mut [NamedFile]) {
    let folder = json.parent().unwrap_or(Path::new("")).join(ATTACHMENTS);
    for (name, bytes) in files {
        let others: Vec<String> = report.attachments.iter().map(|file| file.name.clone()).filter(|other| other != name).collect();
        let is_another = |candidate: &str| read_bytes(world, &folder.join(candidate)).is_ok_and(|there| there != *bytes);
        let free = untaken(name, |candidate| others.iter().any(|other| other == candidate) || is_another(candidate));
        if let Some(file) = report.attachments.iter_mut().find(|file| file.name == *name) {
            file.name.clone_from(&free);
        }
        *name = free;
    }
}

/// A file's name as a name in one folder: a report from elsewhere must not choose where its files land.
fn safe_name(name: &str) -> Result<&str, Fault> {
    let plain = Path::new(name).file_name().and_then(|last| last.to_str()) == Some(name) && !name.contains(['/', '\\', '\0']);
    if plain {
        Ok(name)
    } else {
        Err(Fault::new(FaultCode::NotAReport, format!("“{name}” is not a file name"))
            .with("reason", format!("“{name}” is not a file name")))
    }
}

/// How the text of a report is read: from outside, or as one that was taken in before.
type Read = fn(&str) -> Result<Report, report::format::ReadError>;

fn parse(path: &Path, bytes: &[u8], read: Read) -> Result<Report, Fault> {
    let named = |mut fault: Fault| {
        fault.detail = format!("{}: {}", path.display(), fault.detail);
        fault
    };
    let text = std::str::from_utf8(bytes).map_err(|fault| {
        let words = format!("this is not text in UTF-8 (byte {})", fault.valid_up_to() + 1);
        named(Fault::new(FaultCode::NotAReport, words.clone()).with("reason", words))
    })?;
    read(text).map_err(|fault| named(changed_text(text).unwrap_or_else(|| because::of_report(&fault))))
}

/// Why a text is no report that was one when we wrote it; none of any other text.
fn changed_text(text: &str) -> Option<Fault> {
    let what = if intake::outgoing::is_changed_page(text) {
        "a page that Rapporteur made, changed in more than its words"
    } else if report::outgoing::is_alike(text) {
        "a text in the CCADB’s form, and not as Rapporteur writes it"
    } else {
        return None;
    };
    let words = format!("this is {what}: it cannot be read back as a report; `rapporteur import` reads it as any other text");
    Some(Fault::new(FaultCode::NotAReport, words.clone()).with("reason", words))
}

/// The files of a shipped sample.
pub fn sample_files(report: &Report) -> Vec<(&str, &'static [u8])> {
    let of = |file: &report::papers::Attachment| report::catalogue::sample_file(&file.sha256, report);
    report.attachments.iter().filter_map(|file| Some((file.name.as_str(), of(file)?))).collect()
}

/// The bytes of a shipped sample's files, checked as any others.
///
/// # Errors
/// None for the samples as shipped.
pub fn sample_bytes(report: &Report) -> Result<Bytes, Fault> {
    printing::gather(report, &mut |file| {
        report::catalogue::sample_file(&file.sha256, report).map(<[u8]>::to_vec).ok_or_else(|| {
            Fault::new(FaultCode::AttachmentMissing, format!("the sample’s file “{}” is not built in", file.name)).with("name", &file.name)
        })
    })
}

/// Whether bytes are those of a recorded file.
pub fn is_file(file: &report::papers::Attachment, bytes: &[u8]) -> bool {
    file.sha256 == sha256(bytes)
}
