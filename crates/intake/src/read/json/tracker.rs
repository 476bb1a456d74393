//! Issues of trackers with what was said of them: GitHub (REST API "Issues" and "Issue comments"; `gh issue view --json`), GitLab (API "Issues"
//! and "Notes"), Jira (REST API versions 2 and 3, "Get issue", with its comments and its changelog). Always true: the text of the issue is read
//! as the text it is (Markdown, a rich document, plain words), each comment is an entry at its moment; what the tracker knows of the issue keeps
//! its name; every other value is listed. Deliberately absent: asking a tracker.

use super::adf;
use super::value::{leaves, text, words};
use crate::read::limits::Room;
use crate::read::{ReadError, jira, markdown, moment};
use crate::source::{Block, Line, Run, Source};
use serde_json::Value;

/// A comment with more words is a text with its own paragraphs, and not one entry.
const LONGEST_ENTRY: usize = 300;
/// What a tracker knows of an issue: where it stands, and what people call it.
const FACTS: &[(&str, &str)] = &[
    ("key", "reference"),
    ("number", "reference"),
    ("references.full", "reference"),
    ("iid", "reference"),
    ("html_url", "address"),
    ("web_url", "address"),
    ("url", "address"),
    ("state", "state"),
    ("state_reason", "reason"),
    ("status.name", "state"),
    ("resolution.name", "resolution"),
    ("priority.name", "priority"),
    ("severity", "severity"),
    ("issuetype.name", "type"),
    ("created_at", "created"),
    ("createdAt", "created"),
    ("created", "created"),
    ("closed_at", "closed"),
    ("closedAt", "closed"),
    ("resolutiondate", "resolved"),
    ("due_date", "due"),
    ("duedate", "due"),
    ("milestone.title", "milestone"),
];
const PEOPLE: &[(&str, &str)] =
    &[("user", "author"), ("author", "author"), ("reporter", "reporter"), ("assignee", "assignee"), ("assignees", "assignees")];
const LISTS: &[(&str, &str)] = &[("labels", "labels"), ("components", "components"), ("fixVersions", "versions")];
/// Where comments lie, from an issue or from what wraps it.
const COMMENTS: &[&str] = &["comments", "notes", "discussions", "/comment/comments", "/fields/comment/comments"];

/// Whether a value is an issue, a list of what was said of one, or both together.
pub(super) fn is_one(value: &Value) -> bool {
    match value {
        Value::Array(items) => !items.is_empty() && items.iter().all(|item| is_issue(item) || is_comment(item) || is_discussion(item)),
        _ => is_issue(value) || value.get("issue").is_some_and(is_issue),
    }
}

fn is_issue(value: &Value) -> bool {
    let of_jira = value.get("key").is_some() && value.pointer("/fields/summary").is_some();
    let told = value.get("title").is_some_and(Value::is_string) && (value.get("body").is_some() || value.get("description").is_some());
    let kept = ["number", "iid", "created_at", "createdAt", "author"].iter().any(|name| value.get(name).is_some());
    // An incident of PagerDuty or an alert has a title, too, and its own members.
    of_jira || told && kept && value.get("incident_number").is_none() && value.get("tinyId").is_none()
}

fn is_comment(value: &Value) -> bool {
    let said = value.get("body").is_some_and(|body| body.is_string() || adf::is_one(body));
    said && ["user", "author"].iter().any(|name| value.get(name).is_some_and(Value::is_object)) && moment_of(value).is_some()
}

fn is_discussion(value: &Value) -> bool {
    value.get("notes").and_then(Value::as_array).is_some_and(|notes| !notes.is_empty() && notes.iter().all(is_comment))
}

/// Reads issues and comments.
pub(super) fn read(value: Value) -> Result<Source, ReadError> {
    let mut room = Room::default();
    let items = match value {
        Value::Array(items) => items,
        one => vec![one],
    };
    let mut comments = Vec::new();
    let mut titled = false;
    for mut item in items {
        if is_comment(&item) && !is_issue(&item) {
            comments.push(item);
            continue;
        }
        take_comments(&mut item, &mut comments);
        let mut issue = item.get_mut("issue").map(Value::take).filter(Value::is_object);
        if let Some(issue) = &mut issue {
            take_comments(issue, &mut comments);
            drop_rest(&item, "what only programs need of an issue", &mut room);
        }
        read_issue(issue.unwrap_or(item), titled, &mut comments, &mut room)?;
        titled = true;
    }
    comments.sort_by_key(|comment| moment_of(comment).and_then(|at| chrono::DateTime::parse_from_rfc3339(&at).ok()));
    comments.into_iter().try_for_each(|comment| entry(comment, &mut room))?;
    Ok(room.into_source())
}

