//! Evidence and pictures.

use crate::fixture::{shelf, shell};
use store::{Blob, Digest, ReadError, SaveError};

#[test]
fn the_same_bytes_are_stored_once_and_come_back() {
    let mut shelf = shelf();
    let digest = shelf.library.put_blob(b"a log", "text/plain").expect("it is stored");
    assert_eq!(shelf.library.put_blob(b"a log", "text/x-log").expect("it is there"), digest);
    let blob = shelf.library.get_blob(digest).expect("it is there");
    assert_eq!(blob, Blob { media_type: "text/plain".to_owned(), bytes: b"a log".to_vec() });
    let count: i64 = shell(&shelf.path()).query_row("SELECT count(*) FROM blob", [], |row| row.get(0)).expect("a count");
    assert_eq!(count, 1);
}

#[test]
fn an_empty_file_is_a_file() {
    let mut shelf = shelf();
    let digest = shelf.library.put_blob(b"", "text/plain").expect("it is stored");
    assert_eq!(shelf.library.get_blob(digest).expect("it is there").bytes, b"");
}

#[test]
fn a_picture_of_50_mb_comes_back_whole() {
    let mut shelf = shelf();
    let bytes: Vec<u8> = (0..50_000_000_u32).map(|n| n.wrapping_mul(2_654_435_761).to_be_bytes()[0]).collect();
    let digest = shelf.library.put_blob(&bytes, "image/png").expect("it is stored");
    assert!(shelf.library.get_blob(digest).expect("it is there").bytes == bytes);
}

#[test]
fn more_than_one_row_holds_is_refused() {
    let mut shelf = shelf();
    let refused = shelf.library.put_blob(&vec![0; 1_000_000_001], "video/mp4");
    assert!(matches!(refused, Err(SaveError::TooBig)), "{refused:?}");
}

#[test]
fn a_changed_byte_is_never_handed_out() {
    let mut shelf = shelf();
    let digest = shelf.library.put_blob(b"a log", "text/plain").expect("it is stored");
    shell(&shelf.path()).execute("UPDATE blob SET bytes = CAST('a lag' AS BLOB)", []).expect("it is changed");
    assert!(matches!(shelf.library.get_blob(digest), Err(ReadError::Damaged { .. })));
}

#[test]
fn a_report_knows_which_of_its_files_are_not_there() {
    let mut shelf = shelf();
    let mut report = report::catalogue::sample("sec-h9-summary").expect("a shipped sample");
    let cited: Vec<String> = report.attachments.iter().map(|attachment| attachment.sha256.clone()).collect();
    assert!(!cited.is_empty(), "the sample cites files");
    assert_eq!(shelf.library.missing_blobs(&report).expect("they are looked for"), cited);
    for sha256 in &cited {
        let bytes = report::catalogue::sample_file(sha256, &report).expect("a shipped file");
        assert_eq!(shelf.library.put_blob(bytes, "text/plain").expect("it is stored").to_string(), *sha256);
    }
    assert!(shelf.library.missing_blobs(&report).expect("they are looked for").is_empty());
    report.attachments[0].sha256 = "no digest".to_owned();
    assert_eq!(shelf.library.missing_blobs(&report).expect("they are looked for"), ["no digest"]);
}

#[test]
fn a_file_that_is_not_there_is_named() {
    let digest = Digest::of(b"never stored");
    assert!(matches!(shelf().library.get_blob(digest), Err(ReadError::NoBlob { digest: named }) if named == digest));
}
