//! A report: a form filled, with everything its author keeps beside it. Always true: it carries the template it was begun with,
//! and every id in it is its own. Deliberately absent: where it is stored, how it looks, what time it is.

use crate::answer::{Answer, Standing, Value};
use crate::clock::{ClockRule, Filing, Moment};
use crate::ids::{Ids, ReportId, SectionId, SignatoryId};
use crate::papers::{
    Accepted, Action, Assumption, Attachment, Bound, Cause, Classification, Diagram, ImpactState, ImpactWindow, Lesson, Letter,
    LinkedIncident, Marking, Person, Reference, Signatory, Target, Unplaced,
};
use crate::rich::RichText;
use crate::service_level::ServiceLevel;
use crate::template::{Annex, Audience, Choice, Condition, Field, SectionKind, SectionRule, Template};
use crate::timeline::{Event, Role, Row};
use chrono::NaiveDateTime;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use ts_rs::TS;

/// The version of the published format this build writes.
pub const FORMAT: u32 = 1;

/// A report.
#[derive(Clone, Debug, Eq, PartialEq, Serialize, Deserialize, JsonSchema, TS)]
#[serde(deny_unknown_fields)]
#[ts(export)]
pub struct Report {
    /// The version of this format: 1.
    #[schemars(range(min = 1, max = 1))]
    pub format: u32,
    /// Its identity.
    pub id: ReportId,
    /// Its name in the library ("Prepayment top-ups not delivered, 14 October").
    #[schemars(length(max = "crate::nonsense::TITLE"), regex(pattern = crate::nonsense::TITLE_SHOWS))]
    pub title: String,
    /// The version its author gives it ("1.0").
    #[schemars(length(max = "crate::nonsense::VERSION"), regex(pattern = crate::nonsense::VERSION_NAMES))]
    pub version: String,
    /// The language it is written in (BCP 47).
    #[schemars(regex(pattern = crate::nonsense::LANGUAGE))]
    pub language: String,
    /// The zone its times are in ("Europe/London", "UTC+5:30"), asked once.
    #[schemars(regex(pattern = crate::nonsense::ZONE))]
    #[serde(default)]
    pub zone: Option<String>,
    /// The form it fills, as it was when the report was begun.
    pub template: Template,
    /// The report of an earlier stage that it goes on from.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub earlier: Option<Earlier>,
    /// Answers to the fields, by key.
    #[serde(default)]
    pub fields: BTreeMap<String, Answer>,
    /// Headings with what stands under them, in order.
    #[serde(default)]
    pub sections: Vec<Section>,
    /// What happened.
    #[serde(default)]
    pub timeline: Vec<Row>,
    /// When which service suffered.
    #[serde(default)]
    pub impact: Vec<ImpactWindow>,
    /// Classes and severities set.
    #[serde(default)]
    pub classifications: Vec<Classification>,
    /// Actions.
    #[serde(default)]
    pub actions: Vec<Action>,
    /// Causes.
    #[serde(default)]
    pub causes: Vec<Cause>,
    /// Targets and what was reached.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    #[ts(as = "Option<Vec<Target>>", optional)]
    pub targets: Vec<Target>,
    /// Lessons.
    #[serde(default)]
    pub lessons: Vec<Lesson>,
    /// Linked incidents.
    #[serde(default)]
    pub linked: Vec<LinkedIncident>,
    /// References kept for themselves.
    #[serde(default)]
    pub references: Vec<Reference>,
    /// Drawings.
    #[serde(default)]
    pub diagrams: Vec<Diagram>,
    /// Files that travel with it.
    #[serde(default)]
    pub attachments: Vec<Attachment>,
    /// The frame of a letter, where the form is one.
    #[serde(default)]
    pub letter: Letter,
    /// Who may read it.
    #[serde(default)]
    pub markings: Vec<Marking>,
    /// People named.
    #[serde(default)]
    pub people: Vec<Person>,
    /// Who signs.
    #[serde(default)]
    pub signatories: Vec<Signatory>,
    /// Findings accepted with a reason.
    #[serde(default)]
    pub accepted: Vec<Accepted>,
    /// Text that waits to be placed.
    #[serde(default)]
    pub unplaced: Vec<Unplaced>,
    /// What reading a foreign text took for granted, shown until the author has settled it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    #[ts(as = "Option<Vec<Assumption>>", optional)]
    pub assumptions: Vec<Assumption>,
    /// Annexes switched off or on by the author; those not named follow the template.
    #[serde(default)]
    pub annexes: BTreeMap<Annex, bool>,
    /// For whom it is written, where that is not whom the template says.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub audience: Option<Audience>,
    /// The service level it answers to.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub service_level: Option<ServiceLevel>,
    /// When the events happened that start due times, by the event's key.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    #[ts(as = "Option<BTreeMap<String, Moment>>", optional)]
    pub clock_events: BTreeMap<String, Moment>,
    /// What holds of the reporter, where a due time depends on it, by the circumstance's key.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    #[ts(as = "Option<BTreeMap<String, bool>>", optional)]
    pub circumstances: BTreeMap<String, bool>,
    /// What was filed, in the order it was recorded.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    #[ts(as = "Option<Vec<Filing>>", optional)]
    pub filings: Vec<Filing>,
}

