//! `clocks`: what is due until when, as people read it, as JSON, and as a calendar file.

use crate::Ended;
use crate::arguments::FailOnDue;
use desk::clocks::{panel, rows};
use desk::ports::World;
use desk::{Fault, agenda};
use report::clocks::{ClockState, DueTime, EventAt, EventStanding, clock_doubt};
use report::when::rough_length;
use std::path::Path;

pub fn clocks(world: &World, path: &Path, json: bool, fail_on: Option<FailOnDue>, ics: Option<&Path>) -> Result<Ended, Fault> {
    let report = crate::reading::report(world, path)?;
    let now = world.clock.now();
    let panel = panel(&report, now, None);
    let written = ics.map(|ics| agenda::write(world, &rows(&report, now), ics)).transpose()?;
    let fails = |due: &DueTime| match (&due.state, fail_on) {
        (ClockState::Late { .. } | ClockState::Filed { late: Some(_) }, Some(_)) => true,
        (ClockState::DueSoon, Some(state)) => state == FailOnDue::DueSoon,
        // Nobody can tell whether it is late: that is no reason to call it in time.
        (ClockState::FiledUnclear { .. } | ClockState::NotCounted { .. }, Some(_)) => true,
        _ => false,
    };
    let ended = if panel.due.iter().any(fails) { Ended::Refused } else { Ended::Done };
    if let Some(doubt) = clock_doubt(&report, now) {
        crate::out::tell(format_args!("rapporteur: {doubt}"));
    }
    if json {
        crate::verify::print_json(&panel)?;
        return Ok(ended);
    }
    if panel.due.is_empty() {
        crate::out::line("This form knows no due times.");
    }
    panel.events.iter().for_each(|event| crate::out::line(event_words(event)));
    panel.due.iter().for_each(|due| crate::out::say(&due_words(due)));
    if let (Some(count), Some(ics)) = (written, ics) {
        crate::out::made(ics, format_args!("{}: {count} due", ics.display()));
    }
    Ok(ended)
}

fn event_words(event: &EventStanding) -> String {
    let said = match &event.at {
        EventAt::Missing => "not recorded".to_owned(),
        EventAt::Unclear { why, .. } => why.clone(),
        EventAt::Day { .. } | EventAt::Moment { .. } => event.raw.clone(),
    };
    format!("event        {}: {said}", event.label)
}

fn due_words(due: &DueTime) -> String {
    let (state, more) = match &due.state {
        ClockState::NotStarted { missing } => ("not started", format!("waits for “{}”", missing.join("”, “"))),
        ClockState::Running => ("running", due.words.clone()),
        ClockState::DueSoon => ("due soon", due.words.clone()),
        ClockState::Late { minutes } => ("late", format!("{}, {} ago", due.words, rough_length(*minutes))),
        ClockState::Filed { late } => {
            let filing = due.filing.as_ref();
            let when = filing.map(|filing| filing.moment.raw.clone()).unwrap_or_default();
            let file = filing.filter(|filing| !filing.file.is_empty()).map(|filing| format!(", {}", filing.file)).unwrap_or_default();
            ("filed", format!("{when}{file}{}", late.map(|minutes| format!(", {} late", rough_length(minutes))).unwrap_or_default()))
        }
        ClockState::FiledUnclear { why } => ("unclear", format!("what was filed does not count: {why}")),
        ClockState::Promptly => ("promptly", due.how.clone()),
        ClockState::NotCounted { why } => ("not counted", why.clone()),
        ClockState::Unverified { late } => {
            let passed = late.map(|minutes| format!(", {} ago", rough_length(minutes))).unwrap_or_default();
            let state = if late.is_some() { "late" } else { "not verified" };
            (state, format!("{}{passed}, by a rule that was not verified", due.words))
        }
    };
    let mut out = format!("{state:12} {}: {more}\n", due.due);
    out.push_str(&format!("             {} ({})\n", due.rule, due.clause));
    if matches!(due.state, ClockState::Late { .. }) && !due.reasons.is_empty() {
        out.push_str(&format!("             Whoever is late gives {}.\n", due.reasons));
    }
    if !due.calendar.is_empty() {
        out.push_str(&format!("             {}\n", due.calendar));
    }
    due.asks.iter().for_each(|asked| out.push_str(&format!("             open: {}?\n", asked.label)));
    out
}
