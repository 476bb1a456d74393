//! The timeline: what happened, in the author's order. Always true: rows keep the order they were given, equal times included;
//! a row whose date or time is not known says so instead of guessing. Deliberately absent: sorting.

use crate::ids::{AttachmentId, RowId};
use crate::moment;
use crate::when::DateOrder;
use chrono::{NaiveDate, NaiveDateTime, NaiveTime};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// What stands in a row whose source held a picture and no words.
pub const PICTURE: &str = "(picture)";

/// One row.
#[derive(Clone, Debug, Eq, PartialEq, Serialize, Deserialize, JsonSchema, TS)]
#[serde(tag = "kind", rename_all = "snake_case")]
#[ts(export)]
pub enum Row {
    /// Something happened.
    Event(Event),
    /// A new phase begins below.
    Phase(Phase),
}

/// Something that happened.
#[derive(Clone, Debug, Eq, PartialEq, Serialize, Deserialize, JsonSchema, TS)]
#[serde(deny_unknown_fields)]
#[ts(export)]
pub struct Event {
    /// Its identity.
    pub id: RowId,
    /// The day; none while it is not known.
    #[serde(default, deserialize_with = "crate::format::spelled::day_if_known")]
    pub date: Option<NaiveDate>,
    /// The time of day.
    #[serde(default)]
    pub time: Time,
    /// The zone of this row where it differs from the report's, as typed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub zone: Option<String>,
    /// What happened.
    pub text: String,
    /// Whether a machine did it or said it.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    #[ts(as = "Option<bool>", optional)]
    pub automated: bool,
    /// What the moment was in the life of the incident; a row with one is a key moment.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub milestone: Option<Milestone>,
    /// The line this row was read from, as typed or imported.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    #[ts(as = "Option<String>", optional)]
    pub raw: String,
    /// Evidence for it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    #[ts(as = "Option<Vec<AttachmentId>>", optional)]
    pub evidence: Vec<AttachmentId>,
}

/// A break between phases.
#[derive(Clone, Debug, Eq, PartialEq, Serialize, Deserialize, JsonSchema, TS)]
#[serde(deny_unknown_fields)]
#[ts(export)]
pub struct Phase {
    /// Its identity.
    pub id: RowId,
    /// The name of the phase that begins; none draws a bare rule.
    #[serde(default)]
    pub name: Option<String>,
}

/// When on its day something happened.
#[derive(Clone, Copy, Debug, Default, Eq, PartialEq, Serialize, Deserialize, JsonSchema, TS)]
#[serde(tag = "kind", rename_all = "snake_case", deny_unknown_fields)]
#[ts(export)]
pub enum Time {
    /// Not given.
    #[default]
    None,
    /// At that time.
    At {
        /// The time.
        #[serde(deserialize_with = "crate::format::spelled::time")]
        at: NaiveTime,
    },
    /// About that time.
    About {
        /// The time.
        #[serde(deserialize_with = "crate::format::spelled::time")]
        at: NaiveTime,
    },
    /// From one time to another; an end before the start lies on the next day.
    Range {
        /// The start.
        #[serde(deserialize_with = "crate::format::spelled::time")]
        from: NaiveTime,
        /// The end.
        #[serde(deserialize_with = "crate::format::spelled::time")]
        to: NaiveTime,
    },
}

/// A key moment.
#[derive(Clone, Debug, Eq, PartialEq, Serialize, Deserialize, JsonSchema, TS)]
#[serde(deny_unknown_fields)]
#[ts(export)]
pub struct Milestone {
    /// What it was in the life of the incident.
    pub role: Role,
    /// The author's word for it where the role's own will not do ("Category 2").
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub label: Option<String>,
}

