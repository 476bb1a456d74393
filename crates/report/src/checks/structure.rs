//! The shape of the form: a heading that nearly is one of its own (L35), one too many (L36), a word where an answer belongs (L37), an
//! older version of the form (L63), other words where Y or N is asked (L64).

use super::reading::Reading;
use crate::answer::{Answer, Standing};
use crate::edit::{Change, Edit};
use crate::finding::{Finding, Level, Source};
use crate::place::Place;
use crate::report::Section;
use crate::template::{Allowed, Audience, Field, FieldType, SectionRule};

pub(super) fn check(reading: &Reading, findings: &mut Vec<Finding>) {
    let report = reading.report;
    for (index, section) in report.sections.iter().enumerate().filter(|(_, section)| section.key.is_none()) {
        match report.template.sections.iter().find(|rule| nearly(&section.heading, &rule.heading)) {
            // Word for word one of the form's own that stands here already: it stands twice, which L34 says.
            Some(rule) if is_second(reading, section, rule) => {}
            Some(rule) => findings.push(near_match(reading, index, section, rule)),
            None => findings.extend(one_too_many(reading, section)),
        }
    }
    for field in &report.template.fields {
        findings.extend(no_answer(reading, field));
        findings.extend(yes_or_no(reading, field));
    }
    findings.extend(older_form(reading));
}

fn folded(heading: &str) -> String {
    heading.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

/// Equal but for case and signs, or one slip in a word of some length.
fn nearly(heading: &str, rule: &str) -> bool {
    let (a, b) = (folded(heading), folded(rule));
    !a.is_empty() && (a == b || (a.chars().count().min(b.chars().count()) >= 6 && distance(&a, &b) <= 1 + b.chars().count() / 16))
}

/// Letters to add, take out or change; two neighbours that changed places count once.
fn distance(a: &str, b: &str) -> usize {
    let (a, b): (Vec<char>, Vec<char>) = (a.chars().collect(), b.chars().collect());
    let mut rows = vec![(0..=b.len()).collect::<Vec<usize>>()];
    for i in 1..=a.len() {
        let mut row = vec![i];
        for j in 1..=b.len() {
            let mut best = (rows[i - 1][j] + 1).min(row[j - 1] + 1).min(rows[i - 1][j - 1] + usize::from(a[i - 1] != b[j - 1]));
            if i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1] {
                best = best.min(rows[i - 2][j - 2] + 1);
            }
            row.push(best);
        }
        rows.push(row);
    }
    rows[a.len()][b.len()]
}

fn is_second(reading: &Reading, section: &Section, rule: &SectionRule) -> bool {
    let first = reading.report.section_for(&rule.key);
    section.heading.trim().eq_ignore_ascii_case(rule.heading.trim()) && first.is_some_and(|first| super::is_written(reading.report, first))
}

fn near_match(reading: &Reading, index: usize, section: &Section, rule: &SectionRule) -> Finding {
    let report = reading.report;
    let place = Place::Section { section: section.id, line: None };
    let message = format!("“{}” is nearly the form's heading “{}”.", section.heading.trim(), rule.heading);
    let sources = vec![Source::at(report, place, section.heading.clone()), Source::at(report, Place::Form, rule.heading.clone())];
    let finding = Finding::new("L35", Level::Answer, message, sources);
    let named = Section { key: Some(rule.key.clone()), heading: rule.heading.clone(), ..section.clone() };
    let rename = Edit::Sections { change: Change::Replace { at: index, item: named } };
    let label = format!("Make it “{}”", rule.heading);
    match report.sections.iter().position(|other| other.key.as_deref() == Some(rule.key.as_str())) {
        None => finding.with_fix(label, rename),
        Some(blank) if report.sections[blank].body.is_blank() && report.sections[blank].standing.is_known() => {
            // The text moves to the form's own place, where the blank one stood.
            let named = Section { key: Some(rule.key.clone()), heading: rule.heading.clone(), ..section.clone() };
            let edits = vec![
                Edit::Sections { change: Change::Replace { at: blank, item: named } },
                Edit::Sections { change: Change::Remove { at: index } },
            ];
            finding.with_fix(label, Edit::Together { edits })
        }
        Some(_) => finding,
    }
}

