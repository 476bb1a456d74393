//! Small PDF objects, and the file's last steps: compression and bytes.
//! Always true: the file's identifier is a digest of the file itself, and the file ends with a line feed, so that whoever appends
//! a revision begins on a line of its own.

use std::num::NonZeroUsize;

use flate2::{Compress, Compression, FlushCompress, Status};
use lopdf::{Object, Stream, StringFormat};
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

/// Compresses every stream that allows it and gains by it, on as many threads as the machine has.
pub fn compress(pdf: &mut lopdf::Document) -> Result<(), WriteError> {
    let mut streams: Vec<&mut Stream> = pdf.objects.values_mut().filter_map(loose).collect();
    // The longest first, dealt out in turn, so that no thread is left with all of the work.
    streams.sort_by_key(|stream| std::cmp::Reverse(stream.content.len()));
    let threads = std::thread::available_parallelism().map_or(1, NonZeroUsize::get).min(4);
    let mut hands: Vec<Vec<&mut Stream>> = (0..threads).map(|_| Vec::new()).collect();
    for (number, stream) in streams.into_iter().enumerate() {
        hands[number % threads].push(stream);
    }
    std::thread::scope(|scope| {
        let working: Vec<_> = hands.into_iter().map(|hand| scope.spawn(|| pack_all(hand))).collect();
        working.into_iter().try_for_each(|hand| hand.join().unwrap_or_else(|fault| std::panic::resume_unwind(fault)))
    })?;
    Ok(())
}

fn pack_all(streams: Vec<&mut Stream>) -> std::io::Result<()> {
    let mut packer = Packer::new();
    streams.into_iter().try_for_each(|stream| packer.pack(stream))
}

fn loose(object: &mut Object) -> Option<&mut Stream> {
    let Object::Stream(stream) = object else { return None };
    (stream.allows_compression && !stream.dict.has(b"Filter")).then_some(stream)
}

/// What packs one stream after another. Its tables are hundreds of kilobytes, which a fresh one for each page would fetch anew.
struct Packer {
    deflate: Compress,
    packed: Vec<u8>,
}

impl Packer {
    fn new() -> Self {
        Self { deflate: Compress::new(Compression::new(LEVEL), true), packed: Vec::new() }
    }

    fn pack(&mut self, stream: &mut Stream) -> std::io::Result<()> {
        // What does not fit into less room than it took is left as it is: 19 bytes are the entry that names the filter.
        let room = stream.content.len().saturating_sub(19);
        self.packed.clear();
        self.packed.reserve_exact(room);
        self.deflate.reset();
        let status = self.deflate.compress_vec(&stream.content, &mut self.packed, FlushCompress::Finish)?;
        if status == Status::StreamEnd && self.packed.len() < room {
            stream.dict.set("Filter", "FlateDecode");
            stream.set_content(self.packed.clone());
        }
        Ok(())
    }
}

/// The file's bytes. Its objects are numbered without gaps, as a file must that was never updated (ISO 32000-1, 7.5.4): poppler stumbles over
/// a gap as soon as it reads a string of more than 127 bytes.
pub fn serialize(pdf: &mut lopdf::Document) -> Result<Vec<u8>, WriteError> {
    pdf.renumber_objects();
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
