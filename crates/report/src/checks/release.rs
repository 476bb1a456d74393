//! What leaves the house: the spelling of TLP labels (L58), a label wider than what it covers (L59), pictures without words (L60),
//! remains of editing (L61), who signs (L62).

use super::reading::{Line, Reading};
use crate::edit::{Change, Edit};
use crate::finding::{Finding, Level, Source};
use crate::mentions::pattern;
use crate::papers::{Marking, TlpLabel};
use crate::place::Place;
use crate::template::Audience;
use regex::Regex;
use std::sync::LazyLock;

pub(super) fn check(reading: &Reading, findings: &mut Vec<Finding>) {
    findings.extend(misspelt_marking(reading));
    findings.extend(figures(reading));
    findings.extend(signatures(reading));
    findings.extend(attachments(reading));
    for line in reading.told() {
        findings.extend(misspelt(reading, line));
        findings.extend(wider(reading, line));
    }
    for line in &reading.lines {
        findings.extend(remains(reading, line));
    }
}

/// FIRST, TLP 2.0: no space in a label, capitals; WHITE is of version 1.0.
static LABELS: LazyLock<Regex> =
    LazyLock::new(|| pattern(r"(?i)\bTLP(?P<sign>[\s:_-]{0,3})(?P<colour>RED|AMBER|GREEN|CLEAR|WHITE)(?P<strict>[\s+_-]{0,3}STRICT)?\b"));

/// The label meant, where it is not spelt as it should be.
fn meant(text: &str) -> Option<(&str, TlpLabel)> {
    LABELS.captures_iter(text).find_map(|found| {
        let label = match &found["colour"].to_uppercase()[..] {
            "RED" => TlpLabel::Red,
            "AMBER" if found.name("strict").is_some() => TlpLabel::AmberStrict,
            "AMBER" => TlpLabel::Amber,
            "GREEN" => TlpLabel::Green,
            _ => TlpLabel::Clear,
        };
        let whole = found.get(0)?.as_str();
        (whole != label.words() && !(found["sign"].is_empty())).then_some((whole, label))
    })
}

/// L58, in the marking.
fn misspelt_marking(reading: &Reading) -> Option<Finding> {
    let report = reading.report;
    let (at, text, label) = report.markings.iter().enumerate().find_map(|(at, marking)| match marking {
        Marking::Words { text } => LABELS.is_match(text).then(|| meant(text).map(|(_, label)| (at, text, label))).flatten(),
        Marking::Tlp { .. } => None,
    })?;
    let message = format!("“{text}” should be written {}.", label.words());
    let sources = vec![Source::at(report, Place::Marking, text.clone()), Source::outside("TLP 2.0", Place::Form, label.words())];
    let edit = Edit::Markings { change: Change::Replace { at, item: Marking::Tlp { label } } };
    Some(Finding::new("L58", Level::Answer, message, sources).with_fix(format!("Mark it {}", label.words()), edit))
}

/// L58, in the text.
fn misspelt(reading: &Reading, line: &Line) -> Option<Finding> {
    static NO_LABEL: LazyLock<Regex> = LazyLock::new(|| pattern(r"\bTLP\s?:\s?(?P<colour>[A-Z]{3,})\b"));
    const COLOURS: [&str; 5] = ["RED", "AMBER", "GREEN", "CLEAR", "WHITE"];
    let Some((words, label)) = meant(&line.text) else {
        let found = NO_LABEL.captures_iter(&line.text).find(|found| !COLOURS.contains(&&found["colour"]))?.get(0)?;
        let message = format!("“{}” is not a TLP 2.0 label: the labels are RED, AMBER, AMBER+STRICT, GREEN and CLEAR.", found.as_str());
        let sources = vec![reading.meant(line, found.range()), Source::at(reading.report, Place::Form, "TLP 2.0")];
        return Some(Finding::new("L58", Level::Note, message, sources));
    };
    let message = format!("“{words}” should be written {}.", label.words());
    let tlp = Source::outside("TLP 2.0", Place::Form, label.words());
    Some(Finding::new("L58", Level::Note, message, vec![reading.source(line, line.sentence(line.text.find(words)?)), tlp]))
}

