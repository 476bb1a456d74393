//! `diff`: what two reports say differently, in lines or as JSON. A signed file that is not sound is said, because what it carries may not be
//! what was signed.

use crate::Ended;
use desk::Fault;
use desk::ports::World;
use report::diff::Line;
use std::path::Path;

pub fn diff(world: &World, one: &Path, other: &Path, json: bool) -> Result<Ended, Fault> {
    let (one, other) = (crate::reading::report(world, one)?, crate::reading::report(world, other)?);
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
