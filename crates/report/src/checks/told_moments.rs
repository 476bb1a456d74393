//! When it began, was noticed and was over, as the text tells it, against what is recorded (L15). Always true: a time is held against the
//! moment it speaks of, the whole outage's unless a service is named; what speaks of a part that the record does not know is left alone.

mod known;
mod roles;
mod times;

use super::claims::{Scope, Speech, it_is_the_outage, of_another_day, recorded_days, subject};
use super::reading::{Line, Reading, moment_words};
use crate::finding::{Finding, Level};
use crate::mentions::pattern;
use crate::place::Place;
use crate::report::Report;
use crate::timeline::Role;
use crate::when::{date_words, time_words};
use crate::zones::minutes_between;
use chrono::{Duration, NaiveDate, NaiveTime};
use known::{Known, known};
use regex::Regex;
use std::collections::HashSet;
use std::ops::Range;
use std::sync::LazyLock;
use times::{Told, all, tells_in_words};

/// In minutes.
const DAY: i64 = 1440;
/// So many days apart one incident may tell of.
const DAYS_OF_ONE: i64 = 7;
/// How many words may stand between a verb and its time, in letters.
const REACH: usize = 110;

/// What stands before a time that it tells, up to the time itself.
static BEFORE: LazyLock<Regex> = LazyLock::new(|| {
    pattern(concat!(
        r"(?i)(?:(?P<began>\b(?:began|begun|started|commenced|set in|hit|struck|dates? (?:from|back to)|(?:start|beginning|onset) of (?:the )?(?:outage|impact|incident|interruption|disruption|downtime)(?: was)?)|(?:outage|impact|incident|interruption|disruption) start(?:ed)?\s?:?)",
        r"|(?P<failed>\b(?:went (?:down|offline|dark)|failed|could not be (?:reached|used|opened|accessed)|stopped(?: working| responding)?|became (?:unavailable|unreachable|inaccessible|unusable)|(?:was|were|had been) (?:first |\w+ly )?(?:lost|down|offline|unavailable|unreachable|inaccessible|out of (?:service|reach|action))))",
        r"|(?P<back>\b(?:(?:was|were|had been) (?:\w+ly |all )?(?:restored|recovered|back(?: up| online| in service| to normal)?|reinstated|resumed|working again|available again|up again|running again)|(?:came|come) back(?: up| online| to life)?|recovered|resumed|returned(?: to (?:normal|service))?))",
        r"|(?P<unable>\b(?:(?:users|customers|suppliers|clients|we) could not|(?:nobody|no one) could) (?:submit|send|reach|use|open|access|log in to|sign in to) (?P<barred>[^.,;:\d]{2,40}?))",
        r"|(?P<had>\b(?:had|got|brought) (?P<what>[^.,;:\d]{2,30}?) (?:back(?: up| online| in service| to normal)?|working again|running again|up and running))",
        r"|(?P<over>\b(?:(?:was|were|had been) (?:\w+ly )?(?:over|resolved|ended|fixed|cleared)|ended|finished|ceased|lasted|continued|went on|persisted|dragged on|end of (?:the )?(?:outage|impact|incident|interruption|disruption|downtime)(?: was)?))",
        r"|(?P<bare>(?:^\s*|[.;]\s+)(?:(?:services? )?(?:fully )?restored|restoration|(?:fully )?recovered)\s?:?)",
        r"|(?P<noticed>\b(?:(?:was|were) (?:first |only )?(?:detected|noticed|discovered|spotted|picked up)(?: (?:by|in) [^.,;:\d]{2,40}?)?|(?:detected|noticed|discovered|spotted|picked up) (?:the|this) (?:outage|incident|interruption|disruption|loss of service|failure|problem)|detection(?: was)?|time of detection\s?:?))",
        r")(?P<between>(?:\s(?:only|again|for everyone|for everybody|for all(?: (?:users|customers))?|in full|completely|fully|abruptly|suddenly|without warning))*)\s?:?(?:\s(?:early |late )?on\s{3,},?)?",
        r"\s+(?P<prep>at|from|between|since|on|around|about|towards|shortly after|soon after|just after|shortly before|just before|before|after|by|until|till|no later than|as early as|only at|not before)?\s*",
        r"(?:the )?(?P<about>about|around|approximately|roughly|ca\.?|circa|some time around)?\s*$"
    ))
});
/// "At 05:30 the service was restored": what stands before such a time, and after it.
static OPENS: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?i)(?:^|[.;:]\s+|,\s+and\s+|\band\s+)(?P<prep>at|from|since|around|about|shortly after|just after|shortly before|just before|by|before|after)\s+(?P<about>about|around|approximately|roughly)?\s*$",
    )
});
static FOLLOWS: LazyLock<Regex> = LazyLock::new(|| {
    pattern(concat!(
        r"(?i)^(?:\s*\([^)]{1,12}\))?(?:\s[A-Z]{3,4}\b)?(?:\s(?:on|in)\s[^,.;:]{3,30})?,?\s(?P<who>[^.,;:]{1,70}?)\s",
        r"(?:(?P<began>began|started|commenced|set in)|(?P<failed>went (?:down|offline|dark)|failed|stopped(?: working| responding)?|became (?:unavailable|unreachable|inaccessible|unusable)|(?:was|were) (?:\w+ly )?(?:lost|down|offline|unavailable|unreachable|out of (?:service|reach)))",
        r"|(?P<back>(?:was|were|had been) (?:\w+ly |all )?(?:restored|recovered|back(?: up| online| in service| to normal)?|reinstated|working again|available again|up again|running again)|came back(?: up| online)?|recovered|resumed|returned(?: to (?:normal|service))?)",
        r"|(?P<over>(?:was|were) (?:\w+ly )?(?:over|resolved|ended)|ended))\b"
    ))
});
/// A time that goes on from one before it: "down from 20:00 to 05:30".
static GOES_ON: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?i)^(?:\s[A-Z]{3,4}\b|\s\([A-Z]{3,4}\))?(?:\son\s[^.,;:]{0,20})?\s?(?:to|until|till|(?P<and>and)|–|-|through to)\s(?:about |around )?(?:(?:on )?\d[^.,;:]{0,18}\sat\s)?$",
    )
});
/// What begins and ends: the outage itself.
static OUTAGE: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?i)\b(?:outage|incident|disruption|interruption|downtime|impact|loss of service|unavailability)(?: (?:itself|to (?:customers|users|service)|of (?:the )?service|on customers))?\s*(?:(?:had|has|only|first|then|also|finally)\s*)*$",
    )
});
/// What happened at that time, behind it.
static WHEN_ANOTHER: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?i)^(?:\s[A-Z]{3,4}\b)?,?\s(?:when|as|because)\s(?:the|an?|its|our|one)\s(?P<what>(?:[\w-]+\s){1,3}?)(?:had |was |were )?(?:\w+ed|ran out|broke|fell|began|went)\b",
    )
});
static ITS_START: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?i)\b(?:start|beginning|onset|end) of|start(?:ed)?\s?:?$|detect|restoration|^(?:[.;]\s+)?(?:services? )?(?:fully )?(?:restored|recovered)",
    )
});
/// What came back at first, or in part, need not be the end; what is told of a part is none of the whole.
static IN_PART: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?i)\b(?:part(?:ly|ial(?:ly)?)?|some|first|most|half (?:of|the)|majority|gradual\w*|steps?|limited|reduced|degraded|initial\w*|one of|two of|second|third|last|twice|temporar\w+|briefly|nodes?|servers?|sites? in|backlog|queues?)\b",
    )
});
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
enum Kind {
    Began,
    Noticed,
    Over,
    Reported,
    BridgeOpened,
    BridgeClosed,
    CauseFound,
    /// Given a class: its place in [`roles::classes`].
    Classified(usize),
}

