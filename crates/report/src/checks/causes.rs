//! Causes told to their end: open without who and when (L40), closed while still assumed (L43), one sentence for trigger, detection and
//! cause (L44), a risk accepted by nobody (L47), a repeat that is not marked as one (L48), a supplier's analysis without a day (L50).

use super::reading::{Line, Reading, Topic};
use crate::finding::{Finding, Level, Source};
use crate::mentions::pattern;
use crate::place::Place;
use crate::timeline::Role;
use regex::Regex;
use std::sync::LazyLock;

pub(super) fn check(reading: &Reading, findings: &mut Vec<Finding>) {
    findings.extend(open_cause(reading));
    findings.extend(first_idea(reading));
    findings.extend(one_sentence_for_all(reading));
    // Words that a caption or a summary repeats are questioned where they stand first.
    findings.extend(reading.told().find_map(|line| still_assumed(reading, line)));
    let decided = reading.lines.iter().filter(|line| line.place == Place::Actions);
    findings.extend(reading.told().chain(decided).filter_map(|line| accepted_by_nobody(reading, line)));
    for line in reading.told() {
        findings.extend(repeat_unmarked(reading, line));
        findings.extend(supplier_pending(reading, line));
    }
}

/// What the sentence says about who answers and when.
static FOLLOWED_UP: LazyLock<Regex> = LazyLock::new(|| pattern(r"(?i)\b(?:due|by|until|before|on|expected|target(?:ed)?|end of)\b"));

fn has_day(line: &Line, range: &std::ops::Range<usize>) -> bool {
    line.days.iter().any(|day| range.contains(&day.span.start) && FOLLOWED_UP.is_match(&line.text[range.clone()]))
}

/// L40: the cause is not established, and no action, owner or day says how it will be.
fn open_cause(reading: &Reading) -> Option<Finding> {
    static OPEN: LazyLock<Regex> = LazyLock::new(|| {
        pattern(concat!(
            r"(?i)\b(?:(?:analysis|investigations?|inquiry|enquiries) (?:is|are|remains?|continues?)(?: \w+)? ?(?:ongoing|under way|in progress|continuing)?",
            r"|(?:unsure|uncertain) (?:of|about) (?:the|its) (?:root )?cause|(?:root )?cause (?:is|remains) (?:still )?(?:unknown|unclear|open)",
            r"|(?:cause|reason) (?:is|has|was) not (?:yet )?(?:been )?(?:known|established|identified|found|determined)",
            r"|(?:could|can) not (?:be )?(?:determined?|establish\w*|identif\w+) (?:the|a) (?:root )?cause|still (?:under investigation|being investigated|investigating))\b"
        ))
    });
    static ABOUT_IT: LazyLock<Regex> = LazyLock::new(|| pattern(r"(?i)\b(?:root cause|investigat\w+|analys\w+|find out)\b"));
    let lines: Vec<&Line> = reading.about(Topic::RootCause).collect();
    let (line, found) = lines.iter().find_map(|line| Some((*line, OPEN.find(&line.text)?)))?;
    let answered = lines.iter().any(|line| has_day(line, &(0..line.text.len())));
    let report = reading.report;
    let action = report.actions.iter().enumerate().find(|(_, action)| ABOUT_IT.is_match(&action.text));
    if answered || action.is_some_and(|(_, action)| !action.owner.trim().is_empty() && !action.due.trim().is_empty()) {
        return None;
    }
    let (row, known) = action.map_or((None, ""), |(row, action)| (Some(row), &action.text));
    let other = Source::at(report, Place::Actions, known).in_row(row);
    let sources = vec![reading.source(line, line.sentence(found.start())), other];
    let message = "The cause is still open, and nothing says who will establish it, and by when.";
    Some(Finding::new("L40", Level::Answer, message, sources))
}

/// L40: what was thought at first is told, and never whether it was so.
fn first_idea(reading: &Reading) -> Option<Finding> {
    static AT_FIRST: LazyLock<Regex> = LazyLock::new(|| {
        pattern(
            r"\b(?:[Aa]t first|[Ii]nitially|[Tt]o begin with)\b,?\s+(?:[\w’'-]+\s+){1,4}?(?:thought|believed|suspected|assumed|held|took\b[^.]{1,40}\bfor)\b|\b(?:[Ww]e|[Tt]hey) (?:at first|initially) (?:thought|believed|suspected|assumed)\b",
        )
    });
    static CLOSED: LazyLock<Regex> = LazyLock::new(|| {
        pattern(
            r"(?i)\b(?:turned out|in fact|in truth|actually|however it was|proved|proven wrong|confirmed|ruled out|was wrong|was not the case|later (?:found|seen|shown|established)|we now know|established that|found that|found (?:it|this) to be)\b",
        )
    });
    let (line, found) = reading.about(Topic::RootCause).find_map(|line| Some((line, AT_FIRST.find(&line.text)?)))?;
    if reading.about(Topic::RootCause).any(|line| CLOSED.is_match(&line.text)) {
        return None;
    }
    let sources = vec![reading.source(line, line.sentence(found.start())), Source::at(reading.report, Place::Report, "")];
    let message = "What was thought at first is told, and nothing says whether it was so.";
    Some(Finding::new("L40", Level::Answer, message, sources))
}

