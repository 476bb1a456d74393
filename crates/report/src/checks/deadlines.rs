//! Limits: the service level's (L21), the regime's (L22), their events (L23), and rules that nobody has verified (L24).

use super::reading::Reading;
use crate::answer::{Answer, Value};
use crate::calendar::calendar;
use crate::clocks::{ClockState, DueTime, EventOrigin, clock_doubt, doubtful, due_times, early_or_coming, law, out_of_turn};
use crate::finding::{Finding, Level, Source};
use crate::mentions::{self, pattern};
use crate::place::Place;
use crate::report::Report;
use crate::service_level::SupportHours;
use crate::template::{Field, FieldType};
use crate::timeline::Role;
use crate::when::{length_words, rough_length};
use crate::zones::{Stated, instant, minutes_between};
use chrono::Datelike;
use regex::Regex;
use std::sync::LazyLock;

pub(super) fn check(reading: &Reading, findings: &mut Vec<Finding>) {
    static ASKS: LazyLock<Regex> = LazyLock::new(|| {
        pattern(r"(?i)\b(?:SLA|OLA)s?\b|service[- ]level|target (?:\w+ )?time|within (?:the )?(?:agreed|promised|target|limit)")
    });
    let asked = reading.report.template.fields.iter().filter(|field| field.kind == FieldType::YesNo && ASKS.is_match(&field.label));
    findings.extend(asked.filter_map(|field| service_level(reading, field)));
    for due in due_times(reading.report, reading.now) {
        findings.extend(limit(reading, &due));
        findings.extend(unknown_days(reading, &due));
    }
    moments(reading, findings);
}

/// L23: what is recorded of an event or a filing is a moment at which it can have happened. L22: so is what the computer's clock says.
fn moments(reading: &Reading, findings: &mut Vec<Finding>) {
    let report = reading.report;
    let here = |text: &str| vec![Source::at(report, Place::Clocks, text)];
    for (filing, why) in doubtful(report, reading.now) {
        let due = law(report).clock(&filing.clock).map_or(filing.clock.as_str(), |rule| rule.due.as_str());
        let message = format!("What was filed for “{due}” does not count: {why}.");
        findings.push(Finding::new("L23", Level::Answer, message, here(&filing.moment.raw)));
    }
    for (filing, why) in out_of_turn(report, reading.now) {
        findings.push(Finding::new("L23", Level::Answer, format!("{why}."), here(&filing.moment.raw)));
    }
    for (event, why) in early_or_coming(report, reading.now) {
        // What was filed is questioned as a filing.
        if event.origin != EventOrigin::Filing {
            findings.push(Finding::new("L23", Level::Answer, format!("{why}."), here(&event.raw)));
        }
    }
    if !law(report).clocks.is_empty()
        && let Some(why) = reading.now.and_then(|now| clock_doubt(report, now))
    {
        findings.push(Finding::new("L22", Level::Answer, why, here("")));
    }
}

/// L23: a due time that may move for a day off was counted beyond the years whose days off are known.
fn unknown_days(reading: &Reading, due: &DueTime) -> Option<Finding> {
    if due.unknown_days.is_empty() || matches!(due.state, ClockState::Filed { .. }) {
        return None;
    }
    let message = format!("“{}” was counted without holidays: {}.", due.due, due.unknown_days);
    Some(Finding::new("L23", Level::Answer, message, vec![Source::at(reading.report, Place::Clocks, &due.words)]))
}

