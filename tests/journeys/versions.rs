//! What was signed stays signed: its next version is a report of its own, and no number is given twice.

use crate::room::{Hand, Room, same_content};
use desk::library::{ReportState, ShelfQuery};
use desk::view::Opened;
use desk::{Desk, FaultCode, Sitting};
use report::Edit;
use report::ids::ReportId;
use std::thread;
use std::time::Duration;

/// The sample, signed as version 1.0.
fn signed(room: &Room, desk: &Desk) -> Opened {
    let id = desk.begin_sample().expect("the sample").report.id;
    let identity = room.identity(desk, "Ada");
    desk.export(id, room.signed("report.pdf", &identity), &mut |_| {}).expect("it is signed");
    desk.open_report(id).expect("it is open")
}

/// One report written in two windows at once: what the first saved, and the sitting in which the second's text goes on as a copy.
fn parted(first: &Desk, second: &Desk) -> (ReportId, Sitting) {
    let id = first.begin_sample().expect("the sample").report.id;
    let sitting = second.open_report(id).expect("it opens").sitting;
    second.title(id, "Second window");
    first.title(id, "First window");
    first.save(id).expect("it is saved");
    second.save(sitting).expect("it is kept apart");
    (id, sitting)
}

fn state(room: &Room, id: ReportId) -> ReportState {
    room.desk().open_report(id).expect("it is there").state
}

#[test]
fn a_signed_report_is_not_edited_and_its_next_version_is() {
    let room = Room::new();
    let desk = room.desk();
    let before = signed(&room, &desk);
    let (id, sitting) = (before.report.id, before.sitting);
    assert_eq!((before.state, before.next_version.as_deref()), (ReportState::Signed, Some("1.1")));
    let refused = desk.edit(sitting, &Edit::Title { title: "Changed".to_owned() }, false).expect_err("it is signed");
    assert_eq!((refused.code, refused.facts["version"].as_str()), (FaultCode::Signed, "1.0"));
    assert_eq!(desk.jot(sitting, &["1655 ok".to_owned()], None).expect_err("it is signed").code, FaultCode::Signed);
    assert!(desk.undo(sitting).expect("it is open").is_none(), "what was done before the signature is not taken back");

    let next = desk.begin_version(sitting).expect("it begins");
    assert_eq!((next.sitting, next.state, next.report.version.as_str()), (sitting, ReportState::Draft, "1.1"));
    assert!(next.report.id != id && same_content(&next.report, &before.report));
    desk.edit(sitting, &Edit::Title { title: "Changed".to_owned() }, false).expect("it is taken");
    desk.close(sitting).expect("it is saved");

    let later = room.desk();
    let kept = later.open_report(id).expect("it is there");
    assert_eq!((kept.state, &kept.report), (ReportState::Signed, &before.report), "the signed one is as it was, to the letter");
    assert_eq!(later.now(next.report.id).title, "Changed");
    let library = store::Library::open(&room.library().join(desk::LIBRARY_FILE)).expect("it opens");
    let first = library.history(next.report.id).expect("its history").pop().expect("a first revision");
    let made = library.exports(id).expect("its files").remove(0);
    assert_eq!(first.parents, [made.revision], "it stands on what was signed");
    assert_eq!(library.revision(made.revision).expect("it is there"), before.report);
}

#[test]
fn undo_gives_the_signed_report_back_and_redo_the_next_version() {
    let room = Room::new();
    let desk = room.desk();
    let before = signed(&room, &desk);
    let (id, sitting) = (before.report.id, before.sitting);
    for saved_between in [false, true] {
        let next = desk.begin_version(sitting).expect("it begins").report;
        desk.edit(sitting, &Edit::Title { title: "C".to_owned() }, false).expect("it is taken");
        if saved_between {
            desk.save(sitting).expect("it is saved");
        }
        let back = desk.undo(sitting).expect("it is open").expect("there is something");
        assert_eq!((back.state, back.report.as_ref()), (ReportState::Signed, Some(&before.report)));
        assert!(!back.view.can_undo && back.view.can_redo);
        desk.save(sitting).expect("nothing is to be saved");
        let shelf = desk.shelf(&ShelfQuery::default()).expect("the shelf");
        assert_eq!((shelf.total, shelf.signed), (1, 1), "no draft is left on the shelf");
        assert_eq!(state(&room, id), ReportState::Signed);

        let forward = desk.redo(sitting).expect("it is open").expect("there is something");
        let report = forward.report.expect("it comes back");
        assert_eq!((report.id, report.title.as_str(), report.version.as_str()), (next.id, "C", "1.1"));
        desk.save(sitting).expect("it is saved");
        assert_eq!(room.desk().now(next.id).title, "C");
        desk.undo(sitting).expect("it is open").expect("there is something");
    }
    assert_eq!(desk.begin_version(sitting).expect("it begins").report.version, "1.1", "what was taken back is gone on with");
}

