//! The built program in a folder of its own, and the files a script would hand it.

use report::{Report, catalogue};
use std::collections::BTreeMap;
use std::ffi::OsStr;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};
use tempfile::TempDir;

/// What every passphrase file here holds.
pub const PASSPHRASE: &str = "correct horse battery staple";
/// 2026-05-12 09:30:00 UTC, for runs that must not depend on the day.
pub const STOPPED: &str = "1778578200";

/// A folder in which the program is run.
pub struct Bench {
    folder: TempDir,
}

/// How a run ended.
#[derive(Debug)]
pub struct Ran {
    pub code: i32,
    pub out: String,
    pub err: String,
}

impl Bench {
    pub fn new() -> Self {
        Self { folder: tempfile::tempdir().expect("a folder") }
    }

    pub fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    /// The program, to be run in the folder by today's clock.
    pub fn command<A: AsRef<OsStr>>(&self, arguments: &[A]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_rapporteur"));
        command.args(arguments).current_dir(self.folder.path()).env_remove("SOURCE_DATE_EPOCH").stdin(Stdio::null());
        command
    }

    /// Runs the program with words split at blanks.
    pub fn run(&self, line: &str) -> Ran {
        Ran::of(&self.command(&words(line)).output().expect("the program runs"))
    }

    /// The same at a moment that never changes.
    pub fn run_stopped(&self, line: &str) -> Ran {
        Ran::of(&self.command(&words(line)).env("SOURCE_DATE_EPOCH", STOPPED).output().expect("the program runs"))
    }

    /// Runs and expects the exit code 0.
    pub fn done(&self, line: &str) -> Ran {
        let ran = self.run(line);
        assert_eq!(ran.code, 0, "{line}: {ran:?}");
        ran
    }

    pub fn write(&self, name: &str, bytes: impl AsRef<[u8]>) -> PathBuf {
        let path = self.path(name);
        fs::write(&path, bytes).expect("it is written");
        path
    }

    pub fn read(&self, name: &str) -> Vec<u8> {
        fs::read(self.path(name)).unwrap_or_else(|fault| panic!("{name}: {fault}"))
    }

    pub fn report(&self, name: &str) -> Report {
        report::format::read(std::str::from_utf8(&self.read(name)).expect("UTF-8")).expect("a report")
    }

    /// A shipped sample as `report.json`, its files beside it.
    pub fn sample(&self, id: &str) -> Report {
        let report = catalogue::sample(id).expect("a shipped sample");
        fs::create_dir_all(self.path("attachments")).expect("a folder");
        for file in &report.attachments {
            let bytes = catalogue::sample_file(&file.sha256, &report).expect("a shipped file");
            self.write(&format!("attachments/{}", file.name), bytes);
        }
        self.write("report.json", report::format::write(&report));
        report
    }

    /// A new identity `NAME.p12`, opened with what `pass` holds; gives the words that sign with it.
    pub fn identity(&self, name: &str) -> String {
        self.write("pass", format!("{PASSPHRASE}\n"));
        self.done(&format!("identity new --name {name} --organisation Specimen -o {name}.p12 --passphrase-file pass"));
        format!("--sign {name}.p12 --passphrase-file pass")
    }

    /// The letter, signed once: `signed.pdf`.
    pub fn signed(&self) -> Vec<u8> {
        let sign = self.identity("Ada");
        self.sample("rfo");
        self.done(&format!("export report.json -o signed.pdf {sign}"));
        self.read("signed.pdf")
    }

    /// Every file here with its bytes, to see that a run left all as it was.
    pub fn everything(&self) -> BTreeMap<PathBuf, Vec<u8>> {
        let mut found = BTreeMap::new();
        collect(self.folder.path(), &mut found);
        found
    }
}

impl Ran {
    pub fn of(output: &Output) -> Self {
        let text = |bytes: &[u8]| String::from_utf8(bytes.to_vec()).expect("UTF-8");
        Self { code: output.status.code().expect("it was not killed"), out: text(&output.stdout), err: text(&output.stderr) }
    }

    /// One clear line on standard error, nothing on standard output, and this exit code.
    pub fn refused(&self, code: i32, clue: &str) {
        assert_eq!(self.code, code, "{self:?}");
        assert_eq!(self.out, "", "an error prints nothing on standard output");
        assert_eq!(self.err.trim_end().lines().count(), 1, "one line: {}", self.err);
        assert!(self.err.starts_with("rapporteur: "), "{}", self.err);
        assert!(self.err.contains(clue), "“{clue}” is not in: {}", self.err);
    }

    pub fn json(&self) -> serde_json::Value {
        serde_json::from_str(&self.out).unwrap_or_else(|fault| panic!("{fault}: {}", self.out))
    }
}

fn words(line: &str) -> Vec<&str> {
    line.split_whitespace().collect()
}

fn collect(folder: &Path, found: &mut BTreeMap<PathBuf, Vec<u8>>) {
    for entry in fs::read_dir(folder).expect("a folder") {
        let path = entry.expect("an entry").path();
        if path.is_dir() {
            found.insert(path.clone(), Vec::new());
            collect(&path, found);
        } else {
            let bytes = fs::read(&path).unwrap_or_default();
            found.insert(path, bytes);
        }
    }
}
