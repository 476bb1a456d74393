//! Filing: refused with every reason, drafted, signed, verified, opened as the next version.

use crate::room::{Hand, PASSPHRASE, Room, nothing_half_written, same_content};
use desk::filing::{BottomLine, Progress, SignRequest};
use desk::library::ReportState;
use desk::ports::{Network, World};
use desk::settings::Settings;
use desk::verification::verify_file;
use desk::{Desk, FaultCode};
use report::Level;
use std::error::Error;
use std::fs;
use std::sync::{Arc, Mutex};

#[test]
fn a_report_that_is_not_ready_is_refused_with_every_reason_and_writes_nothing() {
    for form in ["sec-h9-summary", "rfo"] {
        let room = Room::new();
        let desk = room.desk();
        let opened = desk.begin(form).expect("it begins");
        let identity = room.identity(&desk, "Ada");
        let before = room.names();
        for request in [room.unsigned("report.pdf"), room.signed("report.pdf", &identity)] {
            let fault = desk.export(opened.report.id, request, &mut |_| {}).expect_err("it is refused");
            assert_eq!(fault.code, FaultCode::Blocked);
            let blocking: Vec<_> = opened.view.findings.iter().filter(|finding| finding.level == Level::Blocks).collect();
            assert!(blocking.len() >= 5, "a blank report lacks more than {}", blocking.len());
            for finding in blocking {
                assert!(fault.detail.contains(&finding.message), "“{}” is not in: {}", finding.message, fault.detail);
            }
        }
        assert_eq!(room.names(), before);
        let shelf = desk.shelf(&Default::default()).expect("the shelf");
        assert_eq!((shelf.drafts, shelf.signed), (1, 0));
    }
}

#[test]
fn a_draft_is_made_whatever_blocks_and_leaves_the_report_a_draft() {
    let room = Room::new();
    let desk = room.desk();
    let id = desk.begin("sec-h9-summary").expect("it begins").report.id;
    let exported = desk.export(id, room.draft("draft.pdf"), &mut |_| {}).expect("a draft");
    assert_eq!(exported.bytes, fs::metadata(room.path("draft.pdf")).expect("it is there").len());
    assert_eq!(verify_file(&World::real(), &room.path("draft.pdf")).expect("it reads").bottom_line, BottomLine::NotSigned);
    assert_eq!(desk.shelf(&Default::default()).expect("the shelf").drafts, 1);
}

#[test]
fn the_main_job_from_the_sample_to_the_next_version() {
    let room = Room::new();
    let desk = room.desk();
    let opened = desk.begin_sample().expect("the sample");
    let id = opened.report.id;
    let identity = room.identity(&desk, "Ada");
    let readiness = desk.readiness(id).expect("it is checked");
    assert!(readiness.blocking.is_empty() && readiness.headings.0 == readiness.headings.1, "{readiness:?}");

    let mut steps = Vec::new();
    let exported = desk.export(id, room.signed("report.pdf", &identity), &mut |step| steps.push(step)).expect("it is signed");
    assert_eq!((exported.pages, exported.signers.as_slice()), (readiness.pages, ["Ada".to_owned()].as_slice()));
    assert_eq!(steps.last(), Some(&Progress::Writing), "it is judged before it gets its name");
    assert!(steps.contains(&Progress::Signing) && steps.contains(&Progress::Checking), "{steps:?}");

    let verdict = verify_file(&World::real(), &room.path("report.pdf")).expect("it reads");
    assert_eq!(verdict.bottom_line, BottomLine::Sound, "{verdict:?}");
    assert!(verdict.attachments.iter().all(|file| file.ok) && verdict.attachments.len() == opened.report.attachments.len());
    let shelf = desk.shelf(&Default::default()).expect("the shelf");
    assert_eq!((shelf.drafts, shelf.signed), (0, 1));

    let next = desk.open_next_version(&room.path("report.pdf")).expect("it opens");
    assert!(next.report.id != id && next.report.version == "1.1");
    assert!(same_content(&next.report, &desk.now(id)), "the next version begins where the last one ended");
    assert_eq!(next.state, ReportState::Draft);
    for file in &next.report.attachments {
        assert_eq!(desk.attachment(next.report.id, file.id).expect("its bytes").len() as u64, file.size);
    }
}

#[test]
fn an_address_that_nobody_put_into_the_list_loads_no_module() {
    let room = Room::new();
    let desk = room.desk();
    let id = desk.begin_sample().expect("the sample").report.id;
    let order = room.signed("report.pdf", "pkcs11:token=any?module-path=%2Ftmp%2Fmodule.so");
    let fault = desk.export(id, order, &mut |_| {}).expect_err("it is taken for a file, which is not there");
    assert_eq!(fault.code, FaultCode::Gone, "{fault:?}");
}

#[test]
fn a_signer_confirmed_once_is_known_until_the_certificate_ends() {
    let room = Room::new();
    let desk = room.desk();
    let id = desk.begin_sample().expect("the sample").report.id;
    let identity = room.identity(&desk, "Ada");
    desk.export(id, room.signed("report.pdf", &identity), &mut |_| {}).expect("it is signed");
    let first = || desk.verify(&room.path("report.pdf")).expect("it reads").signatures.remove(0);
    assert_eq!(first().confirmed_at, None);
    let confirmed = desk.confirm_signer(&first().fingerprint, "Ada", "").expect("it is noted");
    assert_eq!(first().confirmed_at, Some(confirmed.at));
    // Nobody else vouches for when it was signed; an identity made here lasts two years.
    room.clock.pass(3 * 365 * 86_400_000);
    let later = first();
    assert_eq!(later.confirmed_at, None);
    assert!(later.remarks.iter().any(|remark| remark.contains("confirmed here on 2026-05-12")), "{:?}", later.remarks);
}