/// L21: "within the SLA" says within which limit, and counted from when; and it is true.
fn service_level(reading: &Reading, field: &Field) -> Option<Finding> {
    static WORKING_DAYS: LazyLock<Regex> = LazyLock::new(|| pattern(r"(?i)\b(?:working|business)[\s-]+days?\b"));
    let report = reading.report;
    let answer = report.answer(&field.key);
    let Some(Value::YesNo { yes }) = answer.value else { return None };
    let qualifier = answer.qualifier.as_deref().unwrap_or_default();
    let level = report.service_level.as_ref();
    // Days that have to be counted on a calendar are named, and not reckoned here.
    if WORKING_DAYS.is_match(qualifier) {
        return None;
    }
    let target = limit_named(qualifier).or_else(|| level.and_then(|level| level.minutes()));
    let source = |text: String| Source::outside("The report's own times", Place::Timeline { index: None }, text);
    let clocks = match clocks(reading, level.map(|level| level.from)) {
        Ok(clocks) => clocks,
        Err(calendar) => {
            let message = format!("“{}” cannot be held against the report’s times: {calendar}.", field.label);
            return Some(Finding::new("L21", Level::Answer, message, vec![reading.field(&field.key), source(calendar)]));
        }
    };
    let longest = clocks.first()?;
    let Some(target) = target else {
        let all = clocks.iter().map(|(words, minutes)| format!("from {words} {}", length_words(*minutes))).collect::<Vec<_>>().join(", ");
        let message = format!("“{}” is answered, but does not say which limit applies or what it is counted from.", field.label);
        return Some(Finding::new("L21", Level::Answer, message, vec![reading.field(&field.key), source(all)]));
    };
    // Where no clock is named, the answer must be wrong by every clock before it is questioned.
    let wrong = clocks.iter().all(|(_, minutes)| (*minutes <= target) != yes);
    let (words, minutes) = longest;
    wrong.then(|| {
        let message = format!(
            "“{}” says {}, but from {words} it took {} of {}.",
            field.label,
            if yes { "yes" } else { "no" },
            length_words(*minutes),
            length_words(target)
        );
        Finding::new(
            "L21",
            Level::Answer,
            message,
            vec![reading.field(&field.key), source(format!("from {words} {}", length_words(*minutes)))],
        )
    })
}

/// "Restored in 4 h 49 min, limit 4 h": the length that is called the limit, else the first.
fn limit_named(qualifier: &str) -> Option<i64> {
    static CALLED: LazyLock<Regex> =
        LazyLock::new(|| pattern(r"(?i)\b(?:limit|target|SLA|service level|agreed|allowed|against|within|under)\b[^\d,;]{0,24}$"));
    let lengths = mentions::lengths(qualifier);
    let called = lengths
        .iter()
        .find(|length| CALLED.is_match(&qualifier[..length.span.start]) || LIMIT_AFTER.is_match(&qualifier[length.span.end..]));
    called.or(lengths.first()).map(|length| length.minutes)
}

/// "The 4 h limit", "4 hours allowed".
static LIMIT_AFTER: LazyLock<Regex> = LazyLock::new(|| pattern(r"(?i)^\s*(?:limit|target|SLA|allowed|agreed)\b"));

/// The lengths the clocks give until restoration, the longest first; only the one named, where one is. Support hours are counted on their
/// own clocks.
///
/// # Errors
/// Which years the calendar of the support hours covers, where these are not among them.
fn clocks(reading: &Reading, only: Option<Role>) -> Result<Vec<(String, i64)>, String> {
    let report = reading.report;
    let at = |role: Role| {
        let field = report.template.fields.iter().find(|field| field.role == Some(role));
        let answer = field.map(|field| report.answer(&field.key)).filter(|answer| answer.standing.is_known());
        let row = || report.moment_of(role).and_then(|event| Some((event.start()?, event.zone.as_deref())));
        answer.and_then(Answer::stated).or_else(row)
    };
    let Some(end) = at(Role::Restored) else { return Ok(Vec::new()) };
    let starts = [Role::ImpactStart, Role::Detected, Role::Reported, Role::Logged, Role::Classified, Role::Declared];
    let mut out: Vec<(String, i64)> = Vec::new();
    for role in starts.into_iter().filter(|role| only.is_none_or(|only| only == *role)) {
        let Some(start) = at(role) else { continue };
        let minutes = match report.service_level.as_ref().and_then(|level| level.support.as_ref()) {
            Some(support) => supported(report, support, start, end)?,
            None => Some(minutes_between(start, end, report.zone.as_deref())),
        };
        if let Some(minutes) = minutes.filter(|minutes| *minutes >= 0) {
            out.push((role.words().to_lowercase(), minutes));
        }
    }
    out.sort_by_key(|(_, minutes)| -minutes);
    Ok(out)
}

/// Minutes of support between two stated moments; none where they are no moments, or where the zone of the hours is not known.
fn supported(report: &Report, support: &SupportHours, from: Stated, to: Stated) -> Result<Option<i64>, String> {
    let own = report.zone.as_deref();
    let (Some(from), Some(to)) = (instant(from.0, from.1, own), instant(to.0, to.1, own)) else { return Ok(None) };
    let minutes = support.minutes_of(from, to, own);
    let years = |name| {
        let calendar = calendar(name);
        (calendar.first_year..=calendar.last_year, calendar)
    };
    match support.calendar.map(years) {
        Some((covered, calendar)) if minutes.is_none() && !(covered.contains(&from.year()) && covered.contains(&to.year())) => {
            Err(format!("the calendar “{}” of its support hours covers {} to {} only", calendar.words, covered.start(), covered.end()))
        }
        _ => Ok(minutes),
    }
}

