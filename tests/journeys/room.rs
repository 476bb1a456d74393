//! A library of its own, a desk on it, and a clock that goes only when it is told to.

use chrono::{DateTime, Duration, Utc};
use desk::Desk;
use desk::filing::{ExportRequest, NewIdentityRequest, SignRequest};
use desk::ports::{Clock, World};
use desk::view::{Edited, Opened};
use report::ids::ReportId;
use report::{Answer, Edit, Report, RichText};
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use tempfile::TempDir;

pub const PASSPHRASE: &str = "correct horse battery staple";

/// A clock set to noon on 12 May 2026, moved by hand.
#[derive(Default)]
pub struct HandClock(AtomicU64);

impl HandClock {
    pub fn pass(&self, ms: u64) {
        self.0.fetch_add(ms, Ordering::SeqCst);
    }
}

impl Clock for HandClock {
    fn now(&self) -> DateTime<Utc> {
        let noon = DateTime::from_timestamp(1_778_587_200, 0).expect("a moment");
        noon + Duration::milliseconds(self.steady_ms() as i64)
    }

    fn steady_ms(&self) -> u64 {
        self.0.load(Ordering::SeqCst)
    }
}

/// A folder with a library in it.
pub struct Room {
    folder: TempDir,
    pub clock: Arc<HandClock>,
}

impl Room {
    pub fn new() -> Self {
        Self { folder: tempfile::tempdir().expect("a folder"), clock: Arc::default() }
    }

    pub fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    pub fn library(&self) -> PathBuf {
        self.path("library")
    }

    pub fn world(&self) -> World {
        World { clock: self.clock.clone(), ..World::real() }
    }

    pub fn desk(&self) -> Desk {
        Desk::open(self.world(), &self.library()).expect("it opens")
    }

    /// The names in the folder, to see that nothing was left.
    pub fn names(&self) -> Vec<String> {
        let mut names: Vec<String> = fs::read_dir(self.folder.path())
            .expect("a folder")
            .map(|e| e.expect("an entry").file_name().to_string_lossy().into_owned())
            .collect();
        names.sort();
        names
    }

    /// An identity that opens with [`PASSPHRASE`].
    pub fn identity(&self, desk: &Desk, name: &str) -> String {
        let path = Some(self.path(&format!("{name}.p12")).display().to_string());
        let request =
            NewIdentityRequest { name: name.to_owned(), organisation: "Specimen".to_owned(), passphrase: PASSPHRASE.to_owned(), path };
        desk.identity_new(&request).expect("it is made").path
    }

    /// An order to sign with that identity.
    pub fn signed(&self, name: &str, identity: &str) -> ExportRequest {
        let sign = SignRequest { identity: identity.to_owned(), passphrase: PASSPHRASE.to_owned(), trusted_time: false };
        ExportRequest { path: self.path(name).display().to_string(), draft: false, sign: Some(sign) }
    }

    pub fn draft(&self, name: &str) -> ExportRequest {
        ExportRequest { path: self.path(name).display().to_string(), draft: true, sign: None }
    }

    pub fn unsigned(&self, name: &str) -> ExportRequest {
        ExportRequest { draft: false, ..self.draft(name) }
    }
}

/// What a person types, in the words of the tests.
pub trait Hand {
    fn title(&self, id: ReportId, words: &str) -> Edited;
    fn answer(&self, id: ReportId, key: &str, raw: &str) -> Edited;
    fn body(&self, opened: &Opened, key: &str, words: &str) -> Edited;
    /// The report as it lies on the desk.
    fn now(&self, id: ReportId) -> Report;
}

impl Hand for Desk {
    fn title(&self, id: ReportId, words: &str) -> Edited {
        self.edit(id, &Edit::Title { title: words.to_owned() }, false).expect("it is taken")
    }

    fn answer(&self, id: ReportId, key: &str, raw: &str) -> Edited {
        let answer = Some(Answer { raw: raw.to_owned(), ..Answer::default() });
        self.edit(id, &Edit::Answer { key: key.to_owned(), answer }, false).expect("it is taken")
    }

    fn body(&self, opened: &Opened, key: &str, words: &str) -> Edited {
        let section = opened.report.section_for(key).expect("the form has it").id;
        let edit = Edit::Body { section, body: RichText::from_plain(words) };
        self.edit(opened.report.id, &edit, false).expect("it is taken")
    }

    fn now(&self, id: ReportId) -> Report {
        self.open_report(id).expect("it is open").report
    }
}

/// The same report but for its identity, version and title, which taking it in again may change.
pub fn same_content(one: &Report, other: &Report) -> bool {
    let as_other = Report { id: other.id, version: other.version.clone(), title: other.title.clone(), ..one.clone() };
    as_other == *other
}

/// Whether no half-written file lies in a folder.
pub fn nothing_half_written(folder: &Path) -> bool {
    fs::read_dir(folder).expect("a folder").all(|entry| !entry.expect("an entry").file_name().to_string_lossy().ends_with(".part"))
}
