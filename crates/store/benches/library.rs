//! What the library costs: `cargo bench -p store`. Prints the median and the slowest of many; asserts nothing, for machines differ.
//! `/dev/shm`, where there is one, shows the work without the wait for the medium.

use chrono::{DateTime, NaiveTime, Utc};
use report::Report;
use report::ids::{CountedIds, Ids, ReportId, RowId};
use report::rich::RichText;
use report::timeline::{Event, Row, Time};
use std::hint::black_box;
use std::path::Path;
use std::time::{Duration, Instant};
use store::{FILE_NAME, Filter, Library, Provenance, Reason, RevisionId};

fn main() {
    println!("{:<44} {:>12} {:>12}", "", "median", "slowest");
    let temporary = std::env::temp_dir();
    let memory = Path::new("/dev/shm");
    let places = [("disk", temporary.as_path()), ("memory", memory)];
    for (name, folder) in places.into_iter().filter(|(_, folder)| folder.is_dir()) {
        saving(name, "sample letter", &report(1), folder);
        saving(name, "30 pages", &thirty_pages(), folder);
        saving(name, "10,000 rows", &ten_thousand_rows(), folder);
        a_thousand_reports(name, folder);
    }
}

fn saving(place: &str, what: &str, report: &Report, folder: &Path) {
    let folder = tempfile::tempdir_in(folder).expect("a folder");
    let mut library = Library::open(&folder.path().join(FILE_NAME)).expect("a library");
    let mut seq = library.create(report, Reason::Opened, &by(1)).expect("it is taken in");
    let mut edited = report.clone();
    measure(&format!("save, {what}, {place}"), 100, |turn| {
        edited.title = format!("Edit {turn}");
        seq = library.save(&edited, seq, now(turn)).expect("it is saved");
    });
    measure(&format!("load, {what}, {place}"), 100, |_| {
        black_box(library.load(report.id).expect("it is there"));
    });
}

fn a_thousand_reports(place: &str, folder: &Path) {
    let folder = tempfile::tempdir_in(folder).expect("a folder");
    let path = folder.path().join(FILE_NAME);
    let mut library = Library::open(&path).expect("a library");
    for number in 1..=1000 {
        library.create(&report(number), Reason::Opened, &by(number)).expect("it is taken in");
    }
    drop(library);
    measure(&format!("open and list 1,000 reports, {place}"), 50, |_| {
        let library = Library::open(&path).expect("it opens");
        black_box(library.list(&Filter::default()).expect("the list"));
    });
    let library = Library::open(&path).expect("it opens");
    measure(&format!("list 1,000 reports, {place}"), 50, |_| {
        black_box(library.list(&Filter::default()).expect("the list"));
    });
    measure(&format!("search 1,000 reports, {place}"), 50, |turn| {
        black_box(library.list(&Filter { text: format!("incident {turn}"), ..Filter::default() }).expect("the list"));
    });
}

fn measure(name: &str, turns: u64, mut act: impl FnMut(u64)) {
    let mut times: Vec<Duration> = (0..turns)
        .map(|turn| {
            let start = Instant::now();
            act(turn);
            start.elapsed()
        })
        .collect();
    times.sort();
    let ms = |time: Duration| format!("{:.2} ms", time.as_secs_f64() * 1000.0);
    println!("{name:<44} {:>12} {:>12}", ms(times[times.len() / 2]), ms(times[times.len() - 1]));
}

fn report(number: u64) -> Report {
    let mut report = report::catalogue::sample("rfo").expect("a shipped sample");
    report.id = ReportId::new(&mut CountedIds(number));
    report.title = format!("Incident {number}");
    report
}

/// About 15,000 words, no two lines alike.
fn thirty_pages() -> Report {
    let mut report = report(1);
    let sections = report.sections.len();
    for (place, section) in report.sections.iter_mut().enumerate() {
        let line = |number: usize| {
            format!("Line {number} of part {place}: node {} was restarted after {} failed requests.", number * 7919 % 977, number * 31)
        };
        section.body = RichText::from_plain(&(0..1400 / sections).map(line).collect::<Vec<_>>().join("\n\n"));
    }
    report
}

fn ten_thousand_rows() -> Report {
    let mut report = report(1);
    let mut ids = CountedIds(5_000_000);
    let row = |number: u32| {
        Row::Event(Event {
            id: RowId(ids.next()),
            date: chrono::NaiveDate::from_ymd_opt(2026, 10, 14),
            time: Time::At { at: NaiveTime::from_num_seconds_from_midnight_opt(number * 8, 0).expect("a time") },
            zone: None,
            text: format!("Probe {number} answered after {} ms", number * 7919 % 977),
            automated: true,
            milestone: None,
            raw: String::new(),
            evidence: Vec::new(),
        })
    };
    report.timeline = (0..10_000).map(row).collect();
    report
}

fn by(number: u64) -> Provenance {
    Provenance {
        revision: RevisionId::new(&mut CountedIds(1_000_000 + number)),
        author: "Ines Vidal".to_owned(),
        device: "laptop-7".to_owned(),
        at: now(number),
    }
}

fn now(turn: u64) -> DateTime<Utc> {
    DateTime::from_timestamp_millis(1_760_000_000_000 + i64::try_from(turn).expect("a small number")).expect("a time")
}
