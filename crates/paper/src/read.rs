//! Reading back what was printed: the files a PDF carries and the headings of its outline.
//! Always true: it reads any PDF, ours or not, and answers with what is there. Deliberately absent: judging signatures.

use flate2::read::ZlibDecoder;
use lopdf::{Dictionary, Document, Object, Stream};
use std::io::{self, Read, Write};

/// What a PDF carries besides its pages.
#[derive(Clone, Debug, Default)]
pub struct Contents {
    /// The attached files, in the order of their names tree.
    pub files: Vec<Carried>,
    /// The titles of the outline, with their levels from 1, in reading order.
    pub headings: Vec<(usize, String)>,
    /// How many pages there are.
    pub pages: usize,
}

/// Whether a file of ours says of itself that it is a draft (its entry /Status).
#[must_use]
pub fn is_draft(pdf: &[u8]) -> bool {
    let status = |document: &Document| -> Option<Vec<u8>> {
        let information = document.trailer.get(b"Info").ok()?.as_reference().ok()?;
        Some(document.get_dictionary(information).ok()?.get(b"Status").ok()?.as_str().ok()?.to_vec())
    };
    Document::load_mem(pdf).ok().and_then(|document| status(&document)).is_some_and(|status| status == b"Draft")
}

/// An attached file, packed as it lies there.
#[derive(Clone, Debug)]
pub struct Carried {
    /// Its name.
    pub name: String,
    /// Its relationship to the document (ISO 32000-2, table 43): "Source", "Supplement".
    pub relationship: String,
    packed: Stream,
}

impl Carried {
    /// Hands its bytes over as they are unpacked, in the memory of a page: a log of two hundred megabytes packs to one. `room` is how many may
    /// come, and is lessened by those that did.
    ///
    /// # Errors
    /// When more come than there is room for, or they cannot be unpacked; part of them was handed over by then.
    pub fn pour(&self, room: &mut usize, into: &mut dyn Write) -> io::Result<()> {
        let inflated = self.packed.filters().is_ok_and(|filters| filters == [b"FlateDecode"]) && !self.packed.dict.has(b"DecodeParms");
        if inflated {
            return pour(ZlibDecoder::new(self.packed.content.as_slice()), room, into);
        }
        let plain = self.packed.get_plain_content_with_limit(*room).map_err(io::Error::other)?;
        pour(plain.as_slice(), room, into)
    }

    /// Its bytes, all at once.
    ///
    /// # Errors
    /// As [`Carried::pour`].
    pub fn bytes(&self, room: &mut usize) -> io::Result<Vec<u8>> {
        // Counted first: bytes that grow as they come would take up to three times their room.
        let mut left = *room;
        self.pour(&mut left, &mut io::sink())?;
        let mut bytes = Vec::with_capacity(*room - left);
        self.pour(room, &mut bytes)?;
        Ok(bytes)
    }
}

fn pour(from: impl Read, room: &mut usize, into: &mut dyn Write) -> io::Result<()> {
    let most = (*room as u64).saturating_add(1);
    let poured = usize::try_from(io::copy(&mut from.take(most), into)?).unwrap_or(usize::MAX);
    if poured > *room {
        *room = 0;
        return Err(io::Error::other("it unpacks beyond all measure"));
    }
    *room -= poured;
    Ok(())
}

/// How many bytes the attached files of a PDF of `len` bytes may unpack to together: what a file of a report may have, and for a large PDF
/// eight times its size.
#[must_use]
pub fn room(len: usize) -> usize {
    MOST_UNPACKED.max(len.saturating_mul(LARGEST_PART))
}

