//! `identity new`.

use crate::Ended;
use crate::arguments::IdentityAct;
use desk::ports::World;
use desk::{Fault, identities};

pub fn act(world: &World, act: IdentityAct) -> Result<Ended, Fault> {
    let IdentityAct::New { name, organisation, output, passphrase_file } = act;
    let passphrase = identities::passphrase(world, &passphrase_file)?;
    let identity = identities::make(world, &name, organisation.as_deref().unwrap_or_default(), &passphrase, &output)?;
    let signer = identity.signer();
    crate::out::line(format_args!("{}: {}, valid until {}", output.display(), signer.name, signer.not_after.format("%-d %B %Y")));
    crate::out::line(format_args!("fingerprint (SHA-256): {}", signer.fingerprint_sha256));
    Ok(Ended::Done)
}
