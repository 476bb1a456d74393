//! The ledger of words: what a text says, counted. Always true: a word is a run of letters and figures; bullets, dashes and marks are none.

use std::collections::BTreeMap;

/// The words of a text in order.
pub(crate) fn words(text: &str) -> impl Iterator<Item = &str> {
    text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty())
}

/// How many words a text has.
pub(crate) fn count(text: &str) -> usize {
    words(text).count()
}

/// Words with how often each stands there.
pub type Multiset = BTreeMap<String, usize>;

/// Every word of some texts, counted.
pub fn multiset<'a>(texts: impl IntoIterator<Item = &'a str>) -> Multiset {
    let mut all = Multiset::new();
    for text in texts {
        for word in words(text) {
            *all.entry(word.to_owned()).or_default() += 1;
        }
    }
    all
}

/// The words of `needed` that `there` lacks, with how many are missing.
pub fn lacking(needed: &Multiset, there: &Multiset) -> Multiset {
    let short = |(word, count): (&String, &usize)| {
        let missing = count.saturating_sub(there.get(word).copied().unwrap_or(0));
        (missing > 0).then(|| (word.clone(), missing))
    };
    needed.iter().filter_map(short).collect()
}