/// The bytes are no PDF that can be followed.
#[derive(Debug, thiserror::Error)]
#[error("the PDF cannot be read")]
pub struct NotReadable(#[from] lopdf::Error);

/// A chain longer than this in an outline or a names tree is a loop.
const DEEPEST: usize = 64;
const LONGEST: usize = 100_000;
/// Bytes that the attached files of a small file may unpack to together; those of a large one may unpack to `LARGEST_PART` times its size.
const MOST_UNPACKED: usize = 256 << 20;
const LARGEST_PART: usize = 8;

/// Reads what a PDF carries; its attached files stay packed.
///
/// # Errors
/// When the file's structure cannot be followed.
pub fn contents(pdf: &[u8]) -> Result<Contents, NotReadable> {
    // The library looks for the end in the last bytes only; blanks and NUL bytes behind it belong to nothing.
    let end = pdf.iter().rposition(|byte| !byte.is_ascii_whitespace() && *byte != 0).map_or(0, |last| last + 1);
    let document = Document::load_mem(&pdf[..end])?;
    let catalog = document.catalog()?;
    let mut files = Vec::new();
    if let Some(names) = dictionary(&document, catalog, b"Names").and_then(|names| dictionary(&document, names, b"EmbeddedFiles")) {
        carried(&document, names, 0, &mut files);
    }
    let mut headings = Vec::new();
    if let Some(first) = dictionary(&document, catalog, b"Outlines").and_then(|outline| dictionary(&document, outline, b"First")) {
        titles(&document, first, 1, &mut headings);
    }
    Ok(Contents { files, headings, pages: document.get_pages().len() })
}

fn carried(document: &Document, node: &Dictionary, depth: usize, out: &mut Vec<Carried>) {
    if depth > DEEPEST || out.len() > LONGEST {
        return;
    }
    for kid in array(document, node, b"Kids") {
        if let Some(kid) = followed(document, kid).and_then(|kid| kid.as_dict().ok()) {
            carried(document, kid, depth + 1, out);
        }
    }
    for pair in array(document, node, b"Names").chunks_exact(2) {
        let Some(spec) = followed(document, &pair[1]).and_then(|spec| spec.as_dict().ok()) else { continue };
        out.extend(file(document, spec));
    }
}

fn file(document: &Document, spec: &Dictionary) -> Option<Carried> {
    let name = spec.get(b"UF").or_else(|_| spec.get(b"F")).ok().and_then(|name| followed(document, name)).and_then(text)?;
    let streams = dictionary(document, spec, b"EF")?;
    let stream = streams.get(b"F").or_else(|_| streams.get(b"UF")).ok().and_then(|stream| followed(document, stream))?.as_stream().ok()?;
    let relationship =
        spec.get(b"AFRelationship").ok().and_then(|name| name.as_name().ok()).map(|name| String::from_utf8_lossy(name).into_owned());
    Some(Carried { name, relationship: relationship.unwrap_or_default(), packed: stream.clone() })
}

fn titles(document: &Document, first: &Dictionary, level: usize, out: &mut Vec<(usize, String)>) {
    let mut item = Some(first);
    while let Some(entry) = item {
        if level > DEEPEST || out.len() > LONGEST {
            return;
        }
        out.extend(entry.get(b"Title").ok().and_then(|title| followed(document, title)).and_then(text).map(|title| (level, title)));
        if let Some(child) = dictionary(document, entry, b"First") {
            titles(document, child, level + 1, out);
        }
        item = dictionary(document, entry, b"Next");
    }
}

fn followed<'a>(document: &'a Document, object: &'a Object) -> Option<&'a Object> {
    document.dereference(object).ok().map(|(_, object)| object)
}

fn dictionary<'a>(document: &'a Document, of: &'a Dictionary, key: &[u8]) -> Option<&'a Dictionary> {
    followed(document, of.get(key).ok()?)?.as_dict().ok()
}

fn array<'a>(document: &'a Document, of: &'a Dictionary, key: &[u8]) -> &'a [Object] {
    of.get(key).ok().and_then(|array| followed(document, array)).and_then(|array| array.as_array().ok()).map_or(&[], Vec::as_slice)
}

/// A text string (ISO 32000-2, 7.9.2.2): UTF-16BE or UTF-8 with its mark, else one byte a character.
fn text(object: &Object) -> Option<String> {
    let bytes = object.as_str().ok()?;
    Some(match bytes {
        [0xFE, 0xFF, rest @ ..] => {
            let units: Vec<u16> = rest.chunks_exact(2).map(|pair| u16::from_be_bytes([pair[0], pair[1]])).collect();
            String::from_utf16_lossy(&units)
        }
        [0xEF, 0xBB, 0xBF, rest @ ..] => String::from_utf8_lossy(rest).into_owned(),
        bytes => bytes.iter().map(|byte| char::from(*byte)).collect(),
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use lopdf::{Stream, dictionary};

    /// A file with attachments of these sizes, each nothing but blanks.
    fn carrying(sizes: &[usize]) -> Vec<u8> {
        let mut document = Document::with_version("1.7");
        let mut names: Vec<Object> = Vec::new();
        for (number, size) in sizes.iter().enumerate() {
            let mut stream = Stream::new(Dictionary::new(), vec![b' '; *size]);
            stream.compress().expect("in memory");
            let stream = document.add_object(stream);
            let name = Object::string_literal(format!("{number}.log"));
            names.extend([name.clone(), dictionary! { "UF" => name, "EF" => dictionary! { "F" => stream } }.into()]);
        }
        let pages = document.add_object(dictionary! { "Type" => "Pages", "Count" => 0, "Kids" => Vec::<Object>::new() });
        let files = dictionary! { "EmbeddedFiles" => dictionary! { "Names" => names } };
        let root = document.add_object(dictionary! { "Type" => "Catalog", "Pages" => pages, "Names" => files });
        document.trailer.set("Root", root);
        let mut bytes = Vec::new();
        document.save_to(&mut bytes).expect("in memory");
        bytes
    }

    #[test]
    fn bytes_behind_the_end_hide_nothing() {
        let padded = [carrying(&[10]), vec![0; 5_000]].concat();
        assert_eq!(contents(&padded).expect("readable").files.len(), 1);
    }

    #[test]
    fn attachments_that_unpack_beyond_all_measure_are_not_poured() {
        let read = |sizes: &[usize]| {
            let pdf = carrying(sizes);
            let mut room = room(pdf.len());
            let files = contents(&pdf).expect("readable").files;
            files.iter().map(|file| file.pour(&mut room, &mut io::sink()).is_ok()).collect::<Vec<_>>()
        };
        assert_eq!(read(&[10, 1 << 20]), [true, true]);
        assert_eq!(read(&[200 << 20, 10]), [true, true], "a long log packs to little");
        assert_eq!(read(&[300 << 20, 10]), [false, false]);
        assert_eq!(read(&[200 << 20, 60 << 20]), [true, false], "the measure is for all of them together");
    }

    #[test]
    fn what_cannot_be_unpacked_is_said_and_the_next_is_read() {
        let mut files = contents(&carrying(&[5_000, 10])).expect("readable").files;
        let middle = files[0].packed.content.len() / 2;
        files[0].packed.content.truncate(middle);
        let mut room = 10_000;
        assert!(files[0].bytes(&mut room).is_err());
        assert_eq!(files[1].bytes(&mut room).expect("whole"), vec![b' '; 10]);
    }
}
