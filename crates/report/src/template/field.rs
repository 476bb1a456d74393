//! A field of a form: its label, the kind of answer it takes, and when it must be answered.
//! Always true: a condition is judged by what another field says, never by what a text might mean; a condition that only people can judge
//! is stated in words and asks nobody by itself. Deliberately absent: the answers (see `answer`).

use crate::answer::{Answer, Value};
use crate::timeline::Role;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// A field of the form.
#[derive(Clone, Debug, Eq, PartialEq, Serialize, Deserialize, JsonSchema, TS)]
#[serde(deny_unknown_fields)]
#[ts(export)]
pub struct Field {
    /// Its name in data ("incident_reference").
    pub key: String,
    /// Its label, verbatim.
    pub label: String,
    /// Other words under which it is found in foreign text.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    #[ts(as = "Option<Vec<String>>", optional)]
    pub aliases: Vec<String>,
    /// What kind of answer it takes.
    #[serde(rename = "type")]
    pub kind: FieldType,
    /// The key of the heading it stands under; a field without one stands in the header table.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub section: Option<String>,
    /// Whether it must be answered.
    #[serde(default)]
    pub required: bool,
    /// Whether readers look for it although the form does not demand it.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    #[ts(as = "Option<bool>", optional)]
    pub expected: bool,
    /// The answers allowed besides a value.
    #[serde(default)]
    pub allow: Vec<Allowed>,
    /// Required only when another field is answered so.
    #[serde(default)]
    pub condition: Option<Condition>,
    /// When it is asked, where only people can judge that ("if the financial entity belongs to a group").
    #[serde(default, skip_serializing_if = "String::is_empty")]
    #[ts(as = "Option<String>", optional)]
    pub asked_if: String,
    /// For a duration: the fields it is computed from.
    #[serde(default)]
    pub computed: Option<Computed>,
    /// For a duration that is told and not computed: the moments that it cannot contradict.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub bounds: Option<Bounds>,
    /// For a choice: the options.
    #[serde(default)]
    pub vocabulary: Vec<Choice>,
    /// For a number: what it counts in ("%"). For a duration: how the form has it written in figures (`DDD:HH:MM`).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub unit: Option<String>,
    /// For an amount: the key of the field that names the currency.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub currency: Option<String>,
    /// For a reference: how many figures it has, where that is known.
    #[serde(default)]
    pub digits: Option<usize>,
    /// For a date-time: the moment of the incident's life it states.
    #[serde(default)]
    pub role: Option<Role>,
    /// The qualifier a new report begins with; some forms ask what a time stands for.
    #[serde(default)]
    pub qualifier: Option<String>,
    /// Whether it decides the report and prints in semibold.
    #[serde(default)]
    pub deciding: bool,
    /// Where in a review its answer prints.
    #[serde(default, skip_serializing_if = "Shown::is_table")]
    #[ts(as = "Option<Shown>", optional)]
    pub shown: Shown,
    /// What the reader asks here.
    #[serde(default)]
    pub guidance: String,
    /// A good answer.
    #[serde(default)]
    pub example: String,
}

/// Where in a review the answer to a field prints.
#[derive(Clone, Copy, Debug, Default, Eq, PartialEq, Serialize, Deserialize, JsonSchema, TS)]
#[serde(rename_all = "snake_case")]
#[ts(export)]
pub enum Shown {
    /// In the header table, or in the table of the heading it stands under.
    #[default]
    Table,
    /// In the line under the title.
    TitleLine,
    /// Large in the strip of key figures, its qualifier below it.
    KeyFigure,
    /// Nowhere: others are computed from it, and it stands in the timeline or in the text.
    Nowhere,
}

impl Shown {
    fn is_table(&self) -> bool {
        *self == Shown::Table
    }
}

/// What kind of answer a field takes.
#[derive(Clone, Copy, Debug, Eq, PartialEq, Serialize, Deserialize, JsonSchema, TS)]
#[serde(rename_all = "snake_case")]
#[ts(export)]
pub enum FieldType {
    /// One line.
    Text,
    /// Several paragraphs.
    LongText,
    /// Text with lists, tables, pictures.
    RichText,
    /// A day.
    Date,
    /// A day and a time.
    DateTime,
    /// A length of time.
    Duration,
    /// A reference number.
    Reference,
    /// Yes or no.
    YesNo,
    /// One of a list.
    Choice,
    /// One or several of a list, each on a line of its own.
    MultiChoice,
    /// A number, whole or decimal.
    Number,
    /// A sum of money in thousands.
    Amount,
    /// A Legal Entity Identifier (ISO 17442).
    Lei,
    /// An address for electronic mail.
    Email,
    /// A telephone number.
    Telephone,
    /// A person or role.
    Person,
}