#[test]
fn a_wrong_passphrase_touches_neither_file_nor_library() {
    let room = Room::new();
    let desk = room.desk();
    let id = desk.begin_sample().expect("the sample").report.id;
    let identity = room.identity(&desk, "Ada");
    fs::write(room.path("report.pdf"), "last week's").expect("it is written");
    let wrong = SignRequest { identity: identity.clone(), passphrase: PASSPHRASE.to_uppercase(), trusted_time: false };
    let mut request = room.signed("report.pdf", &identity);
    request.sign = Some(wrong);
    let fault = desk.export(id, request, &mut |_| {}).expect_err("it does not open");
    assert_eq!(fault.code, FaultCode::WrongPassphrase);
    assert!(!fault.detail.contains(PASSPHRASE) && !format!("{fault:?}").contains(&PASSPHRASE.to_uppercase()), "no passphrase in words");
    assert_eq!(fs::read(room.path("report.pdf")).expect("it is there"), b"last week's");
    assert_eq!(desk.shelf(&Default::default()).expect("the shelf").signed, 0);
}

/// An authority that notes who was asked and answers nothing.
#[derive(Default)]
struct Silent(Mutex<Vec<String>>);

impl Network for Silent {
    fn ask_time(&self, url: &str, _request: &[u8]) -> Result<Vec<u8>, Box<dyn Error + Send + Sync>> {
        self.0.lock().expect("one at a time").push(url.to_owned());
        Err("nobody answers".into())
    }

    fn ask_standing(&self, url: &str, request: &[u8]) -> Result<Vec<u8>, Box<dyn Error + Send + Sync>> {
        self.ask_time(url, request)
    }

    fn fetch(&self, url: &str) -> Result<Vec<u8>, Box<dyn Error + Send + Sync>> {
        self.ask_time(url, &[])
    }
}

#[test]
fn the_authority_of_the_settings_is_asked_when_trusted_time_is_wanted_and_only_then() {
    let room = Room::new();
    let network = Arc::new(Silent::default());
    let desk = Desk::open(World { network: network.clone(), ..room.world() }, &room.library()).expect("it opens");
    let id = desk.begin_sample().expect("the sample").report.id;
    let identity = room.identity(&desk, "Ada");
    let mut wanted = room.signed("report.pdf", &identity);
    wanted.sign.as_mut().expect("it is signed").trusted_time = true;
    let exported = desk.export(id, wanted.clone(), &mut |_| {}).expect("no authority is named");
    assert_eq!(exported.no_trusted_time, None);
    desk.set_settings(&Settings { authority: " http://time.test/ ".to_owned(), ..Settings::default() }).expect("it is kept");
    let plain = desk.export(id, room.signed("report.pdf", &identity), &mut |_| {}).expect("it is signed");
    assert_eq!(*network.0.lock().expect("one at a time"), Vec::<String>::new());
    let exported = desk.export(id, wanted, &mut |_| {}).expect("the signature is valid all the same");
    assert_eq!(*network.0.lock().expect("one at a time"), ["http://time.test/"]);
    assert_eq!(exported.bytes, plain.bytes, "its place promises no time-stamp, and no room is kept for one");
    // What the system said of it is for the log.
    assert_eq!(exported.no_trusted_time.as_deref(), Some("the authority could not be asked"));
}

#[test]
fn an_export_can_be_stopped_at_every_step_and_leaves_nothing() {
    let room = Room::new();
    let desk = room.desk();
    let id = desk.begin_sample().expect("the sample").report.id;
    let identity = room.identity(&desk, "Ada");
    let mut all = 0;
    desk.export(id, room.signed("whole.pdf", &identity), &mut |_| all += 1).expect("it is signed");
    for stop_at in 1..=all {
        let mut seen = 0;
        let watch = &mut |_| {
            seen += 1;
            if seen == stop_at {
                desk.cancel_export();
            }
        };
        let fault = desk.export(id, room.signed("stopped.pdf", &identity), watch).expect_err("it was stopped");
        assert_eq!((fault.code, seen), (FaultCode::Cancelled, stop_at));
        assert!(!room.path("stopped.pdf").exists() && nothing_half_written(&room.path("")));
    }
    desk.export(id, room.signed("stopped.pdf", &identity), &mut |_| {}).expect("the next one is not stopped");
}

#[test]
fn a_folder_that_is_gone_is_named_and_the_export_may_go_elsewhere() {
    let room = Room::new();
    let desk = room.desk();
    let id = desk.begin_sample().expect("the sample").report.id;
    let fault = desk.export(id, room.unsigned("gone/report.pdf"), &mut |_| {}).expect_err("there is no folder");
    assert!(fault.code == FaultCode::Gone && fault.facts["path"].contains("gone"), "{fault:?}");
    desk.export(id, room.unsigned("report.pdf"), &mut |_| {}).expect("here is one");
}

#[test]
fn the_preview_is_the_draft_that_would_be_exported() {
    let room = Room::new();
    let desk = room.desk();
    let id = desk.begin_sample().expect("the sample").report.id;
    let preview = desk.preview(id, false).expect("it prints").expect("nobody overtook it");
    let bytes = desk.preview_bytes(&preview.token).expect("its pages");
    desk.export(id, room.draft("draft.pdf"), &mut |_| {}).expect("a draft");
    assert!(*bytes == fs::read(room.path("draft.pdf")).expect("it is there"), "what is seen is what is filed");
    desk.title(id, "Another title");
    desk.answer(id, "incident_reference", "INC000000000001");
    let newer = desk.preview(id, false).expect("it prints").expect("nobody overtook it");
    assert!(newer.token != preview.token);
    assert_eq!(desk.preview_bytes(&preview.token).expect_err("it was replaced").code, FaultCode::Gone);
}
