//! Answers to the fields of the form. Always true: the raw text is what the author typed and nothing rewrites it; the typed value stands
//! beside it and is there only when the raw text could be read.

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
        date: NaiveDate,
    },
    /// A day and a time on the wall clock of a zone.
    DateTime {
        /// The wall clock.
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
}

impl Answer {
    /// A known answer, read as its field says.
    pub fn given(raw: &str, field: &Field, order: DateOrder) -> Self {
        Self { raw: raw.to_owned(), ..Self::default() }.read(field, order)
    }

    /// The same answer with its value read from its raw text.
    pub fn read(mut self, field: &Field, order: DateOrder) -> Self {
        if let Some(rich) = &self.rich {
            self.raw = rich.plain();
        }
        self.value = Value::read(&self.raw, field, order);
        self
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
            FieldType::Duration => when::minutes(text).map(|minutes| Value::Duration { minutes }),
            FieldType::YesNo => yes_no(text).map(|yes| Value::YesNo { yes }),
            FieldType::Choice => field.option(text).map(|option| Value::Choice { option: option.key.clone() }),
            FieldType::MultiChoice => options(text, field).map(|options| Value::Choices { options }),
            FieldType::Number | FieldType::Amount => number(text).map(|number| Value::Number { number }),
            FieldType::Lei => lei(text).map(|lei| Value::Lei { lei }),
            FieldType::Reference => reference(text).map(|(prefix, digits)| Value::Reference { prefix, digits }),
        }
    }
}

fn yes_no(text: &str) -> Option<bool> {
    match text.to_lowercase().as_str() {
        "y" | "yes" => Some(true),
        "n" | "no" => Some(false),
        _ => None,
    }
}

/// The options named, one a line; none where a line names no option.
fn options(text: &str, field: &Field) -> Option<Vec<String>> {
    let lines = text.lines().map(str::trim).filter(|line| !line.is_empty());
    let options: Vec<String> = lines.map(|line| field.option(line).map(|option| option.key.clone())).collect::<Option<_>>()?;
    (!options.is_empty()).then_some(options)
}

/// Reads `41200`, `41,200`, `41 200`, `4.2 %`, `4,2`, `-3.5`. A comma before exactly three figures groups; any other is a decimal comma.
pub fn number(text: &str) -> Option<String> {
    let text = text.trim().trim_end_matches('%').trim_end().replace('\u{2212}', "-");
    let (sign, figures) = text.strip_prefix('-').map_or(("", text.as_str()), |rest| ("-", rest));
    let figures = figures.replace(['\u{a0}', '\u{202f}', '\u{2009}', '\''], " ");
    let (whole, fraction) = match (figures.split_once('.'), figures.rsplit_once(',')) {
        (Some((whole, fraction)), _) => (whole, fraction),
        (None, Some((whole, fraction))) if fraction.len() != 3 => (whole, fraction),
        (None, _) => (figures.as_str(), "0"),
    };
    let groups: Vec<&str> = whole.split([',', ' ']).collect();
    let grouped = groups.len() == 1 || groups[1..].iter().all(|group| group.len() == 3) && (1..=3).contains(&groups[0].len());
    let all_figures = |part: &str| !part.is_empty() && part.bytes().all(|b| b.is_ascii_digit());
    if !grouped || !groups.iter().all(|group| all_figures(group)) || !all_figures(fraction) {
        return None;
    }
    let (whole, fraction) = (groups.concat(), fraction.trim_end_matches('0'));
    let whole = match whole.trim_start_matches('0') {
        "" => "0",
        rest => rest,
    };
    let point = if fraction.is_empty() { "" } else { "." };
    Some(format!("{sign}{whole}{point}{fraction}"))
}

/// A number as printed: thousands apart, its unit or its thousands and currency behind it ("41 200", "4.2 %", "1 240 thousand EUR").
pub(crate) fn number_words(number: &str, field: &Field, currency: Option<&str>) -> String {
    let (sign, figures) = number.strip_prefix('-').map_or(("", number), |rest| ("\u{2212}", rest));
    let (whole, fraction) = figures.split_once('.').map_or((figures, String::new()), |(whole, rest)| (whole, format!(".{rest}")));
    let first = whole.len() % 3;
    let groups = (first > 0).then(|| &whole[..first]).into_iter().chain((first..whole.len()).step_by(3).map(|at| &whole[at..at + 3]));
    // Four figures stay together, as in running text.
    let whole = if whole.len() > 4 { groups.collect::<Vec<_>>().join("\u{a0}") } else { whole.to_owned() };
    let unit = match (field.kind, &field.unit) {
        (FieldType::Amount, _) => format!("\u{a0}thousand{}", currency.map(|currency| format!("\u{a0}{currency}")).unwrap_or_default()),
        (_, Some(unit)) => format!("\u{a0}{unit}"),
        (_, None) => String::new(),
    };
    format!("{sign}{whole}{fraction}{unit}")
}

/// Twenty letters and figures whose check digits are right (ISO 17442, by ISO 7064 MOD 97-10); blanks between them are passed over.
pub fn lei(text: &str) -> Option<String> {
    let lei: String = text.chars().filter(|c| !c.is_whitespace()).collect::<String>().to_uppercase();
    let sound = lei.len() == 20 && lei.bytes().all(|b| b.is_ascii_alphanumeric()) && lei.bytes().skip(18).all(|b| b.is_ascii_digit());
    let rest = lei.chars().filter_map(|c| c.to_digit(36)).fold(0, |rest, value| (rest * if value < 10 { 10 } else { 100 } + value) % 97);
    (sound && rest == 1).then_some(lei)
}

/// Splits `INC000000731204` into its letters and its figures; anything else is not a numbered reference.
pub fn reference(text: &str) -> Option<(String, String)> {
    let split = text.find(|c: char| c.is_ascii_digit())?;
    let (prefix, digits) = text.split_at(split);
    let sound = !prefix.is_empty() && prefix.bytes().all(|b| b.is_ascii_alphabetic()) && digits.bytes().all(|b| b.is_ascii_digit());
    sound.then(|| (prefix.to_owned(), digits.to_owned()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_read_as_people_write_them() {
        for (text, read) in [
            ("41200", Some("41200")),
            ("41,200", Some("41200")),
            ("1\u{a0}234\u{a0}567", Some("1234567")),
            ("4.20 %", Some("4.2")),
            ("4,2", Some("4.2")),
            ("1,234.5", Some("1234.5")),
            ("-0.50", Some("-0.5")),
            ("007", Some("7")),
            ("about 40", None),
            ("1,2345,67", None),
            ("12 34", None),
            ("4.", None),
            ("", None),
        ] {
            assert_eq!(number(text).as_deref(), read, "{text}");
        }
    }

    #[test]
    fn an_lei_is_read_only_with_its_check_digits() {
        // Invented prefix and entity part; the check digits are computed for them.
        assert_eq!(lei("9695 00RAPPORTEUR 0 0 50").as_deref(), None, "nineteen characters are too few");
        assert_eq!(lei("969500RAPPORTEUR0000").as_deref(), None, "no right check digits");
        let body = "969500RAPPORTEUR00";
        let whole: Vec<String> = (2..=98).filter_map(|check| lei(&format!("{body}{check:02}"))).collect();
        assert_eq!(whole.len(), 1, "one pair of check digits fits: {whole:?}");
        assert_eq!(lei(&whole[0].to_lowercase()).as_ref(), Some(&whole[0]));
    }
}
