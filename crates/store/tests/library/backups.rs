//! Copies of the library.

use crate::fixture::{retitled, save, shelf};
use std::fs;
use store::{BackupError, Library};

#[test]
fn a_copy_is_a_library_with_everything_in_it() {
    let mut shelf = shelf();
    let begun = shelf.holds(1, "Gateway down");
    let edited = retitled(&begun, "Edited");
    save(&mut shelf.library, &edited, 2);
    let digest = shelf.library.put_blob(b"a log", "text/plain").expect("it is stored");
    let copy = shelf.folder.path().join("copy of Übersicht.rapporteur");
    shelf.library.backup_to(&copy).expect("it is copied");

    let copied = Library::open(&copy).expect("it opens");
    assert_eq!(copied.load(begun.id).expect("it is there").report, edited);
    assert_eq!(copied.get_blob(digest).expect("it is there").bytes, b"a log");
    assert_eq!(crate::fixture::find(&copied, "edit"), ["Edited"]);
    assert_eq!(copied.verify_chain(begun.id).expect("it is checked"), []);
}

#[test]
fn a_copy_takes_the_place_of_an_older_one_and_of_a_leftover() {
    let shelf = shelf();
    let copy = shelf.folder.path().join("copy");
    fs::write(&copy, "an older copy").expect("it is written");
    fs::write(shelf.folder.path().join("copy.part"), "a leftover").expect("it is written");
    shelf.library.backup_to(&copy).expect("it is copied");
    Library::open(&copy).expect("it opens");
    assert!(!shelf.folder.path().join("copy.part").exists());
}

#[test]
fn a_copy_into_a_folder_that_is_gone_is_told() {
    let shelf = shelf();
    let copy = shelf.folder.path().join("gone").join("copy");
    let fault = shelf.library.backup_to(&copy).expect_err("there is no folder");
    assert!(matches!(fault, BackupError::Unwritable { .. }), "{fault:?}");
}

#[test]
fn an_older_copy_stays_where_the_new_one_fails() {
    let mut shelf = shelf();
    shelf.holds(1, "Gateway down");
    let copy = shelf.folder.path().join("copy");
    fs::write(&copy, "an older copy").expect("it is written");
    // Something stands where the copy is written first, and cannot be cleared away.
    fs::create_dir_all(shelf.folder.path().join("copy.part/x")).expect("a folder");
    shelf.library.backup_to(&copy).expect_err("it cannot be written");
    assert_eq!(fs::read(&copy).expect("it is there"), b"an older copy");
}

#[test]
fn a_copy_never_takes_the_name_of_a_library_in_use() {
    let mut shelf = shelf();
    let begun = shelf.holds(1, "Gateway down");
    let mut other = crate::fixture::shelf();
    let others = other.holds(2, "Another");
    for path in [shelf.path(), shelf.folder.path().join(".").join(store::FILE_NAME), other.path()] {
        let fault = shelf.library.backup_to(&path).expect_err("it is in use");
        assert!(matches!(fault, BackupError::InUse { .. }), "{fault:?}");
    }
    assert_eq!(shelf.library.load(begun.id).expect("it is there").report, begun);
    assert_eq!(other.library.load(others.id).expect("it is there").report, others);
}
