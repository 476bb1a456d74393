//! Many files judged in one go: those of a folder, or several that a person named.
//! Always true: each is judged as it would be alone; one that cannot be read hides none of the others; nothing is changed and nothing is sent.

use crate::because;
use crate::fault::{Fault, FaultCode};
use crate::filing::Verification;
use crate::ports::World;
use crate::signers::{self, ConfirmedSigner};
use crate::verification;
use serde::Serialize;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;
use ts_rs::TS;

/// More files than this are not judged in one go.
pub const MOST: usize = 20_000;
/// Files are judged side by side; more hands than these would only hold more large files in memory at once.
const HANDS: usize = 4;

/// What comes of many files, as it comes.
#[derive(Clone, Debug, Serialize, TS)]
#[serde(tag = "news", rename_all = "snake_case")]
#[ts(export)]
pub enum BatchNews {
    /// How many files there are.
    Found {
        /// Files.
        files: usize,
    },
    /// One of them was judged.
    Judged {
        /// What came of it.
        file: Box<Judged>,
    },
}

/// What came of one file.
#[derive(Clone, Debug, Serialize, TS)]
#[ts(export)]
pub struct Judged {
    /// Where it lies.
    pub path: String,
    /// What it is called, with the folders between it and the one that was named.
    pub name: String,
    /// What it says; none where it could not be read.
    pub found: Option<Verification>,
    /// Why it could not be read.
    pub fault: Option<Fault>,
}

/// A file to judge.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct ToJudge {
    /// Where it lies.
    pub path: PathBuf,
    /// What it is called among the others.
    pub name: String,
}

/// A person's table as rows of cells, the first of them its head.
pub type Table = Vec<Vec<String>>;

/// The files that were named, and of a folder the PDFs below it, by name.
///
/// # Errors
/// A folder that cannot be read, and more than [`MOST`] files.
pub fn gather(world: &World, named: &[PathBuf]) -> Result<Vec<ToJudge>, Fault> {
    let mut all = Vec::new();
    for path in named {
        if !world.files.is_folder(path) {
            all.push(ToJudge { name: last(path), path: path.clone() });
            continue;
        }
        let below = world.files.below(path, MOST).map_err(|fault| because::of_file(path, &fault))?;
        let pdfs = below.into_iter().filter(|file| file.extension().is_some_and(|ending| ending.eq_ignore_ascii_case("pdf")));
        all.extend(pdfs.map(|file| ToJudge { name: file.strip_prefix(path).unwrap_or(&file).display().to_string(), path: file }));
    }
    if all.len() > MOST {
        let reason = format!("there are more than {MOST} files");
        return Err(Fault::new(FaultCode::Unreadable, reason.clone())
            .with("path", named.first().map_or_else(String::new, |one| last(one)))
            .with("reason", reason));
    }
    Ok(all)
}

/// Judges them side by side, and tells of each as it is done, in whatever order that is. `goes_on` is asked before each.
pub fn judge(
    world: &World,
    files: &[ToJudge],
    confirmed: &[ConfirmedSigner],
    goes_on: &(dyn Fn() -> bool + Sync),
    tell: &(dyn Fn(Judged) + Sync),
) {
    let next = AtomicUsize::new(0);
    let hand = || {
        while goes_on() {
            let Some(file) = files.get(next.fetch_add(1, Ordering::Relaxed)) else { return };
            tell(one(world, file, confirmed));
        }
    };
    let hands = thread::available_parallelism().map_or(1, usize::from).min(HANDS).min(files.len());
    thread::scope(|scope| (0..hands).for_each(|_| drop(scope.spawn(hand))));
}