/// L59: what an attacker may read is for anybody to read.
fn wider(reading: &Reading, line: &Line) -> Option<Finding> {
    static INDICATOR: LazyLock<Regex> = LazyLock::new(|| {
        pattern(r"(?i)\bhxxps?://\S+|\b\d{1,3}(?:\[\.\]|\[dot\]|\(\.\))\d{1,3}|\b[\w-]+(?:\[\.\]|\[dot\]|\(\.\))[a-z]{2,}\b")
    });
    // The hash of an attached file, and of a certificate, is no indicator.
    static HASH: LazyLock<Regex> = LazyLock::new(|| pattern(r"(?i)\b(?:[0-9a-f]{64}|[0-9a-f]{40}|[0-9a-f]{32})\b"));
    static OF_AN_ATTACK: LazyLock<Regex> = LazyLock::new(|| {
        pattern(
            r"(?i)\b(?:malware|malicious|attack\w*|trojan|ransom\w*|implant|payload|dropper|iocs?|indicators?|compromise|backdoor|web ?shell|threat|phishing|intruder)\b",
        )
    });
    let report = reading.report;
    let open = report.markings.iter().any(|marking| matches!(marking, Marking::Tlp { label: TlpLabel::Clear }));
    let hash = || HASH.find(&line.text).filter(|found| OF_AN_ATTACK.is_match(line.sentence(found.start())));
    let found = INDICATOR.find(&line.text).or_else(hash).filter(|_| open)?;
    let sources = vec![reading.meant(line, found.range()), Source::at(report, Place::Marking, TlpLabel::Clear.words())];
    let message = "There is an indicator of an attack in a report that anybody may pass on.";
    Some(Finding::new("L59", Level::Answer, message, sources))
}

/// L60: a picture that was not found, or that a reader who cannot see it cannot read.
fn figures(reading: &Reading) -> Vec<Finding> {
    let report = reading.report;
    let mut out = Vec::new();
    for section in &report.sections {
        for (figure, caption) in section.body.captions() {
            let place = Place::Section { section: section.id, line: None };
            let file = figure.attachment.and_then(|id| report.attachments.iter().find(|file| file.id == id));
            let (message, name) = match file {
                // An import that did not find it has kept where it lay.
                None if is_path(&caption) => {
                    (format!("The picture “{caption}” is not in the report; add it, or take its place out."), caption)
                }
                None => ("A picture is missing here; add it, or remove its placeholder.".to_owned(), String::new()),
                Some(file) if says_nothing(&figure.alt, &file.name) => {
                    (format!("The picture “{}” has no description for readers who cannot see it.", file.name), file.name.clone())
                }
                Some(_) => continue,
            };
            let sources = vec![Source::at(report, place, name), Source::at(report, Place::Form, "")];
            out.push(Finding::new("L60", Level::Answer, message, sources));
        }
    }
    out
}

/// Whether words are the path or the address of a file.
fn is_path(words: &str) -> bool {
    let words = words.trim();
    !words.is_empty() && !words.contains(char::is_whitespace) && words.contains(['/', '.', '\\'])
}

/// Whether a picture's words are none: blank, a file's name, or only that it is a picture.
fn says_nothing(alt: &str, file: &str) -> bool {
    static NO_WORDS: LazyLock<Regex> = LazyLock::new(|| {
        pattern(
            r"(?i)^(?:\S+\.(?:png|jpe?g|gif|svg|webp|bmp|tiff?)|(?:an? )?(?:image|picture|photo|screen ?shot|graph|chart|diagram|figure)(?: \d+)?\.?)?$",
        )
    });
    let alt = alt.trim();
    alt == file || NO_WORDS.is_match(alt)
}

