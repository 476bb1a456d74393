//! What makes readers show one file differently, and what makes a file unreadable: the words of the strict reading.

use serde::Serialize;

/// A place in a file that two readers may take differently. Nothing signed may depend on it.
#[derive(Clone, Debug, Eq, Ord, PartialEq, PartialOrd, Serialize)]
#[serde(rename_all = "snake_case", tag = "kind")]
pub enum Doubt {
    /// A cross-reference table or stream is not exact to the byte: its counts, widths, ends of line, order or size.
    CrossReference {
        /// Where it begins, in bytes from the start of the file.
        at: usize,
    },
    /// A section names a second one for newer readers (a hybrid-reference file, ISO 32000-2 §7.5.8.4).
    Hybrid {
        /// Where the section begins.
        at: usize,
    },
    /// The cross-references could not be followed; the objects had to be searched for.
    Rebuilt,
    /// The file does not end as it must: the place of its cross-references and the end-of-file marker, near enough to the end.
    End,
    /// The place that the cross-references name for an object holds another one, or none.
    Misplaced {
        /// The object's number.
        object: u32,
    },
    /// Bytes that begin an object which no cross-reference lists.
    Unlisted {
        /// Where they are.
        at: usize,
    },
    /// An object breaks the syntax.
    Malformed {
        /// The object's number.
        object: u32,
    },
    /// A stream is not as long as it says.
    StreamLength {
        /// The object's number.
        object: u32,
    },
    /// An object stream holds other objects than the cross-references say, or one twice.
    ObjectStream {
        /// The stream's number.
        object: u32,
    },
    /// The tree of pages is not as it must be, so that readers find other pages, another number of them, or of another size.
    Pages {
        /// The number of the object in the tree that is not.
        object: u32,
    },
    /// The file says that it was laid out for the web and is not as that would make it; readers who believe it pass over updates.
    Linearized,
    /// A dictionary has one key twice.
    DoubledKey {
        /// The number of the object that contains it; 0 for a trailer.
        object: u32,
        /// The key.
        key: String,
    },
    /// A key is spelled with escapes that it does not need, so that not every reader knows it.
    DisguisedKey {
        /// The number of the object that contains it; 0 for a trailer.
        object: u32,
        /// The key.
        key: String,
    },
}

/// Why a file cannot be read at all.
#[derive(Clone, Copy, Debug, Eq, PartialEq, thiserror::Error)]
pub enum Damage {
    /// Neither cross-references nor a catalog were found.
    #[error("neither its table of contents nor its pages can be found")]
    NoStructure,
    /// A number of bytes, objects or columns beyond what such a file can hold.
    #[error("it states a size that no such file can have")]
    Oversized,
    /// Objects inside one another, deeper than any program writes them.
    #[error("its objects are nested without end")]
    Nested,
    /// A compressed stream that would fill the memory.
    #[error("it unpacks to more than such a file can hold")]
    Bomb,
    /// So many values that reading them would fill the memory.
    #[error("it holds more values than such a file can")]
    Crowded,
}

/// Why reading a piece of a file stopped.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(super) enum Stop {
    /// The bytes there are not what they should be.
    Malformed,
    /// Going on would not be safe.
    Damage(Damage),
}

impl From<Damage> for Stop {
    fn from(damage: Damage) -> Self {
        Self::Damage(damage)
    }
}

/// What is noted while a file is read: its doubts, and how much of it may still be taken in.
#[derive(Debug)]
pub(super) struct Notes {
    pub(super) doubts: std::collections::BTreeSet<Doubt>,
    /// Bytes of memory that what is read may still take.
    memory: usize,
    /// Bytes that may still be unpacked.
    unpacked: usize,
    /// Bytes that may still be walked over. Objects that lie apart are walked over once.
    walk: usize,
}

impl Notes {
    const UNPACKED: usize = 16 << 20;
    /// One is enough to call a file ambiguous; nobody reads more than a few.
    pub(super) const DOUBTS: usize = 64;
    /// Objects inside one another, as in a file that is attached as it is, are walked over again.
    const WALKS: usize = 4;

    /// For a file of `length` bytes, of which what is read may take so much `memory`.
    pub(super) fn new(length: usize, memory: usize) -> Self {
        let doubts = std::collections::BTreeSet::new();
        Self {
            doubts,
            memory,
            unpacked: Self::UNPACKED.max(length.saturating_mul(4)),
            walk: length.saturating_mul(Self::WALKS) + (1 << 16),
        }
    }

    /// For a single stream of a file already read.
    pub(super) fn with_room(unpacked: usize) -> Self {
        Self { unpacked, ..Self::new(0, usize::MAX) }
    }

    pub(super) fn doubt(&mut self, doubt: Doubt) {
        if self.doubts.len() < Self::DOUBTS {
            self.doubts.insert(doubt);
        }
    }

    /// Takes so many bytes out of the memory there is.
    pub(super) fn keep(&mut self, bytes: usize) -> Result<(), Stop> {
        self.memory = self.memory.checked_sub(bytes).ok_or(Damage::Crowded)?;
        Ok(())
    }

    /// Gives bytes back that are no longer kept.
    pub(super) fn let_go(&mut self, bytes: usize) {
        self.memory = self.memory.saturating_add(bytes);
    }

    /// The memory that is left.
    pub(super) fn memory(&self) -> usize {
        self.memory
    }

    /// Takes bytes walked over out of what may still be.
    pub(super) fn walked(&mut self, bytes: usize) -> Result<(), Stop> {
        self.walk = self.walk.checked_sub(bytes).ok_or(Damage::Crowded)?;
        Ok(())
    }

    /// How many bytes may still be unpacked.
    pub(super) fn room(&self) -> usize {
        self.unpacked.min(self.memory)
    }

    pub(super) fn unpacked(&mut self, bytes: usize) {
        self.unpacked = self.unpacked.saturating_sub(bytes);
    }
}
