//! A DORA report as the JSON that goes by the name IR-1.2. Always true: what is written is valid against our encoding of that format in
//! `schema/ir-1.2.schema.json`; moments are in UTC. Source: the field numbers that the public schema IR-1.2 carries.
//!
//! Its oddities, kept because receivers validate against them: `dataLosseMaterialityThresholds` is spelled so; fields 3.13 to 3.21 and 4.12
//! stand inside the criterion they belong to; code 3.25 for exfiltration says "including" where the regulation says "excluding".

use super::{Missing, unanswered};
use crate::answer::{Answer, Value, email, lei};
use crate::report::Report;
use crate::template::{Field, FieldType};
use serde_json::{Map, Value as Json, json};

/// The longest text the format takes, in characters.
const LONGEST: usize = 32_767;

/// Where an answer goes: the field's key and the path to it, parts divided by points.
const PLACES: [(&str, &str); 57] = [
    ("submission_type", "incidentSubmission"),
    ("currency", "reportCurrency"),
    ("submitter_name", "submittingEntity.name"),
    ("parent_name", "ultimateParentUndertaking.name"),
    ("parent_lei", "ultimateParentUndertaking.LEI"),
    ("contact_name", "primaryContact.name"),
    ("contact_email", "primaryContact.email"),
    ("contact_phone", "primaryContact.phone"),
    ("second_contact_name", "secondaryContact.name"),
    ("second_contact_email", "secondaryContact.email"),
    ("second_contact_phone", "secondaryContact.phone"),
    ("own_reference", "incident.financialEntityCode"),
    ("detected_at", "incident.detectionDateTime"),
    ("classified_at", "incident.classificationDateTime"),
    ("description", "incident.incidentDescription"),
    ("discovery", "incident.incidentDiscovery"),
    ("third_party_origin", "incident.originatesFromThirdPartyProvider"),
    ("continuity_activated", "incident.isBusinessContinuityActivated"),
    ("other_information", "incident.otherInformation"),
    ("authority_reference", "incident.competentAuthorityCode"),
    ("occurred_at", "incident.incidentOccurrenceDateTime"),
    ("recovered_at", "impactAssessment.serviceImpact.serviceRestorationDateTime"),
    ("clients_number", "impactAssessment.affectedAssets.affectedClients.number"),
    ("clients_percentage", "impactAssessment.affectedAssets.affectedClients.percentage"),
    ("counterparts_number", "impactAssessment.affectedAssets.affectedFinancialCounterparts.number"),
    ("counterparts_percentage", "impactAssessment.affectedAssets.affectedFinancialCounterparts.percentage"),
    ("relevant_clients", "impactAssessment.hasImpactOnRelevantClients"),
    ("transactions_number", "impactAssessment.affectedAssets.affectedTransactions.number"),
    ("transactions_percentage", "impactAssessment.affectedAssets.affectedTransactions.percentage"),
    ("transactions_value", "impactAssessment.affectedAssets.valueOfAffectedTransactions"),
    ("numbers_basis", "impactAssessment.affectedAssets.numbersActualEstimate"),
    ("duration", "incident.incidentDuration"),
    ("downtime", "impactAssessment.serviceImpact.serviceDowntime"),
    ("duration_basis", "informationDurationServiceDowntimeActualOrEstimate"),
    ("critical_services", "impactAssessment.criticalServicesAffected"),
    ("incident_types", "incident.incidentType.incidentClassification"),
    ("other_incident_types", "incident.incidentType.otherIncidentClassification"),
    ("techniques", "incident.incidentType.threatTechniques"),
    ("other_techniques", "incident.incidentType.otherThreatTechniques"),
    ("indicators", "incident.incidentType.indicatorsOfCompromise"),
    ("functional_areas", "impactAssessment.affectedFunctionalAreas"),
    ("infrastructure_affected", "impactAssessment.isAffectedInfrastructureComponents"),
    ("infrastructure", "impactAssessment.affectedInfrastructureComponents"),
    ("financial_interest", "impactAssessment.isImpactOnFinancialInterest"),
    ("other_authorities", "reportingToOtherAuthorities"),
    ("other_authorities_named", "reportingToOtherAuthoritiesOther"),
    ("temporary_measures", "impactAssessment.serviceImpact.isTemporaryActionsMeasuresForRecovery"),
    ("temporary_measures_described", "impactAssessment.serviceImpact.descriptionOfTemporaryActionsMeasuresForRecovery"),
    ("root_causes", "incident.rootCauseHLClassification"),
    ("root_causes_detailed", "incident.rootCausesDetailedClassification"),
    ("root_causes_additional", "incident.rootCausesAdditionalClassification"),
    ("root_causes_other", "incident.rootCausesOther"),
    ("root_causes_information", "incident.rootCausesInformation"),
    ("resolution", "incident.incidentResolutionSummary"),
    ("cause_addressed_at", "incident.rootCauseAddressingDateTime"),
    ("resolved_at", "incident.incidentResolutionDateTime"),
    ("resolution_against_plan", "incident.incidentResolutionVsPlannedImplementation"),
];

