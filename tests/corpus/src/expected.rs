//! What a report must give, in short: data beside it, written from its text.

use intake::Intake;
use report::papers::ActionState;
use serde::Deserialize;
use std::fmt;

/// A report in short.
#[derive(Clone, Debug, Default, Eq, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Expected {
    /// Its title.
    pub title: String,
    /// Its form.
    pub form: String,
    /// Its language; the form's own where none is said.
    #[serde(default = "english")]
    pub language: String,
    /// The zone of its times (IANA); empty where it has none.
    #[serde(default)]
    pub zone: String,
    /// Its rows: the moment, the row's own zone, and how the text begins.
    #[serde(default)]
    pub rows: Vec<String>,
    /// Its actions: owner, due, state, and how the text begins, with bars between.
    #[serde(default)]
    pub actions: Vec<String>,
}

fn english() -> String {
    "en".to_owned()
}

impl Expected {
    /// What an import gave.
    pub fn of(intake: &Intake) -> Self {
        let report = &intake.report;
        let row = |event: &report::timeline::Event| {
            let day = event.date.map(|day| day.to_string()).unwrap_or_default();
            let words = [day, event.time.words(), event.zone.clone().unwrap_or_default()];
            let moment: Vec<&str> = words.iter().map(String::as_str).filter(|word| !word.is_empty()).collect();
            format!("{} | {}", moment.join(" "), event.text.replace('\n', " "))
        };
        let action = |action: &report::papers::Action| {
            let state = match action.state {
                ActionState::Open => "open",
                ActionState::Begun => "begun",
                ActionState::Done => "done",
                ActionState::Delayed => "delayed",
                ActionState::Cancelled => "cancelled",
            };
            format!("{} | {} | {state} | {}", action.owner, action.due, action.text.replace('\n', " "))
        };
        Self {
            title: report.title.clone(),
            form: report.template.id.clone(),
            language: report.language.split('-').next().unwrap_or_default().to_owned(),
            zone: report.zone.clone().unwrap_or_default(),
            rows: report.events().map(row).collect(),
            actions: report.actions.iter().map(action).collect(),
        }
    }

    /// What is otherwise than expected, one line each.
    pub fn differences(&self, given: &Self) -> Vec<String> {
        let said = [
            ("title", &self.title, &given.title),
            ("form", &self.form, &given.form),
            ("language", &self.language, &given.language),
            ("zone", &self.zone, &given.zone),
        ];
        let mut differences: Vec<String> = said
            .into_iter()
            .filter(|(_, wanted, given)| wanted != given)
            .map(|(what, wanted, given)| format!("{what}: “{wanted}” is “{given}”"))
            .collect();
        for (what, wanted, given) in [("row", &self.rows, &given.rows), ("action", &self.actions, &given.actions)] {
            for at in 0..wanted.len().max(given.len()) {
                let (wanted, given) = (wanted.get(at).map_or("", String::as_str), given.get(at).map_or("", String::as_str));
                if wanted.is_empty() || !given.starts_with(wanted) {
                    differences.push(format!("{what} {}: “{wanted}” is “{given}”", at + 1));
                }
            }
        }
        differences
    }
}

impl fmt::Display for Expected {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "  title = {:?}\n  form = {:?}\n  language = {:?}\n  zone = {:?}", self.title, self.form, self.language, self.zone)?;
        for (name, lines) in [("rows", &self.rows), ("actions", &self.actions)] {
            writeln!(f, "  {name}:")?;
            lines.iter().try_for_each(|line| writeln!(f, "    {line}"))?;
        }
        Ok(())
    }
}
