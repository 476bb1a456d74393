//! Every format a version of Rapporteur ever wrote opens, and nothing in it is dropped. The files were written by that version and are frozen
//! by their digests: a change of what is written adds a folder, it never touches one (see `FORMAT.md`).
use report::format;
use serde_json::Value;
use sha2::{Digest, Sha256};
use std::path::{Path, PathBuf};
use std::{fs, io};

#[test]
fn what_was_written_before_opens_and_nothing_is_dropped() {
    for (path, _) in frozen() {
        let written = fs::read_to_string(&path).expect("it is readable");
        for read in [format::read, format::read_kept] {
            let report = read(&written).unwrap_or_else(|fault| panic!("{}: {fault}", path.display()));
            let again: Value = serde_json::from_str(&format::write(&report)).expect("it is JSON");
            let before: Value = serde_json::from_str(&written).expect("it is JSON");
            let mut lost = Vec::new();
            dropped(&before, &again, "", &mut lost);
            assert_eq!(lost, Vec::<String>::new(), "{}", path.display());
        }
    }
}

#[test]
fn the_files_of_a_format_are_frozen() {
    for (path, digest) in frozen() {
        let bytes = fs::read(&path).expect("it is readable");
        let is: String = Sha256::digest(&bytes).iter().map(|byte| format!("{byte:02x}")).collect();
        assert_eq!(is, digest, "{} was written by an earlier version and is never changed", path.display());
    }
}

#[test]
fn every_format_has_its_files_and_every_file_is_listed() {
    let listed: Vec<PathBuf> = frozen().into_iter().map(|(path, _)| path).collect();
    for number in 1..=report::report::FORMAT {
        let lying: Vec<PathBuf> = fs::read_dir(folder().join(number.to_string()))
            .and_then(|entries| entries.map(|entry| Ok(entry?.path())).collect::<io::Result<_>>())
            .unwrap_or_else(|fault| panic!("the files of format {number}: {fault}"));
        assert!(!lying.is_empty() && lying.iter().all(|path| listed.contains(path)), "format {number}: {lying:?}");
    }
}

/// The files and their digests, as `sha256sum` lists them.
fn frozen() -> Vec<(PathBuf, String)> {
    let list = fs::read_to_string(folder().join("FROZEN")).expect("the list is there");
    list.lines().filter_map(|line| line.split_once("  ")).map(|(digest, name)| (folder().join(name), digest.to_owned())).collect()
}

fn folder() -> &'static Path {
    Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/formats"))
}

/// Where something of `before` is missing or another in `after` (RFC 6901). What was added since is no loss.
fn dropped(before: &Value, after: &Value, at: &str, lost: &mut Vec<String>) {
    match (before, after) {
        (Value::Object(had), Value::Object(has)) => {
            for (key, value) in had {
                let at = format!("{at}/{key}");
                match has.get(key) {
                    Some(now) => dropped(value, now, &at, lost),
                    None if is_nothing(value) => {}
                    None => lost.push(at),
                }
            }
        }
        (Value::Array(had), Value::Array(has)) if had.len() == has.len() => {
            had.iter().zip(has).enumerate().for_each(|(nth, (had, has))| dropped(had, has, &format!("{at}/{nth}"), lost));
        }
        (had, has) if had == has => {}
        _ => lost.push(at.to_owned()),
    }
}

/// What says no more than its absence.
fn is_nothing(value: &Value) -> bool {
    match value {
        Value::Null => true,
        Value::String(words) => words.is_empty(),
        Value::Array(items) => items.is_empty(),
        Value::Object(members) => members.is_empty(),
        Value::Bool(_) | Value::Number(_) => false,
    }
}