/// L43: the service is called restored, and its end is only assumed, or said to go on.
fn still_assumed(reading: &Reading, line: &Line) -> Option<Finding> {
    static ASSUMED: LazyLock<Regex> = LazyLock::new(|| {
        pattern(concat!(
            r"(?i)\b(?:(?:assumed|presumed|believed|thought|appears?|seems?|hoped) to (?:be|have been) (?:fully )?(?:fixed|resolved|restored|solved|working)",
            r"|(?:incident|outage|interruption|impact) (?:is|remains) (?:still )?(?:ongoing|open|active)|(?:should|may) now be (?:fixed|resolved|restored))\b"
        ))
    });
    let found = ASSUMED.find(&line.text)?;
    let report = reading.report;
    let field = reading.stated().find(|(_, role, _)| *role == Role::Restored).map(|(key, ..)| reading.field(key));
    let row = || report.moment_of(Role::Restored).or(report.moment_of(Role::Closed)).map(|event| reading.row(event));
    let said = || {
        let mut lines = reading.lines.iter().filter(|other| other.text.trim().eq_ignore_ascii_case("resolved"));
        lines.next().map(|line| reading.source(line, &line.text))
    };
    let last = || {
        let last = report.events().filter(|event| event.time.start().is_some()).last()?;
        let here = matches!(line.place, Place::Timeline { index: Some(index) } if report.timeline.get(index).is_some_and(|row| row.id() == last.id));
        here.then(|| Source::at(report, Place::Report, ""))
    };
    let closed = field.or_else(row).or_else(said).or_else(last)?;
    let message = format!("“{}”: whether it ended is only assumed, and nothing later confirms it.", found.as_str());
    Some(Finding::new("L43", Level::Answer, message, vec![reading.source(line, line.sentence(found.start())), closed]))
}

/// L44: the same words under two of trigger, detection and root cause.
fn one_sentence_for_all(reading: &Reading) -> Vec<Finding> {
    const FEWEST_WORDS: usize = 5;
    let fold =
        |text: &str| text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).map(str::to_lowercase).collect::<Vec<_>>();
    let topics = [Topic::Trigger, Topic::Detection, Topic::RootCause];
    let mut out = Vec::new();
    for (n, first) in topics.iter().enumerate() {
        for second in &topics[n + 1..] {
            let pair = reading.about(*first).find_map(|a| {
                let words = fold(&a.text);
                let same = |b: &&Line| {
                    let other = fold(&b.text);
                    words.len().min(other.len()) >= FEWEST_WORDS && (words.starts_with(&other) || other.starts_with(&words))
                };
                Some((a, reading.about(*second).find(same)?))
            });
            if let Some((a, b)) = pair {
                let message = "Two headings that ask for different things hold the same sentence.";
                out.push(Finding::new("L44", Level::Answer, message, vec![reading.source(a, &a.text), reading.source(b, &b.text)]));
            }
        }
    }
    out
}

/// L47: something will not be mended, and nobody is said to have decided it.
fn accepted_by_nobody(reading: &Reading, line: &Line) -> Option<Finding> {
    static ACCEPTED: LazyLock<Regex> = LazyLock::new(|| {
        pattern(concat!(
            r"(?i)\b(?:(?:decided|decision (?:was |has been )?(?:taken|made)|chose|agreed) not to (?:address|improve|fix|mend|renew|implement|replace|invest|remediate|repair|patch|upgrade|change|add|extend)",
            r"|(?:the |this )?risk (?:is|was|has been) accepted|(?:we|they) accept(?:ed)? (?:the|this) risk)\b"
        ))
    });
    static BY: LazyLock<Regex> = LazyLock::new(|| {
        pattern(
            r"\b(?:[Aa]pproved|[Aa]ccepted|[Aa]greed|[Ss]igned off|[Tt]aken|[Mm]ade|[Dd]ecided)(?: and \w+)? (?:by|with) (?:the |our )?[A-Z]|\b(?:Board|Panel|Committee|Director|Head of|Owner|CISO|CTO|CIO)\b",
        )
    });
    let found = ACCEPTED.find(&line.text)?;
    let sentence = line.sentence(found.start());
    if BY.is_match(sentence) {
        return None;
    }
    let sources = vec![reading.source(line, sentence), Source::at(reading.report, Place::Report, "")];
    Some(Finding::new("L47", Level::Answer, "A risk is accepted here, and nobody is named who accepted it.", sources))
}

