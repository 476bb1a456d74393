//! `rapporteur`: the same acts as the window, without one.
//! Always true: standard output carries what was asked for, standard error one clear line for what went wrong; exit codes are
//! 0 done (or sound), 1 refused (or not sound), 2 not readable or not usable. Deliberately absent: rules of its own.

mod arguments;
mod check;
mod clocks;
mod demo;
mod diff;
mod export;
mod identity;
mod import;
mod out;
mod outputs;
mod reading;
mod several;
mod sign;
mod templates;
mod verify;

use arguments::{Arguments, Command};
use clap::Parser;
use desk::ports::World;
use desk::{Fault, FaultCode};
use outputs::Outputs;
use std::process::ExitCode;
use std::sync::Arc;

/// How a command ended.
pub(crate) enum Ended {
    /// As asked.
    Done,
    /// Refused, or not sound; what there is to say has been said.
    Refused,
    /// Some of several files could not be read; each was named.
    Unread,
}

fn main() -> ExitCode {
    // This very program, begun anew to load a token's module.
    if let Some(ended) = token::serve_if_asked() {
        return ended;
    }
    let arguments = Arguments::parse();
    if let Some(stopped) = std::env::var_os("SOURCE_DATE_EPOCH").filter(|stopped| !is_moment(stopped)) {
        crate::out::tell(format_args!("rapporteur: SOURCE_DATE_EPOCH is “{}”; it is whole seconds since 1970", stopped.display()));
        return ExitCode::from(2);
    }
    let mut world = World::real();
    world.files = Arc::new(Outputs::guarding(world.files, arguments.force));
    match run(&world, arguments.command) {
        Ok(Ended::Done) => ExitCode::SUCCESS,
        Ok(Ended::Refused) => ExitCode::from(1),
        Ok(Ended::Unread) => ExitCode::from(2),
        Err(fault) => {
            crate::out::tell(format_args!("rapporteur: {}", fault.detail));
            ExitCode::from(exit_code(fault.code))
        }
    }
}

/// Whether it stops the clock (see `desk::ports`); one that does not must not pass for one that does.
fn is_moment(stopped: &std::ffi::OsStr) -> bool {
    let seconds = stopped.to_str().and_then(|text| text.parse().ok());
    seconds.is_some_and(|seconds| chrono::DateTime::from_timestamp(seconds, 0).is_some())
}

fn run(world: &World, command: Command) -> Result<Ended, Fault> {
    match command {
        Command::Templates { json } => templates::list(json),
        Command::Import(arguments) => import::import(world, &arguments),
        Command::Diff { one, other, json } => diff::diff(world, &one, &other, json),
        Command::New { template, from, output } => templates::new(world, &template, from.as_deref(), &output),
        Command::Check { reports, fail_on, json } => check::check(world, &reports, fail_on, json),
        Command::Clocks { report, json, fail_on, ics } => clocks::clocks(world, &report, json, fail_on, ics.as_deref()),
        Command::Export(arguments) => export::export(world, &arguments),
        Command::Verify { pdfs, trust, json } => verify::verify(world, &pdfs, &trust, json),
        Command::Sign(arguments) => sign::sign(world, &arguments),
        Command::Extend(arguments) => sign::extend(world, &arguments),
        Command::Extract { pdf, output, attachments } => verify::extract(world, &pdf, &output, attachments.as_deref()),
        Command::Identity { act } => identity::act(world, act),
        Command::Demo { folder } => demo::demo(world, folder.as_deref()),
        Command::Sample { template, output } => templates::sample(world, &template, &output),
        Command::Schema => templates::schema(),
    }
}

/// 1 for what was understood and refused, 2 for what could not be read, written or used.
fn exit_code(code: FaultCode) -> u8 {
    match code {
        FaultCode::Blocked
        | FaultCode::NoPlaceToSign
        | FaultCode::NotExtended
        | FaultCode::IdentityNotValid
        | FaultCode::WrongPassphrase
        | FaultCode::BadIdentity
        | FaultCode::BadPicture
        | FaultCode::AttachmentMissing => 1,
        _ => 2,
    }
}
