//! Labels in other words than the form's: "Incident no.", "Affected services", "Outage began". Always true: a label of other words answers a
//! field only where no other field could be meant, and a field that takes a date, a number or a choice only with a value it can read.
//! Deliberately absent: a form's own labels and their other names, which are data of the form (see `form`).

use crate::references;
use report::Template;
use report::answer::Value;
use report::template::{Field, FieldType};
use report::timeline::Role;
use report::when::DateOrder;
use std::collections::BTreeSet;

/// What a form's words are compared by: small words left out, words of one meaning as one.
pub(crate) fn core(label: &str) -> BTreeSet<String> {
    const SMALL: &[&str] = &["the", "a", "an", "of", "at", "on", "in", "to", "for", "our", "y", "n", "was", "is", "s", "met", "dcc"];
    const SAME: &[(&str, &[&str])] = &[
        ("reference", &["ref", "no", "nr", "num", "number", "id", "ticket", "record"]),
        ("impacted", &["affected"]),
        ("organisation", &["organization", "company"]),
    ];
    let words = label.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).map(str::to_lowercase);
    let folded = words.map(|word| {
        let word = word.strip_suffix('s').filter(|stem| stem.len() > 3 && !stem.ends_with('s')).map(str::to_owned).unwrap_or(word);
        let same = SAME.iter().find(|(_, words)| words.contains(&word.as_str()));
        same.map_or(word, |(meant, _)| (*meant).to_owned())
    });
    folded.filter(|word| !SMALL.contains(&word.as_str())).collect()
}

/// The field that a label of other words and its value mean.
pub(crate) fn field<'t>(template: &'t Template, label: &str, value: &str) -> Option<&'t Field> {
    let value = value.trim();
    if value.is_empty() || label.len() > 60 {
        return None;
    }
    let order = template.date_order;
    let said = core(label);
    // "Time" is a word of many labels: of a moment, of a length.
    if said.is_empty() || said.iter().all(|word| word == "time") {
        return None;
    }
    let missing = |field: &Field| {
        let names = std::iter::once(&field.label).chain(&field.aliases).map(|name| core(name));
        names
            .filter(|name| said.is_subset(name))
            .map(|name| name.difference(&said).cloned().collect::<BTreeSet<_>>())
            .min_by_key(BTreeSet::len)
    };
    let could = |field: &Field| missing(field).filter(|missing| takes(field, value, order, missing)).map(|missing| missing.len());
    let found: Vec<(usize, &Field)> = template.fields.iter().filter_map(|field| Some((could(field)?, field))).collect();
    match found.iter().map(|(missing, _)| *missing).min() {
        Some(fewest) => only(found.iter().filter(|(missing, _)| *missing == fewest).map(|(_, field)| *field)),
        None => of_the_trade(template, label, value, order),
    }
}

/// Whether a field takes a value under a label that lacks some of its own words.
fn takes(field: &Field, value: &str, order: DateOrder, missing: &BTreeSet<String>) -> bool {
    match field.kind {
        FieldType::Text | FieldType::LongText | FieldType::RichText | FieldType::Person => {
            const UNSAID: [&str; 5] = ["incident", "impacted", "reference", "name", "approximate"];
            missing.iter().all(|word| UNSAID.contains(&word.as_str()))
        }
        FieldType::Reference => references::fits(field, value),
        _ => reads(field, value, order),
    }
}

/// Whether the value can be read, what stands in brackets behind it left aside.
fn reads(field: &Field, value: &str, order: DateOrder) -> bool {
    let before = value.strip_suffix(')').and_then(|value| value.rsplit_once('(')).map_or(value, |(before, _)| before.trim());
    Value::read(value, field, order).is_some() || Value::read(before, field, order).is_some()
}

