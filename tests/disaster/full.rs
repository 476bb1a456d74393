//! A full disk: told plainly, nothing lost, and the same act succeeds once there is room again.

use crate::small_disk::SmallDisk;
use desk::filing::{ExportRequest, NewIdentityRequest};
use desk::ports::World;
use desk::view::SaveNews;
use desk::{Desk, FaultCode, demo};
use report::{Edit, RichText};
use std::fs;
use std::path::Path;

fn open(folder: &Path) -> Desk {
    Desk::open(World::real(), folder).expect("it opens")
}

#[test]
fn edits_wait_in_memory_while_the_library_has_no_room() {
    let Some(disk) = SmallDisk::of("12m") else { return };
    let folder = disk.path().join("library");
    let desk = open(&folder);
    let id = desk.begin("rfo").expect("it begins").report.id;
    let section = desk.open_report(id).expect("it is open").report.section_for("background").expect("the form has it").id;
    disk.fill();
    let mut fault = None;
    for size in 1..400_u64 {
        // Words that hardly pack, so that each save needs more room than the one before.
        let words: Vec<String> = (0..size * 60).map(|n| format!("{:016x}", n.wrapping_mul(0x9E37_79B9_7F4A_7C15))).collect();
        desk.edit(id, &Edit::Body { section, body: RichText::from_plain(&words.join("\n")) }, false).expect("it is taken");
        if let Err(found) = desk.save(id) {
            fault = Some(found);
            break;
        }
    }
    let fault = fault.expect("the disk never filled");
    assert!(fault.code == FaultCode::DiskFull && !fault.detail.is_empty(), "{fault:?}");
    let written = desk.open_report(id).expect("it is open").report;
    assert!(desk.due(desk.steady_ms()).1.is_some_and(|next| next > desk.steady_ms()), "it will be tried again, and not at once");
    let log: Vec<u8> = (0..2_000_000_u64).map(|n| (n.wrapping_mul(0x9E37_79B9_7F4A_7C15) >> 56) as u8).collect();
    assert_eq!(desk.attach(id, "gateway.log", &log, true).expect_err("there is no room").code, FaultCode::DiskFull);
    assert_eq!(desk.open_report(id).expect("it is open").report, written, "what was refused is not in the report");

    disk.free();
    assert!(matches!(desk.save(id).expect("there is room again"), SaveNews::Saved { .. }));
    desk.attach(id, "gateway.log", &log, true).expect("there is room again");
    desk.close_all().expect("it closes");
    drop(desk);
    let found = open(&folder).open_report(id).expect("it is there").report;
    assert_eq!(found.section_for("background"), written.section_for("background"));
    assert_eq!(found.attachments.len(), 1);
}

#[test]
fn a_pdf_that_does_not_fit_leaves_the_earlier_one() {
    let Some(disk) = SmallDisk::of("2m") else { return };
    let library = tempfile::tempdir().expect("a folder");
    let desk = open(library.path());
    let id = desk.begin_sample().expect("the sample").report.id;
    let path = disk.path().join("report.pdf");
    fs::write(&path, "last week's").expect("it is written");
    disk.fill();
    let order = || ExportRequest { path: path.display().to_string(), draft: false, sign: None };
    let fault = desk.export(id, order(), &mut |_| {}).expect_err("there is no room");
    assert!(fault.code == FaultCode::DiskFull && fault.facts["path"].contains("report.pdf"), "{fault:?}");
    assert_eq!(fs::read(&path).expect("it is there"), b"last week's");
    assert_eq!(disk.kept(), ["report.pdf"], "nothing half-written is left");
    disk.free();
    let exported = desk.export(id, order(), &mut |_| {}).expect("there is room again");
    assert_eq!(fs::metadata(&path).expect("it is there").len(), exported.bytes);
}

#[test]
fn no_identity_and_no_demonstration_is_half_made() {
    let Some(disk) = SmallDisk::of("1m") else { return };
    let library = tempfile::tempdir().expect("a folder");
    let desk = open(library.path());
    disk.fill();
    let path = disk.path().join("ada.p12");
    let request = NewIdentityRequest {
        name: "Ada".to_owned(),
        organisation: String::new(),
        passphrase: "secret".to_owned(),
        path: Some(path.display().to_string()),
    };
    assert_eq!(desk.identity_new(&request).expect_err("there is no room").code, FaultCode::DiskFull);
    assert!(disk.kept().is_empty() && desk.identities().expect("they are read").is_empty(), "what was not made is not remembered");
    let fault = demo::demo(&World::real(), &disk.path().join("demo")).expect_err("there is no room");
    assert_eq!(fault.code, FaultCode::DiskFull);
    disk.free();
    desk.identity_new(&request).expect("there is room again");
    demo::demo(&World::real(), &disk.path().join("demo")).expect("there is room again");
}

#[test]
fn a_library_is_not_begun_where_it_does_not_fit() {
    let Some(disk) = SmallDisk::of("1m") else { return };
    disk.fill();
    let fault = Desk::open(World::real(), disk.path()).err().expect("there is no room");
    assert_eq!(fault.code, FaultCode::DiskFull, "{fault:?}");
    disk.free();
    assert_eq!(open(disk.path()).shelf(&Default::default()).expect("the shelf").total, 0);
}
