//! The order of the timeline: a row earlier than the one before (L05), a midnight without a date (L06), rows without a day (L07).
//! Always true: equal times keep their order and are never questioned (L20).

use super::reading::Reading;
use crate::edit::{Change, Edit};
use crate::finding::{Finding, Level, Source};
use crate::place::Place;
use crate::report::Report;
use crate::timeline::{Event, Row, Time};
use crate::when::{date_words, length_words};
use chrono::{Duration, NaiveDate, NaiveDateTime, TimeZone};

/// "About" leaves this much room.
const ROOM_OF_ABOUT: Duration = Duration::minutes(30);

pub(super) fn check(reading: &Reading, findings: &mut Vec<Finding>) {
    let timed: Vec<(usize, &Event)> = reading
        .report
        .timeline
        .iter()
        .enumerate()
        .filter_map(|(index, row)| Some((index, row.event().filter(|event| event.time.start().is_some())?)))
        .collect();
    for pair in timed.windows(2) {
        let [(before_at, before), (at, event)] = pair else { continue };
        findings.extend(step_back(reading, (*before_at, before), (*at, event)));
    }
    findings.extend(without_day(reading, &timed));
}

fn step_back(reading: &Reading, before: (usize, &Event), row: (usize, &Event)) -> Option<Finding> {
    let (earlier, later) = (before.1.time.start()?, row.1.time.start()?);
    let day_changes = matches!((before.1.date, row.1.date), (Some(a), Some(b)) if a != b);
    let placed = reading.report.zone.is_some() || (before.1.zone.is_some() && row.1.zone.is_some());
    let back = match (before.1.start(), row.1.start()) {
        (Some(a), Some(b)) if placed => moment(reading.report, before.1, a) - moment(reading.report, row.1, b),
        (Some(a), Some(b)) => a - b,
        _ => earlier - later,
    };
    let about = matches!(before.1.time, Time::About { .. }) || matches!(row.1.time, Time::About { .. });
    let room = if about { ROOM_OF_ABOUT } else { Duration::zero() };
    if back <= room || clocks_go_back(reading.report, row.1.start()) {
        return None;
    }
    let sources = vec![reading.row(before.1), reading.row(row.1)];
    if !day_changes && back > Duration::hours(12) {
        let message = format!("Row {} seems to be after midnight, but no new day is given.", row.0 + 1);
        let finding = Finding::new("L06", Level::Answer, message, sources);
        return Some(match next_day(reading.report, row.0) {
            Some(edit) => finding.with_fix("Put it on the next day", edit),
            None => finding,
        });
    }
    let message = format!("Row {} is {} earlier than the row above it.", row.0 + 1, length_words(back.num_minutes().max(1)));
    let place = reading.report.timeline.iter().position(|other| {
        let start = |event: &Event| event.start().map(|at| moment(reading.report, event, at));
        other.event().is_some_and(|other| match (start(other), start(row.1)) {
            (Some(other), Some(own)) => other > own,
            _ => other.time.start() > row.1.time.start(),
        })
    });
    let finding = Finding::new("L05", Level::Answer, message, sources);
    Some(match place.filter(|to| placed && *to < row.0) {
        Some(to) => finding.with_fix("Move it to its place in time", Edit::Timeline { change: Change::Move { from: row.0, to } }),
        None => finding,
    })
}

/// A row's own zone counts; one that cannot be understood leaves its wall clock.
fn moment(report: &Report, event: &Event, at: NaiveDateTime) -> NaiveDateTime {
    match &event.zone {
        Some(zone) => crate::zones::instant(at, Some(zone), report.zone.as_deref()).map_or(at, |instant| {
            let own = report.zone.as_deref().and_then(crate::when::zone);
            own.map_or(instant.naive_utc(), |own| instant.with_timezone(&own).naive_local())
        }),
        None => at,
    }
}

/// An hour that comes twice may be told in its second round.
fn clocks_go_back(report: &Report, at: Option<NaiveDateTime>) -> bool {
    let zone = report.zone.as_deref().and_then(crate::when::zone);
    matches!((zone, at), (Some(zone), Some(at)) if matches!(zone.from_local_datetime(&at), chrono::LocalResult::Ambiguous(..)))
}

