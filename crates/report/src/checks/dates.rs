//! Days as they are written: without a year or with one that is astray (L11), of another weekday (L12), readable in two ways (L13).
//! Deliberately absent: what the days say of the report itself (see `dateline`).

use super::reading::{Line, Reading};
use crate::finding::{Finding, Level, Source};
use crate::mentions::pattern;
use crate::mentions::{self, Day, DayStyle};
use crate::place::Place;
use crate::when::{DateOrder, date_words};
use chrono::{Datelike, NaiveDate, Weekday};
use regex::Regex;
use std::collections::BTreeSet;
use std::sync::LazyLock;

pub(super) fn check(reading: &Reading, findings: &mut Vec<Finding>) {
    let known = Known::of(reading);
    findings.extend(no_year(reading, &known));
    findings.extend(year_astray(reading));
    findings.extend(header_year_astray(reading));
    findings.extend(year_of_five(reading));
    for line in reading.told() {
        findings.extend(line.days.iter().filter_map(|day| other_weekday(reading, line, day, &known)));
        findings.extend(line.days.iter().filter_map(|day| two_ways(reading, line, day, &known)));
    }
    let title = title_line(reading);
    findings.extend(title.days.iter().filter_map(|day| other_weekday(reading, &title, day, &known)));
    findings.extend(title.days.iter().filter_map(|day| two_ways(reading, &title, day, &known)));
    // What a reader who cannot see a picture is told counts as told.
    for line in described(reading) {
        findings.extend(line.days.iter().filter_map(|day| other_weekday(reading, &line, day, &known)));
    }
    findings.extend(typed_weekdays(reading));
}

/// The descriptions of pictures, read like lines.
fn described(reading: &Reading) -> Vec<Line> {
    let of_section = |section: &crate::Section| {
        let place = Place::Section { section: section.id, line: None };
        let line = |alt: &String| line_of(place.clone(), alt.clone());
        section.body.figures().into_iter().map(|figure| &figure.alt).filter(|alt| !alt.is_empty()).map(line).collect::<Vec<_>>()
    };
    reading.report.sections.iter().flat_map(of_section).collect()
}

fn line_of(place: Place, text: String) -> Line {
    let (times, days) = (mentions::times(&text), mentions::days(&text));
    Line { place, row: None, times, days, lengths: Vec::new(), code: Vec::new(), quoted: false, text }
}

/// The days a report is certain of.
pub(super) struct Known {
    /// Days of the form's fields and the timeline's rows.
    pub recorded: BTreeSet<NaiveDate>,
    /// Those, and days written with their year in words or in the order of ISO 8601.
    certain: BTreeSet<NaiveDate>,
    /// Those, and days written with their year in figures.
    dated: BTreeSet<NaiveDate>,
    /// Day and month of days named in words, without a year.
    worded: BTreeSet<(u32, u32)>,
    pub order: DateOrder,
}

impl Known {
    pub fn of(reading: &Reading) -> Self {
        let report = reading.report;
        let order = report.template.date_order;
        let fields = report.template.fields.iter().filter_map(|field| report.answer(&field.key).date());
        let windows = report.impact.iter().flat_map(|window| [Some(window.from), window.to]).flatten();
        let windows = windows.filter_map(|bound| report.bound(bound)).map(|at| at.date());
        let recorded: BTreeSet<NaiveDate> = fields.chain(report.events().filter_map(|event| event.date)).chain(windows).collect();
        let dateline = crate::when::date(&report.letter.date, order);
        let title = mentions::days(&report.title);
        let mentioned = || reading.lines.iter().flat_map(|line| &line.days).chain(&title);
        let plain = |day: &&Day| matches!(day.style, DayStyle::Iso | DayStyle::Words | DayStyle::Dotted);
        let certain: BTreeSet<NaiveDate> =
            recorded.iter().copied().chain(dateline).chain(mentioned().filter(plain).filter_map(|day| day.date(order, None))).collect();
        let dated = certain.iter().copied().chain(mentioned().filter_map(|day| day.date(order, None))).collect();
        let worded = mentioned().filter(|day| day.style == DayStyle::Words).map(|day| day.day_month(order)).collect();
        Self { recorded, certain, dated, worded, order }
    }

    fn has(days: &BTreeSet<NaiveDate>, (day, month): (u32, u32)) -> bool {
        days.iter().any(|date| (date.day(), date.month()) == (day, month))
    }

    /// The year that puts a day nearest to what was recorded; none where nothing is dated.
    pub fn likely_year(&self, (day, month): (u32, u32)) -> Option<i32> {
        let middle = *self.recorded.first().or(self.dated.first())?;
        let years = [middle.year() - 1, middle.year(), middle.year() + 1];
        let distance = |year: &i32| NaiveDate::from_ymd_opt(*year, month, day).map(|date| (date - middle).num_days().abs());
        years.into_iter().filter(|year| distance(year).is_some()).min_by_key(distance)
    }
}

