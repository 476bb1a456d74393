//! A process that edits a report as fast as it can and says which edits were acknowledged as saved; it ends only by being killed.
//! Usage: typist FOLDER   The first line printed is the report's id, every other one the number of the last edit on disk and a full stop.

use desk::Desk;
use desk::library::ShelfQuery;
use desk::ports::World;
use desk::view::SaveNews;
use report::{Edit, RichText};
use std::io::{self, Write};
use std::path::Path;

fn main() {
    let folder = std::env::args().nth(1).expect("usage: typist FOLDER");
    let desk = Desk::open(World::real(), Path::new(&folder)).expect("the library opens");
    let known = desk.shelf(&ShelfQuery::default()).expect("the shelf").reports.into_iter().next();
    let id = known.map_or_else(|| desk.begin("rfo").expect("it begins").report.id, |row| row.id);
    let report = desk.open_report(id).expect("it opens").report;
    let section = report.section_for("background").expect("the form has it").id;
    let from: u64 = report.title.parse().unwrap_or(0);
    say(&id.to_string());
    for number in from + 1.. {
        desk.edit(id, &Edit::Title { title: number.to_string() }, false).expect("it is taken");
        let body = RichText::from_plain(&format!("Edit {number}.\n").repeat(1 + number as usize % 40));
        desk.edit(id, &Edit::Body { section, body }, false).expect("it is taken");
        if number % 3 == 0 {
            let log = format!("line {number}\n").repeat(200);
            desk.attach(id, "gateway.log", log.as_bytes(), true).expect("it is taken in");
        }
        if number % 5 == 0 {
            desk.undo(id).expect("it is open");
            desk.redo(id).expect("it is open");
        }
        match desk.save(id).expect("it is saved") {
            SaveNews::Saved { .. } => say(&format!("{number}.")),
            news => panic!("nobody else is here: {news:?}"),
        }
    }
}

fn say(words: &str) {
    let mut out = io::stdout().lock();
    writeln!(out, "{words}").and_then(|()| out.flush()).expect("somebody listens");
}
