//! What the text claims about downtime, held against what the report itself records (L03). Always true: a claim is questioned only when
//! no length the record gives is near it; where the record gives none, nothing is questioned.

use super::reading::{Line, Reading};
use crate::finding::{Finding, Level, Source};
use crate::mentions::{Length, TimeStyle, pattern};
use crate::place::Place;
use crate::timeline::{Event, Role};
use crate::when::{length_words, time_words};
use chrono::{DateTime, Datelike, NaiveDate, Timelike, Utc};
use regex::Regex;
use std::collections::HashSet;
use std::ops::Range;
use std::sync::LazyLock;

static CLAIMS: LazyLock<Regex> = LazyLock::new(|| {
    pattern(concat!(
        r"(?i)\b(?:downtime|outage|unavailab\w+|interruption|total recovery|(?:recovery|repair) time",
        r"|time to (?:recover|restore|repair|resolve|recovery|restoration|resolution)",
        r"|(?:incident|disruption) (?:lasted|took)|(?:total|incident) duration|duration of the (?:incident|disruption)|without (?:service|access) for",
        r"|to (?:restore|recover|resolve) (?:the |all |full )?(?:services?|incident)",
        r"|(?:services?|site|website|portal|platform|system|application|app|network|payments?) (?:was|were) (?:\w+ly )?",
        r"(?:(?:down|offline|out of (?:service|reach)) for|restored (?:only )?(?:after|in)))\b"
    ))
});
/// A plan, a promise or another incident is no claim about this one.
static OTHERWISE: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?i)\b(?:target|limit|SLAs?|objective|agreed|promise\w*|maintenance|planned|scheduled|would|could (?:have|last|take|be)|might|may|contract\w*|allow\w*|permit\w*|a (?:year|quarter|month|week)|previous|earlier (?:incident|outage)|last (?:year|month)|every|per|at most|up to|maximum|before the|after the|since the|credit|within|similar|another|on average|each|if|must|shall|can|bridg\w+|surviv\w+|tolerat\w+|longer than|shorter than|window|so far|annual\w*|yearly|this (?:year|quarter|month)|on-call)\b",
    )
});
static HEDGES: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?i)\b(?:about|around|approximately|approx|roughly|some|circa|ca|nearly|almost|over|more than|less than|under|just)\.?\s*$|~\s*$",
    )
});
/// Before a claim's noun: "during the outage calls waited 12 minutes", "the change that ended the outage took 4 minutes".
static IN_PASSING: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?i)\b(?:during|throughout|into|amid|despite|due to|(?:because|causes?|start|beginning|end|notice|reports?|logs?|news|part|rest) of|for|in|after|before|since|ended|caused|started|noticed|saw|found|shortened|prolonged) (?:the|this|that|an?|our|its) (?:\w+ )?$",
    )
});
/// Between a claim and its length: "outage for customers in the North lasted about", "downtime: from", "interruption of".
static LINKS: LazyLock<Regex> = LazyLock::new(|| {
    pattern(concat!(
        r"(?i)^(?:\s*\([^)]*\)|,\s(?:which|that)\s[^,.;]{1,60},)?(?:\s+(?:for|to|in|at|of (?:the )?(?:service|portal|site|platform|outage|incident))\b[^.;:]{0,60}?)?[\s,]*",
        r"(?:(?:has|had|have|only|therefore|thus|in all|altogether|was|were|is|lasted|took|came|amounted|totall?ed|ran|continued|went on|spanned|from|to|of|for|an?|total|just|about|around",
        r"|approximately|approx\.?|roughly|some|circa|ca\.?|nearly|almost|over|more than|less than|under|well|again|time|duration|length|:|=|~|-|–|—)[\s,]*)*$"
    ))
});
/// Between a length and its claim: "45 minutes of downtime", "for 45 minutes the portal was unavailable".
static LEADS_TO: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?i)^(?:\s+of)?[\s-](?:(?:total|full|complete|partial|unplanned|network|service)\s+){0,2}$|^,?\s(?:the|our|its|all)\s(?:[\w-]+\s){1,4}(?:was|were)\s(?:\w+ly\s)?$",
    )
});
/// Between two lengths of one claim: "from 1 h 7 min to 2 h".
static GOES_ON: LazyLock<Regex> = LazyLock::new(|| pattern(r"(?i)^[\s,]*(?:to|or|–|-|that is|\()?\s*$"));
/// After a length: "the outage was 18 minutes old", "20 minutes of the outage", "an outage of 12 hours later".
static GOES_ELSEWHERE: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?i)^\s*(?:of (?:it|the|this|that|bookings?|work|overtime|data|orders|transactions|messages|history|notice)|old|later|after|before|into|earlier|ago|shorter|longer|to (?:notice|detect|find|acknowledge|understand|locate|diagnose|page|declare|open|tell|publish|answer|respond|reach|apply))\b",
    )
});
static FRACTION: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?i)\b(?:less than|under|within|below|in)\s+(?P<part>half|a third|one third|a quarter|\d{1,2}\s?%)\s+(?:of\s+)?(?:the|our|its|their)?\s*(?:RTOs?|recovery time objectives?|targets?|SLAs?|limits?)\b",
    )
});
static STOPS: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?i)\b(?:unavailable|offline|goes down|went down|down\b|outage|crash\w*|lose|loses|lost|fails?|failed|failing|refus\w+|unreachable|stop(?:s|ped) working)\b",
    )
});
static STILL_UP: LazyLock<Regex> =
    LazyLock::new(|| pattern(r"(?i)\b(?:still|remains?|no longer|not)\s+(?:\w+\s+)?(?:available|unavailable|offline|down|failing)\b"));