/// The report of an earlier stage.
#[derive(Clone, Debug, Eq, PartialEq, Serialize, Deserialize, JsonSchema, TS)]
#[serde(deny_unknown_fields)]
#[ts(export)]
pub struct Earlier {
    /// Its identity.
    pub report: ReportId,
    /// Its form.
    pub template: String,
    /// Its version as its author numbered it.
    pub version: String,
}

/// A heading with what stands under it.
#[derive(Clone, Debug, Eq, PartialEq, Serialize, Deserialize, JsonSchema, TS)]
#[serde(deny_unknown_fields)]
#[ts(export)]
pub struct Section {
    /// Its identity.
    pub id: SectionId,
    /// The template's section it answers; none for a heading of the author's own.
    #[serde(default)]
    pub key: Option<String>,
    /// The heading as it stands in this report.
    pub heading: String,
    /// Whether it is known.
    #[serde(default, skip_serializing_if = "Standing::is_known")]
    #[ts(as = "Option<Standing>", optional)]
    pub standing: Standing,
    /// The text.
    #[serde(default)]
    pub body: RichText,
}

impl Report {
    /// A blank report: every field unanswered, every heading of the form in place.
    pub fn begin(template: &Template, ids: &mut dyn Ids) -> Self {
        let id = ReportId::new(ids);
        let sections = template.sections.iter().map(|rule| Section::begin(rule, ids)).collect();
        let signatories = template
            .signatories
            .iter()
            .map(|part| Signatory { id: SignatoryId::new(ids), part: part.clone(), person: Person::default() })
            .collect();
        let prepared = template.fields.iter().filter_map(|field| {
            let begun = template.begin_with.get(&field.key);
            let answer = Answer { qualifier: field.qualifier.clone(), ..Answer::default() };
            let answer =
                begun.map_or_else(|| answer.clone(), |raw| Answer { raw: raw.clone(), ..answer.clone() }.read(field, template.date_order));
            (answer != Answer::default()).then(|| (field.key.clone(), answer))
        });
        Self {
            format: FORMAT,
            id,
            title: String::new(),
            version: "1.0".to_owned(),
            language: template.language.clone(),
            zone: template.zone.clone(),
            template: template.clone(),
            earlier: None,
            fields: prepared.collect(),
            sections,
            timeline: Vec::new(),
            impact: Vec::new(),
            classifications: Vec::new(),
            actions: Vec::new(),
            causes: Vec::new(),
            targets: Vec::new(),
            lessons: Vec::new(),
            linked: Vec::new(),
            references: Vec::new(),
            diagrams: Vec::new(),
            attachments: Vec::new(),
            letter: Letter { closing: template.closing.clone(), ..Letter::default() },
            markings: template.marking.iter().filter_map(|rule| rule.default.clone()).collect(),
            people: Vec::new(),
            signatories,
            accepted: Vec::new(),
            unplaced: Vec::new(),
            assumptions: Vec::new(),
            annexes: BTreeMap::new(),
            audience: None,
            service_level: None,
            clock_events: BTreeMap::new(),
            circumstances: BTreeMap::new(),
            filings: Vec::new(),
        }
    }

