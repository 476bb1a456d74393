//! "Not yet known" and "N/A" (L37): allowed only where the form says so, and never without who, when or why.

use crate::answer::Standing;
use crate::finding::{Finding, Level, Source};
use crate::place::Place;
use crate::report::Report;
use crate::template::Allowed;

pub(super) fn check(report: &Report, findings: &mut Vec<Finding>) {
    for field in &report.template.fields {
        let place = Place::Field { key: field.key.clone() };
        findings.extend(question(report, &report.answer(&field.key).standing, &field.allow, &field.label, place));
    }
    for section in &report.sections {
        let Some(rule) = report.rule_of(section) else { continue };
        let place = Place::Section { section: section.id, line: None };
        findings.extend(question(report, &section.standing, &rule.allow, &report.printed_heading(section), place));
    }
}

fn question(report: &Report, standing: &Standing, allow: &[Allowed], label: &str, place: Place) -> Option<Finding> {
    let (said, allowed, lacking) = match standing {
        Standing::Known => return None,
        Standing::NotYetKnown { owner, due } => {
            let lacking = match (owner.trim().is_empty(), due.trim().is_empty()) {
                (true, true) => Some("who will answer, and by when"),
                (true, false) => Some("who will answer"),
                (false, true) => Some("by when it will be answered"),
                (false, false) => None,
            };
            ("Not yet known", allow.contains(&Allowed::NotYetKnown), lacking)
        }
        Standing::NotApplicable { reason } => {
            ("N/A", allow.contains(&Allowed::NotApplicable), reason.trim().is_empty().then_some("why it does not apply"))
        }
    };
    let message = match (allowed, lacking) {
        (false, _) => format!("The form does not accept “{said}” for “{label}”."),
        (true, Some(lacking)) => format!("“{said}” for “{label}” must say {lacking}."),
        (true, None) => return None,
    };
    let sources = vec![Source::at(report, Place::Form, label), Source::at(report, place, said)];
    Some(Finding::new("L37", Level::Answer, message, sources))
}

#[cfg(test)]
mod tests {
    use super::super::support::{lines, sample};
    use super::*;

    #[test]
    fn not_yet_known_says_who_and_when() {
        let mut report = sample();
        let answer = report.fields.get_mut("problem_reference").expect("it is answered");
        answer.standing = Standing::NotYetKnown { owner: "Problem manager".into(), due: String::new() };
        assert_eq!(
            lines(&report),
            ["L37 Answer: “Not yet known” for “DCC Problem Reference Number” must say by when it will be answered."]
        );
    }

    #[test]
    fn what_the_form_does_not_take_is_questioned_and_leaves_the_field_open() {
        let mut report = sample();
        report.fields.get_mut("incident_date").expect("it is answered").standing = Standing::NotApplicable { reason: "no day".into() };
        assert_eq!(
            lines(&report),
            ["L33 Blocks: “Date of Incident” must be answered.", "L37 Answer: The form does not accept “N/A” for “Date of Incident”."]
        );
    }
}
