//! A source as text, one block a line: what the tests of the readers compare.

use crate::source::{Block, Cell, Change, Line, Run, Source};
use std::fmt::Write;

/// The blocks, what was dropped, and the files.
pub(super) fn shown(source: &Source) -> String {
    let mut out = String::new();
    for block in &source.blocks {
        let _ = writeln!(out, "{}", block_words(block).trim_end());
    }
    for dropped in &source.dropped {
        let _ = writeln!(out, "dropped ({}): {}", dropped.rule, dropped.text.replace('\n', "⏎"));
    }
    for file in &source.files {
        let _ = writeln!(out, "file {} ({}, {} bytes)", file.name, file.media_type, file.bytes.len());
    }
    out
}

fn block_words(block: &Block) -> String {
    match block {
        Block::Heading { level, line } => format!("H{level}    {}", line_words(line)),
        Block::Line { line } => format!("Line  {}", line_words(line)),
        Block::Gap => "Gap".to_owned(),
        Block::Item { depth, number, line } => {
            let bullet = number.map_or_else(|| "•".to_owned(), |number| format!("{number}."));
            format!("Item  {}{bullet} {}", "  ".repeat(usize::from(*depth)), line_words(line))
        }
        Block::Table { head, rows } => {
            let rows: Vec<String> = rows.iter().map(|row| row.iter().map(cell_words).collect::<Vec<_>>().join(" | ")).collect();
            format!("Table{} {}", if *head { "+" } else { "" }, rows.join("\n       "))
        }
        Block::Code { text } => format!("Code  {}", text.replace('\n', "⏎")),
        Block::Quote { line } => format!("Quote {}", line_words(line)),
        Block::Rule => "Rule".to_owned(),
        Block::Picture { alt, name, file } => format!("Pict  {alt} <{name}> {file:?}"),
        Block::Edge { line } => format!("Edge  {}", line_words(line)),
        Block::Entry { at, who, automated, line } => {
            format!("Entry {at} {who}{}: {}", if *automated { " (automated)" } else { "" }, line_words(line))
        }
        Block::Named { name, value } => format!("Named {name} = {}", value.replace('\n', "⏎")),
    }
}

fn cell_words(cell: &Cell) -> String {
    let words = cell.lines.iter().map(line_words).collect::<Vec<_>>().join(" ¶ ");
    match (cell.columns, cell.rows) {
        (1, 1) => words,
        (columns, rows) => format!("{words} [{columns}×{rows}]"),
    }
}

fn line_words(line: &Line) -> String {
    line.runs.iter().map(run_words).collect::<String>().replace('\t', "⇥").replace('\n', "⏎")
}

fn run_words(run: &Run) -> String {
    let mut words = run.text.clone();
    if run.code {
        words = format!("`{words}`");
    }
    if run.italic {
        words = format!("_{words}_");
    }
    if run.bold {
        words = format!("*{words}*");
    }
    if let Some(link) = &run.link {
        words = format!("[{words}]({link})");
    }
    match run.change {
        None => words,
        Some(Change::Added) => format!("{{+{words}+}}"),
        Some(Change::Removed) => format!("{{-{words}-}}"),
    }
}
