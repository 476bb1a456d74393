//! What was filed, held against what it was filed for. Always true: a due time is met by the first sound filing for it; one whose moment
//! cannot be placed, lies in the future, or lies before anybody knew meets nothing and says why.

use super::events::{EventAt, read, standing};
use super::limits::Due;
use super::{law, moment_words};
use crate::clock::{ClockRule, Filing};
use crate::report::Report;
use crate::when::date_words;
use chrono::{DateTime, Duration, NaiveTime, Utc};

/// What the filings of a due time come to.
#[derive(Clone, Debug)]
pub(super) enum Filed<'a> {
    /// Nothing was filed.
    Nothing,
    /// This met it, at that moment or on that day.
    Met(&'a Filing, EventAt),
    /// Something was recorded that meets nothing.
    Doubtful(&'a Filing, String),
}

/// A filing recorded while it is made may name the minute that has just begun.
const AHEAD: Duration = Duration::minutes(5);

/// What was filed for a due time: the first sound filing by its moment, else what is wrong with the last that was recorded.
pub(super) fn filed<'a>(report: &'a Report, rule: &ClockRule, now: Option<DateTime<Utc>>) -> Filed<'a> {
    let mut met: Option<(&Filing, EventAt)> = None;
    let mut doubtful = None;
    for filing in report.filings.iter().filter(|filing| rule.filed_as().any(|key| key == filing.clock)) {
        match sound(report, filing, now) {
            Ok(at) if met.as_ref().is_none_or(|(_, first)| begins(report, &at) < begins(report, first)) => met = Some((filing, at)),
            Ok(_) => {}
            Err(why) => doubtful = Some((filing, why)),
        }
    }
    match (met, doubtful) {
        (Some((filing, at)), _) => Filed::Met(filing, at),
        (None, Some((filing, why))) => Filed::Doubtful(filing, why),
        (None, None) => Filed::Nothing,
    }
}

/// Every filing that meets nothing, with why.
pub fn doubtful(report: &Report, now: Option<DateTime<Utc>>) -> Vec<(&Filing, String)> {
    report.filings.iter().filter_map(|filing| Some((filing, sound(report, filing, now).err()?))).collect()
}

/// When a filing was made, where it can have been made then.
pub(super) fn sound(report: &Report, filing: &Filing, now: Option<DateTime<Utc>>) -> Result<EventAt, String> {
    let at = read(report, &filing.moment);
    match at {
        EventAt::Missing => return Err("it does not say when".to_owned()),
        EventAt::Unclear { why, .. } => return Err(why),
        EventAt::Day { .. } | EventAt::Moment { .. } => {}
    }
    let Some(begin) = begins(report, &at) else { return Ok(at) };
    if now.is_some_and(|now| begin > now + AHEAD) {
        return Err(format!("{} lies in the future", words(report, &at)));
    }
    match awareness(report) {
        Some((label, known)) if lies_before(report, &at, &known) => {
            Err(format!("{} lies before “{label}”, {}", words(report, &at), words(report, &known)))
        }
        _ => Ok(at),
    }
}

/// Whether all of a moment or day lies before another has begun.
pub(super) fn lies_before(report: &Report, at: &EventAt, other: &EventAt) -> bool {
    let (Some(end), Some(begin)) = (ends(report, at), begins(report, other)) else { return false };
    if matches!(at, EventAt::Day { .. }) { end <= begin } else { end < begin }
}

/// Every sound filing of a later stage that lies before the first of the stage it follows, with what is odd about it.
pub fn out_of_turn(report: &Report, now: Option<DateTime<Utc>>) -> Vec<(&Filing, String)> {
    let form = law(report);
    let chained = form.clocks.iter().flat_map(|clock| clock.limit.events().into_iter().map(move |event| (clock, event)));
    let stages = chained.filter_map(|(clock, event)| Some((clock, form.clock(form.event(event)?.filing.as_ref()?)?)));
    let mut found: Vec<(&Filing, String)> = Vec::new();
    for (clock, before) in stages.filter(|(clock, before)| clock.key != before.key) {
        let Filed::Met(first, first_at) = filed(report, before, now) else { continue };
        for filing in report.filings.iter().filter(|filing| filing.clock == clock.key && filing.id != first.id) {
            let Ok(at) = sound(report, filing, now) else { continue };
            if lies_before(report, &at, &first_at) && !found.iter().any(|(known, _)| known.id == filing.id) {
                let told = (&before.due, words(report, &first_at));
                found.push((filing, format!("“{}” was filed {}, before “{}”, {}", clock.due, words(report, &at), told.0, told.1)));
            }
        }
    }
    found
}

/// The first event of the form that is no filing, where it has a moment or a day: nothing is filed, or follows, before it.
pub(super) fn awareness(report: &Report) -> Option<(&str, EventAt)> {
    let first = law(report).events.iter().find(|rule| rule.filing.is_none())?;
    match standing(report, first, None).at {
        at @ (EventAt::Moment { .. } | EventAt::Day { .. }) => Some((&first.label, at)),
        EventAt::Missing | EventAt::Unclear { .. } => None,
    }
}

/// By how many minutes something was filed after a due time; none where it was not.
///
/// # Errors
/// Why that cannot be told.
pub(super) fn minutes_late(report: &Report, at: &EventAt, due: &Due) -> Result<Option<i64>, String> {
    let (Some(begin), Some(end)) = (begins(report, at), ends(report, at)) else {
        return Err("the report does not say in which time zone its days are".to_owned());
    };
    let is_moment = begin == end;
    if if is_moment { !due.is_over(end) } else { end <= due.at } {
        Ok(None)
    } else if is_moment || due.is_over(begin) {
        Ok(Some((begin - due.at).num_minutes().max(1)))
    } else {
        Err("it has a day but no time, and the limit ends within that day".to_owned())
    }
}

/// When a moment is, or when a day begins on the report's calendar.
pub(super) fn begins(report: &Report, at: &EventAt) -> Option<DateTime<Utc>> {
    match at {
        EventAt::Moment { at, .. } => Some(*at),
        EventAt::Day { day } => crate::when::instant(report.zone.as_deref()?, day.and_time(NaiveTime::MIN)),
        EventAt::Missing | EventAt::Unclear { .. } => None,
    }
}

fn ends(report: &Report, at: &EventAt) -> Option<DateTime<Utc>> {
    match at {
        EventAt::Day { day } => begins(report, &EventAt::Day { day: day.succ_opt()? }),
        _ => begins(report, at),
    }
}

/// A moment or a day in words; nothing where there is neither.
pub(super) fn words(report: &Report, at: &EventAt) -> String {
    match at {
        EventAt::Moment { at, .. } => moment_words(report, *at),
        EventAt::Day { day } => date_words(*day),
        EventAt::Missing | EventAt::Unclear { .. } => String::new(),
    }
}