impl Kind {
    /// The moment's name.
    fn words(self, report: &Report) -> String {
        let role = match self {
            Kind::Began => Role::ImpactStart,
            Kind::Noticed => Role::Detected,
            Kind::Over => Role::Restored,
            Kind::Reported => Role::Reported,
            Kind::BridgeOpened => Role::Bridge,
            Kind::CauseFound => Role::CauseFound,
            Kind::BridgeClosed => return "Bridge closed".to_owned(),
            Kind::Classified(class) => return roles::classes(report).swap_remove(class),
        };
        role.words().to_owned()
    }
}

pub(super) fn check(reading: &Reading, findings: &mut Vec<Finding>) {
    let speech = Speech::of(reading);
    let days = recorded_days(reading);
    let classes = roles::classes(reading.report);
    for line in reading.prose().filter(|line| !line.times.is_empty() || !line.days.is_empty() || tells_in_words(&line.text)) {
        findings.extend(told_otherwise(reading, line, (&speech, &classes), &days));
    }
}

/// The first time of a line that the record gives otherwise: the rest of the line is likely to rest on it.
fn told_otherwise(reading: &Reading, line: &Line, (speech, classes): (&Speech, &[String]), days: &HashSet<NaiveDate>) -> Option<Finding> {
    let told = all(reading, line);
    let mut before: Option<(usize, Said)> = None;
    for one in &told {
        let sentence = line.sentence_range(one.span.start);
        let joined = before.take().filter(|(end, begun)| {
            let joint = GOES_ON.captures(line.text.get(*end..one.span.start).unwrap_or("."));
            begun.kind == Kind::Began && joint.is_some_and(|joint| joint.name("and").is_none() || begun.prep == "between")
        });
        let said = match joined {
            Some((_, begun)) => Some(Said { kind: Kind::Over, prep: "until".to_owned(), about: false, from: one.span.start, ..begun }),
            None => said(line, &sentence, one, (speech, classes)),
        };
        let Some(said) = said else { continue };
        before = Some((one.span.end, said.clone()));
        let elsewhere = match one.day {
            // A day weeks away is another incident's.
            Some(day) => days.iter().all(|known| (*known - day).num_days().abs() > DAYS_OF_ONE),
            None => of_another_day(reading, line, &sentence, days),
        };
        if elsewhere || speech.speaks_of_another(line, &sentence) || super::dateline::quoted(&line.text[..one.span.start]) {
            continue;
        }
        if let Some(finding) = against(reading, line, &sentence, one, &said) {
            return Some(finding);
        }
    }
    None
}

