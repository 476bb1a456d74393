//! No permission: a folder that may not be written is named, whoever asks.

use desk::filing::ExportRequest;
use desk::ports::World;
use desk::{Desk, FaultCode};
use std::fs;
use std::path::Path;
use std::process::Command;

/// Folders mode 0555 do not stop root, a disk that is mounted read-only stops everybody.
struct ReadOnly(tempfile::TempDir);

impl ReadOnly {
    fn folder(fill: impl FnOnce(&Path)) -> Option<Self> {
        let folder = tempfile::tempdir().expect("a folder");
        let mounted = Command::new("mount").args(["-t", "tmpfs", "-o", "size=8m", "tmpfs"]).arg(folder.path()).output();
        if !mounted.is_ok_and(|mount| mount.status.success()) {
            println!("not tested here: this user may not mount a disk");
            return None;
        }
        let this = Self(folder);
        fill(this.0.path());
        let protected = Command::new("mount").args(["-o", "remount,ro"]).arg(this.0.path()).status();
        assert!(protected.expect("mount runs").success());
        Some(this)
    }
}

impl Drop for ReadOnly {
    fn drop(&mut self) {
        Command::new("umount").arg("-l").arg(self.0.path()).status().ok();
    }
}

#[test]
fn a_pdf_that_may_not_be_written_is_named_and_the_earlier_one_stays() {
    let Some(disk) = ReadOnly::folder(|folder| fs::write(folder.join("report.pdf"), "last week's").expect("it is written")) else { return };
    let library = tempfile::tempdir().expect("a folder");
    let desk = Desk::open(World::real(), library.path()).expect("it opens");
    let id = desk.begin_sample().expect("the sample").report.id;
    let path = disk.0.path().join("report.pdf");
    let order = |path: &Path| ExportRequest { path: path.display().to_string(), draft: false, sign: None };
    let fault = desk.export(id, order(&path), &mut |_| {}).expect_err("it may not");
    assert!(fault.code == FaultCode::NoPermission && fault.facts["path"].contains("report.pdf"), "{fault:?}");
    assert_eq!(fs::read(&path).expect("it is there"), b"last week's");
    desk.export(id, order(&library.path().join("report.pdf")), &mut |_| {}).expect("here it may");
}

#[test]
fn a_library_that_may_not_be_written_is_named() {
    let Some(disk) = ReadOnly::folder(|folder| {
        let desk = Desk::open(World::real(), &folder.join("library")).expect("it opens");
        desk.begin("rfo").expect("it begins");
        desk.close_all().expect("it closes");
    }) else {
        return;
    };
    let file = disk.0.path().join("library").join(store::FILE_NAME);
    let before = fs::read(&file).expect("it is there");
    let fault = Desk::open(World::real(), &disk.0.path().join("library")).err().expect("it may not");
    assert_eq!(fault.code, FaultCode::NoPermission, "{fault:?}");
    let fault = Desk::open(World::real(), &disk.0.path().join("another")).err().expect("it may not");
    assert_eq!(fault.code, FaultCode::NoPermission, "{fault:?}");
    assert_eq!(fs::read(&file).expect("it is there"), before);
}
