//! Texts: headings, paragraphs, lists, tables, pictures, notes, and what stands at the edges of the pages.

use super::lines::{Beside, gather, words};
use super::styles::Styles;
use crate::read::archive::Archive;
use crate::read::gather::{Gather, append};
use crate::read::limits::Room;
use crate::read::xml::Element;
use crate::read::{ReadError, picture};
use crate::source::{Block, Cell, Line, Run};

/// The most columns or rows that a cell may say it covers.
const WIDEST: u16 = 1000;

pub(super) fn read<'a>(
    body: &'a Element,
    page: Option<&'a Element>,
    styles: &Styles<'a>,
    archive: &mut Archive<'_>,
    room: &mut Room,
) -> Result<(), ReadError> {
    let edges = |name: &'static str| {
        let masters = page.into_iter().flat_map(Element::below).filter(|element| element.name() == "master-page");
        masters.flat_map(Element::elements).filter(move |element| element.name() == name)
    };
    let mut text = Text { styles, archive, room, notes: Vec::new(), cell: None };
    edges("header").try_for_each(|edge| text.edge(edge))?;
    text.blocks(body, Place::Body)?;
    // A note may have notes of its own only by mistake; each is read once.
    let mut next = 0;
    while let Some((mark, note)) = text.notes.get(next).cloned() {
        text.note(&mark, note)?;
        next += 1;
    }
    edges("footer").try_for_each(|edge| text.edge(edge))
}

/// Where a paragraph stands.
#[derive(Clone, Copy)]
enum Place {
    Body,
    Item { depth: u8, number: Option<u32> },
}

struct Text<'s, 'a, 'z> {
    styles: &'s Styles<'a>,
    archive: &'s mut Archive<'z>,
    room: &'s mut Room,
    notes: Vec<(String, &'a Element)>,
    /// The lines of the cell around, where there is one.
    cell: Option<Vec<Line>>,
}

impl<'a> Text<'_, 'a, '_> {
    fn blocks(&mut self, parent: &'a Element, place: Place) -> Result<(), ReadError> {
        for element in parent.elements() {
            match element.name() {
                "h" | "p" => self.paragraph(element, place)?,
                "list" => self.list(element, 0, None)?,
                "table" => self.table(element)?,
                "tracked-changes" => {
                    for deletion in element.below().filter(|element| element.name() == "deletion") {
                        self.room.drop_words(words(deletion), "a tracked deletion");
                    }
                }
                "frame" | "custom-shape" => self.frame(element)?,
                "sequence-decls" | "forms" | "variable-decls" | "user-field-decls" | "table-column" => {}
                _ => self.blocks(element, place)?,
            }
        }
        Ok(())
    }

    fn paragraph(&mut self, element: &'a Element, place: Place) -> Result<(), ReadError> {
        let style = element.attr("style-name");
        let mut line = Gather::default();
        let mut beside = Beside::default();
        let run = if element.name() == "h" { Run::default() } else { self.styles.run(style, &Run::default()) };
        gather(element, self.styles, &run, &mut line, &mut beside, self.room);
        if let Some(line) = line.take() {
            let level = element.attr("outline-level").and_then(|level| level.parse().ok()).unwrap_or(1).clamp(1, 6);
            if let Some(cell) = &mut self.cell {
                cell.push(line);
            } else if element.name() == "h" {
                self.room.push(Block::Heading { level, line })?;
            } else if self.styles.is_title(style) {
                self.room.push(Block::Heading { level: 1, line: plain(line) })?;
            } else if self.styles.is_quotation(style) {
                self.room.push(Block::Quote { line })?;
            } else {
                self.room.push(match place {
                    Place::Body => Block::Line { line },
                    Place::Item { depth, number } => Block::Item { depth, number, line },
                })?;
            }
        }
        self.notes.extend(beside.notes);
        beside.frames.into_iter().try_for_each(|frame| self.frame(frame))
    }

    fn list(&mut self, list: &'a Element, depth: u8, outer: Option<&'a str>) -> Result<(), ReadError> {
        let style = list.attr("style-name").or(outer);
        let numbered = self.styles.is_numbered(style, depth.into());
        let mut number = 0;
        for item in list.elements().filter(|item| matches!(item.name(), "list-item" | "list-header")) {
            number += 1;
            let mut first = true;
            for child in item.elements() {
                match child.name() {
                    "list" => self.list(child, depth.saturating_add(1), style)?,
                    "p" if first => {
                        first = false;
                        self.paragraph(child, Place::Item { depth, number: numbered.then_some(number) })?;
                    }
                    "p" => self.goes_on(child)?,
                    "h" => self.paragraph(child, Place::Body)?,
                    "table" => self.table(child)?,
                    _ => self.blocks(child, Place::Body)?,
                }
            }
        }
        Ok(())
    }