/// The rest of block 4, which only final reports carry.
const FINAL_PLACES: [(&str, &str); 6] = [
    ("resolution_risk", "incident.assessmentOfRiskToCriticalFunctions"),
    ("resolution_authorities", "incident.informationRelevantToResolutionAuthorities"),
    ("gross_costs", "incident.grossAmountIndirectDirectCosts"),
    ("recoveries", "incident.financialRecoveriesAmount"),
    ("recurring", "incident.recurringNonMajorIncidentsDescription"),
    ("recurring_at", "incident.recurringIncidentDate"),
];

/// What stands inside a criterion: the field's key, the criterion's code, the property.
const BY_CRITERION: [(&str, &str, &str); 8] = [
    ("countries", "geographical_spread", "countryCodeMaterialityThresholds"),
    ("member_state_impact_kinds", "geographical_spread", "memberStatesImpactType"),
    ("member_state_impact", "geographical_spread", "memberStatesImpactTypeDescription"),
    ("reputation_kinds", "reputational_impact", "reputationalImpactType"),
    ("reputation_context", "reputational_impact", "reputationalImpactDescription"),
    ("data_loss_kinds", "data_losses", "dataLosseMaterialityThresholds"),
    ("data_losses", "data_losses", "dataLossesDescription"),
    ("economic_threshold", "economic_impact", "economicImpactMaterialityThreshold"),
];

pub(super) fn write(report: &Report) -> Result<String, Vec<Missing>> {
    let mut missing = unanswered(report);
    let mut root = Map::new();
    for (key, path) in PLACES.iter().chain(&FINAL_PLACES) {
        let Some(field) = report.template.field(key) else { continue };
        match json_of(report, field) {
            Ok(Some(value)) => put(&mut root, path, value),
            Ok(None) => {}
            Err(fault) => missing.push(fault),
        }
    }
    // The format wants this of every final report, the regulation only where the dates differ.
    let last = root.get("incidentSubmission").is_some_and(|stage| stage == "final_report");
    if let Some(field) = report.template.field("resolution_against_plan").filter(|field| last && report.answer(&field.key).is_blank()) {
        missing.push(Missing::of(field, "is part of every final report in this format; write “As planned” where nothing differs"));
    }
    entities(report, &mut root);
    match criteria(report) {
        Ok(criteria) => put(&mut root, "incident.classificationTypes", criteria),
        Err(faults) => missing.extend(faults),
    }
    if !missing.is_empty() {
        return Err(missing);
    }
    let mut json = serde_json::to_string_pretty(&Json::Object(root)).expect("a map of values is plain JSON");
    json.push('\n');
    Ok(json)
}

