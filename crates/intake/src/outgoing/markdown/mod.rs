//! A report as Markdown (CommonMark with the tables of GitHub), and back. Always true: each unit of the page stands after a comment with
//! its number, so that the words between two comments are the words of one unit, whatever was changed in them.

mod edited;
mod inline;
mod read;
mod write;

use super::carried;
use super::page::Page;
use super::{CARRIED, Untaken};
use report::Report;

/// The report as Markdown.
pub fn write(report: &Report) -> String {
    let page = Page::of(report);
    let visible = write::page(&page);
    let carried = carried::without_words(report, &page, &read::units(&visible, page.units.len()));
    let json = serde_json::to_string_pretty(&carried).expect("JSON is written as JSON");
    // Two hyphens would end the comment early; as numbers of characters they are still JSON.
    format!("{visible}<!-- {CARRIED}\n{}\n-->\n", json.replace("--", "\\u002d\\u002d"))
}

/// The report of which this is the Markdown; see [`super::reopen`].
pub fn reopen(text: &str) -> Option<Result<Report, Untaken>> {
    let text = text.replace("\r\n", "\n");
    text.contains(&format!("<!-- {CARRIED}\n")).then(|| exact(&text).map_or_else(|| edited::reopen(&text), Ok))
}

/// The report, where nothing but words was changed.
fn exact(text: &str) -> Option<Report> {
    let (visible, rest) = text.rsplit_once(&format!("<!-- {CARRIED}\n"))?;
    let json: serde_json::Value = serde_json::from_str(rest.trim_end().strip_suffix("-->")?).ok()?;
    let (json, _) = carried::unmarked(json);
    let page = carried::expected(&json)?;
    let report = carried::with_words(json, &page, &read::units(visible, page.units.len()))?;
    // What was changed beyond the words of the units shows here, and is not passed over.
    (write(&report).trim_end() == text.trim_end()).then_some(report)
}
