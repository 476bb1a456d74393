//! HTML: a saved page, or a piece of one from the clipboard (Confluence, forums, Word, Google Docs). Always true: every word that a
//! browser would show is in a block; what it would not show is listed as dropped by the rule that says so. Nothing is fetched or run: a
//! picture elsewhere is only named. Deliberately absent: style sheets, and any guess at which part of a page matters.

mod furniture;
mod notes;
mod style;
mod table;
pub(crate) mod tree;
mod walk;

use super::ReadError;
use super::limits::Room;
use crate::source::{Block, Dropped, Source};

/// Reads a page.
pub(super) fn read(html: &str) -> Result<Source, ReadError> {
    let mut room = Room::default();
    read_into(html, &mut room)?;
    let mut source = room.into_source();
    title(&mut source);
    Ok(source)
}

/// The parts of a page's name: "Outage - Incidents - Our wiki".
fn parts(name: &str) -> impl Iterator<Item = &str> {
    const SIGNS: [char; 5] = ['-', '|', '–', '—', '·'];
    name.split(SIGNS).map(str::trim).filter(|part| part.chars().count() >= 8)
}

/// The one heading of the first level is the title; what the page calls itself, its site's name in it, then says the same a second time.
fn title(source: &mut Source) {
    let is_title = |block: &Block| matches!(block, Block::Named { name, .. } if name == "title");
    let first: Vec<String> = source
        .blocks
        .iter()
        .filter_map(|block| if let Block::Heading { level: 1, line } = block { Some(line.text()) } else { None })
        .collect();
    let ([heading], Some(at)) = (first.as_slice(), source.blocks.iter().position(is_title)) else { return };
    let Block::Named { value, .. } = &source.blocks[at] else { return };
    let bare = |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ").to_lowercase();
    // A page named otherwise keeps both words; its heading is the report's title, unless it is the site's, which heads none of the text.
    let (named, heading) = (bare(value), bare(heading));
    let shares = named.contains(&heading) || parts(&named).any(|part| heading.contains(part));
    let rule = match shares {
        true => "the name of the page, which its heading repeats",
        false if heads_the_text(&source.blocks) => "the name of the page, which is headed otherwise",
        false => return,
    };
    if let Block::Named { value, .. } = source.blocks.remove(at) {
        source.dropped.push(Dropped { text: value, rule: rule.to_owned() });
    }
}

/// Whether the one heading of the first level opens what is told: text, or headings below it, follow, and none of it stands before.
fn heads_the_text(blocks: &[Block]) -> bool {
    let told = |block: &&Block| !matches!(block, Block::Named { .. } | Block::Rule | Block::Gap);
    let mut told = blocks.iter().filter(told);
    matches!(told.next(), Some(Block::Heading { level: 1, .. })) && told.next().is_some()
}

/// Reads a piece of HTML that stands in another format.
pub(super) fn read_into(html: &str, room: &mut Room) -> Result<(), ReadError> {
    let tree = tree::parse(html)?;
    walk::Walk::new(&tree, room).page()
}

/// The encoding that a page names in its first kilobyte (WHATWG HTML, 13.2.3.2, "prescan a byte stream"), simplified: the word after the
/// first `charset=` inside a `meta`, or `encoding=` of an XML declaration.
pub(super) fn said_encoding(bytes: &[u8]) -> Option<String> {
    let head: String = bytes[..bytes.len().min(1024)].iter().map(|byte| char::from(*byte).to_ascii_lowercase()).collect();
    let head = head.trim_start();
    if !head.starts_with('<') {
        return None;
    }
    let after = match head.strip_prefix("<?xml") {
        Some(xml) => xml.split_once("?>")?.0.split_once("encoding=")?.1,
        None => head.split("<meta").skip(1).find_map(|meta| meta.split_once('>')?.0.split_once("charset=").map(|(_, label)| label))?,
    };
    let label: String =
        after.trim_start_matches(['"', '\'', ' ']).chars().take_while(|c| c.is_ascii_alphanumeric() || "-_:.".contains(*c)).collect();
    (!label.is_empty()).then_some(label)
}

#[cfg(test)]
mod tests;