/// An answer as the format writes it; none where nothing was answered.
fn json_of(report: &Report, field: &Field) -> Result<Option<Json>, Missing> {
    let answer = report.answer(&field.key);
    if !answer.standing.is_known() || answer.is_blank() {
        return Ok(None);
    }
    Ok(match &answer.value {
        Some(Value::YesNo { yes }) => Some(json!(yes)),
        Some(Value::Choice { option }) => Some(json!(option)),
        Some(Value::Choices { options }) => Some(json!(options)),
        Some(Value::Lei { lei }) => Some(json!(lei)),
        Some(Value::Duration { minutes }) => Some(json!(length(*minutes).ok_or_else(|| Missing::of(field, "is longer than 999 days"))?)),
        Some(Value::Number { number }) => Some(number_of(field, number)?),
        Some(Value::DateTime { .. }) => Some(json!(moment(report, field, answer)?)),
        Some(Value::Date { .. } | Value::Reference { .. } | Value::Email { .. } | Value::Telephone { .. }) | None => {
            let words = match &answer.value {
                Some(Value::Email { address }) => address,
                Some(Value::Telephone { number }) => number,
                _ => answer.raw.trim(),
            };
            // Forms begun before these fields had a type of their own took any words.
            let sound = match field.key.as_str() {
                "contact_email" | "second_contact_email" => email(words).is_some_and(|address| address == words),
                "contact_phone" | "second_contact_phone" => is_telephone(words),
                _ => true,
            };
            if words.chars().count() > LONGEST {
                return Err(Missing::of(field, &format!("is longer than {LONGEST} characters, the most this format takes")));
            }
            if !sound {
                return Err(Missing::of(field, &format!("cannot be written so in this format: “{words}”")));
            }
            Some(json!(words))
        }
    })
}

/// "+" where there is one, then groups of figures, one blank, point or hyphen apart, not beginning with 0.
fn is_telephone(words: &str) -> bool {
    let figures = words.strip_prefix('+').unwrap_or(words);
    let groups = figures.split([' ', '.', '-']);
    let all = groups.clone().all(|group| !group.is_empty() && group.bytes().all(|b| b.is_ascii_digit()));
    all && !figures.starts_with('0') && groups.map(str::len).next().is_some_and(|first| (2..=15).contains(&first))
}

/// Days, hours and minutes, as 000:06:32.
fn length(minutes: i64) -> Option<String> {
    let days = minutes / 1440;
    (0..1000).contains(&days).then(|| format!("{days:03}:{:02}:{:02}", minutes / 60 % 24, minutes % 60))
}

fn number_of(field: &Field, number: &str) -> Result<Json, Missing> {
    if let Ok(whole) = number.parse::<i64>() {
        let percent = field.unit.as_deref() == Some("%");
        return if percent && !(0..=100).contains(&whole) { Err(Missing::of(field, "lies between 0 and 100")) } else { Ok(json!(whole)) };
    }
    let decimal: f64 = number.parse().map_err(|_| Missing::of(field, "is not a number"))?;
    let counts = field.kind == FieldType::Number && field.unit.is_none();
    if counts { Err(Missing::of(field, "is a whole number")) } else { Ok(json!(decimal)) }
}

fn moment(report: &Report, field: &Field, answer: &Answer) -> Result<String, Missing> {
    let at = answer.moment().ok_or_else(|| Missing::of(field, "has no time of day"))?;
    let Some(Value::DateTime { zone, .. }) = &answer.value else { return Err(Missing::of(field, "has no time of day")) };
    match (zone, &report.zone) {
        (None, None) => return Err(Missing::of(field, "needs the report’s time zone")),
        (Some(zone), own) => {
            let same = own
                .as_ref()
                .and_then(|own| crate::when::zone_words(own, at))
                .is_some_and(|(name, offset)| name == *zone || offset == *zone);
            if !same && crate::when::instant_in_words(zone, at).is_none() {
                return Err(Missing::of(
                    field,
                    &format!("names the zone “{zone}”, which is not one moment everywhere; write UTC or an offset"),
                ));
            }
        }
        (None, Some(_)) => {}
    }
    Ok(report.instant_of(at, answer).format("%Y-%m-%dT%H:%M:%SZ").to_string())
}

