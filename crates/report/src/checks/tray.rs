//! Words that wait in the tray (P02, a rule of our own): in the report, and not on its pages. Always true: filing waits until each is
//! placed or dropped, or somebody says why the report may go without them; other words in the tray ask again.

use crate::finding::{Finding, Level, Source};
use crate::place::Place;
use crate::report::Report;

/// The check's name, by which filing knows it (see [`Finding::stops_filing`]).
pub(crate) const WORDS_WAIT: &str = "P02";
/// How many letters of the waiting words are shown; an acceptance is for these and for the count.
const SHOWN: usize = 300;

pub(super) fn check(report: &Report, findings: &mut Vec<Finding>) {
    let waiting: Vec<&str> = report.unplaced.iter().map(|piece| piece.text.trim()).filter(|text| !text.is_empty()).collect();
    if waiting.is_empty() {
        return;
    }
    let words = waiting.iter().map(|text| count(text)).sum();
    let how_many = format!("{} in {}", counted(words, "word"), counted(waiting.len(), "text"));
    let (are, them, they) = if words == 1 { ("is", "it", "it") } else { ("are", "them", "they") };
    let still = counted(words, "word");
    let message = format!(
        "{still} {are} still in the tray and would be missing from the filed report. Place {them}, or say why {they} may be left out."
    );
    let sources = vec![
        Source::at(report, Place::Tray, shown(&waiting.join(" … "))),
        Source::outside(Place::Form.words(report), Place::Form, how_many),
    ];
    findings.push(Finding::new(WORDS_WAIT, Level::Answer, message, sources));
}

/// The finding, as long as nobody has answered for the words.
pub(crate) fn unanswered(report: &Report) -> Option<Finding> {
    let mut findings = Vec::new();
    check(report, &mut findings);
    crate::finding::key::give(report, &mut findings);
    findings.into_iter().find(|finding| report.accepted.iter().all(|accepted| accepted.finding != finding.key))
}

/// A word is a run of letters and figures.
fn count(text: &str) -> usize {
    text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).count()
}

fn counted(number: usize, one: &str) -> String {
    if number == 1 { format!("1 {one}") } else { format!("{number} {one}s") }
}

fn shown(text: &str) -> String {
    match text.char_indices().nth(SHOWN) {
        Some((end, _)) => format!("{}…", &text[..end]),
        None => text.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::super::ReadyReport;
    use super::super::support::sample;
    use crate::ids::{CountedIds, UnplacedId};
    use crate::outgoing::Outgoing;
    use crate::papers::{Accepted, Unplaced};
    use crate::place::Place;
    use crate::report::Report;

    fn with(texts: &[&str]) -> Report {
        let mut report = sample();
        let mut ids = CountedIds(1);
        let unplaced = |text: &&str| Unplaced { id: UnplacedId::new(&mut ids), text: (*text).to_owned(), source: String::new() };
        report.unplaced = texts.iter().map(unplaced).collect();
        report
    }

    #[test]
    fn filing_waits_for_an_answer_and_asks_again_when_other_words_wait() {
        let mut report = with(&["More words"]);
        let refused = ReadyReport::new(report.clone()).expect_err("words wait");
        let accepted =
            Accepted { finding: refused[0].key.clone(), reason: "Said in the summary".into(), by: String::new(), at: String::new() };
        report.accepted.push(accepted);
        assert!(ReadyReport::new(report.clone()).is_ok());
        report.unplaced[0].text = "Other words".into();
        assert!(ReadyReport::new(report.clone()).is_err());
        report.unplaced.clear();
        assert!(ReadyReport::new(report).is_ok());
    }

    #[test]
    fn another_format_is_not_handed_in_either_while_words_wait() {
        let mut report = crate::catalogue::sample("dora-initial").expect("a shipped sample");
        assert!(Outgoing::Ir12.write(&report).is_ok());
        report.unplaced = with(&["More words"]).unplaced;
        let missing = Outgoing::Ir12.write(&report).expect_err("words wait");
        assert!(missing.len() == 1 && missing[0].place == Place::Tray && missing[0].message.starts_with("2 words"), "{missing:?}");
        let key = super::unanswered(&report).expect("it is open").key;
        report.accepted.push(Accepted { finding: key, reason: "Hearsay".into(), by: String::new(), at: String::new() });
        assert!(Outgoing::Ir12.write(&report).is_ok());
    }

    #[test]
    fn a_long_text_is_shown_by_its_beginning_and_still_counts_whole() {
        let found = super::super::check(&with(&["wörd ".repeat(400).as_str()]));
        assert!(found[0].message.starts_with("400 words") && found[0].sources[0].text.chars().count() <= 301, "{found:?}");
        let longer = super::super::check(&with(&["wörd ".repeat(401).as_str()]));
        assert_ne!(found[0].key, longer[0].key);
    }
}
