//! One small file for each format and its traps, read as a person would open it: by name and bytes alone. What is expected of each lies
//! beside it; `UPDATE_EXPECT=1 cargo test -p intake` writes it anew.

use super::shown::shown;
use super::{Given, read};
use expect_test::expect_file;
use std::io::{Cursor, Write};
use zip::ZipWriter;
use zip::write::SimpleFileOptions;

/// A ZIP file of these parts.
pub(super) fn packed(parts: &[(&str, &[u8])]) -> Vec<u8> {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, bytes) in parts {
        zip.start_file(*name, SimpleFileOptions::default()).expect("a part begins");
        zip.write_all(bytes).expect("a part is written");
    }
    zip.finish().expect("the file ends").into_inner()
}

macro_rules! fixtures {
    ($($test:ident: $file:literal)*) => {$(
        #[test]
        fn $test() {
            let bytes = include_bytes!(concat!("../../../../tests/fixtures/intake-formats/", $file));
            let words = match read(Some($file), bytes, &Given::default()) {
                Ok(source) => shown(&source),
                Err(fault) => format!("refused: {fault}\n"),
            };
            expect_file![concat!("../../../../tests/fixtures/intake-formats/", $file, ".read.txt")].assert_eq(&words);
        }
    )*};
}

fixtures! {
    markdown_with_a_timeline_and_what_only_looks_like_html: "outage.md"
    a_saved_wiki_page_in_windows_1252: "outage.html"
    a_page_that_lies_about_its_encoding: "lying.html"
    plain_text_in_windows_1252: "windows-1252.txt"
    plain_text_in_utf_16_without_its_mark: "utf-16-without-mark.txt"
    a_word_document: "outage.docx"
    a_timeline_with_semicolons: "timeline.csv"
    a_chat: "chat.txt"
    an_export_of_slack: "slack.json"
    an_incident_of_pagerduty: "pagerduty.json"
    the_log_of_an_alert_of_opsgenie: "opsgenie.json"
}
