//! A whole export of Slack, packed ("How to read Slack data exports", slack.com/help): a folder for each channel with a file for each day, and
//! `users.json`, by which ids become names. Always true: every message of every day is read, the days of a channel one after another; what is
//! neither a day nor a list of people is listed by its name.

use super::slack::{self, People};
use super::value::text;
use crate::read::archive::Archive;
use crate::read::limits::Room;
use crate::read::{ReadError, encoding};
use crate::source::{Block, Line, Source};
use serde_json::Value;
use std::collections::BTreeMap;

/// Whether these names of a ZIP file are those of an export.
pub(in crate::read) fn is_one(names: &[String]) -> bool {
    let people = names.iter().any(|name| name.rsplit('/').next() == Some("users.json"));
    people && names.iter().any(|name| day_of(name).is_some())
}

/// Reads an export.
pub(in crate::read) fn read(bytes: &[u8]) -> Result<Source, ReadError> {
    let mut archive = Archive::open("Slack export", bytes)?;
    let mut room = Room::default();
    let mut channels: BTreeMap<String, Vec<String>> = BTreeMap::new();
    let mut people = People::new();
    for name in archive.names() {
        if let Some((channel, _)) = day_of(&name) {
            channels.entry(channel.to_owned()).or_default().push(name);
        } else if name.rsplit('/').next() == Some("users.json") {
            people.extend(known(&part(&mut archive, &name)?));
            room.drop_words(name, "the list of people, by which their names were found");
        } else {
            room.drop_words(name, "a file of the export that holds no messages");
        }
    }
    let several = channels.len() > 1;
    for (channel, days) in channels {
        if several {
            room.push(Block::Heading { level: 2, line: Line::plain(format!("#{channel}")) })?;
        } else {
            room.drop_words(channel, "the name of the only channel");
        }
        let mut messages = Vec::new();
        // Their names are days: in order of their names they are in order of time.
        for day in days {
            if let Value::Array(all) = part(&mut archive, &day)? {
                messages.extend(all);
            }
        }
        slack::read_messages(&messages, people.clone(), &mut room)?;
    }
    Ok(room.into_source())
}

/// `general/2026-03-11.json`: the channel and the day; the whole may lie in a folder of its own.
fn day_of(name: &str) -> Option<(&str, &str)> {
    let (folder, file) = name.rsplit_once('/')?;
    let day = file.strip_suffix(".json")?;
    let sound =
        day.len() == 10 && day.bytes().enumerate().all(|(at, byte)| if at == 4 || at == 7 { byte == b'-' } else { byte.is_ascii_digit() });
    sound.then_some((folder.rsplit('/').next().unwrap_or(folder), day))
}

fn part(archive: &mut Archive<'_>, name: &str) -> Result<Value, ReadError> {
    let bytes = archive.bytes(name)?.unwrap_or_default();
    super::parse(&encoding::decode(&bytes, None, Some("utf-8"))?).map_err(|fault| match fault {
        ReadError::Broken { format, message } => ReadError::Broken { format, message: format!("{name}: {message}") },
        fault => fault,
    })
}

fn known(users: &Value) -> People {
    let name = |user: &Value| {
        let paths = ["profile.real_name", "real_name", "profile.display_name", "name"];
        Some((text(user, "id")?.to_owned(), paths.iter().find_map(|path| text(user, path))?.to_owned()))
    };
    users.as_array().into_iter().flatten().filter_map(name).collect()
}
