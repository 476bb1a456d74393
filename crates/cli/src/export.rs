//! `export`: the PDF, or each reason why not.

use crate::Ended;
use crate::arguments::{Export, Paper, Text};
use desk::export::{NotExported, Order};
use desk::ports::World;
use desk::{Fault, FaultCode, documents, identities};
use paper::Press;
use seal::Identity;
use std::ops::ControlFlow;

pub fn export(world: &World, arguments: &Export) -> Result<Ended, Fault> {
    let report = documents::read_report(world, &arguments.report)?;
    if let Some(text) = arguments.text {
        let bytes = desk::outgoing::export(world, &report, text.into(), &arguments.output)?;
        crate::out::line(format_args!("{}: {bytes} bytes", arguments.output.display()));
        return Ok(Ended::Done);
    }
    let signers = signers(world, arguments)?;
    let files = documents::beside(world, &arguments.report, &report)?;
    let paper = match arguments.paper {
        Paper::A4 => paper::Paper::A4,
        Paper::Letter => paper::Paper::Letter,
    };
    let order = Order {
        report: &report,
        files: &files,
        paper,
        draft: arguments.draft.then_some(1),
        signers: &signers,
        authority: arguments.timestamp.as_deref(),
    };
    match desk::export::export(world, &mut Press::default(), &order, &arguments.output, &mut |_| ControlFlow::Continue(())) {
        Ok(exported) => {
            if let Some(reason) = &exported.no_trusted_time {
                eprintln!("rapporteur: signed with this computer’s clock (PAdES B-B), because no trusted time could be had: {reason}");
            }
            crate::out::line(format_args!("{}: {} pages, SHA-256 {}", exported.path, exported.pages, exported.sha256));
            Ok(Ended::Done)
        }
        Err(NotExported::Fault(fault)) => Err(fault),
        Err(NotExported::Blocked(findings)) => {
            findings.iter().for_each(|finding| eprint!("{}", crate::check::words(finding)));
            eprintln!("rapporteur: {} to mend before filing; nothing was written (--draft makes a draft all the same)", findings.len());
            Ok(Ended::Refused)
        }
    }
}

impl From<Text> for desk::outgoing::Outgoing {
    fn from(text: Text) -> Self {
        match text {
            Text::Markdown => Self::Markdown,
            Text::Html => Self::Html,
            Text::CsvTimeline => Self::CsvTimeline,
            Text::CsvActions => Self::CsvActions,
        }
    }
}

fn signers(world: &World, arguments: &Export) -> Result<Vec<Identity>, Fault> {
    if arguments.sign.len() != arguments.passphrase_file.len() {
        let words =
            format!("{} --sign but {} --passphrase-file; each identity has its own", arguments.sign.len(), arguments.passphrase_file.len());
        return Err(Fault::new(FaultCode::BadIdentity, words));
    }
    let pairs = arguments.sign.iter().zip(&arguments.passphrase_file);
    pairs.map(|(identity, file)| identities::open(world, identity, &identities::passphrase(world, file)?)).collect()
}
