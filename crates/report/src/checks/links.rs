//! References and links: one number written in two ways (L26), a number that is not in the table of links (L27), a clause cited in two
//! forms (L28), an identifier of an entity that cannot be (L29), a link that leads nowhere (L30).

use super::reading::{Line, Reading};
use crate::answer::reference;
use crate::finding::{Finding, Level, Source};
use crate::mentions::pattern;
use crate::place::Place;
use crate::template::FieldType;
use regex::Regex;
use std::collections::BTreeSet;
use std::sync::LazyLock;

pub(super) fn check(reading: &Reading, findings: &mut Vec<Finding>) {
    let mut named = BTreeSet::new();
    let own = reading.report.reference().and_then(reference);
    for line in reading.told() {
        if let Some((prefix, digits)) = &own {
            findings.extend(other_writing(reading, line, prefix, digits));
            findings.extend(not_linked(reading, line, prefix, digits, &mut named));
        }
        findings.extend(other_clause(reading, line));
        findings.extend(entity(reading, line));
        findings.extend(fragment(reading, line));
    }
    if let Some((prefix, digits)) = &own {
        findings.extend(linked_to_another(reading, prefix, digits));
    }
    findings.extend(dead_links(reading));
    findings.extend(other_clause_in_label(reading));
}

fn integer(digits: &str) -> &str {
    digits.trim_start_matches('0')
}

/// L26: `INC 731204`, `inc-000000731204` beside `INC000000731204`. A lost zero without more is L25's.
fn other_writing(reading: &Reading, line: &Line, prefix: &str, digits: &str) -> Option<Finding> {
    static APART: LazyLock<Regex> =
        LazyLock::new(|| pattern(r"\b(?P<prefix>[A-Za-z]{2,6})(?P<gap>[\s\u{a0}#:-]{0,2})(?P<digits>\d{5,})\b"));
    let found = APART.captures_iter(&line.text).find(|found| {
        let same = found["prefix"].eq_ignore_ascii_case(prefix) && integer(&found["digits"]) == integer(digits);
        same && (!found["gap"].is_empty() || &found["prefix"] != prefix)
    })?;
    let whole = found.get(0)?;
    let key = reading.report.template.reference_field.as_deref()?;
    let message = format!("“{}” is {prefix}{digits}, written another way.", whole.as_str());
    Some(Finding::new("L26", Level::Answer, message, vec![reading.source(line, line.sentence(whole.start())), reading.field(key)]))
}

/// L27: a ticket of the same kind is mentioned, and the table of linked incidents does not have it.
fn not_linked(reading: &Reading, line: &Line, prefix: &str, digits: &str, named: &mut BTreeSet<String>) -> Option<Finding> {
    let report = reading.report;
    let has_table = report.template.has_kind(crate::template::SectionKind::LinkedIncidents);
    let word = line.text.split(|c: char| !c.is_ascii_alphanumeric()).find(|word| {
        let Some((other, figures)) = reference(word) else { return false };
        let linked = report.linked.iter().flat_map(|link| [&link.incident, &link.linked]);
        let in_table = linked.filter_map(|cell| reference(cell.trim())).any(|(_, known)| integer(&known) == integer(&figures));
        other == prefix && figures.len() >= 5 && integer(&figures) != integer(digits) && !in_table && !named.contains(*word)
    })?;
    if !has_table {
        return None;
    }
    named.insert(word.to_owned());
    let message = format!("{word} is mentioned, and is not in the table of linked incidents.");
    let sentence = line.sentence(line.text.find(word)?);
    Some(Finding::new("L27", Level::Answer, message, vec![reading.source(line, sentence), Source::at(report, Place::Linked, "")]))
}

/// L27, the other way: the table links something to an incident that is not this one.
fn linked_to_another(reading: &Reading, prefix: &str, digits: &str) -> Option<Finding> {
    let (row, link) = reading.report.linked.iter().enumerate().find(|(_, link)| {
        reference(link.incident.trim()).is_some_and(|(other, figures)| other == prefix && integer(&figures) != integer(digits))
    })?;
    let message = format!("The table links to {}, which is not this report's incident.", link.incident.trim());
    let key = reading.report.template.reference_field.as_deref()?;
    let sources = vec![Source::at(reading.report, Place::Linked, link.incident.clone()).in_row(row), reading.field(key)];
    Some(Finding::new("L27", Level::Answer, message, sources))
}

/// L28: "SEC 9.14(b)" in a report made under "Section H9 of the SEC".
fn other_clause(reading: &Reading, line: &Line) -> Option<Finding> {
    let basis = &reading.report.template.legal_basis;
    let (at, message) = without_letter(&line.text, basis)?;
    let sources = vec![reading.source(line, line.sentence(at)), Source::at(reading.report, Place::Form, basis.clone())];
    Some(Finding::new("L28", Level::Note, message, sources))
}

