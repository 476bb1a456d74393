//! What has no words of its own, told by the names of the format: items in a line each, and everything there is, path by path.
//! Always true: an id stands for itself by the order in which it first appears, so that new ids alone are no difference.

use crate::report::Report;
use crate::sentence::capital;
use serde::Serialize;
use serde_json::Value;
use std::collections::BTreeMap;

/// What has a place of its own elsewhere.
const TOLD: [&str; 7] = ["format", "id", "title", "template", "fields", "sections", "timeline"];

/// Everything that has no heading of its own, one line an item, by the names of the format.
pub(super) fn rest(report: &Report) -> Vec<(String, Vec<String>)> {
    let Ok(Value::Object(all)) = serde_json::to_value(report) else { return Vec::new() };
    let named = names(&all);
    let told = all.into_iter().filter(|(name, _)| !TOLD.contains(&name.as_str()));
    told.map(|(name, value)| {
        let lines = match without_ids(value, &named) {
            Value::Array(items) => items.iter().map(plain).collect(),
            Value::Null => Vec::new(),
            other => vec![plain(&other)],
        };
        (capital(&name.replace('_', " ")), lines)
    })
    .collect()
}

/// The entries of a value, one line each: of a form its head, fields, sections, due times.
pub(super) fn entries(value: &impl Serialize) -> Vec<String> {
    let Ok(Value::Object(all)) = serde_json::to_value(value) else { return Vec::new() };
    let named = all.into_iter().flat_map(|(name, value)| match value {
        Value::Array(items) => items.iter().map(|item| format!("{name}: {}", plain(item))).collect(),
        other => vec![format!("{name}: {}", plain(&other))],
    });
    named.collect()
}

/// A value in words.
pub(super) fn words_of(value: &impl Serialize) -> String {
    serde_json::to_value(value).map(|value| plain(&value)).unwrap_or_default()
}

/// Everything a report holds, one line a value, with its path. What is read from raw text is left out: the text stands beside it.
pub(super) fn flat(report: &Report) -> Vec<String> {
    let Ok(mut all) = serde_json::to_value(report) else { return Vec::new() };
    if let Some(fields) = all.get_mut("fields").and_then(Value::as_object_mut) {
        fields.values_mut().filter_map(Value::as_object_mut).for_each(|answer| {
            answer.remove("value");
        });
    }
    let (mut lines, mut ids) = (Vec::new(), BTreeMap::new());
    walk(&all, "", &mut |path, value| {
        let count = ids.len() + 1;
        let value = match value.as_str().and_then(|text| uuid::Uuid::parse_str(text).ok()) {
            Some(id) => format!("id {}", ids.entry(id).or_insert(count)),
            None => value.to_string(),
        };
        lines.push(format!("{}: {value}", path.trim_start_matches('/').replace('/', ".")));
    });
    lines
}

/// The JSON pointer of every value that holds no other.
#[cfg(test)]
pub(super) fn pointers(value: &Value) -> Vec<String> {
    let mut pointers = Vec::new();
    walk(value, "", &mut |path, _| pointers.push(path.to_owned()));
    pointers
}

fn walk(value: &Value, path: &str, see: &mut dyn FnMut(&str, &Value)) {
    match value {
        Value::Object(map) => {
            map.iter().for_each(|(name, inner)| walk(inner, &format!("{path}/{}", name.replace('~', "~0").replace('/', "~1")), see))
        }
        Value::Array(items) => items.iter().enumerate().for_each(|(at, inner)| walk(inner, &format!("{path}/{at}"), see)),
        plain => see(path, plain),
    }
}

/// "text: Clean the strainer, owner: Ana": what is filled, without the marks of JSON.
fn plain(value: &Value) -> String {
    match value {
        Value::String(text) => text.clone(),
        Value::Null => String::new(),
        Value::Array(items) => items.iter().map(plain).filter(|text| !text.is_empty()).collect::<Vec<_>>().join(", "),
        Value::Object(map) => {
            let filled = map.iter().map(|(name, value)| (name, plain(value))).filter(|(_, text)| !text.is_empty());
            filled.map(|(name, text)| format!("{}: {text}", name.replace('_', " "))).collect::<Vec<_>>().join(", ")
        }
        other => other.to_string(),
    }
}

/// What an id stands for, in the words of the item that has it: a reference is the same where the item is.
fn names(all: &serde_json::Map<String, Value>) -> BTreeMap<String, String> {
    const WORDS: [&str; 5] = ["text", "name", "heading", "service", "incident"];
    let lists = all.iter().filter_map(|(list, items)| Some((list, items.as_array()?)));
    let items = lists.flat_map(|(list, items)| items.iter().enumerate().map(move |(at, item)| (list, at, item)));
    let named = items.filter_map(|(list, at, item)| {
        let id = item.get("id")?.as_str()?;
        let words = WORDS.iter().find_map(|name| item.get(*name)?.as_str().filter(|words| !words.is_empty()));
        Some((id.to_owned(), words.map_or_else(|| format!("{list} {}", at + 1), |words| format!("“{words}”"))))
    });
    named.collect()
}

fn without_ids(value: Value, named: &BTreeMap<String, String>) -> Value {
    match value {
        Value::Object(map) => {
            let kept = map.into_iter().filter(|(name, _)| name != "id");
            Value::Object(kept.map(|(name, value)| (name, without_ids(value, named))).collect())
        }
        Value::Array(items) => Value::Array(items.into_iter().map(|item| without_ids(item, named)).collect()),
        Value::String(text) => Value::String(named.get(&text).cloned().unwrap_or(text)),
        other => other,
    }
}
