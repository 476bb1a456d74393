//! From letters to blocks. Always true: letters that belong together in their code page, or as two units of UTF-16, are decoded together.

use super::{Place, State};
use crate::read::ReadError;
use crate::read::gather::Gather;
use crate::read::limits::Room;
use crate::source::{Block, Cell, Line, Run, Source};
use encoding_rs::Encoding;

/// A longer address is none: each of its words would carry it.
const LONGEST_LINK: usize = 2_000;

/// What is gathered of a text.
pub(super) struct Writer {
    room: Room,
    encoding: &'static Encoding,
    /// Letters of the code page and units of UTF-16 that are not decoded yet, and in which style they stand.
    bytes: Vec<u8>,
    units: Vec<u16>,
    style: Run,
    place: Place,
    line: Gather,
    mark: String,
    link: Option<String>,
    instruction: String,
    hidden: String,
    pictures: usize,
    about: String,
    note: Option<(Gather, usize)>,
    notes: Vec<Line>,
    heading: Option<u8>,
    depth: u8,
    table: bool,
    cell: Vec<Line>,
    row: Vec<Cell>,
    rows: Vec<Vec<Cell>>,
}

impl Writer {
    pub fn new(encoding: &'static Encoding) -> Self {
        Self {
            room: Room::default(),
            encoding,
            bytes: Vec::new(),
            units: Vec::new(),
            style: Run::default(),
            place: Place::Text,
            line: Gather::default(),
            mark: String::new(),
            link: None,
            instruction: String::new(),
            hidden: String::new(),
            pictures: 0,
            about: String::new(),
            note: None,
            notes: Vec::new(),
            heading: None,
            depth: 0,
            table: false,
            cell: Vec::new(),
            row: Vec::new(),
            rows: Vec::new(),
        }
    }

    /// A picture lies here, whose bytes are not read.
    pub fn picture(&mut self) {
        self.pictures += 1;
    }

    pub fn set_encoding(&mut self, encoding: &'static Encoding) {
        self.flush();
        self.encoding = encoding;
    }

    pub fn byte(&mut self, byte: u8, state: &State) {
        self.stand(state);
        self.flush_units();
        self.bytes.push(byte);
    }

    pub fn unit(&mut self, unit: u16, state: &State) {
        self.stand(state);
        self.flush_bytes();
        self.units.push(unit);
    }

    pub fn words(&mut self, words: &str, state: &State) {
        self.stand(state);
        self.flush();
        self.put(words);
    }

    /// Letters of another style or place begin anew.
    fn stand(&mut self, state: &State) {
        let place = if state.hidden && state.place == Place::Text { Place::Nothing } else { state.place };
        let hidden = place != state.place;
        let style = Run { bold: state.bold, italic: state.italic, code: hidden, link: self.link.clone(), ..Run::default() };
        if self.place != place || self.style != style {
            self.flush();
            (self.place, self.style) = (place, style);
        }
    }

    fn flush(&mut self) {
        self.flush_bytes();
        self.flush_units();
    }

    fn flush_bytes(&mut self) {
        if !self.bytes.is_empty() {
            let bytes = std::mem::take(&mut self.bytes);
            let words = self.encoding.decode_without_bom_handling(&bytes).0.into_owned();
            self.put(&words);
        }
    }

    fn flush_units(&mut self) {
        if !self.units.is_empty() {
            let words = String::from_utf16_lossy(&std::mem::take(&mut self.units));
            self.put(&words);
        }
    }

    fn put(&mut self, words: &str) {
        match self.place {
            Place::Mark => self.mark.push_str(words),
            Place::Instruction => self.instruction.push_str(words),
            Place::Nothing if self.style.code => self.hidden.push_str(words),
            Place::Nothing => {}
            Place::About => self.about.push_str(words),
            Place::Note => {
                let style = Run { code: false, ..self.style.clone() };
                if let Some((note, _)) = &mut self.note {
                    note.push(words, &style);
                }
            }
            Place::Text | Place::Edge => {
                let style = self.style.clone();
                self.line.push(words, &style);
            }
        }
    }

    pub fn hard_break(&mut self) {
        self.flush();
        self.line.hard_break();
    }

    pub fn begin_paragraph(&mut self) {
        self.flush();
        (self.heading, self.depth, self.table) = (None, 0, false);
    }

    pub fn in_table(&mut self) {
        self.table = true;
    }

    pub fn heading(&mut self, level: i32) {
        self.heading = u8::try_from(level).ok().filter(|level| *level < 6).map(|level| level + 1);
    }

