//! Verifying: what a PDF says about itself, in facts; the bottom line is derived last. Sentences are in `words`.

mod words;

use crate::because;
use crate::documents;
use crate::fault::Fault;
use crate::filing::{AttachmentFacts, BottomLine, ChangedSince, HeadingFacts, ReportFacts, SignatureFacts, Trust, Verification};
use crate::ports::World;
use crate::printing::Digesting;
use report::Report;
use seal::Anchors;
use std::path::Path;

/// The name under which the report travels in its PDF.
pub const REPORT_FILE: &str = "report.json";

/// Verifies the PDF in a file, as a person sees it who trusts nobody in particular.
///
/// # Errors
/// Only a file that cannot be read at all.
pub fn verify_file(world: &World, path: &Path) -> Result<Verification, Fault> {
    verify(world, path, &documents::read_bytes(world, path)?, Anchors::default())
}

/// Why no signature vouches for what is taken out of a file; none where one does. Who signed it is another question.
///
/// # Errors
/// Only a file that cannot be read at all.
pub fn nobody_vouches(world: &World, path: &Path) -> Result<Option<&'static str>, Fault> {
    Ok(match verify_file(world, path)?.bottom_line {
        BottomLine::NotSigned => Some("nobody has signed this file"),
        other => broken(other),
    })
}

/// Why a signature does not vouch for a file that was signed; none of a draft, and none of what is no PDF.
///
/// # Errors
/// Only a file that cannot be read at all.
pub fn why_unsound(world: &World, path: &Path, bytes: &[u8]) -> Result<Option<&'static str>, Fault> {
    if !bytes.starts_with(b"%PDF-") {
        return Ok(None);
    }
    Ok(match verify(world, path, bytes, Anchors::default())?.bottom_line {
        BottomLine::HeadingsMissing => Some("required headings are missing in the file, or out of order"),
        BottomLine::AttachmentsDiffer => Some("an attached file is not the one that was recorded"),
        other => broken(other),
    })
}

fn broken(bottom_line: BottomLine) -> Option<&'static str> {
    match bottom_line {
        BottomLine::Changed => Some("the file was changed after it was signed"),
        BottomLine::NotValid => Some("a signature in the file is not valid"),
        BottomLine::NotChecked => Some("this build cannot check a signature in the file"),
        BottomLine::Ambiguous => Some("readers may show the file differently"),
        BottomLine::Sound
        | BottomLine::NotSigned
        | BottomLine::NotTrusted
        | BottomLine::HeadingsMissing
        | BottomLine::AttachmentsDiffer => None,
    }
}

