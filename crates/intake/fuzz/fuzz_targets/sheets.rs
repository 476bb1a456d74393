#![no_main]
//! Any XML as the cells and the shared words of a workbook: packed here, because chance never makes a sound ZIP file. The first byte says how the rest is shared between
//! the parts; bytes that are a ZIP file already go in as they are.

use intake::read::{Given, read};
use std::io::{Cursor, Write};
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipWriter};

const MAIN: &[u8] = br#"<Relationships><Relationship Id="a" Type="x/officeDocument" Target="xl/workbook.xml"/></Relationships>"#;
const BOOK: &[u8] = br#"<workbook><sheets><sheet name="Log" sheetId="1" r:id="s"/></sheets></workbook>"#;
const LINKS: &[u8] = br#"<Relationships><Relationship Id="s" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet" Target="worksheets/sheet1.xml"/></Relationships>"#;
const STYLES: &[u8] = br#"<styleSheet><cellXfs><xf numFmtId="0"/><xf numFmtId="22"/><xf numFmtId="46"/></cellXfs></styleSheet>"#;

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    if bytes.starts_with(b"PK") {
        let _ = read(None, bytes, &Given::default());
        return;
    }
    let Some((share, rest)) = bytes.split_first() else { return };
    let (first, second) = rest.split_at(rest.len() * usize::from(*share) / 255);
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    let stored = SimpleFileOptions::default().compression_method(CompressionMethod::Stored);
    let parts: [(&str, &[u8]); 6] = [("_rels/.rels", MAIN), ("xl/workbook.xml", BOOK), ("xl/_rels/workbook.xml.rels", LINKS), ("xl/styles.xml", STYLES), ("xl/worksheets/sheet1.xml", first), ("xl/sharedStrings.xml", second)];
    for (name, part) in parts {
        zip.start_file(name, stored).expect("a part begins");
        zip.write_all(part).expect("a part is written");
    }
    let file = zip.finish().expect("the file ends").into_inner();
    let _ = read(None, &file, &Given::default());
});
