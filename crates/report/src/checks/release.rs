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
    let message = format!("“{text}” is written {}.", label.words());
    let sources = vec![
        Source::at(report, Place::Marking, text.clone()),
        Source { text: label.words().into(), where_: "TLP 2.0".into(), place: Place::Form, row: None },
    ];
    let edit = Edit::Markings { change: Change::Replace { at, item: Marking::Tlp { label } } };
    Some(Finding::new("L58", Level::Answer, message, sources).with_fix(format!("Mark it {}", label.words()), edit))
}

/// L58, in the text.
fn misspelt(reading: &Reading, line: &Line) -> Option<Finding> {
    let (words, label) = meant(&line.text)?;
    let message = format!("“{words}” is written {}.", label.words());
    let tlp = Source { text: label.words().into(), where_: "TLP 2.0".into(), place: Place::Form, row: None };
    Some(Finding::new("L58", Level::Note, message, vec![reading.source(line, line.sentence(line.text.find(words)?)), tlp]))
}

/// L59: what an attacker may read is for anybody to read.
fn wider(reading: &Reading, line: &Line) -> Option<Finding> {
    static INDICATOR: LazyLock<Regex> = LazyLock::new(|| {
        pattern(concat!(
            r"(?i)\bhxxps?://\S+|\b\d{1,3}\[\.\]\d{1,3}|\b[\w-]+\[\.\][a-z]{2,}\b",
            r"|\b(?:SHA-?(?:1|256)|MD5|hash|IoC|indicator)\b[^.\n]{0,40}\b(?:[0-9a-f]{32}|[0-9a-f]{40}|[0-9a-f]{64})\b"
        ))
    });
    let report = reading.report;
    let open = report.markings.iter().any(|marking| matches!(marking, Marking::Tlp { label: TlpLabel::Clear }));
    let found = INDICATOR.find(&line.text).filter(|_| open)?;
    let sources = vec![reading.source(line, line.sentence(found.start())), Source::at(report, Place::Marking, TlpLabel::Clear.words())];
    let message = "An indicator of an attack stands in a report that anybody may pass on.";
    Some(Finding::new("L59", Level::Answer, message, sources))
}

/// L60: a picture that was not found, or that a reader who cannot see it cannot read.
fn figures(reading: &Reading) -> Vec<Finding> {
    let report = reading.report;
    let mut out = Vec::new();
    for section in &report.sections {
        for figure in section.body.figures() {
            let place = Place::Section { section: section.id, line: None };
            let file = figure.attachment.and_then(|id| report.attachments.iter().find(|file| file.id == id));
            let (message, name) = match file {
                None => ("A picture is missing here; put it in, or take its place out.".to_owned(), String::new()),
                Some(file) if figure.alt.trim().is_empty() => {
                    (format!("The picture “{}” has no words for those who cannot see it.", file.name), file.name.clone())
                }
                Some(_) => continue,
            };
            let sources = vec![Source::at(report, place, name), Source::at(report, Place::Form, "")];
            out.push(Finding::new("L60", Level::Answer, message, sources));
        }
    }
    out
}

