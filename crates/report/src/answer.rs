//! Answers to the fields of the form. Always true: the raw text is what the author typed and nothing rewrites it; the typed value stands
//! beside it and is there only when the raw text could be read.

mod choice;
mod code;
mod number;

pub use code::{email, lei, reference, telephone};
pub use number::number;
pub(crate) use number::{currency_typed, number_in_words, number_words};

use crate::rich::RichText;
use crate::template::{Field, FieldType};
use crate::when::{self, DateOrder};
use chrono::{NaiveDate, NaiveDateTime};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// One answer.
#[derive(Clone, Debug, Default, Eq, PartialEq, Serialize, Deserialize, JsonSchema, TS)]
#[serde(deny_unknown_fields)]
#[ts(export)]
pub struct Answer {
    /// Whether it is known.
    #[serde(default, skip_serializing_if = "Standing::is_known")]
    #[ts(as = "Option<Standing>", optional)]
    pub standing: Standing,
    /// What the author typed; for rich text its plain words.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub raw: String,
    /// What the raw text means, where it could be read.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub value: Option<Value>,
    /// What the value stands for when its label does not say ("Actual start of impact time").
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub qualifier: Option<String>,
    /// The text of a rich field.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub rich: Option<RichText>,
}

/// Whether something is known, and if not, who will say and when.
#[derive(Clone, Debug, Default, Eq, PartialEq, Serialize, Deserialize, JsonSchema, TS)]
#[serde(tag = "is", rename_all = "snake_case", deny_unknown_fields)]
#[ts(export)]
pub enum Standing {
    /// The answer is given.
    #[default]
    Known,
    /// It is not known yet.
    NotYetKnown {
        /// Who answers for it.
        #[serde(default)]
        owner: String,
        /// By when, as typed.
        #[serde(default)]
        due: String,
    },
    /// It does not apply; allowed only where the template says so.
    NotApplicable {
        /// Why.
        #[serde(default)]
        reason: String,
    },
}

impl Standing {
    /// Whether the answer is given.
    pub fn is_known(&self) -> bool {
        matches!(self, Standing::Known)
    }
}

/// The meaning of a raw text.
#[derive(Clone, Debug, Eq, PartialEq, Serialize, Deserialize, JsonSchema, TS)]
#[serde(tag = "kind", rename_all = "snake_case", deny_unknown_fields)]
#[ts(export)]
pub enum Value {
    /// A day.
    Date {
        /// The day.
        #[serde(deserialize_with = "crate::format::spelled::day")]
        date: NaiveDate,
    },
    /// A day and a time on the wall clock of a zone.
    DateTime {
        /// The wall clock.
        #[serde(deserialize_with = "crate::format::spelled::moment")]
        at: NaiveDateTime,
        /// The zone as typed; none means the report's.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        #[ts(optional)]
        zone: Option<String>,
    },
    /// A length of time.
    Duration {
        /// In minutes.
        minutes: i64,
    },
    /// Yes or no.
    YesNo {
        /// True is yes.
        yes: bool,
    },
    /// One of the template's options.
    Choice {
        /// The option's key.
        option: String,
    },
    /// Some of the template's options.
    Choices {
        /// The options' keys, in the order given.
        options: Vec<String>,
    },
    /// A number.
    Number {
        /// Its decimal figures, with a point where it has a fraction ("41200", "-3.5").
        number: String,
    },
    /// A Legal Entity Identifier.
    Lei {
        /// Its twenty characters.
        lei: String,
    },
    /// A reference number: letters, then figures.
    Reference {
        /// The letters.
        prefix: String,
        /// The figures, with their zeros.
        digits: String,
    },
    /// An address for electronic mail.
    Email {
        /// The address alone.
        address: String,
    },
    /// A telephone number.
    Telephone {
        /// Its groups of figures, one blank apart.
        number: String,
    },
}

impl Answer {
    /// A known answer, read as its field says.
    pub fn given(raw: &str, field: &Field, order: DateOrder) -> Self {
        Self { raw: raw.to_owned(), ..Self::default() }.read(field, order)
    }

    /// The same answer with its value read from its raw text. A day in figures that came with its value keeps that one if the figures may mean
    /// it; [`Answer::otherwise`] then gives the other.
    pub fn read(mut self, field: &Field, order: DateOrder) -> Self {
        if let Some(rich) = &self.rich {
            self.raw = rich.plain();
        }
        let came_with = self.value.take().filter(|value| Value::read(&self.raw, field, order.other()).as_ref() == Some(value));
        self.value = came_with.or_else(|| Value::read(&self.raw, field, order));
        self
    }

