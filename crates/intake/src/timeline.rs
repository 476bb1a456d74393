//! The timeline of a foreign text: which lines are rows of it, and the rows themselves. Always true: rows keep the order of the source, a row
//! without a time stays where it stood, and every row keeps the line it was read from. Deliberately absent: reading one moment (that is
//! `report::moment`, the same for typed lines) and sorting.

use crate::Slot;
use crate::columns::{Column, Tables};
use crate::form::{Called, may_be_heading};
use crate::outgoing::csv::{Own, own_row};
use crate::piece::{Piece, Shape};
use crate::route::{Known, kind};
use crate::ruling::Ruling;
use crate::to::To;
use chrono::NaiveDate;
use report::ids::{Ids, RowId};
use report::moment::{self, Given};
use report::template::SectionKind;
use report::timeline::{Event, Phase, Row, Time, event_of};
use std::collections::BTreeSet;

/// How many of the rows without a day are shown with the question for it.
const ROWS_SHOWN: usize = 3;
/// How many paragraphs after a line that holds only a time are its text.
const PARAGRAPHS_OF_A_TIME: usize = 4;

/// Whether a piece begins with a time.
pub(crate) fn has_time(piece: &Piece, given: Given) -> bool {
    match &piece.shape {
        Shape::Entry { .. } => true,
        Shape::Text | Shape::Item { .. } | Shape::Heading(_) => {
            moment::head(&piece.words.text(), given).is_some_and(|head| head.time != Time::None)
        }
        _ => false,
    }
}

/// Whether a line of a timeline begins with its day and says what happened: "2024-03-03: image pushed". A sentence that only begins so does not.
fn is_dated(piece: &Piece, given: Given) -> bool {
    if !piece.is_text() {
        return false;
    }
    let text = piece.words.text();
    let Some(head) = moment::head(&text, given).filter(|head| head.date.is_some() && !head.rest.trim().is_empty()) else { return false };
    let parted = text[..text.len() - head.rest.len()].trim_end().ends_with([':', '-', '–', '—', '|']);
    parted || matches!(piece.shape, Shape::Item { .. })
}

/// Which pieces are rows wherever they stand: entries, tables of events, three timed lines in a row, a time alone on its line with its text.
pub(crate) fn timed_runs(pieces: &[Piece], known: &Known<'_>) -> Vec<bool> {
    let tables = Tables::of(pieces, known.given);
    let free = |at: usize| known.furniture.rules[at].is_none() && known.furniture.pictures[at] == 0;
    let is_heading =
        |at: usize| may_be_heading(&pieces[at]) && Called::of(&pieces[at].words.text()).is_some_and(|called| called.is_of_any(known.forms));
    let strict: Vec<Option<bool>> =
        (0..pieces.len()).map(|at| if free(at) { strict_time(&pieces[at], known.given) } else { None }).collect();
    let mut timed: Vec<bool> = (0..pieces.len())
        .map(|at| match pieces[at].shape {
            Shape::Entry { .. } => true,
            Shape::Row { .. } => tables.is_timeline(at),
            _ => false,
        })
        .collect();
    under_days(pieces, &strict, known.given, &mut timed);
    let mut at = 0;
    while at < pieces.len() {
        match strict[at] {
            Some(true) => {
                timed[at] = true;
                let mut end = at + 1;
                let mut taken = 0;
                while end < pieces.len() && taken < PARAGRAPHS_OF_A_TIME && strict[end].is_none() && !is_heading(end) {
                    if matches!(pieces[end].shape, Shape::Heading(_) | Shape::Row { .. } | Shape::Rule) {
                        break;
                    }
                    if free(end) {
                        timed[end] = pieces[end].is_text();
                        taken += 1;
                    }
                    end += 1;
                }
                at = end;
            }
            Some(false) => {
                let (end, count) = run(pieces, &strict, &is_heading, at);
                // Right beside other rows a time is one's without more of them.
                let beside = at.checked_sub(1).is_some_and(|before| timed[before]) || timed.get(end + 1).is_some_and(|after| *after);
                if count >= 3 || beside {
                    timed[at..=end].iter_mut().enumerate().for_each(|(offset, timed)| *timed |= pieces[at + offset].is_text());
                }
                at = end + 1;
            }
            None => at += 1,
        }
    }
    timed
}