/// Verifies a PDF. `anchors` are those the reader trusts; none asks nobody. Signers are judged by the world's clock, unless a trusted
/// authority vouches for another moment.
///
/// # Errors
/// Only a file that cannot be read at all; everything else is a fact.
pub fn verify(world: &World, path: &Path, pdf: &[u8], anchors: Anchors<'_>) -> Result<Verification, Fault> {
    let verdict = seal::verify_by(pdf, anchors, world.clock.now()).map_err(|fault| because::of_pdf(path, &fault))?;
    let contents = paper::read::contents(pdf).unwrap_or_default();
    let mut room = paper::read::room(pdf.len());
    let (json, files): (Vec<_>, Vec<_>) = contents.files.iter().partition(|file| file.name == REPORT_FILE);
    let json = json.first().map(|file| file.bytes(&mut room));
    let inside =
        json.as_ref().and_then(|json| json.as_ref().ok()).and_then(|json| report::format::read_kept(std::str::from_utf8(json).ok()?).ok());
    let attachments: Vec<AttachmentFacts> = files
        .iter()
        .map(|file| {
            let sha256 = digest_of(file, &mut room);
            let recorded = inside.as_ref().and_then(|report| report.attachments.iter().find(|a| a.name == file.name));
            // What cannot be unpacked is not what was recorded.
            let ok = sha256.as_ref().is_some_and(|sha256| recorded.is_none_or(|recorded| recorded.sha256 == *sha256));
            AttachmentFacts { name: file.name.clone(), sha256: sha256.unwrap_or_default(), ok }
        })
        .collect();
    let titles: Vec<&str> = contents.headings.iter().map(|(_, title)| title.as_str()).collect();
    let headings = inside.as_ref().map(|report| headings(report, &titles));
    let all_there = inside.as_ref().is_none_or(|report| report.attachments.iter().all(|a| attachments.iter().any(|f| f.name == a.name)));
    let bottom_line = bottom_line(&verdict, headings.as_ref(), all_there && attachments.iter().all(|file| file.ok));
    Ok(Verification {
        bottom_line,
        signatures: verdict.signatures.iter().map(|one| signature(one, verdict.behind_the_end, &verdict.doubts)).collect(),
        headings,
        report_embedded: json.is_some(),
        report: inside.as_ref().map(|report| ReportFacts {
            title: report.name().to_owned(),
            reference: report.reference().unwrap_or_default().to_owned(),
            version: report.version.clone(),
            template: report.template.short_title.clone(),
        }),
        attachments,
        file_name: path.file_name().map_or_else(String::new, |name| name.to_string_lossy().into_owned()),
    })
}

/// The SHA-256 of an attached file; none where it cannot be unpacked.
pub(crate) fn digest_of(file: &paper::read::Carried, room: &mut usize) -> Option<String> {
    let mut digest = Digesting::default();
    file.pour(room, &mut digest).ok().map(|()| digest.finish())
}

fn bottom_line(verdict: &seal::Verdict, headings: Option<&HeadingFacts>, attachments_ok: bool) -> BottomLine {
    let signatures = &verdict.signatures;
    if !signatures.iter().any(|signature| signature.kind == seal::Kind::Signature) {
        return BottomLine::NotSigned;
    }
    if !verdict.sound() {
        return unsound(verdict);
    }
    if headings.is_some_and(|headings| !headings.missing.is_empty() || !headings.in_order) {
        return BottomLine::HeadingsMissing;
    }
    if attachments_ok { BottomLine::Sound } else { BottomLine::AttachmentsDiffer }
}

/// Why a file is not sound, what weighs most first.
fn unsound(verdict: &seal::Verdict) -> BottomLine {
    let signatures = &verdict.signatures;
    let changed =
        signatures.iter().any(|one| !one.intact && !one.unchecked() || matches!(one.changed_since, seal::ChangedSince::Unexplained(_)));
    if changed {
        BottomLine::Changed
    } else if signatures.iter().any(|one| !one.valid && !one.unchecked()) {
        BottomLine::NotValid
    } else if signatures.iter().any(|one| one.unchecked()) {
        BottomLine::NotChecked
    } else if !verdict.doubts.is_empty() || signatures.iter().any(|one| !one.ambiguous.is_empty()) {
        BottomLine::Ambiguous
    } else if signatures.iter().any(|one| one.trusted == seal::Trust::NotTrusted) {
        BottomLine::NotTrusted
    } else {
        BottomLine::NotValid
    }
}

/// The form's required headings against those of the file, each at its first occurrence. A silent heading (a letter's lead) is not printed.
fn headings(report: &Report, titles: &[&str]) -> HeadingFacts {
    let fold = |words: &str| words.split_whitespace().collect::<Vec<_>>().join(" ");
    let titles: Vec<String> = titles.iter().map(|title| fold(title)).collect();
    let required = report.template.sections.iter().filter(|rule| rule.required && !rule.silent);
    let mut places = Vec::new();
    let mut missing = Vec::new();
    for rule in required {
        let heading = report.section_for(&rule.key).map_or_else(|| rule.heading.clone(), |section| report.printed_heading(section));
        let wanted = fold(&heading);
        let pattern = fold(report.section_for(&rule.key).map_or(&rule.heading, |section| &section.heading));
        let fits = |title: &str| title == wanted || is_zoned(title, &pattern);
        let numbered = |title: &String| {
            title.split_once(' ').is_some_and(|(number, rest)| number.ends_with(|c: char| c.is_ascii_digit() || c == '.') && fits(rest))
        };
        match titles.iter().position(|title| fits(title) || numbered(title)) {
            Some(place) => places.push(place),
            None => missing.push(heading),
        }
    }
    HeadingFacts { required: places.len() + missing.len(), present: places.len(), in_order: places.is_sorted(), missing }
}

