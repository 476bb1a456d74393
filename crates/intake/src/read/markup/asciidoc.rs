//! AsciiDoc (docs.asciidoctor.org, "AsciiDoc Language").

use super::Depths;
use super::inline::{self, Marks};
use crate::read::ReadError;
use crate::read::gather::go_on;
use crate::read::limits::Room;
use crate::source::{Block, Cell, Line, Source};

const MARKS: Marks = Marks { strong: "*", emphasis: "_", code: "`" };

pub(super) fn read(text: &str) -> Result<Source, ReadError> {
    let lines: Vec<&str> = text.trim_start_matches('\u{feff}').lines().collect();
    let mut reader = Reader { lines: &lines, at: 0, room: Room::default(), depths: Depths::default(), open: Open::Nothing, head: false };
    while reader.at < lines.len() {
        reader.next()?;
    }
    Ok(super::settled(reader.room.into_source()))
}

/// What a further line goes on with.
#[derive(Clone, Copy, Eq, PartialEq)]
enum Open {
    Nothing,
    Paragraph,
    Item,
}

struct Reader<'a> {
    lines: &'a [&'a str],
    at: usize,
    room: Room,
    depths: Depths,
    open: Open,
    /// Whether an instruction above the next table says that it has a head.
    head: bool,
}

impl Reader<'_> {
    fn next(&mut self) -> Result<(), ReadError> {
        let line = self.lines[self.at];
        let trimmed = line.trim();
        self.at += 1;
        if trimmed.is_empty() || trimmed == "+" {
            if trimmed.is_empty() {
                self.open = Open::Nothing;
            }
            return Ok(());
        }
        if let Some((level, words)) = heading(trimmed) {
            (self.open, self.depths) = (Open::Nothing, Depths::default());
            return self.room.push(Block::Heading { level, line: words_of(words) });
        }
        if trimmed.starts_with("|===") {
            return self.table();
        }
        if let Some(end) = fence(trimmed) {
            return self.fenced(end);
        }
        if trimmed.starts_with("//") {
            self.room.drop_words(trimmed.to_owned(), "a comment");
            return Ok(());
        }
        if trimmed == "'''" || trimmed == "<<<" {
            return self.room.push(Block::Rule);
        }
        if trimmed.starts_with('[') && trimmed.ends_with(']') && !trimmed.contains(' ')
            || trimmed.starts_with("[cols")
            || trimmed.starts_with("[%")
        {
            self.head |= trimmed.contains("header");
            self.room.drop_words(trimmed.to_owned(), "an instruction to the program that sets the text");
            return Ok(());
        }
        if let Some((name, value)) = attribute(trimmed) {
            return self.room.push(Block::Named { name: name.to_owned(), value: value.to_owned() });
        }
        if let Some((address, alt)) =
            trimmed.strip_prefix("image:").and_then(|rest| rest.trim_start_matches(':').strip_suffix(']')?.split_once('['))
        {
            let block = crate::read::picture::named(&mut self.room, alt.split(',').next().unwrap_or_default().trim_matches('"'), address);
            return self.room.push(block);
        }
        if let Some((mark, numbered, words)) = item(trimmed) {
            // `**` is deeper than `*`, however far it stands to the right.
            let depth = self.depths.of(mark);
            self.open = Open::Item;
            return self.room.push(Block::Item { depth, number: numbered.then_some(1), line: words_of(words) });
        }
        self.text(trimmed)
    }

    fn text(&mut self, words: &str) -> Result<(), ReadError> {
        let more = words_of(words.strip_suffix(" +").unwrap_or(words));
        match (self.open, self.room.last_mut()) {
            (Open::Item, Some(Block::Item { line, .. })) | (Open::Paragraph, Some(Block::Line { line })) => {
                go_on(line, more);
                Ok(())
            }
            _ => {
                self.open = Open::Paragraph;
                self.room.push(Block::Line { line: more })
            }
        }
    }

    /// Lines between two equal fences.
    fn fenced(&mut self, mark: &str) -> Result<(), ReadError> {
        self.open = Open::Nothing;
        // An example or a sidebar holds text of every kind: only its fences go.
        if mark.starts_with("====") || mark.starts_with("****") || mark == "--" {
            return Ok(());
        }
        let end = (self.at..self.lines.len()).find(|at| self.lines[*at].trim() == mark).unwrap_or(self.lines.len());
        let inside = self.lines[self.at..end].join("\n");
        self.at = end + 1;
        if inside.trim().is_empty() {
            return Ok(());
        }
        match mark.chars().next() {
            Some('_') => self.room.push(Block::Quote { line: words_of(inside.trim()) }),
            Some('/') => {
                self.room.drop_words(inside, "a comment");
                Ok(())
            }
            _ => self.room.push(Block::Code { text: inside }),
        }
    }

    /// `|===`, cells behind bars, `|===`. A line of cells with an empty line below it is the head.
    fn table(&mut self) -> Result<(), ReadError> {
        self.open = Open::Nothing;
        let end = (self.at..self.lines.len()).find(|at| self.lines[*at].trim().starts_with("|===")).unwrap_or(self.lines.len());
        let lines = &self.lines[self.at..end];
        self.at = end + 1;
        let mut cells: Vec<Cell> = Vec::new();
        let mut width = 0;
        for line in lines.iter().map(|line| line.trim()).filter(|line| !line.is_empty()) {
            let mut parts = line.split('|');
            let before = parts.next().unwrap_or_default().trim();
            if let (false, Some(last)) = (before.is_empty(), cells.last_mut()) {
                last.lines.push(words_of(before));
            } else if !before.is_empty() {
                self.room.push(Block::Line { line: words_of(before) })?;
            }
            let row: Vec<&str> = parts.collect();
            width = if width == 0 { row.len() } else { width };
            for cell in row {
                self.room.add_cell()?;
                let lines = Some(words_of(cell.trim())).filter(|line| !line.runs.is_empty()).into_iter().collect();
                cells.push(Cell { lines, columns: 1, rows: 1 });
            }
        }
        let head = std::mem::take(&mut self.head) || lines.len() > 2 && !lines[0].trim().is_empty() && lines[1].trim().is_empty();
        let width = width.max(1);
        let rows: Vec<Vec<Cell>> = cells.chunks(width).map(<[Cell]>::to_vec).collect();
        if rows.is_empty() { Ok(()) } else { self.room.push(Block::Table { head, rows }) }
    }
}

