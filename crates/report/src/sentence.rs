//! Words at the beginning of a sentence or of a heading.

/// The same words with a capital first letter.
pub fn capital(words: &str) -> String {
    let mut letters = words.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}

#[cfg(test)]
mod tests {
    #[test]
    fn only_the_first_letter_changes() {
        for (words, begun) in [("", ""), ("évènement tardif", "Évènement tardif"), ("14 rows", "14 rows"), ("DCC", "DCC")] {
            assert_eq!(super::capital(words), begun);
        }
    }
}
