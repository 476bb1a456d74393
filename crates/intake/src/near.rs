//! Whether two headings or labels say the same: "TimeLine" and "Timeline", "Further Planned\Required Action" and "Further planned/required
//! actions". Always true: short words must agree exactly, long ones may differ by a slip of the pen.

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

/// How much alike two bare texts are, from 0 to 1.
pub(crate) fn alike(one: &str, other: &str) -> f64 {
    if one == other {
        return if one.is_empty() { 0.0 } else { 1.0 };
    }
    let (shorter, longer) = (one.chars().count().min(other.chars().count()), one.chars().count().max(other.chars().count()));
    if shorter < 6 || longer - shorter > longer / 6 {
        return 0.0;
    }
    strsim::normalized_damerau_levenshtein(one, other)
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
}
