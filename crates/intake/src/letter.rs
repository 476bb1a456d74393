//! The frame of a letter in a foreign text: place and date, salutation, closing words.

use report::moment::{self, Given};

/// Closing words that stand on a line of their own.
const CLOSINGS: &[&str] = &[
    "sincerely",
    "yours sincerely",
    "sincerely yours",
    "yours faithfully",
    "yours truly",
    "kind regards",
    "with kind regards",
    "best regards",
    "regards",
    "respectfully",
    "with apologies",
];
/// The same in other languages.
const OTHER_CLOSINGS: &[&str] = &[
    "mit freundlichen grüßen",
    "mit freundlichen grüssen",
    "freundliche grüße",
    "freundliche grüsse",
    "beste grüße",
    "viele grüße",
    "cordialement",
    "bien cordialement",
    "sincères salutations",
    "saludos cordiales",
    "un cordial saludo",
    "atentamente",
    "saludos",
    "com os melhores cumprimentos",
    "melhores cumprimentos",
    "atenciosamente",
];

/// Whether a line closes a letter.
pub(crate) fn is_closing(text: &str) -> bool {
    let line = text.trim().trim_end_matches([',', '.']).to_lowercase();
    CLOSINGS.contains(&line.as_str()) || OTHER_CLOSINGS.contains(&line.as_str())
}

/// Whether it does so in English, as the forms that are letters do.
pub(crate) fn is_english_closing(text: &str) -> bool {
    let line = text.trim().trim_end_matches([',', '.']).to_lowercase();
    CLOSINGS.contains(&line.as_str())
}

/// Whether a line greets the reader: "Dear customer,".
pub(crate) fn is_salutation(text: &str) -> bool {
    let line = text.trim();
    (line.starts_with("Dear ") || line.starts_with("To whom it may concern")) && line.chars().count() <= 80
}

/// Place and date of a line that holds nothing else: "Bergen, 12 March 2026", "Bergen 2026-03-12", "12 March 2026".
pub(crate) fn dateline(text: &str, given: Given) -> Option<(&str, &str)> {
    let text = text.trim();
    if text.chars().count() > 70 {
        return None;
    }
    let starts = std::iter::once(0).chain(text.char_indices().filter(|(_, c)| *c == ' ').map(|(at, _)| at + 1));
    starts.take(5).find_map(|start| {
        let (place, date) = text.split_at(start);
        let place = place.trim().trim_end_matches(" the").trim_end_matches(',').trim();
        let (_, rest) = moment::day(date, given)?;
        let sound = rest.trim().trim_matches('.').is_empty() && !place.contains(|c: char| c.is_ascii_digit());
        sound.then(|| (place, date.trim()))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_dateline_is_a_place_and_a_day_and_nothing_else() {
        for (line, read) in [
            ("Bergen, 12 March 2026", Some(("Bergen", "12 March 2026"))),
            ("Bergen 2026-03-12", Some(("Bergen", "2026-03-12"))),
            ("Le Havre, the 12 March 2026", Some(("Le Havre", "12 March 2026"))),
            ("2026-03-12", Some(("", "2026-03-12"))),
            ("On 12 March 2026 the pump stopped", None),
            ("Bergen", None),
        ] {
            assert_eq!(dateline(line, Given::default()), read, "{line}");
        }
    }

    #[test]
    fn closings_and_salutations_stand_alone() {
        assert!(is_closing("Yours sincerely,") && is_closing("Kind regards"));
        assert!(!is_closing("We sincerely apologise,") && !is_closing("Regards the pump"));
        assert!(is_salutation("Dear customer,") && !is_salutation("Oh dear, the pump"));
    }
}
