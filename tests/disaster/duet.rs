//! A process that writes a report which another process writes at the same time, as a window does: it sends the whole of the text it shows,
//! and says which of its words were acknowledged as saved.
//! Usage: duet FOLDER NAME WORDS   Each line is a word that is on disk, with a full stop.

use desk::Desk;
use desk::library::ShelfQuery;
use desk::ports::World;
use report::{Edit, RichText};
use std::io::{self, Write};
use std::path::Path;

fn main() {
    let mut given = std::env::args().skip(1);
    let (Some(folder), Some(name), Some(words)) = (given.next(), given.next(), given.next()) else {
        panic!("usage: duet FOLDER NAME WORDS")
    };
    let words: usize = words.parse().expect("a number of words");
    let desk = Desk::open(World::real(), Path::new(&folder)).expect("the library opens");
    // The one that was begun first; the other process may have kept a copy by now.
    let rows = desk.shelf(&ShelfQuery::default()).expect("the shelf").reports;
    let id = rows.into_iter().map(|row| row.id).min().expect("a report to write");
    let opened = desk.open_report(id).expect("it opens");
    let section = opened.report.section_for("background").expect("the form has it").id;
    let mut shown = opened.report.section_for("background").expect("the form has it").body.plain();
    let mut waiting = Vec::new();
    for nth in 0..words {
        let word = format!("{name}{nth}x");
        shown = format!("{shown} {word}");
        desk.edit(opened.sitting, &Edit::Body { section, body: RichText::from_plain(shown.trim()) }, false).expect("it is taken");
        waiting.push(word);
        if nth % 4 == 0 {
            let row = format!("{name}row{nth}x");
            desk.jot(opened.sitting, &[format!("1655 {row}")], None).expect("it is taken");
            waiting.push(row);
        }
        if nth % 3 != 1 {
            desk.save(opened.sitting).expect("it is saved or kept");
            waiting.drain(..).for_each(|word| say(&word));
        }
    }
    desk.close(opened.sitting).expect("it is saved or kept");
    waiting.drain(..).for_each(|word| say(&word));
}

fn say(word: &str) {
    let mut out = io::stdout().lock();
    writeln!(out, "{word}.").and_then(|()| out.flush()).expect("somebody listens");
}
