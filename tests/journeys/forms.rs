//! Forms beyond the shipped ones, stages that follow each other, and the formats a regime takes besides the PDF.

use crate::room::{Hand, Room};
use desk::FaultCode;
use desk::filing::BottomLine;
use desk::ports::World;
use desk::verification::verify_file;
use report::outgoing::Outgoing;
use report::rich::Block;
use report::{Answer, Edit, RichText};
use std::fs;

const OWN: &str = r#"
id = "grid-note"
version = "1"
title = "Note on a grid incident"
short_title = "Grid note"
authority = "Our own control room"

[[field]]
key = "feeder"
label = "Feeder"
type = "text"
required = true

[[section]]
key = "what"
heading = "What happened"
required = true
"#;

#[test]
fn a_form_of_ones_own_is_kept_and_used_like_the_shipped_ones() {
    let room = Room::new();
    let file = room.path("grid-note.toml");
    fs::write(&file, OWN).expect("it is written");
    let desk = room.desk();
    let added = desk.add_template(&file).expect("the file reads");
    assert!(added.faults.is_empty() && !added.replaced && added.card.is_some_and(|card| card.own));
    assert!(desk.add_template(&file).expect("the file reads").replaced, "a newer text takes its place");
    drop(desk);

    let desk = room.desk();
    assert_eq!(desk.templates().expect("a list").iter().filter(|card| card.id == "grid-note").count(), 1);
    let opened = desk.begin("grid-note").expect("it begins");
    assert_eq!(opened.report.template.title, "Note on a grid incident");
    desk.remove_template("grid-note").expect("it goes");
    desk.title(opened.report.id, "Feeder 12");
    desk.close(opened.report.id).expect("it closes");
    assert_eq!(desk.open_report(opened.report.id).expect("it opens").report.template.id, "grid-note", "a report keeps its form");
    assert_eq!(desk.begin("grid-note").expect_err("it is gone").code, FaultCode::NoSuchTemplate);
}

#[test]
fn a_form_that_names_nobody_to_sign_is_signed_all_the_same() {
    let room = Room::new();
    let file = room.path("grid-note.toml");
    fs::write(&file, OWN).expect("it is written");
    let desk = room.desk();
    assert!(desk.add_template(&file).expect("the file reads").card.is_some());
    let report = desk.begin("grid-note").expect("it begins").report;
    let answer = Answer { raw: "K-114".into(), ..Answer::default() };
    desk.edit(report.id, &Edit::Answer { key: "feeder".into(), answer: Some(answer) }, false).expect("it applies");
    let body = vec![Block::plain("The feeder tripped and was closed again by hand.")];
    desk.edit(report.id, &Edit::Body { section: report.sections[0].id, body: RichText(body) }, false).expect("it applies");

    let identity = room.identity(&desk, "Ada");
    desk.export(report.id, room.signed("note.pdf", &identity), &mut |_| {}).expect("it is signed");
    assert_eq!(verify_file(&World::real(), &room.path("note.pdf")).expect("it reads").bottom_line, BottomLine::Sound);
}

#[test]
fn a_form_taken_out_of_the_list_can_be_brought_back() {
    let room = Room::new();
    let file = room.path("grid-note.toml");
    fs::write(&file, OWN).expect("it is written");
    let desk = room.desk();
    desk.add_template(&file).expect("the file reads");
    desk.remove_template("grid-note").expect("it goes");
    assert_eq!(desk.remove_template("grid-note").expect_err("it is gone").code, FaultCode::NoSuchTemplate);
    desk.restore_template("grid-note").expect("it comes back");
    assert_eq!(desk.begin("grid-note").expect("it begins").report.template.title, "Note on a grid incident");
    assert_eq!(desk.restore_template("grid-note").expect_err("it is there").code, FaultCode::NoSuchTemplate);
    assert_eq!(desk.remove_template("rfo").expect_err("it ships").code, FaultCode::NoSuchTemplate);
}

#[test]
fn a_form_with_faults_is_not_taken_and_every_fault_has_its_line() {
    let room = Room::new();
    let file = room.path("wrong.toml");
    fs::write(&file, OWN.replace("type = \"text\"", "type = \"colour\"").replace("heading = ", "headnig = ")).expect("it is written");
    let desk = room.desk();
    let added = desk.add_template(&file).expect("the file reads");
    assert_eq!(added.faults.iter().map(|fault| fault.line).collect::<Vec<_>>(), [11, 14, 16]);
    assert!(added.card.is_none() && desk.templates().expect("a list").iter().all(|card| !card.own));

    fs::write(&file, OWN.replace("grid-note", "rfo")).expect("it is written");
    let added = desk.add_template(&file).expect("the file reads");
    assert_eq!(added.faults[0].to_string(), "line 2: a shipped form is called “rfo”; give yours another id");
}

#[test]
fn a_later_stage_begins_with_what_the_earlier_one_says() {
    let room = Room::new();
    let desk = room.desk();
    let initial = desk.begin("dora-initial").expect("it begins").report;
    let answer = Answer { raw: "NFB-1".into(), ..Answer::default() };
    desk.edit(initial.id, &Edit::Answer { key: "own_reference".into(), answer: Some(answer) }, false).expect("it applies");
    let next = desk.begin_next_stage(initial.id, "dora-intermediate").expect("it follows").report;
    assert_ne!(next.id, initial.id);
    assert_eq!((next.answer("own_reference").raw.as_str(), next.answer("submission_type").raw.as_str()), ("NFB-1", "intermediate report"));
    assert_eq!(next.earlier.expect("it says from what").report, initial.id);
    assert_eq!(desk.begin_next_stage(initial.id, "rfo").expect_err("a letter follows nothing").code, FaultCode::NoSuchTemplate);
}

#[test]
fn nothing_is_handed_over_while_something_is_missing() {
    let room = Room::new();
    let desk = room.desk();
    let report = desk.begin("dora-initial").expect("it begins").report;
    let file = room.path("initial.json");
    let missing = desk.hand_over(report.id, Outgoing::Ir12, &file).expect("no fault of the disk");
    assert!(missing.iter().any(|one| one.message.contains("2.4 Description")), "{missing:#?}");
    assert!(!file.exists());
}
