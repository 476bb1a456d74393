//! Where modules lie.

use std::path::PathBuf;

/// The modules of usual makers that are installed here, in the order in which they are tried.
pub fn usual_modules() -> Vec<PathBuf> {
    let lines = include_str!("../data/modules.txt").lines().map(str::trim);
    lines.filter(|line| !line.is_empty() && !line.starts_with('#')).map(PathBuf::from).filter(|path| path.is_file()).collect()
}
