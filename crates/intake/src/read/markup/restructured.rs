//! reStructuredText (docutils, "reStructuredText Markup Specification").

use super::inline::{self, Marks, Targets};
use super::tables::is_simple_border;
use super::{Depths, indent};
use crate::read::gather::go_on;
use crate::read::limits::Room;
use crate::read::{ReadError, delimited};
use crate::source::{Block, Line, Source};

const MARKS: Marks = Marks { strong: "**", emphasis: "*", code: "``" };
/// Nobody writes notes in notes any deeper.
const DEEPEST: usize = 32;
/// Signs that may stand below a title.
const SIGNS: &str = "=-`:'\"~^_*+#<>.!$%&,;?@\\/|()[]{}";

pub(super) fn read(text: &str) -> Result<Source, ReadError> {
    read_inside(text, 0)
}

/// Reads a text that stands so deep in notes in notes.
fn read_inside(text: &str, depth: usize) -> Result<Source, ReadError> {
    if depth > DEEPEST {
        return Err(ReadError::TooDeep { most: DEEPEST });
    }
    let lines: Vec<&str> = text.trim_start_matches('\u{feff}').lines().map(str::trim_end).collect();
    let targets = lines.iter().filter_map(|line| target(line)).collect();
    let mut reader = Reader {
        lines: &lines,
        at: 0,
        targets,
        depth,
        room: Room::default(),
        depths: Depths::default(),
        levels: Vec::new(),
        open: Open::Nothing,
    };
    while reader.at < lines.len() {
        reader.next()?;
    }
    Ok(super::settled(reader.room.into_source()))
}

/// `.. _ticket: https://x.example/7`.
fn target(line: &str) -> Option<(String, String)> {
    let (name, address) = line.trim_start().strip_prefix(".. _")?.split_once(": ")?;
    Some((name.trim_matches('`').to_lowercase(), address.trim().to_owned()))
}

#[derive(Clone, Copy, Eq, PartialEq)]
pub(super) enum Open {
    Nothing,
    Paragraph,
    Item,
    Quote,
}

/// A text being read.
pub(super) struct Reader<'a> {
    pub lines: &'a [&'a str],
    pub at: usize,
    targets: Targets,
    depth: usize,
    pub room: Room,
    depths: Depths,
    /// The signs of titles in the order in which they came: each is a level.
    levels: Vec<(char, bool)>,
    pub open: Open,
}

