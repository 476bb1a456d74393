//! Numbers in a file that would cost its reader memory or time: none is believed before it was held against the bytes there are.

use seal::{Damage, Unreadable};

use crate::{document::verify, forge::row, structure::Signed};

fn damaged(name: &str, pdf: &[u8], expected: Damage) {
    match verify(pdf, &[]) {
        Err(Unreadable::Damaged(damage)) => assert_eq!(damage, expected, "{name}"),
        other => panic!("{name}: {other:#?}"),
    }
}

#[test]
fn sizes_are_not_believed_before_they_are_held_against_the_file() {
    let signed = Signed::new();
    let (info, free) = (signed.update().info(), signed.update().size);
    let attempt = |layout: &str| {
        let update = signed.update();
        let rows = update.stream_rows(&[info, free]);
        update.with_stream(free, layout, &rows)
    };
    let index = format!("/Index [{info} 1 {free} 1]");
    for widths in ["1 1000000000000000 2", "1 4 -2", "9 4 2", "9223372036854775807 1 1", "0 0 0"] {
        damaged(widths, &attempt(&format!("/W [{widths}] {index}")), Damage::Oversized);
    }
    for index in ["0 4000000000", "4294967295 1", "-1 2", "0 8388000", "9223372036854775807 9223372036854775807"] {
        damaged(index, &attempt(&format!("/W [1 4 2] /Index [{index}]")), Damage::Oversized);
    }
    damaged("size", &attempt(&format!("/W [1 4 2] {index} /Size 4000000000")), Damage::Oversized);
    damaged("columns", &attempt(&format!("/W [1 4 2] {index} /DecodeParms << /Predictor 12 /Columns 4000000000000 >>")), Damage::Oversized);
    damaged("count", &signed.update().with_table("0 99999999999\n0000000000 65535 f \n", ""), Damage::Oversized);
    let packed = signed.update().stream(free, "/Type /ObjStm /N 4000000000 /First 8", b"1 0 2 2 <<>> <<>>").with_table("", "");
    damaged("objects in a stream that no table lists", &packed, Damage::Oversized);
    // The same where the cross-references cannot be followed, so that readers search for what they find.
    let broken = |pdf: Vec<u8>| [pdf.as_slice(), b"startxref\n3\n%%EOF\n"].concat();
    damaged("widths in a broken file", &broken(attempt(&format!("/W [1 1000000000000000 2] {index}"))), Damage::Oversized);
    let unclosed = |text: &str| signed.update().raw(text.repeat(40_000).as_bytes()).done();
    damaged("texts without end", &unclosed("7 0 obj (\n"), Damage::Crowded);
    damaged("streams without end", &unclosed("7 0 obj <<>> stream\n"), Damage::Crowded);
    damaged("nested", &signed.update().object(free, &"[".repeat(200_000)).done(), Damage::Nested);
    damaged("crowded", &signed.update().object(free, &format!("[{}]", "0 ".repeat(600_000))).done(), Damage::Crowded);
}

#[test]
fn streams_that_lie_in_one_another_are_not_copied_without_end() {
    let signed = Signed::new();
    let (free, count) = (signed.update().size, 400);
    // Each stream holds all that follow; each is as long as it says.
    let head = |length: usize, number: u32| format!("{number:05} 0 obj\n<< /Length {length:07} >>\nstream\n");
    let mut body = vec![b' '; 20_000];
    for number in (free..free + count).rev() {
        body = [head(body.len(), number).as_bytes(), &body, b"\nendstream\nendobj\n"].concat();
    }
    let mut update = signed.update();
    let start = update.bytes.len();
    update.at.extend((free..free + count).enumerate().map(|(nth, number)| (number, start + nth * head(0, number).len())));
    update.size = free + count;
    damaged("streams in streams", &update.raw(&body).done(), Damage::Crowded);
}

#[test]
fn a_stream_that_unpacks_without_end_is_stopped() {
    use std::io::Write as _;
    let signed = Signed::new();
    let (info, free) = (signed.update().info(), signed.update().size);
    let mut packer = flate2::write::ZlibEncoder::new(Vec::new(), flate2::Compression::best());
    packer.write_all(&vec![b' '; 64 << 20]).expect("in memory");
    let bomb = packer.finish().expect("in memory");
    let update = signed.update().stream(free, "/Type /ObjStm /N 1 /First 4 /Filter /FlateDecode", &bomb);
    let rows = [row(2, free, 0), update.stream_rows(&[free, free + 1])].concat();
    damaged("packed objects", &update.with_stream(free + 1, &format!("/W [1 4 2] /Index [{info} 1 {free} 2]"), &rows), Damage::Bomb);
    damaged("cross-references", &signed.update().with_stream(free, "/W [1 4 2] /Filter /FlateDecode", &bomb), Damage::Bomb);
}