/// L48: an earlier incident of the same kind is mentioned, and no link says that this one repeats it.
fn repeat_unmarked(reading: &Reading, line: &Line) -> Option<Finding> {
    static REPEAT: LazyLock<Regex> = LazyLock::new(|| {
        pattern(
            r"(?i)\b(?:a )?(?:repeat|recurrence|repetition) of (?:the |an? )?(?P<of>\w+)|\b(?:identified|seen|found|occurred|happened|raised) in an? (?:recent|previous|earlier|prior) incident\b",
        )
    });
    let found = REPEAT.captures(&line.text)?;
    let whole = found.get(0)?;
    let sentence = line.sentence(whole.start());
    let marked = |text: &str| {
        let text = text.to_lowercase();
        ["repeat", "recur", "same fault", "same cause"].iter().any(|word| text.contains(word))
    };
    // "A repeat of the update" repeats no incident.
    let of = found.name("of").map_or("incident", |of| of.as_str());
    let of_incident = of.chars().any(|c| c.is_ascii_digit())
        || ["incident", "issue", "fault", "problem", "outage", "failure"].contains(&of.to_lowercase().as_str());
    let denied = sentence.to_lowercase().contains("no repeat")
        || sentence.to_lowercase().contains("not a repeat")
        || sentence.to_lowercase().contains("prevent");
    if !of_incident || denied || reading.report.linked.iter().any(|link| marked(&link.nature)) {
        return None;
    }
    let sources = vec![reading.source(line, sentence), Source::at(reading.report, Place::Linked, "")];
    let message = "An earlier incident of this kind is mentioned; no link says which one this repeats.";
    Some(Finding::new("L48", Level::Answer, message, sources))
}

/// L50: somebody else still owes their analysis, and no day is given.
fn supplier_pending(reading: &Reading, line: &Line) -> Option<Finding> {
    static PENDING: LazyLock<Regex> = LazyLock::new(|| {
        pattern(concat!(
            r"(?i)\b(?:has|have) not (?:yet )?(?:provided|delivered|sent|completed|shared|finished|supplied) (?:us )?(?:with )?(?:their|its|the|a|an) (?:\w+ ){0,3}(?:analysis|report|findings|RCA|explanation)",
            r"|\b(?:await(?:s|ing)?|waiting for) (?:the |their |its |an? )?(?:\w+['’]?s? ){0,3}(?:analysis|root cause|findings|RCA)\b"
        ))
    });
    let found = PENDING.find(&line.text)?;
    let range = line.sentence_range(found.start());
    if has_day(line, &range) {
        return None;
    }
    let sources = vec![reading.source(line, line.text[range].trim()), Source::at(reading.report, Place::Actions, "")];
    Some(Finding::new("L50", Level::Answer, "An analysis is still owed by somebody else, and no day is given for it.", sources))
}

#[cfg(test)]
mod tests {
    use super::super::support::{fires, questioned, sample, unquestioned, with_rows};
    use crate::report::{Report, Section};
    use crate::rich::RichText;

    const NONE: [&str; 0] = [];

    fn with_cause(text: &str) -> Report {
        let mut report = sample();
        let at = report.sections.iter().position(|s| s.key.as_deref() == Some("root_cause")).expect("it is there");
        report.sections[at].body = RichText::from_plain(text);
        report
    }

    #[test]
    fn an_open_cause_names_who_and_when() {
        for text in [
            "Root cause analysis is ongoing.",
            "Logs were lost, so we are unsure of the root cause.",
            "The cause has not yet been established.",
            "Why the node restarted is still under investigation.",
        ] {
            assert!(fires(&with_cause(text), "L40"), "{text}");
        }
        for text in [
            "The cause was a full disk.",
            "Root cause analysis is ongoing; the supplier's answer is due on 5 November 2025.",
            "The investigation found that the alarm was off.",
        ] {
            assert!(!fires(&with_cause(text), "L40"), "{text}");
        }
        let mut followed = with_cause("Root cause analysis is ongoing.");
        followed.actions[0].text = "Establish the root cause".into();
        assert!(!fires(&followed, "L40"), "an action has an owner and a day");
    }

