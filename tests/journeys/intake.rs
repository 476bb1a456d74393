//! A text from elsewhere: read, looked at, put right, accepted, undone, drafted, and filed only once every word has an answer.

use crate::room::Room;
use desk::intake::{IntakeReply, IntakeSource};
use desk::{Desk, FaultCode};
use intake::words::{lacking, multiset};
use intake::{Choices, Intake, Moved, To};
use report::edit::Change;
use report::papers::Accepted;
use report::{Edit, Report};
use std::fs;
use std::path::PathBuf;

/// The texts with the traps of real ones, and the form each is read as.
const TEXTS: [(&str, &str); 7] = [
    ("summary-form.txt", "sec-h9-summary"),
    ("outage-letter.txt", "rfo"),
    ("forum-post.txt", "rca-public"),
    ("broker-analysis.txt", "rca-public"),
    ("compared-page.txt", "post-incident-review"),
    ("public-note.txt", "public-note"),
    ("booking-note.txt", "public-note"),
];

fn fixture(name: &str) -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("fixtures/intake").join(name)
}

fn file(name: &str) -> IntakeSource {
    IntakeSource::File { path: fixture(name).display().to_string(), encoding: None }
}

fn pasted(text: &str) -> IntakeSource {
    IntakeSource::Pasted { text: text.to_owned(), html: None }
}

fn split(reply: IntakeReply) -> Intake {
    match reply {
        IntakeReply::Split { intake, .. } => *intake,
        IntakeReply::Ours { path } => panic!("{path} is taken for a report of ours"),
    }
}

fn reports(desk: &Desk) -> usize {
    desk.shelf(&Default::default()).expect("the shelf").drafts
}

#[test]
fn each_text_is_split_accepted_kept_whole_and_printed_as_a_draft() {
    let room = Room::new();
    let desk = room.desk();
    for (number, (name, form)) in TEXTS.into_iter().enumerate() {
        let shown = split(desk.intake_read(file(name)).expect("it reads"));
        assert_eq!(reports(&desk), number, "{name}: nothing is in the library before it is accepted");
        let source = fs::read_to_string(fixture(name)).expect("the fixture");
        let listed = shown.placements.iter().map(|one| one.said.as_str()).chain(shown.dropped.iter().map(|one| one.text.as_str()));
        assert_eq!(multiset(listed), multiset([source.as_str()]), "{name}: every word has a place");

        let opened = desk.intake_accept(&Choices::default()).expect("it is taken in");
        assert_eq!(opened.report.template.id, form, "{name}");
        let kept = opened.report.attachments.iter().find(|file| file.name == name).expect("the text stays with the report");
        assert_eq!(desk.attachment(opened.report.id, kept.id).expect("its bytes"), source.as_bytes());
        let exported = desk.export(opened.report.id, room.draft(&format!("{name}.pdf")), &mut |_| {}).expect("a draft");
        let inside = desk::documents::inside(&room.path(""), &fs::read(&exported.path).expect("it is there")).expect("a report inside");
        assert_eq!(inside.0, opened.report, "{name}: the draft carries what was taken in, the tray included");
    }
}

#[test]
fn a_piece_put_elsewhere_goes_there_and_back_by_choosing_again() {
    let desk_room = Room::new();
    let desk = desk_room.desk();
    let first = split(desk.intake_read(file("public-note.txt")).expect("it reads"));
    let waiting = first.placements.iter().find(|one| one.to == To::Tray).expect("a word waits");
    let slot = first.slots.first().expect("a section").name.clone();
    let moved = Moved { block: waiting.block, line: waiting.line, to: To::Section { slot } };
    let choices = Choices { moved: vec![moved], ..Choices::default() };
    let second = split(desk.intake_again(&choices).expect("it is split again"));
    assert_eq!((second.counts.waiting, second.counts.words), (first.counts.waiting - 1, first.counts.words));
    let again = split(desk.intake_again(&Choices::default()).expect("it is split again"));
    let where_to = |intake: &Intake| intake.placements.iter().map(|one| (one.said.clone(), one.to.clone())).collect::<Vec<_>>();
    assert_eq!((where_to(&again), again.counts), (where_to(&first), first.counts), "taken back is as it was");
}

