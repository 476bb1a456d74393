//! Numbers and sums of money as people type them. Always true: a sign that is read is accounted for, in the number, by the form, or on the
//! page; what would be lost in print ("about", a unit that is not the form's) is not read.

use crate::template::{Field, FieldType};

/// Reads `41200`, `41,200`, `41 200`, `4.2 %`, `4,2`, `-3.5`, `1.234,56`. A comma before exactly three figures groups; any other is a decimal
/// comma.
pub fn number(text: &str) -> Option<String> {
    plain(text.trim().trim_end_matches('%').trim_end())
}

fn plain(text: &str) -> Option<String> {
    let text = text.replace('\u{2212}', "-");
    let (sign, figures) = text.strip_prefix('-').map_or(("", text.strip_prefix('+').unwrap_or(&text)), |rest| ("-", rest));
    let figures = figures.replace(['\u{a0}', '\u{202f}', '\u{2009}', '\'', '\u{2019}'], " ");
    let count = |sign: char| figures.matches(sign).count();
    let (points, commas) = (count('.'), count(','));
    // Of both signs the last divides off the decimals; a sign that stands twice groups.
    let decimal = match (points, commas) {
        (1, 0) => Some('.'),
        (0, 1) => Some(',').filter(|_| figures.rsplit(',').next().is_some_and(|fraction| fraction.len() != 3)),
        (1, _) if figures.rfind('.') > figures.rfind(',') => Some('.'),
        (_, 1) if figures.rfind(',') > figures.rfind('.') => Some(','),
        _ => None,
    };
    let (whole, fraction) = match decimal.and_then(|sign| figures.split_once(sign)) {
        Some(("", fraction)) => ("0", fraction),
        Some(parts) => parts,
        None => (figures.as_str(), "0"),
    };
    if points > 0 && commas > 0 && decimal.is_none() {
        return None;
    }
    let groups: Vec<&str> = whole.split([',', '.', ' ']).collect();
    let grouped = groups.len() == 1 || groups[1..].iter().all(|group| group.len() == 3) && (1..=3).contains(&groups[0].len());
    let all_figures = |part: &str| !part.is_empty() && part.bytes().all(|b| b.is_ascii_digit());
    if !grouped || !groups.iter().all(|group| all_figures(group)) || !all_figures(fraction) {
        return None;
    }
    let (whole, fraction) = (groups.concat(), fraction.trim_end_matches('0'));
    let whole = match whole.trim_start_matches('0') {
        "" => "0",
        rest => rest,
    };
    let point = if fraction.is_empty() { "" } else { "." };
    Some(format!("{sign}{whole}{point}{fraction}"))
}

/// What a number field says, in its unit. A share lies between 0 and 100 per cent; what is counted, which has no unit, is whole and not below
/// nothing.
pub(super) fn count(text: &str, field: &Field) -> Option<String> {
    let text = text.replace(['\u{a0}', '\u{202f}'], " ");
    let text = text.trim().trim_end_matches('.');
    let text = if says(&field.label, &["approximate", "estimate"]) { without_about(text) } else { text };
    let read = match field.unit.as_deref() {
        Some("%") => scaled(without_suffix(text, &["%", "percent", "per cent", "pct"])),
        Some(unit) => scaled(without_suffix(text, &[unit])),
        None => scaled(text).or_else(|| scaled(without_words_of(text, &field.label))),
    }?;
    let value: f64 = read.parse().ok()?;
    let sound = match field.unit.as_deref() {
        Some("%") => (0.0..=100.0).contains(&value),
        Some(_) => true,
        None => value >= 0.0 && value.fract() == 0.0,
    };
    sound.then_some(read)
}

