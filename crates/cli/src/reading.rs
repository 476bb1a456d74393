//! What an act reads. Always true: whoever reads a signed file that is not sound hears it, because what it carries may not be what was signed.

use desk::ports::World;
use desk::{Fault, documents};
use report::Report;
use std::path::Path;

/// The report in a file.
///
/// # Errors
/// Says what the file is instead.
pub fn report(world: &World, path: &Path) -> Result<Report, Fault> {
    Ok(taken(world, path)?.report)
}

/// The same, as its files are looked at, too.
///
/// # Errors
/// Those of [`report`].
pub fn taken(world: &World, path: &Path) -> Result<documents::Taken, Fault> {
    let taken = documents::take(world, path)?;
    if let Some(reason) = taken.unsound {
        doubt(path, reason);
    }
    Ok(taken)
}

/// Says that a signed file is not sound.
pub fn doubt(path: &Path, reason: &str) {
    crate::out::tell(format_args!("rapporteur: {} is read, but it is not sound: {reason}; `rapporteur verify` says more", path.display()));
}