/// Timed lines right below a heading that is a day and nothing else are its rows, however few.
fn under_days(pieces: &[Piece], strict: &[Option<bool>], given: Given, timed: &mut [bool]) {
    let is_day = |piece: &Piece| {
        let text = piece.words.text();
        matches!(piece.shape, Shape::Heading(_))
            && moment::head(&text, given).is_some_and(|head| head.date.is_some() && head.time == Time::None && head.rest.trim().is_empty())
    };
    let mut under = false;
    for at in 0..pieces.len() {
        if matches!(pieces[at].shape, Shape::Heading(_)) {
            under = is_day(&pieces[at]);
        } else if under && strict[at] == Some(false) {
            timed[at] = true;
        }
    }
}

/// The last timed piece of a run that begins at `at`, and how many timed pieces it has; one untimed line may stand between two.
fn run(pieces: &[Piece], strict: &[Option<bool>], is_heading: &impl Fn(usize) -> bool, at: usize) -> (usize, usize) {
    let (mut end, mut count) = (at, 1);
    let mut next = at + 1;
    while next < pieces.len() && next <= end + 2 && strict[next] != Some(true) && !is_heading(next) {
        if strict[next].is_some() {
            (end, count) = (next, count + 1);
        } else if !matches!(pieces[next].shape, Shape::Text | Shape::Item { .. } | Shape::Rule) {
            break;
        }
        next += 1;
    }
    (end, count)
}

/// Whether a line outside a timeline begins with a time beyond doubt, and whether it holds nothing else.
fn strict_time(piece: &Piece, given: Given) -> Option<bool> {
    if !piece.is_text() {
        return None;
    }
    let text = piece.words.text();
    let head = moment::head(&text, given).filter(|head| head.time != Time::None)?;
    let said = text[..text.len() - head.rest.len()].to_lowercase();
    let sure = said.contains(':') || said.contains("am") || said.contains("pm") || said.contains('.');
    sure.then(|| head.rest.trim().is_empty())
}

/// Within a section of the timeline: text that leads to the rows or follows them stands in the section, not among the rows.
pub(crate) fn settle(pieces: &[Piece], to: &mut [To], slots: &[Slot], known: &Known<'_>) {
    let timelines: BTreeSet<&str> =
        slots.iter().filter(|slot| kind(slot, known.form.template) == SectionKind::Timeline).map(|slot| slot.name.as_str()).collect();
    let mut at = 0;
    while at < to.len() {
        let To::Heading { slot } = &to[at] else {
            at += 1;
            continue;
        };
        let end = (at + 1..to.len()).find(|next| matches!(to[*next], To::Heading { .. })).unwrap_or(to.len());
        if let Some(slot) = timelines.get(slot.as_str()) {
            settle_one(pieces, &mut to[at + 1..end], at + 1, slot, known);
        }
        at = end;
    }
}

fn settle_one(pieces: &[Piece], to: &mut [To], first: usize, slot: &str, known: &Known<'_>) {
    let tables = Tables::of(&pieces[first..first + to.len()], known.given);
    let rows: Vec<usize> = (0..to.len()).filter(|at| to[*at] == To::Timeline).collect();
    let timed = |at: usize| {
        let piece = &pieces[first + at];
        has_time(piece, known.given) || is_dated(piece, known.given) || tables.is_timeline(at) || matches!(piece.shape, Shape::Rule)
    };
    let days: Vec<usize> = (0..to.len()).filter(|at| to[*at] == To::Day).collect();
    let begin = rows.iter().copied().filter(|at| timed(*at)).chain(days.iter().copied()).min();
    let last = rows.iter().copied().rfind(|at| timed(*at) && !matches!(pieces[first + at].shape, Shape::Rule));
    let here = || To::Section { slot: slot.to_owned() };
    let (Some(begin), Some(last)) = (begin, last) else {
        rows.iter().for_each(|at| to[*at] = here());
        return;
    };
    rows.iter().filter(|at| **at < begin).for_each(|at| to[*at] = here());
    // What is said of all times is none of them.
    let of_all = |at: usize| !timed(at) && crate::zone_stated::tells_of_times(&pieces[first + at].words.text());
    rows.iter().filter(|at| of_all(**at)).for_each(|at| to[*at] = here());
    let alone = moment::head(&pieces[first + last].words.text(), known.given).is_some_and(|head| head.rest.trim().is_empty());
    let mut inside = true;
    for (number, at) in rows.iter().filter(|at| **at > last).enumerate() {
        // The text of a time that stands alone follows it after an empty line; otherwise an empty line, or the end of the list, ends the rows.
        let (row, piece) = (&pieces[first + last], &pieces[first + at]);
        let ends_list = matches!(row.shape, Shape::Item { .. }) && matches!(piece.shape, Shape::Text) && piece.indent <= row.indent;
        inside &= (alone && number == 0) || !(piece.after_gap || ends_list && piece.block != row.block);
        if !inside {
            to[*at] = here();
        }
    }
}

