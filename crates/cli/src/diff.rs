//! `diff`: what two reports say differently.

use crate::Ended;
use desk::ports::World;
use desk::{Fault, documents};
use report::diff::Line;
use std::path::Path;

pub fn diff(world: &World, one: &Path, other: &Path) -> Result<Ended, Fault> {
    let (one, other) = (documents::read_report(world, one)?, documents::read_report(world, other)?);
    let differences = report::diff::diff(&one, &other);
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
    Ok(if differences.is_empty() { Ended::Done } else { Ended::Refused })
}
