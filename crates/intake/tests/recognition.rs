//! Which form a text is read as: by its title first, then by its headings, and by none that claims more than the text does.

use intake::{Choices, Intake, import};
use report::ids::CountedIds;

/// The day on which the texts are read.
const TODAY: chrono::NaiveDate = chrono::NaiveDate::from_ymd_opt(2026, 9, 30).expect("a day");

fn imported(name: &str, text: &str) -> Intake {
    let source = intake::read::read(Some(name), text.as_bytes(), &intake::read::Given::default()).expect("it reads");
    import(&source, &Choices::default(), report::catalogue::all(), TODAY, &mut CountedIds(0))
}

/// The form that a text is read as.
fn form(name: &str, text: &str) -> String {
    imported(name, text).report.template.id
}

#[test]
fn a_title_names_its_form_whatever_the_headings() {
    let headings = "\n\n## Summary\n\nThe pump stood.\n\n## Timeline\n\n- 2 May 2025 08:55 UTC pump stood\n\n## Actions\n\n- Oil it\n";
    for (title, named) in [
        ("Postmortem: the pump", "sre-postmortem"),
        ("Post-mortem of 2 May", "sre-postmortem"),
        ("Pump, post incident review", "post-incident-review"),
        ("RFO 2025-05-02", "rfo"),
        ("Incident report: the pump", "incident-report"),
        ("Major incident report: the pump", "major-incident-report"),
        ("Störungsbericht Pumpe 2", "incident-report"),
        ("Meldung einer Datenschutzverletzung", "gdpr-33"),
    ] {
        assert_eq!(form("a.md", &format!("# {title}{headings}")), named, "{title}");
    }
}

#[test]
fn a_text_that_speaks_for_no_form_claims_no_authority_marking_or_zone() {
    for (name, text) in [
        ("a.txt", "The valve stuck and we closed the main.\n\nNo water was lost.\n"),
        ("b.md", "# Der Rechner stand\n\n## Ablauf\n\nUm 10 Uhr stand er.\n"),
        ("c.csv", "host,seen\na,2024-06-03\nb,2024-06-04\n"),
        ("d.txt", "Phase:\nUnloading\n"),
    ] {
        let intake = imported(name, text);
        let report = &intake.report;
        assert_eq!((report.template.id.as_str(), report.markings.len(), &report.zone), ("incident-report", 0, &None), "{name}");
        assert!(!intake.fits[0].reasons.is_empty() && intake.fits.len() > 2, "it says why, and offers others");
    }
}

#[test]
fn text_before_a_heading_is_no_other_version_of_what_stands_under_it() {
    let intake = imported("a.md", "# The pump\n\nWritten by: the night shift\n\nA first word.\n\n## Summary\n\nThe pump stood.\n");
    assert!(intake.questions.is_empty() && intake.report.assumptions.is_empty(), "{:?}", intake.questions);
    assert!(intake.report.sections.iter().all(|section| section.key.is_some()), "no heading stands twice");
}