/// The rows of a timeline as they are built, one piece after another.
pub(crate) struct Rows {
    given: Given,
    rows: Vec<Row>,
    /// The day that rows below a line with a day are on.
    day: Option<NaiveDate>,
    /// The day of rows that state none.
    ruling: Option<Ruling>,
    /// Whether the day carried on is the one that rules, and from no line of the timeline.
    lent: bool,
    /// Whether the day carried on is one that the row before states for itself.
    own: bool,
    days: DaysOfRows,
    carried: Vec<NaiveDate>,
    fresh: bool,
    /// Whether the row before is a message, whose day the next message goes on from.
    message: bool,
    alone: bool,
    /// Whether the row before is a heading: what stands under it is its text.
    headed: bool,
    indent: usize,
    /// The rows after which a picture stands.
    pictured: Vec<usize>,
}

/// What is known of the days of rows.
#[derive(Debug, Default)]
pub(crate) struct DaysOfRows {
    /// The first rows with a time and no day, as written.
    pub without: Vec<String>,
    /// How many rows have the day that rules those that state none.
    pub lent: usize,
}

impl Rows {
    /// Rows of a text, with the day of those that state none.
    pub fn new(given: Given, ruling: Option<Ruling>) -> Self {
        Self {
            given,
            rows: Vec::new(),
            day: ruling.as_ref().map(|ruling| ruling.day),
            lent: ruling.is_some(),
            own: false,
            ruling,
            days: DaysOfRows::default(),
            carried: Vec::new(),
            fresh: true,
            message: false,
            alone: false,
            headed: false,
            indent: 0,
            pictured: Vec::new(),
        }
    }

    /// The rows, the days carried past midnight, and what is known of the others; a break that nothing follows is none.
    pub fn finish(mut self) -> (Vec<Row>, Vec<NaiveDate>, DaysOfRows) {
        for at in self.pictured {
            if let Some(Row::Event(event)) = self.rows.get_mut(at)
                && event.text.is_empty()
            {
                event.text = report::timeline::PICTURE.to_owned();
            }
        }
        while matches!(self.rows.last(), Some(Row::Phase(Phase { name: None, .. }))) {
            self.rows.pop();
        }
        (self.rows, self.carried, self.days)
    }

    /// A picture stands here: a time with no other text is the picture's.
    pub fn pictured(&mut self) {
        self.pictured.extend(self.rows.len().checked_sub(1));
    }

    /// How many rows there are so far.
    pub fn count(&self) -> usize {
        self.rows.len()
    }

    /// A piece that names the day of the rows below it.
    pub fn day(&mut self, text: &str) {
        if let Some(day) = moment::head(text, self.given).and_then(|head| head.date) {
            self.day = Some(day);
            self.lent = false;
            self.own = false;
            self.fresh = true;
        }
    }

    /// A line above rows that names their day: words beside the day name the part of the rows that begins here. Gives what the rows do not carry.
    pub fn headed_by_day(&mut self, text: &str, ids: &mut dyn Ids) -> String {
        self.day(text);
        let title = moment::head(text, self.given).map_or(text, |head| head.rest).trim();
        if title.is_empty() {
            return text.to_owned();
        }
        self.rows.push(Row::Phase(Phase { id: RowId::new(ids), name: Some(title.to_owned()) }));
        text[..text.len() - title.len()].trim().to_owned()
    }

    /// A piece that is a row, or goes on with the one before. Gives the words that the rows do not carry.
    pub fn push(&mut self, at: usize, piece: &Piece, tables: &Tables, ids: &mut dyn Ids) -> Vec<String> {
        let id = RowId::new(ids);
        match &piece.shape {
            Shape::Rule => {
                if !self.rows.is_empty() {
                    self.rows.push(Row::Phase(Phase { id, name: None }));
                }
            }
            Shape::Row { .. } if tables.own(at) == Some(Own::Timeline) => {
                let cells = piece.cells().unwrap_or_default();
                match own_row(&cells) {
                    Some(row) => self.rows.push(row),
                    None => return self.table_row(at, tables, piece, id),
                }
                return cells;
            }
            Shape::Row { .. } => return self.table_row(at, tables, piece, id),
            Shape::Entry { at, who, automated } => self.entry(id, at, who, *automated, &piece.words.text()),
            Shape::Heading(_) if !has_time(piece, self.given) => {
                let text = piece.words.text();
                if moment::head(&text, self.given).is_some_and(|head| head.rest.trim().is_empty()) {
                    self.day(&text);
                    return vec![text];
                }
                self.rows.push(Row::Phase(Phase { id, name: Some(text.trim().to_owned()) }));
            }
            Shape::Named(_) => self.line(&piece.said(), piece, id),
            _ => {
                let text = piece.words.text();
                let date_alone = moment::head(&text, self.given).is_some_and(|head| head.time == Time::None && head.rest.trim().is_empty());
                if date_alone {
                    self.day(&text);
                    return vec![piece.said()];
                }
                // The number of an item says only where it stands.
                let number = matches!(piece.shape, Shape::Item { number: Some(_), .. });
                self.line(&text, piece, id);
                return if number { vec![piece.said().split('.').next().unwrap_or_default().to_owned()] } else { Vec::new() };
            }
        }
        Vec::new()
    }

