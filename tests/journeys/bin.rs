//! The bin, reports that were never written in, and what is remembered of signers, forms and identities.

use crate::room::{Hand, Room};
use desk::FaultCode;
use desk::library::ShelfQuery;
use report::Edit;
use std::fs;
use std::path::Path;

#[test]
fn what_was_deleted_lies_in_the_bin_until_a_person_says_more() {
    let room = Room::new();
    let desk = room.desk();
    let ids: Vec<_> = ["First", "Second"]
        .map(|title| {
            let id = desk.begin("rfo").expect("it begins").report.id;
            desk.title(id, title);
            desk.remove(id).expect("it goes to the bin");
            room.clock.pass(1_000);
            id
        })
        .to_vec();
    let bin = desk.bin().expect("the bin");
    assert_eq!(bin.reports.iter().map(|row| row.title.as_str()).collect::<Vec<_>>(), ["Second", "First"], "the last deleted first");
    assert_eq!(desk.shelf(&ShelfQuery::default()).expect("the shelf").in_bin, 2);
    assert_eq!(
        desk.erase(&[ids[0], report::ids::ReportId::new(&mut report::ids::CountedIds(99))]).expect_err("one is unknown").code,
        FaultCode::NoSuchReport
    );
    assert_eq!(desk.bin().expect("the bin").reports.len(), 2, "all or none");
    desk.restore(ids[0]).expect("it comes back");
    assert_eq!(desk.erase(&[ids[0]]).expect_err("it is not in the bin").code, FaultCode::NoSuchReport);
    desk.erase(&[ids[1]]).expect("it goes for good");
    assert!(desk.bin().expect("the bin").reports.is_empty());
    assert_eq!(desk.open_report(ids[1]).expect_err("it is gone").code, FaultCode::NoSuchReport);
    assert_eq!(desk.now(ids[0]).title, "First");
}

#[test]
fn a_report_begun_and_left_without_a_word_leaves_no_trace() {
    let room = Room::new();
    let desk = room.desk();
    let shelf = || desk.shelf(&ShelfQuery::default()).expect("the shelf");
    for form in ["rfo", "sec-h9-summary", "dora-initial", "ccadb-3.2"] {
        let blank = desk.begin(form).expect("it begins").report.id;
        desk.close(blank).expect("it is left");
        assert_eq!((shelf().total, shelf().in_bin), (0, 0), "{form}");
    }
    let undone = desk.begin("rfo").expect("it begins");
    desk.body(&undone, "background", "A word");
    desk.undo(undone.report.id).expect("it is taken back");
    desk.close(undone.report.id).expect("it is left");
    assert_eq!(shelf().total, 0, "a word taken back is no word");

    let written = desk.begin("rfo").expect("it begins");
    desk.body(&written, "background", "A word");
    desk.close(written.report.id).expect("it is left");
    desk.open_report(written.report.id).expect("it is there");
    desk.close(written.report.id).expect("it is left");
    assert_eq!(shelf().total, 1, "a word is kept");
    let sample = desk.begin_sample().expect("the sample").report.id;
    desk.close(sample).expect("it is left");
    assert_eq!(shelf().total, 2, "the sample says something");
}

#[test]
fn what_is_written_into_a_report_that_another_window_deleted_for_good_is_kept() {
    let room = Room::new();
    let (here, there) = (room.desk(), room.desk());
    let opened = here.begin("rfo").expect("it begins");
    let id = opened.report.id;
    here.title(id, "Written here");
    here.save(id).expect("it is saved");
    there.remove(id).expect("it goes to the bin");
    there.erase(&[id]).expect("it goes for good");
    here.body(&opened, "background", "A sentence typed afterwards");
    here.save(id).expect("it is saved all the same");
    let kept = room.desk().open_report(id).expect("it is a report again").report;
    assert!(kept.title == "Written here" && kept.section_for("background").expect("its heading").body.plain().contains("typed afterwards"));
}

