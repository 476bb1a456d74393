//! The line that says who may read a report. Always true: its words are kept as they stand; only labels of TLP 2.0 are known by name.

use crate::near::{SAME, alike, bare};
use crate::piece::{Piece, Shape};
use report::Template;
use report::papers::{Marking, TlpLabel};

/// Words that, on the last line or in a page's edge, say who may read it.
const WORDS: &[&str] = &[
    "controlled",
    "confidential",
    "restricted",
    "internal use",
    "internal only",
    "official",
    "sensitive",
    "classified",
    "not for distribution",
    "distribution:",
    "secret",
    "(green)",
    "(amber)",
    "(red)",
    "(white)",
];

/// Whether a piece is the marking.
pub(crate) fn is_marking(piece: &Piece, text: &str, template: &Template, last: bool) -> bool {
    if text.is_empty() || text.chars().count() > 90 || !(piece.is_text() || matches!(piece.shape, Shape::Edge | Shape::Heading(_))) {
        return false;
    }
    if tlp(text).is_some() {
        return true;
    }
    if let Some(Marking::Words { text: own }) = template.marking.as_ref().and_then(|rule| rule.default.as_ref())
        && alike(&bare(own), &bare(text)) >= SAME
    {
        return true;
    }
    let lower = text.to_lowercase();
    let edge = matches!(piece.shape, Shape::Edge) || last;
    edge && !text.ends_with('.') && WORDS.iter().any(|word| lower.contains(word))
}

/// The marking that a line states.
pub(crate) fn read(text: &str) -> Marking {
    tlp(text).map_or_else(|| Marking::Words { text: text.trim().to_owned() }, |label| Marking::Tlp { label })
}

fn tlp(text: &str) -> Option<TlpLabel> {
    let label: String = text.trim().chars().filter(|c| !c.is_whitespace()).collect::<String>().to_uppercase();
    Some(match label.strip_prefix("TLP:").or_else(|| label.strip_prefix("TLP"))? {
        "RED" => TlpLabel::Red,
        "AMBER+STRICT" => TlpLabel::AmberStrict,
        "AMBER" => TlpLabel::Amber,
        "GREEN" => TlpLabel::Green,
        "CLEAR" => TlpLabel::Clear,
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::Line;

    fn is(text: &str, last: bool) -> bool {
        let piece = Piece { block: 0, line: 0, shape: Shape::Text, words: Line::plain(text), after_gap: true, indent: 0 };
        is_marking(&piece, text, report::catalogue::find("sec-h9-summary").expect("it ships"), last)
    }

    #[test]
    fn a_marking_is_known_by_its_words_or_by_its_place() {
        assert!(is("TLP:AMBER+STRICT", false) && is("tlp: green", false));
        assert!(is("DCC Controlled – SEC Parties (GREEN)", false));
        assert!(is("Harbour Board – Confidential", true) && !is("Harbour Board – Confidential", false));
        assert!(!is("The controlled shutdown began.", true));
        assert_eq!(read("TLP: green"), Marking::Tlp { label: TlpLabel::Green });
    }
}
