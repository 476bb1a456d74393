//! What serde reads and the published schema does not take: the members of an object as a list in their order, and members beside the tag
//! of a variant that has none. Either would be dropped or guessed at without a word.

use crate::report::Report;
use serde_json::Value;

/// The first such place (RFC 6901), and what is wrong there.
pub(super) fn misplaced(json: &str, report: &Report) -> Option<(String, String)> {
    let given: Value = serde_json::from_str(json).ok()?;
    let read = serde_json::to_value(report).ok()?;
    find(&given, Some(&read), &mut String::new())
}

fn find(given: &Value, read: Option<&Value>, at: &mut String) -> Option<(String, String)> {
    let told = |at: &str, words: &str| Some((at.to_owned(), words.to_owned()));
    match (given, read) {
        (Value::Array(items), None | Some(Value::Null | Value::Object(_))) if !items.is_empty() || read.is_some_and(Value::is_object) => {
            told(at, "a list stands where an object belongs")
        }
        (Value::Array(items), Some(Value::Array(others))) => items.iter().enumerate().find_map(|(number, item)| {
            let length = at.len();
            at.push_str(&format!("/{number}"));
            let found = find(item, others.get(number), at);
            at.truncate(length);
            found
        }),
        (Value::Object(members), _) => {
            if members.len() > 1
                && (members.get("kind").is_some_and(|kind| kind == "none") || members.get("is").is_some_and(|is| is == "known"))
            {
                return told(at, "nothing stands beside “none” and “known”");
            }
            members.iter().find_map(|(name, member)| {
                let length = at.len();
                at.push_str(&format!("/{}", name.replace('~', "~0").replace('/', "~1")));
                let found = find(member, read.and_then(|read| read.get(name)), at);
                at.truncate(length);
                found
            })
        }
        _ => None,
    }
}
