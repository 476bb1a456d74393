//! Language tags (BCP 47, RFC 5646), as a PDF names the language it is read out in.

/// Whether a text is a well-formed language tag ("en-GB", "de").
pub fn is_tag(text: &str) -> bool {
    oxilangtag::LanguageTag::parse(text).is_ok()
}

#[cfg(test)]
mod tests {
    #[test]
    fn tags_are_told_from_words() {
        for tag in ["en", "en-GB", "de-CH-1996", "zh-Hant-TW", "sr-Latn", "x-ours"] {
            assert!(super::is_tag(tag), "{tag}");
        }
        for text in ["", "zz-notalang-", "English, British", "en_GB", "e", "en--GB", "-en"] {
            assert!(!super::is_tag(text), "{text}");
        }
    }
}
