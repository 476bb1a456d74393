//! Killed while typing: `kill -9` at any moment, and every edit that was acknowledged is there.

use desk::Desk;
use desk::filing::ExportRequest;
use desk::ports::World;
use desk::view::SaveNews;
use report::Edit;
use report::ids::ReportId;
use std::io::{BufRead, BufReader};
use std::path::Path;
use std::process::{Command, Stdio};
use std::thread;
use std::time::Duration;

const ROUNDS: u64 = 16;

#[test]
fn every_acknowledged_edit_survives_a_kill() {
    let folder = tempfile::tempdir().expect("a folder");
    let library = folder.path().join("library");
    let mut edits = 0;
    for round in 0..ROUNDS {
        // Chance enough: the moments differ, and so does where each lies between two saves.
        let (id, acknowledged) = kill_after(&library, Duration::from_millis(20 + round * 53 % 370));
        let found = inspect(&library, id);
        assert!(found >= acknowledged, "round {round}: edit {acknowledged} was acknowledged, {found} is there");
        edits = found;
    }
    assert!(edits > ROUNDS, "only {edits} edits in {ROUNDS} rounds");
    println!("{ROUNDS} kills, {edits} edits, none lost that was acknowledged");
}

/// Lets it type until long enough after its first acknowledged edit, kills it, and gives the last number it said.
fn kill_after(library: &Path, time: Duration) -> (ReportId, u64) {
    let mut typist = Command::new(env!("CARGO_BIN_EXE_typist")).arg(library).stdout(Stdio::piped()).spawn().expect("it starts");
    let mut lines = BufReader::new(typist.stdout.take().expect("its output")).lines().map_while(Result::ok);
    let id = serde_json::from_value(lines.next().expect("an id").into()).expect("an id");
    let first = number(&lines.next().expect("a first edit")).expect("a whole line");
    // A line that the kill cut in two was acknowledged to nobody.
    let reader = thread::spawn(move || lines.filter_map(|line| number(&line)).last().unwrap_or(first));
    thread::sleep(time);
    typist.kill().expect("it is killed");
    typist.wait().expect("it is gone");
    (id, reader.join().expect("its words are read"))
}

fn number(line: &str) -> Option<u64> {
    line.strip_suffix('.')?.parse().ok()
}

/// What a person finds who opens the library again: the report, its files, a desk that writes and prints. Gives the edit's number.
fn inspect(library: &Path, id: ReportId) -> u64 {
    let desk = Desk::open(World::real(), library).expect("it opens after a kill");
    let opened = desk.open_report(id).expect("the report is there");
    assert!(!opened.elsewhere, "the one that was killed has the library open no longer");
    let number: u64 = opened.report.title.parse().expect("a number");
    let body = opened.report.section_for("background").expect("the form has it").body.plain();
    assert!(body.lines().all(|line| line == format!("Edit {number}.")), "title and text are of one edit");
    for file in &opened.report.attachments {
        assert_eq!(desk.attachment(id, file.id).expect("its bytes").len() as u64, file.size);
    }
    desk.edit(id, &Edit::Version { version: format!("{number}.1") }, false).expect("it is taken");
    assert!(matches!(desk.save(id).expect("it is saved"), SaveNews::Saved { .. }));
    let path = library.with_file_name("draft.pdf").display().to_string();
    desk.export(id, ExportRequest { path, draft: true, sign: None }, &mut |_| {}).expect("it prints");
    number
}
