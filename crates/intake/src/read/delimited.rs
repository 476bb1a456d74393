//! Tables in text: CSV (RFC 4180) and its kin with semicolons, tabs or bars. Always true: every cell comes over; a chat saved as a table
//! (a time, a name, a message) becomes entries where every time can be read without guessing. Deliberately absent: formulas, types.

use super::limits::Room;
use super::{MOST_CELLS, ReadError, moment};
use crate::source::{Block, Cell, Line, Source};
use csv::{ReaderBuilder, StringRecord};

/// The most delimiters of a text, those between quotes among them; a record is held whole before its cells are counted.
const MOST_DELIMITERS: usize = 10_000_000;
/// How much of a text is looked at to find its delimiter.
const LOOKED_AT: usize = 65_536;
/// A table of messages has not many columns; a log with more keeps each of them in its row.
const MOST_COLUMNS_OF_A_CHAT: usize = 6;
const DELIMITERS: [u8; 4] = [b',', b';', b'\t', b'|'];

/// What people and programs call the column of the time, of the author, and of the words.
const TIMES: &[&str] = &["ts", "timestamp", "time", "date", "datetime", "date/time", "created_at", "created at", "sent", "when"];
const AUTHORS: &[&str] = &["user", "username", "user name", "user_name", "author", "sender", "from", "name", "real_name", "who"];
const WORDS: &[&str] = &["text", "message", "content", "body", "message text", "what"];
/// Further words that head a table of what happened.
const EVENTS: &[&str] = &["event", "description", "details", "action", "activity", "note", "notes", "entry", "summary", "owner", "status"];

/// Reads a table.
pub(super) fn read(text: &str) -> Result<Source, ReadError> {
    let delimiter = delimiter(&text[..text.floor_char_boundary(LOOKED_AT)]);
    if text.bytes().filter(|byte| *byte == delimiter).count() > MOST_DELIMITERS {
        return Err(ReadError::TooMany { what: "cells", most: MOST_CELLS });
    }
    let mut records = records(text, delimiter)?;
    days_of_plaso(&mut records);
    let mut room = Room::default();
    if let Some(chat) = Chat::of(&records) {
        return chat.read(&records[1..], room);
    }
    let head = records.first().is_some_and(heads);
    let cell =
        |words: &str| Cell { lines: words.lines().filter(|line| !line.trim().is_empty()).map(Line::plain).collect(), columns: 1, rows: 1 };
    let rows: Vec<Vec<Cell>> = records.iter().map(|record| record.iter().map(cell).collect()).collect();
    room.push(Block::Table { head, rows })?;
    Ok(room.into_source())
}

/// plaso's `l2tcsv` writes its days with the month first, wherever it runs (plaso documentation, "Output and formatting"). Nobody has to be asked.
fn days_of_plaso(records: &mut [StringRecord]) {
    let Some((head, rows)) = records.split_first_mut() else { return };
    if !head.iter().take(4).map(plain_name).eq(["date", "time", "timezone", "macb"]) {
        return;
    }
    for row in rows {
        let day = |cell: &str| Some(chrono::NaiveDate::parse_from_str(cell.trim(), "%m/%d/%Y").ok()?.to_string());
        *row = row.iter().enumerate().map(|(at, cell)| if at == 0 { day(cell) } else { None }.unwrap_or_else(|| cell.to_owned())).collect();
    }
}

/// Whether a text without a telling name is a table: its first line heads columns of time and words, or is parted by what parts no sentence and
/// names columns in any language that is read.
pub(super) fn is_one(text: &str) -> bool {
    let first = text.lines().next().unwrap_or_default();
    let parted = |delimiter: char| {
        let cells: Vec<&str> = first.split(delimiter).map(str::trim).collect();
        cells.len() > 1
            && cells.iter().all(|cell| cell.chars().count() < 40)
            && cells.iter().filter(|cell| crate::columns::names_column(cell)).count() > 1
    };
    if parted(';') || parted('\t') {
        return true;
    }
    let names = [",", ";", "\t"].iter().map(|delimiter| first.split(delimiter).map(plain_name).collect::<Vec<_>>()).max_by_key(Vec::len);
    let names = names.unwrap_or_default();
    let has = |known: &[&str]| names.iter().any(|name| known.contains(&name.as_str()));
    names.len() > 1 && has(TIMES) && (has(WORDS) || has(EVENTS))
}

fn records(text: &str, delimiter: u8) -> Result<Vec<StringRecord>, ReadError> {
    let mut reader = ReaderBuilder::new().has_headers(false).flexible(true).delimiter(delimiter).from_reader(text.as_bytes());
    let mut cells = 0;
    let mut records = Vec::new();
    for record in reader.records() {
        let record = record.map_err(|fault| ReadError::Broken { format: "table", message: fault.to_string() })?;
        cells += record.len();
        if cells > MOST_CELLS {
            return Err(ReadError::TooMany { what: "cells", most: MOST_CELLS });
        }
        if record.iter().any(|cell| !cell.trim().is_empty()) {
            records.push(record);
        }
    }
    Ok(records)
}

