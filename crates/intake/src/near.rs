//! Whether two headings or labels say the same: "TimeLine" and "Timeline", "Further Planned\Required Action" and "Further planned/required
//! actions". Always true: short words must agree exactly, long ones may differ by a slip of the pen.

use std::collections::HashMap;

/// The words of a heading as compared: lower case, no punctuation, no number before it, no plural at the end of a word.
pub(crate) fn bare(text: &str) -> String {
    let text = without_number(text.trim());
    let words = text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
    let folded = words.map(|word| {
        let word = word.to_lowercase();
        let singular = word.strip_suffix('s').filter(|stem| stem.len() > 3 && !stem.ends_with('s')).map(str::to_owned);
        singular.unwrap_or(word)
    });
    folded.collect()
}

/// How much alike two bare texts are, from 0 to 1; 0 where they are certainly not the same.
pub(crate) fn alike(one: &str, other: &str) -> f64 {
    if one == other {
        return if one.is_empty() { 0.0 } else { 1.0 };
    }
    let (shorter, longer) = (one.chars().count().min(other.chars().count()), one.chars().count().max(other.chars().count()));
    if shorter < 6 || longer - shorter > longer / 6 {
        return 0.0;
    }
    // Most texts are compared with most headings and have nothing to do with them: counting letters says so sooner than the slips do.
    #[expect(clippy::cast_precision_loss, reason = "letters of a line")]
    let at_best = 1.0 - f64::from(apart(one, other)) / longer as f64;
    if at_best < SAME {
        return 0.0;
    }
    strsim::normalized_damerau_levenshtein(one, other)
}

/// The fewest slips that can lie between two texts: the letters that one of them has and the other lacks.
fn apart(one: &str, other: &str) -> u32 {
    // Letters that share a place here hide a difference and never make one up.
    let mut surplus = [0_i32; 64];
    one.chars().for_each(|c| surplus[c as usize % 64] += 1);
    other.chars().for_each(|c| surplus[c as usize % 64] -= 1);
    let sum = |wanted: fn(&&i32) -> bool| surplus.iter().filter(wanted).map(|count| count.unsigned_abs()).sum::<u32>();
    sum(|count| **count > 0).max(sum(|count| **count < 0))
}

/// Bare names to be found again, each with the number of what it names.
#[derive(Debug, Default)]
pub(crate) struct Names {
    exact: HashMap<String, usize>,
    list: Vec<(String, usize, usize)>,
}

impl Names {
    /// Adds a name for what has that number.
    pub fn add(&mut self, name: String, number: usize) {
        self.list.push((name.clone(), name.chars().count(), number));
        self.exact.insert(name, number);
    }

    /// What a bare text names most nearly, where it names anything.
    pub fn find(&self, text: &str) -> Option<usize> {
        if let Some(number) = self.exact.get(text).filter(|_| !text.is_empty()) {
            return Some(*number);
        }
        let length = text.chars().count();
        let may_be = |other: usize| length.min(other) >= 6 && length.abs_diff(other) <= length.max(other) / 6;
        let near = self.list.iter().filter(|(_, length, _)| may_be(*length)).map(|(name, _, number)| (alike(name, text), *number));
        near.filter(|(score, _)| *score >= SAME).max_by(|one, other| one.0.total_cmp(&other.0)).map(|(_, number)| number)
    }

    /// Whether a name stands there as it is.
    pub fn has(&self, name: &str) -> bool {
        self.exact.contains_key(name)
    }
}

/// From where on two texts count as the same.
pub(crate) const SAME: f64 = 0.86;

/// "1. ", "2.3 ", "Section 4: ", "A) " before a heading.
fn without_number(text: &str) -> &str {
    let rest = text.strip_prefix("Section ").or_else(|| text.strip_prefix("SECTION ")).unwrap_or(text);
    let end = rest.find(|c: char| !(c.is_ascii_digit() || c == '.')).unwrap_or(rest.len());
    let (number, after) = rest.split_at(end);
    let after = after.strip_prefix([')', ':']).unwrap_or(after);
    let sound = !number.is_empty() && number.starts_with(|c: char| c.is_ascii_digit()) && number.len() <= 6;
    if sound && after.starts_with(char::is_whitespace) && after.contains(char::is_alphabetic) { after.trim_start() } else { text }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn near_headings_are_the_same_and_others_are_not() {
        for (one, other, same) in [
            ("TimeLine", "Timeline", true),
            ("Further Planned\\Required Action", "Further planned/required actions", true),
            ("3. Root Cause", "Root causes", true),
            ("Section 2: Impact", "IMPACT", true),
            ("Resoluton", "Resolution", true),
            ("Date/ Time Incident reported", "Date/Time incident reported", true),
            ("Impact", "Import", false),
            ("Detection", "Resolution", false),
            ("Summary", "Non-technical summary", false),
            ("Action", "Actions taken", false),
            ("", "", false),
        ] {
            assert_eq!(alike(&bare(one), &bare(other)) >= SAME, same, "{one} / {other}");
        }
    }

    #[test]
    fn no_fewer_slips_lie_between_two_texts_than_letters_they_do_not_share() {
        for (one, other) in
            [("resolution", "resoluton"), ("impact", "import"), ("timeline", "emitlnei"), ("furtheraction", "zeitachse"), ("", "abc")]
        {
            assert!(apart(one, other) as usize <= strsim::damerau_levenshtein(one, other), "{one} / {other}");
        }
    }
}