/// One file, whatever is wrong with it: a file made to break its reader is one more that cannot be read.
fn one(world: &World, file: &ToJudge, confirmed: &[ConfirmedSigner]) -> Judged {
    let judged = catch_unwind(AssertUnwindSafe(|| verification::verify_file(world, &file.path))).unwrap_or_else(|_| {
        tracing::error!(path = %file.path.display(), "judging a file panicked");
        let reason = "it is built in a way that cannot be followed";
        Err(Fault::new(FaultCode::Unreadable, reason).with("path", file.path.display()).with("reason", reason))
    });
    let (found, fault) = match judged {
        Ok(mut found) => {
            if let Err(fault) = signers::mark(world, &file.path, &mut found, confirmed) {
                tracing::warn!(%fault, "who was confirmed is not known now");
            }
            (Some(found), None)
        }
        Err(fault) => (None, Some(fault)),
    };
    Judged { path: file.path.display().to_string(), name: file.name.clone(), found, fault }
}

/// Writes a table as CSV, for a spreadsheet; no cell of it is run as a formula there.
///
/// # Errors
/// Those of the disk; the file is as it was.
pub fn save_table(world: &World, table: &Table, path: &Path) -> Result<(), Fault> {
    // A spreadsheet takes a text without this mark for one in the letters of its own country.
    let text = format!("\u{feff}{}", intake::outgoing::csv::plain_table(table));
    world.files.write_whole(path, text.as_bytes()).map_err(|fault| because::of_writing(path, &fault))
}

fn last(path: &Path) -> String {
    path.file_name().map_or_else(|| path.display().to_string(), |name| name.to_string_lossy().into_owned())
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::fs;

    fn names(files: &[ToJudge]) -> Vec<&str> {
        files.iter().map(|file| file.name.as_str()).collect()
    }

    #[test]
    fn a_folder_is_its_pdfs_and_a_named_file_is_itself() {
        let folder = tempfile::tempdir().expect("a folder");
        let at = |name: &str| folder.path().join(name);
        fs::create_dir_all(at("2026/autumn")).expect("folders");
        for name in ["b.pdf", "A.PDF", "notes.txt", ".hidden.pdf", "2026/autumn/c.pdf"] {
            fs::write(at(name), b"x").expect("it writes");
        }
        let world = World::real();
        let found = gather(&world, &[folder.path().to_path_buf()]).expect("it is read");
        assert_eq!(names(&found), [Path::new("2026/autumn/c.pdf").display().to_string().as_str(), "A.PDF", "b.pdf"]);
        // What is named is judged, whatever it is called.
        assert_eq!(names(&gather(&world, &[at("notes.txt"), at("gone.pdf")]).expect("they are named")), ["notes.txt", "gone.pdf"]);
    }

    #[test]
    fn every_file_is_told_of_and_none_after_it_was_stopped() {
        let files: Vec<ToJudge> =
            (0..40).map(|nth| ToJudge { path: PathBuf::from(format!("/gone/{nth}.pdf")), name: nth.to_string() }).collect();
        let told = AtomicUsize::new(0);
        let tell = |judged: Judged| {
            assert!(judged.found.is_none() && judged.fault.is_some_and(|fault| fault.code == FaultCode::Gone));
            told.fetch_add(1, Ordering::Relaxed);
        };
        judge(&World::real(), &files, &[], &|| true, &tell);
        assert_eq!(told.swap(0, Ordering::Relaxed), 40);
        judge(&World::real(), &files, &[], &|| told.load(Ordering::Relaxed) < 5, &tell);
        assert!(told.load(Ordering::Relaxed) < 5 + HANDS);
    }

    #[test]
    fn a_table_opens_in_a_spreadsheet_and_runs_nothing_there() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("table.csv");
        let rows = [["File", "Signer"], ["a, b.pdf", "=HYPERLINK(\"x\")"]].map(|row| row.map(str::to_owned).to_vec());
        save_table(&World::real(), &rows.to_vec(), &path).expect("it writes");
        let text = fs::read_to_string(path).expect("it is there");
        assert_eq!(text, "\u{feff}File,Signer\r\n\"a, b.pdf\",\"'=HYPERLINK(\"\"x\"\")\"\r\n");
    }
}