/// What a sentence says of a time.
#[derive(Clone)]
struct Said {
    kind: Kind,
    scope: Scope,
    prep: String,
    about: bool,
    /// Where the words begin that tell it.
    from: usize,
}

fn said(line: &Line, sentence: &Range<usize>, one: &Told, (speech, classes): (&Speech, &[String])) -> Option<Said> {
    let text = &line.text;
    let from = text[sentence.start..one.span.start].char_indices().rev().nth(REACH).map_or(sentence.start, |(at, _)| sentence.start + at);
    // A day before the time ("on 15 October at 05:30") stands between it and its verb.
    let before = without_day(line, from, one);
    let after = &text[one.span.end..];
    // "It was reported at 23:20 that nothing got through."
    // "It began at 13:00, when the certificate expired" tells of that.
    let of_another =
        WHEN_ANOTHER.captures(after).is_some_and(|found| !OUTAGE.is_match(&found["what"]) && !speech.is_service(&found["what"]));
    let it = it_is_the_outage(line, sentence) && !after.starts_with(" that ") && !after.starts_with(" to ");
    if of_another && text[sentence.clone()].trim_start().to_lowercase().starts_with("it ") {
        return None;
    }
    let roughly = after.starts_with(" or so") || after.starts_with(" or thereabouts");
    if let Some(told) = roles::handled(classes, &before) {
        return (!told.is_it || it).then(|| Said {
            kind: told.kind,
            scope: Scope::Whole,
            prep: told.prep,
            about: told.about || roughly,
            from: from + told.start,
        });
    }
    let found = BEFORE.captures(&before);
    let (kind, who, prep, about, start) = if let Some(found) = found {
        let has = |name| found.name(name).is_some();
        let whole = found.get(0)?;
        let kind = kind_of(has("began") || has("failed") || has("unable"), has("noticed"));
        let start = from + whole.start();
        let who = found
            .name("what")
            .or(found.name("barred"))
            .map_or_else(|| subject(text, sentence, start.min(text.len())), |what| what.as_str().to_owned());
        let prep = found.name("prep").map_or(String::new(), |prep| prep.as_str().to_lowercase());
        if is_of_no_outage(&found, (&who, it), speech, whole.as_str())
            || (prep.is_empty() && !whole.as_str().trim_end().ends_with(':') && !has("bare") && !before.ends_with(" at ")) && !has("began")
        {
            return None;
        }
        (kind, who, prep, has("about") || roughly, start)
    } else {
        let opens = OPENS.captures(&text[sentence.start..one.span.start])?;
        let follows = FOLLOWS.captures(text.get(one.span.end..sentence.end)?)?;
        let who = follows["who"].to_owned();
        let has = |name| follows.name(name).is_some();
        if is_of_no_outage(&follows, (&who, false), speech, "") {
            return None;
        }
        let kind = kind_of(has("began") || has("failed"), false);
        (kind, who, opens["prep"].to_lowercase(), opens.name("about").is_some(), one.span.start)
    };
    // "Down until": the end of what began.
    let kind = match (kind, prep.as_str()) {
        (Kind::Began, "until" | "till") => Kind::Over,
        // "Lasted from 20:00": the beginning of what was over.
        (Kind::Over, "from" | "between" | "since") => Kind::Began,
        (kind, _) => kind,
    };
    let scope = speech.scope(&format!("{who} {}", super::claims::leading(&text[sentence.clone()])));
    let in_part = kind == Kind::Over && IN_PART.is_match(&text[sentence.clone()]);
    (scope != Scope::Part && !in_part).then_some(Said { kind, scope, prep, about, from: start })
}

fn kind_of(began: bool, noticed: bool) -> Kind {
    match (began, noticed) {
        (true, _) => Kind::Began,
        (_, true) => Kind::Noticed,
        _ => Kind::Over,
    }
}