#[test]
fn placing_a_waiting_word_is_one_step_that_can_be_undone() {
    let room = Room::new();
    let desk = room.desk();
    desk.intake_read(file("forum-post.txt")).expect("it reads");
    let opened = desk.intake_accept(&Choices::default()).expect("it is taken in");
    let (id, section) = (opened.report.id, opened.report.section_for("summary").expect("the form has it"));
    let mut body = section.body.clone();
    body.0.push(report::rich::Block::plain(&opened.report.unplaced[0].text));
    let edits = vec![Edit::Body { section: section.id, body }, Edit::Unplaced { change: Change::Remove { at: 0 } }];
    desk.edit(id, &Edit::Together { edits }, false).expect("it is placed");
    assert!(desk.open_report(id).expect("it is open").report.unplaced.is_empty());
    desk.undo(id).expect("it is taken back").expect("there was a step");
    assert_eq!(desk.open_report(id).expect("it is open").report, opened.report);
}

/// The finished sample with words that nothing has taken.
fn with_waiting_words(desk: &Desk) -> Report {
    let report = desk.begin_sample().expect("the sample").report;
    let mut ids = report::ids::CountedIds(40_000);
    let unplaced = report::papers::Unplaced {
        id: report::ids::UnplacedId::new(&mut ids),
        text: "Heard from a neighbour".into(),
        source: String::new(),
    };
    desk.edit(report.id, &Edit::Unplaced { change: Change::Insert { at: 0, item: unplaced } }, false).expect("it waits");
    report
}

#[test]
fn filing_waits_until_a_reason_is_given_for_the_words_that_wait() {
    let room = Room::new();
    let desk = room.desk();
    let report = with_waiting_words(&desk);
    let identity = room.identity(&desk, "Ada");
    for request in [room.unsigned("report.pdf"), room.signed("report.pdf", &identity)] {
        let fault = desk.export(report.id, request, &mut |_| {}).expect_err("words wait");
        assert!(fault.code == FaultCode::Blocked && fault.detail.contains("4 words are still in the tray"), "{fault:?}");
        assert!(!room.path("report.pdf").exists());
    }
    let ready = desk.readiness(report.id).expect("it is checked");
    let waits = ready.blocking.first().expect("it stops filing").clone();
    assert_eq!((waits.check.as_str(), ready.blocking.len()), ("P02", 1));
    let accepted = Accepted { finding: waits.key, reason: "Hearsay".into(), by: "Ada".into(), at: String::new() };
    desk.edit(report.id, &Edit::Accepted { change: Change::Insert { at: 0, item: accepted } }, false).expect("it is answered");
    desk.export(report.id, room.signed("report.pdf", &identity), &mut |_| {}).expect("it is filed");
}

#[test]
fn a_form_of_one_s_own_is_recognised_beside_the_shipped_ones() {
    let room = Room::new();
    let desk = room.desk();
    let own = r#"
id = "quay-diary"
version = "1"
title = "Quay incident diary"
short_title = "Quay diary"
authority = "The harbour master"
language = "en-GB"

[[field]]
key = "berth"
label = "Berth concerned"
type = "text"
required = true
guidance = "Which."
example = "12"

[[section]]
key = "seen"
heading = "What the watch saw"
required = true
guidance = "In order."
example = "Smoke."

[[section]]
key = "told"
heading = "Whom the watch told"
required = true
guidance = "By name of office."
example = "The pilot station."
"#;
    fs::write(room.path("own.toml"), own).expect("it is written");
    let added = desk.add_template(&room.path("own.toml")).expect("it reads");
    assert!(added.faults.is_empty(), "{:?}", added.faults);
    let text = "Berth concerned: 7\n\nWhat the watch saw\n\nA crane stood still.\n\nWhom the watch told\n\nThe foreman.";
    let shown = split(desk.intake_read(pasted(text)).expect("it reads"));
    assert_eq!(shown.fits[0].template, "quay-diary");
    let opened = desk.intake_accept(&Choices::default()).expect("it is taken in");
    assert_eq!((opened.report.template.id.as_str(), opened.report.answer("berth").raw.as_str()), ("quay-diary", "7"));
    assert!(opened.report.unplaced.is_empty() && opened.report.sections.iter().all(|section| !section.body.is_blank()));
}

