//! A report as one HTML page, and back. Always true: the page needs nothing but itself; each unit of it is an element with `data-unit`, so
//! that the words in it are the words of one unit, whatever was changed in them. Deliberately absent: scripts that run, fonts, colours.

mod read;
mod write;

use super::CARRIED;
use super::carried;
use super::page::Page;
use report::Report;

/// The report as a page.
pub fn write(report: &Report) -> String {
    let page = Page::of(report);
    let visible = write::page(report, &page);
    let carried = carried::without_words(report, &page, &read::units(&visible, page.units.len()));
    let json = serde_json::to_string_pretty(&carried).expect("JSON is written as JSON");
    // The end of the comment, and nothing else of HTML, must not stand in it.
    format!("{visible}<!-- {CARRIED}\n{}\n-->\n</body>\n</html>\n", json.replace("--", "\\u002d\\u002d"))
}

/// The report of which this is the page; see [`super::reopen`].
pub fn reopen(text: &str) -> Option<Report> {
    let text = text.replace("\r\n", "\n");
    let (visible, rest) = text.rsplit_once(&format!("<!-- {CARRIED}\n"))?;
    let json: serde_json::Value = serde_json::from_str(rest.split_once("-->")?.0).ok()?;
    let (json, _) = carried::unmarked(json);
    let page = carried::expected(&json)?;
    let report = carried::with_words(json, &page, &read::units(visible, page.units.len()))?;
    // What was changed beyond the words of the units shows here, and is not passed over.
    (write(&report).trim_end() == text.trim_end()).then_some(report)
}
