//! The desk: one library and the reports lying open on it. Every act of the window goes through here.
//! Always true: acts may come from any thread; printing and signing hold no lock that an edit waits for.

use crate::because;
use crate::fault::Fault;
use crate::intake::Foreign;
use crate::library::KnownDue;
use crate::place;
use crate::ports::World;
use crate::session::Session;
use crate::view::SaveNews;
use paper::Press;
use report::ids::ReportId;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, AtomicU64};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use store::{Library, Provenance, RevisionId};

/// One library and the reports open on it.
pub struct Desk {
    pub(crate) world: World,
    pub(crate) folder: PathBuf,
    library: Mutex<Library>,
    sessions: Mutex<Vec<Session>>,
    /// Held while a report is saved, and while a sitting goes on to another report: of two saves at once the second would take the first
    /// for another window's.
    saving: Mutex<()>,
    /// The texts that were kept apart and that nobody was told of yet.
    pub(crate) untold: Mutex<Vec<SaveNews>>,
    /// The press of the preview, which remembers the paragraphs it has set.
    pub(crate) press: Mutex<Press>,
    /// The newest preview asked for; an older one stops when it sees that it is not it.
    pub(crate) newest_preview: AtomicU64,
    /// The pages last shown, by their token.
    pub(crate) shown: Mutex<Option<(String, Arc<Vec<u8>>)>>,
    /// Whether the export under way is to stop.
    pub(crate) stop_export: Arc<AtomicBool>,
    /// The foreign text that was read last.
    foreign: Mutex<Option<Foreign>>,
    /// What is due of the reports of the library, as far as it was counted.
    pub(crate) dues: Mutex<BTreeMap<ReportId, KnownDue>>,
}

impl Desk {
    /// Opens the library of the data folder `folder`, making both where they are not there yet; it may have been moved elsewhere.
    ///
    /// # Errors
    /// Why it could not be opened; whatever lies there is as it was.
    pub fn open(world: World, folder: &Path) -> Result<Self, Fault> {
        world.files.make_folder(folder).map_err(|fault| because::of_file(folder, &fault))?;
        let library = Library::open(&place::library_file(&world, folder)?).map_err(|fault| because::of_opening(&fault))?;
        Ok(Self {
            world,
            folder: folder.to_path_buf(),
            library: Mutex::new(library),
            sessions: Mutex::default(),
            saving: Mutex::default(),
            untold: Mutex::default(),
            press: Mutex::default(),
            newest_preview: AtomicU64::new(0),
            shown: Mutex::default(),
            stop_export: Arc::default(),
            foreign: Mutex::default(),
            dues: Mutex::default(),
        })
    }

    /// The library. A panic in another act leaves SQLite as it was after its last commit, so its lock may be taken on.
    pub(crate) fn library(&self) -> MutexGuard<'_, Library> {
        self.library.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// The open reports. Who needs the library as well locks it second.
    pub(crate) fn sessions(&self) -> MutexGuard<'_, Vec<Session>> {
        self.sessions.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// The foreign text that lies beside the desk.
    pub(crate) fn foreign(&self) -> MutexGuard<'_, Option<Foreign>> {
        self.foreign.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// The turn to save, or to let a sitting go on to another report.
    pub(crate) fn turn(&self) -> MutexGuard<'_, ()> {
        self.saving.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Fresh ids for rows, actions and the like; at most a thousand at once.
    pub fn ids(&self, count: usize) -> Vec<uuid::Uuid> {
        use report::ids::Ids;
        let mut ids = self.world.ids();
        (0..count.min(1_000)).map(|_| ids.next()).collect()
    }

    /// Who makes a revision, where and when.
    pub(crate) fn provenance(&self) -> Provenance {
        let author = self.settings().map(|settings| settings.name).unwrap_or_default();
        Provenance { revision: RevisionId::new(&mut self.world.ids()), author, device: device(), at: self.world.clock.now() }
    }
}

/// The machine's own name, as far as the system tells it.
fn device() -> String {
    let named = std::env::var("HOSTNAME").or_else(|_| std::env::var("COMPUTERNAME")).ok();
    named.or_else(|| std::fs::read_to_string("/etc/hostname").ok()).map(|name| name.trim().to_owned()).unwrap_or_default()
}