/// L36: only an authority's form is closed; in a letter or a review an author's own heading is welcome.
fn one_too_many(reading: &Reading, section: &Section) -> Option<Finding> {
    let report = reading.report;
    if report.template.audience != Audience::Regulator || section.heading.trim().is_empty() {
        return None;
    }
    let place = Place::Section { section: section.id, line: None };
    let message = format!("“{}” is not one of the form's headings.", section.heading.trim());
    let sources = vec![Source::at(report, place, section.heading.clone()), Source::at(report, Place::Form, report.template.title.clone())];
    Some(Finding::new("L36", Level::Note, message, sources))
}

/// L37: "unknown" typed as if it were the answer.
fn no_answer(reading: &Reading, field: &Field) -> Option<Finding> {
    const WORDS: [&str; 12] =
        ["unknown", "not known", "not yet known", "n/a", "na", "not applicable", "?", "??", "-", "--", "–", "not available"];
    let report = reading.report;
    let answer = report.answer(&field.key);
    let said = answer.raw.trim().to_lowercase();
    let allowed = field.vocabulary.iter().any(|choice| choice.label.eq_ignore_ascii_case(&said) || choice.key == said);
    if !answer.standing.is_known() || !WORDS.contains(&said.trim_end_matches('.')) || allowed || !field.required {
        return None;
    }
    let message = format!("“{}” holds “{}”; say who will answer and when, or that it does not apply.", field.label, answer.raw.trim());
    let sources = vec![reading.field(&field.key), Source::at(report, Place::Form, field.label.clone())];
    let finding = Finding::new("L37", Level::Answer, message, sources);
    let later = said.contains("known") || said.contains('?');
    let (label, standing) = match later {
        true if field.allow.contains(&Allowed::NotYetKnown) => {
            ("Mark it “not yet known”", Standing::NotYetKnown { owner: String::new(), due: String::new() })
        }
        false if field.allow.contains(&Allowed::NotApplicable) => ("Mark it “N/A”", Standing::NotApplicable { reason: String::new() }),
        _ => return Some(finding),
    };
    let answer = Answer { standing, raw: String::new(), value: None, ..answer.clone() };
    Some(finding.with_fix(label, Edit::Answer { key: field.key.clone(), answer: Some(answer) }))
}

/// L64.
fn yes_or_no(reading: &Reading, field: &Field) -> Option<Finding> {
    let answer = reading.report.answer(&field.key);
    let raw = answer.raw.trim();
    if field.kind != FieldType::YesNo || raw.is_empty() || !answer.standing.is_known() {
        return None;
    }
    let by_letter = field.label.contains("(Y/N)");
    let letter = match raw.to_lowercase().split(|c: char| !c.is_alphanumeric()).next() {
        Some("y" | "yes") => Some("Y"),
        Some("n" | "no") => Some("N"),
        _ => None,
    };
    let is_word = matches!(raw.to_lowercase().as_str(), "y" | "yes" | "n" | "no");
    let is_letter = matches!(raw, "Y" | "N");
    if is_letter || (is_word && !by_letter) {
        return None;
    }
    let (level, message) = match is_word {
        true => (Level::Note, format!("“{}” asks for Y or N and holds “{raw}”.", field.label)),
        false => (Level::Answer, format!("“{}” asks for yes or no and holds “{raw}”.", field.label)),
    };
    let sources = vec![reading.field(&field.key), Source::at(reading.report, Place::Form, field.label.clone())];
    let finding = Finding::new("L64", level, message, sources);
    Some(match letter.filter(|_| is_word) {
        Some(letter) => {
            let answer = Answer { raw: letter.to_owned(), ..answer.clone() };
            finding.with_fix(format!("Write {letter}"), Edit::Answer { key: field.key.clone(), answer: Some(answer) })
        }
        None => finding,
    })
}

/// L63: the report keeps the form it was begun with; the one that ships may be newer.
fn older_form(reading: &Reading) -> Option<Finding> {
    let own = &reading.report.template;
    let shipped = crate::catalogue::find(&own.id)?;
    let parts = |version: &str| version.split('.').map(|part| part.parse::<u64>().ok()).collect::<Option<Vec<_>>>();
    if parts(&own.version)? >= parts(&shipped.version)? {
        return None;
    }
    let message = format!("This report was begun with version {} of its form; version {} is in use.", own.version, shipped.version);
    let sources = vec![
        Source::at(reading.report, Place::Report, own.version.clone()),
        Source::at(reading.report, Place::Form, shipped.version.clone()),
    ];
    Some(Finding::new("L63", Level::Answer, message, sources))
}

