//! Turns of phrase found in a text, all of them in one pass. Always true: capitals do not count; where a phrase first stands is told, because
//! at the beginning it says more. Deliberately absent: what a phrase speaks for, which the forms know.

use aho_corasick::{AhoCorasick, MatchKind};
use std::collections::HashMap;

/// Some phrases, ready to be looked for.
pub(crate) struct Phrases {
    numbers: HashMap<String, usize>,
    finder: Option<AhoCorasick>,
}

/// Where the phrases first stand in a text, by their numbers.
pub(crate) struct Heard(Vec<Option<usize>>);

impl Phrases {
    pub fn new<'p>(phrases: impl Iterator<Item = &'p str>) -> Self {
        let mut numbers = HashMap::new();
        for phrase in phrases.filter(|phrase| !phrase.is_empty()) {
            let next = numbers.len();
            numbers.entry(phrase.to_lowercase()).or_insert(next);
        }
        let mut ordered: Vec<(&String, usize)> = numbers.iter().map(|(phrase, number)| (phrase, *number)).collect();
        ordered.sort_by_key(|(_, number)| *number);
        let finder = AhoCorasick::builder().match_kind(MatchKind::Standard).build(ordered.iter().map(|(phrase, _)| phrase.as_str())).ok();
        Self { numbers, finder }
    }

    /// What a text says of them.
    pub fn heard(&self, text: &str) -> Heard {
        let mut heard = Heard(vec![None; self.numbers.len()]);
        let lower = text.to_lowercase();
        for found in self.finder.iter().flat_map(|finder| finder.find_overlapping_iter(&lower)) {
            heard.0[found.pattern().as_usize()].get_or_insert(found.start());
        }
        heard
    }

    /// Where a phrase first stands.
    pub fn first(&self, heard: &Heard, phrase: &str) -> Option<usize> {
        heard.0[*self.numbers.get(&phrase.to_lowercase())?]
    }
}

impl Heard {
    /// Takes over what another text says, whatever the place.
    pub fn add(&mut self, other: &Heard) {
        self.0.iter_mut().zip(&other.0).for_each(|(mine, theirs)| *mine = mine.or(*theirs));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn phrases_are_found_where_they_first_stand_and_inside_each_other() {
        let phrases = Phrases::new(["we are sorry", "sorry", "refund"].into_iter());
        let heard = phrases.heard("Really, We Are Sorry. Sorry!");
        assert_eq!(phrases.first(&heard, "we are sorry"), Some(8));
        assert_eq!(phrases.first(&heard, "Sorry"), Some(15));
        assert_eq!((phrases.first(&heard, "refund"), phrases.first(&heard, "unknown")), (None, None));
    }
}
