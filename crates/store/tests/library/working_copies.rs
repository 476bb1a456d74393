//! Taking in, listing, saving, the bin.

use crate::fixture::{at, by, report, retitled, save, shelf, titles};
use store::{Filter, Library, ReadError, Reason, SaveError, Seq, State};

#[test]
fn what_was_saved_is_there_after_reopening() {
    let mut shelf = shelf();
    let begun = shelf.holds(1, "Gateway down");
    let edited = retitled(&begun, "Gateway down for 41 minutes");
    assert_eq!(save(&mut shelf.library, &edited, 2), Seq(2));
    let path = shelf.path();
    let folder = shelf.closed();
    let working = Library::open(&path).expect("it opens").load(begun.id).expect("it is there");
    assert_eq!((working.report, working.seq, working.state), (edited, Seq(2), State::Draft));
    drop(folder);
}

#[test]
fn every_shipped_sample_comes_back_equal() {
    let mut shelf = shelf();
    for (number, template) in (1..).zip(report::catalogue::all()) {
        let sample = report::catalogue::sample(&template.id).expect("a sample");
        shelf.library.create_sample(&sample, &by(number)).expect("it is taken in");
        assert_eq!(shelf.library.load(sample.id).expect("it is there").report, sample);
    }
    assert!(shelf.library.list(&Filter::default()).expect("the list").iter().all(|row| row.sample));
}

#[test]
fn the_list_shows_the_last_changed_first() {
    let mut shelf = shelf();
    let first = shelf.holds(1, "First");
    shelf.holds(2, "Second");
    shelf.holds(3, "Third");
    assert_eq!(titles(&shelf.library, &Filter::default()), ["Third", "Second", "First"]);
    save(&mut shelf.library, &retitled(&first, "First, edited"), 4);
    assert_eq!(titles(&shelf.library, &Filter::default()), ["First, edited", "Third", "Second"]);
}

#[test]
fn a_line_of_the_list_says_what_the_report_says() {
    let mut shelf = shelf();
    let report = shelf.holds(1, "  Gateway down ");
    let row = shelf.library.list(&Filter::default()).expect("the list").remove(0);
    assert_eq!((row.id, row.title.as_str(), row.reference.as_deref()), (report.id, "Gateway down", report.reference()));
    assert_eq!((row.template.as_str(), row.template_title.as_str()), ("rfo", report.template.short_title.as_str()));
    assert_eq!((row.state, row.sample, row.created, row.changed), (State::Draft, false, at(1), at(1)));
    assert_eq!((row.removed, row.seq), (None, Seq(1)));
}

#[test]
fn a_save_that_changes_nothing_keeps_its_number_and_its_time() {
    let mut shelf = shelf();
    let report = shelf.holds(1, "Gateway down");
    assert_eq!(save(&mut shelf.library, &report, 9), Seq(1));
    assert_eq!(shelf.library.list(&Filter::default()).expect("the list")[0].changed, at(1));
}

#[test]
fn a_report_is_taken_in_once() {
    let mut shelf = shelf();
    let report = shelf.holds(1, "Gateway down");
    let again = shelf.library.create(&retitled(&report, "Other"), Reason::Imported, &by(2));
    assert!(matches!(again, Err(SaveError::Exists { report: id }) if id == report.id));
    assert_eq!(titles(&shelf.library, &Filter::default()), ["Gateway down"]);
}

#[test]
fn what_was_never_there_is_named() {
    let mut shelf = shelf();
    let stranger = report(1, "Never taken in");
    let id = stranger.id;
    assert!(matches!(shelf.library.load(id), Err(ReadError::Gone { report }) if report == id));
    assert!(matches!(shelf.library.history(id), Err(ReadError::Gone { report }) if report == id));
    assert!(matches!(shelf.library.verify_chain(id), Err(ReadError::Gone { report }) if report == id));
    assert!(matches!(shelf.library.save(&stranger, Seq(1), at(1)), Err(SaveError::Gone { report }) if report == id));
    assert!(matches!(shelf.library.remove(id, at(1)), Err(SaveError::Gone { report }) if report == id));
    assert!(matches!(shelf.library.checkpoint(id, Seq(1), Reason::Checkpoint, &by(1)), Err(SaveError::Gone { report }) if report == id));
}

#[test]
fn the_bin_keeps_everything_and_gives_it_back() {
    let mut shelf = shelf();
    let report = shelf.holds(1, "Gateway down");
    shelf.library.remove(report.id, at(5)).expect("it goes to the bin");
    shelf.library.remove(report.id, at(9)).expect("it lies there already");
    let bin = Filter { bin: true, ..Filter::default() };
    assert!(titles(&shelf.library, &Filter::default()).is_empty());
    assert_eq!(shelf.library.list(&bin).expect("the bin")[0].removed, Some(at(5)));

    // A window that still has it open is told, and keeps its text elsewhere.
    let refused = shelf.library.save(&retitled(&report, "Edited in the bin"), Seq(1), at(10));
    assert!(matches!(refused, Err(SaveError::InBin { report: id }) if id == report.id), "{refused:?}");
    shelf.library.restore(report.id).expect("it comes back");
    assert_eq!(titles(&shelf.library, &Filter::default()), ["Gateway down"]);
    assert!(titles(&shelf.library, &bin).is_empty());
}

#[test]
fn the_list_shows_one_state_where_asked() {
    let mut shelf = shelf();
    let filed = shelf.holds(1, "Filed");
    shelf.holds(2, "Draft");
    shelf.library.set_state(filed.id, State::Filed).expect("it is filed");
    let of = |state| titles(&shelf.library, &Filter { state: Some(state), ..Filter::default() });
    assert_eq!((of(State::Filed), of(State::Draft)), (vec!["Filed".to_owned()], vec!["Draft".to_owned()]));
    assert!(of(State::Signed).is_empty());
}

#[test]
fn settings_come_back_as_they_were_set() {
    let mut shelf = shelf();
    assert_eq!(shelf.library.setting::<String>("theme").expect("it is read"), None);
    shelf.library.set_setting("theme", "light").expect("it is set");
    shelf.library.set_setting("theme", "dark").expect("it is set");
    assert_eq!(shelf.library.setting::<String>("theme").expect("it is read").as_deref(), Some("dark"));
    let fault = shelf.library.setting::<u32>("theme").expect_err("it is no number");
    assert!(matches!(fault, ReadError::Setting { key, .. } if key == "theme"));
}
