//! Mail: one message (RFC 5322, MIME) or a box of them (RFC 4155). Always true: of one message the subject is the title and the text is read
//! as a text of its kind; of several each short one is an entry at its own moment, in the order they were sent; what a reply quotes of a
//! message that stands in the same file is listed as left out, and so is every head that only programs read. Deliberately absent: signatures
//! and encryption, which are named; addresses are never written to.

mod boxes;
mod content;
mod earlier;
mod heads;

use super::limits::Room;
use super::{Format, ReadError, detect, html, markdown, plain};
use crate::source::{Block, Line, Source};
use content::Content;
use earlier::Earlier;
use heads::Heads;
use mail_parser::{Message, MessageParser, PartType};
use std::collections::HashSet;

pub(super) use boxes::{is_box, is_one};

/// The most messages of a box.
const MOST_MESSAGES: usize = 20_000;
/// The most messages that a message carries whole, one in another or side by side.
const MOST_CARRIED: usize = 100;
/// A message of a thread with more words is a text, with its own paragraphs, and not one entry.
const LONGEST_ENTRY: usize = 200;

/// Reads a message or a box of messages.
pub(super) fn read(bytes: &[u8]) -> Result<Source, ReadError> {
    let mut room = Room::default();
    let raw = boxes::messages(bytes, &mut room);
    if raw.len() > MOST_MESSAGES {
        return Err(ReadError::TooMany { what: "messages", most: MOST_MESSAGES });
    }
    let parser = MessageParser::default();
    let mut mails = Vec::new();
    for (number, raw) in raw.iter().enumerate() {
        if boxes::carried(raw) > MOST_CARRIED {
            return Err(ReadError::TooMany { what: "mails inside one mail", most: MOST_CARRIED });
        }
        let message = parser.parse(raw.as_ref()).ok_or_else(|| ReadError::Broken {
            format: "mail",
            message: format!(
                "message {} has no heads (From, Date, Subject). Save it anew from your mail program and open that",
                number + 1
            ),
        })?;
        unfold(message.into_owned(), &mut mails);
    }
    let mut seen = HashSet::new();
    let (once, twice): (Vec<Mail>, Vec<Mail>) =
        mails.into_iter().partition(|mail| mail.heads.id.as_ref().is_none_or(|id| seen.insert(id.clone())));
    for mail in twice {
        room.drop_words(mail.content.text(), "the same mail a second time");
    }
    let mut once = once;
    // A mail without a date stays behind the one it stands behind.
    once.sort_by_key(|mail| mail.heads.instant);
    match once.len() {
        0 => Err(ReadError::Empty),
        1 => alone(once.remove(0), &mut room),
        _ => thread(once, &mut room),
    }?;
    Ok(room.into_source())
}

struct Mail {
    heads: Heads,
    content: Content,
}

/// A message, and those it carries whole, each for itself.
fn unfold(message: Message<'static>, mails: &mut Vec<Mail>) {
    let carried: Vec<Message<'static>> = message
        .parts
        .iter()
        .filter_map(|part| match &part.body {
            PartType::Message(inner) => Some(inner.clone()),
            _ => None,
        })
        .collect();
    let before = mails.last().and_then(|mail| mail.heads.instant);
    let mut heads = Heads::of(&message);
    heads.instant = heads.instant.or(before);
    mails.push(Mail { heads, content: Content::of(&message) });
    carried.into_iter().for_each(|inner| unfold(inner, mails));
}

/// One message: a report that was sent as a mail, or what somebody wrote about one.
fn alone(mail: Mail, room: &mut Room) -> Result<(), ReadError> {
    let Mail { heads, content } = mail;
    if let Some(subject) = &heads.subject {
        room.drop_words(subject.marks.clone(), "a mark that mail programs set before a subject");
        if !subject.words.is_empty() {
            room.push(Block::Named { name: "title".to_owned(), value: subject.words.clone() })?;
        }
    }
    for (name, value) in heads.said() {
        room.push(Block::Named { name: name.to_owned(), value })?;
    }
    room.drop_words(heads.rest, "what only mail programs read");
    match &content.page {
        Some(page) => html::read_into(page, room)?,
        None => {
            let words = own_text(&content.words, None, room);
            room.append(as_text(&words)?)?;
        }
    }
    content.attach(room)
}

