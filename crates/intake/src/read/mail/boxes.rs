//! A file of mail cut into messages. A box (RFC 4155) begins each with a line `From address date`, after an empty line or at its start; a
//! line of a message that begins so has a `>` set before it ("mboxrd"), which is taken away.

use crate::read::limits::Room;
use std::borrow::Cow;

/// How much is looked at to know a mail by its heads.
const LOOKED_AT: usize = 16_384;
/// Heads that only mail programs write.
const SURE: &[&str] = &["message-id", "mime-version", "received", "return-path", "dkim-signature", "content-transfer-encoding"];

/// Whether these are the bytes of a box.
pub(in crate::read) fn is_box(bytes: &[u8]) -> bool {
    let Some(end) = bytes.iter().position(|byte| *byte == b'\n') else { return false };
    begins_message(&bytes[..end]) && has_heads(&bytes[end + 1..], false)
}

/// Whether these are the bytes of a message. A file named so needs fewer heads to be one than a text that was pasted.
pub(in crate::read) fn is_one(bytes: &[u8], named: bool) -> bool {
    has_heads(bytes, !named)
}

fn has_heads(bytes: &[u8], sure: bool) -> bool {
    let head = String::from_utf8_lossy(&bytes[..bytes.len().min(LOOKED_AT)]);
    let mut names = Vec::new();
    for line in head.trim_start_matches('\u{feff}').lines() {
        if line.is_empty() {
            break;
        }
        if line.starts_with([' ', '\t']) && !names.is_empty() {
            continue;
        }
        let Some((name, _)) = line.split_once(':') else { return false };
        if name.is_empty() || !name.bytes().all(|byte| byte.is_ascii_graphic()) {
            return false;
        }
        names.push(name.to_ascii_lowercase());
    }
    let has = |name: &&str| names.iter().any(|known| known == name);
    let usual = ["from", "date", "subject", "to"].iter().filter(|name| has(name)).count();
    usual >= 2 && (!sure || SURE.iter().any(has))
}

/// The messages of a file; the lines between them are listed as left out.
pub(super) fn messages<'a>(bytes: &'a [u8], room: &mut Room) -> Vec<Cow<'a, [u8]>> {
    let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    if !is_box(bytes) {
        return vec![Cow::Borrowed(bytes)];
    }
    let mut messages: Vec<Vec<u8>> = Vec::new();
    let mut marks = Vec::new();
    let mut after_gap = true;
    for line in bytes.split_inclusive(|byte| *byte == b'\n') {
        if after_gap && begins_message(line) {
            marks.push(String::from_utf8_lossy(line).trim().to_owned());
            messages.push(Vec::new());
            after_gap = false;
            continue;
        }
        after_gap = line.iter().all(u8::is_ascii_whitespace);
        let quoted = line.iter().position(|byte| *byte != b'>').is_some_and(|at| at > 0 && line[at..].starts_with(b"From "));
        if let Some(message) = messages.last_mut() {
            message.extend_from_slice(if quoted { &line[1..] } else { line });
        }
    }
    room.drop_words(marks.join("\n"), "the mark between two mails of a box");
    messages.into_iter().map(Cow::Owned).collect()
}

/// How many messages a message may carry whole, by the heads that say so: whoever reads them goes as deep as they lie in each other.
pub(super) fn carried(bytes: &[u8]) -> usize {
    let kinds: [&[u8]; 3] = [b"rfc822", b"message/global", b"multipart/digest"];
    let says =
        |at: usize| kinds.iter().any(|kind| bytes[at..].len() >= kind.len() && bytes[at..at + kind.len()].eq_ignore_ascii_case(kind));
    bytes.iter().enumerate().filter(|(at, byte)| matches!(byte, b'm' | b'M' | b'r' | b'R') && says(*at)).count()
}

/// `From ada@x.example Wed Mar 11 02:37:00 2026`: a clock and a year stand in it.
fn begins_message(line: &[u8]) -> bool {
    let Ok(line) = std::str::from_utf8(line) else { return false };
    let Some(rest) = line.strip_prefix("From ") else { return false };
    let words: Vec<&str> = rest.split_whitespace().collect();
    let clock = words.iter().any(|word| word.matches(':').count() >= 1 && word.starts_with(|c: char| c.is_ascii_digit()));
    let year = words.iter().any(|word| word.len() == 4 && word.bytes().all(|byte| byte.is_ascii_digit()));
    words.len() >= 5 && clock && year
}