    /// What the raw text says in the form's order of day and month, where the answer came with the other.
    pub fn otherwise(&self, field: &Field, order: DateOrder) -> Option<Value> {
        let read = Value::read(&self.raw, field, order)?;
        self.value.as_ref().is_some_and(|value| *value != read).then_some(read)
    }

    /// Whether nothing has been said at all.
    pub fn is_blank(&self) -> bool {
        self.standing.is_known() && self.raw.trim().is_empty() && self.rich.as_ref().is_none_or(RichText::is_blank)
    }

    /// The day meant, if a date or date-time could be read.
    pub fn date(&self) -> Option<NaiveDate> {
        match &self.value {
            Some(Value::Date { date }) => Some(*date),
            Some(Value::DateTime { at, .. }) => Some(at.date()),
            _ => None,
        }
    }

    /// The wall-clock moment meant, if a date-time could be read.
    pub fn moment(&self) -> Option<NaiveDateTime> {
        match &self.value {
            Some(Value::DateTime { at, .. }) => Some(*at),
            _ => None,
        }
    }

    /// The same with the zone typed beside it.
    pub fn stated(&self) -> Option<crate::zones::Stated<'_>> {
        match &self.value {
            Some(Value::DateTime { at, zone }) => Some((*at, zone.as_deref())),
            _ => None,
        }
    }
}

impl Value {
    /// What `raw` means in that field; none for plain text and for what cannot be read.
    pub fn read(raw: &str, field: &Field, order: DateOrder) -> Option<Self> {
        let text = raw.trim();
        match &field.kind {
            FieldType::Text | FieldType::LongText | FieldType::RichText | FieldType::Person => None,
            FieldType::Date => when::date(text, order).map(|date| Value::Date { date }),
            FieldType::DateTime => when::date_time(text, order).map(|(at, zone)| Value::DateTime { at, zone }),
            FieldType::Duration => length(text, field).map(|minutes| Value::Duration { minutes }),
            FieldType::YesNo => choice::yes_no(text).map(|yes| Value::YesNo { yes }),
            FieldType::Choice => field.option(text).map(|option| Value::Choice { option: option.key.clone() }),
            FieldType::MultiChoice => choice::options(text, field).map(|options| Value::Choices { options }),
            FieldType::Number => number::count(text, field).map(|number| Value::Number { number }),
            FieldType::Amount => number::thousands(text, field).map(|number| Value::Number { number }),
            FieldType::Lei => lei(text).map(|lei| Value::Lei { lei }),
            FieldType::Reference => code::references(text).map(|(prefix, digits)| Value::Reference { prefix, digits }),
            FieldType::Email => email(text).map(|address| Value::Email { address }),
            FieldType::Telephone => telephone(text).map(|number| Value::Telephone { number }),
        }
    }
}

/// A length; a bare number counts in what the label says ("Time taken (Hours)"). Where the form writes days, hours and minutes in figures, three
/// figures are those and never a clock with seconds.
fn length(text: &str, field: &Field) -> Option<i64> {
    if field.unit.as_deref() == Some(when::DAYS_HOURS_MINUTES) && text.matches(':').count() == 2 {
        return when::days_hours_minutes(text);
    }
    let label = field.label.to_lowercase();
    let in_label = ["hours", "minutes"].into_iter().find(|unit| label.contains(&format!("({unit})")));
    when::minutes(text).or_else(|| when::minutes(&format!("{text} {}", in_label?)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn figures_keep_the_day_they_came_with_where_they_can_mean_it() {
        let field = crate::catalogue::find("sec-8k-105").and_then(|form| form.field("determined_on")).expect("a field of a shipped form");
        for (came_with, kept) in [("2026-05-12", "2026-05-12"), ("2026-12-05", "2026-12-05"), ("2026-05-13", "2026-12-05")] {
            let at = came_with.parse::<NaiveDate>().expect("a day").and_hms_opt(18, 30, 0).expect("a time");
            let came = Answer { raw: "12/05/2026 18:30".into(), value: Some(Value::DateTime { at, zone: None }), ..Answer::default() };
            let read = came.read(field, DateOrder::MonthDay);
            assert_eq!(read.date().map(|day| day.to_string()).as_deref(), Some(kept));
            assert_eq!(read.otherwise(field, DateOrder::MonthDay).is_some(), kept == "2026-05-12");
        }
    }
}
