//! Lines of text as pieces: what is a rule, a row with tabs, an item, a line of references, and which lines of one paragraph stand apart.

use super::{Shape, cell_text, cut, split, until};
use crate::references;
use crate::source::{Cell, Line};

/// The lines of a paragraph that are pieces of their own, though their format keeps them together: rows that begin with a time, labels with
/// their values.
pub(super) fn lines(line: &Line) -> Vec<Line> {
    if !line.text().contains('\n') {
        return vec![line.clone()];
    }
    let all = split(line, '\n');
    let texts: Vec<String> = all.iter().map(Line::text).collect();
    let labels = texts.iter().all(|text| is_labelled(text));
    let timed = texts.iter().skip(1).all(|text| text.trim_start().starts_with(|c: char| c.is_ascii_digit()) && has_clock(text));
    if labels || timed { all } else { vec![line.clone()] }
}

/// Whether a line begins with a few words and a colon: "Region: Central".
pub(crate) fn is_labelled(text: &str) -> bool {
    let text = text.trim_start().trim_start_matches(['*', '_']);
    let Some((label, value)) = text.split_once(':') else { return false };
    let is_short = label.chars().count() <= 40 && label.split_whitespace().count() <= 5;
    is_short
        && label.starts_with(char::is_uppercase)
        && !label.contains(['.', ',', ';'])
        && (value.is_empty() || value.starts_with([' ', '*', '_']))
}

/// Whether the first word of a line is a time with figures on both sides of its mark.
fn has_clock(text: &str) -> bool {
    let first = text.split_whitespace().next().unwrap_or_default();
    first.split([':', '.', 'h']).take(2).filter(|part| (1..=2).contains(&part.len()) && part.bytes().all(|b| b.is_ascii_digit())).count()
        == 2
}

/// A line of plain text: a rule, a row with tabs, an item, references one by one, or running text.
pub(super) fn plain(line: &Line, add: &mut impl FnMut(Shape, Line, usize)) {
    let text = line.text();
    let bare = text.trim();
    if is_rule(bare) {
        return add(Shape::Rule, Line::default(), 0);
    }
    let body = text.trim_end();
    let indent = body.len() - body.trim_start_matches([' ', '\u{a0}']).len();
    if body.trim_start_matches(' ').contains('\t') || text.starts_with('\t') {
        let cells: Vec<Cell> = split(line, '\t').into_iter().map(|line| Cell { lines: vec![line], columns: 1, rows: 1 }).collect();
        // A tab before everything or after everything is no column of its own, but for an empty label.
        let cells =
            if cells.len() > 2 && cell_text(&cells[cells.len() - 1]).trim().is_empty() { cells[..cells.len() - 1].to_vec() } else { cells };
        if cells.len() > 1 {
            return add(Shape::Row { cells, head: false }, Line::default(), indent);
        }
    }
    if let Some((length, number)) = bullet(body) {
        return add(Shape::Item { depth: 0, number }, cut(line, length), indent);
    }
    let start = body.len() - body.trim_start().len();
    let tickets = references::parts(&body[start..]);
    if tickets.len() < 2 {
        return add(Shape::Text, cut(line, start), indent);
    }
    for part in tickets {
        add(Shape::Text, until(&cut(line, start + part.start), part.len()), indent);
    }
}

fn is_rule(text: &str) -> bool {
    let only = |c: char| text.chars().all(|other| other == c || other == ' ');
    matches!(text, "—" | "–") || (text.chars().count() >= 3 && ['-', '—', '–', '*', '_', '=', '~'].into_iter().any(only))
}

/// Whether a line of plain text is an item of a list.
pub(crate) fn is_item(text: &str) -> bool {
    bullet(text.trim_end()).is_some()
}

/// How many bytes a bullet or number takes up, with the blanks about it.
fn bullet(text: &str) -> Option<(usize, Option<u32>)> {
    let rest = text.trim_start();
    let blanks = text.len() - rest.len();
    let mark = rest.chars().next()?;
    if "•·‣▪◦●○*–—-".contains(mark) {
        let after = &rest[mark.len_utf8()..];
        let words = after.trim_start();
        let spaced = words.len() < after.len() || "•‣▪◦●".contains(mark);
        return (spaced && !words.is_empty()).then(|| (blanks + rest.len() - words.len(), None));
    }
    let digits = rest.bytes().take_while(u8::is_ascii_digit).count();
    let after = rest[digits..].strip_prefix(['.', ')'])?;
    let words = after.trim_start();
    let sound = (1..=3).contains(&digits) && words.len() < after.len() && !words.is_empty();
    sound.then(|| (blanks + rest.len() - words.len(), rest[..digits].parse().ok()))
}
