//! Which format a file is in. Always true: content decides; the file's name is asked only where content leaves it open.

use super::archive::Archive;
use super::{ReadError, chat, delimited, json, mail, transcript, zeek};
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// A format that is read.
#[derive(Clone, Copy, Debug, Default, Eq, PartialEq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
#[ts(export, rename = "ForeignFormat")]
pub enum Format {
    /// Plain text.
    #[default]
    Plain,
    /// A web page, or a piece of one.
    Html,
    /// Markdown.
    Markdown,
    /// A table in text: CSV and its kin.
    Table,
    /// A chat in text.
    Chat,
    /// JSON of Slack, PagerDuty, Opsgenie or unknown.
    Json,
    /// A Word document.
    Docx,
    /// A mail, or a box of them.
    Mail,
    /// A workbook of Excel.
    Sheets,
    /// A text or a workbook of OpenDocument.
    OpenDocument,
    /// A whole export of Slack, packed.
    SlackExport,
    /// A transcript of a call.
    Transcript,
    /// Rich text.
    Rtf,
    /// reStructuredText.
    Restructured,
    /// AsciiDoc.
    Asciidoc,
}

/// Whether these are the bytes of a ZIP file, which a Word document is.
pub(super) fn is_zip(bytes: &[u8]) -> bool {
    bytes.starts_with(b"PK\x03\x04") || bytes.starts_with(b"PK\x05\x06")
}

/// Which format a ZIP file is in; what is none of the others is left to the reader of Word documents to name.
pub(super) fn in_archive(bytes: &[u8]) -> Result<Format, ReadError> {
    let archive = Archive::open("ZIP", bytes)?;
    let names = archive.names();
    if names.iter().any(|name| name == "xl/workbook.xml" || name == "xl/workbook.bin") {
        return Ok(Format::Sheets);
    }
    if json::export::is_one(&names) {
        return Ok(Format::SlackExport);
    }
    Ok(if archive.has("content.xml") { Format::OpenDocument } else { Format::Docx })
}

/// Whether these are the bytes of a mail: so named or chosen, or with heads that only mail programs write. A mail names the encoding of each of
/// its parts, so it is known before any is decoded.
pub(super) fn is_mail(name: Option<&str>, bytes: &[u8], chosen: Option<Format>) -> bool {
    let named = ending(name).is_some_and(|ending| matches!(ending.as_str(), "eml" | "mbox" | "mbx"));
    match chosen {
        Some(chosen) => chosen == Format::Mail,
        None => mail::is_one(bytes, named) || mail::is_box(bytes),
    }
}

fn ending(name: Option<&str>) -> Option<String> {
    name.and_then(|name| name.rsplit_once('.')).map(|(_, ending)| ending.to_ascii_lowercase())
}

/// Refuses what is known and is not text.
pub(super) fn refuse_binary(bytes: &[u8]) -> Result<(), ReadError> {
    let head = &bytes[..bytes.len().min(1024)];
    // Readers find a PDF by its mark anywhere in the first kilobyte (ISO 32000-2, annex C of older editions).
    if head.windows(5).any(|window| window == b"%PDF-") {
        return Err(ReadError::Pdf);
    }
    // The compound file of Microsoft: Word before 2007, and every document with a password.
    if head.starts_with(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1") {
        let what = "a Word or Excel document of before 2007, or one with a password";
        return Err(ReadError::NotRead {
            what,
            remedy: "Save it as a document (DOCX) or a workbook (XLSX) without a password and open that",
        });
    }
    if infer::is_image(bytes) {
        let remedy = "Begin a report and drop it into the text, or copy its words and paste them here";
        return Err(ReadError::NotRead { what: "a picture", remedy });
    }
    if is_zip(bytes) {
        return Ok(());
    }
    if infer::is_audio(bytes) || infer::is_video(bytes) || infer::is_app(bytes) || infer::is_archive(bytes) {
        let remedy = "Open a document, a web page, a table or a text instead";
        return Err(ReadError::NotRead { what: "not a text but a recording, a program or an archive", remedy });
    }
    Ok(())
}

/// The format of a text.
pub(super) fn format(name: Option<&str>, text: &str) -> Format {
    let ending = ending(name);
    if is_html(text) {
        return Format::Html;
    }
    if is_json(text) {
        return Format::Json;
    }
    match ending.as_deref() {
        Some("vtt" | "srt") => Format::Transcript,
        _ if transcript::is_one(text) => Format::Transcript,
        Some("rst" | "rest") => Format::Restructured,
        Some("adoc" | "asciidoc" | "asc") => Format::Asciidoc,
        Some("csv" | "tsv" | "tab") => Format::Table,
        Some("md" | "markdown" | "mdown" | "mkd") => Format::Markdown,
        _ if delimited::is_one(text) || zeek::is_one(text) => Format::Table,
        _ if chat::is_one(text) || transcript::is_zoom_chat(text) => Format::Chat,
        _ if is_markdown(text) => Format::Markdown,
        _ => Format::Plain,
    }
}

