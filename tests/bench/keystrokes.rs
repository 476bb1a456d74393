//! How long a key pressed in a long report takes to reach the findings, the disk and the pages, and what SQLite alone takes for the same
//! bytes. Prints medians in milliseconds as one line of JSON. Run by `npm run bench`, which makes the report and names it in
//! RAPPORTEUR_BENCH_REPORT; without one there is nothing to measure, and it says so.

use desk::Desk;
use desk::ports::World;
use report::ids::{ReportId, SectionId};
use report::rich::{Block, Inline};
use report::{Edit, Report, RichText};
use std::path::Path;
use std::time::Instant;

const ROUNDS: usize = 31;

fn main() {
    let Some(path) = std::env::var_os("RAPPORTEUR_BENCH_REPORT") else {
        return println!("nothing was measured: npm run bench names a report in RAPPORTEUR_BENCH_REPORT");
    };
    let folder = tempfile::tempdir_in(Path::new(&path).parent().unwrap_or(Path::new("."))).expect("a folder on the same disk");
    let desk = Desk::open(World::real(), &folder.path().join("library")).expect("it opens");
    let opened = desk.open_next_version(Path::new(&path)).expect("the report is read").report;
    let (id, mut hand) = (opened.id, Hand::of(&opened));
    let blob = stored(&folder.path().join("library").join(store::FILE_NAME));
    desk.preview(id, false).expect("it prints");
    let mut peer = Sqlite::open(&folder.path().join("peer.sqlite"));

    let (mut edited, mut saved, mut sqlite, mut previewed) = (Vec::new(), Vec::new(), Vec::new(), Vec::new());
    let mut pages = 0;
    for round in 0..ROUNDS {
        let began = Instant::now();
        hand.press(&desk, id, round);
        edited.push(began.elapsed());
        desk.save(id).expect("it is saved");
        saved.push(began.elapsed());
        let began = Instant::now();
        peer.write(&blob, round);
        sqlite.push(began.elapsed());
        let began = Instant::now();
        hand.press(&desk, id, round + ROUNDS);
        let shown = desk.preview(id, false).expect("it prints").expect("nobody overtook it");
        let bytes = desk.preview_bytes(&shown.token).expect("they are there");
        previewed.push(began.elapsed());
        pages = shown.pages;
        assert!(bytes.starts_with(b"%PDF-"));
    }
    let median = |times: &mut Vec<std::time::Duration>| {
        times.sort_unstable();
        times[times.len() / 2].as_secs_f64() * 1_000.0
    };
    let [edited, saved, sqlite, previewed] = [&mut edited, &mut saved, &mut sqlite, &mut previewed].map(median);
    println!(
        "{}",
        serde_json::json!({ "edited": edited, "saved": saved, "sqlite": sqlite, "previewed": previewed, "bytes": blob.len(), "pages": pages })
    );
}

/// A hand that types one letter after the other at the end of a paragraph in the middle of the report.
struct Hand {
    section: SectionId,
    body: RichText,
}

impl Hand {
    fn of(report: &Report) -> Self {
        let section = report.section_for("impact").expect("the form has it");
        Self { section: section.id, body: section.body.clone() }
    }

    fn press(&mut self, desk: &Desk, id: ReportId, nth: usize) {
        let letter = char::from(b'a' + (nth % 26) as u8);
        let first = self.body.0.iter_mut().find_map(|block| if let Block::Paragraph { content } = block { Some(content) } else { None });
        first.expect("a paragraph").push(Inline::plain(&letter.to_string()));
        let edit = Edit::Body { section: self.section, body: self.body.clone() };
        desk.edit(id, &edit, false).expect("it is taken");
    }
}

/// The bytes that the library keeps of the report.
fn stored(library: &Path) -> Vec<u8> {
    let sql = rusqlite::Connection::open(library).expect("it opens");
    sql.query_row("SELECT snapshot FROM report", [], |row| row.get(0)).expect("one report")
}

/// SQLite and nothing else: one row, one blob, as durable as the library's.
struct Sqlite(rusqlite::Connection);

impl Sqlite {
    fn open(path: &Path) -> Self {
        let sql = rusqlite::Connection::open(path).expect("it opens");
        sql.pragma_update_and_check(None, "journal_mode", "WAL", |_| Ok(())).expect("it is set");
        sql.pragma_update(None, "synchronous", "FULL").expect("it is set");
        sql.execute_batch("CREATE TABLE report (id INTEGER PRIMARY KEY, snapshot BLOB) STRICT; INSERT INTO report VALUES (1, NULL)")
            .expect("it is made");
        Self(sql)
    }

    fn write(&mut self, blob: &[u8], round: usize) {
        let mut bytes = blob.to_vec();
        bytes.extend_from_slice(&round.to_be_bytes());
        self.0.execute("UPDATE report SET snapshot = ?1 WHERE id = 1", [bytes]).expect("it is written");
    }
}
