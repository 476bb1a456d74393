//! Days that cannot be told or cannot be: without a year (L11), of another weekday (L12), readable in two ways (L13), "yesterday" without
//! a today (L14), another in the title than in the text (L16), after the report itself (L18).

use super::reading::{Line, Reading};
use crate::finding::{Finding, Level, Source};
use crate::mentions::{self, Day, DayStyle, pattern};
use crate::place::Place;
use crate::template::FieldType;
use crate::timeline::Role;
use crate::when::{DateOrder, date_words};
use chrono::{Datelike, NaiveDate, Weekday};
use regex::Regex;
use std::collections::BTreeSet;
use std::sync::LazyLock;

pub(super) fn check(reading: &Reading, findings: &mut Vec<Finding>) {
    let known = Known::of(reading);
    findings.extend(no_year(reading, &known));
    findings.extend(year_astray(reading));
    for line in reading.told() {
        findings.extend(line.days.iter().filter_map(|day| other_weekday(reading, line, day, &known)));
        findings.extend(line.days.iter().filter_map(|day| two_ways(reading, line, day, &known)));
        findings.extend(no_today(reading, line));
    }
    let title = title_line(reading);
    findings.extend(title.days.iter().filter_map(|day| other_weekday(reading, &title, day, &known)));
    findings.extend(title.days.iter().filter_map(|day| two_ways(reading, &title, day, &known)));
    findings.extend(title_of_another_day(reading, &title, &known));
    findings.extend(after_the_report(reading));
}

/// The days a report is certain of.
struct Known {
    /// Days of the form's fields and the timeline's rows.
    recorded: BTreeSet<NaiveDate>,
    /// Those, and days written with their year in words or in the order of ISO 8601.
    certain: BTreeSet<NaiveDate>,
    /// Those, and days written with their year in figures.
    dated: BTreeSet<NaiveDate>,
    /// Day and month of days named in words, without a year.
    worded: BTreeSet<(u32, u32)>,
    order: DateOrder,
}

impl Known {
    fn of(reading: &Reading) -> Self {
        let report = reading.report;
        let order = report.template.date_order;
        let fields = report.template.fields.iter().filter_map(|field| report.answer(&field.key).date());
        let windows = report.impact.iter().flat_map(|window| [Some(window.from), window.to]).flatten();
        let windows = windows.filter_map(|bound| report.bound(bound)).map(|at| at.date());
        let recorded: BTreeSet<NaiveDate> = fields.chain(report.events().filter_map(|event| event.date)).chain(windows).collect();
        let dateline = crate::when::date(&report.letter.date, order);
        let title = mentions::days(&report.title);
        let mentioned = || reading.lines.iter().flat_map(|line| &line.days).chain(&title);
        let plain = |day: &&Day| matches!(day.style, DayStyle::Iso | DayStyle::Words);
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
    fn likely_year(&self, (day, month): (u32, u32)) -> Option<i32> {
        let middle = *self.recorded.first().or(self.dated.first())?;
        let years = [middle.year() - 1, middle.year(), middle.year() + 1];
        let distance = |year: &i32| NaiveDate::from_ymd_opt(*year, month, day).map(|date| (date - middle).num_days().abs());
        years.into_iter().filter(|year| distance(year).is_some()).min_by_key(distance)
    }
}

fn title_line(reading: &Reading) -> Line {
    let text = reading.report.title.clone();
    Line { place: Place::Report, row: None, times: mentions::times(&text), days: mentions::days(&text), lengths: Vec::new(), text }
}

/// L11: a day without a year. Where the report has a year, only a moment (a day with a time) that nothing else dates is questioned.
fn no_year(reading: &Reading, known: &Known) -> Vec<Finding> {
    const NEAR: usize = 25;
    let mut named = BTreeSet::new();
    let title = title_line(reading);
    let lines = reading.told().chain(std::iter::once(&title));
    let without = lines.flat_map(|line| line.days.iter().filter(|day| day.year.is_none()).map(move |day| (line, day)));
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
            format!("“{words}” has no year, and no year stands anywhere in the report.")
        } else {
            format!("“{words}” has no year.")
        };
        let level = if known.dated.is_empty() { Level::Answer } else { Level::Note };
        let sources = vec![reading.source(line, line.sentence(day.span.start)), Source::at(reading.report, Place::Report, "")];
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
            let message = format!("{} lies far from its neighbours; {} may be meant.", date_words(*date), date_words(meant));
            out.push(Finding::new("L11", Level::Answer, message, vec![reading.row(event), reading.row(other)]));
        }
    }
    out
}

