//! P04: files that stand behind the report and do not say what they are. Whoever reads it should know before opening them.

use super::reading::Reading;
use crate::finding::{Finding, Level, Source};
use crate::papers::Attachment;
use crate::place::Place;

/// Words that say no more than that there is a file.
const SAYS_NOTHING: [&str; 16] = [
    "attachment",
    "attached",
    "attached file",
    "document",
    "evidence",
    "file",
    "image",
    "log",
    "log file",
    "logs",
    "picture",
    "screenshot",
    "see attached",
    "see file",
    "tbd",
    "untitled",
];

pub(super) fn check(reading: &Reading, findings: &mut Vec<Finding>) {
    let report = reading.report;
    let files = report.attachments.iter().enumerate().filter(|(_, file)| file.evidence);
    findings.extend(files.filter_map(|(row, file)| {
        let (level, message) = wanting(file)?;
        let said = if file.caption.trim().is_empty() { file.name.clone() } else { file.caption.trim().to_owned() };
        let sources = vec![Source::at(report, Place::Evidence, said).in_row(row), Source::at(report, Place::Form, "")];
        Some(Finding::new("P04", level, message, sources))
    }));
}

/// What is wanting in what a file says of itself.
fn wanting(file: &Attachment) -> Option<(Level, String)> {
    let name = &file.name;
    let fold = |words: &str| {
        let letters: String = words.to_lowercase().chars().map(|c| if c.is_alphanumeric() { c } else { ' ' }).collect();
        letters.split_whitespace().collect::<Vec<_>>().join(" ")
    };
    let said = fold(&file.caption);
    let stem = name.rsplit_once('.').map_or(name.as_str(), |(stem, _)| stem);
    if said.is_empty() {
        return Some((Level::Answer, format!("“{name}” does not say what it is.")));
    }
    if said == fold(name) || said == fold(stem) {
        return Some((Level::Note, format!("“{name}” says its name again, and not what it shows.")));
    }
    SAYS_NOTHING.contains(&said.as_str()).then(|| (Level::Note, format!("“{}” does not say what “{name}” shows.", file.caption.trim())))
}
