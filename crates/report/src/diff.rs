//! What two reports say differently, place by place. Always true: ids do not count, everything else an author wrote does, also how words are
//! set, where links lead and in which order things stand; a report and itself differ in nothing. Places are matched by what they are, never
//! by a name that a heading may share. Deliberately absent: merging, and any judgement of which text is the better one.

mod data;
mod prose;

use crate::ids::SectionId;
use crate::report::{Report, Section};
use crate::timeline::Row;
use serde::Serialize;
use similar::{ChangeTag, TextDiff};
use std::collections::{BTreeMap, BTreeSet};

/// A place where two reports differ.
#[derive(Clone, Debug, Eq, PartialEq, Serialize)]
pub struct Difference {
    /// The words for the place ("Root Cause, if known").
    pub place: String,
    /// The lines that differ, in order.
    pub lines: Vec<Line>,
}

/// A line that only one of the two reports has.
#[derive(Clone, Debug, Eq, PartialEq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Line {
    /// Only the first has it.
    Gone(String),
    /// Only the second has it.
    New(String),
}

/// A place of one report: what it is, what it is called, and what it says.
struct Place {
    key: String,
    name: String,
    said: Vec<String>,
}

impl Place {
    fn of(key: &str, name: &str, said: Vec<String>) -> Self {
        Self { key: key.to_owned(), name: name.to_owned(), said }
    }
}

