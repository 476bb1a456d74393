//! Adding to a signed file what is needed to judge it later: trusted time, certificates, and proofs that they were not revoked.
//! Always true: what was in the file stays byte for byte, and the file it was read from stays as it is; the addresses that certificates name
//! are asked here only, and only because a person asked for this act.

use crate::because;
use crate::documents;
use crate::fault::Fault;
use crate::filing::Verification;
use crate::network::{Authorities, Proofs};
use crate::ports::World;
use crate::verification;
use seal::{Certificate, Level, Reach, Sources};
use std::path::Path;

/// What to add, and from where.
pub struct Wanted<'a> {
    /// How far to bring the file.
    pub reach: Reach,
    /// The addresses of time-stamp authorities, asked in this order.
    pub authorities: &'a [String],
    /// Certificates at hand, for what neither the file nor an address gives.
    pub certificates: &'a [Certificate],
}

/// What was added.
pub struct Brought {
    /// Whether every signature is as far as was wanted.
    pub reached: bool,
    /// Whether the file was written: something was added, or nothing was lacking.
    pub written: bool,
    /// The verdict on the file as it is now.
    pub verification: Verification,
    /// What could not be had, a sentence each.
    pub lacking: Vec<String>,
}

/// Brings the signed file at `path` as far as wanted, or as far as can be had, and writes it to `output`.
///
/// # Errors
/// A file that cannot be read, is not signed or not sound; the disk's. `output` is as it was.
pub fn extend(world: &World, path: &Path, wanted: &Wanted<'_>, output: &Path) -> Result<Brought, Fault> {
    let pdf = documents::read_bytes(world, path)?;
    let before = pdf.len();
    let Further { bytes, reached, lacking } = further(world, path, pdf, wanted)?;
    // A file that has all that was wanted is what was asked for.
    let written = reached || bytes.len() > before;
    if written {
        world.files.write_whole(output, &bytes).map_err(|fault| because::of_writing(output, &fault))?;
    }
    Ok(Brought { reached, written, verification: verification::verify(world, output, &bytes, seal::Anchors::default())?, lacking })
}

/// A signed file with more in it, or as it was.
pub(crate) struct Further {
    pub(crate) bytes: Vec<u8>,
    /// Whether every signature is as far as was wanted.
    pub(crate) reached: bool,
    /// What could not be had, a sentence each.
    pub(crate) lacking: Vec<String>,
}

/// Brings signed bytes as far as wanted, or as far as can be had; `path` is what they are called where something is wrong with them.
pub(crate) fn further(world: &World, path: &Path, pdf: Vec<u8>, wanted: &Wanted<'_>) -> Result<Further, Fault> {
    let authorities = Authorities::at(world.network.as_ref(), wanted.authorities);
    let sources = Sources { authority: &authorities, proofs: &Proofs(world.network.as_ref()), certificates: wanted.certificates };
    let extended = seal::extend(pdf, wanted.reach, &sources, world.clock.now()).map_err(|fault| because::of_extending(path, &fault))?;
    let levels = extended.verdict.signatures.iter().all(|signature| has_reached(signature.level, wanted.reach));
    let reached = levels && extended.gaps.is_empty() && extended.no_time.is_none();
    let no_time = extended.no_time.as_ref().map(|fault| match wanted.authorities {
        [] => "no time-stamp authority was named, and a signature has no trusted time".to_owned(),
        _ => format!("the time-stamp authority could not be used: {}", because::of_time(fault)),
    });
    let plain = extended.verdict.signatures.iter().filter(|signature| signature.level == Level::Cms);
    let plain = plain.map(|signature| {
        let signer = signature.signer.as_ref().map_or("a signer", |signer| signer.name.as_str());
        format!("{signer}: the signature is of an older format, which has no levels to reach")
    });
    let lacking = no_time.into_iter().chain(extended.gaps.iter().map(because::of_gap)).chain(plain).collect();
    Ok(Further { bytes: extended.bytes, reached, lacking })
}

fn has_reached(level: Level, reach: Reach) -> bool {
    match level {
        Level::DocumentTimestamp | Level::BaselineLta => true,
        Level::BaselineLt => reach <= Reach::Proofs,
        Level::BaselineT => reach == Reach::Time,
        Level::Cms | Level::BaselineB => false,
    }
}
