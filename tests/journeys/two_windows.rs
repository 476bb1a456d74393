//! Two windows on one library: the second is told, and neither loses a word. Whoever was slower goes on in a report of their own.

use crate::room::{Hand, Room};
use desk::library::{ReportState, Shelf, ShelfQuery};
use desk::view::{KeptApart, SaveNews};
use desk::{Desk, FaultCode};
use report::ids::ReportId;
use report::{Edit, RichText};

fn shelf(desk: &Desk) -> Shelf {
    desk.shelf(&ShelfQuery::default()).expect("the shelf")
}

fn titles(desk: &Desk) -> Vec<String> {
    shelf(desk).reports.into_iter().map(|row| row.title).collect()
}

/// What is in the library under that id, for somebody who comes later.
fn on_disk(room: &Room, id: ReportId) -> report::Report {
    room.desk().now(id)
}

fn copy_of(news: SaveNews) -> (ReportId, KeptApart) {
    let SaveNews::KeptBoth { copy, why, .. } = news else { panic!("nothing was kept apart: {news:?}") };
    (copy, why)
}

#[test]
fn whoever_was_slower_goes_on_in_a_report_of_their_own() {
    let room = Room::new();
    let (first, second) = (room.desk(), room.desk());
    let id = first.begin("rfo").expect("it begins").report.id;
    first.title(id, "As begun");
    first.save(id).expect("it is saved");
    assert!(!first.open_report(id).expect("it is open").elsewhere);
    let opened = second.open_report(id).expect("it opens");
    assert!(opened.elsewhere, "the second is told");

    first.title(id, "First window");
    second.title(id, "Second window");
    assert!(matches!(first.save(id), Ok(SaveNews::Saved { .. })));
    let news = second.save(opened.sitting).expect("both are kept");
    let (copy, why) = copy_of(news);
    assert_eq!(why, KeptApart::Overtaken);
    assert_eq!(on_disk(&room, id).title, "First window");
    assert!(second.now(copy).title.starts_with("Second window (copy kept "), "{}", second.now(copy).title);
    assert_eq!(second.now(copy), on_disk(&room, copy), "what the second holds is what is on disk");
    assert!(matches!(second.untold().as_slice(), [SaveNews::KeptBoth { report, .. }] if *report == id), "the window hears of it once");
    assert!(second.untold().is_empty());

    // What the second window goes on writing, still not having heard of it, reaches its own text and nothing else.
    let section = opened.report.section_for("background").expect("the form has it").id;
    let body = RichText::from_plain("Written by the second.");
    second.edit(opened.sitting, &Edit::Body { section, body }, false).expect("it is taken");
    second.save(opened.sitting).expect("it is saved");
    first.title(id, "First window, again");
    assert!(matches!(first.save(id), Ok(SaveNews::Saved { .. })), "from now on the two write two reports");
    assert_eq!(on_disk(&room, id).title, "First window, again");
    assert_eq!(on_disk(&room, copy).section_for("background").expect("it is there").body.plain(), "Written by the second.");
    assert_eq!(second.now(id).title, "First window, again", "who opens the report gets the other's text");
    assert_eq!(shelf(&first).total, 2);
}

#[test]
fn undo_reaches_behind_the_parting_and_a_jotted_line_lands_in_the_copy() {
    let room = Room::new();
    let (first, second) = (room.desk(), room.desk());
    let id = first.begin("rfo").expect("it begins").report.id;
    let sitting = second.open_report(id).expect("it opens").sitting;
    second.jot(sitting, &["1655 failover ok".to_owned()], None).expect("it is taken");
    first.jot(id, &["1700 other".to_owned(), "1701 another".to_owned()], None).expect("it is taken");
    first.save(id).expect("it is saved");
    let (copy, _) = copy_of(second.save(sitting).expect("both are kept"));
    let jotted = second.jot(sitting, &["1710 restored".to_owned()], Some(1)).expect("it is taken");
    let report = jotted.report.expect("the report comes back");
    assert_eq!((report.id, report.timeline.len()), (copy, 2));
    second.attach(sitting, "gateway.log", b"one line", true).expect("it is taken in");
    for _ in 0..3 {
        second.undo(sitting).expect("it is open").expect("there is something");
    }
    second.save(sitting).expect("it is saved");
    assert!(on_disk(&room, copy).timeline.is_empty() && on_disk(&room, id).timeline.len() == 2);
}

#[test]
fn a_parting_found_at_closing_keeps_the_text_and_is_told() {
    let room = Room::new();
    let (first, second) = (room.desk(), room.desk());
    let id = first.begin("rfo").expect("it begins").report.id;
    second.open_report(id).expect("it opens");
    second.title(id, "Second window");
    first.title(id, "First window");
    first.close(id).expect("it is closed");
    second.close(id).expect("it is closed");
    assert_eq!(second.untold().len(), 1);
    let titles = titles(&first);
    assert!(titles.iter().any(|title| title.starts_with("Second window (copy kept")) && titles.contains(&"First window".to_owned()));
}