/// Several messages.
fn thread(mails: Vec<Mail>, room: &mut Room) -> Result<(), ReadError> {
    let mut earlier = Earlier::default();
    let subject = mails.iter().find_map(|mail| mail.heads.subject.as_ref()).map(|subject| subject.words.clone()).unwrap_or_default();
    if !subject.is_empty() {
        room.push(Block::Named { name: "title".to_owned(), value: subject.clone() })?;
    }
    let mut titled = false;
    for mail in mails {
        let Mail { mut heads, content } = mail;
        let own = heads.subject.take().unwrap_or_default();
        room.drop_words(own.marks, "a mark that mail programs set before a subject");
        let mut said = None;
        if own.words != subject {
            said = Some(own.words).filter(|words| !words.is_empty());
        } else if titled {
            room.drop_words(own.words, "the subject of the thread again");
        } else {
            titled = true;
        }
        for (name, value) in heads.said().into_iter().filter(|(name, _)| *name != "Sent" || heads.at.is_none()) {
            room.drop_words(format!("{name}: {value}"), "who a mail of a thread is from and to");
        }
        room.drop_words(std::mem::take(&mut heads.rest), "what only mail programs read");
        let page = content.page.as_deref().map(html::read).transpose()?;
        match page {
            Some(page)
                if page.blocks.iter().any(|block| !matches!(block, Block::Line { .. } | Block::Item { .. } | Block::Quote { .. })) =>
            {
                headed(&heads, said, room)?;
                room.append(page)?;
            }
            page => {
                let words = page.map_or_else(|| content.words.clone(), |page| lines_of(page, room));
                earlier_or_entry(&words, &heads, said, &mut earlier, room)?;
            }
        }
        content.attach(room)?;
    }
    Ok(())
}

/// The lines of a page that has nothing else.
fn lines_of(page: Source, room: &mut Room) -> String {
    page.dropped.into_iter().for_each(|dropped| room.drop_words(dropped.text, &dropped.rule));
    let line = |block: &Block| match block {
        Block::Line { line } | Block::Item { line, .. } => Some(crate::addresses::with_addresses(line).text()),
        Block::Quote { line } => Some(format!("> {}", crate::addresses::with_addresses(line).text().replace('\n', "\n> "))),
        _ => None,
    };
    page.blocks.iter().filter_map(line).collect::<Vec<_>>().join("\n")
}

fn earlier_or_entry(words: &str, heads: &Heads, said: Option<String>, earlier: &mut Earlier, room: &mut Room) -> Result<(), ReadError> {
    let own = own_text(words, Some(earlier), room);
    earlier.add(&own);
    let lines: Vec<&str> = own.lines().map(str::trim).filter(|line| !line.is_empty()).collect();
    if lines.iter().map(|line| line.split_whitespace().count()).sum::<usize>() > LONGEST_ENTRY {
        headed(heads, said, room)?;
        return room.append(as_text(&own)?);
    }
    let text: Vec<&str> = said.as_deref().into_iter().chain(lines).collect();
    let at = heads.at.clone().unwrap_or_default();
    room.push(Block::Entry { at, who: heads.who.clone(), automated: false, line: Line::plain(text.join("\n")) })
}

/// Words as what they are written as: Markdown, or plain text.
fn as_text(words: &str) -> Result<Source, ReadError> {
    if detect::format(None, words) == Format::Markdown { markdown::read(words) } else { plain::read(words) }
}

/// The line above a long mail of a thread: who wrote it and when.
fn headed(heads: &Heads, said: Option<String>, room: &mut Room) -> Result<(), ReadError> {
    let words: Vec<String> =
        [said, Some(heads.who.clone()), heads.at.clone()].into_iter().flatten().filter(|words| !words.is_empty()).collect();
    if words.is_empty() { Ok(()) } else { room.push(Block::Heading { level: 2, line: Line::plain(words.join(", ")) }) }
}

/// What a mail says itself: without what it quotes of an earlier one. What it quotes of none that is here stays.
fn own_text(words: &str, earlier: Option<&Earlier>, room: &mut Room) -> String {
    let parts = earlier::parts(words);
    let mut own = Vec::new();
    let mut left = Vec::new();
    // A forwarded report is nothing but a quotation: it is then the text.
    let quoted: usize = parts.iter().filter(|part| part.quoted).map(|part| part.bare.len()).sum();
    let mostly = quoted * 2 > parts.iter().map(|part| part.bare.len()).sum();
    let known = earlier.map_or_else(|| vec![false; parts.len()], |earlier| earlier.known(&parts));
    for (at, part) in parts.iter().enumerate() {
        let next = (at + 1..parts.len()).find(|next| !parts[*next].bare.is_empty() && !parts[*next].attribution);
        let leads = part.attribution && next.is_some_and(|next| known[next]);
        if known[at] || leads {
            left.push(part.bare);
        } else {
            own.push(if part.quoted && mostly { part.bare } else { part.whole });
        }
    }
    room.drop_words(left.join("\n"), "quoted from an earlier mail of this file");
    own.join("\n")
}

#[cfg(test)]
mod tests;