/// The title, read like a line.
pub(super) fn title_line(reading: &Reading) -> Line {
    line_of(Place::Report, reading.report.title.clone())
}

/// L11: a day without a year. Where the report has a year, only a moment (a day with a time) that nothing else dates is questioned.
fn no_year(reading: &Reading, known: &Known) -> Vec<Finding> {
    const NEAR: usize = 25;
    let mut named = BTreeSet::new();
    let title = title_line(reading);
    let lines = reading.told().chain(std::iter::once(&title));
    let without = lines
        .flat_map(|line| line.days.iter().filter(|day| day.year.is_none() && day.style != DayStyle::ShortYear).map(move |day| (line, day)));
    let mut out = Vec::new();
    for (line, day) in without {
        let has_time = line.times.iter().any(|time| {
            let gap = time.span.start.saturating_sub(day.span.end).max(day.span.start.saturating_sub(time.span.end));
            gap <= NEAR
        });
        let open = if known.dated.is_empty() { true } else { has_time && !Known::has(&known.dated, day.day_month(known.order)) };
        if !open || !named.insert(day.day_month(known.order)) {
            continue;
        }
        let words = &line.text[day.span.clone()];
        let message = if known.dated.is_empty() {
            format!("“{words}” has no year, and the report gives no year anywhere.")
        } else {
            format!("“{words}” has no year.")
        };
        let level = if known.dated.is_empty() { Level::Answer } else { Level::Note };
        let sources = vec![reading.meant(line, day.span.clone()), Source::at(reading.report, Place::Report, "")];
        out.push(Finding::new("L11", level, message, sources));
    }
    out
}

/// L11: a row whose year is far from its neighbours', while its day and month are near them.
fn year_astray(reading: &Reading) -> Vec<Finding> {
    let dated: Vec<_> = reading.report.events().filter_map(|event| Some((event, event.date?))).collect();
    let near = |a: NaiveDate, b: NaiveDate| (a - b).num_days().abs() <= 31;
    let mut out = Vec::new();
    for (at, (event, date)) in dated.iter().enumerate() {
        let around = [at.checked_sub(1).and_then(|before| dated.get(before)), dated.get(at + 1)];
        let around: Vec<_> = around.into_iter().flatten().collect();
        let Some((other, other_date)) = around.first() else { continue };
        let agree = around.iter().all(|(_, one)| near(*one, *other_date));
        let meant = date.with_year(other_date.year()).filter(|meant| near(*meant, *other_date) && meant != date);
        // Of two rows the header says which is astray.
        let header = reading.stated().map(|(_, _, at)| at.date()).collect::<Vec<_>>();
        let sure = around.len() == 2 || header.iter().any(|known| near(*known, *other_date));
        if let Some(meant) = meant
            && agree
            && sure
            && (*date - *other_date).num_days().abs() > 180
        {
            let message = format!("{} is far from the rows around it; perhaps {} was meant.", date_words(*date), date_words(meant));
            out.push(Finding::new("L11", Level::Answer, message, vec![reading.row(event), reading.row(other)]));
        }
    }
    out
}

/// L11: a year of five figures: "22025-03-18".
fn year_of_five(reading: &Reading) -> Vec<Finding> {
    static FIVE: LazyLock<Regex> = LazyLock::new(|| {
        pattern(concat!(
            r"\b[12]\d{4}[-/.](?:0[1-9]|1[0-2])[-/.](?:0[1-9]|[12]\d|3[01])\b|\b(?:0?[1-9]|[12]\d|3[01])[/.](?:0?[1-9]|1[0-2])[/.][12]\d{4}\b",
            r"|\b(?:January|February|March|April|May|June|July|August|September|October|November|December),?\s(?:\d{1,2},\s)?20\d{3}\b"
        ))
    });
    let title = title_line(reading);
    let lines = reading.lines.iter().filter(|line| !matches!(line.place, Place::Timeline { .. })).chain(std::iter::once(&title));
    let told = lines.filter_map(|line| {
        let found = FIVE.find(&line.text).filter(|found| !line.is_code(&found.range()))?;
        Some((found.as_str().to_owned(), reading.meant(line, found.range())))
    });
    let rows = reading.report.events().filter_map(|event| Some((FIVE.find(&event.raw)?.as_str().to_owned(), reading.row(event))));
    let finding = |(said, source): (String, Source)| {
        let message = format!("“{said}” has a year of five figures.");
        Finding::new("L11", Level::Answer, message, vec![source, Source::at(reading.report, Place::Report, "")])
    };
    told.chain(rows).map(finding).collect()
}