/// Whether a text begins as pages and pieces of pages do, comments passed over.
fn is_html(text: &str) -> bool {
    const BEGINNINGS: &[&str] = &[
        "!doctype html",
        "html",
        "head",
        "body",
        "meta",
        "title",
        "table",
        "div",
        "p",
        "span",
        "h1",
        "h2",
        "h3",
        "ul",
        "ol",
        "b",
        "article",
        "section",
        "main",
        "style",
        "font",
        "br",
        "google-sheets-html-origin",
        "pre",
        "blockquote",
        "center",
        "header",
    ];
    let mut rest = text.trim_start_matches('\u{feff}').trim_start();
    loop {
        let passed =
            rest.strip_prefix("<!--").and_then(|rest| rest.split_once("-->")).or_else(|| rest.strip_prefix("<?xml")?.split_once("?>"));
        let Some((_, after)) = passed else { break };
        rest = after.trim_start();
    }
    let Some(tag) = rest.strip_prefix('<') else { return false };
    let name: String = tag.chars().take_while(|c| !matches!(c, '>' | '/' | '\n')).collect::<String>().to_ascii_lowercase();
    BEGINNINGS.iter().any(|beginning| name.strip_prefix(beginning).is_some_and(|after| after.is_empty() || after.starts_with(' ')))
}

/// Whether a text is JSON from end to end, or was to be: it begins and ends as a list or an object does.
fn is_json(text: &str) -> bool {
    let text = text.trim_start_matches('\u{feff}').trim();
    let inside = |open: char, close: char| text.strip_prefix(open).is_some_and(|rest| rest.ends_with(close));
    // `[09:41] Ada: [done]` begins and ends so, too, and is no JSON.
    let first = text.chars().skip(1).find(|c| !c.is_whitespace());
    (inside('{', '}') && matches!(first, Some('"' | '}'))) || (inside('[', ']') && matches!(first, Some('{' | '[' | '"' | ']')))
}

/// Whether a text has enough of the signs of Markdown; a lone `#` or `*` stands in many a plain log.
fn is_markdown(text: &str) -> bool {
    let lines = || text.lines().take(2_000);
    let count = |is_sign: fn(&str) -> bool| lines().filter(|line| is_sign(line)).count().min(2);
    let heading = |line: &str| {
        let after = line.trim_start_matches('#');
        (1..=6).contains(&(line.len() - after.len())) && after.starts_with(' ') && !after.trim().is_empty()
    };
    let table = |line: &str| line.contains('|') && line.contains("---") && line.chars().all(|c| "|-: \t".contains(c));
    let fence = |line: &str| line.trim_start().starts_with("```");
    let strong = |line: &str| line.matches("**").count() >= 2;
    let link = |line: &str| line.split_once("](").is_some_and(|(before, after)| before.contains('[') && after.contains(')'));
    2 * count(heading) + 3 * count(table) + 2 * count(fence) + count(strong) + 2 * count(link) >= 3
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn content_decides_and_the_name_only_where_content_is_silent() {
        let of = |name: &str, text: &str| format(Some(name), text);
        assert_eq!(of("a.txt", "\u{feff}<!-- saved from url -->\n<!DOCTYPE html PUBLIC \"x\"><p>"), Format::Html);
        assert_eq!(of("a.md", "<html xmlns=\"x\"><p>"), Format::Html);
        assert_eq!(of("a.txt", "<host> is down"), Format::Plain);
        assert_eq!(of("a.txt", "# Outage\n\n## Cause\n\nText"), Format::Markdown);
        assert_eq!(of("a.txt", "# restart\nsystemctl restart x"), Format::Plain);
        assert_eq!(of("a.txt", "| a | b |\n|---|---|\n| 1 | 2 |"), Format::Markdown);
        assert_eq!(of("notes.MD", "just words"), Format::Markdown);
        assert_eq!(of("a.txt", " [{\"ts\": \"1\"}]\n"), Format::Json);
        assert_eq!(of("a.txt", "[09:41] Ada: see [a]\n[09:42] Ada: see [b]"), Format::Chat);
        assert_eq!(of("a.csv", "# a,b"), Format::Table);
        assert_eq!(of("a.txt", "Élan vital"), Format::Plain, "a first letter of two bytes");
        assert_eq!(format(None, "- 09:40 Pager rang\n- 09:41 Ada looked"), Format::Plain);
    }
}
