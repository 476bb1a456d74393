//! The world, handed in: the clock, chance, and files. The shell gives the real ones, tests give their own.

use chrono::{DateTime, Utc};
use report::ids::{Ids, uuid_v7};
use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// What time it is.
pub trait Clock: Send + Sync {
    /// The time by this machine's clock.
    fn now(&self) -> DateTime<Utc>;
    /// Milliseconds of a clock that never runs back.
    fn steady_ms(&self) -> u64;
}

/// Chance.
pub trait Chance: Send + Sync {
    /// Ten bytes nobody can foresee.
    fn ten(&self) -> [u8; 10];
}

/// Files.
pub trait Files: Send + Sync {
    /// The whole file; refused when it has more than `limit` bytes.
    ///
    /// # Errors
    /// Those of the system; [`io::ErrorKind::FileTooLarge`] past the limit.
    fn read(&self, path: &Path, limit: u64) -> io::Result<Vec<u8>>;
    /// Writes the whole file or nothing: a temporary file in the same folder, synced, then renamed.
    ///
    /// # Errors
    /// Those of the system; what stood at `path` is as it was.
    fn write_whole(&self, path: &Path, bytes: &[u8]) -> io::Result<()>;
    /// Whether there is a file.
    fn exists(&self, path: &Path) -> bool;
    /// Makes a folder and those above it.
    ///
    /// # Errors
    /// Those of the system.
    fn make_folder(&self, path: &Path) -> io::Result<()>;
}

/// The network: only ever a hash, to an authority a person named.
pub trait Network: Send + Sync {
    /// Sends a time-stamp request (DER) and gives the answer (DER).
    ///
    /// # Errors
    /// No network, no answer in time, or an answer that is something else.
    fn ask_time(&self, url: &str, request: &[u8]) -> Result<Vec<u8>, Box<dyn std::error::Error + Send + Sync>>;
}

/// The world as one value.
#[derive(Clone)]
pub struct World {
    /// The clock.
    pub clock: Arc<dyn Clock>,
    /// Chance.
    pub chance: Arc<dyn Chance>,
    /// Files.
    pub files: Arc<dyn Files>,
    /// The network.
    pub network: Arc<dyn Network>,
}

impl World {
    /// The machine's own.
    pub fn real() -> Self {
        Self {
            clock: Arc::new(MachineClock::new()),
            chance: Arc::new(MachineChance),
            files: Arc::new(Disk),
            network: Arc::new(crate::network::Internet),
        }
    }

    /// Where new ids come from.
    pub fn ids(&self) -> FreshIds<'_> {
        FreshIds(self)
    }
}

/// Ids from the world's clock and chance.
pub struct FreshIds<'a>(&'a World);

impl Ids for FreshIds<'_> {
    fn next(&mut self) -> uuid::Uuid {
        let ms = u64::try_from(self.0.clock.now().timestamp_millis()).unwrap_or(0);
        uuid_v7(ms, self.0.chance.ten())
    }
}

/// The machine's clock. `SOURCE_DATE_EPOCH` (seconds since 1970) stops it, as reproducible builds ask.
struct MachineClock {
    start: std::time::Instant,
    stopped: Option<DateTime<Utc>>,
}

impl MachineClock {
    fn new() -> Self {
        let stopped = std::env::var("SOURCE_DATE_EPOCH").ok().and_then(|seconds| DateTime::from_timestamp(seconds.parse().ok()?, 0));
        Self { start: std::time::Instant::now(), stopped }
    }
}

impl Clock for MachineClock {
    fn now(&self) -> DateTime<Utc> {
        self.stopped.unwrap_or_else(Utc::now)
    }

    fn steady_ms(&self) -> u64 {
        u64::try_from(self.start.elapsed().as_millis()).unwrap_or(u64::MAX)
    }
}

struct MachineChance;