/// Who submits, who is affected, the parent: each says what it is.
fn entities(report: &Report, root: &mut Map<String, Json>) {
    let words = |key: &str| report.answer(key).raw.trim().to_owned();
    let code = words("submitter_code");
    match lei(&code) {
        Some(lei) => put(root, "submittingEntity.LEI", json!(lei)),
        None if code.is_empty() => {}
        None => put(root, "submittingEntity.code", json!(code)),
    }
    put(root, "submittingEntity.entityType", json!("SUBMITTING_ENTITY"));
    let mut affected = Map::new();
    affected.insert("entityType".into(), json!("AFFECTED_ENTITY"));
    // An entity that reports for itself is named once in the form and twice in the file.
    let own = words("affected_name").is_empty();
    let (name, lei_of) = if own { (words("submitter_name"), code) } else { (words("affected_name"), words("affected_lei")) };
    affected.insert("name".into(), json!(name));
    if let Some(lei) = lei(&lei_of) {
        affected.insert("LEI".into(), json!(lei));
    }
    if let Some(Value::Choices { options }) = &report.answer("entity_type").value {
        affected.insert("affectedEntityType".into(), json!(options));
    }
    root.insert("affectedEntity".into(), json!([affected]));
    if root.contains_key("ultimateParentUndertaking") {
        put(root, "ultimateParentUndertaking.entityType", json!("ULTIMATE_PARENT_UNDERTAKING_ENTITY"));
    }
}

/// The criteria chosen, each with what belongs to it. The threshold of economic impact is asked of every final report; where that criterion
/// was not chosen it stands in the first one, because the format has no other place for it.
fn criteria(report: &Report) -> Result<Json, Vec<Missing>> {
    let Some(Value::Choices { options }) = &report.answer("criteria").value else { return Ok(json!([])) };
    let mut chosen: Vec<Map<String, Json>> =
        options.iter().map(|option| Map::from_iter([("classificationCriterion".to_owned(), json!(option))])).collect();
    let mut missing = Vec::new();
    for (key, criterion, property) in BY_CRITERION {
        let Some(field) = report.template.field(key) else { continue };
        let value = match json_of(report, field) {
            Ok(Some(value)) => value,
            Ok(None) => continue,
            Err(fault) => {
                missing.push(fault);
                continue;
            }
        };
        let at = options.iter().position(|option| option == criterion).or((criterion == "economic_impact").then_some(0));
        match at {
            Some(at) => {
                chosen[at].insert(property.to_owned(), value);
            }
            None => missing.push(Missing::of(field, "belongs to a criterion that 2.5 does not name, so the file has no place for it")),
        }
    }
    if missing.is_empty() { Ok(json!(chosen)) } else { Err(missing) }
}

