//! What is quoted letter by letter: commands, logs, traces. Lines keep their shape, and a long one goes on hanging under its own beginning.

use report::rich::Inline;

use super::{prose::Column, rich_table};
use crate::{
    composer::{Composer, Side},
    strip::{Keep, Strip, keep_whole},
    text::{Text, house},
    tree::{NodeId, Role},
};

/// A block of code, line by line.
pub fn block(c: &mut Composer<'_>, parent: NodeId, content: &[Inline], column: &Column) -> Vec<Strip> {
    let words = Inline::plain_of(content);
    // Leading blanks and tabs are the shape of what is quoted: a no-break space is never taken off a line's start.
    let kept: Vec<String> = words
        .lines()
        .map(|line| {
            let line = line.replace('\t', "    ");
            let indent = line.len() - line.trim_start_matches(' ').len();
            format!("{}{}", "\u{a0}".repeat(indent), &line[indent..])
        })
        .collect();
    let node = c.tree.add(parent, Role::P);
    let code = c.tree.add(node, Role::Code);
    let mut strips: Vec<Strip> = kept.iter().flat_map(|line| code_line(c, code, line, column)).collect();
    if strips.len() <= rich_table::WHOLE {
        keep_whole(&mut strips, Keep::Together);
    }
    strips
}

/// One line of what is quoted. Where it is too long it goes on hanging under its own beginning, so that no turn looks like a new line.
fn code_line(c: &mut Composer<'_>, code: NodeId, words: &str, column: &Column) -> Vec<Strip> {
    let (style, leading) = (house::BODY.0.code(), 13.0);
    let set = |words: &str| Text::new(words, style, leading);
    let letter = c.width(&set("0"));
    let indent = words.chars().take_while(|c| *c == '\u{a0}').count();
    let hang = (letter * (indent + 2) as f32).min(column.width / 2.0);
    let (mut rest, mut from) = (words, 0.0);
    let mut strips = Vec::new();
    // All letters are of one width but for those that have to be spelled out, which the setter breaks as it can.
    while c.width(&set(rest)) > column.width - from {
        let (head, tail) = rest.split_at(turn(rest, ((column.width - from) / letter) as usize));
        if head.is_empty() || tail.is_empty() {
            break;
        }
        strips.extend(c.lines(code, &set(head), column.x + from, column.width - from, Side::Left));
        (rest, from) = (tail, hang);
    }
    strips.extend(c.lines(code, &set(rest), column.x + from, column.width - from, Side::Left));
    for strip in strips.iter_mut().rev().skip(1) {
        strip.keep = Keep::Bound;
    }
    strips
}

/// Where a line of code turns that has room for so many letters: after the last blank or sign in its second half, never between the hyphens of
/// an option and its name; else where it is full.
fn turn(words: &str, room: usize) -> usize {
    const SIGNS: [char; 13] = [' ', '/', '.', ',', ';', ':', '=', '&', '?', '_', '@', '#', '|'];
    let places: Vec<(usize, char)> = words.char_indices().take(room).collect();
    let half = places.get(room / 2).map_or(0, |(at, _)| *at);
    let after = |(at, sign): &(usize, char)| at + sign.len_utf8();
    let full = places.last().map_or(0, after);
    let turns = |blank: bool| places.iter().rev().find(|(at, sign)| *at >= half && SIGNS.contains(sign) && (*sign == ' ') == blank);
    turns(true).or_else(|| turns(false)).map_or(full, after)
}

#[cfg(test)]
mod tests {
    use super::turn;

    #[test]
    fn code_turns_where_it_can_be_read_on() {
        for (line, room, head) in [
            ("kubectl get pods --namespace tracking", 22, "kubectl get pods "),
            ("com.parcel.tracking.Cache.get(Cache.java:118)", 20, "com.parcel.tracking."),
            ("0123456789abcdef0123456789abcdef", 10, "0123456789"),
            ("short", 10, "short"),
        ] {
            assert_eq!(&line[..turn(line, room)], head, "{line}");
        }
    }
}
