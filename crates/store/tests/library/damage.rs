//! Damage: it is told, it is never believed, and the file stays as it is.

use crate::fixture::{fingerprint, retitled, save, shelf};
use report::Report;
use std::fs;
use std::path::{Path, PathBuf};
use store::{Digest, Filter, Library, OpenError, Reason, RevisionId};
use tempfile::TempDir;

/// A closed library with thirty reports, a history and a file, and what it holds.
struct Filled {
    _folder: TempDir,
    path: PathBuf,
    bytes: Vec<u8>,
    reports: Vec<Report>,
    revision: (RevisionId, Report),
    blob: Digest,
}

fn filled() -> Filled {
    let mut shelf = shelf();
    let begun: Vec<Report> = (0..30).map(|number| shelf.holds(number, &format!("Report {number}"))).collect();
    let reports: Vec<Report> = begun.iter().map(|report| retitled(report, &format!("{}, edited", report.title))).collect();
    for (number, report) in (100..).zip(&reports) {
        let seq = save(&mut shelf.library, report, number);
        shelf.library.checkpoint(report.id, seq, Reason::Checkpoint, &crate::fixture::by(number)).expect("it is kept");
    }
    let blob = shelf.library.put_blob(&vec![7; 100_000], "image/png").expect("it is stored");
    let path = shelf.path();
    let folder = shelf.closed();
    let bytes = fs::read(&path).expect("the file");
    Filled { _folder: folder, path, bytes, reports, revision: (crate::fixture::by(0).revision, begun[0].clone()), blob }
}

fn opened(path: &Path, bytes: &[u8]) -> Result<Library, OpenError> {
    fs::write(path, bytes).expect("it is written");
    let before = fingerprint(path);
    let outcome = Library::open(path);
    if outcome.is_err() {
        assert_eq!(fingerprint(path), before, "a file that is refused is left");
    }
    outcome
}

#[test]
fn a_truncated_library_is_told_and_left() {
    let filled = filled();
    for length in [40, 99, 100, 512, 4095, 4096, 8192, 50_000, filled.bytes.len() - 4096, filled.bytes.len() - 1] {
        let fault = opened(&filled.path, &filled.bytes[..length]).expect_err("it is refused");
        assert!(matches!(fault, OpenError::Damaged { .. }), "{length}: {fault:?}");
        assert!(fault.to_string().contains("is damaged"), "{fault}");
    }
}

#[test]
fn random_bytes_in_place_of_a_library_are_told_and_left() {
    let filled = filled();
    let mut chance = Chance(1);
    let noise: Vec<u8> = (0..filled.bytes.len()).map(|_| chance.next().to_be_bytes()[0]).collect();
    let fault = opened(&filled.path, &noise).expect_err("it is refused");
    assert!(matches!(fault, OpenError::Foreign { .. }), "{fault:?}");
    let mut behind_the_header = filled.bytes.clone();
    behind_the_header[100..].copy_from_slice(&noise[100..]);
    let fault = opened(&filled.path, &behind_the_header).expect_err("it is refused");
    assert!(matches!(fault, OpenError::Damaged { .. }), "{fault:?}");
}

#[test]
fn no_damage_anywhere_is_ever_believed() {
    let filled = filled();
    let mut chance = Chance(2);
    let (mut refused, mut partly, mut whole) = (0, 0, 0);
    // A hundred damages, and as many more as it takes to have walked each of the three ways: the pages that open a library are few.
    for tried in 0..2_000 {
        if tried >= 100 && refused > 0 && partly > 0 && whole > 0 {
            break;
        }
        let mut bytes = filled.bytes.clone();
        let at = chance.below(bytes.len() - 64);
        let length = 1 + chance.below(64);
        bytes[at..at + length].iter_mut().for_each(|byte| *byte ^= chance.next().to_be_bytes()[0] | 1);
        match opened(&filled.path, &bytes) {
            Err(_) => refused += 1,
            Ok(library) if all_is_well(&library, &filled) => whole += 1,
            Ok(_) => partly += 1,
        }
    }
    assert!(refused > 0 && partly > 0 && whole > 0, "{refused} refused, {partly} partly readable, {whole} whole");
}

/// Reads everything; what is handed out must be what was stored.
fn all_is_well(library: &Library, filled: &Filled) -> bool {
    let mut well = library.list(&Filter::default()).is_ok();
    for stored in &filled.reports {
        match library.load(stored.id) {
            Ok(working) => assert_eq!(working.report, *stored),
            Err(_) => well = false,
        }
        well &= library.verify_chain(stored.id).is_ok_and(|faults| faults.is_empty());
    }
    match library.revision(filled.revision.0) {
        Ok(report) => assert_eq!(report, filled.revision.1),
        Err(_) => well = false,
    }
    match library.get_blob(filled.blob) {
        Ok(blob) => assert_eq!(blob.bytes, vec![7; 100_000]),
        Err(_) => well = false,
    }
    well
}

/// Numbers that look random and are the same every time (xorshift64*).
struct Chance(u64);

impl Chance {
    fn next(&mut self) -> u64 {
        self.0 ^= self.0 >> 12;
        self.0 ^= self.0 << 25;
        self.0 ^= self.0 >> 27;
        self.0.wrapping_mul(0x2545_f491_4f6c_dd1d)
    }

    fn below(&mut self, end: usize) -> usize {
        usize::try_from(self.next() % end as u64).expect("below a usize")
    }
}
