//! `corpus FOLDER`: imports every file below a folder and prints what each gave, and all together. With `--rows` it prints every row, too; with
//! `--draw 100` that many findings, drawn at random and every time the same, to be judged as the authors of the reports would.

use corpus::{Total, imported, measure};
use peak_alloc::PeakAlloc;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

#[global_allocator]
static MEMORY: PeakAlloc = PeakAlloc;

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let rows = arguments.iter().any(|argument| argument == "--rows");
    let Some(folder) = arguments.first().filter(|argument| !argument.starts_with("--")) else {
        eprintln!("corpus FOLDER [--rows] [--draw COUNT]");
        return ExitCode::from(2);
    };
    let drawn = arguments.iter().position(|argument| argument == "--draw").and_then(|at| arguments.get(at + 1)?.parse().ok());
    if let Some(count) = drawn {
        draw(Path::new(folder), count);
        return ExitCode::SUCCESS;
    }
    let mut total = Total::default();
    for path in files(Path::new(folder)) {
        let Ok(bytes) = std::fs::read(&path) else { continue };
        MEMORY.reset_peak_usage();
        let measured = measure(&path, &bytes);
        println!("{measured}, {:.2} s, {:.0} MB", measured.seconds, MEMORY.peak_usage_as_mb());
        if rows {
            tell(&path, &bytes);
        }
        total.0.push(measured);
    }
    println!("\n{total}");
    ExitCode::SUCCESS
}

/// The files below a folder in the order of their names, without what is expected of them.
fn files(folder: &Path) -> Vec<PathBuf> {
    if folder.is_file() {
        return vec![folder.to_owned()];
    }
    let mut entries: Vec<PathBuf> = std::fs::read_dir(folder).into_iter().flatten().flatten().map(|entry| entry.path()).collect();
    entries.sort();
    let is_expected = |path: &Path| path.to_string_lossy().ends_with(".expected.toml");
    entries.into_iter().filter(|path| !is_expected(path)).flat_map(|path| files(&path)).collect()
}

/// Prints findings drawn at random, without those that only say what is still to be answered.
fn draw(folder: &Path, count: usize) {
    /// Missing answers, headings and marks, and words that wait.
    const MISSING: [&str; 6] = ["L33", "L57", "L60", "L62", "P02", "P04"];
    /// Of Knuth's linear congruential generator (MMIX).
    const FACTOR: u64 = 6_364_136_223_846_793_005;
    let mut findings = Vec::new();
    for path in files(folder) {
        let name = path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
        let Some(intake) = std::fs::read(&path).ok().and_then(|bytes| imported(&name, &bytes).ok()) else { continue };
        let found = report::checks::check(&intake.report).into_iter().filter(|finding| !MISSING.contains(&finding.check.as_str()));
        findings.extend(found.map(|finding| format!("{name}: {} {}", finding.check, finding.message)));
    }
    println!("{count} of {} findings", findings.len());
    let mut seed = 20_u64;
    for _ in 0..count.min(findings.len()) {
        seed = seed.wrapping_mul(FACTOR).wrapping_add(1);
        let at = (seed >> 33) as usize % findings.len();
        println!("{}", findings.swap_remove(at));
    }
}

/// The report in short, as `expected` writes it.
fn tell(path: &Path, bytes: &[u8]) {
    let name = path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
    if let Ok(intake) = imported(&name, bytes) {
        println!("{}", corpus::expected::Expected::of(&intake));
        for fit in intake.fits.iter().take(3) {
            println!("  {} {} % by {}", fit.template, fit.percent, fit.reasons.join(", "));
        }
        for question in &intake.questions {
            println!("  asks {:?} because {:?}", question.about, question.because);
        }
        for assumption in &intake.report.assumptions {
            println!("  assumes {}", assumption.words);
        }
        for finding in report::checks::check(&intake.report) {
            println!("  {} {}", finding.check, finding.message);
        }
    }
}