#[test]
fn no_two_texts_are_signed_under_one_number() {
    let room = Room::new();
    let desk = room.desk();
    let before = signed(&room, &desk);
    let identity = room.identity(&desk, "Ben");
    let sitting = before.sitting;
    desk.export(sitting, room.signed("again.pdf", &identity), &mut |_| {}).expect("the same text may be signed again");
    desk.begin_version(sitting).expect("it begins");
    desk.edit(sitting, &Edit::Title { title: "Changed".to_owned() }, false).expect("it is taken");
    desk.edit(sitting, &Edit::Version { version: " 1.0 ".to_owned() }, false).expect("it is taken");
    for request in [room.signed("other.pdf", &identity), room.unsigned("other.pdf")] {
        let fault = desk.export(sitting, request, &mut |_| {}).expect_err("1.0 is another text");
        assert_eq!((fault.code, fault.facts["next"].as_str()), (FaultCode::VersionTaken, "1.1"));
        assert!(!room.path("other.pdf").exists());
    }
    desk.export(sitting, room.draft("draft.pdf"), &mut |_| {}).expect("a draft says that it is one");
    desk.edit(sitting, &Edit::Version { version: "1.1".to_owned() }, false).expect("it is taken");
    desk.export(sitting, room.signed("other.pdf", &identity), &mut |_| {}).expect("it is signed");
    // A second window goes on from the first version; 1.1 is given.
    let other = room.desk();
    let opened = other.open_report(before.report.id).expect("it opens");
    assert_eq!(opened.next_version.as_deref(), Some("1.2"));
}

#[test]
fn a_copy_that_was_kept_may_not_take_the_number_that_was_signed() {
    let room = Room::new();
    let (first, second) = (room.desk(), room.desk());
    let (id, sitting) = parted(&first, &second);
    let identity = room.identity(&first, "Ada");
    first.export(id, room.signed("report.pdf", &identity), &mut |_| {}).expect("it is signed");
    let fault = second.export(sitting, room.signed("copy.pdf", &identity), &mut |_| {}).expect_err("1.0 is another text");
    assert_eq!(fault.code, FaultCode::VersionTaken);
}

#[test]
fn two_texts_signed_at_the_same_moment_do_not_get_one_number() {
    let room = Room::new();
    let (first, second) = (room.desk(), room.desk());
    let (id, sitting) = parted(&first, &second);
    let identity = room.identity(&first, "Ada");
    let (one, other) = (room.signed("report.pdf", &identity), room.signed("copy.pdf", &identity));
    let second = &second;
    thread::scope(|scope| {
        let mut signing = None;
        first
            .export(id, one, &mut |_| {
                // The number was seen to be free; now the other window asks, and has all the time it needs.
                let asked = signing.get_or_insert_with(|| scope.spawn(|| second.export(sitting, other.clone(), &mut |_| {})));
                for _ in 0..10 {
                    if !asked.is_finished() {
                        thread::sleep(Duration::from_millis(50));
                    }
                }
            })
            .expect("it is signed");
        let fault = signing.expect("it was asked").join().expect("no panic").expect_err("1.0 is another text by now");
        assert_eq!(fault.code, FaultCode::VersionTaken);
    });
}

#[test]
fn one_file_opened_twice_gives_two_texts_of_one_lineage() {
    let (here, there) = (Room::new(), Room::new());
    signed(&here, &here.desk());
    let desk = there.desk();
    let path = here.path("report.pdf");
    let versions = [(); 2].map(|()| desk.open_next_version(&path).expect("it opens").report);
    assert_eq!(versions.each_ref().map(|report| report.version.as_str()), ["1.1", "1.2"]);
}

#[test]
fn a_filing_taken_back_leaves_the_report_signed() {
    let room = Room::new();
    let desk = room.desk();
    let before = signed(&room, &desk);
    let (id, sitting) = (before.report.id, before.sitting);
    let clock = before.report.template.clocks[0].key.clone();
    let request = desk::clocks::FilingRequest { clock, moment: "16/10/2025 09:30 BST".to_owned(), reasons: String::new(), last_file: true };
    let filed = desk.record_filing(sitting, &request).expect("it is recorded");
    assert!(filed.state == ReportState::Signed && filed.view.can_undo);
    desk.save(sitting).expect("it is saved");
    assert_eq!(state(&room, id), ReportState::Signed);
    let back = desk.undo(sitting).expect("it is open").expect("there is something");
    assert_eq!((back.state, back.report), (ReportState::Signed, Some(before.report)));
    desk.close(sitting).expect("it is saved");
    assert_eq!(state(&room, id), ReportState::Signed);
}

#[test]
fn what_went_on_in_a_next_version_is_due_once() {
    let room = Room::new();
    let desk = room.desk();
    signed(&room, &desk);
    let sitting = desk.open_next_version(&room.path("report.pdf")).expect("it opens").sitting;
    let due = || desk.all_due().expect("the due times").into_iter().map(|row| row.due.key).collect::<Vec<_>>();
    let once = due();
    assert!(!once.is_empty(), "the sample alone has none");
    let identity = room.identity(&desk, "Ben");
    desk.export(sitting, room.signed("second.pdf", &identity), &mut |_| {}).expect("it is signed");
    assert_eq!(due(), once);
    desk.begin_version(sitting).expect("it begins");
    assert_eq!(due(), once);
}