    /// A report of a later stage: new, in its own form, with everything the earlier one says that this form asks for as well.
    pub fn begin_from(earlier: &Report, template: &Template, ids: &mut dyn Ids) -> Self {
        let begun = Self::begin(template, ids);
        let same = |key: &str| matches!((earlier.template.field(key), template.field(key)), (Some(was), Some(is)) if was.kind == is.kind);
        let carried = earlier.fields.iter().filter(|(key, _)| same(key) && !template.begin_with.contains_key(*key));
        // What was typed in the earlier form's order is read in it for as long as the report lasts.
        let template = &Template { date_order: earlier.template.date_order, ..begun.template };
        let read = |key: &String, answer: &Answer| Some((key.clone(), answer.clone().read(template.field(key)?, template.date_order)));
        let mut fields = begun.fields;
        fields.extend(carried.filter_map(|(key, answer)| read(key, answer)));
        let mut sections = begun.sections;
        for section in &mut sections {
            if let Some(was) = section.key.as_deref().and_then(|key| earlier.section_for(key)) {
                section.standing = was.standing.clone();
                section.body = was.body.clone();
            }
        }
        let own = earlier.sections.iter().filter(|section| section.key.as_deref().is_none_or(|key| template.section(key).is_none()));
        sections
            .extend(own.map(|section| Section { id: SectionId::new(ids), key: None, ..section.clone() }).filter(|s| !s.body.is_blank()));
        Self {
            id: begun.id,
            version: begun.version,
            template: template.clone(),
            earlier: Some(Earlier { report: earlier.id, template: earlier.template.id.clone(), version: earlier.version.clone() }),
            fields,
            sections,
            accepted: Vec::new(),
            ..earlier.clone()
        }
        .without_stray_records()
    }

    /// What was recorded for due times that this form does not know stays with the earlier report.
    fn without_stray_records(mut self) -> Self {
        let form = crate::clocks::law(&self).clone();
        let knows = |key: &str| form.clocks.iter().flat_map(ClockRule::circumstances).any(|one| one.key == key);
        self.clock_events.retain(|key, _| form.event(key).is_some());
        self.circumstances.retain(|key, _| knows(key));
        self.filings.retain(|filing| form.clock(&filing.clock).is_some());
        self
    }

    /// The answer to a field; a blank one where nothing was said.
    pub fn answer(&self, key: &str) -> &Answer {
        static BLANK: Answer = Answer { standing: Standing::Known, raw: String::new(), value: None, qualifier: None, rich: None };
        self.fields.get(key).unwrap_or(&BLANK)
    }

    /// For whom it is written.
    pub fn audience(&self) -> Audience {
        self.audience.unwrap_or(self.template.audience)
    }

    /// Whether something stands in a field and cannot be read as what the field asks for. Nobody takes that for an answer.
    pub fn is_unread(&self, field: &Field) -> bool {
        let answer = self.answer(&field.key);
        let said = answer.standing.is_known() && !answer.raw.trim().is_empty() && field.kind.is_typed();
        said && (answer.value.is_none() || self.other_currency(field).is_some())
    }

