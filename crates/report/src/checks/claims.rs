//! What the text claims about downtime, held against what the report itself records (L03). Always true: a claim is held against the fact it
//! speaks of, the whole outage unless it names a service, and never against whichever figure lies nearest; where the record does not give
//! that fact, nothing is questioned.

mod between;
mod gaps;
mod reach;
mod record;
mod said;
mod speech;
mod targets;
mod words;

pub(super) use speech::{Scope, Speech, it_is_the_outage, leading, subject};

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
use words::{CLAIMS, GOES_ELSEWHERE, GOES_ON, IN_PASSING, LEADS_TO, LINKS, WAS};

/// A part of a target: "in less than half the RTO".
static FRACTION: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?i)\b(?:less than|under|within|below|in)\s+(?P<part>half|a third|one third|a quarter|\d{1,2}\s?%)\s+(?:of\s+)?(?:the|our|its|their)?\s*(?:RTOs?|recovery time objectives?|targets?|SLAs?|limits?)\b",
    )
});
pub(super) fn check(reading: &Reading, findings: &mut Vec<Finding>) {
    let speech = Speech::of(reading);
    let days = recorded_days(reading);
    gaps::check(reading, &speech, &days, findings);
    targets::check(reading, &speech, findings);
    reach::check(reading, &speech, findings);
    let record = Record::of(reading, &speech);
    if !record.is_empty() {
        for line in reading.told() {
            findings.extend(length_claimed(reading, line, (&record, &speech), &days));
            findings.extend(fraction_claimed(reading, line, &record));
        }
    }
    between::check(reading, findings);
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
        } else if found.name("reduced").is_some() {
            Measure::Reduced
        } else if found.name("restore").or(found.name("recovery")).or(found.name("back")).is_some() || returns(&line.text[claim.clone()]) {
            Measure::Restore
        } else {
            Measure::Down
        };
        // "Ran slow for two minutes at 21:58" tells of a while within.
        if measure == Measure::Reduced && line.times.iter().any(|time| sentence.contains(&time.span.start)) {
            return None;
        }
        let verb = ["is", "back", "reduced", "none"].iter().any(|name| found.name(name).is_some());
        let recovery = found.name("recovery").is_some();
        wrongly_claimed(reading, line, known, &Claim { words: claim, sentence, measure, verb, recovery })
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
    /// Whether they tell of the recovery, which begins when its author thinks it does, and ends with the outage.
    recovery: bool,
}

impl Claim {
    /// "Without service for": said of those who went without.
    fn of_people(&self, text: &str) -> bool {
        !self.verb && text[self.words.clone()].to_lowercase().ends_with(" for")
    }

    /// What stands between the claim and the length behind it.
    fn up_to<'a>(&self, text: &'a str, length: &Said) -> &'a str {
        text.get(self.words.end..length.span.start).unwrap_or_default()
    }
}

