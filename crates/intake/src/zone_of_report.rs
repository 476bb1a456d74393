//! The zone of a report's times: chosen, or as the text states it once for all, in a heading, in the head of a table, in every row, or as
//! "Paris time". Always true: no printed hour changes by it, and a row keeps the word that is written there where clocks read another that day.

use crate::choices::Choices;
use crate::outgoing::csv::Own;
use crate::piece::{Piece, Shape};
use crate::route::Routed;
use crate::zones;
use chrono::NaiveDateTime;
use report::Report;
use report::papers::Assumption;
use report::timeline::{Event, Row};
use std::collections::BTreeMap;

/// Sets the zone, and says what was taken for granted.
pub(crate) fn set(report: &mut Report, pieces: &[Piece], routed: &Routed, texts: &[String], choices: &Choices) {
    // Rows of our own making say their zones themselves.
    if pieces.iter().find_map(Piece::cells).is_some_and(|head| Own::of(&head) == Some(Own::Timeline)) {
        return;
    }
    let text = texts.join("\n");
    let at = report.first_moment();
    let said = said(report, pieces, routed, &text);
    let resolved = said.as_ref().and_then(|words| resolve(report, words, &text, at));
    let found = match &choices.zone {
        Some(zone) => Some((zone.clone(), format!("The times are in {zone}, as you said."))),
        None => resolved.or_else(|| zones::of_place(&text)),
    };
    let mut assume = |words: String| report.assumptions.push(Assumption { about: "zone".to_owned(), words });
    let Some((zone, why)) = found else {
        match (&report.zone, at, said) {
            (Some(zone), _, Some(words)) => {
                assume(format!("“{words}” may be the clock of several places; the times are taken to be in {zone}, which the form uses."));
            }
            (Some(zone), Some(_), None) => {
                assume(format!("The text names no time zone; its times are taken to be in {zone}, which the form uses."));
            }
            // Which place is meant is asked; the word stays with its rows.
            (None, _, Some(words)) => keep(report, &words),
            _ => {}
        }
        return;
    };
    if report.zone.as_deref() != Some(&zone) {
        assume(why);
    }
    report.zone = Some(zone.clone());
    let of_all = said.filter(|_| choices.zone.is_none());
    settle_rows(report, &zone, of_all.as_deref(), &text, at);
}

/// Writes a zone that may be several places' to the rows that name none.
fn keep(report: &mut Report, words: &str) {
    let rows = report.timeline.iter_mut().filter_map(|row| if let Row::Event(event) = row { Some(event) } else { None });
    for event in rows.filter(|event| event.time.start().is_some() && event.zone.is_none()) {
        event.zone = Some(words.to_owned());
    }
}

/// The only zone that stands beside a time anywhere in a text whose rows, if there are any, name none.
fn beside_a_time(text: &str) -> Option<String> {
    let mut zones = text.lines().flat_map(report::mentions::times).filter_map(|time| time.zone);
    let first = zones.next()?;
    zones.all(|zone| zone == first).then_some(first)
}

/// The words for the zone of all times, as the text has them.
fn said(report: &Report, pieces: &[Piece], routed: &Routed, text: &str) -> Option<String> {
    let bracketed = |words: &str| {
        let inside = words.trim_end().strip_suffix(')')?.rsplit_once('(')?.1.trim();
        zones::is_one(inside).then(|| inside.to_owned())
    };
    let in_heading = routed.slots.iter().find_map(|slot| bracketed(&slot.heading));
    let head = |piece: &Piece| matches!(piece.shape, Shape::Row { .. }).then(|| piece.cells()).flatten();
    let in_head = || {
        let heads = pieces.iter().filter_map(|piece| head(piece).filter(|cells| crate::columns::is_head(piece, cells)));
        heads.flatten().find_map(|cell| bracketed(&cell).or_else(|| zones::behind_time(&cell)))
    };
    let of_rows = || {
        let mut zones: Vec<Option<&str>> =
            report.events().filter(|event| event.time.start().is_some()).map(|event| event.zone.as_deref()).collect();
        zones.dedup();
        match zones.as_slice() {
            // The first row says it for those below it.
            [Some(zone)] | [Some(zone), None] => Some((*zone).to_owned()),
            _ => None,
        }
    };
    let none_says = || {
        let mut timed = report.events().filter(|event| event.time.start().is_some());
        timed.all(|event| event.zone.is_none())
    };
    let stated = in_heading.or_else(in_head).or_else(|| crate::zone_stated::stated(text)).or_else(of_rows);
    stated.or_else(|| none_says().then(|| beside_a_time(text)).flatten())
}

/// The zone that words mean; the form's own where its clocks read so.
fn resolve(report: &Report, words: &str, text: &str, at: Option<NaiveDateTime>) -> Option<(String, String)> {
    let own = report.zone.as_ref().filter(|zone| at.is_some_and(|at| zones::in_force(words, zone, at)) && zones::is_offset(words));
    match own {
        Some(zone) => Some((zone.clone(), String::new())),
        None => zones::resolve(words, text, at),
    }
}

/// A row says its zone only where it is another than the report's, or a word that clocks do not read that day.
fn settle_rows(report: &mut Report, zone: &str, of_all: Option<&str>, text: &str, first: Option<NaiveDateTime>) {
    // Thousands of rows share a few words for it.
    let mut is_the_report_s: BTreeMap<String, bool> = BTreeMap::new();
    let reads = |event: &Event, words: &str| event.start().or(first).is_none_or(|at| zones::in_force(words, zone, at));
    for row in &mut report.timeline {
        let Row::Event(event) = row else { continue };
        match event.zone.clone() {
            Some(words) => {
                let resolved = || zones::resolve(&words, text, first).is_some_and(|(own, _)| own == zone);
                let same = *is_the_report_s.entry(words.clone()).or_insert_with(resolved) || zones::is_offset(&words);
                if same && reads(event, &words) {
                    event.zone = None;
                }
            }
            None => {
                let astray = of_all.filter(|words| event.start().is_some() && !reads(event, words));
                event.zone = astray.map(str::to_owned);
            }
        }
    }
}