/// L61: what editing and comparing leave in a text.
fn remains(reading: &Reading, line: &Line) -> Option<Finding> {
    static REMAINS: LazyLock<Regex> = LazyLock::new(|| {
        pattern(concat!(
            r"(?i)\bthis line was (?:added|removed)[.\])]?\s*$|\bformatting was changed\b|\bversions compared\b",
            r"|\bcommented \[[a-z]{1,4}\d+\]|^comment \[[a-z]{1,4}\d+\]:|^formatted: (?:font|indent|left|normal|bulleted|space|heading)"
        ))
    });
    let hidden = |c: char| matches!(c, '\u{200b}' | '\u{2060}' | '\u{feff}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{e0000}'..='\u{e007f}');
    let message = if let Some(found) = REMAINS.find(&line.text) {
        format!("“{}” is left over from editing.", found.as_str().trim())
    } else if line.text.contains(hidden) {
        "There are invisible characters here.".to_owned()
    } else {
        return None;
    };
    let sources = vec![reading.source(line, &line.text), Source::at(reading.report, Place::Form, "")];
    Some(Finding::new("L61", Level::Answer, message, sources))
}

/// L61: an office file carries who wrote what, and what was struck out.
fn attachments(reading: &Reading) -> Option<Finding> {
    let report = reading.report;
    let outside = matches!(report.audience(), Audience::Public | Audience::Customers);
    let office = |name: &str| {
        [".docx", ".doc", ".docm", ".xlsx", ".xls", ".xlsm", ".pptx", ".ppt", ".odt", ".ods", ".odp"]
            .iter()
            .any(|ending| name.to_lowercase().ends_with(ending))
    };
    let (row, file) = report.attachments.iter().enumerate().find(|(_, file)| file.evidence && office(&file.name)).filter(|_| outside)?;
    let message = format!("“{}” may contain names, comments and deleted text; attach a PDF of it instead.", file.name);
    let sources = vec![Source::at(report, Place::Evidence, file.name.clone()).in_row(row), Source::at(report, Place::Form, "")];
    Some(Finding::new("L61", Level::Note, message, sources))
}

/// L62.
fn signatures(reading: &Reading) -> Vec<Finding> {
    let report = reading.report;
    let mut out = Vec::new();
    let nobody = report.signatories.iter().all(|signatory| signatory.person.name.trim().is_empty());
    let form = |text: &str| Source::at(report, Place::Form, text);
    if nobody && !report.template.signatories.is_empty() {
        let parts = report.template.signatories.join(", ");
        let sources = vec![form(&parts), Source::at(report, Place::Signatures, "")];
        out.push(Finding::new("L62", Level::Answer, "Nobody is named who answers for the report.", sources));
    }
    for (row, signatory) in report.signatories.iter().enumerate().filter(|(_, signatory)| !signatory.person.name.trim().is_empty()) {
        if signatory.person.role.trim().is_empty() {
            let name = signatory.person.name.trim();
            let sources = vec![Source::at(report, Place::Signatures, name).in_row(row), form(&signatory.part)];
            out.push(Finding::new("L62", Level::Answer, format!("{name} signs, but it does not say in what role."), sources));
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::super::support::{fires, sample, with_text};
    use super::*;
    use crate::rich::{Block, FigureAttrs};

    #[test]
    fn a_label_in_words_becomes_the_label() {
        let mut report = sample();
        report.markings.push(Marking::Words { text: "TLP: WHITE".into() });
        let fix = super::super::check(&report).into_iter().find(|f| f.check == "L58").and_then(|f| f.fix).expect("it can be mended");
        let mended = report.apply(&fix.edit).expect("it fits").report;
        assert_eq!(mended.markings[1], Marking::Tlp { label: TlpLabel::Clear });
    }

    #[test]
    fn pictures_are_there_and_have_words() {
        let with = |attachment: bool, alt: &str| {
            let mut report = sample();
            let attachment = attachment.then(|| report.attachments[0].id);
            report.sections[0].body.0.push(Block::Figure { attrs: FigureAttrs { attachment, alt: alt.into() }, content: Vec::new() });
            report
        };
        assert!(fires(&with(false, ""), "L60") && fires(&with(false, "A rack"), "L60") && fires(&with(true, " "), "L60"));
        assert!(fires(&with(true, "IMG_2041.png"), "L60") && fires(&with(true, "Screenshot 2"), "L60"));
        assert!(!fires(&with(true, "Refused connections rise from 21:52"), "L60"));
        assert!(!fires(&sample(), "L60") && !fires(&with_text("Figure 1 shows nothing"), "L60"));
    }
}