/// "The bridge began at 20:00", "the node failed at 20:00".
fn is_of_no_outage(found: &regex::Captures, (who, it): (&str, bool), speech: &Speech, words: &str) -> bool {
    let has = |name| found.name(name).is_some();
    let outage = OUTAGE.is_match(who.trim_end()) || (it && who.trim().to_lowercase() == "it");
    if has("bare") || (words.contains(" of ") && ITS_START.is_match(words)) {
        return false;
    }
    if found.name("began").is_some_and(|began| ITS_START.is_match(began.as_str())) {
        return false;
    }
    if has("began") || has("over") {
        return !outage;
    }
    if found.name("noticed").is_some() {
        let names = OUTAGE.is_match(words.trim())
            || ["the outage", "the incident", "the interruption", "the disruption", "loss of service", "detection"]
                .iter()
                .any(|what| words.to_lowercase().contains(what));
        return !outage && !names;
    }
    !outage && !speech.is_service(who)
}

/// The words before a time, without the day that belongs to it.
fn without_day(line: &Line, from: usize, one: &Told) -> String {
    let mut before = line.text[from..one.span.start].to_owned();
    for day in line.days.iter().rev().filter(|day| day.span.start >= from && day.span.end <= one.span.start && one.minute.is_some()) {
        // As many spaces, so that every place stays where it was.
        before.replace_range(day.span.start - from..day.span.end - from, &" ".repeat(day.span.len()));
    }
    before
}

/// A time that the text tells, against the moments it may speak of.
fn against(reading: &Reading, line: &Line, sentence: &Range<usize>, one: &Told, said: &Said) -> Option<Finding> {
    let known = known(reading, said.kind, &said.scope, &line.text[sentence.clone()]);
    let first = known.first()?;
    if known.iter().any(|known| agrees(reading, one, said, known)) {
        return None;
    }
    // "At 3:20 am.", "on 3 Oct.": the full stop ends the sentence as well.
    let end = one.span.start + line.text[one.span.clone()].trim_end_matches('.').len();
    let own = &line.text[one.span.start..end];
    let words = match (one.day, one.minute) {
        (Some(day), Some(_)) if day != first.at.0.date() => format!("{}, {own}", date_words(day)),
        _ => own.to_owned(),
    };
    let day = one.day.is_some() || one.minute.is_none();
    let given = if day && words.contains(' ') { moment_words(first.at.0) } else { time_words(first.at.0.time()) };
    let given = if one.minute.is_none() { date_words(first.at.0.date()) } else { given };
    let where_ = match first.source.place {
        Place::Field { .. } => "in the header",
        Place::Impact => "in the downtime table",
        _ => "in the timeline",
    };
    let message = format!("“{}” is {words} in the text and {given} {where_}.", said.kind.words(reading.report));
    let span = said.from.max(sentence.start)..end;
    let span = if span.len() > 60 { one.span.start..end } else { trimmed(&line.text, span) };
    Some(Finding::new("L15", Level::Answer, message, vec![reading.said(line, sentence, &span), first.source.clone()]))
}

fn trimmed(text: &str, span: Range<usize>) -> Range<usize> {
    let words = &text[span.clone()];
    let lead = words.len() - words.trim_start_matches(|c: char| !c.is_alphanumeric()).len();
    span.start + lead..span.end
}

fn agrees(reading: &Reading, one: &Told, said: &Said, known: &Known) -> bool {
    let at = known.at.0;
    let Some(minute) = one.minute else {
        return one.day.is_none_or(|day| match said.prep.as_str() {
            "by" | "no later than" | "before" => day >= at.date(),
            "after" | "not before" => day <= at.date(),
            _ => day == at.date(),
        });
    };
    let time = NaiveTime::MIN + Duration::minutes(minute);
    let on = |day: NaiveDate| minutes_between(known.at, (day.and_time(time), one.zone.as_deref()), reading.report.zone.as_deref());
    let gap = on(one.day.unwrap_or(at.date()));
    // Without a day the nearest is meant; of "half past five" either half.
    let round = if one.day.is_some() && !one.either_half {
        None
    } else if one.either_half {
        Some(DAY / 2)
    } else {
        Some(DAY)
    };
    let gap = round.map_or(gap, |round| (gap + round / 2).rem_euclid(round) - round / 2);
    let room = if known.about {
        30
    } else if said.about || matches!(said.prep.as_str(), "around" | "about" | "towards") {
        20
    } else if minute % 5 == 0 {
        2
    } else {
        0
    };
    match said.prep.as_str() {
        "by" | "no later than" | "before" => gap >= -room || gap < -360,
        "after" | "not before" => gap <= room || gap > 360,
        "shortly after" | "soon after" | "just after" => (-25..=room).contains(&gap),
        "shortly before" | "just before" => (-room..=25).contains(&gap),
        _ => gap.abs() <= room,
    }
}