/// L28 in the form's own label, which nobody may reword: what the answer says beside it can name the clause.
fn other_clause_in_label(reading: &Reading) -> Option<Finding> {
    let report = reading.report;
    let basis = &report.template.legal_basis;
    report.template.fields.iter().find_map(|field| {
        let answer = report.answer(&field.key);
        let says_more = answer.qualifier.as_deref().is_some_and(|words| !words.trim().is_empty());
        if answer.is_blank() || says_more {
            return None;
        }
        let (_, message) = without_letter(&field.label, basis)?;
        let message = format!("The form's own label: {message} Say beside the answer which clause is meant.");
        Some(Finding::new("L28", Level::Note, message, vec![reading.field(&field.key), Source::at(report, Place::Form, basis.clone())]))
    })
}

/// Where a clause is cited without the letter that the legal basis gives its section, and the words for it.
fn without_letter(text: &str, basis: &str) -> Option<(usize, String)> {
    static SECTION: LazyLock<Regex> = LazyLock::new(|| pattern(r"\b(?:Section|Clause|Article|Annex)\s+(?P<letter>[A-Z])(?P<number>\d+)"));
    static CITED: LazyLock<Regex> = LazyLock::new(|| pattern(r"\b(?:[A-Z]{2,6}|Section|Clause)\s+(?P<number>\d+)\.\d+(?:\([a-z0-9]+\))*"));
    let rule = SECTION.captures(basis)?;
    let found = CITED.captures_iter(text).find(|found| found["number"] == rule["number"])?;
    let whole = found.get(0)?;
    Some((whole.start(), format!("“{}” lacks the letter of Section {}{}.", whole.as_str(), &rule["letter"], &rule["number"])))
}

/// L29: ISO 17442: eighteen letters or figures and two check figures, 1 modulo 97 (ISO 7064).
fn entity(reading: &Reading, line: &Line) -> Option<Finding> {
    static AFTER: LazyLock<Regex> = LazyLock::new(|| pattern(r"\bLEI\b(?:\s+(?:code|number))?[\s:]*(?P<code>[A-Z0-9]{15,25})\b"));
    let code = match &line.place {
        Place::Field { key } if reading.report.template.field(key)?.kind == FieldType::Lei => line.text.trim(),
        _ => AFTER.captures(&line.text)?.name("code")?.as_str(),
    };
    let message = if code.len() != 20 || !code.bytes().all(|b| b.is_ascii_uppercase() || b.is_ascii_digit()) {
        format!("“{code}” is not an LEI: that has 20 capital letters and figures, this has {}.", code.chars().count())
    } else if remainder(code) != 1 {
        format!("“{code}” is not an LEI: its check figures do not fit, so a sign is wrong or two changed places.")
    } else {
        return None;
    };
    let sources = vec![reading.source(line, line.sentence(line.text.find(code)?)), Source::at(reading.report, Place::Form, "ISO 17442")];
    Some(Finding::new("L29", Level::Answer, message, sources))
}

/// The code read as a number in which A is 10 and Z is 35, modulo 97.
fn remainder(code: &str) -> u32 {
    code.chars()
        .filter_map(|c| c.to_digit(36))
        .fold(0, |rest, value| if value < 10 { (rest * 10 + value) % 97 } else { (rest * 100 + value) % 97 })
}

/// L30: what a page left where a link or an address was.
fn fragment(reading: &Reading, line: &Line) -> Option<Finding> {
    static LOST: LazyLock<Regex> =
        LazyLock::new(|| pattern(r"(?i)\[email\s?protected\]|^\s*(?:mailto:?|https?:/?/?|www\.)\s*$|https?://\s|https?://[^\s/]*…"));
    let found = LOST.find(&line.text)?;
    let sources = vec![reading.source(line, line.sentence(found.start())), Source::at(reading.report, Place::Form, "")];
    Some(Finding::new("L30", Level::Answer, "A link or an address was lost here.", sources))
}