/// What an amount in thousands says: `870`, `SEK 870`, `870 thousand`, `1.2 million`, `870k`. A currency is read only where the form names it
/// elsewhere, so that it prints.
pub(super) fn thousands(text: &str, field: &Field) -> Option<String> {
    let text = text.replace(['\u{a0}', '\u{202f}'], " ");
    let text = text.trim().trim_end_matches('.');
    let (text, scale) = match (currency(text), &field.currency) {
        (Some(typed), Some(_)) => (typed.rest, typed.scale),
        _ => (text.to_owned(), None),
    };
    let (text, scale) = match scale {
        Some(scale) => (text, scale),
        None => {
            let (figures, scale) = scale_behind(&text, &["m"]);
            (figures.to_owned(), scale.unwrap_or(3))
        }
    };
    let read = plain(&text).or_else(|| Some(number_in_words(&text)?.to_string()))?;
    Some(shifted(&read, scale - 3))
}

/// Figures with the words behind them that multiply, or a number in words.
fn scaled(text: &str) -> Option<String> {
    let (figures, scale) = scale_behind(text, &[]);
    let read = plain(figures).or_else(|| Some(number_in_words(figures)?.to_string()))?;
    Some(shifted(&read, scale.unwrap_or(0)))
}

/// "1.2 million": the figures, and how many noughts the word stands for.
fn scale_behind<'a>(text: &'a str, millions: &[&str]) -> (&'a str, Option<i32>) {
    let at = text.rfind(|c: char| c.is_ascii_digit() || c == ' ').map_or(0, |at| at + 1);
    let (figures, word) = (text[..at].trim_end(), text[at..].to_lowercase());
    let scale = match word.as_str() {
        "k" | "thousand" | "tsd" => Some(3),
        "million" | "millions" | "mio" | "mn" => Some(6),
        "billion" | "bn" => Some(9),
        word if millions.contains(&word) => Some(6),
        _ => None,
    };
    if scale.is_some() && !figures.is_empty() { (figures, scale) } else { (text, None) }
}

/// The number with its point moved: to the right for a positive count of places.
fn shifted(number: &str, places: i32) -> String {
    let (sign, figures) = number.strip_prefix('-').map_or(("", number), |rest| ("-", rest));
    let (whole, fraction) = figures.split_once('.').unwrap_or((figures, ""));
    let count = places.unsigned_abs() as usize;
    let (whole, fraction) = if places >= 0 {
        let fraction = format!("{fraction:0<count$}");
        (format!("{whole}{}", &fraction[..count]), fraction[count..].to_owned())
    } else {
        let whole = format!("{whole:0>width$}", width = count + 1);
        let at = whole.len() - count;
        (whole[..at].to_owned(), format!("{}{fraction}", &whole[at..]))
    };
    let (whole, fraction) = (whole.trim_start_matches('0'), fraction.trim_end_matches('0'));
    let (whole, point) = (if whole.is_empty() { "0" } else { whole }, if fraction.is_empty() { "" } else { "." });
    format!("{sign}{whole}{point}{fraction}")
}

struct Typed {
    /// The code, where the sign stands for one currency.
    code: Option<&'static str>,
    /// How many noughts a letter before it stands for ("kSEK").
    scale: Option<i32>,
    rest: String,
}

const CURRENCIES: [(&str, Option<&str>); 24] = [
    ("EUR", Some("EUR")),
    ("BGN", Some("BGN")),
    ("CZK", Some("CZK")),
    ("DKK", Some("DKK")),
    ("HUF", Some("HUF")),
    ("PLN", Some("PLN")),
    ("RON", Some("RON")),
    ("ISK", Some("ISK")),
    ("CHF", Some("CHF")),
    ("NOK", Some("NOK")),
    ("SEK", Some("SEK")),
    ("GBP", Some("GBP")),
    ("USD", Some("USD")),
    ("€", Some("EUR")),
    ("£", Some("GBP")),
    ("$", None),
    ("euros", Some("EUR")),
    ("euro", Some("EUR")),
    ("pounds", Some("GBP")),
    ("dollars", None),
    ("kronor", None),
    ("kroner", None),
    ("kr.", None),
    ("kr", None),
];