fn wrongly_claimed(reading: &Reading, line: &Line, known: Known, claim: &Claim) -> Option<Finding> {
    let (record, speech) = known;
    let text = &line.text;
    let said: Vec<Said> =
        said::of(line, &claim.sentence).into_iter().filter(|said| !spans_both_ends(line, &claim.sentence, said)).collect();
    let own = said_of(line, claim, said);
    let first = own.first()?;
    let about = about(line, speech, claim, first)?;
    if measures_otherwise(text, claim, first) || is_a_rule(text, claim, first) {
        return None;
    }
    let scope = scope(text, speech, claim, first, &about);
    // "Running again" tells of no second time.
    let after = text.get(claim.words.end..claim.sentence.end).unwrap_or_default();
    let around = [&text[claim.sentence.start..claim.words.start], after].join(" ");
    let mut facts = record.facts(claim.measure, &scope, &around, speech);
    if scope == Scope::Whole && (claim.verb || claim.of_people(text)) {
        // "The service" may be the one that the title names.
        facts.extend(record.facts(claim.measure, &Scope::Services(speech.of_the_title()), &around, speech));
    }
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

/// The words that name what a claim is about, where it is something that can be down.
fn about(line: &Line, speech: &Speech, claim: &Claim, first: &Said) -> Option<String> {
    let text = &line.text;
    let (start, end) = (claim.sentence.start, claim.words.start);
    let length_first = first.span.end <= end;
    let it = it_is_the_outage(line, &claim.sentence);
    // "It lasted": where its sentence begins with it.
    let of_it = text[claim.words.clone()].to_lowercase().starts_with("it ");
    if of_it && !(it && text[start..end].trim().is_empty()) {
        return None;
    }
    if claim.of_people(text) {
        return Some(speech::subject(text, &claim.sentence, end));
    }
    if claim.verb {
        let bare = if length_first { text[first.span.end..end].to_owned() } else { speech::subject(text, &claim.sentence, end) };
        let can_be = speech.is_service(&bare) || (it && bare.trim().eq_ignore_ascii_case("it"));
        return can_be.then_some(bare);
    }
    if !length_first {
        return Some(speech::modifiers(&text[start..end]));
    }
    let own = speech::modifiers(&text[first.span.end..end]);
    // "The Leeds office had a ninety-minute outage of its own": who had it stands before its length. Who restores it is another matter.
    let restores = claim.measure == Measure::Restore;
    Some(if restores { own } else { format!("{} {own}", speech::subject(text, &claim.sentence, first.span.start)) })
}

/// Of what a claim speaks.
fn scope(text: &str, speech: &Speech, claim: &Claim, first: &Said, about: &str) -> Scope {
    static SOME: LazyLock<Regex> = LazyLock::new(|| {
        pattern(
            r"(?i)\b(?:some|few|half|most|many|several|part|parts|majority|minority|one|two|three|dozens?|hundreds|thousands|\d[\d,]*)\b",
        )
    });
    let some = (claim.verb || claim.of_people(text)) && SOME.is_match(about);
    if some || claim.recovery {
        return Scope::Part;
    }
    let leading = speech::leading(&text[claim.sentence.clone()]);
    let scope = speech.scope(&format!("{about} {leading} {} {}", claim.up_to(text, first), of_what(text, claim, first)));
    // Of the whole no single figure says how long it was merely slow.
    if claim.measure == Measure::Reduced && scope == Scope::Whole { Scope::Part } else { scope }
}

/// "An outage of two hours costs more than a gateway" is a rule of thumb; "outages of under an hour" promises.
fn is_a_rule(text: &str, claim: &Claim, first: &Said) -> bool {
    static IN_GENERAL: LazyLock<Regex> =
        LazyLock::new(|| pattern(r"(?i)\b(?:is|are|costs?|takes?|lasts?|means?|needs?|counts?|happens?|calls? for|requires?|triggers?)\b"));
    let sentence = &text[claim.sentence.clone()];
    let general = IN_GENERAL.is_match(sentence) && !WAS.is_match(sentence);
    let behind = first.span.start >= claim.words.end;
    general || (behind && first.is_bound() && !WAS.is_match(&text[claim.sentence.start..first.span.start]))
}

/// Whether a length is no length of the whole of what is claimed: of a return, of a part of the way, or of how far it had come.
fn measures_otherwise(text: &str, claim: &Claim, first: &Said) -> bool {
    static FROM_LATER: LazyLock<Regex> = LazyLock::new(|| pattern(r"(?i)^\s*,?\s*(?:once|after|from|when|as soon as|since)\b"));
    static SO_FAR: LazyLock<Regex> = LazyLock::new(|| pattern(r"(?i)\b(?:when|by the time|before|by then|already|by|at)\b"));
    let between = claim.up_to(text, first).trim_start().to_lowercase();
    // A return is measured by "after" and "within"; "it was back for 2 hours" says something else. So does "down by 2 hours".
    let otherwise = (claim.measure == Measure::Restore && between.starts_with("for")) || between.starts_with("by");
    // "It took an hour to restore the service once the cause was known."
    let after = text.get(claim.words.end..claim.sentence.end).unwrap_or_default();
    let from_later = claim.measure == Measure::Restore && first.span.end <= claim.words.start && FROM_LATER.is_match(after);
    // "It had been down for an hour when the bridge opened."
    let so_far = text[claim.words.clone()].to_lowercase().starts_with("had been") && SO_FAR.is_match(&text[claim.sentence.clone()]);
    (claim.verb && (otherwise || so_far)) || from_later
}

/// "Lasted 2 h for reading and 5 h for changes", "a two-hour outage of the archive".
fn of_what<'a>(text: &'a str, claim: &Claim, first: &Said) -> &'a str {
    static AFTER_LENGTH: LazyLock<Regex> =
        LazyLock::new(|| pattern(r"(?i)^\s+(?:for|in)\s+(?:the\s+)?(?P<what>[a-z][\w-]*(?:\s[a-z][\w-]*){0,2})"));
    static AFTER_CLAIM: LazyLock<Regex> =
        LazyLock::new(|| pattern(r"(?i)^\s+(?:for|in|at|of|to)\s+(?:the\s+)?(?P<what>[a-z][\w-]*(?:\s[a-z][\w-]*){0,2})"));
    let (of, from) = if first.span.end <= claim.words.start && !claim.verb {
        (&*AFTER_CLAIM, claim.words.end)
    } else {
        (&*AFTER_LENGTH, first.span.end)
    };
    let found = of.captures(text.get(from..claim.sentence.end).unwrap_or_default());
    found.and_then(|found| found.name("what")).map_or("", |what| what.as_str())
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
