//! Two windows, two processes, one library: the second is told, and neither loses anything.

use crate::fixture::{at, by, find, report, retitled, save, shelf, shell, titles};
use chrono::NaiveTime;
use report::ids::{CountedIds, ReportId};
use std::thread;
use store::{Filter, KeptCopy, Library, Reason, SaveError, Seq};

#[test]
fn the_second_to_open_is_told_until_the_first_is_gone() {
    let shelf = shelf();
    assert!(shelf.library.first_opener());
    let second = Library::open(&shelf.path()).expect("it opens too");
    assert!(!second.first_opener());
    let path = shelf.path();
    let folder = shelf.closed();
    // The first is gone, the second is still there: a third is told.
    assert!(!Library::open(&path).expect("it opens").first_opener());
    drop(second);
    assert!(Library::open(&path).expect("it opens").first_opener());
    drop(folder);
}

#[test]
#[cfg(unix)]
fn whoever_comes_by_another_path_is_told_as_well_and_writes_the_same_library() {
    let mut shelf = shelf();
    let begun = shelf.holds(1, "Gateway down");
    let elsewhere = tempfile::tempdir().expect("a folder");
    let (folder, file) = (elsewhere.path().join("shared"), elsewhere.path().join("mine.rapporteur"));
    std::os::unix::fs::symlink(shelf.folder.path(), &folder).expect("a link to the folder");
    std::os::unix::fs::symlink(shelf.path(), &file).expect("a link to the file");
    for path in [folder.join(store::FILE_NAME), file] {
        let mut other = Library::open(&path).expect("it opens");
        assert!(!other.first_opener(), "{}", path.display());
        let seq = other.load(begun.id).expect("it is there").seq;
        other.save(&retitled(&begun, &path.display().to_string()), seq, at(2)).expect("it is saved");
        assert_eq!(shelf.library.load(begun.id).expect("it is there").report.title, path.display().to_string());
        assert!(matches!(shelf.library.save(&retitled(&begun, "Mine"), seq, at(3)), Err(SaveError::Conflict { .. })));
    }
}

#[test]
fn a_save_on_top_of_an_older_one_is_refused_and_writes_nothing() {
    let mut shelf = shelf();
    let begun = shelf.holds(1, "Gateway down");
    let mut second = Library::open(&shelf.path()).expect("it opens too");
    let read = second.load(begun.id).expect("it is there").seq;
    save(&mut shelf.library, &retitled(&begun, "The first window's"), 2);

    let refused = second.save(&retitled(&begun, "The second window's"), read, at(3));
    assert!(matches!(refused, Err(SaveError::Conflict { theirs: Seq(2) })), "{refused:?}");
    assert_eq!(second.load(begun.id).expect("it is there").report.title, "The first window's");
    assert!(find(&second, "second").is_empty());
}

#[test]
fn the_same_edit_in_both_windows_is_no_conflict() {
    let mut shelf = shelf();
    let begun = shelf.holds(1, "Gateway down");
    let edited = retitled(&begun, "Both wrote this");
    save(&mut shelf.library, &edited, 2);
    assert_eq!(shelf.library.save(&edited, Seq(1), at(3)).expect("nothing is lost"), Seq(2));
}

#[test]
fn the_copy_that_lost_is_kept_beside_the_one_that_won() {
    let mut shelf = shelf();
    let begun = shelf.holds(1, "Gateway down");
    let stood_on = shelf.library.load(begun.id).expect("it is there").head;
    save(&mut shelf.library, &retitled(&begun, "The winner"), 2);

    let losing = retitled(&begun, "The loser");
    let copy =
        KeptCopy { id: ReportId::new(&mut CountedIds(50)), clock: NaiveTime::from_hms_opt(14, 20, 0).expect("a time"), parent: stood_on };
    let kept = shelf.library.keep_both(&losing, copy, &by(3)).expect("it is kept");
    assert_eq!(titles(&shelf.library, &Filter::default()), ["The loser (copy kept 14:20)", "The winner"]);
    assert_eq!(shelf.library.load(copy.id).expect("it is there").report, kept);
    assert_eq!(report::Report { id: begun.id, title: "The loser".to_owned(), ..kept.clone() }, losing);

    let second = KeptCopy { id: ReportId::new(&mut CountedIds(51)), ..copy };
    let again = shelf.library.keep_both(&kept, second, &by(4)).expect("a copy of the copy is kept");
    assert_eq!(again.title, "The loser (copy kept 14:20, 2)", "two copies of one minute are told apart");

    let history = shelf.library.history(copy.id).expect("its history");
    assert_eq!((history[0].reason, history[0].parents.as_slice()), (Reason::Conflict, [stood_on].as_slice()));
    assert_eq!(shelf.library.verify_chain(copy.id).expect("it is checked"), []);
}

