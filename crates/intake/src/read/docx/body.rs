//! From the body of a part to blocks. Always true: elements that are not known are looked into, so no text stays behind in them.

use super::package::{Link, Package};
use super::styles::{Numbering, Styles};
use crate::read::gather::Gather;
use crate::read::limits::Room;
use crate::read::xml::Element;
use crate::read::{ReadError, picture};
use crate::source::{Block, Change, Line, Run};
use std::collections::HashMap;

/// A part being read.
pub(super) struct Body<'a, 'z> {
    package: &'a mut Package<'z>,
    styles: &'a Styles,
    numbering: Numbering,
    pub(super) room: &'a mut Room,
    links: HashMap<String, Link>,
    line: Gather,
    shape: Shape,
    /// The lines of the cell around, where there is one.
    pub(super) cell_lines: Option<Vec<Line>>,
    /// Pictures met in cells and headings, which stand after them.
    late: Vec<Block>,
    fields: Vec<Field>,
    /// The mark of a note whose first paragraph is still to come.
    mark: Option<String>,
}

/// What the paragraph being gathered becomes.
#[derive(Clone, Copy)]
enum Shape {
    Line,
    Heading(u8),
    Item { depth: u8, number: Option<u32> },
    Quote,
}

/// A field whose instruction may name a link.
#[derive(Default)]
struct Field {
    instruction: String,
    shows: bool,
}

impl<'a, 'z> Body<'a, 'z> {
    pub fn new(
        package: &'a mut Package<'z>,
        part: &str,
        styles: &'a Styles,
        numbering: Numbering,
        room: &'a mut Room,
    ) -> Result<Self, ReadError> {
        let links = package.links(part)?.into_iter().map(|link| (link.id.clone(), link)).collect();
        let (line, shape) = (Gather::default(), Shape::Line);
        Ok(Self {
            package,
            styles,
            numbering,
            room,
            links,
            line,
            shape,
            cell_lines: None,
            late: Vec::new(),
            fields: Vec::new(),
            mark: None,
        })
    }

    /// Begins the text of a note with its mark.
    pub fn begin_note(&mut self, mark: &str) {
        self.mark = Some(format!("[^{mark}]: "));
    }

    /// Reads a part, a cell or a note from its root.
    pub fn read(&mut self, root: &Element) -> Result<(), ReadError> {
        self.blocks(root, &Run::default())?;
        self.flush()?;
        self.push_late()
    }

    pub(super) fn blocks(&mut self, parent: &Element, style: &Run) -> Result<(), ReadError> {
        for child in parent.elements() {
            match child.name() {
                "p" => self.paragraph(child, style)?,
                "tbl" => self.table(child, style)?,
                "altChunk" => {
                    self.room.drop_words(self.target(child).unwrap_or_else(|| "a part".to_owned()), "a document inside the document")
                }
                "ins" | "moveTo" | "del" | "moveFrom" => self.blocks(child, &marked(child, style))?,
                "sectPr" | "tcPr" | "tblPr" | "tblGrid" | "sdtPr" => {}
                _ => self.blocks(child, style)?,
            }
        }
        Ok(())
    }

    fn paragraph(&mut self, paragraph: &Element, style: &Run) -> Result<(), ReadError> {
        let properties = paragraph.child("pPr");
        // A box stands inside a paragraph with paragraphs of its own: what is gathered of the outer one goes first.
        self.flush()?;
        let shape = self.shape_of(properties);
        let outer = std::mem::replace(&mut self.shape, shape);
        if let Some(mark) = self.mark.take() {
            self.line.push(&mark, style);
        }
        self.inlines(paragraph, style)?;
        self.flush()?;
        self.shape = outer;
        self.push_late()
    }

    fn shape_of(&mut self, properties: Option<&Element>) -> Shape {
        if let Some(level) = self.styles.heading(properties) {
            return Shape::Heading(level);
        }
        let own = properties.and_then(|properties| properties.child("numPr"));
        let list = own.and_then(|own| own.val("numId")).or_else(|| self.styles.numbering(properties));
        // List 0 takes a paragraph out of the list of its style (ECMA-376, part 1, 17.9.18).
        if let Some(list) = list.filter(|list| *list != "0") {
            let depth = own.and_then(|own| own.val("ilvl")?.parse().ok()).unwrap_or(0);
            return Shape::Item { depth, number: self.numbering.next(list, depth) };
        }
        if self.styles.is_quote(properties) { Shape::Quote } else { Shape::Line }
    }

