//! That the target was met, or missed, as the text claims it, against the header's own yes or no (L03). Always true: only where one field
//! asks for it and is answered; a target of something else, or of another length than the field's own, is left alone.

use super::super::reading::{Line, Reading};
use super::speech::Speech;
use crate::answer::Value;
use crate::finding::{Finding, Level};
use crate::mentions::{lengths, pattern};
use crate::template::{Field, FieldType};
use regex::Regex;
use std::sync::LazyLock;

/// A field that asks whether it was resolved within the target.
static ASKS: LazyLock<Regex> =
    LazyLock::new(|| pattern(r"(?i)\b(?:resol\w+|restor\w+)\b.*\b(?:within|in|met)\b.*\b(?:SLAs?|targets?|limits?|service level)\b"));
/// The target of the restoration, by its names.
const TARGET: &str = r"(?:the|our|its) (?:(?:agreed|contractual|restoration|resolution|recovery|[\w-]+-(?:hour|minute)|\d+ ?h) )*(?:target(?: (?:resolution |restoration )?time)?|SLA|service level|limit|deadline)(?: for (?:restoration|resolution|recovery))?";
static MET: LazyLock<Regex> = LazyLock::new(|| {
    pattern(&format!(
        r"(?i)\b(?:(?:we|it|the (?:service|incident|outage|restoration|resolution)|services|restoration|resolution) (?:(?:was|were) (?:\w+ly )?(?:restored|resolved) )?(?:(?:easily|comfortably|fully|just) )?(?:met|kept(?: to| within)?|stayed (?:within|inside)|(?:was|were|came|finished|fell) (?:well |comfortably |just )?(?:within|inside|under)|within|inside|beat)) {TARGET}\b|(?-i:^The|\bthe|\bour) (?:[\w-]+ )?(?:target|SLA|service level|limit|deadline) was (?:\w+ly )?(?:met|kept|honoured)\b"
    ))
});
static MISSED: LazyLock<Regex> = LazyLock::new(|| {
    pattern(&format!(
        r"(?i)\b(?:we|it|the (?:service|incident|outage|restoration|resolution)|services|restoration|resolution) (?:missed|exceeded|overran|breached|failed to meet|did not meet|went (?:past|beyond|over)) {TARGET}\b|(?-i:^The|\bthe|\bour) (?:[\w-]+ )?(?:target|SLA|service level|limit|deadline) was (?:missed|exceeded|breached|not met)\b"
    ))
});
/// What is compared with a wish, or said of something else than the whole.
static OTHERWISE: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?i)\b(?:would|should|could|will|may|might|if|unless|nearly|almost|next|last|previous\w*|earlier|usually|normally|notices?|notif\w+|report(?:s|ing)?|respon\w+|acknowledg\w+|answer\w*|calls?|updates?|some|most|except|supplier\w*|provider\w*|year|quarter|month|believed|thought|claim\w*)\b|[\x22“‘]",
    )
});

/// Questions what the text claims of the target, where the header says otherwise.
pub fn check(reading: &Reading, speech: &Speech, findings: &mut Vec<Finding>) {
    let asks = |field: &&Field| field.kind == FieldType::YesNo && ASKS.is_match(&field.label);
    let mut asked = reading.report.template.fields.iter().filter(asks);
    let (Some(field), None) = (asked.next(), asked.next()) else { return };
    let answer = reading.report.answer(&field.key);
    let Some(Value::YesNo { yes }) = answer.value.as_ref().filter(|_| answer.standing.is_known()) else { return };
    for line in reading.prose() {
        findings.extend(claimed_otherwise(reading, line, speech, (field, *yes)));
    }
}

fn claimed_otherwise(reading: &Reading, line: &Line, speech: &Speech, (field, yes): (&Field, bool)) -> Option<Finding> {
    // Most lines name no target, and are not searched.
    const TELLING: [&str; 5] = ["target", "SLA", "service level", "limit", "deadline"];
    if !TELLING.iter().any(|word| line.text.contains(word)) {
        return None;
    }
    let claims = if yes { &MISSED } else { &MET };
    let found = claims.find(&line.text)?;
    let sentence = line.sentence_range(found.start());
    let text = &line.text[sentence.clone()];
    let denied = !yes && text.contains(" not ");
    let reached = line.text[found.end()..].starts_with(" at ");
    if denied || reached || speech.other_month(text) || OTHERWISE.is_match(text) || !speech.named_in(text).is_empty() {
        return None;
    }
    // A target of another length is another target.
    let qualifier = reading.report.answer(&field.key).qualifier.as_deref().unwrap_or_default();
    let own: Vec<i64> = lengths(qualifier).iter().map(|length| length.minutes).collect();
    let named = lengths(found.as_str());
    if named.iter().any(|length| !own.contains(&length.minutes)) {
        return None;
    }
    let message = format!("“{}” is claimed; “{}” is answered {}.", found.as_str(), field.label, if yes { "yes" } else { "no" });
    Some(Finding::new("L03", Level::Answer, message, vec![reading.said(line, &sentence, &found.range()), reading.field(&field.key)]))
}
