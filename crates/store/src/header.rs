//! The first hundred bytes of a file, read before SQLite may touch it (sqlite.org/fileformat2.html, section 1.3).
//! Always true: reading them changes nothing, not even a file beside the library.

use crate::OpenError;
use std::fs::File;
use std::io::Read;
use std::path::Path;

/// What lies at a path.
#[derive(Debug, Eq, PartialEq)]
pub(crate) enum Found {
    /// Nothing, or a file without a byte in it: what a first start that was cut short leaves.
    Nothing,
    /// A file that SQLite did not write.
    Other,
    /// A SQLite file.
    Sqlite(Header),
}

/// What the header says.
#[derive(Debug, Eq, PartialEq)]
pub(crate) struct Header {
    /// Whose file it is.
    pub application_id: u32,
    /// Its schema.
    pub user_version: u32,
    /// How many bytes it should have; none where the header does not know.
    pub expected: Option<u64>,
    /// How many bytes it has.
    pub length: u64,
}

const MAGIC: &[u8; 16] = b"SQLite format 3\0";

/// Reads what lies at `path`.
pub(crate) fn read(path: &Path) -> Result<Found, OpenError> {
    let fault = |cause| OpenError::io(path.to_owned(), cause);
    let mut file = match File::open(path) {
        Ok(file) => file,
        Err(cause) if cause.kind() == std::io::ErrorKind::NotFound => return Ok(Found::Nothing),
        Err(cause) => return Err(fault(cause)),
    };
    let length = file.metadata().map_err(fault)?.len();
    let mut head = Vec::new();
    file.by_ref().take(100).read_to_end(&mut head).map_err(fault)?;
    Ok(of(&head, length))
}

fn of(head: &[u8], length: u64) -> Found {
    match head {
        [] => Found::Nothing,
        _ if !head.starts_with(MAGIC) => Found::Other,
        _ if head.len() < 100 => Found::Sqlite(Header { application_id: 0, user_version: 0, expected: Some(100), length }),
        _ => Found::Sqlite(Header { application_id: be32(head, 68), user_version: be32(head, 60), expected: expected(head), length }),
    }
}

/// The page count at offset 28 is good only where the two change counters agree (section 1.3.7).
fn expected(head: &[u8]) -> Option<u64> {
    let page = match u16::from_be_bytes([head[16], head[17]]) {
        1 => 65_536,
        size => u64::from(size),
    };
    let pages = u64::from(be32(head, 28));
    (be32(head, 24) == be32(head, 92) && pages > 0).then_some(page * pages)
}

fn be32(head: &[u8], at: usize) -> u32 {
    u32::from_be_bytes([head[at], head[at + 1], head[at + 2], head[at + 3]])
}