fn put(root: &mut Map<String, Json>, path: &str, value: Json) {
    match path.split_once('.') {
        None => {
            root.insert(path.to_owned(), value);
        }
        Some((first, rest)) => {
            let inner = root.entry(first).or_insert_with(|| Json::Object(Map::new()));
            if let Json::Object(inner) = inner {
                put(inner, rest, value);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::Outgoing;
    use super::*;
    use crate::catalogue;
    use crate::edit::Edit;

    const STAGES: [&str; 3] = ["dora-initial", "dora-intermediate", "dora-final"];

    fn sample(id: &str) -> Report {
        catalogue::sample(id).expect("a shipped sample")
    }

    fn written(report: &Report) -> Json {
        let text = Outgoing::Ir12.write(report).unwrap_or_else(|missing| panic!("{missing:#?}"));
        serde_json::from_str(&text).expect("it is JSON")
    }

    fn validator() -> jsonschema::Validator {
        let schema: Json = serde_json::from_str(include_str!("../../schema/ir-1.2.schema.json")).expect("our schema is JSON");
        jsonschema::options().should_validate_formats(true).build(&schema).expect("our schema is sound")
    }

    fn answered(report: &Report, key: &str, raw: &str) -> Report {
        let answer = Answer { raw: raw.to_owned(), ..Answer::default() };
        report.apply(&Edit::Answer { key: key.into(), answer: Some(answer) }).expect("it applies").report
    }

    #[test]
    fn every_stage_is_valid_against_the_format() {
        let validator = validator();
        for id in STAGES {
            let json = written(&sample(id));
            let faults: Vec<String> = validator.iter_errors(&json).map(|fault| format!("{}: {fault}", fault.instance_path())).collect();
            assert!(faults.is_empty(), "{id}: {faults:#?}");
        }
    }

    /// A schema that lets everything through proves nothing. Another's validator is asked the same in `tests/validators/ir.test.mjs`.
    #[test]
    fn the_schema_refuses_what_the_format_refuses() {
        let validator = validator();
        let sound = written(&sample("dora-final"));
        let faults: Vec<Json> = serde_json::from_str(include_str!("../../schema/ir-1.2.faults.json")).expect("the faults are JSON");
        for fault in faults {
            let path = fault["path"].as_str().expect("a path");
            let mut wrong = sound.as_object().expect("an object").clone();
            match fault.get("value") {
                Some(value) => put(&mut wrong, path, value.clone()),
                None => take_out(&mut wrong, path),
            }
            assert!(!validator.is_valid(&Json::Object(wrong)), "{fault}");
        }
    }

    fn take_out(root: &mut Map<String, Json>, path: &str) {
        match path.split_once('.') {
            None => assert!(root.remove(path).is_some(), "{path} was there"),
            Some((first, rest)) => take_out(root[first].as_object_mut().expect("an object"), rest),
        }
    }

    #[test]
    fn every_field_of_the_form_has_its_place() {
        let template = catalogue::find("dora-final").expect("a shipped template");
        assert_eq!(template.fields.len(), 76);
        let placed: Vec<&str> = PLACES.iter().chain(&FINAL_PLACES).map(|(key, _)| *key).chain(BY_CRITERION.map(|(key, ..)| key)).collect();
        let special = ["submitter_code", "entity_type", "affected_name", "affected_lei", "criteria"];
        for field in &template.fields {
            assert!(placed.contains(&field.key.as_str()) || special.contains(&field.key.as_str()), "{}", field.key);
        }
        assert_eq!(placed.len() + special.len(), 76);
    }

    #[test]
    fn moments_lengths_and_amounts_are_written_as_the_format_has_them() {
        let json = written(&sample("dora-final"));
        assert_eq!(json["incident"]["detectionDateTime"], "2026-03-10T04:55:00Z");
        assert_eq!(json["incident"]["incidentDuration"], "000:06:32");
        assert_eq!(json["incident"]["grossAmountIndirectDirectCosts"], 870);
        assert_eq!(json["impactAssessment"]["affectedAssets"]["affectedFinancialCounterparts"]["percentage"], 4.5);
        assert_eq!(json["affectedEntity"][0]["LEI"], "00000NORRFJORDBANK58");
    }

    #[test]
    fn addresses_and_numbers_are_those_the_format_takes() {
        for (words, address) in [("a@b.example", true), ("a@b", false), ("a b@c.de", false), ("a@b.de, c@d.de", false), ("@b.de", false)] {
            assert_eq!(email(words).is_some(), address, "{words}");
        }
        for (words, number) in [("+46 8 000 00 10", true), ("08 000", false), ("+46  8", false), ("1555-010.00", true), ("call us", false)]
        {
            assert_eq!(is_telephone(words), number, "{words}");
        }
    }

    #[test]
    fn a_final_report_says_how_the_date_compares_with_the_plan() {
        let missing = Outgoing::Ir12.write(&answered(&sample("dora-final"), "resolution_against_plan", "")).expect_err("it is open");
        assert!(missing[0].message.contains("As planned"), "{missing:?}");
    }

    #[test]
    fn what_has_no_place_and_what_cannot_be_read_is_named_at_once() {
        let report = answered(&sample("dora-final"), "reputation_context", "Two newspapers");
        let report = answered(&report, "clients_number", "many");
        let messages: Vec<String> =
            Outgoing::Ir12.write(&report).expect_err("two faults").into_iter().map(|missing| missing.message).collect();
        assert_eq!(
            messages,
            [
                "“3.4 Number of clients affected” cannot be read: “many”.",
                "“3.14 Contextual information about the reputational impact” belongs to a criterion that 2.5 does not name, so the file has no place for it."
            ]
        );
    }
}
