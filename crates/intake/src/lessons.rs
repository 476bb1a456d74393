//! Lessons as people mark them: "Good." and "Bad." before a sentence, "What went well" above a list.

use crate::subject;
use crate::to::LessonRank;

/// The kind a sentence is marked with, and how many bytes the mark takes up: "Good. The alarm rang".
pub(crate) fn marked(text: &str) -> Option<(LessonRank, usize)> {
    let end = text.find(['.', ':', '–', '—'])?;
    let kind = kind(&text[..end])?;
    let rest = text[end..].trim_start_matches(|c: char| ".:–—".contains(c) || c.is_whitespace());
    (!rest.is_empty()).then(|| (kind, text.len() - rest.len()))
}

/// The kind of the lessons under a heading: "What went well".
pub(crate) fn head(text: &str) -> Option<LessonRank> {
    kind(text.trim().trim_end_matches([':', '?', '.']))
}

fn kind(words: &str) -> Option<LessonRank> {
    subject::of_lessons(&words.trim().trim_matches('*').replace('’', "'"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_and_heads_say_the_kind() {
        assert_eq!(marked("Good. The alarm rang."), Some((LessonRank::Good, 6)));
        assert_eq!(marked("Bad: nobody heard it"), Some((LessonRank::Bad, 5)));
        assert_eq!(head("What went well?"), Some(LessonRank::Good));
        assert_eq!(head("Where we got lucky"), Some(LessonRank::Lucky));
        for other in ["Good alarms rang.", "Bad.", "The good. And more", ""] {
            assert_eq!(marked(other), None, "{other}");
        }
    }
}
