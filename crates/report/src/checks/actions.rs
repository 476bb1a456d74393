//! Actions that can be followed up: who, by when, not already past (L41); something to every cause and everything that went badly (L42).

use super::reading::{Line, Reading, Topic};
use crate::finding::{Finding, Level, Source};
use crate::mentions::{self, pattern};
use crate::papers::{Action, ActionState, LessonKind};
use crate::place::Place;
use crate::template::{Audience, SectionKind};
use crate::when::date_words;
use chrono::NaiveDate;
use regex::Regex;
use std::collections::BTreeSet;
use std::sync::LazyLock;

pub(super) fn check(reading: &Reading, findings: &mut Vec<Finding>) {
    let report = reading.report;
    let to_do = |action: &&Action| !matches!(action.state, ActionState::Done | ActionState::Cancelled) && !action.text.trim().is_empty();
    for action in report.actions.iter().filter(to_do) {
        findings.extend(unowned(reading, action).or_else(|| past(reading, action)));
    }
    findings.extend(as_text(reading));
    findings.extend(without_action(reading));
    findings.extend(nothing_follows(reading));
    findings.extend(cause_in_passing(reading));
    for line in reading.prose() {
        findings.extend(not_in_place(reading, line));
    }
    findings.extend(evidence_lost(reading));
}

fn unowned(reading: &Reading, action: &Action) -> Option<Finding> {
    // What will not be done needs no day; who decided so is L47's question.
    static NOT_TO: LazyLock<Regex> = LazyLock::new(|| {
        pattern(r"(?i)^\s*(?:(?:it was |we |they )?(?:have )?(?:decided|agreed|chose)|decision (?:was |has been )?(?:taken|made)) not to\b")
    });
    if NOT_TO.is_match(&action.text) {
        return None;
    }
    // Customers and the public read what will be done, not by whom.
    let asks_owner = matches!(reading.report.audience(), Audience::Regulator | Audience::Internal);
    let owner = action.owner.trim().is_empty() && asks_owner;
    let lacks = match (owner, action.due.trim().is_empty()) {
        (true, true) => "no owner and no date",
        (true, false) => "no owner",
        (false, true) => "no date",
        (false, false) if !has_date(&action.due) => "no date that can be read",
        (false, false) => return None,
    };
    let message = format!("The action “{}” has {lacks}.", shortened(&action.text));
    let here = Source::at(reading.report, Place::Actions, action.text.clone()).in_row(row_of(reading.report, action));
    let sources = vec![here, Source::at(reading.report, Place::Form, "")];
    Some(Finding::new("L41", Level::Answer, message, sources))
}

fn row_of(report: &crate::Report, action: &Action) -> Option<usize> {
    report.actions.iter().position(|one| one.id == action.id)
}

/// A day, a month of a year, a quarter.
pub(super) fn has_date(due: &str) -> bool {
    static MONTH: LazyLock<Regex> = LazyLock::new(|| {
        pattern(
            r"(?i)\b(?:january|february|march|april|may|june|july|august|september|october|november|december|jan|feb|mar|apr|jun|jul|aug|sept?|oct|nov|dec|Q[1-4]|week \d{1,2}|\d{1,2}/)\.?[\s/]*(?:19|20)\d\d\b|\b20\d\d(?:[-/]\d\d|[-/\s]Q[1-4])\b|\b(?:early|mid|late|end of|by|in|of)[\s-]+(?:january|february|march|april|may|june|july|august|september|october|november|december)\b",
        )
    });
    crate::when::date(due, Default::default()).is_some()
        || crate::when::date(due, crate::when::DateOrder::MonthDay).is_some()
        || !mentions::days(due).is_empty()
        || MONTH.is_match(due)
}