/// What a moment was in the life of an incident.
#[derive(Clone, Copy, Debug, Eq, Hash, Ord, PartialEq, PartialOrd, Serialize, Deserialize, JsonSchema, TS)]
#[serde(rename_all = "snake_case")]
#[ts(export)]
pub enum Role {
    /// The service began to suffer.
    ImpactStart,
    /// Somebody or something noticed.
    Detected,
    /// Those affected reported it.
    Reported,
    /// A ticket was opened.
    Logged,
    /// A class or severity was set.
    Classified,
    /// A major incident was declared.
    Declared,
    /// The technical bridge opened.
    Bridge,
    /// The cause was found.
    CauseFound,
    /// Part of the service came back.
    PartlyRestored,
    /// The service came back.
    Restored,
    /// The incident was closed.
    Closed,
    /// It was looked back on.
    Reviewed,
    /// Another key moment, named by its label.
    Other,
}

impl Role {
    /// Every role, in the order of an incident's life.
    pub const ALL: [Role; 13] = [
        Role::ImpactStart,
        Role::Detected,
        Role::Reported,
        Role::Logged,
        Role::Classified,
        Role::Declared,
        Role::Bridge,
        Role::CauseFound,
        Role::PartlyRestored,
        Role::Restored,
        Role::Closed,
        Role::Reviewed,
        Role::Other,
    ];

    /// The word printed for it.
    pub fn words(self) -> &'static str {
        match self {
            Role::ImpactStart => "Impact start",
            Role::Detected => "Detected",
            Role::Reported => "Reported",
            Role::Logged => "Logged",
            Role::Classified => "Classified",
            Role::Declared => "Declared",
            Role::Bridge => "Bridge",
            Role::CauseFound => "Cause found",
            Role::PartlyRestored => "Partly restored",
            Role::Restored => "Restored",
            Role::Closed => "Closed",
            Role::Reviewed => "Reviewed",
            Role::Other => "Key moment",
        }
    }
}

impl Milestone {
    /// The word printed for it.
    pub fn words(&self) -> &str {
        self.label.as_deref().filter(|label| !label.trim().is_empty()).unwrap_or(self.role.words())
    }
}

impl Time {
    /// Where it starts on its day.
    pub fn start(self) -> Option<NaiveTime> {
        match self {
            Time::None => None,
            Time::At { at } | Time::About { at } => Some(at),
            Time::Range { from, .. } => Some(from),
        }
    }

    /// As printed: "21:52", "about 00:15", "00:50–01:30", or nothing.
    pub fn words(self) -> String {
        use crate::when::time_words;
        match self {
            Time::None => String::new(),
            Time::At { at } => time_words(at),
            Time::About { at } => format!("about {}", time_words(at)),
            Time::Range { from, to } => format!("{}–{}", time_words(from), time_words(to)),
        }
    }
}

impl Event {
    /// The wall-clock moment it began, if both day and time are known.
    pub fn start(&self) -> Option<NaiveDateTime> {
        Some(self.date?.and_time(self.time.start()?))
    }
}

impl Row {
    /// Its identity.
    pub fn id(&self) -> RowId {
        match self {
            Row::Event(event) => event.id,
            Row::Phase(phase) => phase.id,
        }
    }

    /// The event, unless it is a phase break.
    pub fn event(&self) -> Option<&Event> {
        match self {
            Row::Event(event) => Some(event),
            Row::Phase(_) => None,
        }
    }
}

/// Reads one typed line: `1655 failover ok`, `16:55 text`, `16:55-17:10 text`, `~16:55 text`, `about 16:55 text`, `(Automated)` anywhere
/// before the text, `2026-10-15 00:15 text` for another day, and every other notation that [`crate::moment`] reads. What carries no time
/// becomes a row without one. A day in figures is read in the form's `order`; without one it is that of `previous`, and the next one when the time steps back by more than twelve hours.
pub fn read_line(line: &str, id: RowId, order: DateOrder, previous: Option<&Event>, first_day: Option<NaiveDate>) -> Event {
    event_of(line, id, moment::Given { order, year: None }, previous, first_day)
}

