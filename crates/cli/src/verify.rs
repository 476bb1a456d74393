//! `verify` and `extract`.

use crate::Ended;
use crate::several::Several;
use desk::filing::{BottomLine, ChangedSince, HeadingFacts, SignatureFacts, Trust, Verification};
use desk::ports::World;
use desk::{Fault, FaultCode, documents, verification};
use seal::{Anchors, Certificate};
use serde::Serialize;
use std::path::{Path, PathBuf};

/// A verdict as `verify --json` prints it.
#[derive(Serialize)]
struct Published<'a> {
    bottom_line: BottomLine,
    signatures: Vec<Signature<'a>>,
    headings: Option<&'a HeadingFacts>,
    report_embedded: bool,
    attachments: &'a [desk::filing::AttachmentFacts],
}

#[derive(Serialize)]
struct Signature<'a> {
    signer: &'a str,
    intact: bool,
    valid: bool,
    trusted: Trust,
    level: &'a str,
    covers_whole_file: bool,
    changed_since: &'a ChangedSince,
    time: &'a str,
    time_source: &'a str,
    fingerprint: &'a str,
    remarks: &'a [String],
}

pub fn verify(world: &World, paths: &[PathBuf], trust: &[PathBuf], json: bool) -> Result<Ended, Fault> {
    let (fingerprints, files) = anchors(trust);
    let certificates = certificates(world, &files)?;
    let trusted = Anchors { certificates: &certificates, fingerprints: &fingerprints };
    let judged = Several::each(paths, |path| verification::verify(world, path, &documents::read_bytes(world, path)?, trusted))?;
    if json {
        judged.print(publish, publish)?
    } else {
        judged.say(words)
    }
    Ok(judged.ended(|verdict| verdict.bottom_line == BottomLine::Sound))
}

pub fn extract(world: &World, pdf: &Path, output: &Path, folder: Option<&Path>) -> Result<Ended, Fault> {
    for written in documents::extract(world, pdf, output, folder)? {
        crate::out::made(output, written.display());
    }
    if let Some(reason) = verification::nobody_vouches(world, pdf)? {
        crate::out::tell(format_args!("rapporteur: no signature vouches for what was taken out: {reason}"));
    }
    Ok(Ended::Done)
}

/// The verdict in a few lines: the bottom line first, the facts after.
pub fn words(verification: &Verification) -> String {
    let mut out = format!("{}\n", bottom_line(verification));
    for signature in &verification.signatures {
        out.push_str(&format!("  {}\n", signature_words(signature)));
        signature.remarks.iter().for_each(|remark| out.push_str(&format!("    {remark}\n")));
    }
    if let Some(headings) = &verification.headings {
        let order = if headings.in_order { "in order" } else { "out of order" };
        out.push_str(&format!("  headings: {} of {}, {order}\n", headings.present, headings.required));
        headings.missing.iter().for_each(|heading| out.push_str(&format!("    missing: {heading}\n")));
    }
    out.push_str(if verification.report_embedded { "  the report is inside as data\n" } else { "  no report inside\n" });
    for file in &verification.attachments {
        out.push_str(&format!("  {}: {}\n", file.name, if file.ok { "as recorded" } else { "NOT the file that was recorded" }));
    }
    out
}

/// Prints a value as JSON with a line feed at its end.
pub fn print_json<T: Serialize>(value: &T) -> Result<(), Fault> {
    let json = serde_json::to_string_pretty(value).map_err(|fault| Fault::new(FaultCode::Internal, fault.to_string()))?;
    crate::out::line(json);
    Ok(())
}

fn bottom_line(verification: &Verification) -> &'static str {
    match verification.bottom_line {
        BottomLine::NotSigned if verification.report.is_some() => "This is a draft; it has not been signed.",
        BottomLine::Sound if is_by_a_stranger(verification) => "Unchanged; signer unknown.",
        BottomLine::Sound => "This file is sound.",
        BottomLine::NotSigned => "This file has not been signed.",
        BottomLine::Changed => "Not sound: the file was changed after it was signed.",
        BottomLine::NotValid => "Not sound: a signature is not valid.",
        BottomLine::NotChecked => "Not sound: this build cannot check a signature in it.",
        BottomLine::Ambiguous => "Not sound: readers may show this file differently.",
        BottomLine::NotTrusted => "Not sound: a signer is not trusted.",
        BottomLine::HeadingsMissing => "Not sound: required headings are missing or out of order.",
        BottomLine::AttachmentsDiffer => "Not sound: an attached file is not the one that was recorded.",
    }
}

