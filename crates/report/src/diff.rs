//! What two reports say differently, place by place. Always true: ids do not count, words do; a report and itself differ in nothing.
//! Deliberately absent: merging, and any judgement of which text is the better one.

use crate::report::Report;
use crate::timeline::Row;
use similar::{ChangeTag, TextDiff};

/// A place where two reports differ.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Difference {
    /// The words for the place ("Root Cause, if known").
    pub place: String,
    /// The lines that differ, in order.
    pub lines: Vec<Line>,
}

/// A line that only one of the two reports has.
#[derive(Clone, Debug, Eq, PartialEq)]
pub enum Line {
    /// Only the first has it.
    Gone(String),
    /// Only the second has it.
    New(String),
}

/// The places where two reports differ, in the order of the first, then those only the second has.
pub fn diff(one: &Report, other: &Report) -> Vec<Difference> {
    let (one, other) = (places(one), places(other));
    let empty = Vec::new();
    let find = |list: &[(String, Vec<String>)], place: &str| list.iter().find(|(name, _)| name == place).map(|(_, lines)| lines.clone());
    let mut names: Vec<&String> = one.iter().map(|(name, _)| name).collect();
    names.extend(other.iter().map(|(name, _)| name).filter(|name| !one.iter().any(|(known, _)| known == *name)));
    let differing = names.into_iter().filter_map(|name| {
        let (before, after) = (find(&one, name).unwrap_or(empty.clone()), find(&other, name).unwrap_or(empty.clone()));
        let lines = lines(&before, &after);
        (!lines.is_empty()).then(|| Difference { place: name.clone(), lines })
    });
    differing.collect()
}

fn lines(before: &[String], after: &[String]) -> Vec<Line> {
    let (before, after): (Vec<&str>, Vec<&str>) = (before.iter().map(String::as_str).collect(), after.iter().map(String::as_str).collect());
    let diff = TextDiff::from_slices(&before, &after);
    let changed = diff.iter_all_changes().filter_map(|change| match change.tag() {
        ChangeTag::Equal => None,
        ChangeTag::Delete => Some(Line::Gone(change.value().to_owned())),
        ChangeTag::Insert => Some(Line::New(change.value().to_owned())),
    });
    changed.collect()
}

/// What a report says, by place. What has no words of its own here is compared as data.
fn places(report: &Report) -> Vec<(String, Vec<String>)> {
    let mut places: Vec<(String, Vec<String>)> = vec![
        ("Form".to_owned(), vec![format!("{} {}", report.template.id, report.template.version)]),
        ("Title".to_owned(), vec![report.title.clone()]),
    ];
    for field in &report.template.fields {
        let answer = report.answer(&field.key);
        let mut said: Vec<String> = answer.raw.lines().map(str::to_owned).collect();
        said.extend(answer.qualifier.iter().map(|qualifier| format!("({qualifier})")));
        if !answer.standing.is_known() {
            said.push(data(&answer.standing));
        }
        places.push((field.label.clone(), said));
    }
    for section in &report.sections {
        let heading = report.printed_heading(section);
        let copies = places.iter().filter(|(name, _)| *name == heading || name.starts_with(&format!("{heading} ("))).count();
        let name = if copies == 0 { heading } else { format!("{heading} ({})", copies + 1) };
        let mut said = section.body.lines();
        said.extend(section.body.figures().iter().map(|figure| format!("[picture] {}", figure.alt)));
        if !section.standing.is_known() {
            said.push(data(&section.standing));
        }
        places.push((name, said));
    }
    places.push(("Timeline".to_owned(), report.timeline.iter().map(row).collect()));
    places.extend(rest(report));
    places.retain(|(_, said)| said.iter().any(|line| !line.is_empty()));
    places
}

fn row(row: &Row) -> String {
    match row {
        Row::Phase(phase) => format!("— {}", phase.name.as_deref().unwrap_or_default()).trim_end().to_owned(),
        Row::Event(event) => {
            let date = event.date.map(|date| date.to_string()).unwrap_or_default();
            let automated = if event.automated { "(Automated) " } else { "" };
            let milestone = event.milestone.as_ref().map(|milestone| format!(" [{}]", milestone.words())).unwrap_or_default();
            let parts = [date, event.time.words(), event.zone.clone().unwrap_or_default(), format!("{automated}{}{milestone}", event.text)];
            parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" ")
        }
    }
}

