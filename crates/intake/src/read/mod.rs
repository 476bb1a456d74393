//! Reading: the bytes of a file or of the clipboard become a [`Source`]. Always true: no word is lost between the bytes and the blocks
//! plus what was dropped; nothing inside a file is run, fetched or believed about its own size. Deliberately absent: the network, files.

mod archive;
mod chat;
mod delimited;
mod detect;
mod docx;
mod encoding;
#[cfg(test)]
mod fixtures;
mod gather;
mod guess;
pub(crate) mod html;
mod jira;
mod json;
#[cfg(test)]
mod law;
mod limits;
mod mail;
mod markdown;
mod markup;
mod messages;
pub(crate) mod moment;
mod opendocument;
mod picture;
mod plain;
mod posts;
mod rtf;
mod sheets;
#[cfg(test)]
mod shown;
mod transcript;
mod xml;
mod zeek;

pub use detect::Format;
pub use guess::{EncodingGuess, EncodingOption, encodings};
pub use limits::{MOST_BLOCKS, MOST_BYTES, MOST_CELLS, MOST_NESTED};

use crate::source::Source;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// What is known of a text from outside it; it outranks what the text says of itself.
#[derive(Clone, Debug, Default, Eq, PartialEq, Serialize, Deserialize, TS)]
#[serde(default)]
#[ts(export, rename = "ForeignGiven")]
pub struct Given {
    /// The format, where a person chose it or the clipboard names it.
    pub format: Option<Format>,
    /// The encoding, by a label of the WHATWG Encoding Standard ("windows-1252"). Text that was already decoded (the clipboard) is "utf-8".
    pub encoding: Option<String>,
    /// When a recording started whose transcript this is (`2026-03-11 09:30`, with a `Z` behind it for UTC).
    pub start: Option<String>,
}

/// Why nothing could be read. The words are a sentence for a person and say what to do.
#[derive(Debug, thiserror::Error)]
pub enum ReadError {
    /// There is no word in it.
    #[error("there is nothing in this file to read")]
    Empty,
    /// It is larger than this application reads.
    #[error("this file has {bytes} bytes; up to {most} are read. Cut it into parts and open them one after another")]
    TooLarge {
        /// How many bytes it has.
        bytes: usize,
        /// How many are read.
        most: usize,
    },
    /// It has more of something than this application reads.
    #[error("this file has more than {most} {what}; that is no report. Cut it into parts and open them one after another")]
    TooMany {
        /// What there is too much of ("lines").
        what: &'static str,
        /// How many are read.
        most: usize,
    },
    /// Something in it lies in something lies in something.
    #[error("this file nests its parts more than {most} deep; nobody writes so, and it was not read")]
    TooDeep {
        /// How deep is read.
        most: usize,
    },
    /// A compressed part claims, or turns out, to be far larger than its file.
    #[error("the part “{part}” of this file grows to more than {most} bytes when unpacked; it was not read")]
    Swells {
        /// The part.
        part: String,
        /// How many bytes are unpacked.
        most: u64,
    },
    /// Declarations of its own that could stand for anything.
    #[error("this file declares entities of its own (“{name}”), which can hide or multiply text; it was not read")]
    Entities {
        /// The declaration.
        name: String,
    },
    /// A PDF: ours carries its report, another's is not text.
    #[error("this is a PDF. One made by Rapporteur carries its report, which is read whole; of another’s, copy the text and paste it here")]
    Pdf,
    /// Our own file, to be opened, not imported.
    #[error("this is a report of Rapporteur (report.json) already: open it instead of importing it")]
    Report,
    /// A kind that is known and not read.
    #[error("this is {what}. {remedy}")]
    NotRead {
        /// What it is ("a picture").
        what: &'static str,
        /// What a person can do.
        remedy: &'static str,
    },
    /// Not text in any encoding.
    #[error("this is not text: byte {at} is a zero. Open a document, a web page, a table or a text instead")]
    NotText {
        /// The place of the first such byte, from 0.
        at: usize,
    },
    /// It says one encoding and is written in another.
    #[error(
        "this text says that it is written in {said}, but it is not (see byte {at}). It reads as {reads_as}: choose that encoding to have it read so"
    )]
    NotItsEncoding {
        /// The encoding it names.
        said: String,
        /// The first byte that gives it away, from 0.
        at: usize,
        /// The encoding it seems to be in.
        reads_as: String,
    },
    /// It names an encoding that there is not.
    #[error("there is no encoding called “{said}”. It reads as {reads_as}: choose that encoding to have it read so")]
    UnknownEncoding {
        /// What it says.
        said: String,
        /// The encoding it seems to be in.
        reads_as: String,
    },
    /// It breaks the rules of its own format.
    #[error("this is not a sound {format} file: {message}")]
    Broken {
        /// The format.
        format: &'static str,
        /// What is wrong, and where.
        message: String,
    },
}

impl Given {
    /// Whether words name the start of a recording as it is read.
    pub fn is_start(words: &str) -> bool {
        transcript::from_words(words).is_some()
    }
}

/// Reads `bytes`. `name` is the file's name, where there is one; its ending decides only what the content leaves open.
///
/// # Errors
/// Says why nothing was read and what to do; see [`ReadError`].
pub fn read(name: Option<&str>, bytes: &[u8], given: &Given) -> Result<Source, ReadError> {
    let source = read_format(name, bytes, given)?;
    Ok(Source { name: name.map(str::to_owned), ..source })
}

