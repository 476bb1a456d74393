//! Causes told to their end: open without who and when (L40), closed while still assumed (L43), one sentence for trigger, detection and
//! cause (L44), a risk accepted by nobody (L47), a repeat that is not marked as one (L48), a supplier's analysis without a day (L50).

use super::reading::{Line, Reading, Topic};
use crate::finding::{Finding, Level, Source};
use crate::mentions::{self, pattern};
use crate::place::Place;
use crate::template::{FieldType, SectionKind};
use crate::timeline::Role;
use regex::Regex;
use std::ops::Range;
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

/// What is told of the root cause: under its heading, in the list of causes, in a field that asks for it.
fn on_the_cause<'a>(reading: &'a Reading<'a>) -> impl Iterator<Item = &'a Line> {
    let field = |line: &&Line| match &line.place {
        Place::Causes => true,
        Place::Field { key } => {
            let field = reading.report.template.field(key);
            key.contains("root_cause") && field.is_some_and(|field| matches!(field.kind, FieldType::LongText | FieldType::RichText))
        }
        _ => false,
    };
    reading.about(Topic::RootCause).chain(reading.lines.iter().filter(field))
}

/// Whether a part of a line says by when something will come. A day on which something was is no such promise.
fn has_day(line: &Line, range: &Range<usize>) -> bool {
    static PROMISED: LazyLock<Regex> = LazyLock::new(|| {
        pattern(
            r"(?i)\b(?:due|by|until|till|before|expected|expects?|target(?:ed)?|end of|will|follows?|planned|reports|answers|delivers|presents|publishes|no later than|at the latest)\b",
        )
    });
    let text = &line.text[range.clone()];
    let day = line.days.iter().any(|day| range.contains(&day.span.start)) || super::actions::has_date(text);
    day && PROMISED.is_match(text)
}

/// What ends a first idea, or an open question.
static CLOSED: LazyLock<Regex> = LazyLock::new(|| {
    pattern(concat!(
        r"(?i)\b(?:turned out|in fact|in truth|in reality|actually|however it was|proved|proven wrong|disproved|confirmed|ruled out|excluded|was wrong|wrongly|mistaken|was not the case",
        r"|in the end|it was (?:the|an?)|later (?:found|seen|shown|established)|we now know|established that|found (?:that|the|a|an|it|this|to be)|traced to|caused by|not the|instead",
        r"|showed|(?:real|actual|true) (?:root )?cause|(?:root )?cause (?:is|was|lay) (?:the|a|an|that|in))\b"
    ))
});

/// L40: the cause is not established, and no action, owner or day says how it will be.
fn open_cause(reading: &Reading) -> Option<Finding> {
    static OPEN: LazyLock<Regex> = LazyLock::new(|| {
        pattern(concat!(
            r"(?i)\b(?:(?:analysis|investigations?|inquiry|enquiries) (?:(?:is|are|remains?) (?:\w+ )?(?:ongoing|on-going|under way|underway|in progress|continuing|open|(?:not (?:yet )?|in)(?:complete|finished|concluded))|continues?)",
            r"|(?:unsure|uncertain) (?:of|about) (?:the|its) (?:root )?cause",
            r"|(?:root )?cause (?:is|remains) (?:still |as yet |currently )?(?:unknown|unclear|open|to be (?:established|determined|confirmed|found))",
            r"|(?:cause|reason) (?:is|has|was) (?:still )?not (?:yet )?(?:been )?(?:known|established|identified|found|determined)",
            r"|no (?:root )?cause has (?:yet )?been (?:established|identified|found|determined)",
            r"|(?:(?:could|can) not|cannot) (?:yet )?(?:be )?(?:determined?|establish\w*|identif\w+|say|explain) (?:(?:the|a) (?:root )?cause|why|what caused)",
            r"|(?:have|has) not (?:yet )?(?:established|identified|found|determined) (?:the (?:root )?cause|why|what caused)",
            r"|do(?:es)? not (?:yet )?know (?:the (?:root )?cause|why|what caused)",
            r"|(?:analysis|investigations?|RCA) (?:is )?(?:still )?(?:ongoing|on-going|under way|underway|in progress|pending)",
            r"|(?:cause|reason) has yet to be (?:established|identified|found|determined)|(?:cause|reason)[^.;]{0,40} (?:could not|cannot|can not) be (?:established|identified|found|determined|explained)",
            r"|(?:unclear|unknown|not (?:yet )?(?:known|clear)) (?:why|what caused)|why [^.;]{3,60} (?:is|remains) (?:still )?(?:not (?:yet )?known|unknown|unclear)",
            r"|(?:nobody|no one) knows (?:yet )?why|(?:is|are|still|remains?|cause:) (?:still )?(?:being investigated|under investigation)|(?:is|are|still) investigating)\b"
        ))
    });
    static ABOUT_IT: LazyLock<Regex> = LazyLock::new(|| pattern(r"(?i)\b(?:root cause|investigat\w+|analys\w+|find out)\b"));
    let lines: Vec<&Line> = on_the_cause(reading).collect();
    let found_since = lines.iter().any(|line| CLOSED.is_match(&line.text));
    let (line, found) = lines.iter().find_map(|line| {
        // "Was not yet known" may have been told to its end since; "not known to" is about something else.
        let past = |words: &str| words.contains(" was ") || words.to_lowercase().contains("could");
        let open = |found: &regex::Match| !(line.text[found.end()..].starts_with(" to ") || past(found.as_str()) && found_since);
        Some((*line, OPEN.find_iter(&line.text).find(open)?))
    })?;
    let promised = |line: &&Line| mentions::sentences(&line.text).iter().any(|sentence| has_day(line, sentence));
    let answered = lines.iter().any(promised);
    let report = reading.report;
    let action = report.actions.iter().enumerate().find(|(_, action)| ABOUT_IT.is_match(&action.text));
    if answered || action.is_some_and(|(_, action)| !action.owner.trim().is_empty() && !action.due.trim().is_empty()) {
        return None;
    }
    let (row, known) = action.map_or((None, ""), |(row, action)| (Some(row), &action.text));
    let other = Source::at(report, Place::Actions, known).in_row(row);
    let sources = vec![reading.meant(line, found.range()), other];
    let message = "The cause is still open, but nothing says who will establish it and by when.";
    Some(Finding::new("L40", Level::Answer, message, sources))
}

