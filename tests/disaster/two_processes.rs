//! Two and three processes write one report of one library at the same time, nothing keeping them apart; one of them is killed.
//! Whatever was acknowledged to any of them is there, and what each wrote stands together in one report.

use desk::Desk;
use desk::library::ShelfQuery;
use desk::ports::World;
use std::collections::BTreeSet;
use std::io::{BufRead, BufReader};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::thread::{self, JoinHandle};
use store::{Filter, Library};

const WORDS: usize = 40;

struct Writer {
    process: Child,
    said: JoinHandle<Vec<String>>,
}

fn writer(library: &Path, name: &str, kill_after: Option<usize>) -> Writer {
    let words = if kill_after.is_some() { 1_000_000 } else { WORDS };
    let mut process = Command::new(env!("CARGO_BIN_EXE_duet"))
        .args([library.as_os_str(), name.as_ref(), words.to_string().as_ref()])
        .stdout(Stdio::piped())
        .spawn()
        .expect("it starts");
    let mut lines = BufReader::new(process.stdout.take().expect("its output")).lines().map_while(Result::ok);
    let pid = process.id();
    let said = thread::spawn(move || {
        // A line that the kill cut in two was acknowledged to nobody.
        let word = |line: String| line.strip_suffix('.').map(str::to_owned);
        let Some(kill_after) = kill_after else { return lines.filter_map(word).collect() };
        let mut said: Vec<String> = lines.by_ref().take(kill_after).filter_map(word).collect();
        Command::new("kill").args(["-9", &pid.to_string()]).status().expect("it is killed");
        said.extend(lines.filter_map(word));
        said
    });
    Writer { process, said }
}

#[test]
#[cfg(unix)]
fn what_several_processes_write_into_one_report_is_all_kept() {
    for (round, names) in [&["a", "b"][..], &["a", "b", "c"], &["a", "b", "killed"]].into_iter().enumerate() {
        let folder = tempfile::tempdir().expect("a folder");
        let place = folder.path().join("library");
        let begun = Desk::open(World::real(), &place).expect("a library").begin("rfo").expect("it begins").report.id;
        let writers: Vec<Writer> = names.iter().map(|name| writer(&place, name, (*name == "killed").then_some(12))).collect();
        let mut said = Vec::new();
        for mut writer in writers {
            said.push(writer.said.join().expect("its words are read"));
            writer.process.wait().expect("it ends");
        }
        let library = Library::open(&place.join(desk::LIBRARY_FILE)).expect("it opens");
        let texts: Vec<BTreeSet<String>> = library
            .list(&Filter::default())
            .expect("the list")
            .into_iter()
            .map(|row| words(&report::format::write(&library.load(row.id).expect("it is there").report)))
            .collect();
        for (name, said) in names.iter().zip(&said) {
            assert!(said.len() >= 12, "round {round}: {name} said {} words", said.len());
            assert!(
                texts.iter().any(|text| said.iter().all(|word| text.contains(word))),
                "round {round}: the words of {name} are in no one report"
            );
        }
        let desk = Desk::open(World::real(), &place).expect("it opens");
        assert!(desk.open_report(begun).is_ok() && desk.shelf(&ShelfQuery::default()).expect("the shelf").total <= names.len());
    }
}

fn words(text: &str) -> BTreeSet<String> {
    text.split(|c: char| !c.is_ascii_alphanumeric()).map(str::to_owned).collect()
}
