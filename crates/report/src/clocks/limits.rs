//! Counting a limit: hours, days, working days, months, the earlier of several, and noon of the next working day where a regime grants it.

use super::events::{EventAt, standing};
use super::{moment_words, moment_words_in, utc_words};
use crate::calendar::{calendar, next_working, working_days_after};
use crate::clock::{CalendarName, Circumstance, ClockRule, Closing, Instead, Limit, NoonRelief};
use crate::report::Report;
use crate::template::Template;
use crate::when::{clock_words, date_words, time_words};
use chrono::{DateTime, Datelike, Days, Duration, Months, NaiveDate, NaiveTime, Utc, Weekday};

/// What counting gave.
#[derive(Clone, Debug, Default)]
pub(super) struct Counted {
    /// When it falls.
    pub due: Option<Due>,
    /// The usual due time, where an earlier one holds only for some and nobody has said whether they are.
    pub usual: Option<Due>,
    /// Labels of events that are not recorded.
    pub missing: Vec<String>,
    /// Why it cannot be counted.
    pub problem: Option<String>,
    /// How it was counted, one clause a limit.
    pub how: Vec<String>,
    /// What must be answered before relief counts.
    pub asks: Vec<Circumstance>,
    /// The same, and what was answered already.
    pub circumstances: Vec<Circumstance>,
    /// What is to be known of the calendars used.
    pub calendar: String,
    /// Why days off could not be taken into account.
    pub unknown_days: String,
}

/// A due time.
#[derive(Clone, Debug)]
pub(super) struct Due {
    /// Its moment; the end of the day for a whole day.
    pub at: DateTime<Utc>,
    /// When the first event counted from happened.
    pub from: DateTime<Utc>,
    /// The day, where a whole day is meant.
    pub day: Option<NaiveDate>,
    /// The zone on whose clocks it falls, where it is not the report's.
    pub zone: Option<String>,
}

impl Due {
    /// Whether a moment comes too late. A day, or a period of months, ends with the expiry of its last hour (Regulation (EEC, Euratom)
    /// 1182/71, Art. 3(2)): midnight belongs to the next one. What is due by an hour may be done at that hour.
    pub fn is_over(&self, at: DateTime<Utc>) -> bool {
        if self.day.is_some() { at >= self.at } else { at > self.at }
    }

    /// "by 18 May 2026, 17:30 EDT (21:30 UTC)"; a day of another zone says when it ends: "by the end of 22 October 2026 EDT (23 October 2026,
    /// 04:00 UTC)".
    pub fn words(&self, report: &Report) -> String {
        let elsewhere = self.zone.as_deref().and_then(crate::when::zone);
        match (self.day, elsewhere) {
            (Some(day), None) => format!("by the end of {}", date_words(day)),
            (Some(day), Some(zone)) => {
                let (abbreviation, _) = clock_words(&(self.at - Duration::minutes(1)).with_timezone(&zone));
                format!("by the end of {} {abbreviation} ({})", date_words(day), utc_words(self.at))
            }
            (None, _) => format!("by {}", moment_words_in(self.zone.as_deref().or(report.zone.as_deref()), self.at)),
        }
    }
}

/// Counts a rule for a report.
pub(super) fn count(report: &Report, rule: &ClockRule, now: Option<DateTime<Utc>>) -> Counted {
    let mut counted = rule.instead.iter().fold(limit(report, &rule.limit, now), |usual, other| instead(report, usual, other, now));
    if let (Some(relief), Some(due)) = (&rule.relief, counted.due.clone()) {
        relieve(report, relief, &due, &mut counted);
    }
    counted
}

/// Another limit for some: theirs once somebody has said that they are, and while nobody has, the earlier of the two.
fn instead(report: &Report, usual: Counted, other: &Instead, now: Option<DateTime<Utc>>) -> Counted {
    let said = report.circumstances.get(&other.circumstance.key);
    let mut counted = match said {
        Some(false) => usual,
        Some(true) => limit(report, &other.limit, now),
        None => {
            let theirs = limit(report, &other.limit, now);
            match (&usual.due, &theirs.due) {
                (Some(known), Some(due)) if due.at < known.at => {
                    Counted { usual: usual.due, circumstances: usual.circumstances, asks: usual.asks, ..theirs }
                }
                _ => usual,
            }
        }
    };
    if said != Some(&false) && counted.due.is_some() {
        counted.how.push(format!("{} ({})", other.circumstance.label, other.clause));
    }
    if said.is_none() && counted.due.is_some() {
        counted.asks.push(other.circumstance.clone());
    }
    counted.circumstances.push(other.circumstance.clone());
    counted
}