fn read_format(name: Option<&str>, bytes: &[u8], given: &Given) -> Result<Source, ReadError> {
    if bytes.len() > MOST_BYTES {
        return Err(ReadError::TooLarge { bytes: bytes.len(), most: MOST_BYTES });
    }
    if detect::is_mail(name, bytes, given.format) {
        return mail::read(bytes).and_then(not_blank);
    }
    if given.format == Some(Format::Rtf) || given.format.is_none() && rtf::is_one(bytes) {
        return rtf::read(bytes).and_then(not_blank);
    }
    detect::refuse_binary(bytes)?;
    if detect::is_zip(bytes) {
        return read_archive(bytes).and_then(not_blank);
    }
    let said = html::said_encoding(bytes);
    let text = encoding::decode(bytes, given.encoding.as_deref(), said.as_deref())?;
    if text.trim().is_empty() {
        return Err(ReadError::Empty);
    }
    let format = given.format.unwrap_or_else(|| detect::format(name, &text));
    match format {
        Format::Html => html::read(&text),
        Format::Markdown => markdown::read(&text),
        Format::Table if zeek::is_one(&text) => zeek::read(&text),
        Format::Table => delimited::read(&text),
        Format::Chat if transcript::is_zoom_chat(&text) => transcript::read_zoom_chat(&text),
        Format::Chat => chat::read(&text),
        Format::Transcript => transcript::read(name, &text, given.start.as_deref()),
        Format::Json => match read_json(&text) {
            // Lines of JSON, or a text about it: only a person's own choice makes them broken JSON.
            Err(ReadError::Broken { .. }) if given.format.is_none() => plain::read(&text),
            read => read,
        },
        // A ZIP file was seen above; this is none.
        Format::Docx | Format::Sheets | Format::OpenDocument | Format::SlackExport => {
            Err(ReadError::Broken { format: "ZIP", message: "it does not begin as a ZIP file does".to_owned() })
        }
        Format::Plain if jira::is_one(&text, 2) => jira::read(&text),
        Format::Plain => plain::read(&text),
        Format::Mail => mail::read(bytes),
        Format::Rtf => rtf::read(bytes),
        Format::Restructured => markup::read(markup::Markup::Restructured, &text),
        Format::Asciidoc => markup::read(markup::Markup::Asciidoc, &text),
    }
    .map(posts::settle)
    .and_then(not_blank)
}

fn read_archive(bytes: &[u8]) -> Result<Source, ReadError> {
    match detect::in_archive(bytes)? {
        Format::Sheets => sheets::read(bytes),
        Format::OpenDocument => opendocument::read(bytes),
        Format::SlackExport => json::export::read(bytes),
        _ => docx::read(bytes),
    }
}

fn not_blank(source: Source) -> Result<Source, ReadError> {
    if source.blocks.is_empty() && source.dropped.is_empty() { Err(ReadError::Empty) } else { Ok(source) }
}

fn read_json(text: &str) -> Result<Source, ReadError> {
    let value = json::parse(text).or_else(|fault| json::entries_by_line(text).ok_or(fault))?;
    match json::kind(&value) {
        json::Kind::Slack => json::read_slack(&value),
        json::Kind::Tracker => json::read_tracker(value),
        json::Kind::Log => json::read_log(&value),
        json::Kind::Report => Err(ReadError::Report),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_too_large_is_refused_before_it_is_looked_at() {
        let large = vec![b'a'; MOST_BYTES + 1];
        assert!(matches!(read(None, &large, &Given::default()), Err(ReadError::TooLarge { bytes, .. }) if bytes == MOST_BYTES + 1));
    }

    #[test]
    fn a_file_without_a_word_is_told_apart() {
        for blank in ["", " \n\t\n", "\u{feff}\r\n"] {
            assert!(matches!(read(None, blank.as_bytes(), &Given::default()), Err(ReadError::Empty)), "{blank:?}");
        }
    }

    #[test]
    fn what_only_looks_like_json_is_read_as_text() {
        let lines = b"{\"a\": 1}\n{\"b\": 2}\n";
        assert_eq!(read(None, lines, &Given::default()).expect("it reads").blocks.len(), 3);
        let chosen = Given { format: Some(Format::Json), ..Given::default() };
        assert!(matches!(read(None, lines, &chosen), Err(ReadError::Broken { format: "JSON", .. })));
        assert!(matches!(read(None, b"{\"format\": 1, \"template\": {}}", &Given::default()), Err(ReadError::Report)));
    }

    #[test]
    fn files_of_other_kinds_are_named() {
        let said = |bytes: &[u8]| read(None, bytes, &Given::default()).expect_err("it is not text").to_string();
        assert!(said(b"%PDF-1.7\n%\xe2\xe3\xcf\xd3").starts_with("this is a PDF."));
        assert!(said(b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR").starts_with("this is a picture."));
        assert!(said(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1\0\0\0\0").starts_with("this is a Word or Excel document of before 2007"));
        assert!(said(b"abc\0\0\0d").starts_with("this is not text: byte 3 is a zero."));
    }
}
