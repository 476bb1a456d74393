//! The language a text is written in. Always true: it is set only where enough is written to be sure, and is then said as an assumption; a
//! language without data of its own (see `report::languages`) is named as one whose words are not known. Deliberately absent: dialects.

use crate::piece::{Piece, Shape};
use report::Report;
use report::papers::Assumption;
use std::collections::BTreeSet;

/// How many bytes are looked at: more make no one surer.
const LOOKED_AT: usize = 20_000;
/// Letters below which a text could be in many languages.
const FEWEST: usize = 120;

/// Codes of ISO 639-3 with the shorter ones that BCP 47 asks for.
const CODES: &[(&str, &str)] = &[
    ("ces", "cs"),
    ("cmn", "zh"),
    ("dan", "da"),
    ("ell", "el"),
    ("fin", "fi"),
    ("hun", "hu"),
    ("ita", "it"),
    ("jpn", "ja"),
    ("kor", "ko"),
    ("nld", "nl"),
    ("nob", "nb"),
    ("pol", "pl"),
    ("ron", "ro"),
    ("rus", "ru"),
    ("swe", "sv"),
    ("tur", "tr"),
    ("ukr", "uk"),
];

/// Sets the language of the report, and says so.
pub(crate) fn set(report: &mut Report, pieces: &[&Piece]) {
    let spoken = spoken(pieces);
    if spoken.is_none()
        && let Some((known, what)) = of_heads(pieces).map(|known| (known, "heads of the table")).or_else(|| of_words(pieces))
    {
        report.language.clone_from(&known.code);
        let words = format!("The {what} are {}; the text is taken to be so, too.", known.name);
        report.assumptions.push(Assumption { about: "language".to_owned(), words });
        return;
    }
    let Some(language) = spoken.filter(|language| *language != whatlang::Lang::Eng) else { return };
    let known = report::languages::all().iter().find(|known| known.name == language.eng_name());
    let others = CODES.iter().find(|(long, _)| *long == language.code()).map(|(_, code)| (*code).to_owned());
    if let Some(code) = known.map(|known| known.code.clone()).or(others) {
        report.language = code;
    }
    let words = match known {
        Some(known) => format!("The text is written in {}.", known.name),
        None => format!(
            "The text seems to be written in {}, whose headings, months and tables are not known here; look through what was placed.",
            language.eng_name()
        ),
    };
    report.assumptions.push(Assumption { about: "language".to_owned(), words });
}

/// The language that names the columns of a table, where no other does as well.
fn of_heads(pieces: &[&Piece]) -> Option<&'static report::languages::Language> {
    let cells = pieces.iter().find_map(|piece| piece.cells().filter(|cells| crate::columns::is_head(piece, cells)))?;
    let count = |language: &report::languages::Language| {
        let names = |cell: &&String| language.heads.values().flatten().any(|head| crate::columns::is_called(cell, head));
        cells.iter().filter(names).count()
    };
    let english = cells.iter().filter(|cell| crate::columns::is_english(cell)).count();
    let mut counted: Vec<_> = report::languages::all().iter().map(|language| (count(language), language)).collect();
    counted.sort_by_key(|(count, _)| std::cmp::Reverse(*count));
    match counted.as_slice() {
        [(most, language), (next, _), ..] if *most >= 2 && most > next && *most > english => Some(language),
        _ => None,
    }
}

/// The language of headings, months, weekdays and words for zones in a text too short to be told by its letters: two of them, or one where the
/// letters speak for the same language; and more than any other has.
fn of_words(pieces: &[&Piece]) -> Option<(&'static report::languages::Language, &'static str)> {
    const FEWEST_WORDS: usize = 2;
    let texts: Vec<String> =
        pieces.iter().filter(|piece| !matches!(piece.shape, Shape::Code | Shape::Named(_))).map(|piece| piece.text()).collect();
    if texts.iter().map(String::len).sum::<usize>() > LOOKED_AT {
        return None;
    }
    let words: BTreeSet<String> = texts
        .iter()
        .flat_map(|text| text.split(|c: char| !c.is_alphanumeric()))
        .filter(|word| word.chars().count() > 2)
        .map(str::to_lowercase)
        .collect();
    let lines: BTreeSet<String> =
        texts.iter().filter(|text| text.len() <= 80).map(|text| text.trim().trim_end_matches(':').to_lowercase()).collect();
    let count = |language: &report::languages::Language| {
        let headings = language.headings.values().chain(language.lessons.values()).flatten();
        let months = language.months.iter().chain(&language.weekdays).flatten().filter(|month| !is_english_month(month));
        let whole = headings.filter(|heading| lines.contains(&heading.to_lowercase())).count();
        let single = months.chain(language.zones.keys()).chain(&language.hours).filter(|word| words.contains(&word.to_lowercase()));
        let said = language.all_times.iter().filter(|says| lines.iter().any(|line| line.contains(&says.to_lowercase())));
        let titled = language.titles.iter().any(|title| lines.iter().any(|line| begins_with(line, &title.to_lowercase())));
        whole + single.count() + said.count() + usize::from(titled)
    };
    let english = lines.iter().filter(|line| crate::subject::is_english(line)).count();
    let mut counted: Vec<_> = report::languages::all().iter().map(|language| (count(language), language)).collect();
    counted.sort_by_key(|(count, _)| std::cmp::Reverse(*count));
    match counted.as_slice() {
        [(most, language), (next, _), ..] if *most > 0 && most > next && *most > english => {
            let agree = || whatlang::detect_lang(&texts.join("\n")).is_some_and(|seen| seen.eng_name() == language.name);
            (*most >= FEWEST_WORDS || agree()).then_some((*language, "headings and days"))
        }
        _ => None,
    }
}

/// Whether a line begins with words that another letter does not go on.
fn begins_with(line: &str, words: &str) -> bool {
    line.strip_prefix(words).is_some_and(|after| !after.starts_with(char::is_alphanumeric))
}

fn is_english_month(word: &str) -> bool {
    const MONTHS: [&str; 12] =
        ["january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november", "december"];
    let word = word.to_lowercase();
    MONTHS.iter().any(|month| *month == word || month.starts_with(&word) && word.len() <= 4)
}

fn spoken(pieces: &[&Piece]) -> Option<whatlang::Lang> {
    let mut text = String::new();
    for piece in pieces.iter().filter(|piece| !matches!(piece.shape, Shape::Code | Shape::Named(_))) {
        text.push_str(&piece.text());
        text.push('\n');
        if text.len() > LOOKED_AT {
            break;
        }
    }
    if text.chars().filter(|c| c.is_alphabetic()).count() < FEWEST {
        return None;
    }
    whatlang::detect(&text).filter(whatlang::Info::is_reliable).map(|info| info.lang())
}