#[test]
fn the_kept_copy_and_a_third_window_part_again_and_every_name_is_told_apart() {
    let room = Room::new();
    let desks = [room.desk(), room.desk(), room.desk()];
    let id = desks[0].begin("rfo").expect("it begins").report.id;
    let sittings: Vec<_> = desks.iter().map(|desk| desk.open_report(id).expect("it opens").sitting).collect();
    for (desk, sitting) in desks.iter().zip(&sittings) {
        desk.edit(*sitting, &Edit::Title { title: "Gateway down".to_owned() }, false).expect("it is taken");
    }
    for (nth, (desk, sitting)) in desks.iter().zip(&sittings).enumerate() {
        desk.edit(*sitting, &Edit::Version { version: format!("0.{nth}") }, false).expect("it is taken");
        desk.save(*sitting).expect("it is saved or kept");
    }
    let copy = desks[1].opened_as(sittings[1]);
    // The third window opens the second's copy, and both write it.
    let third = desks[2].open_report(copy).expect("it opens").sitting;
    desks[2].edit(third, &Edit::Version { version: "0.5".to_owned() }, false).expect("it is taken");
    desks[1].edit(sittings[1], &Edit::Version { version: "0.6".to_owned() }, false).expect("it is taken");
    desks[1].save(sittings[1]).expect("it is saved");
    copy_of(desks[2].save(third).expect("it is kept"));
    let mut titles = titles(&desks[0]);
    titles.sort();
    titles.dedup();
    assert_eq!(titles.len(), 4, "{titles:?}");
    assert!(titles.iter().all(|title| title.matches("copy kept").count() < 2), "{titles:?}");
}

#[test]
fn the_same_text_in_both_windows_is_no_conflict() {
    let room = Room::new();
    let (first, second) = (room.desk(), room.desk());
    let id = first.begin("rfo").expect("it begins").report.id;
    second.open_report(id).expect("it opens");
    for desk in [&first, &second] {
        desk.title(id, "The same");
        assert!(matches!(desk.save(id), Ok(SaveNews::Saved { .. })));
    }
    assert_eq!(shelf(&first).total, 1);
}

#[test]
fn nobody_signs_a_text_that_another_window_put_there() {
    let room = Room::new();
    let (first, second) = (room.desk(), room.desk());
    let id = first.begin_sample().expect("the sample").report.id;
    let sitting = second.open_report(id).expect("it opens").sitting;
    let identity = room.identity(&second, "Ada");
    second.title(id, "What Ada read");
    first.title(id, "What Ada never saw");
    first.save(id).expect("it is saved");
    let fault = second.export(sitting, room.signed("report.pdf", &identity), &mut |_| {}).expect_err("she did not see it");
    assert!(fault.code == FaultCode::Refused && fault.detail.contains("copy"), "{fault:?}");
    let copy = fault.facts["copy"].parse().map(ReportId).expect("the report with her text is named");
    assert!(second.now(copy).title.starts_with("What Ada read"));
    assert!(!room.path("report.pdf").exists() && shelf(&second).signed == 0);
    second.export(sitting, room.signed("report.pdf", &identity), &mut |_| {}).expect("she signs her own text");
    assert_eq!(second.open_report(copy).expect("it is there").state, ReportState::Signed);
    assert_eq!(room.desk().open_report(id).expect("it is there").state, ReportState::Draft);
}

#[test]
fn nobody_signs_on_top_of_what_another_window_saved_after_them() {
    let room = Room::new();
    let (first, second) = (room.desk(), room.desk());
    let id = first.begin_sample().expect("the sample").report.id;
    first.title(id, "What Ada saved");
    first.save(id).expect("it is saved");
    let identity = room.identity(&first, "Ada");
    second.open_report(id).expect("it opens");
    second.title(id, "What Ben wrote on top");
    second.save(id).expect("it is saved");
    let fault = first.export(id, room.signed("report.pdf", &identity), &mut |_| {}).expect_err("the report has gone on");
    assert!(fault.facts.contains_key("copy") && !room.path("report.pdf").exists(), "{fault:?}");
    assert_eq!(on_disk(&room, id).title, "What Ben wrote on top");
    assert!(titles(&first).iter().any(|title| title.starts_with("What Ada saved")));
}

#[test]
fn what_another_window_put_in_the_bin_stays_there_and_the_text_goes_on_beside_it() {
    let room = Room::new();
    let (first, second) = (room.desk(), room.desk());
    let id = first.begin("rfo").expect("it begins").report.id;
    first.title(id, "Thrown away");
    first.save(id).expect("it is saved");
    second.open_report(id).expect("it opens");
    first.remove(id).expect("it goes to the bin");
    second.title(id, "Still written");
    let (copy, why) = copy_of(second.save(id).expect("it is kept"));
    assert_eq!((why, second.now(copy).title.as_str()), (KeptApart::Removed, "Still written"));
    assert_eq!(titles(&first), ["Still written"]);
    first.restore(id).expect("it comes back");
    assert_eq!(on_disk(&room, id).title, "Thrown away");
}

#[test]
fn what_another_window_signed_stays_signed_and_the_text_goes_on_as_the_next_version() {
    let room = Room::new();
    let (first, second) = (room.desk(), room.desk());
    let id = first.begin_sample().expect("the sample").report.id;
    let sitting = second.open_report(id).expect("it opens").sitting;
    let identity = room.identity(&first, "Ada");
    first.export(id, room.signed("report.pdf", &identity), &mut |_| {}).expect("it is signed");
    let signed = on_disk(&room, id);
    second.title(id, "One word more");
    let (copy, why) = copy_of(second.save(sitting).expect("it is kept"));
    assert_eq!((why, second.now(copy).version.as_str()), (KeptApart::Signed, "1.1"));
    let later = room.desk();
    let opened = later.open_report(id).expect("it is there");
    assert_eq!((opened.state, opened.report), (ReportState::Signed, signed));
}

/// Where a sitting is now.
trait OpenedAs {
    fn opened_as(&self, sitting: desk::Sitting) -> ReportId;
}

impl OpenedAs for Desk {
    fn opened_as(&self, sitting: desk::Sitting) -> ReportId {
        self.rejoin(sitting, ReportId(sitting.0)).expect("the sitting goes on").report.id
    }
}