/// Whether nobody vouches for who signed. Then the file is as it was signed, and that is all that can be said.
fn is_by_a_stranger(verification: &Verification) -> bool {
    verification.signatures.iter().any(|signature| signature.level != "timestamp" && signature.trusted != Trust::Trusted)
}

fn signature_words(signature: &SignatureFacts) -> String {
    let holds = match (signature.intact, signature.valid) {
        _ if signature.unchecked => "NOT checked: it is of a kind that this build cannot check",
        (true, true) => "valid",
        (false, _) => "NOT valid: the signed bytes are not the bytes here",
        (true, false) => "NOT valid",
    };
    let trusted = match signature.trusted {
        Trust::Trusted => "trusted",
        Trust::NotTrusted => "NOT trusted",
        Trust::NotAsked => "not looked up",
    };
    let since = match &signature.changed_since {
        ChangedSince::Nothing if signature.covers_whole_file => "covers the whole file".to_owned(),
        ChangedSince::Nothing => "nothing changed since".to_owned(),
        ChangedSince::Foreseen { what } => format!("since then only: {}", what.join(", ")),
        ChangedSince::Unexplained { what } => format!("since then: {}", what.join(", ")),
    };
    let signer = if signature.organisation.is_empty() {
        signature.signer.clone()
    } else {
        format!("{}, {}", signature.signer, signature.organisation)
    };
    let what =
        if signature.level == "timestamp" { "a time-stamp over the document".to_owned() } else { format!("PAdES {}", signature.level) };
    format!("{signer} ({trusted}), {} by {}, {what}: {holds}; {since}", signature.time, signature.time_source)
}

/// What was given to be trusted: fingerprints of certificates (SHA-256, with or without marks between the digits), and files.
fn anchors(trust: &[PathBuf]) -> (Vec<String>, Vec<PathBuf>) {
    let fingerprint = |given: &PathBuf| {
        let digits: String = given.to_str()?.chars().filter(|c| !matches!(c, ':' | ' ' | '-')).collect();
        (digits.len() == 64 && digits.chars().all(|c| c.is_ascii_hexdigit())).then(|| digits.to_ascii_lowercase())
    };
    let (named, files): (Vec<_>, Vec<_>) = trust.iter().partition(|given| fingerprint(given).is_some());
    (named.into_iter().filter_map(fingerprint).collect(), files.into_iter().cloned().collect())
}

pub fn certificates(world: &World, paths: &[PathBuf]) -> Result<Vec<Certificate>, Fault> {
    let mut all = Vec::new();
    for path in paths {
        let bytes = documents::read_bytes(world, path)?;
        let read = Certificate::from_pem_or_der(&bytes)
            .map_err(|fault| Fault::new(FaultCode::Unreadable, format!("{}: {fault}", path.display())).with("path", path.display()))?;
        all.extend(read);
    }
    Ok(all)
}

fn publish(verification: &Verification) -> Published<'_> {
    let signature = |s| {
        let SignatureFacts {
            signer,
            intact,
            valid,
            trusted,
            level,
            covers_whole_file,
            changed_since,
            time,
            time_source,
            fingerprint,
            remarks,
            ..
        }: &SignatureFacts = s;
        Signature {
            signer,
            intact: *intact,
            valid: *valid,
            trusted: *trusted,
            level,
            covers_whole_file: *covers_whole_file,
            changed_since,
            time,
            time_source,
            fingerprint,
            remarks,
        }
    };
    Published {
        bottom_line: verification.bottom_line,
        signatures: verification.signatures.iter().map(signature).collect(),
        headings: verification.headings.as_ref(),
        report_embedded: verification.report_embedded,
        attachments: &verification.attachments,
    }
}
