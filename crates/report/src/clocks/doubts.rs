//! What makes due times doubtful though each was counted rightly: events that have not happened yet or stand before anybody knew, and a
//! machine whose clock cannot be right. Always true: a doubt is said and changes no due time.

use super::events::{EventAt, EventStanding, events};
use super::filings::{awareness, begins, lies_before, words};
use super::law;
use crate::report::Report;
use crate::when::date_words;
use chrono::{DateTime, Duration, NaiveDate, Utc};

/// A recorded moment may be a few minutes ahead of the machine's clock.
const AHEAD: Duration = Duration::minutes(5);
/// A report is opened again for this long without a doubt that the clock is right.
const LONGEST: Duration = Duration::days(10 * 366);
/// A report may be begun this long before what it tells of: planned work, or a clock in another zone.
const EARLIEST: Duration = Duration::days(366);

/// The events that start due times and lie in the future, or before the first event of the form: each with why it is questioned.
pub fn early_or_coming(report: &Report, now: Option<DateTime<Utc>>) -> Vec<(EventStanding, String)> {
    let first = law(report).events.iter().find(|rule| rule.filing.is_none()).map(|rule| rule.key.as_str());
    let known = awareness(report);
    let doubt = |event: &EventStanding| {
        let begin = begins(report, &event.at)?;
        if now.is_some_and(|now| begin > now + AHEAD) {
            return Some(format!("“{}” lies in the future: {}", event.label, words(report, &event.at)));
        }
        let (label, known) = known.as_ref()?;
        let before = first != Some(event.key.as_str()) && lies_before(report, &event.at, known);
        before.then(|| format!("“{}”, {}, lies before “{label}”, {}", event.label, words(report, &event.at), words(report, known)))
    };
    events(report, now).into_iter().filter_map(|event| doubt(&event).map(|why| (event, why))).collect()
}

/// Why the machine's clock cannot be right: it lies years before everything the report tells of, or many years after.
pub fn clock_doubt(report: &Report, now: DateTime<Utc>) -> Option<String> {
    let (first, last) = span(report)?;
    let today = now.date_naive();
    let wrong = today < first - EARLIEST || today > last + LONGEST;
    wrong.then(|| {
        format!(
            "This computer’s clock says {}, but the report tells of {}. Due times are judged by that clock: set it right.",
            date_words(today),
            if first == last { date_words(first) } else { format!("{} to {}", date_words(first), date_words(last)) }
        )
    })
}

/// The first and last day of its events and filings.
fn span(report: &Report) -> Option<(NaiveDate, NaiveDate)> {
    let rows = report.events().filter_map(|event| event.date);
    let starts = events(report, None).into_iter().filter_map(|event| match event.at {
        EventAt::Day { day } | EventAt::Moment { day, .. } => Some(day),
        EventAt::Missing | EventAt::Unclear { .. } => None,
    });
    let filed = report.filings.iter().filter_map(|filing| filing.moment.at.map(|at| at.date()));
    let mut days: Vec<NaiveDate> = rows.chain(starts).chain(filed).collect();
    days.sort_unstable();
    Some((*days.first()?, *days.last()?))
}