/// L12: a weekday that the calendar gives to another day.
fn other_weekday(reading: &Reading, line: &Line, day: &Day, known: &Known) -> Option<Finding> {
    let written = day.weekday?;
    let date = day.date(known.order, known.likely_year(day.day_month(known.order)))?;
    if date.weekday() == written {
        return None;
    }
    let message = format!("{} was a {}, not a {}.", date_words(date), weekday_words(date.weekday()), weekday_words(written));
    let calendar = Source {
        text: format!("{}, {}", weekday_words(date.weekday()), date_words(date)),
        where_: "The calendar".into(),
        place: Place::Form,
        row: None,
    };
    Some(Finding::new("L12", Level::Answer, message, vec![reading.source(line, line.sentence(day.span.start)), calendar]))
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
        format!("“{words}” puts day and month the other way round than this form does.")
    } else if readers_turn {
        format!("“{words}” puts the month first; readers where the report's clocks are put the day first.")
    } else if (day.reads_two_ways() || day.style == DayStyle::ShortYear) && !said {
        format!("“{words}” can be read as two different days; write the month in letters.")
    } else {
        return None;
    };
    let form = match known.order {
        DateOrder::DayMonth => "Day, month, year",
        DateOrder::MonthDay => "Month, day, year",
    };
    let sources = vec![reading.source(line, line.sentence(day.span.start)), Source::at(reading.report, Place::Form, form)];
    Some(Finding::new("L13", Level::Answer, message, sources))
}

/// L14: a word that points to the day of writing, in a report that does not say which day that is.
fn no_today(reading: &Reading, line: &Line) -> Option<Finding> {
    static WORDS: LazyLock<Regex> = LazyLock::new(|| {
        pattern(r"(?i)\b(?:yesterday|tomorrow|tonight|last night|this (?:morning|afternoon|evening)|(?:earlier|later) today)\b")
    });
    let report = reading.report;
    let dated_row = matches!(line.place, Place::Timeline { index: Some(index) } if report.timeline.get(index).and_then(|row| row.event()).is_some_and(|event| event.date.is_some()));
    let issued = |key: &str| ["issued", "published", "publication", "report_date", "submission"].iter().any(|word| key.contains(word));
    let of_report = report.template.fields.iter().any(|field| {
        matches!(field.kind, FieldType::Date | FieldType::DateTime) && issued(&field.key) && report.answer(&field.key).date().is_some()
    });
    if dated_row || of_report || !report.letter.date.trim().is_empty() {
        return None;
    }
    let found = WORDS.find_iter(&line.text).find(|found| {
        let sentence = line.sentence_range(found.start());
        !line.days.iter().any(|day| sentence.contains(&day.span.start))
    })?;
    let message = format!("“{}” says no day: the report does not say when it was written.", found.as_str());
    let sources = vec![reading.source(line, line.sentence(found.start())), Source::at(report, Place::Report, "")];
    Some(Finding::new("L14", Level::Answer, message, sources))
}

/// L16: the title names one day, and nothing recorded happened on it.
fn title_of_another_day(reading: &Reading, title: &Line, known: &Known) -> Option<Finding> {
    let [day] = &title.days[..] else { return None };
    let date = day.date(known.order, known.likely_year(day.day_month(known.order)))?;
    let first = *known.recorded.first()?;
    if known.recorded.contains(&date) {
        return None;
    }
    let report = reading.report;
    let message = format!("The title says {}, and nothing in the report happened on that day.", date_words(date));
    let sources = vec![Source::at(report, Place::Report, title.text.clone()), Source::at(report, Place::Report, date_words(first))];
    Some(Finding::new("L16", Level::Answer, message, sources))
}

