//! Which format a file is in. Always true: content decides; the file's name is asked only where content leaves it open.

use super::ReadError;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// A format that is read.
#[derive(Clone, Copy, Debug, Default, Eq, PartialEq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
#[ts(export, rename = "ForeignFormat")]
pub enum Format {
    /// Plain text.
    #[default]
    Plain,
}

/// Refuses what is known and is not text.
pub(super) fn refuse_binary(bytes: &[u8]) -> Result<(), ReadError> {
    let head = &bytes[..bytes.len().min(1024)];
    // Readers find a PDF by its mark anywhere in the first kilobyte (ISO 32000-2, annex C of older editions).
    if head.windows(5).any(|window| window == b"%PDF-") {
        return Err(ReadError::Pdf);
    }
    if head.starts_with(b"{\\rtf") {
        let remedy = "Save it as a Word document (DOCX) and open that";
        return Err(ReadError::NotRead { what: "a rich text (RTF) file", remedy });
    }
    // The compound file of Microsoft: Word before 2007, and every document with a password.
    if head.starts_with(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1") {
        let what = "a Word document of before 2007, or one with a password";
        return Err(ReadError::NotRead { what, remedy: "Save it as a Word document (DOCX) without a password and open that" });
    }
    if infer::is_image(bytes) {
        let remedy = "Begin a report and drop it into the text, or copy its words and paste them here";
        return Err(ReadError::NotRead { what: "a picture", remedy });
    }
    if infer::is_audio(bytes) || infer::is_video(bytes) || infer::is_app(bytes) || infer::is_archive(bytes) {
        let remedy = "Open a document, a web page, a table or a text instead";
        return Err(ReadError::NotRead { what: "not a text but a recording, a program or an archive", remedy });
    }
    Ok(())
}

/// The format of a text.
pub(super) fn format(_name: Option<&str>, _text: &str) -> Format {
    Format::Plain
}