/// The places where two reports differ, in the order of the first, then those only the second has.
pub fn diff(one: &Report, other: &Report) -> Vec<Difference> {
    let known: BTreeSet<SectionId> = one.sections.iter().map(|section| section.id).collect();
    let shared = other.sections.iter().map(|section| section.id).filter(|id| known.contains(id)).collect();
    let (mut before, mut after) = (places(one, &shared), places(other, &shared));
    if one.template != other.template {
        before.insert(0, Place::of("form", "Form", data::entries(&one.template)));
        after.insert(0, Place::of("form", "Form", data::entries(&other.template)));
    }
    let find =
        |list: &'_ [Place], key: &str| list.iter().find(|place| place.key == key).map(|place| place.said.clone()).unwrap_or_default();
    let only_after = after.iter().filter(|place| !before.iter().any(|known| known.key == place.key));
    let mut differences: Vec<Difference> = before
        .iter()
        .chain(only_after)
        .filter_map(|place| {
            let lines = lines(&find(&before, &place.key), &find(&after, &place.key));
            (!lines.is_empty()).then(|| Difference { place: place.name.clone(), lines })
        })
        .collect();
    if differences.is_empty() {
        // What has no words of its own is compared as it is written in the file.
        let lines = lines(&data::flat(one), &data::flat(other));
        differences.extend((!lines.is_empty()).then(|| Difference { place: "Data".to_owned(), lines }));
    }
    differences
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

/// What a report says, by place. `shared`: the sections that both reports have by their ids.
fn places(report: &Report, shared: &BTreeSet<SectionId>) -> Vec<Place> {
    let mut places = vec![
        Place::of("title", "Title", vec![report.title.clone()]),
        Place::of("headings", "Order of the headings", report.sections.iter().map(|section| report.printed_heading(section)).collect()),
    ];
    for field in &report.template.fields {
        let answer = report.answer(&field.key);
        let mut said: Vec<String> = answer.raw.lines().map(str::to_owned).collect();
        said.extend(answer.qualifier.iter().map(|qualifier| format!("({qualifier})")));
        if !answer.standing.is_known() {
            said.push(data::words_of(&answer.standing));
        }
        places.push(Place::of(&format!("field {}", field.key), &field.label, said));
    }
    let mut seen = BTreeMap::new();
    for section in &report.sections {
        let name = report.printed_heading(section);
        let copies = seen.entry(name.clone()).and_modify(|copies| *copies += 1).or_insert(1);
        let name = if *copies == 1 { name } else { format!("{name} ({copies})") };
        places.push(Place::of(&section_key(section, &name, shared), &name, said(section)));
    }
    let timeline = if seen.contains_key("Timeline") { "Rows of the timeline" } else { "Timeline" };
    places.push(Place::of("timeline", timeline, report.timeline.iter().map(row).collect()));
    places.extend(data::rest(report).into_iter().map(|(name, said)| Place::of(&format!("data {name}"), &name, said)));
    places.retain(|place| place.said.iter().any(|line| !line.is_empty()));
    places
}

/// A heading of the form is itself in both reports; one of the author's own by its id, else by its words.
fn section_key(section: &Section, name: &str, shared: &BTreeSet<SectionId>) -> String {
    match &section.key {
        Some(key) => format!("section {key} {name}"),
        None if shared.contains(&section.id) => format!("own {}", section.id.0),
        None => format!("own {name}"),
    }
}

fn said(section: &Section) -> Vec<String> {
    let mut said = prose::lines(&section.body);
    if !section.standing.is_known() {
        said.push(data::words_of(&section.standing));
    }
    said
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
        for (number, row) in (1..).zip(&mut other.timeline) {
            if let Row::Event(event) = row {
                event.id = crate::ids::RowId(uuid::Uuid::from_u128(number));
            }
        }
        assert_eq!(diff(&one, &other), []);
    }

    /// Two reports alike but for their ids once differed in every action, because an action names its causes.
    #[test]
    fn a_reference_is_the_same_where_what_it_names_is() {
        let one = catalogue::sample("ccadb-3.2").expect("a sample");
        let mut other = one.clone();
        let fresh = |number: u128| crate::ids::CauseId(uuid::Uuid::from_u128(number + 1));
        for (number, cause) in (0..).zip(&mut other.causes) {
            let old = std::mem::replace(&mut cause.id, fresh(number));
            let causes = other.actions.iter_mut().flat_map(|action| &mut action.causes);
            causes.filter(|named| **named == old).for_each(|named| *named = fresh(number));
        }
        assert_eq!(diff(&one, &other), []);
        other.actions[0].causes = other.actions[1].causes.clone();
        assert_eq!(diff(&one, &other)[0].place, "Actions");
    }

    /// A heading called “Timeline” once hid the rows: every one of them could be rewritten, and the reports were called equal.
    #[test]
    fn a_heading_named_like_a_place_hides_nothing() {
        let mut one = catalogue::sample("sec-h9-summary").expect("a sample");
        let own = Section { key: None, heading: "Timeline".into(), ..one.sections[0].clone() };
        one.sections.push(Section { id: SectionId(uuid::Uuid::from_u128(7)), ..own });
        let mut other = one.clone();
        other.timeline.truncate(3);
        let differences = diff(&one, &other);
        // A window of the impact ends with one of the rows that are gone.
        assert_eq!(differences.iter().map(|one| one.place.as_str()).collect::<Vec<_>>(), ["Rows of the timeline", "Impact"]);
    }

    #[test]
    fn order_links_marks_and_structure_count() {
        let one = catalogue::sample("sec-h9-summary").expect("a sample");
        let text = |json: &str| serde_json::from_str::<RichText>(json).expect("it reads");
        let bodies = [
            r#"[{"type":"paragraph","content":[{"type":"text","text":"See it","marks":[{"type":"link","attrs":{"href":"https://a.example"}}]}]}]"#,
            r#"[{"type":"paragraph","content":[{"type":"text","text":"See it","marks":[{"type":"link","attrs":{"href":"https://b.example"}}]}]}]"#,
            r#"[{"type":"paragraph","content":[{"type":"text","text":"See it","marks":[{"type":"bold"}]}]}]"#,
            r#"[{"type":"paragraph","content":[{"type":"text","text":"See it"}]}]"#,
            r#"[{"type":"heading","attrs":{"level":3},"content":[{"type":"text","text":"See it"}]}]"#,
            r#"[{"type":"heading","attrs":{"level":4},"content":[{"type":"text","text":"See it"}]}]"#,
            r#"[{"type":"bulletList","content":[{"type":"listItem","content":[{"type":"paragraph","content":[{"type":"text","text":"See it"}]}]}]}]"#,
            r#"[{"type":"orderedList","content":[{"type":"listItem","content":[{"type":"paragraph","content":[{"type":"text","text":"See it"}]}]}]}]"#,
            r#"[{"type":"orderedList","attrs":{"start":4},"content":[{"type":"listItem","content":[{"type":"paragraph","content":[{"type":"text","text":"See it"}]}]}]}]"#,
            r#"[{"type":"blockquote","content":[{"type":"paragraph","content":[{"type":"text","text":"See it"}]}]}]"#,
            r#"[{"type":"codeBlock","content":[{"type":"text","text":"See it"}]}]"#,
        ];
        let with = |body: &str| {
            let mut report = one.clone();
            report.sections[1].body = text(body);
            report
        };
        for (a, first) in bodies.iter().enumerate() {
            for (b, second) in bodies.iter().enumerate() {
                assert_eq!(diff(&with(first), &with(second)).is_empty(), a == b, "{first} and {second}");
            }
        }
        let mut swapped = one.clone();
        swapped.sections.swap(0, 1);
        assert_eq!(diff(&one, &swapped)[0].place, "Order of the headings");
        let mut choices = one.clone();
        let field = choices.template.fields.iter_mut().find(|field| field.vocabulary.len() > 1);
        if let Some(field) = field {
            field.vocabulary.reverse();
            assert_eq!(diff(&one, &choices)[0].place, "Form");
        }
        let mut annex = one.clone();
        annex.annexes.insert(crate::template::Annex::Timeline, false);
        assert!(!diff(&one, &annex).is_empty());
    }

    /// Whatever changes in the file apart from ids is a difference, even what has no words.
    #[test]
    fn nothing_changes_unseen() {
        let one = catalogue::sample("sec-h9-summary").expect("a sample");
        let whole = serde_json::to_value(&one).expect("it writes");
        let mut tried = 0;
        // What is read from the raw text beside it is read anew whenever a report is opened.
        let read = |pointer: &str| pointer.starts_with("/fields/") && pointer.contains("/value/");
        for pointer in data::pointers(&whole).into_iter().filter(|pointer| !read(pointer)) {
            let mut changed = whole.clone();
            let Some(value) = changed.pointer_mut(&pointer) else { continue };
            match value {
                serde_json::Value::String(text) if uuid::Uuid::parse_str(text).is_err() => text.push('x'),
                serde_json::Value::Bool(holds) => *holds = !*holds,
                _ => continue,
            }
            // Many such changes are no report any more.
            let Ok(other) = serde_json::from_value::<Report>(changed) else { continue };
            tried += 1;
            assert!(!diff(&one, &other).is_empty(), "{pointer}");
        }
        assert!(tried > 100, "{tried}");
    }
}
