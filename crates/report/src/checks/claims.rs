//! What the text claims about downtime, held against what the report itself records (L03). Always true: a claim is held against the fact it
//! speaks of, the whole outage unless it names a service, and never against whichever figure lies nearest; where the record does not give
//! that fact, nothing is questioned.

mod record;
mod said;
mod speech;

pub(super) use speech::{Scope, Speech, leading, subject};

use super::reading::{Line, Reading};
use crate::finding::{Finding, Level, Source};
use crate::mentions::pattern;
use crate::when::length_words;
use chrono::{Datelike, NaiveDate};
use record::{Fact, Measure, Record};
use regex::Regex;
use said::Said;
use std::collections::HashSet;
use std::ops::Range;
use std::sync::LazyLock;

/// The words that claim a length, by what they measure. A subject that can be down stands before the verbs of `is`.
static CLAIMS: LazyLock<Regex> = LazyLock::new(|| {
    pattern(concat!(
        r"(?i)\b(?:(?P<down>downtime|outage|unavailability|interruption|disruption|without (?:any )?(?:service|access) for|cut off for|locked out for)",
        r"|(?P<is>(?:was|were|had been|has been|have been|remained|stayed|lay|stood|went) (?:\w+ly |all |again |back )?",
        r"(?:(?:down|offline|off-line|off line|dark|dead|out of (?:service|reach|action|order)|unavailable|unreachable|inaccessible|unusable|lost|interrupted|at a standstill)\b",
        r"|(?:restored|recovered|back|up|reinstated|working again|available again|resumed|up and running)\b))|(?P<back>(?:came back|recovered|returned|resumed)(?: up| online| to normal| to service)?\b)",
        r"|(?P<restore>total recovery|(?:recovery|repair|restoration) time|time to (?:recover|restore|repair|resolve|recovery|restoration|resolution)",
        r"|to (?:restore|recover|resolve|reinstate|bring back|get back|repair) (?:the |our |all |full |all the |normal )?(?:services?|incident|outage|site|system|systems|platform|portal|access|operations?)\b",
        r"|(?:restored|recovered|brought back|reinstated) (?:the |our |all |full |all the |normal )?(?:services?|site|system|systems|platform|portal|access|operations?)\b",
        r"|(?:outage|disruption|interruption|problem|fault) (?:was|were|had been) (?:\w+ly )?(?:over|resolved|fixed|cleared|ended|at an end)",
        r"|(?:passed|went by|elapsed) (?:before|until) (?:the |our |all |full |normal )?(?:services?|site|system|platform|portal|access)\b)",
        r"|(?P<incident>incident (?:lasted|took|ran|went on|continued|persisted|was (?:over|resolved|closed))|(?:total|incident) duration|duration of the (?:incident|disruption|outage|interruption)))\b"
    ))
});
/// Before a claim's noun: "during the outage calls waited 12 minutes", "the change that ended the outage took 4 minutes".
static IN_PASSING: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?i)(?:^\s*of|[.;]\s+of|\b(?:during|throughout|into|amid|despite|due to|(?:because|causes?|start|beginning|end|notice|reports?|logs?|news|part|rest|cost|effects?|account|review|summary|weeks?|days?|hours?|h|minutes?|mins?) of(?: each)?|for|in|after|before|since|ended|caused|started|noticed|saw|found|shortened|prolonged|about|how long|handled|managed|survived|logged|from)) (?:the|this|that|an?|our|its) (?:\w+ )?$",
    )
});
/// Between a claim and its length: "outage for customers in the North lasted about", "downtime: from", "interruption of".
static LINKS: LazyLock<Regex> = LazyLock::new(|| {
    pattern(concat!(
        r"(?i)^(?:\s*\([^)]*\)|,\s(?:which|that)\s[^,.;]{1,60},)?",
        r"(?P<of>(?:\s+(?:for|to|in|at|of (?:the )?(?:service|portal|site|platform|outage|incident))\b[^.;:]{0,60}?",
        r"|\s+of\s[^.;:,\d]{1,50}?\s(?:has|had|lasted|took|was|came|amounted|totall?ed|ran|continued|persisted)|\s(?:then|that day|that night|on (?:the )?[^.;:,]{1,30}?))?)[\s,]*",
        r"(?:(?:has|had|have|been|only|therefore|thus|then|in all|in total|altogether|overall|was|were|is|lasted|took|came|amounted|totall?ed|added up|adds up|ran|continued|went on|persisted|dragged on|stretched(?: out)?",
        r"|extended|spanned|stood|reached|exceeded|exceeding|from|to|of|for|over a period of|a period of|a|an|the|total|full|whole|mere|merely|just|about|around|approximately|approx\.?|roughly|some|circa|ca\.?|nearly|almost|over|more than",
        r"|less than|fewer than|no more than|not more than|no less than|not less than|at least|at most|up to|longer than|shorter than|not longer than|no longer than|in excess of|upwards of|close to|under|well|within|inside|after|in",
        r"|barely|hardly|scarcely|slightly|a little|a bit|not quite|between|anything|exactly|precisely|the best part of|the better part of|fully|again|time|duration|length|limited|kept|held|confined|reduced|as long as|by|:|=|~|-|–|—)[\s,]*)*$"
    ))
});
/// Between a length and its claim: "45 minutes of downtime", "for 45 minutes the portal was unavailable".
static LEADS_TO: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?i)^(?:\s+(?:of|in|later|had|have))?[\s-](?:(?:total|full|complete|partial|unplanned|network|service|portal|site|website|platform|system|application|database|gateway|power|payment|long|national|regional|nationwide|major)\s+){0,2}$|^,?\s(?:the|our|its|all|this)\s(?:[\w-]+\s){1,4}$",
    )
});
/// Between two lengths of one claim: "from 1 h 7 min to 2 h".
static GOES_ON: LazyLock<Regex> = LazyLock::new(|| pattern(r"(?i)^[\s,]*(?:to|or|–|-|that is|\()?\s*$"));
/// After a length: "the outage was 18 minutes old", "20 minutes of the outage", "an outage of 12 hours later".
static GOES_ELSEWHERE: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?i)^\s*(?:of (?:it|the|this|that|being|bookings?|work|overtime|data|orders|transactions|messages|history|notice|warning|effort|labou?r)|old|later|after|before|into|earlier|ago|shorter|longer than|longer(?: |$)|more|apart|ahead|late|behind|to (?:notice|detect|find|acknowledge|understand|locate|diagnose|page|declare|open|tell|publish|answer|respond|reach|apply|deploy|build|write|roll|review|prepare|plan))\b",
    )
});
static FRACTION: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?i)\b(?:less than|under|within|below|in)\s+(?P<part>half|a third|one third|a quarter|\d{1,2}\s?%)\s+(?:of\s+)?(?:the|our|its|their)?\s*(?:RTOs?|recovery time objectives?|targets?|SLAs?|limits?)\b",
    )
});
/// A promise is told in the present: "services are restored within 4 hours", "downtime of at most 40 minutes".
static WAS: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?i)\b(?:was|were|had|has been|have been|lasted|took|came|amounted|totall?ed|ran|continued|went|persisted|dragged|stretched|extended|spanned|stood|reached|exceeded|remained|stayed|lay|suffered|saw|caused|recorded|experienced|measured|meant|led|followed|passed|elapsed|brought|got|restored|recovered|returned|resumed|reinstated|worked)\b",
    )
});

