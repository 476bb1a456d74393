#![no_main]
//! Any bytes as the people and a day of an export of Slack: packed here, because chance never makes a sound ZIP file. The first byte says how the rest is shared between
//! the parts; bytes that are a ZIP file already go in as they are.

use intake::read::{Given, read};
use std::io::{Cursor, Write};
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipWriter};

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    if bytes.starts_with(b"PK") {
        let _ = read(None, bytes, &Given::default());
        return;
    }
    let Some((share, rest)) = bytes.split_first() else { return };
    let (first, second) = rest.split_at(rest.len() * usize::from(*share) / 255);
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    let stored = SimpleFileOptions::default().compression_method(CompressionMethod::Stored);
    let parts: [(&str, &[u8]); 2] = [("users.json", first), ("pump/2026-03-11.json", second)];
    for (name, part) in parts {
        zip.start_file(name, stored).expect("a part begins");
        zip.write_all(part).expect("a part is written");
    }
    let file = zip.finish().expect("the file ends").into_inner();
    let _ = read(None, &file, &Given::default());
});
