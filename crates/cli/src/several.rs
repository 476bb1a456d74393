//! One act on several files. Always true: a file that cannot be read is named and hides none of the others; alone, it ends the act.

use crate::Ended;
use desk::Fault;
use serde::Serialize;
use std::path::{Path, PathBuf};

/// What came of each file, in the order they were named.
pub struct Several<'a, T> {
    of: Vec<(&'a Path, Result<T, Fault>)>,
}

/// One of several files as JSON: what came of it, or why it could not be read.
#[derive(Serialize)]
#[serde(untagged)]
enum OfFile<T> {
    Read {
        file: String,
        #[serde(flatten)]
        found: T,
    },
    Unread {
        file: String,
        error: String,
    },
}

impl<'a, T> Several<'a, T> {
    /// Does it for each.
    ///
    /// # Errors
    /// Why the only file could not be read.
    pub fn each(paths: &'a [PathBuf], mut act: impl FnMut(&Path) -> Result<T, Fault>) -> Result<Self, Fault> {
        let mut of: Vec<(&Path, Result<T, Fault>)> = paths.iter().map(|path| (path.as_path(), act(path))).collect();
        match of.pop() {
            Some((_, Err(fault))) if of.is_empty() => Err(fault),
            last => {
                of.extend(last);
                Ok(Self { of })
            }
        }
    }

    /// Prints what was found in words; above each of several its name.
    pub fn say(&self, words: impl Fn(&T) -> String) {
        for (path, found) in &self.of {
            match found {
                Ok(found) if self.of.len() == 1 => crate::out::say(&words(found)),
                Ok(found) => crate::out::say(&format!("{}:\n{}", path.display(), words(found))),
                Err(fault) => crate::out::tell(format_args!("rapporteur: {}", fault.detail)),
            }
        }
    }

    /// Prints what was found as JSON: of one file as `alone` shapes it, of several as `[{file, …}]` by `among`, an unread one with its `error`.
    ///
    /// # Errors
    /// None but those of writing JSON.
    pub fn print<'b, A: Serialize, B: Serialize>(&'b self, alone: impl Fn(&'b T) -> A, among: impl Fn(&'b T) -> B) -> Result<(), Fault> {
        if let [(_, Ok(found))] = self.of.as_slice() {
            return crate::verify::print_json(&alone(found));
        }
        let each = self.of.iter().map(|(path, found)| {
            let file = path.display().to_string();
            match found {
                Ok(found) => OfFile::Read { file, found: among(found) },
                Err(fault) => OfFile::Unread { file, error: fault.detail.clone() },
            }
        });
        crate::verify::print_json(&each.collect::<Vec<_>>())
    }

    /// How the act ended: some were not read, some are refused, or all is well.
    pub fn ended(&self, is_well: impl Fn(&T) -> bool) -> Ended {
        if self.of.iter().any(|(_, found)| found.is_err()) {
            return Ended::Unread;
        }
        if self.of.iter().flat_map(|(_, found)| found).all(is_well) { Ended::Done } else { Ended::Refused }
    }
}
