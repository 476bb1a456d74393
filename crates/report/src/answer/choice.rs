//! Options of a form as people name them: one a line, or several in one line where every part names one.

use crate::template::Field;

pub(super) fn yes_no(text: &str) -> Option<bool> {
    match text.trim_end_matches(['.', '!']).to_lowercase().as_str() {
        "y" | "yes" | "true" => Some(true),
        "n" | "no" | "false" => Some(false),
        _ => None,
    }
}

/// The options named; none where a part of the text names no option.
pub(super) fn options(text: &str, field: &Field) -> Option<Vec<String>> {
    let lines = text.lines().map(str::trim).filter(|line| !line.is_empty());
    let named: Vec<Vec<String>> = lines.map(|line| in_line(line, field)).collect::<Option<_>>()?;
    let mut options: Vec<String> = Vec::new();
    for option in named.into_iter().flatten() {
        if !options.contains(&option) {
            options.push(option);
        }
    }
    (!options.is_empty()).then_some(options)
}

/// A label may hold a comma itself: the whole line first, then its parts.
fn in_line(line: &str, field: &Field) -> Option<Vec<String>> {
    let line = line.trim_start_matches(['-', '*', '\u{2022}', '\u{2013}', ' ']);
    let key = |text: &str| field.option(text.trim()).map(|option| option.key.clone());
    if let Some(one) = key(line) {
        return Some(vec![one]);
    }
    let parts = |sign: &str| line.split(sign).filter(|part| !part.trim().is_empty()).map(key).collect::<Option<Vec<_>>>();
    [";", ",", " / ", "/", " and "].iter().filter(|sign| line.contains(**sign)).find_map(|sign| parts(sign)).or_else(|| {
        // "Austria, Belgium and Croatia".
        let (first, last) = line.rsplit_once(" and ").or_else(|| line.rsplit_once(" & "))?;
        let mut all = first.split(',').filter(|part| !part.trim().is_empty()).map(key).collect::<Option<Vec<_>>>()?;
        all.push(key(last)?);
        Some(all)
    })
}
