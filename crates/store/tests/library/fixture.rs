//! Libraries, reports and times for the tests: the same number gives the same.

use chrono::{DateTime, Utc};
use report::Report;
use report::ids::{CountedIds, ReportId};
use std::path::{Path, PathBuf};
use store::{Digest, FILE_NAME, Filter, Library, Provenance, Reason, RevisionId, Seq};
use tempfile::TempDir;

/// A library in a folder of its own, which goes when the test ends.
pub struct Shelf {
    pub folder: TempDir,
    pub library: Library,
}

pub fn shelf() -> Shelf {
    let folder = tempfile::tempdir().expect("a folder");
    let library = Library::open(&folder.path().join(FILE_NAME)).expect("a new library");
    Shelf { folder, library }
}

impl Shelf {
    pub fn path(&self) -> PathBuf {
        self.library.path().to_owned()
    }

    /// Takes a report in and gives it.
    pub fn holds(&mut self, number: u64, title: &str) -> Report {
        let report = report(number, title);
        self.library.create(&report, Reason::Opened, &by(number)).expect("it is taken in");
        report
    }

    /// Closes the library and gives its folder.
    pub fn closed(self) -> TempDir {
        drop(self.library);
        self.folder
    }
}

/// A finished letter of its own id.
pub fn report(number: u64, title: &str) -> Report {
    let mut report = report::catalogue::sample("rfo").expect("a shipped sample");
    report.id = ReportId::new(&mut CountedIds(number));
    report.title = title.to_owned();
    report
}

/// The same report under another title.
pub fn retitled(report: &Report, title: &str) -> Report {
    Report { title: title.to_owned(), ..report.clone() }
}

/// Number `number`'s moment: that many seconds after a fixed one.
pub fn at(number: u64) -> DateTime<Utc> {
    DateTime::from_timestamp(1_760_000_000 + i64::try_from(number).expect("a small number"), 0).expect("a time")
}

pub fn by(number: u64) -> Provenance {
    Provenance {
        revision: RevisionId::new(&mut CountedIds(1_000_000 + number)),
        author: "Ines Vidal".to_owned(),
        device: "laptop-7".to_owned(),
        at: at(number),
    }
}

/// What `library` lists, by title.
pub fn titles(library: &Library, filter: &Filter) -> Vec<String> {
    library.list(filter).expect("the list").into_iter().map(|row| row.title).collect()
}

/// What the library finds.
pub fn find(library: &Library, text: &str) -> Vec<String> {
    titles(library, &Filter { text: text.to_owned(), ..Filter::default() })
}

/// Saves on top of what is there.
pub fn save(library: &mut Library, report: &Report, number: u64) -> Seq {
    let seq = library.load(report.id).expect("it is there").seq;
    library.save(report, seq, at(number)).expect("it is saved")
}

/// The SHA-256 of a file as it lies on disk.
pub fn fingerprint(path: &Path) -> Digest {
    Digest::of(&std::fs::read(path).expect("a file"))
}

/// The library's file by a connection of its own, as somebody with a SQLite shell has it.
pub fn shell(path: &Path) -> rusqlite::Connection {
    rusqlite::Connection::open(path).expect("it opens")
}
