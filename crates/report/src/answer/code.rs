//! Codes, addresses and numbers by which something or somebody is known. Always true: what cannot be one is none, however likely it was meant.

/// Twenty letters and figures whose check digits are right (ISO 17442, by ISO 7064 MOD 97-10); blanks and hyphens between them and the word
/// LEI before them are passed over.
pub fn lei(text: &str) -> Option<String> {
    let upper = text.trim().trim_end_matches('.').to_uppercase();
    let code = upper.strip_prefix("LEI").map_or(upper.as_str(), |rest| rest.trim_start_matches([':', ' ', '\u{a0}']));
    let code = if code.len() < 20 { upper.as_str() } else { code };
    let lei: String = code.chars().filter(|c| !c.is_whitespace() && *c != '-').collect();
    let sound = lei.len() == 20 && lei.bytes().all(|b| b.is_ascii_alphanumeric()) && lei.bytes().skip(18).all(|b| b.is_ascii_digit());
    let rest = lei.chars().filter_map(|c| c.to_digit(36)).fold(0, |rest, value| (rest * if value < 10 { 10 } else { 100 } + value) % 97);
    (sound && rest == 1).then_some(lei)
}

/// Splits `INC000000731204` into its letters and its figures; anything else is not a numbered reference.
pub fn reference(text: &str) -> Option<(String, String)> {
    let split = text.find(|c: char| c.is_ascii_digit())?;
    let (prefix, digits) = text.split_at(split);
    let sound = !prefix.is_empty() && prefix.bytes().all(|b| b.is_ascii_alphabetic()) && digits.bytes().all(|b| b.is_ascii_digit());
    sound.then(|| (prefix.to_owned(), digits.to_owned()))
}

/// What a field for a reference says: `INC000000731204`, `INC-2291`, `MI/2026/031`, `#12345`, `INC 000000731204`, or several of them. The first
/// one, what stands before its last figures and those figures.
pub(super) fn references(text: &str) -> Option<(String, String)> {
    let parts = text
        .split(['\n', ',', ';'])
        .flat_map(|part| part.split(" and "))
        .flat_map(|part| part.split(" & "))
        .flat_map(|part| part.split(" / "));
    let mut read = parts.map(|part| one(part.trim().trim_end_matches('.'))).collect::<Option<Vec<_>>>()?.into_iter();
    read.next()
}

/// One word with figures, or a short word of letters with a blank before its figures.
fn one(text: &str) -> Option<(String, String)> {
    let words: Vec<&str> = text.split_whitespace().collect();
    let sign = |c: char| c.is_alphanumeric() || matches!(c, '-' | '/' | '_' | '.' | '#' | ':' | '+');
    let letters = |word: &str| (1..=6).contains(&word.len()) && word.chars().all(|c| c.is_ascii_uppercase() || c == '#' || c == '-');
    let sound = match words.as_slice() {
        [_] => true,
        [first, _] => letters(first),
        _ => false,
    };
    let whole = words.concat();
    let end = whole.rfind(|c: char| c.is_ascii_digit())? + 1;
    let start = whole[..end].rfind(|c: char| !c.is_ascii_digit()).map_or(0, |at| at + whole[at..].chars().next().map_or(1, char::len_utf8));
    (sound && whole.len() <= 64 && whole.chars().all(sign)).then(|| (whole[..start].to_owned(), whole[start..end].to_owned()))
}

/// One address: a name, "@" and a domain; `Name <name@domain.example>` and `mailto:` are passed over.
pub fn email(text: &str) -> Option<String> {
    let text = text.trim();
    let inside = text.strip_suffix('>').and_then(|text| text.rsplit_once('<')).map_or(text, |(_, inside)| inside);
    let address = inside.strip_prefix("mailto:").unwrap_or(inside).trim().trim_end_matches('.');
    let (name, domain) = address.split_once('@')?;
    let odd = |c: char| c.is_whitespace() || c.is_control() || "@,;:<>()[]\\\"".contains(c);
    let labels = |part: &str| part.split('.').all(|label| !label.is_empty());
    let last = domain.rsplit('.').next()?;
    let sound = labels(name)
        && labels(domain)
        && domain.contains('.')
        && !name.contains(odd)
        && domain
            .split('.')
            .all(|label| !label.starts_with('-') && !label.ends_with('-') && label.chars().all(|c| c.is_alphanumeric() || c == '-'))
        && last.chars().count() >= 2
        && last.chars().any(char::is_alphabetic)
        && address.len() <= 254;
    sound.then(|| address.to_owned())
}

/// A number to call: figures in groups, with "+" and brackets where people write them. Seven figures at least, fifteen at most (ITU-T E.164).
pub fn telephone(text: &str) -> Option<String> {
    let text = text.trim().trim_end_matches('.');
    let text = ["tel.", "tel:", "tel ", "phone:", "phone "]
        .iter()
        .find_map(|word| text.get(..word.len()).filter(|head| head.eq_ignore_ascii_case(word)).map(|_| &text[word.len()..]))
        .unwrap_or(text);
    let text = text.trim().replace("(0)", " ");
    let (plus, figures) = text.strip_prefix('+').map_or(("", text.as_str()), |rest| ("+", rest));
    if figures
        .contains(|c: char| !(c.is_ascii_digit() || matches!(c, ' ' | '\u{a0}' | '-' | '.' | '/' | '(' | ')' | '\u{2011}' | '\u{2013}')))
    {
        return None;
    }
    let groups: Vec<&str> = figures.split(|c: char| !c.is_ascii_digit()).filter(|group| !group.is_empty()).collect();
    let count: usize = groups.iter().map(|group| group.len()).sum();
    (7..=15).contains(&count).then(|| format!("{plus}{}", groups.join(" ")))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_lei_is_read_only_with_its_check_digits() {
        // Invented prefix and entity part; the check digits are computed for them.
        assert_eq!(lei("9695 00RAPPORTEUR 0 0 50").as_deref(), None, "nineteen characters are too few");
        assert_eq!(lei("969500RAPPORTEUR0000").as_deref(), None, "no right check digits");
        let body = "969500RAPPORTEUR00";
        let whole: Vec<String> = (2..=98).filter_map(|check| lei(&format!("{body}{check:02}"))).collect();
        assert_eq!(whole.len(), 1, "one pair of check digits fits: {whole:?}");
        assert_eq!(lei(&whole[0].to_lowercase()).as_ref(), Some(&whole[0]));
    }

    #[test]
    fn a_reference_is_told_apart_from_words() {
        assert_eq!(references("MI-2026-031"), Some(("MI-2026-".into(), "031".into())));
        assert_eq!(references("PBI000000146077 and PBI000000146078"), Some(("PBI".into(), "000000146077".into())));
        assert_eq!(references("the one from Tuesday 5"), None);
    }
}