/// A rule in words, whatever is recorded: "4 hours after “Classified as major”".
pub(super) fn rule_words(template: &Template, rule: &ClockRule) -> String {
    let moved = rule.relief.as_ref().map(|relief| format!("; from a day off to noon of the next working day ({})", relief.clause));
    let others = rule.instead.iter().map(|other| {
        format!("; {} where this holds: {} ({})", limit_words(template, &other.limit), other.circumstance.label, other.clause)
    });
    format!("{}{}{}", limit_words(template, &rule.limit), others.collect::<String>(), moved.unwrap_or_default())
}

fn limit_words(template: &Template, limit: &Limit) -> String {
    let after = |length: String, key: &str| {
        let label = template.event(key).map_or(key, |event| event.label.as_str());
        format!("{length} after “{label}”")
    };
    let many = |count: u32, one: &str, more: &str| if count == 1 { one.to_owned() } else { format!("{count} {more}") };
    match limit {
        Limit::Hours { from, hours, .. } => after(many(*hours, "one hour", "hours"), from),
        Limit::Days { from, days } => after(many(*days, "one day", "days"), from),
        Limit::Months { from, months } => after(many(*months, "one month", "months"), from),
        Limit::WorkingDays { from, days, calendar: name, closes } => {
            let by = closes.as_ref().map(|closes| format!(", by {} there ({})", time_words(closes.at), closes.clause));
            let length = many(*days, "one working day", "working days");
            format!("{}{}", after(format!("{length} ({})", calendar(*name).words), from), by.unwrap_or_default())
        }
        Limit::EarlierOf { of } => {
            let each: Vec<String> = of.iter().map(|one| limit_words(template, one)).collect();
            format!("the earlier of {}", each.join(" and "))
        }
        Limit::Promptly { from } => after("without undue delay".to_owned(), from),
    }
}

fn limit(report: &Report, limit: &Limit, now: Option<DateTime<Utc>>) -> Counted {
    match limit {
        Limit::Hours { from, hours, lapses_without } => self::hours(report, from, *hours, lapses_without.as_deref(), now),
        Limit::Days { from, days } => whole_days(report, from, now, report.zone.as_deref(), format!("{days} days"), |day| {
            day.checked_add_days(Days::new(u64::from(*days))).ok_or_else(String::new)
        }),
        Limit::Months { from, months } => {
            let words = if *months == 1 { "one month".to_owned() } else { format!("{months} months") };
            whole_days(report, from, now, report.zone.as_deref(), words, |day| {
                day.checked_add_months(Months::new(*months)).ok_or_else(String::new)
            })
        }
        Limit::WorkingDays { from, days, calendar: name, closes } => working_days(report, from, now, *days, *name, closes.as_ref()),
        Limit::EarlierOf { of } => earlier(of.iter().map(|one| self::limit(report, one, now)).collect()),
        Limit::Promptly { from } => match event(report, from, now) {
            Err(stopped) => *stopped,
            Ok((label, _)) => Counted { how: vec![format!("without undue delay after “{label}”")], ..Counted::default() },
        },
    }
}

/// The event, or the count that stops because it is not there.
fn event(report: &Report, key: &str, now: Option<DateTime<Utc>>) -> Result<(String, EventAt), Box<Counted>> {
    let Some(rule) = super::law(report).event(key) else {
        return Err(Box::new(Counted { problem: Some(format!("the form has no event “{key}”")), ..Counted::default() }));
    };
    match standing(report, rule, now).at {
        EventAt::Missing => Err(Box::new(Counted { missing: vec![rule.label.clone()], ..Counted::default() })),
        EventAt::Unclear { why, .. } => {
            Err(Box::new(Counted { problem: Some(format!("“{}”: {why}", rule.label)), ..Counted::default() }))
        }
        at => Ok((rule.label.clone(), at)),
    }
}