impl<'a> Reader<'a> {
    pub fn line(&self, at: usize) -> &'a str {
        self.lines.get(at).copied().unwrap_or_default()
    }

    fn next(&mut self) -> Result<(), ReadError> {
        let line = self.line(self.at);
        if line.is_empty() {
            self.open = Open::Nothing;
            self.at += 1;
            return Ok(());
        }
        if let Some((words, sign, over, taken)) = self.title() {
            self.at += taken;
            (self.open, self.depths) = (Open::Nothing, Depths::default());
            let level = self.levels.iter().position(|known| *known == (sign, over)).unwrap_or_else(|| {
                self.levels.push((sign, over));
                self.levels.len() - 1
            });
            let level = u8::try_from(level + 1).unwrap_or(6).min(6);
            let line = self.words(words);
            return self.room.push(Block::Heading { level, line });
        }
        if line.starts_with("+-") || line.starts_with("+=") {
            return self.grid();
        }
        if is_simple_border(line) {
            return self.simple_table();
        }
        if let Some(rest) = line.trim_start().strip_prefix(".. ") {
            return self.explicit(rest, indent(line));
        }
        self.at += 1;
        if let Some(sign) = ruled(line).filter(|_| line.len() >= 4) {
            let _ = sign;
            return self.room.push(Block::Rule);
        }
        if let Some((name, value)) = field(line) {
            let value = self.with_below(value, indent(line));
            return self.room.push(Block::Named { name: name.to_owned(), value });
        }
        if let Some((number, words)) = item(line.trim_start()) {
            let depth = self.depths.of(indent(line));
            self.open = Open::Item;
            let line = self.words(words);
            return self.room.push(Block::Item { depth, number, line });
        }
        self.text(line)
    }

    fn text(&mut self, line: &str) -> Result<(), ReadError> {
        let literal = line.ends_with("::");
        let words = if literal { line.trim_end_matches(':') } else { line };
        let more = self.words(words.trim());
        let goes_on = match (self.open, self.room.last_mut()) {
            (Open::Item, Some(Block::Item { line, .. }))
            | (Open::Paragraph, Some(Block::Line { line }))
            | (Open::Quote, Some(Block::Quote { line })) => Some(line),
            _ => None,
        };
        match goes_on {
            Some(whole) => go_on(whole, more),
            None if !more.runs.is_empty() => {
                let quoted = indent(line) > 0 && self.depths.0.is_empty();
                self.open = if quoted { Open::Quote } else { Open::Paragraph };
                self.room.push(if quoted { Block::Quote { line: more } } else { Block::Line { line: more } })?;
            }
            None => {}
        }
        if indent(line) == 0 {
            self.depths = Depths::default();
        }
        if literal {
            let text = self.below(indent(line));
            if !text.trim().is_empty() {
                self.room.push(Block::Code { text })?;
            }
        }
        Ok(())
    }

    /// A title with the sign below it, and maybe above: its words, the sign, whether above too, and how many lines it takes.
    fn title(&self) -> Option<(&'a str, char, bool, usize)> {
        let (first, second, third) = (self.line(self.at), self.line(self.at + 1), self.line(self.at + 2));
        if let Some(sign) = ruled(first).filter(|sign| ruled(third) == Some(*sign) && !second.trim().is_empty() && ruled(second).is_none())
        {
            return (first.len() >= second.trim().chars().count()).then_some((second.trim(), sign, true, 3));
        }
        let sign = ruled(second).filter(|_| ruled(first).is_none() && indent(first) == 0)?;
        (second.len() >= first.chars().count()).then_some((first, sign, false, 2))
    }

    /// The lines below that stand further to the right, without their blanks.
    fn below(&mut self, outer: usize) -> String {
        let begin = self.at;
        while self.at < self.lines.len() && (self.line(self.at).is_empty() || indent(self.line(self.at)) > outer) {
            self.at += 1;
        }
        let lines = &self.lines[begin..self.at];
        let left = lines.iter().filter(|line| !line.is_empty()).map(|line| indent(line)).min().unwrap_or(0);
        lines.iter().map(|line| line.get(left..).unwrap_or_default()).collect::<Vec<_>>().join("\n").trim_matches('\n').to_owned()
    }

    fn with_below(&mut self, value: &str, outer: usize) -> String {
        let mut whole = value.to_owned();
        while !self.line(self.at).is_empty() && indent(self.line(self.at)) > outer {
            whole.push(' ');
            whole.push_str(self.line(self.at).trim());
            self.at += 1;
        }
        whole.trim().to_owned()
    }

    /// What begins with two points: a picture, code, a table, a note, a target, or a comment.
    fn explicit(&mut self, rest: &str, outer: usize) -> Result<(), ReadError> {
        let line = self.line(self.at);
        self.at += 1;
        self.open = Open::Nothing;
        if let Some((_, address)) = target(line) {
            // Where nothing in the text leads there, it is told of the address all the same.
            self.room.drop_words(line.replace(&address, "").trim().to_owned(), "the name of an address");
            return self.room.push(Block::Line {
                line: Line { runs: vec![crate::source::Run { text: address.clone(), link: Some(address), ..Default::default() }] },
            });
        }
        let Some((name, argument)) =
            rest.split_once("::").filter(|(name, _)| !name.is_empty() && name.chars().all(|c| c.is_alphanumeric() || "-_".contains(c)))
        else {
            let below = self.below(outer);
            self.room.drop_words(format!("{rest}\n{below}"), "a comment");
            return Ok(());
        };
        let below = self.below(outer);
        let (options, body): (Vec<&str>, Vec<&str>) = {
            let count = below.lines().take_while(|line| field(line).is_some()).count();
            (below.lines().take(count).collect(), below.lines().skip(count).collect())
        };
        let body = body.join("\n");
        let argument = argument.trim();
        match name {
            "image" | "figure" => {
                let alt = options
                    .iter()
                    .filter_map(|option| field(option))
                    .find(|(name, _)| *name == "alt")
                    .map(|(_, alt)| alt)
                    .unwrap_or_default();
                let block = crate::read::picture::named(&mut self.room, alt, argument);
                self.room.push(block)?;
                self.room.append(read_inside(&body, self.depth + 1)?)
            }
            "code" | "code-block" | "sourcecode" | "literalinclude" | "highlight" | "raw" => {
                self.room.drop_words(argument.to_owned(), "the language of a piece of code");
                if body.trim().is_empty() { Ok(()) } else { self.room.push(Block::Code { text: body.trim_matches('\n').to_owned() }) }
            }
            "csv-table" => {
                self.caption(argument)?;
                let head = options
                    .iter()
                    .filter_map(|option| field(option))
                    .find(|(name, _)| *name == "header")
                    .map(|(_, head)| format!("{head}\n"));
                self.room.append(delimited::read(&format!("{}{}", head.unwrap_or_default(), body.trim()))?)
            }
            "list-table" => {
                self.caption(argument)?;
                let head = options.iter().any(|option| option.contains("header-rows"));
                self.list_table(&body, head)
            }
            "contents" | "toctree" | "include" | "meta" | "index" => {
                self.room.drop_words(format!("{line}\n{below}"), "an instruction to the program that sets the text");
                Ok(())
            }
            _ => {
                self.room.drop_words(options.join("\n"), "an instruction to the program that sets the text");
                self.caption(argument)?;
                self.room.append(read_inside(&body, self.depth + 1)?)
            }
        }
    }

    fn caption(&mut self, words: &str) -> Result<(), ReadError> {
        let line = self.words(words);
        if words.is_empty() { Ok(()) } else { self.room.push(Block::Line { line }) }
    }

    pub fn words(&self, text: &str) -> Line {
        inline::line(text, &MARKS, &|text| self.link(text))
    }

    /// `` `words <address>`_ ``, `` `words`_ `` with its address elsewhere; a role keeps its words.
    fn link(&self, text: &str) -> Option<(String, String, usize)> {
        let inside = text.strip_prefix('`').filter(|inside| !inside.starts_with('`'))?;
        let (words, after) = inside.split_once('`')?;
        let marks = after.len() - after.trim_start_matches('_').len();
        if marks == 0 {
            return None;
        }
        let length = words.len() + 2 + marks.min(2);
        match words.strip_suffix('>').and_then(|words| words.rsplit_once('<')) {
            Some((words, address)) => {
                let shown = if words.trim().is_empty() { address } else { words.trim() };
                Some((shown.to_owned(), address.to_owned(), length))
            }
            None => Some((words.to_owned(), self.targets.get(&words.to_lowercase())?.clone(), length)),
        }
    }
}

/// The sign of a line that is nothing but one sign.
fn ruled(line: &str) -> Option<char> {
    let first = line.chars().next().filter(|c| SIGNS.contains(*c))?;
    (line.len() >= 2 && line.chars().all(|c| c == first)).then_some(first)
}

/// `:Date: 2026-03-11`.
fn field(line: &str) -> Option<(&str, &str)> {
    let (name, value) = line.trim_start().strip_prefix(':')?.split_once(':')?;
    let sound = !name.is_empty() && name.len() < 60 && !name.starts_with(' ') && (value.is_empty() || value.starts_with(' '));
    sound.then(|| (name, value.trim()))
}

fn item(line: &str) -> Option<(Option<u32>, &str)> {
    let (mark, words) = line.split_once(' ')?;
    if matches!(mark, "-" | "*" | "+" | "•") {
        return Some((None, words.trim()));
    }
    let number = mark.strip_suffix(['.', ')'])?;
    if number == "#" {
        return Some((Some(1), words.trim()));
    }
    Some((Some(number.parse().ok().filter(|_| number.len() < 4)?), words.trim()))
}