impl Chance for MachineChance {
    fn ten(&self) -> [u8; 10] {
        let mut bytes = [0; 10];
        getrandom::fill(&mut bytes).expect("the operating system gives random bytes");
        bytes
    }
}

/// The machine's files.
struct Disk;

impl Files for Disk {
    fn read(&self, path: &Path, limit: u64) -> io::Result<Vec<u8>> {
        use io::Read;
        let file = std::fs::File::open(path)?;
        let facts = file.metadata()?;
        if facts.is_dir() {
            return Err(io::ErrorKind::IsADirectory.into());
        }
        // Before anything is read; what has no length beforehand (a pipe) is cut off below.
        if facts.len() > limit {
            return Err(io::ErrorKind::FileTooLarge.into());
        }
        let mut bytes = Vec::new();
        file.take(limit.saturating_add(1)).read_to_end(&mut bytes)?;
        if bytes.len() as u64 > limit {
            return Err(io::ErrorKind::FileTooLarge.into());
        }
        Ok(bytes)
    }

    fn write_whole(&self, path: &Path, bytes: &[u8]) -> io::Result<()> {
        use io::Write;
        let folder = folder_of(path);
        let mut temporary = tempfile::Builder::new().prefix(".rapporteur-").suffix(".part").tempfile_in(&folder)?;
        temporary.write_all(bytes)?;
        temporary.as_file().sync_all()?;
        keep_mode(path, temporary.as_file())?;
        temporary.persist(path).map_err(|fault| fault.error)?;
        // The name is only as durable as its folder. Not every system lets a folder be synced; the file itself is.
        if let Ok(folder) = std::fs::File::open(&folder) {
            let _ = folder.sync_all();
        }
        Ok(())
    }

    fn exists(&self, path: &Path) -> bool {
        path.is_file()
    }

    fn make_folder(&self, path: &Path) -> io::Result<()> {
        std::fs::create_dir_all(path)
    }
}

fn folder_of(path: &Path) -> PathBuf {
    path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new(".")).to_path_buf()
}

/// Temporary files are for their owner alone; what is handed over gets the mode of the file it replaces, else that of any new file.
#[cfg(unix)]
fn keep_mode(path: &Path, file: &std::fs::File) -> io::Result<()> {
    use std::os::unix::fs::PermissionsExt;
    let private = path.extension().is_some_and(|extension| extension == "p12" || extension == "pfx");
    let mode = match std::fs::metadata(path) {
        Ok(old) => old.permissions().mode() & 0o777,
        Err(_) if private => 0o600,
        Err(_) => 0o644,
    };
    file.set_permissions(std::fs::Permissions::from_mode(mode))
}

#[cfg(not(unix))]
fn keep_mode(_: &Path, _: &std::fs::File) -> io::Result<()> {
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_is_written_whole_or_not_at_all() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("a.pdf");
        Disk.write_whole(&path, b"one").expect("it writes");
        Disk.write_whole(&path, b"two").expect("it writes");
        assert_eq!(Disk.read(&path, 3).expect("it reads"), b"two");
        assert_eq!(std::fs::read_dir(folder.path()).expect("a folder").count(), 1, "no temporary file is left");
        assert!(Disk.write_whole(&folder.path().join("gone/a.pdf"), b"x").is_err());
    }

    #[test]
    fn a_file_past_the_limit_and_a_folder_are_refused() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("a");
        std::fs::write(&path, [0; 11]).expect("it writes");
        assert_eq!(Disk.read(&path, 10).map_err(|e| e.kind()), Err(io::ErrorKind::FileTooLarge));
        assert_eq!(Disk.read(folder.path(), 10).map_err(|e| e.kind()), Err(io::ErrorKind::IsADirectory));
    }

    #[test]
    fn ids_are_version_seven_and_differ() {
        let world = World::real();
        let (a, b) = (world.ids().next(), world.ids().next());
        assert!(a.get_version_num() == 7 && a != b);
    }
}
