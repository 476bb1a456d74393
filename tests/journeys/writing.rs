//! Writing: begun, typed, jotted, taken back, saved in time, there again.

use crate::room::{Hand, Room};
use desk::FaultCode;
use desk::view::SaveNews;
use report::timeline::Time;
use report::{Change, Edit, Level};
use std::thread;

#[test]
fn a_report_is_written_saved_and_there_again_after_a_restart() {
    let room = Room::new();
    let desk = room.desk();
    let opened = desk.begin("sec-h9-summary").expect("it begins");
    let id = opened.report.id;
    let blocking = |findings: &[report::Finding]| findings.iter().filter(|finding| finding.level == Level::Blocks).count();
    let at_first = blocking(&opened.view.findings);
    desk.title(id, "Gateway refused requests");
    desk.answer(id, "incident_reference", "INC000000731204");
    desk.answer(id, "reported_at", "14/10/2025 21:52");
    let edited = desk.answer(id, "resolved_at", "15/10/2025 02:41");
    assert_eq!(edited.view.readings["restore_time"].words, "4\u{a0}h\u{a0}49\u{a0}min", "the duration is computed");
    let edited = desk.body(&opened, "root_cause", "An old certificate was offered.");
    assert!(blocking(&edited.view.findings) < at_first, "what is filled no longer blocks");
    assert!(edited.view.outline.answered > opened.view.outline.answered);
    let edited = desk.jot(id, &["2152 node 2 restarts".to_owned()], None).expect("a row");
    let row = edited.report.as_ref().expect("the whole report").timeline[0].event().expect("an event").clone();
    assert_eq!((row.text.as_str(), row.raw.as_str()), ("node 2 restarts", "2152 node 2 restarts"));
    assert_eq!(row.time.words(), "21:52");
    assert!(matches!(row.time, Time::At { .. }));

    room.clock.pass(1_000);
    assert_eq!(desk.due(desk.steady_ms()).0, [opened.sitting]);
    let news = desk.save(id).expect("it is saved");
    assert!(matches!(news, SaveNews::Saved { number, .. } if number == edited.number), "{news:?}");
    assert_eq!(desk.due(desk.steady_ms()), (Vec::new(), None));
    let written = desk.now(id);
    drop(desk);
    assert_eq!(room.desk().open_report(id).expect("it is there").report, written);
}

#[test]
fn closing_saves_what_is_unsaved() {
    let room = Room::new();
    let desk = room.desk();
    let id = desk.begin("rfo").expect("it begins").report.id;
    desk.title(id, "Typed just before the window closed");
    desk.close_all().expect("it closes");
    drop(desk);
    assert_eq!(room.desk().now(id).title, "Typed just before the window closed");
}

#[test]
fn every_step_can_be_taken_back_and_done_again() {
    let room = Room::new();
    let desk = room.desk();
    let opened = desk.begin("sec-h9-summary").expect("it begins");
    let id = opened.report.id;
    let mut states = vec![desk.now(id)];
    let acts: [&dyn Fn(); 6] = [
        &|| drop(desk.title(id, "Gateway down")),
        &|| drop(desk.answer(id, "incident_date", "14/10/2025")),
        &|| drop(desk.body(&opened, "region", "North Region only.")),
        &|| drop(desk.jot(id, &["21:52 node 2 restarts".to_owned()], None).expect("a row")),
        &|| drop(desk.jot(id, &["21:55 alarm".to_owned()], None).expect("a row")),
        &|| drop(desk.edit(id, &Edit::Timeline { change: Change::Move { from: 1, to: 0 } }, false).expect("it moves")),
    ];
    for act in acts {
        room.clock.pass(5_000);
        act();
        states.push(desk.now(id));
    }
    for state in states.iter().rev().skip(1) {
        let undone = desk.undo(id).expect("it is open").expect("a step");
        assert_eq!(undone.report.as_ref(), Some(state));
    }
    assert!(desk.undo(id).expect("it is open").is_none(), "there is nothing before the beginning");
    for state in states.iter().skip(1) {
        let redone = desk.redo(id).expect("it is open").expect("a step");
        assert_eq!(redone.report.as_ref(), Some(state));
    }
    desk.undo(id).expect("it is open").expect("a step");
    desk.title(id, "Another way");
    assert!(desk.redo(id).expect("it is open").is_none(), "a new edit forgets what was undone");
    desk.save(id).expect("it is saved");
    let last = desk.now(id);
    drop(desk);
    assert_eq!(room.desk().now(id), last);
}

