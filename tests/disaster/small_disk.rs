//! A disk in memory, small enough to fill.

use std::fs;
use std::path::Path;
use std::process::Command;
use tempfile::TempDir;

/// A mounted disk; unmounted when it is dropped.
pub struct SmallDisk {
    folder: TempDir,
}

impl SmallDisk {
    /// A disk of that size ("8m"); none, with the reason printed, where this user may not mount one.
    pub fn of(size: &str) -> Option<Self> {
        let folder = tempfile::tempdir().expect("a folder");
        let mount = Command::new("mount").args(["-t", "tmpfs", "-o", &format!("size={size}"), "tmpfs"]).arg(folder.path()).output();
        if mount.is_ok_and(|mount| mount.status.success()) {
            return Some(Self { folder });
        }
        println!("not tested here: this user may not mount a small disk");
        None
    }

    pub fn path(&self) -> &Path {
        self.folder.path()
    }

    /// Takes all the space that is left.
    pub fn fill(&self) {
        let page = vec![0; 4096];
        for number in 0.. {
            if fs::write(self.path().join(format!("filler-{number}")), &page).is_err() {
                return;
            }
        }
    }

    /// Gives it back.
    pub fn free(&self) {
        for name in self.names().into_iter().filter(|name| name.starts_with("filler-")) {
            fs::remove_file(self.path().join(name)).expect("it is removed");
        }
    }

    pub fn names(&self) -> Vec<String> {
        let entries = fs::read_dir(self.path()).expect("the disk");
        entries.map(|entry| entry.expect("an entry").file_name().to_string_lossy().into_owned()).collect()
    }

    /// The names that are no filler.
    pub fn kept(&self) -> Vec<String> {
        let mut kept = self.names();
        kept.retain(|name| !name.starts_with("filler-"));
        kept.sort();
        kept
    }
}

impl Drop for SmallDisk {
    fn drop(&mut self) {
        Command::new("umount").arg("-l").arg(self.folder.path()).status().ok();
    }
}