/// Everything that has no heading of its own, one line an item, by the names of the format.
fn rest(report: &Report) -> Vec<(String, Vec<String>)> {
    const TOLD: [&str; 8] = ["format", "id", "title", "template", "fields", "sections", "timeline", "annexes"];
    let Ok(serde_json::Value::Object(all)) = serde_json::to_value(report) else { return Vec::new() };
    let told = all.into_iter().filter(|(name, _)| !TOLD.contains(&name.as_str()));
    told.map(|(name, value)| {
        let lines = match without_ids(value) {
            serde_json::Value::Array(items) => items.iter().map(plain).collect(),
            serde_json::Value::Null => Vec::new(),
            other => vec![plain(&other)],
        };
        (capital(&name), lines)
    })
    .collect()
}

fn data(value: &impl serde::Serialize) -> String {
    serde_json::to_value(value).map(|value| plain(&value)).unwrap_or_default()
}

/// "text: Clean the strainer, owner: Ana": what is filled, without the marks of JSON.
fn plain(value: &serde_json::Value) -> String {
    match value {
        serde_json::Value::String(text) => text.clone(),
        serde_json::Value::Null => String::new(),
        serde_json::Value::Array(items) => items.iter().map(plain).filter(|text| !text.is_empty()).collect::<Vec<_>>().join(", "),
        serde_json::Value::Object(map) => {
            let filled = map.iter().map(|(name, value)| (name, plain(value))).filter(|(_, text)| !text.is_empty());
            filled.map(|(name, text)| format!("{}: {text}", name.replace('_', " "))).collect::<Vec<_>>().join(", ")
        }
        other => other.to_string(),
    }
}

fn without_ids(value: serde_json::Value) -> serde_json::Value {
    match value {
        serde_json::Value::Object(map) => serde_json::Value::Object(
            map.into_iter().filter(|(name, _)| name != "id").map(|(name, value)| (name, without_ids(value))).collect(),
        ),
        serde_json::Value::Array(items) => serde_json::Value::Array(items.into_iter().map(without_ids).collect()),
        other => other,
    }
}

fn capital(name: &str) -> String {
    let name = name.replace('_', " ");
    let mut chars = name.chars();
    chars.next().map(|first| first.to_uppercase().chain(chars).collect()).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{catalogue, rich::RichText};

    #[test]
    fn a_report_and_itself_differ_in_nothing() {
        for template in catalogue::all() {
            let report = catalogue::sample(&template.id).expect("a sample");
            assert_eq!(diff(&report, &report), [], "{}", template.id);
        }
    }

    #[test]
    fn what_differs_is_named_with_its_place() {
        let one = catalogue::sample("sec-h9-summary").expect("a sample");
        let mut other = one.clone();
        other.fields.entry("incident_date".to_owned()).or_default().raw = "15/10/2025".to_owned();
        other.sections[1].body = RichText::from_plain("South Region only.");
        other.timeline.pop();
        other.actions.pop();
        let differences = diff(&one, &other);
        let names: Vec<&str> = differences.iter().map(|difference| difference.place.as_str()).collect();
        assert_eq!(names, ["Date of Incident", "Region / Location impacted", "Timeline", "Actions"]);
        assert_eq!(differences[0].lines, [Line::Gone("14/10/2025".into()), Line::New("15/10/2025".into())]);
        assert!(matches!(differences[2].lines.as_slice(), [Line::Gone(_)]));
    }

    #[test]
    fn new_ids_are_no_difference() {
        let one = catalogue::sample("rfo").expect("a sample");
        let mut other = one.clone();
        other.id = crate::ids::ReportId(uuid::Uuid::nil());
        other.timeline.iter_mut().for_each(|row| {
            if let Row::Event(event) = row {
                event.id = crate::ids::RowId(uuid::Uuid::nil());
            }
        });
        assert_eq!(diff(&one, &other), []);
    }
}
