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
    let mut head = Vec::new();
    file.by_ref().take(100).read_to_end(&mut head).map_err(fault)?;
    // The length comes second: a file that another window makes longer meanwhile must not look cut.
    let length = file.metadata().map_err(fault)?.len();
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

#[cfg(test)]
mod tests {
    use super::*;

    fn head(change: impl Fn(&mut [u8; 100])) -> [u8; 100] {
        let mut head = [0; 100];
        head[..16].copy_from_slice(MAGIC);
        head[16..18].copy_from_slice(&4096_u16.to_be_bytes());
        head[28..32].copy_from_slice(&3_u32.to_be_bytes());
        head[68..72].copy_from_slice(b"Rprt");
        change(&mut head);
        head
    }

    fn sqlite(head: &[u8]) -> Header {
        match of(head, 9) {
            Found::Sqlite(header) => header,
            found => panic!("{found:?}"),
        }
    }

    #[test]
    fn it_says_whose_the_file_is_and_how_long_it_should_be() {
        let header = sqlite(&head(|head| head[63] = 7));
        assert_eq!(header, Header { application_id: 0x5270_7274, user_version: 7, expected: Some(12_288), length: 9 });
    }

    #[test]
    fn a_page_size_of_1_means_65536() {
        assert_eq!(sqlite(&head(|head| head[16..18].copy_from_slice(&[0, 1]))).expected, Some(196_608));
    }

    #[test]
    fn a_length_from_another_time_is_not_believed() {
        assert_eq!(sqlite(&head(|head| head[27] = 1)).expected, None);
    }

    #[test]
    fn nothing_something_else_and_a_cut_header_are_told_apart() {
        assert_eq!(of(b"", 0), Found::Nothing);
        assert_eq!(of(b"%PDF-1.7", 8), Found::Other);
        assert_eq!(sqlite(&head(|_| ())[..40]).expected, Some(100));
    }
}
