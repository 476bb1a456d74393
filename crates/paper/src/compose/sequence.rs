//! The report's timeline, and its chart, as the parts that print them want them.

use chrono::NaiveDateTime;
use report::{
    Place, Report,
    papers::{ABOUT_DAY_OF_ROWS, ImpactState},
    template::Frame,
    timeline::{Role, Row},
    when,
};

use super::{Job, facts};
use crate::{
    chart::{self, Bar, Chart, Clock, Lane, Milestone},
    composer::Composer,
    figure,
    measure::MEASURE,
    strip::Strip,
    text::{Text, house},
    timeline::{self, Entry, Event, Form, Timeline},
    tree::NodeId,
};

/// Most milestones a chart shows.
const MOST: usize = 12;
/// Most services a chart shows.
const LANES: usize = 14;

/// "all times BST (UTC+1)", beside the head.
pub fn note(report: &Report) -> String {
    report.zone_words().map_or_else(String::new, |(name, offset)| {
        if name == offset { format!("all times {name}") } else { format!("all times {name} ({offset})") }
    })
}

/// The chart, its caption and the table.
pub fn with_chart(c: &mut Composer<'_>, job: &mut Job<'_>, parent: NodeId) -> Vec<Strip> {
    let mut strips = Vec::new();
    if let Some(chart) = chart(job.report) {
        c.place = Place::Timeline { index: None };
        strips.push(chart::chart(c, parent, &chart));
        job.figures += 1;
        let caption = Text::new(caption(&chart), house::CELL.0, house::CELL.1);
        strips.extend(figure::caption(c, parent, "Figure", job.figures, &caption, 0.0, MEASURE));
    }
    let mut table = timeline::timeline(c, parent, timeline(job.report, Form::Full, job.depth));
    if let (Some(first), false) = (table.first_mut(), strips.is_empty()) {
        first.before = 9.0;
    }
    strips.extend(table);
    strips
}

/// The report's rows, with a day row wherever the day changes.
pub fn timeline(report: &Report, form: Form, depth: f32) -> Timeline {
    let zone = report.zone_words().map_or_else(|| "Time".to_owned(), |(name, _)| name);
    // A day that the rows do not state is never printed as if they did.
    let assumed = report.assumptions.iter().filter(|assumption| assumption.about == ABOUT_DAY_OF_ROWS);
    let mut entries: Vec<Entry> = assumed.map(|assumption| Entry::Note(assumption.words.clone())).collect();
    let mut day = None;
    // A day row stands above a phase break that begins the day.
    let mut waiting = Vec::new();
    for (index, row) in report.timeline.iter().enumerate() {
        match row {
            Row::Phase(phase) => waiting.push(Entry::Phase(phase.name.clone().filter(|name| !name.trim().is_empty()))),
            Row::Event(event) => {
                let words = event.date.map_or_else(|| "Date not known".to_owned(), facts::long_date);
                if day != Some(event.date) {
                    day = Some(event.date);
                    entries.push(Entry::Day(words));
                }
                entries.append(&mut waiting);
                let own_zone = event.zone.as_deref().map(|zone| format!(" {zone}")).unwrap_or_default();
                let time = event.time.words();
                entries.push(Entry::Event(Event {
                    place: Place::Timeline { index: Some(index) },
                    time: if time.is_empty() { time } else { format!("{time}{own_zone}") },
                    milestone: event.milestone.as_ref().map(|milestone| milestone.words().to_owned()),
                    automated: event.automated,
                    words: event.text.trim().to_owned(),
                }));
            }
        }
    }
    Timeline { zone, entries, form, depth }
}

/// The chart, if there is enough to draw: two dated milestones, or one window of impact.
fn chart(report: &Report) -> Option<Chart> {
    let minute = |at: NaiveDateTime| facts::minute(report, at);
    let milestones = milestones(report);
    let mut lanes = lanes(report);
    // More would not fit a page; every window stands in the table.
    lanes.truncate(LANES);
    if milestones.len() < 2 && lanes.is_empty() {
        return None;
    }
    // A review's reader has the table; the chart is worth its room where it shows which service suffered when.
    if report.template.frame == Frame::Review && lanes.is_empty() {
        return None;
    }
    let clock = clock(report);
    let moments: Vec<i64> = milestones
        .iter()
        .map(|m| m.at)
        .chain(lanes.iter().flat_map(|lane| lane.bars.iter().flat_map(|bar| [bar.from, bar.to])))
        .chain(clock.iter().flat_map(|clock| [clock.from, clock.to]))
        .collect();
    let (first, last) = (*moments.iter().min()?, *moments.iter().max()?);
    // A chart of more than 40 days would show nothing between its ends.
    if last - first > 40 * 1440 {
        return None;
    }
    let start = report.events().filter_map(report::timeline::Event::start).chain(windows(report)).min()?;
    let midnight_offset = -minute(start.date().and_time(chrono::NaiveTime::MIN));
    let mut days = Vec::new();
    let mut day = start.date();
    while minute(day.and_time(chrono::NaiveTime::MIN)) <= last {
        let at = minute(day.and_time(chrono::NaiveTime::MIN));
        let long = last - first <= 1440;
        days.push((at, day.format(if long { "%A %-d\u{a0}%B" } else { "%a %-d\u{a0}%b" }).to_string()));
        day = day.succ_opt()?;
    }
    let alt = alt(&lanes, clock.as_ref(), &milestones);
    Some(Chart { span: (first, last), midnight_offset, days, phases: phases(report, last), milestones, lanes, clock, alt })
}

fn windows(report: &Report) -> impl Iterator<Item = NaiveDateTime> {
    report.impact.iter().filter_map(|window| report.bound(window.from))
}

