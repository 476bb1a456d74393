//! Files that are signed already: signed further, made to last, judged by the folder.

use crate::room::{PASSPHRASE, Room, nothing_half_written};
use desk::asked::Purpose;
use desk::extending::{ExtendRequest, Lasting};
use desk::filing::{BottomLine, FurtherRequest, Progress, SignRequest};
use desk::ports::{Network, World};
use desk::records::{Record, Recorded};
use desk::settings::Settings;
use desk::{Desk, FaultCode, batch};
use report::template::Audience;
use std::error::Error;
use std::fs;
use std::sync::{Arc, Mutex};

/// A room with a report that Ada has signed, and the identity of Ben.
fn signed_by_ada(desk: &Desk, room: &Room) -> String {
    let id = desk.begin_sample().expect("the sample").report.id;
    let ada = room.identity(desk, "Ada");
    desk.export(id, room.signed("report.pdf", &ada), &mut |_| {}).expect("it is signed");
    room.identity(desk, "Ben")
}

fn further(room: &Room, output: &str, identity: &str) -> FurtherRequest {
    let sign = SignRequest { identity: identity.to_owned(), passphrase: PASSPHRASE.to_owned(), trusted_time: false };
    let path = |name: &str| room.path(name).display().to_string();
    FurtherRequest { path: path("report.pdf"), output: path(output), sign, field: None }
}

#[test]
fn a_second_person_sees_the_file_and_signs_it_into_a_new_one() {
    let room = Room::new();
    let desk = room.desk();
    let ben = signed_by_ada(&desk, &room);
    let before = fs::read(room.path("report.pdf")).expect("it is there");
    let seen = desk.to_sign(&room.path("report.pdf")).expect("it reads");
    assert!(seen.refused.is_none() && seen.verification.bottom_line == BottomLine::Sound);
    assert_eq!(seen.places.iter().map(|place| place.signed).collect::<Vec<_>>(), [true, false]);
    assert!(seen.places.iter().all(|place| place.page.is_some() && !place.part.is_empty() && place.rect[0] < place.rect[2]), "{seen:?}");
    assert_eq!(seen.places[0].field, seen.verification.signatures[0].field);

    let mut steps = Vec::new();
    let made = desk.sign_further(&further(&room, "both.pdf", &ben), &mut |step| steps.push(step)).expect("it is signed");
    assert_eq!(steps, [Progress::Signing, Progress::Checking, Progress::Writing], "it is judged before it gets its name");
    assert_eq!(made.signers, ["Ben"]);
    let verdict = desk.verify(&room.path("both.pdf")).expect("it reads");
    assert_eq!((verdict.bottom_line, verdict.signatures.len()), (BottomLine::Sound, 2));
    assert!(fs::read(room.path("report.pdf")).expect("it is there") == before, "what was opened stays as it is");
    assert!(desk.to_sign(&room.path("both.pdf")).expect("it reads").places.iter().all(|place| place.signed));
}

#[test]
fn a_further_signature_writes_over_nothing_and_can_be_stopped() {
    let room = Room::new();
    let desk = room.desk();
    let ben = signed_by_ada(&desk, &room);
    let names = room.names();
    let fault = desk.sign_further(&further(&room, "report.pdf", &ben), &mut |_| {}).expect_err("it is the opened one");
    assert_eq!(
        (fault.code, fault.facts["reason"].as_str()),
        (FaultCode::Unreadable, "it is the file that was opened, which stays as it is")
    );
    for stop_at in [Progress::Signing, Progress::Checking, Progress::Writing] {
        let watch = &mut |step| {
            if step == stop_at {
                desk.cancel_export()
            }
        };
        let fault = desk.sign_further(&further(&room, "both.pdf", &ben), watch).expect_err("it was stopped");
        assert_eq!(fault.code, FaultCode::Cancelled);
    }
    assert!(room.names() == names && nothing_half_written(&room.path("")));
}

#[test]
fn a_file_that_was_changed_says_why_it_is_not_signed_further() {
    let room = Room::new();
    let desk = room.desk();
    let ben = signed_by_ada(&desk, &room);
    let mut pdf = fs::read(room.path("report.pdf")).expect("it is there");
    let last = pdf.len() / 3;
    pdf[last] ^= 1;
    fs::write(room.path("report.pdf"), pdf).expect("it is written");
    let refused = desk.to_sign(&room.path("report.pdf")).expect("it reads").refused.expect("it is refused");
    assert_eq!(refused.code, FaultCode::NotExtended);
    assert_eq!(desk.sign_further(&further(&room, "both.pdf", &ben), &mut |_| {}).expect_err("it is refused"), refused);
}

/// A network where nobody answers.
struct Silent;

impl Network for Silent {
    fn ask_time(&self, _: &str, _: &[u8]) -> Result<Vec<u8>, Box<dyn Error + Send + Sync>> {
        Err("nobody answers".into())
    }
    fn ask_standing(&self, _: &str, _: &[u8]) -> Result<Vec<u8>, Box<dyn Error + Send + Sync>> {
        Err("nobody answers".into())
    }
    fn fetch(&self, _: &str) -> Result<Vec<u8>, Box<dyn Error + Send + Sync>> {
        Err("nobody answers".into())
    }
}