/// The currency before or behind an amount.
fn currency(text: &str) -> Option<Typed> {
    let ends = |end: &str| if end.is_empty() { Some(None) } else { scale_letter(end).map(Some) };
    CURRENCIES.iter().find_map(|(sign, code)| {
        let found = |scale: Option<i32>, rest: &str| Some(Typed { code: *code, scale, rest: rest.trim().to_owned() });
        let at = find_ignoring_case(text, sign)?;
        let (before, after) = (&text[..at], &text[at + sign.len()..]);
        let is_word = sign.starts_with(|c: char| c.is_ascii_alphabetic());
        if let (Some(scale), true) = (ends(before), !is_word || !after.starts_with(char::is_alphabetic)) {
            return found(scale, after);
        }
        // "870 kSEK": the letter stands at the word's head.
        let (rest, letter) = before.rsplit_once(' ').unwrap_or((before, ""));
        match ends(letter) {
            Some(scale) if after.is_empty() => found(scale, rest),
            _ if after.is_empty() && !(is_word && before.ends_with(char::is_alphabetic)) => found(None, before),
            _ => None,
        }
    })
}

fn find_ignoring_case(text: &str, sign: &str) -> Option<usize> {
    text.char_indices().map(|(at, _)| at).find(|at| text.get(*at..*at + sign.len()).is_some_and(|there| there.eq_ignore_ascii_case(sign)))
}

fn scale_letter(letter: &str) -> Option<i32> {
    match letter {
        "k" | "K" | "T" => Some(3),
        "M" | "m" => Some(6),
        _ => None,
    }
}

/// The code of the currency that was typed with an amount, where its sign stands for one.
pub(crate) fn currency_typed(text: &str) -> Option<&'static str> {
    currency(text.trim().trim_end_matches('.'))?.code
}

fn without_suffix<'a>(text: &'a str, suffixes: &[&str]) -> &'a str {
    let cut = |suffix: &&str| {
        let at = text.len().checked_sub(suffix.len())?;
        text.get(at..).filter(|end| end.eq_ignore_ascii_case(suffix)).map(|_| text[..at].trim_end())
    };
    suffixes.iter().find_map(cut).unwrap_or(text)
}

/// "612 certificates" where the label counts certificates.
fn without_words_of<'a>(text: &'a str, label: &str) -> &'a str {
    // Blanks may part the thousands as well as the words.
    let Some(words) = text.find(|c: char| c.is_alphabetic()).filter(|at| text[..*at].ends_with(char::is_whitespace)) else { return text };
    let in_label = |word: &str| word.len() > 2 && says(label, &[&word.to_lowercase()]);
    if text[words..].split_whitespace().all(in_label) { text[..words].trim_end() } else { text }
}

fn says(label: &str, words: &[&str]) -> bool {
    let label = label.to_lowercase();
    words.iter().any(|word| label.contains(word))
}

/// Where the label itself says that the number is approximate.
fn without_about(text: &str) -> &str {
    const ABOUT: [&str; 11] =
        ["about ", "approximately ", "approx. ", "approx ", "around ", "roughly ", "circa ", "ca. ", "c. ", "some ", "an estimated "];
    let folded = text.to_lowercase();
    let word = ABOUT.iter().find(|word| folded.starts_with(**word));
    word.map_or(text, |word| &text[word.len()..]).trim_start_matches(['~', '\u{2248}', ' '])
}

/// "None", "twelve", "twenty-five": numbers in words, up to ninety-nine.
pub(crate) fn number_in_words(text: &str) -> Option<i64> {
    const ONES: [&str; 20] = [
        "zero",
        "one",
        "two",
        "three",
        "four",
        "five",
        "six",
        "seven",
        "eight",
        "nine",
        "ten",
        "eleven",
        "twelve",
        "thirteen",
        "fourteen",
        "fifteen",
        "sixteen",
        "seventeen",
        "eighteen",
        "nineteen",
    ];
    const TENS: [&str; 8] = ["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"];
    let text = text.to_lowercase();
    let at = |list: &[&str], word: &str| list.iter().position(|known| *known == word).and_then(|at| i64::try_from(at).ok());
    if matches!(text.as_str(), "none" | "nil") {
        return Some(0);
    }
    let tens = |word: &str| at(&TENS, word).map(|at| (at + 2) * 10);
    at(&ONES, &text).or_else(|| tens(&text)).or_else(|| {
        let (first, second) = text.split_once(['-', ' '])?;
        Some(tens(first)? + at(&ONES, second).filter(|one| (1..10).contains(one))?)
    })
}