pub(super) fn check(reading: &Reading, findings: &mut Vec<Finding>) {
    let speech = Speech::of(reading);
    let record = Record::of(reading, &speech);
    if record.is_empty() {
        return;
    }
    let days = recorded_days(reading);
    for line in reading.told() {
        findings.extend(length_claimed(reading, line, (&record, &speech), &days));
        findings.extend(fraction_claimed(reading, line, &record));
    }
}

type Known<'a> = (&'a Record, &'a Speech);

fn length_claimed(reading: &Reading, line: &Line, known: Known, days: &HashSet<NaiveDate>) -> Option<Finding> {
    if line.lengths.is_empty() && !said::is_vague(&line.text) {
        return None;
    }
    CLAIMS.captures_iter(&line.text).find_map(|found| {
        let claim = found.get(0)?.range();
        let sentence = line.sentence_range(claim.start);
        let elsewhere = of_another_day(reading, line, &sentence, days) || known.1.speaks_of_another(line, &sentence);
        if elsewhere || super::dateline::quoted(&line.text[..claim.start]) {
            return None;
        }
        let measure = if found.name("incident").is_some() {
            Measure::Incident
        } else if found.name("restore").is_some() || found.name("back").is_some() || returns(&line.text[claim.clone()]) {
            Measure::Restore
        } else {
            Measure::Down
        };
        let verb = found.name("is").or(found.name("back")).is_some();
        wrongly_claimed(reading, line, known, &Claim { words: claim, sentence, measure, verb })
    })
}

