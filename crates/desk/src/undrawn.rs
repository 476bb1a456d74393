//! Characters that paper cannot draw (P01): one finding for each script, with every place where its words stand. Always true: whatever
//! prints is looked at, the title and the headings too; what is said to print is what prints; filing waits until it is answered.

use report::ids::SectionId;
use report::{Finding, Level, Place, Report, Source, checks::NOT_DRAWN};
use std::ops::Range;

/// The row of a paper, where there is one.
type Row = Option<usize>;

pub(crate) fn check(report: &Report) -> Vec<Finding> {
    let mut scripts: Vec<(String, Vec<Found>)> = Vec::new();
    for (place, row, text) in printed(report) {
        for run in runs(&text) {
            let at = scripts.iter().position(|(script, _)| *script == run.script).unwrap_or_else(|| {
                scripts.push((run.script.clone(), Vec::new()));
                scripts.len() - 1
            });
            let all = &mut scripts[at].1;
            if !all.iter().any(|other| (&other.place, other.row, &other.run.words) == (&place, row, &run.words)) {
                all.push(Found { place: place.clone(), row, run });
            }
        }
    }
    scripts.into_iter().filter_map(|(script, found)| finding(report, &script, found)).collect()
}

/// Words of one script, and where they stand.
struct Found {
    place: Place,
    row: Row,
    run: Run,
}

/// A run of characters of one script that paper cannot draw.
struct Run {
    script: String,
    words: String,
    first: char,
    /// The words about it, and where in them it stands, in UTF-16 units.
    around: String,
    span: (usize, usize),
}

fn finding(report: &Report, script: &str, found: Vec<Found>) -> Option<Finding> {
    const MOST_NAMED: usize = 3;
    let mut words: Vec<&str> = Vec::new();
    for Found { run, .. } in &found {
        if !words.contains(&run.words.as_str()) {
            words.push(&run.words);
        }
    }
    let first = &found.first()?.run;
    let named = words.iter().take(MOST_NAMED).map(|words| format!("“{}”", shortened(words))).collect::<Vec<_>>().join(", ");
    let more = match words.len().saturating_sub(MOST_NAMED) {
        0 => String::new(),
        n => format!(" and {n} more"),
    };
    let code = format!("[U+{:04X}]", u32::from(first.first));
    let one = words.len() == 1 && first.words.chars().count() == 1;
    let prints =
        if one { format!("On paper it stands as its code, {code}.") } else { format!("On paper each stands as its code, such as {code}.") };
    let message = format!("{script} cannot be printed: {named}{more}. {prints}");
    let codes: String =
        first.words.chars().take(4).map(|c| if paper::draws(c) { c.to_string() } else { format!("[U+{:04X}]", u32::from(c)) }).collect();
    let cut = if first.words.chars().count() > 4 { "…" } else { "" };
    let paper = Source::outside("On paper", Place::Form, format!("{codes}{cut}"));
    let own = found
        .into_iter()
        .map(|Found { place, row, run }| Source { span: Some(run.span), ..Source::at(report, place, run.around).in_row(row) });
    let mut finding = Finding::new(NOT_DRAWN, Level::Answer, message, own.chain([paper]).collect());
    // One place may hold several scripts in the same few words.
    finding.key.push('|');
    finding.key.push_str(script);
    finding.rule = report::checks::list::words(NOT_DRAWN, &report.template);
    finding.accepted = report.accepted.iter().find(|accepted| accepted.finding == finding.key).map(|accepted| accepted.reason.clone());
    Some(finding)
}

/// Everything of the author's that prints, with its place.
fn printed(report: &Report) -> impl Iterator<Item = (Place, Row, String)> {
    let title = [(Place::Report, None, report.title.clone()), (Place::Report, None, report.version.clone())];
    let heading = |id: SectionId| Place::Section { section: id, line: None };
    let headings = report.sections.iter().map(move |section| (heading(section.id), None, section.heading.clone()));
    let answers = report.fields.iter().flat_map(|(key, answer)| {
        let rich = answer.rich.iter().flat_map(report::RichText::lines);
        let words = answer.qualifier.iter().cloned().chain(rich);
        let place = Place::Field { key: key.clone() };
        words.map(move |text| (place.clone(), None, text)).collect::<Vec<_>>()
    });
    let letter = &report.letter;
    let frame = [&letter.sender, &letter.addressee, &letter.place, &letter.date, &letter.salutation, &letter.closing];
    let frame = frame.into_iter().chain(&letter.address).map(|text| (Place::Letter, None, text.clone()));
    let markings = report.markings.iter().filter_map(|marking| match marking {
        report::papers::Marking::Words { text } => Some((Place::Marking, None, text.clone())),
        report::papers::Marking::Tlp { .. } => None,
    });
    let texts = report::texts::texts(report).map(|report::texts::Written { place, row, text, .. }| (place, row, text));
    title.into_iter().chain(headings).chain(answers).chain(frame).chain(markings).chain(texts)
}

