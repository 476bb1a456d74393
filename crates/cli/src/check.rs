//! `check`: findings as people read them, and as the published JSON.

use crate::Ended;
use crate::arguments::FailOn;
use crate::several::Several;
use desk::ports::World;
use desk::{Fault, checking, documents};
use report::{Finding, Level};
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
    findings: Vec<Published<'a>>,
}

pub fn check(world: &World, paths: &[PathBuf], fail_on: FailOn, json: bool) -> Result<Ended, Fault> {
    let checked = Several::each(paths, |path| {
        let taken = crate::reading::taken(world, path)?;
        let mut findings = checking::check(&taken.report, world.clock.now());
        findings.extend(documents::findings_of_files(world, path, &taken));
        findings.sort_by_key(|finding| finding.level);
        Ok((taken.report, findings))
    })?;
    if json {
        checked.print(|(_, findings)| published(findings), |(_, findings)| OfFile { findings: published(findings) })?;
    } else {
        checked.say(|(report, findings)| {
            let each: String = findings.iter().map(words).collect();
            format!("{each}{}\n{}\n", checking::checked(report), sum(findings))
        });
    }
    let fails = |finding: &Finding| finding.stops_filing() || (finding.accepted.is_none() && fail_on.includes(finding.level));
    Ok(checked.ended(|(_, findings)| !findings.iter().any(fails)))
}

fn published(findings: &[Finding]) -> Vec<Published<'_>> {
    findings.iter().map(publish).collect()
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

pub fn shortened(text: &str) -> String {
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
