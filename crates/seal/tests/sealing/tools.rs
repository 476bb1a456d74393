//! The foreign tools the tests ask for a second opinion, and how to find them.

use std::{
    path::{Path, PathBuf},
    process::{Command, Output},
};

/// Runs a program and returns what it said; panics with that if it failed.
pub fn run(command: &mut Command) -> String {
    let output = command.output().unwrap_or_else(|error| panic!("{command:?}: {error}"));
    assert!(output.status.success(), "{command:?}\n{}", said(&output));
    said(&output)
}

/// Everything a program printed.
pub fn said(output: &Output) -> String {
    format!("{}{}", String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr))
}

/// The program, or None with the reason printed.
pub fn find(program: &str, needed_for: &str) -> Option<PathBuf> {
    let named = std::env::var_os(format!("RAPPORTEUR_{}", program.to_uppercase())).map(PathBuf::from);
    let on_path = || {
        let folders = std::env::var_os("PATH")?;
        std::env::split_paths(&folders).map(|folder| folder.join(program)).find(|path| path.is_file())
    };
    let found = named.or_else(on_path);
    if found.is_none() {
        println!("left out: {needed_for}, because {program} is not installed");
    }
    found
}

/// pyHanko's judgement of a file, with `ca` trusted: its bottom line, and all it said.
pub fn pyhanko_validate(pyhanko: &Path, ca: &Path, pdf: &Path) -> (bool, String) {
    let mut command = Command::new(pyhanko);
    command.args(["sign", "validate", "--pretty-print", "--no-revocation-check", "--trust"]).args([ca, pdf]);
    let output = command.output().unwrap_or_else(|error| panic!("{command:?}: {error}"));
    let said = said(&output);
    let bottom_lines = said.matches("The signature is judged VALID.").count();
    let signatures = said.matches("Bottom line").count();
    (output.status.success() && signatures > 0 && bottom_lines == signatures, said)
}
