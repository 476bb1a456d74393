//! Limits: the service level's (L21), the regime's (L22), their events (L23), and rules that nobody has verified (L24).

use super::reading::Reading;
use crate::answer::Value;
use crate::clocks::{ClockState, DueTime, due_times};
use crate::finding::{Finding, Level, Source};
use crate::mentions::{self, pattern};
use crate::place::Place;
use crate::template::{Field, FieldType};
use crate::timeline::Role;
use crate::when::length_words;
use regex::Regex;
use std::sync::LazyLock;

pub(super) fn check(reading: &Reading, findings: &mut Vec<Finding>) {
    static ASKS: LazyLock<Regex> = LazyLock::new(|| pattern(r"(?i)\bSLAs?\b|service level|target (?:resolution )?time"));
    let asked = reading.report.template.fields.iter().filter(|field| field.kind == FieldType::YesNo && ASKS.is_match(&field.label));
    findings.extend(asked.filter_map(|field| service_level(reading, field)));
    for due in due_times(reading.report, reading.now) {
        findings.extend(limit(reading, &due));
    }
}

/// L21: "within the SLA" says within which limit, and counted from when; and it is true.
fn service_level(reading: &Reading, field: &Field) -> Option<Finding> {
    let report = reading.report;
    let answer = report.answer(&field.key);
    let Some(Value::YesNo { yes }) = answer.value else { return None };
    let qualifier = answer.qualifier.as_deref().unwrap_or_default();
    let level = report.service_level.as_ref();
    let target = mentions::lengths(qualifier).first().map(|length| length.minutes).or_else(|| level.and_then(|level| level.minutes()));
    let clocks = clocks(reading, level.map(|level| level.from));
    let longest = clocks.first()?;
    let source = |text: String| Source { text, where_: "The report's own times".into(), place: Place::Timeline { index: None }, row: None };
    let Some(target) = target else {
        let all = clocks.iter().map(|(words, minutes)| format!("from {words} {}", length_words(*minutes))).collect::<Vec<_>>().join(", ");
        let message = format!("“{}” is answered, but not within which limit, and counted from when.", field.label);
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

/// The lengths the clocks give until restoration, the longest first; only the one named, where one is.
fn clocks(reading: &Reading, only: Option<Role>) -> Vec<(String, i64)> {
    let report = reading.report;
    let end = reading.stated().find(|(_, role, _)| *role == Role::Restored).map(|(_, _, at)| at);
    let Some(end) = end.or_else(|| report.moment_of(Role::Restored)?.start()) else { return Vec::new() };
    let starts = [Role::ImpactStart, Role::Detected, Role::Reported, Role::Logged, Role::Classified, Role::Declared];
    let mut out: Vec<(String, i64)> = Vec::new();
    for role in starts.into_iter().filter(|role| only.is_none_or(|only| only == *role)) {
        let stated = reading.stated().find(|(_, other, _)| *other == role).map(|(_, _, at)| at);
        if let Some(start) = stated.or_else(|| report.moment_of(role)?.start()) {
            let minutes = match report.service_level.as_ref().and_then(|level| level.support.as_ref()) {
                Some(support) => support.minutes_between(start, end),
                None => Some((report.instant(end) - report.instant(start)).num_minutes()),
            };
            if let Some(minutes) = minutes.filter(|minutes| *minutes >= 0) {
                out.push((role.words().to_lowercase(), minutes));
            }
        }
    }
    out.sort_by_key(|(_, minutes)| -minutes);
    out
}

fn limit(reading: &Reading, due: &DueTime) -> Option<Finding> {
    let report = reading.report;
    let rule = Source { text: format!("{}, {}", due.due, due.clause), where_: "The rule".into(), place: Place::Form, row: None };
    let here = |text: &str| Source::at(report, Place::Clocks, text);
    if !due.verified {
        let filing = due.filing.as_ref()?;
        let message = format!("“{}” was filed by a rule that was not verified; check it in the instrument.", due.due);
        return Some(Finding::new("L24", Level::Answer, message, vec![here(&filing.moment.raw), rule]));
    }
    match &due.state {
        ClockState::Late { .. } => {
            let message = format!("“{}” was due {}, and nothing is recorded as filed.", due.due, due.words);
            // Not the words of a limit that is near: whoever accepted that one has not accepted this.
            Some(Finding::new("L22", Level::Answer, message, vec![here(&format!("{}, nothing filed", due.words)), rule]))
        }
        ClockState::DueSoon => {
            let message = format!("“{}” is due {}.", due.due, due.words);
            Some(Finding::new("L22", Level::Note, message, vec![here(&due.words), rule]))
        }
        ClockState::Filed { late: Some(minutes) } if !due.reasons.is_empty() && !has_reasons(reading, due) => {
            let message = format!("“{}” was filed {} late; the rule asks for {}.", due.due, length_words(*minutes), due.reasons);
            Some(Finding::new("L22", Level::Answer, message, vec![here(&due.filing.as_ref()?.moment.raw), rule]))
        }
        ClockState::NotStarted { missing } => {
            let chained = |label: &String| report.template.events.iter().any(|event| event.label == *label && event.filing.is_some());
            let open = missing.iter().find(|label| !chained(label))?;
            let message = format!("When “{open}” happened is not recorded, so “{}” cannot be counted.", due.due);
            Some(Finding::new("L23", Level::Answer, message, vec![here(""), rule]))
        }
        ClockState::NotCounted { why } => {
            let message = format!("“{}” cannot be counted: {why}.", due.due);
            Some(Finding::new("L23", Level::Answer, message, vec![here(""), rule]))
        }
        _ => None,
    }
}

fn has_reasons(reading: &Reading, due: &DueTime) -> bool {
    let report = reading.report;
    let in_filing = due.filing.as_ref().is_some_and(|filing| !filing.reasons.trim().is_empty());
    let key = report.template.clock(&due.key).and_then(|rule| rule.reasons_in.as_deref());
    let in_form =
        key.is_some_and(|key| !report.answer(key).is_blank() || report.section_for(key).is_some_and(|section| !section.body.is_blank()));
    in_filing || in_form
}

#[cfg(test)]
mod tests {
    use super::super::support::{fires, sample};
    use crate::answer::Answer;
    use crate::clock::{ClockRule, EventRule, Filing, Limit, Moment};
    use crate::edit::Edit;
    use crate::ids::{CountedIds, FilingId};
    use crate::report::Report;
    use crate::service_level::ServiceLevel;
    use crate::timeline::Role;

    fn answered(raw: &str, qualifier: Option<&str>) -> Report {
        let answer = Answer { raw: raw.into(), qualifier: qualifier.map(str::to_owned), ..Default::default() };
        sample().apply(&Edit::Answer { key: "within_sla".into(), answer: Some(answer) }).expect("it applies").report
    }

    #[test]
    fn the_service_level_s_answer_names_its_limit_and_is_true() {
        assert!(fires(&answered("N", None), "L21"), "no limit is named");
        assert!(fires(&answered("Y", Some("limit 1 h")), "L21"));
        assert!(fires(&answered("N", Some("target 8 hours")), "L21"));
        let mut stated = answered("Y", None);
        stated.service_level = Some(ServiceLevel { target: "4 hours".into(), from: Role::ImpactStart, support: None });
        assert!(fires(&stated, "L21"), "4 h 49 min from the start");
        if let Some(level) = &mut stated.service_level {
            level.from = Role::Classified;
            level.target = "5 hours".into();
        }
        assert!(!fires(&stated, "L21"));
        assert!(!fires(&answered("N", Some("limit 4 h")), "L21"));
        assert!(!fires(&answered("Y", Some("limit 4 h 30 min, counted from the call")), "L21"), "true by one of the clocks");
    }

    fn with_clock(verified: bool) -> Report {
        let mut report = sample();
        report.template.events = ["aware", "sent"]
            .map(|key| EventRule {
                key: key.into(),
                label: key.into(),
                guidance: String::new(),
                field: None,
                role: None,
                filing: (key == "sent").then(|| "first".to_owned()),
            })
            .to_vec();
        let rule = |key: &str, from: &str| ClockRule {
            key: key.into(),
            due: key.into(),
            limit: Limit::Hours { from: from.into(), hours: 72, lapses_without: None },
            relief: None,
            condition: None,
            reasons: "the reasons for the delay".into(),
            reasons_in: None,
            clause: "Art. 1".into(),
            source: "S".into(),
            verified,
        };
        report.template.clocks = vec![rule("first", "aware"), rule("second", "sent")];
        report
    }

    fn aware(raw: &str, verified: bool) -> Report {
        let mut report = with_clock(verified);
        report.clock_events.insert("aware".into(), Moment::given(raw, Default::default()));
        report
    }

    fn fires_at(report: &Report, id: &str, now: &str) -> bool {
        super::super::check_at(report, now.parse().expect("a moment")).iter().any(|f| f.check == id)
    }

    #[test]
    fn an_event_nobody_recorded_is_asked_for() {
        assert!(fires(&with_clock(true), "L23"));
        assert!(fires(&aware("some day", true), "L23"));
        assert!(fires(&aware("14/10/2025", true), "L23"), "hours need a time");
        assert!(!fires(&aware("14/10/2025 22:00", true), "L23"), "the second stage waits for the first; that is no gap");
        assert!(!fires(&with_clock(false), "L23"), "a rule nobody verified asks nothing");
        assert!(!fires(&sample(), "L23"));
    }

    #[test]
    fn a_limit_near_passed_or_missed_without_reasons_is_named() {
        let report = aware("14/10/2025 22:00", true);
        assert!(fires_at(&report, "L22", "2025-10-17T10:00:00Z"), "eleven hours are left");
        assert!(fires_at(&report, "L22", "2025-11-17T10:00:00Z"));
        let mut filed = report.clone();
        let mut filing = Filing {
            id: FilingId::new(&mut CountedIds(1)),
            clock: "first".into(),
            moment: Moment::given("18/10/2025 22:00", Default::default()),
            file: String::new(),
            sha256: String::new(),
            reasons: String::new(),
        };
        filed.filings = vec![filing.clone()];
        assert!(fires_at(&filed, "L22", "2025-10-18T22:00:00Z"), "a day late, and no reasons");
        filing.reasons = "The log was sealed.".into();
        filed.filings = vec![filing.clone()];
        assert!(!fires_at(&filed, "L22", "2025-10-18T22:00:00Z"));
        assert!(!fires_at(&report, "L22", "2025-10-15T10:00:00Z"), "three days are left");
        assert!(!fires(&report, "L22"), "without a clock nothing is late");

        let mut second = filed.clone();
        second.filings[0].moment = Moment::given("15/10/2025 22:00", Default::default());
        assert!(fires_at(&second, "L22", "2025-11-18T22:00:00Z"), "the first was in time, the second never came");
        assert!(!fires_at(&second, "L22", "2025-10-16T00:00:00Z"), "the second has days left");
        let lines = |now: &str| super::super::check_at(&report, now.parse().expect("a moment"));
        let key = |now: &str| lines(now).into_iter().find(|f| f.check == "L22").expect("it fires").key;
        assert_ne!(key("2025-10-17T10:00:00Z"), key("2025-11-17T10:00:00Z"), "who accepted “soon” has not accepted “late”");

        let mut unverified = aware("14/10/2025 22:00", false);
        assert!(!fires_at(&unverified, "L22", "2026-11-17T10:00:00Z") && !fires(&unverified, "L24"));
        unverified.filings = vec![filing];
        assert!(fires(&unverified, "L24"), "a filing relies on it");
        assert!(fires_at(&unverified, "L24", "2025-10-15T00:00:00Z") && fires_at(&unverified, "L24", "2030-01-01T00:00:00Z"));
        let mut rule = unverified.clone();
        rule.template.clocks.iter_mut().for_each(|clock| clock.verified = true);
        assert!(!fires(&rule, "L24"), "the same rule, read in its instrument");
        assert!(!fires(&sample(), "L24"), "nothing was filed by the form's own unverified rules");
    }
}
