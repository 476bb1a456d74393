//! Reports far larger than anybody should write: slower, and nothing else.

use crate::room::{Hand, Room, same_content};
use chrono::{NaiveDate, NaiveTime};
use report::ids::{CountedIds, RowId};
use report::timeline::{Event, Row, Time};
use report::{Change, Edit};
use std::time::{Duration, Instant};

const ROWS: u32 = 10_000;

/// Debug builds on a busy machine are some twenty times slower than what people run.
const PATIENCE: Duration = Duration::from_secs(240);

#[test]
fn a_timeline_of_ten_thousand_rows_is_edited_checked_printed_and_read_back() {
    let room = Room::new();
    let desk = room.desk();
    let id = desk.begin_sample().expect("the sample").report.id;
    let from = desk.now(id).timeline.len();
    let insert = |nth: u32| Edit::Timeline { change: Change::Insert { at: from + nth as usize, item: row(nth) } };
    let began = Instant::now();
    desk.edit(id, &Edit::Together { edits: (0..ROWS).map(insert).collect() }, false).expect("they are taken");
    let edited = desk.jot(id, &["2359 the last of them".to_owned()], None).expect("one more");
    assert_eq!(edited.report.expect("the whole report").timeline.len(), from + ROWS as usize + 1);
    let checked = began.elapsed();
    desk.save(id).expect("it is saved");
    let saved = began.elapsed();
    let exported = desk.export(id, room.draft("draft.pdf"), &mut |_| {}).expect("it prints");
    let printed = began.elapsed();
    let next = desk.open_next_version(&room.path("draft.pdf")).expect("it opens");
    assert!(same_content(&next.report, &desk.now(id)));
    assert!(exported.pages > 200, "{} pages hold no 10,000 rows", exported.pages);
    println!(
        "10,000 rows: edited and checked {checked:?}, saved {saved:?}, {} pages printed {printed:?}, read back {:?}",
        exported.pages,
        began.elapsed()
    );
    assert!(began.elapsed() < PATIENCE, "{:?}", began.elapsed());
}

fn row(nth: u32) -> Row {
    let minutes = nth % 1_440;
    Row::Event(Event {
        id: RowId::new(&mut CountedIds(1_000_000 + u64::from(nth))),
        date: NaiveDate::from_ymd_opt(2025, 10, 15).and_then(|day| day.checked_add_days(chrono::Days::new(u64::from(nth / 1_440)))),
        time: Time::At { at: NaiveTime::from_hms_opt(minutes / 60, minutes % 60, 0).expect("a time") },
        zone: None,
        text: format!("Retry {nth} of the queue is refused by node {}.", nth % 7),
        automated: nth.is_multiple_of(3),
        milestone: None,
        raw: String::new(),
        evidence: Vec::new(),
    })
}