/// The runs of a text, in order. What stands between two words of one script (a space, a comma) belongs to the run; a sign that leans on a
/// letter goes with it.
fn runs(text: &str) -> Vec<Run> {
    if text.is_ascii() && !text.bytes().any(|byte| byte.is_ascii_control()) {
        return Vec::new();
    }
    let mut spans: Vec<(String, Range<usize>)> = Vec::new();
    for (at, character) in text.char_indices().filter(|(_, character)| !paper::draws(*character)) {
        let end = at + character.len_utf8();
        let own = paper::script_words(character);
        match spans.last_mut() {
            Some((script, span)) if own.as_ref().is_none_or(|own| own == script) && joins(&text[span.end..at]) => span.end = end,
            _ => spans.push((own.unwrap_or_else(|| "Signs".to_owned()), at..end)),
        }
    }
    spans.into_iter().filter_map(|(script, span)| run(text, script, span)).collect()
}

fn joins(between: &str) -> bool {
    !between.chars().any(|c| c.is_alphanumeric() || c == '\n')
}

fn run(text: &str, script: String, span: Range<usize>) -> Option<Run> {
    const EACH_SIDE: usize = 40;
    let words = text[span.clone()].to_owned();
    let start = text[..span.start].char_indices().rev().nth(EACH_SIDE - 1).map_or(0, |(at, _)| at);
    let end = text[span.end..].char_indices().nth(EACH_SIDE).map_or(text.len(), |(at, _)| span.end + at);
    let around = text[start..end].trim();
    let lead = start + (text[start..end].len() - text[start..end].trim_start().len());
    let units = |to: usize| text[lead..to.max(lead)].encode_utf16().count();
    let first = words.chars().next()?;
    Some(Run { script, first, around: around.to_owned(), span: (units(span.start), units(span.end)), words })
}

/// A long run is known by how it begins.
fn shortened(words: &str) -> String {
    const LONGEST: usize = 40;
    match words.char_indices().nth(LONGEST) {
        Some((at, _)) => format!("{}…", words[..at].trim_end()),
        None => words.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use report::RichText;

    fn with_text(text: &str) -> Report {
        let mut report = report::catalogue::sample("sec-h9-summary").expect("a shipped sample");
        report.sections[1].body = RichText::from_plain(text);
        report
    }

    fn messages(report: &Report) -> Vec<String> {
        check(report).into_iter().map(|finding| finding.message).collect()
    }

    #[test]
    fn a_run_of_a_script_is_one_finding_that_says_what_prints() {
        assert_eq!(
            messages(&with_text("The notice read انقطاع الخدمة، ساعتان in full.")),
            ["Arabic letters cannot be printed: “انقطاع الخدمة، ساعتان”. On paper each stands as its code, such as [U+0627]."]
        );
        assert_eq!(messages(&with_text("Engine 🚒 came.")), ["Emoji cannot be printed: “🚒”. On paper it stands as its code, [U+1F692]."]);
        assert_eq!(messages(&with_text("停电 and 停电 again, then 火")).len(), 1, "one place, one script, one finding");
        assert_eq!(messages(&with_text("停电 / انقطاع")).len(), 2, "two scripts");
        let lines = check(&with_text("انقطاع\nالخدمة\nساعتان"));
        assert_eq!((lines.len(), lines[0].sources.len()), (1, 4), "three lines are three places of one question");
    }

    #[test]
    fn what_the_fonts_have_is_not_questioned() {
        for text in ["Αθήνα, Москва, Łódź, naïve", "1\u{a0}h\u{202f}05 – “ok” … ±5 °C → done"] {
            assert_eq!(messages(&with_text(text)), [""; 0], "{text}");
        }
    }

    #[test]
    fn the_title_the_headings_and_every_field_count() {
        let mut report = report::catalogue::sample("rfo").expect("a shipped sample");
        report.title = "停电".into();
        report.sections[0].heading = "사고".into();
        report.letter.sender = "אבג".into();
        report.markings = vec![report::papers::Marking::Words { text: "机密".into() }];
        report.fields.entry("interruption_start".into()).or_default().qualifier = Some("ساعة".into());
        report.actions.clear();
        let findings = check(&report);
        let places: Vec<Place> = findings.iter().map(|finding| finding.sources[0].place.clone()).collect();
        let section = report.sections[0].id;
        assert_eq!(
            places,
            [Place::Report, Place::Section { section, line: None }, Place::Field { key: "interruption_start".into() }, Place::Letter,]
        );
        assert_eq!(findings[0].sources[1].place, Place::Marking, "the same script as the title's");
    }

    #[test]
    fn the_words_meant_are_those_that_do_not_print() {
        let finding = check(&with_text(&format!("{} انقطاع {}", "before ".repeat(20), "after ".repeat(20)))).remove(0);
        let (from, to) = finding.sources[0].span.expect("it says which");
        let units: Vec<u16> = finding.sources[0].text.encode_utf16().collect();
        assert_eq!(String::from_utf16_lossy(&units[from..to]), "انقطاع");
        assert_eq!(finding.sources[1].text, "[U+0627][U+0646][U+0642][U+0637]…");
    }
}
