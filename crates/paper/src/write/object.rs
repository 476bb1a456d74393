//! Small PDF objects, and the file's last steps: compression and bytes.
//! Always true: the file's identifier is a digest of the file itself, and the file ends with a line feed, so that whoever appends
//! a revision begins on a line of its own.

use std::io::Write;

use flate2::{Compression, write::ZlibEncoder};
use lopdf::{Object, StringFormat};
use md5::{Digest, Md5};

use super::WriteError;

/// Enough for text: the next levels take longer and save one part in a hundred.
const LEVEL: u32 = 4;

/// A text string: ASCII as it is, everything else in UTF-16BE (ISO 32000-1, 7.9.2.2).
pub fn text(words: &str) -> Object {
    if words.bytes().all(|byte| matches!(byte, b' '..=b'~')) {
        return Object::String(words.as_bytes().to_vec(), StringFormat::Literal);
    }
    Object::String(utf16(words), StringFormat::Hexadecimal)
}

/// UTF-16BE with a byte order mark.
pub fn utf16(words: &str) -> Vec<u8> {
    let mut bytes = vec![0xFE, 0xFF];
    bytes.extend(words.encode_utf16().flat_map(u16::to_be_bytes));
    bytes
}

/// A name.
pub fn name(words: &str) -> Object {
    Object::Name(words.as_bytes().to_vec())
}

/// A number with at most three decimals, which is finer than any printer.
pub fn real(value: f32) -> Object {
    Object::Real(round(value))
}

/// At most three decimals.
pub fn round(value: f32) -> f32 {
    (value * 1000.0).round() / 1000.0
}

/// Compresses every stream that allows it and gains by it.
pub fn compress(pdf: &mut lopdf::Document) -> Result<(), WriteError> {
    for object in pdf.objects.values_mut() {
        let Object::Stream(stream) = object else { continue };
        if !stream.allows_compression || stream.dict.has(b"Filter") {
            continue;
        }
        let mut encoder = ZlibEncoder::new(Vec::with_capacity(stream.content.len() / 3), Compression::new(LEVEL));
        encoder.write_all(&stream.content)?;
        let packed = encoder.finish()?;
        if packed.len() + 19 < stream.content.len() {
            stream.dict.set("Filter", "FlateDecode");
            stream.set_content(packed);
        }
    }
    Ok(())
}

/// The file's bytes.
pub fn serialize(pdf: &mut lopdf::Document) -> Result<Vec<u8>, WriteError> {
    let blank = Object::String(vec![0; 16], StringFormat::Hexadecimal);
    pdf.trailer.set("ID", vec![blank.clone(), blank]);
    let mut bytes = Vec::with_capacity(1 << 19);
    pdf.save_to(&mut bytes)?;
    bytes.push(b'\n');
    let digest: String = Md5::digest(&bytes).iter().map(|byte| format!("{byte:02X}")).collect();
    // The trailer is the last thing in the file, so its identifier is the last pair of blanks.
    let blank = b"<00000000000000000000000000000000>";
    let mut end = bytes.len();
    for _ in 0..2 {
        if let Some(at) = bytes[..end].windows(blank.len()).rposition(|window| window == blank) {
            bytes[at + 1..at + 33].copy_from_slice(digest.as_bytes());
            end = at;
        }
    }
    Ok(bytes)
}
