//! Small looks into a JSON value.

use serde_json::Value;

/// The words of a leaf: a string as it is, a number or a truth as written; none of null and of what has parts.
pub(super) fn words(value: &Value) -> Option<String> {
    match value {
        Value::String(text) => Some(text.clone()),
        Value::Number(number) => Some(number.to_string()),
        Value::Bool(truth) => Some(truth.to_string()),
        Value::Null | Value::Array(_) | Value::Object(_) => None,
    }
}

/// The string at a path of members ("agent.summary").
pub(super) fn text<'a>(value: &'a Value, path: &str) -> Option<&'a str> {
    path.split('.').try_fold(value, |value, member| value.get(member))?.as_str().filter(|text| !text.trim().is_empty())
}

/// Every leaf below a value with the members that lead to it, in the file's order.
pub(super) fn leaves(value: &Value) -> Vec<(String, String)> {
    let mut found = Vec::new();
    collect(value, "", &mut found);
    found
}

fn collect(value: &Value, path: &str, found: &mut Vec<(String, String)>) {
    match value {
        Value::Array(items) => items.iter().for_each(|item| collect(item, path, found)),
        Value::Object(members) => {
            for (name, member) in members {
                let path = if path.is_empty() { name.clone() } else { format!("{path}.{name}") };
                collect(member, &path, found);
            }
        }
        leaf => found.extend(words(leaf).map(|words| (path.to_owned(), words))),
    }
}