impl FieldType {
    /// Whether an answer means something beyond its words.
    pub fn is_typed(self) -> bool {
        !matches!(self, FieldType::Text | FieldType::LongText | FieldType::RichText | FieldType::Person)
    }
}

/// An answer allowed besides a value.
#[derive(Clone, Copy, Debug, Eq, PartialEq, Serialize, Deserialize, JsonSchema, TS)]
#[serde(rename_all = "snake_case")]
#[ts(export)]
pub enum Allowed {
    /// "Not yet known", with owner and date.
    NotYetKnown,
    /// "N/A", with a reason.
    NotApplicable,
}

/// When a field is required. Everything stated here must hold.
#[derive(Clone, Debug, Default, Eq, PartialEq, Serialize, Deserialize, JsonSchema, TS)]
#[serde(deny_unknown_fields)]
#[ts(export)]
pub struct Condition {
    /// The other field.
    pub field: String,
    /// Its answer: an option's key, `yes` or `no`; of several answers, one of them.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub is: Option<String>,
    /// At least one of these is its answer.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    #[ts(as = "Option<Vec<String>>", optional)]
    pub any_of: Vec<String>,
    /// It is answered, and not so.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub is_not: Option<String>,
    /// Whether it is answered at all.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub given: Option<bool>,
}

impl Condition {
    /// Whether the other field's answer makes it so.
    pub fn holds(&self, answer: &Answer) -> bool {
        let given = answer.standing.is_known() && !answer.is_blank();
        let said = |word: &String| given && says(answer, word);
        self.is.as_ref().is_none_or(said)
            && (self.any_of.is_empty() || self.any_of.iter().any(said))
            && self.is_not.as_ref().is_none_or(|word| given && !says(answer, word))
            && self.given.is_none_or(|asked| asked == given)
    }

    /// Every answer it names.
    pub fn answers(&self) -> impl Iterator<Item = &String> {
        self.is.iter().chain(&self.any_of).chain(&self.is_not)
    }
}

fn says(answer: &Answer, word: &str) -> bool {
    match &answer.value {
        Some(Value::YesNo { yes }) => word == if *yes { "yes" } else { "no" },
        Some(Value::Choice { option }) => option == word,
        Some(Value::Choices { options }) => options.iter().any(|option| option == word),
        _ => answer.raw.trim().eq_ignore_ascii_case(word),
    }
}

/// What a duration is computed from.
#[derive(Clone, Debug, Eq, PartialEq, Serialize, Deserialize, JsonSchema, TS)]
#[serde(deny_unknown_fields)]
#[ts(export)]
pub struct Computed {
    /// The date-time field it starts at.
    pub from: String,
    /// The date-time field it ends at.
    pub to: String,
    /// What that length measures ("impact start").
    pub clock: String,
}

/// What a told length is held against. It is never nothing: where there is no length, none is told.
#[derive(Clone, Debug, Default, Eq, PartialEq, Serialize, Deserialize, JsonSchema, TS)]
#[serde(deny_unknown_fields)]
#[ts(export)]
pub struct Bounds {
    /// It is not shorter than from one moment to the other.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub least: Option<Span>,
    /// It is not longer than from one moment to the other.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub most: Option<Span>,
}

impl Bounds {
    /// Both.
    pub fn spans(&self) -> impl Iterator<Item = &Span> {
        self.least.iter().chain(&self.most)
    }
}

/// From one moment to another.
#[derive(Clone, Debug, Eq, PartialEq, Serialize, Deserialize, JsonSchema, TS)]
#[serde(deny_unknown_fields)]
#[ts(export)]
pub struct Span {
    /// The date-time field it starts at.
    pub from: String,
    /// The date-time field it ends at.
    pub to: String,
}

/// An option of a choice.
#[derive(Clone, Debug, Eq, PartialEq, Serialize, Deserialize, JsonSchema, TS)]
#[serde(deny_unknown_fields)]
#[ts(export)]
pub struct Choice {
    /// Its name in data.
    pub key: String,
    /// Its words.
    pub label: String,
    /// What it belongs to, where options of several kinds bear the same words ("process failure").
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub group: Option<String>,
}

