//! Prints a report.json, or the sample of a template: `cargo run -p paper --example print -- SAMPLE|FILE OUT.pdf [--draft] [--letter-paper]
//! [--files DIR]`. DIR holds the attached files under their names.

use std::{collections::BTreeMap, ops::ControlFlow, process::ExitCode, sync::Arc, time::Instant};

use chrono::{DateTime, NaiveDate};
use paper::{Draft, Issue, Paper, Press};

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let (Some(source), Some(target)) = (arguments.first(), arguments.get(1)) else {
        eprintln!("usage: print SAMPLE|FILE OUT.pdf [--draft] [--letter-paper]");
        return ExitCode::from(2);
    };
    let has = |flag: &str| arguments.iter().any(|argument| argument == flag);
    let report = match report::catalogue::sample(source) {
        Some(sample) => sample,
        None => match read(source) {
            Ok(report) => report,
            Err(fault) => {
                eprintln!("{source}: {fault}");
                return ExitCode::from(2);
            }
        },
    };
    let folder = arguments.iter().position(|argument| argument == "--files").and_then(|at| arguments.get(at + 1));
    let mut files = BTreeMap::new();
    for attachment in &report.attachments {
        let kept = folder.and_then(|folder| std::fs::read(std::path::Path::new(folder).join(&attachment.name)).ok());
        let sample = || report::catalogue::sample_file(&attachment.sha256, &report).map(<[u8]>::to_vec);
        if let Some(bytes) = kept.or_else(sample) {
            files.insert(attachment.id, Arc::from(bytes));
        }
    }
    let issue = Issue {
        paper: if has("--letter-paper") { Paper::Letter } else { Paper::A4 },
        draft: has("--draft").then(|| Draft { number: 3, date: NaiveDate::from_ymd_opt(2026, 5, 12).unwrap_or_default() }),
        issued_at: DateTime::from_timestamp(1_761_120_000, 0).unwrap_or_default(),
        files: &files,
        findings: &[],
        producer: "Rapporteur",
        signers: 0,
    };
    let mut press = Press::default();
    for round in ["cold", "warm"] {
        let start = Instant::now();
        let mut watch = |step| {
            eprintln!("{round} {:>7.1} ms  {step:?}", start.elapsed().as_secs_f64() * 1000.0);
            ControlFlow::Continue(())
        };
        match press.print(&report, &issue, &mut watch) {
            Ok(printed) => {
                for glyph in &printed.missing {
                    eprintln!("no font draws {:?} in “{}” ({})", glyph.character, glyph.excerpt, glyph.place.words(&report));
                }
                if let Err(fault) = std::fs::write(target, &printed.pdf) {
                    eprintln!("{target}: {fault}");
                    return ExitCode::from(2);
                }
            }
            Err(fault) => {
                eprintln!("{fault}");
                return ExitCode::from(1);
            }
        }
    }
    ExitCode::SUCCESS
}

fn read(source: &str) -> Result<report::Report, String> {
    let json = std::fs::read_to_string(source).map_err(|fault| fault.to_string())?;
    report::format::read(&json).map_err(|fault| fault.to_string())
}
