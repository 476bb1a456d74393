//! Word documents (DOCX: ECMA-376, Office Open XML, WordprocessingML). Always true: every word of the text, its tables, boxes, notes,
//! headers and footers is in a block; tracked changes keep both readings, marked; comments and hidden words are listed as dropped. What a
//! part says of its own size is not believed. Deliberately absent: macros, fields being computed anew, anything that lies outside the file.

mod body;
mod package;
mod styles;
mod table;

use super::ReadError;
use super::limits::Room;
use super::xml::Element;
use crate::source::{Block, Source};
use body::Body;
use package::Package;
use std::collections::HashSet;
use styles::{Numbering, Styles};

/// Reads a document; a ZIP file of another kind is named.
pub(super) fn read(bytes: &[u8]) -> Result<Source, ReadError> {
    let mut package = Package::open(bytes)?;
    let main = main_part(&mut package)?;
    let styles = Styles::of(package.beside(&main, "styles")?.as_ref());
    let numbering = Numbering::of(package.beside(&main, "numbering")?.as_ref());
    let mut room = Room::default();
    edges(&mut package, &main, "header", &styles, &mut room)?;
    let document = package.xml(&main)?;
    Body::new(&mut package, &main, &styles, numbering, &mut room)?.read(&document)?;
    notes(&mut package, &main, "footnotes", &styles, &mut room)?;
    notes(&mut package, &main, "endnotes", &styles, &mut room)?;
    edges(&mut package, &main, "footer", &styles, &mut room)?;
    comments(&mut package, &main, &mut room)?;
    Ok(room.into_source())
}

fn main_part(package: &mut Package<'_>) -> Result<String, ReadError> {
    let main = package.related("", "officeDocument")?.into_iter().map(|link| link.target).next();
    match main {
        Some(main) if main.starts_with("word/") || package.has("word/document.xml") => Ok(main),
        Some(_) => {
            Err(ReadError::NotRead { what: "a presentation or a drawing", remedy: "Save its words as a document (DOCX) and open that" })
        }
        None => Err(ReadError::NotRead { what: "an archive (ZIP)", remedy: "Unpack it and open the file inside" }),
    }
}

/// The words of headers or footers, equal ones once.
fn edges(package: &mut Package<'_>, main: &str, kind: &str, styles: &Styles, room: &mut Room) -> Result<(), ReadError> {
    let mut seen = HashSet::new();
    for link in package.related(main, kind)? {
        let part = package.xml(&link.target)?;
        let mut inner = Room::default();
        Body::new(package, &link.target, styles, Numbering::default(), &mut inner)?.read(&part)?;
        for line in inner.into_source().blocks.into_iter().flat_map(lines_of) {
            if seen.insert(line.text()) {
                room.push(Block::Edge { line })?;
            } else {
                room.drop_words(line.text(), "the same words at the edge of another page");
            }
        }
    }
    Ok(())
}

fn lines_of(block: Block) -> Vec<crate::source::Line> {
    match block {
        Block::Heading { line, .. } | Block::Line { line } | Block::Item { line, .. } | Block::Quote { line } => vec![line],
        Block::Table { rows, .. } => rows.into_iter().flatten().flat_map(|cell| cell.lines).collect(),
        _ => Vec::new(),
    }
}

/// Footnotes and endnotes, each after its mark.
fn notes(package: &mut Package<'_>, main: &str, kind: &str, styles: &Styles, room: &mut Room) -> Result<(), ReadError> {
    let Some(part) = package.beside(main, kind)? else { return Ok(()) };
    let target = package.related(main, kind)?.into_iter().map(|link| link.target).next().unwrap_or_default();
    for note in part.elements().filter(|note| matches!(note.name(), "footnote" | "endnote")) {
        // Separators are drawn, not read.
        if matches!(note.attr("type"), Some("separator" | "continuationSeparator" | "continuationNotice")) {
            continue;
        }
        let mut body = Body::new(package, &target, styles, Numbering::default(), room)?;
        body.begin_note(note.attr("id").unwrap_or_default());
        body.read(note)?;
    }
    Ok(())
}

/// Comments are what its makers said to each other about the text, not the text.
fn comments(package: &mut Package<'_>, main: &str, room: &mut Room) -> Result<(), ReadError> {
    let Some(part) = package.beside(main, "comments")? else { return Ok(()) };
    for comment in part.elements().filter(|element| element.name() == "comment") {
        let who = comment.attr("author").unwrap_or("somebody");
        room.drop_words(words(comment), &format!("a comment by {who}"));
    }
    Ok(())
}

/// The words below an element, one line a paragraph.
fn words(element: &Element) -> String {
    let paragraphs = element.below().filter(|element| element.name() == "p");
    let text = |paragraph: &Element| paragraph.below().filter(|element| element.name() == "t").map(Element::text).collect::<String>();
    paragraphs.map(text).collect::<Vec<_>>().join("\n")
}

#[cfg(test)]
mod tests;