    fn line(&mut self, text: &str, piece: &Piece, id: RowId) {
        let text = text.trim();
        let timed = moment::head(text, self.given).is_some_and(|head| head.time != Time::None);
        if !timed
            && self.goes_on(piece)
            && let Some(Row::Event(event)) = self.rows.last_mut()
        {
            if !event.text.is_empty() {
                event.text.push(' ');
            }
            event.text.push_str(text);
            event.raw.push('\n');
            event.raw.push_str(text);
            self.alone = false;
            return;
        }
        let event = event_of(text, id, self.given, self.previous(), self.day);
        self.alone = timed && event.text.is_empty();
        self.headed = timed && matches!(piece.shape, Shape::Heading(_));
        self.indent = piece.indent;
        self.add(event);
    }

    /// Whether an untimed piece is the text of the time before it, or the rest of a line that was broken for its length.
    fn goes_on(&self, piece: &Piece) -> bool {
        let under = self.headed && matches!(piece.shape, Shape::Text | Shape::Item { .. });
        under
            || self.alone
            || (!piece.after_gap && matches!(piece.shape, Shape::Text) && piece.indent > self.indent && !self.rows.is_empty())
    }

    fn table_row(&mut self, place: usize, tables: &Tables, piece: &Piece, id: RowId) -> Vec<String> {
        let cells = piece.cells().unwrap_or_default();
        let (columns, width) = (tables.columns(place), cells.len());
        let column = |at: usize| columns.get(at).copied().flatten();
        let filled =
            |wanted: Column| (0..width).find(|at| column(*at) == Some(wanted)).and_then(|at| cells.get(at)).filter(|cell| !cell.is_empty());
        // Programs count the seconds since 1970.
        let since_1970 = filled(Column::Time).and_then(|cell| crate::read::moment::counted(cell));
        let said = |wanted: Column| match (&since_1970, wanted) {
            (Some(at), Column::Time) => Some(at),
            _ => filled(wanted),
        };
        let moment: Vec<&str> = [Column::Day, Column::Time, Column::Zone].into_iter().filter_map(said).map(String::as_str).collect();
        let alone = (0..width).filter(|at| !cells[*at].is_empty()).count() == 1;
        let day_only = filled(Column::Day).filter(|_| alone);
        if let Some(day) = day_only {
            self.day(day);
            return vec![piece.text()];
        }
        let until = filled(Column::Until).filter(|_| filled(Column::Time).is_some()).and_then(|cell| moment::head(cell, self.given));
        let until = until.filter(|until| until.rest.is_empty());
        let kept = |column: Option<Column>| match column {
            Some(Column::Until) => until.is_none(),
            column => !matches!(column, Some(Column::Day | Column::Time | Column::Zone | Column::Who)),
        };
        let said = |at: &usize| kept(column(*at)) && !cells[*at].is_empty();
        // What is not understood stays under its own name.
        let named = |at: usize| match tables.name(place, at).filter(|_| !matches!(column(at), Some(Column::Event | Column::Action))) {
            Some(name) => format!("{name}: {}", cells[at]),
            None => cells[at].clone(),
        };
        let text: Vec<String> = (0..cells.len()).filter(said).map(named).collect();
        let who = filled(Column::Who).map(|who| format!("{who}: ")).unwrap_or_default();
        let line = format!("{} {who}{}", moment.join(" "), text.join("; ").replace('\n', " "));
        let mut event = event_of(line.trim(), id, self.given, self.previous(), self.day);
        if let Some(until) = until {
            self.ends(&mut event, &until, filled(Column::Until).map_or("", String::as_str));
        }
        event.automated |= filled(Column::Who).is_some_and(|who| is_machine(who));
        event.raw = piece.text();
        self.alone = false;
        self.indent = 0;
        self.add(event);
        Vec::new()
    }

