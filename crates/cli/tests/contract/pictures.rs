//! Pictures of fifty megabytes: printed in bounded memory, and one that only claims to be enormous is refused in words.

use crate::program::Bench;
use desk::printing::sha256;
use flate2::{Compression, Crc, write::ZlibEncoder};
use report::Report;
use std::io::Write;
use std::process::Output;

const SIDE: u32 = 4_000;

#[test]
fn a_picture_of_48_megabytes_prints_in_bounded_memory() {
    let bench = Bench::new();
    let mut chance = 1_u64;
    let mut noise = vec![0; (SIDE * 3) as usize];
    let mut packed = ZlibEncoder::new(Vec::new(), Compression::none());
    for _ in 0..SIDE {
        for eight in noise.chunks_exact_mut(8) {
            chance = chance.wrapping_mul(0x5851_F42D_4C95_7F2D).wrapping_add(0x1405_7B7E_F767_814F);
            eight.copy_from_slice(&(chance ^ (chance >> 32)).to_le_bytes());
        }
        packed.write_all(&[0]).and_then(|()| packed.write_all(&noise)).expect("it is packed");
    }
    let picture = png(SIDE, &packed.finish().expect("it is packed"));
    assert!(picture.len() > 48_000_000 && picture.len() < desk::evidence::LARGEST_FILE);
    let report = with_figure(&bench, &picture);
    let ran = run_in(&bench, 900_000, "export report.json -o report.pdf");
    assert!(ran.status.success(), "{ran:?}");
    bench.done("extract report.pdf -o out.json --attachments out");
    let name = &report.attachments.last().expect("it is there").name;
    assert!(bench.read(&format!("out/{name}")) == picture, "the file travels as it was");
}

#[test]
fn a_picture_that_claims_to_be_enormous_is_refused_and_named() {
    let bench = Bench::new();
    with_figure(&bench, &png(60_000, &[0x78, 0x01, 0x03, 0x00, 0x00, 0x00, 0x00, 0x01]));
    let before = bench.everything();
    let ran = run_in(&bench, 400_000, "export report.json -o report.pdf");
    let words = String::from_utf8_lossy(&ran.stderr).into_owned();
    assert_eq!(ran.status.code(), Some(1), "{words}");
    assert!(words.contains("picture cannot be printed") && words.contains("Region / Location impacted"), "{words}");
    assert_eq!(bench.everything(), before);
    assert!(run_in(&bench, 400_000, "export report.json -o draft.pdf --draft").status.success(), "a draft shows that it is missing");
}

/// Runs the program with at most so many kilobytes of address space, where the shell can limit them.
fn run_in(bench: &Bench, kilobytes: u32, line: &str) -> Output {
    let program = bench.command::<&str>(&[]).get_program().to_owned();
    if cfg!(not(unix)) {
        return bench.command(&line.split(' ').collect::<Vec<_>>()).output().expect("it runs");
    }
    let limited = format!("ulimit -v {kilobytes}; exec \"$0\" {line}");
    std::process::Command::new("sh").arg("-c").arg(limited).arg(program).current_dir(bench.path("")).output().expect("a shell")
}

/// The sample with that picture in its second section.
fn with_figure(bench: &Bench, picture: &[u8]) -> Report {
    let mut report = bench.sample("sec-h9-summary");
    bench.write("attachments/picture.png", picture);
    let id = "0199e8f5-1580-7000-8000-0000000fffff";
    let file =
        serde_json::json!({ "id": id, "name": "picture.png", "media_type": "image/png", "size": picture.len(), "sha256": sha256(picture) });
    let figure = serde_json::json!({ "type": "figure", "attrs": { "attachment": id, "alt": "Noise" }, "content": [{ "type": "text", "text": "Noise" }] });
    report.attachments.push(serde_json::from_value(file).expect("an attached file"));
    report.sections[1].body.0.push(serde_json::from_value(figure).expect("a figure"));
    bench.write("report.json", report::format::write(&report));
    report
}

/// A square PNG in colours of eight bits with that image data (PNG 3rd edition, 5.3).
fn png(side: u32, data: &[u8]) -> Vec<u8> {
    let header = [side.to_be_bytes().as_slice(), &side.to_be_bytes(), &[8, 2, 0, 0, 0]].concat();
    let mut out = b"\x89PNG\r\n\x1a\n".to_vec();
    for (kind, data) in [(b"IHDR", header.as_slice()), (b"IDAT", data), (b"IEND", &[])] {
        let mut sum = Crc::new();
        sum.update(kind);
        sum.update(data);
        out.extend_from_slice(&(data.len() as u32).to_be_bytes());
        out.extend_from_slice(kind);
        out.extend_from_slice(data);
        out.extend_from_slice(&sum.sum().to_be_bytes());
    }
    out
}
