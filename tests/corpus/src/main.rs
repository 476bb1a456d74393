//! `corpus FOLDER`: imports every file below a folder and prints what each gave, and all together. With `--rows` it prints every row, too.

use corpus::{Total, imported, measure};
use peak_alloc::PeakAlloc;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

#[global_allocator]
static MEMORY: PeakAlloc = PeakAlloc;

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let rows = arguments.iter().any(|argument| argument == "--rows");
    let Some(folder) = arguments.iter().find(|argument| !argument.starts_with("--")) else {
        eprintln!("corpus FOLDER [--rows]");
        return ExitCode::from(2);
    };
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