    /// The currency typed with an amount, where the report's own is another or is not said.
    pub(crate) fn other_currency(&self, field: &Field) -> Option<&'static str> {
        let own = field.currency.as_deref().map(|key| self.answer(key)).filter(|_| field.kind == crate::template::FieldType::Amount)?;
        let typed = crate::answer::currency_typed(&self.answer(&field.key).raw)?;
        let same = own.standing.is_known() && matches!(&own.value, Some(Value::Choice { option }) if option == typed);
        (!same).then_some(typed)
    }

    /// Whether a condition holds in this report. A field whose answer cannot be read is neither so nor otherwise.
    pub fn holds(&self, condition: &Condition) -> bool {
        static UNSAID: Answer = Answer { standing: Standing::Known, raw: String::new(), value: None, qualifier: None, rich: None };
        let unread = self.template.field(&condition.field).is_some_and(|field| self.is_unread(field));
        condition.holds(if unread { &UNSAID } else { self.answer(&condition.field) })
    }

    /// Whether the form asks for this field in this report: outright, or by its condition.
    pub fn asks(&self, field: &Field) -> bool {
        field.required && field.condition.as_ref().is_none_or(|condition| self.holds(condition))
    }

    /// The section of that id.
    pub fn section(&self, id: SectionId) -> Option<&Section> {
        self.sections.iter().find(|section| section.id == id)
    }

    /// The first section that answers the template's section of that key.
    pub fn section_for(&self, key: &str) -> Option<&Section> {
        self.sections.iter().find(|section| section.key.as_deref() == Some(key))
    }

    /// The rule a section answers.
    pub fn rule_of(&self, section: &Section) -> Option<&SectionRule> {
        self.template.section(section.key.as_deref()?)
    }

    /// What a section is made of.
    pub fn kind_of(&self, section: &Section) -> SectionKind {
        self.rule_of(section).map_or(SectionKind::Prose, |rule| rule.kind)
    }

    /// The heading as printed: `{zone}` gives way to the abbreviation of the report's zone on the day of the first event.
    pub fn printed_heading(&self, section: &Section) -> String {
        if !section.heading.contains("{zone}") {
            return section.heading.clone();
        }
        match self.zone_words() {
            Some((abbreviation, _)) => section.heading.replace("{zone}", &abbreviation),
            None => section.heading.replace(" ({zone})", "").replace("{zone}", ""),
        }
    }

    /// The report's zone as printed: its abbreviation and its offset on the day of the incident.
    pub fn zone_words(&self) -> Option<(String, String)> {
        crate::when::zone_words(self.zone.as_deref()?, self.first_moment()?)
    }

    /// The earliest known moment: the first dated event, else the first date-time of the header.
    pub fn first_moment(&self) -> Option<NaiveDateTime> {
        let events = self.events().filter_map(|event| Some(event.date?.and_time(event.time.start().unwrap_or_default())));
        let fields = self.template.fields.iter().filter_map(|field| {
            let answer = self.answer(&field.key);
            answer.moment().or_else(|| answer.date().map(|day| day.and_time(chrono::NaiveTime::MIN)))
        });
        events.min().or_else(|| fields.min())
    }

    /// The events of the timeline without its phase breaks.
    pub fn events(&self) -> impl Iterator<Item = &Event> {
        self.timeline.iter().filter_map(Row::event)
    }

    /// The first event that carries that role.
    pub fn moment_of(&self, role: Role) -> Option<&Event> {
        self.events().find(|event| event.milestone.as_ref().is_some_and(|m| m.role == role))
    }

    /// The wall-clock moment of an end of a window.
    pub fn bound(&self, bound: Bound) -> Option<NaiveDateTime> {
        match bound {
            Bound::Moment { at } => Some(at),
            Bound::Event { row } => self.events().find(|event| event.id == row)?.start(),
        }
    }

    /// The reference the report goes by.
    pub fn reference(&self) -> Option<&str> {
        let key = self.template.reference_field.as_deref()?;
        Some(self.answer(key).raw.trim()).filter(|raw| !raw.is_empty())
    }

    /// What the library and the window call it: its title, else its reference, else the form's name.
    pub fn name(&self) -> &str {
        let title = self.title.trim();
        if title.is_empty() { self.reference().unwrap_or(&self.template.short_title) } else { title }
    }

    /// The length a computed field states, in minutes. A machine may warn before the impact: that is no negative time to detect; it is none.
    pub fn computed_minutes(&self, key: &str) -> Option<i64> {
        let computed = self.template.field(key)?.computed.as_ref()?;
        let (from, to) = (self.answer(&computed.from).stated()?, self.answer(&computed.to).stated()?);
        // A moment in a zone that nobody can reckon with gives no length, rather than that of another zone.
        if [from, to].into_iter().any(|stated| !crate::zones::is_understood(stated, self.zone.as_deref())) {
            return None;
        }
        let minutes = crate::zones::minutes_between(from, to, self.zone.as_deref());
        let warned = self.template.field(&computed.to).is_some_and(|field| field.role == Some(Role::Detected));
        (minutes >= 0 || !warned).then_some(minutes)
    }

    /// The wall-clock moment as an instant in the report's zone; without a zone the wall clock itself.
    pub fn instant(&self, at: NaiveDateTime) -> chrono::DateTime<chrono::Utc> {
        self.zone.as_deref().and_then(|zone| crate::when::instant(zone, at)).unwrap_or_else(|| at.and_utc())
    }

    /// The moment of an answer as an instant: in the zone it names itself, else in the report's.
    pub fn instant_of(&self, at: NaiveDateTime, answer: &Answer) -> chrono::DateTime<chrono::Utc> {
        let named = match &answer.value {
            Some(Value::DateTime { zone: Some(zone), .. }) => crate::when::instant_in_words(zone, at),
            _ => None,
        };
        named.unwrap_or_else(|| self.instant(at))
    }

    /// What a field prints as: typed values in the words of the page ("14 October 2025, 21:52 BST", "4 h 49 min"), everything else as typed.
    /// None where nothing was said and nothing can be computed.
    pub fn printed_value(&self, key: &str) -> Option<String> {
        use crate::when::{date_words, length_words, time_words};
        let answer = self.answer(key);
        if answer.is_blank() {
            return self.computed_minutes(key).map(length_words);
        }
        Some(match &answer.value {
            Some(Value::Date { date }) => date_words(*date),
            Some(Value::DateTime { at, zone }) => {
                let own = || Some(crate::when::zone_words(self.zone.as_deref()?, *at)?.0);
                let zone = zone.clone().or_else(own).map(|zone| format!("\u{a0}{zone}")).unwrap_or_default();
                format!("{}, {}{zone}", date_words(at.date()), time_words(at.time()))
            }
            Some(Value::Duration { minutes }) => length_words(*minutes),
            Some(Value::Choice { option }) => {
                let field = self.template.field(key)?;
                field.option_of_key(option).map_or_else(|| answer.raw.clone(), Choice::words)
            }
            Some(Value::Choices { options }) => {
                let field = self.template.field(key)?;
                let words = |option: &String| field.option_of_key(option).map_or_else(|| option.clone(), Choice::words);
                options.iter().map(words).collect::<Vec<_>>().join("\n")
            }
            Some(Value::Number { number }) => {
                let field = self.template.field(key)?;
                let currency = field.currency.as_deref().and_then(|key| self.printed_value(key));
                crate::answer::number_words(number, field, currency.as_deref())
            }
            Some(Value::Lei { lei }) => lei.clone(),
            Some(Value::YesNo { .. } | Value::Reference { .. } | Value::Email { .. } | Value::Telephone { .. }) | None => {
                answer.raw.trim().to_owned()
            }
        })
    }

    /// Minutes in which at least one service was down: finished windows only, overlaps counted once. None without such a window.
    pub fn downtime_minutes(&self) -> Option<i64> {
        let mut spans: Vec<_> = self.impact.iter().filter_map(|window| self.down_span(window)).collect();
        spans.sort_unstable();
        let mut total = None;
        let mut reach = chrono::DateTime::<chrono::Utc>::MIN_UTC;
        for (from, to) in spans {
            let fresh = (to - from.max(reach)).num_minutes().max(0);
            total = Some(total.unwrap_or(0) + fresh);
            reach = reach.max(to);
        }
        total
    }

    fn down_span(&self, window: &ImpactWindow) -> Option<(chrono::DateTime<chrono::Utc>, chrono::DateTime<chrono::Utc>)> {
        let (from, to) = (self.instant(self.bound(window.from)?), self.instant(self.bound(window.to?)?));
        (window.state == ImpactState::Down && from <= to).then_some((from, to))
    }

    /// Whether an annex prints.
    pub fn prints(&self, annex: Annex) -> bool {
        let has_own_heading = match annex {
            Annex::Timeline => self.template.has_kind(SectionKind::Timeline),
            Annex::Actions => self.template.has_kind(SectionKind::Actions),
            Annex::Lessons => self.template.has_kind(SectionKind::Lessons),
            Annex::Impact | Annex::Evidence | Annex::Record => false,
        };
        let filled = match annex {
            Annex::Impact => !self.impact.is_empty(),
            Annex::Timeline => !self.timeline.is_empty(),
            Annex::Actions => !self.actions.is_empty(),
            Annex::Lessons => !self.lessons.is_empty(),
            Annex::Evidence => self.attachments.iter().any(|a| a.evidence),
            Annex::Record => !self.accepted.is_empty(),
        };
        let allowed = self.template.annexes.contains(&annex);
        filled && allowed && !has_own_heading && self.annexes.get(&annex).copied().unwrap_or(true)
    }
}

