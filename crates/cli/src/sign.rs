//! `sign` and `extend`: what is added to a PDF that lies there.

use crate::Ended;
use crate::arguments::{Extend, Level, Sign};
use desk::ports::World;
use desk::{Fault, extending, further, identities};
use seal::Reach;
use std::ops::ControlFlow;

pub fn sign(world: &World, arguments: &Sign) -> Result<Ended, Fault> {
    let passphrase = identities::passphrase(world, &arguments.passphrase_file)?;
    let waiting = crate::identity::waiting(world, &arguments.token);
    let signer = identities::signer(&waiting, &arguments.sign, arguments.token.module.as_deref(), &passphrase)?;
    let wanted = further::Further {
        signer: signer.as_ref(),
        field: arguments.field.as_deref(),
        reason: arguments.reason.as_deref(),
        authorities: &arguments.timestamp,
    };
    let signed = further::sign(world, &arguments.pdf, &wanted, &arguments.output, &mut |_| ControlFlow::Continue(()))?;
    if let Some(reason) = &signed.no_trusted_time {
        tell_of_the_clock(reason);
    }
    let name = &signer.credentials().facts().name;
    crate::out::made(&arguments.output, format_args!("{}: signed by {name} in the field “{}”", arguments.output.display(), signed.field));
    Ok(Ended::Done)
}

pub fn extend(world: &World, arguments: &Extend) -> Result<Ended, Fault> {
    let certificates = crate::verify::certificates(world, &arguments.certificate)?;
    let reach = match arguments.level {
        Level::T => Reach::Time,
        Level::Lt => Reach::Proofs,
        Level::Lta => Reach::Archive,
    };
    let wanted = extending::Wanted { reach, authorities: &arguments.timestamp, certificates: &certificates };
    let brought = extending::extend(world, &arguments.pdf, &wanted, &arguments.output, &mut |_| ControlFlow::Continue(()))?;
    brought.lacking.iter().for_each(|sentence| crate::out::tell(format_args!("rapporteur: {sentence}")));
    if brought.written {
        crate::out::made(&arguments.output, format_args!("{}: {}", arguments.output.display(), levels(&brought.verification)));
    } else {
        crate::out::tell(format_args!("rapporteur: nothing could be added; nothing was written"));
    }
    Ok(if brought.reached { Ended::Done } else { Ended::Refused })
}

/// "Ada Ferrer PAdES B-LTA, Bo Lind PAdES B-T": who signed, and how far each signature is.
fn levels(verification: &desk::filing::Verification) -> String {
    let people = verification.signatures.iter().filter(|signature| signature.level != "timestamp");
    people.map(|signature| format!("{} PAdES {}", signature.signer, signature.level)).collect::<Vec<_>>().join(", ")
}

/// Says that a signature has no other time than this computer's.
pub fn tell_of_the_clock(reason: &str) {
    crate::out::tell(format_args!(
        "rapporteur: signed with this computer’s clock (PAdES B-B), because the time-stamp authority could not be used: {reason}"
    ));
}