#[test]
fn four_windows_writing_at_once_lose_no_acknowledged_edit() {
    const EDITS: u64 = 20;
    let mut shelf = shelf();
    let begun = shelf.holds(1, "Counted");
    let path = shelf.path();
    thread::scope(|scope| {
        for window in 0..4 {
            let (path, begun) = (&path, &begun);
            scope.spawn(move || {
                let mut library = Library::open(path).expect("it opens");
                for edit in 0..EDITS {
                    add_one(&mut library, begun, &format!("edit {edit} of window {window}"));
                }
            });
        }
    });
    let last = shelf.library.load(begun.id).expect("it is there");
    assert_eq!((last.report.version, last.seq), ((4 * EDITS).to_string(), Seq(4 * EDITS + 1)));
}

/// Reads the number in the report and saves the next one, again and again until nobody else came between.
fn add_one(library: &mut Library, begun: &report::Report, title: &str) {
    loop {
        let working = library.load(begun.id).expect("it is there");
        let number: u64 = working.report.version.parse().unwrap_or(0);
        let next = report::Report { version: (number + 1).to_string(), ..retitled(begun, title) };
        match library.save(&next, working.seq, at(number)) {
            Ok(_) => return,
            Err(SaveError::Conflict { .. }) => {}
            Err(fault) => panic!("{fault:?}"),
        }
    }
}

#[test]
fn eight_who_make_the_same_new_library_all_get_one() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join(store::FILE_NAME);
    thread::scope(|scope| {
        for number in 0..8 {
            let path = &path;
            scope.spawn(move || {
                let mut library = Library::open(path).expect("it opens");
                library.create(&report(number, &format!("Report {number}")), Reason::Opened, &by(number)).expect("it is taken in");
            });
        }
    });
    assert_eq!(titles(&Library::open(&path).expect("it opens"), &Filter::default()).len(), 8);
}

#[test]
fn who_waits_too_long_is_told_that_another_program_holds_the_library() {
    let mut shelf = shelf();
    let begun = shelf.holds(1, "Gateway down");
    let other = shell(&shelf.path());
    other.execute_batch("BEGIN IMMEDIATE").expect("it is held");
    let refused = shelf.library.save(&retitled(&begun, "Edited"), Seq(1), at(2));
    assert!(matches!(refused, Err(SaveError::Busy)), "{refused:?}");
    other.execute_batch("ROLLBACK").expect("it is let go");
    shelf.library.save(&retitled(&begun, "Edited"), Seq(1), at(2)).expect("it is saved");
}

#[test]
#[cfg(unix)]
fn nothing_is_written_into_a_file_that_was_moved_away() {
    let mut shelf = shelf();
    let begun = shelf.holds(1, "Gateway down");
    let path = shelf.path();
    std::fs::rename(&path, path.with_extension("elsewhere")).expect("it is moved");
    let refused = shelf.library.save(&retitled(&begun, "Edited"), Seq(1), at(2));
    assert!(matches!(refused, Err(SaveError::Moved)), "{refused:?}");
    std::fs::rename(path.with_extension("elsewhere"), &path).expect("it is moved back");
    shelf.library.save(&retitled(&begun, "Edited"), Seq(1), at(2)).expect("it is saved");
}
