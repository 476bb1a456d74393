//! How long after one moment another came, as the text claims it (L03): "detected within 30 seconds", "the alarm sounded forty minutes after
//! the failure began". Always true: both moments are marked in the report, and every pair that may be meant is tried before one is questioned.

use super::super::reading::{Line, Reading};
use super::record::{Fact, between, moments};
use super::said::{self, Said};
use super::speech::{Speech, it_is_the_outage};
use crate::finding::{Finding, Level, Source};
use crate::mentions::pattern;
use crate::timeline::{Event, Role, Time};
use crate::when::length_words;
use chrono::NaiveDate;
use regex::Regex;
use std::collections::HashSet;
use std::ops::Range;
use std::sync::LazyLock;

/// A moment that is told of, and the roles by which it may be recorded.
struct Told {
    words: Regex,
    roles: &'static [Role],
}

/// The incident by one of its names; "it" is asked for apart.
const IT: &str = r"(?:(?:the|this|our) (?:major )?(?:incident|outage|fault|failure|problem|disruption|interruption|issue)|^\s*it)";
/// By any of these it may have been noticed.
const NOTICED: &[Role] = &[Role::Detected, Role::Reported, Role::Logged];
/// Before the cause was found, whatever came may be what it is counted from.
const EARLIER: &[Role] =
    &[Role::ImpactStart, Role::Detected, Role::Reported, Role::Logged, Role::Classified, Role::Declared, Role::Bridge, Role::CauseFound];

/// What came later, told before its length.
static LATER: LazyLock<Vec<Told>> = LazyLock::new(|| {
    let told = |words: String, roles| Told { words: pattern(&format!(r"(?i)(?:{words})\s*$")), roles };
    let found = "found|established|identified|determined|pinpointed|located|traced|isolated|diagnosed|discovered";
    vec![
        told(
            format!(
                concat!(
                    r"{IT} (?:was|had been) (?:first |only )?(?:detected|noticed|spotted|discovered|picked up)(?: by [^.,;:\d]{{2,40}}?)?",
                    r"|\b(?:our|the|its)(?: own)? (?:monitoring|alerting|probes?) (?:picked (?:it|this) up|(?:detected|noticed|spotted|caught|flagged) (?:it|this|the \w+))",
                    r"|\b(?:nobody|no one|no-one) noticed(?: (?:it|anything|the \w+))?"
                ),
                IT = IT
            ),
            NOTICED,
        ),
        told(
            r"\bthe (?:first |(?:\w+ ?){1,2}own )?(?:alarm|alert) (?:sounded|went off|rang|fired|was raised|was triggered|came(?: in)?|arrived)".to_owned(),
            NOTICED,
        ),
        told(
            format!(
                r"{IT} (?:was|had been) (?:first |only )?reported(?: by [^.,;:\d]{{2,30}}?)?|\bthe first (?:user|customer|caller|client)(?: to (?:notice|call))? (?:rang|telephoned|called|phoned|complained)(?: (?:us|in|the (?:service )?desk))?"
            ),
            &[Role::Reported, Role::Logged, Role::Detected],
        ),
        told(
            r"\b(?:the|our) (?:(?:technical|incident|major|crisis) )*bridge(?: call)? (?:was |had been )?(?:opened|started|began|convened|set up|established)"
                .to_owned(),
            &[Role::Bridge],
        ),
        told(
            format!(r"\b(?:the (?:root |real |true |actual |underlying )?|root )cause (?:(?:was|had been) (?:\w+ly )?(?:{found}|known)|became (?:known|clear))"),
            &[Role::CauseFound],
        ),
    ]
});
/// What it is counted from, told behind its length.
static FROM: LazyLock<Vec<Told>> = LazyLock::new(|| {
    let told = |words: &str, roles| Told { words: pattern(&format!(r"(?i)^\s*(?:after|from|of|into|behind)\s+(?:{words})\b")), roles };
    vec![
        told(
            r"(?:the |this )?(?:failure|outage|incident|impact|fault|disruption|interruption|problem|trouble)(?:['’]s)? (?:had |first )?(?:began|begun|started|set in|start|beginning|onset)|(?:the |its )?(?:start|beginning|onset)|it (?:had )?(?:began|begun|started)",
            &[Role::ImpactStart],
        ),
        told(
            r"(?:the |our )?(?:first )?(?:alarm|alert|detection)|(?:it|the \w+) (?:was|had been) (?:detected|noticed|spotted)",
            &[Role::Detected],
        ),
        told(
            r"the (?:first )?(?:report|call|complaint)|(?:it|the \w+) (?:was|had been) reported|the first (?:user|customer|caller) (?:rang|called|telephoned)",
            &[Role::Reported, Role::Logged],
        ),
        told(r"the (?:technical |incident )?bridge (?:was )?(?:opened|began|started|convened)", &[Role::Bridge]),
        told(
            r"the (?:root )?cause (?:was |had been )?(?:found|identified|established|known)|finding the (?:root )?cause",
            &[Role::CauseFound],
        ),
    ]
});
/// "It took the team 45 minutes to find the cause": the length between two words of one claim.
static TOOK: LazyLock<Regex> = LazyLock::new(|| pattern(r"(?i)\b(?:took|needed|spent)(?: (?:us|them|the \w+|our \w+|engineers))?\s*$"));
static TO_FIND: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?i)^\s*(?:to find|to identify|to establish|to pinpoint|to locate|to determine|finding|identifying) the (?:root |real |true |actual |underlying )?cause(?: of (?:the|this) (?:outage|incident|failure|fault|disruption|interruption))?\b",
    )
});
/// Behind a length that has no beginning of its own: the clause ends there.
static ENDS: LazyLock<Regex> = LazyLock::new(|| pattern(r"(?i)^\s*(?:[.,;]|$|and\b|by\b|which\b|but\b)"));
/// What leads from the words to their length and is part of neither.
static LEADS: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?i)(?:\s+(?:only|just|within|inside|in|after|for|some|well|about|around|approximately|roughly|nearly|almost|over|under|a|an|full|mere))*\s*$",
    )
});
/// One of several, or a step towards it.
static NOT_THE_ONE: LazyLock<Regex> =
    LazyLock::new(|| pattern(r"(?i)\b(?:second|third|fourth|another|further|next|new|other|suspected|likely|probable)\b"));

