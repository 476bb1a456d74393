#![no_main]
//! Any XML as the parts of a Word document: packed here, because chance never makes a sound ZIP file. The first byte says how the rest is
//! shared between the text and what stands beside it; bytes that are a ZIP file already go in as they are.

use intake::read::{Given, read};
use std::io::{Cursor, Write};
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipWriter};

const MAIN: &[u8] = br#"<r><r Id="a" Type="x/officeDocument" Target="word/document.xml"/></r>"#;
const LINKS: &[u8] = br#"<r><r Id="s" Type="x/styles" Target="beside.xml"/><r Id="n" Type="x/numbering" Target="beside.xml"/><r Id="f" Type="x/footnotes" Target="beside.xml"/><r Id="h" Type="x/header" Target="beside.xml"/><r Id="p" Type="x/image" Target="beside.xml"/></r>"#;

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    if bytes.starts_with(b"PK") {
        let _ = read(None, bytes, &Given::default());
        return;
    }
    let Some((share, rest)) = bytes.split_first() else { return };
    let (text, beside) = rest.split_at(rest.len() * usize::from(*share) / 255);
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    let stored = SimpleFileOptions::default().compression_method(CompressionMethod::Stored);
    let parts: [(&str, &[u8]); 4] =
        [("_rels/.rels", MAIN), ("word/_rels/document.xml.rels", LINKS), ("word/document.xml", text), ("word/beside.xml", beside)];
    for (name, part) in parts {
        zip.start_file(name, stored).expect("a part begins");
        zip.write_all(part).expect("a part is written");
    }
    let file = zip.finish().expect("the file ends").into_inner();
    let _ = read(None, &file, &Given::default());
});