/// Past when the incident itself was still going on: then it was past when the report was written.
fn past(reading: &Reading, action: &Action) -> Option<Finding> {
    let report = reading.report;
    let due = crate::when::date(&action.due, report.template.date_order)?;
    let dateline = crate::when::date(&report.letter.date, report.template.date_order);
    let last: NaiveDate = report.events().filter_map(|event| event.date).chain(dateline).max()?;
    if due >= last {
        return None;
    }
    let message = format!("The action “{}” was due on {} and is not done.", shortened(&action.text), date_words(due));
    let here = Source::at(report, Place::Actions, action.due.clone()).in_row(row_of(report, action));
    let sources = vec![here, Source::at(report, Place::Report, date_words(last))];
    Some(Finding::new("L41", Level::Answer, message, sources))
}

/// Actions written as text under their heading, with no day among them.
fn as_text(reading: &Reading) -> Vec<Finding> {
    static NOTHING: LazyLock<Regex> =
        LazyLock::new(|| pattern(r"(?i)^\W*(?:none\b|nothing\b|no (?:\w+ ){0,2}(?:actions?|measures|work)\b|not applicable|n/a)"));
    let report = reading.report;
    let sections = report.sections.iter().filter(|section| {
        let heading = section.heading.to_lowercase();
        let planned =
            heading.contains("action") && (heading.contains("required") || heading.contains("planned") || heading.trim() == "actions");
        report.kind_of(section) == SectionKind::Actions || planned
    });
    let open = sections.filter(|section| {
        let text = section.body.plain();
        let text = text.trim();
        !(text.is_empty() || text.len() < 12 || NOTHING.is_match(text) || text.lines().any(has_date))
    });
    open.filter(|_| report.actions.is_empty())
        .map(|section| {
            let first = section.body.lines().into_iter().find(|line| !line.trim().is_empty()).unwrap_or_default();
            let place = Place::Section { section: section.id, line: None };
            let sources = vec![Source::at(report, place, first), Source::at(report, Place::Actions, "")];
            let message = format!("None of the actions under “{}” has an owner or a date.", report.printed_heading(section));
            Finding::new("L41", Level::Answer, message, sources)
        })
        .collect()
}

/// L42: what went badly, and every cause, leads to an action.
fn without_action(reading: &Reading) -> Vec<Finding> {
    let report = reading.report;
    let nothing = || Source::at(report, Place::Actions, "");
    let mut out = Vec::new();
    let bad = report.lessons.iter().enumerate().find(|(_, lesson)| lesson.kind == LessonKind::Bad && !lesson.text.trim().is_empty());
    let written = report.sections.iter().any(|section| report.kind_of(section) == SectionKind::Actions && !section.body.is_blank());
    let has_actions = !report.actions.is_empty() || written;
    if let Some((row, lesson)) = bad.filter(|_| !has_actions) {
        let sources = vec![Source::at(report, Place::Lessons, lesson.text.clone()).in_row(row), nothing()];
        out.push(Finding::new("L42", Level::Answer, "Something did not go well, but no action addresses it.", sources));
    }
    let linked = report.actions.iter().any(|action| !action.causes.is_empty());
    for (row, cause) in report.causes.iter().enumerate().filter(|(_, cause)| !cause.text.trim().is_empty()) {
        let answered = if linked { report.actions.iter().any(|action| action.causes.contains(&cause.id)) } else { has_actions };
        // A chain of whys is answered at its end.
        let leads_on =
            report.causes.last().is_some_and(|last| last.id != cause.id) && report.causes.iter().any(|cause| !cause.why.trim().is_empty());
        if !answered && !leads_on {
            let message = format!("No action addresses the cause “{}”.", shortened(&cause.text));
            let here = Source::at(report, Place::Causes, cause.text.clone()).in_row(row);
            out.push(Finding::new("L42", Level::Answer, message, vec![here, nothing()]));
        }
    }
    out
}

/// The lines that say what will be done: actions, and the text under headings for them.
fn planned<'a>(reading: &'a Reading<'a>) -> impl Iterator<Item = &'a Line> {
    reading.lines.iter().filter(|line| match line.place {
        Place::Actions => true,
        Place::Section { section, .. } => reading.section(section).is_some_and(|section| {
            let heading = section.heading.to_lowercase();
            let words = ["action", "will change", "next", "improve", "remediation", "follow-up", "follow up", "prevent", "measures"];
            words.iter().any(|word| heading.contains(word)) && !heading.contains("taken")
        }),
        _ => false,
    })
}

