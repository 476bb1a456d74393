//! `export`: the PDF, or each reason why not.

use crate::Ended;
use crate::arguments::{Export, Paper, SignLevel, Text};
use desk::export::{NotExported, Order};
use desk::ports::World;
use desk::{Fault, FaultCode, documents, handing, identities};
use paper::Press;
use report::Report;
use report::outgoing::{Outgoing, Unkept};
use seal::Signer;
use std::ops::ControlFlow;
use std::path::Path;

pub fn export(world: &World, arguments: &Export) -> Result<Ended, Fault> {
    let report = crate::reading::report(world, &arguments.report)?;
    match arguments.text.map(Text::what) {
        Some(What::Prescribed(format)) => return hand_over(world, &report, format, &arguments.output),
        Some(What::Text(text)) => {
            let bytes = desk::outgoing::export(world, &report, text, &arguments.output)?;
            crate::out::made(&arguments.output, format_args!("{}: {bytes} bytes", arguments.output.display()));
            return Ok(Ended::Done);
        }
        None => {}
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
        authorities: if arguments.level == Some(SignLevel::B) { &[] } else { &arguments.timestamp },
        reach: arguments.level.and_then(SignLevel::reach),
    };
    match desk::export::export(world, &mut Press::default(), &order, &arguments.output, &mut |_| ControlFlow::Continue(())) {
        Ok(exported) => {
            if let Some(reason) = &exported.no_trusted_time {
                crate::sign::tell_of_the_clock(reason);
            }
            if !exported.lacking.is_empty() {
                exported.lacking.iter().for_each(|sentence| crate::out::tell(format_args!("rapporteur: {sentence}")));
                crate::out::tell("rapporteur: signed below the level asked for; rapporteur extend brings it there later");
            }
            crate::out::made(&arguments.output, format_args!("{}: {} pages, SHA-256 {}", exported.path, exported.pages, exported.sha256));
            Ok(Ended::Done)
        }
        Err(NotExported::Fault(fault)) => Err(fault),
        Err(NotExported::Blocked(findings)) => {
            findings.iter().for_each(|finding| crate::out::tell(crate::check::words(finding).trim_end()));
            crate::out::tell(format_args!(
                "rapporteur: {} to mend before filing; nothing was written (--draft makes a draft all the same)",
                findings.len()
            ));
            Ok(Ended::Refused)
        }
    }
}

/// What `--as` asks for: a text that anybody may change, or a format that a regime prescribes.
enum What {
    Text(desk::outgoing::Outgoing),
    Prescribed(report::outgoing::Outgoing),
}

impl Text {
    fn what(self) -> What {
        use desk::outgoing::Outgoing as Plain;
        use report::outgoing::Outgoing as Prescribed;
        match self {
            Text::Markdown => What::Text(Plain::Markdown),
            Text::Html => What::Text(Plain::Html),
            Text::CsvTimeline => What::Text(Plain::CsvTimeline),
            Text::CsvActions => What::Text(Plain::CsvActions),
            Text::Ir12 => What::Prescribed(Prescribed::Ir12),
            Text::CcadbMarkdown => What::Prescribed(Prescribed::CcadbMarkdown),
        }
    }
}

/// Another format than the PDF, or each reason why not.
fn hand_over(world: &World, report: &Report, format: Outgoing, output: &Path) -> Result<Ended, Fault> {
    let missing = match handing::hand_over(world, report, format, output)? {
        Ok(unkept) => {
            unkept.iter().for_each(|one| crate::out::tell(left_behind(one)));
            crate::out::made(output, output.display());
            return Ok(Ended::Done);
        }
        Err(missing) => missing,
    };
    missing.iter().for_each(|one| crate::out::tell(format_args!("{}", one.message)));
    crate::out::tell(format_args!(
        "rapporteur: {} to mend before it can be handed in as {}; nothing was written",
        missing.len(),
        format.name()
    ));
    Ok(Ended::Refused)
}

/// What stays behind in the report, line by line, and why.
fn left_behind(unkept: &Unkept) -> String {
    let lines: String = unkept.lines.iter().map(|line| format!("\n              {}", crate::check::shortened(line))).collect();
    format!("not in it {}: {}{lines}", unkept.place, unkept.why)
}

fn signers(world: &World, arguments: &Export) -> Result<Vec<Box<dyn Signer>>, Fault> {
    if arguments.sign.len() != arguments.passphrase_file.len() {
        let words =
            format!("{} --sign but {} --passphrase-file; each identity has its own", arguments.sign.len(), arguments.passphrase_file.len());
        return Err(Fault::new(FaultCode::Refused, words));
    }
    let pairs = arguments.sign.iter().zip(&arguments.passphrase_file);
    let world = crate::identity::waiting(world, &arguments.token);
    let module = arguments.token.module.as_deref();
    pairs.map(|(address, file)| identities::signer(&world, address, module, &identities::passphrase(&world, file)?)).collect()
}
