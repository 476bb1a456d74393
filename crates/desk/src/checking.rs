//! Checking: what speaks against filing a report, and whether it may be filed.

use crate::filing::Readiness;
use chrono::{DateTime, Utc};
use report::ids::SectionId;
use report::{Finding, Level, Place, Report, Standing};

/// Every finding at a moment: those of the report's own checks, what has not come yet and what is due or late by then, and characters that
/// paper cannot draw (P01).
pub fn check(report: &Report, now: DateTime<Utc>) -> Vec<Finding> {
    let mut findings = report::checks::check_at(report, now);
    findings.extend(crate::undrawn::check(report));
    findings.sort_by_key(|finding| finding.level);
    debug_assert_eq!(blocking(&findings), stops_filing(report, now), "filing asks for all that stops it");
    findings
}

/// What was checked, in one sentence: what green stands for.
pub fn checked(report: &Report) -> String {
    use report::checks::list::{ALL, Family};
    let template = &report.template;
    let headings = template.sections.iter().filter(|rule| rule.required && !rule.silent).count();
    let answers = template.fields.iter().filter(|field| report.asks(field)).count();
    let mut families: Vec<Family> = ALL.iter().map(|check| check.family).collect();
    families.sort_unstable();
    families.dedup();
    let families: Vec<&str> = families.into_iter().map(Family::words).collect();
    let many = |count: usize, one: &str| if count == 1 { format!("one {one}") } else { format!("{count} {one}s") };
    format!(
        "Checked against “{}”, version {}, for {}: {} in order; {}; {} checks of {}.",
        template.title,
        template.version,
        template.authority,
        many(headings, "required heading"),
        many(answers, "required answer"),
        // L20 says what is not questioned.
        ALL.len() - 1,
        families.join("; "),
    )
}

/// What stops filing: what blocks, words that wait for a place or an answer, and letters that paper cannot draw. Filing a report need not wait for the other checks.
pub fn stops_filing(report: &Report, now: DateTime<Utc>) -> Vec<Finding> {
    let mut findings = report::checks::stops_filing(report, now);
    findings.extend(crate::undrawn::check(report).into_iter().filter(Finding::stops_filing));
    findings.sort_by_key(|finding| finding.level);
    findings
}

/// The same, of findings already had.
pub fn blocking(findings: &[Finding]) -> Vec<Finding> {
    findings.iter().filter(|finding| finding.stops_filing()).cloned().collect()
}

/// What was checked, for the person who is about to sign. `pages` is what the press counted.
pub fn readiness(report: &Report, now: DateTime<Utc>, pages: usize) -> Readiness {
    let findings = check(report, now);
    let outline = report::outline::outline(report, &findings);
    let required = report.template.sections.iter().filter(|rule| rule.required && !rule.silent);
    let headings = required.clone().count();
    let absent =
        findings.iter().filter(|finding| matches!(finding.check.as_str(), "L31" | "L32") || empty_heading(report, finding)).count();
    let standings = report.fields.values().map(|answer| &answer.standing).chain(report.sections.iter().map(|section| &section.standing));
    Readiness {
        headings: (headings, headings.saturating_sub(absent)),
        answers: (outline.required, outline.answered),
        not_yet_known: standings.filter(|standing| matches!(standing, Standing::NotYetKnown { .. })).count(),
        unanswered: findings.iter().filter(|f| f.level == Level::Answer && f.accepted.is_none() && !f.stops_filing()).count(),
        accepted: findings.iter().filter(|finding| finding.accepted.is_some()).count(),
        file_name: file_name(report),
        pages,
        attachments: (report.attachments.len(), report.attachments.iter().map(|file| file.size).sum()),
        signatories: report.signatories.iter().map(|s| (s.part.clone(), s.person.name.clone())).collect(),
        blocking: blocking(&findings),
    }
}

pub use crate::naming::file_name;

/// A heading with nothing under it; an opening paragraph has none.
fn empty_heading(report: &Report, finding: &Finding) -> bool {
    let is_silent = |id: SectionId| {
        let key = report.section(id).and_then(|section| section.key.as_deref());
        report.template.sections.iter().any(|rule| rule.silent && Some(rule.key.as_str()) == key)
    };
    finding.check == "L33"
        && finding.sources.iter().any(|source| matches!(source.place, Place::Section { section, .. } if !is_silent(section)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use report::RichText;

    fn with_text(text: &str) -> Report {
        let mut report = report::catalogue::sample("sec-h9-summary").expect("a shipped sample");
        report.sections[1].body = RichText::from_plain(text);
        report
    }

    /// A year after the sample's incident.
    fn noon() -> DateTime<Utc> {
        "2026-10-14T12:00:00Z".parse().expect("a moment")
    }

    #[test]
    fn green_names_the_standard_and_what_was_checked() {
        let report = report::catalogue::sample("sec-h9-summary").expect("a shipped sample");
        let said = checked(&report);
        for words in ["DCC Major Incident Summary Report", "version 1", "6 required headings", "8 required answers", "64 checks", "marking"]
        {
            assert!(said.contains(words), "“{words}” is not in: {said}");
        }
    }

    #[test]
    fn what_time_it_is_counts() {
        let at = |text: &str| text.parse::<DateTime<Utc>>().expect("a moment");
        let ids = |report: &Report, now: &str| -> Vec<String> {
            check(report, at(now)).into_iter().map(|finding| finding.check).filter(|id| id == "L18" || id == "L22").collect()
        };
        let warning = report::catalogue::sample("nis2-early-warning").expect("a shipped sample");
        assert_eq!(ids(&warning, "2026-02-17T14:00:00Z"), [""; 0]);
        assert!(ids(&warning, "2026-02-19T14:00:00Z").contains(&"L22".to_owned()), "a day has passed and nothing is filed");
        assert!(ids(&warning, "2026-02-10T14:00:00Z").contains(&"L18".to_owned()), "it has not happened yet");
    }

    #[test]
    fn what_no_font_draws_stops_filing_until_a_reason_is_given() {
        let mut report = with_text("Engine 🚒 came");
        let findings = check(&report, noon());
        let stopping = blocking(&findings);
        assert_eq!(stopping.iter().map(|f| (f.check.as_str(), f.level)).collect::<Vec<_>>(), [("P01", Level::Answer)]);
        let accepted = report::papers::Accepted {
            finding: stopping[0].key.clone(),
            reason: "Readers know the code".into(),
            by: String::new(),
            at: String::new(),
        };
        report.accepted.push(accepted);
        assert!(stops_filing(&report, noon()).is_empty());
    }

    #[test]
    fn words_that_wait_stop_filing_until_a_reason_is_given() {
        let mut report = report::catalogue::sample("sec-h9-summary").expect("a shipped sample");
        let id = report::ids::UnplacedId::new(&mut report::ids::CountedIds(1));
        report.unplaced.push(report::papers::Unplaced { id, text: "Seen by two of us".into(), source: String::new() });
        let ready = readiness(&report, noon(), 1);
        assert_eq!((ready.blocking.len(), ready.unanswered, ready.accepted), (1, 0, 0), "{:?}", ready.blocking);
        assert!(ready.blocking[0].check == "P02" && ready.blocking[0].message.contains("5 words"), "{:?}", ready.blocking);
        let key = ready.blocking[0].key.clone();
        let accepted = report::papers::Accepted { finding: key, reason: "Said elsewhere".into(), by: String::new(), at: String::new() };
        report.accepted.push(accepted);
        let ready = readiness(&report, noon(), 1);
        assert_eq!((ready.blocking.len(), ready.unanswered, ready.accepted), (0, 0, 1));
    }
}