/// L42: a cause is told under its heading, and no action stands anywhere.
fn nothing_follows(reading: &Reading) -> Option<Finding> {
    let report = reading.report;
    let listed = report.causes.iter().any(|cause| !cause.text.trim().is_empty());
    let cause = reading.about(Topic::RootCause).find(|line| !is_open(&line.text))?;
    if listed || planned(reading).next().is_some() {
        return None;
    }
    let sources = vec![reading.source(cause, cause.sentence(0)), Source::at(report, Place::Actions, "")];
    Some(Finding::new("L42", Level::Answer, "A cause is told, and no action follows from it anywhere.", sources))
}

/// Whether a line says no more than that the cause is not known, which nothing can follow from yet.
fn is_open(text: &str) -> bool {
    static OPEN: LazyLock<Regex> = LazyLock::new(|| {
        pattern(concat!(
            r"(?i)^(?:the )?(?:root |underlying |exact |technical )?(?:causes? |reasons? |it )?(?:is |are |has |have |remains? )?(?:still |currently |as yet |at present )?",
            r"(?:unknown|unclear|open|(?:not |to )(?:yet )?(?:be(?:en)? )?(?:known|clear|found|established|determined|identified|confirmed)|(?:being |under )?investigat(?:ed|ion))",
            r"(?: (?:yet|so far|at (?:this time|this stage|present|the moment)))?[.!]?$"
        ))
    });
    super::structure::is_no_answer(text) || OPEN.is_match(text.trim())
}

/// L42: "it stopped because the standby did not take over", and nothing that is planned speaks of it.
fn cause_in_passing(reading: &Reading) -> Option<Finding> {
    static DID_NOT: LazyLock<Regex> =
        LazyLock::new(|| pattern(r"(?i)\bbecause\b[^.;]*\b(?:did not|didn['’]t|failed to|was not|were not|had not|could not)\b"));
    // Under other headings only what says outright that something failed for that reason.
    static FAILED: LazyLock<Regex> = LazyLock::new(|| {
        pattern(r"(?i)\b(?:stopped|failed|went down|crashed|was interrupted|was unavailable|happened|occurred)\s+because\b")
    });
    let under = reading.about(Topic::RootCause).find_map(|line| Some((line, DID_NOT.find(&line.text)?.start())));
    let (line, at) = under.or_else(|| {
        let told = reading.prose().filter(|line| FAILED.is_match(&line.text));
        told.into_iter().find_map(|line| Some((line, DID_NOT.find(&line.text)?.start())))
    })?;
    let sentence = line.sentence(at);
    let about = telling(sentence);
    let answers: BTreeSet<String> = planned(reading).flat_map(|line| telling(&line.text)).collect();
    if answers.is_empty() || about.is_empty() || about.iter().any(|word| answers.contains(word)) {
        return None;
    }
    let sources = vec![reading.source(line, sentence), Source::at(reading.report, Place::Actions, "")];
    Some(Finding::new("L42", Level::Note, "Nothing that is planned speaks of what went wrong here.", sources))
}

/// The words that tell what a sentence is about, by their beginnings, so that "monitor" answers "monitoring".
fn telling(text: &str) -> BTreeSet<String> {
    const SHORTEST: usize = 6;
    const BEGINNING: usize = 7;
    const GENERAL: [&str; 14] = [
        "servic", "system", "incide", "failur", "becaus", "interr", "proper", "anothe", "should", "withou", "during", "before", "stoppe",
        "proble",
    ];
    let words = text.split(|c: char| !c.is_alphanumeric()).filter(|word| word.chars().count() >= SHORTEST).map(str::to_lowercase);
    let words = words.filter(|word| !GENERAL.iter().any(|general| word.starts_with(general)));
    words.map(|word| word.chars().take(BEGINNING).collect()).collect()
}