    #[test]
    fn a_first_idea_is_told_to_its_end() {
        for text in [
            "At first, the host thought that a battery was at fault.",
            "Initially we suspected the network.",
            "At first the crew took a blocked filter for the cause.",
            "We at first believed that a certificate had run out. The disk was replaced.",
        ] {
            assert!(fires(&with_cause(text), "L40"), "{text}");
        }
        for text in [
            "At first, the host thought that a battery was at fault; it turned out to be the feed.",
            "Initially we suspected the network. The trace ruled out the network.",
            "At first light the crew drove to the site.",
        ] {
            assert!(!fires(&with_cause(text), "L40"), "{text}");
        }
    }

    #[test]
    fn an_assumed_end_is_questioned() {
        for rows in [["21:52 down", "22:10 Problem is assumed to have been fixed"], ["21:52 a", "22:10 b appears to be resolved"]] {
            assert!(fires(&with_rows(&rows), "L43"), "{rows:?}");
        }
        assert_eq!(unquestioned("L43", &["The outage is still ongoing."]), NONE);
        assert_eq!(
            questioned(
                "L43",
                &["It was assumed to be a network fault.", "The investigation is ongoing.", "Service was confirmed restored."]
            ),
            NONE
        );
    }

    #[test]
    fn trigger_detection_and_cause_are_three_things() {
        let with = |trigger: &str, detection: &str| {
            let mut report = sample();
            for (heading, text) in [("Trigger", trigger), ("Detection", detection)] {
                report.sections.push(Section {
                    key: None,
                    heading: heading.into(),
                    body: RichText::from_plain(text),
                    ..report.sections[0].clone()
                });
                let at = report.sections.len();
                report.sections[at - 1].id = crate::ids::SectionId::new(&mut crate::ids::CountedIds(900 + at as u64));
            }
            report
        };
        let long = "A user said in the support channel that links fail";
        for (a, b) in [
            (long, long),
            (long, "A user said in the support channel."),
            ("An alarm rang at the night desk.", "An alarm rang at the night desk, loudly"),
        ] {
            assert!(fires(&with(a, b), "L44"), "{a}");
        }
        for (a, b) in [
            ("A config change.", "A config change."),
            (long, "An alarm rang at the night desk."),
            ("The node was moved by hand", "A user said so"),
        ] {
            assert!(!fires(&with(a, b), "L44"), "{a}");
        }
    }

    #[test]
    fn a_decision_among_the_actions_is_a_risk_that_somebody_accepts() {
        let with = |text: &str| {
            let mut report = sample();
            let action = &mut report.actions[1];
            (action.text, action.owner, action.due) = (text.into(), String::new(), String::new());
            report
        };
        for text in
            ["Decision taken not to address the old portal.", "Decided not to replace the alarm", "We decided not to extend the watch."]
        {
            assert!(fires(&with(text), "L47") && !fires(&with(text), "L41"), "{text}");
        }
        assert!(!fires(&with("Replace the alarm"), "L47") && fires(&with("Replace the alarm"), "L41"));
    }

    #[test]
    fn a_risk_is_accepted_by_somebody() {
        assert_eq!(
            unquestioned(
                "L47",
                &[
                    "We decided not to improve the alarm.",
                    "Decision taken not to address the old portal.",
                    "The risk was accepted until spring."
                ]
            ),
            NONE
        );
        assert_eq!(
            questioned(
                "L47",
                &[
                    "We decided not to restart the second node before midnight.",
                    "The risk was accepted by the Head of Operations.",
                    "It was agreed not to add a third node (approved by Priya Raman).",
                ]
            ),
            NONE
        );
    }

    #[test]
    fn a_repeat_is_linked() {
        for text in
            ["It was a repeat of INC000000698850.", "A recurrence of the incident of June.", "This was identified in a recent incident."]
        {
            let mut report = super::super::support::with_text(text);
            report.linked.retain(|link| !link.nature.contains("Repeat"));
            assert!(fires(&report, "L48"), "{text}");
            assert!(!fires(&super::super::support::with_text(text), "L48"), "the table says so: {text}");
        }
        let mut report = super::super::support::with_text("Changes prevent a repeat of this fault. A repeat of the update went well.");
        report.linked.clear();
        assert!(!fires(&report, "L48"));
    }

    #[test]
    fn an_analysis_that_is_owed_has_a_day() {
        assert_eq!(
            unquestioned(
                "L50",
                &[
                    "The cable maker has not sent us its findings.",
                    "We are awaiting the supplier's analysis.",
                    "The host has not delivered its report.",
                ]
            ),
            NONE
        );
        assert_eq!(
            questioned(
                "L50",
                &[
                    "The cable maker has not yet sent its findings; they are due on 5 November 2025.",
                    "The cable maker has sent its findings.",
                    "While waiting for the bridge to open, the node was restarted.",
                ]
            ),
            NONE
        );
    }
}
