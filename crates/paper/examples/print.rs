//! Prints a report.json, or the sample of a template: `cargo run -p paper --example print -- SAMPLE|FILE OUT.pdf [--draft] [--letter-paper]`.

use std::{collections::BTreeMap, ops::ControlFlow, process::ExitCode, time::Instant};

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
        None => match std::fs::read_to_string(source).map_err(|fault| fault.to_string()).and_then(|json| report::format::read(&json).map_err(|fault| fault.to_string())) {
            Ok(report) => report,
            Err(fault) => {
                eprintln!("{source}: {fault}");
                return ExitCode::from(2);
            }
        },
    };
    let files = BTreeMap::new();
    let issue = Issue {
        paper: if has("--letter-paper") { Paper::Letter } else { Paper::A4 },
        draft: has("--draft").then(|| Draft { number: 3, date: NaiveDate::from_ymd_opt(2026, 5, 12).unwrap_or_default() }),
        issued_at: DateTime::from_timestamp(1_761_120_000, 0).unwrap_or_default(),
        files: &files,
        producer: "Rapporteur",
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