/// L42: something known from before is not done yet, and neither a day nor an action says when it will be.
fn not_in_place(reading: &Reading, line: &Line) -> Option<Finding> {
    static NOT_YET: LazyLock<Regex> = LazyLock::new(|| {
        pattern(
            r"(?i)\b(?:not (?:yet|fully) (?:yet )?(?:in place|implemented|rolled out|introduced|fitted|installed)|yet to be (?:implemented|rolled out|introduced|fitted|installed|put in place))\b",
        )
    });
    let found = NOT_YET.find(&line.text)?;
    let range = line.sentence_range(found.start());
    let dated = line.days.iter().any(|day| range.contains(&day.span.start));
    if dated || planned(reading).next().is_some() {
        return None;
    }
    let sources = vec![reading.source(line, line.text[range].trim()), Source::at(reading.report, Place::Actions, "")];
    Some(Finding::new("L42", Level::Answer, "Something is not in place yet, and no action or day says when it will be.", sources))
}

/// L42: what would have shown the cause is lost, and no action keeps it next time.
fn evidence_lost(reading: &Reading) -> Option<Finding> {
    static LOST: LazyLock<Regex> = LazyLock::new(|| {
        pattern(concat!(
            r"(?i)\b(?:loss of|lost|without|no longer (?:have|access)|overwritten|missing|destroyed)\b[^.;]{0,40}\b(?:logs?|log files?|diagnostics?|telemetry|crash dumps?|memory dumps?|traces)\b",
            r"|\b(?:logs?|log files?|diagnostics?|telemetry|crash dumps?|memory dumps?|traces)\b[^.;]{0,30}\b(?:is|are|was|were|been) (?:then |already |since )?(?:lost|gone|overwritten|deleted|destroyed|rotated away|not (?:kept|retained|preserved|stored))\b"
        ))
    });
    // "No logs were lost", and "a missing log entry", lose nothing that an action could keep.
    static NONE: LazyLock<Regex> = LazyLock::new(|| pattern(r"(?i)\b(?:no|none of the)\s+(?:\w+\s+)?$"));
    static ENTRY: LazyLock<Regex> = LazyLock::new(|| pattern(r"(?i)^\s+(?:entry|entries|lines?|rotation|level)\b"));
    static KEPT: LazyLock<Regex> = LazyLock::new(|| {
        pattern(
            r"(?i)\b(?:logs?|logging|diagnostics?|telemetry|dumps?|traces)\b[^.;]*\b(?:keep|kept|preserv\w+|retain\w*|ship\w*|forward\w*|collect\w*|export\w*|centrali\w+|stor(?:e|ed|ing)|cop(?:y|ied)|elsewhere|outside)\b|\b(?:keep|preserv\w+|retain\w*|ship|forward|collect|export|centrali\w+|store|copy)\b[^.;]*\b(?:logs?|diagnostics?|telemetry|dumps?|traces)\b",
        )
    });
    let (line, found) = reading.about(Topic::RootCause).find_map(|line| {
        let found = LOST.find(&line.text)?;
        let lost = !NONE.is_match(&line.text[..found.start()]) && !ENTRY.is_match(&line.text[found.end()..]);
        lost.then_some((line, found))
    })?;
    if planned(reading).any(|line| KEPT.is_match(&line.text)) {
        return None;
    }
    let sources = vec![reading.meant(line, found.range()), Source::at(reading.report, Place::Actions, "")];
    Some(Finding::new("L42", Level::Note, "What would have shown the cause was lost, and no action keeps it next time.", sources))
}

fn shortened(text: &str) -> String {
    const LONGEST: usize = 60;
    let text = text.trim();
    if text.chars().count() <= LONGEST {
        text.trim_end_matches('.').to_owned()
    } else {
        text.chars().take(LONGEST - 1).chain(['…']).collect()
    }
}