/// L18: something that happened after the report was written, or that has not happened yet.
fn after_the_report(reading: &Reading) -> Vec<Finding> {
    let report = reading.report;
    let written = crate::when::date(&report.letter.date, report.template.date_order);
    let today = reading.now.map(|now| match report.zone.as_deref().and_then(crate::when::zone) {
        Some(zone) => now.with_timezone(&zone).date_naive(),
        None => now.date_naive(),
    });
    let rows = report.events().filter(|event| event.milestone.as_ref().is_none_or(|m| m.role != Role::Reviewed));
    let late = |date: NaiveDate| written.is_some_and(|written| date > written) || today.is_some_and(|today| date > today);
    let rows = rows.filter_map(|event| Some((event.date.filter(|date| late(*date))?, reading.row(event))));
    let fields = reading.stated().map(|(key, _, at)| (at.date(), reading.field(key)));
    let mut out = Vec::new();
    for (date, source) in rows.chain(fields) {
        if written.is_some_and(|written| date > written) {
            let letter = Source::at(report, Place::Letter, report.letter.date.clone());
            let message = format!("{} lies after the date of the letter.", date_words(date));
            out.push(Finding::new("L18", Level::Answer, message, vec![source, letter]));
        } else if let Some(today) = today.filter(|today| date > *today) {
            let clock = Source { text: date_words(today), where_: "Today".into(), place: Place::Form, row: None };
            // The day itself is no part of the key: an acceptance need not be given again every morning.
            let mut finding = Finding::new("L18", Level::Answer, format!("{} has not come yet.", date_words(date)), vec![source]);
            finding.sources.push(clock);
            out.push(finding);
        }
    }
    out
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

#[cfg(test)]
mod tests {
    use super::super::support::{fires, questioned, sample, unquestioned, with_rows, with_text};
    use super::*;
    use crate::report::Report;

    const NONE: [&str; 0] = [];

    fn undated(text: &str) -> Report {
        let mut report = with_text(text);
        report.fields.clear();
        report.timeline.clear();
        report.title.clear();
        report.sections.truncate(1);
        report.actions.clear();
        report.linked.clear();
        report
    }

    #[test]
    fn a_moment_without_a_year_is_questioned() {
        assert_eq!(unquestioned("L11", &["A call was held on 4 June at 08:30.", "At 09:00 on 20 November", "on 1 May, 10:15"]), NONE);
        for text in ["It failed on the 28th of November.", "On Thursday 11/28", "on 3 June at 08:30"] {
            assert!(fires(&undated(text), "L11"), "{text}");
        }
        assert_eq!(
            questioned("L11", &["At 21:52 on 14 October it failed.", "planned for 12 October", "On 3 June 2025 at 08:30", "by 30 April"]),
            NONE
        );
    }

    #[test]
    fn a_year_far_from_its_neighbours_is_questioned() {
        let with_years = |years: [i32; 3]| {
            let mut report = with_rows(&["10:00 a", "11:00 b", "12:00 c"]);
            for (row, year) in report.timeline.iter_mut().zip(years) {
                if let crate::timeline::Row::Event(event) = row {
                    event.date = NaiveDate::from_ymd_opt(year, 10, 14);
                }
            }
            report
        };
        for years in [[2025, 2023, 2025], [2024, 2025, 2025], [2025, 2025, 2026]] {
            assert!(fires(&with_years(years), "L11"), "{years:?}");
        }
        assert!(!fires(&with_years([2025, 2025, 2025]), "L11"));
        assert!(!fires(&sample(), "L11"));
        let mut long_ago = with_rows(&["10:00 a", "11:00 b"]);
        if let Some(crate::timeline::Row::Event(event)) = long_ago.timeline.first_mut() {
            event.date = NaiveDate::from_ymd_opt(2024, 3, 2);
        }
        assert!(!fires(&long_ago, "L11"), "an earlier event in another month is history");
    }

    #[test]
    fn a_weekday_is_held_against_the_calendar() {
        assert_eq!(unquestioned("L12", &["On Wednesday 14 October 2025", "On Monday, 14 October it failed", "Friday 2025-10-15"]), NONE);
        assert_eq!(
            questioned(
                "L12",
                &["On Tuesday 14 October 2025", "on Tuesday 14 October", "Friday 13th November 2020", "next Friday, 3 nodes"]
            ),
            NONE
        );
    }

    #[test]
    fn figures_that_read_two_ways_are_questioned() {
        assert_eq!(unquestioned("L13", &["since 03/04/2025", "on 24/07/25", "on Tuesday 10/28", "changed 05.06.2025"]), NONE);
        assert_eq!(
            questioned("L13", &["a repeat of 27/05/2020", "on 03/04/2025, that is 3 April 2025", "on 2025-04-03", "05/05/2025", "24/7"]),
            NONE
        );
    }

    #[test]
    fn the_month_first_is_for_readers_who_write_so() {
        let with = |zone: &str| {
            let mut report = with_text("On Tuesday 10/28 it failed, that is on the 28th of October.");
            report.template.date_order = DateOrder::MonthDay;
            report.zone = Some(zone.into());
            fires(&report, "L13")
        };
        assert!(with("Europe/Paris") && with("Europe/London") && with("Australia/Perth"));
        assert!(!with("America/New_York") && !with("America/Denver") && !with("UTC"));
    }

    #[test]
    fn yesterday_needs_a_today() {
        assert_eq!(unquestioned("L14", &["Yesterday morning it failed.", "It was seen this evening.", "Work goes on tonight."]), NONE);
        assert_eq!(questioned("L14", &["As of today none is lost.", "On 14 October, this morning's batch ran.", "the next morning"]), NONE);
        let mut letter = with_text("Yesterday morning it failed.");
        letter.letter.date = "15/10/2025".into();
        assert!(!fires(&letter, "L14"), "the dateline says which day that was");
    }

    #[test]
    fn a_title_names_a_day_of_the_report() {
        let titled = |title: &str| Report { title: title.into(), ..sample() };
        for title in ["Refusals of 4 October", "Outage 2025-10-24", "Refusals, 14 October 2024"] {
            assert!(fires(&titled(title), "L16"), "{title}");
        }
        for title in ["Refusals of 14 October", "Outage 2025-10-15", "Refusals in the North Region"] {
            assert!(!fires(&titled(title), "L16"), "{title}");
        }
        let mut note = titled("Refusals of 9 October 2025");
        assert!(fires(&note, "L16"));
        if let Some(window) = note.impact.first_mut() {
            window.from = crate::papers::Bound::Moment { at: "2025-10-09T21:52:00".parse().expect("a moment") };
        }
        assert!(!fires(&note, "L16"), "a service was down on that day");
    }

    #[test]
    fn nothing_happened_after_the_report() {
        let mut letter = sample();
        letter.letter.date = "14/10/2025".into();
        assert!(fires(&letter, "L18"), "it was restored on the 15th");
        letter.letter.date = "15/10/2025".into();
        assert!(!fires(&letter, "L18"));
        let at = |text: &str| text.parse().expect("a moment");
        let fires_at = |now: &str| super::super::check_at(&sample(), at(now)).iter().any(|f| f.check == "L18");
        assert!(fires_at("2025-10-14T12:00:00Z") && fires_at("2024-01-01T00:00:00Z"));
        assert!(fires_at("2025-10-14T22:30:00Z"), "it is still the 14th in London");
        assert!(!fires_at("2025-10-14T23:30:00Z"), "it is the 15th in London");
        assert!(!fires_at("2025-10-15T00:00:00Z") && !fires_at("2026-10-15T12:00:00Z"));
        let mut reviewed = sample();
        if let Some(crate::timeline::Row::Event(event)) = reviewed.timeline.last_mut() {
            event.date = NaiveDate::from_ymd_opt(2025, 10, 20);
            event.milestone = Some(crate::timeline::Milestone { role: Role::Reviewed, label: None });
        }
        let now = at("2025-10-16T12:00:00Z");
        assert!(!super::super::check_at(&reviewed, now).iter().any(|f| f.check == "L18"), "a review to come is a plan");
    }
}
