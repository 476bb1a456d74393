//! How much, how likely: impact without a number and estimates that do not say so (L45), a future that was asked for and not told (L46),
//! claims that nothing supports (L49).

use super::reading::{Line, Reading, Topic};
use crate::edit::Edit;
use crate::finding::{Finding, Level, Source};
use crate::mentions::pattern;
use crate::place::Place;
use regex::Regex;
use std::sync::LazyLock;

/// An offer carries the section's whole text; a long list of estimates would carry it once a line.
const MOST_OFFERED: usize = 20;

pub(super) fn check(reading: &Reading, findings: &mut Vec<Finding>) {
    findings.extend(no_number(reading));
    findings.extend(no_future(reading));
    findings.extend(share_of_what(reading));
    let mut offered = 0;
    for line in reading.prose().filter(|line| !line.quoted) {
        let estimate = estimate_unsaid(reading, line, offered < MOST_OFFERED);
        offered += usize::from(estimate.as_ref().is_some_and(|finding| finding.fix.is_some()));
        findings.extend(estimate);
        findings.extend(unsupported(reading, line));
    }
}

/// L45: nothing under the impact's heading says how many.
fn no_number(reading: &Reading) -> Option<Finding> {
    static HOW_MANY: LazyLock<Regex> = LazyLock::new(|| {
        pattern(
            r"(?i)\d|\b(?:all|none|no|nobody|not|every|each|any|only|single|both|half|quarter|third|majority|most|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|twenty|thirty|forty|fifty|dozens?|hundreds?|thousands?|millions?|unknown)\b",
        )
    });
    let lines: Vec<&Line> = reading.about(Topic::Impact).collect();
    let first = lines.first()?;
    if lines.iter().any(|line| HOW_MANY.is_match(&line.text) || line.text.contains('{')) {
        return None;
    }
    let sources = vec![reading.source(first, first.sentence(0)), Source::at(reading.report, Place::Form, "")];
    Some(Finding::new("L45", Level::Answer, "The impact is told without any number: how many, how much, how long?", sources))
}

/// L45: "circa 50" is an estimate that does not say so.
fn estimate_unsaid(reading: &Reading, line: &Line, offer: bool) -> Option<Finding> {
    static CIRCA: LazyLock<Regex> = LazyLock::new(|| {
        pattern(concat!(
            r"(?i)(?P<word>\b(?:circa|approximately|approx\.?|roughly|about|around)\s+|\bca?\.\s+|~\s?)",
            r"(?P<number>\d[\d,.]*\d|\d|(?:ten|twelve|fifteen|twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety)(?:-\w+)?\b|(?:a|one|two|three|four|five|six|seven|eight|nine)\s+(?:dozen|hundred|thousand|million)\b)",
            r"(?P<after>(?:\s?[^\s\w]?\w*)?)"
        ))
    });
    // What is no count: a share, a length, a time, a year, a measure.
    static NO_COUNT: LazyLock<Regex> = LazyLock::new(|| {
        pattern(
            r"(?i)^\s?(?:%|per\s?cent|h\b|hours?|hrs?|min|minutes?|[ap]\.?m\b|:|o['’]clock|days?|°|[kGMT]i?B\b|[kMG]?W\b|seconds?|s\b|m?s\b|[ckm]?m\b|weeks?|months?|years?|UTC|GMT|BST|CES?T|Z\b|degrees|bar|volts?|kV|A\b|metres?|kilomet\w+|miles?|litres?|tonnes?|euros?|pounds?|dollars?|kronor|times|(?:January|February|March|April|May|June|July|August|September|October|November|December)\b)",
        )
    });
    // "About" and "~" before something that is counted: "about 340 customers", "about twenty of our servers".
    static COUNTED: LazyLock<Regex> = LazyLock::new(|| pattern(r"(?i)^\s(?:of\b|[a-z]{3,}\b|\p{L}{4,})"));
    static YEAR: LazyLock<Regex> = LazyLock::new(|| pattern(r"^(?:19|20)\d\d$"));
    let found = CIRCA.captures_iter(&line.text).find(|found| {
        let sentence = line.sentence(found.get(0).map_or(0, |whole| whole.start())).to_lowercase();
        !found.get(0).is_some_and(|whole| line.is_code(&whole.range()))
            && !NO_COUNT.is_match(&found["after"])
            && !YEAR.is_match(&found["number"])
            && (COUNTED.is_match(&found["after"]) || !matches!(found["word"].trim().to_lowercase().as_str(), "about" | "around" | "~"))
            && !line.text[found.get(0).map_or(0, |whole| whole.start())..].contains("](")
            && !sentence.contains("estimat")
    })?;
    let whole = found.get(0)?;
    let said = line.text[whole.start()..found.name("number")?.end()].to_owned();
    let message = format!("“{said}” is an estimate; say so, and how it was made if that matters.");
    let sources = vec![reading.meant(line, whole.range()), Source::at(reading.report, Place::Form, "")];
    let finding = Finding::new("L45", Level::Note, message, sources);
    let number = &found["number"];
    Some(match &line.place {
        Place::Section { section, .. } if offer => {
            let body = reading.section(*section)?.body.replaced(&said, &format!("an estimated {number}"));
            finding.with_fix(format!("Write “an estimated {number}”"), Edit::Body { section: *section, body })
        }
        _ => finding,
    })
}