    /// A further paragraph of an item.
    fn goes_on(&mut self, element: &'a Element) -> Result<(), ReadError> {
        let mut line = Gather::default();
        let mut beside = Beside::default();
        gather(element, self.styles, &Run::default(), &mut line, &mut beside, self.room);
        if let Some(more) = line.take() {
            match (&mut self.cell, self.room.last_mut()) {
                (Some(cell), _) => cell.push(more),
                (None, Some(Block::Item { line, .. })) => append(line, more),
                (None, _) => self.room.push(Block::Line { line: more })?,
            }
        }
        self.notes.extend(beside.notes);
        beside.frames.into_iter().try_for_each(|frame| self.frame(frame))
    }

    fn table(&mut self, table: &'a Element) -> Result<(), ReadError> {
        // A table in a cell is read into it, cell by cell.
        if self.cell.is_some() {
            return rows_of(table).into_iter().flat_map(|(_, row)| row.elements()).try_for_each(|cell| self.blocks(cell, Place::Body));
        }
        let mut rows = Vec::new();
        let mut head = false;
        for (is_head, row) in rows_of(table) {
            head |= is_head && rows.is_empty();
            let mut cells = Vec::new();
            for cell in row.elements().filter(|cell| matches!(cell.name(), "table-cell" | "covered-table-cell")) {
                self.room.add_cell()?;
                let outer = self.cell.replace(Vec::new());
                self.blocks(cell, Place::Body)?;
                let lines = std::mem::replace(&mut self.cell, outer).unwrap_or_default();
                let span = |attr: &str| cell.attr(attr).and_then(|n| n.parse::<u16>().ok()).unwrap_or(1).clamp(1, WIDEST);
                // A covered cell keeps its place, so that what follows stays under its head.
                cells.push(Cell { lines, columns: span("number-columns-spanned"), rows: span("number-rows-spanned") });
            }
            rows.push(cells);
        }
        if rows.is_empty() { Ok(()) } else { self.room.push(Block::Table { head, rows }) }
    }

    /// A picture, or a box with paragraphs of its own.
    fn frame(&mut self, frame: &'a Element) -> Result<(), ReadError> {
        let said = |name: &str| frame.child(name).map(words).filter(|words| !words.is_empty());
        let alt = said("title").or_else(|| said("desc")).unwrap_or_default();
        for element in frame.elements() {
            match element.name() {
                "image" => {
                    let address = element.attr("href").unwrap_or_default();
                    let inside = self.archive.bytes(address.trim_start_matches("./"))?.filter(|bytes| infer::is_image(bytes));
                    let block = match inside {
                        Some(bytes) => {
                            let (file, name) = picture::carried(self.room, address.rsplit('/').next(), bytes);
                            Block::Picture { alt: alt.clone(), name, file: Some(file) }
                        }
                        None => picture::named(self.room, &alt, address),
                    };
                    self.room.push(block)?;
                    // Further images show the same in other formats.
                    break;
                }
                "title" | "desc" => {}
                _ => self.blocks(element, Place::Body)?,
            }
        }
        Ok(())
    }

    fn note(&mut self, mark: &str, note: &'a Element) -> Result<(), ReadError> {
        let outer = self.cell.replace(Vec::new());
        self.blocks(note, Place::Body)?;
        let lines = std::mem::replace(&mut self.cell, outer).unwrap_or_default();
        let mut whole = Line::plain(format!("[^{mark}]:"));
        for (at, line) in lines.into_iter().enumerate() {
            if at == 0 {
                whole.runs[0].text.push(' ');
                whole.runs.extend(line.runs);
            } else {
                append(&mut whole, line);
            }
        }
        self.room.push(Block::Line { line: whole })
    }

    fn edge(&mut self, edge: &'a Element) -> Result<(), ReadError> {
        let outer = self.cell.replace(Vec::new());
        self.blocks(edge, Place::Body)?;
        let lines = std::mem::replace(&mut self.cell, outer).unwrap_or_default();
        lines.into_iter().try_for_each(|line| self.room.push(Block::Edge { line }))
    }
}

/// A title is a heading without the style of its letters.
fn plain(line: Line) -> Line {
    Line { runs: line.runs.into_iter().map(|run| Run { bold: false, italic: false, ..run }).collect() }
}

/// The rows of a table, each with whether it is marked as a head.
fn rows_of(table: &Element) -> Vec<(bool, &Element)> {
    let mut rows = Vec::new();
    for element in table.elements() {
        match element.name() {
            "table-row" => rows.push((false, element)),
            "table-header-rows" => rows.extend(element.elements().filter(|row| row.name() == "table-row").map(|row| (true, row))),
            "table-rows" | "table-row-group" => rows.extend(rows_of(element)),
            _ => {}
        }
    }
    rows
}