fn take_comments(value: &mut Value, comments: &mut Vec<Value>) {
    for place in COMMENTS {
        let pointer = if place.starts_with('/') { (*place).to_owned() } else { format!("/{place}") };
        let Some(found) = value.pointer_mut(&pointer).filter(|found| found.is_array()) else { continue };
        let Value::Array(items) = found.take() else { continue };
        for mut item in items {
            match item.get_mut("notes").map(Value::take) {
                Some(Value::Array(notes)) => comments.extend(notes),
                _ => comments.push(item),
            }
        }
    }
    // Changes that Jira kept: "status: Open → Done" is said by whoever made it.
    let Some(Value::Array(histories)) = value.pointer_mut("/changelog/histories").map(Value::take) else { return };
    for mut history in histories {
        let Some(Value::Array(items)) = history.get_mut("items").map(Value::take) else { continue };
        let said = |item: &Value| {
            let side = |name: &str| text(item, name).unwrap_or("–").to_owned();
            format!("{}: {} → {}", side("field"), side("fromString"), side("toString"))
        };
        let body: Vec<String> = items.iter().map(said).collect();
        if let Some(members) = history.as_object_mut() {
            members.insert("body".to_owned(), Value::from(body.join("\n")));
            members.insert("system".to_owned(), Value::Bool(false));
            comments.push(history);
        }
    }
}

fn read_issue(mut issue: Value, another: bool, comments: &mut Vec<Value>, room: &mut Room) -> Result<(), ReadError> {
    // Jira keeps nearly everything below `fields`.
    if let Some(Value::Object(fields)) = issue.get_mut("fields").map(Value::take) {
        let names = issue.get_mut("names").map(Value::take).unwrap_or_default();
        if let Some(members) = issue.as_object_mut() {
            for (name, value) in fields {
                let own = text(&names, &name).map(str::to_owned).unwrap_or(name);
                members.entry(own).or_insert(value);
            }
        }
        take_comments(&mut issue, comments);
    }
    let title = take(&mut issue, "title").or_else(|| take(&mut issue, "summary")).and_then(|title| words(&title)).unwrap_or_default();
    if another {
        room.push(Block::Heading { level: 1, line: Line::plain(title) })?;
    } else if !title.is_empty() {
        room.push(Block::Named { name: "title".to_owned(), value: title })?;
    }
    let mut named: Vec<&str> = Vec::new();
    for (place, name) in FACTS {
        if named.contains(name) {
            continue;
        }
        if let Some(value) = take(&mut issue, place).and_then(|value| words(&value)).filter(|value| !value.trim().is_empty()) {
            named.push(name);
            room.push(Block::Named { name: (*name).to_owned(), value })?;
        }
    }
    for (place, name) in PEOPLE {
        let Some(value) = issue.get_mut(*place) else { continue };
        let people: Vec<String> = match value {
            Value::Array(all) => all.iter_mut().filter_map(take_person).collect(),
            one => take_person(one).into_iter().collect(),
        };
        push_list(name, &people, room)?;
    }
    for (place, name) in LISTS {
        let Some(Value::Array(all)) = issue.get_mut(*place).map(Value::take) else { continue };
        let names: Vec<String> = all.iter().filter_map(|one| words(one).or_else(|| text(one, "name").map(str::to_owned))).collect();
        push_list(name, &names, room)?;
    }
    for place in ["body", "description", "environment"] {
        if let Some(body) = take(&mut issue, place) {
            room.append(told(&body)?)?;
        }
    }
    documents(&mut issue, room)?;
    drop_rest(&issue, "what only programs need of an issue", room);
    Ok(())
}

