//! Adding to a signed file what is needed to judge it later: trusted time, certificates, and proofs that they were not revoked.
//! Always true: what was in the file stays byte for byte, and the file it was read from stays as it is; the addresses that certificates name
//! are asked here only, and only because a person asked for this act.

use crate::asked::{Asked, Watched};
use crate::because;
use crate::countersigning::see_apart;
use crate::desk::Desk;
use crate::documents;
use crate::export::step;
use crate::fault::Fault;
use crate::filing::{Exported, Progress, Verification};
use crate::network::{Authorities, Proofs};
use crate::ports::World;
use crate::printing::sha256;
use crate::verification;
use seal::{Certificate, Level, Reach, Sources};
use serde::{Deserialize, Serialize};
use std::ops::ControlFlow;
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::Ordering;
use ts_rs::TS;

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
    /// The size of the file in bytes.
    pub bytes: u64,
    /// Its SHA-256 in hexadecimal.
    pub sha256: String,
    /// The verdict on the file as it is now.
    pub verification: Verification,
    /// What could not be had, a sentence each.
    pub lacking: Vec<String>,
}

/// Brings the signed file at `path` as far as wanted, or as far as can be had, and writes it to `output`. `watch` is told of each step and may
/// stop it before the file has its name.
///
/// # Errors
/// A file that cannot be read, is not signed or not sound; the disk's. `output` is as it was.
pub fn extend(
    world: &World,
    path: &Path,
    wanted: &Wanted<'_>,
    output: &Path,
    watch: &mut dyn FnMut(Progress) -> ControlFlow<()>,
) -> Result<Brought, Fault> {
    let pdf = documents::read_bytes(world, path)?;
    let before = pdf.len();
    let Further { bytes, reached, lacking } = further(world, path, pdf, wanted)?;
    step(watch, Progress::Checking)?;
    // A file that has all that was wanted is what was asked for.
    let written = reached || bytes.len() > before;
    if written {
        step(watch, Progress::Writing)?;
        world.files.write_whole(output, &bytes).map_err(|fault| because::of_writing(output, &fault))?;
    }
    let verification = verification::verify(world, output, &bytes, seal::Anchors::default())?;
    Ok(Brought { reached, written, bytes: bytes.len() as u64, sha256: sha256(&bytes), verification, lacking })
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

/// How far the window brings a file.
#[derive(Clone, Copy, Debug, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
#[ts(export)]
pub enum Lasting {
    /// A trusted time for every signature: B-T.
    Time,
    /// The proofs to judge it by later: B-LT.
    Proofs,
    /// A trusted time over all of it, to be renewed: B-LTA.
    Archive,
}

/// What a person wants of a signed file.
#[derive(Clone, Deserialize, TS)]
#[ts(export)]
pub struct ExtendRequest {
    /// The file.
    pub path: String,
    /// Where the new one goes.
    pub output: String,
    /// How far.
    pub reach: Lasting,
}

/// What came of it.
#[derive(Clone, Debug, Serialize, TS)]
#[ts(export)]
pub struct ExtendedFile {
    /// Where the new file lies; none where nothing could be added, and nothing was written.
    pub path: Option<String>,
    /// Whether every signature is as far as was wanted.
    pub reached: bool,
    /// The verdict on it as it is now.
    pub verification: Verification,
    /// What could not be had, a sentence each.
    pub lacking: Vec<String>,
    /// Who was asked, for what, in order.
    pub asked: Vec<Asked>,
    /// Why the library does not know of the file, where it could not be told.
    pub unnoted: Option<Fault>,
}

impl Desk {
    /// Brings a signed file as far as wanted, with the authorities of the settings, into a new file. `tell` hears of each address before it is
    /// asked.
    ///
    /// # Errors
    /// Those of [`extend`], [`crate::FaultCode::Cancelled`], and [`crate::FaultCode::Unreadable`] where the new file would take the place of
    /// the opened one.
    pub fn extend(&self, request: &ExtendRequest, tell: impl Fn(&Asked) + Send + Sync + 'static) -> Result<ExtendedFile, Fault> {
        self.stop_export.store(false, Ordering::SeqCst);
        let (path, output) = (Path::new(&request.path), Path::new(&request.output));
        see_apart(path, output)?;
        let authorities = self.settings()?.authorities();
        let network = Arc::new(Watched::over(self.world.network.clone(), Box::new(tell), self.stop_export.clone()));
        let world = World { network: network.clone(), ..self.world.clone() };
        let before = documents::read_bytes(&world, path)?;
        let wanted = Wanted { reach: request.reach.into(), authorities: &authorities, certificates: &[] };
        let mut watch = |_| if self.stop_export.load(Ordering::SeqCst) { ControlFlow::Break(()) } else { ControlFlow::Continue(()) };
        let Brought { reached, written, bytes, sha256, mut verification, lacking } = extend(&world, path, &wanted, output, &mut watch)?;
        self.mark_confirmed(if written { output } else { path }, &mut verification);
        let people = verification.signatures.iter().filter(|one| one.level != "timestamp");
        let signers = people.map(|one| one.signer.clone()).collect();
        let made = Exported {
            path: request.output.clone(),
            pages: 0,
            bytes,
            sha256,
            signers,
            no_trusted_time: None,
            lacking: Vec::new(),
            unnoted: None,
        };
        let unnoted = if written { self.note_made_of(&before, &made).err() } else { None };
        Ok(ExtendedFile { path: written.then_some(made.path), reached, verification, lacking, asked: network.asked(), unnoted })
    }
}

impl From<Lasting> for Reach {
    fn from(lasting: Lasting) -> Self {
        match lasting {
            Lasting::Time => Reach::Time,
            Lasting::Proofs => Reach::Proofs,
            Lasting::Archive => Reach::Archive,
        }
    }
}
