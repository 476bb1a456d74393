//! reStructuredText and AsciiDoc, as far as their headings, lists, tables, code, pictures and links go. Always true: every line is a block or is
//! listed (a comment, an instruction to the program that sets the text); what is not understood stays as it is written. Deliberately absent:
//! including other files, substitutions, macros.

mod asciidoc;
mod inline;
mod restructured;
mod tables;

use super::ReadError;
use super::gather::Gather;
use crate::source::{Block, Source};

/// Which of the two a text is.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(super) enum Markup {
    Restructured,
    Asciidoc,
}

/// Reads a text in one of them.
pub(super) fn read(markup: Markup, text: &str) -> Result<Source, ReadError> {
    match markup {
        Markup::Restructured => restructured::read(text),
        Markup::Asciidoc => asciidoc::read(text),
    }
}

/// A text whose paragraphs are whole: now it shows what parted their lines.
fn settled(mut source: Source) -> Source {
    for block in &mut source.blocks {
        if let Block::Line { line } | Block::Item { line, .. } | Block::Quote { line } = block {
            Gather::settle(&mut line.runs);
        }
    }
    source
}

/// How many blanks a line begins with.
fn indent(line: &str) -> usize {
    line.len() - line.trim_start_matches([' ', '\t']).len()
}

/// Lists inside lists by how far their marks stand to the right.
#[derive(Default)]
struct Depths(Vec<usize>);

impl Depths {
    fn of(&mut self, indent: usize) -> u8 {
        while self.0.last().is_some_and(|last| *last > indent) {
            self.0.pop();
        }
        if self.0.last() != Some(&indent) {
            self.0.push(indent);
        }
        u8::try_from(self.0.len() - 1).unwrap_or(u8::MAX)
    }
}

#[cfg(test)]
mod tests;
