//! Tables that a report has a place for: which column holds the time, the event, the owner, the linked incident.
//! Always true: a head decides; without one only times decide, and only where most rows have one. Deliberately absent: other tables,
//! which stay tables.

use crate::near::bare;
use crate::outgoing::csv::Own;
use crate::piece::{Piece, Shape};
use report::moment::{self, Given};
use report::timeline::Time;
use std::collections::{BTreeMap, HashMap};
use std::sync::LazyLock;

/// What a column holds.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(crate) enum Column {
    Day,
    Time,
    Until,
    Zone,
    Event,
    Who,
    Action,
    Owner,
    Due,
    State,
    Kind,
    Incident,
    Linked,
    Nature,
}

/// Heads by their bare words (see `near::bare`: no blanks, no plurals).
const HEADS: &[(Column, &[&str])] = &[
    (Column::Day, &["date", "day"]),
    (
        Column::Time,
        &[
            "time",
            "when",
            "timestamp",
            "ts",
            "epoch",
            "epochm",
            "epochms",
            "epochmilli",
            "timestampms",
            "epochsecond",
            "unixtime",
            "timestampm",
            "eventtime",
            "timecreated",
            "timegenerated",
            "createdat",
            "timeutc",
            "timelocal",
            "dateandtime",
            "datetime",
            "timedate",
            "localtime",
            "starttime",
            "start",
            "began",
            "at",
            "utc",
            "systemtime",
            "timestamputc",
            "datetimeutc",
        ],
    ),
    (Column::Until, &["until", "end", "ended", "endtime", "to", "till", "finish", "finished"]),
    (Column::Zone, &["zone", "timezone", "tz"]),
    (
        Column::Event,
        &[
            "event",
            "what",
            "whathappened",
            "description",
            "desc",
            "detail",
            "update",
            "activity",
            "summary",
            "message",
            "msg",
            "text",
            "entry",
            "note",
            "comment",
        ],
    ),
    (Column::Who, &["who", "actor", "by", "author", "user", "person", "reporter", "name", "sender"]),
    (Column::Action, &["action", "actionitem", "task", "todo", "followup", "correctiveaction", "recommendation"]),
    (Column::Owner, &["owner", "responsible", "assignee", "assignedto", "actionowner", "accountable"]),
    (Column::Due, &["due", "duedate", "deadline", "targetdate", "bywhen", "completiondate", "eta", "dueby", "dueon", "expected"]),
    (Column::State, &["statu", "state", "progres", "progress", "status"]),
    (Column::Kind, &["type", "kind", "category"]),
    (Column::Incident, &["incident", "incidentreference", "mainincident"]),
    (Column::Linked, &["linkedincident", "relatedincident", "linkedto", "reference", "ticket"]),
    (Column::Nature, &["natureoflink", "relation", "relationship", "link", "linktype"]),
];

/// The heads of other languages, as they name them in their data.
const KEYS: &[(&str, Column)] = &[
    ("day", Column::Day),
    ("time", Column::Time),
    ("until", Column::Until),
    ("zone", Column::Zone),
    ("event", Column::Event),
    ("who", Column::Who),
    ("action", Column::Action),
    ("owner", Column::Owner),
    ("due", Column::Due),
    ("state", Column::State),
];

static KNOWN: LazyLock<HashMap<String, Column>> = LazyLock::new(|| {
    let others = report::languages::all().iter().flat_map(|language| {
        let of = |(key, column): &(&str, Column)| {
            language.heads.get(*key).into_iter().flatten().map(|head| (bare(head), *column)).collect::<Vec<_>>()
        };
        KEYS.iter().flat_map(of).collect::<Vec<_>>()
    });
    let english = HEADS.iter().flat_map(|(column, heads)| heads.iter().map(|head| ((*head).to_owned(), *column)));
    // English last: of a word that two languages share its meaning stands.
    others.chain(english).collect()
});

fn column(head: &str) -> Option<Column> {
    if head.len() > 60 {
        return None;
    }
    KNOWN.get(&bare(head.rsplit_once(" (").map_or(head, |(words, _)| words))).copied()
}

/// Whether a cell is a head, apart from what stands in brackets behind it.
pub(crate) fn is_called(cell: &str, head: &str) -> bool {
    bare(cell.rsplit_once(" (").map_or(cell, |(words, _)| words)) == bare(head)
}