fn milestones(report: &Report) -> Vec<Milestone> {
    let mut found: Vec<(Role, Milestone)> = report
        .events()
        .filter_map(|event| {
            let milestone = event.milestone.as_ref()?;
            let at = event.start()?;
            let (time, day) = (when::time_words(at.time()), at.format("%-d\u{a0}%b").to_string());
            Some((milestone.role, Milestone { at: facts::minute(report, at), time, day, name: milestone.words().to_owned() }))
        })
        .collect();
    if found.len() > MOST {
        let asked: Vec<Role> = report.template.fields.iter().filter_map(|field| field.role).collect();
        let mut order: Vec<usize> = (0..found.len()).collect();
        order.sort_by_key(|n| (!asked.contains(&found[*n].0), found[*n].0 == Role::Other, *n));
        order.truncate(MOST);
        order.sort_unstable();
        found = order.into_iter().map(|n| found[n].clone()).collect();
    }
    let mut milestones: Vec<Milestone> = found.into_iter().map(|(_, milestone)| milestone).collect();
    milestones.sort_by_key(|milestone| milestone.at);
    let over = milestones.last().zip(milestones.first()).map_or(0, |(last, first)| last.at - first.at);
    if over > BARE_HOURS {
        for milestone in &mut milestones {
            milestone.time = format!("{}, {}", milestone.day, milestone.time);
        }
    }
    milestones
}

/// Over more than two days an hour alone does not say when, beside a flag and in the words for those who cannot see it.
const BARE_HOURS: i64 = 2 * 1_440;

fn lanes(report: &Report) -> Vec<Lane> {
    let mut lanes: Vec<Lane> = Vec::new();
    for window in &report.impact {
        let (Some(from), Some(to)) = (report.bound(window.from), window.to.and_then(|to| report.bound(to))) else { continue };
        let (from, to) = (facts::minute(report, from), facts::minute(report, to));
        if to < from {
            continue;
        }
        let bar = Bar { from, to, down: window.state == ImpactState::Down, length: when::length_words(to - from) };
        match lanes.iter_mut().find(|lane| lane.name == window.service.trim()) {
            Some(lane) => lane.bars.push(bar),
            None => lanes.push(Lane { name: window.service.trim().to_owned(), bars: vec![bar] }),
        }
    }
    for lane in &mut lanes {
        lane.bars.sort_by_key(|bar| bar.from);
    }
    lanes
}

/// Phases that have a name, from their first event to the next phase's.
fn phases(report: &Report, last: i64) -> Vec<(i64, i64, String)> {
    let mut starts: Vec<(i64, String)> = Vec::new();
    let mut name: Option<String> = None;
    for row in &report.timeline {
        match row {
            Row::Phase(phase) => name = phase.name.clone().filter(|name| !name.trim().is_empty()),
            Row::Event(event) => {
                if let (Some(at), Some(name)) = (event.start(), name.take()) {
                    starts.push((facts::minute(report, at), name));
                }
            }
        }
    }
    let ends: Vec<i64> = starts.iter().skip(1).map(|(at, _)| *at).chain([last]).collect();
    starts.into_iter().zip(ends).filter(|((from, _), to)| to > from).map(|((from, name), to)| (from, to, name)).collect()
}

fn clock(report: &Report) -> Option<Clock> {
    let (field, computed) = report.template.fields.iter().find_map(|field| Some((field, field.computed.as_ref()?)))?;
    let (from, to) = (report.answer(&computed.from).moment()?, report.answer(&computed.to).moment()?);
    let (from, to) = (facts::minute(report, from), facts::minute(report, to));
    let length = report.computed_minutes(&field.key).filter(|length| *length > 0)?;
    let words = format!("{}, from {}", when::length_words(length), computed.clock);
    Some(Clock { name: "Time to restore".to_owned(), from, to, limit: None, words })
}

fn caption(chart: &Chart) -> String {
    let mut parts = Vec::new();
    if !chart.phases.is_empty() {
        parts.push("phases");
    }
    if !chart.milestones.is_empty() {
        parts.push("milestones");
    }
    if !chart.lanes.is_empty() {
        parts.push("impact windows");
    }
    let mut words = match parts.as_slice() {
        [all @ .., last] if !all.is_empty() => format!("{} and {last}.", all.join(", ")),
        [only] => format!("{only}."),
        _ => String::new(),
    };
    if let Some(first) = words.get(..1) {
        words = format!("{}{}", first.to_uppercase(), &words[1..]);
    }
    let any = |down: bool| chart.lanes.iter().any(|lane| lane.bars.iter().any(|bar| bar.down == down));
    if any(true) {
        words.push_str(" Solid bar: down.");
    }
    if any(false) {
        words.push_str(" Hatched bar: degraded.");
    }
    words
}

fn alt(lanes: &[Lane], clock: Option<&Clock>, milestones: &[Milestone]) -> String {
    let mut sentences: Vec<String> = Vec::new();
    for lane in lanes {
        let parts: Vec<String> =
            lane.bars.iter().map(|bar| format!("{} for {}", if bar.down { "down" } else { "degraded" }, bar.length)).collect();
        sentences.push(format!("{}: {}.", lane.name, parts.join(", then ")));
    }
    if let Some(clock) = clock {
        sentences.push(format!("{}: {}.", clock.name, clock.words));
    }
    if !milestones.is_empty() {
        let names: Vec<String> = milestones.iter().map(|m| format!("{} {}", m.time, m.name)).collect();
        sentences.push(format!("Milestones: {}.", names.join(", ")));
    }
    sentences.join(" ")
}