#[test]
fn lines_pasted_at_once_are_taken_back_at_once() {
    let room = Room::new();
    let desk = room.desk();
    let id = desk.begin_sample().expect("the sample").report.id;
    let pasted = ["2201 pump trips".to_owned(), " ".to_owned(), "0015 restarted".to_owned()];
    let rows = desk.now(id).timeline.len();
    desk.jot(id, &pasted, Some(0)).expect("two rows");
    assert_eq!(desk.now(id).timeline.len(), rows + 2, "an empty line is no row");
    desk.undo(id).expect("one step").expect("something was done");
    assert_eq!(desk.now(id).timeline.len(), rows, "what was pasted at once goes at once");
}

#[test]
fn an_edit_that_makes_no_sense_changes_nothing() {
    let room = Room::new();
    let desk = room.desk();
    let id = desk.begin("rfo").expect("it begins").report.id;
    let before = desk.now(id);
    for edit in [
        Edit::Answer { key: "no_such_field".to_owned(), answer: None },
        Edit::Timeline { change: Change::Remove { at: 3 } },
        Edit::Zone { zone: Some("Europe/Atlantis".to_owned()) },
        Edit::Together { edits: vec![Edit::Title { title: "half".to_owned() }, Edit::Timeline { change: Change::Remove { at: 3 } }] },
    ] {
        let fault = desk.edit(id, &edit, false).expect_err("it is refused");
        assert!(fault.code == FaultCode::Refused && !fault.detail.is_empty(), "{fault:?}");
    }
    assert_eq!(desk.jot(id, &["   ".to_owned()], None).expect_err("an empty line").code, FaultCode::Refused);
    assert_eq!(desk.now(id), before);
    assert_eq!(desk.due(u64::MAX), (Vec::new(), None), "there is nothing to save");
}

/// The loop of the window's autosave task, by a clock moved ten milliseconds at a time.
#[test]
fn an_edit_is_on_disk_soon_after_the_last_key_and_in_two_seconds_while_typing() {
    let room = Room::new();
    let desk = room.desk();
    let id = desk.begin("rfo").expect("it begins").report.id;
    let mut unsaved: Vec<(u64, u64)> = Vec::new();
    let mut longest = 0;
    for at in (0..12_000).step_by(10) {
        if at < 9_000 && at % 60 == 0 {
            unsaved.push((desk.title(id, &format!("typed until {at}")).number, desk.steady_ms()));
        }
        for report in desk.due(desk.steady_ms()).0 {
            let SaveNews::Saved { number, .. } = desk.save(report).expect("it is saved") else { panic!("nobody else is here") };
            for (_, typed) in unsaved.extract_if(.., |(edit, _)| *edit <= number) {
                longest = longest.max(desk.steady_ms() - typed);
            }
        }
        if at == 9_300 {
            assert_eq!(unsaved, [], "300 ms after the last key everything is on disk");
        }
        room.clock.pass(10);
    }
    assert!(longest > 300 && longest < 2_000, "the longest wait of an edit was {longest} ms");
}

#[test]
fn saves_from_several_threads_take_no_text_for_somebody_elses() {
    let room = Room::new();
    let desk = room.desk();
    let id = desk.begin("rfo").expect("it begins").report.id;
    thread::scope(|scope| {
        scope.spawn(|| (0..200).for_each(|n| drop(desk.title(id, &format!("typed {n}")))));
        for _ in 0..2 {
            scope.spawn(|| {
                for _ in 0..60 {
                    let news = desk.save(id).expect("it is saved");
                    assert!(matches!(news, SaveNews::Saved { .. }), "{news:?}");
                }
            });
        }
    });
    desk.save(id).expect("it is saved");
    assert_eq!(desk.now(id).title, "typed 199");
    assert_eq!(desk.shelf(&Default::default()).expect("the shelf").total, 1, "no copy was kept of a conflict with oneself");
}
