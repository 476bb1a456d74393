//! Messages of Slack: a day's file of an export ("How to read Slack data exports", slack.com/help: `type`, `user`, `text`, `ts`,
//! `attachments`, `subtype`) or the answer of `conversations.history` (`messages`, latest first). Text is read as "Formatting message text"
//! (docs.slack.dev) says: `&`, `<` and `>` are written as entities, `<…>` is a link or a name. Always true: whose id the file explains goes
//! by name, anybody else by id.

use super::value::{leaves, text};
use crate::read::gather::Gather;
use crate::read::limits::Room;
use crate::read::{ReadError, moment, picture};
use crate::source::{Block, Run, Source};
use serde_json::Value;
use std::collections::HashMap;

/// Whether these are messages of Slack.
pub(super) fn is_one(value: &Value) -> bool {
    let is_message = |message: &Value| {
        text(message, "ts").and_then(moment::since_1970).is_some() && (message.get("text").is_some() || message.get("type").is_some())
    };
    messages(value).is_some_and(|messages| !messages.is_empty() && messages.iter().all(is_message))
}

/// Reads the messages.
pub(super) fn read(value: &Value) -> Result<Source, ReadError> {
    let messages = messages(value).map(Vec::as_slice).unwrap_or_default();
    let mut room = Room::default();
    read_messages(messages, People::new(), &mut room)?;
    if let Value::Object(members) = value {
        for (name, words) in members
            .iter()
            .filter(|(name, _)| *name != "messages")
            .flat_map(|(name, value)| leaves(value).into_iter().map(move |(_, words)| (name, words)))
        {
            room.drop_words(format!("{name}: {words}"), "what only programs need of a chat");
        }
    }
    Ok(room.into_source())
}

/// Reads messages in order of time, each answer right below what it answers. `known` are people by their ids; the messages may know more.
pub(super) fn read_messages(messages: &[Value], mut known: People, room: &mut Room) -> Result<(), ReadError> {
    for (id, name) in people(messages) {
        known.entry(id).or_insert(name);
    }
    let second = |message: &Value| text(message, "ts").and_then(|ts| ts.parse::<f64>().ok()).unwrap_or_default();
    // What is answered, by when it was said; an answer whose beginning is not here stands where it was said.
    let firsts: HashMap<&str, f64> = messages.iter().filter_map(|message| Some((text(message, "ts")?, second(message)))).collect();
    let mut order: Vec<(f64, f64, &Value)> = messages
        .iter()
        .map(|message| {
            let own = second(message);
            let thread = text(message, "thread_ts").and_then(|first| firsts.get(first)).copied().unwrap_or(own);
            (thread, own, message)
        })
        .collect();
    order.sort_by(|a, b| a.0.total_cmp(&b.0).then(a.1.total_cmp(&b.1)));
    order.into_iter().try_for_each(|(_, _, message)| read_message(message, &known, room))
}

fn messages(value: &Value) -> Option<&Vec<Value>> {
    value.as_array().or_else(|| value.get("messages")?.as_array())
}

/// Names by ids.
pub(super) type People = HashMap<String, String>;

fn people(messages: &[Value]) -> People {
    let known = |message: &Value| {
        let name =
            ["user_profile.real_name", "user_profile.display_name", "user_profile.name"].iter().find_map(|path| text(message, path))?;
        Some((text(message, "user")?.to_owned(), name.to_owned()))
    };
    messages.iter().filter_map(known).collect()
}

fn read_message(message: &Value, people: &People, room: &mut Room) -> Result<(), ReadError> {
    let at = text(message, "ts").and_then(moment::since_1970).unwrap_or_default();
    let subtype = text(message, "subtype").unwrap_or_default();
    let mut line = Gather::default();
    push_marked(text(message, "text").unwrap_or_default(), people, &mut line);
    push_attachments(message, people, &mut line);
    let line = line.take().unwrap_or_default();
    let who = who(message, people);
    if matches!(subtype, "channel_join" | "channel_leave" | "group_join" | "group_leave" | "bot_add" | "bot_remove") {
        room.drop_words(format!("{at} {who} {}", line.text()), "somebody came to the channel or left it");
    } else {
        let automated = subtype == "bot_message" || text(message, "bot_id").is_some();
        room.push(Block::Entry { at, who, automated, line })?;
    }
    for file in message.get("files").and_then(Value::as_array).into_iter().flatten() {
        let title = text(file, "title").or_else(|| text(file, "name")).unwrap_or_default();
        let address = text(file, "permalink").or_else(|| text(file, "url_private")).or_else(|| text(file, "name")).unwrap_or_default();
        let block = picture::named(room, title, address);
        room.push(block)?;
    }
    drop_rest(message, room);
    Ok(())
}

