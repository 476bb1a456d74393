//! Deleting for good, withdrawing what was never written in, and moving to another place.

use crate::fixture::{at, by, report, retitled, save, shelf, titles};
use report::Report;
use report::ids::{AttachmentId, CountedIds};
use report::papers::Attachment;
use std::fs;
use store::{Digest, Erased, Filter, Library, MoveError, ReadError, Reason, SaveError};

fn with_file(report: &Report, digest: Digest) -> Report {
    let file = Attachment {
        id: AttachmentId::new(&mut CountedIds(7)),
        name: "log.txt".to_owned(),
        media_type: "text/plain".to_owned(),
        size: 3,
        sha256: digest.to_string(),
        caption: String::new(),
        evidence: true,
    };
    let mut report = report.clone();
    report.attachments.push(file);
    report
}

#[test]
fn only_the_bin_is_emptied_and_nothing_of_it_is_left() {
    let mut shelf = shelf();
    let staying = shelf.holds(1, "Stays");
    let going = shelf.holds(2, "Quicksilver sentence");
    let seq = save(&mut shelf.library, &retitled(&going, "Quicksilver sentence, edited"), 3);
    shelf.library.checkpoint(going.id, seq, Reason::Checkpoint, &by(4)).expect("a revision");
    assert!(matches!(shelf.library.erase(&[going.id]), Err(SaveError::NotInBin { .. })));
    shelf.library.remove(going.id, at(5)).expect("the bin");
    assert_eq!(shelf.library.erase(&[going.id]).expect("it goes"), Erased { reports: 1, files: 0 });
    assert!(matches!(shelf.library.load(going.id), Err(ReadError::Gone { .. })));
    assert!(titles(&shelf.library, &Filter { text: "quicksilver".to_owned(), ..Filter::default() }).is_empty());
    assert!(shelf.library.list(&Filter { bin: true, ..Filter::default() }).expect("the bin").is_empty());
    assert_eq!(shelf.library.load(staying.id).expect("it stays").report, staying);
    assert!(shelf.library.verify_chain(staying.id).expect("it is read").is_empty());
    let path = shelf.path();
    let folder = shelf.closed();
    let bytes = fs::read(&path).expect("the file");
    assert!(!bytes.windows(11).any(|part| part.eq_ignore_ascii_case(b"quicksilver")), "its words are still in the file");
    drop(folder);
}

#[test]
fn history_is_as_untouchable_after_as_before() {
    let mut shelf = shelf();
    let (staying, going) = (shelf.holds(1, "Stays"), shelf.holds(2, "Goes"));
    shelf.library.remove(going.id, at(3)).expect("the bin");
    shelf.library.erase(&[going.id]).expect("it goes");
    let path = shelf.path();
    let folder = shelf.closed();
    let sql = rusqlite::Connection::open(&path).expect("it opens");
    for statement in ["DELETE FROM revision", "DELETE FROM revision_parent", "UPDATE revision SET author = 'x'"] {
        let outcome = sql.execute(statement, []);
        let rows: i64 = sql.query_row("SELECT count(*) FROM revision", [], |row| row.get(0)).expect("a count");
        assert!(rows == 1 && (outcome.is_err() || statement.contains("parent")), "{statement}");
    }
    drop((folder, staying));
}

#[test]
fn a_file_goes_with_the_last_report_that_ever_had_it() {
    let mut shelf = shelf();
    let shared = shelf.library.put_blob(b"one", "text/plain").expect("it is stored");
    let own = shelf.library.put_blob(b"two", "text/plain").expect("it is stored");
    let once = with_file(&report(1, "Had it once"), shared);
    shelf.library.create(&once, Reason::Opened, &by(1)).expect("it is taken in");
    save(&mut shelf.library, &report(1, "Had it once"), 2);
    let going = with_file(&with_file(&report(3, "Goes"), shared), own);
    shelf.library.create(&going, Reason::Opened, &by(3)).expect("it is taken in");
    shelf.library.remove(going.id, at(4)).expect("the bin");
    assert_eq!(shelf.library.erase(&[going.id]).expect("it goes").files, 1);
    assert_eq!(shelf.library.get_blob(shared).expect("a revision needs it").bytes, b"one");
    assert!(matches!(shelf.library.get_blob(own), Err(ReadError::NoBlob { .. })));
}

#[test]
fn what_another_report_goes_on_from_stays_until_that_goes_too() {
    let mut shelf = shelf();
    let first = shelf.holds(1, "First");
    let parent = shelf.library.load(first.id).expect("it is there").head;
    let clock = chrono::NaiveTime::MIN;
    let copy = store::KeptCopy { id: report(2, "").id, clock, parent };
    let copy = shelf.library.keep_both(&first, copy, &by(2)).expect("it is kept");
    shelf.library.remove(first.id, at(3)).expect("the bin");
    assert!(matches!(shelf.library.erase(&[first.id]), Err(SaveError::GoesOn { by, .. }) if by == copy.id));
    shelf.library.load(first.id).expect("nothing was deleted");
    shelf.library.remove(copy.id, at(4)).expect("the bin");
    assert_eq!(shelf.library.erase(&[first.id, copy.id]).expect("both go").reports, 2);
}

#[test]
fn only_what_was_never_written_in_is_withdrawn() {
    let mut shelf = shelf();
    let (blank, written, undone) = (shelf.holds(1, "A"), shelf.holds(2, "B"), shelf.holds(3, "C"));
    save(&mut shelf.library, &retitled(&written, "B, with a word"), 4);
    let seq = save(&mut shelf.library, &retitled(&undone, "C, with a word"), 5);
    shelf.library.checkpoint(undone.id, seq, Reason::Checkpoint, &by(6)).expect("a revision");
    save(&mut shelf.library, &undone, 7);
    for kept in [&written, &undone] {
        assert!(!shelf.library.withdraw(kept.id).expect("it is looked at"));
    }
    assert!(shelf.library.withdraw(blank.id).expect("it is withdrawn"));
    assert!(!shelf.library.withdraw(blank.id).expect("it is gone already"));
    assert_eq!(titles(&shelf.library, &Filter::default()), ["C", "B, with a word"]);
}

#[test]
fn a_library_is_moved_whole_or_not_at_all() {
    let mut shelf = shelf();
    let report = shelf.holds(1, "Gateway down");
    shelf.library.put_blob(b"one", "text/plain").expect("it is stored");
    shelf.library.set_setting("theme", "dark").expect("it is set");
    let elsewhere = tempfile::tempdir().expect("a folder");
    let target = elsewhere.path().join(store::FILE_NAME);
    let second = Library::open(&shelf.path()).expect("a second window");
    assert!(matches!(shelf.library.copied_to(&target), Err(MoveError::Shared)));
    assert!(!target.exists());
    drop(second);

    let moved = shelf.library.copied_to(&target).expect("it is copied");
    assert_eq!(moved.load(report.id).expect("it is there").report, report);
    assert!(matches!(shelf.library.copied_to(&target), Err(MoveError::Taken { .. })));
    let old = shelf.path();
    assert!(shelf.library.discard() && !old.exists());
    assert_eq!(fs::read_dir(shelf.folder.path()).expect("the old folder").count(), 0, "nothing is left behind");
    assert!(matches!(moved.copied_to(std::path::Path::new("/nowhere/at/all")), Err(MoveError::Copy(_))));
}
