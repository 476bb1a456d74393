//! What a workbook holds beside its cells: comments and words in drawings, which are listed, and pictures.

use crate::read::archive::Archive;
use crate::read::limits::Room;
use crate::read::xml::Element;
use crate::read::{ReadError, picture};
use crate::source::Block;

pub(super) fn read(archive: &mut Archive<'_>, room: &mut Room) -> Result<(), ReadError> {
    for name in archive.names() {
        let lower = name.to_ascii_lowercase();
        if lower.starts_with("xl/comments") && lower.ends_with(".xml") {
            list(&archive.xml(&name)?, "comment", room, "a comment on a cell");
        } else if lower.starts_with("xl/threadedcomments/") {
            list(&archive.xml(&name)?, "threadedComment", room, "a comment on a cell");
        } else if lower.starts_with("xl/drawings/drawing") {
            list(&archive.xml(&name)?, "txBody", room, "words in a drawing on a sheet");
        } else if lower.starts_with("xl/media/") {
            let bytes = archive.bytes(&name)?.unwrap_or_default();
            if infer::is_image(&bytes) {
                let (file, name) = picture::carried(room, name.rsplit('/').next(), bytes);
                room.push(Block::Picture { alt: String::new(), name, file: Some(file) })?;
            }
        }
    }
    Ok(())
}

/// The words of every element of that name.
fn list(part: &Element, name: &str, room: &mut Room, rule: &str) {
    for element in part.below().filter(|element| element.name() == name) {
        let words: Vec<String> = element
            .below()
            .filter(|inner| matches!(inner.name(), "t" | "text"))
            .map(Element::text)
            .filter(|text| !text.is_empty())
            .collect();
        room.drop_words(words.join(" ").trim().to_owned(), rule);
    }
}
