//! What a finding is known by, so that a reason given for it is found again. Always true: a key is made of the check, of the addresses of its
//! sources and of the words that stand there, and of nothing else; it outlives rows that move, text that comes before it and another language
//! of the window, and ends with the words it rests on.

use super::{Finding, Source};
use crate::address::Address;
use crate::report::Report;
use sha2::{Digest, Sha256};
use std::collections::HashMap;

/// How many bytes of a digest tell two findings of one check at one place apart.
const TOLD_APART: usize = 8;

/// Gives every finding its key. Two that say the same of the same place are numbered: accepting one is not accepting the other.
///
/// A reason given before keys were made so names the words for the places. It is still found, and its finding goes by that name.
pub(crate) fn give(report: &Report, findings: &mut [Finding]) {
    let keys = numbered(findings.iter().map(|finding| of(report, finding)));
    let named_by_words = report.accepted.iter().any(|accepted| accepted.finding.contains('='));
    let before = if named_by_words { numbered(findings.iter().map(by_words)) } else { Vec::new() };
    for (at, (finding, key)) in findings.iter_mut().zip(keys).enumerate() {
        let older = before.get(at).filter(|key| report.accepted.iter().any(|accepted| accepted.finding == **key));
        finding.key = older.cloned().unwrap_or(key);
    }
}

/// `L41:actions/01998…:0f3a…`: the check, where its sources stand, and a digest of what stands there.
fn of(report: &Report, finding: &Finding) -> String {
    let addresses: Vec<String> = finding.sources.iter().map(|source| address(report, source).to_string()).collect();
    let mut words = Sha256::new();
    for source in &finding.sources {
        words.update((source.text.len() as u64).to_be_bytes());
        words.update(&source.text);
    }
    let digest: String = words.finalize().iter().take(TOLD_APART).map(|byte| format!("{byte:02x}")).collect();
    format!("{}:{}:{digest}", finding.check, addresses.join("+"))
}

fn address(report: &Report, source: &Source) -> Address {
    Address::of(report, &source.place, source.row)
}

/// As keys were until 2026: the words for the places, and what stands there.
fn by_words(finding: &Finding) -> String {
    finding.sources.iter().fold(finding.check.clone(), |key, source| format!("{key}|{}={}", source.where_, source.text))
}

fn numbered(keys: impl Iterator<Item = String>) -> Vec<String> {
    let mut twins: HashMap<String, usize> = HashMap::new();
    let mut number = |key: String| {
        let nth = twins.entry(key.clone()).and_modify(|nth| *nth += 1).or_insert(1);
        if *nth > 1 { format!("{key}#{nth}") } else { key }
    };
    keys.map(&mut number).collect()
}
