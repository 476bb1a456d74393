//! Two windows on one library: the second is told, and neither loses a word.

use crate::room::{Hand, Room};
use desk::FaultCode;
use desk::view::SaveNews;
use report::ids::ReportId;

#[test]
fn the_second_window_is_told_and_both_texts_are_kept() {
    let room = Room::new();
    let (first, second) = (room.desk(), room.desk());
    let id = first.begin("rfo").expect("it begins").report.id;
    first.title(id, "As begun");
    first.save(id).expect("it is saved");
    assert!(!first.open_report(id).expect("it is open").elsewhere);
    assert!(second.open_report(id).expect("it opens").elsewhere, "the second is told");

    first.title(id, "First window");
    second.title(id, "Second window");
    assert!(matches!(first.save(id), Ok(SaveNews::Saved { .. })));
    let news = second.save(id).expect("both are kept");
    let SaveNews::KeptBoth { report, copy } = news else { panic!("{news:?}") };
    assert_eq!(report, id);
    assert_eq!(second.now(id).title, "First window", "the second window shows what is in the library");
    assert!(second.now(copy).title.starts_with("Second window (copy kept "), "{}", second.now(copy).title);
    let shelf = first.shelf(&Default::default()).expect("the shelf");
    assert_eq!(shelf.total, 2);

    // Both go on; nothing is in anybody's way.
    second.title(id, "Second window, again");
    assert!(matches!(second.save(id), Ok(SaveNews::Saved { .. })));
    first.title(id, "First window, again");
    assert!(matches!(first.save(id), Ok(SaveNews::KeptBoth { .. })));
    drop((first, second));
    let titles: Vec<String> = room.desk().shelf(&Default::default()).expect("the shelf").reports.into_iter().map(|row| row.title).collect();
    for words in ["Second window, again", "Second window (copy kept", "First window, again (copy kept"] {
        assert!(titles.iter().any(|title| title.starts_with(words)), "“{words}” is lost: {titles:?}");
    }
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
    assert_eq!(first.shelf(&Default::default()).expect("the shelf").total, 1);
}

#[test]
fn nobody_signs_a_text_that_another_window_put_there() {
    let room = Room::new();
    let (first, second) = (room.desk(), room.desk());
    let id = first.begin_sample().expect("the sample").report.id;
    second.open_report(id).expect("it opens");
    let identity = room.identity(&second, "Ada");
    second.title(id, "What Ada read");
    first.title(id, "What Ada never saw");
    first.save(id).expect("it is saved");
    let fault = second.export(id, room.signed("report.pdf", &identity), &mut |_| {}).expect_err("she did not see it");
    assert!(fault.code == FaultCode::Refused && fault.detail.contains("copy"), "{fault:?}");
    let copy = fault.facts["copy"].parse().map(ReportId).expect("the report with her text is named");
    assert!(second.open_report(copy).expect("it is there").report.title.starts_with("What Ada read"));
    assert!(!room.path("report.pdf").exists());
    let shelf = second.shelf(&Default::default()).expect("the shelf");
    assert!(shelf.signed == 0 && shelf.reports.iter().any(|row| row.title.starts_with("What Ada read")), "{:?}", shelf.reports);
    second.export(id, room.signed("report.pdf", &identity), &mut |_| {}).expect("now she has");
}