#[test]
fn a_report_made_from_a_review_is_taken_back_with_its_text_still_at_hand() {
    let room = Room::new();
    let desk = room.desk();
    let from = desk::intake::IntakeSource::Pasted { text: "Root Cause\nA log had grown.".to_owned(), html: None };
    desk.intake_read(from).expect("it is read");
    let choices = intake::Choices::default();
    let untouched = desk.intake_accept(&choices).expect("it is kept").report.id;
    desk.close(untouched).expect("it is left");
    desk.withdraw(untouched).expect("it is taken back");
    assert_eq!(desk.bin().expect("the bin").reports.len(), 0, "nothing of it was written");
    desk.intake_again(&choices).expect("the text is still there");
    let written = desk.intake_accept(&choices).expect("it is kept again").report.id;
    desk.title(written, "With a title");
    desk.withdraw(written).expect("it is taken back");
    let bin = desk.bin().expect("the bin").reports;
    assert!(bin.len() == 1 && bin[0].title == "With a title", "what was written lies in the bin");
    desk.restore(written).expect("it comes back");
    assert!(!desk.now(written).attachments.is_empty());
}

#[test]
fn forms_and_identities_that_were_taken_out_come_back_in_any_order() {
    let room = Room::new();
    let desk = room.desk();
    let shipped = include_str!("../../crates/report/templates/rfo.toml");
    for id in ["ours-a", "ours-b"] {
        let path = room.path(&format!("{id}.toml"));
        fs::write(&path, shipped.replacen("id = \"rfo\"", &format!("id = \"{id}\""), 1)).expect("it is written");
        assert!(desk.add_template(&path).expect("it is read").card.is_some(), "{id}");
    }
    let own = || desk.templates().expect("the forms").iter().filter(|card| card.own).count();
    desk.remove_template("ours-a").expect("it is taken out");
    desk.remove_template("ours-b").expect("it is taken out");
    assert_eq!((own(), desk.bin().expect("the bin").forms.len()), (0, 2));
    desk.restore_template("ours-a").expect("the first comes back though another went after it");
    desk.restore_template("ours-b").expect("it comes back");
    assert_eq!(own(), 2);
    desk.remove_template("ours-a").expect("it is taken out");
    desk.erase_template("ours-a").expect("it goes for good");
    assert_eq!(desk.restore_template("ours-a").expect_err("it is gone").code, FaultCode::NoSuchTemplate);
    assert_eq!(desk.erase_template("ours-b").expect_err("it is in the list").code, FaultCode::NoSuchTemplate);

    let path = room.identity(&desk, "Ada");
    room.identity(&desk, "Ben");
    desk.list_identity(Path::new(&path), false).expect("it is taken out");
    assert!(Path::new(&path).exists() && desk.identities().expect("the list").len() == 1);
    desk.list_identity(Path::new(&path), true).expect("it comes back");
    let names: Vec<_> = desk.identities().expect("the list").into_iter().map(|card| card.name).collect();
    assert_eq!(names, ["Ben", "Ada"], "where it stood");
}

#[test]
fn a_signer_confirmed_once_is_known_in_every_file_and_a_broken_signature_never_is() {
    let room = Room::new();
    let desk = room.desk();
    let identity = room.identity(&desk, "Ada");
    let id = desk.begin_sample().expect("the sample").report.id;
    let signed = room.signed("signed.pdf", &identity);
    desk.export(id, signed, &mut |_| ()).expect("it is signed");
    let path = room.path("signed.pdf");
    let found = desk.verify(&path).expect("it is read");
    let print = found.signatures[0].fingerprint.clone();
    assert_eq!(found.signatures[0].confirmed_at, None);
    assert_eq!(desk.confirm_signer("4f1c", "Ada", "").expect_err("no fingerprint").code, FaultCode::Refused);
    desk.confirm_signer(&print, "Ada", "Specimen").expect("it is kept");
    desk.confirm_signer(&print, "Ada", "Specimen").expect("once");
    drop(desk);
    let desk = room.desk();
    assert_eq!(desk.confirmed_signers().expect("the list").len(), 1);
    assert_eq!(desk.verify(&path).expect("it is read").signatures[0].confirmed_at.as_deref(), Some("2026-05-12T12:00:00Z"));
    let mut bytes = fs::read(&path).expect("the file");
    let at = bytes.len() / 3;
    bytes[at] ^= 1;
    let spoilt = room.path("spoilt.pdf");
    fs::write(&spoilt, bytes).expect("it is written");
    let known = desk.verify(&spoilt).map(|found| found.signatures.iter().any(|one| one.confirmed_at.is_some()));
    assert!(!known.unwrap_or(false), "a signature that does not hold makes nobody known");
    desk.forget_signer(&print).expect("it is taken back");
    assert_eq!(desk.verify(&path).expect("it is read").signatures[0].confirmed_at, None);
}