    fn inlines(&mut self, parent: &Element, style: &Run) -> Result<(), ReadError> {
        for child in parent.elements() {
            match child.name() {
                "r" => self.run(child, style)?,
                "p" | "tbl" => self.box_inside(parent, style)?,
                "hyperlink" => {
                    let link = self.target(child);
                    self.inlines(child, &Run { link, ..style.clone() })?;
                }
                "ins" | "moveTo" | "del" | "moveFrom" => self.inlines(child, &marked(child, style))?,
                "AlternateContent" => self.alternative(child, style)?,
                "pPr" | "rPr" | "sdtPr" | "proofErr" => {}
                // Formulas: their letters.
                "t" => self.line.push(&child.text(), style),
                _ => self.inlines(child, style)?,
            }
            if matches!(child.name(), "p" | "tbl") {
                break;
            }
        }
        Ok(())
    }

    /// Paragraphs inside a paragraph: a text box.
    fn box_inside(&mut self, parent: &Element, style: &Run) -> Result<(), ReadError> {
        self.flush()?;
        self.blocks(parent, style)
    }

    /// The newest of several ways to say the same.
    fn alternative(&mut self, element: &Element, style: &Run) -> Result<(), ReadError> {
        match element.child("Choice").or_else(|| element.child("Fallback")) {
            Some(chosen) => self.run_parts(chosen, style),
            None => Ok(()),
        }
    }

    fn run(&mut self, run: &Element, outer: &Run) -> Result<(), ReadError> {
        let mut style = outer.clone();
        if let Some(properties) = run.child("rPr") {
            style.bold = properties.is_on("b").unwrap_or(style.bold);
            style.italic = properties.is_on("i").unwrap_or(style.italic);
            style = changed(properties, &style);
            if properties.is_on("strike") == Some(true) && style.change.is_none() {
                style.change = Some(Change::Removed);
            }
            if properties.is_on("vanish") == Some(true) {
                let words: String = run.below().filter(|element| element.name() == "t").map(Element::text).collect();
                self.room.drop_words(words, "hidden words");
                return Ok(());
            }
        }
        if style.link.is_none() {
            style.link = self.fields.iter().rev().find(|field| field.shows).and_then(Field::link);
        }
        self.run_parts(run, &style)
    }

    fn run_parts(&mut self, run: &Element, style: &Run) -> Result<(), ReadError> {
        for part in run.elements() {
            match part.name() {
                "t" | "delText" => self.line.push(&part.text(), style),
                "tab" | "ptab" => self.line.push("\t", style),
                "noBreakHyphen" => self.line.push("\u{2011}", style),
                "br" if part.attr("type") == Some("page") => self.page_break()?,
                "br" | "cr" => self.line.hard_break(),
                "sym" => self.symbol(part, style),
                "fldChar" => self.field(part),
                "instrText" => self.instruction(&part.text()),
                "delInstrText" | "rPr" | "lastRenderedPageBreak" | "softHyphen" | "footnoteRef" | "endnoteRef" | "annotationRef" => {}
                "footnoteReference" | "endnoteReference" => self.line.push(&format!("[^{}]", part.attr("id").unwrap_or_default()), style),
                "drawing" | "pict" | "object" => self.drawing(part, style)?,
                "AlternateContent" => self.alternative(part, style)?,
                "p" | "tbl" => {
                    self.box_inside(run, style)?;
                    break;
                }
                _ => self.run_parts(part, style)?,
            }
        }
        Ok(())
    }

    fn page_break(&mut self) -> Result<(), ReadError> {
        if self.cell_lines.is_some() {
            self.line.hard_break();
            return Ok(());
        }
        self.flush()?;
        self.room.push(Block::Rule)
    }