/// Words of the trade for the moments and the length of an incident, whatever a form calls them.
fn of_the_trade<'t>(template: &'t Template, label: &str, value: &str, order: DateOrder) -> Option<&'t Field> {
    const MOMENTS: &[(Role, &[&str])] = &[
        (
            Role::ImpactStart,
            &[
                "start",
                "started",
                "start time",
                "began",
                "begin",
                "beginning",
                "impact start",
                "impact began",
                "impact started",
                "outage start",
                "outage began",
                "incident start",
                "incident began",
                "incident started",
                "start of impact",
                "start of outage",
                "date/time",
                "date & time",
                "date and time",
                "date and time of incident",
                "date and time of the incident",
            ],
        ),
        (Role::Detected, &["detected", "noticed", "first noticed", "first detected", "identified", "discovered", "detection time"]),
        (Role::Logged, &["logged", "opened", "raised", "ticket opened", "ticket raised"]),
        (
            Role::Restored,
            &[
                "end",
                "ended",
                "end time",
                "restored",
                "resolved",
                "fixed",
                "recovered",
                "service restored",
                "services restored",
                "service back",
                "impact end",
                "impact ended",
                "outage end",
                "outage ended",
                "incident end",
                "incident resolved",
                "restoration",
                "restoration time",
                "resolution time",
            ],
        ),
    ];
    const LENGTHS: &[&str] = &[
        "duration",
        "outage duration",
        "incident duration",
        "duration of outage",
        "downtime",
        "total downtime",
        "outage length",
        "length of outage",
        "time to restore",
        "time to resolve",
    ];
    let label = label.trim().to_lowercase();
    let fields = || template.fields.iter().filter(|field| reads(field, value, order));
    if let Some((role, _)) = MOMENTS.iter().find(|(_, words)| words.contains(&label.as_str())) {
        return only(fields().filter(|field| field.role == Some(*role) && field.kind == FieldType::DateTime));
    }
    LENGTHS.contains(&label.as_str()).then(|| only(fields().filter(|field| field.kind == FieldType::Duration)))?
}

fn only<T>(mut found: impl Iterator<Item = T>) -> Option<T> {
    found.next().filter(|_| found.next().is_none())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn key(form: &str, line: &str) -> Option<&'static str> {
        let (label, value) = line.split_once(':').expect("a label");
        field(report::catalogue::find(form).expect("it ships"), label, value).map(|field| field.key.as_str())
    }

    #[test]
    fn a_label_of_other_words_answers_the_one_field_that_can_be_meant() {
        for (line, meant) in [
            ("Incident no.: INC000000912044", Some("incident_reference")),
            ("Incident: INC000000912044", Some("incident_reference")),
            ("Ticket: INC000000912044", Some("incident_reference")),
            ("Problem ref: PBI000000151002", Some("problem_reference")),
            ("Problem record: PBI000000151002", Some("problem_reference")),
            ("Reference: PBI000000151002", Some("problem_reference")),
            ("Services affected: pumps", Some("service_impacted")),
            ("Service: pumps", Some("service_impacted")),
            ("Incident date: 03/09/2025", Some("incident_date")),
            ("Date: 03/09/2025", Some("incident_date")),
            ("Reported: 03/09/2025 06:42", Some("reported_at")),
            ("Outage began: 03/09/2025 06:42", Some("reported_at")),
            ("Resolved: 03/09/2025 09:05 (backlog)", Some("resolved_at")),
            ("End: 03/09/2025 09:05", Some("resolved_at")),
            ("Duration: 2 hours 23 minutes", Some("restore_time")),
            ("Within SLA: yes", Some("within_sla")),
            ("Incident: the pump stood still", None),
            ("Resolution: the pump was changed", None),
            ("Time: 08:40", None),
            ("Date: tomorrow", None),
            ("Weather: rain", None),
        ] {
            assert_eq!(key("sec-h9-summary", line), meant, "{line}");
        }
    }

    #[test]
    fn a_word_of_a_longer_label_is_not_enough_for_free_text() {
        assert_eq!(key("gdpr-33", "Details: a letter went astray"), None);
        assert_eq!(key("major-incident-report", "Duration: 5 h 25 min"), Some("time_to_restore"));
    }
}