/// The delimiter that parts the first records most evenly.
fn delimiter(text: &str) -> u8 {
    let evenness = |delimiter: &u8| {
        let mut reader = ReaderBuilder::new().has_headers(false).flexible(true).delimiter(*delimiter).from_reader(text.as_bytes());
        let widths: Vec<usize> = reader.records().take(20).filter_map(Result::ok).map(|record| record.len()).collect();
        let first = widths.first().copied().unwrap_or(1);
        let even = widths.iter().filter(|width| **width == first).count();
        if first > 1 { even * 100 + first } else { 0 }
    };
    // `max_by_key` gives the last of equals; the comma is the format's own.
    DELIMITERS.iter().rev().copied().max_by_key(evenness).unwrap_or(b',')
}

/// Whether a record names columns: words, no figures.
fn heads(record: &StringRecord) -> bool {
    let filled = record.iter().filter(|cell| !cell.trim().is_empty());
    filled.clone().count() > 1 && filled.clone().all(|cell| !cell.contains(|c: char| c.is_ascii_digit()) && cell.chars().count() < 60)
}

fn plain_name(cell: &str) -> String {
    cell.trim().trim_matches(['"', '\u{feff}']).trim().to_lowercase()
}

/// The columns of a chat.
struct Chat {
    names: Vec<String>,
    time: usize,
    author: usize,
    words: usize,
}

impl Chat {
    fn of(records: &[StringRecord]) -> Option<Self> {
        let names: Vec<String> = records.first()?.iter().map(plain_name).collect();
        let column = |known: &[&str]| names.iter().position(|name| known.contains(&name.as_str()));
        let (time, author, words) = (column(TIMES)?, column(AUTHORS)?, column(WORDS)?);
        if names.len() > MOST_COLUMNS_OF_A_CHAT {
            return None;
        }
        let timed = |record: &StringRecord| record.get(time).and_then(moment::exact).is_some();
        (records.len() > 1 && records[1..].iter().all(timed)).then_some(Self { names, time, author, words })
    }

    fn read(&self, records: &[StringRecord], mut room: Room) -> Result<Source, ReadError> {
        for record in records {
            let cell = |column: usize| record.get(column).unwrap_or_default().trim();
            let at = moment::exact(cell(self.time)).unwrap_or_default();
            room.push(Block::Entry { at, who: cell(self.author).to_owned(), automated: false, line: Line::plain(cell(self.words)) })?;
            for (column, words) in record.iter().enumerate() {
                if ![self.time, self.author, self.words].contains(&column) {
                    let name = self.names.get(column).map_or("without a name", String::as_str);
                    room.drop_words(words.trim().to_owned(), &format!("the column “{name}” of a chat"));
                }
            }
        }
        Ok(room.into_source())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::read::shown::shown;
    use expect_test::{Expect, expect};

    fn check(text: &str, expected: Expect) {
        expected.assert_eq(&shown(&read(text).expect("it reads")));
    }

    #[test]
    fn a_timeline_is_a_table_whatever_parts_its_cells() {
        let expected = || {
            expect![[r#"
                Table+ Time | Event
                       09:40 | Pager rang, twice
                       about 10:00 | Restarted ¶ and checked
            "#]]
        };
        check("Time,Event\r\n09:40,\"Pager rang, twice\"\n\nabout 10:00,\"Restarted\nand checked\"\n", expected());
        check("Time;Event\n09:40;Pager rang, twice\nabout 10:00;\"Restarted\nand checked\"\n", expected());
        check("Time\tEvent\n09:40\tPager rang, twice\nabout 10:00\t\"Restarted\nand checked\"\n", expected());
    }

    #[test]
    fn rows_of_unequal_length_and_no_head_come_over() {
        check(
            "09:40,rang\n09:41,looked,at disk\n",
            expect![[r#"
                Table 09:40 | rang
                       09:41 | looked | at disk
            "#]],
        );
    }

    #[test]
    fn a_chat_saved_as_a_table_is_a_chat() {
        check(
            "channel,ts,user,text\nincident,1773196620.0002,ada,Looking\nincident,2026-03-11T02:38:00Z,bo,\"On it, too\"\n",
            expect![[r#"
                Entry 2026-03-11T02:37:00Z ada: Looking
                Entry 2026-03-11T02:38:00Z bo: On it, too
                dropped (the column “channel” of a chat): incident
                dropped (the column “channel” of a chat): incident
            "#]],
        );
        check(
            "Date,Author,Message\n11/03/2026 02:37,ada,Looking\n",
            expect![[r#"
                Table+ Date | Author | Message
                       11/03/2026 02:37 | ada | Looking
            "#]],
        );
    }

    #[test]
    fn a_table_without_end_is_refused() {
        assert!(matches!(read(&",".repeat(MOST_DELIMITERS + 1)), Err(ReadError::TooMany { what: "cells", .. })));
        assert!(matches!(read(&"a,b\n".repeat(MOST_CELLS / 2 + 1)), Err(ReadError::TooMany { what: "cells", .. })));
    }

    #[test]
    fn a_table_is_known_by_its_first_line() {
        assert!(is_one("Time,Event,Owner\n09:40,rang,ada"));
        assert!(!is_one("At this time, the event was closed\nand so on"));
    }
}