/// L40: what was thought at first is told, and never whether it was so.
fn first_idea(reading: &Reading) -> Option<Finding> {
    static AT_FIRST: LazyLock<Regex> = LazyLock::new(|| {
        pattern(concat!(
            r"\b(?:[Aa]t first|[Ii]nitially|[Tt]o begin with)\b,?\s+(?:[\w’'-]+\s+){1,4}?(?:thought|believed|suspected|assumed|held|took\b[^.]{1,40}\bfor)\b",
            r"|\b(?:[Ww]e|[Tt]hey|[Ee]ngineers) (?:(?:had )?(?:at )?first|initially) (?:thought|believed|suspected|assumed)\b",
            r"|\b(?:[Oo]ur|[Tt]he|[Tt]heir) (?:first|initial) (?:suspicion|assumption|hypothesis|theory) (?:was|fell)\b"
        ))
    });
    let (line, found) = on_the_cause(reading).find_map(|line| {
        let found = AT_FIRST.find(&line.text)?;
        (!found.as_str().to_lowercase().starts_with("at first light")).then_some((line, found))
    })?;
    if on_the_cause(reading).any(|line| CLOSED.is_match(&line.text)) {
        return None;
    }
    let sources = vec![reading.meant(line, found.range()), Source::at(reading.report, Place::Report, "")];
    let message = "A first suspicion is described, but nothing says whether it turned out to be true.";
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
    // That an alarm seems to be working says nothing of the service.
    static ANOTHER: LazyLock<Regex> =
        LazyLock::new(|| pattern(r"(?i)\b(?:alarms?|alerts?|monitor\w*|probes?|sensors?|backups?|tests?|dashboards?|pagers?)\s+$"));
    let found = ASSUMED.find_iter(&line.text).find(|found| !ANOTHER.is_match(&line.text[..found.start()]))?;
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
    let message = format!("“{}” is only an assumption; nothing later confirms that it ended.", found.as_str());
    Some(Finding::new("L43", Level::Answer, message, vec![reading.meant(line, found.range()), closed]))
}