/// L61: what editing and comparing leave in a text.
fn remains(reading: &Reading, line: &Line) -> Option<Finding> {
    static REMAINS: LazyLock<Regex> = LazyLock::new(|| {
        pattern(
            r"(?i)\b(?:this line was (?:added|removed)|formatting was changed|versions compared|commented \[[a-z]{1,4}\d+\]|^comment \[[a-z]{1,4}\d+\]:)",
        )
    });
    let hidden = |c: char| matches!(c, '\u{200b}' | '\u{2060}' | '\u{feff}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{e0000}'..='\u{e007f}');
    let message = if let Some(found) = REMAINS.find(&line.text) {
        format!("“{}” is left from editing.", found.as_str().trim())
    } else if line.text.contains(hidden) {
        "There are characters here that nobody sees.".to_owned()
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
    let office =
        |name: &str| [".docx", ".doc", ".xlsx", ".xls", ".pptx", ".odt"].iter().any(|ending| name.to_lowercase().ends_with(ending));
    let (row, file) = report.attachments.iter().enumerate().find(|(_, file)| file.evidence && office(&file.name)).filter(|_| outside)?;
    let message = format!("“{}” may carry names, comments and struck-out words; attach a PDF of it instead.", file.name);
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
            out.push(Finding::new("L62", Level::Answer, format!("{name} signs without saying as what."), sources));
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::super::support::{fires, questioned, sample, unquestioned, with_text};
    use super::*;
    use crate::report::Report;
    use crate::rich::{Block, FigureAttrs};

    const NONE: [&str; 0] = [];

    #[test]
    fn labels_are_spelt_as_first_spells_them() {
        assert_eq!(unquestioned("L58", &["sent as TLP: RED", "marked tlp:amber", "under TLP:WHITE", "TLP AMBER STRICT"]), NONE);
        assert_eq!(
            questioned("L58", &["sent as TLP:RED", "TLP:AMBER+STRICT applies", "the TLP protocol; amber light", "DCC (GREEN)"]),
            NONE
        );
        let mut report = sample();
        report.markings.push(Marking::Words { text: "TLP: WHITE".into() });
        let fix = super::super::check(&report).into_iter().find(|f| f.check == "L58").and_then(|f| f.fix).expect("it can be mended");
        let mended = report.apply(&fix.edit).expect("it fits").report;
        assert_eq!(mended.markings[1], Marking::Tlp { label: TlpLabel::Clear });
    }

    #[test]
    fn indicators_are_not_for_everybody() {
        let clear = |text: &str, label| {
            let mut report = with_text(text);
            report.markings = vec![Marking::Tlp { label }];
            fires(&report, "L59")
        };
        let hash = "2d3b71d1ed24a76bc44e5849a08558866f2166f2853830e8927a161d514bef68";
        for text in ["from hxxps://bad.example/x", "from 203.0.113[.]7", &format!("malware with SHA-256 {hash}")] {
            assert!(clear(text, TlpLabel::Clear), "{text}");
            assert!(!clear(text, TlpLabel::Amber), "{text}");
        }
        for text in ["see https://docs.example/x", "no indicator of compromise was found", "node 203.0.113.7"] {
            assert!(!clear(text, TlpLabel::Clear), "{text}");
        }
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
        assert!(!fires(&with(true, "Refused connections rise from 21:52"), "L60"));
        assert!(!fires(&sample(), "L60") && !fires(&with_text("Figure 1 shows nothing"), "L60"));
    }

    #[test]
    fn nothing_is_left_of_editing() {
        assert_eq!(unquestioned("L61", &["This line was added.", "a\u{200b}b", "Commented [AB1]: why?"]), NONE);
        assert_eq!(
            questioned("L61", &["A line was added to the run book.", "naïve café", "The old key was deleted: it had expired."]),
            NONE
        );
        let mut report = sample();
        report.attachments[0].name = "notes.docx".into();
        assert!(!fires(&report, "L61"), "the regulator may have it");
        report.audience = Some(Audience::Public);
        assert!(fires(&report, "L61"));
    }

    #[test]
    fn who_signs_says_as_what() {
        let with = |change: fn(&mut Report)| {
            let mut report = sample();
            change(&mut report);
            fires(&report, "L62")
        };
        assert!(with(|report| report.signatories[0].person.role.clear()));
        assert!(with(|report| report.signatories.iter_mut().for_each(|s| s.person.name.clear())));
        assert!(with(|report| report.signatories.clear()));
        assert!(with(|report| report.signatories[0].person.role = "  ".into()));
        assert!(!with(|_| {}));
        assert!(!with(|report| report.signatories.truncate(1)));
        assert!(!with(|report| {
            report.signatories.clear();
            report.template.signatories.clear();
        }));
    }
}
