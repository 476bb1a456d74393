//! What a character that no bundled face draws belongs to, in a reader's words: "Arabic letters", "emoji".

use icu_properties::{
    CodePointMapData, CodePointSetData, PropertyNamesLong,
    props::{Emoji, Script},
};

/// The words for what a character belongs to; none for a sign that all scripts share or that leans on another ("´" above a letter).
#[must_use]
pub fn script_words(character: char) -> Option<String> {
    let script = CodePointMapData::<Script>::new().get(character);
    match script {
        Script::Han => Some("Chinese characters".to_owned()),
        Script::Hiragana | Script::Katakana => Some("Japanese characters".to_owned()),
        Script::Hangul => Some("Korean letters".to_owned()),
        Script::Common if !character.is_ascii() && CodePointSetData::new::<Emoji>().contains(character) => Some("Emoji".to_owned()),
        Script::Common | Script::Inherited | Script::Unknown => None,
        script => PropertyNamesLong::<Script>::new().get(script).map(|name| format!("{} letters", name.replace('_', " "))),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_script_is_named_as_a_reader_would() {
        for (character, words) in [
            ('ق', Some("Arabic letters")),
            ('停', Some("Chinese characters")),
            ('ひ', Some("Japanese characters")),
            ('한', Some("Korean letters")),
            ('ש', Some("Hebrew letters")),
            ('अ', Some("Devanagari letters")),
            ('🚒', Some("Emoji")),
            ('⛑', Some("Emoji")),
            ('\u{64b}', None),
            ('\u{7}', None),
        ] {
            assert_eq!(script_words(character).as_deref(), words, "{character}");
        }
    }
}
