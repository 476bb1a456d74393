//! Which file lies at a path. Always true: two files that exist at the same time are told apart by what the system numbers them with.
//! Deliberately absent: Windows, where a file that is open can be neither moved nor deleted.

use std::path::Path;

/// The file that lay at a path when we looked.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(crate) struct Place(Option<(u64, u64)>);

impl Place {
    /// The file that lies at `path` now.
    pub fn of(path: &Path) -> Self {
        Self(numbers(path))
    }

    /// Whether it lies there still.
    pub fn still_holds(self, path: &Path) -> bool {
        self == Self::of(path)
    }
}

/// Device and inode.
#[cfg(unix)]
fn numbers(path: &Path) -> Option<(u64, u64)> {
    use std::os::unix::fs::MetadataExt;
    std::fs::metadata(path).ok().map(|file| (file.dev(), file.ino()))
}

#[cfg(not(unix))]
fn numbers(_: &Path) -> Option<(u64, u64)> {
    None
}