    /// A letter of a symbol font, by its number; those of the private area (F000 and up) are the font's own.
    fn symbol(&mut self, part: &Element, style: &Run) {
        let number = part.attr("char").and_then(|code| u32::from_str_radix(code, 16).ok());
        if let Some(letter) = number.and_then(char::from_u32) {
            self.line.push(letter.encode_utf8(&mut [0; 4]), style);
        }
    }

    fn field(&mut self, part: &Element) {
        match part.attr("fldCharType") {
            Some("begin") => self.fields.push(Field::default()),
            Some("separate") => {
                if let Some(field) = self.fields.last_mut() {
                    field.shows = true;
                }
            }
            _ => {
                self.fields.pop();
            }
        }
    }

    fn instruction(&mut self, words: &str) {
        if let Some(field) = self.fields.last_mut() {
            field.instruction.push_str(words);
        }
    }

    /// A picture, a shape with words in it, or something of another program.
    fn drawing(&mut self, drawing: &Element, style: &Run) -> Result<(), ReadError> {
        let about = drawing.below().find(|element| element.name() == "docPr");
        let alt = about.and_then(|about| about.attr("descr").or_else(|| about.attr("title"))).unwrap_or_default().to_owned();
        let pictures: Vec<&Element> = drawing.below().filter(|element| matches!(element.name(), "blip" | "imagedata")).collect();
        for picture in pictures {
            let by = ["embed", "link", "id"].iter().find_map(|name| self.links.get(picture.attr(name)?));
            let Some((target, outside)) = by.map(|link| (link.target.clone(), link.outside)) else { continue };
            let bytes = if outside { None } else { self.package.bytes(&target)? };
            let block = match bytes {
                Some(bytes) => {
                    let name = target.rsplit('/').next().unwrap_or(&target).to_owned();
                    let (file, name) = picture::carried(self.room, Some(&name), bytes);
                    Block::Picture { alt: alt.clone(), name, file: Some(file) }
                }
                None => Block::Picture { alt: alt.clone(), name: target, file: None },
            };
            self.late.push(block);
        }
        if drawing.below().any(|element| element.name() == "OLEObject") {
            self.room.drop_words(alt, "an object of another program");
        }
        for content in drawing.below().filter(|element| element.name() == "txbxContent") {
            self.flush()?;
            self.push_late()?;
            self.blocks(content, style)?;
        }
        Ok(())
    }

    fn target(&self, element: &Element) -> Option<String> {
        let part = element.attr("id").and_then(|id| self.links.get(id)).map(|link| link.target.as_str());
        part.or_else(|| element.attr("anchor")).map(str::to_owned)
    }

    /// Ends the paragraph being gathered.
    pub(super) fn flush(&mut self) -> Result<(), ReadError> {
        let Some(line) = self.line.take() else { return Ok(()) };
        if let Some(lines) = &mut self.cell_lines {
            lines.push(line);
            return Ok(());
        }
        self.room.push(match self.shape {
            Shape::Line => Block::Line { line },
            Shape::Heading(level) => Block::Heading { level, line },
            Shape::Item { depth, number } => Block::Item { depth, number, line },
            Shape::Quote => Block::Quote { line },
        })
    }

    pub(super) fn push_late(&mut self) -> Result<(), ReadError> {
        if self.cell_lines.is_some() {
            return Ok(());
        }
        std::mem::take(&mut self.late).into_iter().try_for_each(|picture| self.room.push(picture))
    }
}

impl Field {
    /// The address in `HYPERLINK "https://…"`.
    fn link(&self) -> Option<String> {
        let rest = self.instruction.trim().strip_prefix("HYPERLINK")?;
        rest.split('"').nth(1).filter(|address| !address.is_empty()).map(str::to_owned)
    }
}

/// The style inside an element that says its words were added or removed.
fn marked(element: &Element, style: &Run) -> Run {
    let change = if matches!(element.name(), "ins" | "moveTo") { Change::Added } else { Change::Removed };
    Run { change: Some(change), ..style.clone() }
}

/// The style of properties that say so of what they belong to.
pub(super) fn changed(properties: &Element, style: &Run) -> Run {
    let change = properties.elements().find(|element| matches!(element.name(), "ins" | "del" | "moveTo" | "moveFrom"));
    change.map_or_else(|| style.clone(), |change| marked(change, style))
}