/// "Was restored", "were back": how long until, and not how long it was so.
fn returns(claim: &str) -> bool {
    static BACK: LazyLock<Regex> =
        LazyLock::new(|| pattern(r"(?i)\b(?:restored|recovered|back|up|reinstated|working again|available again|resumed)\b"));
    BACK.is_match(claim)
}

/// Words that claim a length.
struct Claim {
    words: Range<usize>,
    sentence: Range<usize>,
    measure: Measure,
    /// Whether they are a verb, which has its subject before it.
    verb: bool,
}

fn wrongly_claimed(reading: &Reading, line: &Line, (record, speech): Known, claim: &Claim) -> Option<Finding> {
    let text = &line.text;
    let sentence = &text[claim.sentence.clone()];
    let said: Vec<Said> =
        said::of(line, &claim.sentence).into_iter().filter(|said| !spans_both_ends(line, &claim.sentence, said)).collect();
    let own = said_of(line, claim, said);
    let first = own.first()?;
    let subject = speech::subject(text, &claim.sentence, claim.words.start);
    let between = if first.span.start >= claim.words.end { &text[claim.words.end..first.span.start] } else { "" };
    // "Lasted 2 h for reading and 5 h for changes."
    static OF_WHAT: LazyLock<Regex> =
        LazyLock::new(|| pattern(r"(?i)^\s+(?:for|in)\s+(?:the\s+)?(?P<what>[a-z][\w-]*(?:\s[a-z][\w-]*){0,2})"));
    let of_what = OF_WHAT
        .captures(text.get(first.span.end..claim.sentence.end).unwrap_or_default())
        .map_or("", |found| found.name("what").map_or("", |what| what.as_str()));
    static SOME: LazyLock<Regex> = LazyLock::new(|| {
        pattern(
            r"(?i)\b(?:some|few|half|most|many|several|part|parts|majority|minority|one|two|three|dozens?|hundreds|thousands|\d[\d,]*)\b",
        )
    });
    let of_people = text[claim.words.clone()].to_lowercase().ends_with(" for");
    let about = if of_people {
        subject
    } else if claim.verb {
        let bare = if first.span.end <= claim.words.start { text[first.span.end..claim.words.start].to_owned() } else { subject };
        if !speech.is_service(&bare) {
            return None;
        }
        bare
    } else {
        speech::modifiers(&text[claim.sentence.start..claim.words.start])
    };
    // A return is measured by "after" and "within"; "it was back for 2 hours" says something else.
    if claim.measure == Measure::Restore && claim.verb && between.trim_start().to_lowercase().starts_with("for") {
        return None;
    }
    // "An outage of two hours costs more than a gateway" is a rule of thumb.
    static IN_GENERAL: LazyLock<Regex> =
        LazyLock::new(|| pattern(r"(?i)\b(?:is|are|costs?|takes?|lasts?|means?|needs?|counts?|happens?|calls? for|requires?|triggers?)\b"));
    if IN_GENERAL.is_match(sentence) && !WAS.is_match(sentence) {
        return None;
    }
    if first.is_bound() && !WAS.is_match(&text[claim.sentence.start..first.span.start]) && first.span.start >= claim.words.end {
        return None;
    }
    let some = (claim.verb || of_people) && SOME.is_match(&about);
    let scope = if some { Scope::Part } else { speech.scope(&format!("{about} {} {between} {of_what}", speech::leading(sentence))) };
    let facts = record.facts(claim.measure, &scope, sentence, speech);
    let exact = own.iter().any(|said| said.exact) && own.len() > 1;
    let longest = facts.iter().max_by_key(|fact| fact.minutes);
    let wrong = own.iter().find(|said| match scope {
        // No part can have been down for longer than the whole.
        Scope::Part => longest.is_some_and(|longest| said.least(exact) > longest.minutes),
        _ => !facts.iter().any(|fact| said.agrees(fact.minutes, exact)),
    })?;
    let fact = if scope == Scope::Part { longest? } else { facts.first()? };
    Some(questioned(reading, line, claim, wrong, fact, &facts))
}

fn questioned(reading: &Reading, line: &Line, claim: &Claim, wrong: &Said, fact: &Fact, facts: &[Fact]) -> Finding {
    let words = &line.text[wrong.span.clone()];
    let given = length_words(fact.minutes);
    let message = match wrong.off_by(fact.minutes) {
        Some(minutes) => format!("“{words}” is claimed; the report's own times give {given}, a difference of {}.", length_words(minutes)),
        None => format!("“{words}” is claimed; the report's own times give {given}."),
    };
    let other = facts.iter().find(|other| other.minutes != fact.minutes).map(|other| format!("; {}", other.words)).unwrap_or_default();
    let record = Source { text: format!("{}{other}", fact.words), ..fact.source.clone() };
    Finding::new("L03", Level::Answer, message, vec![reading.said(line, &claim.sentence, &wrong.span), record])
}

