//! Incidents, alerts and their logs. The members of a log's entries are those of PagerDuty (REST API v2, log entries: `created_at`,
//! `agent`, `summary`, `channel`; notes: `content`, `user`), as its support page "Retrieve Trigger Event Data Using the API" and the
//! documentation of its clients describe them, and of Opsgenie (Alert API, "List Alert Logs": `log`, `owner`, `createdAt`; "List Alert
//! Notes": `note`). Always true: an object that has a moment and words, among others of its kind, is an entry; every other value keeps its
//! name. Entries listed from the latest to the first are turned round.

use super::value::{leaves, text, words};
use crate::read::limits::Room;
use crate::read::{ReadError, html, markdown, moment};
use crate::source::{Block, Line, Run, Source};
use serde_json::{Map, Value};

const MOMENTS: &[&str] = &[
    "display_at",
    "created_at",
    "createdAt",
    "eventTime",
    "timestamp",
    "@timestamp",
    "datetime",
    "occurred_at",
    "startsAt",
    "time",
    "ts",
    "at",
    "date",
];
const WORDS: &[&str] = &[
    "summary",
    "log",
    "note",
    "content",
    "description.name",
    "annotations.summary",
    "annotations.description",
    "labels.alertname",
    "message",
    "msg",
    "description",
    "text",
    "event",
    "body",
];
const AUTHORS: &[&str] = &["agent.summary", "user.summary", "actor.name", "author.name", "owner", "user", "author", "who"];
/// Members that name a thing for programs, or count for them.
const MACHINE: &[&str] = &["id", "type", "self", "html_url", "requestId", "took", "incident_key", "apiKey"];
/// Wrappers that say nothing.
const WRAPPERS: &[&str] = &["data", "incident", "alert", "event", "payload"];
/// Members of an incident of Statuspage (its API v1, "Incidents") by the words that reports have for them.
const STATUSPAGE: &[(&str, &str)] = &[
    ("name", "title"),
    ("impact", "severity"),
    ("started_at", "impact start"),
    ("created_at", "impact start"),
    ("resolved_at", "incident end"),
];
/// Members of an alert of Opsgenie (Alert API, "Get Alert"; Incident API, "Get Incident") by such words.
const OPSGENIE: &[(&str, &str)] = &[("message", "title"), ("impactStartDate", "impact start"), ("impactEndDate", "incident end")];
/// Members of an incident of PagerDuty (REST API v2, "Get an incident") by such words.
const PAGERDUTY: &[(&str, &str)] = &[("created_at", "opened"), ("resolved_at", "resolved")];
/// What Statuspage calls the account that is written afterwards; it is Markdown.
const AFTERWARDS: &str = "postmortem_body";

/// Reads an incident, an alert or a log.
pub(super) fn read(value: &Value) -> Result<Source, ReadError> {
    let mut log = Log { room: Room::default(), afterwards: None };
    log.value("", value)?;
    if let Some(told) = log.afterwards.take() {
        log.room.append(told)?;
    }
    Ok(log.room.into_source())
}

/// Whether a value is something that happened at a moment.
pub(super) fn is_entry(value: &Value) -> bool {
    Found::of(value).is_some()
}

/// The members of a thing that have other names in reports.
fn known(members: &Map<String, Value>) -> &'static [(&'static str, &'static str)] {
    if members.contains_key("incident_updates") {
        STATUSPAGE
    } else if members.contains_key("incident_number") {
        PAGERDUTY
    } else if members.contains_key("tinyId") || members.contains_key("impactStartDate") {
        OPSGENIE
    } else {
        &[]
    }
}

struct Log {
    room: Room,
    /// The account that was written of an incident afterwards; it follows its updates.
    afterwards: Option<Source>,
}

impl Log {
    fn value(&mut self, name: &str, value: &Value) -> Result<(), ReadError> {
        match value {
            Value::Array(items) => self.items(name, items),
            Value::Object(members) => self.members(name, members),
            leaf => match words(leaf).filter(|words| !words.trim().is_empty()) {
                Some(value) if name.is_empty() => self.room.push(Block::Line { line: Line::plain(value) }),
                Some(value) => self.room.push(Block::Named { name: name.to_owned(), value }),
                None => Ok(()),
            },
        }
    }

    fn items(&mut self, name: &str, items: &[Value]) -> Result<(), ReadError> {
        let entries: Option<Vec<Found>> = items.iter().map(Found::of).collect();
        match entries {
            Some(mut entries) if !entries.is_empty() => {
                if entries.len() > 1 && entries.windows(2).all(|pair| pair[0].instant >= pair[1].instant) {
                    entries.reverse();
                }
                entries.into_iter().try_for_each(|entry| self.entry(entry))
            }
            _ => items.iter().try_for_each(|item| self.value(name, item)),
        }
    }