impl Choice {
    /// The option as written and printed: "process failure: other (please specify)".
    pub fn words(&self) -> String {
        self.group.as_ref().map_or_else(|| self.label.clone(), |group| format!("{group}: {}", self.label))
    }

    /// Whether `text` means it: its key, its words, or its label alone.
    pub fn is_meant_by(&self, text: &str) -> bool {
        self.key == text || self.words().eq_ignore_ascii_case(text) || self.label.eq_ignore_ascii_case(text)
    }

    /// The same by letters and figures alone, whatever divides them; what stands in brackets at a label's end may be left out.
    fn is_nearly_meant_by(&self, folded_text: &str) -> bool {
        let short = self.label.split(" (").next().unwrap_or(&self.label);
        [self.key.as_str(), &self.words(), &self.label, short].iter().any(|words| folded(words) == folded_text)
            || (self.key == "EUR" && folded_text == "€")
    }
}

/// Without what only divides words or sets them off. A question mark stays: it is a doubt.
fn folded(words: &str) -> String {
    let divides = |c: char| c.is_whitespace() || "-_/.,:()[]'\"\u{2018}\u{2019}\u{201c}\u{201d}\u{2013}".contains(c);
    words.replace('&', "and").chars().filter(|c| !divides(*c)).flat_map(char::to_lowercase).collect()
}

impl Field {
    /// The option that `text` means; words that fit several options mean none of them.
    pub fn option(&self, text: &str) -> Option<&Choice> {
        let exact = self.vocabulary.iter().find(|option| option.key == text || option.words().eq_ignore_ascii_case(text));
        exact.or_else(|| self.only(|option| option.is_meant_by(text))).or_else(|| {
            let text = folded(text);
            let by_letter = |option: &Choice| matches!((option.key.as_str(), &*text), ("yes", "y") | ("no", "n"));
            if text.is_empty() { None } else { self.only(|option| option.is_nearly_meant_by(&text) || by_letter(option)) }
        })
    }

    fn only(&self, is_meant: impl Fn(&Choice) -> bool) -> Option<&Choice> {
        let mut meant = self.vocabulary.iter().filter(|option| is_meant(option));
        meant.next().filter(|_| meant.next().is_none())
    }

    /// The option of that key.
    pub fn option_of_key(&self, key: &str) -> Option<&Choice> {
        self.vocabulary.iter().find(|option| option.key == key)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::when::DateOrder;

    fn field(kind: &str) -> Field {
        let text = format!(
            "key = \"a\"\nlabel = \"A\"\ntype = \"{kind}\"\nvocabulary = [\
             {{ key = \"p1\", group = \"process\", label = \"other\" }}, {{ key = \"h1\", group = \"human\", label = \"other\" }}, \
             {{ key = \"h2\", group = \"human\", label = \"mistake, made twice\" }}]"
        );
        toml::from_str(&text).expect("it reads")
    }

    fn holds(condition: &str, raw: &str) -> bool {
        let condition: Condition = toml::from_str(&format!("field = \"a\"\n{condition}")).expect("it reads");
        condition.holds(&Answer::given(raw, &field("multi_choice"), DateOrder::DayMonth))
    }

    #[test]
    fn an_option_is_meant_by_its_key_its_words_or_a_label_no_other_has() {
        let field = field("choice");
        let meant = |text: &str| field.option(text).map(|option| option.key.as_str());
        assert_eq!(meant("p1"), Some("p1"));
        assert_eq!(meant("Human: other"), Some("h1"));
        assert_eq!(meant("mistake, made twice"), Some("h2"));
        assert_eq!(meant("other"), None, "two options bear that word");
    }

    #[test]
    fn conditions_are_judged_by_the_answer_as_understood() {
        let both = "process: other\nmistake, made twice";
        assert!(holds("is = \"h2\"", both) && !holds("is = \"h1\"", both));
        assert!(holds("any_of = [\"h1\", \"p1\"]", both) && !holds("any_of = [\"h1\"]", both));
        assert!(holds("is_not = \"h1\"", both) && !holds("is_not = \"p1\"", both));
        assert!(holds("given = true", both) && !holds("given = false", both));
    }

    #[test]
    fn an_unanswered_field_is_neither_so_nor_otherwise() {
        assert!(!holds("is = \"h2\"", "") && !holds("is_not = \"h2\"", "") && holds("given = false", " "));
    }
}