/// L30: a link that leads nowhere, or elsewhere than its words say.
fn dead_links(reading: &Reading) -> Vec<Finding> {
    static WEB: LazyLock<Regex> =
        LazyLock::new(|| pattern(r"^(?i:https?)://(?P<host>[^\s/?#:@]+\.[^\s/?#:@]+|localhost)(?::\d+)?(?:[/?#]\S*)?$"));
    static MAIL: LazyLock<Regex> = LazyLock::new(|| pattern(r"^(?i:mailto):[^\s@]+@[^\s@]+\.[^\s@]+$"));
    let mut out = Vec::new();
    for section in &reading.report.sections {
        for (text, href) in section.body.links() {
            let place = Place::Section { section: section.id, line: None };
            let host = |link: &str| WEB.captures(link.trim()).map(|found| found["host"].to_lowercase());
            let message = if !WEB.is_match(href.trim()) && !MAIL.is_match(href.trim()) {
                format!("The link “{text}” leads nowhere.")
            } else if let (Some(shown), Some(real)) = (host(text), host(href))
                && shown != real
            {
                format!("The link reads {shown} and leads to {real}.")
            } else {
                continue;
            };
            let sources = vec![Source::at(reading.report, place.clone(), text), Source::at(reading.report, place, href)];
            out.push(Finding::new("L30", Level::Answer, message, sources));
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::super::support::{fires, questioned, sample, unquestioned};
    use super::*;
    use crate::rich::{Block, Inline, LinkAttrs, Mark, RichText};

    const NONE: [&str; 0] = [];

    #[test]
    fn one_number_has_one_writing() {
        assert_eq!(unquestioned("L26", &["see INC 731204", "see inc000000731204", "ticket INC-000000731204"]), NONE);
        assert_eq!(questioned("L26", &["see INC000000731204", "see INC 731999", "Incident 20251 of the year"]), NONE);
    }

    #[test]
    fn a_mentioned_ticket_is_linked() {
        assert_eq!(unquestioned("L27", &["a repeat of INC000000594100", "see INC000000731300.", "(INC00000595628)"]), NONE);
        assert_eq!(questioned("L27", &["a repeat of INC000000698850", "INC000000731204 was raised", "problem PBI000000146999"]), NONE);
        let mut report = sample();
        report.linked[0].incident = "INC000000594100".into();
        assert!(fires(&report, "L27"));
    }

    #[test]
    fn a_clause_keeps_its_letter() {
        assert_eq!(unquestioned("L28", &["under SEC 9.14(b)", "see Section 9.1", "Clause 9.14(b)(i) applies"]), NONE);
        assert_eq!(questioned("L28", &["under SEC H9.14(b)", "see Section 4.2", "version 9.14 and release 9.1"]), NONE);
    }

    #[test]
    fn the_form_s_own_label_is_made_up_for_beside_the_answer() {
        let with = |raw: &str, qualifier: Option<&str>| {
            let answer = crate::answer::Answer { raw: raw.into(), qualifier: qualifier.map(str::to_owned), ..Default::default() };
            sample().apply(&crate::edit::Edit::Answer { key: "within_sla".into(), answer: Some(answer) }).expect("it applies").report
        };
        for raw in ["N", "Y", "No"] {
            assert!(fires(&with(raw, None), "L28"), "{raw}");
        }
        assert!(!fires(&with("N", Some("H9.14(b), limit 4 h")), "L28") && !fires(&with("", None), "L28") && !fires(&sample(), "L28"));
    }

    #[test]
    fn an_lei_passes_its_check() {
        // The figures 00 to 98 are chosen so that the whole is 1 modulo 97.
        let sound =
            (2..99).map(|check| format!("5299000TESTCODE000{check:02}")).find(|code| remainder(code) == 1).expect("one of them fits");
        let wrong = format!("{}{}", &sound[..18], if sound.ends_with('7') { "08" } else { "07" });
        for text in [format!("LEI {wrong}"), format!("(LEI: {})", &sound[..19]), format!("LEI code {}", sound.replacen("52", "25", 1))] {
            assert_eq!(unquestioned("L29", &[&text]), NONE);
        }
        for text in [format!("LEI {sound}"), "The LEI is not known yet".to_owned(), format!("order {wrong}")] {
            assert_eq!(questioned("L29", &[&text]), NONE);
        }
    }

    #[test]
    fn links_lead_somewhere() {
        let with = |text: &str, href: &str| {
            let mut report = sample();
            let marks = vec![Mark::Link { attrs: LinkAttrs { href: href.into() } }];
            report.sections[0].body = RichText(vec![Block::Paragraph { content: vec![Inline::Text { text: text.into(), marks }] }]);
            report
        };
        for (text, href) in
            [("the page", ""), ("the page", "#top"), ("https://good.example/a", "https://other.example/a"), ("mail", "mailto:")]
        {
            assert!(fires(&with(text, href), "L30"), "{text} {href}");
        }
        for (text, href) in [
            ("the page", "https://docs.example/gateway-profile"),
            ("https://good.example", "https://good.example/"),
            ("us", "mailto:noc@firm.example"),
        ] {
            assert!(!fires(&with(text, href), "L30"), "{text} {href}");
        }
        assert_eq!(unquestioned("L30", &["write to [email protected]", "mailto:", "see https:// for more"]), NONE);
    }
}
