//! How much is read. Always true: what a hostile file can make us hold is a small multiple of its own length, and of these figures.

use super::ReadError;
use crate::source::{Block, Carried, Dropped, Source};

/// The most bytes of a file: 50 MB.
pub const MOST_BYTES: usize = 50_000_000;
/// The most blocks of a source: a log of 50 MB has about half as many lines.
pub const MOST_BLOCKS: usize = 600_000;
/// The most cells of all tables of a source together.
pub const MOST_CELLS: usize = 1_000_000;
/// The deepest nesting of a file's parts; a real page stays below a hundred.
pub const MOST_NESTED: usize = 256;

/// A source being filled, and how full it is.
#[derive(Default)]
pub(super) struct Room {
    source: Source,
    cells: usize,
}

impl Room {
    /// Adds a block.
    pub fn push(&mut self, block: Block) -> Result<(), ReadError> {
        if self.source.blocks.len() >= MOST_BLOCKS {
            return Err(ReadError::TooMany { what: "lines and paragraphs", most: MOST_BLOCKS });
        }
        self.source.blocks.push(block);
        Ok(())
    }

    /// Makes place for one more cell of a table.
    pub fn add_cell(&mut self) -> Result<(), ReadError> {
        self.cells += 1;
        if self.cells > MOST_CELLS { Err(ReadError::TooMany { what: "cells", most: MOST_CELLS }) } else { Ok(()) }
    }

    /// The block added last.
    pub fn last(&self) -> Option<&Block> {
        self.source.blocks.last()
    }

    /// The same, to add to it.
    pub fn last_mut(&mut self) -> Option<&mut Block> {
        self.source.blocks.last_mut()
    }

    /// Lists words left out by `rule`; what has no words is not listed.
    pub fn drop_words(&mut self, text: String, rule: &str) {
        if !text.trim().is_empty() {
            self.source.dropped.push(Dropped { text, rule: rule.to_owned() });
        }
    }

    /// Lists the address of a link that was left out with its words.
    pub fn drop_address(&mut self, address: String) {
        self.source.addresses_left.push(address);
    }

    /// Takes a file in and gives its number. Equal files are kept once.
    pub fn carry(&mut self, file: Carried) -> usize {
        let files = &mut self.source.files;
        files.iter().position(|known| known.bytes == file.bytes).unwrap_or_else(|| {
            files.push(file);
            files.len() - 1
        })
    }

    /// Adds what another reader made of a part of the file.
    pub fn append(&mut self, part: Source) -> Result<(), ReadError> {
        let numbers: Vec<usize> = part.files.into_iter().map(|file| self.carry(file)).collect();
        self.source.dropped.extend(part.dropped);
        for mut block in part.blocks {
            match &mut block {
                Block::Picture { file, .. } => *file = file.and_then(|file| numbers.get(file).copied()),
                Block::Table { rows, .. } => {
                    for _ in rows.iter().flatten() {
                        self.add_cell()?;
                    }
                }
                _ => {}
            }
            self.push(block)?;
        }
        Ok(())
    }

    /// How many files came along so far.
    pub fn files(&self) -> usize {
        self.source.files.len()
    }

    /// The name of a file that came along.
    pub fn file_name(&self, number: usize) -> &str {
        &self.source.files[number].name
    }

    /// What was read.
    pub fn into_source(self) -> Source {
        self.source
    }
}
