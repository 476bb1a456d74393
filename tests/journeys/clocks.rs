//! Due times at the desk: what starts them, what was filed for them, all of the library, as a calendar file. And who accepts a finding.

use crate::room::{Hand, Room};
use desk::FaultCode;
use desk::clocks::FilingRequest;
use desk::library::ReportState;
use desk::settings::Settings;
use report::clock::Moment;
use report::clocks::{ClockState, EventOrigin};
use report::papers::Accepted;
use report::{Change, Edit};
use std::fs;

fn aware(raw: Option<&str>) -> Edit {
    let moment = raw.map(|raw| Moment { raw: raw.to_owned(), at: None, zone: None });
    Edit::ClockEvent { event: "awareness".to_owned(), moment }
}

#[test]
fn nothing_runs_until_somebody_says_when_it_began_and_undo_takes_that_back() {
    let room = Room::new();
    let desk = room.desk();
    let id = desk.begin("gdpr-33").expect("it begins").report.id;
    let panel = desk.clocks(id).expect("its due times");
    let [due] = &panel.due[..] else { panic!("one due time: {panel:?}") };
    assert!(matches!(&due.state, ClockState::NotStarted { missing } if missing.len() == 1), "{due:?}");
    assert_eq!((due.rule.as_str(), due.at), ("72 hours after “Controller became aware of the breach”", None));

    // The clock of the room stands at noon UTC on 12 May 2026; the report has no zone of its own yet.
    desk.edit(id, &Edit::Zone { zone: Some("Europe/Amsterdam".to_owned()) }, false).expect("it is taken");
    desk.edit(id, &aware(Some("10/05/2026 07:00")), false).expect("it is taken");
    let panel = desk.clocks(id).expect("its due times");
    assert_eq!((panel.events[0].origin, panel.due[0].state.clone()), (EventOrigin::Recorded, ClockState::DueSoon));
    assert_eq!(panel.due[0].words.replace('\u{a0}', " "), "by 13 May 2026, 07:00 CEST (05:00 UTC)");
    assert_eq!(panel.due[0].utc.replace('\u{a0}', " "), "13 May 2026, 05:00 UTC");
    desk.undo(id).expect("it is open").expect("there is a step");
    assert!(matches!(desk.clocks(id).expect("its due times").due[0].state, ClockState::NotStarted { .. }));
}

#[test]
fn a_filing_names_the_signed_file_and_leaves_the_report_signed() {
    let room = Room::new();
    let desk = room.desk();
    let id = desk.begin_sample().expect("the sample").report.id;
    let request = FilingRequest {
        clock: "summary_report".to_owned(),
        moment: "16/10/2025 15:00".to_owned(),
        reasons: String::new(),
        last_file: true,
    };
    assert_eq!(desk.record_filing(id, &request).expect_err("nothing is signed").code, FaultCode::Refused);
    let identity = room.identity(&desk, "Ada");
    let exported = desk.export(id, room.signed("report.pdf", &identity), &mut |_| {}).expect("it is signed");
    assert_eq!(desk.clocks(id).expect("its due times").last_file.expect("it is known").sha256, exported.sha256);
    desk.record_filing(id, &request).expect("it is recorded");

    let filing = desk.clocks(id).expect("its due times").due[0].filing.clone().expect("it is there");
    assert_eq!((filing.file.as_str(), filing.sha256.as_str()), ("report.pdf", exported.sha256.as_str()));
    assert_eq!(desk.open_report(id).expect("it is open").state, ReportState::Signed, "only what was filed is new");
    desk.close(id).expect("it closes");
    let opened = desk.open_report(id).expect("it opens");
    assert_eq!((opened.state, opened.report.filings.len()), (ReportState::Signed, 1));

    let bad = |clock: &str, moment: &str| FilingRequest { clock: clock.to_owned(), moment: moment.to_owned(), ..request.clone() };
    for request in [bad("no such", "16/10/2025 15:00"), bad("summary_report", "soon")] {
        assert_eq!(desk.record_filing(id, &request).expect_err("it is refused").code, FaultCode::Refused);
    }
    assert_eq!(desk.now(id).filings.len(), 1);
}

#[test]
fn the_library_s_due_times_come_soonest_first_and_go_into_one_calendar_file() {
    let room = Room::new();
    let desk = room.desk();
    let begin = |title: &str, raw: &str| {
        let id = desk.begin("gdpr-33").expect("it begins").report.id;
        desk.title(id, title);
        desk.edit(id, &Edit::Zone { zone: Some("Europe/Amsterdam".to_owned()) }, false).expect("it is taken");
        desk.edit(id, &aware(Some(raw)), false).expect("it is taken");
        id
    };
    let later = begin("Later", "12/05/2026 09:00");
    begin("Sooner", "11/05/2026 09:00");
    desk.begin("gdpr-33").expect("one that has not started");
    desk.begin_sample().expect("the sample has none here");
    desk.close(later).expect("what is closed counts as well");
    let due = desk.all_due().expect("all of them");
    assert_eq!(due.iter().map(|row| row.name.as_str()).take(2).collect::<Vec<_>>(), ["Sooner", "Later"]);
    assert!(due.len() == 3 && due[2].due.at.is_none(), "{due:?}");

    let file = room.path("due.ics");
    assert_eq!(desk.export_calendar(None, &file).expect("it is written"), 2);
    let text = fs::read_to_string(&file).expect("it is there");
    assert!(text.contains("Sooner\r\n") && text.contains("DTSTART:20260514T070000Z\r\n"), "{text}");
    let one = desk.now(later).id;
    assert_eq!(desk.export_calendar(Some(one.into()), &file).expect("it is written"), 1);
    assert_eq!(desk.export_calendar(None, &room.path("gone/due.ics")).expect_err("there is no folder").code, FaultCode::Gone);
}

#[test]
fn who_accepts_a_finding_and_when_is_recorded_and_its_sources_reopen_it() {
    let room = Room::new();
    let desk = room.desk();
    desk.set_settings(&Settings { name: "Ada Ferrer".to_owned(), ..Settings::default() }).expect("they are kept");
    let id = desk.begin_sample().expect("the sample").report.id;
    let view = desk.answer(id, "restore_time", "3 h").view;
    let finding = view.findings.iter().find(|finding| finding.check == "L02").expect("the lengths disagree").clone();
    assert!(!finding.rule.is_empty() && view.checked.contains("64 checks"));
    let item = Accepted { finding: finding.key, reason: "Agreed by telephone".to_owned(), by: String::new(), at: String::new() };
    let edited = desk.edit(id, &Edit::Accepted { change: Change::Insert { at: 0, item } }, false).expect("it is taken");
    let accepted = edited.report.expect("the window is told who").accepted[0].clone();
    assert_eq!((accepted.by.as_str(), accepted.at.as_str()), ("Ada Ferrer", "2026-05-12T12:00:00Z"));
    assert!(edited.view.findings.iter().any(|finding| finding.check == "L02" && finding.accepted.is_some()));

    desk.undo(id).expect("it is open").expect("there is a step");
    let again = desk.redo(id).expect("it is open").expect("there is a step").report.expect("the report");
    assert_eq!(again.accepted, [accepted]);
    let view = desk.answer(id, "restore_time", "2 h").view;
    assert!(view.findings.iter().any(|finding| finding.check == "L02" && finding.accepted.is_none()), "its source has changed");
}
