//! `diff`: what two reports say differently, in lines or as JSON. A signed file that is not sound is said, because what it carries may not be
//! what was signed.

use crate::Ended;
use desk::filing::BottomLine;
use desk::ports::World;
use desk::{Fault, documents, verification};
use report::Report;
use report::diff::Line;
use std::path::Path;

pub fn diff(world: &World, one: &Path, other: &Path, json: bool) -> Result<Ended, Fault> {
    let (one, other) = (side(world, one)?, side(world, other)?);
    let differences = report::diff::diff(&one, &other);
    let ended = if differences.is_empty() { Ended::Done } else { Ended::Refused };
    if json {
        crate::verify::print_json(&differences)?;
        return Ok(ended);
    }
    for difference in &differences {
        let mut words = format!("{}\n", difference.place);
        for line in &difference.lines {
            words.push_str(&match line {
                Line::Gone(text) => format!("- {text}\n"),
                Line::New(text) => format!("+ {text}\n"),
            });
        }
        crate::out::say(&words);
    }
    Ok(ended)
}

fn side(world: &World, path: &Path) -> Result<Report, Fault> {
    let report = documents::read_report(world, path)?;
    let bytes = documents::read_bytes(world, path)?;
    if bytes.starts_with(b"%PDF-") {
        let verdict = verification::verify(world, path, &bytes, &[])?;
        if !matches!(verdict.bottom_line, BottomLine::Sound | BottomLine::NotSigned) {
            crate::out::tell(format_args!("rapporteur: {} is compared, but it is not sound: `rapporteur verify` says why", path.display()));
        }
    }
    Ok(report)
}
