//! Long texts: what a text costs grows as the text does. Always true here: each text is of a kind whose cost once grew with the square of
//! its length, and is long enough that it would then take many minutes.

use intake::{Choices, import};
use report::catalogue;
use report::ids::CountedIds;
use std::time::{Duration, Instant};

/// The day on which the texts are read.
const TODAY: chrono::NaiveDate = chrono::NaiveDate::from_ymd_opt(2026, 9, 30).expect("a day");

/// Far above what the slowest machine needs without optimisation, far below what a square takes.
const LONGEST: Duration = Duration::from_secs(60);

fn within_time(name: &str, text: &str) {
    let begun = Instant::now();
    let source = intake::read::read(Some(name), text.as_bytes(), &intake::read::Given::default()).expect("it reads");
    let intake = import(&source, &Choices::default(), catalogue::all(), TODAY, &mut CountedIds(0));
    assert!(begun.elapsed() < LONGEST, "{name}: {:?}", begun.elapsed());
    assert_eq!(intake.counts.placed + intake.counts.waiting + intake.counts.dropped, intake.counts.words, "{name}");
}

#[test]
fn many_paragraphs_without_a_heading_are_shared_out_in_time() {
    let paragraph = "We are sorry that the valve stood open. It was closed within the hour, and the cause was found on the next day.\n\n";
    within_time("prose.txt", &paragraph.repeat(30_000));
}

#[test]
fn many_lines_without_an_empty_one_between_them_are_joined_in_time() {
    within_time("lines.txt", &"The valve stood open, and water came through\nit until the basin was full.\n".repeat(10_000));
}

#[test]
fn many_headings_of_one_name_are_told_apart_in_time() {
    within_time(
        "notes.md",
        &"## Impact\n\n## Timeline\n\n10:05 valve open\n\n## Actions\n\n- close it\n\n## Weather\n\nRain.\n\n".repeat(3_000),
    );
}

#[test]
fn many_rows_and_many_choices_on_a_line_of_their_own_are_read_in_time() {
    within_time("rows.csv", &format!("Time,Event\n{}", "2026-03-11 10:05,the valve was closed by hand\n".repeat(10_000)));
    within_time("lozenges.txt", &format!("Postmortem\n\nStatus\n{}", "Resolved\nthe valve was closed by hand\n".repeat(5_000)));
}
