//! Who else has this library open. Always true: the answer is only a courtesy; what keeps two writers apart is the number of each save.
//! The lock is an operating-system lock on a file beside the library, so that it ends with the process, however that ends.

use std::fs::{File, TryLockError};
use std::io;
use std::path::{Path, PathBuf};

/// Our presence at a library; it ends when this is dropped.
#[derive(Debug)]
pub(crate) struct Instance {
    /// Whether nobody else was there when we came.
    pub alone: bool,
    /// Holds the shared lock.
    lock: Option<File>,
}

impl Instance {
    /// Notes our presence. Where the system or the folder allows no locks, nobody can be noticed and we count as alone.
    pub fn enter(library: &Path) -> Self {
        match lock(&beside(library)) {
            Ok((lock, alone)) => Self { alone, lock: Some(lock) },
            Err(fault) => {
                tracing::warn!(%fault, "cannot tell whether another window has the library open");
                Self { alone: true, lock: None }
            }
        }
    }

    /// Whether nobody else is here now. Whoever comes while we look waits for the answer.
    pub fn alone_now(&self) -> io::Result<bool> {
        let Some(lock) = &self.lock else { return Ok(true) };
        lock.unlock()?;
        let alone = match lock.try_lock() {
            Ok(()) => lock.unlock().map(|()| true),
            Err(TryLockError::WouldBlock) => Ok(false),
            Err(TryLockError::Error(fault)) => Err(fault),
        };
        lock.lock_shared()?;
        alone
    }
}

/// Everyone present holds the lock together; whoever can have it alone for a moment on arrival is the first.
/// (Two who arrive within the same microseconds may both be told that they are first.)
fn lock(path: &Path) -> io::Result<(File, bool)> {
    let file = File::options().create(true).truncate(false).write(true).open(path)?;
    let alone = match file.try_lock() {
        Ok(()) => {
            file.unlock()?;
            true
        }
        Err(TryLockError::WouldBlock) => false,
        Err(TryLockError::Error(fault)) => return Err(fault),
    };
    file.lock_shared()?;
    Ok((file, alone))
}

/// Beside the file itself, however it is reached: two paths to one library find one lock, as they find one log.
pub(crate) fn beside(library: &Path) -> PathBuf {
    beside_as(library, ".lock")
}

/// The same with another end to its name.
pub(crate) fn beside_as(library: &Path, end: &str) -> PathBuf {
    let library = std::fs::canonicalize(library).unwrap_or_else(|_| library.to_owned());
    let mut name = library.file_name().unwrap_or_default().to_os_string();
    name.push(end);
    library.with_file_name(name)
}