/// What one sentence claims of the way from one moment to another, where no such way recorded is so long.
pub fn check(reading: &Reading, speech: &Speech, days: &HashSet<NaiveDate>, findings: &mut Vec<Finding>) {
    for line in reading.prose().filter(|line| !line.lengths.is_empty() || said::is_vague(&line.text)) {
        findings.extend(claimed(reading, line, speech, days));
    }
}

fn claimed(reading: &Reading, line: &Line, speech: &Speech, days: &HashSet<NaiveDate>) -> Option<Finding> {
    for sentence in crate::mentions::sentences(&line.text) {
        let text = &line.text[sentence.clone()];
        for said in said::of(line, &sentence) {
            let Some((from, to)) = ends(line, &sentence, &said) else { continue };
            let elsewhere = super::of_another_day(reading, line, &sentence, days) || speech.speaks_of_another(line, &sentence);
            if elsewhere || NOT_THE_ONE.is_match(text) || super::super::dateline::quoted(&line.text[..said.span.start]) {
                continue;
            }
            let facts = between(&moments(reading, from), &moments(reading, to));
            let unsure = facts.is_empty() || is_about(reading, from) || is_about(reading, to);
            if unsure || facts.iter().any(|fact| said.agrees(fact.minutes, said.exact)) {
                continue;
            }
            return facts.first().map(|fact| questioned(reading, line, &sentence, &said, fact));
        }
    }
    None
}

/// The roles between which a length lies, as its sentence tells it.
fn ends(line: &Line, sentence: &Range<usize>, said: &Said) -> Option<(&'static [Role], &'static [Role])> {
    // A length may go on over the end of its line, and of its sentence.
    let (before, after) = (&line.text[sentence.start..said.span.start], line.text.get(said.span.end..sentence.end).unwrap_or_default());
    let before = LEADS.find(before).map_or(before, |lead| &before[..lead.start()]);
    if TOOK.is_match(before) {
        // "The cause of the late restart" is another's.
        let found = TO_FIND.find(after).filter(|found| !after[found.end()..].starts_with(" of "));
        return found.map(|_| (EARLIER, &[Role::CauseFound][..]));
    }
    let later = LATER.iter().find(|told| told.words.is_match(before))?;
    if before.trim_start().to_lowercase().starts_with("it ") && !it_is_the_outage(line, sentence) {
        return None;
    }
    if let Some(from) = FROM.iter().find(|told| told.words.is_match(after)) {
        return Some((from.roles, later.roles));
    }
    let from = if later.roles == NOTICED { &[Role::ImpactStart] } else { EARLIER };
    ENDS.is_match(after).then_some((from, later.roles))
}

/// Whether a row of those roles says only about when it was.
fn is_about(reading: &Reading, roles: &[Role]) -> bool {
    let of_role = |event: &&Event| event.milestone.as_ref().is_some_and(|milestone| roles.contains(&milestone.role));
    reading.report.events().filter(of_role).any(|event| matches!(event.time, Time::About { .. }))
}

fn questioned(reading: &Reading, line: &Line, sentence: &Range<usize>, said: &Said, fact: &Fact) -> Finding {
    let words = &line.text[said.span.clone()];
    let given = length_words(fact.minutes);
    let message = format!("“{words}” is claimed; between the two moments recorded lie {given}.");
    let record = Source { text: fact.words.clone(), ..fact.source.clone() };
    Finding::new("L03", Level::Answer, message, vec![reading.said(line, sentence, &said.span), record])
}
