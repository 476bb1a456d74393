//! How much is read. Always true: what a hostile file can make us hold is a small multiple of its own length, and of these figures.

use super::ReadError;
use crate::source::{Block, Source};

/// The most bytes of a file: 50 MB.
pub const MOST_BYTES: usize = 50_000_000;
/// The most blocks of a source: a log of 50 MB has about half as many lines.
pub const MOST_BLOCKS: usize = 1_000_000;
/// The deepest nesting of a file's parts; a real page stays below a hundred.
pub const MOST_NESTED: usize = 256;

/// A source being filled, and how full it is.
#[derive(Default)]
pub(super) struct Room {
    source: Source,
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

    /// The block added last.
    pub fn last(&self) -> Option<&Block> {
        self.source.blocks.last()
    }

    /// What was read.
    pub fn into_source(self) -> Source {
        self.source
    }
}