/// Whether English names a column so.
pub(crate) fn is_english(cell: &str) -> bool {
    let cell = bare(cell.rsplit_once(" (").map_or(cell, |(words, _)| words));
    HEADS.iter().any(|(_, heads)| heads.contains(&cell.as_str()))
}

/// Whether a cell names a column that a report has a place for.
pub(crate) fn names_column(cell: &str) -> bool {
    column(cell).is_some()
}

/// Whether a row is the head of its table: marked as one, or made of heads only. A moment heads no column, however the row is marked.
pub(crate) fn is_head(piece: &Piece, cells: &[String]) -> bool {
    let is_moment = |cell: &String| moment::head(cell, Given::default()).is_some_and(|head| head.rest.is_empty());
    let marked = matches!(piece.shape, Shape::Row { head: true, .. }) && !cells.iter().any(is_moment);
    let filled: Vec<&String> = cells.iter().filter(|cell| !cell.is_empty()).collect();
    marked || (filled.len() >= 2 && filled.iter().all(|cell| column(cell).is_some()))
}

/// The tables of a text: for each row where its table starts, and for each table what its columns hold.
#[derive(Debug, Default)]
pub(crate) struct Tables {
    start: Vec<Option<usize>>,
    columns: BTreeMap<usize, Vec<Option<Column>>>,
    /// The heads as written, of tables that have them.
    heads: BTreeMap<usize, Vec<String>>,
    own: BTreeMap<usize, Own>,
}

impl Tables {
    pub fn of(pieces: &[Piece], given: Given) -> Self {
        let mut tables = Self::default();
        let mut at = 0;
        while at < pieces.len() {
            let end = end_of(pieces, at);
            if end == at {
                tables.start.push(None);
                at += 1;
                continue;
            }
            tables.start.extend(std::iter::repeat_n(Some(at), end - at));
            tables.columns.insert(at, columns(&pieces[at..end], given));
            if let Some(head) = pieces[at].cells().filter(|cells| is_head(&pieces[at], cells)) {
                tables.own.extend(Own::of(&head).map(|own| (at, own)));
                tables.heads.insert(at, head);
            }
            at = end;
        }
        tables
    }

    /// What the columns of the table hold in which piece `at` is a row; empty where it is none.
    pub fn columns(&self, at: usize) -> &[Option<Column>] {
        self.start.get(at).copied().flatten().and_then(|start| self.columns.get(&start)).map_or(&[], Vec::as_slice)
    }

    /// What a column is called in the table in which piece `at` is a row.
    pub fn name(&self, at: usize, column: usize) -> Option<&str> {
        let start = self.start.get(at).copied().flatten()?;
        self.heads.get(&start)?.get(column).map(String::as_str).filter(|name| !name.is_empty())
    }

    /// Which table of our own piece `at` is a row of.
    pub fn own(&self, at: usize) -> Option<Own> {
        self.own.get(&self.start.get(at).copied().flatten()?).copied()
    }

    /// What is true of each of so many pieces.
    pub fn iter_rows(&self, count: usize, is: impl Fn(&Self, usize) -> bool) -> Vec<bool> {
        (0..count).map(|at| is(self, at)).collect()
    }

    /// Whether piece `at` is a row of a table of actions wherever it stands.
    pub fn is_actions(&self, at: usize) -> bool {
        let columns = self.columns(at);
        let has = |column| columns.contains(&Some(column));
        !self.is_timeline(at) && has(Column::Action) && (has(Column::Owner) || has(Column::Due) || has(Column::State))
    }

    /// Whether piece `at` is a row of a table whose head names nothing that an action has: figures, or parts.
    pub fn is_of_others(&self, at: usize) -> bool {
        let has_head = self.start.get(at).copied().flatten().is_some_and(|start| self.heads.contains_key(&start));
        let of_action = |column: &Option<Column>| {
            matches!(column, Some(Column::Action | Column::Event | Column::Owner | Column::Who | Column::Due | Column::State))
        };
        has_head && self.own(at).is_none() && !self.columns(at).iter().any(of_action)
    }

    /// Whether piece `at` is a row of a table of events.
    pub fn is_timeline(&self, at: usize) -> bool {
        let columns = self.columns(at);
        let has = |column| columns.contains(&Some(column));
        has(Column::Time) && (has(Column::Event) || has(Column::Action) || has(Column::Who)) || (has(Column::Day) && has(Column::Event))
    }
}