/// The same for a line of a foreign text, of whose dates more is known.
pub fn event_of(line: &str, id: RowId, given: moment::Given, previous: Option<&Event>, first_day: Option<NaiveDate>) -> Event {
    let bare = line.trim().trim_start_matches(['-', '•', '*', '–']).trim_start();
    let head = moment::head(line, given).unwrap_or(moment::Head { rest: bare, ..moment::Head::default() });
    let nowhere = head.date.is_none() && head.time == Time::None && moment::begins_with_a_stretch(line);
    let date = head.date.or_else(|| if nowhere { None } else { carried_day(head.time, previous, first_day) });
    Event {
        id,
        date,
        time: head.time,
        zone: head.zone.map(str::to_owned),
        text: head.rest.trim().to_owned(),
        automated: head.automated,
        milestone: None,
        raw: line.to_owned(),
        evidence: Vec::new(),
    }
}

fn carried_day(time: Time, previous: Option<&Event>, first_day: Option<NaiveDate>) -> Option<NaiveDate> {
    let Some(before) = previous else { return first_day };
    let day = before.date?;
    match (before.time.start(), time.start()) {
        (Some(earlier), Some(later)) if earlier - later > chrono::Duration::hours(12) => day.succ_opt(),
        _ => Some(day),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ids::CountedIds;

    fn read(line: &str, before: Option<&Event>) -> Event {
        read_line(line, RowId::new(&mut CountedIds(0)), DateOrder::DayMonth, before, NaiveDate::from_ymd_opt(2026, 10, 14))
    }

    #[test]
    fn a_line_is_read_as_it_is_typed() {
        for (line, time, text, automated) in [
            ("1655 failover ok", "16:55", "failover ok", false),
            ("16:55 - failover ok", "16:55", "failover ok", false),
            ("about 00:15 network ruled out", "about 00:15", "network ruled out", false),
            ("~0015 network ruled out", "about 00:15", "network ruled out", false),
            ("00:50-01:30 new certificate", "00:50–01:30", "new certificate", false),
            ("05:00 (Automated) window opens", "05:00", "window opens", true),
            ("service still available", "", "service still available", false),
            ("4 nodes restarted", "", "4 nodes restarted", false),
        ] {
            let event = read(line, None);
            assert_eq!(
                (event.time.words().as_str(), event.text.as_str(), event.automated, event.raw.as_str()),
                (time, text, automated, line),
                "{line}"
            );
        }
    }

    /// The window reads times typed into a row's own field itself, at each key: the same list is what it is held to.
    #[test]
    fn the_window_and_the_entry_line_read_the_same_times() {
        let cases: Vec<(String, String)> = serde_json::from_str(include_str!("../tests/times-as-typed.json")).expect("pairs of words");
        assert!(cases.len() > 20);
        for (typed, said) in cases {
            assert_eq!(read(&format!("{typed} the gateway restarted"), None).time.words(), said, "{typed}");
        }
    }

    #[test]
    fn a_time_after_midnight_falls_on_the_next_day() {
        let before = read("23:40 portal back", None);
        let after = read("0015 network ruled out", Some(&before));
        assert_eq!(after.date, NaiveDate::from_ymd_opt(2026, 10, 15));
        let small_step_back = read("23:35 noted late", Some(&before));
        assert_eq!(small_step_back.date, before.date, "a small step back is an entry out of order, not another day");
    }

    #[test]
    fn a_date_before_the_time_is_that_row_s_day() {
        assert_eq!(read("2026-10-16 08:30 review call", None).date, NaiveDate::from_ymd_opt(2026, 10, 16));
        for (order, month, day) in [(DateOrder::DayMonth, 4, 3), (DateOrder::MonthDay, 3, 4)] {
            let event = read_line("03/04/2026 08:30 review call", RowId::new(&mut CountedIds(0)), order, None, None);
            assert_eq!(event.date, NaiveDate::from_ymd_opt(2026, month, day), "{order:?}");
        }
    }
}
