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
    /// Whether [`Files::write_whole`] would be let to. Asked before the first of several files is written.
    ///
    /// # Errors
    /// Why not.
    fn may_write(&self, _path: &Path, _bytes: &[u8]) -> io::Result<()> {
        Ok(())
    }
    /// The same for a file that holds a secret and must not be there yet: readable by its owner alone, whatever it is called.
    ///
    /// # Errors
    /// Those of the system; [`io::ErrorKind::AlreadyExists`] where there is a file, also one that was made meanwhile.
    fn write_new(&self, path: &Path, bytes: &[u8]) -> io::Result<()>;
    /// Notes that the report in hand needs a file: nothing that is made meanwhile may take its place.
    fn spare(&self, _path: &Path) {}
    /// Whether there is a file.
    fn exists(&self, path: &Path) -> bool;
    /// Makes a folder and those above it.
    ///
    /// # Errors
    /// Those of the system.
    fn make_folder(&self, path: &Path) -> io::Result<()>;
    /// Whether there is a folder.
    fn is_folder(&self, path: &Path) -> bool;
    /// The files below a folder by name, at most one more than `most`. What is hidden is left out, and links to folders are not followed.
    ///
    /// # Errors
    /// Those of the system for the folder itself; one below it that cannot be read counts as empty.
    fn below(&self, folder: &Path, most: usize) -> io::Result<Vec<PathBuf>>;
}

/// The network: a hash, to an authority a person named; and, where a person asks for proofs, the addresses that certificates name.
pub trait Network: Send + Sync {
    /// Sends a time-stamp request (DER) and gives the answer (DER).
    ///
    /// # Errors
    /// No network, no answer in time, or an answer that is something else.
    fn ask_time(&self, url: &str, request: &[u8]) -> Result<Vec<u8>, Box<dyn std::error::Error + Send + Sync>>;
    /// Asks what stands of a certificate (OCSP, in DER both ways).
    ///
    /// # Errors
    /// The same.
    fn ask_standing(&self, url: &str, request: &[u8]) -> Result<Vec<u8>, Box<dyn std::error::Error + Send + Sync>>;
    /// What lies at an address: a certificate, or a list of revoked ones.
    ///
    /// # Errors
    /// The same.
    fn fetch(&self, url: &str) -> Result<Vec<u8>, Box<dyn std::error::Error + Send + Sync>>;
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
    /// Who speaks to tokens: a process of its own.
    pub tokens: token::Helper,
}

impl World {
    /// The machine's own.
    pub fn real() -> Self {
        Self {
            clock: Arc::new(MachineClock::new()),
            chance: Arc::new(MachineChance),
            files: Arc::new(Disk),
            network: Arc::new(crate::network::Internet),
            tokens: token::Helper::this_program(),
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
        let folder = folder_of(path);
        let temporary = filled(&folder, bytes, NEW_FILE)?;
        keep_mode(path, temporary.as_file())?;
        temporary.persist(path).map_err(|fault| fault.error)?;
        sync_folder(&folder);
        Ok(())
    }

    fn write_new(&self, path: &Path, bytes: &[u8]) -> io::Result<()> {
        let folder = folder_of(path);
        filled(&folder, bytes, PRIVATE_FILE)?.persist_noclobber(path).map_err(|fault| fault.error)?;
        sync_folder(&folder);
        Ok(())
    }

    fn exists(&self, path: &Path) -> bool {
        path.is_file()
    }

    fn make_folder(&self, path: &Path) -> io::Result<()> {
        std::fs::create_dir_all(path)
    }

    fn is_folder(&self, path: &Path) -> bool {
        path.is_dir()
    }

    fn below(&self, folder: &Path, most: usize) -> io::Result<Vec<PathBuf>> {
        let mut found = Vec::new();
        let mut open = vec![std::fs::read_dir(folder)?];
        while let Some(entries) = open.pop() {
            for entry in entries.flatten().filter(|entry| !entry.file_name().to_string_lossy().starts_with('.')) {
                let path = entry.path();
                if entry.file_type().is_ok_and(|kind| kind.is_dir()) {
                    open.extend(std::fs::read_dir(path));
                } else if path.is_file() {
                    found.push(path);
                }
                if found.len() > most {
                    return Ok(found);
                }
            }
        }
        found.sort();
        Ok(found)
    }
}

fn folder_of(path: &Path) -> PathBuf {
    path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new(".")).to_path_buf()
}

/// What a new file may be read by, before the umask takes its share; of files that hold secrets, their owner.
const NEW_FILE: u32 = 0o666;
const PRIVATE_FILE: u32 = 0o600;
const PREFIX: &str = ".rapporteur-";
const SUFFIX: &str = ".part";
/// The letters of chance in the name of a temporary file.
const RANDOM: usize = 8;

