//! The checks: what speaks against filing a report as it is. One file a family. Always true: a check is pure, fires only where it has
//! something to show, and carries the id of the published list. Deliberately absent: words about tone and style.

mod actions;
mod causes;
mod claims;
mod dateline;
mod dates;
mod deadlines;
mod evidence;
mod headings;
mod language;
mod leftovers;
mod lifecycle;
mod links;
pub mod list;
mod marking;
mod notation;
mod order;
mod people;
mod placeholders;
mod quantities;
mod reading;
mod reference_fields;
mod references;
mod release;
mod retold;
mod secrets;
mod standings;
mod steps;
mod structure;
mod sums;
mod times;
mod told_moments;
pub(crate) mod tray;
mod unread;
mod wording;
mod zone_words;

pub(crate) use headings::{is_answered, is_written};

pub use people::is_first_name;

use crate::finding::{Finding, Level};
use crate::report::Report;
use crate::texts::Written;
use chrono::{DateTime, Utc};
use reading::Reading;

/// Every finding, the heaviest first and within a level in the order of the families. Accepted ones say so.
/// Nothing here depends on what time it is; see [`check_at`].
pub fn check(report: &Report) -> Vec<Finding> {
    check_with(report, None)
}

/// Letters that paper cannot draw. Looked for where the fonts are known; here only because filing waits for its answer.
pub const NOT_DRAWN: &str = "P01";

/// Every finding, and those that the passing of time gives: dates in the future, due times that have passed.
pub fn check_at(report: &Report, now: DateTime<Utc>) -> Vec<Finding> {
    check_with(report, Some(now))
}

/// What stops filing at a moment, and nothing else: all that whoever files has to know. Only the families that may stop it are asked, unless
/// the form makes others block.
pub fn stops_filing(report: &Report, now: DateTime<Utc>) -> Vec<Finding> {
    stopping(report, Some(now))
}

fn stopping(report: &Report, now: Option<DateTime<Utc>>) -> Vec<Finding> {
    let others_may = report.template.raised.values().any(|level| *level == Level::Blocks);
    let mut findings = if others_may { check_with(report, now) } else { finished(report, of_the_form(report)) };
    findings.retain(Finding::stops_filing);
    findings
}

fn check_with(report: &Report, now: Option<DateTime<Utc>>) -> Vec<Finding> {
    let mut findings = of_the_form(report);
    let of_the_form = findings.len();
    let reading = Reading::of(report, now);
    for family in FAMILIES {
        family(&reading, &mut findings);
    }
    debug_assert!(!findings[of_the_form..].iter().any(Finding::stops_filing), "what may stop filing belongs to what filing asks");
    finished(report, findings)
}

/// In their order, each with a key of its own, the weight that the form gives it and its rule, and with the reason where it was accepted.
fn finished(report: &Report, mut findings: Vec<Finding>) -> Vec<Finding> {
    crate::finding::key::give(report, &mut findings);
    for finding in &mut findings {
        // The heavier of the two, so that a form can never make a block less than one.
        if let Some(level) = report.template.raised.get(&finding.check) {
            finding.level = finding.level.min(*level);
        }
        finding.rule = list::words(&finding.check, &report.template);
    }
    findings.sort_by_key(|finding| finding.level);
    for finding in findings.iter_mut().filter(|finding| finding.level != Level::Blocks) {
        finding.accepted = report.accepted.iter().find(|accepted| accepted.finding == finding.key).map(|accepted| accepted.reason.clone());
    }
    findings
}

/// What the families find that take the report as it lies there. Whatever stops filing by itself is found here.
fn of_the_form(report: &Report) -> Vec<Finding> {
    let mut findings = Vec::new();
    crate::nonsense::check(report, &mut findings);
    headings::check(report, &mut findings);
    unread::check(report, &mut findings);
    standings::check(report, &mut findings);
    times::check(report, &mut findings);
    let texts: Vec<Written> = crate::texts::texts(report).collect();
    references::check(report, &texts, &mut findings);
    reference_fields::check(report, &mut findings);
    placeholders::check(report, &texts, &mut findings);
    marking::check(report, &mut findings);
    tray::check(report, &mut findings);
    secrets::check(report, &texts, &mut findings);
    findings
}

/// The families that read the report line by line. None of them stops filing, unless the form makes it.
const FAMILIES: [fn(&Reading, &mut Vec<Finding>); 23] = [
    order::check,
    dates::check,
    dateline::check,
    zone_words::check,
    notation::check,
    lifecycle::check,
    told_moments::check,
    claims::check,
    sums::check,
    causes::check,
    actions::check,
    quantities::check,
    leftovers::check,
    deadlines::check,
    links::check,
    structure::check,
    language::check,
    people::check,
    release::check,
    evidence::check,
    retold::check,
    steps::check,
    wording::check,
];

/// A report that may be filed: nothing blocks it, and no words wait that nobody has answered for.
#[derive(Clone, Debug)]
pub struct ReadyReport(Report);

impl ReadyReport {
    /// The only way to get one.
    ///
    /// # Errors
    /// The findings that stop it.
    pub fn new(report: Report) -> Result<Self, Vec<Finding>> {
        let blocking = stopping(&report, None);
        if blocking.is_empty() { Ok(Self(report)) } else { Err(blocking) }
    }