static COMES_BACK: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?i)\b(?:back up|back in service|back online|up and running|restored|restore\b.*\b(?:done|complete\w*)|regain\w*|recovered|(?:available|work\w*|reachable|usable|succeeds?) again|works? as (?:usual|before)|resolved|return\w* to normal|at the normal rate)\b",
    )
});

/// A length that the record gives, and how.
struct Known {
    minutes: i64,
    words: String,
    source: Source,
}

pub(super) fn check(reading: &Reading, findings: &mut Vec<Finding>) {
    let known = recorded(reading);
    let known = if known.is_empty() { told(reading) } else { known };
    if known.is_empty() {
        return;
    }
    let days = recorded_days(reading);
    for line in reading.told() {
        findings.extend(length_claimed(reading, line, &known, &days));
        findings.extend(fraction_claimed(reading, line, &known));
    }
}

fn length_claimed(reading: &Reading, line: &Line, known: &[Known], days: &HashSet<NaiveDate>) -> Option<Finding> {
    let mut claims = CLAIMS.find_iter(&line.text).map(|claim| claim.range());
    claims.find_map(|claim| {
        let elsewhere = of_another_day(reading, line, &line.sentence_range(claim.start), days);
        if elsewhere { None } else { wrongly_claimed(reading, line, known, claim) }
    })
}