/// L45: a share of something whose size is not told.
fn share_of_what(reading: &Reading) -> Option<Finding> {
    static SHARE: LazyLock<Regex> = LazyLock::new(|| {
        pattern(r"(?i)\b(?P<share>\d{1,2}(?:\.\d+)?)\s?(?:%|per cent|percent) of (?:our|all our|all|the|its|their) [a-z]+")
    });
    static COUNT: LazyLock<Regex> = LazyLock::new(|| pattern(r"\b\d[\d,]*\b(?:[^%:.\d]|$)"));
    let (line, found) = reading.prose().find_map(|line| {
        let found = SHARE.find_iter(&line.text).find(|found| {
            let sentence = line.sentence(found.start());
            !COUNT.is_match(&sentence.replace(found.as_str(), ""))
        })?;
        Some((line, found))
    })?;
    let message = format!("“{}”: how many is that?", found.as_str());
    let sources = vec![reading.meant(line, found.range()), Source::at(reading.report, Place::Form, "")];
    Some(Finding::new("L45", Level::Note, message, sources))
}

/// L46: the heading asks for the likely future impact, and only the past is told.
fn no_future(reading: &Reading) -> Option<Finding> {
    // "May" is a month as well; "worked again", "a further hour", "until 02:41" and "than expected" tell what was.
    static FUTURE: LazyLock<Regex> = LazyLock::new(|| {
        pattern(concat!(
            r"(?i)\b(?:future|(?:is|are|not|none|nothing|we|be) (?:\w+ )?expect(?:ed)?|expects|expected to|recur\w*|(?:happen|occur|fail|return|appear|affected) again",
            r"|likely|unlikely|risk|will|(?-i:may)|might|could (?:still|again|recur|happen|return|fail|be affected|see)|anticipat\w+",
            r"|further (?:impact|effects?|disruption|interruptions?|delays?|incidents?|outages?|loss(?:es)?|refusals?)|forese\w+|remain(?:s|ing)? (?:at risk|affected)|(?:remains?|stays?|lasts?)\b[^.]*\buntil)\b"
        ))
    });
    let report = reading.report;
    let section = report.sections.iter().find(|section| section.heading.to_lowercase().contains("future impact"))?;
    let text = section.body.plain();
    if text.trim().is_empty() || FUTURE.is_match(&text) || !section.standing.is_known() {
        return None;
    }
    let last = section.body.lines().into_iter().rev().find(|line| !line.trim().is_empty()).unwrap_or_default();
    let place = Place::Section { section: section.id, line: None };
    let sources = vec![Source::at(report, Place::Form, section.heading.clone()), Source::at(report, place, last)];
    Some(Finding::new("L46", Level::Answer, "The heading asks what is likely to happen; the text only says what happened.", sources))
}

/// L49: a claim that a reader must take on trust.
fn unsupported(reading: &Reading, line: &Line) -> Option<Finding> {
    static CLAIM: LazyLock<Regex> = LazyLock::new(|| {
        pattern(concat!(
            r"(?i)\b(?:(?:chance|chances|likelihood|probability|risk)s? of .{1,60}? (?:is|are|remains?) (?:very |extremely )?(?:low|small|minimal|negligible|remote|nil|(?:close to|practically) (?:zero|nil))",
            r"|(?:has|have) proven (?:its|their|to be)(?: \w+)? ?(?:reliab\w+|stab\w+|safe\w*|robust\w*)|(?:(?:can|could|will) (?:never|not)|cannot|can['’]t|won['’]t) (?:possibly )?happen again",
            r"|(?:extremely|exceedingly) unlikely|no chance of an? (?:repeat|repetition|recurrence)|(?:completely|fully|100 ?%|absolutely|totally) (?:secure|safe|reliable)|world[- ]class|best[- ]in[- ]class|industry[- ]leading|state[- ]of[- ]the[- ]art)\b"
        ))
    });
    // "Not fully reliable" claims nothing, and a reason or a test supports what is claimed.
    static DENIED: LazyLock<Regex> = LazyLock::new(|| pattern(r"(?i)\b(?:no|not|never|nothing|cannot|hardly|isn['’]t|than) [^.;,]{0,30}$"));
    static SUPPORTED: LazyLock<Regex> =
        LazyLock::new(|| pattern(r"(?i)\b(?:because|tests?|tested|measured|rehears\w+|audit\w*|assessed)\b"));
    let found = CLAIM.find(&line.text)?;
    let range = line.sentence_range(found.start());
    let before = &line.text[range.start.min(found.start())..found.start()];
    if DENIED.is_match(before) || SUPPORTED.is_match(&line.text[range]) {
        return None;
    }
    let message = format!("“{}” is claimed, but nothing here supports it.", found.as_str());
    let sources = vec![reading.meant(line, found.range()), Source::at(reading.report, Place::Report, "")];
    Some(Finding::new("L49", Level::Note, message, sources))
}

#[cfg(test)]
mod tests {
    #[test]
    fn an_estimate_is_offered_as_one() {
        let report = super::super::support::with_text("with only circa 50 left");
        let fix = super::super::check(&report).into_iter().find(|f| f.check == "L45").and_then(|f| f.fix).expect("it can be mended");
        assert_eq!(report.apply(&fix.edit).expect("it fits").report.sections[0].body.plain(), "with only an estimated 50 left");
    }

    #[test]
    fn a_long_list_of_estimates_is_offered_no_more_than_some_ways_out() {
        let list: Vec<String> = (2..60).map(|n| format!("circa {n} sites")).collect();
        let found = super::super::check(&super::super::support::with_text(&list.join("\n")));
        let estimates: Vec<bool> = found.iter().filter(|f| f.check == "L45").map(|f| f.fix.is_some()).collect();
        assert_eq!((estimates.len(), estimates.iter().filter(|offered| **offered).count()), (58, super::MOST_OFFERED));
    }
}