/// A number as printed: thousands apart, its unit or its thousands and currency behind it ("41 200", "4.2 %", "1 240 thousand EUR").
pub(crate) fn number_words(number: &str, field: &Field, currency: Option<&str>) -> String {
    let (sign, figures) = number.strip_prefix('-').map_or(("", number), |rest| ("\u{2212}", rest));
    let (whole, fraction) = figures.split_once('.').map_or((figures, String::new()), |(whole, rest)| (whole, format!(".{rest}")));
    let first = whole.len() % 3;
    let groups = (first > 0).then(|| &whole[..first]).into_iter().chain((first..whole.len()).step_by(3).map(|at| &whole[at..at + 3]));
    // Four figures stay together, as in running text.
    let whole = if whole.len() > 4 { groups.collect::<Vec<_>>().join("\u{a0}") } else { whole.to_owned() };
    let unit = match (field.kind, &field.unit) {
        (FieldType::Amount, _) => format!("\u{a0}thousand{}", currency.map(|currency| format!("\u{a0}{currency}")).unwrap_or_default()),
        (_, Some(unit)) => format!("\u{a0}{unit}"),
        (_, None) => String::new(),
    };
    format!("{sign}{whole}{fraction}{unit}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_read_as_people_write_them() {
        for (text, read) in [
            ("41200", Some("41200")),
            ("41,200", Some("41200")),
            ("1\u{a0}234\u{a0}567", Some("1234567")),
            ("1’234’567", Some("1234567")),
            ("1.234.567", Some("1234567")),
            ("1.234,56", Some("1234.56")),
            ("1,234,567.8", Some("1234567.8")),
            ("4.20 %", Some("4.2")),
            ("4,2", Some("4.2")),
            ("1,234.5", Some("1234.5")),
            ("-0.50", Some("-0.5")),
            ("+5", Some("5")),
            (".5", Some("0.5")),
            ("007", Some("7")),
            ("about 40", None),
            ("1,2345,67", None),
            ("1.2.3", None),
            ("1,234.567,8", None),
            ("12 34", None),
            ("4.", None),
            ("", None),
        ] {
            assert_eq!(number(text).as_deref(), read, "{text}");
        }
    }

    #[test]
    fn nobody_counts_half_a_person() {
        let form = crate::catalogue::find("gdpr-33").expect("a shipped form");
        let field = form.field("subjects_number").expect("a field of it");
        for (text, read) in [
            ("3.5", None),
            ("218,40", None),
            ("-2", None),
            ("1.5 million", Some("1500000")),
            ("about 1,340", Some("1340")),
            ("7", Some("7")),
        ] {
            assert_eq!(count(text, field).as_deref(), read, "{text}");
        }
    }

    #[test]
    fn a_point_moves_by_as_many_places_as_it_is_told() {
        for (number, places, moved) in
            [("1.2", 6, "1200000"), ("870", -3, "0.87"), ("-1.25", 1, "-12.5"), ("0.5", 0, "0.5"), ("41000", -3, "41")]
        {
            assert_eq!(shifted(number, places), moved, "{number} {places}");
        }
    }

    #[test]
    fn a_currency_is_told_by_its_code_or_its_sign() {
        for (text, code) in [("SEK 870", Some("SEK")), ("870 kSEK", Some("SEK")), ("€870", Some("EUR")), ("870 kr", None), ("870", None)]
        {
            assert_eq!(currency_typed(text), code, "{text}");
        }
    }
}