/// Puts a row, and those after it that carry the same day, on the next day.
fn next_day(report: &Report, from: usize) -> Option<Edit> {
    let day = report.timeline[from].event()?.date?;
    let next = day.succ_opt()?;
    let same = report.timeline.iter().enumerate().skip(from).take_while(|(_, row)| row.event().is_none_or(|event| event.date == Some(day)));
    let edits = same.filter_map(|(at, row)| {
        let event = Event { date: Some(next), ..row.event()?.clone() };
        Some(Edit::Timeline { change: Change::Replace { at, item: Row::Event(event) } })
    });
    Some(Edit::Together { edits: edits.collect() })
}

fn without_day(reading: &Reading, timed: &[(usize, &Event)]) -> Option<Finding> {
    let report = reading.report;
    let (_, first) = timed.iter().find(|(_, event)| event.date.is_none())?;
    // The day of the report, or of a review, is none of the incident's.
    let fields = report.template.fields.iter().filter(|field| !super::dateline::is_of_the_report(field) && !field.key.contains("review"));
    let fields = fields.filter_map(|field| report.answer(&field.key).date());
    let titled = crate::mentions::days(&report.title).into_iter().filter_map(|day| day.date(report.template.date_order, None));
    let mut days: Vec<_> = timed.iter().filter_map(|(_, event)| event.date).chain(fields).chain(titled).collect();
    days.sort_unstable();
    let known = match (days.first(), days.last()) {
        (Some(first), Some(last)) if first == last => return some_without_day(reading, timed, *first),
        (Some(first), Some(last)) => format!("{} to {}", date_words(*first), date_words(*last)),
        _ => String::new(),
    };
    let open = timed.iter().filter(|(_, event)| event.date.is_none()).count();
    // Said of several rows it is said of the timeline, and not of the row that merely comes first.
    let own = if open == 1 { reading.row(first) } else { Source { place: Place::Timeline { index: None }, ..reading.row(first) } };
    let (message, other) = match (known.is_empty(), open) {
        (true, _) => ("No day is given for the timeline, here or in the header.".to_owned(), Source::at(report, Place::Form, "")),
        (false, 1) => {
            ("A row has a time but no day, and the report spans several days.".to_owned(), Source::at(report, Place::Report, known))
        }
        (false, n) => {
            (format!("{n} rows have a time but no day, and the report spans several days."), Source::at(report, Place::Report, known))
        }
    };
    Some(Finding::new("L07", Level::Answer, message, vec![own, other]))
}

/// Everything happened on one day, and some rows say so and some do not.
fn some_without_day(reading: &Reading, timed: &[(usize, &Event)], day: NaiveDate) -> Option<Finding> {
    let (_, dated) = timed.iter().find(|(_, event)| event.date.is_some())?;
    let open: Vec<&(usize, &Event)> = timed.iter().filter(|(_, event)| event.date.is_none()).collect();
    let (_, first) = open.first()?;
    let (rows, them) = if open.len() == 1 { ("1 row has".to_owned(), "it") } else { (format!("{} rows have", open.len()), "them") };
    let message = format!("{rows} no day; all the others are on {}.", date_words(day));
    let edits = open.iter().map(|(at, event)| {
        let event = Event { date: Some(day), ..(*event).clone() };
        Edit::Timeline { change: Change::Replace { at: *at, item: Row::Event(event) } }
    });
    let edit = Edit::Together { edits: edits.collect() };
    let own = reading.row(first);
    let own = if open.len() == 1 { own } else { Source { place: Place::Timeline { index: None }, ..own } };
    let finding = Finding::new("L07", Level::Note, message, vec![own, reading.row(dated)]);
    Some(finding.with_fix(format!("Put {them} on {}", date_words(day)), edit))
}

#[cfg(test)]
mod tests {
    use super::super::support::{fires, with_rows};

    #[test]
    fn a_midnight_without_a_new_day_is_questioned_and_mended() {
        for rows in [&["23:40 a", "00:15 b", "00:40 c"][..], &["22:00 a", "01:00 b"], &["13:00 a", "23:59 b", "00:00 c"]] {
            let mut report = with_rows(rows);
            let day = report.events().next().and_then(|event| event.date);
            for row in &mut report.timeline {
                if let crate::timeline::Row::Event(event) = row {
                    event.date = day;
                }
            }
            let finding = super::super::check(&report).into_iter().find(|f| f.check == "L06").unwrap_or_else(|| panic!("{rows:?}"));
            let mended = report.apply(&finding.fix.expect("it can be mended").edit).expect("it fits").report;
            assert!(!fires(&mended, "L06") && !fires(&mended, "L05"), "{rows:?}");
        }
    }
}
