//! Steps that the text tells and no row of the timeline (L10): a restore from backup, a rollback, a failover, a restart, an escalation.
//! Always true: only what was done is looked for, not what is planned, and only where there is a timeline to miss it in.

use super::reading::{Line, Reading};
use crate::finding::{Finding, Level, Source};
use crate::mentions::pattern;
use crate::place::Place;
use regex::Regex;
use std::sync::LazyLock;

/// A shorter timeline tells the main moments only.
const FEWEST_ROWS: usize = 5;

/// A step: how a text tells that it was done, and what in a row would be the same.
struct Step {
    told: Regex,
    in_row: Regex,
}

static STEPS: LazyLock<Vec<Step>> = LazyLock::new(|| {
    let step = |told: &str, in_row: &str| Step { told: pattern(&format!("(?i){told}")), in_row: pattern(&format!("(?i){in_row}")) };
    vec![
        step(
            r"\brestor(?:ing|ed) (?:\w+ ){0,2}?(?:from )?(?:the |our |a )?backups?\b|\bbackups? (?:was|were) restored\b",
            r"\bbackups?\b|\bback-ups?\b",
        ),
        step(
            r"\brolled (?:it |them |the \w+ )?back\b|\bthe rollback (?:was|took|failed|ended|began)\b",
            r"\broll(?:ed|s|ing)? (?:\w+ ){0,3}?back\b|\brollback\b|\brevert|\bprevious version\b|\bwithdraw|\bbacked out\b",
        ),
        step(
            r"\bfailed over to\b|\bthe failover (?:was|took|failed|ended|began)\b",
            r"\bfail(?:s|ed|ing)?[ -]?over\b|\bstandby\b|\bsecondary\b|\btakes? over\b|\btook over\b|\bswitch",
        ),
        step(
            r"\b(?:was|were) escalated to\b|\bwe escalated\b",
            r"\bescalat|\bcalled|\bcalls\b|\bengaged?\b|\binformed\b|\btold\b|\bticket\b|\bpaged?\b|\bpages\b",
        ),
    ]
});

pub(super) fn check(reading: &Reading, findings: &mut Vec<Finding>) {
    if reading.report.events().filter(|event| event.time.start().is_some()).count() < FEWEST_ROWS {
        return;
    }
    findings.extend(STEPS.iter().filter_map(|step| untold(reading, step)));
}

fn untold(reading: &Reading, step: &Step) -> Option<Finding> {
    // What is planned, wished for, general or denied; and what belongs to another day.
    static NOT_DONE: LazyLock<Regex> = LazyLock::new(|| {
        pattern(
            r"(?i)\b(?:will|would|could|should|shall|can|may|might|must|needs?|plan\w*|if|unless|never|not|no|nothing|normally|usually|always|designed|every|each|last|previous|earlier|in (?:19|20)\d\d)\b",
        )
    });
    static ASIDE: LazyLock<Regex> = LazyLock::new(|| pattern(r"\([^)]*\)"));
    let done = |line: &&Line| matches!(line.place, Place::Section { .. });
    let (line, found) = reading.prose().filter(done).find_map(|line| {
        let found = step.told.find(&line.text)?;
        let aside = ASIDE.replace_all(line.sentence(found.start()), "");
        (!NOT_DONE.is_match(&aside)).then_some((line, found))
    })?;
    if reading.report.events().any(|event| step.in_row.is_match(&event.text)) {
        return None;
    }
    let message = format!("“{}” is mentioned, but is in no row of the timeline.", found.as_str());
    let sources = vec![reading.meant(line, found.range()), Source::at(reading.report, Place::Timeline { index: None }, "")];
    Some(Finding::new("L10", Level::Note, message, sources))
}