fn hours(report: &Report, from: &str, hours: u32, lapses_without: Option<&str>, now: Option<DateTime<Utc>>) -> Counted {
    let (label, at) = match event(report, from, now) {
        Ok(found) => found,
        Err(stopped) => return *stopped,
    };
    let EventAt::Moment { at: start, .. } = at else {
        let why = format!("“{label}” has a day but no time, and the limit is counted in hours");
        return Counted { problem: Some(why), ..Counted::default() };
    };
    let due = start + Duration::hours(i64::from(hours));
    if let Some(key) = lapses_without {
        match event(report, key, now) {
            // It happened only after the limit had run out: another limit counts from it.
            Ok((_, EventAt::Moment { at, .. })) if at > due => return Counted::default(),
            Err(stopped) if !stopped.missing.is_empty() && now.is_some_and(|now| now > due) => return *stopped,
            _ => {}
        }
    }
    let how = format!("{hours} hours after “{label}”, {}", moment_words(report, start));
    Counted { due: Some(Due { at: due, from: start, day: None, zone: None }), how: vec![how], ..Counted::default() }
}

fn working_days(
    report: &Report,
    from: &str,
    now: Option<DateTime<Utc>>,
    days: u32,
    name: CalendarName,
    closes: Option<&Closing>,
) -> Counted {
    let known = calendar(name);
    let words = format!("{days} working days ({})", known.words);
    let add = |day| working_days_after(name, day, days).ok_or_else(|| uncovered(name));
    let mut counted = whole_days(report, from, now, Some(&known.zone), words, add);
    counted.calendar = about(name);
    if let (Some(due), Some(closes)) = (&mut counted.due, closes)
        && let Some(at) = due.day.and_then(|day| crate::when::instant(&known.zone, day.and_time(closes.at)))
    {
        due.at = at;
        due.day = None;
        counted.how.push(format!("filings close at {} there ({})", time_words(closes.at), closes.clause));
    }
    counted
}

fn whole_days(
    report: &Report,
    from: &str,
    now: Option<DateTime<Utc>>,
    zone: Option<&str>,
    length: String,
    add: impl Fn(NaiveDate) -> Result<NaiveDate, String>,
) -> Counted {
    let (label, at) = match event(report, from, now) {
        Ok(found) => found,
        Err(stopped) => return *stopped,
    };
    let Some(zone_name) = zone.filter(|name| crate::when::zone(name).is_some()) else {
        let why = "the report does not say in which time zone its days begin and end".to_owned();
        return Counted { problem: Some(why), ..Counted::default() };
    };
    let (day, start) = match at {
        EventAt::Moment { at, .. } => {
            let local = crate::when::zone(zone_name).map_or_else(|| at.naive_utc(), |zone| at.with_timezone(&zone).naive_local());
            (local.date(), Some(at))
        }
        EventAt::Day { day } => (day, None),
        EventAt::Missing | EventAt::Unclear { .. } => return Counted::default(),
    };
    let last = match add(day) {
        Ok(last) => last,
        Err(why) => return Counted { problem: Some(why), ..Counted::default() },
    };
    let midnight = |day: NaiveDate| crate::when::instant(zone_name, day.and_time(NaiveTime::MIN));
    let (Some(at), Some(begin)) = (last.succ_opt().and_then(midnight), start.or_else(|| midnight(day))) else {
        return Counted { problem: Some("the day lies beyond the calendar".to_owned()), ..Counted::default() };
    };
    let how = format!("{length} after “{label}”, {}", date_words(day));
    let elsewhere = report.zone.as_deref().is_none_or(|own| crate::when::zone(own) != crate::when::zone(zone_name));
    let due = Due { at, from: begin, day: Some(last), zone: elsewhere.then(|| zone_name.to_owned()) };
    Counted { due: Some(due), how: vec![how], ..Counted::default() }
}

