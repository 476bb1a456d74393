//! Opening: what is new, newer, foreign, missing or forbidden, and that none of it is touched.

use crate::fixture::{at, by, fingerprint, report, retitled, shelf, shell, titles};
use crate::full_disk::SmallDisk;
use std::fs;
use std::path::Path;
use store::{FILE_NAME, Filter, Library, OpenError, Reason, SaveError, Seq};

/// Tries to open and shows that the file and its neighbours are as they were.
fn refused(path: &Path) -> OpenError {
    let neighbours = |folder: &Path| {
        let entries = fs::read_dir(folder).expect("a folder").map(|entry| entry.expect("an entry").path());
        let mut files: Vec<_> = entries.filter(|path| path.is_file() && !path.ends_with(format!("{FILE_NAME}.lock"))).collect();
        files.sort();
        files
            .into_iter()
            .map(|path| (fingerprint(&path), path))
            .filter(|(_, path)| !path.to_string_lossy().ends_with("-shm"))
            .collect::<Vec<_>>()
    };
    let folder = path.parent().expect("a folder");
    let before = neighbours(folder);
    let fault = Library::open(path).expect_err("it is refused");
    assert_eq!(neighbours(folder), before, "nothing was touched");
    Library::open_read_only(path).expect_err("it is refused for reading too");
    assert_eq!(neighbours(folder), before, "nothing was touched");
    fault
}

#[test]
fn a_new_library_is_empty_and_a_closed_one_is_one_file() {
    let shelf = shelf();
    assert!(titles(&shelf.library, &Filter::default()).is_empty());
    let folder = shelf.closed();
    let mut names: Vec<_> = fs::read_dir(folder.path()).expect("a folder").map(|entry| entry.expect("an entry").file_name()).collect();
    names.sort();
    assert_eq!(names, [FILE_NAME, &format!("{FILE_NAME}.lock")]);
}

#[test]
fn a_file_of_a_newer_version_is_told_and_left() {
    let mut shelf = shelf();
    shelf.holds(1, "Gateway down");
    let path = shelf.path();
    let folder = shelf.closed();
    shell(&path).pragma_update(None, "user_version", 7).expect("it is set");
    let fault = refused(&path);
    assert!(matches!(fault, OpenError::Newer { found: 7, known: 1, .. }), "{fault:?}");
    assert!(fault.to_string().contains("newer version of Rapporteur"), "{fault}");
    drop(folder);
}

#[test]
fn a_newer_version_that_is_only_in_the_log_yet_is_told_and_left() {
    let mut shelf = shelf();
    shelf.holds(1, "Gateway down");
    let newer = shell(&shelf.path());
    newer.pragma_update(None, "user_version", 7).expect("it is set");
    let elsewhere = tempfile::tempdir().expect("a folder");
    for name in [FILE_NAME.to_owned(), format!("{FILE_NAME}-wal")] {
        fs::copy(shelf.folder.path().join(&name), elsewhere.path().join(&name)).expect("it is copied");
    }
    let fault = refused(&elsewhere.path().join(FILE_NAME));
    assert!(matches!(fault, OpenError::Newer { found: 7, .. }), "{fault:?}");
}

#[test]
fn what_is_no_library_is_told_and_left() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join(FILE_NAME);
    for bytes in [b"%PDF-1.7\n".as_slice(), b"{\"format\": 1}", &[0; 5000], b"SQLite format 2\0 and more"] {
        fs::write(&path, bytes).expect("it is written");
        let fault = refused(&path);
        assert!(matches!(fault, OpenError::Foreign { .. }), "{fault:?}");
    }
}

#[test]
fn another_programs_sqlite_file_is_told_and_left() {
    for pragma in ["application_id = 1", "user_version = 1", "journal_mode = WAL", "page_size = 8192"] {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join(FILE_NAME);
        let other = shell(&path);
        other.execute_batch(&format!("PRAGMA {pragma}; CREATE TABLE bookmarks (url TEXT);")).expect("it is made");
        other.close().expect("it closes");
        let fault = refused(&path);
        assert!(matches!(fault, OpenError::Foreign { .. }), "{pragma}: {fault:?}");
    }
}

#[test]
fn what_a_first_start_leaves_that_was_cut_short_becomes_a_library() {
    let folder = tempfile::tempdir().expect("a folder");
    let empty = folder.path().join("empty");
    fs::write(&empty, b"").expect("it is written");
    let begun = folder.path().join("begun");
    shell(&begun).pragma_update_and_check(None, "journal_mode", "WAL", |_| Ok(())).expect("it is set");
    for path in [empty, begun] {
        let mut library = Library::open(&path).expect("it opens");
        library.create(&report(1, "Gateway down"), Reason::Opened, &by(1)).expect("it is taken in");
    }
}

#[test]
fn a_folder_that_is_not_there_is_named() {
    let folder = tempfile::tempdir().expect("a folder");
    let gone = folder.path().join("gone");
    let fault = Library::open(&gone.join(FILE_NAME)).expect_err("there is no folder");
    assert!(matches!(&fault, OpenError::NoFolder { folder } if *folder == gone), "{fault:?}");
    let fault = Library::open(folder.path()).expect_err("it is a folder");
    assert!(matches!(fault, OpenError::Unreadable { .. }), "{fault:?}");
}

#[test]
fn reading_makes_no_library() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join(FILE_NAME);
    let fault = Library::open_read_only(&path).expect_err("there is none");
    assert!(matches!(fault, OpenError::Missing { .. }), "{fault:?}");
    assert!(!path.exists());
}

#[test]
fn what_is_opened_for_reading_is_not_written() {
    let mut shelf = shelf();
    let begun = shelf.holds(1, "Gateway down");
    let path = shelf.path();
    let folder = shelf.closed();
    let before = fingerprint(&path);
    let mut library = Library::open_read_only(&path).expect("it opens");
    assert_eq!(library.load(begun.id).expect("it is there").report, begun);
    let fault = library.save(&retitled(&begun, "Edited"), Seq(1), at(2)).expect_err("it is refused");
    assert!(matches!(fault, SaveError::ReadOnly), "{fault:?}");
    drop(library);
    assert_eq!(fingerprint(&path), before);
    drop(folder);
}

#[test]
fn a_medium_that_cannot_be_written_is_told_and_can_be_read() {
    let Some(disk) = SmallDisk::of("4m") else { return };
    let path = disk.path().join(FILE_NAME);
    let begun = report(1, "Gateway down");
    Library::open(&path).expect("it opens").create(&begun, Reason::Opened, &by(1)).expect("it is taken in");
    disk.protect();
    let fault = Library::open(&path).expect_err("it is refused");
    assert!(matches!(&fault, OpenError::NoPermission { path: named } if *named == path), "{fault:?}");
    assert_eq!(Library::open_read_only(&path).expect("it opens").load(begun.id).expect("it is there").report, begun);
}

#[test]
#[cfg(unix)]
fn a_file_that_may_not_be_written_is_told() {
    use std::os::unix::fs::PermissionsExt;
    let shelf = shelf();
    let path = shelf.path();
    let folder = shelf.closed();
    fs::set_permissions(&path, fs::Permissions::from_mode(0o400)).expect("it is set");
    if fs::OpenOptions::new().write(true).open(&path).is_ok() {
        println!("not tested here: to this user (root) every file may be written");
        return;
    }
    let fault = Library::open(&path).expect_err("it is refused");
    assert!(matches!(fault, OpenError::NoPermission { .. }), "{fault:?}");
    drop(folder);
}
