//! Whether a template that reads makes sense: each key once, and everything that is referred to is there. Always true: every fault is told
//! with the line on which it stands.

use super::{Entries, Lines, Reader};
use crate::clock::{ClockRule, EventRule};
use crate::template::{Bounds, Condition, Field, FieldType, SectionKind, SectionRule, Template};
use std::collections::BTreeSet;

/// What a computed length measures from: a moment in the life of an incident, or the interruption itself.
const CLOCKS: [&str; 8] = ["impact start", "detected", "reported", "logged", "classified", "declared", "restored", "interruption"];

impl Reader<'_> {
    pub(super) fn check_names(&mut self, included: &[Entries], own: &Entries) {
        for (kind, keys) in own.keys().into_iter().enumerate() {
            let theirs = included.iter().flat_map(|part| std::mem::take(&mut part.keys()[kind]));
            let mut seen: BTreeSet<&str> = theirs.map(|(key, _)| key).collect();
            for (key, lines) in keys {
                if key.trim().is_empty() {
                    self.fault(lines.of("key"), "the key is empty");
                } else if !seen.insert(key) {
                    self.fault(lines.of("key"), format!("two entries are called “{key}”; each key may stand once"));
                }
            }
        }
    }

    pub(super) fn check_field(&mut self, field: &Field, lines: &Lines, template: &Template) {
        if let Some(section) = field.section.as_ref().filter(|key| template.section(key).is_none()) {
            self.fault(lines.of("section"), format!("there is no section “{section}” for this field to stand under"));
        }
        if let Some(computed) = &field.computed {
            if !CLOCKS.contains(&computed.clock.as_str()) {
                self.fault(
                    lines.of("computed"),
                    format!("“{}” is no clock that a length can measure; one of {}", computed.clock, CLOCKS.join(", ")),
                );
            }
            [&computed.from, &computed.to].into_iter().for_each(|end| self.check_end(end, lines.of("computed"), template));
        }
        for span in field.bounds.iter().flat_map(Bounds::spans) {
            [&span.from, &span.to].into_iter().for_each(|end| self.check_end(end, lines.of("bounds"), template));
        }
        if let Some(currency) = field.currency.as_ref().filter(|key| template.field(key).is_none()) {
            self.no_such_field(lines.of("currency"), currency);
        }
        if let Some(condition) = &field.condition {
            self.check_condition(condition, lines.of("condition"), template);
            if let Some(round) = circle(field, template) {
                self.fault(
                    lines.of("condition"),
                    format!("“{}” would be asked only once it is answered: {}", field.key, round.join(" waits for ")),
                );
            }
        }
        let chooses = matches!(field.kind, FieldType::Choice | FieldType::MultiChoice);
        if chooses && field.vocabulary.is_empty() {
            self.fault(lines.entry, format!("“{}” lets people choose, but has no vocabulary", field.key));
        }
        let mut keys = BTreeSet::new();
        for option in field.vocabulary.iter().filter(|option| !keys.insert(&option.key)) {
            self.fault(lines.of("vocabulary"), format!("two options are called “{}”", option.key));
        }
    }

    /// An end of a length is a moment.
    fn check_end(&mut self, end: &str, line: usize, template: &Template) {
        match template.field(end) {
            Some(other) if other.kind == FieldType::DateTime => {}
            Some(_) => self.fault(line, format!("“{end}” is no date_time, so no length can be computed from it")),
            None => self.no_such_field(line, end),
        }
    }

    fn check_condition(&mut self, condition: &Condition, line: usize, template: &Template) {
        let Some(other) = template.field(&condition.field) else { return self.no_such_field(line, &condition.field) };
        if condition.answers().next().is_none() && condition.given.is_none() {
            self.fault(line, "a condition says is, any_of, is_not or given");
        }
        for answer in condition.answers() {
            let known = match other.kind {
                FieldType::YesNo => matches!(answer.as_str(), "yes" | "no"),
                FieldType::Choice | FieldType::MultiChoice => other.option_of_key(answer).is_some(),
                _ => true,
            };
            if !known {
                self.fault(line, format!("“{}” cannot be answered “{answer}”", other.key));
            }
        }
    }

    pub(super) fn check_section(&mut self, rule: &SectionRule, lines: &Lines, template: &Template) {
        let earlier: Vec<&SectionRule> = template.sections.iter().take_while(|other| other.key != rule.key).collect();
        if rule.kind == SectionKind::Timeline && earlier.iter().any(|other| other.kind == SectionKind::Timeline) {
            self.fault(lines.of("kind"), "a form has one timeline, and another section holds it already");
        }
        if !rule.heading.trim().is_empty() && earlier.iter().any(|other| other.heading.trim().eq_ignore_ascii_case(rule.heading.trim())) {
            self.fault(
                lines.of("heading"),
                format!("two sections are headed “{}”; a reader could not tell them apart", rule.heading.trim()),
            );
        }
        if rule.kind == SectionKind::Fields && template.fields_under(&rule.key).next().is_none() {
            self.fault(lines.entry, format!("no field names “{}” as its section, so nothing would stand under it", rule.key));
        }
        if rule.heading.trim().is_empty() && !rule.silent {
            self.fault(lines.of("heading"), "the heading is empty");
        }
    }

    pub(super) fn check_clock(&mut self, clock: &ClockRule, lines: &Lines, template: &Template) {
        for (key, limit) in [("limit", &clock.limit)].into_iter().chain(clock.instead.iter().map(|other| ("instead", &other.limit))) {
            for event in limit.events().into_iter().filter(|event| template.event(event).is_none()) {
                self.fault(lines.of(key), format!("there is no event “{event}” to count from"));
            }
        }
        for key in clock.met_by.iter().filter(|key| **key == clock.key || template.clock(key).is_none()) {
            self.fault(lines.of("met_by"), format!("there is no other clock “{key}” whose filing could meet this one"));
        }
        if let Some(condition) = &clock.condition {
            self.check_condition(condition, lines.of("condition"), template);
        }
        if let Some(key) = clock.reasons_in.as_ref().filter(|key| template.field(key).is_none() && template.section(key).is_none()) {
            self.fault(lines.of("reasons_in"), format!("there is no field or section “{key}” for the reasons"));
        }
    }

    pub(super) fn check_event(&mut self, event: &EventRule, lines: &Lines, template: &Template) {
        match event.field.as_ref().map(|key| (key, template.field(key))) {
            Some((key, None)) => self.no_such_field(lines.of("field"), key),
            Some((key, Some(field))) if !matches!(field.kind, FieldType::Date | FieldType::DateTime) => {
                self.fault(lines.of("field"), format!("“{key}” is neither a date nor a date_time, so no event can be read from it"));
            }
            _ => {}
        }
        if let Some(key) = event.filing.as_ref().filter(|key| template.clock(key).is_none()) {
            self.fault(lines.of("filing"), format!("there is no clock “{key}” whose filing it could be"));
        }
    }

    pub(super) fn check_head(&mut self, template: &Template, lines: &Lines) {
        let id = &template.id;
        if id.is_empty() || !id.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || matches!(b, b'-' | b'.')) {
            self.fault(lines.of("id"), "an id is made of small letters, figures, points and hyphens");
        }
        if let Some(key) = template.reference_field.as_ref().filter(|key| template.field(key).is_none()) {
            self.no_such_field(lines.of("reference_field"), key);
        }
        if !crate::language_tag::is_tag(&template.language) {
            self.fault(lines.of("language"), format!("“{}” is no language tag; write one such as en-GB or de", template.language));
        }
        let mut roles = BTreeSet::new();
        for role in template.signatories.iter().filter(|role| !roles.insert(role.trim().to_lowercase())) {
            self.fault(lines.of("signatories"), format!("“{role}” signs twice; each role stands once"));
        }
        for id in template.follows.iter().filter(|id| **id != template.id && !crate::catalogue::is_shipped(id)) {
            self.fault(
                lines.of("follows"),
                format!("there is no form “{id}” that this one could follow: name one that ships, or this one"),
            );
        }
        if let Some(zone) = template.zone.as_ref().filter(|zone| crate::when::zone(zone).is_none()) {
            self.fault(lines.of("zone"), format!("“{zone}” is not a time zone; write one such as Europe/London"));
        }
        for (id, level) in &template.raised {
            if crate::checks::list::find(id).is_none() {
                self.fault(lines.of("raise"), format!("there is no check “{id}”"));
            } else if *level == crate::finding::Level::Note {
                self.fault(lines.of("raise"), format!("“{id}” can be raised to \"answer\" or \"blocks\", and never lowered"));
            }
        }
        for (key, answer) in &template.begin_with {
            match template.field(key) {
                None => self.no_such_field(lines.of("begin_with"), key),
                Some(field) if !field.vocabulary.is_empty() && field.option(answer).is_none() => {
                    self.fault(lines.of("begin_with"), format!("“{key}” cannot be answered “{answer}”"));
                }
                Some(_) => {}
            }
        }
    }

    fn no_such_field(&mut self, line: usize, key: &str) {
        self.fault(line, format!("there is no field “{key}”"));
    }
}

/// The keys on which a field waits, round to itself; none where its conditions end.
fn circle(field: &Field, template: &Template) -> Option<Vec<String>> {
    let mut round = vec![field.key.clone()];
    let mut condition = field.condition.as_ref();
    while let Some(on) = condition {
        round.push(on.field.clone());
        if on.field == field.key {
            return Some(round);
        }
        if round[..round.len() - 1].contains(&on.field) {
            return None; // A circle further along is told where it lies.
        }
        condition = template.field(&on.field)?.condition.as_ref();
    }
    None
}