fn wrongly_claimed(reading: &Reading, line: &Line, known: &[Known], claim: Range<usize>) -> Option<Finding> {
    let range = line.sentence_range(claim.start);
    let sentence = &line.text[range.clone()];
    if OTHERWISE.is_match(sentence) {
        return None;
    }
    let mut lengths: Vec<Length> = line.lengths.iter().filter(|length| range.contains(&length.span.start)).cloned().collect();
    lengths = said_of(line, &claim, lengths);
    let times: Vec<_> = line.times.iter().filter(|time| range.contains(&time.span.start)).collect();
    // "From 2H to 4:52": among lengths, a single time of day is a length as well.
    if let ([time], false) = (&times[..], lengths.is_empty())
        && time.style == TimeStyle::Colon
        && time.zone.is_none()
        && line.text[..time.span.start].trim_end().ends_with(" to")
    {
        let minutes = i64::from(time.time.hour() * 60 + time.time.minute());
        lengths.push(Length { span: time.span.clone(), minutes, to_the_minute: true });
    } else if let [from, to] = &times[..] {
        // A sentence that gives both ends is its own record.
        let gap = (to.time - from.time).num_minutes().rem_euclid(1440);
        lengths.retain(|length| (length.minutes - gap).abs() > 1);
    }
    // Said to the minute once, all of a line's lengths are meant so.
    let exact = lengths.iter().any(|length| length.to_the_minute);
    let wrong = lengths.iter().find(|length| {
        let hedged = HEDGES.is_match(&line.text[..length.span.start]);
        let room = room_of(length, exact && lengths.len() > 1, hedged);
        known.iter().all(|known| (known.minutes - length.minutes).abs() > room)
    })?;
    let nearest = known.iter().min_by_key(|known| (known.minutes - wrong.minutes).abs())?;
    let words = &line.text[wrong.span.clone()];
    let difference = length_words((nearest.minutes - wrong.minutes).abs());
    let message =
        format!("“{words}” is claimed; the report's own times give {}, a difference of {difference}.", length_words(nearest.minutes));
    let record = Source { text: nearest.words.clone(), ..nearest.source.clone() };
    Some(Finding::new("L03", Level::Answer, message, vec![reading.source(line, sentence), record]))
}

/// The lengths that a sentence says of its claim, and not of something else in it.
fn said_of(line: &Line, claim: &Range<usize>, lengths: Vec<Length>) -> Vec<Length> {
    let text = &line.text;
    let passing = IN_PASSING.is_match(&text[..claim.start]);
    let mut last: Option<usize> = None;
    let own = |length: &Length| {
        let (start, end) = (length.span.start, length.span.end);
        let linked = match last {
            Some(last) => GOES_ON.is_match(&text[last..start]),
            // "A notice of an outage of 6 hours" still tells its length.
            None if start >= claim.end => LINKS.is_match(&text[claim.end..start]) && (!passing || &text[claim.end..start] == " of "),
            None => end <= claim.start && LEADS_TO.is_match(&text[end..claim.start]),
        };
        let own = linked && !GOES_ELSEWHERE.is_match(&text[end..]);
        if own {
            last = Some(end);
        }
        own
    };
    let mut lengths = lengths;
    lengths.retain(own);
    lengths
}

/// The days on which something of this report is recorded.
fn recorded_days(reading: &Reading) -> HashSet<NaiveDate> {
    let report = reading.report;
    let fields = report.template.fields.iter().filter_map(|field| report.answer(&field.key).date());
    let windows = report.impact.iter().flat_map(|window| [Some(window.from), window.to]).flatten().filter_map(|bound| report.bound(bound));
    report.events().filter_map(|event| event.date).chain(fields).chain(windows.map(|at| at.date())).collect()
}

/// Whether a sentence names a day, and none of those recorded: it tells of another incident.
fn of_another_day(reading: &Reading, line: &Line, sentence: &Range<usize>, recorded: &HashSet<NaiveDate>) -> bool {
    let order = reading.report.template.date_order;
    let named: Vec<_> = line.days.iter().filter(|day| sentence.contains(&day.span.start)).collect();
    let ours = |day: &&crate::mentions::Day| {
        let (d, m) = day.day_month(order);
        recorded.iter().any(|date| (date.day(), date.month()) == (d, m) && day.year.is_none_or(|year| year == date.year()))
    };
    !recorded.is_empty() && !named.is_empty() && !named.iter().any(ours)
}

/// How far a claim may lie from the record: rounding to what it was rounded to.
fn room_of(length: &Length, exact: bool, hedged: bool) -> i64 {
    let plain = match length.minutes {
        _ if length.to_the_minute || exact => 1,
        minutes if minutes % 1440 == 0 => 720,
        minutes if minutes % 60 == 0 => 30,
        _ => 5,
    };
    if hedged { plain.max(length.minutes / 5).max(10) } else { plain }
}

fn fraction_claimed(reading: &Reading, line: &Line, known: &[Known]) -> Option<Finding> {
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
    let full = known.iter().max_by_key(|known| known.minutes)?;
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
    Some(Finding::new("L03", Level::Answer, message, vec![reading.source(line, line.sentence(whole.start())), record]))
}