/// Whether a title is a heading with the zone that its clocks read when it was printed. The file may be older than this build, which reads
/// more days than that one did and may know another zone for it, or one where none was printed.
fn is_zoned(title: &str, pattern: &str) -> bool {
    let Some((before, after)) = pattern.split_once("{zone}") else { return false };
    let bare = pattern.replace(" ({zone})", "").replace("{zone}", "");
    let zone = title.strip_prefix(before).and_then(|rest| rest.strip_suffix(after));
    title == bare || zone.is_some_and(|zone| report::zones::is_zone(zone, chrono::NaiveDateTime::default()))
}

fn signature(verdict: &seal::SignatureVerdict, behind_the_end: usize, doubts: &[seal::Doubt]) -> SignatureFacts {
    let signer = verdict.signer.as_ref();
    let mut remarks = words::remarks(verdict);
    if verdict.ambiguous.is_empty() && verdict.ambiguous_since.is_empty() {
        remarks.extend(words::of_the_file(doubts));
    }
    remarks.extend(words::behind_the_end(behind_the_end));
    SignatureFacts {
        field: verdict.field.clone(),
        signer: signer.map_or_else(|| "unknown".to_owned(), |signer| signer.name.clone()),
        organisation: signer.and_then(|signer| signer.organisation.clone()).unwrap_or_default(),
        intact: verdict.intact,
        valid: verdict.valid,
        unchecked: verdict.unchecked(),
        trusted: match verdict.trusted {
            seal::Trust::Trusted => Trust::Trusted,
            seal::Trust::NotTrusted => Trust::NotTrusted,
            seal::Trust::Unknown => Trust::NotAsked,
        },
        level: match verdict.level {
            seal::Level::Cms => "CMS",
            seal::Level::BaselineB => "B-B",
            seal::Level::BaselineT => "B-T",
            seal::Level::BaselineLt => "B-LT",
            seal::Level::BaselineLta => "B-LTA",
            seal::Level::DocumentTimestamp => "timestamp",
        }
        .to_owned(),
        covers_whole_file: verdict.covers_whole_file,
        changed_since: changed(&verdict.changed_since),
        time: verdict.time.map_or_else(String::new, |time| time.to_rfc3339_opts(chrono::SecondsFormat::Secs, true)),
        time_source: match &verdict.time_source {
            seal::TimeSource::SignerClock => "the signer’s clock".to_owned(),
            seal::TimeSource::TimestampAuthority { name, .. } => name.clone().unwrap_or_else(|| "a time authority".to_owned()),
            seal::TimeSource::Nobody => String::new(),
        },
        fingerprint: signer.map_or_else(String::new, |signer| signer.fingerprint_sha256.clone()),
        confirmed_at: None,
        remarks,
    }
}

fn changed(since: &seal::ChangedSince) -> ChangedSince {
    match since {
        seal::ChangedSince::Nothing => ChangedSince::Nothing,
        seal::ChangedSince::ForeseenOnly(what) => ChangedSince::Foreseen { what: what.iter().map(words::foreseen).collect() },
        seal::ChangedSince::Unexplained(what) => {
            let mut told: Vec<String> = what.iter().map(words::change).collect();
            told.dedup();
            ChangedSince::Unexplained { what: told }
        }
    }
}
