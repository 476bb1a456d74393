//! What the file of a report is called. Always true: a name is short, says which report, form and version it is, each once, and has nothing
//! that a file system, a mail gateway or a spreadsheet of a reader stumbles over.

use report::Report;

/// So many characters at most are taken of a title, at the end of a word.
const TITLE: usize = 48;
/// So many bytes at most has a name before its ending: file systems take 255, and a further word may follow.
const NAME: usize = 160;

/// The file name offered: reference, form, version: "INC000000912044 SEC H9 v1.0.pdf".
pub fn file_name(report: &Report) -> String {
    format!("{}.pdf", stem(report))
}

/// The same without its ending. A report without a reference goes by its title, one without either by its form and the day of the incident.
pub fn stem(report: &Report) -> String {
    let form = form_words(&report.template.short_title);
    let lead = match report.reference() {
        Some(reference) => safe(reference),
        None => cut(&safe(&report.title), TITLE),
    };
    let day = report.first_moment().map(|moment| moment.date().to_string()).filter(|_| lead.is_empty());
    let version = safe(&report.version);
    let version = (!version.is_empty()).then(|| format!("v{version}"));
    let named = lead.to_lowercase().contains(&form.to_lowercase());
    let parts = [Some(lead.clone()), (!named).then_some(form), day, version];
    let name = parts.into_iter().flatten().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" ");
    let name = cut_bytes(&name, NAME);
    if is_reserved(&name) { format!("Report {name}") } else { name }
}

/// The form in a few words: "SEC H9 summary" is SEC H9, whatever kind of paper it is.
fn form_words(short_title: &str) -> String {
    let safe = safe(short_title);
    let words: Vec<&str> = safe.split(' ').collect();
    match words.as_slice() {
        [rest @ .., last] if rest.len() > 1 && ["summary", "report", "notification", "letter"].contains(&last.to_lowercase().as_str()) => {
            rest.join(" ")
        }
        words => words.join(" "),
    }
}

/// Letters, figures and a few signs; every other sign parts words. No word begins or ends with a full stop, as "..", which leads elsewhere.
fn safe(words: &str) -> String {
    let plain: String = words.chars().map(|c| if c.is_alphanumeric() || " ._-()".contains(c) { c } else { ' ' }).collect();
    let words = plain.split_whitespace().map(|word| word.trim_start_matches(['.', '-'])).filter(|word| !word.is_empty());
    words.collect::<Vec<_>>().join(" ").trim_end_matches(['.', ' ']).to_owned()
}

/// As many whole words as fit; of one that is longer, its beginning.
fn cut(words: &str, most: usize) -> String {
    if words.chars().count() <= most {
        return words.to_owned();
    }
    let begun: String = words.chars().take(most + 1).collect();
    let whole = begun.rfind(' ').filter(|at| *at > most / 2).map_or(begun.as_str(), |at| &begun[..at]);
    whole.trim_end_matches(['.', ' ', '-']).to_owned()
}

fn cut_bytes(name: &str, most: usize) -> String {
    let mut end = name.len().min(most);
    while !name.is_char_boundary(end) {
        end -= 1;
    }
    name[..end].trim_end_matches(['.', ' ']).to_owned()
}

/// Names of devices that Windows takes for no file, whatever follows the full stop.
fn is_reserved(name: &str) -> bool {
    let first = name.split('.').next().unwrap_or_default().trim().to_ascii_uppercase();
    let numbered = |device: &str| first.strip_prefix(device).is_some_and(|n| n.len() == 1 && n.chars().all(|c| c.is_ascii_digit()));
    ["CON", "PRN", "AUX", "NUL"].contains(&first.as_str()) || numbered("COM") || numbered("LPT") || first.is_empty()
}

#[cfg(test)]
mod tests {
    use super::*;
    use report::ids::CountedIds;

    fn blank(form: &str) -> Report {
        Report::begin(report::catalogue::find(form).expect("a shipped form"), &mut CountedIds(0))
    }

    #[test]
    fn a_name_says_reference_form_and_version_each_once() {
        let mut report = report::catalogue::sample("sec-h9-summary").expect("a shipped sample");
        assert_eq!(file_name(&report), "INC000000731204 SEC H9 v1.0.pdf");
        report.version = "../2:<final>".into();
        assert_eq!(file_name(&report), "INC000000731204 SEC H9 v2 final.pdf");
        assert_eq!(file_name(&blank("sec-h9-summary")), "SEC H9 v1.0.pdf", "no form stands twice");
        let titled = Report { title: "SEC H9 summary: top-ups not delivered".into(), ..blank("sec-h9-summary") };
        assert_eq!(file_name(&titled), "SEC H9 summary top-ups not delivered v1.0.pdf");
    }

    #[test]
    fn a_long_title_ends_at_a_word_and_every_form_gives_a_short_name() {
        let title = "Customers of two acquirers could not pay by card for most of an afternoon in October".to_owned();
        let report = Report { title, ..blank("rfo") };
        assert_eq!(file_name(&report), "Customers of two acquirers could not pay by card Reason for outage v1.0.pdf");
        for form in report::catalogue::all() {
            let name = file_name(&blank(&form.id));
            assert!(name.len() < 60 && name.matches("v1.0").count() == 1, "{name}");
        }
    }

    #[test]
    fn no_name_offends_a_file_system() {
        for title in ["CON", "a/b\\c:d*e?f\"g<h>i|j\u{7}", "...", "  ", "~$x", "年次報告 🚒", "ü".repeat(300).as_str()] {
            let name = file_name(&Report { title: title.to_owned(), ..blank("rfo") });
            assert!(!name.contains(['/', '\\', ':', '*', '?', '"', '<', '>', '|', '\u{7}', '$']), "{name}");
            assert!(!name.starts_with(['.', ' ', '-']) && name.len() < 200 && !name.contains(" .pdf") && !name.contains("..pdf"), "{name}");
        }
        assert!(is_reserved("con") && is_reserved("COM1.x") && !is_reserved("Console") && !is_reserved("COM10"));
    }
}
