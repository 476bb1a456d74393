//! Targets as lengths of time: by how much one was missed. Always true: only two lengths that can be read are compared, and a promise of
//! anything else ("99.9 %") is left to the reader.

use crate::papers::Target;
use crate::when;

/// Words before a promised length that do not change it: each means "at most".
const AT_MOST: [&str; 10] =
    ["within", "in", "under", "below", "at most", "up to", "not more than", "no more than", "no later than", "less than"];

impl Target {
    /// Minutes by which the promise was overrun; zero or less where it was kept. None where the two cannot be compared.
    pub fn over_by(&self) -> Option<i64> {
        Some(when::minutes(&self.actual)? - when::minutes(without_bound(&self.target))?)
    }
}

fn without_bound(words: &str) -> &str {
    let words = words.trim();
    let bare = |bound: &&str| {
        let head = words.get(..bound.len())?;
        let rest = words.get(bound.len()..)?;
        (head.eq_ignore_ascii_case(bound) && rest.starts_with(char::is_whitespace)).then(|| rest.trim())
    };
    AT_MOST.iter().find_map(bare).unwrap_or(words)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ids::{CountedIds, TargetId};

    fn over(target: &str, actual: &str) -> Option<i64> {
        let id = TargetId::new(&mut CountedIds(0));
        Target { id, measure: "Full service".into(), target: target.into(), actual: actual.into() }.over_by()
    }

    #[test]
    fn a_promise_is_held_against_what_was_reached() {
        assert_eq!(over("within 15 min", "22 min"), Some(7));
        assert_eq!(over("5 h", "4 h 51 min"), Some(-9));
        assert_eq!(over("No later than 2 h", "2:00"), Some(0));
        assert_eq!(over("less than 1 h", "about an hour"), None, "what cannot be read is not judged");
        assert_eq!(over("99.9 %", "99.7 %"), None);
        assert_eq!(over("within", ""), None);
    }
}
