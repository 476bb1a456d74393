//! Kill: a process that saves as fast as it can is killed twenty times in the middle of it, and every edit it acknowledged is there.
//! This file is both: the test, and, when called with `--write`, the process that is killed.

use report::Report;
use report::ids::{CountedIds, ReportId};
use std::io::{self, BufRead, BufReader, Write};
use std::path::Path;
use std::process::{Command, Stdio};
use std::thread;
use std::time::Duration;
use store::{Digest, FILE_NAME, Filter, Library, Provenance, Reason, RevisionId, Seq};

const ROUNDS: u64 = 20;

fn main() {
    let mut arguments = std::env::args().skip(1);
    match (arguments.next().as_deref(), arguments.next()) {
        (Some("--write"), Some(path)) => write_for_ever(Path::new(&path)),
        _ => kill_again_and_again(),
    }
}

fn kill_again_and_again() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join(FILE_NAME);
    let begun = edit(Seq(1));
    let mut library = Library::open(&path).expect("a library");
    library.put_blob(&evidence(1), "text/plain").expect("it is stored");
    library.create(&begun, Reason::Opened, &by(0)).expect("it is taken in");
    drop(library);
    let mut edits = 0;
    for round in 0..ROUNDS {
        let acknowledged = kill_after(&path, Duration::from_millis(40 + round * 37 % 400));
        let found = inspect(&path, begun.id);
        assert!(found >= acknowledged, "round {round}: {acknowledged:?} was acknowledged, {found:?} is there");
        edits = acknowledged.0;
    }
    assert!(edits > ROUNDS, "only {edits} edits were acknowledged in {ROUNDS} rounds");
    println!("kill: {ROUNDS} kills, {edits} acknowledged edits, none lost");
}

/// Starts the writer, kills it (SIGKILL) after a while, and gives the last number it acknowledged.
fn kill_after(path: &Path, time: Duration) -> Seq {
    let program = std::env::current_exe().expect("this program");
    let mut writer = Command::new(program).arg("--write").arg(path).stdout(Stdio::piped()).spawn().expect("it starts");
    let mut lines = BufReader::new(writer.stdout.take().expect("its output")).lines();
    // The clock starts with the first acknowledged edit, so that a slow start is not all that is killed.
    let mut last = number(&lines.next().expect("a first edit").expect("a line"));
    let reader = thread::spawn(move || {
        for line in lines.map_while(Result::ok) {
            // A line that the kill cut in two was acknowledged to nobody.
            if line.ends_with('.') {
                last = number(&line);
            }
        }
        last
    });
    thread::sleep(time);
    writer.kill().expect("it is killed");
    writer.wait().expect("it is gone");
    reader.join().expect("its words are read")
}

fn number(line: &str) -> Seq {
    Seq(line.trim_end_matches('.').parse().expect("a number"))
}

/// Opens what the killed one left and checks all of it; gives the number of the last save.
fn inspect(path: &Path, id: ReportId) -> Seq {
    let library = Library::open(path).expect("it opens after a kill");
    assert!(library.first_opener(), "the lock of a killed process is gone");
    let working = library.load(id).expect("the report is there");
    assert_eq!(working.report, edit(working.seq), "the text is that of its number");
    assert_eq!(library.verify_chain(id).expect("the history is read"), []);
    let found = library.list(&Filter { text: format!("save{}", working.seq.0), ..Filter::default() }).expect("the index is read");
    assert_eq!(found.len(), 1, "the index is that of the text");
    for revision in library.history(id).expect("the history is read") {
        let report = library.revision(revision.id).expect("the revision is read");
        assert!(library.missing_blobs(&report).expect("they are looked for").is_empty(), "no revision cites a file that is gone");
    }
    working.seq
}

/// Saves, now and then keeps a revision, and says each number once it is on disk.
fn write_for_ever(path: &Path) -> ! {
    let mut library = Library::open(path).expect("it opens");
    let id = edit(Seq(1)).id;
    let mut seq = library.load(id).expect("it is there").seq;
    loop {
        let next = edit(Seq(seq.0 + 1));
        library.put_blob(&evidence(seq.0 + 1), "text/plain").expect("it is stored");
        seq = library.save(&next, seq, by(seq.0).at).expect("it is saved");
        if seq.0.is_multiple_of(7) {
            library.checkpoint(id, seq, Reason::Checkpoint, &by(seq.0)).expect("it is kept");
        }
        let mut out = io::stdout().lock();
        writeln!(out, "{}.", seq.0).and_then(|()| out.flush()).expect("somebody listens");
    }
}

/// The report as it is after save number `seq`.
fn edit(seq: Seq) -> Report {
    let mut report = report::catalogue::sample("sec-h9-summary").expect("a shipped sample");
    report.id = ReportId::new(&mut CountedIds(1));
    report.title = format!("save{} of many", seq.0);
    report.attachments.truncate(1);
    report.attachments[0].sha256 = Digest::of(&evidence(seq.0)).to_string();
    report
}

fn evidence(number: u64) -> Vec<u8> {
    format!("log of edit {number}\n").repeat(40).into_bytes()
}

fn by(number: u64) -> Provenance {
    Provenance {
        revision: RevisionId::new(&mut CountedIds(1_000_000 + number)),
        author: "Ines Vidal".to_owned(),
        device: "laptop-7".to_owned(),
        at: chrono::DateTime::from_timestamp(1_760_000_000, 0).expect("a time"),
    }
}
