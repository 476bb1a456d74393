//! Which file lies at a path. Always true: two files that exist at the same time are told apart by what the system numbers them with.
//! On Windows a file that is open can be neither moved nor deleted, so there its path is its place.

use std::path::Path;

/// The file that lay at a path when we looked.
#[derive(Clone, Debug, Eq, PartialEq)]
pub(crate) struct Place(Option<Mark>);

impl Place {
    /// The file that lies at `path` now.
    pub fn of(path: &Path) -> Self {
        Self(mark(path))
    }

    /// Whether that file, and no other, lies at `path`.
    pub fn is_at(&self, path: &Path) -> bool {
        self.0.is_some() && self.0 == mark(path)
    }
}

/// Device and inode.
#[cfg(unix)]
type Mark = (u64, u64);

/// The path without detours.
#[cfg(not(unix))]
type Mark = std::path::PathBuf;

#[cfg(unix)]
fn mark(path: &Path) -> Option<Mark> {
    use std::os::unix::fs::MetadataExt;
    std::fs::metadata(path).ok().map(|file| (file.dev(), file.ino()))
}

#[cfg(not(unix))]
fn mark(path: &Path) -> Option<Mark> {
    std::fs::canonicalize(path).ok()
}
