//! The values a report states, in printed words.
//! Always true: a fact token prints the present value of its field; a value that cannot be read prints as it was typed.

use chrono::{NaiveDate, NaiveDateTime};
use report::{
    Answer, Report, Value,
    papers::ImpactState,
    template::{Field, FieldType},
    when,
};

/// The printed words of an answer.
pub fn words(report: &Report, field: &Field, answer: &Answer) -> String {
    let typed = || answer.raw.trim().to_owned();
    match (&answer.value, field.kind) {
        (_, FieldType::Duration) => {
            let computed = report.computed_minutes(&field.key);
            let typed_minutes = match &answer.value {
                Some(Value::Duration { minutes }) => Some(*minutes),
                _ => None,
            };
            computed.or(typed_minutes).map_or_else(typed, when::length_words)
        }
        (Some(Value::Date { date }), _) => date_words(*date),
        (Some(Value::DateTime { at, zone }), _) => moment_words(report, *at, zone.as_deref()),
        (Some(Value::Choice { .. } | Value::Choices { .. } | Value::Number { .. } | Value::Lei { .. }), _) => {
            report.printed_value(&field.key).unwrap_or_else(typed)
        }
        _ => typed(),
    }
}

/// The value a token in the text stands for: a fact the report gives by itself, else what a field says. One that has no value prints as its
/// key, and filing is refused while it stands (L38).
pub fn token(report: &Report, key: &str) -> String {
    let field = || report.template.field(key).map(|field| words(report, field, report.answer(key))).filter(|words| !words.is_empty());
    report::facts::find(report, key).map(|fact| fact.value).or_else(field).unwrap_or_else(|| format!("{{{key}}}"))
}

/// "14 October 2025", which no line break divides after the day.
pub fn date_words(date: NaiveDate) -> String {
    date.format("%-d\u{a0}%B %Y").to_string()
}

/// "14 Oct 2025", for tables.
pub fn short_date(date: NaiveDate) -> String {
    date.format("%-d\u{a0}%b\u{a0}%Y").to_string()
}

/// "Tuesday 14 October 2025", for day rows.
pub fn long_date(date: NaiveDate) -> String {
    date.format("%A %-d %B %Y").to_string()
}

/// "14 October 2025, 21:52 BST".
pub fn moment_words(report: &Report, at: NaiveDateTime, zone: Option<&str>) -> String {
    let own = report.zone.as_deref().and_then(|zone| when::zone_words(zone, at)).map(|(name, _)| name);
    let zone = zone.map(str::to_owned).or(own).map(|zone| format!("\u{a0}{zone}")).unwrap_or_default();
    format!("{}, {}{zone}", date_words(at.date()), when::time_words(at.time()))
}

/// Minutes in which any service was down; windows that overlap are counted once, and a window without an end is not counted.
pub fn minutes_down(report: &Report) -> i64 {
    let mut spans: Vec<(i64, i64)> = report
        .impact
        .iter()
        .filter(|window| window.state == ImpactState::Down)
        .filter_map(|window| Some((minute(report, report.bound(window.from)?), minute(report, report.bound(window.to?)?))))
        .collect();
    spans.sort_unstable();
    let (mut total, mut upto) = (0, i64::MIN);
    for (from, to) in spans {
        total += (to - from.max(upto)).max(0);
        upto = upto.max(to);
    }
    total
}

/// The minute a wall-clock moment is, counted from 1970 in universal time.
pub fn minute(report: &Report, at: NaiveDateTime) -> i64 {
    report.instant(at).timestamp().div_euclid(60)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_token_prints_the_present_value_of_any_fact_and_of_a_field() {
        let mut report = report::catalogue::sample("sec-h9-summary").expect("a shipped sample");
        for fact in report::facts::facts(&report) {
            assert_eq!(token(&report, &fact.key), fact.value);
        }
        assert_eq!(token(&report, "time_to_detect").replace('\u{a0}', " "), "3 min");
        assert_eq!(token(&report, "incident_reference"), "INC000000731204");
        report.impact.clear();
        assert_eq!(token(&report, "downtime"), "{downtime}", "nothing gives it any more");
    }
}