/// L44: the same words under two of trigger, detection and root cause.
fn one_sentence_for_all(reading: &Reading) -> Vec<Finding> {
    const FEWEST_WORDS: usize = 5;
    let fold =
        |text: &str| text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).map(str::to_lowercase).collect::<Vec<_>>();
    let sentences = |lines: Vec<&Line>| -> Vec<Source> {
        let of = |line: &&Line| {
            mentions::sentences(&line.text).into_iter().map(|range| reading.source(line, &line.text[range])).collect::<Vec<_>>()
        };
        lines.iter().flat_map(of).collect()
    };
    let topics = [
        sentences(reading.about(Topic::Trigger).collect()),
        sentences(reading.about(Topic::Detection).collect()),
        sentences(on_the_cause(reading).collect()),
    ];
    let mut out = Vec::new();
    for (n, first) in topics.iter().enumerate() {
        for second in &topics[n + 1..] {
            let pair = first.iter().find_map(|a| {
                let words = fold(&a.text);
                let same = |b: &&Source| {
                    let other = fold(&b.text);
                    words.len().min(other.len()) >= FEWEST_WORDS && (words.starts_with(&other) || other.starts_with(&words))
                };
                Some((a, second.iter().find(same)?))
            });
            if let Some((a, b)) = pair {
                let message = "The same sentence is under two headings that ask for different things.";
                out.push(Finding::new("L44", Level::Answer, message, vec![a.clone(), b.clone()]));
            }
        }
    }
    out
}

/// L47: something will not be mended, and nobody is said to have decided it.
fn accepted_by_nobody(reading: &Reading, line: &Line) -> Option<Finding> {
    static DECIDED: LazyLock<Regex> = LazyLock::new(|| {
        pattern(concat!(
            r"(?i)\b(?:(?:decided|decision (?:was |has been )?(?:taken|made)|chose|agreed) not to (?:address|improve|fix|mend|renew|implement|replace|invest|remediate|repair|patch|upgrade|change|add|extend|fit|install|build|buy)",
            r"|decided against (?:address|improv|fix|mend|renew|implement|replac|invest|remediat|repair|patch|upgrad|add|extend)\w*)\b"
        ))
    });
    static ACCEPTED: LazyLock<Regex> = LazyLock::new(|| {
        pattern(concat!(
            r"(?i)\b(?:risk (?:is|was|has been|will be) (?:therefore )?(?:accepted|tolerated)",
            r"|(?:we|they) (?:have )?(?:accept(?:ed)?|tolerate[d]?) (?:the|this|that|a) (?:residual |remaining )?risk)\b"
        ))
    });
    static BY: LazyLock<Regex> = LazyLock::new(|| {
        pattern(concat!(
            r"\b(?:[Aa]pproved|[Aa]ccepted|[Aa]greed|[Ss]igned off|[Tt]aken|[Mm]ade|[Dd]ecided)(?: and \w+)? (?:by|with) (?:the |our )?[A-Z]",
            r"|(?i:\b(?:boards?|panel|committee|council|director|head of|owner|manager|steering group|chair|CISO|CTO|CIO|COO|CEO)\b)"
        ))
    });
    // What was put off during the incident, and what was never accepted.
    static FOR_THE_NIGHT: LazyLock<Regex> =
        LazyLock::new(|| pattern(r"(?i)\b(?:before|until|for now|that (?:night|day)|during|while|yet|in the middle of|add to|at \d)\b"));
    static NO_RISK: LazyLock<Regex> = LazyLock::new(|| pattern(r"(?i)\b(?:no|not a|neither) (?:\w+ )?$"));
    let decided = || {
        DECIDED.find(&line.text).filter(|found| {
            let row = matches!(line.place, Place::Timeline { .. });
            !row && !FOR_THE_NIGHT.is_match(line.sentence(found.start()))
        })
    };
    let accepted = || ACCEPTED.find(&line.text).filter(|found| !NO_RISK.is_match(&line.text[..found.start()]));
    let found = decided().or_else(accepted)?;
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
        pattern(concat!(
            r"(?i)\b(?:(?:a )?(?:repeat|recurrence|repetition) of (?:the |an? |this )?(?:(?:same|earlier|previous|recent|last|known) )*(?P<of>\w+)",
            r"|(?:identified|seen|found|occurred|happened|raised) in an? (?:recent|previous|earlier|prior) incident",
            r"|(?:second|third|fourth|fifth) such (?:incident|outage|failure|fault|interruption)",
            r"|(?:second|third|fourth|fifth) time (?:this|in (?:as many|two|three|four|five|six|a)) (?:years?|months?|weeks?|quarter)",
            r"|repeats (?:the|an?) (?:\w+ )?(?:incident|fault|outage|failure|problem)|the same (?:fault|failure|problem|incident) as (?:in|on|of)|the same (?:thing )?(?:happened|occurred) (?:in|on|a|last)",
            r"|ha(?:s|d|ve) (?:already )?(?:happened|occurred|been seen) before)\b"
        ))
    });
    // A repeat that is feared, fought or denied is none yet.
    static NOT_THIS: LazyLock<Regex> = LazyLock::new(|| {
        pattern(
            r"(?i)\b(?:no|not|never|nothing|none|nobody|neither|without|prevent\w*|avoid\w*|rul\w+ out|against|risk\w*|likel\w+|chances?|probability|should|if|case of|event of|monitor\w*|watch\w*|future|reduc\w+|stops?|any|detect\w*|exclud\w+|possible|possibility)\b",
        )
    });
    let found = REPEAT.captures(&line.text)?;
    let whole = found.get(0)?;
    let range = line.sentence_range(whole.start());
    let sentence = line.text[range.clone()].trim();
    let marked = |text: &str| {
        let text = text.to_lowercase();
        ["repeat", "recur", "same fault", "same cause"].iter().any(|word| text.contains(word))
    };
    // "A repeat of the update" repeats no incident.
    let of = found.name("of").map_or("incident", |of| of.as_str());
    let of_incident = of.chars().any(|c| c.is_ascii_digit())
        || ["incident", "issue", "fault", "problem", "outage", "failure", "interruption"].contains(&of.to_lowercase().as_str());
    let denied = NOT_THIS.is_match(&line.text[range.start..whole.start().max(range.start)]);
    // Where the form has no table of links, the sentence itself can say which.
    let has_table = reading.report.template.has_kind(SectionKind::LinkedIncidents);
    let says_which = !has_table && (sentence.contains(|c: char| c.is_ascii_digit()) || super::actions::has_date(sentence));
    if !of_incident || denied || says_which || reading.report.linked.iter().any(|link| marked(&link.nature)) {
        return None;
    }
    let sources = vec![reading.source(line, sentence), Source::at(reading.report, Place::Linked, "")];
    let message = "An earlier incident of this kind is mentioned, but no link says which one.";
    Some(Finding::new("L48", Level::Answer, message, sources))
}