/// L11: the header's day of the incident, in another year than every row.
fn header_year_astray(reading: &Reading) -> Vec<Finding> {
    const NEAR: i64 = 31;
    let report = reading.report;
    let rows: Vec<_> = report.events().filter_map(|event| Some((event, event.date?))).collect();
    let Some((first, row)) = rows.first() else { return Vec::new() };
    // A field with a role may well lie years before: data were exposed, certificates were wrong.
    let own = |field: &&crate::template::Field| field.role.is_none() && !field.key.contains("recurring");
    let days = report.template.fields.iter().filter(own).filter_map(|field| {
        let date = report.answer(&field.key).date()?;
        let meant = date.with_year(row.year()).filter(|meant| *meant != date && (*meant - *row).num_days().abs() <= NEAR)?;
        let astray = rows.iter().all(|(_, row)| (date - *row).num_days().abs() > 180);
        astray.then_some((field, date, meant))
    });
    let finding = |(field, date, meant): (&crate::template::Field, NaiveDate, NaiveDate)| {
        let message = format!("{} is far from the timeline; perhaps {} was meant.", date_words(date), date_words(meant));
        Finding::new("L11", Level::Answer, message, vec![reading.field(&field.key), reading.row(first)])
    };
    days.map(finding).collect()
}

/// L12: a weekday that the calendar gives to another day.
fn other_weekday(reading: &Reading, line: &Line, day: &Day, known: &Known) -> Option<Finding> {
    let written = day.weekday?;
    let date = day.date(known.order, known.likely_year(day.day_month(known.order)))?;
    if date.weekday() == written {
        return None;
    }
    Some(not_that_weekday(date, written, reading.meant(line, day.span.clone())))
}

/// L12: a weekday typed before the day in a field or in a row; the reader of days passes over it.
fn typed_weekdays(reading: &Reading) -> Vec<Finding> {
    let report = reading.report;
    let order = report.template.date_order;
    let fields = report.template.fields.iter().filter_map(|field| {
        let answer = report.answer(&field.key);
        Some((answer.raw.as_str(), answer.date()?, reading.field(&field.key)))
    });
    // A row may have been given another day since it was typed.
    let rows = report.events().filter_map(|event| {
        // What stands in the row's own words is read with them.
        let head = event.raw.strip_suffix(event.text.as_str()).unwrap_or(&event.raw);
        Some((head, event.date?, reading.row(event)))
    });
    let letter = crate::when::date(&report.letter.date, order);
    let letter = letter.map(|date| (report.letter.date.as_str(), date, Source::at(report, Place::Letter, report.letter.date.clone())));
    let typed = fields.chain(rows).chain(letter);
    let wrong = typed.filter_map(|(raw, date, source)| {
        let day = mentions::days(raw).into_iter().next().filter(|day| day.date(order, Some(date.year())) == Some(date))?;
        let written = day.weekday.filter(|written| *written != date.weekday())?;
        Some(not_that_weekday(date, written, source))
    });
    wrong.collect()
}

fn not_that_weekday(date: NaiveDate, written: Weekday, source: Source) -> Finding {
    let message = format!("{} was a {}, not a {}.", date_words(date), weekday_words(date.weekday()), weekday_words(written));
    let calendar = Source::outside("The calendar", Place::Form, format!("{}, {}", weekday_words(date.weekday()), date_words(date)));
    Finding::new("L12", Level::Answer, message, vec![source, calendar])
}

/// L13: figures that a reader elsewhere reads the other way round.
fn two_ways(reading: &Reading, line: &Line, day: &Day, known: &Known) -> Option<Finding> {
    let own = day.day_month(known.order);
    let (first, second) = day.figures;
    let words = &line.text[day.span.clone()];
    let turned = day.style == DayStyle::Figures
        && match known.order {
            DateOrder::DayMonth => second > 12,
            DateOrder::MonthDay => first > 12,
        };
    // A text is read in the order it is written in; its readers are where its clocks are.
    let readers_turn = day.style == DayStyle::Figures
        && second > 12
        && reading
            .report
            .zone
            .as_deref()
            .is_some_and(|zone| ["Europe/", "Africa/", "Australia/"].iter().any(|part| zone.starts_with(part)));
    let said = Known::has(&known.certain, own) || known.worded.contains(&own);
    let message = if turned {
        format!("“{words}” has day and month the other way round from this form.")
    } else if readers_turn {
        format!("“{words}” puts the month first; readers in the report's time zone put the day first.")
    } else if (day.reads_two_ways() || day.style == DayStyle::ShortYear && second <= 12) && !said {
        format!("“{words}” can be read as two different days; write the month as a word.")
    } else {
        return None;
    };
    let form = match known.order {
        DateOrder::DayMonth => "Day, month, year",
        DateOrder::MonthDay => "Month, day, year",
    };
    let sources = vec![reading.meant(line, day.span.clone()), Source::at(reading.report, Place::Form, form)];
    Some(Finding::new("L13", Level::Answer, message, sources))
}

fn weekday_words(day: Weekday) -> &'static str {
    match day {
        Weekday::Mon => "Monday",
        Weekday::Tue => "Tuesday",
        Weekday::Wed => "Wednesday",
        Weekday::Thu => "Thursday",
        Weekday::Fri => "Friday",
        Weekday::Sat => "Saturday",
        Weekday::Sun => "Sunday",
    }
}
