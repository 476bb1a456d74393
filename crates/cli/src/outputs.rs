//! Where the command line writes. Always true: an act never writes over a file that it reads, be it named by another link; a file that is no
//! earlier output of the same kind, or cannot be made again, is replaced only with `--force`, and a key or a file that the report needs not even
//! then; `-` is standard input or output; a device or a pipe is written to, never replaced. Deliberately absent: what is written.

use desk::ports::Files;
use same_file::Handle;
use std::io::{self, Read, Write};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, PoisonError};

/// The files of the machine, with a memory of what was read.
pub struct Outputs {
    disk: Arc<dyn Files>,
    force: bool,
    read: Mutex<Vec<(PathBuf, Handle)>>,
    spared: Mutex<Vec<Handle>>,
}

/// Whether something was written before standard output failed.
static WRITTEN: AtomicBool = AtomicBool::new(false);

/// Whether a file was written by this process.
pub fn written() -> bool {
    WRITTEN.load(Ordering::Relaxed)
}

impl Outputs {
    /// Guards the files of a world. `force` replaces files of another kind, and never one that was read.
    pub fn guarding(disk: Arc<dyn Files>, force: bool) -> Self {
        Self { disk, force, read: Mutex::default(), spared: Mutex::default() }
    }

    fn remember(&self, path: &Path) {
        if let Ok(handle) = Handle::from_path(path) {
            self.read.lock().unwrap_or_else(PoisonError::into_inner).push((path.to_path_buf(), handle));
        }
    }

    /// # Errors
    /// When `path` is a file that this act read, one that would be lost, or one of which nothing can be known.
    fn may_replace(&self, path: &Path, bytes: &[u8]) -> io::Result<()> {
        let (there, old) = match (Handle::from_path(path), std::fs::read(path)) {
            (Ok(there), Ok(old)) => (there, old),
            // What cannot be read was not read by this act either.
            _ if self.force => return Ok(()),
            (Err(fault), _) | (_, Err(fault)) => return Err(fault),
        };
        if old == bytes {
            return Ok(());
        }
        let read = self.read.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some((name, _)) = read.iter().find(|(_, handle)| *handle == there) {
            let also = if name == path { String::new() } else { format!(" (as {})", name.display()) };
            return Err(refused(format!("this act reads that file{also}, and would write over it; name another with -o")));
        }
        drop(read);
        let spared = self.spared.lock().unwrap_or_else(PoisonError::into_inner);
        if spared.contains(&there) {
            return Err(refused("that is a file of the report, which would lose it; name another with -o".to_owned()));
        }
        drop(spared);
        if is_key(&old) {
            return Err(refused("a key is there, and nobody can make it again; name another with -o".to_owned()));
        }
        match lost(&old, bytes).filter(|_| !self.force) {
            Some(why) => Err(refused(format!("{why}; --force replaces it"))),
            None => Ok(()),
        }
    }
}

impl Files for Outputs {
    fn read(&self, path: &Path, limit: u64) -> io::Result<Vec<u8>> {
        if path.as_os_str() == "-" {
            return standard_input(limit);
        }
        let bytes = self.disk.read(path, limit)?;
        self.remember(path);
        Ok(bytes)
    }

    fn write_whole(&self, path: &Path, bytes: &[u8]) -> io::Result<()> {
        if path.as_os_str() == "-" {
            let mut out = io::stdout().lock();
            // A reader that has read enough changes nothing (see `out`).
            let written = out.write_all(bytes).and_then(|()| out.flush());
            return written.or_else(|fault| if fault.kind() == io::ErrorKind::BrokenPipe { Ok(()) } else { Err(fault) });
        }
        self.may_write(path, bytes)?;
        let target = target_of(path);
        if std::fs::metadata(&target).is_ok_and(|facts| !facts.is_file()) {
            return std::fs::OpenOptions::new().write(true).open(&target)?.write_all(bytes);
        }
        self.disk.write_whole(&target, bytes)?;
        WRITTEN.store(true, Ordering::Relaxed);
        Ok(())
    }

    fn may_write(&self, path: &Path, bytes: &[u8]) -> io::Result<()> {
        if path.as_os_str() == "-" {
            return Ok(());
        }
        // A folder is asked for first: what is missing is named alike by every act.
        let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
        std::fs::metadata(folder)?;
        if std::fs::metadata(path).is_err() && std::fs::symlink_metadata(path).is_ok_and(|facts| facts.is_symlink()) {
            return Err(refused("that is a link to a file that is not there; name the file itself".to_owned()));
        }
        match std::fs::metadata(target_of(path)) {
            Ok(facts) if facts.is_dir() => Err(io::ErrorKind::IsADirectory.into()),
            Ok(facts) if facts.is_file() => self.may_replace(&target_of(path), bytes),
            _ => Ok(()),
        }
    }

    fn write_new(&self, path: &Path, bytes: &[u8]) -> io::Result<()> {
        if path.is_dir() {
            return Err(io::ErrorKind::IsADirectory.into());
        }
        if path.as_os_str() == "-" {
            return Err(io::Error::new(io::ErrorKind::InvalidInput, "a secret goes into a file of its own, not to standard output"));
        }
        self.disk.write_new(path, bytes)?;
        WRITTEN.store(true, Ordering::Relaxed);
        Ok(())
    }

    fn spare(&self, path: &Path) {
        if let Ok(handle) = Handle::from_path(path) {
            self.spared.lock().unwrap_or_else(PoisonError::into_inner).push(handle);
        }
    }

    fn exists(&self, path: &Path) -> bool {
        self.disk.exists(path)
    }

    fn make_folder(&self, path: &Path) -> io::Result<()> {
        self.disk.make_folder(path)
    }

    fn is_folder(&self, path: &Path) -> bool {
        self.disk.is_folder(path)
    }