    pub fn depth(&mut self, depth: i32) {
        self.depth = u8::try_from(depth).unwrap_or(0);
    }

    pub fn end_link(&mut self) {
        self.flush();
        self.link = None;
    }

    pub fn begin_note(&mut self) {
        self.flush();
        let number = self.notes.len() + 1;
        self.line.push(&format!("[^{number}]"), &Run::default());
        self.note = Some((Gather::default(), number));
    }

    /// A group ends that held words of `inner` inside words of `outer`.
    pub fn end_group(&mut self, inner: Place, outer: Place) -> Result<(), ReadError> {
        self.flush();
        if inner == outer {
            return Ok(());
        }
        match inner {
            Place::Instruction => {
                let instruction = std::mem::take(&mut self.instruction);
                let address = instruction.trim().strip_prefix("HYPERLINK").map(|rest| rest.trim().trim_matches('"'));
                let address = address.and_then(|address| address.split('"').next());
                self.link = address.filter(|address| (1..LONGEST_LINK).contains(&address.len())).map(str::to_owned);
                // Where a link leads stands with its words; any other instruction is the program's.
                if self.link.is_none() {
                    self.room.drop_words(instruction, "an instruction of the program that wrote the text");
                }
            }
            Place::Note => {
                if let Some((mut note, number)) = self.note.take()
                    && let Some(line) = note.take()
                {
                    let mut whole = Line::plain(format!("[^{number}]: "));
                    whole.runs.extend(line.runs);
                    self.notes.push(whole);
                }
            }
            Place::Edge => {
                if let Some(line) = self.line.take() {
                    self.room.push(Block::Edge { line })?;
                }
            }
            Place::About => {
                let about = std::mem::take(&mut self.about);
                self.room.drop_words(about, "what the file says of itself");
            }
            Place::Text | Place::Mark | Place::Nothing => {}
        }
        Ok(())
    }

    pub fn end_paragraph(&mut self, place: Place) -> Result<(), ReadError> {
        self.flush();
        self.link = None;
        if place == Place::Note {
            if let Some((note, _)) = &mut self.note {
                note.hard_break();
            }
            return Ok(());
        }
        if matches!(place, Place::Nothing | Place::About) {
            return Ok(());
        }
        let mark = std::mem::take(&mut self.mark);
        let Some(line) = self.line.take() else { return Ok(()) };
        if place == Place::Edge {
            return self.room.push(Block::Edge { line });
        }
        if self.table {
            self.cell.push(line);
            return Ok(());
        }
        self.end_table()?;
        let block = match (self.heading, mark.trim()) {
            (Some(level), "") => Block::Heading { level, line },
            (Some(level), mark) => {
                let mut whole = Line::plain(format!("{mark} "));
                whole.runs.extend(line.runs);
                Block::Heading { level, line: whole }
            }
            (None, "") => Block::Line { line },
            (None, mark) => Block::Item { depth: self.depth, number: mark.trim_end_matches(['.', ')']).parse().ok(), line },
        };
        self.room.push(block)
    }

    pub fn end_cell(&mut self) -> Result<(), ReadError> {
        self.flush();
        self.link = None;
        self.room.add_cell()?;
        let mut lines = std::mem::take(&mut self.cell);
        lines.extend(self.line.take());
        self.row.push(Cell { lines, columns: 1, rows: 1 });
        Ok(())
    }

    pub fn end_row(&mut self) -> Result<(), ReadError> {
        if !self.row.is_empty() {
            self.rows.push(std::mem::take(&mut self.row));
        }
        Ok(())
    }

    fn end_table(&mut self) -> Result<(), ReadError> {
        self.end_row()?;
        let rows = std::mem::take(&mut self.rows);
        if rows.is_empty() { Ok(()) } else { self.room.push(Block::Table { head: false, rows }) }
    }

    pub fn finish(mut self) -> Result<Source, ReadError> {
        self.table = false;
        self.end_paragraph(Place::Text)?;
        if !self.cell.is_empty() {
            self.end_cell()?;
        }
        self.end_table()?;
        for line in std::mem::take(&mut self.notes) {
            self.room.push(Block::Line { line })?;
        }
        self.room.drop_words(self.hidden, "hidden words");
        if self.pictures > 0 {
            let words = if self.pictures == 1 { "1 picture".to_owned() } else { format!("{} pictures", self.pictures) };
            self.room.drop_words(words, "pictures inside this format are not read; put them in anew");
        }
        Ok(self.room.into_source())
    }
}