/// Fields of a tracker's own that hold rich text, each under its name.
fn documents(issue: &mut Value, room: &mut Room) -> Result<(), ReadError> {
    let Some(members) = issue.as_object_mut() else { return Ok(()) };
    for (name, value) in members.iter_mut().filter(|(_, value)| adf::is_one(value)) {
        room.push(Block::Heading { level: 2, line: Line::plain(name.clone()) })?;
        room.append(told(&value.take())?)?;
    }
    Ok(())
}

/// The text of an issue or a comment.
fn told(body: &Value) -> Result<Source, ReadError> {
    if adf::is_one(body) {
        let mut room = Room::default();
        adf::read(body, &mut room)?;
        return Ok(room.into_source());
    }
    let text = words(body).unwrap_or_default().replace("\r\n", "\n");
    if jira::is_one(&text, 1) { jira::read(&text) } else { markdown::read(&text) }
}

fn entry(mut comment: Value, room: &mut Room) -> Result<(), ReadError> {
    let at = moment_of(&comment).unwrap_or_default();
    let automated = comment.get("system").and_then(Value::as_bool).unwrap_or(false)
        || ["user.type", "author.accountType"].iter().any(|path| matches!(text(&comment, path), Some("Bot" | "app")));
    let who = ["user", "author"].iter().find_map(|name| comment.get_mut(*name).and_then(take_person)).unwrap_or_default();
    let body = take(&mut comment, "body").unwrap_or_default();
    let source = told(&body)?;
    let long = source.blocks.iter().any(|block| matches!(block, Block::Table { .. } | Block::Heading { .. } | Block::Entry { .. }));
    match one_line(&source).filter(|line| !long && line.text().split_whitespace().count() <= LONGEST_ENTRY) {
        Some(line) => {
            room.push(Block::Entry { at, who, automated, line })?;
            let pictures = source.blocks.into_iter().filter(|block| matches!(block, Block::Picture { .. })).collect();
            room.append(Source { blocks: pictures, ..source })?;
        }
        None => {
            room.push(Block::Heading { level: 2, line: Line::plain(format!("{who}, {at}")) })?;
            room.append(source)?;
        }
    }
    for name in ["created_at", "createdAt", "created"] {
        take(&mut comment, name);
    }
    drop_rest(&comment, "what only programs need of a comment", room);
    Ok(())
}

/// A text of lines, items and quotations as one line, with its links.
pub(super) fn one_line(source: &Source) -> Option<Line> {
    let mut runs: Vec<Run> = Vec::new();
    for block in &source.blocks {
        let (before, line) = match block {
            Block::Line { line } => ("", line.clone()),
            Block::Item { line, .. } => ("- ", line.clone()),
            Block::Quote { line } => ("> ", line.clone()),
            Block::Code { text } => ("", Line::plain(text.clone())),
            Block::Gap | Block::Rule | Block::Picture { .. } => continue,
            _ => return None,
        };
        let open = if runs.is_empty() { before.to_owned() } else { format!("\n{before}") };
        runs.push(Run { text: open, ..Run::default() });
        runs.extend(line.runs);
    }
    runs.retain(|run| !run.text.is_empty());
    Some(Line { runs })
}

fn moment_of(comment: &Value) -> Option<String> {
    ["created_at", "createdAt", "created"].iter().find_map(|name| moment::exact(text(comment, name)?))
}

/// The name of a person, the best that there is; what else is known of them stays.
fn take_person(person: &mut Value) -> Option<String> {
    let names = ["displayName", "name", "login", "username", "emailAddress"];
    names.iter().find_map(|name| take(person, name).and_then(|name| words(&name)).filter(|name| !name.trim().is_empty()))
}

/// Takes the value at a path of members out.
fn take(value: &mut Value, path: &str) -> Option<Value> {
    let found = path.split('.').try_fold(value, |value, member| value.get_mut(member))?;
    Some(found.take()).filter(|found| !found.is_null())
}

fn push_list(name: &str, values: &[String], room: &mut Room) -> Result<(), ReadError> {
    if values.is_empty() { Ok(()) } else { room.push(Block::Named { name: name.to_owned(), value: values.join(", ") }) }
}

/// Lists what was not read, all of one thing together.
fn drop_rest(value: &Value, rule: &str, room: &mut Room) {
    let rest: Vec<String> = leaves(value).into_iter().map(|(name, words)| format!("{name}: {words}")).collect();
    room.drop_words(rest.join("\n"), rule);
}
