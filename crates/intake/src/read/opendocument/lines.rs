//! The words of a paragraph (ODF 1.3, part 3, chapter 6): white space means one space, and what is more than that is written out.

use super::styles::Styles;
use crate::read::gather::Gather;
use crate::read::limits::Room;
use crate::read::xml::{Element, Node};
use crate::source::Run;

/// The most blanks that one mark may stand for.
const MOST_BLANKS: usize = 100;

/// What stands in a paragraph and is no word of it.
#[derive(Default)]
pub(super) struct Beside<'a> {
    /// Notes at its foot, each with its mark.
    pub notes: Vec<(String, &'a Element)>,
    /// Pictures and boxes.
    pub frames: Vec<&'a Element>,
}

/// Gathers the words below an element.
pub(super) fn gather<'a>(
    parent: &'a Element,
    styles: &Styles<'a>,
    style: &Run,
    line: &mut Gather,
    beside: &mut Beside<'a>,
    room: &mut Room,
) {
    for node in parent.nodes() {
        let element = match node {
            Node::Text(text) => {
                line.push_collapsed(text, style);
                continue;
            }
            Node::Element(element) => element,
        };
        match element.name() {
            "s" => {
                let count = element.attr("c").and_then(|count| count.parse::<usize>().ok()).unwrap_or(1);
                line.push(&" ".repeat(count.min(MOST_BLANKS)), style);
            }
            "tab" => line.push("\t", style),
            "line-break" => line.hard_break(),
            "span" => gather(element, styles, &styles.run(element.attr("style-name"), style), line, beside, room),
            "a" => {
                let link = element.attr("href").map(str::to_owned);
                gather(element, styles, &Run { link, ..style.clone() }, line, beside, room);
            }
            "note" => {
                let mark = element.child("note-citation").map(words).unwrap_or_default();
                line.push(&format!("[^{mark}]"), style);
                beside.notes.extend(element.child("note-body").map(|body| (mark, body)));
            }
            "annotation" => room.drop_words(words(element), "a comment"),
            "frame" | "custom-shape" | "text-box" => beside.frames.push(element),
            "bookmark" | "bookmark-start" | "bookmark-end" | "annotation-end" | "soft-page-break" | "change" | "change-start"
            | "change-end" => {}
            _ => gather(element, styles, style, line, beside, room),
        }
    }
}

/// The words below an element, without style, a paragraph on a line.
pub(super) fn words(element: &Element) -> String {
    let mut out = String::new();
    collect(element, &mut out);
    out.trim().to_owned()
}

fn collect(element: &Element, out: &mut String) {
    for node in element.nodes() {
        match node {
            Node::Text(text) => out.push_str(text),
            Node::Element(inner) => {
                let own_line = matches!(inner.name(), "p" | "h" | "table-cell");
                if own_line && !out.is_empty() && !out.ends_with('\n') {
                    out.push('\n');
                }
                match inner.name() {
                    "s" | "tab" => out.push(' '),
                    "line-break" => out.push('\n'),
                    _ => collect(inner, out),
                }
            }
        }
    }
}
