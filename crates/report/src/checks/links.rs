//! References and links: one number written in two ways (L26), a number that is not in the table of links (L27), a clause cited in two
//! forms (L28), an identifier of an entity that cannot be (L29), a link that leads nowhere (L30).

use super::reading::{Line, Reading};
use super::references::{in_a_name, mentioned};
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
    for line in &reading.lines {
        if let Some((prefix, digits)) = &own {
            findings.extend(other_writing(reading, line, prefix, digits));
        }
        findings.extend(other_clause(reading, line));
        findings.extend(entity(reading, line));
        findings.extend(fragment(reading, line));
    }
    if let Some((prefix, digits)) = &own {
        reading.told().for_each(|line| findings.extend(not_linked(reading, line, prefix, digits, &mut named)));
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

/// L26: `INC 731204`, `inc-000000731204`, `Incident 731204` beside `INC000000731204`. A lost zero without more is told in `references`.
fn other_writing(reading: &Reading, line: &Line, prefix: &str, digits: &str) -> Option<Finding> {
    static APART: LazyLock<Regex> =
        LazyLock::new(|| pattern(r"\b(?P<prefix>[A-Za-z]{2,12})(?P<gap>[\s\u{a0}#:-]{0,2}(?:(?i:no\.?|number)\s)?)(?P<digits>\d{5,})\b"));
    let found = APART.captures_iter(&line.text).find(|found| {
        let word = &found["prefix"];
        let whole = prefix.len() >= 3 && word.to_ascii_lowercase().starts_with(&prefix.to_ascii_lowercase());
        let same = (whole || word.eq_ignore_ascii_case(prefix)) && integer(&found["digits"]) == integer(digits);
        same && (!found["gap"].is_empty() || word != prefix) && found.get(0).is_some_and(|at| !in_a_name(&line.text, &at.range()))
    })?;
    let whole = found.get(0)?;
    let key = reading.report.template.reference_field.as_deref()?;
    let message = format!("“{}” is {prefix}{digits}, written differently.", whole.as_str());
    Some(Finding::new("L26", Level::Answer, message, vec![reading.meant(line, whole.range()), reading.field(key)]))
}

/// L27: tickets of the same kind are mentioned, and the table of linked incidents does not have them.
fn not_linked(reading: &Reading, line: &Line, prefix: &str, digits: &str, named: &mut BTreeSet<String>) -> Vec<Finding> {
    let report = reading.report;
    if !report.template.has_kind(crate::template::SectionKind::LinkedIncidents) {
        return Vec::new();
    }
    let cells = || report.linked.iter().flat_map(|link| [&link.incident, &link.linked]);
    let strangers = mentioned(&line.text).filter(|(_, other, figures)| {
        let in_table = cells().any(|cell| mentioned(cell).any(|(_, _, known)| integer(&known) == integer(figures)));
        other == prefix && figures.len() >= 5 && integer(figures) != integer(digits) && !in_table
    });
    let new = strangers.filter(|(_, _, figures)| named.insert(integer(figures).to_owned()));
    new.map(|(at, _, figures)| {
        let message = format!("{prefix}{figures} is mentioned, but is not in the table of linked incidents.");
        Finding::new("L27", Level::Answer, message, vec![reading.source(line, line.sentence(at)), Source::at(report, Place::Linked, "")])
    })
    .collect()
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
    static CITED: LazyLock<Regex> = LazyLock::new(|| {
        pattern(concat!(
            r"\b(?P<code>[A-Z]{2,6}|(?i:sections?|clauses?|paragraphs?))\s+(?P<number>\d+)\.\d+(?:\([a-z0-9]+\))*",
            r"(?P<of>\s+(?:of|in|to)\s+(?:(?:the|our|its|their|this)\s+)?(?P<work>\w+))?"
        ))
    });
    let rule = SECTION.captures(basis)?;
    let of_the_code = |word: &str| basis.split(|c: char| !c.is_alphanumeric()).any(|known| known == word);
    let found = CITED.captures_iter(text).find(|found| {
        // Products have versions ("RHEL 9.4"), and other works have sections.
        let code = &found["code"];
        let named = code.chars().all(char::is_uppercase) && code.len() <= 6 && !code.eq_ignore_ascii_case("clause");
        let elsewhere = found.name("work").is_some_and(|work| !of_the_code(work.as_str()));
        found["number"] == rule["number"] && (!named || of_the_code(code)) && !elsewhere
    })?;
    let whole = found.get(0)?;
    let cited = whole.as_str().strip_suffix(found.name("of").map_or("", |of| of.as_str())).unwrap_or(whole.as_str());
    Some((whole.start(), format!("“{cited}” lacks the letter of Section {}{}.", &rule["letter"], &rule["number"])))
}

/// L29: ISO 17442: eighteen letters or figures and two check figures, 1 modulo 97 (ISO 7064).
fn entity(reading: &Reading, line: &Line) -> Option<Finding> {
    static AFTER: LazyLock<Regex> = LazyLock::new(|| {
        pattern(concat!(
            r"\b(?:LEI|[Ll]egal [Ee]ntity [Ii]dentifier)\b(?:\s*\(LEI\))?(?:\s+(?:code|number|no\.?))?",
            r"(?:\s+of\s+[^.;:()\d]{1,40}?)?(?:\s+(?:is|was|reads))?[\s:(=]*(?P<code>[A-Z0-9]{15,25})\b"
        ))
    });
    let field = match &line.place {
        Place::Field { key } => reading.report.template.field(key).filter(|field| field.kind == FieldType::Lei),
        _ => None,
    };
    // What is none at all is `unread`'s; here stay small letters and blanks.
    if field.is_some_and(|field| reading.report.is_unread(field)) {
        return None;
    }
    let (code, message) = if field.is_some() {
        let code = line.text.trim();
        (code, not_an_lei(code)?)
    } else {
        let codes = AFTER.captures_iter(&line.text).filter_map(|found| Some(found.name("code")?.as_str()));
        codes.filter(|code| code.contains(|c: char| c.is_ascii_digit())).find_map(|code| Some((code, not_an_lei(code)?)))?
    };
    let sources = vec![reading.source(line, line.sentence(line.text.find(code)?)), Source::at(reading.report, Place::Form, "ISO 17442")];
    Some(Finding::new("L29", Level::Answer, message, sources))
}

pub(super) fn not_an_lei(code: &str) -> Option<String> {
    if code.len() != 20 || !code.bytes().all(|b| b.is_ascii_uppercase() || b.is_ascii_digit()) {
        let signs = code.chars().count();
        Some(format!("“{code}” is not an LEI: an LEI has exactly 20 capital letters and digits; this has {signs} characters."))
    } else if remainder(code) != 1 {
        Some(format!("“{code}” is not an LEI: its check digits do not match, so a character is wrong or two are swapped."))
    } else {
        None
    }
}

/// The code read as a number in which A is 10 and Z is 35, modulo 97.
fn remainder(code: &str) -> u32 {
    code.chars()
        .filter_map(|c| c.to_digit(36))
        .fold(0, |rest, value| if value < 10 { (rest * 10 + value) % 97 } else { (rest * 100 + value) % 97 })
}

/// L30: what a page left where a link or an address was.
fn fragment(reading: &Reading, line: &Line) -> Option<Finding> {
    static LOST: LazyLock<Regex> = LazyLock::new(|| {
        pattern(concat!(
            r"(?i)\[email\s?protected\]|^\s*(?:mailto:?|https?:/?/?|www\.)\s*$|\bmailto:(?:\s|$)|\bwww\.(?:\s|$)|https?:///",
            r"|\b(?:contact(?:ed)?|reach(?:ed)?|write to|e-?mail)(?: (?:us|me|them|him|her|the|our|\w+ team|team|desk|support)){0,2} at\s*(?:[.;,)]|$)",
            r"|(?P<bare>https?://(?:[\s.,;:)]|$)|https?://\S*(?:…|\.\.\.))"
        ))
    });
    // "Links that begin with http:// were refused" has lost nothing.
    static OF_SCHEMES: LazyLock<Regex> = LazyLock::new(|| {
        pattern(
            r"(?i)\b(?:begin\w*|start\w*|prefix\w*|scheme|redirect\w*|protocol|plain|instead of|rather than|of the form|rewr\w+|URLs)\b",
        )
    });
    let found = LOST.captures_iter(&line.text).find(|found| {
        let Some(bare) = found.name("bare") else { return true };
        !OF_SCHEMES.is_match(line.sentence(bare.start()))
    })?;
    let at = found.get(0)?.start();
    let sources = vec![reading.source(line, line.sentence(at)), Source::at(reading.report, Place::Form, "")];
    Some(Finding::new("L30", Level::Answer, "A link or an address is missing here.", sources))
}

/// L30: a link that leads nowhere, or elsewhere than its words say.
fn dead_links(reading: &Reading) -> Vec<Finding> {
    static WEB: LazyLock<Regex> = LazyLock::new(|| pattern(r"^(?i:https?)://(?P<host>[^\s/?#:@]+\.[^\s/?#:@]+)(?::\d+)?(?:[/?#]\S*)?$"));
    static OTHERS: LazyLock<Regex> = LazyLock::new(|| pattern(r"^(?i:mailto):[^\s@]+@[^\s@]+\.[^\s@]+$|^(?i:tel):\+?[\d().-]{5,}$"));
    // Each reader's own machine.
    static OWN_MACHINE: LazyLock<Regex> = LazyLock::new(|| pattern(r"^(?i:localhost|127(?:\.\d+){3}|0\.0\.0\.0)$"));
    let mut out = Vec::new();
    for section in &reading.report.sections {
        for (text, href) in section.body.links() {
            let place = Place::Section { section: section.id, line: None };
            let host =
                |link: &str| WEB.captures(link.trim()).map(|found| found["host"].to_lowercase().trim_start_matches("www.").to_owned());
            let real = host(href).filter(|real| !OWN_MACHINE.is_match(real));
            let message = if real.is_none() && !OTHERS.is_match(href.trim()) {
                format!("The link “{text}” leads nowhere.")
            } else if let (Some(shown), Some(real)) = (host(text), real)
                && shown != real
            {
                format!("The link says {shown} but leads to {real}.")
            } else {
                continue;
            };
            let sources = vec![Source::at(reading.report, place.clone(), text), Source::at(reading.report, place, href)];
            out.push(Finding::new("L30", Level::Answer, message, sources));
        }
    }
    out
}