    /// The end of a row that has a column of its own: of a stretch within a day, or words of the row.
    fn ends(&self, event: &mut Event, until: &moment::Head<'_>, written: &str) {
        match (&event.time, &until.time) {
            (Time::At { at: from }, Time::At { at: to }) if until.date.is_none_or(|day| Some(day) == event.date) && from <= to => {
                event.time = Time::Range { from: *from, to: *to };
            }
            _ => event.text = format!("{} (until {written})", event.text),
        }
    }

    fn entry(&mut self, id: RowId, at: &str, who: &str, automated: bool, text: &str) {
        let text = text.trim();
        let text = if who.is_empty() { text.to_owned() } else { format!("{who}: {text}") };
        let before = if self.message { self.previous() } else { None };
        let moment = event_of(at, id, self.given, before, self.day);
        let raw = format!("{at} {text}").trim().to_owned();
        let (moment, text) =
            if moment.time == Time::None && moment.date.is_none() { self.yearless(moment, at, text) } else { (moment, text) };
        let event = Event { text, automated: automated || is_machine(who), raw, ..moment };
        self.alone = false;
        self.add(event);
        self.message = true;
    }

    /// A moment on a day without its year: the time is read, and the day stays in the words until the year is known.
    fn yearless(&self, moment: Event, at: &str, text: String) -> (Event, String) {
        // Any day of the year exists in it.
        const LEAP: i32 = 2024;
        let given = Given { year: Some(LEAP), ..self.given };
        let Some((head, (_, behind))) = moment::head(at, given).zip(moment::day(at, given)) else {
            return (moment, format!("{at} {text}").trim().to_owned());
        };
        let day = at[..at.len() - behind.len()].trim_end_matches([',', ' ']);
        (Event { time: head.time, zone: head.zone.map(str::to_owned), ..moment }, format!("{day}: {text}"))
    }

    fn add(&mut self, mut event: Event) {
        let own_day = moment::head(&event.raw, self.given).is_some_and(|head| head.date.is_some());
        if own_day {
            (self.lent, self.own) = (false, true);
        } else if let Some(day) = self.ruled(&event) {
            event.date = Some(day);
            (self.lent, self.own) = (true, false);
        }
        // "22026-03-02 09:00": the row has a day, and nobody can say which.
        if !own_day && event.time == Time::None && begins_with_no_day(&event.raw) {
            event.date = None;
        }
        self.message = false;
        if event.time != Time::None && event.date.is_none() && self.days.without.len() < ROWS_SHOWN {
            self.days.without.push(event.raw.clone());
        }
        self.days.lent += usize::from(self.lent && event.date.is_some());
        if let (Some(day), Some(before)) = (event.date, self.previous().and_then(|event| event.date))
            && before.succ_opt() == Some(day)
            && !own_day
        {
            self.carried.push(day);
        }
        self.fresh = false;
        self.rows.push(Row::Event(event));
    }

    /// The day that rules a row, where that is not the day of the row before: the row before states another for itself, or the time steps
    /// back on it.
    fn ruled(&self, event: &Event) -> Option<NaiveDate> {
        let ruling = self.ruling.as_ref().filter(|_| event.time != Time::None && !self.fresh)?;
        let before = self.previous()?;
        let day = before.date.filter(|day| self.own && *day != ruling.day)?;
        let back = matches!((before.time.start(), event.time.start()), (Some(before), Some(time)) if time < before);
        (ruling.of_all || (back && day < ruling.day)).then_some(ruling.day)
    }

    /// The row that the day is carried from; none right after a line that names a day.
    fn previous(&self) -> Option<&Event> {
        if self.fresh { None } else { self.rows.iter().rev().find_map(Row::event) }
    }
}

/// Whether words begin with figures in the shape of a day: three numbers between two equal signs.
fn begins_with_no_day(words: &str) -> bool {
    let first = words.split_whitespace().next().unwrap_or_default().trim_end_matches([':', ',']);
    let is_number = |part: &str| (1..=5).contains(&part.len()) && part.bytes().all(|byte| byte.is_ascii_digit());
    ['-', '/', '.'].iter().any(|sign| first.split(*sign).count() == 3 && first.split(*sign).all(is_number))
}

fn is_machine(who: &str) -> bool {
    let who = who.to_lowercase();
    ["bot", "monitor", "alert", "pagerduty", "opsgenie", "automat", "system"].iter().any(|word| who.contains(word))
}