#[test]
fn an_encoding_and_a_zone_may_be_said() {
    let room = Room::new();
    let desk = room.desk();
    let bytes = [b"Timeline\n09:40 ".as_slice(), &[0xBD, 0xD0, 0xE1, 0xDE, 0xE1], b" stopped\n09:50 x\n10:00 y\n"].concat();
    fs::write(room.path("log.txt"), bytes).expect("it is written");
    let path = room.path("log.txt").display().to_string();
    desk.intake_read(IntakeSource::File { path, encoding: Some("iso-8859-5".into()) }).expect("it reads");
    let choices = Choices { zone: Some("Europe/Sofia".into()), ..Choices::default() };
    let opened = desk.intake_accept(&choices).expect("it is taken in");
    assert_eq!(opened.report.zone.as_deref(), Some("Europe/Sofia"));
    assert!(opened.report.events().any(|event| event.text.contains("Насос")), "{:?}", opened.report.timeline);
}

#[test]
fn what_cannot_be_read_says_why_and_leaves_desk_and_library_as_they_were() {
    let room = Room::new();
    let desk = room.desk();
    assert_eq!(desk.intake_again(&Choices::default()).expect_err("nothing was read").code, FaultCode::Refused);
    let first = split(desk.intake_read(file("outage-letter.txt")).expect("it reads"));
    fs::write(room.path("zeros.bin"), [0_u8; 64]).expect("it is written");
    for source in [IntakeSource::File { path: room.path("zeros.bin").display().to_string(), encoding: None }, pasted(" \n ")] {
        let fault = desk.intake_read(source).expect_err("there is nothing to read");
        assert_eq!(fault.code, FaultCode::NotImported, "{fault:?}");
    }
    let held = split(desk.intake_again(&Choices::default()).expect("the first text still lies there"));
    assert_eq!(held.counts, first.counts);
    assert_eq!(reports(&desk), 0);
    let carried = desk.intake_accept(&Choices::default()).expect("it is taken in");
    let said = serde_json::to_string(&carried.report).expect("it writes");
    let words = first.placements.iter().filter(|one| matches!(one.to, To::Section { .. } | To::Timeline)).map(|one| one.said.as_str());
    assert!(lacking(&multiset(words), &multiset([said.as_str()])).is_empty(), "the words of sections and rows are in the report");
}

#[test]
fn a_text_whose_bytes_leave_its_letters_open_is_read_in_the_encoding_a_person_names() {
    let room = Room::new();
    let desk = room.desk();
    let path = room.path("night.txt");
    // In windows-1250; Western European has other letters at two of these places.
    fs::write(&path, b"Root Cause, if known\nAz el\xF5fizet\xF5k h\xEDv\xE1sa nem m\xFBk\xF6d\xF6tt.\n").expect("it is written");
    let read = |encoding: Option<&str>| {
        let from = IntakeSource::File { path: path.display().to_string(), encoding: encoding.map(str::to_owned) };
        let IntakeReply::Split { intake, encoding, .. } = desk.intake_read(from).expect("it reads") else {
            panic!("it is no report of ours")
        };
        let said = intake.placements.iter().map(|piece| piece.said.clone()).collect::<Vec<_>>().join(" ");
        (said, encoding.expect("the bytes do not tell"))
    };
    let (western, guess) = read(Some("windows-1252"));
    assert!(western.contains("Az elõfizetõk hívása nem mûködött.") && guess.taken == "windows-1252", "{western}");
    let central = guess.options.iter().find(|one| one.label == "windows-1250").expect("it is offered");
    assert_eq!(central.line, "Az előfizetők hívása nem működött.");
    let (chosen, guess) = read(Some(&central.label));
    assert!(chosen.contains(&central.line) && guess.taken == "windows-1250");
    let kept = desk.intake_accept(&Choices::default()).expect("it is kept").report;
    assert!(report::texts::texts(&kept).any(|written| written.text == central.line), "what was chosen is what is kept");
}