    fn below(&self, folder: &Path, most: usize) -> io::Result<Vec<PathBuf>> {
        self.disk.below(folder, most)
    }
}

/// What is piped in, to its end.
fn standard_input(limit: u64) -> io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    io::stdin().lock().take(limit.saturating_add(1)).read_to_end(&mut bytes)?;
    if bytes.len() as u64 > limit { Err(io::ErrorKind::FileTooLarge.into()) } else { Ok(bytes) }
}

/// Through a link the file it names is written; the link stays one.
fn target_of(path: &Path) -> PathBuf {
    std::fs::canonicalize(path).unwrap_or_else(|_| path.to_path_buf())
}

fn refused(words: String) -> io::Error {
    io::Error::new(io::ErrorKind::AlreadyExists, words)
}

/// Why what lies there would be lost; none where it is an earlier output of the same kind, which can be made again.
fn lost(there: &[u8], bytes: &[u8]) -> Option<&'static str> {
    match kind(there) {
        Some(Kind::Report) => Some("a report of that name is there"),
        Some(Kind::Pdf) if signatures(there) > signatures(bytes) => Some("a file of that name is there that more was signed in"),
        Some(known) if kind(bytes).is_some_and(|made| made == known) => None,
        _ => Some("a file of that name is there, and it is no earlier output of this kind"),
    }
}

/// Whether a file holds a private key: an identity as PKCS #12 (RFC 7292: a sequence with the version 3, around PKCS #7), or one in PEM.
fn is_key(bytes: &[u8]) -> bool {
    let head = &bytes[..bytes.len().min(64)];
    let in_der = bytes.starts_with(&[0x30]) && contains(head, &[0x02, 0x01, 0x03, 0x30]) && contains(head, PKCS7);
    in_der || (bytes.starts_with(b"-----BEGIN") && contains(&bytes[..bytes.len().min(4096)], b"PRIVATE KEY-----"))
}

/// 1.2.840.113549.1.7, under which PKCS #7 names its kinds of content.
const PKCS7: &[u8] = &[0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x07];

/// How many signatures and time-stamps a PDF holds (ISO 32000-1, 12.8.1), sound or not. Those of others cannot be made again.
fn signatures(pdf: &[u8]) -> usize {
    const MARK: &[u8] = b"/ByteRange";
    if pdf.starts_with(b"%PDF-") { pdf.windows(MARK.len()).filter(|window| *window == MARK).count() } else { 0 }
}

/// What we make, by the marks it bears.
#[derive(PartialEq)]
enum Kind {
    Pdf,
    Report,
    Handover,
    Calendar,
    Markdown,
    Ccadb,
    Page,
    /// A table, by its first line.
    Table(String),
}

fn kind(bytes: &[u8]) -> Option<Kind> {
    if bytes.starts_with(b"%PDF-") {
        return contains(bytes, b"report.json").then_some(Kind::Pdf);
    }
    let text = std::str::from_utf8(bytes).ok()?.trim_start_matches('\u{feff}');
    if text.starts_with("BEGIN:VCALENDAR") {
        return text.contains("PRODID:-//Rapporteur//").then_some(Kind::Calendar);
    }
    if text.starts_with('{') {
        let json: serde_json::Map<String, serde_json::Value> = serde_json::from_str(text).ok()?;
        let has = |keys: &[&str]| keys.iter().all(|key| json.contains_key(*key));
        return match () {
            () if has(&["format", "id", "template", "sections"]) => Some(Kind::Report),
            () if has(&["incidentSubmission", "submittingEntity"]) => Some(Kind::Handover),
            () => None,
        };
    }
    let first = text.lines().next()?.trim();
    let ours = contains(bytes, b"rapporteur");
    match first {
        "## Preliminary Incident Report" | "## Full Incident Report" => Some(Kind::Ccadb),
        _ if first.starts_with("<!doctype html") || first.starts_with("<!DOCTYPE html") => ours.then_some(Kind::Page),
        _ if text.contains("\n# ") || first.starts_with('#') || first.starts_with("<!--") => ours.then_some(Kind::Markdown),
        _ if first.contains(',') && !first.ends_with('.') => Some(Kind::Table(first.to_owned())),
        _ => None,
    }
}

fn contains(bytes: &[u8], mark: &[u8]) -> bool {
    bytes.windows(mark.len()).any(|window| window == mark)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_we_made_is_replaced_unasked() {
        let ours = report::format::write(&report::catalogue::sample("rfo").expect("a shipped sample"));
        for (there, bytes, may) in [
            (ours.as_str(), ours.replace("rfo", "rfu").as_str(), false),
            ("%PDF-1.7 report.json /ByteRange", "%PDF-1.7 report.json", false),
            ("%PDF-1.7 report.json /ByteRange", "%PDF-1.7 report.json /ByteRange", true),
            ("%PDF-1.7 report.json /ByteRange /ByteRange", "%PDF-1.7 report.json /ByteRange", false),
            ("%PDF-1.7 report.json /ByteRange", "%PDF-1.7 report.json /ByteRange /ByteRange", true),
            ("{\"name\": \"package\"}", ours.as_str(), false),
            ("my notes", ours.as_str(), false),
            ("%PDF-1.7 somebody's invoice", "%PDF-1.7 report.json", false),
            ("%PDF-1.7 with report.json", "%PDF-1.7 report.json", true),
            ("Date,Event\n1,2\n", "Date,Event\n3,4\n", true),
            ("Name,Salary\n1,2\n", "Date,Event\n3,4\n", false),
            ("", ours.as_str(), false),
        ] {
            assert_eq!(lost(there.as_bytes(), bytes.as_bytes()).is_none(), may, "{there:.30} by {bytes:.30}");
        }
    }
}
