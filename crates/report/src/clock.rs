//! Due times as a template states them, and what an author records for them. Always true: a due time names its clause and its source;
//! it counts from events that somebody recorded, never from "now"; a rule that was not verified says so.
//! Deliberately absent: counting (see `clocks`).

use crate::ids::FilingId;
use crate::template::Condition;
use crate::timeline::Role;
use crate::when::{self, DateOrder};
use chrono::{NaiveDateTime, NaiveTime};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// Something that happens and starts a due time: "Became aware", "Classified as major", "Initial notification submitted".
#[derive(Clone, Debug, Eq, PartialEq, Serialize, Deserialize, JsonSchema, TS)]
#[serde(deny_unknown_fields)]
#[ts(export)]
pub struct EventRule {
    /// Its name in data ("awareness").
    pub key: String,
    /// Its words ("Became aware").
    pub label: String,
    /// What counts as it, where the regime says so.
    #[serde(default)]
    pub guidance: String,
    /// The date-time field of the form that states it; what the form says need not be recorded again.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub field: Option<String>,
    /// The key moment of the timeline that is it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub role: Option<Role>,
    /// The due time whose filing is it: chains one stage to the one before.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub filing: Option<String>,
    /// Which of several filings it is; the first, unless its clause names the latest.
    #[serde(default, skip_serializing_if = "Which::is_first")]
    #[ts(as = "Option<Which>", optional)]
    pub which: Which,
}

/// Which of several filings of one stage a clause counts from.
#[derive(Clone, Copy, Debug, Default, Eq, PartialEq, Serialize, Deserialize, JsonSchema, TS)]
#[serde(rename_all = "snake_case")]
#[ts(export)]
pub enum Which {
    /// The first: bringing it up to date later starts nothing anew.
    #[default]
    First,
    /// The latest by its moment ("the latest updated intermediate report").
    Latest,
}

/// Something due. Shown with its clause; an unverified one is marked so and counts nothing by itself.
#[derive(Clone, Debug, Eq, PartialEq, Serialize, Deserialize, JsonSchema, TS)]
#[serde(deny_unknown_fields)]
#[ts(export)]
pub struct ClockRule {
    /// Its name in data ("initial").
    pub key: String,
    /// What is due ("Initial notification").
    pub due: String,
    /// Until when.
    pub limit: Limit,
    /// Other limits for some reporters ("trust service providers: 24 hours").
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    #[ts(as = "Option<Vec<Instead>>", optional)]
    pub instead: Vec<Instead>,
    /// Other due times whose filing meets this one too, where the clause says so ("a preliminary or full report").
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    #[ts(as = "Option<Vec<String>>", optional)]
    pub met_by: Vec<String>,
    /// Whether a limit that falls on a day off moves.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub relief: Option<NoonRelief>,
    /// It is due only in reports that answer another field so.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub condition: Option<Condition>,
    /// What the regime asks of whoever is late ("reasons for the delay, Art. 33(1)"); empty where it asks nothing.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    #[ts(as = "Option<String>", optional)]
    pub reasons: String,
    /// The field or section of the form in which those reasons stand.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub reasons_in: Option<String>,
    /// The clause.
    pub clause: String,
    /// Where the rule was read.
    pub source: String,
    /// Whether it was read in the instrument or its publisher's page.
    pub verified: bool,
}

/// Until when something is due. `from` names an event of the template.
#[derive(Clone, Debug, Eq, PartialEq, Serialize, Deserialize, JsonSchema, TS)]
#[serde(tag = "kind", rename_all = "snake_case", deny_unknown_fields)]
#[ts(export)]
pub enum Limit {
    /// So many calendar hours after an event.
    Hours {
        /// The event.
        from: String,
        /// How many hours.
        hours: u32,
        /// It counts no longer once it has run out without this event ("classification": DORA 2025/301 Art. 5(2)).
        #[serde(default, skip_serializing_if = "Option::is_none")]
        #[ts(optional)]
        lapses_without: Option<String>,
    },
    /// The end of the day so many calendar days after that of an event.
    Days {
        /// The event.
        from: String,
        /// How many days.
        days: u32,
    },
    /// The end of the working day so many working days after that of an event.
    WorkingDays {
        /// The event.
        from: String,
        /// How many working days; the day of the event is not one of them.
        days: u32,
        /// The calendar that says which days are working days.
        calendar: CalendarName,
        /// When that day closes for filings; none means at its end.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        #[ts(optional)]
        closes: Option<Closing>,
    },
    /// So many calendar months after an event: the same day of the month, else the month's last, to its end.
    Months {
        /// The event.
        from: String,
        /// How many months.
        months: u32,
    },
    /// The earliest of several; what is not yet known of them is named and does not hold the others back.
    EarlierOf {
        /// The limits.
        of: Vec<Limit>,
    },
    /// Without undue delay after an event: nothing to count.
    Promptly {
        /// The event.
        from: String,
    },
}

/// The hour after which what is filed counts as filed on the next working day, on the clocks of the calendar's zone.
#[derive(Clone, Debug, Eq, PartialEq, Serialize, Deserialize, JsonSchema, TS)]
#[serde(deny_unknown_fields)]
#[ts(export)]
pub struct Closing {
    /// The hour.
    #[serde(with = "hour_and_minute")]
    #[schemars(with = "String", regex(pattern = r"^([01][0-9]|2[0-3]):[0-5][0-9]$"))]
    #[ts(type = "string")]
    pub at: NaiveTime,
    /// The clause that sets it.
    pub clause: String,
}

