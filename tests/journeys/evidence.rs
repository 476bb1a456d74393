//! Files and figures: taken in, shown, refused, and found again in the PDF.

use crate::room::{Hand, Room};
use desk::FaultCode;
use desk::ports::World;
use desk::verification::verify_file;
use report::rich::{Block, FigureAttrs, Inline};
use report::{Change, Edit, RichText};
use serde_json::json;

/// A PNG of one red pixel.
const RED: &[u8] = &[
    0x89, b'P', b'N', b'G', 0x0D, 0x0A, 0x1A, 0x0A, 0, 0, 0, 13, b'I', b'H', b'D', b'R', 0, 0, 0, 1, 0, 0, 0, 1, 8, 2, 0, 0, 0, 0x90, 0x77,
    0x53, 0xDE, 0, 0, 0, 12, b'I', b'D', b'A', b'T', 0x08, 0xD7, 0x63, 0xF8, 0xCF, 0xC0, 0, 0, 3, 1, 1, 0, 0x18, 0xDD, 0x8D, 0xB0, 0, 0, 0,
    0, b'I', b'E', b'N', b'D', 0xAE, 0x42, 0x60, 0x82,
];

#[test]
fn a_file_is_attached_under_a_name_of_its_own_and_travels_in_the_pdf() {
    let room = Room::new();
    let desk = room.desk();
    let id = desk.begin_sample().expect("the sample").report.id;
    let before = desk.now(id).attachments.len();
    desk.attach(id, "../../logs/bridge-notes.txt", b"other notes", true).expect("it is taken in");
    let edited = desk.attach(id, "report.json", b"{}", true).expect("it is taken in");
    let files = edited.report.expect("the whole report").attachments;
    let names: Vec<&str> = files[before..].iter().map(|file| file.name.as_str()).collect();
    assert_eq!(names, ["bridge-notes (2).txt", "report (2).json"]);
    let exported = desk.export(id, room.unsigned("report.pdf"), &mut |_| {}).expect("it prints");
    assert!(exported.pages > 0);
    let verdict = verify_file(&World::real(), &room.path("report.pdf")).expect("it reads");
    assert_eq!(verdict.attachments.len(), before + 2);
    assert!(verdict.attachments.iter().all(|file| file.ok));
    desk.undo(id).expect("it is open").expect("a step");
    assert_eq!(desk.now(id).attachments.len(), before + 1);
    desk.redo(id).expect("it is open").expect("a step");
    let last = desk.now(id).attachments.pop().expect("it is back");
    assert_eq!(desk.attachment(id, last.id).expect("its bytes"), b"{}");
}

#[test]
fn a_picture_stands_in_the_text_and_cannot_be_taken_away_under_it() {
    let room = Room::new();
    let desk = room.desk();
    let opened = desk.begin_sample().expect("the sample");
    let id = opened.report.id;
    let edited = desk.attach(id, "red.png", RED, false).expect("it is taken in");
    let files = edited.report.expect("the whole report").attachments;
    let picture = files.last().expect("it is there").clone();
    assert_eq!((picture.media_type.as_str(), picture.evidence), ("image/png", false));
    let attrs: FigureAttrs = serde_json::from_value(json!({ "attachment": picture.id, "alt": "A red square" })).expect("attributes");
    let figure = Block::Figure { attrs, content: vec![Inline::plain("The warning light")] };
    let section = opened.report.section_for("nature").expect("the form has it").id;
    desk.edit(id, &Edit::Body { section, body: RichText(vec![Block::plain("It was red."), figure]) }, false).expect("it is taken");
    let at = files.len() - 1;
    let fault = desk.edit(id, &Edit::Attachments { change: Change::Remove { at } }, false).expect_err("it is still shown");
    assert!(fault.code == FaultCode::Refused && fault.detail.contains("red.png"), "{fault:?}");

    let preview = desk.preview(id, false).expect("it prints").expect("nobody overtook it");
    assert!(preview.missing_glyphs.is_empty() && !preview.anchors.is_empty());
    desk.export(id, room.unsigned("report.pdf"), &mut |_| {}).expect("it prints");
    let next = desk.open_next_version(&room.path("report.pdf")).expect("it opens");
    assert_eq!(next.report.sections[0].body.figures()[0].attachment, Some(picture.id));
    assert_eq!(desk.attachment(next.report.id, picture.id).expect("its bytes"), RED);
}

#[test]
fn a_picture_that_cannot_be_printed_is_refused_where_it_is_dropped() {
    let room = Room::new();
    let desk = room.desk();
    let id = desk.begin_sample().expect("the sample").report.id;
    let before = desk.now(id);
    for (name, bytes) in [("a.gif", b"GIF89a......".as_slice()), ("empty.png", b""), ("notes.txt", b"words")] {
        let fault = desk.attach(id, name, bytes, false).expect_err("it is refused");
        assert!(fault.code == FaultCode::BadPicture && fault.detail.contains(name), "{fault:?}");
    }
    assert_eq!(desk.now(id), before);
}

#[test]
fn a_picture_that_turns_out_to_be_damaged_is_in_drafts_only_and_named() {
    let room = Room::new();
    let desk = room.desk();
    let opened = desk.begin_sample().expect("the sample");
    let id = opened.report.id;
    let edited = desk.attach(id, "damaged.png", &RED[..RED.len() - 24], false);
    let Ok(edited) = edited else { return assert_eq!(edited.expect_err("it is refused").code, FaultCode::BadPicture) };
    let picture = edited.report.expect("the whole report").attachments.pop().expect("it is there");
    let attrs: FigureAttrs = serde_json::from_value(json!({ "attachment": picture.id, "alt": "A red square" })).expect("attributes");
    let section = opened.report.section_for("nature").expect("the form has it").id;
    let figure = Block::Figure { attrs, content: vec![Inline::plain("The warning light")] };
    desk.edit(id, &Edit::Body { section, body: RichText(vec![Block::plain("It was red."), figure]) }, false).expect("it is taken");
    let fault = desk.export(id, room.unsigned("report.pdf"), &mut |_| {}).expect_err("it cannot be printed");
    assert!(fault.code == FaultCode::BadPicture && fault.facts["name"].contains("Nature of the Major Incident"), "{fault:?}");
    assert!(!room.path("report.pdf").exists());
    desk.export(id, room.draft("draft.pdf"), &mut |_| {}).expect("a draft shows that it is missing");
}

#[test]
fn a_file_beyond_the_limit_is_refused_with_the_limit() {
    let room = Room::new();
    let desk = room.desk();
    let id = desk.begin_sample().expect("the sample").report.id;
    let before = desk.now(id);
    let fault = desk.attach(id, "disk.img", &vec![7; desk::evidence::LARGEST_FILE + 1], true).expect_err("it is refused");
    assert!(fault.code == FaultCode::TooLarge && fault.detail.contains("50 MB") && fault.facts["limit"] == "50 MB", "{fault:?}");
    assert_eq!(desk.now(id), before);
    desk.attach(id, "disk.img", &vec![7; desk::evidence::LARGEST_FILE], true).expect("the largest that is taken");
}
