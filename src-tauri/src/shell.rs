//! What the commands stand on: the desk, and the files a person has pointed at.
//! Always true: the window reads and writes only files that a person chose in a dialog, dropped on it, or just made; work that may take
//! long runs off the main thread, and a panic in it comes back as a fault.

use crate::autosave;
use desk::ports::World;
use desk::{Desk, Fault, FaultCode};
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::sync::atomic::AtomicU64;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Instant;
use tauri::{AppHandle, Manager};
use tokio::sync::Notify;

/// What the commands stand on.
pub struct Shell {
    folder: PathBuf,
    desk: Mutex<Option<Arc<Desk>>>,
    allowed: Mutex<BTreeSet<PathBuf>>,
    app: AppHandle,
    /// Told of every edit, so that it is saved in time.
    pub edited: Arc<Notify>,
    /// The number of the batch of files that is being judged; one that is not the newest ends.
    pub batch: Arc<AtomicU64>,
    /// When the process began.
    pub started: Instant,
    /// What the page is told once it is there.
    untold: Mutex<Option<Fault>>,
}

impl Shell {
    /// Opens the library, or leaves that to the first act that needs it.
    pub fn open(app: AppHandle, folder: PathBuf, started: Instant) -> Self {
        let shell = Self {
            folder,
            desk: Mutex::default(),
            allowed: Mutex::default(),
            app,
            edited: Arc::new(Notify::new()),
            batch: Arc::default(),
            started,
            untold: Mutex::default(),
        };
        match shell.desk() {
            Ok(desk) => shell.allow(&desk.library_path()),
            Err(fault) => tracing::error!(%fault, "the library was not opened"),
        }
        shell
    }

    /// Keeps what the page is to be told the next time it is painted. Whether the last such news was heard: no page that dies before it is
    /// painted hears any.
    pub fn say_when_painted(&self, fault: Fault) -> bool {
        self.untold.lock().unwrap_or_else(PoisonError::into_inner).replace(fault).is_none()
    }

    /// What the page is to be told now.
    pub fn untold(&self) -> Option<Fault> {
        self.untold.lock().unwrap_or_else(PoisonError::into_inner).take()
    }

    /// The desk. A library that could not be opened is tried again each time, so that one put right needs no new start.
    pub fn desk(&self) -> Result<Arc<Desk>, Fault> {
        let mut desk = self.desk.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(desk) = &*desk {
            return Ok(desk.clone());
        }
        let opened = Arc::new(Desk::open(World::real(), &self.folder)?);
        *desk = Some(opened.clone());
        Ok(opened)
    }

    /// The data folder.
    pub fn folder(&self) -> &Path {
        &self.folder
    }

    /// A person pointed at that file.
    pub fn allow(&self, path: &Path) {
        self.allowed.lock().unwrap_or_else(PoisonError::into_inner).insert(path.to_path_buf());
    }

    /// The path, if a person pointed at it.
    pub fn chosen(&self, path: &str) -> Result<PathBuf, Fault> {
        let path = PathBuf::from(path);
        if self.allowed.lock().unwrap_or_else(PoisonError::into_inner).contains(&path) {
            return Ok(path);
        }
        Err(Fault::new(FaultCode::NoPermission, format!("nobody chose the file {}", path.display())).with("path", path.display()))
    }

    /// Does work off the main thread. Whatever text it found to be kept apart, the window hears of before the answer.
    pub async fn work<T: Send + 'static>(&self, act: impl FnOnce(&Desk) -> Result<T, Fault> + Send + 'static) -> Result<T, Fault> {
        let desk = self.desk()?;
        let acting = desk.clone();
        let done = apart(move || act(&acting)).await;
        desk.untold().into_iter().for_each(|news| autosave::tell(&self.app, news));
        done
    }
}

/// Does work off the main thread that needs no library: a file can be judged where the library cannot be opened.
pub async fn apart<T: Send + 'static>(act: impl FnOnce() -> Result<T, Fault> + Send + 'static) -> Result<T, Fault> {
    let done = tauri::async_runtime::spawn_blocking(act).await;
    done.unwrap_or_else(|panic| {
        tracing::error!(%panic, "an act panicked");
        Err(Fault::new(FaultCode::Internal, "this act ended unexpectedly; what was saved is safe"))
    })
}

/// The platform's data folder, or the one named by `RAPPORTEUR_DATA_DIR`.
pub fn data_folder(app: &AppHandle) -> tauri::Result<PathBuf> {
    match std::env::var_os("RAPPORTEUR_DATA_DIR") {
        Some(folder) => Ok(PathBuf::from(folder)),
        None => app.path().app_data_dir(),
    }
}
