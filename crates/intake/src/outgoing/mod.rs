//! A report as a text for other programs: Markdown and HTML of the whole, CSV of the timeline and of the actions. Always true: what is
//! visible is what the report says, in plain Markdown, HTML or CSV that stands in a wiki or a spreadsheet by itself; what such a text cannot
//! show (ids, roles, the form) is carried in one place at its end, readable and unseen; and reading it back gives an equal report. Where
//! the visible words were changed since, they win; where more was changed than words, the text is one of another hand and is imported as
//! such. Equal means: `report::format::write` gives the same bytes. Deliberately absent: the files of a report, which travel in its PDF.

mod carried;
pub mod csv;
pub mod html;
pub mod markdown;
mod page;

use report::Report;

/// The report that `text` is an export of, in Markdown or HTML; none where it is a text of another hand, or was changed beyond its words.
pub fn reopen(text: &str) -> Option<Report> {
    markdown::reopen(text).or_else(|| html::reopen(text))
}

/// How the text that carries what is unseen begins; it ends with the end of its comment or element.
const CARRIED: &str = "rapporteur carries unseen:";

#[cfg(test)]
mod tests;