fn who(message: &Value, people: &People) -> String {
    let by_id = text(message, "user").map(|id| people.get(id).cloned().unwrap_or_else(|| id.to_owned()));
    let named = || ["username", "bot_profile.name", "bot_id"].iter().find_map(|path| text(message, path)).map(str::to_owned);
    by_id.or_else(named).unwrap_or_default()
}

/// The parts of old-style attachments that readers see.
fn push_attachments(message: &Value, people: &People, line: &mut Gather) {
    for attachment in message.get("attachments").and_then(Value::as_array).into_iter().flatten() {
        let seen: Vec<&str> = ["pretext", "title", "text"].iter().filter_map(|part| text(attachment, part)).collect();
        let seen = if seen.is_empty() { text(attachment, "fallback").into_iter().collect() } else { seen };
        for part in seen {
            line.hard_break();
            push_marked(part, people, line);
        }
        for field in attachment.get("fields").and_then(Value::as_array).into_iter().flatten() {
            line.hard_break();
            let words = [text(field, "title"), text(field, "value")].into_iter().flatten().collect::<Vec<_>>().join(": ");
            push_marked(&words, people, line);
        }
    }
}

/// What a message carries beside its words: who reacted, when it was changed.
fn drop_rest(message: &Value, room: &mut Room) {
    for reaction in message.get("reactions").and_then(Value::as_array).into_iter().flatten() {
        let count = reaction.get("count").and_then(Value::as_u64).unwrap_or(1);
        room.drop_words(format!(":{}: {count}", text(reaction, "name").unwrap_or_default()), "a reaction");
    }
    if let Some(moment) = text(message, "edited.ts").and_then(moment::since_1970) {
        room.drop_words(moment, "when a message was changed");
    }
}

/// Adds text with its `<…>` and its entities resolved.
fn push_marked(marked: &str, people: &People, line: &mut Gather) {
    let plain = Run::default();
    let mut rest = marked;
    while let Some((before, after)) = rest.split_once('<') {
        line.push(&unescaped(before), &plain);
        // No address is longer; looking further for the end of every lone sign would take as long as the text is, each time.
        const LONGEST: usize = 8_192;
        let near = &after[..after.floor_char_boundary(LONGEST)];
        let Some((inside, behind)) = near.find('>').map(|end| (&after[..end], &after[end + 1..])) else {
            line.push("<", &plain);
            rest = after;
            continue;
        };
        push_special(inside, people, line);
        rest = behind;
    }
    line.push(&unescaped(rest), &plain);
}

fn push_special(inside: &str, people: &People, line: &mut Gather) {
    let plain = Run::default();
    let (target, label) = inside.split_once('|').map_or((inside, None), |(target, label)| (target, Some(unescaped(label))));
    let target = unescaped(target);
    match target.chars().next() {
        Some('@') => {
            let id = &target[1..];
            let name = people.get(id).map_or(id, String::as_str);
            line.push(&format!("@{}", label.as_deref().unwrap_or(name)), &plain);
        }
        Some('#') => line.push(&format!("#{}", label.as_deref().unwrap_or(&target[1..])), &plain),
        Some('!') => {
            let word = target[1..].split('^').next().unwrap_or_default();
            line.push(&label.unwrap_or_else(|| format!("@{word}")), &plain);
        }
        _ => line.push(label.as_deref().unwrap_or(&target), &Run { link: Some(target.clone()), ..Run::default() }),
    }
}

fn unescaped(text: &str) -> String {
    text.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")
}