/// L50: somebody else still owes their analysis, and no day is given.
fn supplier_pending(reading: &Reading, line: &Line) -> Option<Finding> {
    static PENDING: LazyLock<Regex> = LazyLock::new(|| {
        pattern(concat!(
            r"(?i)\b(?:has|have) not (?:yet )?(?:provided|delivered|sent|completed|shared|finished|supplied) (?:us )?(?:with )?(?:their|its|the|a|an) (?:\w+ ){0,3}(?:analysis|report|findings|RCA|explanation)",
            r"|\b(?:(?:has|have) yet|(?:is|are) still) to (?:provide|deliver|send|complete|share|finish|supply|present) (?:us )?(?:with )?(?:their|its|the|a|an) (?:\w+ ){0,3}(?:analysis|report|findings|RCA|explanation)",
            r"|\bowes? us (?:their|its|the|a|an) (?:\w+ ){0,3}(?:analysis|report|findings|RCA|explanation)",
            r"|\b(?:has|have) not (?:yet )?(?:received|had|been (?:given|sent)) (?:the|their|its|an?|any) (?:[\w'’-]+ ){0,3}(?:analysis|findings|RCA|explanation)",
            r"|\b(?:supplier|vendor|provider|maker|manufacturer|host|contractor|carrier)['’]?s['’]? (?:\w+ ){0,2}(?:analysis|report|findings|RCA|explanation) (?:is|are|remains?) (?:still )?(?:outstanding|pending|awaited|owed|to come|not (?:yet )?(?:available|complete|ready|in))",
            r"|\b(?:await(?:s|ing)?|waiting for) (?:the |their |its |an? )?(?:\w+['’]?s? ){0,3}(?:analysis|root cause|findings|RCA)\b"
        ))
    });
    // What was waited for during the incident has come, or a later row says that it has not.
    static WAS: LazyLock<Regex> = LazyLock::new(|| pattern(r"(?i)\b(?:after|while|were|was|been|spent|instead of|without) (?:\w+ )?$"));
    let last = reading.report.timeline.len().saturating_sub(1);
    if matches!(line.place, Place::Timeline { index: Some(index) } if index < last) {
        return None;
    }
    let found = PENDING.find(&line.text).filter(|found| !WAS.is_match(&line.text[..found.start()]))?;
    let range = line.sentence_range(found.start());
    if has_day(line, &range) {
        return None;
    }
    let sources = vec![reading.source(line, line.text[range].trim()), Source::at(reading.report, Place::Actions, "")];
    Some(Finding::new("L50", Level::Answer, "An analysis is still owed by somebody else, and no day is given for it.", sources))
}
