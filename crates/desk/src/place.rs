//! Where the library lies: beside what the platform keeps for us, or in a folder that a person chose. Always true: a library is moved whole or
//! not at all; one that cannot be reached is never silently taken for an empty one.

use crate::because;
use crate::desk::Desk;
use crate::fault::{Fault, FaultCode};
use crate::ports::World;
use serde::{Deserialize, Serialize};
use std::path::{Path, PathBuf};

/// The file in the data folder that names the folder of a library that lies elsewhere.
const POINTER: &str = "library-folder.json";
/// A path is short; what is longer is no path.
const LONGEST: u64 = 64 * 1024;

#[derive(Serialize, Deserialize)]
struct Pointer {
    folder: PathBuf,
}

/// The library's file, for whose data folder is `data`.
///
/// # Errors
/// [`FaultCode::LibraryAway`] where it was moved to a folder that cannot be reached now.
pub(crate) fn library_file(world: &World, data: &Path) -> Result<PathBuf, Fault> {
    let pointer = data.join(POINTER);
    if !world.files.exists(&pointer) {
        return Ok(data.join(store::FILE_NAME));
    }
    let bytes = world.files.read(&pointer, LONGEST).map_err(|fault| because::of_file(&pointer, &fault))?;
    let Pointer { folder } = serde_json::from_slice(&bytes).map_err(|fault| {
        let words = format!("{} does not name a folder: {fault}", pointer.display());
        Fault::new(FaultCode::Unreadable, words).with("path", pointer.display()).with("reason", "it does not name a folder")
    })?;
    let file = folder.join(store::FILE_NAME);
    if folder != data && !world.files.exists(&file) {
        let words = format!("the library lies at {}, which cannot be reached", file.display());
        return Err(Fault::new(FaultCode::LibraryAway, words).with("path", file.display()));
    }
    Ok(file)
}

fn point(world: &World, data: &Path, folder: &Path) -> Result<(), Fault> {
    let pointer = data.join(POINTER);
    let text = serde_json::to_vec(&Pointer { folder: folder.to_owned() }).map_err(|_| {
        let words = format!("{} is not written in letters that can be kept", folder.display());
        Fault::new(FaultCode::Unreadable, words).with("path", folder.display()).with("reason", "its name cannot be kept")
    })?;
    world.files.write_whole(&pointer, &text).map_err(|fault| because::of_writing(&pointer, &fault))
}

/// Takes the library in `folder` from now on; without a folder the one in the data folder, which is made where there is none.
/// For when the library cannot be opened where it was.
///
/// # Errors
/// [`FaultCode::Gone`] where no library lies in that folder.
pub fn use_library_in(world: &World, data: &Path, folder: Option<&Path>) -> Result<(), Fault> {
    if let Some(folder) = folder {
        let file = folder.join(store::FILE_NAME);
        if !world.files.exists(&file) {
            return Err(Fault::new(FaultCode::Gone, format!("there is no library at {}", file.display())).with("path", file.display()));
        }
    }
    point(world, data, folder.unwrap_or(data))
}

impl Desk {
    /// Moves the library to another folder. It is saved, copied, examined and synced there, opened and held against this one; then the new
    /// place is noted, and only then the old file is deleted. Edits made meanwhile wait, and are saved at the new place.
    ///
    /// # Errors
    /// [`FaultCode::PlaceTaken`], [`FaultCode::LibraryShared`], and those of the disk: the library then lies where it lay.
    pub fn move_library(&self, folder: &Path) -> Result<(), Fault> {
        let open: Vec<_> = self.sessions().iter().map(|session| session.sitting).collect();
        for sitting in open {
            self.save(sitting)?;
        }
        let folder = std::path::absolute(folder).map_err(|fault| because::of_file(folder, &fault))?;
        self.world.files.make_folder(&folder).map_err(|fault| because::of_file(&folder, &fault))?;
        let target = folder.join(store::FILE_NAME);
        let mut library = self.library();
        let moved = library.copied_to(&target).map_err(|fault| of_moving(&fault))?;
        if let Err(fault) = point(&self.world, &self.folder, &folder) {
            moved.discard();
            return Err(fault);
        }
        let old = std::mem::replace(&mut *library, moved);
        let path = old.path().to_owned();
        if !old.discard() {
            // It was moved all the same; the old file is only left over.
            tracing::warn!(path = %path.display(), "the library's old file could not be deleted");
        }
        Ok(())
    }

    /// Where the library's file lies.
    pub fn library_path(&self) -> PathBuf {
        self.library().path().to_owned()
    }
}

fn of_moving(fault: &store::MoveError) -> Fault {
    use store::{BackupError, MoveError};
    let words = fault.to_string();
    match fault {
        MoveError::Taken { path } => Fault::new(FaultCode::PlaceTaken, words).with("path", path.display()),
        MoveError::Shared => Fault::new(FaultCode::LibraryShared, words),
        MoveError::Copy(BackupError::Full { path }) => Fault::new(FaultCode::DiskFull, words).with("path", path.display()),
        MoveError::Copy(BackupError::Unwritable { path, cause }) => because::of_file(path, cause),
        MoveError::Copy(BackupError::Unsound { .. }) => Fault::new(FaultCode::LibraryDamaged, words),
        MoveError::Copy(BackupError::InUse { path }) => Fault::new(FaultCode::PlaceTaken, words).with("path", path.display()),
        MoveError::Copy(BackupError::Sqlite { path, .. }) => because::internal(fault).with("path", path.display()),
        MoveError::Open(fault) => because::of_opening(fault),
    }
}