fn limit(reading: &Reading, due: &DueTime) -> Option<Finding> {
    let report = reading.report;
    let rule = Source::outside("The rule", Place::Form, format!("{}, {}", due.due, due.clause));
    let here = |text: &str| Source::at(report, Place::Clocks, text);
    if !due.verified {
        let filing = due.filing.as_ref()?;
        let message = format!("“{}” was filed under a rule that has not been verified; check it in the legal text.", due.due);
        return Some(Finding::new("L24", Level::Answer, message, vec![here(&filing.moment.raw), rule]));
    }
    match &due.state {
        ClockState::Late { .. } => {
            let message = format!("“{}” was due {}, but no filing is recorded.", due.due, due.words);
            // Not the words of a limit that is near: whoever accepted that one has not accepted this.
            Some(Finding::new("L22", Level::Answer, message, vec![here(&format!("{}, nothing filed", due.words)), rule]))
        }
        ClockState::DueSoon => {
            let message = format!("“{}” is due {}.", due.due, due.words);
            Some(Finding::new("L22", Level::Note, message, vec![here(&due.words), rule]))
        }
        ClockState::Filed { late: Some(minutes) } if !due.reasons.is_empty() && !has_reasons(reading, due) => {
            let message = format!("“{}” was filed {} late; the rule asks for {}.", due.due, rough_length(*minutes), due.reasons);
            Some(Finding::new("L22", Level::Answer, message, vec![here(&due.filing.as_ref()?.moment.raw), rule]))
        }
        ClockState::NotStarted { missing } => {
            let chained = |label: &String| law(report).events.iter().any(|event| event.label == *label && event.filing.is_some());
            let open = missing.iter().find(|label| !chained(label))?;
            let message = format!("The time of “{open}” is not recorded, so “{}” cannot be calculated.", due.due);
            Some(Finding::new("L23", Level::Answer, message, vec![here(""), rule]))
        }
        ClockState::NotCounted { why } => {
            let message = format!("“{}” cannot be calculated: {why}.", due.due);
            Some(Finding::new("L23", Level::Answer, message, vec![here(""), rule]))
        }
        _ => None,
    }
}

fn has_reasons(reading: &Reading, due: &DueTime) -> bool {
    let report = reading.report;
    let in_filing = due.filing.as_ref().is_some_and(|filing| !filing.reasons.trim().is_empty());
    let key = law(report).clock(&due.key).and_then(|rule| rule.reasons_in.as_deref());
    let in_form =
        key.is_some_and(|key| !report.answer(key).is_blank() || report.section_for(key).is_some_and(|section| !section.body.is_blank()));
    in_filing || in_form
}

#[cfg(test)]
mod tests {
    use crate::{Answer, Edit, catalogue};

    #[test]
    fn who_accepted_that_it_is_near_has_not_accepted_that_it_is_late() {
        let report = catalogue::sample("gdpr-33").expect("a shipped sample");
        let aware = Answer { raw: "14/10/2025 22:00".into(), ..Answer::default() };
        let report = report.apply(&Edit::Answer { key: "aware_at".into(), answer: Some(aware) }).expect("it applies").report;
        let key = |now: &str| {
            let findings = super::super::check_at(&report, now.parse().expect("a moment"));
            findings.into_iter().find(|finding| finding.check == "L22").expect("it fires").key
        };
        assert_ne!(key("2025-10-17T10:00:00Z"), key("2025-11-17T10:00:00Z"));
    }

    /// A key that changed with the day would ask for the acceptance anew each morning.
    #[test]
    fn what_is_late_is_accepted_once() {
        let report = catalogue::sample("gdpr-33").expect("a shipped sample");
        let key = |now: &str| {
            let findings = super::super::check_at(&report, now.parse().expect("a moment"));
            findings.into_iter().find(|finding| finding.check == "L22").expect("it fires").key
        };
        assert_eq!(key("2026-02-17T10:00:00Z"), key("2026-03-17T10:00:00Z"));
    }
}
