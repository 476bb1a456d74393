//! What stands in a report and cannot be meant: a language that is none, an id that stands twice, a row that names what is not there.
//! Always true: a file from outside that holds such a thing is refused with the same sentence (`format::read`) that stops the filing of a
//! report whose library holds it already (P06); a library is never refused, and no report for what its title picked up elsewhere. Deliberately absent: what an author may type by mistake and
//! reads again on the page (see `checks`).

mod identities;
mod references;
mod texts;

pub(crate) use texts::{TITLE, TITLE_SHOWS, VERSION, VERSION_NAMES};

use crate::edit::Edit;
use crate::finding::{Finding, Fix, Level, Source};
use crate::papers::Bound;
use crate::place::Place;
use crate::report::Report;
use crate::sentence::capital;
use chrono::{Datelike, NaiveDate};

/// The years that an incident of ours can lie in.
const YEARS: std::ops::RangeInclusive<i32> = 1900..=2199;
/// The bytes that a file of a report may have: what is larger is read by no act (256 MiB).
pub(crate) const LARGEST_FILE: u64 = 256 << 20;
/// A language tag as far as a pattern can tell (see `language_tag`).
pub(crate) const LANGUAGE: &str = "^[A-Za-z]{1,3}(-[A-Za-z0-9]{1,8})*$";
/// The letters that names of zones are made of.
pub(crate) const ZONE: &str = r"^\s*[A-Za-z0-9+\-\u2212:/_]+( [+\-\u2212][0-9:]+)?\s*$";
/// The language of a report that states none that can be read.
const USUAL_LANGUAGE: &str = "en-GB";

/// One such thing.
#[derive(Clone, Debug)]
pub struct Nonsense {
    /// Where and what, in one sentence without its first capital and its full stop.
    pub words: String,
    /// Whether a file from outside is refused for it. What every reader shows alike, and prints without it, is asked instead.
    pub refuses: bool,
    place: Place,
    row: Option<usize>,
    fix: Option<Fix>,
}

/// All of it, in the order of the report.
pub fn of(report: &Report) -> Vec<Nonsense> {
    let mut found = Vec::new();
    found.extend(language(report));
    found.extend(zone(report));
    texts::check(report, &mut found);
    found.extend(years(report));
    found.extend(files(report));
    identities::check(report, &mut found);
    references::check(report, &mut found);
    found
}

/// P06: the same as findings.
pub(crate) fn check(report: &Report, findings: &mut Vec<Finding>) {
    findings.extend(of(report).into_iter().map(|nonsense| {
        let source = Source::at(report, nonsense.place, "").in_row(nonsense.row);
        let message = format!("{}.", capital(&nonsense.words));
        Finding { fix: nonsense.fix, ..Finding::new("P06", Level::Blocks, message, vec![source]) }
    }));
}

impl Nonsense {
    fn new(place: Place, words: String) -> Self {
        Self { words, refuses: true, place, row: None, fix: None }
    }

    fn in_row(place: Place, row: usize, words: String) -> Self {
        Self { row: Some(row), ..Self::new(place, words) }
    }

    fn with_fix(self, label: &str, edit: Edit) -> Self {
        Self { fix: Some(Fix { label: label.to_owned(), edit }), ..self }
    }
}

fn language(report: &Report) -> Option<Nonsense> {
    let said = &report.language;
    if crate::language_tag::is_tag(said) {
        return None;
    }
    let words = format!("the language “{}” is no language tag (BCP 47); write it like en-GB", shortened(said));
    let own = [report.template.language.as_str(), USUAL_LANGUAGE].into_iter().find(|tag| crate::language_tag::is_tag(tag))?;
    let edit = Edit::Language { language: own.to_owned() };
    Some(Nonsense::new(Place::Report, words).with_fix(&format!("Make it {own}"), edit))
}

fn zone(report: &Report) -> Option<Nonsense> {
    let zone = report.zone.as_deref().filter(|zone| crate::when::zone(zone).is_none())?;
    let words = format!("there is no time zone “{}”; zones are named like Europe/London", shortened(zone));
    Some(Nonsense::new(Place::Report, words).with_fix("Take the zone away", Edit::Zone { zone: None }))
}

fn years(report: &Report) -> Vec<Nonsense> {
    let astray = |day: &NaiveDate| !YEARS.contains(&day.year());
    let words = |what: String, day: NaiveDate| {
        format!("{what} lies in the year {}; years run from {} to {}", day.year(), YEARS.start(), YEARS.end())
    };
    let dated = |row: &crate::timeline::Row| row.event().and_then(|event| event.date).filter(astray);
    let rows = report.timeline.iter().enumerate().filter_map(|(row, event)| {
        let place = Place::Timeline { index: Some(row) };
        Some(Nonsense::new(place, words(format!("row {} of the timeline", row + 1), dated(event)?)))
    });
    let windows = report.impact.iter().enumerate().flat_map(|(row, window)| {
        let days = [Some(window.from), window.to].into_iter().flatten().filter_map(|bound| match bound {
            Bound::Moment { at } => Some(at.date()).filter(astray),
            Bound::Event { .. } => None,
        });
        days.map(move |day| Nonsense::in_row(Place::Impact, row, words(format!("row {} of the impact", row + 1), day)))
    });
    rows.chain(windows).collect()
}

fn files(report: &Report) -> Vec<Nonsense> {
    let large = report.attachments.iter().enumerate().filter(|(_, file)| file.size > LARGEST_FILE);
    let large = large.map(|(row, file)| {
        let words =
            format!("the file “{}” has {} bytes; {LARGEST_FILE} are the most that a file may have", shortened(&file.name), file.size);
        Nonsense::in_row(Place::Evidence, row, words)
    });
    let is_digest = |text: &str| text.len() == 64 && text.bytes().all(|byte| byte.is_ascii_digit() || (b'a'..=b'f').contains(&byte));
    let wrong = report.attachments.iter().enumerate().filter(|(_, file)| !is_digest(&file.sha256));
    let told = wrong.map(|(row, file)| {
        let words = format!("the file “{}” has no SHA-256: that is 64 digits from 0 to f, in small letters", shortened(&file.name));
        Nonsense::in_row(Place::Evidence, row, words)
    });
    large.chain(told).collect()
}

fn shortened(text: &str) -> String {
    const MOST: usize = 60;
    if text.chars().count() > MOST { text.chars().take(MOST - 1).chain(['…']).collect() } else { text.to_owned() }
}

#[cfg(test)]
mod tests;