/// `== Cause`.
fn heading(line: &str) -> Option<(u8, &str)> {
    let rest = line.trim_start_matches('=');
    let level = u8::try_from(line.len() - rest.len()).ok().filter(|level| (1..=6).contains(level))?;
    rest.starts_with(' ').then(|| (level, rest.trim()))
}

fn fence(line: &str) -> Option<&str> {
    let first = line.chars().next().filter(|c| "-._=*+/".contains(*c))?;
    (line == "--" || line.len() >= 4 && line.chars().all(|c| c == first)).then_some(line)
}

/// `:author: Ada`.
fn attribute(line: &str) -> Option<(&str, &str)> {
    let (name, value) = line.strip_prefix(':')?.split_once(':')?;
    let sound = !name.is_empty() && name.chars().all(|c| c.is_alphanumeric() || "-_!".contains(c));
    (sound && !value.trim().is_empty()).then(|| (name, value.trim()))
}

/// `* one`, `** under`, `. first`, `1. first`, `- one`: how long its mark is, whether it is a number, its words.
fn item(line: &str) -> Option<(usize, bool, &str)> {
    let (mark, words) = line.split_once(' ')?;
    let all = |c: char| !mark.is_empty() && mark.chars().all(|one| one == c) && mark.len() <= 5;
    let counted = mark.strip_suffix('.').is_some_and(|number| !number.is_empty() && number.bytes().all(|byte| byte.is_ascii_digit()));
    (all('*') || all('.') || mark == "-" || counted).then(|| (if counted { 1 } else { mark.len() }, counted || all('.'), words.trim()))
}

fn words_of(text: &str) -> Line {
    inline::line(text, &MARKS, &link)
}

/// `https://x.example[words]`, `link:a.html[words]`.
fn link(text: &str) -> Option<(String, String, usize)> {
    let rest = text.strip_prefix("link:").or_else(|| text.starts_with("http").then_some(text))?;
    const LONGEST: usize = 3_000;
    let near = &rest[..rest.floor_char_boundary(LONGEST)];
    let (address, after) = near.split_once('[')?;
    let (words, _) = after.split_once(']')?;
    let sound = !address.is_empty() && !address.contains(char::is_whitespace) && address.len() < 2_000;
    let length = text.len() - rest.len() + address.len() + words.len() + 2;
    let shown = if words.is_empty() { address } else { words.split(',').next().unwrap_or(words).trim_end_matches('^') };
    sound.then(|| (shown.to_owned(), address.to_owned(), length))
}
