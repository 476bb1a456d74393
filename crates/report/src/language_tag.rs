//! Language tags (BCP 47, RFC 5646), as a PDF names the language it is read out in.

/// Whether a text is a well-formed language tag ("en-GB", "de"). RFC 5646 keeps room for languages of four to eight letters and none was ever
/// registered: "English" is a word.
pub fn is_tag(text: &str) -> bool {
    let language = text.split('-').next().unwrap_or_default();
    language.len() <= 3 && oxilangtag::LanguageTag::parse(text).is_ok()
}

#[cfg(test)]
mod tests {
    #[test]
    fn tags_are_told_from_words() {
        for tag in ["en", "en-GB", "de-CH-1996", "zh-Hant-TW", "sr-Latn", "x-ours"] {
            assert!(super::is_tag(tag), "{tag}");
        }
        for text in ["", "zz-notalang-", "English", "deutsch", "English, British", "en_GB", "e", "en--GB", "-en"] {
            assert!(!super::is_tag(text), "{text}");
        }
    }
}