/// A temporary file in that folder, written and synced. It is locked while its process lives, so that the next one knows what a killed one
/// left behind.
fn filled(folder: &Path, bytes: &[u8], mode: u32) -> io::Result<tempfile::NamedTempFile> {
    use io::Write;
    sweep(folder);
    let prefix = format!("{PREFIX}{}-", std::process::id());
    let mut builder = tempfile::Builder::new();
    builder.prefix(&prefix).suffix(SUFFIX).rand_bytes(RANDOM);
    #[cfg(unix)]
    builder.permissions(std::os::unix::fs::PermissionsExt::from_mode(mode));
    #[cfg(not(unix))]
    let _ = mode;
    let mut temporary = loop {
        let made = builder.tempfile_in(folder)?;
        // Not every file system has locks; there nothing is swept either.
        let _ = made.as_file().try_lock();
        if made.path().exists() {
            break made;
        }
        // Swept by another process between its making and its lock.
    };
    temporary.write_all(bytes)?;
    temporary.as_file().sync_all()?;
    Ok(temporary)
}

/// Takes away what a killed process left half-written.
fn sweep(folder: &Path) {
    let Ok(entries) = std::fs::read_dir(folder) else { return };
    for entry in entries.flatten() {
        let name = entry.file_name();
        if is_half_written(&name.to_string_lossy())
            && std::fs::OpenOptions::new().write(true).open(entry.path()).is_ok_and(|file| file.try_lock().is_ok())
        {
            // One that cannot be taken away now is in nobody's way.
            let _ = std::fs::remove_file(entry.path());
        }
    }
}

/// Whether a name is one that [`filled`] gives: our prefix, the number of a process, letters of chance. A person's own file has none such.
fn is_half_written(name: &str) -> bool {
    let inner = name.strip_prefix(PREFIX).and_then(|rest| rest.strip_suffix(SUFFIX)).and_then(|inner| inner.split_once('-'));
    inner.is_some_and(|(process, chance)| {
        process.parse::<u32>().is_ok() && chance.len() == RANDOM && chance.bytes().all(|byte| byte.is_ascii_alphanumeric())
    })
}

/// The name is only as durable as its folder. Not every system lets a folder be synced; the file itself is.
fn sync_folder(folder: &Path) {
    if let Ok(folder) = std::fs::File::open(folder) {
        let _ = folder.sync_all();
    }
}

/// What replaces a file gets that file's mode; a new file has what the umask leaves.
#[cfg(unix)]
fn keep_mode(path: &Path, file: &std::fs::File) -> io::Result<()> {
    use std::os::unix::fs::PermissionsExt;
    match std::fs::metadata(path) {
        Ok(old) => file.set_permissions(std::fs::Permissions::from_mode(old.permissions().mode() & 0o777)),
        Err(_) => Ok(()),
    }
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
    fn what_a_killed_process_left_is_swept_and_what_a_living_one_writes_is_not() {
        let folder = tempfile::tempdir().expect("a folder");
        std::fs::write(folder.path().join(".rapporteur-4711-a1B2c3D4.part"), b"half").expect("it writes");
        // What a person calls so is theirs.
        for own in [".rapporteur-x.part", ".rapporteur-notes-2026.part", ".rapporteur-12-abc.part", "rapporteur-1-a1B2c3D4.part"] {
            std::fs::write(folder.path().join(own), b"mine").expect("it writes");
        }
        let living = filled(folder.path(), b"being written", NEW_FILE).expect("it is made");
        Disk.write_whole(&folder.path().join("a.pdf"), b"one").expect("it writes");
        assert!(living.path().exists());
        assert_eq!(std::fs::read_dir(folder.path()).expect("a folder").count(), 6);
    }

    #[cfg(unix)]
    #[test]
    fn a_secret_is_its_owners_alone_and_has_one_winner() {
        use std::os::unix::fs::PermissionsExt;
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("key of mine.bin");
        let made = std::thread::scope(|scope| {
            let hands: Vec<_> = (0..8_u8)
                .map(|hand| {
                    scope.spawn({
                        let path = &path;
                        move || Disk.write_new(path, &[hand]).is_ok()
                    })
                })
                .collect();
            hands.into_iter().map(|hand| hand.join().expect("it ends")).filter(|made| *made).count()
        });
        assert_eq!(made, 1);
        assert_eq!(std::fs::metadata(&path).expect("it is there").permissions().mode() & 0o777, 0o600);
        assert_eq!(std::fs::read_dir(folder.path()).expect("a folder").count(), 1);
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