/// A sentence that gives both ends is its own record.
fn spans_both_ends(line: &Line, sentence: &Range<usize>, said: &Said) -> bool {
    let times: Vec<_> = line.times.iter().filter(|time| sentence.contains(&time.span.start)).collect();
    let [from, to] = &times[..] else { return false };
    said.agrees((to.time - from.time).num_minutes().rem_euclid(1440), true)
}

/// The lengths that a sentence says of its claim, and not of something else in it.
fn said_of(line: &Line, claim: &Claim, all: Vec<Said>) -> Vec<Said> {
    let text = &line.text;
    let claimed = &claim.words;
    let passing = !claim.verb && IN_PASSING.is_match(&text[..claimed.start]);
    let mut last: Option<usize> = None;
    let own = |said: &Said| {
        let (start, end) = (said.span.start, said.span.end);
        let linked = match last {
            Some(last) => last <= start && GOES_ON.is_match(&text[last..start]),
            // "A notice of an outage of 6 hours" still tells its length.
            None if start >= claimed.end => {
                text[claimed.end..start].trim() != ","
                    && LINKS.is_match(&text[claimed.end..start])
                    && (!passing || text[claimed.end..start].starts_with(" of "))
            }
            None => end <= claimed.start && LEADS_TO.is_match(&text[end..claimed.start]),
        };
        let own = linked && !GOES_ELSEWHERE.is_match(&text[end..]);
        if own {
            last = Some(end);
        }
        own
    };
    let mut all = all;
    all.retain(own);
    all
}

/// The days on which something of this report is recorded.
pub(super) fn recorded_days(reading: &Reading) -> HashSet<NaiveDate> {
    let report = reading.report;
    let fields = report.template.fields.iter().filter_map(|field| report.answer(&field.key).date());
    let windows = report.impact.iter().flat_map(|window| [Some(window.from), window.to]).flatten().filter_map(|bound| report.bound(bound));
    report.events().filter_map(|event| event.date).chain(fields).chain(windows.map(|at| at.date())).collect()
}

/// Whether a sentence names a day, and none of those recorded: it tells of another incident.
pub(super) fn of_another_day(reading: &Reading, line: &Line, sentence: &Range<usize>, recorded: &HashSet<NaiveDate>) -> bool {
    let order = reading.report.template.date_order;
    let named: Vec<_> = line.days.iter().filter(|day| sentence.contains(&day.span.start)).collect();
    let ours = |day: &&crate::mentions::Day| {
        let (d, m) = day.day_month(order);
        recorded.iter().any(|date| (date.day(), date.month()) == (d, m) && day.year.is_none_or(|year| year == date.year()))
    };
    !recorded.is_empty() && !named.is_empty() && !named.iter().any(ours)
}

fn fraction_claimed(reading: &Reading, line: &Line, record: &Record) -> Option<Finding> {
    let found = FRACTION.captures(&line.text)?;
    let whole = found.get(0)?;
    let part = match &found["part"].to_lowercase()[..] {
        "half" => 0.5,
        "a third" | "one third" => 1.0 / 3.0,
        "a quarter" => 0.25,
        percent => percent.trim_end_matches('%').trim().parse::<f64>().ok()? / 100.0,
    };
    let target = line.lengths.iter().map(|length| length.minutes).max().or_else(|| reading.report.service_level.as_ref()?.minutes())?;
    // Against the loosest target, and counted as kindly as the record allows, it must hold.
    let full = record.longest()?;
    #[expect(clippy::cast_precision_loss, reason = "minutes of an incident")]
    let (taken, limit) = (full.minutes as f64, target as f64 * part);
    if taken <= limit + 1.0 {
        return None;
    }
    #[expect(clippy::cast_possible_truncation, reason = "a part of a length in minutes")]
    let message = format!(
        "“{}” is claimed: of {} that is {}, and the report's own times give {}.",
        whole.as_str(),
        length_words(target),
        length_words(limit.round() as i64),
        length_words(full.minutes)
    );
    let record = Source { text: full.words.clone(), ..full.source.clone() };
    let sentence = line.sentence_range(whole.start());
    Some(Finding::new("L03", Level::Answer, message, vec![reading.said(line, &sentence, &whole.range()), record]))
}
