//! OpenDocument (ODF 1.3, ISO/IEC 26300): texts (ODT) and sheets (ODS). Always true: every word that is shown is in a block; notes stand behind
//! their mark; comments and tracked deletions are listed as left out. Deliberately absent: macros, formulas, objects inside the file.

mod lines;
mod sheet;
mod styles;
mod text;

use super::ReadError;
use super::archive::Archive;
use super::limits::Room;
use crate::source::Source;
use styles::Styles;

/// Reads a text or a workbook.
pub(super) fn read(bytes: &[u8]) -> Result<Source, ReadError> {
    let mut archive = Archive::open("OpenDocument", bytes)?;
    if archive
        .bytes("META-INF/manifest.xml")?
        .is_some_and(|manifest| manifest.windows("encryption-data".len()).any(|window| window == b"encryption-data"))
    {
        return Err(ReadError::NotRead { what: "a document with a password", remedy: "Save it without the password and open that" });
    }
    let content = archive.xml("content.xml")?;
    let page = if archive.has("styles.xml") { Some(archive.xml("styles.xml")?) } else { None };
    let styles = Styles::of(page.iter().chain([&content]));
    let mut room = Room::default();
    let body = content.child("body");
    match body.and_then(|body| body.elements().find(|element| matches!(element.name(), "text" | "spreadsheet"))) {
        Some(text) if text.name() == "text" => text::read(text, page.as_ref(), &styles, &mut archive, &mut room)?,
        Some(sheets) => sheet::read(sheets, &styles, &mut room)?,
        None => {
            let remedy = "Save its words as a document (ODT or DOCX) and open that";
            return Err(ReadError::NotRead { what: "a presentation, a drawing or a formula", remedy });
        }
    }
    Ok(room.into_source())
}

#[cfg(test)]
mod tests;