/// Where the table ends that begins at `at`; `at` itself where none does.
fn end_of(pieces: &[Piece], at: usize) -> usize {
    let Shape::Row { .. } = pieces[at].shape else { return at };
    let mut end = at + 1;
    while let Some(next) = pieces.get(end) {
        let same = next.block == pieces[at].block
            || (pieces[at].line == 0 && next.line == 0 && !next.after_gap && next.block == pieces[end - 1].block + 1);
        if !same || !matches!(next.shape, Shape::Row { .. }) {
            break;
        }
        end += 1;
    }
    end
}

fn columns(rows: &[Piece], given: Given) -> Vec<Option<Column>> {
    let cells: Vec<Vec<String>> = rows.iter().filter_map(Piece::cells).collect();
    let Some(first) = cells.first() else { return Vec::new() };
    if is_head(&rows[0], first) {
        let mut columns: Vec<Option<Column>> = first.iter().map(|head| column(head)).collect();
        one_time(&mut columns, &cells[1..], given);
        // Of a table with times the widest unknown column tells what happened.
        if columns.contains(&Some(Column::Time)) && !columns.contains(&Some(Column::Event)) && !columns.contains(&Some(Column::Action)) {
            let width = |at: usize| cells[1..].iter().filter_map(|row| row.get(at)).map(String::len).sum::<usize>();
            if let Some(widest) = (0..columns.len()).filter(|at| columns[*at].is_none()).max_by_key(|at| width(*at)) {
                columns[widest] = Some(Column::Event);
            }
        }
        return columns;
    }
    let width = cells.iter().map(Vec::len).max().unwrap_or(0);
    let reads = |at: usize, want: fn(&moment::Head<'_>) -> bool| {
        let filled = cells.iter().filter_map(|row| row.get(at)).filter(|cell| !cell.is_empty());
        let read = filled.clone().filter(|cell| moment::head(cell, given).is_some_and(|head| head.rest.is_empty() && want(&head))).count();
        read >= 2 && read * 3 >= filled.count() * 2
    };
    let timed = |head: &moment::Head<'_>| head.time != Time::None;
    let dated = |head: &moment::Head<'_>| head.date.is_some() && head.time == Time::None;
    let mut columns: Vec<Option<Column>> = (0..width)
        .map(|at| {
            if reads(at, timed) {
                Some(Column::Time)
            } else if reads(at, dated) {
                Some(Column::Day)
            } else {
                None
            }
        })
        .collect();
    if columns.contains(&Some(Column::Time)) {
        let words = |at: usize| cells.iter().filter_map(|row| row.get(at)).map(String::len).sum::<usize>();
        if let Some(widest) = (0..width).filter(|at| columns[*at].is_none()).max_by_key(|at| words(*at)) {
            columns[widest] = Some(Column::Event);
        }
    }
    columns
}

/// Of several columns of times the one that says the day, too; the others stay under their own names.
fn one_time(columns: &mut [Option<Column>], rows: &[Vec<String>], given: Given) {
    const LOOKED_AT: usize = 20;
    let times: Vec<usize> = (0..columns.len()).filter(|at| columns[*at] == Some(Column::Time)).collect();
    let whole = |cell: &String| moment::head(cell, given).is_some_and(|head| head.date.is_some() && head.time != Time::None);
    let said = |at: &usize| rows.iter().take(LOOKED_AT).filter_map(|row| row.get(*at)).filter(|cell| whole(cell)).count();
    // The first of equals: `max_by_key` would give the last.
    if let Some(best) = times.iter().rev().copied().max_by_key(said) {
        times.into_iter().filter(|at| *at != best).for_each(|at| columns[at] = None);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::piece::pieces;
    use crate::piece::support::plain_source;

    fn shown(text: &str) -> String {
        let pieces = pieces(&plain_source(text));
        let tables = Tables::of(&pieces, Given::default());
        format!("{:?} {}", tables.columns(0), tables.is_timeline(0))
    }

    #[test]
    fn a_head_names_the_columns_and_times_do_without_one() {
        assert_eq!(shown("Time (UTC)\tWhat happened\tWho\n10:00\tPump on\tAna"), "[Some(Time), Some(Event), Some(Who)] true");
        assert_eq!(shown("10:00\tAna\tPump switched on\n10:05\tBo\tPump hums"), "[Some(Time), None, Some(Event)] true");
        assert_eq!(shown("Action\tOwner\tDue date\nClean it\tAna\t3 May 2026"), "[Some(Action), Some(Owner), Some(Due)] false");
        assert_eq!(shown("Colour\tCount\nred\t3"), "[None, None] false");
    }
}
