//! `check`: findings as people read them, and as the published JSON.

use crate::Ended;
use crate::arguments::FailOn;
use desk::ports::World;
use desk::{Fault, checking, documents};
use report::{Finding, Level, Report};
use serde::Serialize;
use std::path::PathBuf;

/// A finding as `check --json` prints it.
#[derive(Serialize)]
pub struct Published<'a> {
    check: &'a str,
    level: Level,
    message: &'a str,
    sources: Vec<Source<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    fix: Option<&'a str>,
    #[serde(skip_serializing_if = "str::is_empty")]
    rule: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    accepted: Option<&'a str>,
}

#[derive(Serialize)]
pub struct Source<'a> {
    text: &'a str,
    #[serde(rename = "where")]
    place: String,
}

/// The findings of one of several files.
#[derive(Serialize)]
struct OfFile<'a> {
    file: String,
    findings: Vec<Published<'a>>,
}

pub fn check(world: &World, paths: &[PathBuf], fail_on: FailOn, json: bool) -> Result<Ended, Fault> {
    let read = paths.iter().map(|path| {
        let report = documents::read_report(world, path)?;
        let mut findings = checking::check(&report, world.clock.now());
        findings.extend(documents::file_findings(world, path, &report)?);
        findings.sort_by_key(|finding| finding.level);
        Ok((path, report, findings))
    });
    let read = read.collect::<Result<Vec<_>, Fault>>()?;
    match read.as_slice() {
        [(_, _, findings)] if json => crate::verify::print_json(&findings.iter().map(publish).collect::<Vec<_>>())?,
        several if json => {
            let of = |(path, _, findings): &(&PathBuf, Report, Vec<Finding>)| (path.display().to_string(), findings.clone());
            let owned: Vec<(String, Vec<Finding>)> = several.iter().map(of).collect();
            let published =
                owned.iter().map(|(file, findings)| OfFile { file: file.clone(), findings: findings.iter().map(publish).collect() });
            crate::verify::print_json(&published.collect::<Vec<_>>())?;
        }
        several => {
            for (path, report, findings) in several {
                if several.len() > 1 {
                    crate::out::line(format_args!("{}:", path.display()));
                }
                findings.iter().for_each(|finding| crate::out::say(&words(finding)));
                crate::out::line(checking::checked(report));
                crate::out::line(sum(findings));
            }
        }
    }
    let fails = |finding: &Finding| finding.stops_filing() || (finding.accepted.is_none() && fail_on.includes(finding.level));
    Ok(if read.iter().any(|(_, _, findings)| findings.iter().any(fails)) { Ended::Refused } else { Ended::Done })
}

impl FailOn {
    fn includes(self, level: Level) -> bool {
        match self {
            FailOn::Blocks => level == Level::Blocks,
            FailOn::Answer => level != Level::Note,
            FailOn::Note => true,
        }
    }
}

/// One finding: its level, its id, its sentence, then its two sides.
pub fn words(finding: &Finding) -> String {
    let level = match (finding.level, &finding.accepted) {
        (_, Some(_)) => "accepted",
        (Level::Blocks, None) => "blocks",
        (Level::Answer, None) => "answer",
        (Level::Note, None) => "note",
    };
    let mut out = format!("{level:8} {}  {}\n", finding.check, finding.message);
    for source in finding.sources.iter().filter(|source| !source.text.is_empty()) {
        out.push_str(&format!("              {}: {}\n", source.words(), shortened(&source.text)));
    }
    out
}

fn sum(findings: &[Finding]) -> String {
    let stopping = findings.iter().filter(|finding| finding.stops_filing()).count();
    let to_answer = |finding: &&Finding| finding.level == Level::Answer && finding.accepted.is_none() && !finding.stops_filing();
    match (stopping, findings.iter().filter(to_answer).count()) {
        (0, 0) => "Nothing blocks filing.".to_owned(),
        (0, answers) => format!("Nothing blocks filing; {answers} to answer."),
        (blocks, answers) => format!("{blocks} to mend before filing; {answers} to answer."),
    }
}

fn shortened(text: &str) -> String {
    let line = text.replace('\n', " ");
    if line.chars().count() > 100 { line.chars().take(99).chain(['…']).collect() } else { line }
}

pub fn publish(finding: &Finding) -> Published<'_> {
    Published {
        check: &finding.check,
        level: finding.level,
        message: &finding.message,
        sources: finding.sources.iter().map(|source| Source { text: &source.text, place: source.words() }).collect(),
        fix: finding.fix.as_ref().map(|fix| fix.label.as_str()),
        rule: &finding.rule,
        accepted: finding.accepted.as_deref(),
    }
}
