//! Pictures: carried whole, placed with their caption, and never a reason to fail.

mod judge;

use std::{collections::BTreeMap, ops::ControlFlow, sync::Arc};

use chrono::DateTime;
use lopdf::Object;
use paper::{Issue, Paper, Press, Printed, Unreadable};
use report::{
    Report, catalogue,
    ids::{AttachmentId, CountedIds},
    papers::Attachment,
    rich::{Block, FigureAttrs, Inline},
};

/// The sample with one figure of a file.
fn with_figure(file: &[u8]) -> (Report, BTreeMap<AttachmentId, Arc<[u8]>>) {
    let mut report = catalogue::sample("sec-h9-summary").expect("a shipped sample");
    let id = AttachmentId::new(&mut CountedIds(70_000));
    report.attachments.push(Attachment {
        id,
        name: "photo".into(),
        media_type: "image/jpeg".into(),
        size: file.len() as u64,
        sha256: "0".repeat(64),
        caption: "The strainer".into(),
        evidence: false,
    });
    let attrs = FigureAttrs { attachment: Some(id), alt: "A strainer full of weed".into() };
    report.sections[0].body.0.push(Block::Figure { attrs, content: vec![Inline::plain("The strainer, opened")] });
    (report, BTreeMap::from([(id, Arc::from(file))]))
}

fn print(report: &Report, files: &BTreeMap<AttachmentId, Arc<[u8]>>) -> Printed {
    let issued_at = DateTime::from_timestamp(1_761_120_000, 0).expect("a moment");
    let issue = Issue { paper: Paper::A4, draft: None, issued_at, files, findings: &[], producer: "Rapporteur", signers: 0 };
    Press::default().print(report, &issue, &mut |_| ControlFlow::Continue(())).expect("it prints")
}

fn images(printed: &Printed) -> Vec<lopdf::Stream> {
    let pdf = lopdf::Document::load_mem(&printed.pdf).expect("it reads");
    let image = |object: &&Object| {
        let stream = object.as_stream().ok()?;
        stream.dict.get(b"Subtype").and_then(Object::as_name).is_ok_and(|name| name == b"Image").then(|| stream.clone())
    };
    pdf.objects.values().filter_map(|object| image(&object)).collect()
}

/// A JPEG's first bytes: as much as a reader of its size needs.
fn jpeg(width: u16, height: u16, components: u8) -> Vec<u8> {
    let mut file = vec![0xFF, 0xD8, 0xFF, 0xE0, 0, 4, 0, 0, 0xFF, 0xC0, 0, 8 + 3 * components, 8];
    file.extend(height.to_be_bytes());
    file.extend(width.to_be_bytes());
    file.push(components);
    (0..components).for_each(|number| file.extend([number + 1, 0x11, 0]));
    file.extend([0xFF, 0xD9]);
    file
}

/// A PNG of one colour with half of its pixels transparent.
fn png(width: u32, height: u32) -> Vec<u8> {
    let crc = |bytes: &[u8]| {
        !bytes.iter().fold(!0_u32, |crc, byte| {
            (0..8).fold(crc ^ u32::from(*byte), |crc, _| if crc & 1 == 1 { 0xEDB8_8320 ^ (crc >> 1) } else { crc >> 1 })
        })
    };
    let chunk = |name: &[u8], body: &[u8]| {
        let mut named = name.to_vec();
        named.extend(body);
        let mut out = u32::try_from(body.len()).expect("small").to_be_bytes().to_vec();
        out.extend(&named);
        out.extend(crc(&named).to_be_bytes());
        out
    };
    let mut head = width.to_be_bytes().to_vec();
    head.extend(height.to_be_bytes());
    head.extend([8, 6, 0, 0, 0]);
    let row = || std::iter::once(0).chain((0..width).flat_map(|x| [10, 20, 30, if x % 2 == 0 { 255 } else { 0 }]));
    let rows: Vec<u8> = (0..height).flat_map(|_| row()).collect();
    let mut packed = flate2::write::ZlibEncoder::new(Vec::new(), flate2::Compression::fast());
    std::io::Write::write_all(&mut packed, &rows).expect("to memory");
    let mut file = b"\x89PNG\r\n\x1a\n".to_vec();
    file.extend(chunk(b"IHDR", &head));
    file.extend(chunk(b"IDAT", &packed.finish().expect("to memory")));
    file.extend(chunk(b"IEND", &[]));
    file
}

#[test]
fn a_jpeg_is_carried_byte_for_byte() {
    let file = jpeg(1200, 800, 3);
    let (report, files) = with_figure(&file);
    let printed = print(&report, &files);
    assert_eq!(judge::faults(&printed.pdf), Vec::<String>::new());
    let images = images(&printed);
    assert_eq!(images.len(), 1);
    assert_eq!(images[0].content, file);
    assert_eq!(images[0].dict.get(b"Filter").and_then(Object::as_name).expect("a filter"), b"DCTDecode");
}

#[test]
fn what_is_transparent_in_a_png_shows_the_paper() {
    let (report, files) = with_figure(&png(40, 10));
    let printed = print(&report, &files);
    assert_eq!(judge::faults(&printed.pdf), Vec::<String>::new());
    let pixels = images(&printed)[0].get_plain_content().expect("it unpacks");
    assert_eq!(pixels.len(), 40 * 10 * 3);
    assert_eq!(pixels[..6], [10, 20, 30, 255, 255, 255]);
}

#[test]
fn a_tall_picture_is_fitted_to_the_page() {
    let pages = |width, height| {
        let (report, files) = with_figure(&jpeg(width, height, 1));
        let printed = print(&report, &files);
        assert_eq!(judge::faults(&printed.pdf), Vec::<String>::new());
        printed.pages
    };
    // A portrait picture takes no more of the paper than one that is as high as it may be.
    assert_eq!(pages(400, 9000), pages(1200, 1400));
}

#[test]
fn a_picture_that_cannot_be_read_is_named_and_the_rest_prints() {
    let damaged = [&jpeg(100, 100, 4)[..], b"no such thing"].concat();
    for (file, foreign) in [(&b"GIF89a"[..], true), (b"\xFF\xD8\xFF", true), (&png(40, 10)[..60], false), (&damaged, false), (b"", true)] {
        let (report, files) = with_figure(file);
        let printed = print(&report, &files);
        assert_eq!(judge::faults(&printed.pdf), Vec::<String>::new());
        assert_eq!(printed.unreadable.len(), 1);
        let (place, fault) = &printed.unreadable[0];
        assert_eq!(*fault == Unreadable::Foreign, foreign, "{fault}");
        assert!(place.words(&report).starts_with("Nature of the Major Incident"), "{place:?}");
        assert!(images(&printed).is_empty());
    }
}

#[test]
fn fifty_megabytes_are_carried() {
    let mut file = jpeg(6000, 4000, 3);
    file.resize(50_000_000, 0);
    let (report, files) = with_figure(&file);
    let printed = print(&report, &files);
    assert!(printed.pdf.len() > 50_000_000);
    assert_eq!(images(&printed)[0].content.len(), 50_000_000);
}