#[test]
fn the_shelf_says_what_is_due_and_what_was_filed_as_it_stands_now() {
    let room = Room::new();
    let desk = room.desk();
    let row = || desk.shelf(&ShelfQuery::default()).expect("the shelf").reports.remove(0);
    let id = desk.begin("gdpr-33").expect("it begins").report.id;
    desk.title(id, "Mailing list disclosed");
    desk.save(id).expect("it is saved");
    assert_eq!(row().due, None);
    desk.edit(id, &Edit::Zone { zone: Some("Europe/London".to_owned()) }, false).expect("it is taken");
    let event = report::catalogue::find("gdpr-33").expect("a shipped form").events[0].key.clone();
    let moment = Some(report::clock::Moment::given("10/05/2026 09:00", report::when::DateOrder::DayMonth));
    desk.edit(id, &Edit::ClockEvent { event, moment }, false).expect("it is taken");
    desk.save(id).expect("it is saved");
    let due = row().due.expect("it is due now");
    assert_eq!((due.at.as_str(), due.verified), ("2026-05-13T08:00:00Z", true), "72 hours");
    assert!(!desk.shelf(&ShelfQuery::default()).expect("the shelf").counting);
}

#[test]
fn the_library_moves_with_everything_and_is_found_again() {
    let room = Room::new();
    let desk = room.desk();
    let opened = desk.begin("rfo").expect("it begins");
    let id = opened.report.id;
    desk.title(id, "Saved before");
    let old = room.library().join(store::FILE_NAME);
    let elsewhere = room.path("other disk/reports");
    desk.move_library(&elsewhere).expect("it is moved");
    let new = elsewhere.join(store::FILE_NAME);
    assert!(new.exists() && !old.exists() && desk.library_path() == new);
    desk.body(&opened, "background", "Typed after the move");
    desk.save(id).expect("it is saved there");
    desk.close_all().expect("it closes");
    drop(desk);
    let again = room.desk();
    let report = again.open_report(id).expect("it is there").report;
    assert!(
        report.title == "Saved before" && report.section_for("background").expect("its heading").body.plain().contains("after the move")
    );
    assert_eq!(again.move_library(&elsewhere).expect_err("it lies there").code, FaultCode::PlaceTaken);
    let second = room.desk();
    assert_eq!(second.move_library(&room.path("third")).expect_err("two windows").code, FaultCode::LibraryShared);
    assert!(again.library_path() == new && again.open_report(id).is_ok(), "it is where it was");
}

#[test]
fn a_library_that_cannot_be_reached_is_no_empty_library() {
    let room = Room::new();
    let desk = room.desk();
    let id = desk.begin("rfo").expect("it begins").report.id;
    desk.title(id, "On the stick");
    let stick = room.path("stick");
    desk.move_library(&stick).expect("it is moved");
    desk.close_all().expect("it closes");
    drop(desk);
    fs::rename(&stick, room.path("drawer")).expect("the stick is pulled");
    fs::create_dir(&stick).expect("where it was mounted is an empty folder");
    let fault = desk::Desk::open(room.world(), &room.library()).err().expect("it is not opened");
    assert!(fault.code == FaultCode::LibraryAway && fault.facts["path"].contains("stick"), "{fault:?}");
    assert_eq!(fs::read_dir(&stick).expect("the folder").count(), 0, "nothing was made there");
    let use_in = |folder: Option<&Path>| desk::place::use_library_in(&room.world(), &room.library(), folder);
    assert_eq!(use_in(Some(&stick)).expect_err("none is there").code, FaultCode::Gone);
    use_in(Some(&room.path("drawer"))).expect("it lies there");
    assert_eq!(room.desk().now(id).title, "On the stick");
    use_in(None).expect("the usual place");
    assert_eq!(room.desk().shelf(&ShelfQuery::default()).expect("the shelf").total, 0);
}