/// Every length that fields, windows and key moments give.
fn recorded(reading: &Reading) -> Vec<Known> {
    let report = reading.report;
    let mut out = Vec::new();
    for field in report.template.fields.iter().filter(|field| field.computed.is_some()) {
        if let Some(minutes) = report.computed_minutes(&field.key).filter(|minutes| *minutes >= 0) {
            let source = reading.field(&field.key);
            out.push(Known { minutes, words: length_words(minutes), source });
        }
    }
    let mut add = |minutes: i64, words: String, source: Source| out.push(Known { minutes, words, source });
    let at = |place: Place| Source::at(report, place, "");
    if let Some(minutes) = report.downtime_minutes() {
        add(minutes, format!("{} in all", length_words(minutes)), at(Place::Impact));
    }
    let mut sum = 0;
    for window in &report.impact {
        let span = report.bound(window.from).zip(window.to.and_then(|to| report.bound(to)));
        if let Some((from, to)) = span {
            let minutes = (report.instant(to) - report.instant(from)).num_minutes();
            sum += minutes;
            add(minutes, format!("{} to {}", time_words(from.time()), time_words(to.time())), at(Place::Impact));
        }
    }
    if sum > 0 {
        add(sum, format!("{}, each service counted", length_words(sum)), at(Place::Impact));
    }
    let marked: Vec<(&Event, DateTime<Utc>)> = report
        .events()
        .filter(|event| event.milestone.as_ref().is_some_and(|m| m.role != Role::Other))
        .filter_map(|event| Some((event, report.instant(event.start()?))))
        .collect();
    let starts = [Role::ImpactStart, Role::Detected, Role::Reported];
    let ends = [Role::PartlyRestored, Role::Restored, Role::Closed];
    let one_of = |event: &Event, roles: &[Role]| event.milestone.as_ref().is_some_and(|m| roles.contains(&m.role));
    for (from, start) in marked.iter().filter(|(event, _)| one_of(event, &starts)) {
        for (to, end) in marked.iter().filter(|(event, end)| one_of(event, &ends) && end > start) {
            let words = format!("{} to {}", from.time.words(), to.time.words());
            add((*end - *start).num_minutes(), words, reading.row(to));
        }
    }
    out
}

/// Where nothing is marked: from rows that say the service stopped to rows that say it came back. Each length once: what a night's chat
/// says a thousand times is not a thousand records.
fn told(reading: &Reading) -> Vec<Known> {
    let report = reading.report;
    let moment = |event| Told { event, at: event.start().map(|at| report.instant(at)) };
    let timed: Vec<Told> = report.events().filter(|event| event.time.start().is_some()).map(moment).collect();
    let comes_back: Vec<&Told> = timed.iter().filter(|told| COMES_BACK.is_match(&told.event.text)).collect();
    if comes_back.is_empty() {
        return Vec::new();
    }
    let stops =
        |told: &&Told| STOPS.is_match(&told.event.text) && !STILL_UP.is_match(&told.event.text) && !COMES_BACK.is_match(&told.event.text);
    let mut seen = HashSet::new();
    let mut out = Vec::new();
    for from in timed.iter().filter(stops) {
        for to in &comes_back {
            let minutes = match (from.at, to.at, from.event.time.start(), to.event.time.start()) {
                (Some(start), Some(end), ..) => (end - start).num_minutes(),
                (_, _, Some(start), Some(end)) => (end - start).num_minutes(),
                _ => continue,
            };
            if minutes > 0 && seen.insert(minutes) {
                let words = format!("{} to {}: {}", from.event.time.words(), to.event.time.words(), length_words(minutes));
                out.push(Known { minutes, words, source: reading.row(to.event) });
            }
        }
    }
    out
}

/// A row with its time as an instant, where its day is known.
struct Told<'a> {
    event: &'a Event,
    at: Option<DateTime<Utc>>,
}