/// Another limit where a circumstance holds. Until somebody has said whether it does, the earlier of the two stands.
#[derive(Clone, Debug, Eq, PartialEq, Serialize, Deserialize, JsonSchema, TS)]
#[serde(deny_unknown_fields)]
#[ts(export)]
pub struct Instead {
    /// For whom.
    pub circumstance: Circumstance,
    /// The limit that is then theirs.
    pub limit: Limit,
    /// The clause that sets it.
    pub clause: String,
}

/// A limit that ends on a day off moves to noon of the next working day.
#[derive(Clone, Debug, Eq, PartialEq, Serialize, Deserialize, JsonSchema, TS)]
#[serde(deny_unknown_fields)]
#[ts(export)]
pub struct NoonRelief {
    /// The calendar that says which days are off.
    pub calendar: CalendarName,
    /// Who does not get it. It counts only once every one of these has been answered with no.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    #[ts(as = "Option<Vec<Circumstance>>", optional)]
    pub unless: Vec<Circumstance>,
    /// Where this holds, only Saturdays and Sundays are surely days off: the calendar's holidays are those of another place. They move
    /// a limit once it has been answered with no.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub holidays_unless: Option<Circumstance>,
    /// The clause that grants it.
    pub clause: String,
}

impl ClockRule {
    /// Everything about the reporter that it asks, in order.
    pub fn circumstances(&self) -> impl Iterator<Item = &Circumstance> {
        let relief = self.relief.iter().flat_map(|relief| relief.unless.iter().chain(&relief.holidays_unless));
        self.instead.iter().map(|other| &other.circumstance).chain(relief)
    }

    /// The due times whose filings meet it, itself first.
    pub fn filed_as(&self) -> impl Iterator<Item = &str> {
        std::iter::once(&self.key).chain(&self.met_by).map(String::as_str)
    }
}

impl Which {
    fn is_first(&self) -> bool {
        *self == Self::First
    }
}

/// Something about the reporter on which a due time depends ("We are a credit institution").
#[derive(Clone, Debug, Eq, PartialEq, Serialize, Deserialize, JsonSchema, TS)]
#[serde(deny_unknown_fields)]
#[ts(export)]
pub struct Circumstance {
    /// Its name in data; one answer serves every clock that asks it.
    pub key: String,
    /// Its words, as a statement that holds or not.
    pub label: String,
}

/// A calendar of working days that ships with its source.
#[derive(Clone, Copy, Debug, Eq, Hash, Ord, PartialEq, PartialOrd, Serialize, Deserialize, JsonSchema, TS)]
#[serde(rename_all = "snake_case")]
#[ts(export)]
pub enum CalendarName {
    /// England and Wales: weekends and bank holidays.
    EnglandAndWales,
    /// The days on which the Eurosystem's TARGET is open.
    Target,
    /// United States: weekends and federal holidays.
    UsFederal,
}

/// When an event happened, as recorded: the raw words and what they mean.
#[derive(Clone, Debug, Default, Eq, PartialEq, Serialize, Deserialize, JsonSchema, TS)]
#[serde(deny_unknown_fields)]
#[ts(export)]
pub struct Moment {
    /// As typed.
    pub raw: String,
    /// The wall clock meant, where it could be read.
    #[serde(default, deserialize_with = "crate::format::spelled::moment_if_known", skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub at: Option<NaiveDateTime>,
    /// The zone as typed; none means the report's.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub zone: Option<String>,
}

/// Something that was filed.
#[derive(Clone, Debug, Eq, PartialEq, Serialize, Deserialize, JsonSchema, TS)]
#[serde(deny_unknown_fields)]
#[ts(export)]
pub struct Filing {
    /// Its identity.
    pub id: FilingId,
    /// The due time it answers.
    pub clock: String,
    /// When it was submitted.
    pub moment: Moment,
    /// The file's name, where there is one.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    #[ts(as = "Option<String>", optional)]
    pub file: String,
    /// The SHA-256 of the file, 64 lower-case hexadecimal digits, where there is one.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    #[ts(as = "Option<String>", optional)]
    pub sha256: String,
    /// Why it was late, where the regime asks.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    #[ts(as = "Option<String>", optional)]
    pub reasons: String,
}

impl Moment {
    /// A moment read from what somebody typed.
    pub fn given(raw: &str, order: DateOrder) -> Self {
        let (at, zone) = when::date_time(raw, order).unzip();
        Self { raw: raw.to_owned(), at, zone: zone.flatten() }
    }
}

impl Limit {
    /// Every event it counts from, in order; one may stand twice.
    pub fn events(&self) -> Vec<&str> {
        match self {
            Limit::Hours { from, lapses_without, .. } => std::iter::once(from).chain(lapses_without).map(String::as_str).collect(),
            Limit::Days { from, .. } | Limit::WorkingDays { from, .. } | Limit::Months { from, .. } | Limit::Promptly { from } => {
                vec![from]
            }
            Limit::EarlierOf { of } => of.iter().flat_map(Limit::events).collect(),
        }
    }
}

/// An hour as templates write it: "17:30".
mod hour_and_minute {
    use chrono::NaiveTime;
    use serde::{Deserialize, Deserializer, Serializer, de::Error};

    pub fn serialize<S: Serializer>(time: &NaiveTime, to: S) -> Result<S::Ok, S::Error> {
        to.collect_str(&time.format("%H:%M"))
    }

    pub fn deserialize<'de, D: Deserializer<'de>>(from: D) -> Result<NaiveTime, D::Error> {
        let text = String::deserialize(from)?;
        let spelled = Some(&text).filter(|text| text.len() == "17:30".len()).and_then(|text| NaiveTime::parse_from_str(text, "%H:%M").ok());
        spelled.ok_or_else(|| D::Error::custom(format!("“{text}” is not an hour such as 17:30")))
    }
}