impl Section {
    /// The blank section of a rule.
    pub fn begin(rule: &SectionRule, ids: &mut dyn Ids) -> Self {
        Self {
            id: SectionId::new(ids),
            key: Some(rule.key.clone()),
            heading: rule.heading.clone(),
            standing: Standing::Known,
            body: RichText::default(),
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::catalogue;

    #[test]
    fn overlapping_windows_count_once_and_degraded_ones_do_not() {
        let report = catalogue::sample("sec-h9-summary").expect("a shipped sample");
        // Down from 21:52 to 01:36 and from 22:05 to 02:10: together 21:52 to 02:10.
        assert_eq!(report.downtime_minutes(), Some(258));
    }

    #[test]
    fn values_print_in_the_words_of_the_page() {
        let report = catalogue::sample("sec-h9-summary").expect("a shipped sample");
        let printed = |key: &str| report.printed_value(key).map(|words| words.replace('\u{a0}', " "));
        assert_eq!(printed("reported_at").as_deref(), Some("14 October 2025, 21:52 BST"));
        assert_eq!(printed("restore_time").as_deref(), Some("4 h 49 min"));
        assert_eq!(printed("incident_date").as_deref(), Some("14 October 2025"));
        assert_eq!(printed("within_sla").as_deref(), Some("N"));
    }
}
