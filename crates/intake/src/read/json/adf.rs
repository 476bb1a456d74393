//! The Atlassian Document Format (developer.atlassian.com, "Atlassian Document Format", version 1), in which Jira and Confluence keep rich text.
//! Always true: every text of a document is in a block; a node that is not known is looked into, and what it only names stays as its name.

use super::value::text;
use crate::read::gather::Gather;
use crate::read::limits::Room;
use crate::read::{ReadError, picture};
use crate::source::{Block, Cell, Line, Run};
use chrono::DateTime;
use serde_json::Value;

/// Whether a value is a document.
pub(super) fn is_one(value: &Value) -> bool {
    text(value, "type") == Some("doc") && value.get("content").is_some_and(Value::is_array)
}

/// Reads a document.
pub(super) fn read(document: &Value, room: &mut Room) -> Result<(), ReadError> {
    blocks(document, room)
}

fn content(node: &Value) -> &[Value] {
    node.get("content").and_then(Value::as_array).map_or(&[], Vec::as_slice)
}

fn blocks(parent: &Value, room: &mut Room) -> Result<(), ReadError> {
    for node in content(parent) {
        block(node, room)?;
    }
    Ok(())
}

fn block(node: &Value, room: &mut Room) -> Result<(), ReadError> {
    match text(node, "type").unwrap_or_default() {
        "paragraph" => push(node, room, |line| Block::Line { line }),
        "heading" => {
            let level = node.pointer("/attrs/level").and_then(Value::as_u64).and_then(|level| u8::try_from(level).ok()).unwrap_or(1);
            push(node, room, |line| Block::Heading { level: level.clamp(1, 6), line })
        }
        "bulletList" | "orderedList" | "taskList" | "decisionList" => list(node, 0, room),
        "codeBlock" => {
            let text = content(node).iter().filter_map(|node| node.get("text")?.as_str()).collect::<String>();
            if text.trim().is_empty() { Ok(()) } else { room.push(Block::Code { text }) }
        }
        "blockquote" => content(node).iter().try_for_each(|node| push(node, room, |line| Block::Quote { line })),
        "rule" => room.push(Block::Rule),
        "table" => table(node, room),
        "media" | "mediaInline" => media(node, room),
        _ => {
            if let Some(title) = text(node, "attrs.title") {
                room.push(Block::Line { line: Line::plain(title) })?;
            }
            let inline = content(node).iter().any(|node| node.get("text").is_some());
            if inline || node.get("text").is_some() { push(node, room, |line| Block::Line { line }) } else { blocks(node, room) }
        }
    }
}

fn push(node: &Value, room: &mut Room, block: impl Fn(Line) -> Block) -> Result<(), ReadError> {
    line(node).map_or(Ok(()), |line| room.push(block(line)))
}

fn line(node: &Value) -> Option<Line> {
    let mut gather = Gather::default();
    inline(node, &mut gather);
    gather.take()
}

fn inline(node: &Value, line: &mut Gather) {
    let style = style(node);
    let said = match text(node, "type").unwrap_or_default() {
        "hardBreak" => return line.hard_break(),
        "date" => text(node, "attrs.timestamp").and_then(day),
        "inlineCard" | "blockCard" | "embedCard" => {
            let address = text(node, "attrs.url").unwrap_or_default();
            return line.push(address, &Run { link: Some(address.to_owned()), ..Run::default() });
        }
        "emoji" => text(node, "attrs.text").or_else(|| text(node, "attrs.shortName")).map(str::to_owned),
        _ => node.get("text").and_then(Value::as_str).or_else(|| text(node, "attrs.text")).map(str::to_owned),
    };
    line.push(&said.unwrap_or_default(), &style);
    for (at, inner) in content(node).iter().enumerate() {
        // Paragraphs inside a cell or a quotation are lines of it.
        if at > 0 && text(inner, "type") == Some("paragraph") {
            line.hard_break();
        }
        inline(inner, line);
    }
}

fn day(timestamp: &str) -> Option<String> {
    let moment = DateTime::from_timestamp_millis(timestamp.parse().ok()?)?;
    Some(moment.format("%Y-%m-%d").to_string())
}

fn style(node: &Value) -> Run {
    let mut run = Run::default();
    for mark in node.get("marks").and_then(Value::as_array).into_iter().flatten() {
        match text(mark, "type").unwrap_or_default() {
            "strong" => run.bold = true,
            "em" => run.italic = true,
            "code" => run.code = true,
            "link" => run.link = text(mark, "attrs.href").map(str::to_owned),
            _ => {}
        }
    }
    run
}

fn list(list_node: &Value, depth: u8, room: &mut Room) -> Result<(), ReadError> {
    let numbered = text(list_node, "type") == Some("orderedList");
    for (number, item) in (1..).zip(content(list_node)) {
        let mut first = true;
        // Items of tasks hold their words themselves.
        if content(item).iter().all(|inner| inner.get("text").is_some()) {
            let done = text(item, "attrs.state").map(|state| if state == "DONE" { "[x] " } else { "[ ] " }).unwrap_or_default();
            if let Some(mut line) = line(item) {
                line.runs.insert(0, Run { text: done.to_owned(), ..Run::default() });
                room.push(Block::Item { depth, number: None, line })?;
            }
            continue;
        }
        for inner in content(item) {
            match text(inner, "type").unwrap_or_default() {
                "bulletList" | "orderedList" | "taskList" => list(inner, depth.saturating_add(1), room)?,
                "paragraph" if first => {
                    first = false;
                    push(inner, room, |line| Block::Item { depth, number: numbered.then_some(number), line })?;
                }
                _ => block(inner, room)?,
            }
        }
    }
    Ok(())
}

fn table(table: &Value, room: &mut Room) -> Result<(), ReadError> {
    let mut rows = Vec::new();
    let mut head = false;
    for row in content(table) {
        let mut cells = Vec::new();
        head |= rows.is_empty() && content(row).len() > 1 && content(row).iter().all(|cell| text(cell, "type") == Some("tableHeader"));
        for cell in content(row) {
            room.add_cell()?;
            let span = |name: &str| {
                let columns = cell.pointer(name).and_then(Value::as_u64).and_then(|n| u16::try_from(n).ok());
                columns.unwrap_or(1).clamp(1, 1000)
            };
            let lines = content(cell).iter().filter_map(line).collect();
            cells.push(Cell { lines, columns: span("/attrs/colspan"), rows: span("/attrs/rowspan") });
        }
        rows.push(cells);
    }
    if rows.is_empty() { Ok(()) } else { room.push(Block::Table { head, rows }) }
}

fn media(node: &Value, room: &mut Room) -> Result<(), ReadError> {
    let address = text(node, "attrs.url").or_else(|| text(node, "attrs.id")).unwrap_or_default();
    let block = picture::named(room, text(node, "attrs.alt").unwrap_or_default(), address);
    room.push(block)
}