#[test]
fn every_authority_of_the_settings_is_asked_in_order_and_told_of_before() {
    let room = Room::new();
    let desk = Desk::open(World { network: Arc::new(Silent), ..room.world() }, &room.library()).expect("it opens");
    signed_by_ada(&desk, &room);
    desk.set_settings(&Settings { authority: "http://one.test/ http://two.test/".to_owned(), ..Settings::default() }).expect("it is kept");
    let told = Arc::new(Mutex::new(Vec::new()));
    let hear = told.clone();
    let path = |name: &str| room.path(name).display().to_string();
    let request = ExtendRequest { path: path("report.pdf"), output: path("lasting.pdf"), reach: Lasting::Time };
    let names = room.names();
    let extended =
        desk.extend(&request, move |asked| hear.lock().expect("one at a time").push(asked.address.clone())).expect("it is tried");
    assert!(extended.path.is_none() && !extended.reached && extended.lacking.len() == 1, "{extended:?}");
    assert_eq!(*told.lock().expect("one at a time"), ["http://one.test/", "http://two.test/"]);
    assert!(extended.asked.iter().all(|asked| asked.purpose == Purpose::Time && asked.bytes.is_none()));
    assert_eq!(room.names(), names, "nothing was added, and nothing was written");
    let fault = desk.extend(&ExtendRequest { output: path("report.pdf"), ..request }, |_| {}).expect_err("it is the opened one");
    assert_eq!(fault.code, FaultCode::Unreadable);
}

#[test]
fn a_folder_of_files_is_judged_each_as_it_would_be_alone() {
    let room = Room::new();
    let desk = room.desk();
    let ben = signed_by_ada(&desk, &room);
    desk.sign_further(&further(&room, "both.pdf", &ben), &mut |_| {}).expect("it is signed");
    fs::write(room.path("cut.pdf"), &fs::read(room.path("report.pdf")).expect("it is there")[..999]).expect("it is written");
    let found = desk.verify(&room.path("both.pdf")).expect("it reads");
    let confirmed = desk.confirm_signer(&found.signatures[1].fingerprint, "Ben", "").expect("it is confirmed");
    let files = batch::gather(&room.world(), &[room.path("")]).expect("it is read");
    let judged = Mutex::new(Vec::new());
    batch::judge(&room.world(), &files, &[confirmed], &|| true, &|file| judged.lock().expect("one at a time").push(file));
    let mut judged = judged.into_inner().expect("all are done");
    judged.sort_by(|a, b| a.name.cmp(&b.name));
    let lines = judged.iter().map(|file| (file.name.as_str(), file.found.as_ref().map(|found| found.bottom_line)));
    let expected = [("both.pdf", Some(BottomLine::Sound)), ("cut.pdf", None), ("report.pdf", Some(BottomLine::Sound))];
    assert_eq!(lines.collect::<Vec<_>>(), expected);
    let both = judged[0].found.as_ref().expect("it was read");
    assert_eq!(both.signatures.iter().map(|one| one.confirmed_at.is_some()).collect::<Vec<_>>(), [false, true]);
    assert!(judged[1].fault.is_some());
}

#[test]
fn what_was_exported_signed_and_filed_is_told_with_who_when_and_for_whom() {
    let room = Room::new();
    let desk = room.desk();
    let id = desk.begin_sample().expect("the sample").report.id;
    let ada = room.identity(&desk, "Ada");
    let ben = room.identity(&desk, "Ben");
    desk.export(id, room.draft("draft.pdf"), &mut |_| {}).expect("a draft");
    room.clock.pass(60_000);
    let signed = desk.export(id, room.signed("report.pdf", &ada), &mut |_| {}).expect("it is signed");
    room.clock.pass(60_000);
    let both = desk.sign_further(&further(&room, "both.pdf", &ben), &mut |_| {}).expect("it is signed");
    let told = desk.records(Some(id)).expect("they are read");
    let lines: Vec<_> = told.iter().map(|one| (one.what, one.signer.as_str(), one.sha256.as_str())).collect();
    let expected = [(Recorded::Signed, "Ben", both.sha256.as_str()), (Recorded::Signed, "Ada", signed.sha256.as_str())];
    assert_eq!((&lines[..2], lines[2].0, lines.len()), (expected.as_slice(), Recorded::Exported, 3));
    assert!(told.iter().all(|one| one.version == "1.0" && one.audience == Audience::Regulator && one.at.starts_with("2026-05-12T12:0")));
    assert!(desk.records(None).expect("they are read").is_empty(), "the sample is for show");

    assert_eq!(desk.export_records(Some(id), &room.path("records.json")).expect("it is written"), 3);
    let read: Vec<Record> = serde_json::from_slice(&fs::read(room.path("records.json")).expect("it is there")).expect("it is JSON");
    assert_eq!(read, told);
}

#[test]
fn a_file_made_here_is_known_again_with_every_version_that_followed() {
    let room = Room::new();
    let desk = room.desk();
    signed_by_ada(&desk, &room);
    let path = room.path("report.pdf");
    let known = desk.known_file(&path).expect("it reads").expect("it is known");
    assert_eq!(known.made_at.as_deref(), Some("2026-05-12T12:00:00Z"));
    let next = desk.open_next_version(&path).expect("it opens").report;
    let known = desk.known_file(&path).expect("it reads").expect("it is known");
    let versions: Vec<_> = known.versions.iter().map(|one| (one.version.as_str(), one.signed)).collect();
    assert_eq!(versions, [("1.0", true), ("1.1", false)]);
    assert_eq!(known.versions[1].report, next.id);
    // In another library it is a file like any other.
    let elsewhere = Desk::open(room.world(), &room.path("elsewhere")).expect("it opens");
    assert!(elsewhere.known_file(&path).expect("it reads").is_none());
}