    /// The report.
    pub fn report(&self) -> &Report {
        &self.0
    }
}

#[cfg(test)]
pub(crate) mod support {
    use super::*;
    use crate::{catalogue, ids::CountedIds};

    /// The finished sample of the regulator's form: no finding at all.
    pub fn sample() -> Report {
        catalogue::sample("sec-h9-summary").expect("a shipped sample")
    }

    /// A blank report of that form.
    pub fn blank() -> Report {
        Report::begin(catalogue::find("sec-h9-summary").expect("a shipped template"), &mut CountedIds(0))
    }

    /// The findings as lines "L33 blocks: message".
    pub fn lines(report: &Report) -> Vec<String> {
        check(report).iter().map(|f| format!("{} {:?}: {}", f.check, f.level, f.message)).collect()
    }

    /// The sample with that text under its first heading.
    pub fn with_text(text: &str) -> Report {
        let mut report = sample();
        report.sections[0].body = crate::rich::RichText::from_plain(text);
        report
    }

    /// The sample with those lines as its timeline, read as typed on 14 October 2025; what refers to its own rows is gone.
    pub fn with_rows(lines: &[&str]) -> Report {
        use crate::{ids::RowId, timeline};
        let mut report = sample();
        let mut ids = CountedIds(500);
        report.impact.clear();
        report.timeline.clear();
        for line in lines {
            let before = report.timeline.iter().rev().find_map(timeline::Row::event);
            let event = timeline::read_line(
                line,
                RowId::new(&mut ids),
                report.template.date_order,
                before,
                chrono::NaiveDate::from_ymd_opt(2025, 10, 14),
            );
            report.timeline.push(timeline::Row::Event(event));
        }
        report
    }

    /// Says which of the texts, standing under a heading, a check does not question.
    pub fn unquestioned<'a>(id: &str, texts: &[&'a str]) -> Vec<&'a str> {
        texts.iter().copied().filter(|text| !fires(&with_text(text), id)).collect()
    }

    /// Whether a check fires.
    pub fn fires(report: &Report, id: &str) -> bool {
        check(report).iter().any(|f| f.check == id)
    }
}

#[cfg(test)]
mod tests {
    use super::support::{blank, sample};
    use super::*;
    use crate::edit::{Change, Edit};
    use crate::papers::Accepted;

    #[test]
    fn a_blank_report_is_not_ready_and_says_why() {
        let refused = ReadyReport::new(blank()).expect_err("nothing is filled");
        assert!(refused.iter().all(|f| f.level == Level::Blocks && !f.message.is_empty() && f.sources.len() == 2), "{refused:#?}");
        assert!(refused.iter().any(|f| f.message.contains("Root Cause, if known")));
    }

    #[test]
    fn the_sample_is_ready() {
        assert!(ReadyReport::new(sample()).is_ok());
    }

    #[test]
    fn a_form_raises_a_level_and_never_lowers_one() {
        let level = |report: &Report, id: &str| check(report).into_iter().find(|f| f.check == id).expect("it fires").level;
        let mut report = super::support::with_text("The RDH feed failed; [insert cause].");
        assert_eq!((level(&report, "L51"), level(&report, "L38")), (Level::Note, Level::Blocks));
        report.template.raised = [("L51".to_owned(), Level::Blocks), ("L38".to_owned(), Level::Note)].into();
        assert_eq!((level(&report, "L51"), level(&report, "L38")), (Level::Blocks, Level::Blocks));
        assert!(ReadyReport::new(report).expect_err("both block").iter().all(|finding| finding.level == Level::Blocks));
    }

    #[test]
    fn every_finding_says_what_makes_it_a_rule() {
        for report in [blank(), super::support::with_text("The RDH feed failed yesterday; [insert cause]. See SEC 9.14(b).")] {
            assert!(check(&report).iter().all(|finding| !finding.rule.is_empty()));
        }
        let of = |id: &str| check(&blank()).into_iter().find(|f| f.check == id).expect("it fires").rule;
        assert!(of("L33").starts_with("The form: DCC Major Incident Summary Report"), "{}", of("L33"));
    }

    #[test]
    fn an_acceptance_ends_when_its_sources_change() {
        let mut report = sample();
        let key = "restore_time";
        report = report
            .apply(&Edit::Answer { key: key.into(), answer: Some(crate::answer::Answer { raw: "3 h".into(), ..Default::default() }) })
            .expect("it applies")
            .report;
        let finding = check(&report).into_iter().find(|f| f.check == "L02").expect("the lengths disagree");
        let accepted = Accepted { finding: finding.key, reason: "Agreed with the regulator".into(), by: String::new(), at: String::new() };
        report = report.apply(&Edit::Accepted { change: Change::Insert { at: 0, item: accepted } }).expect("it applies").report;
        assert!(check(&report).iter().any(|f| f.check == "L02" && f.accepted.is_some()));
        report = report
            .apply(&Edit::Answer { key: key.into(), answer: Some(crate::answer::Answer { raw: "2 h".into(), ..Default::default() }) })
            .expect("it applies")
            .report;
        assert!(check(&report).iter().any(|f| f.check == "L02" && f.accepted.is_none()));
    }
}
