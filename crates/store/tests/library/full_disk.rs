//! A disk without space: it is told, nothing is lost, and work goes on once there is space again.

use crate::fixture::{at, by, report, retitled};
use report::Report;
use report::rich::RichText;
use std::fs;
use std::path::Path;
use std::process::Command;
use store::{BackupError, Digest, FILE_NAME, Filter, Library, OpenError, Reason, SaveError, Seq};
use tempfile::TempDir;

/// A small disk in memory; it needs the right to mount.
pub struct SmallDisk {
    folder: TempDir,
}

impl SmallDisk {
    /// A disk of that size ("4m"); none where this user may not mount one.
    pub fn of(size: &str) -> Option<Self> {
        let folder = tempfile::tempdir().expect("a folder");
        let mount = Command::new("mount").args(["-t", "tmpfs", "-o", &format!("size={size}"), "tmpfs"]).arg(folder.path()).output();
        if mount.is_ok_and(|mount| mount.status.success()) {
            return Some(Self { folder });
        }
        println!("not tested here: this user may not mount a small disk");
        None
    }

    pub fn path(&self) -> &Path {
        self.folder.path()
    }

    /// From now on it can only be read.
    pub fn protect(&self) {
        let mount = Command::new("mount").args(["-o", "remount,ro"]).arg(self.path()).status();
        assert!(mount.expect("mount runs").success());
    }

    /// Takes all the space that is left.
    pub fn fill(&self) {
        let mut size = 1 << 20;
        while size >= 512 {
            let filler = self.path().join(format!("filler-{size}"));
            let mut held = fs::read(&filler).unwrap_or_default();
            held.resize(held.len() + size, 0);
            if fs::write(&filler, &held).is_err() {
                held.truncate(held.len() - size);
                fs::write(&filler, &held).ok();
                size /= 2;
            }
        }
    }

    /// Gives it back.
    pub fn free(&self) {
        for entry in fs::read_dir(self.path()).expect("the disk") {
            let path = entry.expect("an entry").path();
            if path.file_name().is_some_and(|name| name.to_string_lossy().starts_with("filler")) {
                fs::remove_file(path).expect("it is removed");
            }
        }
    }
}

impl Drop for SmallDisk {
    fn drop(&mut self) {
        Command::new("umount").arg("-l").arg(self.folder.path()).status().ok();
    }
}

/// The report with `lines` lines that hardly pack.
fn swollen(begun: &Report, lines: u64) -> Report {
    let text: Vec<String> = (0..lines).map(|line| Digest::of(&line.to_be_bytes()).to_string()).collect();
    let mut report = retitled(begun, &format!("{lines} lines"));
    report.sections[0].body = RichText::from_plain(&text.join("\n"));
    report
}

/// Saves a growing report until there is no space; gives what was last acknowledged and what was refused.
fn save_until_full(library: &mut Library, begun: &Report) -> (Report, Seq, Report) {
    let (mut last, mut seq) = (begun.clone(), Seq(1));
    for step in 1..400 {
        let next = swollen(begun, step * 50);
        match library.save(&next, seq, at(step)) {
            Ok(saved) => (last, seq) = (next, saved),
            Err(SaveError::Full) => return (last, seq, next),
            Err(fault) => panic!("{fault:?}"),
        }
    }
    panic!("the disk never filled");
}

#[test]
fn a_full_disk_is_told_keeps_all_and_takes_more_once_there_is_space() {
    let Some(disk) = SmallDisk::of("8m") else { return };
    let path = disk.path().join(FILE_NAME);
    let begun = report(1, "Gateway down");
    let mut library = Library::open(&path).expect("it opens");
    library.create(&begun, Reason::Opened, &by(1)).expect("it is taken in");
    disk.fill();

    let (last, seq, refused) = save_until_full(&mut library, &begun);
    assert_eq!(library.load(begun.id).expect("it is there").report, last);
    assert!(matches!(library.put_blob(&vec![1; 4 << 20], "image/png"), Err(SaveError::Full)));
    assert!(matches!(library.backup_to(&disk.path().join("copy")), Err(BackupError::Full { .. })));
    assert!(!disk.path().join("copy").exists() && !disk.path().join("copy.part").exists());

    disk.free();
    let seq = library.save(&refused, seq, at(500)).expect("there is space again");
    drop(library);
    let working = Library::open(&path).expect("it opens").load(begun.id).expect("it is there");
    assert_eq!((working.report, working.seq), (refused, seq));
}

#[test]
fn a_library_on_a_full_disk_is_whole_when_it_is_opened_again() {
    let Some(disk) = SmallDisk::of("8m") else { return };
    let path = disk.path().join(FILE_NAME);
    let begun = report(1, "Gateway down");
    let mut library = Library::open(&path).expect("it opens");
    library.create(&begun, Reason::Opened, &by(1)).expect("it is taken in");
    disk.fill();
    let (last, seq, _) = save_until_full(&mut library, &begun);
    drop(library);

    // Whether it opens on the full disk depends on whether its log could be put away; it says why, and nothing is lost.
    match Library::open(&path) {
        Ok(library) => assert_eq!(library.load(begun.id).expect("it is there").report, last),
        Err(fault) => assert!(matches!(fault, OpenError::Full { .. }), "{fault:?}"),
    }
    disk.free();
    let working = Library::open(&path).expect("it opens").load(begun.id).expect("it is there");
    assert_eq!((working.report, working.seq), (last, seq));
}

#[test]
fn no_new_library_fits_on_a_full_disk() {
    let Some(disk) = SmallDisk::of("1m") else { return };
    disk.fill();
    let path = disk.path().join(FILE_NAME);
    let fault = Library::open(&path).expect_err("there is no space");
    assert!(matches!(&fault, OpenError::Full { path: named } if *named == path), "{fault:?}");
    disk.free();
    assert!(Library::open(&path).expect("it opens").list(&Filter::default()).expect("the list").is_empty());
}