fn earlier(counts: Vec<Counted>) -> Counted {
    let mut all = Counted::default();
    for mut counted in counts {
        all.missing.append(&mut counted.missing);
        all.how.append(&mut counted.how);
        if all.problem.is_none() {
            all.problem = counted.problem;
        }
        if all.calendar.is_empty() {
            all.calendar = counted.calendar;
        }
        if all.unknown_days.is_empty() {
            all.unknown_days = counted.unknown_days;
        }
        let sooner = |due: &Due| all.due.as_ref().is_none_or(|known| due.at < known.at);
        if let Some(due) = counted.due.filter(sooner) {
            all.due = Some(due);
        }
    }
    all.missing.dedup();
    if all.due.is_some() {
        all.problem = None;
    }
    all
}

fn relieve(report: &Report, relief: &NoonRelief, due: &Due, counted: &mut Counted) {
    let zone_name = report.zone.as_deref().unwrap_or(&calendar(relief.calendar).zone);
    let Some(zone) = crate::when::zone(zone_name) else { return };
    let day = due.day.unwrap_or_else(|| due.at.with_timezone(&zone).date_naive());
    let said = |one: &Circumstance| report.circumstances.get(&one.key).copied();
    let elsewhere = relief.holidays_unless.as_ref();
    let next = next_day(relief, day, elsewhere.and_then(said)).unwrap_or_else(|| {
        // Saturdays and Sundays need no calendar.
        counted.unknown_days = format!("{}; after that only Saturdays and Sundays move anything here", uncovered(relief.calendar));
        working_week(day)
    });
    counted.calendar = if counted.unknown_days.is_empty() { about(relief.calendar) } else { counted.unknown_days.clone() };
    // Whether the calendar's holidays are theirs is asked only where one of them decides.
    let decides = elsewhere.filter(|_| next_day(relief, day, Some(true)) != next_day(relief, day, Some(false)));
    if next == day && decides.is_none() {
        return;
    }
    let matter: Vec<&Circumstance> = relief.unless.iter().chain(decides).collect();
    counted.circumstances.extend(matter.iter().map(|one| (*one).clone()));
    if relief.unless.iter().any(|one| said(one) == Some(true)) {
        return;
    }
    let open: Vec<Circumstance> = matter.iter().filter(|one| said(one).is_none()).map(|one| (*one).clone()).collect();
    let excluded = relief.unless.iter().any(|one| said(one).is_none());
    counted.asks.extend(open);
    let Some(noon) = NaiveTime::from_hms_opt(12, 0, 0).and_then(|noon| crate::when::instant(zone_name, next.and_time(noon))) else {
        return;
    };
    if next == day {
        return;
    }
    let moves = format!("{} is no working day: noon of {} ({})", date_words(day), date_words(next), relief.clause);
    if excluded {
        counted.how.push(format!("{moves}, if none of the questions is answered with yes"));
    } else {
        counted.how.push(moves);
        counted.due = Some(Due { at: noon, from: due.from, day: None, zone: None });
    }
}

/// That day or the first working day after it. Where the calendar's holidays may be working days (`holidays_unless` answered with yes, or
/// not at all), only Saturdays and Sundays are days off. None outside the years covered.
fn next_day(relief: &NoonRelief, day: NaiveDate, holidays_elsewhere: Option<bool>) -> Option<NaiveDate> {
    if relief.holidays_unless.is_none() || holidays_elsewhere == Some(false) {
        return next_working(relief.calendar, day);
    }
    Some(working_week(day))
}

/// That day, or the Monday after it where it is a Saturday or a Sunday.
fn working_week(day: NaiveDate) -> NaiveDate {
    day.iter_days().take(3).find(|day| !matches!(day.weekday(), Weekday::Sat | Weekday::Sun)).unwrap_or(day)
}

fn about(name: CalendarName) -> String {
    let calendar = calendar(name);
    format!("{}, {} to {}. {}", calendar.words, calendar.first_year, calendar.last_year, calendar.note)
}

fn uncovered(name: CalendarName) -> String {
    let calendar = calendar(name);
    format!("the calendar “{}” covers {} to {} only", calendar.words, calendar.first_year, calendar.last_year)
}