    fn members(&mut self, outer: &str, members: &Map<String, Value>) -> Result<(), ReadError> {
        // `{"id": …, "type": "service_reference", "summary": "Mail"}` stands for its summary; the rest is for programs.
        if let (Some(summary), true) = (members.get("summary").and_then(Value::as_str), members.contains_key("id") && !outer.is_empty()) {
            for (name, value) in members.iter().filter(|(name, _)| *name != "summary") {
                self.drop_leaves(name, value, "what only programs need of a reference");
            }
            return self.room.push(Block::Named { name: outer.to_owned(), value: summary.to_owned() });
        }
        let known = known(members);
        for (name, value) in members {
            if let Some((_, words)) = known.iter().find(|(member, _)| member == name)
                && let Some(said) = value.as_str()
            {
                // An incident that was opened later than it began has both.
                let opened = name == "created_at" && members.get("started_at").is_some_and(Value::is_string);
                let name = if opened { "opened" } else { words };
                let value = moment::exact(said).unwrap_or_else(|| said.to_owned());
                self.room.push(Block::Named { name: name.to_owned(), value })?;
                continue;
            }
            if let (AFTERWARDS, Value::String(text)) = (name.as_str(), value) {
                self.afterwards = Some(markdown::read(text)?);
                continue;
            }
            // The one incident of a page is what the text is about.
            let alone = name == "incidents" && value.as_array().is_some_and(|incidents| incidents.len() == 1);
            let wraps = alone || WRAPPERS.contains(&name.as_str()) && !matches!(value, Value::String(_));
            let path = match (outer.is_empty(), wraps) {
                (_, true) => outer.to_owned(),
                (true, false) => name.clone(),
                (false, false) => format!("{outer}.{name}"),
            };
            if MACHINE.contains(&name.as_str()) {
                self.drop_leaves(&path, value, "what only programs need");
            } else {
                self.value(&path, value)?;
            }
        }
        Ok(())
    }

    fn entry(&mut self, entry: Found<'_>) -> Result<(), ReadError> {
        let Found { at, who, automated, words, used, value, .. } = entry;
        let line = if is_marked_up(&words) { shown(&words)? } else { Line::plain(words) };
        self.room.push(Block::Entry { at, who: who.to_owned(), automated, line })?;
        for (name, words) in leaves(value) {
            if !used.contains(&name.as_str()) {
                self.room.drop_words(format!("{name}: {words}"), "what only programs need of an entry");
            }
        }
        Ok(())
    }

    fn drop_leaves(&mut self, name: &str, value: &Value, rule: &str) {
        for (path, words) in leaves(value) {
            let path = if path.is_empty() { name.to_owned() } else { format!("{name}.{path}") };
            self.room.drop_words(format!("{path}: {words}"), rule);
        }
    }
}

/// Whether words are a piece of a page: an element that ends, or a break.
fn is_marked_up(words: &str) -> bool {
    ["</p>", "</a>", "</li>", "</b>", "</strong>", "<br>", "<br/>", "<br />"].iter().any(|mark| words.contains(mark))
}

/// The words that a piece of a page shows, on one line, with their links.
fn shown(words: &str) -> Result<Line, ReadError> {
    let (before, page) = words.split_at(words.find('<').unwrap_or(0));
    let mut room = Room::default();
    html::read_into(page, &mut room)?;
    let Some(mut line) = super::tracker::one_line(&room.into_source()) else { return Ok(Line::plain(words.to_owned())) };
    line.runs.insert(0, Run { text: before.to_owned(), ..Run::default() });
    Ok(line)
}

/// A moment of an entry: as a text, or counted since 1970.
fn moment_at(value: &Value, member: &str) -> Option<String> {
    match text(value, member) {
        Some(said) => moment::exact(said),
        None => moment::counted(&value.get(member).filter(|value| value.is_number())?.to_string()),
    }
}

/// An object that is an entry.
struct Found<'a> {
    at: String,
    instant: Option<i64>,
    who: &'a str,
    automated: bool,
    words: String,
    used: Vec<&'static str>,
    value: &'a Value,
}

impl<'a> Found<'a> {
    fn of(value: &'a Value) -> Option<Self> {
        // An incident in a list of incidents is a thing of its own, not something that happened to one.
        if value.get("incident_number").is_some() || value.get("tinyId").is_some() {
            return None;
        }
        let first = |paths: &[&'static str]| paths.iter().find_map(|path| Some((*path, text(value, path)?)));
        let (time_path, at) = MOMENTS.iter().find_map(|path| Some((*path, moment_at(value, path)?)))?;
        let (words_path, said) = first(WORDS)?;
        let (author_path, who) = first(AUTHORS).unwrap_or(("", ""));
        let mut used = vec![time_path, words_path, author_path];
        let mut words = said.to_owned();
        // "Investigating" stands beside the words of an update, and says as much.
        if let Some(status) = text(value, "status").filter(|_| words_path == "body") {
            words = format!("{status}: {words}");
            used.push("status");
        }
        // What a person noted, and what a monitor sent, stands in the channel; the summary only says that something did.
        for path in ["channel.content", "channel.note", "channel.description", "channel.details", "note"] {
            if let Some(more) = text(value, path).filter(|more| path != words_path && !words.contains(more)) {
                words = format!("{words}\n{more}");
                used.push(path);
            }
        }
        // Which parts an update is about.
        let parts: Vec<&str> = value
            .get("affected_components")
            .and_then(Value::as_array)
            .map(|parts| parts.iter().filter_map(|part| text(part, "name")).collect())
            .unwrap_or_default();
        if !parts.is_empty() {
            words = format!("{words} ({})", parts.join(", "));
            used.push("affected_components.name");
        }
        let kind = text(value, "agent.type").or_else(|| text(value, "actor.type"));
        let automated = kind.map_or(who == "System", |kind| !kind.to_lowercase().starts_with("user"));
        let instant = chrono::DateTime::parse_from_rfc3339(&at).ok().map(|moment| moment.timestamp_millis());
        Some(Self { at, instant, who, automated, words, used, value })
    }
}