#[cfg(test)]
mod tests {
    use super::super::support::{fires, sample};
    use super::*;
    use crate::ids::{CountedIds, SectionId};
    use crate::report::Report;
    use crate::rich::RichText;

    fn with_heading(heading: &str) -> Report {
        let mut report = sample();
        let id = SectionId::new(&mut CountedIds(900));
        let body = RichText::from_plain("Words.");
        report.sections.insert(2, Section { id, key: None, heading: heading.into(), standing: Standing::Known, body });
        report
    }

    #[test]
    fn a_heading_that_nearly_fits_is_offered_its_place() {
        for heading in ["RootCause, if known", "Resolving action taken", "Region Location impacted", "Table of linked incidens"] {
            assert!(fires(&with_heading(heading), "L35"), "{heading}");
        }
        for heading in ["Thanks", "Root cause", "Regional impact", "Action"] {
            assert!(!fires(&with_heading(heading), "L35"), "{heading}");
        }
        let again = with_heading("Region / Location impacted");
        assert!(!fires(&again, "L35") && fires(&again, "L34"), "it stands twice; that it is the form's own needs no saying");
        let mut report = with_heading("Region/Location impacted");
        let at = report.sections.iter().position(|s| s.key.as_deref() == Some("region")).expect("it is there");
        report.sections[at].body = RichText::default();
        let fix =
            super::super::check(&report).into_iter().find(|f| f.check == "L35").and_then(|f| f.fix).expect("the form's place is free");
        let mended = report.apply(&fix.edit).expect("it fits").report;
        assert_eq!(mended.section_for("region").map(|s| s.body.plain()).as_deref(), Some("Words."));
        assert!(!fires(&mended, "L35") && !fires(&mended, "L31") && !fires(&mended, "L32"));
    }

    #[test]
    fn an_authority_s_form_has_its_own_headings_only() {
        for heading in ["Thanks", "Attendees", "Root cause"] {
            assert!(fires(&with_heading(heading), "L36"), "{heading}");
        }
        let mut letter = crate::catalogue::sample("rfo").expect("a shipped sample");
        letter.sections.push(Section {
            id: SectionId::new(&mut CountedIds(900)),
            key: None,
            heading: "Thanks".into(),
            ..letter.sections[0].clone()
        });
        assert!(!fires(&letter, "L36"));
        assert!(!fires(&sample(), "L36"));
        assert!(!fires(&with_heading("Resolving action taken"), "L36"), "it is nearly one of them");
    }

    fn answered(key: &str, raw: &str) -> Report {
        let answer = Answer { raw: raw.into(), ..Answer::default() };
        sample().apply(&Edit::Answer { key: key.into(), answer: Some(answer) }).expect("it applies").report
    }

    #[test]
    fn unknown_is_a_standing_and_no_answer() {
        for (key, raw) in [("problem_reference", "Unknown"), ("service_impacted", "n/a"), ("incident_reference", "?")] {
            assert!(fires(&answered(key, raw), "L37"), "{raw}");
        }
        for (key, raw) in [
            ("problem_reference", "PBI000000146077"),
            ("service_impacted", "None of the services"),
            ("service_impacted", "Not known to fail"),
        ] {
            assert!(!fires(&answered(key, raw), "L37"), "{raw}");
        }
    }

    #[test]
    fn yes_or_no_takes_a_letter() {
        for raw in ["No", "Partly", "Yes, just", "4 hours"] {
            assert!(fires(&answered("within_sla", raw), "L64"), "{raw}");
        }
        for raw in ["Y", "N", " N "] {
            assert!(!fires(&answered("within_sla", raw), "L64"), "{raw}");
        }
        let mut by_word = answered("within_sla", "No");
        by_word.template.fields.iter_mut().for_each(|field| field.label = field.label.replace(" (Y/N)", ""));
        assert!(!fires(&by_word, "L64"));
    }

    #[test]
    fn a_form_is_the_one_in_use() {
        let begun = |version: &str| {
            let mut report = sample();
            report.template.version = version.into();
            report
        };
        for version in ["0", "0.9", "0.10.2"] {
            assert!(fires(&begun(version), "L63"), "{version}");
        }
        for version in ["1", "1.0", "2", "house"] {
            assert!(!fires(&begun(version), "L63"), "{version}");
        }
    }
}
